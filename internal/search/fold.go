package search

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/output"
)

// Fold writes a text the way it is searched: NFKC (width and compatibility forms),
// lower case, Traditional characters as Simplified ones, every run of blanks one space.
// Line feeds stay; no query crosses one.
//
// It goes from one character with its marks to the next, each by itself, so that a
// place in the result leads back to a place in the text. The script folds the same way.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	table := simplified()
	put := func(r rune) {
		switch {
		case r == '\n':
		case r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0x1680 || r == 0x2028 || r == 0x2029:
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			return
		}
		blank = false
		b.WriteRune(r)
	}
	for i := 0; i < len(s); {
		end := i + cluster(s[i:])
		if c := s[i]; end == i+1 && c < 0x80 {
			put(unicode.ToLower(rune(c)))
			i = end
			continue
		}
		for _, r := range norm.NFKC.String(s[i:end]) {
			if r == 'İ' { // the one letter that grows: Unicode's SpecialCasing.txt
				put('i')
				put('\u0307')
				continue
			}
			r = unicode.ToLower(r)
			if to, ok := table[r]; ok {
				r = to
			}
			put(r)
		}
		i = end
	}
	return b.String()
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

// simplified is the Simplified form of Traditional characters.
var simplified = sync.OnceValue(func() map[rune]rune {
	pairs := []rune(strings.TrimSpace(simplifiedText))
	m := make(map[rune]rune, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
})

// traditional lists the Traditional characters of s, each followed by its Simplified
// form, parted by spaces. With that the script folds a text as Fold does.
func traditional(s string) string {
	table := simplified()
	var seen []rune
	for _, r := range s {
		if r < 0x3400 {
			continue
		}
		if _, ok := table[r]; ok && !slices.Contains(seen, r) {
			seen = append(seen, r)
		} else if r >= 0xf900 && r <= 0xfaff || r >= 0x2f800 { // some are forms of Traditional ones
			for _, n := range norm.NFKC.String(string(r)) {
				if _, ok := table[n]; ok && !slices.Contains(seen, n) {
					seen = append(seen, n)
				}
			}
		}
	}
	slices.Sort(seen)
	var b strings.Builder
	for i, r := range seen {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%c %c", r, table[r])
	}
	return b.String()
}

// foldFiles is how many files hold the Traditional characters people may type, by the
// low bits of their code points: one kilobyte each in place of fourteen.
const foldFiles = 16

func foldOutputs(dir string) []output.Output {
	var outs []output.Output
	for n := range foldFiles {
		outs = append(outs, output.Output{Path: fmt.Sprintf("%sf/%x.txt", dir, n), Prepare: func() (output.Fingerprint, func(*bytes.Buffer) error, error) {
			return output.Sum([]byte(simplifiedText), []byte{format, byte(n)}), func(w *bytes.Buffer) error {
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
