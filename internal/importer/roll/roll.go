// Package roll reads honour rolls (花名册, 名单) from workbooks (.xlsx) and .csv files
// into [Person]s.
//
// # How a table is understood
//
// Rolls are made for printing: a title above, a heading row or two, merged cells, a
// sum below. The heading row is the one among the first twenty in which most cells
// are headings known here ([columns]); it must name a column of names. Headings are
// compared without blanks, line breaks and what stands in brackets; one that is not
// known word for word is guessed by its parts (获奖人姓名), and told. A merged cell
// counts for every cell it covers; a heading under another is tried with it (授予
// over 时间 is 授予时间). Several rolls side by side are read one after the other
// ([sheet.blocks]); a form about one person becomes a roll of one row ([sheet.form]).
//
// Between and below the people stand sections (一、见义勇为英雄（3名）), deeds in a row of
// their own, notes and sums: see rows.go. Hidden rows and columns are left, comments
// are quoted to the editor, and both are told.
//
// Every column comes to one of four ends: a fact of a person; private, and then not
// one character of it leaves this package; a number of the row, which is dropped;
// anything else, which the person keeps under its heading as Extra.
//
// Dates are read as people write them (2021.7.20, 2021年7月, 20210720) and as Excel
// keeps them. What cannot be read as what its column should hold becomes an Extra,
// never nothing.
//
// # Hostile files
//
// excelize is told to unpack 256 MB at most and 64 MB of one sheet; at most 50
// sheets, 20,000 rows, 200 columns and 20,000 characters of a cell are read, and a
// line in the report says so where there is more.
package roll

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/report"
)

// Person is one row, or several rows of one person.
type Person struct {
	Sheet string // "" in a .csv
	Row   int    // counts from 1

	Name        string
	Also        []string
	Group       bool
	Gender      string // male, female
	Status      string // of content.Status
	Born        date.Date
	Occupation  string
	NativePlace string
	Region      []string
	Date        date.Date // of the deed
	Place       string
	Type        string // of content.DeedType
	Deed        string // its text, paragraphs parted by \n
	Honors      []Honor
	Confirmed   Confirmed
	Sources     []string
	Extra       []Extra
}

// Honor is one honour held.
type Honor struct {
	Title, Session, Level, By string // Level of content.Level
	Year                      int
}

// Confirmed says who confirmed the deed.
type Confirmed struct {
	By, Document string
	Date         date.Date
}

// Extra is a value that has no place of its own.
type Extra struct{ Heading, Value string }

// Bounds of what is read.
const (
	maxSheets  = 50
	maxRows    = 20_000
	maxColumns = 200
	maxCell    = 20_000 // characters
	mostLeft   = 8      // cells of a form that are told one by one
)

// sheet is a table of text.
type sheet struct {
	name string
	rows [][]string
	down map[[2]int][2]int // cell → first cell of the merge that covers it
	left []string          // of a form: words that belong to no label

	from1904 bool // its days count from 1904, as older Macs' do
}

var (
	errTable = report.Errorf("这个表格打不开：它可能没有传完整，或加了密码。用 WPS 打开，另存为 .xlsx 再试",
		"this table cannot be opened: it may be cut off or have a password. Open it in WPS or Excel and save it as .xlsx again")
	errOldTable = report.Errorf("这是老格式（.xls 或 .et），或者加了密码。用 WPS 打开，另存为 .xlsx，不要设密码",
		"this is the old format (.xls or .et), or has a password. Open it in WPS or Excel and save it as .xlsx without one")
)

// Read reads a file by its name's ending. What is worth telling goes to log; an
// error is a *[report.Error].
func Read(name string, b []byte, log *report.Log) ([]Person, error) {
	var sheets []sheet
	var err error
	switch {
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		return nil, errOldTable
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		sheets, err = workbook(b, log)
	case strings.EqualFold(path.Ext(name), ".xlsx"):
		return nil, errTable
	default:
		sheets, err = separated(b, log)
	}
	if err != nil {
		return nil, err
	}
	return read(sheets, log)
}

func read(sheets []sheet, log *report.Log) ([]Person, error) {
	var people []Person
	for _, s := range sheets {
		if form, ok := s.form(); ok {
			log.Add(report.Guessed, "“%s”：这是一人一表的登记表，按一个人收", "%s: a form about one person", diagName(s.name))
			for i, v := range form.left {
				if i == mostLeft {
					log.Add(report.Left, "“%s”：还有 %d 格", "%s: %d cells more", diagName(s.name), len(form.left)-i)
					break
				}
				log.Add(report.Left, "“%s”：不知道属于哪一栏的“%s”", "%s: %q, of which no label is known", diagName(s.name), report.Short(v))
			}
			s = form
		}
		parts := s.blocks()
		if parts == nil {
			parts = []sheet{s}
		} else {
			log.Add(report.Guessed, "“%s”：%d 栏并排，一栏一栏地读", "%s: %d rolls side by side, read one after the other", diagName(s.name), len(parts))
		}
		for _, part := range parts {
			people = append(people, part.people(log)...)
		}
	}
	if len(people) == 0 {
		return nil, report.Errorf("表里找不到名单：要有一行表头，其中一格写“姓名”", "no roll was found: there must be a heading row, with a cell that says 姓名 or Name")
	}
	return people, nil
}

func cut(s string, log *report.Log) string {
	if utf8.RuneCountInString(s) <= maxCell {
		return s
	}
	log.Add(report.Left, "一格里第 %d 个字以后：“%s”", "what follows character %d of the cell %q", maxCell, report.Short(s))
	return string([]rune(s)[:maxCell])
}
