package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

func isPunct(c byte) bool { return util.IsPunct(c) }
func isSpace(c byte) bool { return util.IsSpace(c) }

// resolve replaces backslash escapes and character references (CommonMark 0.31
// §2.4 and §2.5) by the characters they stand for. The result may be v itself.
func resolve(v []byte) []byte {
	i := bytes.IndexByte(v, '\\')
	if j := bytes.IndexByte(v, '&'); i < 0 || j >= 0 && j < i {
		i = j
	}
	if i < 0 {
		return v
	}
	out := append(make([]byte, 0, len(v)), v[:i]...)
	for i < len(v) {
		switch {
		case v[i] == '\\' && i+1 < len(v) && isPunct(v[i+1]):
			out = append(out, v[i+1])
			i += 2
		case v[i] == '&':
			chars, n := reference(v[i:])
			if n == 0 {
				chars, n = v[i:i+1], 1
			}
			out = append(out, chars...)
			i += n
		default:
			out = append(out, v[i])
			i++
		}
	}
	return out
}

// reference reads the character reference at the start of v, n bytes long.
func reference(v []byte) (chars []byte, n int) {
	end := bytes.IndexByte(v[:min(len(v), 40)], ';')
	if end < 2 {
		return nil, 0
	}
	name := string(v[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return e.Characters, end + 1
		}
		return nil, 0
	}
	digits, base, limit := name[1:], 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, limit = digits[1:], 16, 6
	}
	if len(digits) > limit {
		return nil, 0
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return nil, 0
	}
	return utf8.AppendRune(nil, util.ToValidRune(rune(code))), end + 1
}

// escapes are the characters that text and attributes cannot hold. NUL has no
// place in HTML at all (CommonMark 0.31 §2.3).
var escapes = [256]string{0: "\uFFFD", '&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;"}

// writeText writes characters as text.
func writeText(w *bytes.Buffer, v []byte) {
	from := 0
	for i, c := range v {
		if c > '>' || escapes[c] == "" || c == '"' {
			continue
		}
		w.Write(v[from:i])
		w.WriteString(escapes[c])
		from = i + 1
	}
	w.Write(v[from:])
}

// writeAttr writes characters inside double quotes.
func writeAttr(w *bytes.Buffer, v string) {
	from := 0
	for i := range len(v) {
		if c := v[i]; escapes[c] != "" {
			w.WriteString(v[from:i])
			w.WriteString(escapes[c])
			from = i + 1
		}
	}
	w.WriteString(v[from:])
}

// encodeURL percent-encodes what the URL Standard does not allow in an absolute
// address. Escapes already made stay.
func encodeURL(v string) string {
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(v))
	hash, host := false, true
	for i := range len(v) {
		c := v[i]
		ok := false
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			ok = true
		case c == '%':
			ok = i+2 < len(v) && util.IsHexDecimal(v[i+1]) && util.IsHexDecimal(v[i+2])
		case c == '#':
			ok = !hash
			hash, host = true, false
		case c == '[' || c == ']': // around an IPv6 address alone
			ok = host
		case c == '?', c == '/' && i > 0 && v[i-1] != '/' && v[i-1] != ':':
			ok, host = true, false
		default:
			ok = strings.IndexByte("-._~:/@!$&'()*+,;=", c) >= 0
		}
		if ok {
			out = append(out, c)
		} else {
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(out)
}
