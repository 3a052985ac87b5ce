package docx

import (
	"bytes"
	"math"
	"testing"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// mark is a mark of a field, code what it says.
func mark(kind, inner string) string {
	return `<w:r><w:fldChar w:fldCharType="` + kind + `">` + inner + `</w:fldChar></w:r>`
}
func code(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
func eq(s string) string   { return mark("begin", "") + code(s) + mark("end", "") }

// TestOffices reads what offices use and other writers do not.
func TestOffices(t *testing.T) {
	art := `<w:pict><v:shape><v:textpath on="t" string="某市见义勇为协会文件"/></v:shape></w:pict>`
	form := func(data, text string) string {
		return mark("begin", `<w:ffData>`+data+`</w:ffData>`) + code(text) + mark("end", "")
	}
	list := `<w:listEntry w:val="甲"/><w:listEntry w:val="乙"/>`
	for _, c := range []struct{ name, body, want string }{
		{"WordArt, before and behind words", `<w:p><w:r>` + art + `</w:r></w:p><w:p>` + r("话") + `<w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback>` + art + `</mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			"某市见义勇为协会文件\n\n话\n\n某市见义勇为协会文件\nguessed: 艺术字 2 个，按普通段落写\n"},
		{"characters in circles", `<w:p>` + eq(` eq \o\ac(○,1)`) + eq(`EQ \o\ac(○,50)`) + eq(`eq \o \ac(〇, A)`) + eq(`eq \o\ac(○,中)`) + eq(`eq \o\ac(○,勇)`) + eq(`eq \o\ac(□,3)`) + eq(`eq \o\ac(○,\s\up 2(7))`) + eq(`= 9 \* GB3`) + eq(`eq \f(1,3)`) + `</w:p>`,
			"①㊿Ⓐ㊥（勇）（3）⑦⑨1/3\nguessed: 带圈的字 2 个：没有这样的字符，圈没有留下，写成（字）\n"},
		{"form fields", `<w:p>` + form(`<w:ddList><w:result w:val="1"/>`+list+`</w:ddList>`, "FORMDROPDOWN") + form(`<w:ddList><w:default w:val="1"/>`+list+`</w:ddList>`, "FORMDROPDOWN") + form(`<w:ddList>`+list+`</w:ddList>`, "FORMDROPDOWN") +
			form(`<w:checkBox><w:checked/></w:checkBox>`, "FORMCHECKBOX") + form(`<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>`, "FORMCHECKBOX") + form(`<w:textInput><w:default w:val="填"/></w:textInput>`, "FORMTEXT") +
			mark("begin", `<w:ffData><w:textInput><w:default w:val="空"/></w:textInput></w:ffData>`) + code("FORMTEXT") + mark("separate", "") + r("写了") + mark("end", "") + `</w:p>`,
			"乙乙甲☑☐填写了\n"},
		{"a field whose end is hidden", `<w:p>` + mark("begin", "") + code("TOC") + mark("separate", "") + r("目录") + `</w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p><w:p>` + r("正文") + `</w:p>`, "正文\nleft: 目录（1 段）：网页自己会生成\n"},
		{"a field whose end was deleted, with a tick in it", `<w:p>` + mark("begin", "") + code("TOC") + mark("separate", "") + r("目录") + `<w:del>` + form(`<w:checkBox><w:checked/></w:checkBox>`, "FORMCHECKBOX") + mark("end", "") + `</w:del></w:p><w:p>` + r("正文") + `</w:p>`,
			"正文\nguessed: 有修订记录：插入的 0 处收进来了，删除的 1 处没有收\nleft: 目录（1 段）：网页自己会生成\n"},
		{"a field without an end", `<w:p>` + mark("begin", "") + code("TOC") + mark("separate", "") + r("目录") + `</w:p><w:p>` + mark("begin", "") + code(" PAGE ") + `</w:p><w:p>` + r("正文") + `</w:p>`, "正文\nleft: 目录（1 段）：网页自己会生成\n"},
		{"what a form asks for is no answer", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>` + r("单击此处输入文字") + `</w:p></w:sdtContent></w:sdt><w:p>` + r("话") + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + r("选择一项") + `</w:sdtContent></w:sdt></w:p>`, "话\n"},
		{"drop caps", `<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:rPr><w:sz w:val="100"/></w:rPr><w:t>那</w:t></w:r></w:p><w:p>` + r("天傍晚。") + `</w:p><w:p><w:pPr><w:framePr w:dropCap="margin"/></w:pPr>` + r("末") + `</w:p>`, "那天傍晚。\n\n末\n"},
		{"a hidden row", `<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>` + r("藏") + `</w:p></w:tc></w:tr><w:tr><w:tc><w:p>` + r("甲") + `</w:p></w:tc><w:tc><w:p>` + r("乙") + `</w:p></w:tc></w:tr></w:tbl>`, "| 甲 | 乙 |\n| --- | --- |\nleft: 隐藏的文字、图片 1 处\n"},
		{"hidden by its style, and a picture that is", `<w:p>` + r("话") + `<w:r><w:rPr><w:rStyle w:val="12"/></w:rPr><w:t>藏</w:t></w:r><w:r><w:drawing><wp:anchor><wp:docPr id="1" hidden="1"/><a:blip r:embed="p1"/></wp:anchor></w:drawing></w:r></w:p>`, "话\nleft: 隐藏的文字、图片 2 处\n"},
		{"a picture cut to a shape", `<w:p>` + r("话") + `<w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill><pic:spPr><a:prstGeom prst="heart"/></pic:spPr></pic:pic></w:drawing></w:r></w:p>`, "话\nleft: 图片 image1.png：裁成了特别的形状。在 WPS 里右键另存为图片，再插入\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := read(packed(t, c.body, nil)); err != nil || got != c.want {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

// TestCrop: how much of a picture is shown, as each form of the format says it. The same
// picture shown in two ways is two pictures.
func TestCrop(t *testing.T) {
	fill := func(inner string) string {
		return `<w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed="p1"/>` + inner + `</pic:blipFill></pic:pic></w:drawing></w:r>`
	}
	old := func(attrs string) string {
		return `<w:r><w:pict><v:shape><v:imagedata r:id="p1" ` + attrs + `/></v:shape></w:pict></w:r>`
	}
	body := `<w:p>` + fill(``) + fill(`<a:srcRect l="50000" b="10000"/>`) + fill(`<a:srcRect t="-20000" r="25%"/>`) +
		fill(`<a:srcRect l="20000"/><a:stretch><a:fillRect l="-100000" r="0"/></a:stretch>`) + old(`cropleft="32768f" cropbottom="25%"`) + old(`croptop=".1" cropright="-.3"`) + fill(`<a:srcRect l="50000" b="10000"/>`) + `</w:p>`
	var log report.Log
	b := packed(t, body, nil)
	f, err := Read(bytes.NewReader(b), int64(len(b)), &log)
	if err != nil {
		t.Fatal(err)
	}
	want := []rich.Crop{{}, {Left: .5, Bottom: .1}, {Right: .25}, {Left: .6}, {Left: .5, Bottom: .25}, {Top: .1}}
	if len(f.Document.Pictures) != len(want) || f.Document.Blocks[6].Picture != 2 {
		t.Fatalf("%d pictures", len(f.Document.Pictures))
	}
	for i, w := range want {
		g := f.Document.Pictures[i].Crop
		if math.Abs(g.Left-w.Left)+math.Abs(g.Top-w.Top)+math.Abs(g.Right-w.Right)+math.Abs(g.Bottom-w.Bottom) > 1e-9 {
			t.Errorf("picture %d: %+v, want %+v", i+1, g, w)
		}
	}
}
