package rich

import (
	"strconv"
	"strings"
	"unicode"

	"mingdeng/internal/markdown"
)

// inline writes the spans of one paragraph, heading or cell, and reads them back.
// The second result counts looks that were given up so that the words stay right.
func (w *writer) inline(spans []Span, cell bool) (string, int) {
	if cell {
		spans = oneLine(spans)
	}
	want, notes := readable(spans)
	lost := 0
	for _, plainer := range []func(*Span) bool{
		nil,
		func(s *Span) bool { was := s.Italic || s.Code; s.Italic, s.Code = false, false; return was },
		func(s *Span) bool { was := s.Bold || s.Strike; s.Bold, s.Strike = false, false; return was },
		func(s *Span) bool { was := s.Link != ""; s.Link = ""; return was },
		func(s *Span) bool { was := s.Ruby != ""; s.Ruby = ""; return was },
	} {
		if plainer != nil {
			spans = append([]Span(nil), spans...)
			for i := range spans {
				if plainer(&spans[i]) {
					lost++
				}
			}
			spans = Tidy(spans)
		}
		text := w.spans(spans, cell)
		if got := markdown.Text([]byte(text + notes)); got == want {
			return text, lost
		}
	}
	return w.spans(spans, cell), lost
}

// readable is what markdown.Text must find in the written spans, given the notes
// they mark; those it lists behind the text.
func readable(spans []Span) (want, notes string) {
	var b, tail strings.Builder
	for _, s := range spans {
		if s.Break {
			b.WriteByte('\n')
		}
		b.WriteString(s.Text)
		if mark := "\n\n[^" + strconv.Itoa(s.Note) + "]: 注"; s.Note != 0 && !strings.Contains(notes, mark) {
			notes += mark
			tail.WriteString("\n注")
		}
	}
	return strings.TrimSpace(strings.TrimSpace(b.String()) + tail.String()), notes
}

// oneLine makes of line breaks what a table's cell can hold.
func oneLine(spans []Span) []Span {
	out := make([]Span, len(spans))
	for i, s := range spans {
		if s.Break {
			s = Span{Text: " "}
		}
		out[i] = s
	}
	return Tidy(out)
}

// look is one layer of marks, from the outermost in.
var looks = []struct {
	is          func(Span) string
	open, close func(value string) string
}{
	{func(s Span) string { return s.Link }, func(string) string { return "[" }, func(v string) string { return "](" + destination(v) + ")" }},
	{func(s Span) string { return mark(s.Strike, "~~") }, same, same},
	{func(s Span) string { return mark(s.Bold, "**") }, same, same},
	{func(s Span) string { return mark(s.Italic, "*") }, same, same},
}

func same(v string) string { return v }

func mark(on bool, m string) string {
	if on {
		return m
	}
	return ""
}

func (w *writer) spans(spans []Span, cell bool) string {
	var b strings.Builder
	w.layer(&b, spans, 0, cell)
	return b.String()
}

// layer writes runs of spans that share a look within its marks. White space at
// the ends of a run stands outside them: marks must touch a word.
func (w *writer) layer(b *strings.Builder, spans []Span, n int, cell bool) {
	if n == len(looks) {
		for _, s := range spans {
			w.span(b, s, cell)
		}
		return
	}
	look := looks[n]
	for i := 0; i < len(spans); {
		v := look.is(spans[i])
		j := i + 1
		for j < len(spans) && look.is(spans[j]) == v {
			j++
		}
		run := spans[i:j]
		i = j
		if v == "" {
			w.layer(b, run, n+1, cell)
			continue
		}
		head, inner, tail := bare(run)
		w.layer(b, head, n+1, cell)
		if len(inner) > 0 {
			if n == 0 && len(inner) == 1 && inner[0].Text == v && !strings.ContainsAny(v, "<> \\") {
				b.WriteString("<" + v + ">")
			} else {
				b.WriteString(look.open(v))
				w.layer(b, inner, n+1, cell)
				b.WriteString(look.close(v))
			}
		}
		w.layer(b, tail, n+1, cell)
	}
}

// bare parts the blanks and line breaks at the ends of a run from the run.
func bare(run []Span) (head, inner, tail []Span) {
	inner = append([]Span(nil), run...)
	for len(inner) > 0 {
		s := inner[0]
		t := strings.TrimLeft(s.Text, white)
		if s.Note != 0 || s.Picture != 0 || t == s.Text && !s.Break {
			break
		}
		if cut := s.Text[:len(s.Text)-len(t)]; s.Break || cut != "" {
			head = append(head, Span{Text: cut, Break: s.Break})
		}
		if t != "" {
			inner[0].Text = t
			break
		}
		inner = inner[1:]
	}
	for len(inner) > 0 {
		k := len(inner) - 1
		s := inner[k]
		t := strings.TrimRight(s.Text, white)
		if s.Note != 0 || s.Picture != 0 || t == s.Text && !s.Break {
			break
		}
		if cut := s.Text[len(t):]; s.Break || cut != "" {
			tail = append([]Span{{Text: cut, Break: s.Break}}, tail...)
		}
		if t != "" {
			inner[k].Text = t
			break
		}
		inner = inner[:k]
	}
	return head, inner, tail
}

func (w *writer) span(b *strings.Builder, s Span, cell bool) {
	switch {
	case s.Break:
		b.WriteString("\\\n")
	case s.Note != 0:
		b.WriteString("[^" + strconv.Itoa(s.Note) + "]")
	case s.Picture != 0:
		b.WriteString(w.picture(s.Picture, ""))
	case s.Ruby != "" && validRuby(s.Text, s.Ruby):
		bar := "|"
		if cell {
			bar = `\|`
		}
		b.WriteString("{" + s.Text + bar + s.Ruby + "}")
	case s.Ruby != "":
		b.WriteString(escape(s.Text, b.String()))
	case s.Code && !strings.ContainsAny(s.Text, "`|\\") && strings.Trim(s.Text, " ") == s.Text:
		b.WriteString("`" + s.Text + "`")
	default:
		b.WriteString(escape(s.Text, b.String()))
	}
}

// validRuby keeps within what package markdown reads as ruby.
func validRuby(base, reading string) bool {
	n := 0
	for _, r := range base {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
		n++
	}
	letters := false
	for _, r := range reading {
		switch {
		case unicode.IsLetter(r) && !unicode.Is(unicode.Han, r):
			letters = true
		case unicode.IsMark(r), '1' <= r && r <= '5', strings.ContainsRune(" '’-·", r):
		default:
			return false
		}
	}
	return letters && n > 0 && n <= 8 && len(reading) <= 64
}

func (w *writer) picture(n int, caption string) string {
	p := w.doc.Pictures[n-1]
	if p.Name == "" {
		return ""
	}
	out := "![" + escape(Words(Tidy([]Span{{Text: strings.ReplaceAll(p.Alt, "\n", " ")}})), "a") + "](" + destination(p.Name)
	if caption != "" {
		out += ` "` + strings.ReplaceAll(escape(strings.ReplaceAll(caption, "\n", " "), "a"), `"`, `\"`) + `"`
	}
	return out + ")"
}
