package rich

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tidy brings spans into the form Markdown can hold: no characters that cannot be
// seen, tabs and runs of spaces as one space, no white space at either end of a
// line (the two full-width spaces of a Chinese paragraph go: the page indents),
// neighbours of one look joined.
func Tidy(spans []Span) []Span {
	var out []Span
	for _, s := range spans {
		if strings.ContainsAny(s.Text, "\n\v\f\r\u2028\u2029\u0085") && s.Ruby == "" {
			lines := strings.FieldsFunc(strings.ReplaceAll(s.Text, "\r\n", "\n"), func(r rune) bool { return strings.ContainsRune("\n\v\f\r\u2028\u2029\u0085", r) })
			for i, l := range lines {
				if i > 0 {
					out = push(out, Span{Break: true})
				}
				part := s
				part.Text = l
				out = push(out, part)
			}
			continue
		}
		out = push(out, s)
	}
	return ends(out)
}

func push(out []Span, s Span) []Span {
	s.Text = clean(s.Text)
	if s.Note == 0 && s.Picture == 0 && !s.Break && s.Text == "" {
		return out
	}
	if len(out) > 0 {
		last := &out[len(out)-1]
		same := *last
		same.Text = s.Text
		if same == s && s.Note == 0 && s.Picture == 0 && !s.Break && s.Ruby == "" {
			last.Text = clean(last.Text + s.Text)
			return out
		}
	}
	return append(out, s)
}

// clean drops what cannot be seen and folds white space other than U+3000.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && i > 0 && s[i-1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\u3000':
		case r == ' ', r == '\t', unicode.Is(unicode.Zs, r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case r == utf8.RuneError, unicode.IsControl(r), r == '\u200b', r == '\ufeff', r == '\u2060', r == '\u00ad',
			r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufffc':
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

const white = " \u3000"

// ends trims the beginning and the end of every line, and drops breaks at either
// end of the whole.
func ends(spans []Span) []Span {
	var out []Span
	start := true
	for _, s := range spans {
		if s.Text != "" {
			if start {
				s.Text = strings.TrimLeft(s.Text, white)
			} else if last := out[len(out)-1]; strings.HasSuffix(last.Text, " ") {
				s.Text = strings.TrimLeft(s.Text, " ")
			}
			if s.Text == "" && s.Ruby == "" {
				continue
			}
		}
		if s.Break {
			if len(out) == 0 {
				continue
			}
			out = trimEnd(out)
			if len(out) == 0 {
				continue
			}
		}
		start = s.Break
		out = append(out, s)
	}
	out = trimEnd(out)
	for len(out) > 0 && out[len(out)-1].Break {
		out = trimEnd(out[:len(out)-1])
	}
	return out
}

func trimEnd(out []Span) []Span {
	for len(out) > 0 {
		last := &out[len(out)-1]
		if last.Text == "" {
			break
		}
		if last.Text = strings.TrimRight(last.Text, white); last.Text != "" {
			break
		}
		out = out[:len(out)-1]
	}
	return out
}

// Blank tells whether spans show nothing.
func Blank(spans []Span) bool {
	for _, s := range spans {
		if s.Note != 0 || s.Picture != 0 || strings.Trim(s.Text, white) != "" {
			return false
		}
	}
	return true
}
