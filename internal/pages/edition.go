package pages

import (
	"slices"
	"strings"
	"unicode"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
	"mingdeng/internal/site"
)

// tie fills in where a page stands in the site's other languages.
func (p *planner) tie(f *Frame, a site.Address) {
	if len(p.editions) < 2 {
		return
	}
	plain := p.e.Plain(a)
	var found []EditionLink
	for _, q := range p.editions {
		at, there := q.at(plain)
		l := EditionLink{Lang: string(q.e.Tag), Text: q.language.Own, Short: q.language.Sign, Href: p.href(at), Current: q == p}
		f.Languages = append(f.Languages, l)
		if there {
			l.Href, l.Current = p.chrome.Base+string(at), false
			found = append(found, l)
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
	if section == "" || section == "search" || slices.Contains(p.fromIndex(), section) {
		return true
	}
	if section == "events" {
		return p.hasEvents()
	}
	for _, k := range content.Kinds() {
		if k.Section && k.Path == section {
			return p.e.Has(k.Kind)
		}
	}
	if section == content.MembersDir {
		return len(p.e.Members) > 0
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
	if n.Label != "" && (worded || !p.language.Foreign) {
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

// untranslated is the language (BCP 47) of words that stand as they are in an edition of another,
// or "". What says anything in Latin letters is not held to be untranslated.
func (p *planner) untranslated(words string) string {
	if !p.language.Foreign || !strings.ContainsFunc(words, han.Is) || strings.ContainsFunc(words, latin) {
		return ""
	}
	return "zh"
}

func latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }
