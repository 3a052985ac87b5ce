package pages

import (
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/site"
)

// imprint is what stands on a book's copyright page, in print and at the end of the
// e-book: who made it, by what leave, in which printings, and in whose letters. A record
// that says nothing of a thing has no line for it.
func (p *planner) imprint(b *site.Book) []Imprint {
	var out []Imprint
	add := func(label string, lines ...string) {
		if lines = compact(lines); len(lines) > 0 {
			out = append(out, Imprint{Label: p.t(label), Lines: lines})
		}
	}
	add("book.name", strings.Join(compact([]string{b.Title, b.Subtitle}), p.t("book.name.between")))
	add("book.editors", strings.Join(b.Editors, p.t("enumeration")))
	add("book.publisher", b.Publisher)
	add("book.printer", b.Printer)
	add("book.isbn", b.ISBN)
	add("book.press", b.PressNumber)
	add("book.audience", b.Audience)
	add("book.editions", p.printings(b)...)
	address := p.chrome.Base + string(b.Address)
	out = append(out, Imprint{Label: p.t("book.online"), Lines: []string{strings.TrimPrefix(address, "https://")}, Href: address})
	add("book.type", p.t("book.fonts"))
	return out
}

// partPage is what the page of a chapter's part shows beside its name.
func (p *planner) partPage(c *site.Chapter) (*Picture, string) {
	part := partOf(c)
	if part == nil {
		return nil, ""
	}
	var pic *Picture
	if part.Picture != nil {
		pic = p.pic(&c.Book.Head, part.Picture.Src)
	}
	return pic, part.Words
}

// partOf is what a chapter's book says of its part, or nil.
func partOf(c *site.Chapter) *content.BookPart {
	if c.InPart == 0 {
		return nil
	}
	return &c.Book.Parts[c.InPart-1]
}
