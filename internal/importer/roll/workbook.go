package roll

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/report"
)

// workbook reads every sheet that is shown.
func workbook(b []byte, log *report.Log) (sheets []sheet, err error) {
	// A damaged workbook must not end the program, even where excelize panics at it.
	defer func() {
		if recover() != nil {
			sheets, err = nil, errTable
		}
	}()
	// The formats that a Chinese Excel numbers without writing them down (31 is 2017年6月18日)
	// are dates only where the culture is given.
	f, ferr := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 64 << 20, RawCellValue: true, CultureInfo: excelize.CultureNameZhCN})
	if ferr != nil {
		return nil, errTable
	}
	defer f.Close()
	props, _ := f.GetWorkbookProps()
	from1904 := props.Date1904 != nil && *props.Date1904
	for i, name := range f.GetSheetList() {
		if i == maxSheets {
			log.Add(report.Left, "第 %d 张以后的工作表", "sheets after number %d", maxSheets)
			break
		}
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			log.Add(report.Left, "隐藏的工作表“%s”", "the hidden sheet %q", name)
			continue
		}
		raw, err := rowsOf(f, name, true, log)
		if err != nil {
			return nil, errTable
		}
		shown, err := rowsOf(f, name, false, log)
		if err != nil {
			return nil, errTable
		}
		symbols := drawings(f)
		s := sheet{name: name, rows: raw, from1904: from1904}
		for r, row := range raw {
			for c, v := range row {
				if r < len(shown) && c < len(shown[r]) {
					row[c] = dateCell(v, shown[r][c], from1904)
				}
				if row[c] == v {
					row[c] = symbols.cell(name, r, c, v)
				}
				row[c] = cut(row[c], log)
			}
		}
		s.merge(f)
		s.hide(f, log)
		if cells, err := f.GetPictureCells(name); err == nil && len(cells) > 0 {
			log.Add(report.Left, "工作表“%s”里的图片 %d 张：请另存后放到各人的文件夹里", "%[2]d pictures of sheet %[1]q: save them and put them into the people's folders", name, len(cells))
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// rowsOf reads a sheet as it is stored (raw) or as it is shown.
func rowsOf(f *excelize.File, name string, raw bool, log *report.Log) ([][]string, error) {
	it, err := f.Rows(name)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var out [][]string
	for it.Next() {
		if len(out) == maxRows {
			log.Add(report.Left, "第 %d 行以后：表太长", "rows after %d: the table is too long", maxRows)
			break
		}
		row, err := it.Columns(excelize.Options{RawCellValue: raw})
		if err != nil {
			return nil, err
		}
		if len(row) > maxColumns {
			log.Add(report.Left, "第 %d 列以后：表太宽", "columns after %d: the table is too wide", maxColumns)
			row = row[:maxColumns]
		}
		out = append(out, row)
	}
	return out, it.Error()
}

var dateShown = regexp.MustCompile(`\d[-/.年]\d|月|日`)

// dateCell writes a number that Excel shows as a date as one.
func dateCell(raw, shown string, from1904 bool) string {
	if raw == shown || !dateShown.MatchString(shown) {
		return raw
	}
	if n, ok := amount(shown); ok {
		if v, err := strconv.ParseFloat(raw, 64); err == nil && (n == v || math.Abs(n-v) <= 0.5 && !monthShown.MatchString(shown) || math.Abs(n-v) <= 1e-6*math.Abs(v)) {
			if monthShown.MatchString(shown) {
				return shown // 2019.10, which is October
			}
			return raw // a number: 5,000.00
		}
	}
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || x < 1 || x > 100_000 {
		return raw
	}
	t, err := excelize.ExcelDateToTime(x, from1904)
	if err != nil {
		return raw
	}
	d := date.Of(t.Round(time.Second)) // a fraction of a day is no whole number of seconds
	switch len(figures.FindAllString(shown, 4)) {
	case 1:
		d.Month, d.Day = 0, 0
	case 2:
		if strings.Contains(shown, "年") || yearFirst.MatchString(shown) {
			d.Day = 0 // kept as the first of a month, shown as a month
		}
	}
	return d.String()
}

var (
	figures    = regexp.MustCompile(`\d+`)
	yearFirst  = regexp.MustCompile(`^\d{4}\D`)
	monthShown = regexp.MustCompile(`^(?:18|19|20)\d\d\.(?:0?[1-9]|1[0-2])$`)
)

// amount reads a number as a cell shows it: with commas, a currency, in thousands.
func amount(shown string) (float64, bool) {
	bare := strings.NewReplacer(",", "", "¥", "", "￥", "", "$", "", "元", "", " ", "").Replace(shown)
	n, err := strconv.ParseFloat(bare, 64)
	return n, err == nil
}

// merge copies the value of merged cells into all they cover.
func (s *sheet) merge(f *excelize.File) {
	cells, err := f.GetMergeCells(s.name)
	if err != nil {
		return
	}
	s.down = map[[2]int][2]int{}
	for _, m := range cells {
		c1, r1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || r1 > len(s.rows) || c1 > maxColumns {
			continue
		}
		value := ""
		if c1 <= len(s.rows[r1-1]) {
			value = s.rows[r1-1][c1-1]
		}
		for r := r1; r <= min(r2, len(s.rows)); r++ {
			row := s.rows[r-1]
			for len(row) < min(c2, maxColumns) {
				row = append(row, "")
			}
			for c := c1; c <= min(c2, maxColumns); c++ {
				row[c-1] = value
				s.down[[2]int{r, c}] = [2]int{r1, c1}
			}
			s.rows[r-1] = row
		}
	}
}

// hide drops rows and columns that the workbook does not show, and tells comments, which
// may say what nobody else says: the family does not agree. Neither is ever published.
func (s *sheet) hide(f *excelize.File, log *report.Log) {
	where := diagName(s.name)
	var rows, columns []string
	for r := range s.rows {
		if shown, err := f.GetRowVisible(s.name, r+1); err == nil && !shown && !blank(s.rows[r]) {
			rows = append(rows, strconv.Itoa(r+1))
			s.rows[r] = nil
		}
	}
	wide := 0
	for _, row := range s.rows {
		wide = max(wide, len(row))
	}
	for c := range wide {
		letter, err := excelize.ColumnNumberToName(c + 1)
		if err != nil {
			continue
		}
		if shown, err := f.GetColVisible(s.name, letter); err != nil || shown {
			continue
		}
		any := false
		for _, row := range s.rows {
			if c < len(row) && row[c] != "" {
				row[c], any = "", true
			}
		}
		if any {
			columns = append(columns, letter)
		}
	}
	if len(rows) > 0 {
		log.Add(report.Left, "“%s”：隐藏的 %d 行（%s）", "%s: %d hidden rows (%s)", where, len(rows), few(rows))
	}
	if len(columns) > 0 {
		log.Add(report.Left, "“%s”：隐藏的 %d 列（%s）", "%s: %d hidden columns (%s)", where, len(columns), few(columns))
	}
	comments, err := f.GetComments(s.name)
	if err != nil {
		return
	}
	for i, c := range comments {
		if i == 20 {
			log.Add(report.Todo, "“%s”：还有 %d 条批注，请在表里看", "%s: %d more comments; read them in the sheet", where, len(comments)-i)
			break
		}
		text := c.Text
		if text == "" {
			for _, run := range c.Paragraph {
				text += run.Text
			}
		}
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			log.Add(report.Todo, "“%s”%s 格有批注，请照办：“%s”", "%s, cell %s has a comment: %q", where, c.Cell, report.Short(text))
		}
	}
}

func blank(row []string) bool {
	for _, v := range row {
		if v != "" {
			return false
		}
	}
	return true
}

// few lists some of many.
func few(list []string) string {
	if len(list) > 12 {
		return strings.Join(list[:12], "、") + "…"
	}
	return strings.Join(list, "、")
}
