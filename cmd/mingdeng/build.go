package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/writer"
	"mingdeng/themes"
)

// patience is how long a build waits for another one of the same folder.
const patience = 10 * time.Second

func (p *program) buildCommand() *cobra.Command {
	since, startAt := "", 1
	c := &cobra.Command{
		Use: "build", Short: p.say(wordBuild), Long: p.say(wordBuildMore), Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			start := time.Now()
			o, err := p.options()
			if err != nil {
				return err
			}
			if o.StartAt = startAt; startAt < 1 || startAt > 1000 {
				return usage(p.say(wordBadStart), startAt)
			}
			if since != "" {
				if o.Since, err = date.Parse(since); err != nil {
					return usage(p.say(wordBadSince), since)
				}
			}
			o.Sums = p.verbose
			bar := p.progress(start)
			o.Progress, o.Scanned = bar.update, limitHeap
			o.Begin = func() { p.mayLeave.Store(false) }
			p.mayLeave.Store(true)
			r, err := generate.Run(cmd.Context(), o)
			p.mayLeave.Store(false)
			bar.clear()
			if err := p.tell(r, err); err != nil {
				return err
			}
			if p.verbose && r.Version > 0 {
				fmt.Fprintf(p.err, p.say(wordSymbol)+"\n", r.Version, r.Room)
			}
			if cmd.Context().Err() != nil {
				fmt.Fprintln(p.err, "mingdeng: "+p.say(wordTooLate))
			}
			if r.Sums != "" {
				fmt.Fprintf(p.err, p.say(wordSums)+"\n", r.Sums)
			}
			s := r.Stats
			fmt.Fprintf(p.out, "pages %d, files %d: %d written, %d unchanged, %d removed, in %s\n",
				r.Pages, s.Files, s.Written, s.Unchanged, s.Removed, brief(time.Since(start)))
			return nil
		},
	}
	c.Flags().StringVar(&since, "since", "", p.say(wordFlagSince))
	c.Flags().IntVar(&startAt, "start-at", 1, p.say(wordFlagStart))
	return c
}

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: p.say(wordCheck), Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			p.mayLeave.Store(true)
			r, err := generate.Check(cmd.Context(), o)
			p.mayLeave.Store(false)
			if err := p.tell(r, err); err != nil {
				return err
			}
			if !p.quiet && p.format == "text" {
				fmt.Fprintf(p.out, p.say(wordChecked)+"\n", r.Pages, 0, len(r.Findings))
			}
			return nil
		},
	}
}

// noArgs refuses arguments in the user's language.
func (p *program) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(p.say(wordNoArgs), cmd.Name(), args[0])
	}
	return nil
}

// options are the flags as the build wants them.
func (p *program) options() (project.Options, error) {
	today, err := p.today()
	if err != nil {
		return project.Options{}, err
	}
	return project.Options{
		Root: p.root, Out: p.output, BaseURL: p.baseURL, Drafts: p.drafts, Today: today,
		Program: programPrint(), Wait: patience, Themes: themes.FS,
		StartAt: 1, // as build has it, or what one of them made the other would make anew
	}, nil
}

// today is the day the site is built for: --now, then SOURCE_DATE_EPOCH
// (reproducible-builds.org), then the clock.
func (p *program) today() (date.Date, error) {
	if p.now != "" {
		d, err := date.Parse(p.now)
		if err != nil || d.Day == 0 {
			return d, usage(p.say(wordBadNow), p.now)
		}
		return d, nil
	}
	if epoch, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return date.Today(time.Unix(epoch, 0)), nil
	}
	return date.Today(time.Now()), nil
}

// tell writes the findings and turns what went wrong into an exit code.
func (p *program) tell(r generate.Result, err error) error {
	if werr := p.findings(r.Findings); werr != nil {
		return p.machine(werr)
	}
	if left := r.Stats.Left; len(left) > 0 && !p.quiet {
		fmt.Fprintf(p.err, p.say(wordLeft)+"\n", diag.Printable(strings.Join(left, ", ")))
	}
	if foreign := r.Stats.Foreign; len(foreign) > 0 && !p.quiet {
		fmt.Fprintf(p.err, p.say(wordForeign)+"\n", diag.Printable(strings.Join(foreign[:min(len(foreign), 5)], ", ")))
	}
	return p.failed(r, err)
}

func (p *program) failed(r generate.Result, err error) error {
	var busy *writer.BusyError
	var foreign writer.ForeignError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, project.ErrFindings):
		errs, warns := 0, 0
		for _, f := range r.Findings {
			if f.Code.Severity == diag.Error {
				errs++
			} else {
				warns++
			}
		}
		if p.format != "text" {
			return &failure{code: exitContent}
		}
		return &failure{exitContent, fmt.Sprintf(p.say(wordStopped), errs, warns)}
	case errors.Is(err, generate.ErrOutput):
		return usage(p.say(wordBadOutput), p.output)
	case p.ctx.Err() != nil && (errors.Is(err, p.ctx.Err()) || errors.Is(err, context.Cause(p.ctx))):
		return &failure{exitMachine, p.say(wordCancelled)}
	case errors.As(err, &busy):
		process := ""
		if busy.PID != 0 {
			process = fmt.Sprintf(p.say(wordProcess), busy.PID)
		}
		return &failure{exitMachine, fmt.Sprintf(p.say(wordBusy), process)}
	case errors.As(err, &foreign):
		var names []string
		for _, o := range foreign[:min(len(foreign), 5)] {
			names = append(names, o.Path)
		}
		return &failure{exitMachine, fmt.Sprintf(p.say(wordInWay), strings.Join(names, ", "))}
	}
	return p.machine(err)
}

// brief writes a duration with what a person cares for: 12ms, 1.4s, 2m3s.
func brief(d time.Duration) string {
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
