package hant

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/opencc.txt.gz
var packed []byte

//go:embed data/surnames.txt
var surnamesText string

// Characters of the BMP's Han blocks are looked up in an array, all others in a map.
const bmpFirst, bmpLast = 0x3400, 0x9FFF

// table is what the data files say.
type table struct {
	usual   []rune          // of bmpFirst to bmpLast; 0 where the character stays
	rare    map[rune]rune   // of other characters
	forms   map[rune][]rune // all forms of characters that have several
	varies  map[rune]bool   // characters that a phrase may write in another than their usual form
	phrases lexicon
	surname map[string]surname
	// veilable are the surnames of one character that words might write otherwise.
	veilable map[rune]rune
	// people has the characters of veilable, and 老 小 阿 姓: asked for every character of a text.
	people [bmpLast - bmpFirst + 1]bool
}

// surname is how a surname is written; unsure where another way is as likely.
type surname struct {
	text   string
	unsure bool
}

// lexicon finds the longest phrase at a place by its first two characters.
type lexicon struct {
	at   map[uint64]span
	list []phrase // by first two characters, the longest first
}

// span is a run of phrases in a lexicon's list.
type span struct{ from, to uint32 }

// phrase is a phrase and what it is written as, rune for rune.
type phrase struct{ from, to string }

func pair(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

// pairOf is the pair that a phrase of at least two characters begins with.
func pairOf(s string) uint64 {
	a, n := utf8.DecodeRuneInString(s)
	b, _ := utf8.DecodeRuneInString(s[n:])
	return pair(a, b)
}

// newLexicon indexes phrases, which come sorted; it reorders them.
func newLexicon(list []phrase) lexicon {
	x := lexicon{at: make(map[uint64]span, len(list)*2/3), list: list}
	for i := 0; i < len(list); {
		p, j := pairOf(list[i].from), i+1
		for j < len(list) && pairOf(list[j].from) == p {
			j++
		}
		if j-i > 1 {
			slices.SortStableFunc(list[i:j], func(a, b phrase) int { return len(b.from) - len(a.from) })
		}
		x.at[p] = span{uint32(i), uint32(j)}
		i = j
	}
	return x
}

// longest returns the longest phrase that s starts with; p is the pair it begins with.
func (x *lexicon) longest(p uint64, s []byte) (phrase, bool) {
	at, ok := x.at[p]
	if !ok {
		return phrase{}, false
	}
	for _, c := range x.list[at.from:at.to] {
		if len(c.from) <= len(s) && string(s[:len(c.from)]) == c.from {
			return c, true
		}
	}
	return phrase{}, false
}

// data unpacks the dictionaries once. They are ours and tests read every line, so a
// fault in them is a bug and panics.
var data = sync.OnceValue(unpack)

func unpack() *table {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("hant: data: " + err.Error())
	}
	all, err := io.ReadAll(z)
	if err != nil {
		panic("hant: data: " + err.Error())
	}
	t := &table{
		usual: make([]rune, bmpLast-bmpFirst+1), rare: map[rune]rune{}, forms: map[rune][]rune{}, varies: map[rune]bool{},
		surname: map[string]surname{}, veilable: map[rune]rune{},
	}
	chars, phrases, _ := strings.Cut(string(all), "\n\n")
	for line := range strings.SplitSeq(chars, "\n") {
		t.char([]rune(line))
	}
	list := make([]phrase, 0, strings.Count(phrases, "\n")+1)
	var scratch []byte
	for line := range strings.Lines(phrases) { // sorted by key, since a tab comes before all Han
		key, diff, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		scratch = t.write(scratch[:0], key, diff)
		to := key
		if string(scratch) != key {
			to = string(scratch)
		}
		list = append(list, phrase{key, to})
	}
	t.phrases = newLexicon(list)
	for line := range strings.Lines(surnamesText) {
		if name, text, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			own, unsure := strings.CutSuffix(text, "?")
			t.surname[name] = surname{own, unsure}
			r, n := utf8.DecodeRuneInString(name)
			if to, _ := utf8.DecodeRuneInString(own); n == len(name) && (t.of(r) != to || t.varies[r]) {
				t.veilable[r] = to
				t.people[r-bmpFirst] = true
			}
		}
	}
	for _, r := range shortForms {
		t.people[r-bmpFirst] = true
	}
	return t
}

// char reads a line of characters: one, then its forms.
func (t *table) char(line []rune) {
	r, forms := line[0], line[1:]
	if len(forms) > 1 {
		t.forms[r] = forms
	}
	switch {
	case forms[0] == r:
	case r >= bmpFirst && r <= bmpLast:
		t.usual[r-bmpFirst] = forms[0]
	default:
		t.rare[r] = forms[0]
	}
}

// of is the usual form of a character.
func (t *table) of(r rune) rune {
	if r >= bmpFirst && r <= bmpLast {
		if u := t.usual[r-bmpFirst]; u != 0 {
			return u
		}
		return r
	}
	if u, ok := t.rare[r]; ok {
		return u
	}
	return r
}

// write appends a phrase as it is written: its characters in their usual forms, but
// for those that diff names with their places.
func (t *table) write(out []byte, key, diff string) []byte {
	place := 0
	for _, r := range key {
		to := t.of(r)
		if diff != "" && placeOf(diff[0]) == place {
			var n int
			to, n = utf8.DecodeRuneInString(diff[1:])
			diff = diff[1+n:]
			t.varies[r] = true
		}
		out = utf8.AppendRune(out, to)
		place++
	}
	return out
}

func placeOf(c byte) int {
	if c >= 'a' {
		return int(c-'a') + 10
	}
	return int(c - '0')
}
