package pages

import (
	"fmt"
	"strings"

	"mingdeng/internal/site"
)

// bookPrint is the whole book on one page, to be printed. Chapter n has the id "cn",
// and so begin all ids within it.
func (p *planner) bookPrint(b *site.Book, a site.Address, v Volume) View {
	x := &BookPrint{
		Book: p.bookItem(b), Publisher: b.Publisher, Cover: p.chrome.Root + v.Cover, CoverAlt: p.t("book.cover.alt", b.Title),
		Heads: p.chrome.Root + v.Heads, Sources: p.sources(&b.Head), Imprint: p.imprint(b), Internal: b.PressNumber != "",
	}
	x.Frame = p.frame(a, about{
		Title: p.t("book.print.title", b.Title), Description: p.e.Summary(b), Section: "anthology",
		Crumbs: p.crumbs(p.section("anthology"), Link{b.Title, p.href(b.Address)}),
	})
	x.NoIndex = true
	inside := map[string]string{p.href(b.Address): "#contents"}
	for i, c := range b.Chapters {
		inside[p.href(c.Address)] = "#c" + itoa(i+1)
	}
	g := gathering{
		p: p, inside: inside, outside: func(href string) string { return href },
		join: func(at, id string) string {
			if at == "#contents" {
				return at
			}
			return at + "-" + id
		},
	}
	x.Intro = g.prose(&b.Head, "c0-", 1)
	for i, group := range byPart(b) {
		part := PrintPart{Name: group[0].Part, ID: "p" + itoa(i+1), Href: "#p" + itoa(i+1)}
		part.Picture, part.Words = p.partPage(group[0])
		shift := 1
		if part.Name != "" {
			shift = 2
		}
		for _, c := range group {
			id := "c" + itoa(c.Place)
			part.Chapters = append(part.Chapters, PrintChapter{
				ID: id, Href: "#" + id, Title: c.Title, Authors: c.Authors, Text: g.prose(&c.Head, id+"-", shift), Sources: p.sources(&c.Head),
			})
		}
		x.Parts = append(x.Parts, part)
	}
	return x
}

// runningHeads is a style sheet that puts the book's title at the head of left pages and
// the chapter's at that of right ones. It is made for each book, because no style sheet
// can take a text from the page into its margin (Chromium has no string-set), and the
// page's own policy allows none inside it.
func runningHeads(title string, b *site.Book) string {
	var s strings.Builder
	fmt.Fprintf(&s, "@page :left{@top-left{content:%s}}\n", cssString(title))
	for i, c := range b.Chapters {
		fmt.Fprintf(&s, "#c%d{page:c%[1]d}@page c%[1]d:right{@top-right{content:%[2]s}}\n", i+1, cssString(clip(c.Title, 30)))
	}
	return s.String()
}

// cssString writes a text as a string of CSS (Syntax Level 3, §4.3.5): what could end it
// as an escape.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r == '<' || r == 0x7f {
			fmt.Fprintf(&b, "\\%x ", r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
