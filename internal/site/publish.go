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
