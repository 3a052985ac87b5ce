package scans

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// CSV writes a line for each month and code, and one for each code that was never opened;
// as UTF-8 with a byte-order mark, so that Excel and WPS read the Chinese right.
func (r *Report) CSV(w io.Writer) error {
	out := bufio.NewWriter(w)
	if _, err := out.WriteString("\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(out)
	c.UseCRLF = true
	lines := [][]string{{"月份 month", "编号 code", "情况 state", "阵地 venue", "名称 name", "展品 exhibit", "展品名称 name", "打开 openings", "没有打开 failed"}}
	for _, x := range r.Codes {
		months := []string{}
		for m := range x.Months {
			months = append(months, m)
		}
		for m := range x.failing {
			if _, both := x.Months[m]; !both {
				months = append(months, m)
			}
		}
		if slices.Sort(months); len(months) == 0 {
			months = []string{""}
		}
		for _, m := range months {
			lines = append(lines, []string{m, x.Code, x.state(), x.Venue, plain(x.VenueName), x.Exhibit, plain(x.Name), fmt.Sprint(x.Months[m]), fmt.Sprint(x.failing[m])})
		}
	}
	for _, x := range r.Strange {
		lines = append(lines, []string{"", x.Code, "没有发过 never issued", "", "", "", "", fmt.Sprint(x.Requests), ""})
	}
	if err := c.WriteAll(lines); err != nil {
		return err
	}
	return out.Flush()
}

func (x Code) state() string {
	if x.Retired {
		return "停用 retired"
	}
	return "在用 active"
}

// plain keeps spreadsheets from reckoning a text that begins like a formula, by the
// apostrophe with which they mark texts themselves (OWASP, "CSV Injection").
func plain(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// charted is how many exhibits the chart of exhibits shows.
const charted = 20

// workbook is one being written; the first error is kept.
type workbook struct {
	f    *excelize.File
	bold int
	err  error
}

func (b *workbook) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// sheet writes a table with its head frozen.
func (b *workbook) sheet(name string, widths []float64, head []any, rows [][]any) {
	if b.err != nil {
		return
	}
	_, err := b.f.NewSheet(name)
	b.do(err)
	s, err := b.f.NewStreamWriter(name)
	if err != nil {
		b.do(err)
		return
	}
	for i, w := range widths {
		b.do(s.SetColWidth(i+1, i+1, w))
	}
	b.do(s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	b.do(s.SetRow("A1", head, excelize.RowOpts{StyleID: b.bold}))
	for i, r := range rows {
		b.do(s.SetRow(fmt.Sprintf("A%d", i+2), r))
	}
	b.do(s.Flush())
}

// chart draws a column of the first rows of a sheet beside its table.
func (b *workbook) chart(kind excelize.ChartType, sheet, at, label, value, title string, rows int) {
	if b.err != nil || rows == 0 {
		return
	}
	none := false
	height := uint(320)
	if kind == excelize.Bar {
		height = uint(120 + 24*rows)
	}
	b.do(b.f.AddChart(sheet, at, &excelize.Chart{
		Type: kind,
		Series: []excelize.ChartSeries{{
			Name:       fmt.Sprintf("'%s'!$%s$1", sheet, value),
			Categories: fmt.Sprintf("'%s'!$%s$2:$%s$%d", sheet, label, label, rows+1),
			Values:     fmt.Sprintf("'%s'!$%s$2:$%s$%d", sheet, value, value, rows+1),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"A8201A"}},
		}},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title}}},
		Legend:     excelize.ChartLegend{Position: "none"},
		Dimension:  excelize.ChartDimension{Width: 760, Height: height},
		XAxis:      excelize.ChartAxis{ReverseOrder: kind == excelize.Bar}, // the first bar on top
		VaryColors: &none,
	}))
}

// XLSX writes a workbook: months, venues, exhibits, codes, with charts of the months, the
// venues and the exhibits that were opened most.
func (r *Report) XLSX(w io.Writer) error {
	f := excelize.NewFile()
	b := &workbook{f: f}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	b.bold = bold
	b.do(err)

	const months, venues, exhibits, codes, unknown, about = "月份 months", "阵地 venues", "展品 exhibits", "编号 codes", "没有发过 never issued", "说明 about"
	var rows [][]any
	for _, m := range r.Months {
		rows = append(rows, []any{m.Month, m.Openings, m.Retired, m.Failed, m.Robots, m.Previews})
	}
	b.sheet(months, []float64{12, 14, 18, 18, 16, 22}, []any{"月份 month", "打开 openings", "停用的 retired", "没有打开 failed", "机器人 robots", "预览预取 previews"}, rows)
	b.chart(excelize.Col, months, "H2", "A", "B", "每月打开次数 openings by month", len(rows))

	rows = nil
	for _, v := range r.Venues {
		rows = append(rows, append([]any{v.Name, v.Openings, v.Venue}, spreadOver(v.Months, r.Months)...))
	}
	head := func(first ...any) []any {
		for _, m := range r.Months {
			first = append(first, m.Month)
		}
		return first
	}
	b.sheet(venues, []float64{30, 14, 24}, head("阵地 venue", "打开 openings", "网址名 slug"), rows)
	b.chart(excelize.Bar, venues, below(len(rows)), "A", "B", "各阵地打开次数 openings by venue", min(len(rows), charted))

	rows = nil
	for _, x := range r.Exhibits {
		rows = append(rows, append([]any{x.Name + " · " + x.VenueName, x.Openings, x.Exhibit}, spreadOver(x.Months, r.Months)...))
	}
	b.sheet(exhibits, []float64{44, 14, 32}, head("展品 exhibit", "打开 openings", "网址名 slug"), rows)
	b.chart(excelize.Bar, exhibits, below(len(rows)), "A", "B", "打开最多的展品 exhibits opened most", min(len(rows), charted))

	rows = nil
	for _, c := range r.Codes {
		rows = append(rows, []any{c.Code, c.state(), c.VenueName, c.Name, c.Openings, c.Failed, c.Robots, c.Previews})
	}
	b.sheet(codes, []float64{10, 16, 26, 30, 14, 18, 16, 22}, []any{"编号 code", "情况 state", "阵地 venue", "展品 exhibit", "打开 openings", "没有打开 failed", "机器人 robots", "预览预取 previews"}, rows)

	rows = nil
	for _, s := range r.Strange {
		rows = append(rows, []any{s.Code, s.Requests, strings.Join(s.Near, ", ")})
	}
	b.sheet(unknown, []float64{12, 14, 30}, []any{"编号 code", "次数 requests", "像是 perhaps"}, rows)

	b.sheet(about, []float64{40, 24}, []any{"日志 logs", ""}, [][]any{
		{"从 from", r.From}, {"到 to", r.To}, {"行 lines", r.Lines}, {"请求 requests", r.Requests}, {"看不懂的行 odd lines", r.Odd},
		{"问了没有发过的编号 codes never issued", r.Unknown},
	})
	b.do(f.DeleteSheet("Sheet1"))
	f.SetActiveSheet(0)
	if b.err == nil {
		b.do(f.Write(w))
	}
	b.do(f.Close())
	return b.err
}

// below is where a chart stands that would hide columns beside the table.
func below(rows int) string { return fmt.Sprintf("A%d", rows+4) }

// spreadOver lists counts in the order of the months.
func spreadOver(m Monthly, months []Month) []any {
	out := make([]any, 0, len(months))
	for _, x := range months {
		out = append(out, m[x.Month])
	}
	return out
}
