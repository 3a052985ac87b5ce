package layered

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

func TestFolder(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	base := Of(fstest.MapFS{"theme.yaml": file("base"), "styles/a.css": file("a"), "styles/b.css": file("b"), "images/i.svg": file("i")}, "lamplight")
	own := Of(fstest.MapFS{"theme.yaml": file("own"), "styles/b.css": file("B"), "styles/c.css": file("c")}, "themes/own")
	f := own.Over(base)
	for name, want := range map[string][2]string{
		"theme.yaml":   {"own", "themes/own/theme.yaml"},
		"styles/a.css": {"a", "lamplight/styles/a.css"},
		"styles/b.css": {"B", "themes/own/styles/b.css"},
		"styles/c.css": {"c", "themes/own/styles/c.css"},
		"images/i.svg": {"i", "lamplight/images/i.svg"},
	} {
		b, err := fs.ReadFile(f, name)
		if err != nil || string(b) != want[0] || f.Path(name) != want[1] {
			t.Errorf("%s: %q at %s, %v; want %q", name, b, f.Path(name), err, want)
		}
	}
	if _, err := fs.ReadFile(f, "styles/d.css"); !errors.Is(err, fs.ErrNotExist) || f.Path("styles/d.css") != "themes/own/styles/d.css" {
		t.Errorf("a missing file: %v, %s", err, f.Path("styles/d.css"))
	}
	if _, err := fs.ReadDir(f, "fonts"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	names, err := fs.Glob(f, "styles/*.css")
	if want := []string{"styles/a.css", "styles/b.css", "styles/c.css"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("got %q, %v", names, err)
	}
	var order []string
	for _, l := range f.Layers() {
		b, _ := fs.ReadFile(l, "theme.yaml")
		order = append(order, string(b))
	}
	if !slices.Equal(order, []string{"base", "own"}) {
		t.Errorf("layers are %q", order)
	}
}
