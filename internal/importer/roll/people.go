package roll

import (
	"strings"
	"unicode"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/personal"
)

// people reads the rows below the heading.
func (s *sheet) people(log *report.Log) []Person {
	where := diagName(s.name)
	h, ok := s.find()
	if !ok {
		for r := range s.rows {
			for c := range s.rows[r] {
				if s.at(r, c) != "" {
					log.Add(report.Left, "工作表“%s”：没有写着“姓名”的表头", "sheet %q: it has no heading that says 姓名 or Name", where)
					return nil
				}
			}
		}
		return nil
	}
	t := &table{sheet: s, heading: h, log: log, where: where, guessed: map[string]int{}}
	t.discreet()
	t.tellColumns()
	t.fromTitle()
	for r := h.row + 1; r < len(s.rows); r++ {
		t.row(r)
	}
	t.tell()
	return t.out
}

// discreet blanks cells that only together hold somebody's number, one digit in each: when
// each is looked at by itself, nobody would know.
func (t *table) discreet() {
	n := 0
	for _, row := range t.rows {
		found := personal.Find(strings.Join(row, "\t"))
		at := 0
		for c, v := range row {
			from, to := at, at+len(v)
			at = to + len("\t")
			for _, f := range found {
				if f.From < to && f.To > from && (f.From < from || f.To > to) {
					if row[c] = ""; f.From >= from {
						n++
					}
				}
			}
		}
	}
	if n > 0 {
		t.log.Add(report.Left, "“%s”：一格一位地写着的个人号码 %d 个，没有收", "%s: %d numbers of people, one digit a cell", t.where, n)
	}
}

func diagName(s string) string {
	if s == "" {
		return "csv"
	}
	return s
}

// table is one sheet being read.
type table struct {
	*sheet
	heading
	log       *report.Log
	where     string
	common    Honor // what title and sheet name say of every row's honour
	out       []Person
	from      [2]int   // the merged cell the last name came from
	last      int      // how many people that name made
	lastRow   int      // the row of the last person, index
	year      int      // that title or sheet name tell
	around    []string // province and city that the title names
	sectioned string   // the honour that a row between people gave to those below
	toldBelow bool
	guessed   map[string]int
	faults    int // cells whose formula has no result
}

// row reads one row below the headings.
func (t *table) row(r int) {
	var words []string
	nameAt := -1
	for c := range t.rows[r] {
		if v := t.at(r, c); v != "" && (len(words) == 0 || words[len(words)-1] != v) {
			words = append(words, v)
		}
		if c < len(t.columns) && t.columns[c] == name && nameAt < 0 {
			nameAt = c
		}
	}
	if len(words) == 0 {
		return
	}
	v := ""
	if nameAt >= 0 {
		v = t.at(r, nameAt)
	}
	switch {
	case v != "" && columnOf(v) == name:
		return // the headings again, on another printed page
	case t.aside(r, nameAt, v, words):
		return
	case !strings.ContainsFunc(v, unicode.IsLetter):
		t.log.Add(report.Left, "“%s”第 %d 行没有姓名", "%s, row %d has no name", t.where, r+1)
		return
	}
	if t.sectioned != "" {
		t.common.Title = t.sectioned
	}
	p := t.person(r)
	p.Sheet, p.Row = t.name, r+1
	t.lastRow = r
	if from, merged := t.down[[2]int{r + 1, nameAt + 1}]; merged && from == t.from && t.last > 0 && from[0] != r+1 {
		for i := len(t.out) - t.last; i < len(t.out); i++ {
			t.out[i].Join(p)
		}
		return
	}
	t.from = t.down[[2]int{r + 1, nameAt + 1}]
	names := t.names(v, &p)
	t.guess(&p)
	t.last = len(names)
	for _, n := range names {
		one := p
		one.Name = n
		one.Honors = append([]Honor(nil), p.Honors...)
		one.Extra = append([]Extra(nil), p.Extra...)
		t.out = append(t.out, one)
	}
	if len(names) > 1 {
		t.log.Add(report.Guessed, "“%s”第 %d 行有 %d 个姓名，各建一个文件：%s", "%s, row %d has %d names, a file for each: %s", t.where, r+1, len(names), strings.Join(names, "、"))
	}
}

// safe keeps a text from telling in the report what may not be told.
func (t *table) safe(s string) string {
	if digits := strings.IndexFunc(s, unicode.IsDigit); digits >= 0 {
		s = s[:digits]
	}
	return report.Short(s)
}
