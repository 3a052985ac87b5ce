package epub

import (
	"path"
	"strconv"
	"strings"
)

// packageDocument writes what the book says of itself, the list of its files, and the
// order in which they are read.
func (m *manuscript) packageDocument() []byte {
	var x xmlWriter
	x.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	x.open("package", "xmlns", "http://www.idpf.org/2007/opf", "version", "3.0", "unique-identifier", "id", "xml:lang", m.Lang)
	x.WriteString("\n")
	m.metadata(&x)
	x.open("manifest")
	x.WriteString("\n")
	item := func(id, file, kind, properties string) {
		x.empty("item", "id", id, "href", file, "media-type", kind, "properties", properties)
		x.WriteString("\n")
	}
	for _, d := range m.docs {
		properties := ""
		if d.file == NavFile {
			properties = "nav"
		}
		item(docID(d), d.file, "application/xhtml+xml", properties)
	}
	item("style", styleFile, "text/css", "")
	for _, p := range m.pictures {
		properties := ""
		if p.Name == m.Cover.Name {
			properties = "cover-image"
		}
		item("image-"+p.Name, PictureFile(p.Name), mediaTypes[path.Ext(p.Name)], properties)
	}
	x.end("manifest")
	x.WriteString("\n")
	x.open("spine", "page-progression-direction", "default")
	x.WriteString("\n")
	for _, d := range m.docs {
		x.empty("itemref", "idref", docID(d))
		x.WriteString("\n")
	}
	x.end("spine")
	x.WriteString("\n")
	x.end("package")
	x.WriteString("\n")
	return x.Bytes()
}

func docID(d *doc) string { return strings.TrimSuffix(d.file, ".xhtml") }

func (m *manuscript) metadata(x *xmlWriter) {
	x.open("metadata", "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	x.WriteString("\n")
	dc := func(name, text string, attrs ...string) {
		if strings.TrimSpace(text) != "" {
			x.element("dc:"+name, text, attrs...)
			x.WriteString("\n")
		}
	}
	meta := func(property, text string, attrs ...string) {
		x.element("meta", text, append([]string{"property", property}, attrs...)...)
		x.WriteString("\n")
	}
	dc("identifier", m.ID, "id", "id")
	if m.Address != m.ID {
		dc("identifier", m.Address)
	}
	dc("title", m.Title, "id", "main-title")
	meta("title-type", "main", "refines", "#main-title")
	if m.Subtitle != "" {
		dc("title", m.Subtitle, "id", "sub-title")
		meta("title-type", "subtitle", "refines", "#sub-title")
	}
	dc("language", m.Lang)
	for i, name := range m.Editors {
		id := "editor-" + strconv.Itoa(i+1)
		dc("creator", name, "id", id)
		meta("role", "edt", "refines", "#"+id, "scheme", "marc:relators")
	}
	for i, name := range m.Authors {
		id := "author-" + strconv.Itoa(i+1)
		dc("contributor", name, "id", id)
		meta("role", "aut", "refines", "#"+id, "scheme", "marc:relators")
	}
	dc("publisher", m.Publisher)
	dc("description", m.Summary)
	dc("date", m.Issued)
	meta("dcterms:modified", m.Modified)
	m.access(meta)
	x.empty("meta", "name", "cover", "content", "image-"+m.Cover.Name) // for readers of old
	x.WriteString("\n")
	x.end("metadata")
	x.WriteString("\n")
}

// access tells what readers with a disability will find (EPUB Accessibility 1.1, in the
// terms of schema.org). Only what is so is claimed: alternative texts alone where every
// picture has one.
func (m *manuscript) access(meta func(property, text string, attrs ...string)) {
	meta("schema:accessMode", "textual")
	if m.images > 0 {
		meta("schema:accessMode", "visual")
	}
	if m.unseen == 0 {
		meta("schema:accessModeSufficient", "textual")
	}
	for _, f := range []string{"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"} {
		meta("schema:accessibilityFeature", f)
	}
	if m.images > 0 && m.unseen == 0 {
		meta("schema:accessibilityFeature", "alternativeText")
	}
	if m.ruby {
		meta("schema:accessibilityFeature", "rubyAnnotations")
	}
	meta("schema:accessibilityHazard", "none")
	if m.Words.Access != "" {
		meta("schema:accessibilitySummary", m.Words.Access)
	}
}
