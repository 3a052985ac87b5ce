package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/samples"
	"mingdeng/internal/scaffold"
)

func (p *program) newCommand() *cobra.Command {
	return &cobra.Command{
		Use: "new KIND NAME", Short: p.say(wordNew), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 && (args[0] == "theme" || args[0] == "主题") {
				return p.newTheme(args[1:])
			}
			r, err := p.newRequest(args)
			if err != nil {
				return err
			}
			root, err := os.OpenRoot(p.root)
			if err != nil {
				return p.machine(err)
			}
			defer root.Close()
			path, err := r.Make(root)
			switch {
			case errors.Is(err, scaffold.ErrParent), errors.Is(err, scaffold.ErrName):
				return usage("%s", p.say(badNewName))
			case errors.Is(err, fs.ErrExist):
				return &failure{exitContent, fmt.Sprintf(p.say(wordExists), path)}
			case err != nil:
				return p.machine(err)
			}
			fmt.Fprintf(p.out, p.say(wordNewMade)+"\n", diag.Printable(path))
			return nil
		},
	}
}

// newTheme starts a theme that is laid over lamplight.
func (p *program) newTheme(args []string) error {
	if len(args) != 1 {
		return usage("%s", p.say(wordNewThemeArgs))
	}
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return p.machine(err)
	}
	defer root.Close()
	made, err := scaffold.Theme(root, args[0])
	switch {
	case errors.Is(err, scaffold.ErrName):
		return usage("%s", p.say(wordNewThemeArgs))
	case errors.Is(err, fs.ErrExist):
		return &failure{exitContent, fmt.Sprintf(p.say(wordExists), "themes/"+args[0])}
	case err != nil:
		return p.machine(err)
	}
	fmt.Fprintf(p.out, p.say(wordNewThemeMade)+"\n", strings.Join(made, p.say(diag.Text{Zh: "、", En: ", "})), args[0])
	return nil
}

// newRequest is what to make: from the arguments, and on a terminal from questions.
// Piped, nothing is asked, so that a script never waits.
func (p *program) newRequest(args []string) (scaffold.Request, error) {
	r := scaffold.Request{Lang: p.lang}
	if len(args) > 2 || len(args) < 2 && !p.asks {
		return r, usage(p.say(wordNewArgs), p.kinds())
	}
	var err error
	if r.Today, err = p.today(); err != nil {
		return r, err
	}
	q := &dialogue{p: p, in: bufio.NewReader(p.in), stopped: wordAskStopped}
	kind := ""
	if len(args) > 0 {
		kind = args[0]
	} else if kind, err = q.ask(fmt.Sprintf(p.say(wordAskKind), p.kinds()), func(s string) string {
		if _, ok := content.KindNamed(s); !ok {
			return p.kinds()
		}
		return ""
	}); err != nil {
		return r, err
	}
	known := false
	if r.Kind, known = content.KindNamed(kind); !known {
		return r, usage(p.say(wordNewArgs), p.kinds())
	}
	if len(args) > 1 {
		r.Name = args[1]
	} else if r.Name, err = q.ask(p.say(wordAskName), func(s string) string {
		try := r
		try.Name = s
		if _, err := try.Path(); err != nil {
			return p.say(badNewName)
		}
		return ""
	}); err != nil {
		return r, err
	}
	if _, err := r.Path(); err != nil || !p.asks {
		return r, nil // Make says what is wrong
	}
	r.Answers = map[string]string{}
	for _, question := range r.Questions() {
		words := question.Ask
		if len(question.Key.Values) > 0 {
			_, list := question.Answer("", p.lang)
			words += "\n  " + list
		}
		answer, err := q.askOptional(words, func(s string) string {
			_, why := question.Answer(s, p.lang)
			return why
		})
		if err != nil {
			return r, err
		}
		if answer != "" {
			r.Answers[question.Key.En], _ = question.Answer(answer, p.lang)
		}
	}
	return r, nil
}

// dialogue asks a person at a terminal.
type dialogue struct {
	p       *program
	in      *bufio.Reader
	stopped diag.Text // what to say where nobody answers
}

// ask repeats a question until judge has no objection.
func (d *dialogue) ask(question string, judge func(string) string) (string, error) {
	return d.repeat(question, false, judge)
}

// askOptional is ask for what may be left for later, with an empty line.
func (d *dialogue) askOptional(question string, judge func(string) string) (string, error) {
	return d.repeat(question+d.p.say(wordAskLater), true, judge)
}

func (d *dialogue) repeat(question string, optional bool, judge func(string) string) (string, error) {
	for {
		fmt.Fprint(d.p.err, question+d.p.say(diag.Text{Zh: "：", En: ": "}))
		line, err := d.in.ReadString('\n')
		if line = strings.TrimSpace(line); line == "" && err != nil {
			fmt.Fprintln(d.p.err)
			return "", &failure{exitUsage, d.p.say(d.stopped)}
		}
		if line == "" && optional {
			return "", nil
		}
		why := judge(line)
		if line != "" && why == "" {
			return line, nil
		}
		fmt.Fprintln(d.p.err, "  "+why)
	}
}

var badNewName = diag.Text{
	Zh: "这个名称不能做文件名。文章写成 书/篇名，展品写成 阵地/名称；不能有 \\ : * ? \" < > |，不能是 con、nul 等 Windows 留给设备的名字",
	En: "that cannot be a file name. A chapter is BOOK/NAME, an exhibit VENUE/NAME; \\ : * ? \" < > | are not allowed, nor names that Windows keeps for devices, such as con and nul",
}

func (p *program) kinds() string {
	var names []string
	for _, k := range content.Kinds() {
		names = append(names, k.Name.In(p.lang))
	}
	return strings.Join(names, diag.Text{Zh: "、", En: ", "}.In(p.lang))
}

func (p *program) initCommand() *cobra.Command {
	clear := false
	c := &cobra.Command{
		Use: "init DIR", Short: p.say(wordInit), Long: p.say(wordInitMore), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if clear {
				return p.clearSamples(cmd.Context(), args)
			}
			if len(args) != 1 {
				return usage("%s", p.say(wordInitArgs))
			}
			dir := args[0]
			if !filepath.IsAbs(dir) {
				dir = filepath.Join(p.root, dir)
			}
			err := scaffold.Site(dir)
			switch {
			case errors.Is(err, scaffold.ErrNotEmpty):
				return &failure{exitContent, fmt.Sprintf(p.say(wordNotEmpty), args[0])}
			case err != nil:
				return p.machine(err)
			}
			fmt.Fprintf(p.out, p.say(wordInitMade)+"\n", diag.Printable(args[0]), quoted(diag.Printable(dir)))
			return nil
		},
	}
	c.Flags().BoolVar(&clear, "clear-samples", false, p.say(wordClearFlag))
	return c
}

// quoted is a path as a command line takes it, in every shell.
func quoted(path string) string {
	if strings.ContainsAny(path, " &()^;,'$`!#*?[]{}<>|~") {
		return `"` + path + `"`
	}
	return path
}

// clearSamples takes the samples out of a site: the one of -C, or of the argument.
func (p *program) clearSamples(ctx context.Context, args []string) error {
	if len(args) > 1 {
		return usage("%s", p.say(wordClearArgs))
	}
	o, err := p.options()
	if err != nil {
		return err
	}
	if len(args) == 1 {
		if o.Root = args[0]; !filepath.IsAbs(o.Root) {
			o.Root = filepath.Join(p.root, o.Root)
		}
	}
	clear := samples.Clear
	if p.asks {
		clear = samples.PlanClearing
	}
	plan, err := clear(ctx, o)
	if err := p.tell(generate.Result{Findings: plan.Findings}, err); err != nil {
		return err
	}
	if len(plan.Records) == 0 {
		fmt.Fprintln(p.out, p.say(wordNoSamples))
		return nil
	}
	for _, file := range plan.Remove {
		words := wordCleared
		if slices.Contains(plan.Keep, file) {
			words = wordPutAside
		}
		fmt.Fprintf(p.out, p.say(words)+"\n", diag.Printable(file))
	}
	for _, e := range plan.Edit {
		fmt.Fprintf(p.out, p.say(wordDetached)+"\n", diag.Printable(e.Path), strings.Trim(fmt.Sprint(e.Lines), "[]"))
	}
	if p.asks {
		q := &dialogue{p: p, in: bufio.NewReader(p.in), stopped: wordNotCleared}
		answer, err := q.ask(p.say(wordAskClear), func(s string) string {
			if _, ok := yes(s); !ok {
				return p.say(wordYesNo)
			}
			return ""
		})
		if err != nil {
			return err
		}
		if sure, _ := yes(answer); !sure {
			fmt.Fprintln(p.out, p.say(wordNotCleared))
			return nil
		}
		done, err := samples.Clear(ctx, o)
		if err := p.tell(generate.Result{Findings: done.Findings}, err); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.out, p.say(wordClearDone)+"\n", len(plan.Records))
	return nil
}

// yes reads an answer.
func yes(s string) (sure, ok bool) {
	switch strings.ToLower(s) {
	case "是", "好", "清", "y", "yes":
		return true, true
	case "否", "不", "不是", "n", "no":
		return false, true
	}
	return false, false
}
