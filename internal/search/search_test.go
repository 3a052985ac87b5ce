package search

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/fold"
	"mingdeng/internal/markdown"
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
		word := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁 a1𠮷，Ａ發\u200b\u00ad\ufe00\U000e0100⼄乙\u2f02•")), 0, 40, -1)
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
		make := func(texts []string) (map[string]fingerprint.Fingerprint, map[string][]byte) {
			var g []*Doc
			for i, s := range texts {
				g = append(g, &Doc{Key: fmt.Sprint(i), Title: "题", Text: textOf(s), Print: fingerprint.Sum([]byte(s))})
			}
			p, err := New([][]*Doc{g, nil}, 0)
			if err != nil {
				r.Fatal(err)
			}
			prints := map[string]fingerprint.Fingerprint{}
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

// A query of a site of a thousand pages moves at most 20 KB before the first results
// show, and what it says is exact. The texts are compressed as a server does.
func TestFirstQueryIsSmall(t *testing.T) {
	var docs []*Doc
	texts := map[string]string{}
	size := 0
	for r := range (synth.Site{Records: 1000, Seed: 1}).All() {
		text := markdown.Text([]byte(r.Text))
		docs = append(docs, &Doc{Key: r.Address, Title: r.Title, Note: "英雄 · 望江县 · 2020年 · 水中救人", Lead: r.Title, Text: textOf(text)})
		texts[r.Address] = text
		size += len(text) / 3
	}
	p, err := New([][]*Doc{docs, nil}, size)
	if err != nil {
		t.Fatal(err)
	}
	made := files(t, p)
	bySlot := map[int]*Doc{}
	for _, d := range p.docs {
		bySlot[d.slot] = d.Doc
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	most := 0
	for i := range 200 {
		text := []rune(texts[docs[rnd.IntN(len(docs))].Key])
		n := 1 + i%8
		at := rnd.IntN(len(text) - n)
		word := strings.TrimSpace(Fold(string(text[at : at+n])))
		if word == "" || strings.Contains(word, "\n") {
			continue
		}
		moved := 0
		f, err := p.Lookup(word, func(n int) ([]byte, error) {
			moved += len(made[ShardPath(n)])
			return made[ShardPath(n)], nil
		})
		if err != nil {
			t.Fatal(err)
		}
		shown := f.Slots
		if f.Exact {
			shown = shown[:min(len(shown), Small)]
		}
		for _, s := range shown {
			moved += packed(made[DocPath(s)])
		}
		if i < 40 {
			check(t, p, made, word)
		}
		most = max(most, moved)
	}
	t.Logf("at most %d bytes", most)
	if most > 20_000 {
		t.Errorf("a query moved %d bytes", most)
	}
}

func packed(b []byte) int {
	var w bytes.Buffer
	z := gzip.NewWriter(&w)
	z.Write(b)
	z.Close()
	return w.Len()
}

// Other addresses move a document's slot seldom: only those it pushed aside.
func TestSlotsStay(t *testing.T) {
	var docs []*Doc
	for i := range 1000 {
		docs = append(docs, &Doc{Key: fmt.Sprintf("heroes/%d/", i)})
	}
	at := func(docs []*Doc) map[string]int {
		list, end := spread(docs, 100)
		out := map[string]int{}
		for i, d := range list {
			if i > 0 && d.slot <= list[i-1].slot || d.slot < 100 || d.slot >= end {
				t.Fatalf("slot %d", d.slot)
			}
			out[d.Key] = d.slot
		}
		return out
	}
	all := at(docs)
	moved := 0
	for i := range 100 {
		for key, slot := range at(append(slices.Clone(docs[:i]), docs[i+1:]...)) {
			if all[key] != slot {
				moved++
			}
		}
	}
	if moved > 100*12 {
		t.Errorf("one document less moves %d others on average", moved/100)
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"ＡＥＤ": "aed", "見義勇為": "见义勇为", "  a \t b　c": " a b c", "㈱": "(株)", "ﬁ": "fi", "e\u0301": "é", "ｶﾞ": "ガ", "，。\u0301": ",。\u0301", "，": ",", "（Ａ）": "(a)", "。\u3099か\u3099": "。\u3099が", "一\n二": "一\n二",
		"薴": "苎", "金": "金", "𠮷": "𠮷", "İ": "i\u0307", "\u1fba\u0345": "\u1fb2",
		"见\u200b义\u00ad勇\ufe00为\U000e0100": "见义勇为", "\u200b": "", "⻩⼭⾒": "黄山见", "\u2f02": "丶", "⻆⻝": "角食", "買買提•艾力": "买买提·艾力", "艾・力･": "艾·力·",
		"张\u20dd三": "张三", "e\u200b\u0301": "é", " \u00ad ": " ", "\u202e张\u2066三": "张三",
	} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
	// The short way for plain characters is the long way.
	for r := rune(0); r < 0x20000; r++ {
		if s := string(r); plain(r) && unicode.ToLower([]rune(norm.NFKC.String(s))[0]) != []rune(Fold(s))[0] && fold.Plain(r) == r && r > ' ' && r != 0x7f {
			t.Errorf("%q is folded to %q", s, Fold(s))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		if s := Fold(rapid.String().Draw(r, "s")); Fold(s) != s {
			r.Fatalf("%q folds further to %q", s, Fold(s))
		}
	})
}

// A text with what shows nothing within its words, or with other faces of its characters,
// is folded as without.
func TestFoldSeesThroughDisguises(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var plain, worn strings.Builder
		for _, c := range rapid.StringOfN(rapid.SampledFrom([]rune("见义勇为一二黄龙角食贝a1·")), 1, 12, -1).Draw(r, "s") {
			plain.WriteRune(c)
			if faces := fold.Others(c); len(faces) > 0 && c != 'a' && rapid.Bool().Draw(r, "other face") {
				if c = rapid.SampledFrom(faces).Draw(r, "face"); len([]rune(norm.NFKC.String(string(c)))) > 1 || norm.NFKC.String(string(c)) == "." {
					c = fold.Base(string(c))[0] // ㈠ is (一) to a reader who searches
				}
			}
			worn.WriteRune(c)
			worn.WriteString(rapid.StringOfN(rapid.SampledFrom([]rune("\u200b\u200d\u00ad\u2060\ufeff\ufe00\U000e0100\u202e\u20dd\U000e0041")), 0, 3, -1).Draw(r, "unseen"))
		}
		if a, b := Fold(plain.String()), Fold(worn.String()); a != b {
			r.Fatalf("%q is folded to %q, %q to %q", plain.String(), a, worn.String(), b)
		}
	})
}

func TestReadings(t *testing.T) {
	p, err := New([][]*Doc{{
		{Key: "a", Title: "张三", Readings: [][]string{{"zhang", "san"}}}, {Key: "b", Title: "吕布", Readings: [][]string{{"lü", "bu"}}},
		{Key: "c", Title: "张", Readings: [][]string{{"zhang"}}}, {Key: "d", Title: "？", Readings: [][]string{{"？"}}},
	}, nil}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if p.Letters != "lz" {
		t.Errorf("letters %q", p.Letters)
	}
	slot := map[string]int{}
	for _, d := range p.docs {
		slot[d.Key] = d.slot
	}
	made := files(t, p)
	if got, want := string(made["p/z.txt"]), fmt.Sprintf("zhang\t %x\tsan %x\n", slot["c"], slot["a"]); got != want {
		t.Errorf("z: %q, want %q", got, want)
	}
	if got, want := string(made["p/l.txt"]), fmt.Sprintf("lv\tbu %x\n", slot["b"]); got != want {
		t.Errorf("l: %q, want %q", got, want)
	}
}

func TestFilters(t *testing.T) {
	var docs []*Doc
	for i := range 30 {
		docs = append(docs, &Doc{Key: fmt.Sprint(i), Title: fmt.Sprintf("题%d", i%3), Filters: []string{fmt.Sprintf("y%d", 2000+i%4)}})
	}
	p, err := New([][]*Doc{docs, nil}, 0)
	if err != nil {
		t.Fatal(err)
	}
	made := files(t, p)
	for word, want := range map[string]int{"y2000": 8, "y2003": 7, "y1999": 0, "=题1": 10, "=题": 0} {
		f, err := p.Lookup(filterKey(word), func(n int) ([]byte, error) { return made[ShardPath(n)], nil })
		if err != nil || len(f.Slots) != want || want > 0 && !f.Exact {
			t.Errorf("%s: %v, %v; want %d", word, f, err, want)
		}
	}
}

func TestTwoAtOneAddress(t *testing.T) {
	if _, err := New([][]*Doc{{{Key: "a"}}, {{Key: "a"}}}, 0); err == nil {
		t.Error("two documents have one address")
	}
}

// Whatever a file holds, reading it ends, and without a panic.
func FuzzLookup(f *testing.F) {
	p, err := New([][]*Doc{{{Key: "a", Title: "甲乙丙", Text: textOf("甲乙丙丁")}}, nil}, 0)
	if err != nil {
		f.Fatal(err)
	}
	for _, b := range files(f, p) {
		f.Add(b, "甲乙丙")
	}
	f.Fuzz(func(t *testing.T, b []byte, word string) {
		s := Shape{Slots: 1000, Shards: 16}
		_, _ = s.Lookup(word, func(int) ([]byte, error) { return b, nil })
	})
}
