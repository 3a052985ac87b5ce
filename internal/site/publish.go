package site

import (
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// Reason says why a record that exists is not published.
type Reason uint8

// The reasons. A record that is published has none.
const (
	NoConsent Reason = iota + 1 // of a person: not given, lapsed, or a guardian's is missing
	Faulty                      // its file has errors, which are told there
	Draft
	NotDue
	Expired
)

// Absence is why a record is not published. The zero Absence is that of one that is.
type Absence struct {
	Reason Reason
	Day    date.Date // from which it is published, or the last on which it was
	Within string    // the book or venue whose absence this is, where the record lies in one; else ""
}

// AbsenceOf is why a record is not published on a day, for want of a person's consent too.
// That what it lies in may not be published is not looked at.
func AbsenceOf(r content.Record, today date.Date) Absence {
	h := r.Base()
	if hero, ok := r.(*content.Hero); ok && !h.Faulty && !consents(hero, today) {
		return Absence{Reason: NoConsent} // whatever else there is
	}
	return absence(h, Options{Today: today})
}

// absence is why a record is not published, its consent aside.
func absence(h *content.Head, o Options) Absence {
	today, drafts := o.Today, o.Drafts
	switch {
	case h.Faulty:
		return Absence{Reason: Faulty}
	case o.Private:
		return Absence{}
	case !h.Expires.IsZero() && today.Compare(h.Expires.Last()) > 0:
		return Absence{Reason: Expired, Day: h.Expires.Last()}
	case drafts:
		return Absence{}
	case h.Draft:
		return Absence{Reason: Draft}
	case !h.PublishOn.IsZero() && h.PublishOn.First().Compare(today) > 0:
		return Absence{Reason: NotDue, Day: h.PublishOn.First()}
	}
	return Absence{}
}

// due tells whether a record is published, its consent aside.
func due(h *content.Head, o Options) bool { return absence(h, o) == Absence{} }

// use is what a reference is for, and so what does not come of it.
type use diag.Text

var (
	linked = use{Zh: "链接到它", En: "linked"}
	named  = use{Zh: "写出名字", En: "named"}
	listed = use{Zh: "列出它", En: "listed"}
)

// finding tells at a reference why nothing comes of it; nil where that is told elsewhere.
func (a Absence) finding(path string, pos diag.Pos, word string, u use) *diag.Finding {
	var code *diag.Code
	switch a.Reason {
	case NoConsent:
		f := diag.WithheldRef.At(path, pos, word)
		return &f
	case Draft:
		code = diag.DraftRef
	case NotDue:
		code = diag.NotDueRef
	case Expired:
		code = diag.ExpiredRef
	default:
		return nil
	}
	day := ""
	if !a.Day.IsZero() {
		day = a.Day.String()
	}
	f := code.At(path, pos, word, a.Within, u.Zh, u.En, day)
	return &f
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
