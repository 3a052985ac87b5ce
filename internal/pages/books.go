package pages

import (
	"strings"

	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

func (p *planner) anthology() {
	if len(p.e.Books) == 0 {
		return
	}
	p.add(p.in("anthology/"), "anthology", date.Date{}, func() View {
		v := &Anthology{Frame: p.listFrame("anthology", "")}
		for _, b := range p.e.Books {
			v.Books = append(v.Books, p.bookItem(b))
		}
		return v
	})
	for _, b := range p.e.Books {
		v := p.volume(b)
		p.volumes = append(p.volumes, v)
		p.add(b.Address, "book", date.Date{}, func() View { return p.book(b, v) })
		print := b.Address + "print/"
		p.pages = append(p.pages, Page{Address: print, Template: "bookprint", View: func() View { return p.bookPrint(b, print, v) }})
		for _, c := range b.Chapters {
			p.add(c.Address, "chapter", date.Date{}, func() View { return p.chapter(c) })
		}
	}
}

func (p *planner) bookItem(b *site.Book) BookItem {
	item := BookItem{
		Title: b.Title, Subtitle: b.Subtitle, Href: p.href(b.Address), Cover: p.cover(&b.Head), Editors: b.Editors,
		Chapters: len(b.Chapters), Summary: p.e.Summary(b), Editions: p.printings(b),
	}
	return item
}

// editions are the editions of a book, a line each.
func (p *planner) printings(b *site.Book) []string {
	var out []string
	for _, e := range b.Book.Editions {
		words := []string{p.t("book.edition", e.Number), p.date(e.Date)}
		if e.Pieces > 0 {
			words = append(words, p.t("book.pieces", e.Pieces))
		}
		if e.Copies > 0 {
			words = append(words, p.t("book.copies", e.Copies))
		}
		out = append(out, strings.Join(compact(words), p.t("comma")))
	}
	return out
}

func (p *planner) book(b *site.Book, vol Volume) View {
	v := &Book{
		Book: p.bookItem(b), Publisher: b.Publisher, Text: p.prose(&b.Head, "", 0), Count: b.Count, Sources: p.sources(&b.Head),
		EPUB: p.chrome.Root + vol.EPUB, Print: p.href(b.Address + "print/"),
	}
	data := node{
		{"@type", "Book"}, {"name", b.Title}, {"description", p.e.Summary(b)}, {"editor", b.Editors},
		{"encoding", node{{"@type", "MediaObject"}, {"encodingFormat", "application/epub+zip"}, {"contentUrl", p.chrome.Base + vol.EPUB}}},
	}
	v.Frame = p.frame(b.Address, about{
		Sample: b.Sample,
		Title:  b.Title, Description: p.e.Summary(b), OGType: "book", Image: v.Book.Cover, Section: "anthology",
		Crumbs: p.crumbs(p.section("anthology")), Data: data,
	})
	for _, group := range byPart(b) {
		part := Part{Name: group[0].Part}
		_, part.Words = p.partPage(group[0])
		for _, c := range group {
			part.Chapters = append(part.Chapters, ChapterItem{Title: c.Title, Href: p.href(c.Address), Authors: c.Authors, Place: c.Place, New: c.SinceEdition > 1})
		}
		v.Parts = append(v.Parts, part)
	}
	return v
}

func (p *planner) chapter(c *site.Chapter) View {
	v := &Chapter{
		Book: Link{c.Book.Title, p.href(c.Book.Address)}, Part: c.Part, Authors: c.Authors, Place: c.Place, Of: len(c.Book.Chapters),
		Text: p.prose(&c.Head, "", 0), Heroes: p.heroLinks(c.Heroes), Sources: p.sources(&c.Head),
	}
	v.Film, v.Comic = p.shown(&c.Head, c.Comic)
	v.Keepsakes = p.takes[c.Address]
	v.Recording = p.recording(&c.Head, &c.Head)
	for _, x := range c.Exhibits {
		v.Exhibits = append(v.Exhibits, Link{x.Venue.Name + " · " + x.Name, p.href(x.Address)})
	}
	data := node{
		{"@type", "Chapter"}, {"name", c.Title}, {"position", c.Place}, {"wordCount", c.Body.Count}, {"author", c.Authors},
		{"isPartOf", node{{"@type", "Book"}, {"name", c.Book.Title}, {"url", p.chrome.Base + string(c.Book.Address)}}},
	}
	v.Frame = p.frame(c.Address, about{
		Sample: c.Sample || c.Book.Sample,
		Title:  c.Title, Description: p.e.Summary(c), OGType: "article", Image: p.cover(&c.Head), Section: "anthology",
		Crumbs: p.crumbs(p.section("anthology"), v.Book), Data: data,
	})
	if c.Prev != nil {
		v.Prev = link(c.Prev.Title, p.href(c.Prev.Address))
	}
	if c.Next != nil {
		v.Next = link(c.Next.Title, p.href(c.Next.Address))
	}
	return v
}
