package plaques

import (
	"cmp"
	"errors"
	"slices"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
)

// previewCode stands on previews of exhibits that have no code yet. It is no code: its check
// character is wrong.
const previewCode = "0000"

// ErrNoExhibit says that there is nothing a preview could show.
var ErrNoExhibit = errors.New("no such exhibit, or none at all")

// Preview draws every design of the theme with the site's own records: those of the exhibit
// named VENUE/EXHIBIT, or of the one that suits each design best. A design that cannot
// be made for it is left out of what is returned, and found.
func Preview(o project.Options, exhibit string) (*kit.Contact, []diag.Finding, error) {
	s, root, err := open(o)
	if err != nil {
		return nil, s.found.Sorted(), err
	}
	defer root.Close()
	if s.found.Errors() > 0 {
		return nil, s.found.Sorted(), project.ErrFindings
	}
	var all []*site.Exhibit
	for _, v := range s.Model.Editions[0].OwnVenues() {
		for _, x := range v.Exhibits {
			if exhibit == "" || exhibit == v.Slug+"/"+x.Slug {
				all = append(all, x)
			}
		}
	}
	if len(all) == 0 {
		return nil, s.found.Sorted(), ErrNoExhibit
	}
	designs := make([]*design.Design, 0, len(s.Designs))
	for _, d := range s.Designs {
		designs = append(designs, d)
	}
	slices.SortFunc(designs, func(a, b *design.Design) int {
		return cmp.Or(cmp.Compare(b.W*b.H, a.W*a.H), cmp.Compare(a.Name, b.Name))
	})
	c := &kit.Contact{Title: s.Model.Config.Title}
	for _, d := range designs {
		x := slices.MaxFunc(all, func(a, b *site.Exhibit) int { return cmp.Compare(suits(d, a), suits(d, b)) })
		code := &site.Code{Code: cmp.Or(x.Code, previewCode), Issued: s.Today, Exhibit: x, Venue: x.Venue}
		j := s.plaqueJob(code, &content.Plaque{Design: d.Name})
		if j == nil {
			continue
		}
		drawn, err := kit.Look(j.plaque, j.design)
		if err != nil {
			if err = s.plaqueFault(j, err); errors.Is(err, render.ErrContent) {
				continue
			}
			return nil, s.found.Sorted(), err
		}
		c.Designs = append(c.Designs, drawn)
	}
	return c, s.found.Sorted(), nil
}

// suits tells how well an exhibit shows what a design is for; of several alike the first is
// taken.
func suits(d *design.Design, x *site.Exhibit) int {
	n := 0
	add := func(ok bool, points int) {
		if ok {
			n += points
		}
	}
	add(x.Code != "", 4)
	add(x.Stop > 0, 2)
	switch {
	case d.Has(design.Names, ""):
		add(x.ExhibitKind == "wall", 32)
		add(len(x.Heroes) < 2, 16) // all of the site
	case d.Has(design.Picture, "plan"):
		add(x.Venue.Plan != nil, 32)
		add(len(x.PlanAt) == 2, 16)
	case d.Stroke > 0: // carved: few characters
		add(x.ExhibitKind == "stone", 32)
		add(len([]rune(x.Name)) <= 2, 16)
	default:
		add(len(x.Heroes) == 1, 32)
		if len(x.Heroes) == 1 {
			h := x.Heroes[0]
			add(h.Portrait != nil, 16)
			add(h.HeroKind == content.Person, 8)
			add(h.Line != "" && h.Body.Len > 0, 8)
			add(len(h.Held) > 0, 1)
		}
	}
	return n
}
