package fold

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Inline reports whether an element of HTML or SVG, by its name in small letters, parts
// no word from the next.
func Inline(element string) bool {
	switch element {
	case "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span",
		"strong", "sub", "sup", "tspan", "tt", "u", "var", "wbr":
		return true
	}
	return false
}

// Escaped reads an entity of HTML, once or twice escaped, or an escape of JSON,
// JavaScript or CSS at the start of b; 0 bytes where there is none.
func Escaped(b []byte) (rune, int) {
	i := 0
	switch {
	case b[0] == '&':
		i = 1
	case bytes.HasPrefix(b, []byte(`\u0026`)):
		i = len(`\u0026`)
	}
	if i > 0 {
		first := i
		for bytes.HasPrefix(b[i:], []byte("amp;")) {
			i += 4
		}
		if r, n := entity(b[i:min(len(b), i+32)]); n > 0 {
			return r, i + n
		}
		if i > first || first > 1 {
			return '&', i
		}
		return 0, 0
	}
	if len(b) > 2 && b[1] == 'u' {
		if b[2] == '{' {
			r, n := hex(b[3:], 6)
			if n > 0 && 3+n < len(b) && b[3+n] == '}' {
				return r, 4 + n
			}
			return 0, 0
		}
		r, n := hex(b[2:], 4)
		if n < 4 {
			return 0, 0
		}
		if utf16.IsSurrogate(r) && len(b) > 7 && b[6] == '\\' && b[7] == 'u' {
			if low, n := hex(b[8:], 4); n == 4 {
				return utf16.DecodeRune(r, low), 12
			}
		}
		return r, 6
	}
	if len(b) > 1 {
		if at := strings.IndexByte("ntr", b[1]); at >= 0 {
			return rune("\n\t\r"[at]), 2
		}
	}
	// In a style sheet; a blank after it belongs to it.
	if r, n := hex(b[1:], 6); n > 1 && r >= utf8.RuneSelf {
		if n++; n < len(b) && b[n] == ' ' {
			n++
		}
		return r, n
	}
	return 0, 0
}

// entity reads what follows the & of an entity.
func entity(b []byte) (rune, int) {
	if len(b) > 2 && b[0] == '#' {
		r, n := rune(0), 1
		if b[1] == 'x' || b[1] == 'X' {
			var k int
			r, k = hex(b[2:], 8)
			if k == 0 {
				return 0, 0
			}
			n = 2 + k
		} else {
			for n < len(b) && b[n] >= '0' && b[n] <= '9' && r <= utf8.MaxRune {
				r = r*10 + rune(b[n]-'0')
				n++
			}
			if r > utf8.MaxRune {
				r = utf8.RuneError
			}
			if n == 1 {
				return 0, 0
			}
		}
		if n < len(b) && b[n] == ';' {
			n++
		}
		return r, n
	}
	n := 0
	for n < len(b) && (b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' || b[n] >= '0' && b[n] <= '9') {
		n++
	}
	if n == 0 || n == len(b) || b[n] != ';' {
		return 0, 0
	}
	whole := "&" + string(b[:n+1])
	if plain := html.UnescapeString(whole); plain != whole {
		r, _ := utf8.DecodeRuneInString(plain)
		return r, n + 1
	}
	return 0, 0
}

// hex reads up to most digits. What is no character is U+FFFD.
func hex(b []byte, most int) (r rune, n int) {
	for ; n < len(b) && n < most; n++ {
		switch c := b[n]; {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return r, n
		}
		if r > utf8.MaxRune {
			return utf8.RuneError, n + 1
		}
	}
	return r, n
}
