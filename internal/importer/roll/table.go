package roll

import (
	"strconv"

	"mingdeng/internal/importer/report"
)

// Table is a table that stands in a text.
type Table struct {
	Above  []string   // the lines before it, its title among them
	Rows   [][]string // a merged cell's words stand in its first cell at least
	Origin [][][2]int // row and column of the first cell of the merge that each cell lies in; nil where none is merged
}

// Sort is what a table is about.
type Sort int

// The sorts of tables.
const (
	NoPeople Sort = iota
	Roll          // people, one a row
	Form          // one person, in labels and values
)

// Sort tells what the table is about.
func (t Table) Sort() Sort {
	s := t.sheet("")
	if _, ok := s.form(); ok {
		return Form
	}
	// A single heading that says 姓名 is found in many tables of words: a roll has two
	// columns that are known, and somebody in it.
	h, ok := s.find()
	known := 0
	for _, k := range h.columns {
		if k != other {
			known++
		}
	}
	if !ok || known < 2 || h.row+1 >= len(s.rows) {
		return NoPeople
	}
	return Roll
}

// Private lists the cells, row and column, that a roll keeps and nobody may read: columns of
// addresses, telephones, family. It is for a roll that is to stay a table.
func (t Table) Private() (cells [][2]int, headings []string) {
	s := t.sheet("")
	h, ok := s.find()
	if !ok {
		return nil, nil
	}
	for c, k := range h.columns {
		if k != private {
			continue
		}
		headings = append(headings, h.words[c])
		for r := h.row + 1; r < len(s.rows); r++ {
			cells = append(cells, [2]int{r - len(t.Above), c})
		}
	}
	return cells, headings
}

// FromTables reads the people of tables as [Read] does those of sheets. A table without
// headings that is as wide as the roll before it goes on with that one.
func FromTables(list []Table, log *report.Log) ([]Person, error) {
	var sheets []sheet
	above := map[string]int{}
	last := -1
	for i, t := range list {
		name := "表格"
		if len(list) > 1 {
			name += strconv.Itoa(i + 1)
		}
		s := t.sheet(name)
		switch t.Sort() {
		case NoPeople:
			if last >= 0 && len(t.Rows) > 0 && widest(t.Rows) == widest(list[last].Rows) {
				sheets[len(sheets)-1].rows = append(sheets[len(sheets)-1].rows, t.Rows...)
			}
			continue
		case Roll:
			last = i
		case Form:
			last = -1
		}
		above[name] = len(t.Above)
		sheets = append(sheets, s)
	}
	people, err := read(sheets, log)
	for i := range people {
		people[i].Row -= above[people[i].Sheet]
	}
	return people, err
}

func widest(rows [][]string) int {
	n := 0
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}

// sheet is the table as one of a workbook: the lines above it stand in rows of their own.
func (t Table) sheet(name string) sheet {
	s := sheet{name: name, down: map[[2]int][2]int{}}
	for _, line := range t.Above {
		s.rows = append(s.rows, []string{line})
	}
	n := len(s.rows)
	for r, row := range t.Rows {
		row = append([]string(nil), row...)
		for c := range row {
			if r >= len(t.Origin) || c >= len(t.Origin[r]) {
				continue
			}
			from := t.Origin[r][c]
			if from[0] < len(t.Rows) && from[1] < len(t.Rows[from[0]]) && from != [2]int{r, c} {
				row[c] = t.Rows[from[0]][from[1]]
				s.down[[2]int{n + r + 1, c + 1}] = [2]int{n + from[0] + 1, from[1] + 1}
				s.down[[2]int{n + from[0] + 1, from[1] + 1}] = [2]int{n + from[0] + 1, from[1] + 1}
			}
		}
		s.rows = append(s.rows, row)
	}
	return s
}
