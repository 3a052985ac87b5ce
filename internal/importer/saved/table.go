package saved

import (
	"strconv"

	"golang.org/x/net/html"

	"mingdeng/internal/importer/rich"
)

const (
	maxColumns = 100
	maxRows    = 5000
)

// table reads a table of data. One with a single column or cell is there for the
// layout: what it holds goes into the text as it stands.
func (w *walker) table(n *html.Node) {
	w.flush()
	trs := rowsOf(n)
	wide := 0
	for _, tr := range trs {
		wide = max(wide, len(cellsOf(tr)))
	}
	if wide <= 1 {
		for _, tr := range trs {
			for _, c := range cellsOf(tr) {
				w.inside(c)
				w.flush()
			}
		}
		return
	}
	var rows [][][]rich.Span
	cut := false
	type held struct {
		left  int
		spans []rich.Span
	}
	hold := map[int]held{} // columns that a cell above reaches down into
	for _, tr := range trs[:min(len(trs), maxRows)] {
		var row [][]rich.Span
		reach := func() {
			for h := hold[len(row)]; h.left > 0 && len(row) < maxColumns; h = hold[len(row)] {
				hold[len(row)] = held{h.left - 1, h.spans}
				row = append(row, h.spans)
				w.merged++
			}
		}
		for _, c := range cellsOf(tr) {
			if reach(); len(row) >= maxColumns {
				cut = true
				break
			}
			spans := w.cell(c)
			if down, _ := strconv.Atoi(attr(c, "rowspan")); down > 1 {
				hold[len(row)] = held{min(down-1, maxRows), spans}
			}
			row = append(row, spans)
			if across, _ := strconv.Atoi(attr(c, "colspan")); across > 1 {
				row = append(row, make([][]rich.Span, min(across-1, maxColumns-len(row)))...)
				w.merged++
			}
		}
		reach()
		rows = append(rows, row)
		wide = max(wide, len(row))
	}
	if cut {
		w.wide++
	}
	if len(trs) > maxRows {
		w.long++
	}
	blank := true
	for i, row := range rows {
		for _, c := range row {
			blank = blank && rich.Blank(c)
		}
		rows[i] = append(row, make([][]rich.Span, wide-len(row))...)
	}
	if !blank {
		w.out = append(w.out, rich.Block{Kind: rich.Table, Cells: rows})
	}
}

// cell is what a cell holds, in one run: a cell of a Markdown table is one
// paragraph.
func (w *walker) cell(c *html.Node) []rich.Span {
	var out []rich.Span
	var add func([]rich.Block)
	add = func(list []rich.Block) {
		for _, b := range list {
			if len(out) > 0 {
				out = append(out, rich.Span{Break: true})
			}
			switch b.Kind {
			case rich.Figure:
				out = append(out, rich.Span{Picture: b.Picture})
			case rich.Quote:
				add(b.Blocks)
			case rich.Table:
				w.nested++
				for _, row := range b.Cells {
					for _, c := range row {
						out = append(append(out, c...), rich.Span{Text: " "})
					}
				}
			default:
				out = append(out, b.Text...)
			}
		}
	}
	add(w.apart(func() { w.inside(c) }))
	return rich.Tidy(out)
}

func rowsOf(n *html.Node) []*html.Node { return within(n, "tr", "table") }
func cellsOf(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			out = append(out, c)
		}
	}
	return out
}

// within lists elements of a name that do not lie inside another of stop.
func within(n *html.Node, name, stop string) []*html.Node {
	var out []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode && c.Data == name:
			out = append(out, c)
		case c.Data != stop:
			out = append(out, within(c, name, stop)...)
		}
	}
	return out
}
