package pages

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/geo"
	"mingdeng/internal/site"
)

func (p *planner) venues() {
	if len(p.e.Venues) == 0 {
		return
	}
	p.add(p.in("venues/"), "venues", date.Date{}, func() View {
		v := &Venues{
			Frame: p.listFrame("venues", p.t("venues.description", len(p.e.Venues))),
			Total: len(p.e.Venues),
		}
		for _, kind := range content.VenueKind("").Values() {
			g := VenueGroup{Name: p.t("venue." + kind.En), ID: kind.En}
			for _, x := range p.e.Venues {
				if string(x.VenueKind) == kind.En {
					g.Venues = append(g.Venues, p.venueItem(x))
				}
			}
			if len(g.Venues) > 0 {
				v.Kinds = append(v.Kinds, g)
			}
		}
		p.venueRows(v)
		return v
	})
	for _, x := range p.e.Venues {
		p.ways[x] = sync.OnceValue(func() *way { return p.way(x) })
		p.add(x.Address, "venue", date.Date{}, func() View { return p.venue(x) })
		for _, s := range x.Exhibits {
			p.add(s.Address, "exhibit", date.Date{}, func() View { return p.exhibit(s) })
		}
	}
}

func (p *planner) venueItem(x *site.Venue) VenueItem {
	item := VenueItem{Name: x.Name, Href: p.href(x.Address), Place: placeName(x.Region), Address: x.Venue.Address, Exhibits: len(x.Exhibits)}
	if x.VenueKind != "" {
		item.Kind = p.t("venue." + string(x.VenueKind))
	}
	return item
}

func (p *planner) venue(x *site.Venue) View {
	v := &Venue{Cover: p.cover(&x.Head), Walk: p.walk(x), Text: p.prose(&x.Head, "", 0), Sources: p.sources(&x.Head), Briefs: p.briefItems(x.Briefs)}
	v.Recording = p.guided(x)
	if len(x.Exhibits) > 0 {
		v.OfflineList = p.href(offlineList(x))
	}
	if x.VenueKind != "" {
		v.Kind = p.t("venue." + string(x.VenueKind))
	}
	if x.Walk > 0 {
		v.Start = link(p.t("walk.start"), p.href(x.Exhibits[0].Address))
		if gated(x.VenueKind) {
			v.Start.Text = p.t("walk.gate")
		}
	}
	w := p.ways[x]()
	for _, s := range x.Exhibits {
		if s.Stop > 0 {
			stop := p.stop(s)
			stop.Ahead = p.distance(w.between(s.Prev, s))
			v.Route = append(v.Route, stop)
		} else {
			v.Others = append(v.Others, p.stop(s))
		}
	}
	if first := p.first(x); len(first.Exhibits) > len(x.Exhibits) {
		v.Elsewhere = link(p.t("venue.elsewhere", len(first.Exhibits)-len(x.Exhibits)), p.href(first.Address))
	}
	v.Plan, v.Length = p.wholePlan(w), p.distance(w.length())
	v.Stretches = p.stretches(w, v.Route)
	if v.Plan != nil {
		v.Plan.Words = p.drawnWords(x)
	}
	fact := func(key string, items ...Link) {
		if len(items) > 0 && items[0].Text != "" {
			v.Facts = append(v.Facts, Fact{p.t(key), items})
		}
	}
	fact("fact.where", p.regionLinks(x.Place)...)
	fact("fact.address", Link{Text: x.Venue.Address})
	fact("fact.hours", Link{Text: x.Hours})
	fact("fact.opened", Link{Text: p.date(x.Opened)})
	fact("fact.keeper", Link{Text: x.Keeper})
	place := node{{"@type", "Place"}, {"name", x.Name}, {"description", p.e.Summary(x)}}
	if l := x.Location; l != nil {
		point := geo.Point{Lat: l.Lat, Lng: l.Lng}
		v.Maps = p.mapLinks(point, geo.Datum(l.Datum), x.Name)
		w := geo.ToWGS84(point, geo.Datum(l.Datum))
		place = append(place, property{"geo", node{{"@type", "GeoCoordinates"}, {"latitude", round6(w.Lat)}, {"longitude", round6(w.Lng)}}})
	}
	if x.Venue.Address != "" {
		place = append(place, property{"address", x.Venue.Address})
	} else if len(x.Region) > 0 {
		place = append(place, property{"address", p.address(x.Region)})
	}
	v.Frame = p.frame(x.Address, about{
		Sample: x.Sample,
		Title:  x.Name, Description: p.e.Summary(x), Image: v.Cover, Section: "venues",
		Crumbs: p.crumbs(p.section("venues")), Data: place,
	})
	return v
}

// mapLinks are links to the map apps, by the names they have in the edition's language.
func (p *planner) mapLinks(at geo.Point, d geo.Datum, name string) []Link {
	var out []Link
	for _, m := range geo.MapLinks(at, d, name) {
		l := Link{m.Name, m.URL}
		if p.language.Foreign {
			l.Text = m.English
		}
		out = append(out, l)
	}
	return out
}

// round6 keeps six decimals of a degree: a tenth of a metre.
func round6(f float64) float64 { return math.Round(f*1e6) / 1e6 }

func (p *planner) stop(s *site.Exhibit) Stop {
	x := Stop{Name: s.Name, Href: p.href(s.Address), Number: s.Number, Stop: s.Stop, Heroes: p.names(s.Heroes, 4)}
	if s.ExhibitKind != "" {
		x.Kind = p.t("exhibit." + string(s.ExhibitKind))
	}
	x.Mark = p.mark(s.Number, x.Kind)
	return x
}

// mark is what an exhibit is called by beside its name. A bare figure says nothing next
// to the place along the route: 3 · 3 / 9.
func (p *planner) mark(number, kind string) string {
	switch {
	case number == "":
		return kind
	case kind != "" && strings.Trim(number, "0123456789") == "":
		return p.t("exhibit.mark", kind, number)
	}
	return number
}

// walk names the walk through a venue in a phone's memory.
func (p *planner) walk(x *site.Venue) string {
	return p.chrome.Root + strings.TrimPrefix(string(x.Address), p.e.Prefix)
}

// storyShift puts a story's headings below the one that stands over it where the exhibit
// has words of its own.
func storyShift(s *site.Exhibit) int {
	if s.Body.Len > 0 {
		return 1
	}
	return 0
}

func (p *planner) exhibit(s *site.Exhibit) View {
	x := s.Venue
	v := &Exhibit{
		Venue: Link{x.Name, p.href(x.Address)}, Name: s.Name, Number: s.Number, Code: s.Code, Stop: s.Stop, Of: x.Walk,
		Line: s.Summary, Text: p.prose(&s.Head, "", 0), Heroes: p.heroItems(s.Heroes), Sources: p.sources(&s.Head),
		Portrait: p.cover(&s.Head), OfflineList: p.href(offlineList(x)), Walk: p.walk(x), Slug: s.Slug,
	}
	if s.Stop > 0 {
		v.Left = x.Walk - s.Stop
	}
	w := p.ways[x]()
	v.Plan, v.PlanHref = p.partPlan(w, s), v.Venue.Href+w.stretchOf(s)
	if s.ExhibitKind != "" {
		v.Kind = p.t("exhibit." + string(s.ExhibitKind))
	}
	v.Mark = p.mark(s.Number, v.Kind)
	if len(s.Heroes) == 1 {
		h := s.Heroes[0]
		person := p.heroItem(h)
		v.Person = &person
		v.Story = p.prose(&h.Head, "s-", storyShift(s))
		if v.Line == "" {
			v.Line = h.Line
		}
		if pic := p.portrait(h); pic != nil {
			v.Portrait = shown(pic, sizesScan)
		}
	}
	if v.Line == "" && v.Text.Empty() {
		v.Line = p.e.Summary(s)
	}
	v.Recording = p.told(s)
	v.Film, v.Comic = p.shownAt(s)
	v.Keepsakes = p.takes[s.Address]
	for _, c := range s.Chapters {
		v.Chapters = append(v.Chapters, Link{c.Title, p.href(c.Address)})
	}
	if s.Prev != nil {
		stop := p.stop(s.Prev)
		v.Prev = &stop
	}
	if s.Next != nil {
		stop := p.stop(s.Next)
		stop.Ahead = p.ahead(w.between(s, s.Next))
		v.Next = &stop
	}
	title := s.Name
	if v.Person != nil {
		title = v.Person.Name
	}
	description := v.Line
	if description == "" {
		description = p.e.Summary(s)
	}
	v.Frame = p.frame(s.Address, about{
		Sample: s.SampleOf() != nil,
		Title:  title, Description: description, OGType: "article", Image: v.Portrait, Section: "venues",
		Crumbs: p.crumbs(p.section("venues"), v.Venue),
		Data: node{
			{"@type", "CreativeWork"}, {"name", s.Name}, {"description", description},
			{"contentLocation", node{{"@type", "Place"}, {"name", x.Name}, {"url", p.chrome.Base + string(x.Address)}}},
		},
		Share: true, Line: cmp.Or(v.Line, x.Name),
	})
	told := &s.Head
	if v.Text.Empty() && v.Person != nil {
		told = &s.Heroes[0].Head
	}
	v.Portrait, v.Thumb = p.lead(v.Image, v.Portrait, told)
	return v
}

// address writes the parts of a region, the largest first, as one line of an address: in
// English the smallest comes first.
func (p *planner) address(region []string) string {
	if !p.language.Foreign {
		return strings.Join(region, "")
	}
	parts := slices.Clone(region)
	slices.Reverse(parts)
	return strings.Join(parts, ", ")
}
