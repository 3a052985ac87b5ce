package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/testrun"
)

// read reads a file and returns its Markdown followed by its report.
func read(b []byte) (string, error) {
	var log report.Log
	f, err := Read(bytes.NewReader(b), int64(len(b)), &log)
	if err != nil {
		return "", err
	}
	for i := range f.Document.Pictures {
		if p := &f.Document.Pictures[i]; !p.Lost {
			p.Name = fmt.Sprintf("picture-%d", i+1)
		}
	}
	text, _ := f.Document.Markdown()
	for _, e := range log.Entries {
		text += fmt.Sprintf("%s: %s\n", e.Sort, e.Text.Zh)
	}
	return text, nil
}

// TestRealFiles reads what LibreOffice 7.4, pandoc 2.17 and python-docx 0.8 wrote.
func TestRealFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.docx")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	wants := testrun.Goldens(t, "testdata/*.golden")
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := read(b)
			if err != nil {
				t.Fatal(err)
			}
			wants.Compare(t, strings.TrimSuffix(name, ".docx")+".golden", got)
		})
	}
}

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
	`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`

// wpsStyles are styles as WPS numbers them: the ids tell nothing.
const wpsStyles = `<w:styles ` + namespaces + `>
<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="7"><w:name w:val="自定小标题"/><w:basedOn w:val="3"/></w:style>
<w:style w:type="paragraph" w:styleId="8"><w:name w:val="甲"/><w:basedOn w:val="9"/></w:style>
<w:style w:type="paragraph" w:styleId="9"><w:name w:val="乙"/><w:basedOn w:val="8"/></w:style>
<w:style w:type="paragraph" w:styleId="20"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="12"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="11"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>`

const numbers = `<w:numbering ` + namespaces + `>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>`

// packed makes a file of a body, as Word does.
func packed(tb testing.TB, body string, more map[string]string) []byte {
	tb.Helper()
	parts := map[string]string{
		"[Content_Types].xml":          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                  `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":            `<?xml version="1.0" encoding="UTF-8"?><w:document ` + namespaces + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/styles.xml":              wpsStyles,
		"word/numbering.xml":           numbers,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="p1" Type="x/image" Target="media/image1.png"/><Relationship Id="p2" Type="x/image" Target="../../../etc/passwd"/><Relationship Id="p3" Type="x/image" Target="https://example.org/a.png" TargetMode="External"/><Relationship Id="h1" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="h2" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/><Relationship Id="f1" Type="x/footer" Target="footer1.xml"/></Relationships>`,
		"word/media/image1.png":        "picture",
	}
	for k, v := range more {
		parts[k] = v
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range sortedKeys(parts) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

func p(style, inner string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + inner + `</w:p>`
}
func r(text string) string { return `<w:r><w:t>` + text + `</w:t></w:r>` }
func n(num, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>%s</w:p>`, level, num, r(text))
}

func picture(id, alt string) string {
	return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="` + alt + `"/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="IMG.png" descr="C:\x.png"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="` + id + `"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

func TestRead(t *testing.T) {
	box := `<w:txbxContent><w:p>` + r("框里的话") + `</w:p></w:txbxContent>`
	for _, c := range []struct {
		name, body, want string
		more             map[string]string
	}{
		{"headings by style, base and outline level",
			p("2", r("一级")) + p("7", r("二级")) + p("8", r("环")) + `<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>` + r("三级") + `</w:p>`,
			"## 一级\n\n### 二级\n\n环\n\n#### 三级\n", nil},
		{"looks", `<w:p>` + r("平") + `<w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r><w:r><w:rPr><w:rStyle w:val="11"/></w:rPr><w:t>也粗</w:t></w:r><w:r><w:rPr><w:rStyle w:val="11"/><w:b w:val="0"/></w:rPr><w:t>不粗</w:t></w:r><w:r><w:rPr><w:em w:val="dot"/></w:rPr><w:t>着重</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>删</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>`,
			"平**粗也粗**不粗*着重*~~删~~\nleft: 隐藏的文字、图片 1 处\n", nil},
		{"numbers of every kind",
			n(1, 0, "甲") + n(1, 1, "子") + n(1, 1, "丑") + n(1, 0, "乙") + n(2, 0, "一") + n(2, 1, "一一") + n(2, 0, "二") + n(3, 0, "点") + n(4, 0, "五") + n(4, 0, "六"),
			"一、甲\n\n（一）子\n\n（二）丑\n\n二、乙\n\n1. 一\n   - 1.1 一一\n2. 二\n- 点\n\n5. 五\n6. 六\n", nil},
		{"tracked changes", `<w:p>` + r("原") + `<w:ins w:id="1">` + r("添") + `</w:ins><w:del w:id="2"><w:r><w:delText>去</w:delText></w:r></w:del><w:moveFrom w:id="3">` + r("移走") + `</w:moveFrom><w:moveTo w:id="4">` + r("移来") + `</w:moveTo></w:p><w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>` + r("前半") + `</w:p><w:p>` + r("后半") + `</w:p>`,
			"原添移来\n\n前半后半\nguessed: 有修订记录：插入的 1 处收进来了，删除的 1 处没有收\n", nil},
		{"a text box once, of the branch first understood", `<w:p>` + r("旁边") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>` + box + `</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			"旁边\n\n框里的话\nguessed: 文本框 1 个，文字放在所在段落的后面\n", nil},
		{"pictures before and behind words", `<w:p>` + picture("p1", "合影") + r("话") + picture("p1", "") + `</w:p>`,
			"![合影](picture-1)\n\n话\n\n![](picture-2)\n", nil},
		{"pictures that are not in the file", `<w:p>` + r("话") + picture("p2", "") + picture("p3", "") + picture("p9", "") + `</w:p>`,
			"话\nleft: 一张图片（passwd）：读不出来\nleft: 一张图片在文件外面：https://example.org/a.png\nleft: 一张图片：文件里找不到它\n", nil},
		{"links and link fields", `<w:p><w:hyperlink r:id="h1">` + r("一") + `</w:hyperlink><w:hyperlink r:id="h2">` + r("二") + `</w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.cn/x" \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("三") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + r("四") + `</w:p>`,
			"[一](https://example.org/)二[三](https://example.cn/x)四\n", nil},
		{"ruby, new and old", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>kūn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>堃</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(gāo),篙)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
			"{堃|kūn}{篙|gāo}\n", nil},
		{"a table of contents goes", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("第一章 1") + `</w:p>` + p("20", r("第二章 2")) + `<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:p>` + r("正文") + `</w:p>`,
			"正文\nleft: 目录（2 段）：网页自己会生成\n", nil},
		{"notes", `<w:p>` + r("话") + `<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>`,
			"话[^1][^2]\n\n[^1]: 脚注\n\n[^2]: 尾注\n", map[string]string{
				"word/footnotes.xml": `<w:footnotes ` + namespaces + `><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p>` + r("脚注") + `<w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote></w:footnotes>`,
				"word/endnotes.xml":  `<w:endnotes ` + namespaces + `><w:endnote w:id="2"><w:p>` + r("尾注") + `</w:p></w:endnote></w:endnotes>`,
			}},
		{"comments and margins are told", `<w:p>` + r("话") + `</w:p>`, "话\nleft: 批注 1 条\ntodo: 原文有批注，请照办：“这里要改”\nleft: 页眉页脚：“内部资料”\n", map[string]string{
			"word/comments.xml": `<w:comments ` + namespaces + `><w:comment w:id="1"><w:p>` + r("这里要改") + `</w:p></w:comment></w:comments>`,
			"word/footer1.xml":  `<w:ftr ` + namespaces + `><w:p>` + r("内部资料") + `</w:p></w:ftr>`,
		}},
		{"a frame of one cell, a title row", `<w:tbl><w:tr><w:tc><w:p>` + r("框") + `</w:p></w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>` + r("表题") + `</w:p></w:tc></w:tr><w:tr><w:tc><w:p>` + r("甲") + `</w:p></w:tc><w:tc><w:p>` + r("乙") + `</w:p></w:tc></w:tr></w:tbl>`,
			"> 框\n\n表题\n\n| 甲 | 乙 |\n| --- | --- |\nguessed: 合并过的单元格 1 个：竖着合并的每行都写上，横着合并的只写在第一格\n", nil},
		{"formula, scripts, charts", `<w:p><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>甲</w:t></w:r><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
			"x+y²甲\nguessed: 公式 1 个，只留下字符\nguessed: 上标、下标 1 处，按普通文字写\nleft: 图表 1 个：在 WPS 里右键另存为图片，再插入\n", nil},
		{"symbol fonts", `<w:p><w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>` + r("同意") + `<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>£ 好</w:t></w:r><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="0052"/><w:sym w:font="Symbol" w:char="F0B4"/><w:sym w:char="F06F"/><w:sym w:font="宋体" w:char="2612"/></w:r><w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>a=1</w:t></w:r></w:p><w:p><w:r><w:rPr><w:rFonts w:ascii="Symbol" w:asciiTheme="minorHAnsi"/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Arial" w:eastAsia="Symbol"/></w:rPr><w:t>R</w:t></w:r></w:p>`,
			"☑同意□ 好☑☑\uf052×□☒α=1\n\naR\n", nil},
		{"content controls", `<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>` + r("控件") + `</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>`, "控件\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := read(packed(t, c.body, c.more))
			if err != nil || got != c.want {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

// TestHostile: what cannot be read ends with words for the editor.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("<w:sdt><w:sdtContent>", 150) + strings.Repeat("</w:sdtContent></w:sdt>", 150)
	for _, c := range []struct {
		name string
		data []byte
		want *report.Error
	}{
		{"nothing", nil, errBroken},
		{"text", []byte("not a zip"), errBroken},
		{"an old or locked file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 …"), errOld},
		{"too deep", packed(t, deep, nil), errLarge},
		{"a part that unpacks to more than it may", packed(t, "<w:p>"+r(strings.Repeat("a", maxPart))+"</w:p>", nil), errLarge},
		{"entities that multiply", packed(t, "", map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x><body>&b;</body></x>`}), errBroken},
		{"no document", packed(t, "", map[string]string{"word/document.xml": "<a/>"}), errBroken},
		{"cut off", packed(t, "<w:p>", nil), errBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := read(c.data); err != error(c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// FuzzRead: no document makes the reader panic or hang, and what comes out can be
// written.
func FuzzRead(f *testing.F) {
	f.Add("<w:p>"+r("话")+picture("p1", "x")+"</w:p>", numbers, wpsStyles)
	f.Add(n(1, 0, "一")+n(2, 8, "二")+p("2", r("题")), numbers, "<a/>")
	f.Add("<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val=\"9\"/></w:tcPr></w:tc></w:tr></w:tbl>", "<a/>", "<a/>")
	f.Fuzz(func(t *testing.T, body, numbering, styles string) {
		_, _ = read(packed(t, body, map[string]string{"word/numbering.xml": numbering, "word/styles.xml": styles}))
	})
}
