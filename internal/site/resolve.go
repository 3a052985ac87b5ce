package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
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

	books  map[string]*Book  // by folder
	venues map[string]*Venue // by folder
}

func (r *resolver) run() {
	r.used = map[string]string{}
	r.books, r.venues = map[string]*Book{}, map[string]*Venue{}
	r.register()
	r.join()
	r.order()
	r.lists()
	r.codes()
	r.aliases()
}

// counts tells whether a record belongs to this edition and is published.
func (r *resolver) counts(h *content.Head) bool {
	return r.ours(h) && due(h, r.o.Today, r.o.Drafts)
}

// ours tells whether a record is written in this edition's language.
func (r *resolver) ours(h *content.Head) bool { return h.Edition == "" || h.Edition == "zh-hans" }

// reserved are the names that lists have taken inside a folder, and those that
// Windows keeps for devices (learn.microsoft.com, "Naming Files, Paths, and
// Namespaces").
var reserved = map[string][]string{
	"heroes": {"page", "region", "year", "deed"},
	"briefs": {"page", "feed"},
	"":       {"heroes", "briefs", "anthology", "venues", "honors", "units", "reports", "screens", "search", "q", "data", "img", "css", "js", "plaques", "page", "zh-hant", "en", "404", "sitemap", "robots", "feed", "manifest"},
}

var devices = []string{"con", "prn", "aux", "nul"}

// at gives a record its address and enters it in the index. folder is the part of
// the address above its slug.
func (r *resolver) at(h *content.Head, folder, slug, name string, record any) Address {
	address := Address(r.e.Prefix + slug + "/")
	path := slug
	if folder != "" {
		address, path = Address(r.e.Prefix+folder+"/"+slug+"/"), folder+"/"+slug
	}
	if h.Kind == content.KindUnit { // units share one page
		address = Address(r.e.Prefix + "units/#" + slug)
	}
	top, _, _ := strings.Cut(folder, "/")
	device := slices.Contains(devices, slug) || len(slug) == 4 && (strings.HasPrefix(slug, "com") || strings.HasPrefix(slug, "lpt")) && slug[3] >= '1' && slug[3] <= '9'
	if device {
		r.out.Add(diag.ReservedName.At(h.Path, h.At("slug"), slug, "Windows"))
	} else if folder == top && slices.Contains(reserved[top], slug) {
		r.out.Add(diag.ReservedName.At(h.Path, h.At("slug"), slug, "/"+string(address)))
	}
	r.claim(h.Path, h.At("slug"), address)
	e := &entry{kind: h.Kind, path: path, slug: slug, name: name, address: address, record: record, file: h.Path}
	if h.Kind == content.KindPage {
		e.path = "pages/" + slug
	}
	if h.Kind == content.KindReport {
		e.path = "reports/" + slug
	}
	r.e.index.add(e)
	return address
}

// claim reports a second record at the same address.
func (r *resolver) claim(path string, pos diag.Pos, a Address) {
	key := strings.ToLower(a.File())
	if owner, taken := r.used[key]; taken {
		r.out.Add(diag.DuplicateAddress.At(path, pos, "/"+string(a), owner))
		return
	}
	r.used[key] = path
}

// hide enters a record that exists but is not published.
func (r *resolver) hide(h *content.Head, folder, name string) {
	r.e.index.add(&entry{kind: h.Kind, path: folder + "/" + h.Slug, slug: h.Slug, name: name, withheld: true, file: h.Path})
}

// register lists what is published and gives it addresses.
func (r *resolver) register() {
	e := r.e
	for _, h := range r.Heroes {
		if !r.ours(&h.Head) {
			continue
		}
		if !r.counts(&h.Head) || !consents(h, r.o.Today) {
			r.hide(&h.Head, "heroes", h.Name)
			continue
		}
		x := &Hero{Hero: h, Key: han.PinyinKey(h.Name, h.Pinyin), Initial: han.Initial(h.Name, h.Pinyin)}
		if h.Consent.Portrait {
			x.Portrait = h.Portrait
		}
		x.Address = r.at(&h.Head, "heroes", h.Slug, h.Name, x)
		e.Heroes = append(e.Heroes, x)
		if reading := han.ReadName(h.Name); h.Pinyin == "" && len(reading.Ambiguous) > 0 && h.HeroKind == content.Person {
			now := strings.Join(reading.Syllables, " ")
			other := strings.Join(append(slices.Clone(reading.Ambiguous[:1]), reading.Syllables[max(reading.Surname, 1):]...), " ")
			r.out.Add(diag.AmbiguousSurname.At(h.Path, h.At("name"), h.Name, now, now+" / "+other))
		}
	}
	for _, b := range r.Briefs {
		if r.keep(&b.Head, "briefs/"+b.Parent, b.Title) {
			x := &Brief{Brief: b}
			x.Address = r.at(&b.Head, "briefs/"+b.Parent, b.Slug, b.Title, x)
			e.Briefs = append(e.Briefs, x)
		}
	}
	for _, b := range r.Books {
		if r.keep(&b.Head, "anthology", b.Title) {
			x := &Book{Book: b}
			x.Address = r.at(&b.Head, "anthology", b.Slug, b.Title, x)
			e.Books = append(e.Books, x)
			r.books[b.FileName] = x
		}
	}
	for _, c := range r.Chapters {
		book := r.books[c.Parent]
		if book == nil {
			r.orphan(&c.Head, "anthology/", hasFolder(r.Books, c.Parent))
			continue
		}
		if r.keep(&c.Head, "anthology/"+book.Slug, c.Title) {
			x := &Chapter{Chapter: c, Book: book}
			x.Address = r.at(&c.Head, "anthology/"+book.Slug, c.Slug, c.Title, x)
			book.Chapters = append(book.Chapters, x)
			book.Count += c.Body.Count
		}
	}
	for _, v := range r.Venues {
		if r.keep(&v.Head, "venues", v.Name) {
			x := &Venue{Venue: v, Key: han.PinyinKey(v.Name, "")}
			x.Address = r.at(&v.Head, "venues", v.Slug, v.Name, x)
			e.Venues = append(e.Venues, x)
			r.venues[v.FileName] = x
		}
	}
	for _, x := range r.Exhibits {
		venue := r.venues[x.Parent]
		if venue == nil {
			r.orphan(&x.Head, "venues/", hasFolder(r.Venues, x.Parent))
			continue
		}
		if r.keep(&x.Head, "venues/"+venue.Slug, x.Name) {
			s := &Exhibit{Exhibit: x, Venue: venue}
			s.Address = r.at(&x.Head, "venues/"+venue.Slug, x.Slug, x.Name, s)
			venue.Exhibits = append(venue.Exhibits, s)
		}
	}
	for _, h := range r.Honors {
		if r.keep(&h.Head, "honors", h.Title) {
			x := &Honor{Honor: h, Key: han.PinyinKey(h.Title, "")}
			x.Address = r.at(&h.Head, "honors", h.Slug, h.Title, x)
			for _, s := range h.Sessions {
				session := &HonorSession{Session: s, Honor: x, Address: x.Address + Address(sessionSlug(s.Number)+"/")}
				r.claim(h.Path, h.At("sessions"), session.Address)
				if n := len(x.Sessions); n > 0 {
					session.Prev, x.Sessions[n-1].Next = x.Sessions[n-1], session
				}
				x.Sessions = append(x.Sessions, session)
			}
			e.Honors = append(e.Honors, x)
		}
	}
	for _, u := range r.Units {
		if r.keep(&u.Head, "units", u.Name) {
			x := &Unit{Unit: u, Key: han.PinyinKey(u.Name, "")}
			x.Address = r.at(&u.Head, "units", u.Slug, u.Name, x)
			e.Units = append(e.Units, x)
		}
	}
	for _, p := range r.Reports {
		if r.keep(&p.Head, "reports", p.Title) {
			x := &Report{Report: p}
			x.Address = r.at(&p.Head, "reports", strconv.Itoa(p.Year), p.Title, x)
			e.Reports = append(e.Reports, x)
		}
	}
	for _, s := range r.Screens {
		if r.keep(&s.Head, "screens", s.Title) {
			x := &Screen{Screen: s}
			x.Address = r.at(&s.Head, "screens", s.Slug, s.Title, x)
			e.Screens = append(e.Screens, x)
		}
	}
	for _, p := range r.Content.Pages {
		if r.keep(&p.Head, "pages", p.Title) {
			x := &Page{Page: p}
			x.Address = r.at(&p.Head, "", p.Slug, p.Title, x)
			e.Pages = append(e.Pages, x)
		}
	}
}

// keep tells whether a record is published in this edition; one of ours that is
// not is entered as hidden, so that references to it are no dangling ones.
func (r *resolver) keep(h *content.Head, folder, name string) bool {
	if r.counts(h) {
		return true
	}
	if r.ours(h) {
		r.hide(h, folder, name)
	}
	return false
}

// orphan deals with a piece whose book or venue is not published. It is reported
// only where the folder has no _index.md at all.
func (r *resolver) orphan(h *content.Head, folder string, known bool) {
	if !known {
		r.out.Add(diag.MissingIndex.At(h.Path, diag.Pos{}, content.Root+"/"+folder+h.Parent+"/_index.md"))
	}
	r.hide(h, folder+h.Parent, "")
}

func hasFolder[R content.Record](list []R, name string) bool {
	return slices.ContainsFunc(list, func(r R) bool { return r.Base().FileName == name })
}

// sessionSlug makes "2" of 第二届, 第2届 or 2, and pinyin of anything else.
func sessionSlug(number string) string {
	s := strings.TrimSuffix(strings.TrimPrefix(number, "第"), "届")
	if n, ok := han.Number(s); ok {
		return strconv.Itoa(n)
	}
	return han.Slug(number)
}

// join resolves references in both directions.
func (r *resolver) join() {
	x := &r.e.index
	out := r.out
	for _, h := range r.e.Heroes {
		if h.Deed != nil && h.Deed.Summary != "" {
			h.Line = h.Deed.Summary
		} else {
			h.Line = r.e.Summary(h)
		}
		r.members(h)
		r.held(h)
	}
	for _, b := range r.e.Briefs {
		b.Heroes = resolve[*Hero](x, &b.Head, b.Brief.Heroes, content.KindHero, out)
		b.Venues = resolve[*Venue](x, &b.Head, b.Brief.Venues, content.KindVenue, out)
		b.Units = resolve[*Unit](x, &b.Head, b.Brief.Units, content.KindUnit, out)
	}
	for _, book := range r.e.Books {
		for _, c := range book.Chapters {
			c.Heroes = resolve[*Hero](x, &c.Head, c.Chapter.Heroes, content.KindHero, out)
		}
	}
	for _, v := range r.e.Venues {
		for _, e := range v.Exhibits {
			e.Heroes = resolve[*Hero](x, &e.Head, e.Exhibit.Heroes, content.KindHero, out)
			e.Chapters = resolve[*Chapter](x, &e.Head, e.Exhibit.Chapters, content.KindChapter, out)
		}
		r.route(v)
	}
	for _, s := range r.e.Screens {
		s.Heroes = resolve[*Hero](x, &s.Head, s.Screen.Heroes, content.KindHero, out)
		s.Briefs = resolve[*Brief](x, &s.Head, s.Screen.Briefs, content.KindBrief, out)
	}
}

// members joins a group with its members; one that has no record keeps its bare
// name, unless that is the name of somebody withheld.
func (r *resolver) members(h *Hero) {
	for _, ref := range h.Hero.Members {
		found := r.e.index.find(ref.Slug, content.KindHero)
		switch {
		case len(found) == 0 && !content.ValidSlug(ref.Slug):
			h.Members = append(h.Members, Member{Name: ref.Slug})
		default:
			if e := r.e.index.lookup(&h.Head, ref, content.KindHero, r.out); e != nil {
				m := e.record.(*Hero)
				h.Members = append(h.Members, Member{m.Name, m})
				m.Groups = append(m.Groups, h)
			}
		}
	}
}

func (r *resolver) held(h *Hero) {
	for _, held := range h.Honors {
		x := Holding{Title: held.Title, Session: held.Session, Level: held.Level, Year: held.Year, By: held.By}
		if held.Honor.Slug != "" {
			if e := r.e.index.lookup(&h.Head, held.Honor, content.KindHonor, r.out); e != nil {
				x.Honor = e.record.(*Honor)
			}
		} else if found := r.e.index.find(held.Title, content.KindHonor); len(found) == 1 && !found[0].withheld {
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
	for _, s := range honor.Sessions {
		if held.Session != "" && sessionSlug(s.Number) == sessionSlug(held.Session) ||
			held.Session == "" && held.Year != 0 && s.Year == held.Year {
			x.Of, x.Session = s, s.Number
			if x.Year == 0 {
				x.Year = cmp.Or(s.Year, s.Date.Year)
			}
		}
	}
	if held.Session != "" && x.Of == nil {
		var known []string
		for _, s := range honor.Sessions {
			known = append(known, s.Number)
		}
		r.out.Add(diag.DanglingRef.At(h.Path, h.At("honors"), held.Session, "届次", "session", han.Nearest(held.Session, known)))
	}
	if !slices.Contains(honor.Roll, h) {
		honor.Roll = append(honor.Roll, h)
	}
	if x.Of != nil && !slices.Contains(x.Of.Roll, h) {
		x.Of.Roll = append(x.Of.Roll, h)
	}
}

// route puts a venue's exhibits into walking order, those off the route behind.
func (r *resolver) route(v *Venue) {
	var walk []*Exhibit
	for _, ref := range v.Route {
		in := content.Ref{Slug: v.Slug + "/" + strings.TrimPrefix(ref.Slug, v.Slug+"/"), Pos: ref.Pos}
		found := r.e.index.find(in.Slug, content.KindExhibit)
		if len(found) == 0 {
			var slugs []string
			for _, e := range v.Exhibits {
				slugs = append(slugs, e.Slug)
			}
			r.out.Add(diag.DanglingRef.At(v.Path, ref.Pos, ref.Slug, "展品", "exhibit", han.Nearest(ref.Slug, slugs)))
			continue
		}
		if e := r.e.index.lookup(&v.Head, in, content.KindExhibit, r.out); e != nil && !slices.Contains(walk, e.record.(*Exhibit)) {
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

// aliases checks the old addresses records keep.
func (r *resolver) aliases() {
	r.e.Each(func(h *content.Head, _ Address) {
		for _, a := range h.Aliases {
			if zh, en := badAlias(a.Text); zh != "" {
				r.out.Add(diag.LooseAlias.At(h.Path, a.Pos, a.Text, zh, en))
				continue
			}
			r.claim(h.Path, a.Pos, AliasAddress(a.Text))
		}
	})
}

// AliasAddress turns an old address as written (/old/path/) into an Address.
func AliasAddress(s string) Address {
	s = strings.TrimPrefix(s, "/")
	if s != "" && !strings.HasSuffix(s, "/") && !strings.HasSuffix(s, ".html") && !strings.HasSuffix(s, ".htm") {
		s += "/"
	}
	return Address(s)
}

func badAlias(s string) (zh, en string) {
	switch {
	case !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//"):
		return "要以一个 / 开头", "it must start with a single /"
	case s == "/":
		return "首页的地址", "it is the home page"
	case strings.ContainsAny(s, "?#\\:*\"<>|%"):
		return "不能有 ? # \\ : * \" < > | %", "it must not hold ? # \\ : * \" < > | %"
	}
	for _, part := range strings.Split(strings.Trim(s, "/"), "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.TrimSpace(part) != part || len(part) > 100 {
			return "每一段都要有字，且不以点开头或结尾", "each part needs a name that neither starts nor ends with a dot"
		}
		for _, c := range part {
			if c < ' ' || c == 0x7f {
				return "有看不见的字符", "it holds control characters"
			}
		}
	}
	return "", ""
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
