// Package docform writes a form to fill in as a Word file (.docx: ECMA-376, Office Open XML,
// as Word, WPS and LibreOffice open it).
//
// [Write] makes one A4 sheet or more: a title, lines of explanation, a table of what is to be
// filled in, part by part, and notes at its end. To the right of each label stands room of a
// given number of lines, or boxes to tick (☐, a character: nothing in the file runs). Its
// bytes follow from the form alone.
//
// The format's own way to say little is short, so that no library is used: six parts, of which
// one is the text. Not here: reading such files (package importer/docx).
package docform

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Form is what stands on the sheet.
type Form struct {
	Lang  string // BCP 47
	Title string
	By    string // whose form it is
	Intro []string
	Parts []Part
	Notes []string
}

// Part is lines that belong together.
type Part struct {
	Name string
	Rows []Row
}

// Row is one thing to be filled in.
type Row struct {
	Label string
	Hint  string   // small, below the label
	Boxes []string // to tick
	Lines int      // of room; 0 where the boxes are all
}

// Box is the character of a box to tick.
const Box = "☐"

// Sizes in twentieths of a point, as the format has them.
const (
	pageWidth, pageHeight = 11906, 16838 // A4
	margin                = 1021         // 18 mm
	labelWidth            = 2400
	lineHeight            = 400
)

// Write writes the form.
func Write(w *bytes.Buffer, f Form) error {
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relations},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(f.Title) + `</dc:title><dc:creator>` + escaped(f.By) + `</dc:creator></cp:coreProperties>`},
		{"word/document.xml", document(&f)},
		{"word/styles.xml", styles(f.Lang)},
		{"word/_rels/document.xml.rels", documentRelations},
	} {
		//lint:ignore SA1019 Modified would add an extra field; this is 1980-01-01
		p, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, ModifiedDate: 1<<5 | 1})
		if err != nil {
			return err
		}
		if _, err := p.Write([]byte(xml.Header + part.text)); err != nil {
			return err
		}
	}
	return z.Close()
}

const main = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const documentRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`

// styles are those the form uses. Sizes of type are in half points.
func styles(lang string) string {
	east, language := "SimSun", `<w:lang w:val="en-US" w:eastAsia="zh-CN"/>`
	if strings.HasPrefix(lang, "zh-Hant") {
		east, language = "PMingLiU", `<w:lang w:val="en-US" w:eastAsia="zh-TW"/>`
	}
	style := func(id, name, para, run string) string {
		return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>` + para + `</w:pPr><w:rPr>` + run + `</w:rPr></w:style>`
	}
	return `<w:styles ` + main + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + east + `" w:cs="Times New Roman"/><w:sz w:val="20"/><w:szCs w:val="20"/>` + language + `</w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		style("Heading1", "heading 1", `<w:keepNext/><w:spacing w:after="120"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>`) +
		style("Part", "Part", `<w:keepNext/>`, `<w:b/>`) +
		style("Hint", "Hint", ``, `<w:color w:val="444444"/><w:sz w:val="16"/><w:szCs w:val="16"/>`) +
		style("Note", "Note", `<w:spacing w:before="60"/>`, `<w:sz w:val="18"/><w:szCs w:val="18"/>`) +
		`</w:styles>`
}

func document(f *Form) string {
	var b strings.Builder
	b.WriteString(`<w:document ` + main + `><w:body>`)
	paragraph(&b, "Heading1", f.Title)
	for _, s := range f.Intro {
		paragraph(&b, "Note", s)
	}
	const room = pageWidth - 2*margin - labelWidth
	edge := func(name string) string {
		return `<w:` + name + ` w:val="single" w:sz="4" w:space="0" w:color="444444"/>`
	}
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, labelWidth+room)
	for _, name := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(edge(name))
	}
	fmt.Fprintf(&b, `</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, labelWidth, room)
	for _, p := range f.Parts {
		fmt.Fprintf(&b, `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="2"/><w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:tcPr>`, labelWidth+room)
		paragraph(&b, "Part", p.Name)
		b.WriteString(`</w:tc></w:tr>`)
		for _, r := range p.Rows {
			fmt.Fprintf(&b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, lineHeight*max(1, r.Lines), labelWidth)
			paragraph(&b, "Normal", r.Label)
			if r.Hint != "" {
				paragraph(&b, "Hint", r.Hint)
			}
			fmt.Fprintf(&b, `</w:tc><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, room)
			var boxes []string
			for _, s := range r.Boxes {
				boxes = append(boxes, Box+" "+s)
			}
			paragraph(&b, "Normal", strings.Join(boxes, "　")) // a cell ends in a paragraph
			b.WriteString(`</w:tc></w:tr>`)
		}
	}
	b.WriteString(`</w:tbl>`)
	for _, s := range f.Notes {
		paragraph(&b, "Note", s)
	}
	if len(f.Notes) == 0 {
		paragraph(&b, "Normal", "") // a table may not end a document
	}
	fmt.Fprintf(&b, `<w:sectPr><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`, pageWidth, pageHeight, margin, margin, margin, margin)
	return b.String()
}

func paragraph(b *strings.Builder, style, text string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	if text != "" {
		b.WriteString(`<w:r><w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`)
	}
	b.WriteString(`</w:p>`)
}

// escaped is a text as XML holds it; what XML cannot hold is left out.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
