package search

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/output"
)

type tester interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

// files makes all outputs.
func files(t tester, p *Plan) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, o := range p.Outputs("") {
		print, fill, err := o.Prepare()
		if err != nil || print.IsZero() {
			t.Fatalf("%s: %v", o.Path, err)
		}
		var b bytes.Buffer
		if err := fill(&b); err != nil {
			t.Fatalf("%s: %v", o.Path, err)
		}
		out[o.Path] = b.Bytes()
	}
	return out
}

func textOf(s string) func() (string, error) { return func() (string, error) { return s, nil } }

// answer is what a reader of the index finds: exact results, or candidates looked at.
func answer(t tester, p *Plan, made map[string][]byte, word string) (slots []int, candidates int) {
	t.Helper()
	f, err := p.Lookup(word, func(n int) ([]byte, error) { return made[ShardPath(n)], nil })
	if err != nil {
		t.Fatalf("%q: %v", word, err)
	}
	byslot := map[int]*Doc{}
	for _, d := range p.docs {
		byslot[d.slot] = d.Doc
	}
	for _, s := range f.Slots {
		d := byslot[s]
		if d == nil {
			t.Fatalf("%q: nothing has the slot %d", word, s)
		}
		text, _ := d.Text()
		anywhere, title := d.Holds(word, text)
		if f.Exact && !anywhere {
			t.Errorf("%q is not in %s, and the index is sure that it is", word, d.Key)
		}
		if f.Exact && title != slices.Contains(f.Titles, s) {
			t.Errorf("%q in the title of %s: %v", word, d.Key, title)
		}
		if anywhere {
			slots = append(slots, s)
		}
	}
	return slots, len(f.Slots)
}

func check(t tester, p *Plan, made map[string][]byte, word string) int {
	t.Helper()
	got, candidates := answer(t, p, made, word)
	var want []int
	for _, d := range p.docs {
		text, _ := d.Text()
		if in, _ := d.Holds(word, text); in {
			want = append(want, d.slot)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q: found %v, want %v", word, got, want)
	}
	return candidates
}

// Whatever the texts, a string of one to eight characters is found where it stands and
// nowhere else. The letters are few, so that strings occur often and in parts.
func TestFindsWhatSubstringsFind(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁 a1𠮷，Ａ發")), 0, 40, -1)
		var groups [][]*Doc
		n := 0
		for range 3 {
			var g []*Doc
			for range rapid.IntRange(0, 40).Draw(r, "docs") {
				d := &Doc{Key: fmt.Sprint(n), Title: word.Draw(r, "title"), Text: textOf(word.Draw(r, "text") + "\n" + word.Draw(r, "text"))}
				if n%5 == 0 {
					d.Names = []string{word.Draw(r, "name")}
				}
				g = append(g, d)
				n++
			}
			groups = append(groups, g)
		}
		p, err := New(groups, rapid.SampledFrom([]int{0, 100_000}).Draw(r, "size"))
		if err != nil {
			r.Fatal(err)
		}
		made := files(r, p)
		for range 30 {
			q := strings.TrimSpace(Fold(rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁 a1𠮷，Ａ發")), 1, 8, -1).Draw(r, "query")))
			if q != "" {
				check(r, p, made, q)
			}
		}
	})
}

// An index made after a change is the one that would have been made at once, and
// shards that say the same keep their fingerprints.
func TestFingerprintsFollowTheBytes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁a")), 0, 30, -1)
		make := func(texts []string) (map[string]output.Fingerprint, map[string][]byte) {
			var g []*Doc
			for i, s := range texts {
				g = append(g, &Doc{Key: fmt.Sprint(i), Title: "题", Text: textOf(s), Print: output.Sum([]byte(s))})
			}
			p, err := New([][]*Doc{g, nil}, 0)
			if err != nil {
				r.Fatal(err)
			}
			prints := map[string]output.Fingerprint{}
			for _, o := range p.Outputs("") {
				prints[o.Path], _, _ = o.Prepare()
			}
			return prints, files(r, p)
		}
		texts := rapid.SliceOfN(word, 2, 40).Draw(r, "texts")
		p1, f1 := make(texts)
		texts[rapid.IntRange(0, len(texts)-1).Draw(r, "which")] = word.Draw(r, "new")
		p2, f2 := make(texts)
		for path, print := range p1 {
			if print == p2[path] && !bytes.Equal(f1[path], f2[path]) {
				r.Fatalf("%s changed, its fingerprint did not", path)
			}
		}
	})
}
