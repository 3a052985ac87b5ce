package pages

import (
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/site"
)

// endonyms are how languages call themselves, in full and as short as beside a title on
// a phone: a reader who looks for one need not be able to read the others.
var endonyms = map[content.Language][2]string{content.ZhHans: {"简体", "简"}, content.ZhHant: {"繁體", "繁"}, content.En: {"English", "EN"}}

// locales are languages as Open Graph names them, which knows none without a territory.
var locales = map[content.Language]string{content.ZhHans: "zh_CN", content.ZhHant: "zh_HK", content.En: "en_US"}

// tie fills in where a page stands in the site's other languages.
func (p *planner) tie(f *Frame, a site.Address) {
	if len(p.editions) < 2 {
		return
	}
	plain := p.e.Plain(a)
	var found []EditionLink
	for _, q := range p.editions {
		at, there := q.at(plain)
		text := endonyms[q.e.Tag]
		f.Languages = append(f.Languages, EditionLink{Lang: string(q.e.Tag), Text: text[0], Short: text[1], Href: p.href(at), Current: q == p})
		if there {
			found = append(found, EditionLink{Lang: string(q.e.Tag), Text: text[0], Short: text[1], Href: p.chrome.Base + string(at)})
		}
	}
	if len(found) > 1 {
		// The site's own language is planned first, and is for whoever reads none of these.
		f.Alternates = append(found, EditionLink{Lang: "x-default", Href: found[0].Href})
	}
}

// at is where an edition has the page of a plain address; failing that, the whole of a
// split list, else its home page, and false.
func (p *planner) at(plain string) (site.Address, bool) {
	if a := p.in(plain); p.known[string(a)] {
		return a, true
	}
	if i := strings.Index(plain, "page/"); i >= 0 {
		if a := p.in(plain[:i]); p.known[string(a)] {
			return a, false
		}
	}
	return p.in(""), false
}

// Alternates are the addresses of a page in all languages that have it, absolute, by
// language tag; nil where there is but one.
func (p Planned) Alternates(a site.Address) []EditionLink {
	var f Frame
	p.planner.tie(&f, a)
	return f.Alternates
}

// speaks tells whether the edition has something at a place of the site's navigation.
func (p *planner) speaks(section string) bool {
	switch section {
	case "", "search":
		return true
	case "heroes":
		return len(p.e.Heroes) > 0
	case "briefs":
		return len(p.e.Briefs) > 0
	case "anthology":
		return len(p.e.Books) > 0
	case "venues":
		return len(p.e.Venues) > 0
	case "honors":
		return len(p.e.Honors) > 0
	case "units":
		return len(p.e.Units) > 0
	case "reports":
		return len(p.e.Reports) > 0
	}
	for _, x := range p.e.Pages {
		if p.e.Plain(x.Address) == section+"/" {
			return true
		}
	}
	return false
}

// label is the word for an entry of the navigation: the edition's own, or in another
// language, where the settings give none there, the theme's or the page's.
func (p *planner) label(n content.NavItem, section string, worded bool) string {
	if n.Label != "" && (worded || p.e.Tag != content.En) {
		return n.Label
	}
	key := "section." + section
	if text := p.t(key); text != key {
		return text
	}
	for _, x := range p.e.Pages {
		if x.Slug == section {
			return x.Title
		}
	}
	return n.Label
}

// worded tells whether the edition's own settings give the words of the nth entry of
// the navigation.
func (p *planner) worded(n int) bool {
	return n < len(p.e.Config.Nav) && n < len(p.e.PlainConfig().Nav) && p.e.Config.Nav[n].Label != p.e.PlainConfig().Nav[n].Label
}
