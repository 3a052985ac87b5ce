package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

// What is measured must be a site in order: one finding more, and the two programs
// no longer do the same.
func TestSiteHasNoFindings(t *testing.T) {
	const n = 400
	dir := t.TempDir()
	if err := (synth.Site{Records: n, Seed: 1, Search: true, Rich: true}).Write(dir); err != nil {
		t.Fatal(err)
	}
	o := project.Options{
		Root: dir, Out: filepath.Join(dir, "public"), Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: themes.FS,
		Program: fingerprint.Sum([]byte("test")),
	}
	r, err := generate.Run(context.Background(), o)
	var told bytes.Buffer
	if werr := diag.WriteText(&told, r.Findings, diag.English); werr != nil {
		t.Fatal(werr)
	}
	if err != nil || told.Len() > 0 {
		t.Fatalf("%v\n%s", err, told.String())
	}
	if r.Pages < n || r.Stats.Written != r.Stats.Files {
		t.Errorf("%d pages of %d records, %+v", r.Pages, n, r.Stats)
	}
}

var plainLink = regexp.MustCompile(`(?:\]\(|h: ")/([^)"]*)`)

// Hugo gets the same words, and no link that leads nowhere.
func TestHugoSite(t *testing.T) {
	s := synth.Site{Records: 400, Seed: 1, Rich: true}
	dir := t.TempDir()
	if err := writeHugo(dir, s); err != nil {
		t.Fatal(err)
	}
	content := filepath.Join(dir, "content")
	there := func(p string) bool {
		_, err := os.Stat(filepath.Join(content, filepath.FromSlash(p)))
		return err == nil
	}
	links := 0
	err := filepath.WalkDir(content, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		for _, m := range plainLink.FindAllSubmatch(b, -1) {
			links++
			to := strings.TrimSuffix(string(m[1]), "/")
			if !there(to+".md") && !there(to+"/_index.md") {
				t.Errorf("%s: %q leads nowhere", p, m[1])
			}
		}
		if bytes.Contains(b, []byte("[[")) {
			t.Errorf("%s has a link that Hugo does not know", p)
		}
		return nil
	})
	if err != nil || links < s.Records {
		t.Fatalf("%d links, %v", links, err)
	}
	for r := range s.All() {
		if !there(hugoPath(r)) {
			t.Errorf("%s is missing", hugoPath(r))
		}
	}
}

func TestMedian(t *testing.T) {
	list := []figures{{user: 3, wall: 9}, {user: 1, wall: 2}, {user: 2, wall: 4}}
	if m := median(list); m.user != 2 || m.wall != 4 {
		t.Errorf("median of three: %+v", m)
	}
	if m := median(list[:2]); m.user != 2 || m.wall != 5.5 {
		t.Errorf("median of two: %+v", m)
	}
	if r := (figures{user: 1, wall: 3}).over(figures{user: 4}); r.user != 0.25 || r.wall != 0 {
		t.Errorf("ratio: %+v", r)
	}
}

func TestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and waits for files to age")
	}
	dir := t.TempDir()
	var out bytes.Buffer
	err := run(context.Background(), []string{"-n", "80", "-runs", "1", "-hugo", filepath.Join(dir, "none"), "-keep", dir}, &out, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"mingdeng dev", "80 records: Mingdeng, clean |", "nothing changed |", "one story edited |", "search on", "search off"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the tables lack %q:\n%s", want, out.String())
		}
	}
	if err := run(context.Background(), []string{"-runs", "0"}, io.Discard, io.Discard); err == nil {
		t.Error("-runs 0 was taken")
	}
}
