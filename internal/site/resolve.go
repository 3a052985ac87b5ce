package site

import (
	"slices"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/ledger"
)

// Options say which records count.
type Options struct {
	Today  date.Date
	Drafts bool // also drafts and what is not yet due; never what lacks consent
	// StandIn are the words that stand for a withheld person, by edition.
	StandIn func(content.Language) string
	// Ledger lists the codes of plaques; nil where none was ever issued.
	Ledger *ledger.Ledger
	// KnownCodes are those the last build knew.
	KnownCodes []ledger.Entry
}

// Resolve joins the records. The model is complete even where findings are
// errors, so that texts can still be checked against it.
func Resolve(c *content.Content, o Options) (*Model, []diag.Finding) {
	var list diag.List
	m := &Model{Config: c.Site, Today: o.Today}
	for _, h := range c.Heroes {
		if h.Edition == "" && !consents(h, o.Today) {
			m.Withheld = append(m.Withheld, Withheld{
				Path: h.Path, Slug: h.Slug,
				Names: slices.DeleteFunc(append([]string{h.Name, h.NameHant}, h.Also...), func(s string) bool { return s == "" }),
			})
		}
	}
	for _, tag := range c.Site.Editions {
		if tag != content.ZhHans {
			list.Add(diag.EditionPending.At(c.Site.Path, c.Site.Places["editions"], tag))
		}
	}
	r := &resolver{Content: c, o: o, out: &list, e: &Edition{Tag: content.ZhHans, Config: c.Site, Today: o.Today, standIn: o.StandIn(content.ZhHans)}}
	r.run()
	m.Editions = append(m.Editions, r.e)
	return m, list.Sorted()
}

// resolver makes one edition.
type resolver struct {
	*content.Content
	o    Options
	out  *diag.List
	e    *Edition
	used map[string]string // lower-case file of an address → path of the record that has it

	books   map[string]*Book  // by folder
	venues  map[string]*Venue // by folder
	lacking map[string]bool   // folders without an _index.md
}

func (r *resolver) run() {
	r.used = map[string]string{}
	r.lacking = map[string]bool{}
	r.books, r.venues = map[string]*Book{}, map[string]*Venue{}
	r.register()
	r.join()
	r.order()
	r.lists()
	r.codes()
	r.aliases()
}

// Each calls f with the head and address of every published record.
func (e *Edition) Each(f func(*content.Head, Address)) {
	for _, x := range e.Heroes {
		f(&x.Head, x.Address)
	}
	for _, x := range e.Briefs {
		f(&x.Head, x.Address)
	}
	for _, b := range e.Books {
		f(&b.Head, b.Address)
		for _, x := range b.Chapters {
			f(&x.Head, x.Address)
		}
	}
	for _, v := range e.Venues {
		f(&v.Head, v.Address)
		for _, x := range v.Exhibits {
			f(&x.Head, x.Address)
		}
	}
	for _, x := range e.Honors {
		f(&x.Head, x.Address)
	}
	for _, x := range e.Units {
		f(&x.Head, x.Address)
	}
	for _, x := range e.Reports {
		f(&x.Head, x.Address)
	}
	for _, x := range e.Screens {
		f(&x.Head, x.Address)
	}
	for _, x := range e.Pages {
		f(&x.Head, x.Address)
	}
}
