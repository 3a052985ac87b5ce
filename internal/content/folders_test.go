package content

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Folders that stay open read what the root reads, and nothing else.
func TestFolderFS(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := []string{"content/site.yaml", "content/heroes/a.md", "content/heroes/b/index.md", "content/briefs/2024/x.md", "themes/own/theme.yaml"}
	for _, name := range files {
		write(name, name)
	}
	write("outside.md", "outside")
	linked := os.Symlink(filepath.Join("..", "briefs", "2024", "x.md"), filepath.Join(dir, "content", "heroes", "link.md")) == nil &&
		os.Symlink(filepath.Join("..", "..", "..", "etc"), filepath.Join(dir, "content", "heroes", "away")) == nil

	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f := NewFolderFS(root)
	defer f.Close()
	for _, name := range files {
		if b, err := fs.ReadFile(f, name); err != nil || string(b) != name {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
	for _, name := range []string{"content/heroes/none.md", "content/none/a.md", "content/heroes/../../outside.md", "/content/heroes/a.md", "content/heroes"} {
		_, err := f.ReadFile(name)
		_, want := fs.ReadFile(root.FS(), name)
		if err == nil || errors.Is(err, fs.ErrNotExist) != errors.Is(want, fs.ErrNotExist) {
			t.Errorf("%s: %v, and from the root %v", name, err, want)
		}
	}
	if !linked {
		return
	}
	if b, err := f.ReadFile("content/heroes/link.md"); err != nil || string(b) != "content/briefs/2024/x.md" {
		t.Errorf("a link within the site: %q, %v", b, err)
	}
	if b, err := f.ReadFile("content/heroes/away/passwd"); err == nil {
		t.Errorf("a link that leads out was followed: %q", b)
	}
}
