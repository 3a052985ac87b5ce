package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
)

// lay writes those files of a site that are not there as they are to be.
func lay(t *testing.T, dir string, site map[string]string) {
	t.Helper()
	for p, text := range site {
		file := filepath.Join(dir, filepath.FromSlash(p))
		if b, err := os.ReadFile(file); err == nil && string(b) == text {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// archive lays the site that a txtar of package generate holds into a new folder.
func archive(t *testing.T, name string) (dir string) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("..", "generate", "testdata", "golden", name))
	if err != nil {
		t.Fatal(err)
	}
	site := map[string]string{}
	for _, f := range a.Files {
		site[f.Name] = string(f.Data)
	}
	dir = t.TempDir()
	lay(t, dir, site)
	return dir
}

// on are the options of a site that is built on a day.
func on(day date.Date, dir, out string) project.Options {
	return project.Options{Root: dir, Out: out, Today: day, Themes: builtin, Program: fingerprint.Sum([]byte("test"))}
}

// build builds the site of a folder into another, as of one and the same day.
func build(t *testing.T, dir, out string) generate.Result {
	t.Helper()
	r, err := generate.Run(context.Background(), on(date.Date{Year: 2026, Month: 11, Day: 22}, dir, out))
	told(t, r, err)
	return r
}

// told fails with the findings of a build that went wrong.
func told(t *testing.T, r generate.Result, err error) {
	t.Helper()
	if err != nil {
		var b bytes.Buffer
		diag.WriteText(&b, r.Findings, diag.English)
		t.Fatalf("%v\n%s", err, b.String())
	}
}

// read reads a file that was made.
func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// madeIn is what a build left in a folder, its own state aside.
func madeIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == ".mingdeng" {
			return fs.SkipDir
		}
		if err == nil && !e.IsDir() {
			out[p] = read(t, dir, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// unlike names the files in which two folders differ.
func unlike(got, want map[string]string) string {
	all := maps.Clone(want)
	maps.Copy(all, got)
	var out []string
	for _, p := range slices.Sorted(maps.Keys(all)) {
		g, made := got[p]
		if w, wanted := want[p]; g != w || made != wanted {
			out = append(out, fmt.Sprintf("%s: made %v, wanted %v", p, made, wanted))
		}
	}
	return strings.Join(out, "\n")
}
