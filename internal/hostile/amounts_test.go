package hostile

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer"
)

// TestAmounts: a few kilobytes do not become minutes or gigabytes. Bounds are those of
// lab.bounded; -v tells the figures.
func TestAmounts(t *testing.T) {
	l := newLab(t, map[string]string{"content/pages/tu/index.md": "---\ntitle: 图\n---\n![图](p.svg)\n![图](p.png)\n![图](p.gif)\n"})
	l.tell = true
	dashes, err := os.ReadFile("../picture/testdata/dash-hang.svg")
	if err != nil {
		t.Fatal(err)
	}
	const size = 10 << 10
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	moving := func(frames int) []byte {
		g := &gif.GIF{}
		for range frames {
			g.Image = append(g.Image, image.NewPaletted(image.Rect(0, 0, 400, 400), color.Palette{color.White, color.Black}))
			g.Delay = append(g.Delay, 1)
		}
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, g); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	const about = "content/pages/guan-yu.md"
	record := func(body string) []byte { return []byte("---\ntitle: 关于\n---\n" + body) }
	for _, c := range []struct {
		name, file string
		data       []byte
	}{
		{"brackets", about, record(fill("["))}, {"emphasis", about, record(fill("*a **b "))}, {"quotes", about, record(fill("> "))},
		{"lists", about, record(fill("- "))}, {"table", about, record(fill("a|") + "\n" + fill("-|") + "\n" + fill("a\n"))},
		{"footnotes", about, record(fill("[^1]") + "\n\n[^1]: a\n")}, {"references", about, record("[a]: /b\n\n" + fill("[a] "))},
		{"headings", about, record(fill("# a\n"))}, {"wiki", about, record(fill("[[heroes/shan]] "))}, {"ruby", about, record(fill("{堃|kūn}"))},
		{"entities", about, record(fill("&ngE;"))}, {"aliases", about, []byte("---\ntitle: 关于\naliases:\n" + numbered(900, "  - /a%d/\n") + "---\n")},
		{"tags", about, []byte("---\ntitle: 关于\ntags: [" + numbered(1500, "t%d, ") + "]\n---\n")},
		{"regions", "content/heroes/shan.md", []byte("---\nname: 单青\nregion: " + strings.TrimSuffix(fill("省/"), "/") + "\nconsent: {publish: true}\n---\n")},
		{"honours", "content/heroes/shan.md", []byte("---\nname: 单青\nregion: 省\nconsent: {publish: true}\nhonors: [" + numbered(600, "{title: 好%d}, ") + "]\n---\n")},
		{"members", "content/heroes/hou.md", []byte("---\nname: 候\nkind: group\nregion: 省\nconsent: {publish: true}\nmembers: [" + numbered(1500, "m%d, ") + "]\n---\n")},
		{"sessions", "content/honors/mo-fan.md", []byte("---\ntitle: 模\nsessions: [" + numbered(600, "{number: %d}, ") + "]\n---\n")},
		{"figures", "content/reports/2023.md", []byte("---\ntitle: 年\nyear: 2023\nfigures: [" + numbered(400, "{label: a%d, value: 1e300}, ") + "]\n---\n")},
		{"slogans", "content/screens/ting.md", []byte("---\ntitle: 厅\nslogans: [" + numbered(1200, "s%d, ") + "]\n---\n")},
		{"nav", "content/site.yaml", []byte("title: 站\nbase_url: https://host.example/lamp/\nnav: [" + numbered(500, "{to: /a%d/}, ") + "]\n")},
		{"use", "content/pages/tu/p.svg", []byte(uses())},
		{"dashes", "content/pages/tu/p.svg", dashes},
		{"wide table", about, record("|" + strings.Repeat("a|", 900) + "\n|" + strings.Repeat("-|", 900) + "\n" + strings.Repeat("a\n", 3000))},
		{"an address, often", about, record("[a]: https://h.cn/" + strings.Repeat("x", size/2) + "\n\n" + strings.Repeat("[a]\n\n", size/10))},
		{"a long name, often", "content/heroes/shan.md", []byte("---\nname: 单青\nregion: 省\nconsent: {publish: true}\nsummary: &a " + strings.Repeat("字", 3000) + "\nhonors: [" + strings.Repeat("{title: *a}, ", 300) + "]\n---\n")},
		{"aliases of aliases", about, []byte("---\na: &a [x, x, x, x, x, x, x, x]\n" + doubled() + "title: 关于\n---\n")},
		{"nested", about, []byte("---\ntitle: 关于\nparams: " + strings.Repeat("[", 4000) + strings.Repeat("]", 4000) + "\n---\n")},
		{"nested map", about, []byte("---\ntitle: 关于\nparams: " + strings.Repeat("{a: ", 2000) + strings.Repeat("}", 2000) + "\n---\n")},
		{"nested TOML", about, []byte("+++\ntitle = '关于'\nparams = " + strings.Repeat("[", 4000) + strings.Repeat("]", 4000) + "\n+++\n")},
		{"long key TOML", about, []byte("+++\ntitle = '关于'\n[" + strings.Repeat("a.", 4000) + "a]\n+++\n")},
		{"nested JSON", about, []byte("{\"title\": \"关于\", \"params\": " + strings.Repeat("[", 4000) + strings.Repeat("]", 4000) + "}\n")},
		{"mourning", "content/site.yaml", []byte("title: 站\nbase_url: https://host.example/lamp/\nmourning: [" + strings.Repeat("2026-12-13, ", 700) + "]\n")},
		{"largest plaque", "content/venues/yuan/_index.md", []byte("---\nname: 园\nplaque: {layout: board, width: 5000, height: 5000, distance: 50}\n---\n")},
		{"large picture", "content/pages/tu/p.png", flat(t, 3000, 3000)},
		{"too large a picture", "content/pages/tu/p.png", claims(60000, 60000)},
		{"moving picture", "content/pages/tu/p.gif", moving(60)},
	} {
		t.Run(c.name, func(t *testing.T) {
			l.try(t, c.file, c.data)
		})
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"a.docx", docx(t, wordHead+strings.Repeat("<w:p/>", 1<<20)+"</w:body></w:document>")},
		{"b.docx", docx(t, wordHead+strings.Repeat("<w:r>", 1<<20))},
		{"c.docx", docx(t, wordHead+"<w:p><w:r><w:t>"+strings.Repeat("字", 3<<20)+"</w:t></w:r></w:p></w:body></w:document>")},
		{"d.html", []byte(strings.Repeat("<div>", size/5))},
		{"e.html", []byte("<table>" + strings.Repeat("<td rowspan=999 colspan=999>", size/28))},
		{"f.csv", []byte("姓名\n" + strings.Repeat("\"", size))},
		{"g.xlsx", cells(t)},
		{"h.xlsx", workbook(t, `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`, "")},
		{"i.xlsx", workbook(t, `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>`, "")},
		{"j.xlsx", workbook(t, `<sheetData>`+strings.Repeat(`<row>`+strings.Repeat(`<c t="s"><v>0</v></c>`, 100)+`</row>`, 1000)+`</sheetData>`, `<si><t>`+strings.Repeat("字", 1<<20)+`</t></si>`)},
		{"k.xlsx", workbook(t, `<sheetData/>`, strings.Repeat(`<si><t>a</t></si>`, 1<<20))},
		{"l.xlsx", workbook(t, `<sheetData>`+strings.Repeat(`<row r="1"><c r="A1"><v>1</v></c></row>`, 1<<17)+`</sheetData>`, "")},
		{"m.xlsx", workbook(t, `<cols><col min="1" max="999999999" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`, "")},
		{"n.xlsx", workbook(t, `<sheetData><row r="999999999"><c r="ZZZZZZ999999999"><v>1</v></c></row></sheetData>`, "")},
		{"o.docx", docx(t, wordHead+`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>`)},
		{"p.docx", docx(t, wordHead+strings.Repeat(`<w:tbl><w:tr><w:tc>`, 60)+`<w:p/>`+strings.Repeat(`</w:tc></w:tr></w:tbl>`, 60)+`</w:body></w:document>`)},
		{"q.docx", docx(t, wordHead+`<w:tbl>`+strings.Repeat(`<w:tr>`+strings.Repeat(`<w:tc><w:p/></w:tc>`, 100)+`</w:tr>`, 3000)+`</w:tbl></w:body></w:document>`)},
		{"r.docx", docx(t, `<!DOCTYPE a [<!ENTITY b "`+strings.Repeat("c", 1000)+`"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]>`+wordHead+strings.Repeat("<w:p><w:r><w:t>&d;</w:t></w:r></w:p>", 1000)+"</w:body></w:document>")},
		{"s.html", []byte("<table><td colspan=999999999 rowspan=999999999>a<td>b</table>" + strings.Repeat("<p>字", 100))},
		{"t.html", []byte(strings.Repeat("<table><tr><td>", 600) + "a")},
		{"u.html", []byte(strings.Repeat("<b><i>", size/6) + "a")},
		{"v.html", []byte("<p " + numbered(1000, "a%d=b ") + ">字" + strings.Repeat("<a><b>", 500))},
		{"w.html", []byte(strings.Repeat("<ul><li>", 1000) + strings.Repeat("<p>字</p>", 200))},
		{"x.html", []byte("<svg>" + strings.Repeat("<g>", size/3))},
		{"y.html", []byte(strings.Repeat("<p><font>", size/9))},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(l.dir, c.name)
			if err := os.WriteFile(file, c.data, 0o644); err != nil {
				t.Fatal(err)
			}
			clock := startClock()
			over := allocated(func() {
				if _, err := importer.Make(os.DirFS(l.root), []string{file}, importer.Options{Lang: diag.Chinese, Today: date.Date{Year: 2026, Month: 11, Day: 22}}); err != nil {
					t.Error(err)
				}
			})
			l.bounded(t, len(c.data), clock.stop(), over)
		})
	}
}

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// doubled is aliases of lists that each hold eight of the last.
func doubled() string {
	var b strings.Builder
	for c := 'b'; c <= 'k'; c++ {
		fmt.Fprintf(&b, "%c: &%[1]c [%s]\n", c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 8))
	}
	return b.String()
}

// uses is a drawing that asks for a thousand million elements.
func uses() string {
	var b strings.Builder
	b.WriteString(svgHead + `<path id="a0" d="M0 0"/>`)
	for i := range 9 {
		fmt.Fprintf(&b, `<g id="a%d">%s</g>`, i+1, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i), 10))
	}
	return b.String() + "</svg>"
}

// claims is the head of a PNG that says it is large.
func claims(w, h uint32) []byte {
	head := []byte("IHDR")
	for _, n := range []uint32{w, h} {
		head = append(head, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	head = append(head, 8, 6, 0, 0, 0)
	sum := crc32.ChecksumIEEE(head)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return append(out, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}

// workbook is a workbook of one sheet.
func workbook(t testing.TB, sheet, shared string) []byte {
	t.Helper()
	const main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	return zipped(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kind + `worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + kind + `sharedStrings+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + office + `"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + main + `">` + sheet + `</worksheet>`},
		{"xl/sharedStrings.xml", `<sst xmlns="` + main + `">` + shared + `</sst>`},
	})
}

// cells is a workbook that packs a sheet of millions of cells into little.
func cells(t testing.TB) []byte {
	t.Helper()
	return zipped(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 3000) + `</sheetData></worksheet>`},
	})
}
