// Command bench compares Mingdeng with Hugo on the same words.
//
//	go run ./internal/bench -n 10000 -hugo $(which hugo)
//
// It invents a site (package synth), writes it for both programs, builds it with
// each in turn, and prints a table of medians in Markdown: processor time, wall
// time, peak memory, files and bytes; then Mingdeng alone where nothing has
// changed, and where one story has. A second table is without the search, which Hugo
// has none of either. Without a hugo in the path only Mingdeng is measured. The site is
// a rich one (see package synth) unless -plain asks for the other. Flags add ten times
// the records (-100k), tell how many runs (-runs), where to work (-keep, else a
// temporary folder that is removed), and which mingdeng (-mingdeng, else it is built
// from this module). With -pagefind the search alone is compared, with Pagefind.
//
// # What is compared
//
// The Hugo site has the same texts, records and lists at nearly the same addresses:
// pages of records with their facts and neighbours, lists split at 48, terms (place,
// year, deed, award, session), feeds, a sitemap, aliases. Its theme is a dozen plain
// templates as one would write by hand, and nothing is minified. Where the two programs
// work differently Hugo gets the cheaper way: links between records and the traces of
// a hero stand ready in its front matter. Mingdeng also checks every key and reference,
// stages its output, records fingerprints, looks for names that must not appear,
// binds each book as an e-book and for print, writes structured data, filters and
// letters of lists; Hugo does not.
//
// # How to read it
//
// User CPU is the figure to trust on a machine that does other things too. System
// CPU and wall time are as much the file system's as the program's, and ext4 has a
// trap: for five minutes it will not reuse the inode of a deleted file, and looks
// past each of them when it makes a new one. Deleting the last run's output first
// makes each run pay for that, up to half of all its time. So every run writes into
// a new folder, and all is deleted at the end.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"mingdeng/internal/bench/synth"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is what the flags say.
type bench struct {
	records  int
	runs     int
	hugo     string
	mingdeng string
	plain    bool
	large    bool
	pagefind string
	dir      string

	out, progress io.Writer
}

func run(ctx context.Context, args []string, out, progress io.Writer) error {
	b := bench{out: out, progress: progress}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&b.records, "n", 10000, "how many `records` the site has")
	flags.IntVar(&b.runs, "runs", 5, "how many times each program builds it")
	flags.StringVar(&b.hugo, "hugo", "hugo", "the `path` of hugo; left out if it is not there")
	flags.StringVar(&b.mingdeng, "mingdeng", "", "the `path` of a mingdeng in place of this module's")
	flags.BoolVar(&b.plain, "plain", false, "a site of plainer texts")
	flags.BoolVar(&b.large, "100k", false, "also with ten times the records")
	flags.StringVar(&b.pagefind, "pagefind", "", "only compare the search with Pagefind, whose `path` this is; needs Chromium")
	keep := flags.String("keep", "", "work in this `folder` and leave all there")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if b.runs < 1 || b.records < 1 || flags.NArg() > 0 {
		return fmt.Errorf("-n and -runs must be positive, and there are no arguments")
	}
	b.dir = *keep
	if b.dir == "" {
		dir, err := os.MkdirTemp("", "mingdeng-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		b.dir = dir
	}
	dir, err := filepath.Abs(b.dir)
	if err != nil {
		return err
	}
	b.dir = dir
	if err := b.programs(ctx); err != nil {
		return err
	}
	return b.tables(ctx)
}

// programs builds mingdeng and looks for hugo.
func (b *bench) programs(ctx context.Context) error {
	if err := os.MkdirAll(b.dir, 0o777); err != nil {
		return err
	}
	if b.mingdeng == "" {
		b.mingdeng = filepath.Join(b.dir, "mingdeng")
		if runtime.GOOS == "windows" {
			b.mingdeng += ".exe"
		}
		out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.mingdeng, "mingdeng/cmd/mingdeng").CombinedOutput()
		if err != nil {
			return fmt.Errorf("build mingdeng: %w\n%s", err, out)
		}
	}
	path, err := exec.LookPath(b.hugo)
	if err != nil {
		fmt.Fprintf(b.progress, "bench: no Hugo: %v\n", err)
	}
	b.hugo = path
	return nil
}

// tables measures and prints.
func (b *bench) tables(ctx context.Context) error {
	if err := b.versions(ctx); err != nil {
		return err
	}
	if b.pagefind != "" {
		return b.searches(ctx, b.pagefind)
	}
	corpus := synth.Site{Records: b.records, Seed: 1, Rich: !b.plain}
	var hugo func(name string) (figures, error)
	if b.hugo != "" {
		var err error
		if hugo, err = b.prepareHugo(ctx, corpus); err != nil {
			return err
		}
	}
	for _, search := range []bool{true, false} {
		corpus.Search = search
		name, title := "site", "search off"
		if search {
			name, title = "search", "search on"
		}
		rows, err := b.compare(ctx, name, corpus, b.runs, hugo)
		if err != nil {
			return err
		}
		if b.large {
			many := corpus
			many.Records *= 10
			more, err := b.compare(ctx, name+"-large", many, min(b.runs, 3), nil)
			if err != nil {
				return err
			}
			rows = append(append(rows, more...), row{what: "ten times the records ÷ once", ratio: true, figures: more[0].over(rows[0].figures)})
		}
		print(b.out, fmt.Sprintf("%d records, %s, cards off, medians of %d", b.records, title, b.runs), rows)
	}
	return nil
}

// versions says what was measured on what.
func (b *bench) versions(ctx context.Context) error {
	ours, err := exec.CommandContext(ctx, b.mingdeng, "version").Output()
	if err != nil {
		return fmt.Errorf("%s version: %w", b.mingdeng, err)
	}
	fmt.Fprintf(b.out, "- %s\n", strings.TrimSpace(string(ours)))
	if b.hugo != "" {
		theirs, err := exec.CommandContext(ctx, b.hugo, "version").Output()
		if err != nil {
			return fmt.Errorf("%s version: %w", b.hugo, err)
		}
		fmt.Fprintf(b.out, "- %s\n", strings.TrimSpace(string(theirs)))
	}
	fmt.Fprintf(b.out, "- %s, %s/%s, %d processors, %s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().Format(time.DateOnly))
	return nil
}
