package site

import (
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
)

// codes joins the ledger's codes with the exhibits they open, and reports codes
// that would no longer resolve. A code's page exists once, in the site's own language.
func (r *resolver) codes() {
	e := r.e
	exhibits := map[string]*Exhibit{}
	venues := map[string]*Venue{}
	var paths []string
	for _, v := range e.Venues {
		venues[v.Slug] = v
		for _, x := range v.Exhibits {
			path := v.Slug + "/" + x.Slug
			exhibits[path] = x
			paths = append(paths, path)
		}
	}
	if r.first != nil {
		e.Codes = r.first.Codes
		for _, c := range e.Codes {
			if !c.Retired && c.Exhibit != nil {
				if x := exhibits[c.Venue.Slug+"/"+c.Exhibit.Slug]; x != nil {
					x.Code = c.Code
				}
			}
		}
		return
	}
	l := r.o.Ledger
	if l == nil {
		l = ledger.New(ledger.Path, "")
	}
	r.out.Add(l.Against(ledger.World{BaseURL: plaqueBase(r.Content.Site), Exhibits: paths, Known: r.o.KnownCodes})...)
	for _, entry := range l.Entries() {
		if !code.Shaped(entry.Code) { // no address can be made of it; it is told
			continue
		}
		c := &Code{
			Code: entry.Code, Address: Address("Q/" + entry.Code + "/"), Issued: entry.Issued,
			Retired: entry.Status == ledger.Retired, Venue: venues[entry.Venue()],
		}
		if !c.Retired {
			if c.Exhibit = exhibits[entry.Exhibit]; c.Exhibit == nil {
				continue // reported above
			}
			c.Exhibit.Code = c.Code
		} else if heir, ok := l.Heir(entry.Code); ok {
			c.Exhibit = exhibits[heir.Exhibit]
		}
		e.Codes = append(e.Codes, c)
	}
}

// PlaqueBase is the address printed in codes.
func (m *Model) PlaqueBase() string { return plaqueBase(m.Config) }

func plaqueBase(c *content.Site) string {
	if p := c.Plaque; p != nil && p.BaseURL != "" {
		return string(p.BaseURL)
	}
	return string(c.BaseURL)
}

// PlaquePath is where the artwork of an exhibit's plaque lies, without its ending.
func (c *Code) PlaquePath() string {
	return strings.Join([]string{"plaques", c.Venue.Slug, c.Code}, "/")
}
