package epub

import (
	_ "embed"
	"strings"
)

//go:embed style.css
var plainStyle []byte

// document writes a file of the book around what its body writes.
func (m *manuscript) document(x *xmlWriter, d *doc) {
	x.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<!DOCTYPE html>\n")
	x.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "xmlns:epub", "http://www.idpf.org/2007/ops", "xml:lang", m.Lang, "lang", m.Lang)
	x.WriteString("\n<head>\n")
	title := d.title
	if strings.TrimSpace(title) == "" {
		title = m.Title
	}
	x.element("title", title)
	x.WriteString("\n")
	x.empty("link", "rel", "stylesheet", "type", "text/css", "href", styleFile)
	x.WriteString("\n</head>\n")
	if d.file == NavFile {
		x.open("body")
		d.body(x)
	} else {
		x.open("body", "class", d.kind)
		x.WriteString("\n")
		x.open("section", "epub:type", d.kind, "role", d.role, "aria-labelledby", m.labelled(d))
		d.body(x)
		x.end("section")
	}
	x.WriteString("\n</body>\n</html>\n")
}

// labelled is the id of the heading that names a file's section.
func (m *manuscript) labelled(d *doc) string {
	if d.titled {
		return "title"
	}
	return ""
}

func (m *manuscript) cover(x *xmlWriter) {
	alt := m.Cover.Alt
	if alt == "" {
		alt = m.Title
	}
	x.empty("img", "src", PictureFile(m.Cover.Name), "alt", alt, "role", "doc-cover")
}

func (m *manuscript) titlePage(x *xmlWriter) {
	w := m.Words
	x.element("h1", m.Title)
	if m.Subtitle != "" {
		x.element("p", m.Subtitle, "class", "subtitle")
	}
	line := func(label, words string) {
		if words == "" {
			return
		}
		x.open("p", "class", "fact")
		if label != "" {
			x.element("span", label, "class", "label")
			x.text(" ")
		}
		x.text(words)
		x.end("p")
	}
	line(w.Editors, strings.Join(m.Editors, w.Comma))
	line(w.Publisher, m.Publisher)
}

// part writes the page of a part.
func (m *manuscript) part(x *xmlWriter, p *Part) {
	x.element("h1", p.Name, "id", "title")
	if p.Picture != "" {
		x.open("figure")
		x.empty("img", "src", PictureFile(p.Picture), "alt", p.Alt)
		x.end("figure")
	}
	if p.Words != "" {
		x.element("p", p.Words, "class", "words")
	}
}

// colophon writes the last page.
func (m *manuscript) colophon(x *xmlWriter) {
	x.element("h1", m.Words.Colophon, "id", "title")
	if m.Internal != "" {
		x.element("p", m.Internal, "class", "internal")
	}
	x.open("dl")
	for _, f := range m.Colophon {
		x.element("dt", f.Label)
		for _, l := range f.Lines {
			x.open("dd")
			if href := m.href(m.files[lastFile], f.Href); href != "" {
				x.element("a", l, "href", href)
			} else {
				x.text(l)
			}
			x.end("dd")
		}
	}
	x.end("dl")
}

// piece writes a chapter.
func (m *manuscript) piece(x *xmlWriter, d *doc, c *Chapter) {
	x.element("h1", c.Title, "id", "title")
	if len(c.Authors) > 0 {
		x.element("p", strings.Join(c.Authors, m.Words.Comma), "class", "by")
	}
	text, _ := m.read(c.HTML)
	m.link(d, text)
	x.children(text)
	if len(c.Sources) == 0 {
		return
	}
	x.open("section", "class", "sources")
	if m.Words.Sources != "" {
		x.element("h2", m.Words.Sources)
	}
	x.open("ul")
	for _, s := range c.Sources {
		x.open("li")
		if href := m.href(d, s.Href); href != "" {
			x.element("a", s.Title, "href", href)
		} else {
			x.text(s.Title)
		}
		x.end("li")
	}
	x.end("ul")
	x.end("section")
}

// contents writes the navigation document: the contents as readers show them and as a
// page of the book, and the landmarks.
func (m *manuscript) contents(x *xmlWriter) {
	x.open("nav", "epub:type", "toc", "role", "doc-toc", "id", "toc")
	x.element("h1", m.Words.Contents)
	x.open("ol")
	item := func(file, title string) {
		x.open("li")
		x.element("a", title, "href", file)
	}
	m.outline(
		func(file, title string) { item(file, title); x.end("li") },
		func(file, title string) { item(file, title); x.open("ol") },
		func() { x.end("ol"); x.end("li") },
	)
	x.end("ol")
	x.end("nav")
	x.open("nav", "epub:type", "landmarks", "hidden", "hidden")
	x.open("ol")
	for _, l := range []struct{ kind, file, title string }{
		{"cover", coverFile, m.Words.Cover}, {"titlepage", titleFile, m.Words.TitlePage}, {"toc", NavFile + "#toc", m.Words.Contents},
		{"introduction", introFile, m.Words.Intro}, {"bodymatter", m.first(), m.Words.Text}, {"colophon", lastFile, m.Words.Colophon},
	} {
		if name, _, _ := strings.Cut(l.file, "#"); l.title != "" && m.files[name] != nil {
			x.open("li")
			x.element("a", l.title, "epub:type", l.kind, "href", l.file)
			x.end("li")
		}
	}
	x.end("ol")
	x.end("nav")
}

// first is the file where reading begins.
func (m *manuscript) first() string {
	for _, d := range m.docs {
		if d.kind == "part" || d.kind == "chapter" {
			return d.file
		}
	}
	return titleFile
}

// outline walks the book's pieces in order.
func (m *manuscript) outline(piece, part func(file, title string), end func()) {
	if m.Intro != nil {
		piece(introFile, m.Intro.Title)
	}
	n := 0
	for i, p := range m.Parts {
		if p.Name != "" && len(p.Chapters) > 0 {
			part(partFile(i), p.Name)
		} else if p.Name != "" {
			piece(partFile(i), p.Name)
		}
		for _, c := range p.Chapters {
			n++
			piece(ChapterFile(n), c.Title)
		}
		if p.Name != "" && len(p.Chapters) > 0 {
			end()
		}
	}
	if m.Intro == nil && len(m.Parts) == 0 {
		piece(titleFile, m.Title) // a list needs an entry
	}
	if len(m.Colophon) > 0 {
		piece(lastFile, m.Words.Colophon)
	}
}
