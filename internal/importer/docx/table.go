package docx

import (
	"strconv"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

const (
	maxColumns = 100
	maxCells   = 200_000 // of one table
)

// table reads a w:tbl. One cell alone is a frame around a text and becomes a
// quotation; a first row that is one cell over the whole width is its title and
// becomes a paragraph.
func (x *reader) table(n *node) []rich.Block {
	var rows [][][]rich.Span
	var above map[int]int // column → row in which a merge downwards began
	wide := 0
	var single []rich.Block
	cells := 0
	cut := false
	var origin [][][2]int
	for _, tr := range rowsOf(n) {
		if tr.child("trPr", "del") != nil {
			x.deleted++
			continue
		}
		if tr.child("trPr", "hidden").on() {
			x.hidden++
			continue
		}
		if (len(rows)+1)*max(wide, 1) > maxCells {
			x.log.Add(report.Left, "一张表格第 %d 行以后：表格太大", "a table from row %d on: it is too large", len(rows)+1)
			break
		}
		var row [][]rich.Span
		skip, _ := strconv.Atoi(tr.child("trPr", "gridBefore").attr("val"))
		row = append(row, make([][]rich.Span, min(max(skip, 0), maxColumns))...)
		began := map[int]int{}
		var lies [][2]int
		for c := range row {
			lies = append(lies, [2]int{len(rows), c})
		}
		for _, tc := range cellsOf(tr) {
			if len(row) >= maxColumns {
				cut = true
				break
			}
			pr := tc.child("tcPr")
			blocks := x.blocks(tc)
			cells++
			single = blocks
			col := len(row)
			spans := x.flat(blocks)
			if m := pr.child("vMerge"); m != nil {
				if from, ok := above[col]; ok && m.attr("val") != "restart" {
					if col < len(rows[from]) && rich.Blank(spans) {
						spans = rows[from][col]
					}
					began[col] = from
					x.merged++
				} else {
					began[col] = len(rows)
				}
			}
			first := [2]int{len(rows), col}
			if from, ok := began[col]; ok && from < len(rows) {
				first = [2]int{from, col}
			}
			was := len(row)
			row = append(row, spans)
			if span, _ := strconv.Atoi(pr.child("gridSpan").attr("val")); span > 1 {
				row = append(row, make([][]rich.Span, min(span-1, maxColumns-len(row)))...)
				x.merged++
			}
			for range len(row) - was {
				lies = append(lies, first)
			}
		}
		above = began
		wide = max(wide, len(row))
		rows, origin = append(rows, row), append(origin, lies)
	}
	if cut {
		x.cut++
	}
	if cells == 1 {
		return []rich.Block{{Kind: rich.Quote, Blocks: single}}
	}
	var out []rich.Block
	for len(rows) > 1 && wide > 1 && onlyFirst(rows[0]) {
		if !rich.Blank(rows[0][0]) {
			out = append(out, rich.Block{Text: rows[0][0]})
		}
		rows, origin = rows[1:], origin[1:]
		for _, row := range origin {
			for c := range row {
				row[c][0] = max(0, row[c][0]-1)
			}
		}
	}
	blank := true
	for i, row := range rows {
		for c := len(row); c < wide; c++ {
			origin[i] = append(origin[i], [2]int{i, c})
		}
		rows[i] = append(row, make([][]rich.Span, wide-len(row))...)
		for _, c := range row {
			blank = blank && rich.Blank(c)
		}
	}
	if blank || wide == 0 {
		return out
	}
	return append(out, rich.Block{Kind: rich.Table, Cells: rows, Origin: origin})
}

func onlyFirst(row [][]rich.Span) bool {
	for i, c := range row {
		if i > 0 && !rich.Blank(c) {
			return false
		}
	}
	return len(row) > 1
}

// rowsOf and cellsOf look through content controls.
func rowsOf(n *node) []*node  { return through(n, "tr") }
func cellsOf(n *node) []*node { return through(n, "tc") }

func through(n *node, name string) []*node {
	var out []*node
	for _, k := range n.list() {
		switch k.name {
		case name:
			out = append(out, k)
		case "sdt":
			out = append(out, through(k.child("sdtContent"), name)...)
		case "ins", "moveTo", "customXml", "sdtContent":
			out = append(out, through(k, name)...)
		}
	}
	return out
}

// flat makes one run of text of a cell's blocks: a cell of a Markdown table is one
// paragraph.
func (x *reader) flat(blocks []rich.Block) []rich.Span {
	var out []rich.Span
	for _, b := range blocks {
		if len(out) > 0 {
			out = append(out, rich.Span{Break: true})
		}
		switch b.Kind {
		case rich.Figure:
			out = append(out, rich.Span{Picture: b.Picture})
		case rich.Table:
			x.nested++
			for _, row := range b.Cells {
				for _, c := range row {
					if !rich.Blank(c) {
						out = append(append(out, c...), rich.Span{Text: " "})
					}
				}
				out = append(out, rich.Span{Break: true})
			}
		case rich.Quote:
			out = append(out, x.flat(b.Blocks)...)
		case rich.Item:
			if b.Ordered {
				out = append(out, rich.Span{Text: strconv.Itoa(b.Number) + ". "})
			}
			out = append(out, b.Text...)
		default:
			out = append(out, b.Text...)
		}
	}
	return rich.Tidy(out)
}
