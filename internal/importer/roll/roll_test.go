package roll

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/importer/report"
)

func said(log *report.Log) string {
	var b strings.Builder
	for _, e := range log.Entries {
		fmt.Fprintf(&b, "%s: %s\n", e.Sort, e.Text.Zh)
	}
	return b.String()
}

// TestWorkbook reads a roll as LibreOffice 7.4 wrote it: a title, two heading rows,
// merged cells, dates as numbers, a sum, a second sheet.
func TestWorkbook(t *testing.T) {
	b, err := os.ReadFile("../testdata/roll.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var log report.Log
	people, err := Read("roll.xlsx", b, &log)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range people {
		fmt.Fprintf(&got, "%s %d %s|%s|%s|%s|%s|%s|%s|%s|%s|%v|%v\n", p.Sheet, p.Row, p.Name, p.Gender, p.Status, p.Born, p.Occupation,
			strings.Join(p.Region, "/"), p.Date, p.Place, p.Type, p.Honors, p.Extra)
	}
	want := `第三届 5 卜渡|male||1971-05|某某公司司机|河南省/郑州市/金水区|2021-07-20|河南省郑州市金水区某路||[{某市见义勇为模范 第三届 city 某市人民政府 0}]|[]
第三届 6 岑见微|female||1990-12|||2022-03-04|火车站广场|crime-stopping|[{某市见义勇为模范 第三届 city 某市人民政府 0}]|[]
第三届 7 单有田|male|fallen||农民||||water-rescue|[{某市见义勇为模范 第三届 city 某市人民政府 0}]|[{出生年月 不详} {事迹时间 春天}]
第三届 8 义渡救援队|||||安徽省/六安市|2020|安徽省六安市|disaster-relief|[{某市见义勇为模范 第三届 city  0}]|[]
第三届 9 阮小满|||2010-06-01|学生|某市/某县|2025-05-01|某市某县|medical-aid|[{某市见义勇为模范 第三届 city  0}]|[]
第三届 9 闻声|||2010-06-01|学生|某市/某县|2025-05-01|某市某县|medical-aid|[{某市见义勇为模范 第三届 city  0}]|[]
历年 2 贺兰山||||||||` + "|[{某省见义勇为先进个人 第2届 province  0}]|[{民族 汉} {备注 电话 13712345678}]\n" + `历年 4 卜渡||||||||` + "|[{某省见义勇为先进个人 第2届 province  0}]|[{民族 汉}]\n"
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	all := said(&log)
	for _, private := range []string{"410105197105120018", "13912345678", "35010219901201002X", "0371-6666"} {
		if strings.Contains(fmt.Sprint(people)+all, private) {
			t.Errorf("%s of a private column was taken", private)
		}
	}
	if !strings.Contains(all, "left: “第三届”：列 身份证号码、联系电话 是个人隐私") || !strings.Contains(all, "“历年”第 3 行没有姓名") {
		t.Errorf("the report lacks what was left:\n%s", all)
	}
}

func TestCSV(t *testing.T) {
	gbk := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	one := "姓名,性别\n张 三,男\n"
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"UTF-8", []byte(one), "[张三 male]"},
		{"with BOM", []byte("\xef\xbb\xbf" + one), "[张三 male]"},
		{"GB18030", gbk(one + "任𬀩,女\n"), "[张三 male] [任𬀩 female]"},
		{"tabs", []byte("姓名\t性别\n张三\t女\n"), "[张三 female]"},
		{"semicolons, CRLF, headings below", []byte("名单\r\n\r\n序号;姓名;性别\r\n1;张三;女\r\n姓名;姓名;性别\r\n"), "[张三 female]"},
		{"UTF-16", []byte("\xff\xfe\xd3\x59\x0d\x54\x2c\x00\x27\x60\x2b\x52\x0a\x00\x20\x5f\x09\x4e\x2c\x00\x37\x75\x0a\x00"), "[张三 male]"},
		{"brackets at names", []byte("姓名,性别\n\"张三（女）、李四(牺牲)、王五等3人\",\n★赵六,\n"), "[张三、李四、王五等3人 female group] [赵六 ]"},
		{"sep=", []byte("sep=;\r\n姓名;事迹,一;性别\r\n张三;救人,二,三,四;女\r\n"), "[张三 female]"},
		{"sep= of another line end, with BOM", []byte("\xef\xbb\xbfSEP=|\n姓名|性别|甲,乙,丙\n张三|女|丁,戊,己\n"), "[张三 female]"},
		{"sep= in quotation marks, filled up", []byte("\"sep=,\",,\n姓名,性别\n张三,女\n"), "[张三 female]"},
		{"English", []byte("Name,Gender,Phone\nZhang San,male,13912345678\n"), "[Zhang San male]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log report.Log
			people, err := Read("x.csv", c.b, &log)
			var got []string
			for _, p := range people {
				s := p.Name + " " + p.Gender
				if p.Group {
					s += " group"
				}
				got = append(got, "["+s+"]")
			}
			if strings.Join(got, " ") != c.want || err != nil {
				t.Errorf("got %v, %v\nwant %s\n%s", got, err, c.want, said(&log))
			}
		})
	}
	for _, bad := range [][]byte{nil, []byte("甲,乙\n1,2\n"), []byte("\xff\xff\xff"), []byte("PK\x03\x04xxx"), []byte("\xd0\xcf\x11\xe0"), []byte("a\x00b")} {
		if _, err := Read("x.csv", bad, &report.Log{}); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestColumns(t *testing.T) {
	for heading, want := range map[string]column{
		"姓　名": name, "姓名（盖章）": name, "出生\n年月": born, "主要事迹（300字以内）": deed, "身份证号": private, "本人手机": private, "联系人电话": private,
		"家庭住址": private, "银行卡号": private, "备注": other, "ＱＱ": private, "获奖时间": granted, "县（市、区）": region, "地址": private, "E-mail": private, "ID": private,
	} {
		if got := columnOf(heading); got != want {
			t.Errorf("%q: got %d, want %d", heading, got, want)
		}
	}
}

// TestDateCells: a cell near midnight is the day that Excel shows.
func TestDateCells(t *testing.T) {
	for _, c := range []struct{ raw, shown, want string }{
		{"44397", "2021/7/20", "2021-07-20"},
		{"44397.9895833333", "2021/7/20 23:45", "2021-07-20"},
		{"44397.99999999", "2021/7/21 0:00", "2021-07-21"},
		{"44378", "2021年7月", "2021-07"},
	} {
		if got := dateCell(c.raw, c.shown, false); got != c.want {
			t.Errorf("%s, shown as %s, is %s; want %s", c.raw, c.shown, got, c.want)
		}
	}
}

func TestFacts(t *testing.T) {
	for in, want := range map[string]string{
		"2021.7.20": "2021-07-20", "2021年7月": "2021-07", "20210720": "2021-07-20", "202107": "2021-07", "2021年度": "2021", "44397": "2021-07-20", "44397.99": "2021-07-20",
		"44397.9999999999": "2021-07-21", "2026-11-30T16:30:00Z": "2026-12-01", "2026-11-30 16:30:00 +0000": "2026-12-01", "2026-11-30 23:50": "2026-11-30", "2026/11/30 8:05:00": "2026-11-30",
		"２０２１年７月２０日上午": "2021-07-20", "春天": "", "2021-13-01": "", "12": "", "1971/5/": "1971-05",
	} {
		if d, _ := dateOf(in, false); d.String() != want {
			t.Errorf("date %q: got %s, want %s", in, d, want)
		}
	}
	for in, want := range map[string]string{
		"河南省郑州市金水区花园路": "河南省/郑州市/金水区", "河南郑州": "河南省", "北京市海淀区": "北京市/海淀区", "吉林市船营区": "吉林市/船营区", "新疆伊犁哈萨克自治州": "新疆维吾尔自治区/伊犁哈萨克自治州",
		"城东市场门口": "", "市民广场": "", "郑州市": "郑州市", "郑州市金水区": "郑州市/金水区", "甲省/乙市/丙县": "甲省/乙市/丙县", "某路": "",
	} {
		if r, _ := Region(in); strings.Join(r, "/") != want {
			t.Errorf("region %q: got %v, want %s", in, r, want)
		}
	}
	for in, want := range map[string]string{"跳入河中救人": "water-rescue", "扑灭大火": "fire-rescue", "火灾中歹徒": "", "无": ""} {
		if got := typeOf(in); got != want {
			t.Errorf("type %q: got %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"全国见义勇为模范": "national", "河南省见义勇为好市民": "province", "郑州市好市民": "city", "某市某区好人": "county", "好人": ""} {
		if got := rankOf(in); got != want {
			t.Errorf("rank %q: got %s, want %s", in, got, want)
		}
	}
}

// TestMergedName: a name over two rows is one person with both rows' honours.
func TestMergedName(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"姓名", "称号", "年度"}, {"张三", "甲称号", 2019}, {"", "乙称号", "2020年"}, {"李四", "丙称号", ""}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.MergeCell("Sheet1", "A2", "A3"); err != nil {
		t.Fatal(err)
	}
	people := twoPeople(t, f)
	if got, want := fmt.Sprint(people[0].Honors), "[{甲称号    2019} {乙称号    2020}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// twoPeople reads a workbook that holds two.
func twoPeople(t *testing.T, f *excelize.File) []Person {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	people, err := Read("x.xlsx", b.Bytes(), &report.Log{})
	if err != nil || len(people) != 2 {
		t.Fatal(people, err)
	}
	return people
}

// FuzzCSV: no text makes the reader panic, and nobody comes without a name.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("姓名,性别\n张三,男\n"))
	f.Add([]byte("名单\n姓名;事迹\n\"张三、李四\";\"a\nb\"\n"))
	f.Add([]byte("\xff\xfe\xd3\x59"))
	f.Add([]byte("sep=;\n姓名;事迹\n张三;甲\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		people, _ := Read("x.csv", b, &report.Log{})
		for _, p := range people {
			if strings.TrimSpace(p.Name) == "" {
				t.Fatalf("%q: a person without a name", b)
			}
		}
	})
}
