package rich

import (
	"strconv"
	"strings"
)

// writer is one run of Markdown.
type writer struct {
	doc  *Document
	lost int
}

// Markdown writes the document. Its highest heading becomes a second-level one,
// the page's title being above it. lost counts runs whose look (bold, link …) was
// given up because Markdown could not have told it.
func (d *Document) Markdown() (text string, lost int) {
	w := &writer{doc: d}
	top := 7
	for _, b := range d.Blocks {
		if b.Kind == Heading {
			top = min(top, b.Level)
		}
	}
	blocks := d.Blocks
	if top < 7 && top != 2 {
		blocks = append([]Block(nil), blocks...)
		for i := range blocks {
			if blocks[i].Kind == Heading {
				blocks[i].Level = min(6, blocks[i].Level-top+2)
			}
		}
	}
	out := w.blocks(blocks)
	for i, n := range d.Notes {
		note := strings.TrimRight(w.blocks(n), "\n")
		lines := strings.Split(note, "\n")
		for j := 1; j < len(lines); j++ {
			if lines[j] != "" {
				lines[j] = "    " + lines[j]
			}
		}
		if note == "" {
			lines = []string{"…"}
		}
		out += "\n[^" + strconv.Itoa(i+1) + "]: " + strings.Join(lines, "\n") + "\n"
	}
	return strings.TrimLeft(out, "\n"), w.lost
}

// blocks writes blocks with a blank line between them; items of one list follow
// one another.
func (w *writer) blocks(list []Block) string {
	var b strings.Builder
	var open []level
	previous := Rule
	for _, x := range list {
		var text string
		apart := false
		if x.Kind != Item {
			open = nil
		}
		switch x.Kind {
		case Item:
			if Blank(x.Text) {
				continue
			}
			text, apart, open = w.item(x, open)
		case Heading:
			text = strings.Repeat("#", min(max(x.Level, 1), 6)) + " " + w.text(x.Text, true)
			if Blank(x.Text) {
				continue
			}
		case Table:
			text = w.table(x.Cells)
		case Figure:
			text = w.picture(x.Picture, x.Caption)
		case Quote:
			inner := strings.TrimRight(w.blocks(x.Blocks), "\n")
			if inner == "" {
				continue
			}
			lines := strings.Split(inner, "\n")
			for i := range lines {
				lines[i] = strings.TrimRight("> "+lines[i], " ")
			}
			text = strings.Join(lines, "\n")
		case Code:
			text = fenced(Words(x.Text))
		case Rule:
			text = "---"
		default:
			text = w.text(x.Text, false)
		}
		if text == "" {
			continue
		}
		if b.Len() > 0 && (x.Kind != Item || previous != Item || apart) {
			b.WriteByte('\n')
		}
		b.WriteString(text + "\n")
		previous = x.Kind
	}
	return b.String()
}

func (w *writer) text(spans []Span, oneLine bool) string {
	s, lost := w.inline(spans, oneLine)
	w.lost += lost
	return s
}

// level is an open level of a list.
type level struct {
	indent  int // of its items' text
	ordered bool
	number  int // of the last item
	mark    string
}

// item writes an item of a list. A numbered item whose number does not follow, or
// one of the other kind, begins a list of its own: another mark parts the two, and
// apart asks for a blank line, for only a 1 may follow a line of words (CommonMark
// 0.31 §5.2).
func (w *writer) item(x Block, open []level) (text string, apart bool, now []level) {
	depth := min(x.Level, len(open))
	before := 0
	if depth > 0 {
		before = open[depth-1].indent
	}
	var last *level
	if depth < len(open) {
		last = &open[depth]
	}
	l := level{ordered: x.Ordered, number: x.Number, mark: "-"}
	if x.Ordered {
		l.mark = "."
	}
	if last != nil && last.ordered == x.Ordered {
		l.mark = last.mark
		if x.Ordered && x.Number != last.number+1 {
			l.mark = map[string]string{".": ")", ")": "."}[last.mark]
		}
	}
	lead := l.mark + " "
	if x.Ordered {
		l.number = min(max(x.Number, 0), 999_999_999)
		lead = strconv.Itoa(l.number) + l.mark + " "
	}
	l.indent = before + len(lead)
	text = strings.ReplaceAll(w.text(x.Text, false), "\n", "\n"+strings.Repeat(" ", l.indent))
	apart = x.Ordered && l.number != 1 && (last == nil || last.mark != l.mark)
	return strings.Repeat(" ", before) + lead + text, apart, append(open[:depth:depth], l)
}

// table writes rows; the first is the head, which Markdown's tables must have.
func (w *writer) table(rows [][][]Span) string {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return ""
	}
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	for i, row := range rows {
		cells := make([]string, len(rows[0]))
		for j := range cells {
			if j < len(row) {
				cells[j] = w.text(row[j], true)
			}
		}
		line(cells)
		if i == 0 {
			for j := range cells {
				cells[j] = "---"
			}
			line(cells)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

func fenced(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "\n" + s + "\n" + fence
}
