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

// measureHugo writes a site for Hugo and builds it.
func (b *bench) measureHugo(ctx context.Context, s synth.Site) (figures, error) {
	source := filepath.Join(b.dir, "hugo")
	if err := writeHugo(source, s); err != nil {
		return figures{}, err
	}
	var list []figures
	for i := range b.runs {
		out := filepath.Join(b.dir, "hugo-out-"+strconv.Itoa(i))
		f, err := measure(ctx, out, b.hugo, "--quiet", "--source", source, "--destination", out, "--cacheDir", filepath.Join(b.dir, "hugo-cache"))
		if err != nil {
			return figures{}, err
		}
		list = append(list, f)
		fmt.Fprintf(b.progress, "bench: Hugo, run %d of %d\n", i+1, b.runs)
	}
	return median(list), nil
}

// compare writes a site and builds it runs times. The first row is the clean build,
// which is set beside hugo's unless that is zero.
func (b *bench) compare(ctx context.Context, name string, s synth.Site, runs int, hugo figures) ([]row, error) {
	root := filepath.Join(b.dir, name)
	if err := s.Write(root); err != nil {
		return nil, err
	}
	story, err := editable(root, s)
	if err != nil {
		return nil, err
	}
	var clean, unchanged, edited []figures
	for i := range runs {
		time.Sleep(settled)
		out := filepath.Join(b.dir, name+"-out-"+strconv.Itoa(i))
		build := func(list *[]figures) error {
			f, err := measure(ctx, out, b.mingdeng, "build", "-q", "-C", root, "-o", out)
			*list = append(*list, f)
			return err
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
	if hugo.user > 0 {
		rows = append(rows, row{what: n + "Hugo, clean", figures: hugo}, row{what: "Mingdeng ÷ Hugo", ratio: true, figures: c.over(hugo)})
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
