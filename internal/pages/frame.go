package pages

import (
	"cmp"
	"encoding/binary"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/site"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Fingerprint lets the chrome be hashed once for all pages.
func (c *Chrome) Fingerprint() fingerprint.Fingerprint { return c.digest }

// Fingerprint stands for the text and all it needs, and for where it stands: a page's
// findings are kept with the page, and their places must be true when it is not made anew.
func (p Prose) Fingerprint() fingerprint.Fingerprint {
	if p.Head == nil {
		return fingerprint.Sum(nil)
	}
	words := p.words()
	return fingerprint.Sum(words[:], []byte(p.Head.Path), binary.AppendVarint(nil, int64(p.Head.Body.Line)))
}

// words stands for what the text says, wherever it stands.
func (p Prose) words() fingerprint.Fingerprint {
	if p.Head == nil {
		return fingerprint.Sum(nil)
	}
	refs := fingerprint.Of(&p.Refs)
	var convert [16]byte
	if p.Convert != nil {
		convert = p.Convert.Fingerprint()
	}
	return fingerprint.Sum(p.Head.Body.Digest[:], refs[:], []byte(p.Prefix), []byte{byte(p.Shift)}, convert[:])
}

func (p *planner) makeChrome() *Chrome {
	cfg := p.e.Config
	c := &Chrome{Title: cfg.Title, Description: cfg.Description, Lang: string(p.e.Tag), Locale: p.language.Locale, Base: string(p.Base)}
	u, err := url.Parse(c.Base)
	if c.Root = "/"; err == nil && u.Path != "" {
		c.Root = u.EscapedPath()
	}
	_, where, _ := strings.Cut(c.Base, "://")
	c.Where = strings.TrimSuffix(where, "/")
	root := c.Root + p.e.Prefix
	c.Home, c.Feed = root, root+"feed.xml"
	if c.Manifest = root + "manifest.webmanifest"; p.Icon != "" {
		c.TouchIcon = c.Root + IconPath(p.Icon, TouchIcon)
	}
	if cfg.Searched() {
		c.Search = root + "search/"
	}
	if cfg.Organisation != nil {
		c.Organisation = *cfg.Organisation
	}
	c.Phones, c.Nominate = telephones(c.Organisation.Phone), cfg.Nominate
	c.Mourning = mourning(cfg.Mourning)
	if cfg.ICP != "" {
		c.ICP = Link{cfg.ICP, "https://beian.miit.gov.cn/"}
	}
	if cfg.Police != "" {
		c.Police = Link{cfg.Police, "https://beian.mps.gov.cn/#/query/webSearch?code=" + digits(cfg.Police)}
	}
	c.Nav = p.nav(root, c.Root)
	c.More = p.more(c)
	type fields Chrome // without the method, or the digest would be asked for itself
	c.digest = fingerprint.Of((*fields)(c))
	return c
}

// mourning lists the days on which the site turns grey. Which of them it is today is for
// the visitor's browser to say.
func mourning(days []date.Date) string {
	var list []string
	for _, d := range days {
		list = append(list, d.String())
	}
	return strings.Join(list, " ")
}

// nav is the navigation: the site's own, or every section that has something in
// it and every page that asks for it.
func (p *planner) nav(root, base string) []NavLink {
	var out []NavLink
	if own := p.e.Config.Nav; len(own) > 0 {
		for i, n := range own {
			l := NavLink{Text: n.Label, Href: n.To.Text}
			if rest, ok := strings.CutPrefix(n.To.Text, "/"); ok {
				l.Href = base + p.e.Prefix + rest
				l.Section = strings.Trim(rest, "/")
				l.Text = p.label(n, l.Section, p.worded(i))
				if p.language.Foreign && !p.speaks(l.Section) {
					continue
				}
			}
			out = append(out, l)
		}
		return out
	}
	for _, s := range p.sections() {
		out = append(out, NavLink{p.t("section." + s), root + s + "/", s})
	}
	for _, x := range p.e.Pages {
		if x.Nav > 0 {
			out = append(out, NavLink{x.Title, p.chromeless(base, x.Address), x.Slug})
		}
	}
	return out
}

// more leads to whatever has pages and is not in the navigation: together they reach every
// page of the edition.
func (p *planner) more(c *Chrome) []Link {
	offered := map[string]bool{}
	for _, l := range c.Nav {
		offered[l.Href] = true
	}
	var out []Link
	add := func(text string, a site.Address) {
		if href := c.Root + string(a); !offered[href] {
			out = append(out, Link{text, href})
		}
	}
	if len(p.e.Codes) > 0 {
		add(p.t("footer.code"), "Q/")
	}
	for _, s := range p.sections() {
		add(p.t("section."+s), p.in(s+"/"))
	}
	for _, s := range p.fromIndex() {
		add(p.t("section."+s), p.in(s+"/"))
	}
	if p.hasEvents() {
		add(p.t("section.events"), p.eventsAddress())
	}
	if c.Nominate != nil && !slices.ContainsFunc(p.e.Pages, asksNominations) {
		add(p.t("form.title"), FormAddress(p.e))
	}
	for _, x := range p.e.Pages {
		add(x.Title, x.Address)
	}
	for _, x := range p.e.Screens {
		add(p.t("footer.screen", x.Title), x.Address)
	}
	return out
}

// sections are the lists that have something in them, by their names in addresses.
func (p *planner) sections() []string {
	var out []string
	for _, k := range content.Kinds() {
		if k.Section && p.e.Has(k.Kind) {
			out = append(out, k.Path)
		}
	}
	if len(p.e.Members) > 0 {
		out = append(out, content.MembersDir)
	}
	return out
}

func (p *planner) chromeless(base string, a site.Address) string { return base + string(a) }

// about is what a page says of itself to machines.
type about struct {
	Title       string
	Description string
	OGType      string // default website
	Image       *Picture
	Section     string
	Crumbs      []Link
	Data        node   // schema.org properties besides the common ones
	Share       bool   // people send each other this page: it has a title of 24 characters and a QR symbol
	Line        string // what it tells, in a sentence; for that title
	Sample      bool   // it is invented
}

// frame fills what every page has.
func (p *planner) frame(a site.Address, x about) Frame {
	f := Frame{
		Site: p.chrome, Title: x.Title, FullTitle: fullTitle(x.Title, p.chrome.Title), Description: clip(x.Description, 120),
		Canonical: p.chrome.Base + string(a), OGType: x.OGType, Section: x.Section, Crumbs: x.Crumbs, Sample: x.Sample,
	}
	if m := p.memberOf(a); m != nil {
		f.Member = &MemberLink{Name: m.Called(), Href: p.memberHref(m), Source: p.source(m, a)}
		f.Canonical = f.Member.Source
		f.Crumbs = append(slices.Clone(f.Crumbs), Link{f.Member.Name, f.Member.Href})
	}
	if f.Description == "" {
		f.Description = cmp.Or(p.chrome.Description, f.FullTitle)
	}
	if f.OGType == "" {
		f.OGType = "website"
	}
	if x.Share {
		f.FullTitle = shareTitle(x.Title, x.Line, p.chrome.Title, p.language.ShareTitle)
		f.QR = &QR{Address: p.chrome.Base + string(a)}
	}
	if f.Image = p.cards[a]; f.Image == nil && raster(x.Image) {
		f.Image = &ShareImage{p.absolute(x.Image.Src), x.Image.Width, x.Image.Height, x.Image.Alt}
	}
	f.JSONLD = p.jsonLD(f, x)
	f.Mistake = p.mistake(p.chrome.Base + string(a))
	if p.tie(&f, a); f.Member != nil {
		f.Alternates = nil // they are those of the canonical page
	}
	return f
}

// mistake is a mail (RFC 6068) to the organisation, else to where nominations go, that
// carries the page's address.
func (p *planner) mistake(page string) string {
	to := p.chrome.Organisation.Email
	if n := p.chrome.Nominate; to == "" && n != nil {
		to = n.Email
	}
	if to == "" {
		return ""
	}
	query := url.Values{"subject": {p.t("footer.mistake")}, "body": {page}}.Encode()
	return "mailto:" + url.PathEscape(to) + "?" + strings.ReplaceAll(query, "+", "%20") // no form: a plus is a plus
}

func (p *planner) absolute(href string) string {
	return p.chrome.Base + strings.TrimPrefix(href, p.chrome.Root)
}

// fullTitle is the page's title with the site's.
func fullTitle(title, site string) string {
	if title == "" || title == site {
		return site
	}
	return title + "｜" + site
}

// clip shortens to at most n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:n-1]) + "…"
}

// TouchIcon names the icon that Apple's phones put on the home screen, see [IconPath].
const TouchIcon = "180"

// IconPath is the path of the theme's icon drawn as a PNG of the named kind.
func IconPath(icon, name string) string {
	return strings.TrimSuffix(icon, ".svg") + "-" + name + ".png"
}

// crumbs is the way from the home page to the parent of a page.
func (p *planner) crumbs(links ...Link) []Link {
	return append([]Link{{p.t("home"), p.chrome.Home}}, links...)
}

func (p *planner) section(name string) Link {
	return Link{p.t("section." + name), p.href(p.in(name + "/"))}
}

func (p *planner) organisation() node {
	o := p.chrome.Organisation
	if o.Name == "" {
		return nil
	}
	return node{{"@type", "Organization"}, {"name", o.Name}}
}

// regionLinks is a place as links, the widest first.
func (p *planner) regionLinks(r *site.Region) []Link {
	var out []Link
	for ; r != nil; r = r.Parent {
		l := Link{Text: r.Name}
		if len(r.Heroes) > 0 {
			l.Href = p.href(r.Address)
		}
		out = append([]Link{l}, out...)
	}
	return out
}

func placeName(r content.Region) string {
	if len(r) == 0 {
		return ""
	}
	return r[len(r)-1]
}
