package search

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/fold"
	"mingdeng/internal/output"
)

// Fold writes a text the way it is searched: NFKC (width and compatibility forms),
// lower case, Traditional characters as Simplified ones, radicals as ideographs, dots of
// middle height as one (package fold), every run of blanks one space. What shows nothing
// is left out, and so are circles around a character. Line feeds stay; no query crosses
// one.
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
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if plain(r) && !joinsAt(s, i+size) {
			if r >= 0xff01 {
				r -= 0xfee0
			}
			if r < 0x80 {
				r = unicode.ToLower(r)
			}
			put(fold.Plain(r))
			i += size
			continue
		}
		end := i + cluster(s[i:])
		// Once more after lowering: a small letter may join marks that its capital cannot,
		// as alpha with varia and iota below.
		for _, r := range norm.NFKC.String(lower(norm.NFKC.String(seen(s[i:end])))) {
			put(fold.Plain(r))
		}
		i = end
	}
	return out
}

// seen is s without what shows nothing, and without circles.
func seen(s string) string {
	return strings.Map(func(r rune) rune {
		if drops(r) {
			return -1
		}
		return r
	}, s)
}

func drops(r rune) bool { return fold.Ignorable(r) || fold.Encloses(r) }

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
// marks, vowels and finals of Hangul, half-width sound marks; also beyond what shows
// nothing.
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
	case r < 0x300 && r != 0xad || r >= 0x3400 && r <= 0x9fff:
		return false
	case r >= 0x1160 && r <= 0x11ff || r >= 0xff9e && r <= 0xffdc:
		return true
	}
	return unicode.Is(unicode.M, r) || fold.Ignorable(r)
}

// others lists the characters of s that stand for other ones (Traditional characters,
// radicals, dots), each followed by that one, parted by commas. With that the script folds
// a text as Fold does. Blanks would not part them for whoever looks for names.
func others(s string) string {
	var seen []rune
	add := func(r rune) {
		if fold.Plain(r) != r && !slices.Contains(seen, r) {
			seen = append(seen, r)
		}
	}
	for _, r := range s {
		add(r)
		if r >= 0x2e80 && !plain(r) { // some are forms of those
			for _, n := range norm.NFKC.String(string(r)) {
				add(n)
			}
		}
	}
	slices.Sort(seen)
	var b strings.Builder
	for i, r := range seen {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%c,%c", r, fold.Plain(r))
	}
	return b.String()
}

// foldFiles is how many files hold what fold.Pairs tells of characters people may type, by the
// low bits of their code points: one kilobyte each in place of fourteen.
const foldFiles = 16

func foldOutputs(dir string) []output.Output {
	var outs []output.Output
	for n := range foldFiles {
		outs = append(outs, output.Output{Path: fmt.Sprintf("%sf/%x.txt", dir, n), Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			var pairs bytes.Buffer
			fold.Pairs(func(from, to rune) {
				if from%foldFiles == rune(n) {
					if pairs.Len() > 0 {
						pairs.WriteByte(',')
					}
					fmt.Fprintf(&pairs, "%c,%c", from, to)
				}
			})
			return fingerprint.Sum(pairs.Bytes(), []byte{format}), func(w *bytes.Buffer) error {
				w.Write(pairs.Bytes())
				return nil
			}, nil
		}})
	}
	return outs
}
