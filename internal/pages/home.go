package pages

import (
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

func (p *planner) home() {
	p.add(p.in(""), "home", date.Date{}, func() View {
		v := &Home{
			Frame: p.frame(p.in(""), about{
				Title: p.chrome.Title, Description: p.chrome.Description,
				Data: node{{"@type", "WebSite"}, {"name", p.chrome.Title}, {"publisher", p.organisation()}},
			}),
			BriefsHref: p.section("briefs").Href, VenuesHref: p.section("venues").Href,
			HeroesHref: p.section("heroes").Href, HeroesCount: len(p.e.Heroes),
		}
		if h := heroOfTheDay(p.e.Heroes, p.e.Today); h != nil {
			v.Hero = &HomeHero{
				Name: h.Name, Href: p.href(h.Address), Line: h.Line, Portrait: p.portrait(h), Fallen: h.Status == content.Fallen, Sample: h.Sample,
				Letters: letters(h.Name),
			}
		}
		for _, b := range p.e.Briefs[:min(len(p.e.Briefs), 6)] {
			v.Briefs = append(v.Briefs, p.briefItem(b))
		}
		for _, b := range p.e.Briefs {
			v.BriefNumber = max(v.BriefNumber, b.Number)
		}
		for _, x := range mostExhibits(p.e.Venues, 6) {
			v.Venues = append(v.Venues, p.venueItem(x))
		}
		if len(p.e.Books) > 0 {
			item := p.bookItem(p.e.Books[0])
			v.Book = &item
		}
		if len(p.e.Days) > 0 {
			v.DaysHref, v.DaysData = p.section("days").Href, p.href(p.in("data/days/"))
		}
		if p.codeList != "" {
			v.CodesHref = p.href("Q/")
		}
		if len(p.e.Reports) > 0 {
			r := p.e.Reports[0]
			v.FiguresYear, v.FiguresHref = r.Year, p.href(r.Address)
			v.Figures = p.leadFigures(r, 3)
		}
		return v
	})
}

// heroOfTheDay is the one person lit on the home page: those who have a portrait
// and a sentence take turns, a day each.
func heroOfTheDay(heroes []*site.Hero, today date.Date) *site.Hero {
	var turn []*site.Hero
	for _, h := range heroes {
		if h.Portrait != nil && h.Line != "" {
			turn = append(turn, h)
		}
	}
	if len(turn) == 0 {
		for _, h := range heroes {
			if h.Line != "" {
				turn = append(turn, h)
			}
		}
	}
	if len(turn) == 0 {
		return nil
	}
	day := time.Date(today.Year, time.Month(max(today.Month, 1)), int(max(today.Day, 1)), 0, 0, 0, 0, time.UTC).Unix() / 86400
	return turn[int(day%int64(len(turn)))]
}

// letters parts a name into its characters, for setting it vertically.
func letters(name string) []string {
	var out []string
	for _, r := range name {
		out = append(out, string(r))
	}
	return out
}

// mostExhibits returns the n venues with most to see, in the order of the list.
func mostExhibits(venues []*site.Venue, n int) []*site.Venue {
	if len(venues) <= n {
		return venues
	}
	counts := make([]int, 0, len(venues))
	for _, v := range venues {
		counts = append(counts, len(v.Exhibits))
	}
	var out []*site.Venue
	for threshold := maximum(counts); threshold >= 0 && len(out) < n; threshold-- {
		for _, v := range venues {
			if len(v.Exhibits) == threshold && len(out) < n {
				out = append(out, v)
			}
		}
	}
	return out
}

func maximum(list []int) int {
	m := 0
	for _, n := range list {
		m = max(m, n)
	}
	return m
}
