package pages

import (
	"crypto/sha1"
	"fmt"
	"maps"
	"path"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/epub"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/site"
)

// Volume is a book to take away: an e-book, and the files its print page needs beside.
type Volume struct {
	Head        *content.Head // of the book, for findings
	EPUB, Cover string        // paths of the e-book and of the drawn cover
	Heads       string        // path of the style sheet with the running heads of the print page
	HeadsCSS    string        // what it says
	Book        func() *EBook
	Front       func() *Front
}

// EBook is all that an e-book is made of. It is no view: no template shows it.
type EBook struct {
	ID        string
	Address   string
	Lang      string
	Title     string
	Subtitle  string
	Summary   string
	Editors   []string
	Authors   []string
	Publisher string
	Imprint   []Imprint
	Internal  string // 内部资料，免费交流, or ""
	Issued    string
	Modified  string
	CoverAlt  string
	Intro     *EPiece
	Parts     []EPart
	Pictures  []EPicture // in order of first use
	Words     epub.Words
	Marks     markdown.Words
	Front     Front
}

// EPart is a part of an e-book.
type EPart struct {
	Name   string
	Plate  EPicture // Src is "" where it has none
	Alt    string   // of Plate
	Words  string
	Pieces []EPiece
}

// EPiece is one text of an e-book.
type EPiece struct {
	Title   string
	Authors []string
	Text    Prose // its links hold within the e-book
	Sources []Source
}

// EPicture is a picture of an e-book: where it is published, and its name in the book.
type EPicture struct{ Src, Name string }

// Front is what the cover of a book shows.
type Front struct {
	Fields  map[string]string
	Picture string // path where the editor's picture is published, or ""
}

// Texts returns the texts of the e-book.
func (b *EBook) Texts() []*Prose {
	var out []*Prose
	if b.Intro != nil {
		out = append(out, &b.Intro.Text)
	}
	for i := range b.Parts {
		for j := range b.Parts[i].Pieces {
			out = append(out, &b.Parts[i].Pieces[j].Text)
		}
	}
	return out
}

// byPart groups the chapters of a book that stand in the same part one after another.
func byPart(b *site.Book) [][]*site.Chapter {
	var out [][]*site.Chapter
	for i, c := range b.Chapters {
		if i == 0 || b.Chapters[i-1].Part != c.Part {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

func (p *planner) volume(b *site.Book) Volume {
	heads := runningHeads(p.t("quoted", b.Title), b)
	at := string(b.Address)
	return Volume{
		Head: &b.Head,
		EPUB: at + b.Slug + ".epub", Cover: at + "cover.jpg", Heads: at + "print/heads." + shortHash(heads) + ".css", HeadsCSS: heads,
		Book: func() *EBook { return p.ebook(b) }, Front: func() *Front { return p.front(b) },
	}
}

func shortHash(s string) string { return fmt.Sprintf("%x", sha1.Sum([]byte(s)))[:12] }

func (p *planner) front(b *site.Book) *Front {
	f := &Front{Fields: map[string]string{
		"title": b.Title, "subtitle": b.Subtitle, "editors": strings.Join(b.Editors, p.t("enumeration")), "publisher": b.Publisher,
		"edition": "", "site": p.chrome.Title, "seal": p.t("book.seal"), "press": "",
	}}
	if b.PressNumber != "" { // 内部资料性出版物管理办法 (2015) §14: both stand on the cover
		f.Fields["press"] = b.PressNumber + "　" + p.t("book.internal")
	}
	if n := len(b.Book.Editions); n > 0 {
		f.Fields["edition"] = p.t("book.edition", b.Book.Editions[n-1].Number)
	}
	if b.Cover != nil {
		if pic, err := p.Media.Picture(b.Dir, b.Cover.Src.Path); err == nil {
			f.Picture = fit(pic)
		}
	}
	return f
}

// enough is how wide a picture must be in an e-book, px: more than a page of a phone or a
// reading device shows, and small enough to send through a chat.
const enough = 960

// fit is the path of the narrowest of a picture's files that is wide enough, or of the
// widest.
func fit(pic media.Picture) string {
	for _, s := range pic.Sources {
		if s.Width >= enough {
			return s.Path
		}
	}
	return pic.Src
}

func (p *planner) ebook(b *site.Book) *EBook {
	x := &EBook{
		Address: p.chrome.Base + string(b.Address), Lang: p.chrome.Lang, Title: b.Title, Subtitle: b.Subtitle, Summary: p.e.Summary(b),
		Editors: b.Editors, Publisher: b.Publisher, Imprint: p.imprint(b), CoverAlt: p.t("book.cover.alt", b.Title), Front: *p.front(b),
		Words: epub.Words{
			Cover: p.t("book.cover"), TitlePage: p.t("book.titlepage"), Contents: p.t("book.contents"), Text: p.t("book.text"),
			Editors: p.t("book.editors"), Publisher: p.t("book.publisher"), Colophon: p.t("book.colophon"), Intro: p.t("book.about"),
			Sources: p.t("sources"), Notes: p.t("text.footnotes"), Comma: p.t("enumeration"), Access: p.t("book.access"),
		},
		Marks: markdown.Words{
			Footnotes: p.t("text.footnotes"), Footnote: p.t("text.footnote"), Back: p.t("text.back"), Done: p.t("text.done"), Todo: p.t("text.todo"),
		},
	}
	if b.PressNumber != "" {
		x.Internal = p.t("book.internal")
	}
	x.ID = "urn:uuid:" + uuidOf(x.Address)
	x.Issued, x.Modified = dates(b)
	inside := map[string]string{p.href(b.Address): epub.NavFile}
	for i, c := range b.Chapters {
		inside[p.href(c.Address)] = epub.ChapterFile(i + 1)
	}
	g := gathering{p: p, inside: inside, outside: p.absolute, names: map[string]string{}}
	if b.Body.Len > 0 {
		x.Intro = &EPiece{Title: p.t("book.about"), Text: g.prose(&b.Head, "", 0), Sources: p.sources(&b.Head)}
	}
	known := map[string]bool{}
	for _, group := range byPart(b) {
		part := EPart{Name: group[0].Part}
		if more := partOf(group[0]); more != nil {
			part.Words = more.Words
			if more.Picture != nil {
				part.Plate, part.Alt = g.plate(&b.Head, more.Picture.Src.Path), more.Picture.Alt
			}
		}
		for _, c := range group {
			part.Pieces = append(part.Pieces, EPiece{Title: c.Title, Authors: c.Authors, Text: g.prose(&c.Head, "", 0), Sources: p.sources(&c.Head)})
			for _, a := range c.Authors {
				if !known[a] {
					known[a] = true
					x.Authors = append(x.Authors, a)
				}
			}
		}
		x.Parts = append(x.Parts, part)
	}
	x.Pictures = g.pictures
	return x
}

// dates are when the latest edition came out, as deep as known, and when the book or a
// chapter last changed as far as its heads tell. Never the clock's: the same book has
// the same bytes tomorrow. A book without any date is of 2000.
func dates(b *site.Book) (issued, modified string) {
	var last date.Date
	for _, e := range b.Book.Editions {
		if e.Date.Compare(last) > 0 {
			last = e.Date
		}
	}
	issued = last.String()
	later := func(d date.Date) {
		if d.Compare(last) > 0 {
			last = d
		}
	}
	later(b.PublishOn)
	for _, c := range b.Chapters {
		later(c.PublishOn)
	}
	if last.IsZero() {
		last = date.Date{Year: 2000, Month: 1, Day: 1}
	}
	return issued, last.First().String() + "T00:00:00Z"
}

// uuidOf is the name-based UUID of an address (RFC 9562, version 5, in the namespace of
// URLs): the same for the same address for ever.
func uuidOf(address string) string {
	h := sha1.New()
	h.Write([]byte("\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8"))
	h.Write([]byte(address))
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// gathering turns the texts of a book towards each other: links to its chapters stay
// inside, others go where outside says.
type gathering struct {
	p       *planner
	inside  map[string]string          // href of a page → where it is in the book
	outside func(href string) string   // every other link
	join    func(at, id string) string // a place in a chapter; nil: at#id

	names    map[string]string // pictures by path, where they move into the book; else nil
	pictures []EPicture
}

func (g *gathering) prose(h *content.Head, prefix string, shift int) Prose {
	text := g.p.prose(h, prefix, shift)
	text.Refs = g.refs(h, text.Refs)
	return text
}

func (g *gathering) refs(h *content.Head, r markdown.Refs) markdown.Refs {
	r.Wiki, r.Links = maps.Clone(r.Wiki), maps.Clone(r.Links)
	for k, l := range r.Wiki {
		if l.Href != "" {
			l.Href = g.href(l.Href)
			r.Wiki[k] = l
		}
	}
	for k, l := range r.Links {
		if l.Href != "" {
			l.Href = g.href(l.Href)
			r.Links[k] = l
		}
	}
	if g.names == nil || len(r.Pictures) == 0 {
		return r
	}
	moved := map[string]markdown.Picture{}
	for _, t := range h.Body.Targets { // in order of appearance: maps have none
		old, ok := r.Pictures[t.Dest]
		if !ok {
			continue
		}
		pic, err := g.p.Media.Picture(h.Dir, t.Dest)
		if err != nil {
			continue
		}
		moved[t.Dest] = markdown.Picture{Src: epub.PictureFile(g.take(pic).Name), Width: old.Width, Height: old.Height}
	}
	r.Pictures = moved
	return r
}

// take moves a picture into the book, once.
func (g *gathering) take(pic media.Picture) EPicture {
	x := EPicture{Src: fit(pic)}
	x.Name = path.Base(x.Src)
	if g.names[x.Src] == "" {
		g.names[x.Src] = x.Name
		g.pictures = append(g.pictures, x)
	}
	return x
}

// plate is a picture that a key of a record names, moved into the book. One that cannot be
// used was told already.
func (g *gathering) plate(h *content.Head, file string) EPicture {
	pic, err := g.p.Media.Picture(h.Dir, file)
	if err != nil {
		return EPicture{}
	}
	return g.take(pic)
}

func (g *gathering) href(href string) string {
	where, id, deep := strings.Cut(href, "#")
	at, ok := g.inside[where]
	switch {
	case !ok:
		return g.outside(href)
	case !deep || id == "":
		return at
	case g.join != nil:
		return g.join(at, id)
	}
	return at + "#" + id
}
