package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"mingdeng/internal/bench/synth"
)

// settled is how old a file must be before Mingdeng trusts its time of change; a
// build that comes sooner cannot promise the next one that nothing changed.
const settled = 2500 * time.Millisecond

// prepareHugo writes a site for Hugo and returns how to build it, into a folder of a name.
func (b *bench) prepareHugo(ctx context.Context, s synth.Site) (build func(name string) (figures, error), err error) {
	source := filepath.Join(b.dir, "hugo")
	if err := writeHugo(source, s); err != nil {
		return nil, err
	}
	return func(name string) (figures, error) {
		out := filepath.Join(b.dir, name)
		return measure(ctx, out, b.hugo, "--quiet", "--source", source, "--destination", out, "--cacheDir", filepath.Join(b.dir, "hugo-cache"))
	}, nil
}

// compare writes a site and builds it runs times. The first row is the clean build,
// which is set beside Hugo's unless hugo is nil: that runs right before each, since a machine
// grows slower while it works.
func (b *bench) compare(ctx context.Context, name string, s synth.Site, runs int, hugo func(name string) (figures, error)) ([]row, error) {
	root := filepath.Join(b.dir, name)
	if err := s.Write(root); err != nil {
		return nil, err
	}
	story, err := editable(root, s)
	if err != nil {
		return nil, err
	}
	var theirs, clean, unchanged, edited []figures
	for i := range runs {
		time.Sleep(settled)
		out := filepath.Join(b.dir, name+"-out-"+strconv.Itoa(i))
		build := func(list *[]figures) error {
			f, err := measure(ctx, out, b.mingdeng, "build", "-q", "-C", root, "-o", out)
			*list = append(*list, f)
			return err
		}
		if hugo != nil {
			f, err := hugo(name + "-hugo-out-" + strconv.Itoa(i))
			if err != nil {
				return nil, err
			}
			theirs = append(theirs, f)
		}
		if err := build(&clean); err != nil {
			return nil, err
		}
		if err := build(&unchanged); err != nil {
			return nil, err
		}
		if err := story.edit(i); err != nil {
			return nil, err
		}
		if err := build(&edited); err != nil {
			return nil, err
		}
		fmt.Fprintf(b.progress, "bench: %s, run %d of %d\n", name, i+1, runs)
	}
	n := strconv.Itoa(s.Records) + " records: "
	c := median(clean)
	rows := []row{{what: n + "Mingdeng, clean", figures: c}}
	if hugo != nil {
		h := median(theirs)
		rows = append(rows, row{what: n + "Hugo, clean", figures: h}, row{what: "Mingdeng ÷ Hugo", ratio: true, figures: c.over(h)})
	}
	u, e := median(unchanged), median(edited)
	return append(rows,
		row{what: n + "Mingdeng, nothing changed", figures: u}, row{what: "÷ clean", ratio: true, figures: u.over(c)},
		row{what: n + "Mingdeng, one story edited", figures: e}, row{what: "÷ clean", ratio: true, figures: e.over(c)},
	), nil
}

// story is the text that is edited between builds.
type story struct {
	path string
	text []byte
}

// editable picks the story of a hero near the middle of the list.
func editable(dir string, s synth.Site) (*story, error) {
	n := 0
	for r := range s.All() {
		if n++; n > s.Records/3 {
			p := filepath.Join(dir, "content", filepath.FromSlash(r.File))
			text, err := os.ReadFile(p)
			return &story{p, text}, err
		}
	}
	return nil, fmt.Errorf("a site of %d records has none to edit", s.Records)
}

// edit changes a sentence of the story, one that no list shows.
func (s *story) edit(i int) error {
	return os.WriteFile(s.path, fmt.Appendf(s.text[:len(s.text):len(s.text)], "\n第 %d 次补记。\n", i+1), 0o666)
}
