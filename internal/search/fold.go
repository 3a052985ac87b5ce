package search

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
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
