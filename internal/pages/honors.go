package pages

import (
	"cmp"
	"strconv"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

func (p *planner) honors() {
	if len(p.e.Honors) == 0 {
		return
	}
	p.add(p.in("honors/"), "honors", date.Date{}, func() View {
		v := &Honors{Frame: p.listFrame("honors", "")}
		for _, level := range append(content.Level("").Values(), content.Value{}) {
			g := HonorGroup{Name: p.level(content.Level(level.En))}
			for _, h := range p.e.Honors {
				if string(h.Level) == level.En {
					g.Honors = append(g.Honors, HonorItem{Title: h.Title, Href: p.href(h.Address), By: h.By, Sessions: len(h.Sessions), Holders: len(h.Roll)})
				}
			}
			if len(g.Honors) > 0 {
				v.Levels = append(v.Levels, g)
			}
		}
		return v
	})
	for _, h := range p.e.Honors {
		p.add(h.Address, "honor", date.Date{}, func() View { return p.honor(h) })
		for _, s := range h.Sessions {
			p.add(s.Address, "session", s.Date, func() View { return p.session(s) })
		}
	}
}

func (p *planner) level(l content.Level) string {
	if l == "" {
		return p.t("level.none")
	}
	return p.t("level." + string(l))
}

func (p *planner) honor(h *site.Honor) View {
	name := p.t("section.honors")
	v := &Honor{
		Frame: p.frame(h.Address, about{
			Sample: h.Sample,
			Title:  h.Title, Description: p.e.Summary(h), Section: "honors", Crumbs: p.crumbs(Link{name, p.section("honors").Href}),
			Data: node{{"@type", "CollectionPage"}, {"name", h.Title}},
		}),
		Level: p.level(h.Level), By: h.By, Text: p.prose(&h.Head, "", 0), Rule: p.rule(h.Order), Roll: p.heroItems(h.Roll), Sources: p.sources(&h.Head),
	}
	for _, s := range h.Sessions {
		item := SessionItem{Number: p.number(s.Number), Href: p.href(s.Address), Date: p.held(s), Note: s.Note, Holders: len(s.Roll)}
		if item.Date == item.Number { // one that is counted by years
			item.Date = ""
		}
		v.Sessions = append(v.Sessions, item)
	}
	return v
}

// held is when a session was granted, as precisely as known.
func (p *planner) held(s *site.HonorSession) string {
	if !s.Date.IsZero() {
		return p.date(s.Date)
	}
	if s.Year != 0 {
		return p.date(date.Date{Year: s.Year})
	}
	return ""
}

// number writes 2 as 第2届, 2022 as 2022年, and leaves words as they are: an award given
// every year counts its sessions by years.
func (p *planner) number(s string) string {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return s
	case n >= 1900 && n < 2200:
		return p.t("year", s)
	}
	return p.t("session", s)
}

// rule names the order of a roll.
func (p *planner) rule(o content.NameOrder) string {
	return p.t("order." + string(cmp.Or(o, content.ByPinyin)))
}

func (p *planner) session(s *site.HonorSession) View {
	h := s.Honor
	v := &Session{
		Honor: Link{h.Title, p.href(h.Address)}, Number: p.number(s.Number), Date: p.held(s), Note: s.Note,
		Rule: p.rule(h.Order), Roll: p.heroItems(s.Roll), Calendar: p.calendarOf(s.Address),
	}
	if v.Date == v.Number { // it is in the title
		v.Date = ""
	}
	title := h.Title + " " + v.Number
	v.Frame = p.frame(s.Address, about{
		Title: title, Description: s.Note, Section: "honors", Crumbs: p.crumbs(p.section("honors"), v.Honor),
		Data: node{{"@type", "CollectionPage"}, {"name", title}},
	})
	if s.Prev != nil {
		v.Prev = link(p.number(s.Prev.Number), p.href(s.Prev.Address))
	}
	if s.Next != nil {
		v.Next = link(p.number(s.Next.Number), p.href(s.Next.Address))
	}
	return v
}
