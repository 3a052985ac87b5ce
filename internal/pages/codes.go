package pages

import (
	"encoding/json"
	"html/template"

	"mingdeng/internal/date"
)

// listCodes is what the page that takes a code must know: with it, it works without
// a network once it is loaded.
func (p *planner) listCodes() template.JS {
	if len(p.e.Codes) == 0 {
		return ""
	}
	list := make([]string, len(p.e.Codes))
	for i, c := range p.e.Codes {
		list[i] = c.Code
	}
	b, err := json.Marshal(struct {
		Root  string   `json:"root"`
		Codes []string `json:"codes"`
	}{p.chrome.Root, list})
	if err != nil { // plain strings cannot fail
		return ""
	}
	return template.JS(b)
}

// codes plans the pages behind the codes on plaques: for a code in force the page of
// its exhibit (the same page, at another address, that names the canonical one), for
// a retired one a page that leads on; and the page a code is typed into. They exist
// once: a code is the same in every language.
func (p *planner) codes() {
	if len(p.e.Codes) == 0 || p.e.Prefix != "" {
		return
	}
	a := p.in("Q/")
	p.pages = append(p.pages, Page{Address: a, Template: "codes", View: func() View {
		return &Codes{Frame: p.frame(a, about{Title: p.t("codes.title"), Description: p.t("codes.how")}), Codes: p.codeList}
	}})
	for _, c := range p.e.Codes {
		if c.Retired {
			p.pages = append(p.pages, Page{Address: c.Address, Template: "retired", View: func() View {
				v := &Retired{Frame: p.frame(c.Address, about{Title: p.t("retired.title"), Crumbs: p.crumbs()}), Code: c.Code}
				v.NoIndex = true
				if c.Exhibit != nil {
					stop := p.stop(c.Exhibit)
					stop.Heroes = ""
					v.Heir = &stop
				}
				if c.Venue != nil {
					v.Venue = link(c.Venue.Name, p.href(c.Venue.Address))
				}
				return v
			}})
			continue
		}
		p.pages = append(p.pages, Page{Address: c.Address, Template: "exhibit", Changed: date.Date{}, View: func() View {
			return p.exhibit(c.Exhibit)
		}})
	}
}
