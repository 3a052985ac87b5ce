package pages

import (
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

func (p *planner) reports() {
	if len(p.e.Reports) == 0 {
		return
	}
	p.add(p.in("reports/"), "reports", date.Date{}, func() View {
		v := &Reports{Frame: p.listFrame("reports", "")}
		for _, r := range p.e.Reports {
			v.Reports = append(v.Reports, ReportItem{Title: r.Title, Href: p.href(r.Address), Year: r.Year, Lead: p.leadFigures(r, 3)})
		}
		return v
	})
	for _, r := range p.e.Reports {
		p.add(r.Address, "report", date.Date{Year: r.Year}, func() View { return p.report(r) })
		if p.makesYearbooks() {
			p.add(yearbookAddress(r), "yearbook", date.Date{Year: r.Year}, func() View { return p.yearbook(r) })
		}
	}
}

func (p *planner) report(r *site.Report) View {
	v := &Report{Year: r.Year, Lead: p.leadFigures(r, 3), Text: p.prose(&r.Head, "", 0), Sources: p.sources(&r.Head)}
	v.Frame = p.frame(r.Address, about{
		Sample: r.Sample,
		Title:  r.Title, Description: p.e.Summary(r), OGType: "article", Section: "reports", Crumbs: p.crumbs(p.section("reports")),
		Data: node{{"@type", "Dataset"}, {"name", r.Title}, {"description", p.e.Summary(r)}, {"temporalCoverage", strconv.Itoa(r.Year)}, {"creator", p.organisation()}},
	})
	v.Groups = figureGroups(r.Figures)
	for _, f := range r.Figures {
		v.Compared = v.Compared || f.Previous != nil
	}
	if p.makesYearbooks() {
		v.Yearbook = p.href(yearbookAddress(r))
	}
	if r.Prev != nil {
		v.Prev = link(r.Prev.Title, p.href(r.Prev.Address))
	}
	if r.Next != nil {
		v.Next = link(r.Next.Title, p.href(r.Next.Address))
	}
	return v
}

// figureGroups parts the figures into groups, and each group into charts: one for each
// unit, since bars compare only what is counted alike. A figure that nothing can be
// compared with, neither another of its unit nor the year before, is a number without a bar.
func figureGroups(figures []content.Figure) []FigureGroup {
	type scale struct {
		largest float64
		alike   int
	}
	scales := map[[2]string]*scale{}
	for _, f := range figures {
		k := [2]string{f.Group, f.Unit}
		if scales[k] == nil {
			scales[k] = &scale{}
		}
		s := scales[k]
		s.largest, s.alike = max(s.largest, f.Value), s.alike+1
		if f.Previous != nil {
			s.largest, s.alike = max(s.largest, *f.Previous), s.alike+1
		}
	}
	var out []FigureGroup
	for _, f := range figures {
		at := slices.IndexFunc(out, func(g FigureGroup) bool { return g.Name == f.Group })
		if at < 0 {
			at, out = len(out), append(out, FigureGroup{Name: f.Group})
		}
		g, x, s := &out[at], figure(f), scales[[2]string{f.Group, f.Unit}]
		if s.alike < 2 || s.largest <= 0 {
			g.Numbers = append(g.Numbers, x)
			g.Figures = append(g.Figures, x)
			continue
		}
		x.Bar = tenth(max(f.Value, 0) / s.largest * 100)
		if f.Previous != nil {
			x.Was = tenth(max(*f.Previous, 0) / s.largest * 100)
		}
		g.Figures = append(g.Figures, x)
		c := slices.IndexFunc(g.Charts, func(c Chart) bool { return c.Unit == f.Unit })
		if c < 0 {
			c, g.Charts = len(g.Charts), append(g.Charts, Chart{Unit: f.Unit})
		}
		g.Charts[c].Figures = append(g.Charts[c].Figures, x)
	}
	return out
}

// leadFigures are those shown large: the first n, those that can be compared with
// the year before first.
func (p *planner) leadFigures(r *site.Report, n int) []FigureView {
	var out []FigureView
	for _, compared := range []bool{true, false} {
		for _, f := range r.Figures {
			if (f.Previous != nil) == compared && len(out) < n {
				out = append(out, figure(f))
			}
		}
	}
	return out
}

func figure(f content.Figure) FigureView {
	v := FigureView{Label: f.Label, Value: thousands(f.Value), Unit: f.Unit}
	if f.Previous != nil {
		v.Previous = thousands(*f.Previous)
		if *f.Previous > 0 {
			change := (f.Value - *f.Previous) / *f.Previous * 100
			v.Up = change >= 0
			v.Change = strconv.FormatFloat(change, 'f', 1, 64) + "%"
			if v.Up {
				v.Change = "+" + v.Change
			} else {
				v.Change = "−" + strings.TrimPrefix(v.Change, "-")
			}
		}
	}
	return v
}

// thousands writes a number with its thousands parted by commas and no needless
// decimals.
func thousands(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	whole, fraction, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}
