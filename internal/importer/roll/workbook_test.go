package roll

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/importer/report"
)

// The formats of a Chinese Excel that a workbook names by number alone are dates, in either
// system of days; so are bare numbers in a column of dates.
func TestDatesByNumberAlone(t *testing.T) {
	for _, mac := range []bool{false, true} {
		f := excelize.NewFile()
		day := func(n float64) float64 {
			if mac {
				return n - 1462 // days from the first day of 1900 to that of 1904
			}
			return n
		}
		for cell, v := range map[string]any{"A1": "姓名", "B1": "事迹日期", "A2": "张三", "B2": day(42904), "A3": "李四", "B3": day(42904.5), "A4": "王五", "B4": day(42887), "A5": "赵六", "B5": day(42905)} {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		for row, format := range map[int]int{2: 31, 3: 31, 4: 57} {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14, Font: &excelize.Font{Size: float64(10 + row)}}) // one style each
			if err != nil {
				t.Fatal(err)
			}
			f.Styles.CellXfs.Xf[style].NumFmtID = &format
			if err := f.SetCellStyle("Sheet1", fmt.Sprint("B", row), fmt.Sprint("B", row), style); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac}); err != nil {
			t.Fatal(err)
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		people, err := Read("x.xlsx", b.Bytes(), &report.Log{})
		if err != nil || len(people) != 4 {
			t.Fatal(people, err)
		}
		got := ""
		for _, p := range people {
			got += fmt.Sprint(p.Date, " ")
		}
		if want := "2017-06-18 2017-06-18 2017-06 2017-06-19 "; got != want {
			t.Errorf("1904 %v: got %s, want %s", mac, got, want)
		}
	}
}
