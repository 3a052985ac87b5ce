package roll

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/importer/report"
)

// TestHidden: what a workbook does not show is not taken, and is told; a comment is quoted
// to the editor and goes nowhere else.
func TestHidden(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for at, row := range map[string][]any{
		"A1": {"姓名", "性别", "备注"}, "A2": {"巩岚", "女", "甲"}, "A3": {"闵泽", "男", "乙"}, "A4": {"乐水", "女", "丙"},
	} {
		if err := f.SetSheetRow("Sheet1", at, &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		f.SetRowVisible("Sheet1", 3, false), f.SetColVisible("Sheet1", "C", false),
		f.AddComment("Sheet1", excelize.Comment{Cell: "A4", Author: "某某", Text: "家属不同意公开"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	var log report.Log
	people, err := Read("x.xlsx", b.Bytes(), &log)
	if err != nil || len(people) != 2 || people[0].Name != "巩岚" || people[1].Name != "乐水" || len(people[0].Extra)+len(people[1].Extra) > 0 {
		t.Fatal(people, err)
	}
	for _, want := range []string{"隐藏的 1 行（3）", "隐藏的 1 列（C）", "A4 格有批注，请照办：“家属不同意公开”"} {
		if !strings.Contains(said(&log), want) {
			t.Errorf("the report lacks %q:\n%s", want, said(&log))
		}
	}
	if strings.Contains(said(&log), "某某") {
		t.Error("the author of a comment is told")
	}
}
