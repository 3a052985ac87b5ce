// Package fold knows the ways in which one and the same text can be written in other
// characters: compatibility forms, radicals, Traditional characters, characters that show
// nothing, marks on a character, dots between two. It is one table for all who must not
// be deceived by them: the search for withheld names (package privacy), the search for
// numbers of people (package personal), and the visitor's search (package search).
//
// # What Unicode says
//
// Compatibility forms are those of NFKD (UAX #15): full-width, circled, mathematical and
// half-width characters, Kangxi radicals, compatibility ideographs. The radicals and
// strokes that it leaves alone have an ideograph in EquivalentUnifiedIdeograph.txt
// (UAX #44). What shows nothing has the property Default_Ignorable_Code_Point: soft
// hyphen, zero-width characters, marks of direction, variation selectors, tags.
//
// # What writers do
//
// [Dot] and [Blank] are what stands between the characters of a name: the middle dot of
// 阿依古丽·买买提 has a dozen look-alikes; two characters are set apart to be as wide as
// three. [Digit] knows digits of every script, circled and raised ones, and Chinese ones.
package fold

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Unseen reports whether r shows nothing and parts nothing: Unicode's
// Default_Ignorable_Code_Point, and characters that mark or annotate places.
func Unseen(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r >= 0x3400 && r <= 0xd7ff:
		return false
	case Ignorable(r), r >= 0xfff9 && r <= 0xfffc:
		return true
	}
	return false
}

// Ignorable is Unicode's Default_Ignorable_Code_Point, without more. The property is
// stable: what may yet be assigned is in it already.
func Ignorable(r rune) bool {
	switch {
	case r < 0x200b:
		return r == 0xad || r == 0x34f || r == 0x61c || r == 0x115f || r == 0x1160 || r == 0x17b4 || r == 0x17b5 || r >= 0x180b && r <= 0x180f
	case r < 0x3164:
		return r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f
	case r < 0xfe00:
		return r == 0x3164
	case r < 0x10000:
		return r <= 0xfe0f || r == 0xfeff || r == 0xffa0 || r >= 0xfff0 && r <= 0xfff8
	}
	return r >= 0xe0000 && r <= 0xe0fff || r >= 0x1bca0 && r <= 0x1bca3 || r >= 0x1d173 && r <= 0x1d17a
}

// Encloses reports whether r draws a circle, a square or a key around the character
// before it, or strikes it out (Me).
func Encloses(r rune) bool {
	return r >= 0x20dd && r <= 0x20e4 && r != 0x20e1 || r >= 0xa670 && r <= 0xa672 || r == 0x488 || r == 0x489 || r == 0x1abe
}

// Mark reports whether r is set on the character before it.
func Mark(r rune) bool {
	return r >= 0x300 && (r < 0x3400 || r > 0xa000) && unicode.In(r, unicode.Mn, unicode.Me)
}

// dots are the dots of middle height besides the usual one, which stands for all.
const (
	MiddleDot = '\u00b7'
	dots      = "\u0387\u2022\u2023\u2024\u2027\u2218\u2219\u22c5\u25e6\u2e30\u2e31\u2e33\u30fb\uff65\ua78f\u318d"
)

// Dot reports whether r is a dot of middle height, as it parts the names of some peoples.
func Dot(r rune) bool {
	switch {
	case r < 0xb7:
		return false
	case r == MiddleDot:
		return true
	case r < 0x387 || r >= 0x3400 && r < 0xa000:
		return false
	}
	return strings.ContainsRune(dots, r)
}

// Blank reports whether r is a space, of whatever width, or the end of a line.
func Blank(r rune) bool {
	switch {
	case r <= ' ':
		return r == ' ' || r >= '\t' && r <= '\r'
	case r < 0x85:
		return false
	}
	return r == 0x85 || r == 0xa0 || r == 0x1680 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x2800 || r == 0x3000
}

// Dash reports whether r is a hyphen or dash.
func Dash(r rune) bool {
	return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2043 || r == 0x2212 || r == 0xfe58 || r == 0xfe63 || r == 0xff0d || r == 0x30fc || r == 0xff70
}

//go:embed data/simplified.txt
var simplifiedText string

//go:embed data/unified.txt
var unifiedText string

// Pairs calls f with each character that stands for another one: the radicals and
// strokes, Traditional characters, dots.
func Pairs(f func(from, to rune)) {
	for _, text := range []string{unifiedText, simplifiedText} {
		for text = strings.TrimSpace(text); text != ""; {
			from, n := utf8.DecodeRuneInString(text)
			to, m := utf8.DecodeRuneInString(text[n:])
			text = text[n+m:]
			f(from, Plain(to)) // a radical may be a Traditional one
		}
	}
	for _, r := range dots {
		f(r, MiddleDot)
	}
}

// table holds what Pairs tells.
type table struct {
	near [0xa000 - 0x2e80]uint16 // of characters from U+2E80 on; 0 for none, 1 for one in far
	far  map[rune]rune
}

var plain = sync.OnceValue(func() *table {
	t := &table{far: map[rune]rune{}}
	put := func(from, to rune) {
		if from >= 0x2e80 && from < 0xa000 && to < 1<<16 {
			t.near[from-0x2e80] = uint16(to)
			return
		}
		if from >= 0x2e80 && from < 0xa000 {
			t.near[from-0x2e80] = 1
		}
		t.far[from] = to
	}
	simple := []rune(strings.TrimSpace(simplifiedText))
	for i := 0; i+1 < len(simple); i += 2 {
		put(simple[i], simple[i+1])
	}
	unified := []rune(strings.TrimSpace(unifiedText))
	for i := 0; i+1 < len(unified); i += 2 {
		put(unified[i], t.of(unified[i+1]))
	}
	for _, r := range dots {
		put(r, MiddleDot)
	}
	return t
})

func (t *table) of(r rune) rune {
	if r < 0x387 { // the first dot
		return r
	}
	if r >= 0x2e80 && r < 0xa000 {
		switch to := t.near[r-0x2e80]; to {
		case 0:
			return r
		case 1:
		default:
			return rune(to)
		}
	}
	if to, ok := t.far[r]; ok {
		return to
	}
	return r
}

// Plain returns the character that r stands for in all tables that are not NFKC's: the
// Simplified one of a Traditional one, the ideograph of a radical or stroke, the middle
// dot. It is its own where it stands for none.
func Plain(r rune) rune { return plain().of(r) }

// AppendBase appends what is left of r when all that may disguise it is taken away: its
// compatibility decomposition without marks, each character Plain. For what shows nothing
// that is nothing. The diaeresis stays: lü is not lu.
func AppendBase(dst []rune, r rune) []rune {
	if r < 0x80 {
		return append(dst, r)
	}
	if Han(r) {
		return append(dst, Plain(r))
	}
	if Unseen(r) || Mark(r) && r != diaeresis && r != dialytikaTonos {
		return dst
	}
	if inner := bracketed(r); inner != 0 {
		return append(dst, Plain(inner))
	}
	if r >= 0xac00 && r <= 0xd7a3 { // Hangul is decomposed by rule
		s := r - 0xac00
		dst = append(dst, 0x1100+s/588, 0x1161+s%588/28)
		if s%28 != 0 {
			dst = append(dst, 0x11a7+s%28)
		}
		return dst
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	d := norm.NFKD.Properties(buf[:n]).Decomposition()
	if d == nil {
		return append(dst, Plain(r))
	}
	for _, c := range string(d) {
		if !Unseen(c) && (!Mark(c) || c == diaeresis) {
			dst = append(dst, Plain(c))
		}
	}
	return dst
}

const (
	diaeresis      = 0x308
	dialytikaTonos = 0x344 // is a diaeresis and an acute; no other mark holds one
)

// Base is AppendBase of a string.
func Base(s string) []rune {
	var out []rune
	for _, r := range s {
		out = AppendBase(out, r)
	}
	return out
}

// Han reports whether r is an ideograph that has no compatibility form: the unified ones.
func Han(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r == 0x3007 || r >= 0x20000 && r < 0x2f800 || r >= 0x30000 && r < 0x3fffe ||
		r >= 0xfa0e && r <= 0xfa29 && strings.ContainsRune("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩", r)
}

// bracketed is the character that a parenthesized one such as ㈠ or ⑴ holds, or 0: NFKD
// writes the parentheses out.
func bracketed(r rune) rune {
	if !(r >= 0x2474 && r <= 0x247c || r >= 0x249c && r <= 0x24b5 || r >= 0x3220 && r <= 0x3243 || r >= 0x1f110 && r <= 0x1f129 || r >= 0x1f240 && r <= 0x1f248) {
		return 0
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	d := []rune(string(norm.NFKD.Properties(buf[:n]).Decomposition()))
	if len(d) != 3 {
		return 0
	}
	return d[1]
}

// Others are the characters other than r itself whose base is that of r: all the faces of
// r. They are few, often none.
func Others(r rune) []rune { return faces().one[only(r)] }

// Beginning are the characters whose base is longer than one and begins with that of r:
// ㍿ for 株.
func Beginning(r rune) []rune { return faces().more[only(r)] }

// only is the base of r, or 0 where that is not one character.
func only(r rune) rune {
	var buf [4]rune
	if b := AppendBase(buf[:0], r); len(b) == 1 {
		return b[0]
	}
	return 0
}

type faceTable struct{ one, more map[rune][]rune }

// faces lists characters by their base. Ranges that only hold characters of a base of
// their own are passed over.
var faces = sync.OnceValue(func() faceTable {
	t := faceTable{map[rune][]rune{}, map[rune][]rune{}}
	var buf [20]rune
	for _, span := range [...][2]rune{{0xa0, 0x33ff}, {0xa000, 0xabff}, {0xf900, 0xffff}, {0x1d400, 0x1d7ff}, {0x1ee00, 0x1f2ff}, {0x1fbf0, 0x1fbf9}, {0x2f800, 0x2fa1f}} {
		for r := span[0]; r <= span[1]; r++ {
			switch b := AppendBase(buf[:0], r); {
			case len(b) > 1:
				t.more[b[0]] = append(t.more[b[0]], r)
			case len(b) == 1 && b[0] != r:
				t.one[b[0]] = append(t.one[b[0]], r)
			}
		}
	}
	Pairs(func(from, to rune) {
		if from >= 0x3400 { // those below are in the ranges
			t.one[to] = append(t.one[to], from)
		}
	})
	return t
})
