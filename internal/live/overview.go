package live

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/advice"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaques"
	"mingdeng/internal/site"
)

// Overview is all that an editor may want to know of a site at a glance. It names also
// what is not published: drafts and people who are withheld.
type Overview struct {
	Title   string
	Base    string // path of the site, ending in "/"
	Today   date.Date
	Records []Entry // by kind, then by slug, which is mostly the name in pinyin
	Plaques []PlaqueEntry
	Screens []ScreenEntry
}

// Entry is one record.
type Entry struct {
	Of      content.Kind
	Kind    diag.Text
	Name    string
	Path    string
	Slug    string // as references name it; PARENT/SLUG of what lies in a book, a venue or a year
	Folder  string // of the book, the venue or the year it lies in; "" of others
	Sample  bool
	Changed time.Time // of its file
	Href    string    // "" where it has no page: it is not published, or not even in a private site
	State   State
	Lacks   []Lack
	Member  string // whom it was collected from, as people call them; "" of the site's own
}

// State tells whether a record is published, and why not.
type State string

// The states.
const (
	Published State = "published"
	Draft     State = "draft"
	Waiting   State = "waiting"  // for its day
	Expired   State = "expired"  // its day is over
	Withheld  State = "withheld" // no consent, or not any more
	Faulty    State = "faulty"   // its head could not be read
	Orphaned  State = "orphaned" // what it belongs to is not published
)

// States lists the states, in the order in which people are told.
func States() []State { return []State{Published, Draft, Waiting, Expired, Withheld, Faulty, Orphaned} }

// Lack is something that is not done yet.
type Lack struct {
	What LackKind
	Date date.Date // of LapsingConsent
}

// LackKind is a kind of thing that is not done yet.
type LackKind string

// What may be lacking.
const (
	NoPortrait     LackKind = "portrait" // none, or no consent to show it
	LapsingConsent LackKind = "consent"  // ends within [advice.LapseDays]
	NoPlaque       LackKind = "plaque"   // an exhibit without a code
	NoPlan         LackKind = "plan"     // a venue without one
)

// PlaqueEntry is one plaque, with its size in mm.
type PlaqueEntry struct {
	Code, Name, Venue string
	Path              string // of the exhibit's file
	Href              string // of the page it opens
	Drawing           string // href of its SVG
	W, H              float64
	Design, Material  string // Material is "" where the exhibit names none
}

// ScreenEntry is one screen.
type ScreenEntry struct {
	Name, Href string
	Upright    bool
}

// Overview looks through the whole site. What it returns is shared and must not be changed.
func (l *Site) Overview() Overview {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if o := l.now.overview.Load(); o != nil {
		return *o
	}
	o := l.look() // twice, where two ask at once: both see the same
	l.now.overview.Store(&o)
	return o
}

// carry takes the overview over where only the texts of the files at paths have changed.
func (l *Site) carry(from *shown, paths []string) {
	o := from.overview.Load()
	if o == nil {
		return
	}
	next := *o
	next.Records = slices.Clone(o.Records)
	for i := range next.Records {
		if slices.Contains(paths, next.Records[i].Path) {
			next.Records[i].Changed = l.times[next.Records[i].Path]
		}
	}
	l.now.overview.Store(&next)
}

// look is Overview, within the lock.
func (l *Site) look() Overview {
	s := l.now.Project
	o := Overview{Title: s.Content.Site.Title, Base: "/", Today: l.o.Today}
	if len(s.Inputs) > 0 {
		o.Base = s.Inputs[0].Base.Path()
	}
	published := make(map[*content.Head]site.Address, len(l.times))
	e := s.Model.Editions[0]
	e.Each(func(h *content.Head, a site.Address) { published[h] = a })
	withheld := map[string]bool{}
	for _, w := range s.Model.Withheld {
		withheld[w.Path] = true
	}
	type host struct{ member, folder, file string } // a book's or a venue's
	slugs := map[host]string{}
	for _, b := range s.Content.Books {
		slugs[host{b.Member, b.Kind.Info().Folder, b.FileName}] = b.Slug
	}
	for _, v := range s.Content.Venues {
		slugs[host{v.Member, v.Kind.Info().Folder, v.FileName}] = v.Slug
	}
	var entries []*Entry // sorting what is large is slow
	s.Content.All(func(r content.Record) {
		h := r.Base()
		if h.Edition != "" {
			return
		}
		x := &Entry{
			Of: h.Kind, Kind: h.Kind.Info().Name, Name: cmp.Or(content.Title(r), h.FileName), Path: h.Path,
			Slug: path.Join(cmp.Or(slugs[host{h.Member, h.Kind.Info().Folder, h.Parent}], h.Parent), h.Slug), Folder: h.Parent, Sample: h.Sample, Changed: l.times[h.Path],
		}
		if m := s.Content.Member(h); m != nil {
			x.Member = m.Called()
		}
		a, shown := published[h]
		if shown {
			x.Href = o.Base + string(a)
		}
		if _, hidden := l.now.hidden[a.File()]; shown && !hidden {
			x.State = Published
			if h.Member == "" { // what a member's lacks is the member's to do
				x.Lacks = lacks(e.Record(h), o.Today)
			}
		} else {
			x.State = unpublished(h, withheld[h.Path], o.Today)
		}
		entries = append(entries, x)
	})
	slices.SortFunc(entries, func(a, b *Entry) int {
		return cmp.Or(strings.Compare(a.Kind.En, b.Kind.En), strings.Compare(a.Slug, b.Slug), strings.Compare(a.Path, b.Path))
	})
	o.Records = make([]Entry, len(entries))
	for i, x := range entries {
		o.Records[i] = *x
	}
	for _, c := range e.Codes {
		if c.Retired {
			continue
		}
		p := PlaqueEntry{Code: c.Code, Name: c.Exhibit.Name, Venue: c.Venue.Name, Path: c.Exhibit.Path, Href: o.Base + string(c.Address),
			Drawing: o.Base + "plaques/" + c.Venue.Slug + "/" + c.Code + ".svg"}
		ask := s.Model.PlaqueAsked(c.Exhibit, c.Exhibit.Plaque)
		p.W, p.H = plaques.Size(s.Designs, &ask)
		p.Design, p.Material = cmp.Or(ask.Design, plaques.DefaultDesign), string(ask.Material)
		o.Plaques = append(o.Plaques, p)
	}
	for _, x := range e.Screens {
		o.Screens = append(o.Screens, ScreenEntry{Name: x.Title, Href: o.Base + string(x.Address), Upright: x.Orientation == "portrait"})
	}
	return o
}

func unpublished(h *content.Head, withheld bool, today date.Date) State {
	switch {
	case h.Faulty:
		return Faulty
	case withheld:
		return Withheld
	case h.Draft:
		return Draft
	case !h.Expires.IsZero() && today.Compare(h.Expires.Last()) > 0:
		return Expired
	case !h.PublishOn.IsZero() && h.PublishOn.First().Compare(today) > 0:
		return Waiting
	}
	return Orphaned
}

func lacks(record any, today date.Date) []Lack {
	var out []Lack
	switch r := record.(type) {
	case *site.Hero:
		if r.Portrait == nil && r.HeroKind != content.Group {
			out = append(out, Lack{What: NoPortrait})
		}
		if c := r.Consent; c != nil && !c.Until.IsZero() && c.Until.Last().Compare(lapsing(today)) <= 0 {
			out = append(out, Lack{LapsingConsent, c.Until})
		}
	case *site.Exhibit:
		if r.Code == "" {
			out = append(out, Lack{What: NoPlaque})
		}
	case *site.Venue:
		if r.Plan == nil {
			out = append(out, Lack{What: NoPlan})
		}
	}
	return out
}

// lapsing is the last day on which a consent's end is told.
func lapsing(today date.Date) date.Date {
	return date.Of(time.Date(today.Year, time.Month(today.Month), int(today.Day)+advice.LapseDays, 0, 0, 0, 0, time.UTC))
}
