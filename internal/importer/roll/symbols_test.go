package roll

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A cell set in a font of symbols, or some characters of it, says what it shows: a tick, not
// an R. Figures and Chinese in it stay.
func TestSymbolFonts(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for at, row := range map[string][]any{"A1": {"姓名", "同意公开", "说明", "数"}, "A2": {"巩岚", "R", "x", 12}, "A3": {"闵泽", "R", "R", "a"}} {
		if err := f.SetSheetRow("Sheet1", at, &row); err != nil {
			t.Fatal(err)
		}
	}
	set := func(cell, font string) {
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: font}})
		if err == nil {
			err = f.SetCellStyle("Sheet1", cell, cell, style)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	set("A2", "Symbol")
	set("B2", "Wingdings 2")
	set("D2", "symbol")
	set("D3", "Symbol")
	if err := f.SetCellRichText("Sheet1", "C2", []excelize.RichTextRun{{Text: "þ", Font: &excelize.Font{Family: "Wingdings"}}, {Text: "是 o ", Font: &excelize.Font{Family: "宋体"}}, {Text: "o否", Font: &excelize.Font{Family: "Wingdings"}}}); err != nil {
		t.Fatal(err)
	}
	people := twoPeople(t, f)
	for i, want := range []string{"巩岚 [{同意公开 ☑} {说明 ☑是 o □否} {数 12}]", "闵泽 [{同意公开 R} {说明 R} {数 α}]"} {
		if got := fmt.Sprint(people[i].Name, " ", people[i].Extra); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
