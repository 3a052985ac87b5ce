package importer

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/personal"
)

// sheetOf writes a workbook of one sheet.
func sheetOf(t *testing.T, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for r, row := range rows {
		for c, v := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err == nil {
				err = f.SetCellValue("Sheet1", at, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	name := filepath.Join(t.TempDir(), "名单.xlsx")
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

// Whatever way a number takes into a file that is imported, no record holds it, and the
// report counts it.
func TestNumbersStayOut(t *testing.T) {
	digits := func(s string) (out []any) {
		for _, c := range s {
			out = append(out, string(c))
		}
		return out
	}
	heads := func(n int) (out []any) {
		for i := range n {
			out = append(out, "格"+strconv.Itoa(i+1))
		}
		return out
	}
	number := 110105194912310028.0
	for _, c := range []struct {
		what, file string
		told       []string
	}{
		{"a Word file", "testdata/numbers.docx", []string{"身份证号 7 个", "残疾证号 1 个", "手机号 2 个"}},
		{"of a disability certificate", "testdata/disability.xlsx", nil},
		{"stored as numbers", "testdata/stored-as-number.xlsx", nil},
		{"a digit a cell", sheetOf(t, append([]any{"姓名"}, heads(18)...), append([]any{"卜渡"}, digits("11010519491231002X")...)), []string{"一格一位地写着的个人号码 1 个"}},
		{"a digit a cell, as numbers, without a heading", sheetOf(t, []any{"姓名"}, []any{"卜渡", 1, 3, 8, 0, 0, 1, 3, 8, 0, 0, 0}), []string{"一格一位地写着的个人号码 1 个"}},
		{"a number with a fraction's place", sheetOf(t, []any{"姓名", "备注"}, []any{"卜渡", number}), []string{"身份证号 1 个"}},
		{"run together in a cell", sheetOf(t, []any{"姓名", "备注"}, []any{"卜渡", "11010519491231002X13800138000"}), []string{"身份证号 1 个", "手机号 1 个"}},
		{"in another script", sheetOf(t, []any{"姓名", "备注"}, []any{"卜渡", "一三八零零一三八零零零，①③⑨⓪⓪⓪⓪②②②②"}), []string{"手机号 2 个"}},
		{"in a heading", sheetOf(t, []any{"姓名", "备注138\u200b0013\u200b8000"}, []any{"卜渡", "好"}), nil},
	} {
		site := empty()
		p, err := Make(site, []string{c.file}, Options{Today: today, Lang: diag.Chinese, Region: []string{"某省", "某市"}})
		if err != nil {
			t.Fatal(err)
		}
		s := p.Sources[0]
		if s.Err != nil || len(s.Files) == 0 {
			t.Errorf("%s: %v, %d files", c.what, s.Err, len(s.Files))
			continue
		}
		for _, f := range s.Files {
			for _, x := range personal.Find(string(f.Data)) {
				t.Errorf("%s: %s holds %q", c.what, f.Path, f.Data[x.From:x.To])
			}
			for _, part := range []string{"19491231", "196511", "19860301", "19900101", "8000", "2222"} {
				if strings.Contains(string(f.Data), part) {
					t.Errorf("%s: %s holds a part of a number, %s:\n%s", c.what, f.Path, part, f.Data)
				}
			}
		}
		told := ""
		for _, e := range s.Log.Entries {
			told += e.Text.Zh + "\n"
			if len(personal.Find(e.Text.Zh)) > 0 {
				t.Errorf("%s: the report repeats a number: %s", c.what, e.Text.Zh)
			}
		}
		for _, want := range c.told {
			if !strings.Contains(told, want) {
				t.Errorf("%s: the report does not say %s:\n%s", c.what, want, told)
			}
		}
	}
}

// In a document a number may lie in several cells, in several looks, in an address, in a
// reading.
func TestNumbersOfDocuments(t *testing.T) {
	cells := func(s string) (row [][]rich.Span) {
		for _, c := range s {
			row = append(row, []rich.Span{{Text: string(c)}})
		}
		return row
	}
	d := &rich.Document{Blocks: []rich.Block{
		{Kind: rich.Table, Cells: [][][]rich.Span{cells("号码号码号码号码号码号码号码号码号码"), cells("11010519491231002X")}},
		{Text: []rich.Span{{Text: "电话138"}, {Text: "0013", Bold: true}, {Text: "8000。"}}},
		{Text: []rich.Span{{Text: "打电话", Link: "tel:13800138000"}, {Text: "，", Ruby: "139 0000 2222"}}},
		{Text: []rich.Span{{Text: "13800138000", Link: "tel:13800138000"}}},
	}}
	c := newCensor(diag.Chinese)
	c.document(d)
	text, _ := d.Markdown()
	if x := personal.Find(text); len(x) > 0 || strings.Contains(text, "tel:") || strings.Contains(text, "| 9 |") || strings.Contains(text, "0013") {
		t.Errorf("left: %v\n%s", x, text)
	}
	if c.count[personal.IDNumber] != 1 || c.count[personal.Mobile] != 4 {
		t.Errorf("counted %v", c.count)
	}
	var log report.Log
	c.tell(&log)
	if len(log.Entries) != 2 {
		t.Errorf("told %v", log.Entries)
	}
}
