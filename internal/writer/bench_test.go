package writer

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// benchSite is n pages in n folders and n/20 files in one folder, like a site's.
func benchSite(n int, edition byte) []output.Output {
	body := bytes.Repeat([]byte("<p>一个英雄就是一盏明灯。"), 100) // 3.6 KB
	outs := make([]output.Output, 0, n+n/20)
	add := func(path string, i int) {
		print := fingerprint.Sum([]byte{edition, byte(i), byte(i >> 8), byte(i >> 16)})
		outs = append(outs, output.Output{Path: path, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return print, func(w *bytes.Buffer) error {
				w.Write(body)
				fmt.Fprintf(w, "%d %d", i, edition)
				return nil
			}, nil
		}})
	}
	for i := range n {
		add(fmt.Sprintf("heroes/p%05d/index.html", i), i)
	}
	for i := range n / 20 {
		add(fmt.Sprintf("pictures/%05d.jpg", i), i)
	}
	return outs
}

func buildBench(b *testing.B, dir string, outs []output.Output) Stats {
	b.Helper()
	f, err := Open(b.Context(), dir, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	stats, err := f.Build(b.Context(), outs, Options{Inputs: fingerprint.Sum([]byte("in"))})
	if err != nil {
		b.Fatal(err)
	}
	return stats
}

// The benchmarks run on a disk in memory: what is ours then shows, and not what
// else the machine's disk is doing. Set TMPDIR for a real one.

// Nothing is deleted between the rounds, and none of it is timed: ext4 avoids the
// inodes of files deleted in the last minutes, and looks long for others.
func BenchmarkBuildClean10k(b *testing.B) {
	outs := benchSite(10_000, 0)
	top := memoryDir(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		buildBench(b, filepath.Join(top, strconv.Itoa(i)), outs)
	}
}

// Every page differs from the last build's: a template was edited.
func BenchmarkBuildRewrite10k(b *testing.B) {
	editions := [2][]output.Output{benchSite(10_000, 0), benchSite(10_000, 1)}
	dir := memoryDir(b)
	buildBench(b, dir, editions[1])
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		buildBench(b, dir, editions[i%2])
	}
}

// One page of 10,000 differs, and every fingerprint is taken.
func BenchmarkBuildOne10k(b *testing.B) {
	one, two := benchSite(10_000, 0), benchSite(10_000, 0)
	two[5000] = benchSite(10_000, 1)[5000]
	dir := memoryDir(b)
	buildBench(b, dir, two)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if s := buildBench(b, dir, [2][]output.Output{one, two}[i%2]); s.Written != 1 {
			b.Fatal(s)
		}
	}
}

func BenchmarkBuildSame10k(b *testing.B) {
	outs := benchSite(10_000, 0)
	dir := memoryDir(b)
	buildBench(b, dir, outs)
	b.ReportAllocs()
	for b.Loop() {
		buildBench(b, dir, outs)
	}
}

func BenchmarkUnchanged10k(b *testing.B) {
	dir := memoryDir(b)
	buildBench(b, dir, benchSite(10_000, 0))
	b.ReportAllocs()
	for b.Loop() {
		f, err := Open(b.Context(), dir, 0)
		if err != nil {
			b.Fatal(err)
		}
		if _, same := f.Unchanged(fingerprint.Sum([]byte("in"))); !same {
			b.Fatal("changed")
		}
		f.Close()
	}
}

func BenchmarkState10k(b *testing.B) {
	s := &state{}
	for i := range 10_000 {
		s.entries = append(s.entries, entry{path: fmt.Sprintf("heroes/p%05d/index.html", i), print: fingerprint.Sum(nil), hash: fingerprint.Sum(nil)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode(s.encode()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(s.encode())), "bytes")
}
