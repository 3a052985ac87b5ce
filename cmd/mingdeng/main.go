// Command mingdeng turns a folder of Markdown about people honoured for brave
// deeds into a static site. See `mingdeng help`.
//
// This package holds flags, messages and exit codes; the work is done below
// internal/. Its rules:
//
//   - findings and everything said to people go to stderr, results to stdout;
//   - exit 0 fine, 1 the content is wrong (nothing in the output has changed),
//     2 wrong usage, 3 the machine failed (disk, permission);
//   - every sentence exists in Chinese and English (words.go); no sentence of a
//     library reaches an editor where we have one of our own.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"mingdeng/internal/diag"
	"mingdeng/internal/rescue"
)

// The exit codes of SPEC §5.
const (
	exitFine    = 0
	exitContent = 1
	exitUsage   = 2
	exitMachine = 3
)

func main() {
	collectLess()
	cobra.MousetrapHelpText = "" // a double click opens the desk instead
	args := os.Args[1:]
	clicked := len(args) == 0 && doubleClicked()
	if clicked {
		args = []string{"desk"}
	}
	code := interruptible(args)
	if clicked && code != exitFine {
		pause() // its window would be gone before anybody has read why
	}
	os.Exit(code)
}

// stepTime is how long a build that was asked to stop may take to end the current step.
const stepTime = 1500 * time.Millisecond

// interruptible runs the program so that Ctrl-C stops it between two steps, with the
// site whole; a second one ends it at once. Where a step is long (a picture of a hundred
// megapixels) a build ends within it: nothing has been changed, and the next build
// clears away what it leaves.
func interruptible(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := newProgram(ctx, args, os.Stdin, os.Stdout, os.Stderr)
	context.AfterFunc(ctx, func() {
		stop()
		time.Sleep(stepTime)
		if p.mayLeave.Load() {
			fmt.Fprintln(p.err, "mingdeng: "+p.say(wordCancelled))
			os.Exit(exitMachine)
		}
	})
	return p.run(args)
}

// pause waits until somebody who sees the program's own window has read it.
func pause() {
	fmt.Fprintln(os.Stderr, wordDeskPause.In(language(nil, os.Getenv)))
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// collectLess lets the heap of a short-lived program grow between collections:
// a build keeps little and throws much away. GOGC still has the last word.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(2 << 30) // below it, a site of 100,000 pages collects without end
	}
}

// limitHeap makes collections more frequent before the heap of a build grows larger than a
// site of so many files needs. A limit must not lie below what is kept, 10 KB a file or 20
// with the search, or the build collects without end; for large sites there is none, but
// the heap may grow to half as much again: at two and a half times, 100,000 records with
// their search took 5.6 GB.
func limitHeap(files int) {
	switch {
	case os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "":
	case files <= 25_000:
		debug.SetMemoryLimit(max(352<<20, int64(files)*32<<10))
	default:
		debug.SetGCPercent(50)
		debug.SetMemoryLimit(math.MaxInt64)
	}
}

// sparing gives back what a build needed and makes collections frequent: sending files is
// waiting, and a host's small machine may do it.
func sparing() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	debug.FreeOSMemory()
}

// program is one run of the command.
type program struct {
	in       io.Reader
	out, err io.Writer
	asks     bool            // a person sits at the other end of in
	ctx      context.Context // ends with Ctrl-C
	lang     diag.Lang

	mayLeave atomic.Bool // ending at once would leave the site as it was

	root, output, baseURL, now, format string
	drafts, quiet, verbose             bool
}

// failure is an error that knows its exit code; its message is already in the
// user's language. One without message has been told.
type failure struct {
	code    int
	message string
}

func (f *failure) Error() string { return f.message }

func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Sprintf(format, args...)}
}

func newProgram(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) *program {
	p := &program{in: in, asks: isTerminal(in) && isTerminal(errOut), ctx: ctx, lang: language(args, os.Getenv)}
	json := func() bool { return p.format == "json" }
	p.out, p.err = &screen{w: out, json: json}, &screen{w: errOut, json: json}
	return p
}

// isTerminal tells whether a person is behind a stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (p *program) run(args []string) int {
	root := p.command()
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := rescue.Do(func() error { return root.ExecuteContext(p.ctx) })
	if err == nil {
		return exitFine
	}
	var f *failure
	var crash *rescue.Panic
	if errors.As(err, &crash) {
		f = p.crashed(crash)
	} else if !errors.As(err, &f) { // cobra's own: an unknown command, a bad flag
		f = &failure{exitUsage, p.cobraWords(err)}
	}
	if f.message != "" {
		fmt.Fprintln(p.err, "mingdeng: "+oneLine(f.message))
	}
	return f.code
}

// crashed tells a fault of the program that nothing below has told. Whatever was being
// made was not committed, or will be rolled forward: see package output.
func (p *program) crashed(c *rescue.Panic) *failure {
	if p.format == "json" {
		f := diag.Internal.At("mingdeng", diag.Pos{}, c.Error())
		if p.findings([]diag.Finding{f}) == nil {
			return &failure{code: exitMachine}
		}
	}
	return &failure{exitMachine, fmt.Sprintf(p.say(wordCrashed), c.Error(), release()+commit())}
}

// language settles the language of messages before the flags are read, so that a
// bad flag is told in it too: --lang, then the environment, then Chinese.
func language(args []string, env func(string) string) diag.Lang {
	for i, a := range args {
		value, ok := strings.CutPrefix(a, "--lang=")
		if !ok && a == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && (value == string(diag.Chinese) || value == string(diag.English)) {
			return diag.Lang(value)
		}
		if a == "--" {
			break
		}
	}
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(key); v != "" {
			if strings.HasPrefix(v, "en") {
				return diag.English
			}
			break
		}
	}
	return diag.Chinese
}

func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use: "mingdeng", Short: p.say(wordAbout), SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("%s", p.unknownCommand(cmd, args[0]))
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if lang := cmd.Flag("lang").Value.String(); lang != "" && lang != "zh" && lang != "en" {
				return usage(p.say(wordBadLang), lang)
			}
			return p.checkFormat()
		},
	}
	f := root.PersistentFlags()
	f.StringVarP(&p.root, "root", "C", ".", p.say(wordFlagRoot))
	f.StringVarP(&p.output, "output", "o", "public", p.say(wordFlagOutput))
	f.StringVar(&p.baseURL, "base-url", "", p.say(wordFlagBase))
	f.BoolVar(&p.drafts, "drafts", false, p.say(wordFlagDrafts))
	f.StringVar(&p.now, "now", "", p.say(wordFlagNow))
	f.StringVar(&p.format, "format", "text", p.say(wordFlagFormat))
	f.String("lang", "", p.say(wordFlagLang))
	f.BoolVarP(&p.quiet, "quiet", "q", false, p.say(wordFlagQuiet))
	f.BoolVarP(&p.verbose, "verbose", "v", false, p.say(wordFlagVerbose))
	f.BoolP("help", "h", false, p.say(wordFlagHelp))

	root.SetUsageFunc(p.usage)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		if !strings.HasPrefix(c.Long, c.Short) {
			fmt.Fprintf(p.out, "%s\n\n", c.Short)
		}
		if c.Long != "" {
			fmt.Fprintf(p.out, "%s\n\n", c.Long)
		}
		p.writeUsage(p.out, c)
	})
	root.AddCommand(p.buildCommand(), p.checkCommand(), p.deskCommand(), p.serveCommand(), p.importCommand(), p.exportCommand(), p.collectCommand(), p.newCommand(), p.initCommand(), p.plaqueCommand(), p.deployCommand(), p.scansCommand(), p.yearCommand(), p.explainCommand(), p.completionCommand(), p.versionCommand())
	help := p.helpCommand(root)
	root.SetHelpCommand(help)
	p.complete(root, help)
	return root
}
