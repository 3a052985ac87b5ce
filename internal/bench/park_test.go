package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

// park writes a park of so many plaques as RECORDS says, 1,000 by itself, without codes. To
// see where the time goes:
//
//	go test ./internal/bench -run - -bench Park -benchtime 1x -cpuprofile cpu.out
func park(b *testing.B) project.Options {
	b.Helper()
	root := b.TempDir()
	if err := synth.Park(root, records(b)); err != nil {
		b.Fatal(err)
	}
	return project.Options{
		Root: root, Out: filepath.Join(b.TempDir(), "public"), Today: date.Date{Year: 2026, Month: 11, Day: 22},
		Program: fingerprint.Sum([]byte("bench")), Themes: themes.FS,
	}
}

func issue(b *testing.B, o project.Options) {
	b.Helper()
	r, err := plaques.Issue(context.Background(), o, nil, "lamp.h.cn", rand.Reader)
	if err != nil || len(r.New) != records(b) {
		b.Fatal(err, len(r.New), r.Findings)
	}
}

// perOp reports what CPU time a round took: on a machine that does other things besides,
// time on the clock says little.
func perOp(b *testing.B, before float64) { b.ReportMetric((spent()-before)/float64(b.N), "cpu-s/op") }

func BenchmarkParkIssue(b *testing.B) {
	o := park(b)
	defer perOp(b, spent())
	for b.Loop() {
		issue(b, o)
		if err := os.Remove(filepath.Join(o.Root, "content", "plaques.yaml")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParkClean(b *testing.B) {
	o := park(b)
	issue(b, o)
	out := o.Out
	defer perOp(b, spent())
	for i := 0; b.Loop(); i++ {
		o.Out = out + strconv.Itoa(i)
		rebuild(b, o)
	}
}

func BenchmarkParkUnchanged(b *testing.B) {
	o := park(b)
	issue(b, o)
	rebuild(b, o)
	defer perOp(b, spent())
	for b.Loop() {
		rebuild(b, o)
	}
}

// BenchmarkParkOneName changes the name on one plaque.
func BenchmarkParkOneName(b *testing.B) {
	o := park(b)
	issue(b, o)
	rebuild(b, o)
	file := filepath.Join(o.Root, "content", filepath.FromSlash(synth.ParkExhibit(records(b)/2)))
	was, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := bytes.Cut(was, []byte("\nkind:"))
	defer perOp(b, spent())
	for i := 0; b.Loop(); i++ {
		name := string([]rune("沈杜周林江河山石")[i%8:][:1]) + "渡川"
		if err := os.WriteFile(file, fmt.Appendf(nil, "---\nname: %s\nkind:%s", name, rest), 0o666); err != nil {
			b.Fatal(err)
		}
		if r := rebuild(b, o); r.Stats.Written == 0 || r.Stats.Written > 30 {
			b.Fatalf("one name changed %d files", r.Stats.Written)
		}
	}
}
