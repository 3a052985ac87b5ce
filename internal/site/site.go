// Package site is the resolved model: the records of package content that are
// published on a given day, joined to each other in both directions, ordered,
// and given their addresses.
//
// [Resolve] makes a [Model]: one [Edition] for each language, each complete in
// itself, so that whoever makes pages walks plain pointers and asks for nothing.
// A record that is not published (draft, not yet due, expired, no consent) is in
// no list and behind no pointer; what referred to it has lost it. The names of
// people without consent survive only in [Model.Withheld], for the search that
// proves they appear nowhere.
//
// Values are plain: no files, no HTML, no clock but the day given.
package site

import (
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/hant"
)

// Model is a whole site on one day.
type Model struct {
	Config   *content.Site
	Today    date.Date
	Editions []*Edition // the site's own language first
	Withheld []Withheld // people who must appear nowhere
}

// Withheld is a person without consent: the words by which they could be found.
type Withheld struct {
	Path  string   // of the record, for messages
	Slug  string   // as it would stand in addresses
	Names []string // name and other names, also in Traditional characters and in pinyin
}

// Edition is the site in one language. Every list holds published records alone.
type Edition struct {
	Tag     content.Language
	Prefix  string // of every address: "" or "en/"
	Config  *content.Site
	Today   date.Date
	Heroes  []*Hero  // by pinyin
	Briefs  []*Brief // newest first
	Books   []*Book  // by slug
	Venues  []*Venue // by kind, then pinyin
	Honors  []*Honor // by level, then pinyin
	Units   []*Unit  // by kind, then pinyin
	Reports []*Report
	Screens []*Screen
	Pages   []*Page // by place in the navigation, then slug

	Regions []*Region // the roots of the region tree
	Years   []*Year   // newest first
	Deeds   []*Deeds  // in the order of content.DeedType
	Days    []*Day    // of the year, from 1 January: those on which somebody acted
	Issues  []*Issues // briefs by year folder, newest first
	Members []*Giver  // associations whose records were collected, by what they are called
	Codes   []*Code   // every code ever issued, in the ledger's order

	index     index
	members   map[string]*index // of what members gave; see Edition.of
	has       map[content.Kind]bool
	standIn   string
	plain     *content.Site
	converter *hant.Converter // for texts that are written in Simplified characters; nil where they are shown as they are
}

// Address is where a page is, relative to the site's base and with its edition's
// prefix: "heroes/zhang-san/". It ends in "/" (or a file name) and never starts
// with one. The home page is "" or the prefix.
type Address string

// File returns the path of the file that serves the address.
func (a Address) File() string {
	if a == "" || a[len(a)-1] == '/' {
		return string(a) + "index.html"
	}
	return string(a)
}

// Hero is a published person or group.
type Hero struct {
	*content.Hero
	Address  Address
	Key      string // orders by pinyin
	Initial  string // "A" to "Z", or "#"
	Line     string // the deed in a sentence: the deed's own summary, else the record's
	Portrait *content.Portrait
	Place    *Region // where it happened, the deepest region known
	Members  []Member
	Groups   []*Hero // it belongs to
	Held     []Holding
	Briefs   []*Brief
	Chapters []*Chapter
	Exhibits []*Exhibit
}

// Year returns the year of the deed, or 0.
func (h *Hero) Year() int {
	if h.Deed == nil {
		return 0
	}
	return h.Deed.Date.Year
}

// Member is one of a group: a record of its own, or only a name.
type Member struct {
	Name string
	Hero *Hero // nil where only the name is known
}

// Holding is one honour held by a hero.
type Holding struct {
	Title   string
	Session string
	Level   content.Level
	Year    int
	By      string
	Honor   *Honor        // nil for an honour that is only named
	Of      *HonorSession // nil where the session is not known

	nth   int    // among the record's honours
	named string // the title in the site's own language of an honour without a page here
}

// Brief is a published news brief.
type Brief struct {
	*content.Brief
	Address Address
	Heroes  []*Hero
	Venues  []*Venue
	Units   []*Unit
	Prev    *Brief // the older one
	Next    *Brief // the newer one
}

// Book is a published anthology.
type Book struct {
	*content.Book
	Address  Address
	Chapters []*Chapter
	Count    int // characters in all chapters
}

// Chapter is a published piece of a book.
type Chapter struct {
	*content.Chapter
	Address  Address
	Book     *Book
	Heroes   []*Hero
	Exhibits []*Exhibit
	Place    int // in its book, from 1
	InPart   int // which of the book's Parts tells more of its part, from 1; 0: none
	Prev     *Chapter
	Next     *Chapter
}

// Venue is a published place.
type Venue struct {
	*content.Venue
	Address  Address
	Key      string
	Place    *Region
	Exhibits []*Exhibit // along the route, then the others
	Walk     int        // how many of Exhibits are on the route
	Briefs   []*Brief
}

// Exhibit is a published thing in a venue.
type Exhibit struct {
	*content.Exhibit
	Address  Address
	Venue    *Venue
	Heroes   []*Hero
	Chapters []*Chapter
	Stop     int    // place along the route from 1, or 0
	Code     string // of its plaque, or ""
	Prev     *Exhibit
	Next     *Exhibit
}

// SampleOf returns the record that makes an exhibit a sample, which gets no code: itself or
// its venue; nil where it is real.
func (x *Exhibit) SampleOf() content.Record {
	switch {
	case x.Sample:
		return x.Exhibit
	case x.Venue.Sample:
		return x.Venue.Venue
	}
	return nil
}

// OwnVenues are those that stand on this site's own account: no code is given to what a
// member's venue holds and no plaque is made for it.
func (e *Edition) OwnVenues() []*Venue {
	if len(e.members) == 0 {
		return e.Venues
	}
	return slices.DeleteFunc(slices.Clone(e.Venues), func(v *Venue) bool { return v.Member != "" })
}

// Giver is an association whose records were collected, and what it gave of them that is
// published.
type Giver struct {
	*content.Member
	Address  Address // of the list of its heroes
	Heroes   []*Hero
	Briefs   int
	Books    int
	Chapters int
	Venues   int
	Exhibits int
	Units    int
}

// Code is a code in the world and what it opens. A retired one names nobody: it
// knows its venue, and the exhibit of its successor where there is one.
type Code struct {
	Code    string
	Address Address
	Issued  date.Date
	Retired bool
	Exhibit *Exhibit // of an active code; of a retired one, its successor's, or nil
	Venue   *Venue   // where it hangs or hung, nil where that is not published
}

// Honor is a published award.
type Honor struct {
	*content.Honor
	Address  Address
	Key      string
	Sessions []*HonorSession // as written
	Roll     []*Hero         // everyone who holds it, in its order
}

// HonorSession is one session of an award.
type HonorSession struct {
	content.Session
	Address Address
	Honor   *Honor
	Roll    []*Hero
	Prev    *HonorSession
	Next    *HonorSession

	slug string // of its number
}

// Unit is a published unit.
type Unit struct {
	*content.Unit
	Address Address
	Key     string
	Briefs  []*Brief
}

// Report is a published year of figures.
type Report struct {
	*content.Report
	Address Address
	Prev    *Report // the year before
	Next    *Report
}

// Screen is a published playlist.
type Screen struct {
	*content.Screen
	Address Address
	Heroes  []*Hero
	Briefs  []*Brief
}

// Page is any other published page.
type Page struct {
	*content.Page
	Address Address
	List    []any // published records (*Hero, *Brief …) in reading order: see [Told]
}

// Region is a place in the tree 省/市/县 with everyone below it.
type Region struct {
	Name     string
	Path     []string // names from the root
	Address  Address
	Parent   *Region
	Children []*Region
	Heroes   []*Hero
	Venues   []*Venue
}

// Year is the heroes of one year.
type Year struct {
	Year    int
	Address Address
	Heroes  []*Hero
}

// Day is the heroes who acted on a day of the year, whichever year it was; the earliest first.
// A deed whose day is not known is in none.
type Day struct {
	Month, Day int
	Heroes     []*Hero
}

// Deeds is the heroes of one type of deed.
type Deeds struct {
	Type    content.DeedType
	Address Address
	Heroes  []*Hero
}

// Issues is the briefs of one year.
type Issues struct {
	Year    string
	Address Address
	Briefs  []*Brief
}

// Summary returns the sentence or two that stand for a record: its own summary,
// else the beginning of its text.
func (e *Edition) Summary(r content.Record) string {
	h := r.Base()
	if h.Summary != "" || h.Body.Lead == "" {
		return h.Summary
	}
	convert := e.Convert(h)
	text := h.Body.Summary(func(target, words string, address bool) string {
		word, _, _ := strings.Cut(target, "#")
		found := e.find(h, word)
		if address {
			found = nil
			if x, _ := e.findLink(h, target); x != nil {
				found = []*entry{x}
			}
		}
		switch {
		case len(found) == 1 && !found[0].published() && found[0].kind == content.KindHero:
			return e.standIn
		case words == "" && len(found) == 1 && convert != nil:
			return found[0].plain // converted below, with all others
		case words == "" && len(found) == 1:
			return found[0].name
		}
		return words
	})
	if convert != nil {
		return convert.Text(text)
	}
	return text
}
