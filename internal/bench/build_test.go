package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
	"mingdeng/themes"
)

// records is how large the site of the benchmarks is: 1,000 unless the
// environment says otherwise. To see where the time goes:
//
//	RECORDS=10000 go test ./internal/bench -run - -bench Clean -benchtime 3x -cpuprofile cpu.out -memprofile mem.out
func records(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("RECORDS"))
	if err != nil {
		return 1000
	}
	return n
}

// corpus is the site of the benchmarks: a rich one with its search, as most sites are.
// PLAIN=1 is for the plain one, SEARCH=0 for none to search.
func corpus(b *testing.B) synth.Site {
	return synth.Site{Records: records(b), Seed: 1, Rich: os.Getenv("PLAIN") == "", Search: os.Getenv("SEARCH") != "0"}
}

// invent writes a site for a benchmark and returns how to build it.
func invent(b *testing.B) project.Options {
	b.Helper()
	root := b.TempDir()
	if err := corpus(b).Write(root); err != nil {
		b.Fatal(err)
	}
	age(b, root) // see build's settle
	return project.Options{
		Root: root, Out: filepath.Join(b.TempDir(), "public"), Today: date.Date{Year: 2026, Month: 11, Day: 22},
		Program: fingerprint.Sum([]byte("bench")), Themes: themes.FS,
	}
}

func rebuild(b *testing.B, o project.Options) generate.Result {
	b.Helper()
	r, err := generate.Run(context.Background(), o)
	if err != nil || len(r.Findings) > 0 {
		b.Fatal(err, r.Findings)
	}
	return r
}

func BenchmarkClean(b *testing.B) {
	o := invent(b)
	out := o.Out
	pages := 0
	for i := 0; b.Loop(); i++ {
		o.Out = out + strconv.Itoa(i)
		pages = rebuild(b, o).Pages
	}
	b.ReportMetric(float64(pages), "pages")
}

func BenchmarkUnchanged(b *testing.B) {
	o := invent(b)
	rebuild(b, o)
	for b.Loop() {
		if r := rebuild(b, o); !r.Quick || r.Stats.Written > 0 {
			b.Fatalf("the build saw a change: %+v", r.Stats)
		}
	}
}

func BenchmarkOneEdit(b *testing.B) {
	o := invent(b)
	rebuild(b, o)
	story, err := editable(o.Root, corpus(b))
	if err != nil {
		b.Fatal(err)
	}
	written := 0
	for i := 0; b.Loop(); i++ {
		if err := story.edit(i); err != nil {
			b.Fatal(err)
		}
		if written = rebuild(b, o).Stats.Written; written == 0 {
			b.Fatal("an edited story changed no file")
		}
	}
	b.ReportMetric(float64(written), "files")
}

// BenchmarkResolve joins the records, which every build does that is not of an unchanged
// site.
func BenchmarkResolve(b *testing.B) {
	o := invent(b)
	fsys := os.DirFS(o.Root)
	tree, _ := content.Scan(fsys)
	c, found := content.Load(fsys, tree)
	if len(found) > 0 {
		b.Fatal(found)
	}
	for b.Loop() {
		_, found = site.Resolve(c, site.Options{Today: o.Today, StandIn: func(content.Language) string { return "" }})
	}
	if len(found) > 0 {
		b.Fatal(found)
	}
}
