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
	// Private resolves also what nobody may read: drafts, what is expired or not yet due, and
	// people without consent. It is for a page that an editor sees on her own machine while
	// she writes it; no output is ever made of such a model.
	Private bool
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
		if !consents(h, o.Today) {
			m.Withheld = append(m.Withheld, withheld(h, c))
		}
	}
	n := 0
	c.All(func(content.Record) { n++ })
	read := readNames(c.Heroes)
	r := &resolver{Content: c, o: o, out: &list, say: &list, used: make(map[string]string, n), names: read, e: newEdition(c, content.ZhHans, o, n)}
	r.run()
	m.Editions = append(m.Editions, r.e)
	var names map[string]string
	for _, tag := range Tags(c.Site)[1:] {
		if tag == content.ZhHant {
			names = hantNames(r.e, c)
		}
		// What is wrong with the records has been told; what is wrong with their words has not.
		d := &resolver{Content: c, o: o, out: &diag.List{}, say: &list, used: r.used, names: read, e: newEdition(c, tag, o, n)}
		d.derive(r.e, names)
		m.Editions = append(m.Editions, d.e)
	}
	return m, list.Sorted()
}

// Tags are the languages the site is made in, its own first.
func Tags(c *content.Site) []content.Language {
	tags := []content.Language{content.ZhHans}
	for _, tag := range c.Editions {
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// newEdition makes the edition of about n records.
func newEdition(c *content.Content, tag content.Language, o Options, n int) *Edition {
	return &Edition{
		Tag: tag, Prefix: tag.Info().Prefix, Config: c.Site, plain: c.Site, Today: o.Today, standIn: o.StandIn(tag), index: newIndex(n), members: map[string]*index{}, has: map[content.Kind]bool{},
	}
}

// resolver makes one edition.
type resolver struct {
	*content.Content
	o    Options
	out  *diag.List // what is wrong with the records
	say  *diag.List // what is wrong with the words of this edition
	e    *Edition
	used map[string]string // lower-case file of an address → path of the record that has it

	names []nameRead // of Content.Heroes

	first   *Edition // the site's own language; nil while that is resolved
	wording content.Wording

	titled  map[string][]*entry // honours by the titles that heroes give them
	books   map[string]*Book    // by folder
	venues  map[string]*Venue   // by folder
	lacking map[string]bool     // folders without an _index.md
}

func (r *resolver) run() {
	r.lacking = map[string]bool{}
	r.books, r.venues = map[string]*Book{}, map[string]*Venue{}
	r.titled = map[string][]*entry{}
	r.register()
	r.join()
	r.order()
	r.lists()
	r.codes()
	r.e.each(func(x record) { r.e.has[x.Base().Kind] = true })
	if r.first == nil {
		r.aliases()
	}
}
