package pages

import (
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
	"mingdeng/internal/search"
	"mingdeng/internal/site"
)

// Option is a choice of a filter on the search page.
type Option struct{ Text, Value string }

// search plans the search page.
func (p *planner) search() {
	if p.chrome.Search == "" {
		return
	}
	a := p.in("search/")
	p.pages = append(p.pages, Page{Address: a, Template: "search", Listed: true, Sums: true, View: func() View {
		v := &Search{
			Frame:   p.frame(a, about{Title: p.t("section.search"), Section: "search", Crumbs: p.crumbs()}),
			Indexes: p.indexes(), Places: regionOptions(p.e.Regions, ""),
		}
		if plan := p.index(); plan != nil {
			v.Data = p.searchData(plan.Shape)
		}
		for _, y := range p.years() {
			v.Years = append(v.Years, Option{p.t("year", y), strconv.Itoa(y)})
		}
		for _, d := range p.e.Deeds {
			v.Deeds = append(v.Deeds, Option{p.t("deed." + string(d.Type)), string(d.Type)})
		}
		return v
	}})
}

// planIndex plans what the search page finds: titles, names and texts of all records that
// have a page, or a place on one; it gives nil where there is no search. It runs when the
// index is first asked for, all references being resolved then: for 10,000 records
// planning it takes some 80 ms, and who edits a record does not ask. Texts are read when the
// index is made.
func (p *planner) planIndex() *search.Plan {
	if p.chrome.Search == "" {
		return nil
	}
	plan, err := search.New(p.documents())
	if err != nil {
		return nil // two share an address, which is a finding already
	}
	return plan
}

// years are those of heroes, briefs and reports, the latest first.
func (p *planner) years() []int {
	var all []int
	for _, y := range p.e.Years {
		all = append(all, y.Year)
	}
	for _, b := range p.e.Briefs {
		all = append(all, b.Date.Year)
	}
	for _, r := range p.e.Reports {
		all = append(all, r.Year)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	slices.Reverse(all)
	return all
}

// searchData is what the script must know: the shape of the index, where things are,
// and its words.
func (p *planner) searchData(shape search.Shape) template.JS {
	words := map[string]string{}
	for key, text := range map[string]string{
		"count": p.t("search.count", "{n}"), "none": p.t("search.none", "{q}"), "most": p.t("search.most", "{n}"),
		"more": p.t("search.more"), "plaque": p.t("search.plaque", "{q}"), "sound": p.t("search.sound"), "failed": p.t("search.failed"),
	} {
		words[key] = text
	}
	b, err := json.Marshal(struct {
		search.Shape
		Root  string            `json:"root"` // of the site
		Dir   string            `json:"dir"`  // of the index
		Words map[string]string `json:"words"`
	}{shape, p.chrome.Root, p.chrome.Search, words})
	if err != nil { // plain strings and numbers cannot fail
		return ""
	}
	return template.JS(b)
}

// regionOptions are places, each below the one it lies in.
func regionOptions(list []*site.Region, indent string) []Option {
	var out []Option
	for _, r := range list {
		out = append(out, Option{indent + r.Name, regionValue(r)})
		out = append(out, regionOptions(r.Children, indent+"　")...)
	}
	return out
}

// regionValue is a place as it stands in an address: he-dong/qing-he.
func regionValue(r *site.Region) string {
	_, path, _ := strings.Cut(string(r.Address), "heroes/region/")
	return strings.TrimSuffix(path, "/")
}

// found collects what the search finds, in groups by kind, in the order of results.
type found struct {
	p      *planner
	groups [5][]*search.Doc
	size   int // of the texts, in characters, about
}

// documents are what the search finds, by kind in the order of results, with about how
// many characters of text they have.
func (p *planner) documents() (groups [][]*search.Doc, size int) {
	f := &found{p: p}
	f.heroes()
	f.venues()
	f.books()
	f.others()
	f.briefs()
	return f.groups[:], f.size
}

func (f *found) add(group int, r content.Record, a site.Address, title string, notes ...string) *search.Doc {
	h := r.Base()
	d := &search.Doc{
		Key: string(a), Title: title, Note: strings.Join(compact(append(notes, f.p.called(h))), " · "), Lead: f.p.e.Summary(r),
		Text: f.p.plainText(h), Print: f.p.prose(h, "", 0).words(), Page: a.File(),
	}
	if rec := f.p.recording(h, h); rec != nil {
		if said := rec.words(); said != "" || !rec.Notes.Empty() {
			f.p.searchSaid(d, rec, said)
			f.size += len(said)/3 + int(f.p.voices[h].transcript.Head.Body.Len)/3
		}
	}
	f.groups[group] = append(f.groups[group], d)
	f.size += h.Body.Len/3 + len(title)/3
	return d
}

// word is the interface's word for a fixed value, "" where none is given.
func (f *found) word(prefix, value string) string {
	if value == "" {
		return ""
	}
	return f.p.t(prefix + value)
}

func (f *found) heroes() {
	p := f.p
	for _, h := range p.e.Heroes {
		deed := ""
		if h.Deed != nil {
			deed = f.word("deed.", string(h.Deed.Type))
		}
		year := ""
		if y := h.Year(); y != 0 {
			year = p.t("year", y)
		}
		d := f.add(0, h, h.Address, h.Name, p.t("section.heroes"), placeName(h.Region), year, deed)
		d.Lead = h.Line
		d.Names = compact(append(slices.Clone(h.Also), h.NameHant))
		for _, m := range h.Members {
			if m.Hero == nil {
				d.Names = append(d.Names, m.Name)
			}
		}
		d.Readings = readings(h)
		d.Filters = append(places(h.Place), years(h.Year())...)
		if deed != "" {
			d.Filters = append(d.Filters, "d"+string(h.Deed.Type))
		}
	}
}

func (f *found) venues() {
	codes := map[any][]string{} // filters, by exhibit; by venue where no exhibit is left
	for _, c := range f.p.e.Codes {
		if c.Exhibit != nil {
			codes[c.Exhibit] = append(codes[c.Exhibit], "c"+c.Code)
		} else if c.Retired && c.Venue != nil {
			codes[c.Venue] = append(codes[c.Venue], "c"+c.Code)
		}
	}
	for _, v := range f.p.e.Venues {
		d := f.add(1, v, v.Address, v.Name, f.word("venue.", string(v.VenueKind)), placeName(v.Region))
		d.Filters = append(places(v.Place), codes[v]...)
		d.Readings = [][]string{han.Pinyin(d.Title)}
		for _, x := range v.Exhibits {
			d := f.add(1, x, x.Address, x.Name, v.Name, f.word("exhibit.", string(x.ExhibitKind)), x.Number)
			d.Filters = append(places(v.Place), codes[x]...)
			d.Readings = [][]string{han.Pinyin(d.Title)}
		}
	}
}

func (f *found) books() {
	p := f.p
	for _, b := range p.e.Books {
		d := f.add(2, b, b.Address, b.Title, p.t("section.anthology"))
		d.Readings = [][]string{han.Pinyin(d.Title)}
		for _, c := range b.Chapters {
			f.add(2, c, c.Address, c.Title, p.t("section.anthology"), b.Title)
		}
	}
}

func (f *found) others() {
	p := f.p
	for _, x := range p.e.Honors {
		d := f.add(3, x, x.Address, x.Title, p.t("section.honors"))
		d.Readings = [][]string{han.Pinyin(d.Title)}
	}
	for _, x := range p.e.Units {
		d := f.add(3, x, x.Address, x.Name, f.word("unit.", string(x.UnitKind)), placeName(x.Region))
		d.Readings = [][]string{han.Pinyin(d.Title)}
	}
	for _, x := range p.e.Reports {
		f.add(3, x, x.Address, x.Title, p.t("section.reports")).Filters = years(x.Year)
	}
	for _, x := range p.e.Pages {
		f.add(3, x, x.Address, x.Title)
	}
}

func (f *found) briefs() {
	p := f.p
	for _, b := range slices.Backward(p.e.Briefs) {
		number := ""
		if b.Number > 0 {
			number = p.t("brief.number", b.Number)
		}
		f.add(4, b, b.Address, b.Title, p.t("section.briefs"), number, p.date(b.Date)).Filters = years(b.Date.Year)
	}
}

// plainText reads the text of a record when it is asked for.
func (p *planner) plainText(h *content.Head) func() (string, error) {
	if h.Body.Len == 0 || p.Text == nil {
		return nil
	}
	return func() (string, error) { return p.Text(h, p.refs[h]) }
}

// readings are how the names of a hero are read; a surname with two living readings
// is found by both.
func readings(h *site.Hero) [][]string {
	out := [][]string{han.SpellName(h.Name, h.Pinyin)}
	for _, n := range h.Also {
		out = append(out, han.SpellName(n, ""))
	}
	if r := han.ReadName(h.Name); h.Pinyin == "" && r.Surname > 0 {
		for _, other := range r.Ambiguous {
			s := slices.Clone(r.Syllables)
			s[0] = other
			out = append(out, s)
		}
	}
	return out
}

func places(r *site.Region) []string {
	var out []string
	for ; r != nil; r = r.Parent {
		out = append(out, "p"+regionValue(r))
	}
	return out
}

func years(y int) []string {
	if y == 0 {
		return nil
	}
	return []string{"y" + strconv.Itoa(y)}
}
