package importer

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
)

// TestUndo: an import that is undone leaves the folder as it was, but for what somebody has
// worked on since.
func TestUndo(t *testing.T) {
	put := map[string]string{
		"content/heroes/甲.md":                 "a",
		"content/heroes/乙.md":                 "b",
		"content/briefs/2023/丙/picture-1.jpg": "p",
		"content/briefs/2023/丙/index.md":      "c",
		"content/anthology/书/_index.md":       "k",
		"content/anthology/书/01-丁.md":         "d",
	}
	for _, c := range []struct {
		name  string
		since func(root *os.Root) error
		kept  string   // texts
		stay  []string // files that are still there, beside what was there before
	}{
		{"nothing", func(*os.Root) error { return nil }, "", nil},
		{"a text", func(r *os.Root) error { return r.WriteFile("content/heroes/甲.md", []byte("aa"), 0o644) }, "content/heroes/甲.md", []string{"content/heroes/甲.md"}},
		{"a picture", func(r *os.Root) error {
			return r.WriteFile("content/briefs/2023/丙/picture-1.jpg", []byte("pp"), 0o644)
		},
			"content/briefs/2023/丙/index.md", []string{"content/briefs/2023/丙/index.md", "content/briefs/2023/丙/picture-1.jpg"}},
		{"one more picture", func(r *os.Root) error { return r.WriteFile("content/briefs/2023/丙/x.jpg", nil, 0o644) },
			"content/briefs/2023/丙/index.md", []string{"content/briefs/2023/丙/index.md", "content/briefs/2023/丙/picture-1.jpg", "content/briefs/2023/丙/x.jpg"}},
		{"an edition", func(r *os.Root) error { return r.WriteFile("content/heroes/乙.en.md", nil, 0o644) },
			"content/heroes/乙.md", []string{"content/heroes/乙.en.md", "content/heroes/乙.md"}},
		{"a first picture", func(r *os.Root) error {
			return errors.Join(r.Mkdir("content/heroes/甲", 0o755), r.Rename("content/heroes/甲.md", "content/heroes/甲/index.md"))
		}, "content/heroes/甲/index.md", []string{"content/heroes/甲/index.md"}},
		{"taken away", func(r *os.Root) error {
			return errors.Join(r.RemoveAll("content/briefs/2023/丙"), r.Remove("content/heroes/甲.md"))
		}, "", nil},
		{"a chapter", func(r *os.Root) error { return r.WriteFile("content/anthology/书/01-丁.md", []byte("dd"), 0o644) },
			"content/anthology/书/01-丁.md content/anthology/书/_index.md", []string{"content/anthology/书/01-丁.md", "content/anthology/书/_index.md"}},
		{"one more chapter", func(r *os.Root) error { return r.WriteFile("content/anthology/书/02.md", nil, 0o644) },
			"content/anthology/书/_index.md", []string{"content/anthology/书/02.md", "content/anthology/书/_index.md"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, "content", "heroes"), 0o755); err != nil {
				t.Fatal(err)
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			w := NewWriting(root)
			for _, name := range slices.Sorted(maps.Keys(put)) {
				if err := w.Put(name, []byte(put[name])); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Put("content/heroes/甲.md", nil); !errors.Is(err, fs.ErrExist) {
				t.Fatalf("an existing file is overwritten: %v", err)
			}
			if err := c.since(root); err != nil {
				t.Fatal(err)
			}
			if got := w.Paths(); !slices.Equal(got, slices.Sorted(maps.Keys(put))) {
				t.Errorf("paths: %q", got)
			}
			kept, err := w.Undo()
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(kept, " "); got != c.kept {
				t.Errorf("kept %q, want %q", got, c.kept)
			}
			var stay []string
			err = fs.WalkDir(root.FS(), ".", func(p string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					stay = append(stay, p)
				}
				return err
			})
			if err != nil || !slices.Equal(stay, c.stay) {
				t.Errorf("%v: there are %q, want %q", err, stay, c.stay)
			}
			if c.name == "nothing" {
				list, _ := fs.Glob(root.FS(), "content/*")
				if !slices.Equal(list, []string{"content/heroes"}) { // was there before, empty
					t.Errorf("folders: %q", list)
				}
			}
		})
	}
}

func file(head string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\n" + head + "---\n")}
}

// TestRename: a planned record goes where one of its new name would.
func TestRename(t *testing.T) {
	site := empty()
	site["content/heroes/卜渡.md"] = file("姓名: 卜渡\n地区: 某省\n授权: {公开: false}\n")
	site["content/briefs/2023/a.md"] = file("标题: 走访\n日期: 2023-05-01\n")
	site["content/briefs/2023/a.md"].Data = append(site["content/briefs/2023/a.md"].Data, "看望了贺兰山。\n"...)
	p, err := NewPlanner(site, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, name, to, slug string }{
		{"content/heroes/甲.md", "乙丙", "content/heroes/乙丙.md", ""},
		{"content/heroes/甲.md", "乙丙", "content/heroes/乙丙-2.md", ""}, // the first has it
		{"content/heroes/甲.md", "卜渡", "!", ""},
		{"content/heroes/甲.md", "贺兰山", "!", ""},
		{"content/heroes/甲.md", " . ", "!", ""},
		{"content/briefs/2023/甲/index.md", "走访：一", "content/briefs/2023/走访：一/index.md", ""},
		{"content/briefs/2023/甲/index.md", "走访", "!", ""},
		{"content/anthology/书/07-甲.md", "丁", "content/anthology/书/07-丁.md", ""},
		{"content/pages/甲.md", "../../x", "content/pages/x.md", ""},
	} {
		to, slug, err := p.Rename(c.from, c.name)
		if err != nil {
			to = "!"
		}
		if to != c.to || slug != c.slug {
			t.Errorf("%s as %q: got %s %q, want %s %q", c.from, c.name, to, slug, c.to, c.slug)
		}
		if to != "!" && content.KindOf(to) != content.KindOf(c.from) {
			t.Errorf("%s is of another kind than %s", to, c.from)
		}
	}
}
