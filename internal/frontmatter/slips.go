package frontmatter

import (
	"strings"
	"unicode/utf8"

	"mingdeng/internal/diag"
)

// slips looks through a head that could not be read for what people and their input
// methods do to YAML: full-width marks in place of plain ones, tabs and full-width
// spaces in the indentation, a colon without its space. It reports all of them, one a
// line, and says whether there was one. In a head that can be read such marks are part
// of a value.
func (r *reading) slips(head []byte, line int) bool {
	before := len(r.findings)
	block := -1 // indentation of the key whose block scalar we are in
	for i, l := range strings.Split(string(head), "\n") {
		body := strings.TrimLeft(l, " \t\u3000\u00a0")
		indent := len(l) - len(body)
		if body == "" || block >= 0 && indent > block {
			continue
		}
		block = -1
		if end := strings.TrimRight(body, " +-0123456789"); strings.HasSuffix(end, ": |") || strings.HasSuffix(end, ": >") {
			block = indent
		}
		s := slip{line: line + i, text: l, from: indent}
		if f := s.find(r.isKey); f != nil {
			r.findings = append(r.findings, *f)
		}
	}
	return len(r.findings) > before
}

// slip is a line that may hold one.
type slip struct {
	line int
	text string
	from int // where it begins, behind its indentation
}

// at makes a finding about byte offset i of the line.
func (s slip) at(c *diag.Code, i int, args ...any) diag.Finding {
	return c.At("", diag.Pos{Line: s.line, Col: 1 + utf8.RuneCountInString(s.text[:i])}, args...)
}

func (s slip) find(isKey func(string) bool) *diag.Finding {
	indent := s.text[:s.from]
	if i := strings.IndexByte(indent, '\t'); i >= 0 {
		f := s.at(diag.Tab, i).ReplaceAt(diag.Pos{Line: s.line, Col: 1}, indent, plainIndent(indent))
		return &f
	}
	if i := strings.IndexAny(indent, "\u3000\u00a0"); i >= 0 {
		f := s.at(diag.WideSpace, i).ReplaceAt(diag.Pos{Line: s.line, Col: 1}, indent, plainIndent(indent))
		return &f
	}
	if strings.HasPrefix(s.text[s.from:], "#") {
		return nil
	}
	item := s.from
	for _, dash := range []string{"- ", "－ ", "－", "— ", "–  "} {
		if rest, ok := strings.CutPrefix(s.text[item:], dash); ok {
			if dash != "- " {
				mark, _ := utf8.DecodeRuneInString(dash)
				f := s.at(diag.FullWidthMark, item, string(mark), "-").Replace(dash, "- ")
				return &f
			}
			item = len(s.text) - len(strings.TrimLeft(rest, " "))
			break
		}
	}
	if f := s.colon(item, isKey); f != nil {
		return f
	}
	return s.brackets(item)
}

// colon looks at what parts key and value.
func (s slip) colon(item int, isKey func(string) bool) *diag.Finding {
	rest := s.text[item:]
	key, value, found := strings.Cut(rest, "：")
	if found && !strings.ContainsAny(key, ":\"'#") && utf8.RuneCountInString(key) <= 20 &&
		(isKey(strings.TrimSpace(key)) || !strings.Contains(rest, ": ")) {
		gap := value[:len(value)-len(strings.TrimLeft(value, " \u3000"))]
		f := s.at(diag.FullWidthColon, item+len(key), strings.TrimSpace(key)+": "+strings.TrimSpace(value)).Replace("："+gap, ": ")
		return &f
	}
	key, value, found = strings.Cut(rest, ":")
	if found && isKey(strings.TrimSpace(key)) && value != "" && value[0] != ' ' {
		f := s.at(diag.NoSpace, item+len(key), ":").Replace(":", ": ")
		return &f
	}
	key, _, found = strings.Cut(rest, " ")
	if found && isKey(key) && !strings.Contains(rest, ":") {
		f := s.at(diag.Syntax, item+len(key), "键后面少了冒号", "the colon after the key is missing").Replace(" ", ": ")
		return &f
	}
	return nil
}

// plain are the marks YAML gives a meaning and input methods a full-width twin.
var plain = strings.NewReplacer("，", ", ", "、", ", ", "｛", "{", "｝", "}", "［", "[", "］", "]", "【", "[", "】", "]", "：", ": ")

// brackets looks at a value in brackets, or meant to be.
func (s slip) brackets(item int) *diag.Finding {
	_, value, found := strings.Cut(s.text[item:], ": ")
	if !found {
		return nil
	}
	value = strings.TrimSpace(value)
	first, _ := utf8.DecodeRuneInString(value)
	if !strings.ContainsRune("{[｛［【", first) || strings.ContainsAny(value, "\"'") {
		return nil
	}
	i := strings.IndexAny(value, "｛［【，、｝］】：")
	if i < 0 {
		return nil
	}
	mark, _ := utf8.DecodeRuneInString(value[i:])
	at := strings.LastIndex(s.text, value)
	mended := strings.Join(strings.Fields(plain.Replace(value)), " ")
	f := s.at(diag.FullWidthMark, at+i, string(mark), strings.TrimSpace(plain.Replace(string(mark))))
	f = f.ReplaceAt(diag.Pos{Line: s.line, Col: 1 + utf8.RuneCountInString(s.text[:at])}, value, mended)
	return &f
}

// plainIndent writes an indentation in plain spaces, as wide as it looks.
func plainIndent(s string) string {
	return strings.NewReplacer("\t", "  ", "\u3000", "  ", "\u00a0", " ").Replace(s)
}

// mendYAML adds the fix to a finding about one line that the YAML parser could not
// read, where its message leaves no doubt.
func mendYAML(f diag.Finding, message, line string) diag.Finding {
	end := diag.Pos{Line: f.Pos.Line, Col: 1 + utf8.RuneCountInString(line)}
	key, value, _ := strings.Cut(line, ": ")
	value = strings.TrimSpace(value)
	atValue := diag.Pos{Line: f.Pos.Line, Col: 1 + utf8.RuneCountInString(key+": ")}
	says := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(message, p) {
				return true
			}
		}
		return false
	}
	switch {
	case value == "":
		return f
	case says("unexpected end of stream", "unexpected document indicator"):
		quote := value[:1]
		if quote != "\"" && quote != "'" {
			return f
		}
		for _, wide := range []string{"”", "“", "’", "‘"} {
			if trimmed, ok := strings.CutSuffix(value, wide); ok {
				return f.ReplaceAt(atValue, value, trimmed+quote)
			}
		}
		return f.ReplaceAt(end, "", quote)
	case says("',' or ']'") && value[0] == '[':
		return f.ReplaceAt(end, "", "]")
	case says("',' or '}'") && value[0] == '{':
		return f.ReplaceAt(end, "", "}")
	case says("mapping values are not allowed") && strings.Contains(value, ": "),
		says("cannot start any token", "alphabetic or numeric", "anchor", "tag") && strings.ContainsAny(value[:1], "@`%*&!"):
		if strings.Contains(value, "'") {
			return f
		}
		return f.ReplaceAt(atValue, value, "'"+value+"'")
	case says("unknown escape") && strings.Count(value, "\"") == 2 && !strings.Contains(value, "'"):
		return f.ReplaceAt(atValue, value, strings.ReplaceAll(value, "\"", "'"))
	}
	return f
}

// unevenIndent tells whether a line is indented deeper than the finished "key: value"
// above it, and returns the indentation of that.
func unevenIndent(above, line string) (indent string, uneven bool) {
	a, b := strings.TrimLeft(above, " "), strings.TrimLeft(line, " ")
	_, value, found := strings.Cut(a, ": ")
	if !found || value == "" || strings.ContainsAny(value[:1], "|>[{&!\"'#") || !strings.Contains(b, ":") || strings.HasPrefix(a, "- ") {
		return "", false
	}
	indent = above[:len(above)-len(a)]
	return indent, len(line)-len(b) > len(indent)
}

// dashes tells a line that was to part the head from the text, and whatever became of
// its three hyphens.
func dashes(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && strings.Trim(line, "-‐‑‒–—―−－─━ ") == ""
}

// parted looks for such a line in a text without a head. first is its first line that
// is not blank, which stands on line at.
func (r *reading) parted(lines []string, at int) bool {
	mark := func(n int, was string) {
		f := diag.HeadMarks.At("", diag.Pos{Line: n, Col: 1}, strings.TrimSpace(was))
		r.findings = append(r.findings, f.Replace(strings.TrimSpace(was), "---"))
	}
	first := lines[at-1]
	opened := strings.TrimSpace(first) == "---"
	if !opened && !dashes(first) {
		return false
	}
	before := len(r.findings)
	if !opened {
		mark(at, first)
	}
	for i, l := range lines[at:] {
		if dashes(l) {
			if strings.TrimSpace(l) != "---" {
				mark(at+i+1, l)
			}
			break
		}
	}
	return len(r.findings) > before
}

// headEnd is the line below the last one that looks like part of a head.
func headEnd(lines []string, at int) int {
	n := at
	for n < len(lines) {
		l := lines[n]
		t := strings.TrimSpace(l)
		if t == "" || !strings.HasPrefix(l, " ") && !strings.HasPrefix(t, "- ") && !strings.HasPrefix(t, "#") && !strings.Contains(t, ": ") && !strings.HasSuffix(t, ":") {
			break
		}
		n++
	}
	return n + 1
}
