package rich

import (
	"strings"
	"unicode/utf8"
)

// escape writes words so that each character means itself. before is what stands
// in front of them in the same paragraph.
func escape(s, before string) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	lineStart := before == "" || strings.HasSuffix(before, "\n")
	prev, _ := utf8.DecodeLastRuneInString(before)
	for i, r := range s {
		rest := s[i+utf8.RuneLen(r):]
		if i == 0 && lineStart && blockMark(s) {
			if d := digits(s); d > 0 { // 1. is escaped at its point
				b.WriteString(s[:d] + "\\" + s[d:d+1])
				b.WriteString(escape(s[d+1:], "1"))
				return b.String()
			}
			b.WriteByte('\\')
		} else if r == '\\' && rest == "" {
			b.WriteString("&#92;") // a line break's own backslash may follow
			continue
		} else if special(r, prev, rest) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// special tells the characters that would be read as marks anywhere in a text.
func special(r, prev rune, rest string) bool {
	switch r {
	case '\\', '*', '`', '[', '<', '{', '|', '~':
		return true
	case ']':
		return true
	case '_':
		after, _ := utf8.DecodeRuneInString(rest)
		return !alnum(prev) || !alnum(after)
	case '!':
		return rest == "" // a link or a note may follow
	case '&':
		i := strings.IndexByte(rest, ';')
		return i > 0 && i < 40 || i < 0 && len(rest) < 40 // the next span may close it
	case '#':
		return strings.Trim(rest, "# ") == "" // closes a heading
	}
	return false
}

func alnum(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// blockMark tells whether a line that begins with s would be read as a heading, a
// quotation, an item, a rule or a table.
func blockMark(s string) bool {
	switch s[0] {
	case '#', '>', '=', '-', '+', ':':
		return true
	}
	return digits(s) > 0
}

// digits counts those before a point or bracket that would make an item's number.
func digits(s string) int {
	n := 0
	for n < len(s) && n < 10 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 || n > 9 || n == len(s) || s[n] != '.' && s[n] != ')' || n+1 < len(s) && s[n+1] != ' ' {
		return 0
	}
	return n
}

// destination writes an address of a link.
func destination(v string) string {
	if !strings.ContainsAny(v, " ()<>\\*_`|[]&") {
		return v
	}
	return "<" + strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "\\", "%5C", "|", "%7C", "`", "%60", "*", "%2A", "&", "&amp;").Replace(v) + ">"
}
