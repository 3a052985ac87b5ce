package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every version of the index that git writes is read, flags of other entries stay, and a
// split one is refused.
func TestIndexVersions(t *testing.T) {
	for _, version := range []string{"2", "3", "4"} {
		p := newPlace(t)
		p.save("第一版")
		p.git("update-index", "--index-version="+version)
		p.put("content/later.md", "later")
		p.git("add", "-N", "content/later.md") // an extended flag
		p.git("update-index", "--skip-worktree", "content/heroes/张三.md")
		p.put("content/site.yaml", "name: 改\n")
		p.save("改", "content/site.yaml")
		p.expect("status "+version, p.git("status", "--porcelain"), " A content/later.md\n?? notes.txt\n")
		p.expect("flags "+version, strings.ReplaceAll(p.git("ls-files", "-t", "content/heroes"), "\n", "|"), "H content/heroes/li-si.md|S content/heroes/张三.md|")
		p.sound()
	}
	p := newPlace(t)
	p.save("第一版")
	p.git("update-index", "--split-index")
	if _, err := p.Save(t.Context(), Change{Paths: []string{"content/site.yaml"}}); err == nil {
		t.Error("a split index was taken for a whole one")
	}
}

// FuzzIndex: an index of strangers is read or refused, and what was read is written as it was.
func FuzzIndex(f *testing.F) {
	info, err := os.Stat(filepath.Join("doc.go"))
	if err != nil {
		f.Fatal(err)
	}
	idx := &indexFile{version: 2, entries: []staged{newStaged("a/b.md", modeFile, emptyTree, info), newStaged("c", modeLink, emptyTree, info)}}
	f.Add(idx.bytes()[:len(idx.bytes())-20])
	f.Add([]byte("DIRC\x00\x00\x00\x04\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		idx, err := decodeIndex(append(b, make([]byte, 20)...))
		if err != nil || idx.version == 4 {
			return
		}
		again, err := decodeIndex(idx.bytes())
		if err != nil || len(again.entries) != len(idx.entries) {
			t.Fatal(err)
		}
	})
}

// FuzzTree: trees of strangers likewise, byte for byte where modes are plain.
func FuzzTree(f *testing.F) {
	f.Add(formatTree([]entry{{"a", modeFile, emptyTree}, {"b", modeTree, emptyTree}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := parseTree(b)
		if err != nil {
			return
		}
		again, err := parseTree(formatTree(list))
		if err != nil || len(again) != len(list) {
			t.Fatal(err)
		}
	})
}
