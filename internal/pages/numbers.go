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
		count := func(name, to string, n int) {
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
		count("people", section("heroes"), len(p.e.Heroes)-groups)
		count("groups", section("heroes"), groups)
		count("years", section("timeline"), len(p.e.Years))
		count("days", section("days"), days)
		count("deeds", section("timeline")+"#deeds", len(p.e.Deeds))
		count("places", section("timeline")+"#places", settled(p.e.Regions))
		count("honors", section("honors"), len(p.e.Honors))
		count("holders", section("honors"), holders)
		count("briefs", section("briefs"), len(p.e.Briefs))
		count("venues", section("venues"), len(p.e.Venues))
		count("exhibits", section("venues"), exhibits)
		count("pieces", section("anthology"), pieces)
		count("characters", section("anthology"), characters)
		count("units", section("units"), len(p.e.Units))
		count("reports", section("reports"), len(p.e.Reports))
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
