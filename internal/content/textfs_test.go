package content

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestTexts(t *testing.T) {
	raw := fstest.MapFS{}
	for _, name := range []string{"content/heroes/a.md", "content/heroes/a.jpg", "content/heroes/b/index.md", "content/heroes/b/a.mp3", "content/heroes/b/a.vtt", "content/heroes/b/a.txt", "content/site.yaml", "themes/own/images/icon.svg"} {
		raw[name] = &fstest.MapFile{Data: []byte("x")}
	}
	fsys := Texts(raw)
	for name := range raw {
		want := name != "content/heroes/a.jpg" && name != "content/heroes/b/a.mp3"
		_, err := fs.ReadFile(fsys, name)
		f, err2 := fsys.Open(name)
		if (err == nil) != want || (err2 == nil) != want || err != nil && !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v, %v", name, err, err2)
		}
		if err2 == nil {
			f.Close()
		}
		if _, err := fs.Stat(fsys, name); err != nil {
			t.Errorf("%s cannot be looked at: %v", name, err)
		}
	}
	n := 0
	err := fs.WalkDir(fsys, ".", func(_ string, e fs.DirEntry, err error) error {
		if !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil || n != len(raw) {
		t.Errorf("%d of %d files are seen: %v", n, len(raw), err)
	}
}
