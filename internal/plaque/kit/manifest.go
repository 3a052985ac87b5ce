package kit

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// columns are the manifest's, with their widths in Excel's characters.
var columns = []struct {
	name  string
	width float64
}{
	{"编号 code", 10}, {"二维码内容 text", 42}, {"展品 exhibit", 28}, {"展品编号 number", 12}, {"版式 design", 10},
	{"宽 mm width", 10}, {"高 mm height", 10}, {"码宽 mm code", 10}, {"小方格 mm module", 10}, {"材质 material", 10},
	{"扫描距离 m distance", 12}, {"图上位置 place", 14}, {"数量 quantity", 8}, {"发放 issued", 12},
	{"SVG", 14}, {"SVG SHA-256", 66}, {"PDF", 14}, {"PDF SHA-256", 66}, {"DXF", 14}, {"DXF SHA-256", 66},
}

// row is one plaque's line, cell by cell; numbers stay numbers.
func row(p Plaque, f Facts) []any {
	place := ""
	if len(p.PlanAt) == 2 {
		place = fmt.Sprintf("%.3f, %.3f", p.PlanAt[0], p.PlanAt[1])
	}
	var distance any = ""
	if p.Distance > 0 {
		distance = p.Distance
	}
	cells := []any{
		p.Code, p.Address, p.Exhibit, p.Number, p.Design, f.W, f.H, f.Code, f.Module, p.Material,
		distance, place, 1, p.Issued.String(),
	}
	for _, format := range Listed() {
		cells = append(cells, FileName(p.Code, format), f.Sums[format])
	}
	return cells
}

func round(f float64) float64 {
	v, err := strconv.ParseFloat(strconv.FormatFloat(f, 'f', 2, 64), 64)
	if err != nil {
		return f
	}
	return v
}

// Manifest lists a venue's plaques for the fabricator.
type Manifest struct{ rows [][]any }

// NewManifest lists the plaques of a venue; facts tells those of the i-th.
func NewManifest(v Venue, facts func(i int) (Facts, error)) (*Manifest, error) {
	m := &Manifest{}
	for i, p := range v.Plaques {
		f, err := facts(i)
		if err != nil {
			return nil, err
		}
		m.rows = append(m.rows, row(p, f))
	}
	return m, nil
}

// CSV is UTF-8 with a byte-order mark, so that Excel and WPS read the Chinese right.
func (m *Manifest) CSV(w *bytes.Buffer) error {
	w.WriteString("\ufeff")
	c := csv.NewWriter(w)
	c.UseCRLF = true
	head := make([]string, len(columns))
	for i, col := range columns {
		head[i] = col.name
	}
	if err := c.Write(head); err != nil {
		return err
	}
	for _, r := range m.rows {
		line := make([]string, len(r))
		for i, cell := range r {
			line[i] = fmt.Sprint(cell)
			if text, ok := cell.(string); ok {
				line[i] = plain(text)
			}
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// plain keeps spreadsheets from reckoning a text that begins like a formula, by the
// apostrophe with which they mark texts themselves (OWASP, "CSV Injection").
func plain(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// XLSX is the same as a workbook: header frozen, columns wide enough. Codes are text
// cells, so that 12E4 stays 12E4.
func (m *Manifest) XLSX(w *bytes.Buffer) (err error) {
	f := excelize.NewFile()
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	const sheet = "铭牌"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, col := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(sheet, name, name, col.width); err != nil {
			return err
		}
		if err := f.SetCellStr(sheet, name+"1", col.name); err != nil {
			return err
		}
		if err := f.SetCellStyle(sheet, name+"1", name+"1", bold); err != nil {
			return err
		}
		for r, cells := range m.rows {
			if err := f.SetCellValue(sheet, name+strconv.Itoa(r+2), cells[i]); err != nil {
				return err
			}
		}
	}
	if err := f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return f.Write(w)
}
