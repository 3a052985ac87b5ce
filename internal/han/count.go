package han

import (
	"unicode"
	"unicode/utf8"
)

// Count is the length of a text as Chinese editors count it: Chinese
// characters, kana, and words or numbers of other scripts; no punctuation.
// "3.14", "1,000" and "don't" are one word each, "well-known" two (the word
// boundaries of UAX #29).
func Count(text string) int {
	n := 0
	inWord := false
	var last rune
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch {
		case r < utf8.RuneSelf:
			if isWordByte(byte(r)) {
				if !inWord {
					n++
				}
				inWord, last = true, r
			} else {
				inWord = inWord && joins(r, last, text[i:])
			}
		case 0x3000 <= r && r < 0x3005, 0x3008 <= r && r < 0x3021, 0xFF00 <= r && r < 0xFF10:
			inWord = false // the common marks, before the slow tables
		case Is(r), unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo):
			n++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if !inWord {
				n++
			}
			inWord, last = true, r
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r):
			// Part of what it follows.
		default:
			inWord = inWord && joins(r, last, text[i:])
		}
	}
	return n
}

// ReadingMinutes is how long a text of n characters and words takes to read:
// 400 a minute, rounded up, at least 1.
func ReadingMinutes(n int) int {
	return max(1, (n+399)/400)
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// joins tells whether r holds a word together that ends in last and goes on
// with rest: an apostrophe or stop between letters or digits, a comma between
// digits.
func joins(r, last rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if Is(next) {
		return false
	}
	switch r {
	case '\'', '’', '.':
		return unicode.IsLetter(last) && unicode.IsLetter(next) || unicode.IsDigit(last) && unicode.IsDigit(next)
	case ',', ';':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	}
	return false
}
