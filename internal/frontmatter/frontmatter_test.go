package frontmatter

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/diag"
)

func known(k string) bool {
	switch k {
	case "姓名", "name", "地区", "日期", "授权", "公开":
		return true
	}
	return false
}

// dump writes a tree on one line: key@line:col=value.
func dump(n Node) string {
	var b strings.Builder
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Scalar:
		fmt.Fprintf(&b, "%q", n.Text)
	case List:
		b.WriteString("[")
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(" ")
			}
			fmt.Fprintf(&b, "%d:%d=%s", item.Pos.Line, item.Pos.Col, dump(item))
		}
		b.WriteString("]")
	case Map:
		b.WriteString("{")
		for i, p := range n.Pairs {
			if i > 0 {
				b.WriteString(" ")
			}
			fmt.Fprintf(&b, "%s@%d:%d=%s", p.Key, p.Pos.Line, p.Pos.Col, dump(p.Value))
		}
		b.WriteString("}")
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want, body string }{
		{"yaml", "---\n姓名: 张三\n授权:\n  公开: true\n标签: [甲, 乙]\n---\n正文\n",
			`{姓名@2:1="张三" 授权@3:1={公开@4:3="true"} 标签@5:1=[5:6="甲" 5:9="乙"]}`, "正文\n"},
		{"yaml after blank lines", "\n\n---\na: 1\n---\nx", `{a@4:1="1"}`, "x"},
		{"yaml null", "---\na:\nb: ~\n---\n", `{a@2:1=null b@3:1=null}`, ""},
		{"yaml empty head", "---\n---\nx", `{}`, "x"},
		{"yaml of comments", "---\n# 姓名: 张三\n\n  # 完\n---\nx", `{}`, "x"},
		{"yaml list of maps", "---\n荣誉:\n  - 称号: 模范\n    年份: 2022\n---\n", `{荣誉@2:1=[3:5={称号@3:5="模范" 年份@4:5="2022"}]}`, ""},
		{"yaml alias", "---\na: &x [1]\nb: *x\n---\n", `{a@2:1=[2:8="1"] b@3:1=[2:8="1"]}`, ""},
		{"toml", "+++\n\"姓名\" = \"张三\"\ntags = [\"甲\", \"乙\"]\n[consent]\npublish = true\n[[honors]]\ntitle = \"模范\"\n[[honors]]\ntitle = \"好人\"\n+++\n正文",
			`{姓名@2:1="张三" tags@3:1=[3:9="甲" 3:14="乙"] consent@4:2={publish@5:1="true"} honors@6:3=[6:3={title@7:1="模范"} 8:3={title@9:1="好人"}]}`, "正文"},
		{"toml inline and dotted", "+++\na.b = 1\nc = {d = 2021-07-20}\n+++\n", `{a@2:1={b@2:3="1"} c@3:1={d@3:6="2021-07-20"}}`, ""},
		{"json", "{\n  \"姓名\": \"张三\",\n  \"标签\": [\"甲\"],\n  \"授权\": {\"公开\": true}\n}\n\n正文",
			`{姓名@2:3="张三" 标签@3:3=[3:10="甲"] 授权@4:3={公开@4:10="true"}}`, "正文"},
	} {
		doc, found := Parse([]byte(c.in), known, diag.Text{})
		if len(found) > 0 {
			t.Errorf("%s: unexpected finding %s %v", c.name, found[0].Place(), found[0].Message(diag.English))
			continue
		}
		if got := dump(doc.Head); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if string(doc.Body) != c.body {
			t.Errorf("%s: body %q, want %q", c.name, doc.Body, c.body)
		}
		if want := 1 + strings.Count(c.in[:len(c.in)-len(c.body)], "\n"); doc.BodyLine != want {
			t.Errorf("%s: body starts on line %d, want %d", c.name, doc.BodyLine, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"full-width colon", "---\n姓名：张三\n地区: x\n---\n", "2:3 full-width-colon"},
		{"two of them", "---\n姓名：张三\n日期: 2020\n地区：河南\n---\n", "2:3 full-width-colon, 4:3 full-width-colon"},
		{"alone", "---\n姓名：张三\n---\n", "2:3 full-width-colon"},
		{"in a list of maps", "---\na:\n  - 姓名：张三\n    日期: 2\n---\n", "3:7 full-width-colon"},
		{"not in a block", "---\n日期: |\n  姓名：张三\n地区：河南\nx: 1\n---\n", "4:3 full-width-colon"},
		{"tab", "---\n授权:\n\t公开: true\n---\n", "3:1 tab"},
		{"quote", "---\na: 1\nb: \"x\nc: 2\n---\n", "3:4 syntax"},
		{"bracket", "---\nb: [1, 2\nc: 3\n---\n", "3:2 syntax"},
		{"no space", "---\na: 1\n姓名:张三\n---\n", "3:3 no-space"},
		{"no colon", "---\na: 1\n姓名 张三\n---\n", "3:3 syntax"},
		{"full-width space", "---\n授权:\n　　公开: true\n　　日期: 1\n x: 1\n---\n", "3:1 wide-space, 4:1 wide-space"},
		{"full-width braces", "---\n授权: ｛公开: true, 日期: 1｝\n---\n", "2:5 full-width-mark"},
		{"full-width comma", "---\n授权: {公开: true，日期: 1}\n---\n", "2:14 full-width-mark"},
		{"full-width dash", "---\na:\n  － 姓名: 甲\n    日期: 2\n---\n", "3:3 full-width-mark"},
		{"dashes", "———\n姓名: 张三\n———\n正文", "1:1 front-matter-marks, 3:1 front-matter-marks"},
		{"dash below", "---\n姓名: 张三\n—\n正文", "3:1 front-matter-marks"},
		{"four hyphens", "----\n姓名: 张三\n----\n正文", "1:1 front-matter-marks, 3:1 front-matter-marks"},
		{"colon in value", "---\na: x: y\n---\n", "2:5 syntax"},
		{"not a map", "---\n只有一句话\n---\n", "2:1 syntax"},
		{"not closed", "---\na: 1\n正文", "1:1 front-matter-open"},
		{"no head", "# 标题\n正文", "1:1 no-front-matter"},
		{"empty file", "", "1:1 no-front-matter"},
		{"toml syntax", "+++\na = 1\nb = \n+++\n", "3:5 syntax"},
		{"json syntax", "{\n\"a\": 1,\n\"b\" 2\n}\n\n", "3:5 syntax"},
		{"deep flow", "---\na: " + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + "\n---\n", "2:1 too-deep"},
		{"deep block", "---\n" + strings.Repeat("- ", 10000) + "a\n---\n", "2:1 too-deep"},
		{"deep toml", "+++\na = " + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + "\n+++\n", "2:1 too-deep"},
		{"deep json", "{\n\"a\": " + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + "\n}\n\n", "1:1 too-deep"},
		{"alias bomb", "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n---\n", "2:1 too-deep"},
		{"self alias", "---\na: &a [*a]\n---\n", "2:1 too-deep"},
		{"huge head", "---\na: " + strings.Repeat("x", MaxBytes) + "\n---\n", "0:0 file-too-large"},
	} {
		start := time.Now()
		_, found := Parse([]byte(c.in), known, diag.Text{})
		var got []string
		for _, f := range found {
			got = append(got, fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Col, f.Code.ID))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: got %s; want %s", c.name, s, c.want)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v", c.name, took)
		}
	}
}

func TestFullWidthColonShowsMendedLine(t *testing.T) {
	_, found := Parse([]byte("---\n姓名：张三\n---\n"), known, diag.Text{})
	if len(found) != 1 || found[0].Hint(diag.Chinese) != "改成：姓名: 张三" {
		t.Fatalf("got %v", found)
	}
}

// seeds are the starting points of FuzzParse.
var seeds = []string{
	"---\n姓名: 张三\n授权: {公开: true}\n---\n正文", "+++\na = [1]\n[b]\nc = 1\n+++\n", "{\n\"a\": [1, {\"b\": null}]\n}\n\nx",
	"---\na: &x [1]\nb: *x\n---\n", "---\n姓名：张三\n---\n", "---\na: |\n  x\n---\n", "---json\n{\"a\":1}\n---\n",
}

func TestSeedsExist(t *testing.T) {
	if len(seeds) < 5 {
		t.Fatal("the fuzz target has lost its seeds")
	}
}

// FuzzParse: whatever the bytes, either a tree or a finding comes out; all places
// lie within the file; the body is a suffix of the file.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		doc, found := Parse(in, known, diag.Text{})
		lines := 2 + strings.Count(string(in), "\n")
		for _, x := range found {
			if x.Pos.Line < 0 || x.Pos.Line > lines || x.Pos.Col < 0 {
				t.Fatalf("%s lies outside the file of %d lines", x.Place(), lines)
			}
			if x.Message(diag.Chinese) == "" {
				t.Fatal("a finding without words")
			}
		}
		if len(found) == 0 && !strings.HasSuffix(string(in), string(doc.Body)) {
			t.Fatal("the body is not the end of the file")
		}
		var walk func(Node)
		walk = func(n Node) {
			if n.Pos.Line < 1 || n.Pos.Line > lines {
				t.Fatalf("node on line %d of %d", n.Pos.Line, lines)
			}
			for _, i := range n.Items {
				walk(i)
			}
			for _, p := range n.Pairs {
				walk(p.Value)
			}
		}
		if len(found) == 0 {
			walk(doc.Head)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	text := []byte("---\n姓名: 张三\n类别: 个人\n状况: 健在\n地区: 河南省/郑州市/金水区\n授权:\n  公开: true\n事迹:\n  日期: 2021-07-20\n  地点: 某地\n  类型: 水中救人\n  摘要: 他三次返回被淹的地下通道，把七个人带了出来。\n荣誉:\n  - 称号: 全国模范\n    级别: 国家级\n    年份: 2022\n来源:\n  - 某某日报\n标签: [a, b, c]\n---\n" + strings.Repeat("那天傍晚，雨已经下了六个小时。", 60))
	b.ReportAllocs()
	for b.Loop() {
		Parse(text, known, diag.Text{})
	}
}
