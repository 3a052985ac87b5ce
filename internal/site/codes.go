package site

import (
	"cmp"
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
		if v.Member != "" { // whose codes are its own
			continue
		}
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

// PlaqueAsked is how the plaque of an exhibit is asked for: as ask says, the exhibit's own
// words or nil, and where it does not say, as its venue does and then the site. A size and a
// distance go with the design they were written for.
func (m *Model) PlaqueAsked(x *Exhibit, ask *content.Plaque) content.Plaque {
	var p content.Plaque
	if ask != nil {
		p = *ask
	}
	if d := x.Venue.Plaque; d != nil {
		if p.Design == "" || p.Design == d.Design {
			p.Design = d.Design
			if p.Width == 0 && p.Height == 0 {
				p.Width, p.Height = d.Width, d.Height
			}
			p.Distance = cmp.Or(p.Distance, d.Distance)
		}
		p.Material = cmp.Or(p.Material, d.Material)
	}
	if d := m.Config.Plaque; d != nil {
		p.Material = cmp.Or(p.Material, d.Material)
	}
	return p
}

// PlaquePath is where the artwork of an exhibit's plaque lies, without its ending.
func (c *Code) PlaquePath() string {
	return strings.Join([]string{"plaques", c.Venue.Slug, c.Code}, "/")
}
