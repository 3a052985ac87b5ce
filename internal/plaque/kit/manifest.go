package kit

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/design"
)

// column is one of the manifest's, with its width in Excel's characters. To its Chinese name
// an English word is put, by which programs find it.
type column struct {
	name  diag.Text
	width float64
}

// columns of every plaque; files follow, two columns each.
var columns = []column{
	{diag.Text{Zh: "编号 code", En: "code"}, 10}, {diag.Text{Zh: "二维码内容 text", En: "text in the code"}, 42},
	{diag.Text{Zh: "展品 exhibit", En: "exhibit"}, 28}, {diag.Text{Zh: "展品编号 number", En: "number of the exhibit"}, 12},
	{diag.Text{Zh: "版式 design", En: "design"}, 10}, {diag.Text{Zh: "宽 mm width", En: "width mm"}, 10},
	{diag.Text{Zh: "高 mm height", En: "height mm"}, 10}, {diag.Text{Zh: "码宽 mm code", En: "side of the code mm"}, 10},
	{diag.Text{Zh: "小方格 mm module", En: "module mm"}, 10}, {diag.Text{Zh: "材质 material", En: "material"}, 14},
	{diag.Text{Zh: "工艺 process", En: "process"}, 28}, {diag.Text{Zh: "扫描距离 m distance", En: "scanning distance m"}, 12},
	{diag.Text{Zh: "码边已缩 µm per edge", En: "edges of the code drawn back µm"}, 14},
	{diag.Text{Zh: "割缝补偿 mm kerf", En: "kerf allowed for mm"}, 12},
	{diag.Text{Zh: "图上位置 place", En: "place on the plan"}, 14}, {diag.Text{Zh: "数量 quantity", En: "quantity"}, 8}, {diag.Text{Zh: "发放 issued", En: "issued"}, 12},
}

// manifestFiles are those that the manifest lists, in its order; a plaque has not all of them.
var manifestFiles = []Format{SVG, PDF, DXF, MirrorPDF, Film, MirrorFilm}

// row is one plaque's line, cell by cell; numbers stay numbers.
func (m *Manifest) row(p *Plaque, d *design.Design, f Facts) []any {
	place := ""
	if len(p.PlanAt) == 2 {
		place = fmt.Sprintf("%.3f, %.3f", p.PlanAt[0], p.PlanAt[1])
	}
	var distance any = ""
	if p.Distance > 0 {
		distance = p.Distance
	}
	cells := []any{
		p.Code, p.Address, p.Exhibit, p.Number, called(d, m.lang), f.W, f.H, f.Code, f.Module, p.MaterialName,
		ProcessOf(p.Material, p.Photo != nil).Name().In(m.lang), distance, round(d.Compensation * 1000), 0.0, place, 1, p.Issued.String(),
	}
	for _, format := range m.files {
		if sum := f.Sums[format]; sum != "" {
			cells = append(cells, FileName(p.Code, format), sum)
		} else {
			cells = append(cells, "", "")
		}
	}
	return cells
}

// called is a design's title, or its name where it has none.
func called(d *design.Design, lang diag.Lang) string { return cmp.Or(d.Title.In(lang), d.Name) }

func round(f float64) float64 {
	v, err := strconv.ParseFloat(strconv.FormatFloat(f, 'f', 2, 64), 64)
	if err != nil {
		return f
	}
	return v
}

// Manifest lists a venue's plaques for the fabricator: what each is, how it is worked, and
// what the drawing already allows for. The edges of codes are drawn back by as much as their
// column says, for tools that take more than their line; outlines are those of the finished
// plaque, with no kerf.
type Manifest struct {
	lang    diag.Lang
	files   []Format // listed: those that some plaque has
	columns []column
	rows    [][]any
}

// NewManifest lists the plaques of a venue; facts tells those of the i-th.
func NewManifest(v Venue, designs map[string]*design.Design, facts func(i int) (Facts, error)) (*Manifest, error) {
	m := &Manifest{lang: v.Lang, columns: slices.Clone(columns)}
	for _, f := range manifestFiles {
		if slices.ContainsFunc(v.Plaques, func(p Plaque) bool { return slices.Contains(p.Files(), f) }) {
			name := f.name()
			m.files = append(m.files, f)
			m.columns = append(m.columns, column{name, 18}, column{diag.Text{Zh: name.Zh + " SHA-256", En: name.En + " SHA-256"}, 66})
		}
	}
	for i := range v.Plaques {
		p := &v.Plaques[i]
		f, err := facts(i)
		if err != nil {
			return nil, err
		}
		m.rows = append(m.rows, m.row(p, designs[p.Design], f))
	}
	return m, nil
}

// CSV is UTF-8 with a byte-order mark, so that Excel and WPS read the Chinese right.
func (m *Manifest) CSV(w *bytes.Buffer) error {
	w.WriteString("\ufeff")
	c := csv.NewWriter(w)
	c.UseCRLF = true
	head := make([]string, len(m.columns))
	for i, col := range m.columns {
		head[i] = col.name.In(m.lang)
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
	sheet := diag.Text{Zh: "铭牌", En: "plaques"}.In(m.lang)
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, col := range m.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(sheet, name, name, col.width); err != nil {
			return err
		}
		if err := f.SetCellStr(sheet, name+"1", col.name.In(m.lang)); err != nil {
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
