package han

import (
	"strings"
	"unicode/utf8"
)

// Pinyin reads running text: a syllable for each Chinese character, chosen by
// the word it stands in where a word list knows better than the character
// alone, without tones and in lower case ("lü" with its ü). 々 repeats the
// syllable before it. Each run of other characters between is one element,
// with the white space around it removed and ASCII letters in lower case; a
// character without a known reading is an element of its own.
func Pinyin(s string) []string {
	var out []string
	data().spell(s, func(r rune, y syllable) {
		if y.plain == "" {
			out = append(out, string(r))
		} else {
			out = append(out, y.plain)
		}
	}, func(run string) {
		if run = strings.TrimSpace(run); run != "" {
			out = append(out, lowerASCII(run))
		}
	})
	return out
}

// spell walks s and calls char for each Chinese character (with the zero
// syllable where the reading is unknown) and other for each run between.
func (t *table) spell(s string, char func(r rune, y syllable), other func(run string)) {
	var last syllable
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !Is(r) {
			j := i + n
			for j < len(s) {
				r, n := utf8.DecodeRuneInString(s[j:])
				if Is(r) {
					break
				}
				j += n
			}
			other(s[i:j])
			i = j
			continue
		}
		if w := t.wordAt(s[i:], r); w != nil {
			k := 0
			for _, c := range w.text {
				last = t.syllables[w.readings[k]]
				char(c, last)
				k++
			}
			i += len(w.text)
			continue
		}
		if r != '々' {
			last = t.syllables[t.read(r)]
		}
		char(r, last)
		i += n
	}
}

// wordAt is the longest known word that s, which begins with r, begins with.
func (t *table) wordAt(s string, r rune) *word {
	ws := t.words[r]
	for i := range ws {
		if strings.HasPrefix(s, ws[i].text) {
			return &ws[i]
		}
	}
	return nil
}

func lowerASCII(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if 'A' <= b[j] && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
