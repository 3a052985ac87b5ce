package pages

import (
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

// numbers plans what the site counts of itself. Each number tells how it was counted and
// leads to what was counted; what there is none of is not told.
func (p *planner) numbers() {
	if len(p.e.Heroes) == 0 {
		return
	}
	a := p.in("numbers/")
	p.pages = append(p.pages, Page{Address: a, Template: "numbers", Listed: true, Sums: true, View: func() View {
		v := &Numbers{Frame: p.listFrame("numbers", p.t("numbers.description")), Besides: p.besides("numbers")}
		add := func(name, to string, n int) {
			if n > 0 {
				v.Numbers = append(v.Numbers, Number{Value: thousands(float64(n)), Label: p.t("number." + name), How: p.t("number." + name + ".how"), Href: to})
			}
		}
		section := func(name string) string { return p.section(name).Href }
		groups, days, holders, exhibits, pieces, characters := 0, 0, 0, 0, 0, 0
		for _, h := range p.e.Heroes {
			if h.HeroKind == content.Group {
				groups++
			}
			if len(h.Held) > 0 {
				holders++
			}
		}
		for _, d := range p.e.Days {
			days += len(d.Heroes)
		}
		for _, x := range p.e.Venues {
			exhibits += len(x.Exhibits)
		}
		for _, b := range p.e.Books {
			pieces += len(b.Chapters)
			characters += b.Count
		}
		add("people", section("heroes"), len(p.e.Heroes)-groups)
		add("groups", section("heroes"), groups)
		add("years", section("timeline"), len(p.e.Years))
		add("days", section("days"), days)
		add("deeds", section("timeline")+"#deeds", len(p.e.Deeds))
		add("places", section("timeline")+"#places", settled(p.e.Regions))
		add("honors", section("honors"), len(p.e.Honors))
		add("holders", section("honors"), holders)
		add("briefs", section("briefs"), len(p.e.Briefs))
		add("venues", section("venues"), len(p.e.Venues))
		add("exhibits", section("venues"), exhibits)
		add("pieces", section("anthology"), pieces)
		add("characters", section("anthology"), characters)
		add("units", section("units"), len(p.e.Units))
		add("reports", section("reports"), len(p.e.Reports))
		return v
	}, Changed: date.Date{}})
}

// settled counts the places at which somebody's list ends: 清河市 does not count beside its
// 渡口区, unless somebody is known to be of the city alone.
func settled(list []*site.Region) int {
	n := 0
	for _, r := range list {
		own := false
		for _, h := range r.Heroes {
			own = own || h.Place == r
		}
		if own {
			n++
		}
		n += settled(r.Children)
	}
	return n
}
