package pages

import (
	"mingdeng/internal/date"
	"mingdeng/internal/hant"
	"mingdeng/internal/site"
)

func (p *planner) briefs() {
	if len(p.e.Briefs) == 0 {
		return
	}
	p.briefList(p.in("briefs/"), "", p.e.Briefs)
	for _, y := range p.e.Issues {
		p.briefList(y.Address, y.Year, y.Briefs)
	}
	for _, b := range p.e.Briefs {
		p.add(b.Address, "brief", b.Date, func() View { return p.brief(b) })
	}
}

// briefList plans a list of briefs; year is "" for the list of all.
func (p *planner) briefList(base site.Address, year string, briefs []*site.Brief) {
	for n, part := range split(briefs, PerPage) {
		a := pageAddress(base, n+1)
		p.add(a, "briefs", date.Date{}, func() View {
			name, crumbs := p.t("section.briefs"), p.crumbs()
			if year != "" {
				name, crumbs = p.t("briefs.year", year), p.crumbs(p.section("briefs"))
			}
			v := &Briefs{
				Frame: p.frame(a, about{Title: p.numbered(name, n+1), Description: p.t("briefs.description", name, len(briefs)), Section: "briefs", Crumbs: crumbs, Data: node{{"@type", "CollectionPage"}, {"name", name}}}),
				Years: []FilterItem{{Text: p.t("filter.all"), Href: p.section("briefs").Href, Count: len(p.e.Briefs), Current: year == ""}},
				Total: len(briefs), Pager: p.pager(base, n+1, pagesFor(len(briefs), PerPage)),
			}
			v.Frame.Title = name
			for _, y := range p.e.Issues {
				v.Years = append(v.Years, FilterItem{Text: p.t("year", y.Year), Href: p.href(y.Address), Count: len(y.Briefs), Current: y.Year == year})
			}
			for _, b := range part {
				v.Items = append(v.Items, p.briefItem(b))
			}
			return v
		})
	}
}

func (p *planner) briefItem(b *site.Brief) BriefItem {
	item := BriefItem{
		Title: b.Title, Href: p.href(b.Address), Date: p.date(b.Date), Day: p.language.Day(b.Date), DateISO: b.Date.String(),
		Number: b.Number, Summary: p.e.Summary(b),
	}
	if b.Category != "" {
		item.Category = p.t("category." + string(b.Category))
	}
	return item
}

func (p *planner) briefItems(list []*site.Brief) []BriefItem {
	var out []BriefItem
	for _, b := range list {
		out = append(out, p.briefItem(b))
	}
	return out
}

func (p *planner) brief(b *site.Brief) View {
	v := &Brief{
		Number: b.Number, Date: p.date(b.Date), DateISO: b.Date.String(), Byline: b.Byline, Text: p.prose(&b.Head, "", 0),
		Heroes: p.heroLinks(b.Heroes), Sources: p.sources(&b.Head), Issuer: p.chrome.Organisation.Name,
	}
	if b.Category != "" {
		v.Category = p.t("category." + string(b.Category))
	}
	v.Film, v.Comic = p.shown(&b.Head, b.Comic)
	if b.Event != nil {
		v.Event, v.Calendar = p.mentionsEvent(b.Brief), p.calendarOf(b.Address)
	}
	for _, g := range b.Brief.Gallery {
		if pic := p.pic(&b.Head, g.Src); pic != nil {
			with := *pic
			if with.Caption = g.Caption; len(b.Brief.Gallery) > 1 {
				with = *shown(&with, sizesGallery)
			}
			v.Gallery = append(v.Gallery, with)
		}
	}
	v.Keepsakes = p.takes[b.Address]
	image := p.cover(&b.Head)
	if image == nil && len(v.Gallery) > 0 {
		image = &v.Gallery[0]
	}
	for _, x := range b.Venues {
		v.Venues = append(v.Venues, Link{x.Name, p.href(x.Address)})
	}
	for _, x := range b.Units {
		v.Units = append(v.Units, Link{x.Name, p.href(x.Address)})
	}
	for _, x := range b.ReprintedBy {
		v.Reprints = append(v.Reprints, Source{x.Outlet, string(x.URL), p.date(x.Date), p.untranslated(x.Outlet)})
	}
	data := node{
		{"@type", "NewsArticle"}, {"headline", b.Title}, {"datePublished", b.Date.String()},
		{"description", p.e.Summary(b)}, {"author", authors(b.Byline)}, {"publisher", p.organisation()},
	}
	v.Frame = p.frame(b.Address, about{
		Sample: b.Sample,
		Title:  b.Title, Description: p.e.Summary(b), OGType: "article", Image: image, Section: "briefs",
		Crumbs: p.crumbs(p.section("briefs"), Link{b.Parent, p.href(p.in("briefs/" + b.Parent + "/"))}), Data: data,
		Share: true, // the title tells what happened; the summary's first phrase often does not
	})
	var first *Picture
	if len(v.Gallery) > 0 && !p.pictured(&b.Head) {
		first = &v.Gallery[0]
	}
	if _, v.Thumb = p.lead(v.Image, first, &b.Head); v.Thumb == nil && first != nil && !thumbnail(first) {
		v.Thumb = p.cardPicture(v.Image)
	}
	if b.Prev != nil {
		v.Prev = link(b.Prev.Title, p.href(b.Prev.Address))
	}
	if b.Next != nil {
		v.Next = link(b.Next.Title, p.href(b.Next.Address))
	}
	return v
}

// authors are those of a byline: people, or the office that wrote it.
func authors(byline []string) []node {
	var list []node
	for _, name := range byline {
		kind := "Organization"
		if hant.Person(name) {
			kind = "Person"
		}
		list = append(list, node{{"@type", kind}, {"name", name}})
	}
	return list
}
