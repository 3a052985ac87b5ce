package site

import (
	"cmp"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// join resolves references in both directions.
func (r *resolver) join() {
	out := r.out
	for _, h := range r.e.Heroes {
		h.Line = r.line(h)
		r.members(h)
		r.held(h)
	}
	for _, b := range r.e.Briefs {
		b.Heroes = resolve[*Hero](r.e.of(&b.Head), &b.Head, b.Brief.Heroes, content.KindHero, out)
		b.Venues = resolve[*Venue](r.e.of(&b.Head), &b.Head, b.Brief.Venues, content.KindVenue, out)
		b.Units = resolve[*Unit](r.e.of(&b.Head), &b.Head, b.Brief.Units, content.KindUnit, out)
	}
	for _, book := range r.e.Books {
		for _, c := range book.Chapters {
			c.Heroes = resolve[*Hero](r.e.of(&c.Head), &c.Head, c.Chapter.Heroes, content.KindHero, out)
		}
	}
	for _, v := range r.e.Venues {
		for _, e := range v.Exhibits {
			e.Heroes = resolve[*Hero](r.e.of(&e.Head), &e.Head, e.Exhibit.Heroes, content.KindHero, out)
			e.Chapters = resolve[*Chapter](r.e.of(&e.Head), &e.Head, e.Exhibit.Chapters, content.KindChapter, out)
		}
		r.route(v)
	}
	for _, s := range r.e.Screens {
		s.Heroes = resolve[*Hero](r.e.of(&s.Head), &s.Head, s.Screen.Heroes, content.KindHero, out)
		s.Briefs = resolve[*Brief](r.e.of(&s.Head), &s.Head, s.Screen.Briefs, content.KindBrief, out)
	}
	for _, p := range r.e.Pages {
		p.List = resolve[any](r.e.of(&p.Head), &p.Head, p.Page.List, content.KindAny, out)
	}
}

// line is a hero's deed in a sentence.
func (r *resolver) line(h *Hero) string {
	if h.Deed != nil && h.Deed.Summary != "" {
		return h.Deed.Summary
	}
	return r.e.Summary(h)
}

// members joins a group with its members; one that has no record keeps its bare
// name, unless that is the name of somebody withheld.
func (r *resolver) members(h *Hero) {
	for _, ref := range h.Hero.Members {
		found := r.e.of(&h.Head).find(ref.Slug, content.KindHero)
		switch {
		case len(found) == 0 && !content.ValidSlug(ref.Slug):
			h.Members = append(h.Members, Member{Name: ref.Slug})
		case len(found) == 1 && found[0].elsewhere != nil:
			h.Members = append(h.Members, Member{Name: found[0].name})
		default:
			if e := r.e.of(&h.Head).lookup(&h.Head, ref, content.KindHero, r.out); e != nil {
				m := e.record.(*Hero)
				h.Members = append(h.Members, Member{m.Name, m})
				m.Groups = append(m.Groups, h)
			}
		}
	}
}

func (r *resolver) held(h *Hero) {
	for i, held := range h.Honors {
		x := Holding{Title: held.Title, Session: held.Session, Level: held.Level, Year: held.Year, By: held.By, nth: i}
		if held.Honor.Slug != "" {
			if e := r.e.of(&h.Head).lookup(&h.Head, held.Honor, content.KindHonor, r.out); e != nil {
				x.Honor = e.record.(*Honor)
			} else if found := r.e.of(&h.Head).find(held.Honor.Slug, content.KindHonor); len(found) == 1 && found[0].elsewhere != nil {
				there := found[0].elsewhere.(*Honor)
				x.named, x.Title, x.Level = there.Title, cmp.Or(x.Title, there.Title), cmp.Or(x.Level, there.Level)
			}
		} else if found := r.honor(held.Title); len(found) == 1 && found[0].record != nil {
			x.Honor = found[0].record.(*Honor)
		}
		if x.Honor != nil {
			r.grant(h, &x, held)
		}
		if x.Title != "" {
			h.Held = append(h.Held, x)
		}
	}
}

// honor finds an honour by its title; many heroes hold the same.
func (r *resolver) honor(title string) []*entry {
	found, known := r.titled[title]
	if !known {
		found = r.e.index.find(title, content.KindHonor)
		r.titled[title] = found
	}
	return found
}

// grant puts a hero on the roll of an honour and its session.
func (r *resolver) grant(h *Hero, x *Holding, held content.HonorHeld) {
	honor := x.Honor
	if x.Title == "" {
		x.Title = honor.Title
	}
	if x.Level == "" {
		x.Level = honor.Level
	}
	if x.By == "" {
		x.By = honor.By
	}
	slug := ""
	if held.Session != "" {
		slug = sessionSlug(held.Session)
	}
	for _, s := range honor.Sessions {
		if held.Session != "" && s.slug == slug ||
			held.Session == "" && held.Year != 0 && s.Year == held.Year {
			x.Of, x.Session = s, s.Number
			if x.Year == 0 {
				x.Year = cmp.Or(s.Year, s.Date.Year)
			}
		}
	}
	if held.Session != "" && x.Of == nil && h.Member == "" { // a member may know of others
		var known []string
		for _, s := range honor.Sessions {
			known = append(known, s.Number)
		}
		r.out.Add(diag.DanglingRef.At(h.Path, h.At("honors"), held.Session, "届次", "session", han.Nearest(held.Session, known)))
	}
	enrol(&honor.Roll, h)
	if x.Of != nil {
		enrol(&x.Of.Roll, h)
	}
}

// enrol puts a hero on a roll once. Heroes come one after the other, so that one who is on
// it already is the last.
func enrol(roll *[]*Hero, h *Hero) {
	if n := len(*roll); n == 0 || (*roll)[n-1] != h {
		*roll = append(*roll, h)
	}
}

// route puts a venue's exhibits into walking order, those off the route behind.
func (r *resolver) route(v *Venue) {
	var walk []*Exhibit
	for _, ref := range v.Route {
		in := content.Ref{Slug: v.Slug + "/" + strings.TrimPrefix(ref.Slug, v.Slug+"/"), Pos: ref.Pos}
		found := r.e.of(&v.Head).find(in.Slug, content.KindExhibit)
		if len(found) == 0 {
			var slugs []string
			for _, e := range v.Exhibits {
				slugs = append(slugs, e.Slug)
			}
			r.out.Add(diag.DanglingRef.At(v.Path, ref.Pos, ref.Slug, "展品", "exhibit", han.Nearest(ref.Slug, slugs)))
			continue
		}
		if e := r.e.of(&v.Head).lookup(&v.Head, in, content.KindExhibit, r.out); e != nil && !slices.Contains(walk, e.record.(*Exhibit)) {
			walk = append(walk, e.record.(*Exhibit))
		}
	}
	v.Walk = len(walk)
	for i, e := range walk {
		e.Stop = i + 1
		if i > 0 {
			e.Prev, walk[i-1].Next = walk[i-1], e
		}
	}
	for _, e := range v.Exhibits {
		if e.Stop == 0 {
			walk = append(walk, e)
		}
	}
	v.Exhibits = walk
}
