package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Notes get ids from their numbers: PREFIXfn-1 for the note, PREFIXfnref-1 for
// its first mark, PREFIXfnref-1-2 for the second.

// findMarks finds the marks that will be written. Those in the alternative text
// of a picture, or in a note that nothing refers to, will not, and no link may
// lead back to them.
func (w *writer) findMarks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Image:
			continue
		case *east.FootnoteLink:
			if w.marks == nil {
				w.marks = map[[2]int]bool{}
			}
			w.marks[[2]int{c.Index, c.RefIndex}] = true
		}
		w.findMarks(c)
	}
}

func (w *writer) noteID(index int) string {
	return w.o.IDPrefix + "fn-" + strconv.Itoa(index)
}

func (w *writer) markID(index, ref int) string {
	id := w.o.IDPrefix + "fnref-" + strconv.Itoa(index)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

func (w *writer) noteMark(n *east.FootnoteLink) {
	id := w.markID(n.Index, n.RefIndex)
	w.ids.order = append(w.ids.order, id)
	w.attr(`<sup class="footnote" id`, id)
	w.str(">")
	number := strconv.Itoa(n.Index)
	if w.inLink {
		w.str(number)
	} else {
		w.attr("<a href", "#"+w.noteID(n.Index))
		w.str(` role="doc-noteref"`)
		w.label(w.o.Words.Footnote, n.Index)
		w.str(">")
		w.str(number)
		w.str("</a>")
	}
	w.str("</sup>")
}

func (w *writer) backlink(n *east.FootnoteBacklink) {
	if !w.marks[[2]int{n.Index, n.RefIndex}] {
		return
	}
	w.attr(" <a href", "#"+w.markID(n.Index, n.RefIndex))
	w.str(` role="doc-backlink"`)
	w.label(w.o.Words.Back, n.Index)
	w.str(">↩\uFE0E</a>")
}

func (w *writer) notes(list *east.FootnoteList) {
	w.str(`<section class="footnotes" role="doc-endnotes"`)
	w.label(w.o.Words.Footnotes, 0)
	w.str("><ol>")
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		note, ok := c.(*east.Footnote)
		if !ok {
			continue
		}
		id := w.noteID(note.Index)
		w.ids.order = append(w.ids.order, id)
		w.attr("<li id", id)
		w.str(">")
		w.blocks(note)
		w.str("</li>")
	}
	w.str("</ol></section>")
}
