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
		if p.index != nil {
			v.Data = p.searchData(p.index.Shape)
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

// planIndex plans what the search page finds: titles, names and texts of all records
// that have a page, or a place on one. It runs when all references are resolved; texts
// are read when the index is made.
func (p *planner) planIndex() {
	if p.chrome.Search == "" {
		return
	}
	if plan, err := search.New(p.documents()); err == nil { // else two share an address, which is a finding already
		p.index = plan
	}
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

// documents are what the search finds, by kind in the order of results, with about how
// many characters of text they have.
func (p *planner) documents() (groups [][]*search.Doc, size int) {
	add := func(group int, r content.Record, a site.Address, title string, notes ...string) *search.Doc {
		h := r.Base()
		d := &search.Doc{
			Key: string(a), Title: title, Note: strings.Join(compact(notes), " · "), Lead: p.e.Summary(r),
			Text: p.plainText(h), Print: p.prose(h, "", 0).Fingerprint(),
		}
		for len(groups) <= group {
			groups = append(groups, nil)
		}
		groups[group] = append(groups[group], d)
		size += h.Body.Len/3 + len(title)/3
		return d
	}
	named := func(d *search.Doc, names ...string) {
		for _, n := range append([]string{d.Title}, names...) {
			d.Readings = append(d.Readings, han.Pinyin(n))
		}
	}
	for _, h := range p.e.Heroes {
		deed := ""
		if h.Deed != nil && h.Deed.Type != "" {
			deed = p.t("deed." + string(h.Deed.Type))
		}
		year := ""
		if y := h.Year(); y != 0 {
			year = p.t("year", y)
		}
		d := add(0, h, h.Address, h.Name, p.t("section.heroes"), placeName(h.Region), year, deed)
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
	for _, v := range p.e.Venues {
		kind := ""
		if v.VenueKind != "" {
			kind = p.t("venue." + string(v.VenueKind))
		}
		d := add(1, v, v.Address, v.Name, kind, placeName(v.Region))
		d.Filters = places(v.Place)
		named(d)
		for _, c := range p.e.Codes {
			if c.Retired && c.Exhibit == nil && c.Venue == v {
				d.Filters = append(d.Filters, "c"+c.Code)
			}
		}
		for _, x := range v.Exhibits {
			kind := ""
			if x.ExhibitKind != "" {
				kind = p.t("exhibit." + string(x.ExhibitKind))
			}
			d := add(1, x, x.Address, x.Name, v.Name, kind, x.Number)
			d.Filters = places(v.Place)
			named(d)
			for _, c := range p.e.Codes {
				if c.Exhibit == x {
					d.Filters = append(d.Filters, "c"+c.Code)
				}
			}
		}
	}
	for _, b := range p.e.Books {
		named(add(2, b, b.Address, b.Title, p.t("section.anthology")))
		for _, c := range b.Chapters {
			add(2, c, c.Address, c.Title, p.t("section.anthology"), b.Title)
		}
	}
	for _, x := range p.e.Honors {
		named(add(3, x, x.Address, x.Title, p.t("section.honors")))
	}
	for _, x := range p.e.Units {
		kind := ""
		if x.UnitKind != "" {
			kind = p.t("unit." + string(x.UnitKind))
		}
		named(add(3, x, x.Address, x.Name, kind, placeName(x.Region)))
	}
	for _, x := range p.e.Reports {
		add(3, x, x.Address, x.Title, p.t("section.reports")).Filters = years(x.Year)
	}
	for _, x := range p.e.Pages {
		add(3, x, x.Address, x.Title)
	}
	groups = append(groups[:len(groups):len(groups)], make([][]*search.Doc, max(0, 4-len(groups)))...)
	for _, b := range slices.Backward(p.e.Briefs) {
		number := ""
		if b.Number > 0 {
			number = p.t("brief.number", b.Number)
		}
		add(4, b, b.Address, b.Title, p.t("section.briefs"), number, p.date(b.Date)).Filters = years(b.Date.Year)
	}
	if len(groups) < 5 {
		groups = append(groups, nil)
	}
	return groups, size
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
