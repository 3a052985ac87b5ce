package site

import (
	"mingdeng/internal/content"
	"mingdeng/internal/date"
)

// due tells whether a record is published on a day, its consent aside.
func due(h *content.Head, today date.Date, drafts bool) bool {
	if h.Faulty {
		return false
	}
	if !h.Expires.IsZero() && today.Compare(h.Expires.Last()) > 0 {
		return false
	}
	if drafts {
		return true
	}
	return !h.Draft && (h.PublishOn.IsZero() || h.PublishOn.First().Compare(today) <= 0)
}

// consents tells whether a person may be published on a day (SPEC §6.4): consent
// given, not lapsed, and a guardian's where the person is a minor. Not even
// --drafts overrides it.
func consents(h *content.Hero, today date.Date) bool {
	c := h.Consent
	return c != nil && c.Publish &&
		(c.Until.IsZero() || today.Compare(c.Until.Last()) <= 0) &&
		(!c.Minor || c.Guardian)
}

// NextChange returns the first day after today on which a date in the content
// changes what is published, or the zero Date.
func NextChange(c *content.Content, today date.Date) date.Date {
	var next date.Date
	consider := func(d date.Date) {
		if !d.IsZero() && d.Compare(today) > 0 && (next.IsZero() || d.Compare(next) < 0) {
			next = d
		}
	}
	c.All(func(r content.Record) {
		h := r.Base()
		consider(h.PublishOn.First())
		consider(dayAfter(h.Expires.Last()))
	})
	for _, h := range c.Heroes {
		if h.Consent != nil {
			consider(dayAfter(h.Consent.Until.Last()))
		}
	}
	return next
}

func dayAfter(d date.Date) date.Date {
	switch {
	case d.IsZero():
		return d
	case int(d.Day) < date.DaysInMonth(d.Year, int(d.Month)):
		d.Day++
	case d.Month < 12:
		d.Month, d.Day = d.Month+1, 1
	default:
		d = date.Date{Year: d.Year + 1, Month: 1, Day: 1}
	}
	return d
}
