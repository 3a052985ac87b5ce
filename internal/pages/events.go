package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"mingdeng/internal/calendar"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

// Event is something that takes or took place: what a brief tells of, or a session of an
// honour.
type Event struct {
	calendar.Event
	Page site.Address // of the record
	File site.Address // of its calendar file; "" where no day of it is known
	Note string       // of a session
}

// CalendarFile is the name of an event's calendar file, beside the page of its record.
const CalendarFile = "event.ics"

// gatherEvents lists the events of the edition, in the order of their days. Where a brief
// tells a place alone, it took place on the day of the brief.
func (p *planner) gatherEvents() []Event {
	host := "localhost"
	if u, err := url.Parse(string(p.Base)); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	var out []Event
	add := func(a site.Address, stamp date.Date, e calendar.Event, note string) {
		e.UID, e.Stamp, e.Address = strings.TrimSuffix(p.e.Plain(a), "/")+"@"+host, stamp, string(p.Base)+string(a)
		x := Event{Event: e, Page: a, Note: note}
		if e.Dated() {
			x.File = a + CalendarFile
		}
		out = append(out, x)
	}
	for _, b := range p.e.Briefs {
		e := b.Event
		if e == nil {
			continue
		}
		start := e.Start
		if start.IsZero() {
			if start = e.End; start.IsZero() {
				start.Date = b.Date
			}
		}
		stamp := b.Date
		if b.PublishOn.Compare(stamp) > 0 {
			stamp = b.PublishOn
		}
		add(b.Address, stamp, calendar.Event{Start: start, End: e.End, Title: b.Title, Place: e.Place, About: clip(p.e.Summary(b), 200)}, "")
	}
	for _, h := range p.e.Honors {
		for _, s := range h.Sessions {
			day := s.Date
			if day.IsZero() {
				day.Year = s.Year
			}
			if day.IsZero() {
				continue
			}
			add(s.Address, day, calendar.Event{Start: date.Moment{Date: day}, Title: h.Title + " " + p.number(s.Number), About: s.Note}, s.Note)
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int {
		return cmp.Or(a.Start.Date.Compare(b.Start.Date), cmp.Compare(a.Start.Clock(), b.Start.Clock()), cmp.Compare(a.Page, b.Page))
	})
	return out
}

// coming tells whether an event is not over on the day the site is made for.
func (p *planner) coming(e *Event) bool {
	last := e.Start.Last()
	if end := e.End.Last(); end.Compare(last) > 0 {
		last = end
	}
	return last.Compare(p.e.Today) >= 0
}

// when writes the time of an event: days, and times of day as far as they are known.
func (p *planner) when(start, end date.Moment) string {
	from, to := p.date(start.Date), p.date(end.Date)
	if end.Date == start.Date {
		to = ""
	}
	if c := start.Clock(); c != "" && from != "" {
		from += " " + c
		if to == "" && end.Timed && end != start {
			return from + "–" + end.Clock()
		}
	}
	if c := end.Clock(); c != "" && to != "" {
		to += " " + c
	}
	switch {
	case from == "":
		return to
	case to == "":
		return from
	}
	return p.t("span", from, to)
}

// calendarOf is where the file is that puts the coming event of a page into a calendar; ""
// for what is over, or has no day.
func (p *planner) calendarOf(a site.Address) string {
	e := p.eventAt[a]
	if e == nil || e.File == "" || !p.coming(e) {
		return ""
	}
	return p.href(e.File)
}

// hasEvents tells whether there is a list of events. The navigation asks before it is planned.
func (p *planner) hasEvents() bool {
	return slices.ContainsFunc(p.e.Briefs, func(b *site.Brief) bool { return b.Event != nil }) ||
		slices.ContainsFunc(p.e.Honors, func(h *site.Honor) bool {
			return slices.ContainsFunc(h.Sessions, func(s *site.HonorSession) bool { return !s.Date.IsZero() || s.Year != 0 })
		})
}

// eventsAddress is that of the list of events.
func (p *planner) eventsAddress() site.Address { return p.in("events/") }

// CalendarAddress is that of the calendar of all events of an edition.
func CalendarAddress(e *site.Edition) site.Address { return site.Address(e.Prefix + "events.ics") }

// planEvents plans the list of events: those to come, the next first, then those of the past,
// the latest first, split as lists are. A page that was made last week says which day it is of
// and stays true.
func (p *planner) planEvents() {
	p.events, p.eventAt = p.gatherEvents(), map[site.Address]*Event{}
	if len(p.events) == 0 {
		return
	}
	var coming, past []Event
	for i := range p.events {
		p.eventAt[p.events[i].Page] = &p.events[i]
		if p.coming(&p.events[i]) {
			coming = append(coming, p.events[i])
		} else {
			past = append(past, p.events[i])
		}
	}
	slices.Reverse(past)
	base := p.eventsAddress()
	for n, part := range split(past, PerPage) {
		a := pageAddress(base, n+1)
		p.add(a, "events", date.Date{}, func() View {
			name := p.t("section.events")
			v := &Events{
				Frame: p.frame(a, about{Title: p.numbered(name, n+1), Description: p.t("events.description", len(p.events)), Section: "events", Crumbs: p.crumbs(), Data: node{{"@type", "CollectionPage"}, {"name", name}}}),
				Total: len(p.events), Past: p.eventDays(part, false), Pager: p.pager(base, n+1, pagesFor(len(past), PerPage)),
			}
			v.Frame.Title = name
			for i := range p.events {
				if p.events[i].File != "" {
					v.Calendar = p.href(CalendarAddress(p.e))
				}
			}
			if n == 0 && len(coming) > 0 {
				v.Coming, v.Today = p.eventDays(coming, true), p.date(p.e.Today)
			}
			return v
		})
	}
}

// eventDays groups events by the day, month or year they begin.
func (p *planner) eventDays(events []Event, coming bool) []EventDay {
	var out []EventDay
	for i := range events {
		e := &events[i]
		name := p.date(e.Start.Date)
		if n := len(out); n == 0 || out[n-1].Name != name {
			out = append(out, EventDay{Name: name, ISO: e.Start.Date.String()})
		}
		x := EventItem{Title: e.Title, Href: p.href(e.Page), Place: e.Place, PlaceLang: p.untranslated(e.Place), Note: e.Note}
		switch when := p.when(e.Start, e.End); {
		case e.Start.Timed && (e.End.IsZero() || e.End.Date == e.Start.Date): // hours of that day
			x.When = strings.TrimSpace(strings.TrimPrefix(when, name))
		case when != name:
			x.When = when
		}
		if coming && e.File != "" {
			x.Calendar = p.href(e.File)
		}
		out[len(out)-1].Events = append(out[len(out)-1].Events, x)
	}
	return out
}

// mentionsEvent is when and where what a brief tells of took place, where that is not only the
// day of the brief.
func (p *planner) mentionsEvent(b *content.Brief) string {
	e := b.Event
	when := p.when(e.Start, e.End)
	if when == "" || when == p.date(b.Date) {
		return e.Place
	}
	if e.Place != "" {
		when += p.t("comma") + e.Place
	}
	return when
}
