package roll

import (
	"fmt"
	"strings"
	"testing"

	"mingdeng/internal/importer/report"
)

func rows(lines ...string) (out [][]string) {
	for _, l := range lines {
		out = append(out, strings.Split(l, "|"))
	}
	return out
}

// TestTables: tables of texts, as those of sheets; their private columns never come.
func TestTables(t *testing.T) {
	list := Table{Above: []string{"2024年度某市见义勇为模范名单"}, Rows: rows("序号|姓名|性别|家庭住址|事迹", "1|巩岚|女|玉兴路1号|救起落水儿童")}
	more := Table{Rows: rows("2|闵泽|男|玉兴路2号|冲入火场")}
	form := Table{
		Above:  []string{"申报表"},
		Rows:   rows("姓名||华山|性别|男", "单位||某厂|电话|13900001111"),
		Origin: [][][2]int{{{0, 0}, {0, 0}, {0, 2}, {0, 3}, {0, 4}}, {{1, 0}, {1, 0}, {1, 2}, {1, 3}, {1, 4}}},
	}
	words := Table{Rows: rows("时间|内容", "上午|走访")}
	for i, want := range []Sort{Roll, NoPeople, Form, NoPeople} {
		if got := []Table{list, more, form, words}[i].Sort(); got != want {
			t.Errorf("table %d is %d", i, got)
		}
	}
	var log report.Log
	people, err := FromTables([]Table{list, more, words, form}, &log)
	if err != nil || len(people) != 3 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	got := ""
	for _, p := range people {
		got += facts(p) + "\n"
	}
	for _, want := range []string{"表格1 2|巩岚|性别=female", "表格1 3|闵泽", "|华山|性别=male|职业=某厂", "见义勇为模范"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if all := got + fmt.Sprint(log.Entries); strings.Contains(all, "玉兴路") || strings.Contains(all, "139") {
		t.Errorf("something private came:\n%s", all)
	}
	cells, headings := list.Private()
	if fmt.Sprint(cells, headings) != "[[1 3]] [家庭住址]" {
		t.Errorf("private: %v %v", cells, headings)
	}
}

// Of a form nothing is lost without a word: opinions are kept under their labels, and what
// stands beside no label is told.
func TestFormLosesNothing(t *testing.T) {
	var log report.Log
	people, err := FromTables([]Table{{Above: []string{"见义勇为人员审批表"}, Rows: [][]string{
		{"姓名", "纪晓", "性别", "男"},
		{"工作单位", "青溪公交", "民族", "汉"},
		{"单位意见", "情况属实，同意上报。"},
		{"县（市、区）见义勇为协会意见：", "同意"},
		{"家庭情况", "一家三口"},
		{"特长", "游泳"},
	}}}, &log)
	if err != nil || len(people) != 1 {
		t.Fatal(people, err)
	}
	got := fmt.Sprint(people[0].Extra)
	for _, want := range []string{"{单位意见 情况属实，同意上报。}", "协会意见： 同意}", "{家庭情况 一家三口}"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	told := ""
	for _, e := range log.Entries {
		told += e.Text.Zh + "\n"
	}
	if !strings.Contains(told, "特长") || !strings.Contains(told, "游泳") {
		t.Errorf("told:\n%s", told)
	}
}
