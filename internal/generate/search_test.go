package generate

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
	"mingdeng/internal/writer"
)

// A site whose search follows an edit is the site made at once, and most of the index is
// left as it lay.
func TestSearchFollowsAnEdit(t *testing.T) {
	dir := t.TempDir()
	if err := (synth.Site{Records: 300, Seed: 1, Search: true}).Write(dir); err != nil {
		t.Fatal(err)
	}
	run := func(out string) writer.Stats {
		t.Helper()
		r, err := Run(context.Background(), project.Options{
			Root: dir, Out: out, Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test")),
		})
		if err != nil {
			t.Fatal(err)
		}
		return r.Stats
	}
	all := run("public")
	stories, err := filepath.Glob(filepath.Join(dir, "content", "heroes", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(stories[7])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stories[7], append(text, "\n罕见的一句：翡翠鹦鹉飞过堤岸。\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	edit := run("public")
	if edit.Written > 60 || edit.Files != all.Files {
		t.Errorf("one edit wrote %d of %d files", edit.Written, edit.Files)
	}
	if err := os.WriteFile(filepath.Join(dir, "content", "heroes", "zz-new.md"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	run("public")
	run("clean")
	same := 0
	clean := os.DirFS(filepath.Join(dir, "clean"))
	err = fs.WalkDir(clean, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if p == ".mingdeng" {
				return fs.SkipDir
			}
			return err
		}
		want, err := fs.ReadFile(clean, p)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(p)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not as a clean build makes it (%v)", p, err)
		}
		same++
		return nil
	})
	if err != nil || same < 600 {
		t.Errorf("%d files compared, %v", same, err)
	}
}
