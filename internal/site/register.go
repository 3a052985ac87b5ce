package site

import (
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/rescue"
)

// register lists what is published and gives it addresses.
func (r *resolver) register() {
	r.registerHeroes()
	r.registerBriefs()
	r.registerBooks()
	r.registerVenues()
	r.registerHonors()
	r.registerOthers()
}

// nameRead is how a hero's name is read, which is the same in every edition.
type nameRead struct {
	key      string
	doubtful bool // the surname has other readings, and nobody has said which it is
}

// readNames reads the names of heroes, in their order.
func readNames(heroes []*content.Hero) []nameRead {
	out := make([]nameRead, len(heroes))
	rescue.Each(len(heroes), func(i int) {
		h := heroes[i]
		out[i].key = han.PinyinKey(h.Name, h.Pinyin)
		out[i].doubtful = h.Pinyin == "" && h.HeroKind == content.Person && len(han.ReadName(h.Name).Ambiguous) > 0
	})
	return out
}

func (r *resolver) registerHeroes() {
	e := r.e
	for i, h := range r.Heroes {
		why := absence(&h.Head, r.o)
		if !h.Faulty && !r.o.Private && !consents(h, r.o.Today) {
			why = Absence{Reason: NoConsent} // whatever else there is
		}
		if why.Reason != 0 {
			r.hide(h, "heroes", why)
			continue
		}
		if !r.worded(&h.Head) {
			r.elsewhere(&h.Head)
			continue
		}
		x := &Hero{Hero: h, Key: r.names[i].key, Initial: han.KeyInitial(r.names[i].key)}
		if r.o.Private || h.Consent.Portrait {
			x.Portrait = h.Portrait
		}
		x.Address = r.at(&h.Head, "heroes", h.Slug, h.Name, x)
		e.Heroes = append(e.Heroes, x)
		if r.names[i].doubtful {
			reading := han.ReadName(h.Name)
			now := strings.Join(reading.Syllables, " ")
			other := strings.Join(append(slices.Clone(reading.Ambiguous[:1]), reading.Syllables[max(reading.Surname, 1):]...), " ")
			f := diag.AmbiguousSurname.At(h.Path, h.At("name"), h.Name, now, now+" / "+other)
			r.out.Add(f.Put(f.Pos.Line+1, "拼音: …"))
		}
	}
}

func (r *resolver) registerBriefs() {
	e := r.e
	for _, b := range r.Briefs {
		if r.publishes(b, "briefs/"+b.Parent) {
			x := &Brief{Brief: b}
			x.Address = r.at(&b.Head, "briefs/"+b.Parent, b.Slug, b.Title, x)
			e.Briefs = append(e.Briefs, x)
		}
	}
}

func (r *resolver) registerBooks() {
	e := r.e
	for _, b := range r.Books {
		if r.publishes(b, "anthology") {
			x := &Book{Book: b}
			x.Address = r.at(&b.Head, "anthology", b.Slug, b.Title, x)
			r.claim(b.Path, x.Address+"print/") // the whole book on one page
			e.Books = append(e.Books, x)
			r.books[hostKey(&b.Head, b.FileName)] = x
		}
	}
	for _, c := range r.Chapters {
		book := r.books[hostKey(&c.Head, c.Parent)]
		if book == nil {
			host, known := hostOf(r.Books, &c.Head)
			r.orphan(c, "anthology/", host, known)
			continue
		}
		if r.publishes(c, "anthology/"+book.Slug) {
			x := &Chapter{Chapter: c, Book: book}
			x.Address = r.at(&c.Head, "anthology/"+book.Slug, c.Slug, c.Title, x)
			x.InPart = 1 + slices.IndexFunc(book.Parts, func(p content.BookPart) bool { return p.Name == c.Part })
			book.Chapters = append(book.Chapters, x)
			book.Count += c.Body.Count
		}
	}
	if r.first == nil {
		r.partsAlone()
	}
}

// partsAlone reports parts of books to which no chapter belongs: what is said of them
// would be shown nowhere.
func (r *resolver) partsAlone() {
	named := map[string][]string{}
	for _, c := range r.Chapters {
		key := hostKey(&c.Head, c.Parent)
		named[key] = append(named[key], c.Part)
	}
	for _, b := range r.Books {
		in := named[hostKey(&b.Head, b.FileName)]
		for _, part := range b.Parts {
			if part.Name != "" && !slices.Contains(in, part.Name) {
				r.say.Add(diag.PartAlone.At(b.Path, b.At("parts"), part.Name, han.Nearest(part.Name, in)))
			}
		}
	}
}

func (r *resolver) registerVenues() {
	e := r.e
	for _, v := range r.Venues {
		if r.publishes(v, "venues") {
			x := &Venue{Venue: v, Key: han.PinyinKey(v.Name, "")}
			x.Address = r.at(&v.Head, "venues", v.Slug, v.Name, x)
			e.Venues = append(e.Venues, x)
			r.venues[hostKey(&v.Head, v.FileName)] = x
		}
	}
	for _, x := range r.Exhibits {
		venue := r.venues[hostKey(&x.Head, x.Parent)]
		if venue == nil {
			host, known := hostOf(r.Venues, &x.Head)
			r.orphan(x, "venues/", host, known)
			continue
		}
		if r.publishes(x, "venues/"+venue.Slug) {
			s := &Exhibit{Exhibit: x, Venue: venue}
			s.Address = r.at(&x.Head, "venues/"+venue.Slug, x.Slug, x.Name, s)
			venue.Exhibits = append(venue.Exhibits, s)
		}
	}
}

func (r *resolver) registerHonors() {
	e := r.e
	for _, h := range r.Honors {
		if r.publishes(h, "honors") {
			x := &Honor{Honor: h, Key: han.PinyinKey(h.Title, "")}
			x.Address = r.at(&h.Head, "honors", h.Slug, h.Title, x)
			for _, s := range h.Sessions {
				slug := sessionSlug(s.Number)
				session := &HonorSession{Session: s, Honor: x, Address: x.Address + Address(slug+"/"), slug: slug}
				r.claimed(r.out, h.Path, h.At("sessions"), session.Address)
				if n := len(x.Sessions); n > 0 {
					session.Prev, x.Sessions[n-1].Next = x.Sessions[n-1], session
				}
				x.Sessions = append(x.Sessions, session)
			}
			e.Honors = append(e.Honors, x)
		}
	}
}

func (r *resolver) registerOthers() {
	e := r.e
	for _, u := range r.Units {
		if r.publishes(u, "units") {
			x := &Unit{Unit: u, Key: han.PinyinKey(u.Name, "")}
			x.Address = r.at(&u.Head, "units", u.Slug, u.Name, x)
			e.Units = append(e.Units, x)
		}
	}
	for _, p := range r.Reports {
		if r.publishes(p, "reports") {
			x := &Report{Report: p}
			x.Address = r.at(&p.Head, "reports", strconv.Itoa(p.Year), p.Title, x)
			e.Reports = append(e.Reports, x)
		}
	}
	for _, s := range r.Screens {
		if r.publishes(s, "screens") {
			x := &Screen{Screen: s}
			x.Address = r.at(&s.Head, "screens", s.Slug, s.Title, x)
			e.Screens = append(e.Screens, x)
		}
	}
	for _, p := range r.Content.Pages {
		if r.publishes(p, "pages") {
			x := &Page{Page: p}
			x.Address = r.at(&p.Head, "", p.Slug, p.Title, x)
			e.Pages = append(e.Pages, x)
		}
	}
}

// publishes tells whether a record is published in this edition; one that is not is
// entered as hidden, so that references to it are no dangling ones.
func (r *resolver) publishes(record content.Record, folder string) bool {
	h := record.Base()
	why := absence(h, r.o)
	switch {
	case why.Reason != 0:
		r.hide(record, folder, why)
	case !r.worded(h):
		r.elsewhere(h)
	default:
		return true
	}
	return false
}

// orphan deals with a piece whose book or venue is not published. It is reported
// only where the folder has no _index.md at all.
func (r *resolver) orphan(record content.Record, folder string, host content.Record, known bool) {
	h := record.Base()
	index := content.Root + "/" + within(h, folder) + h.Parent + "/_index.md"
	if !known {
		if !r.lacking[index] {
			r.lacking[index] = true // told once for all that lies there
			kind := h.Kind.Info().Parent.Info().Name
			r.out.Add(diag.MissingIndex.At(h.Path, diag.Pos{}, index, kind.Zh, kind.En, h.Parent))
		}
		r.hide(record, folder+h.Parent, Absence{Reason: Faulty})
		return
	}
	slug := host.Base().Slug
	why := absence(h, r.o)
	if why.Reason == 0 {
		if why = absence(host.Base(), r.o); why.Reason != 0 {
			why.Within = content.Title(host)
		}
	}
	if why.Reason != 0 {
		r.hide(record, folder+slug, why)
		return
	}
	// The book or venue has no page in this edition alone.
	if own := r.Written(h, r.e.Tag); own != nil {
		r.say.Add(diag.EditionParent.At(own.Base().Path, diag.Pos{}, index))
	}
	r.elsewhere(h)
}

// hostKey names the folder of a book or venue, of the site's own or of a member's.
func hostKey(h *content.Head, folder string) string { return h.Member + "/" + folder }

// hostOf is the book or venue in whose folder a record lies.
func hostOf[R content.Record](list []R, h *content.Head) (content.Record, bool) {
	i := slices.IndexFunc(list, func(r R) bool { return r.Base().FileName == h.Parent && r.Base().Member == h.Member })
	if i < 0 {
		return nil, false
	}
	return list[i], true
}

// sessionSlug makes "2" of 第二届, 第2届 or 2, and pinyin of anything else.
func sessionSlug(number string) string {
	s := strings.TrimSuffix(strings.TrimPrefix(number, "第"), "届")
	if n, ok := han.Number(s); ok {
		return strconv.Itoa(n)
	}
	return han.Slug(number)
}
