// Package epub binds chapters into an e-book: EPUB 3.3 (W3C Recommendation), readable by
// readers of EPUB 3.0 on.
//
//	cover.xhtml   the cover picture          title.xhtml        title, editors, editions
//	nav.xhtml     the contents, by part      intro.xhtml        what the book says of itself
//	part-01.xhtml a part's own page          chapter-001.xhtml  a chapter
//	colophon.xhtml who made it, by what leave, in which editions
//
// [Write] is a pure function of a [Book]: the same book gives the same bytes. It holds
// no clock, no random identifier and no font; times in the archive are those of 1980,
// the first that ZIP knows.
//
// # Texts
//
// Chapters come as HTML, as a browser reads it, and go out as XHTML. On the way
//
//   - ids become such as XML allows, and links to them follow, from other chapters too;
//   - a link within the book to a place that does not exist leads to its chapter, one to
//     a file that does not exist is undone;
//   - notes become <aside epub:type="footnote">, which readers show in place;
//   - boxes of task lists become signs, since a book has no forms;
//   - what only a browser needs (loading, srcset, rel) goes, as do characters that XML
//     cannot hold.
//
// A chapter links to another as [ChapterFile] (with #id), to the contents as [NavFile],
// to a picture as [PictureFile], and to everything else by its full address.
//
// # Not here
//
// No NCX for readers of EPUB 2, no scripts, no fixed layout, no encryption.
package epub

import (
	"bytes"
	"fmt"
)

// Book is a whole book. Only ID, Lang, Title, Modified and Cover are needed.
type Book struct {
	ID        string // urn:uuid:… or an address; it stays the same for ever
	Address   string // of the book on the web
	Lang      string // BCP 47
	Title     string
	Subtitle  string
	Summary   string
	Editors   []string
	Authors   []string // of chapters, each once
	Publisher string
	// Colophon is the last page of the book; none where it is empty. Internal is the notice
	// above it that a book needs which is printed by a permit, or "".
	Colophon []Fact
	Internal string
	Issued   string // the date of the latest edition: YYYY, YYYY-MM or YYYY-MM-DD
	Modified string // YYYY-MM-DDThh:mm:ssZ
	Cover    Picture
	Style    []byte // CSS; nil for a plain one
	Intro    *Chapter
	Parts    []Part
	Pictures []Picture
	Words    Words
}

// Part is a part of a book. One without a name has no page of its own: its chapters
// stand beside the parts.
type Part struct {
	Name     string
	Picture  string // the name of one of the book's pictures, or ""
	Alt      string // of Picture
	Words    string // a sentence or two below its name, or ""
	Chapters []Chapter
}

// Fact is what a colophon says of one thing.
type Fact struct {
	Label string
	Lines []string
	Href  string // where the first line leads: a full address, or ""
}

// Chapter is one piece.
type Chapter struct {
	Title   string
	Authors []string
	HTML    string // below the title; its highest headings are h2
	Sources []Source
}

// Source says where a chapter's facts come from. Href is a full address or "".
type Source struct{ Title, Href string }

// Picture is a file of a book.
type Picture struct {
	Name string // x.jpg, x.png or x.svg, of letters, digits, "-", "_" and "."
	Data []byte
	Alt  string // of the cover
}

// Words are those a reader meets that are not the book's own, in its language.
type Words struct {
	Cover, TitlePage, Contents, Intro, Text string // names of its places
	Colophon                                string // and of its last page
	Editors, Publisher                      string // labels on the title page
	Sources, Notes                          string
	Comma                                   string // between names: 、
	Access                                  string // what people who cannot see or hear will find
}

// NavFile is the file of the contents.
const NavFile = "nav.xhtml"

// ChapterFile is the file of the nth chapter of a book, from 1, counted through its parts.
func ChapterFile(n int) string { return fmt.Sprintf("chapter-%03d.xhtml", n) }

// PictureFile is where a picture lies, as texts name it.
func PictureFile(name string) string { return "images/" + name }

const (
	coverFile = "cover.xhtml"
	titleFile = "title.xhtml"
	introFile = "intro.xhtml"
	lastFile  = "colophon.xhtml"
	styleFile = "style.css"
)

// Write appends the book's file to w. It fails where something needed is missing or a
// picture is of a kind that e-books do not hold.
func Write(w *bytes.Buffer, b *Book) error {
	m, err := bind(b)
	if err != nil {
		return fmt.Errorf("epub: %w", err)
	}
	a := newArchive(w)
	a.add("META-INF/container.xml", []byte(container))
	a.add("OEBPS/package.opf", m.packageDocument())
	var x xmlWriter
	for _, d := range m.docs {
		x.Reset()
		m.document(&x, d)
		a.add("OEBPS/"+d.file, x.Bytes())
	}
	style := b.Style
	if style == nil {
		style = plainStyle
	}
	a.add("OEBPS/"+styleFile, style)
	for _, p := range m.pictures {
		a.add("OEBPS/"+PictureFile(p.Name), p.Data)
	}
	return a.close()
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`
