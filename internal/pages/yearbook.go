package pages

import (
	"cmp"
	"slices"
	"strconv"

	"mingdeng/internal/site"
)

// Texts returns the texts of the view.
func (v *Yearbook) Texts() []*Prose { return []*Prose{&v.Text} }

func (p *planner) makesYearbooks() bool {
	k := p.e.Config.Keepsakes
	return k != nil && k.Yearbooks
}

// yearbookAddress is that of a year's booklet, below its report.
func yearbookAddress(r *site.Report) site.Address { return r.Address + "book/" }

func (p *planner) yearbook(r *site.Report) View {
	title := p.t("yearbook.title", strconv.Itoa(r.Year))
	v := &Yearbook{
		Year: r.Year, Lead: p.leadFigures(r, 3), Figures: figureGroups(r.Figures), Text: p.prose(&r.Head, "", 0),
		Report: Link{r.Title, p.href(r.Address)}, Issuer: p.chrome.Organisation.Name,
	}
	v.Frame = p.frame(yearbookAddress(r), about{
		Title: title, Description: p.e.Summary(r), OGType: "article", Section: "reports", Sample: r.Sample,
		Crumbs: p.crumbs(p.section("reports"), v.Report), Data: node{{"@type", "Report"}, {"name", title}, {"temporalCoverage", strconv.Itoa(r.Year)}, {"publisher", p.organisation()}},
	})
	v.QR = &QR{Address: p.chrome.Base + string(r.Address)}
	for _, h := range p.e.Heroes {
		if h.Member != "" {
			continue
		}
		var honors []string
		for _, x := range h.Held {
			if x.Year == r.Year || x.Of != nil && cmp.Or(x.Of.Year, x.Of.Date.Year) == r.Year {
				honors = append(honors, p.honorLink(x).Text)
			}
		}
		switch {
		case len(honors) > 0:
			v.People = append(v.People, YearPerson{HeroItem: p.heroItem(h), Portrait: p.portrait(h), Words: p.saying(h.Words), Honors: honors})
		case h.Year() == r.Year:
			v.Deeds = append(v.Deeds, p.heroItem(h))
		}
	}
	var briefs []*site.Brief
	for _, b := range p.e.Briefs {
		if b.Date.Year == r.Year && b.Member == "" {
			briefs = append(briefs, b)
		}
	}
	slices.SortStableFunc(briefs, func(a, b *site.Brief) int { return a.Date.Compare(b.Date) })
	v.Briefs = p.briefItems(briefs)
	return v
}
