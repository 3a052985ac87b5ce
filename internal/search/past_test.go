package search

import (
	"bytes"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// An index made of what the last one left is the one that is made at once, file by file:
// also where a file is asked for that nothing made necessary, and where what was left is
// damaged or another program's.
func TestIndexOfWhatWasLeft(t *testing.T) {
	program := fingerprint.Sum([]byte("program"))
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁 a1𠮷發")), 0, 60, -1)
		n := 0
		doc := func() *Doc {
			s := word.Draw(r, "text")
			n++
			return &Doc{Key: fmt.Sprint(n), Title: word.Draw(r, "title"), Text: textOf(s), Print: fingerprint.Sum([]byte(s))}
		}
		var docs []*Doc
		for range rapid.IntRange(0, 30).Draw(r, "docs") {
			docs = append(docs, doc())
		}
		var left []byte
		for range rapid.IntRange(1, 4).Draw(r, "builds") {
			switch len(docs) {
			case 0:
				docs = append(docs, doc())
			default:
				i := rapid.IntRange(0, len(docs)-1).Draw(r, "which")
				switch rapid.IntRange(0, 3).Draw(r, "change") {
				case 0:
					docs = append(docs, doc())
				case 1:
					docs = append(docs[:i:i], docs[i+1:]...)
				case 2:
					changed := *docs[i]
					s := word.Draw(r, "new")
					changed.Text, changed.Print = textOf(s), fingerprint.Sum([]byte(s))
					docs[i] = &changed
				}
			}
			size := rapid.SampledFrom([]int{0, 100_000}).Draw(r, "size")
			plan := func() *Plan {
				p, err := New([][]*Doc{docs, nil}, size)
				if err != nil {
					r.Fatal(err)
				}
				return p
			}
			given := bytes.Clone(left)
			if len(given) > 0 && rapid.IntRange(0, 5).Draw(r, "damage") == 0 {
				given = given[:rapid.IntRange(0, len(given)-1).Draw(r, "cut")]
			}
			x := plan().Index(program, func() []byte { return given })
			x.sorting.most = rapid.SampledFrom([]int{perGroup, 100}).Draw(r, "in a group")
			want := madeOf(r, plan().Outputs(""))
			for path, made := range madeOf(r, x.Outputs("")) {
				if w := want[path]; !bytes.Equal(made.bytes, w.bytes) || made.print != w.print {
					r.Fatalf("%s: made of what was left it differs", path)
				}
				delete(want, path)
			}
			if len(want) > 0 {
				r.Fatalf("%d files are missing", len(want))
			}
			if b, same := x.Left(); !same {
				left = b
			} else if !bytes.Equal(given, left) {
				r.Fatal("what was left was damaged and is called the same")
			}
		}
	})
}

// What no document says any more is not left, and another program takes nothing.
func TestLeftForgets(t *testing.T) {
	program, other := fingerprint.Sum([]byte("program")), fingerprint.Sum([]byte("other"))
	index := func(by fingerprint.Fingerprint, left []byte, docs ...*Doc) *Index {
		p, err := New([][]*Doc{docs, nil}, 0)
		if err != nil {
			t.Fatal(err)
		}
		return p.Index(by, func() []byte { return left })
	}
	reads := 0
	a := &Doc{Key: "a", Title: "甲", Print: fingerprint.Sum([]byte("a")), Text: func() (string, error) { reads++; return "QQ", nil }}
	b := &Doc{Key: "b", Title: "乙", Print: fingerprint.Sum([]byte("b")), Text: textOf("ZZ")}
	left, _ := index(program, nil, a, b).Left()
	if !bytes.Contains(left, []byte("q\x00q\x00")) || !bytes.Contains(left, []byte("z\x00z\x00")) {
		t.Fatal("texts are not left")
	}
	less, same := index(program, left, a).Left()
	if same || bytes.Contains(less, []byte("z\x00z\x00")) || reads != 1 {
		t.Errorf("left after a removal: %d bytes, read %d times", len(less), reads)
	}
	if _, same := index(program, less, a).Left(); !same || reads != 1 {
		t.Errorf("of an index of the same: %v, read %d times", same, reads)
	}
	if _, same := index(other, less, a).Left(); same || reads != 2 {
		t.Errorf("of another program: %v, read %d times", same, reads)
	}
}

type madeFile struct {
	print fingerprint.Fingerprint
	bytes []byte
}

func madeOf(t tester, outs []output.Output) map[string]madeFile {
	t.Helper()
	made := map[string]madeFile{}
	for _, o := range outs {
		print, fill, err := o.Prepare()
		var w bytes.Buffer
		if err == nil {
			err = fill(&w)
		}
		if err != nil {
			t.Fatalf("%v", err)
		}
		made[o.Path] = madeFile{print, w.Bytes()}
	}
	return made
}
