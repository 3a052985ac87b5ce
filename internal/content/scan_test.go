package content

import (
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
)

// TestTreeAgain: whatever happens to some files, a tree that is told of them is what a scan
// of the folder finds, or says that only a scan will do.
func TestTreeAgain(t *testing.T) {
	names := []string{"content/site.yaml", "content/heroes/a.md", "content/heroes/b.md", "content/heroes/b/index.md", "content/heroes/b/x.jpg", "content/heroes/.c.md", "themes/x.css"}
	file := rapid.Custom(func(t *rapid.T) *fstest.MapFile {
		return &fstest.MapFile{Data: make([]byte, rapid.IntRange(0, 3).Draw(t, "size")), ModTime: time.Unix(int64(rapid.IntRange(0, 3).Draw(t, "time")), 0)}
	})
	rapid.Check(t, func(t *rapid.T) {
		fsys := fstest.MapFS{}
		for _, n := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, -1, rapid.ID[string]).Draw(t, "files") {
			fsys[n] = file.Draw(t, n)
		}
		tree, _ := Scan(fsys)
		var changed []string
		whole := true // no file came or went
		for _, n := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, -1, rapid.ID[string]).Draw(t, "changed") {
			changed = append(changed, n)
			if _, there := fsys[n]; there && rapid.Bool().Draw(t, "goes") {
				delete(fsys, n)
				whole = false
			} else {
				whole = whole && there
				fsys[n] = file.Draw(t, n)
			}
		}
		was := Tree{slices.Clone(tree.Files)}
		want, _ := Scan(fsys)
		switch got := tree.Again(fsys, changed); {
		case got != nil && !reflect.DeepEqual(got, want):
			t.Errorf("%v, want %v", got, want)
		case got == nil && whole && len(changed) == 1 && changed[0] == "content/heroes/a.md":
			t.Error("a file that has only changed is looked for in the whole folder")
		}
		if !reflect.DeepEqual(*tree, was) {
			t.Error("the old tree has changed")
		}
	})
}
