package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// writer writes one document. goldmark's own renderer is not used: it goes
// through a table of functions and two more layers of writers, keeps a state of
// its own for nothing, and cannot look past a node for a line break.
type writer struct {
	reading
	w       *bytes.Buffer
	o       *Options
	state   *state
	plain   bool // bare CommonMark
	info    Info
	ids     ids
	outline outline
	places  places
	inLink  bool            // links do not nest
	marks   map[[2]int]bool // note marks that are written, by note and mark
	caption bool            // the picture's title is written as a caption
	odd     []int           // places where marks may be shown, see leftover.go
	quiet   bool            // they are not looked for
}

func (w *writer) reset(out *bytes.Buffer, body []byte, o *Options, plain bool) {
	*w = writer{w: out, o: o, plain: plain}
	if o == nil {
		return
	}
	w.reading = reading{body: body, refs: &o.Refs, turn: o.Convert}
	w.places.body = body
	w.ids = ids{reserved: o.ReservedIDs, prefix: o.IDPrefix}
}

func (w *writer) document(doc ast.Node) {
	if notes, ok := doc.LastChild().(*east.FootnoteList); ok && notes != nil {
		w.findMarks(doc)
	}
	w.blocks(doc)
	w.info.IDs = w.ids.order
	if !w.quiet {
		w.leftovers()
	}
}

func (w *writer) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *writer) str(s string) { w.w.WriteString(s) }

func (w *writer) element(name string, n ast.Node) {
	w.str("<")
	w.str(name)
	w.str(">")
	w.blocks(n)
	w.str("</")
	w.str(name)
	w.str(">")
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.convert(n)
		w.paragraph(n)
	case *ast.TextBlock:
		w.convert(n)
		w.inlines(n)
		if _, ok := n.NextSibling().(*ast.TextBlock); ok {
			w.str("\n")
		}
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.item(n)
	case *ast.Blockquote:
		w.element("blockquote", n)
	case *ast.ThematicBreak:
		w.str("<hr>")
	case *ast.CodeBlock:
		w.str("<pre><code>")
		w.lines(n)
		w.str("</code></pre>")
	case *ast.FencedCodeBlock:
		w.str("<pre><code")
		if n.Info != nil && hasWords(n.Info.Segment.Value(w.body)) {
			w.state.lose(LostInfo, n.Info.Segment.Start, string(bytes.TrimSpace(n.Info.Segment.Value(w.body))))
		}
		if language := n.Language(w.body); language != nil {
			w.str(` class="language-`)
			writeAttr(w.w, string(resolve(language)))
			w.str(`"`)
		}
		w.str(">")
		w.lines(n)
		w.str("</code></pre>")
	case *ast.HTMLBlock:
		w.html(n)
	case *ast.LinkReferenceDefinition:
	case *east.Table:
		w.table(n)
	case *east.FootnoteList:
		w.notes(n)
	case *east.FootnoteBacklink:
		w.backlink(n)
	default:
		w.blocks(n)
	}
}

func (w *writer) paragraph(n *ast.Paragraph) {
	if !w.plain && w.figure(n) {
		return
	}
	start := w.w.Len()
	w.str("<p>")
	inside := w.w.Len()
	w.inlines(n)
	if w.w.Len() == inside && !w.plain {
		w.w.Truncate(start) // nothing but a missing picture without words
		return
	}
	w.str("</p>")
}

func (w *writer) heading(n *ast.Heading) {
	level := n.Level
	if !w.plain {
		level = min(max(w.outline.depth(level)+1+w.o.HeadingShift, 1), 6)
	}
	tag := "h" + strconv.Itoa(level)
	w.str("<")
	w.str(tag)
	if !w.plain {
		w.convert(n)
		h := Heading{Level: level, Text: w.textOf(n)}
		id := h.Text
		if w.turn != nil {
			id = w.plainly().textOf(n)
		}
		h.ID = w.ids.heading(id)
		w.info.Headings = append(w.info.Headings, h)
		w.str(` id="`)
		writeAttr(w.w, h.ID)
		w.str(`"`)
	}
	w.str(">")
	w.inlines(n)
	w.str("</")
	w.str(tag)
	w.str(">")
}

func (w *writer) list(n *ast.List) {
	if !n.IsOrdered() {
		w.element("ul", n)
		return
	}
	w.str("<ol")
	if n.Start != 1 {
		w.str(` start="`)
		w.str(strconv.Itoa(n.Start))
		w.str(`"`)
	}
	w.str(">")
	w.blocks(n)
	w.str("</ol>")
}

func (w *writer) item(n *ast.ListItem) {
	if first := n.FirstChild(); first != nil {
		if _, ok := first.FirstChild().(*east.TaskCheckBox); ok {
			w.str(`<li class="task">`)
			w.blocks(n)
			w.str("</li>")
			return
		}
	}
	w.element("li", n)
}

// lines writes the lines of code as they are.
func (w *writer) lines(n ast.Node) {
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		writeText(w.w, line.Value(w.body))
	}
}

// html shows a block of HTML as text, line by line.
func (w *writer) html(n *ast.HTMLBlock) {
	var source []byte
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		source = append(source, line.Value(w.body)...)
	}
	if n.HasClosure() {
		source = append(source, n.ClosureLine.Value(w.body)...)
	}
	if w.plain {
		w.w.Write(source)
		return
	}
	for i := range lines.Len() {
		line := lines.At(i)
		if open := bytes.IndexByte(line.Value(w.body), '<'); open >= 0 {
			w.strange(line.Start + open)
		}
	}
	w.str("<p>")
	for i, line := range bytes.Split(bytes.TrimSpace(source), []byte("\n")) {
		if i > 0 {
			w.str("<br>")
		}
		writeText(w.w, w.words(bytes.TrimSpace(line)))
	}
	w.str("</p>")
}

// table writes a table inside a box that a narrow screen can scroll.
func (w *writer) table(n *east.Table) {
	w.str(`<div class="table"><table>`)
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, ok := row.(*east.TableHeader); ok {
			w.str("<thead>")
			w.row(row, "th", ` scope="col"`)
			w.str("</thead>")
			continue
		}
		if !body {
			w.str("<tbody>")
			body = true
		}
		w.row(row, "td", "")
	}
	if body {
		w.str("</tbody>")
	}
	w.str("</table></div>")
}

func (w *writer) row(row ast.Node, tag, attr string) {
	w.str("<tr>")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		w.str("<")
		w.str(tag)
		w.str(attr)
		if cell, ok := c.(*east.TableCell); ok && cell.Alignment != east.AlignNone {
			w.str(` class="`)
			w.str(cell.Alignment.String())
			w.str(`"`)
		}
		w.str(">")
		w.convert(c)
		w.inlines(c)
		w.str("</")
		w.str(tag)
		w.str(">")
	}
	w.str("</tr>")
}
