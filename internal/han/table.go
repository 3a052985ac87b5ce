package han

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/readings.txt
var readingsText string

//go:embed data/strokes.txt
var strokesText string

//go:embed data/surnames.txt
var surnamesText string

//go:embed data/words.txt
var wordsText string

// syllable is a toned reading, taken apart.
type syllable struct {
	plain string // lower case, no tone, ü kept: "lü"
	tone  byte   // '1' to '4', '5' for the neutral tone
}

// Characters are looked up in dense arrays: the BMP's blocks from Extension A
// to the end of the unified ideographs, and planes 2 and 3 as far as assigned.
const (
	bmpFirst, bmpLast           = 0x3400, 0x9FFF
	plane2First, supLast        = 0x20000, 0x323AF
	bmpLen                      = bmpLast - bmpFirst + 1
	slots                       = 1 + bmpLen + supLast - plane2First + 1 // slot 0 is 〇
	unknownSyllable      uint16 = 0
)

func slot(r rune) (int, bool) {
	switch {
	case bmpFirst <= r && r <= bmpLast:
		return 1 + int(r-bmpFirst), true
	case plane2First <= r && r <= supLast:
		return 1 + bmpLen + int(r-plane2First), true
	case r == '〇':
		return 0, true
	}
	return 0, false
}

type surname struct {
	runes    int
	readings []uint16   // one syllable for each rune
	others   [][]uint16 // other living readings, as a whole
}

// word is a word that is read otherwise than its characters alone.
type word struct {
	text     string
	readings []uint16 // one syllable for each rune
}

// table is everything that the data files say.
type table struct {
	syllables []syllable      // [0] is the unknown one
	spelt     map[string]bool // every plain syllable
	reading   []uint16        // slot → index into syllables
	rank      []uint16        // slot → place in the stroke order from 1; 0 unknown
	strokesTo []int           // [n] is the last rank with n strokes
	surnames  map[string]surname
	longest   int             // runes of the longest surname
	words     map[rune][]word // by first rune, longest first
}

// data parses the embedded files once. They are ours and tests read every
// line, so a fault in them is a bug and panics.
var data = sync.OnceValue(parse)

func parse() *table {
	t := &table{
		syllables: make([]syllable, 1, 2048),
		spelt:     make(map[string]bool, 512),
		reading:   make([]uint16, slots),
		rank:      make([]uint16, slots),
		surnames:  make(map[string]surname, 256),
		words:     make(map[rune][]word, 512),
	}
	toned := make(map[string]uint16, 2048)
	t.parseReadings(toned)
	t.parseStrokes()
	t.parseSurnames(toned)
	t.parseWords(toned)
	return t
}

// lines calls f with the two halves of each line, at the first space.
func lines(text string, f func(head, rest string)) {
	for line := range strings.Lines(text) {
		if line[0] == '#' {
			continue
		}
		head, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok {
			panic("han: data: no space in line " + line)
		}
		f(head, rest)
	}
}

func (t *table) syllable(toned map[string]uint16, s string) uint16 {
	if i, ok := toned[s]; ok {
		return i
	}
	i := uint16(len(t.syllables))
	y := splitTone(s)
	t.syllables = append(t.syllables, y)
	t.spelt[y.plain] = true
	toned[s] = i
	return i
}

func (t *table) parseReadings(toned map[string]uint16) {
	lines(readingsText, func(head, rest string) {
		i := t.syllable(toned, head)
		for _, r := range rest {
			if at, ok := slot(r); ok {
				t.reading[at] = i
			}
		}
	})
}

func (t *table) parseStrokes() {
	var rank uint16
	lines(strokesText, func(head, rest string) {
		n, err := strconv.Atoi(head)
		if err != nil {
			panic("han: data: " + err.Error())
		}
		for len(t.strokesTo) < n {
			t.strokesTo = append(t.strokesTo, int(rank))
		}
		for _, r := range rest {
			rank++
			if at, ok := slot(r); ok {
				t.rank[at] = rank
			}
		}
		t.strokesTo = append(t.strokesTo, int(rank))
	})
}

func (t *table) parseSurnames(toned map[string]uint16) {
	lines(surnamesText, func(name, rest string) {
		s := surname{runes: utf8.RuneCountInString(name)}
		for alternative := range strings.SplitSeq(rest, "|") {
			var y []uint16
			for f := range strings.FieldsSeq(alternative) {
				y = append(y, t.syllable(toned, f))
			}
			if len(y) != s.runes {
				panic(fmt.Sprintf("han: data: surname %s has %d syllables", name, len(y)))
			}
			if s.readings == nil {
				s.readings = y
			} else {
				s.others = append(s.others, y)
			}
		}
		t.surnames[name] = s
		t.longest = max(t.longest, s.runes)
	})
}

func (t *table) parseWords(toned map[string]uint16) {
	lines(wordsText, func(char, rest string) {
		r, _ := utf8.DecodeRuneInString(char)
		head, rest, _ := strings.Cut(rest, " ")
		y := t.syllable(toned, head)
		for w := range strings.FieldsSeq(rest) {
			t.addWord(w, r, y)
		}
	})
	for _, ws := range t.words {
		slices.SortFunc(ws, func(a, b word) int {
			if d := len(b.text) - len(a.text); d != 0 {
				return d
			}
			return strings.Compare(a.text, b.text)
		})
	}
}

// addWord says that r is read y in the word text, which may be known already
// for another of its characters.
func (t *table) addWord(text string, r rune, y uint16) {
	first, _ := utf8.DecodeRuneInString(text)
	ws := t.words[first]
	i := slices.IndexFunc(ws, func(w word) bool { return w.text == text })
	if i < 0 {
		w := word{text: text}
		for _, c := range text {
			w.readings = append(w.readings, t.read(c))
		}
		i = len(ws)
		ws = append(ws, w)
		t.words[first] = ws
	}
	n := 0
	for _, c := range text {
		if c == r {
			ws[i].readings[n] = y
		}
		n++
	}
}

// read is the main reading of r, an index into syllables, 0 if unknown.
func (t *table) read(r rune) uint16 {
	if at, ok := slot(r); ok {
		return t.reading[at]
	}
	return unknownSyllable
}

// rankOf is the place of r in the stroke order, from 1, or 0 if unknown.
func (t *table) rankOf(r rune) uint16 {
	if at, ok := slot(r); ok {
		return t.rank[at]
	}
	return 0
}

// splitTone takes the tone mark off a syllable in NFC, as the data has it.
func splitTone(s string) syllable {
	const marked, bare = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aeiouü"
	for i, r := range s {
		if r < 0x80 {
			continue
		}
		if at := slices.Index([]rune(marked), r); at >= 0 {
			vowel := string([]rune(bare)[at/4])
			return syllable{s[:i] + vowel + s[i+utf8.RuneLen(r):], '1' + byte(at%4)}
		}
	}
	return syllable{s, '5'}
}
