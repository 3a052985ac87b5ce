package site

import (
	"maps"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/hant"
)

// An edition in another language is resolved like the first, from the same records, so
// that what stands where, in which order and behind which pointer never depends on how
// a thing is worded. When all is joined, [resolver.applyWording] puts the words on.

// derive resolves the edition of a language besides the site's own.
func (r *resolver) derive(first *Edition, names map[string]string) {
	r.first = first
	r.wording = content.Wording{Foreign: r.e.Tag.Info().Foreign}
	if r.e.Tag == content.ZhHant {
		c := hant.New(names)
		r.e.converter = c
		r.wording.Words = c.Text
		r.wording.Names = nameIn(c, names)
	}
	r.run()
	r.applyWording()
	r.aliases() // those of the edition's own files
}

// nameIn writes a person's name: as it is known, else by the rule for names, else, for
// what is no person's (本刊编辑部), as words.
func nameIn(c *hant.Converter, names map[string]string) func(string) string {
	return func(s string) string {
		if known, ok := names[s]; ok {
			return known
		}
		if hant.Person(s) {
			s, _ = hant.Name(s)
			return s
		}
		return c.Text(s)
	}
}

// hantNames is how the names of all published people are written in Traditional
// characters. Words are left out: the name of a group is no person's.
func hantNames(e *Edition, c *content.Content) map[string]string {
	names := map[string]string{}
	add := func(name string) {
		if _, known := names[name]; !known && name != "" {
			names[name], _ = hant.Name(name)
		}
	}
	for _, h := range e.Heroes { // those that are given first, since people share names
		if name := HantName(h.Hero, c); name != "" {
			names[h.Name] = name
		}
	}
	for _, h := range e.Heroes {
		if h.HeroKind == content.Person {
			add(h.Name)
			for _, also := range h.Also {
				add(also)
			}
		}
		for _, m := range h.Members {
			if m.Hero == nil {
				add(m.Name)
			}
		}
	}
	return names
}

// HantName is the name that an editor gave a hero in Traditional characters, or "".
func HantName(h *content.Hero, c *content.Content) string {
	if own, ok := c.Written(&h.Head, content.ZhHant).(*content.Hero); ok && own.Name != "" {
		return own.Name
	}
	return h.NameHant
}

// Convert returns what the texts of a record go through in this edition, or nil where
// they are shown as they are written.
func (e *Edition) Convert(h *content.Head) *hant.Converter {
	if h.Edition != "" {
		return nil
	}
	return e.converter
}

// worded tells whether a record has a page in this edition: all have in Traditional
// characters; in another language those with a file of their own that is published. A
// person who took back consent in that file has none.
func (r *resolver) worded(h *content.Head) bool {
	if r.first == nil || !r.wording.Foreign {
		return true
	}
	own := r.Written(h, r.e.Tag)
	if own == nil || !due(own.Base(), r.o) {
		return false
	}
	hero, ok := own.(*content.Hero)
	return !ok || hero.Consent == nil || r.o.Private || consents(hero, r.o.Today)
}

// elsewhere enters a record that is published, but not in this edition: links to it
// lead to the site's own language.
func (r *resolver) elsewhere(h *content.Head) {
	for _, e := range r.first.of(h).byWord[h.Slug] {
		if e.file == h.Path && e.published() {
			x := *e
			x.record, x.elsewhere = nil, e.record
			r.e.enter(h, &x)
			return
		}
	}
}

// in is a record as this edition words it.
func in[R content.Record](r *resolver, base R) R {
	own := r.Written(base.Base(), r.e.Tag)
	if own != nil && !due(own.Base(), r.o) {
		own = nil
	}
	out, found := content.In(base, own, r.wording)
	r.say.Add(found...)
	return out.(R)
}

// applyWording puts the edition's words on everything.
func (r *resolver) applyWording() {
	e := r.e
	config, found := content.SiteIn(r.Content.Site, r.Content.Sites[e.Tag], r.wording)
	e.Config = config
	r.say.Add(found...)
	e.each(func(x record) { x.reword(r) })
	r.rewordIndex()
	r.rewordPlaces()
	for _, h := range e.Heroes {
		r.rewordHero(h)
	}
}

// rewordHero words what was gathered about a hero.
func (r *resolver) rewordHero(h *Hero) {
	h.Line = r.line(h)
	for i := range h.Members {
		switch m := &h.Members[i]; {
		case m.Hero != nil:
			m.Name = m.Hero.Name
		case r.wording.Names != nil:
			m.Name = r.wording.Names(m.Name)
		}
	}
	for i := range h.Held {
		x := &h.Held[i]
		own := h.Honors[x.nth]
		x.Title, x.By = own.Title, own.By
		if x.Session = own.Session; x.Of != nil {
			x.Session = x.Of.Number
		}
		if honor := x.Honor; honor != nil {
			if x.Title == "" {
				x.Title = honor.Title
			}
			if x.By == "" {
				x.By = honor.By
			}
		}
		if x.Title == "" { // an honour without a page in this edition
			x.Title = x.named
		}
	}
}

// rewordIndex gives the entries the names of their records.
func (r *resolver) rewordIndex() {
	for _, x := range append(slices.Collect(maps.Values(r.e.members)), &r.e.index) {
		for _, entries := range x.byWord {
			for _, x := range entries {
				if own, ok := x.record.(record); ok {
					x.name, x.file = Title(own), own.Base().Path
				}
			}
		}
	}
}

// rewordPlaces names the regions as the records of this edition do. The first that words
// a region names it for all.
func (r *resolver) rewordPlaces() {
	e := r.e
	named := map[*Region]bool{}
	name := func(at *Region, words content.Region) {
		for i := len(words) - 1; i >= 0 && at != nil; i, at = i-1, at.Parent {
			if !named[at] && words[i] != at.Name {
				at.Name, named[at] = words[i], true
			}
		}
	}
	for _, h := range e.Heroes {
		name(h.Place, h.Region)
	}
	for _, v := range e.Venues {
		name(v.Place, v.Region)
	}
	var spell func([]*Region)
	spell = func(list []*Region) {
		for _, x := range list {
			x.Path = []string{x.Name}
			if x.Parent != nil {
				x.Path = append(append([]string{}, x.Parent.Path...), x.Name)
			}
			spell(x.Children)
		}
	}
	spell(e.Regions)
	for _, h := range e.Heroes {
		if h.Place != nil {
			h.Region = h.Place.Path
		}
	}
	for _, v := range e.Venues {
		if v.Place != nil {
			v.Region = v.Place.Path
		}
	}
}

// PlainConfig is the site's settings as they are written, in its own language.
func (e *Edition) PlainConfig() *content.Site { return e.plain }

// Prefixes are those of all editions of the site, its own language's first.
func (e *Edition) Prefixes() []string {
	var out []string
	for _, tag := range Tags(e.plain) {
		out = append(out, tag.Info().Prefix)
	}
	return out
}

// Plain is an address without its edition's prefix: what the pages of one thing in
// several editions share.
func (e *Edition) Plain(a Address) string { return strings.TrimPrefix(string(a), e.Prefix) }
