package render

import (
	"bytes"
	"errors"
	"path"
	"sync"

	"mingdeng/internal/cover"
	"mingdeng/internal/diag"
	"mingdeng/internal/epub"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/media"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
)

// Binding is how a theme binds books.
type Binding struct {
	Covers map[string]*cover.Painter // "cover", and "plate" for books with a picture of their own
	Faces  *kit.Faces
	Style  []byte // of e-books; nil for the program's own
}

// Volume plans the files of a book to take away: the e-book, its cover, and the style
// sheet with the running heads of the page that prints it.
func (r *Renderer) Volume(v pages.Volume, b Binding) []output.Output {
	// Two files need the cover and drawing takes a moment: whoever comes first draws.
	drawn := sync.OnceValues(func() (drawing, error) { return r.cover(v, b) })
	// What is wrong with the cover is told at the book's title, wherever that stands.
	title := v.Head.At("title")
	at := fingerprint.Of(&struct {
		Path string
		diag.Pos
	}{v.Head.Path, title})
	return []output.Output{
		{Path: v.EPUB, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			book := v.Book()
			front := r.frontPrint(&book.Front, b)
			print := fingerprint.Of(book)
			return fingerprint.Sum(print[:], front[:], at[:], media.EncodedBy(), b.Style), func(w *bytes.Buffer) error {
				return r.told(v.EPUB, func(found *diag.List) error { return r.bind(w, book, b, drawn, found) })
			}, nil
		}},
		{Path: v.Cover, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			front := r.frontPrint(v.Front(), b)
			return fingerprint.Sum(front[:], at[:]), func(w *bytes.Buffer) error {
				return r.told(v.Cover, func(found *diag.List) error {
					d, err := drawn()
					w.Write(d.jpg)
					found.Add(d.lacks...)
					return err
				})
			}, nil
		}},
		output.Ready(v.Heads, fingerprint.Sum([]byte(v.HeadsCSS)), func(w *bytes.Buffer) error {
			w.WriteString(v.HeadsCSS)
			return nil
		}),
	}
}

// painter draws the cover of a front.
func (b *Binding) painter(f *pages.Front) *cover.Painter {
	if c := b.Covers["plate"]; f.Picture != "" && c != nil {
		return c
	}
	return b.Covers["cover"]
}

func (r *Renderer) frontPrint(f *pages.Front, b Binding) fingerprint.Fingerprint {
	var d *design.Cover
	if painter := b.painter(f); painter != nil {
		d = painter.Design
	}
	return fingerprint.Of(&struct {
		Version string
		Encoder []byte
		Front   *pages.Front
		Design  *design.Cover
		Faces   *kit.Faces
	}{cover.Version, media.EncodedBy(), f, d, b.Faces})
}

// drawing is a cover, and what its font lacks.
type drawing struct {
	jpg   []byte
	lacks []diag.Finding
}

func (r *Renderer) cover(v pages.Volume, b Binding) (d drawing, err error) {
	f := v.Front()
	front := cover.Front{Fields: f.Fields}
	if f.Picture != "" {
		pic, err := r.Media.Published(f.Picture)
		if err != nil {
			return d, err
		}
		front.Picture = pic
	}
	painter := b.painter(f)
	if painter == nil {
		return d, errors.New("the theme has no book/cover.yaml")
	}
	jpg, missing, err := painter.Draw(front, b.Faces)
	d.jpg = jpg
	for _, c := range missing {
		d.lacks = append(d.lacks, diag.CoverGlyph.At(v.Head.Path, v.Head.At("title"), string(c)))
	}
	return d, err
}

// bind makes an e-book. Faults of its texts are told by their own pages.
func (r *Renderer) bind(w *bytes.Buffer, x *pages.EBook, b Binding, drawn func() (drawing, error), found *diag.List) error {
	front, err := drawn()
	if err != nil {
		return err
	}
	found.Add(front.lacks...)
	book := &epub.Book{
		ID: x.ID, Address: x.Address, Lang: x.Lang, Title: x.Title, Subtitle: x.Subtitle, Summary: x.Summary, Editors: x.Editors, Authors: x.Authors,
		Publisher: x.Publisher, Internal: x.Internal, Issued: x.Issued, Modified: x.Modified, Style: b.Style, Words: x.Words,
		Cover: epub.Picture{Name: "cover.jpg", Data: front.jpg, Alt: x.CoverAlt},
	}
	for _, l := range x.Imprint {
		book.Colophon = append(book.Colophon, epub.Fact{Label: l.Label, Lines: l.Lines, Href: l.Href})
	}
	if x.Intro != nil {
		intro, err := r.piece(x, x.Intro, found)
		if err != nil {
			return err
		}
		book.Intro = &intro
	}
	for _, p := range x.Parts {
		part := epub.Part{Name: p.Name, Picture: p.Plate.Name, Alt: p.Alt, Words: p.Words}
		for i := range p.Pieces {
			c, err := r.piece(x, &p.Pieces[i], found)
			if err != nil {
				return err
			}
			part.Chapters = append(part.Chapters, c)
		}
		book.Parts = append(book.Parts, part)
	}
	for _, p := range x.Pictures {
		pic, err := r.Media.Published(p.Src)
		if err != nil {
			return err
		}
		book.Pictures = append(book.Pictures, epub.Picture{Name: path.Base(p.Name), Data: pic})
	}
	return epub.Write(w, book)
}

func (r *Renderer) piece(x *pages.EBook, p *pages.EPiece, found *diag.List) (epub.Chapter, error) {
	c := epub.Chapter{Title: p.Title, Authors: p.Authors}
	for _, s := range p.Sources {
		title := s.Title
		if s.Date != "" {
			title += "（" + s.Date + "）"
		}
		c.Sources = append(c.Sources, epub.Source{Title: title, Href: s.Href})
	}
	if p.Text.Empty() {
		return c, nil
	}
	var html bytes.Buffer
	o := r.options(&p.Text)
	o.Words = x.Marks
	if _, err := r.html(&html, &p.Text, o, found); err != nil {
		return c, err
	}
	c.HTML = html.String()
	return c, nil
}
