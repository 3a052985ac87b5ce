package site

import "mingdeng/internal/content"

// record is a published record of any kind.
type record interface {
	content.Record
	// told is the record as content has it, in this edition's words, and where its page is.
	told() (content.Record, Address)
	// reword puts the words of r's edition on it.
	reword(r *resolver)
}

// each calls f with every published record; parts follow what they are part of.
func (e *Edition) each(f func(record)) {
	eachOf(e.Heroes, f)
	eachOf(e.Briefs, f)
	for _, b := range e.Books {
		f(b)
		eachOf(b.Chapters, f)
	}
	for _, v := range e.Venues {
		f(v)
		eachOf(v.Exhibits, f)
	}
	eachOf(e.Honors, f)
	eachOf(e.Units, f)
	eachOf(e.Reports, f)
	eachOf(e.Screens, f)
	eachOf(e.Pages, f)
}

func eachOf[R record](list []R, f func(record)) {
	for _, x := range list {
		f(x)
	}
}

// Each calls f with the head and address of every published record.
func (e *Edition) Each(f func(*content.Head, Address)) {
	e.each(func(x record) {
		_, a := x.told()
		f(x.Base(), a)
	})
}

// EachHidden calls f with the pages of a private model ([Options.Private]) that nobody may
// read, and why.
func (e *Edition) EachHidden(f func(Address, Absence)) {
	e.each(func(x record) {
		own, a := x.told()
		why := AbsenceOf(own, e.Today)
		var host content.Record
		switch x := x.(type) {
		case *Chapter:
			host = x.Book.Book
		case *Exhibit:
			host = x.Venue.Venue
		}
		if host != nil && why.Reason == 0 {
			if why = AbsenceOf(host, e.Today); why.Reason != 0 {
				why.Within = content.Title(host)
			}
		}
		if why.Reason != 0 {
			f(a, why)
		}
	})
}

// Title is the name or title of a published record (*Hero, *Brief …), in the words of its
// edition; "" of nil.
func Title(published any) string {
	own, _ := Told(published)
	if own == nil {
		return ""
	}
	return content.Title(own)
}

// Told is a published record (*Hero, *Brief …) in the words of its edition, and where its page
// is; nil of nil.
func Told(published any) (content.Record, Address) {
	x, ok := published.(record)
	if !ok {
		return nil, ""
	}
	return x.told()
}

// Has tells whether a record of the kind is published.
func (e *Edition) Has(kind content.Kind) bool { return e.has[kind] }

func (x *Hero) told() (content.Record, Address)    { return x.Hero, x.Address }
func (x *Brief) told() (content.Record, Address)   { return x.Brief, x.Address }
func (x *Book) told() (content.Record, Address)    { return x.Book, x.Address }
func (x *Chapter) told() (content.Record, Address) { return x.Chapter, x.Address }
func (x *Venue) told() (content.Record, Address)   { return x.Venue, x.Address }
func (x *Exhibit) told() (content.Record, Address) { return x.Exhibit, x.Address }
func (x *Honor) told() (content.Record, Address)   { return x.Honor, x.Address }
func (x *Unit) told() (content.Record, Address)    { return x.Unit, x.Address }
func (x *Report) told() (content.Record, Address)  { return x.Report, x.Address }
func (x *Screen) told() (content.Record, Address)  { return x.Screen, x.Address }
func (x *Page) told() (content.Record, Address)    { return x.Page, x.Address }

func (x *Brief) reword(r *resolver)   { x.Brief = in(r, x.Brief) }
func (x *Book) reword(r *resolver)    { x.Book, x.Count = in(r, x.Book), 0 }
func (x *Venue) reword(r *resolver)   { x.Venue = in(r, x.Venue) }
func (x *Exhibit) reword(r *resolver) { x.Exhibit = in(r, x.Exhibit) }
func (x *Unit) reword(r *resolver)    { x.Unit = in(r, x.Unit) }
func (x *Report) reword(r *resolver)  { x.Report = in(r, x.Report) }
func (x *Screen) reword(r *resolver)  { x.Screen = in(r, x.Screen) }
func (x *Page) reword(r *resolver)    { x.Page = in(r, x.Page) }

func (x *Chapter) reword(r *resolver) {
	x.Chapter = in(r, x.Chapter)
	x.Book.Count += x.Body.Count // the book came before its chapters
}

func (x *Honor) reword(r *resolver) {
	x.Honor = in(r, x.Honor)
	for i, s := range x.Sessions {
		s.Session = x.Honor.Sessions[i]
	}
}

func (x *Hero) reword(r *resolver) {
	given := HantName(x.Hero, r.Content)
	name := x.Name
	x.Hero = in(r, x.Hero)
	if r.e.Tag == content.ZhHant {
		if given != "" {
			x.Name = given
		} else if x.HeroKind == content.Person {
			x.Name = r.wording.Names(name)
		}
	}
	if x.Portrait != nil {
		x.Portrait = x.Hero.Portrait
	}
}
