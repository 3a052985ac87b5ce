package search

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// Fold writes a text the way it is searched: NFKC (width and compatibility forms),
// lower case, Traditional characters as Simplified ones, every run of blanks one space.
// Line feeds stay; no query crosses one.
//
// It goes from one character with its marks to the next, each by itself, so that a
// place in the result leads back to a place in the text. The script folds the same way.
func Fold(s string) string { return string(utf16.Decode(appendFolded(nil, s))) }

// appendFolded appends s, folded, as UTF-16.
func appendFolded(out []uint16, s string) []uint16 {
	blank := false
	put := func(r rune) {
		if r != '\n' && (r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0x1680 || r == 0x2028 || r == 0x2029) {
			if !blank {
				out = append(out, ' ')
			}
			blank = true
			return
		}
		blank = false
		out = utf16.AppendRune(out, r)
	}
	table := simplified()
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if plain(r) && !joinsAt(s, i+size) {
			if r >= 0xff01 {
				r -= 0xfee0
			}
			if r < 0x80 {
				r = unicode.ToLower(r)
			}
			put(table.of(r))
			i += size
			continue
		}
		end := i + cluster(s[i:])
		// Once more after lowering: a small letter may join marks that its capital cannot,
		// as alpha with varia and iota below.
		for _, r := range norm.NFKC.String(lower(norm.NFKC.String(s[i:end]))) {
			put(table.of(r))
		}
		i = end
	}
	return out
}

// lower lowers each letter by itself, and İ, the one that grows, as Unicode's
// SpecialCasing.txt says.
func lower(s string) string {
	return strings.Map(unicode.ToLower, strings.ReplaceAll(s, "İ", "i\u0307"))
}

// plain tells the characters that most texts are made of: NFKC leaves them alone, or
// makes a full-width one narrow.
func plain(r rune) bool {
	return r < 0x80 || r >= 0x4e00 && r <= 0x9fff || r >= 0xff01 && r <= 0xff5e || r >= 0x3001 && r <= 0x301b || r == '“' || r == '”'
}

// joinsAt tells whether the character at s[i] belongs to the one before.
func joinsAt(s string, i int) bool {
	if i >= len(s) || s[i] < 0x80 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return joins(r)
}

// cluster is the length of the first character of s with what NFKC may join to it:
// marks, vowels and finals of Hangul, half-width sound marks.
func cluster(s string) int {
	for i, r := range s {
		if i > 0 && !joins(r) {
			return i
		}
	}
	return len(s)
}

func joins(r rune) bool {
	switch {
	case r < 0x300 || r >= 0x3400 && r <= 0x9fff:
		return false
	case r >= 0x1160 && r <= 0x11ff || r >= 0xff9e && r <= 0xffdc:
		return true
	}
	return unicode.Is(unicode.M, r)
}

// simplifiedText holds pairs of a Traditional and a Simplified character; see data/NOTICE.
//
//go:embed data/simplified.txt
var simplifiedText string

// simplify knows the Simplified form of Traditional characters.
type simplify struct {
	near [0xa000 - 0x3400]uint16 // of characters from U+3400 on, 0 for none
	far  map[rune]rune           // those that near cannot hold
}

func (t *simplify) of(r rune) rune {
	if r < 0x3400 {
		return r
	}
	if r < 0xa000 {
		if to := t.near[r-0x3400]; to != 0 {
			return rune(to)
		}
	}
	if to, ok := t.far[r]; ok {
		return to
	}
	return r
}

var simplified = sync.OnceValue(func() *simplify {
	pairs := []rune(strings.TrimSpace(simplifiedText))
	t := &simplify{far: map[rune]rune{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if from, to := pairs[i], pairs[i+1]; from >= 0x3400 && from < 0xa000 && to < 1<<16 {
			t.near[from-0x3400] = uint16(to)
		} else {
			t.far[from] = to
		}
	}
	return t
})

// traditional lists the Traditional characters of s, each followed by its Simplified
// form, parted by spaces. With that the script folds a text as Fold does.
func traditional(s string) string {
	table := simplified()
	var seen []rune
	add := func(r rune) {
		if table.of(r) != r && !slices.Contains(seen, r) {
			seen = append(seen, r)
		}
	}
	for _, r := range s {
		add(r)
		if r >= 0xf900 && r <= 0xfaff || r >= 0x2f800 { // some are forms of Traditional ones
			for _, n := range norm.NFKC.String(string(r)) {
				add(n)
			}
		}
	}
	slices.Sort(seen)
	var b strings.Builder
	for i, r := range seen {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%c %c", r, table.of(r))
	}
	return b.String()
}

// foldFiles is how many files hold the Traditional characters people may type, by the
// low bits of their code points: one kilobyte each in place of fourteen.
const foldFiles = 16

func foldOutputs(dir string) []output.Output {
	var outs []output.Output
	for n := range foldFiles {
		outs = append(outs, output.Output{Path: fmt.Sprintf("%sf/%x.txt", dir, n), Prepare: func() (fingerprint.Fingerprint, func(*bytes.Buffer) error, error) {
			return fingerprint.Sum([]byte(simplifiedText), []byte{format, byte(n)}), func(w *bytes.Buffer) error {
				pairs := []rune(strings.TrimSpace(simplifiedText))
				for i := 0; i+1 < len(pairs); i += 2 {
					if pairs[i]%foldFiles == rune(n) {
						fmt.Fprintf(w, "%c %c\n", pairs[i], pairs[i+1])
					}
				}
				return nil
			}, nil
		}})
	}
	return outs
}
