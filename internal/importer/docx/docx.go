// Package docx reads Word's .docx files (ECMA-376, WordprocessingML), as Word, WPS,
// LibreOffice and pandoc write them, into a [rich.Document].
//
// # Why its own reading
//
// The libraries that read .docx in Go either carry the AGPL, extract bare text, or
// are not to be had from the module proxy. pandoc reads the common parts well, but
// on files made for comparing it dropped the words of text boxes without a word,
// turned automatic 一、二、 into 1. 2., wrote pictures and tables with merged cells
// as HTML (which a text of this site shows as text), and said nothing of anything
// it left out; nor do editors have it. What a record can hold is a small part of
// the format, and this package is that part.
//
// # What is read
//
// Headings by style name (heading 1, 标题 1) or outline level, through the chain of
// styles: WPS numbers its style ids, so ids tell nothing. Bold, italic, emphasis
// dots, strikethrough; links and link fields; ruby, the EQ field that older
// versions wrote for it too; line breaks; lists with numbers as Word counts them,
// numbers that Markdown has no list for (一、 （一） 第一章) as words; tables;
// pictures in order; foot- and endnotes; text boxes, set behind their paragraph;
// content controls. Of tracked changes what was inserted is taken and what was
// deleted is not. mc:AlternateContent is read once, not once for each program.
//
// # What is left, and told
//
// Headers and footers with their pictures, comments, tables of contents, charts, diagrams, embedded
// objects, shapes without words, hidden text; underlining and super- or subscript
// beyond the digits; formulas come as their bare characters.
//
// A picture that cannot be taken leaves its place (rich.Picture.Lost), so that somebody
// sees where it was; one that was cropped keeps its crop, which the importer applies.
//
// # Hostile files
//
// A part of the package is read up to 64 MB, a picture up to 64 MB, all of them up
// to 400 MB; XML is no deeper than 200 and no larger than 3 million nodes; entities
// are not expanded (encoding/xml knows none but XML's own). Names inside the
// package name nothing on disk.
package docx

import (
	"io"
	"strings"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// File is what a .docx held.
type File struct {
	Document rich.Document
	Title    string    // of the file's properties; often left from a template
	Saved    date.Date // when it was last saved, else made
}

// Read reads a file of size bytes. What is worth telling goes to log; an error is
// a *[report.Error].
func Read(r io.ReaderAt, size int64, log *report.Log) (*File, error) {
	p, err := open(r, size)
	if err != nil {
		return nil, err
	}
	main := p.mainPart()
	body, err := p.xml(main)
	if err != nil {
		return nil, err
	}
	if body == nil || body.child("body") == nil {
		return nil, errBroken
	}
	x := &reader{pack: p, part: main, log: log, rels: p.relations(main), pictures: map[shown]int{}, endless: map[*node]bool{}}
	if x.styles, err = p.styles(main); err != nil {
		return nil, err
	}
	if x.numbering, err = p.numbering(main, x.styles); err != nil {
		return nil, err
	}
	if err := x.loadNotes(); err != nil {
		return nil, err
	}
	f := &File{}
	x.doc = &f.Document
	x.balance(body)
	x.doc.Blocks = x.blocks(body.child("body"))
	if spans := rich.Tidy(x.carried); !rich.Blank(spans) { // nothing came that it could go on in
		x.doc.Blocks = append(x.doc.Blocks, rich.Block{Text: spans})
	}
	x.tellLeft()
	f.Title, f.Saved = p.properties()
	return f, nil
}

// reader is one reading of a document.
type reader struct {
	pack      *pack
	part      string
	log       *report.Log
	doc       *rich.Document
	rels      map[string]relation
	styles    *styles
	numbering *numbering
	notes     map[string]*node // "f1", "e2" → footnote, endnote
	noteRels  map[string]map[string]relation
	inNote    bool
	pictures  map[shown]int // → place in doc.Pictures
	fields    []field
	endless   map[*node]bool // beginnings of fields that have no end
	carried   []rich.Span    // of a paragraph whose end was deleted

	inserted, deleted, boxes, hidden, toc, shapes, charts, objects    int
	formulas, underlined, scripts, merged, nested, circles, cut, arts int
}

// tellLeft reports what was counted.
func (x *reader) tellLeft() {
	tell := func(n int, s report.Sort, zh, en string) {
		if n > 0 {
			x.log.Add(s, zh, en, n)
		}
	}
	if x.inserted+x.deleted > 0 {
		x.log.Add(report.Guessed, "有修订记录：插入的 %d 处收进来了，删除的 %d 处没有收", "tracked changes: %d insertions were taken, %d deletions left out", x.inserted, x.deleted)
	}
	tell(x.boxes, report.Guessed, "文本框 %d 个，文字放在所在段落的后面", "%d text boxes: their words stand behind the paragraph they were fixed to")
	tell(x.arts, report.Guessed, "艺术字 %d 个，按普通段落写", "%d pieces of WordArt were written as paragraphs")
	tell(x.merged, report.Guessed, "合并过的单元格 %d 个：竖着合并的每行都写上，横着合并的只写在第一格", "%d merged cells: those merged downwards are repeated in each row, those merged across stand in the first")
	tell(x.nested, report.Guessed, "表格里的表格 %d 个，只留下文字", "%d tables within tables: only their words were kept")
	tell(x.formulas, report.Guessed, "公式 %d 个，只留下字符", "%d formulas: only their characters were kept")
	tell(x.circles, report.Guessed, "带圈的字 %d 个：没有这样的字符，圈没有留下，写成（字）", "%d characters in circles that have no character of their own were written in brackets")
	tell(x.scripts, report.Guessed, "上标、下标 %d 处，按普通文字写", "%d runs of super- or subscript were written as plain text")
	tell(x.underlined, report.Left, "下划线 %d 处：正文里没有下划线", "%d underlined runs: texts have no underlining")
	tell(x.hidden, report.Left, "隐藏的文字、图片 %d 处", "%d runs of hidden text or pictures")
	tell(x.toc, report.Left, "目录（%d 段）：网页自己会生成", "the table of contents (%d lines): pages make their own")
	tell(x.shapes, report.Left, "没有文字的图形 %d 个", "%d shapes without words")
	tell(x.charts, report.Left, "图表 %d 个：在 WPS 里右键另存为图片，再插入", "%d charts: save them as pictures and insert those")
	tell(x.cut, report.Left, "%d 张表格第 100 列以后：太宽", "what follows column 100 of %d tables: they are too wide")
	tell(x.objects, report.Left, "嵌入的文件 %d 个", "%d embedded files")
	x.tellComments()
	x.tellMargins()
}

// tellComments reports reviewers' comments, to the editor alone: they may say what is meant
// for nobody else, and what was left of a text is written into its record.
func (x *reader) tellComments() {
	n, err := x.pack.xml(x.pack.related(x.part, "comments", "comments.xml"))
	if err != nil || n == nil {
		return
	}
	var said []string
	for _, c := range n.kids {
		if c.name == "comment" {
			said = append(said, "“"+report.Short(c.words())+"”")
		}
	}
	if len(said) > 0 {
		x.log.Add(report.Left, "批注 %d 条", "%d comments", len(said))
		x.log.Add(report.Todo, "原文有批注，请照办：%s", "the file has comments to be heeded: %s", few(said, 5))
	}
}

// tellMargins reports the words of headers and footers.
func (x *reader) tellMargins() {
	seen, drawn := map[string]bool{}, map[string]bool{}
	var said []string
	for _, id := range sortedKeys(x.rels) {
		r := x.rels[id]
		if !strings.HasSuffix(r.kind, "/header") && !strings.HasSuffix(r.kind, "/footer") {
			continue
		}
		n, err := x.pack.xml(r.target)
		if err != nil || n == nil {
			continue
		}
		rels := x.pack.relations(r.target)
		n.each(func(k *node) {
			switch k.name {
			case "blip":
				drawn[rels[k.attr("embed")].target] = true
			case "imagedata":
				drawn[rels[k.attr("id")].target] = true
			}
		})
		words := strings.TrimSpace(n.words())
		if strings.Trim(words, "0123456789 -—－第页共/") != "" && !seen[words] {
			seen[words] = true
			said = append(said, "“"+report.Short(words)+"”")
		}
	}
	if len(said) > 0 {
		x.log.Add(report.Left, "页眉页脚：%s", "headers and footers: %s", few(said, 5))
	}
	if delete(drawn, ""); len(drawn) > 0 {
		x.log.Add(report.Left, "页眉页脚里的图片 %d 张", "%d pictures of headers and footers", len(drawn))
	}
}

// few joins the first n of a list.
func few(list []string, n int) string {
	if len(list) > n {
		return strings.Join(list[:n], "") + "…"
	}
	return strings.Join(list, "")
}
