package pages

import (
	"mingdeng/internal/content"
	"mingdeng/internal/markdown"
	"mingdeng/internal/site"
)

// Offline is what a phone keeps of a venue for when there is no network: what it would miss
// most comes first.
type Offline struct {
	Venue     site.Address
	Name      string       // of the venue
	List      site.Address // of the file that lists it all
	Templates []string     // of the pages, for what they name of the theme
	Pages     []KeptPage   // what is shown for other pages, exhibits along the route, what their codes open, the venue, the page codes are typed into
	Pictures  []string     // relative to the site's base: the plan, then the others' narrowest, in order of the exhibits
}

// KeptPage is a page that a phone keeps. Name is what the page about what is kept calls it;
// "" for one that is not listed there.
type KeptPage struct {
	Address site.Address
	Name    string
}

// noNetwork is the address of what a phone shows for a page that it has not kept.
func (p *planner) noNetwork() site.Address { return p.in("offline/") }

// planNoNetwork plans that page, where something is kept.
func (p *planner) planNoNetwork() {
	var venues []Link
	for _, x := range p.e.Venues {
		if len(x.Exhibits) > 0 {
			venues = append(venues, Link{x.Name, p.href(x.Address)})
		}
	}
	if len(venues) == 0 {
		return
	}
	a := p.noNetwork()
	p.pages = append(p.pages, Page{Address: a, Template: "offline", View: func() View {
		f := p.frame(a, about{Title: p.t("offline")})
		f.NoIndex = true
		return &NoNetwork{Frame: f, Venues: venues}
	}})
}

// offlineList is where the list of what is kept of a venue lies.
func offlineList(x *site.Venue) site.Address { return x.Address + "offline.json" }

// keeps lists what is kept of each venue that has exhibits.
func (p *planner) keeps() []Offline {
	codes := map[*site.Exhibit][]site.Address{}
	for _, c := range p.e.Codes {
		if !c.Retired && c.Exhibit != nil {
			codes[c.Exhibit] = append(codes[c.Exhibit], c.Address)
		}
	}
	var out []Offline
	for _, x := range p.e.Venues {
		if len(x.Exhibits) == 0 {
			continue
		}
		k := Offline{
			Venue: x.Address, Name: x.Name, List: offlineList(x), Templates: []string{"exhibit", "venue", "offline"},
			Pages: []KeptPage{{Address: p.noNetwork()}},
		}
		page := func(name string, addresses ...site.Address) {
			for _, a := range addresses {
				k.Pages = append(k.Pages, KeptPage{a, name})
			}
		}
		seen := map[string]bool{}
		picture := func(h *content.Head, name string) {
			pic, err := p.Media.Picture(h.Dir, name)
			if err != nil || len(pic.Sources) == 0 || seen[pic.Sources[0].Path] {
				return
			}
			seen[pic.Sources[0].Path] = true
			k.Pictures = append(k.Pictures, pic.Sources[0].Path)
		}
		pictures := func(h *content.Head) {
			if h.Cover != nil {
				picture(h, h.Cover.Src.Path)
			}
			for _, t := range h.Body.Targets {
				if t.Kind == markdown.KindPicture {
					picture(h, t.Dest)
				}
			}
		}
		if x.Plan != nil {
			picture(&x.Head, x.Plan.Src.Path)
		}
		for _, s := range x.Exhibits {
			page(s.Name, s.Address)
			page("", codes[s]...)
			if len(s.Heroes) == 1 && s.Heroes[0].Portrait != nil {
				picture(&s.Heroes[0].Head, s.Heroes[0].Portrait.Src.Path)
			}
			pictures(&s.Head)
			if len(s.Heroes) == 1 {
				pictures(&s.Heroes[0].Head)
			}
		}
		pictures(&x.Head)
		page("", x.Address)
		if len(p.e.Codes) > 0 {
			page("", "Q/")
			k.Templates = append(k.Templates, "codes")
		}
		out = append(out, k)
	}
	return out
}
