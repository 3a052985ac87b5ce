package pages

import (
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

func (p *planner) units() {
	if len(p.e.Units) == 0 {
		return
	}
	a := p.in("units/")
	p.add(a, "units", date.Date{}, func() View {
		v := &Units{
			Frame: p.listFrame("units", p.t("units.description", len(p.e.Units))),
			Total: len(p.e.Units),
		}
		for _, kind := range content.UnitKind("").Values() {
			g := UnitGroup{Name: p.t("unit." + kind.En), ID: kind.En, Href: "#" + kind.En}
			for _, u := range p.e.Units {
				if string(u.UnitKind) == kind.En {
					g.Units = append(g.Units, p.unit(u))
				}
			}
			if len(g.Units) > 0 {
				v.Kinds = append(v.Kinds, g)
			}
		}
		return v
	})
}

// longUnit is the most bytes of a unit's text that stand whole in the list on a phone: some
// three lines.
const longUnit = 180

func (p *planner) unit(u *site.Unit) Unit {
	v := Unit{
		Sample: u.Sample,
		Name:   u.Name, ID: site.UnitID(&u.Head), Href: "#" + site.UnitID(&u.Head), Text: p.prose(&u.Head, site.UnitID(&u.Head)+"-", 2), Briefs: p.briefItems(u.Briefs), Sources: p.sources(&u.Head),
	}
	v.Long = u.Body.Len > longUnit || len(v.Briefs)+len(v.Sources) > 0
	fact := func(key, text string) {
		if text != "" {
			v.Facts = append(v.Facts, Fact{p.t(key), []Link{{Text: text}}})
		}
	}
	fact("fact.where", joinRegion(u.Region))
	fact("fact.founded", p.date(u.Founded))
	if u.People > 0 {
		fact("fact.people", p.t("people", thousands(float64(u.People))))
	}
	fact("fact.contact", u.Contact)
	if m := p.memberNamed(u.Member); m != nil {
		v.Facts = append(v.Facts, Fact{p.t("member.from"), []Link{{m.Called(), p.memberHref(m)}}})
	}
	return v
}

func joinRegion(r content.Region) string {
	s := ""
	for i, part := range r {
		if i > 0 {
			s += " · "
		}
		s += part
	}
	return s
}
