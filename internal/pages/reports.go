package pages

import (
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
	}
}

func (p *planner) report(r *site.Report) View {
	v := &Report{Year: r.Year, Lead: p.leadFigures(r, 3), Text: p.prose(&r.Head, "", 0), Sources: p.sources(&r.Head)}
	v.Frame = p.frame(r.Address, about{
		Title: r.Title, Description: p.e.Summary(r), OGType: "article", Section: "reports", Crumbs: p.crumbs(p.section("reports")),
		Data: map[string]any{"@type": "Dataset", "name": r.Title, "description": p.e.Summary(r), "temporalCoverage": strconv.Itoa(r.Year), "creator": p.organisation()},
	})
	// Bars compare figures of one group and unit; a figure alone has none.
	largest, alike := map[string]float64{}, map[string]int{}
	for _, f := range r.Figures {
		key := f.Group + "\x00" + f.Unit
		largest[key] = max(largest[key], f.Value)
		alike[key]++
	}
	for _, f := range r.Figures {
		var g *FigureGroup
		for i := range v.Groups {
			if v.Groups[i].Name == f.Group {
				g = &v.Groups[i]
			}
		}
		if g == nil {
			v.Groups = append(v.Groups, FigureGroup{Name: f.Group})
			g = &v.Groups[len(v.Groups)-1]
		}
		x := figure(f)
		key := f.Group + "\x00" + f.Unit
		if m := largest[key]; m > 0 && f.Value > 0 && alike[key] > 1 {
			x.Bar = tenth(f.Value / m * 100)
		}
		g.Figures = append(g.Figures, x)
	}
	if r.Prev != nil {
		v.Prev = link(r.Prev.Title, p.href(r.Prev.Address))
	}
	if r.Next != nil {
		v.Next = link(r.Next.Title, p.href(r.Next.Address))
	}
	return v
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
