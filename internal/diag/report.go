package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// Report says how findings are written.
type Report struct {
	Lang   Lang
	Source *Source // where excerpts and mended lines are taken from; nil leaves them out
	Colour bool    // of [Report.Text]: for a terminal alone
}

// WriteText writes findings for people, without excerpts.
func WriteText(w io.Writer, findings []Finding, l Lang) error {
	return Report{Lang: l}.Text(w, findings)
}

// Text writes findings for people: the place and what is wrong on one line, then
// indented lines: how to mend it, the line with its place marked, the line mended.
func (r Report) Text(w io.Writer, findings []Finding) error {
	var b strings.Builder
	for _, f := range findings {
		b.Reset()
		fmt.Fprintf(&b, "%s: %s: %s\n", r.paint(bold, Printable(f.Place())), r.paint(tone(f.Code.Severity), fmt.Sprintf("%s[%s]", f.Code.Severity, f.Code.ID)), Printable(f.Message(r.Lang)))
		if h := f.Hint(r.Lang); h != "" {
			for i, line := range strings.Split(h, "\n") {
				if i == 0 {
					line = Text{"改法：", "hint: "}.In(r.Lang) + line
				}
				fmt.Fprintf(&b, "  %s\n", Printable(line))
			}
		}
		r.excerpt(&b, f)
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// gutter is how many cells stand before the bar of an excerpt.
const gutter = 8

// excerpt writes the line of a finding, below it the mark, and the line mended. A line
// to be put in stands where it belongs, so that nobody has to count.
func (r Report) excerpt(b *strings.Builder, f Finding) {
	row := func(label, text string) {
		fmt.Fprintf(b, "%s%s | %s\n", strings.Repeat(" ", max(0, gutter-uniseg.StringWidth(label))), label, text)
	}
	x, shown := r.Source.Excerpt(f)
	m, mended := r.Source.Mended(f)
	add := func() { row(Text{"加一行", "add"}.In(r.Lang), r.paint(green, around(m.After, ""))) }
	put := mended && m.Before == ""
	if put && shown && m.Line == x.Line {
		add()
	}
	if shown {
		row(fmt.Sprint(x.Line), strings.TrimRight(x.Before+x.Marked+x.After, " "))
		row("", r.paint(tone(f.Code.Severity), x.Mark()))
	}
	switch {
	case put && !(shown && m.Line == x.Line):
		if above := m.Line - 1; above > 0 && !(shown && above == x.Line) {
			row(fmt.Sprint(above), around(r.Source.lines(f.Path)[above-1], ""))
		}
		add()
	case mended && !put:
		if !shown || m.Line != x.Line {
			row(fmt.Sprint(m.Line), around(m.Before, m.After))
		}
		label := Text{"改成", "write"}.In(r.Lang)
		for line := range strings.SplitSeq(m.After, "\n") {
			row(label, r.paint(green, around(line, m.Before)))
			label = ""
		}
	}
}

// around is a line to be shown: whole where it may be a line of keys, to be copied, and
// of a paragraph only what lies around its difference from another.
func around(line, other string) string {
	const most = 120 // cells
	if len(line) <= most || uniseg.StringWidth(line) <= most {
		return Printable(line)
	}
	a, b := []rune(line), []rune(other)
	from := 0
	for from < min(len(a), len(b)) && a[from] == b[from] {
		from++
	}
	to := len(a)
	for to > from && to-len(a)+len(b) > from && a[to-1] == b[to-len(a)+len(b)-1] {
		to--
	}
	return clipFront(Printable(string(a[:from]))) + clipBack(Printable(string(a[from:to]))) + clipBack(Printable(string(a[to:])))
}

// The colours of a terminal (ECMA-48 SGR).
const (
	bold   = "1"
	red    = "31"
	yellow = "33"
	green  = "32"
)

func tone(s Severity) string {
	if s == Error {
		return red
	}
	return yellow
}

func (r Report) paint(sgr, s string) string {
	if !r.Colour {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

// Show is what a page shows of a finding: its line with the mark below it, for a font
// whose wide characters take two cells, and the line mended. Either may be "".
func (s *Source) Show(f Finding) (excerpt, mended string) {
	if x, ok := s.Excerpt(f); ok {
		excerpt = x.Before + x.Marked + x.After + "\n" + x.Mark()
	}
	if m, ok := s.Mended(f); ok {
		lines := strings.Split(m.After, "\n")
		for i, line := range lines {
			lines[i] = around(line, m.Before)
		}
		mended = strings.Join(lines, "\n")
	}
	return excerpt, mended
}

// JSON writes findings for programs, one object a line. excerpt is the line and below
// it its mark, fix the mended line {line, before, after}, which may have become several; either is left out where
// there is none. A fix without before is a line to put in above; "…" in it stands for
// what only the editor knows.
func (r Report) JSON(w io.Writer, findings []Finding) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	type fix struct {
		Line   int    `json:"line"`
		Before string `json:"before"`
		After  string `json:"after"`
	}
	for _, f := range findings {
		out := struct {
			Path     string `json:"path"`
			Line     int    `json:"line"`
			Col      int    `json:"col"`
			Severity string `json:"severity"`
			Code     string `json:"code"`
			Message  string `json:"message"`
			Hint     string `json:"hint"`
			Excerpt  string `json:"excerpt,omitempty"`
			Fix      *fix   `json:"fix,omitempty"`
		}{f.Path, f.Pos.Line, f.Pos.Col, f.Code.Severity.String(), f.Code.ID, f.Message(r.Lang), f.Hint(r.Lang), "", nil}
		out.Excerpt, _ = r.Source.Show(f)
		if m, ok := r.Source.Mended(f); ok {
			out.Fix = &fix{m.Line, m.Before, m.After}
		}
		if err := enc.Encode(out); err != nil {
			return err
		}
	}
	return nil
}

// GitHub writes findings as workflow commands, which GitHub shows beside the lines of
// a change (docs.github.com, "Workflow commands for GitHub Actions").
func (r Report) GitHub(w io.Writer, findings []Finding) error {
	for _, f := range findings {
		message := f.Message(r.Lang)
		if h := f.Hint(r.Lang); h != "" {
			message += "\n" + Text{"改法：", "hint: "}.In(r.Lang) + h
		}
		if m, ok := r.Source.Mended(f); ok {
			message += "\n" + Text{"改成：", "write: "}.In(r.Lang) + m.After
		}
		place := ""
		if f.Pos.Line > 0 {
			place = fmt.Sprintf(",line=%d,col=%d", f.Pos.Line, f.Pos.Col)
		}
		_, err := fmt.Fprintf(w, "::%s file=%s%s,title=%s::%s\n", f.Code.Severity,
			githubProperty.Replace(f.Path), place, githubProperty.Replace(f.Code.ID), githubData.Replace(message))
		if err != nil {
			return err
		}
	}
	return nil
}

// Escapes as in actions/toolkit, packages/core/src/command.ts.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
