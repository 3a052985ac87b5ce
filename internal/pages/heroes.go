package pages

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

// heroes plans the index of heroes, the lists by place, year and deed, and the
// heroes themselves.
func (p *planner) heroes() {
	if len(p.e.Heroes) == 0 {
		return
	}
	p.heroList(p.in("heroes/"), "", p.e.Heroes, nil, nil, nil, nil)
	var regions func([]*site.Region)
	regions = func(list []*site.Region) {
		for _, r := range list {
			if len(r.Heroes) > 0 {
				p.heroList(r.Address, r.Name, r.Heroes, r, nil, nil, nil)
				regions(r.Children)
			}
		}
	}
	regions(p.e.Regions)
	for _, y := range p.e.Years {
		p.heroList(y.Address, p.t("year", y.Year), y.Heroes, nil, y, nil, nil)
	}
	for _, d := range p.e.Deeds {
		p.heroList(d.Address, p.t("deed."+string(d.Type)), d.Heroes, nil, nil, d, nil)
	}
	for _, m := range p.e.Members {
		if len(m.Heroes) > 0 {
			p.heroList(m.Address, m.Called(), m.Heroes, nil, nil, nil, m)
		}
	}
	for _, h := range p.e.Heroes {
		p.add(h.Address, "hero", date.Date{}, func() View { return p.hero(h) })
	}
}

// heroList plans one list of heroes, split where it is long. title is "" for the
// index of all.
func (p *planner) heroList(base site.Address, title string, heroes []*site.Hero, region *site.Region, year *site.Year, deed *site.Deeds, member *site.Giver) {
	parts := splitPeople(heroes)
	starts := p.initials(base, parts)
	for n, part := range parts {
		a := pageAddress(base, n+1)
		p.add(a, "heroes", date.Date{}, func() View {
			name, crumbs := title, p.crumbs(p.section("heroes"))
			if title == "" {
				name, crumbs = p.t("section.heroes"), p.crumbs()
			}
			if region != nil {
				crumbs = append(crumbs, p.regionLinks(region.Parent)...)
			}
			v := &Heroes{
				Frame:   p.frame(a, about{Title: p.numbered(name, n+1), Description: p.t("heroes.description", name, len(heroes)), Section: "heroes", Crumbs: crumbs, Data: node{{"@type", "CollectionPage"}, {"name", name}}}),
				Index:   p.section("heroes").Href,
				Filters: p.filters(p.href(base), region, year, deed, member),
				Total:   len(heroes), Narrowed: title != "", Pager: p.pager(base, n+1, len(parts)),
			}
			if len(p.e.Heroes) <= narrowable {
				v.Data = p.href(p.in("data/heroes.json"))
			}
			v.Frame.Title = name
			for _, s := range starts {
				if s.page == n {
					s.link.Href = "#" + initialID(s.link.Text)
				}
				v.Letters = append(v.Letters, s.link)
			}
			for i, h := range part {
				if i == 0 || part[i-1].Initial != h.Initial {
					v.Groups = append(v.Groups, Letter{Initial: h.Initial, ID: initialID(h.Initial)})
				}
				g := &v.Groups[len(v.Groups)-1]
				g.Heroes = append(g.Heroes, p.heroItem(h))
			}
			return v
		})
	}
}

// start is where the heroes of one initial begin in a split list.
type start struct {
	link Link
	page int // from 0
}

func (p *planner) initials(base site.Address, parts [][]*site.Hero) []start {
	var out []start
	for page, heroes := range parts {
		for i, h := range heroes {
			if i == 0 || heroes[i-1].Initial != h.Initial {
				out = append(out, start{Link{h.Initial, p.href(pageAddress(base, page+1)) + "#" + initialID(h.Initial)}, page})
			}
		}
	}
	return out
}

func initialID(s string) string {
	if s == "#" {
		return "other"
	}
	return strings.ToLower(s)
}

// narrowable is the most heroes among whom a script narrows: their data is some 50 KB
// compressed, and a phone can hold their rows. More are narrowed by following links.
const narrowable = 1000

// mostHonors is how many awards are offered to narrow by: those most people hold.
const mostHonors = 12

// filters are the rows of links above a list of heroes: places, years, deeds, honours.
// self is the list's own address, which stands for "all" in the rows that do not narrow it.
func (p *planner) filters(self string, region *site.Region, year *site.Year, deed *site.Deeds, member *site.Giver) []Filter {
	row := func(by, label string, free bool) Filter {
		all := FilterItem{Text: p.t("filter.all"), Href: self, Current: free}
		if !free {
			all.Href = p.section("heroes").Href
		}
		return Filter{Label: label, By: by, Items: []FilterItem{all}}
	}
	place := row("place", p.t("filter.place"), region == nil)
	add := func(r *site.Region) {
		place.Items = append(place.Items, FilterItem{Text: r.Name, Href: p.href(r.Address), Value: strings.Join(r.Path, "/"), Count: len(r.Heroes), Current: r == region})
	}
	siblings := p.e.Regions
	if region != nil {
		for _, r := range ancestry(region) {
			add(r)
		}
		siblings = region.Children
	} else {
		// A site of one province offers its cities at once.
		for len(siblings) == 1 && len(siblings[0].Children) > 0 {
			siblings = siblings[0].Children
		}
	}
	for _, r := range siblings {
		if len(r.Heroes) > 0 {
			add(r)
		}
	}
	years := row("year", p.t("filter.year"), year == nil)
	for _, y := range p.e.Years {
		years.Items = append(years.Items, FilterItem{Text: p.t("year", y.Year), Href: p.href(y.Address), Value: strconv.Itoa(y.Year), Count: len(y.Heroes), Current: y == year})
	}
	deeds := row("deed", p.t("filter.deed"), deed == nil)
	for _, d := range p.e.Deeds {
		deeds.Items = append(deeds.Items, FilterItem{Text: p.t("deed." + string(d.Type)), Href: p.href(d.Address), Value: string(d.Type), Count: len(d.Heroes), Current: d == deed})
	}
	honors := row("honor", p.t("filter.honor"), true)
	for _, h := range mostHeld(p.e.Honors, mostHonors) {
		honors.Items = append(honors.Items, FilterItem{Text: h.Title, Href: p.href(h.Address), Value: h.Title, Count: len(h.Roll)})
	}
	members := row("member", p.t("filter.member"), member == nil)
	for _, m := range p.e.Members {
		if len(m.Heroes) > 0 {
			members.Items = append(members.Items, FilterItem{Text: m.Called(), Href: p.href(m.Address), Value: m.Name, Count: len(m.Heroes), Current: m == member})
		}
	}
	return slices.DeleteFunc([]Filter{place, years, deeds, honors, members}, func(f Filter) bool { return len(f.Items) < 2 })
}

// mostHeld returns the n awards that most people hold, in the order of the list; those
// that nobody here holds are left out.
func mostHeld(list []*site.Honor, n int) []*site.Honor {
	held := slices.DeleteFunc(slices.Clone(list), func(h *site.Honor) bool { return len(h.Roll) == 0 })
	most := slices.Clone(held)
	slices.SortStableFunc(most, func(a, b *site.Honor) int { return len(b.Roll) - len(a.Roll) })
	most = most[:min(n, len(most))]
	return slices.DeleteFunc(held, func(h *site.Honor) bool { return !slices.Contains(most, h) })
}

func ancestry(r *site.Region) []*site.Region {
	var out []*site.Region
	for ; r != nil; r = r.Parent {
		out = append([]*site.Region{r}, out...)
	}
	return out
}

func (p *planner) heroItem(h *site.Hero) HeroItem {
	item := HeroItem{
		Name: h.Name, Href: p.href(h.Address), Place: placeName(h.Region), Line: h.Line,
		Group: h.HeroKind == content.Group, Fallen: h.Status == content.Fallen, Sample: h.Sample,
		Region: strings.Join(h.Region, "/"), Member: h.Member,
	}
	if h.Deed != nil {
		item.Deed = string(h.Deed.Type)
	}
	var titles []string
	for _, x := range h.Held {
		titles = append(titles, x.Title)
	}
	item.Honors = strings.Join(titles, "|")
	if y := h.Year(); y != 0 {
		item.Year = strconv.Itoa(y)
	}
	return item
}

func (p *planner) heroItems(list []*site.Hero) []HeroItem {
	out := make([]HeroItem, len(list))
	for i, h := range list {
		out[i] = p.heroItem(h)
	}
	return out
}

func (p *planner) heroLinks(list []*site.Hero) []Link {
	var out []Link
	for _, h := range list {
		out = append(out, Link{h.Name, p.href(h.Address)})
	}
	return out
}

// portrait is the picture of a hero, where there is consent to it.
func (p *planner) portrait(h *site.Hero) *Picture {
	if h.Portrait == nil {
		return nil
	}
	return shown(p.pic(&h.Head, h.Portrait.Src), sizesPortrait)
}

func (p *planner) hero(h *site.Hero) View {
	portrait := p.portrait(h)
	v := &Hero{
		Name: h.Name, Pinyin: h.Pinyin, Group: h.HeroKind == content.Group, Fallen: h.Status == content.Fallen, Sample: h.Sample,
		Portrait: portrait, Line: h.Line, Occupation: h.Occupation, Born: h.BirthYear,
		Facts: p.heroFacts(h), Story: p.prose(&h.Head, "", 1), Sources: p.sources(&h.Head),
	}
	v.Recording = p.recording(&h.Head, &h.Head)
	if !v.Story.Empty() && h.Summary == "" && (h.Deed == nil || h.Deed.Summary == "") {
		v.Line = "" // it was cut from the story, which tells it again
	}
	data := node{{"@type", "Person"}, {"name", h.Name}, {"description", h.Line}, {"alternateName", h.Also}}
	if v.Group {
		data[0].value = "Organization"
	} else {
		data = append(data, property{"jobTitle", h.Occupation})
		if h.BirthYear != 0 {
			data = append(data, property{"birthDate", strconv.Itoa(h.BirthYear)})
		}
	}
	var awards []string
	for _, x := range h.Held {
		v.Honors = append(v.Honors, p.honorLink(x))
		awards = append(awards, x.Title)
	}
	data = append(data, property{"award", awards})
	v.Frame = p.frame(h.Address, about{
		Sample: h.Sample,
		Title:  h.Name, Description: h.Line, OGType: "profile", Image: portrait, Section: "heroes",
		Crumbs: p.crumbs(p.section("heroes")), Data: data, Share: true, Line: h.Line,
	})
	v.Portrait, v.Thumb = p.lead(v.Image, portrait, &h.Head)
	for _, m := range h.Members {
		l := Link{Text: m.Name}
		if m.Hero != nil {
			l.Href = p.href(m.Hero.Address)
		}
		v.Members = append(v.Members, l)
	}
	v.Mentions = p.mentions(h)
	v.Related = p.related(h)
	v.Words = p.saying(h.Words)
	v.Keepsakes = p.takes[h.Address]
	v.Film, v.Comic = p.shown(&h.Head, h.Comic)
	if v.Portrait == nil {
		v.Cut = utf8.RuneCountInString(h.Name)
	}
	return v
}

// seal is one honour as it stands in a row of seals.
func (p *planner) honorLink(x site.Holding) HonorLink {
	parts := []string{x.Title}
	if x.Session != "" {
		parts = append(parts, p.number(x.Session))
	} else if x.Year != 0 {
		parts = append(parts, p.t("year", x.Year))
	}
	if x.By != "" {
		parts = append(parts, x.By)
	}
	l := HonorLink{Text: strings.Join(parts, " · "), Lang: p.untranslated(x.Title)}
	switch {
	case x.Of != nil:
		l.Href = p.href(x.Of.Address)
	case x.Honor != nil:
		l.Href = p.href(x.Honor.Address)
	}
	return l
}

func (p *planner) heroFacts(h *site.Hero) []Fact {
	var out []Fact
	add := func(key string, items ...Link) {
		if len(items) > 0 && items[0].Text != "" {
			out = append(out, Fact{p.t(key), items})
		}
	}
	text := func(parts ...string) Link { return Link{Text: strings.Join(compact(parts), p.t("comma"))} }
	if d := h.Deed; d != nil {
		when := Link{Text: p.date(d.Date)}
		for _, y := range p.e.Years {
			if y.Year == d.Date.Year {
				when.Href = p.href(y.Address)
			}
		}
		add("fact.year", when)
		add("fact.place", append(p.regionLinks(h.Place), plainLinks(d.Place)...)...)
		if d.Type != "" {
			add("fact.deed", Link{p.t("deed." + string(d.Type)), p.href(p.in("heroes/deed/" + string(d.Type) + "/"))})
		}
	} else {
		add("fact.place", p.regionLinks(h.Place)...)
	}
	if h.Status != "" && h.Status != content.Living {
		add("fact.status", Link{Text: p.t("status." + string(h.Status))})
	}
	if c := h.Confirmed; c != nil {
		add("fact.confirmed", text(c.By, p.date(c.Date), c.Document))
	}
	if m := h.Martyr; m != nil {
		add("fact.martyr", text(m.By, m.Document))
	}
	add("fact.native", Link{Text: h.NativePlace})
	add("fact.also", Link{Text: strings.Join(h.Also, p.t("enumeration"))})
	return out
}

func plainLinks(s string) []Link {
	if s == "" {
		return nil
	}
	return []Link{{Text: s}}
}

// traces are the places where a hero's name stands.
func (p *planner) mentions(h *site.Hero) []Mention {
	var out []Mention
	for _, x := range h.Exhibits {
		out = append(out, Mention{x.Venue.Name + " · " + x.Name, p.href(x.Address), p.t("trace.exhibit")})
	}
	for _, c := range h.Chapters {
		parts := compact([]string{p.t("quoted", c.Book.Title) + c.Part, c.Title})
		out = append(out, Mention{strings.Join(parts, " · "), p.href(c.Address), p.t("trace.chapter")})
	}
	for _, b := range h.Briefs {
		out = append(out, Mention{b.Title, p.href(b.Address), p.t("trace.brief")})
	}
	for _, g := range h.Groups {
		out = append(out, Mention{g.Name, p.href(g.Address), p.t("trace.group")})
	}
	return out
}
