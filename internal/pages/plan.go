package pages

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/card"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/rescue"
	"mingdeng/internal/search"
	"mingdeng/internal/site"
)

// PerPage is how many entries a list holds before it is split.
const PerPage = 48

// PeoplePerPage is how many people a list of names holds before it is split: a name is one
// short row, and who looks for one should find it without turning pages.
const PeoplePerPage = 300

// Words are the interface's words in one language; see package theme.
type Words interface {
	T(key string, args ...any) string
}

// Inputs are what the pages of an edition are made of.
type Inputs struct {
	Edition *site.Edition
	Words   Words
	Media   *media.Catalogue
	Base    content.BaseURL // the site's address
	Icon    string          // path of the icon, relative to the base; "" where the theme has none
	IconSVG []byte          // its bytes
	Palette card.Palette    // of share cards
	// Text reads a record's text as plain words, for the search.
	Text func(*content.Head, markdown.Refs) (string, error)
	// Transcript reads what is said in a record's recording from the file at path.
	Transcript func(of *content.Head, path string) (content.Transcript, []diag.Finding)
}

// Page is one page to be made.
type Page struct {
	Address  site.Address
	Template string
	View     func() View
	Listed   bool      // stands in the sitemap
	Alone    bool      // is one file: what it shows is put into it
	Sums     bool      // changes with any text of the edition, though it shows none
	Changed  date.Date // last known change, if any
}

// View is a page's content: a pointer to one of the view structs.
type View interface {
	// Texts are the texts that must be rendered before the template runs.
	Texts() []*Prose
	// Finish fills what follows from the rest of the view and costs too much to be made
	// for every view.
	Finish() error
}

// Finish draws the page's symbol.
func (f *Frame) Finish() error {
	if f.QR == nil {
		return nil
	}
	s, err := qr.EncodePage(f.QR.Address)
	if err != nil {
		return err
	}
	f.QR.Path, f.QR.Side = s.Strokes(), s.Size+2*qr.Quiet
	return nil
}

// Texts makes every view that embeds a Frame a View without texts.
func (f *Frame) Texts() []*Prose { return nil }

// Texts returns the texts of the view.
func (v *Hero) Texts() []*Prose { return v.Recording.with(&v.Story) }

// Texts returns the texts of the view.
func (v *Brief) Texts() []*Prose { return []*Prose{&v.Text} }

// Texts returns the texts of the view.
func (v *Book) Texts() []*Prose { return []*Prose{&v.Text} }

// Texts returns the texts of the view.
func (v *BookPrint) Texts() []*Prose {
	out := []*Prose{&v.Intro}
	for i := range v.Parts {
		for j := range v.Parts[i].Chapters {
			out = append(out, &v.Parts[i].Chapters[j].Text)
		}
	}
	return out
}

// Texts returns the texts of the view.
func (v *Chapter) Texts() []*Prose { return v.Recording.with(&v.Text) }

// Texts returns the texts of the view.
func (v *Venue) Texts() []*Prose { return v.Recording.with(&v.Text) }

// Texts returns the texts of the view.
func (v *Exhibit) Texts() []*Prose { return v.Recording.with(&v.Text, &v.Story) }

// Texts returns the texts of the view.
func (v *Honor) Texts() []*Prose { return []*Prose{&v.Text} }

// Texts returns the texts of the view.
func (v *Report) Texts() []*Prose { return []*Prose{&v.Text} }

// Texts returns the texts of the view.
func (v *Plain) Texts() []*Prose { return []*Prose{&v.Text} }

// Texts returns the texts of the view.
func (v *Units) Texts() []*Prose {
	var out []*Prose
	for i := range v.Kinds {
		for j := range v.Kinds[i].Units {
			out = append(out, &v.Kinds[i].Units[j].Text)
		}
	}
	return out
}

// Views maps each template to an empty view of its type, for the theme to check
// its templates against.
func Views() map[string]any {
	return map[string]any{
		"home": &Home{}, "heroes": &Heroes{}, "members": &Members{}, "timeline": &Timeline{}, "days": &Days{}, "numbers": &Numbers{}, "hero": &Hero{}, "briefs": &Briefs{}, "brief": &Brief{},
		"anthology": &Anthology{}, "book": &Book{}, "bookprint": &BookPrint{}, "chapter": &Chapter{}, "venues": &Venues{}, "venue": &Venue{},
		"exhibit": &Exhibit{}, "honors": &Honors{}, "honor": &Honor{}, "session": &Session{}, "units": &Units{},
		"reports": &Reports{}, "report": &Report{}, "screen": &Screen{}, "search": &Search{}, "plain": &Plain{},
		"notfound": &NotFound{}, "offline": &NoNetwork{}, "alias": &Alias{}, "events": &Events{}, "form": &Form{}, "codes": &Codes{}, "retired": &Retired{}, "yearbook": &Yearbook{}, "pinyin": &Pinyin{},
	}
}

// planner makes the views of one edition.
type planner struct {
	Inputs
	e         *site.Edition
	language  content.LanguageInfo
	chrome    *Chrome
	pages     []Page
	volumes   []Volume
	refs      map[*content.Head]markdown.Refs
	pics      map[string]*Picture       // by record path and name; complete before views are made
	voices    map[*content.Head]*voice  // recordings, by the record they belong to; likewise
	films     map[*content.Head][]*Film // likewise
	captions  []Captions
	subtitles []*content.Head // files of captions
	cards     map[site.Address]*ShareImage
	shares    []Card
	takes     map[site.Address][]Link // what can be taken away of a page; complete before views are made
	drawn     []Keepsake
	out       *diag.List

	known    map[string]bool // addresses of all pages; complete before views are made
	editions []*planner      // all of the site, its own language first

	ways    map[*site.Venue]func() *way
	kinship func() *site.Kinship

	events  []Event                 // in the order of their days
	eventAt map[site.Address]*Event // by the page of its record

	codeList template.JS         // what the pages that take a code know
	index    func() *search.Plan // see planIndex
}

// Planned is what Plan found: the pages, what each text refers to, share cards, and findings
// about what pages need beyond the records: pictures, files, links to people who are withheld.
// Views, and the index of the search, may be made from many goroutines.
type Planned struct {
	Pages    []Page
	Volumes  []Volume
	Refs     map[*content.Head]markdown.Refs
	Cards    []Card
	Drawn    []Keepsake
	Index    func() *search.Plan // planned when it is first asked for; gives nil where there is none
	Findings []diag.Finding
	Offline  []Offline       // what phones keep of venues
	Said     []*content.Head // files of transcripts
	Captions []Captions      // of films
	Events   []Event         // in the order of their days
	Form     *WordForm       // nil where the site does not say how to nominate

	planner *planner
}

// Plan lists the pages of each edition of a site, which come with its own language
// first.
func Plan(editions ...Inputs) []Planned {
	var planners []*planner
	var out []Planned
	for _, in := range editions {
		p := plan(in, planners)
		planners = append(planners, p)
		keeps := p.keeps()
		out = append(out, Planned{p.pages, p.volumes, p.refs, p.shares, p.drawn, p.index, p.out.Sorted(), keeps, p.said(), p.captions, p.events, p.wordForm(), p})
	}
	for _, p := range planners {
		p.editions = planners
	}
	return out
}

// plan lists the pages of an edition; others are those that come before it.
func plan(in Inputs, others []*planner) *planner {
	p := &planner{
		Inputs: in, e: in.Edition, language: in.Edition.Tag.Info(), refs: map[*content.Head]markdown.Refs{}, pics: map[string]*Picture{},
		ways: map[*site.Venue]func() *way{}, voices: map[*content.Head]*voice{}, films: map[*content.Head][]*Film{}, out: &diag.List{},
		kinship: sync.OnceValue(in.Edition.Kinship),
	}
	p.index = sync.OnceValue(p.planIndex)
	p.chrome = p.makeChrome()
	p.codeList = p.listCodes()
	p.home()
	p.heroes()
	p.timeline()
	p.days()
	p.numbers()
	p.briefs()
	p.anthology()
	p.venues()
	p.honors()
	p.units()
	p.reports()
	p.planEvents()
	p.planForm()
	p.members()
	p.takes = map[site.Address][]Link{}
	p.planPinyin()
	p.others()
	p.codes()
	p.editions = append(p.editions, others...)
	p.gather()
	p.shares = p.planCards()
	p.planKeepsakes()
	return p
}

// add plans a page that stands in the sitemap.
func (p *planner) add(a site.Address, template string, changed date.Date, view func() View) {
	p.pages = append(p.pages, Page{Address: a, Template: template, View: view, Listed: p.memberOf(a) == nil, Changed: changed})
}

// href is the address as a link on this site: below the path of its base.
func (p *planner) href(a site.Address) string { return p.chrome.Root + string(a) }

// in puts the edition's prefix before an address.
func (p *planner) in(a string) site.Address { return site.Address(p.e.Prefix + a) }

func (p *planner) t(key string, args ...any) string { return p.Words.T(key, args...) }

// gather resolves what every published record refers to: pictures, files, other
// records. It runs once, when all addresses are known.
func (p *planner) gather() {
	p.known = make(map[string]bool, len(p.pages))
	for _, page := range p.pages {
		p.known[string(page.Address)] = true
	}
	for _, v := range p.volumes {
		p.known[v.EPUB] = true
	}
	var heads []*content.Head
	p.e.Each(func(h *content.Head, _ site.Address) { heads = append(heads, h) })
	refs := make([]markdown.Refs, len(heads))
	rescue.Each(len(heads), func(i int) { refs[i] = p.resolve(heads[i]) })
	for i, h := range heads {
		p.refs[h] = refs[i]
	}
	p.eachPicture(p.picture)
	p.gatherFilms()
	for _, x := range p.e.Heroes {
		p.listen(&x.Head, x.Audio)
	}
	for _, b := range p.e.Books {
		for _, c := range b.Chapters {
			p.listen(&c.Head, c.Audio)
		}
	}
	for _, v := range p.e.Venues {
		p.listen(&v.Head, v.Audio)
		for _, x := range v.Exhibits {
			p.listen(&x.Head, x.Audio)
		}
	}
}

// eachPicture calls f with every picture that heads of records name.
func (p *planner) eachPicture(f func(h *content.Head, file content.File, alt, credit string)) {
	p.e.Each(func(h *content.Head, _ site.Address) {
		if h.Cover != nil {
			f(h, h.Cover.Src, h.Cover.Alt, h.Cover.Credit)
		}
	})
	for _, x := range p.e.Heroes {
		if x.Portrait != nil {
			f(&x.Head, x.Portrait.Src, x.Portrait.Alt, x.Portrait.Credit)
		}
	}
	for _, b := range p.e.Briefs {
		for _, g := range b.Gallery {
			f(&b.Head, g.Src, g.Alt, "")
		}
	}
	for _, b := range p.e.Books {
		for _, part := range b.Parts {
			if part.Picture != nil {
				f(&b.Head, part.Picture.Src, part.Picture.Alt, part.Picture.Credit)
			}
		}
	}
	for _, v := range p.e.Venues {
		if v.Plan != nil {
			f(&v.Head, v.Plan.Src, v.Plan.Alt, "")
		}
	}
}

// Use is a place where a record names a picture.
type Use struct {
	Path string // the record's
	Pos  diag.Pos
	Name string // as it is written there
}

// Uses lists where the records of an edition name the picture of a path.
func (pl Planned) Uses(path string) (list []Use) {
	p := pl.planner
	named := func(h *content.Head, record string, pos diag.Pos, name string) {
		if o, err := p.Media.Original(h.Dir, name); err == nil && o.Path == path {
			list = append(list, Use{record, pos, name})
		}
	}
	p.eachPicture(func(h *content.Head, f content.File, _, _ string) { named(h, naming(h, f).Path, f.Pos, f.Path) })
	p.e.Each(func(h *content.Head, _ site.Address) {
		for _, t := range h.Body.Targets {
			if t.Kind == markdown.KindPicture {
				named(h, h.Path, bodyPos(h, t), t.Dest)
			}
		}
	})
	return list
}

// picture looks a picture up and keeps it for the views. A picture that cannot be
// used is a finding.
func (p *planner) picture(h *content.Head, f content.File, alt, credit string) {
	pic, err := p.Media.Picture(h.Dir, f.Path)
	if err != nil {
		p.out.Add(pictureFinding(naming(h, f), f.Pos, f.Path, err))
		return
	}
	p.out.Add(pictureNotes(naming(h, f), f.Pos, f.Path, pic.Notes)...)
	p.pics[h.Path+"\x00"+f.Path] = p.pictureView(pic, alt, "", credit)
}

func (p *planner) pictureView(pic media.Picture, alt, caption, credit string) *Picture {
	v := &Picture{
		Src: p.chrome.Root + pic.Src, Width: pic.Width, Height: pic.Height,
		Alt: alt, Caption: caption, Credit: credit,
	}
	if len(pic.Sources) > 1 {
		v.Srcset, v.Sizes = p.srcset(pic), sizesFigure
	}
	return v
}

// How wide pictures are shown, for a browser to choose by before it knows the style sheets:
// they follow the columns of themes/lamplight/styles. A theme that shows them otherwise is
// served a larger or smaller picture than it needs, never a wrong one.
const (
	sizesFigure   = "(min-width: 48rem) 40rem, calc(100vw - 2.5rem)"                                          // of a text, and covers
	sizesPortrait = "(min-width: 48em) 42vw, 100vw"                                                           // beside a name
	sizesScan     = "(min-width: 40em) 40rem, 100vw"                                                          // what a plaque opens
	sizesGallery  = "(min-width: 48rem) 23.25rem, (min-width: 37rem) calc(50vw - 2rem), calc(100vw - 2.5rem)" // two columns
	sizesScreen   = "100vw"
)

// shown is a picture with the width it is shown at in one place.
func shown(pic *Picture, sizes string) *Picture {
	if pic == nil || pic.Srcset == "" {
		return pic
	}
	v := *pic
	v.Sizes = sizes
	return &v
}

func (p *planner) srcset(pic media.Picture) string {
	var parts []string
	for _, s := range pic.Sources {
		parts = append(parts, p.chrome.Root+s.Path+" "+itoa(s.Width)+"w")
	}
	return strings.Join(parts, ", ")
}

// pic returns a picture found by gather, or nil.
func (p *planner) pic(h *content.Head, f content.File) *Picture {
	return p.pics[h.Path+"\x00"+f.Path]
}

func (p *planner) cover(h *content.Head) *Picture {
	if h.Cover == nil {
		return nil
	}
	return p.pic(h, h.Cover.Src)
}

// prose is the text of a record in a view.
func (p *planner) prose(h *content.Head, prefix string, shift int) Prose {
	if h.Body.Len == 0 {
		return Prose{}
	}
	return Prose{Head: h, Refs: p.refs[h], Prefix: prefix, Shift: shift, Convert: p.e.Convert(h)}
}

func link(text, href string) *Link { return &Link{text, href} }

// names joins the names of heroes.
func (p *planner) names(heroes []*site.Hero, max int) string {
	var list []string
	for _, h := range heroes[:min(len(heroes), max)] {
		list = append(list, h.Name)
	}
	s := strings.Join(list, p.t("enumeration"))
	if len(heroes) > max {
		s += "……"
	}
	return s
}

func (p *planner) sources(h *content.Head) []Source {
	var out []Source
	for _, s := range h.Sources {
		out = append(out, Source{Title: s.Title, Href: string(s.URL), Date: p.date(s.Date), Lang: p.untranslated(s.Title)})
	}
	return out
}

// date writes a date in the edition's language.
func (p *planner) date(d date.Date) string {
	return p.language.Date(d)
}

func compact(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}
