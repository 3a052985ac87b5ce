package pages

import (
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

// others plans the screens, the search page, the plain pages, the page for what
// is not found, and a page for every old address.
func (p *planner) others() {
	p.screens()
	p.search()
	for _, x := range p.e.Pages {
		p.add(x.Address, "plain", date.Date{}, func() View {
			v := &Plain{
				Frame: p.frame(x.Address, about{Sample: x.Sample, Title: x.Title, Description: p.e.Summary(x), Section: x.Slug, Crumbs: p.crumbs(), Data: node{{"@type", "WebPage"}, {"name", x.Title}}}),
				Text:  p.prose(&x.Head, "", 0), Sources: p.sources(&x.Head), List: p.readingList(x),
			}
			v.Film, v.Comic = p.shown(&x.Head, x.Comic)
			if n := p.chrome.Nominate; n != nil && asksNominations(x) {
				v.Nominate, v.Phones = n, telephones(n.Phone)
				v.Form, v.Word = p.href(FormAddress(p.e)), p.href(FormAddress(p.e)+formFile)
			}
			return v
		})
	}
	notFound := p.in("404.html")
	p.pages = append(p.pages, Page{Address: notFound, Template: "notfound", View: func() View {
		f := p.frame(notFound, about{Title: p.t("notfound")})
		f.NoIndex = true
		return &NotFound{Frame: f, Indexes: p.indexes(), Codes: p.codeList}
	}})
	p.planNoNetwork()
	p.e.Each(func(h *content.Head, to site.Address) {
		for _, alias := range h.Aliases {
			from := site.AliasAddress(alias.Text)
			p.pages = append(p.pages, Page{Address: from, Template: "alias", View: func() View {
				f := p.frame(from, about{Title: p.t("moved")})
				f.NoIndex, f.Canonical = true, p.chrome.Base+string(to)
				return &Alias{Frame: f, To: p.href(to)}
			}})
		}
	})
}

// readingList is what a page says to read. Who is withheld is not in it.
func (p *planner) readingList(x *site.Page) []ListItem {
	var out []ListItem
	for _, published := range x.List {
		r, a := site.Told(published)
		item := ListItem{Title: site.Title(published), Href: p.href(a), Kind: p.t("list." + string(r.Base().Kind)), Line: p.e.Summary(r)}
		if h, ok := published.(*site.Hero); ok {
			item.Line, item.Sample = h.Line, h.Sample
		}
		item.Line = clip(item.Line, 64)
		out = append(out, item)
	}
	return out
}

// indexes are the lists a reader can browse.
func (p *planner) indexes() []Link {
	var out []Link
	for _, s := range p.sections() {
		out = append(out, p.section(s))
	}
	return out
}
