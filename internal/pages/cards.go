package pages

import (
	"strings"

	"mingdeng/internal/card"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/media"
	"mingdeng/internal/site"
)

// Card is a share card to be drawn.
type Card struct {
	Path  string // of its file: the page's address and card.jpg
	Card  card.Card
	Photo *media.Original // nil where there is none, or no consent to it
}

// planCards lists the share cards that site.yaml asks for: of heroes, or of heroes,
// briefs and exhibits. A card stands beside its page under a name that never changes,
// since messengers keep its address for long.
func (p *planner) planCards() []Card {
	p.cards = map[site.Address]*ShareImage{}
	asked := p.e.Config.Cards
	if asked != content.HeroCards && asked != content.AllCards {
		return nil
	}
	var out []Card
	foot := p.chrome.Organisation.Name
	if foot == "" {
		foot = p.chrome.Title
	}
	foot = p.drawable(foot, p.e.Config.Path, p.e.Config.Places.At("organisation"), false)
	add := func(h *content.Head, a site.Address, key string, c card.Card, photo *content.File, dir string) {
		if p.drawable(c.Name, h.Path, h.At(key), true) == "" {
			return
		}
		c.Over = p.drawable(c.Over, h.Path, h.At(key), false)
		c.Line = p.drawable(c.Line, h.Path, h.At(key), false)
		c.Foot, c.Palette = foot, p.Palette
		planned := Card{Path: string(a) + "card.jpg", Card: c}
		if photo != nil {
			if o, err := p.Media.Original(dir, photo.Path); err == nil && croppable(o) { // an error is told already
				planned.Photo = &o
			}
		}
		out = append(out, planned)
		p.cards[a] = &ShareImage{p.chrome.Base + planned.Path, card.Width, card.Height, strings.Join(compact([]string{c.Name, c.Line}), p.t("comma"))}
	}
	for _, h := range p.e.Heroes {
		var photo *content.File
		if h.Portrait != nil {
			photo = &h.Portrait.Src
		}
		add(&h.Head, h.Address, "name", p.personCard(h), photo, h.Dir)
	}
	if asked != content.AllCards {
		return out
	}
	for _, b := range p.e.Briefs {
		add(&b.Head, b.Address, "title", p.briefCard(b), coverFile(&b.Head), b.Dir)
	}
	for _, v := range p.e.Venues {
		for _, x := range v.Exhibits {
			c, photo, dir := p.exhibitCard(x)
			add(&x.Head, x.Address, "name", c, photo, dir)
		}
	}
	return out
}

// croppable tells whether something is left of a picture that is cropped to a column, and
// whether it has the pixels for it. A panorama or a stamp would show nothing.
func croppable(o media.Original) bool {
	return 2*o.Width <= 5*o.Height && 2*o.Height <= 5*o.Width && (!o.Raster || 2*o.Width >= card.PhotoWidth)
}

func (p *planner) personCard(h *site.Hero) card.Card {
	c := card.Card{Name: h.Name, Line: h.Line, Fallen: h.Status == content.Fallen}
	if h.Sample {
		c.Badge = p.t("sample")
	}
	return c
}

func (p *planner) briefCard(b *site.Brief) card.Card {
	c := card.Card{Name: b.Title, Title: true, Line: p.e.Summary(b), Over: p.t("section.briefs")}
	if b.Number != 0 {
		c.Over += " " + p.t("brief.number", b.Number)
	}
	c.Over += " · " + p.date(b.Date)
	return c
}

// exhibitCard is what a card shows of an exhibit: the one person it tells of, or itself; and
// the picture to go with it, which lies in dir.
func (p *planner) exhibitCard(x *site.Exhibit) (c card.Card, photo *content.File, dir string) {
	c, photo, dir = card.Card{Name: x.Name, Line: x.Summary}, coverFile(&x.Head), x.Dir
	if len(x.Heroes) == 1 {
		h := x.Heroes[0]
		line := c.Line
		if c = p.personCard(h); line != "" {
			c.Line = line
		}
		if h.Portrait != nil {
			photo, dir = &h.Portrait.Src, h.Dir
		}
	}
	if c.Line == "" {
		c.Line = p.e.Summary(x)
	}
	c.Over = x.Venue.Name
	if x.Number != "" {
		c.Over += " · " + x.Number
	}
	return c, photo, dir
}

func coverFile(h *content.Head) *content.File {
	if h.Cover == nil {
		return nil
	}
	return &h.Cover.Src
}

// drawable returns the text if a card can show it, else "" and a finding.
func (p *planner) drawable(text, path string, pos diag.Pos, whole bool) string {
	lacks := card.Lacks(text)
	if len(lacks) == 0 {
		return text
	}
	zh, en := "这句话不写在图上", "this text is left out of the picture"
	if whole {
		zh, en = "这一页没有图可以分享", "this page has no picture to share"
	}
	p.out.Add(diag.CardGlyph.At(path, pos, string(lacks), zh, en))
	return ""
}

// leastThumb is the least side of a picture that WeChat takes for a link's thumbnail, px.
const leastThumb = 300

// raster tells whether a picture is one of pixels, which is all that messengers take.
func raster(pic *Picture) bool { return pic != nil && !strings.HasSuffix(pic.Src, ".svg") }

func thumbnail(pic *Picture) bool {
	return raster(pic) && pic.Width >= leastThumb && pic.Height >= leastThumb
}

// lead makes sure that the first picture in a page's body is one that WeChat's client can
// make a thumbnail of (where it still looks for one: of a page without its signed scripts
// it takes the title and the first picture of 300 px). first is the picture at the top of
// the page, or nil; told is the record whose text comes first. It returns the picture to
// show, and another that is shown to nobody, or nil.
//
// A drawing (SVG) at the top stays what browsers load, as the srcset; the card is its src:
// what reads attributes finds a JPEG, and a visitor on a weak signal pays nothing for it.
// Only where nothing is shown at the top, and no picture of the text serves, the card goes
// into the page hidden and lazy, so that browsers since 2020 do not fetch it either.
func (p *planner) lead(share *ShareImage, first *Picture, told *content.Head) (shown, hidden *Picture) {
	own := p.cardPicture(share)
	if own == nil || thumbnail(first) {
		return first, nil
	}
	if first == nil {
		if p.pictured(told) {
			return nil, nil
		}
		return nil, own
	}
	if raster(first) { // a small photo
		return first, own
	}
	with := *first
	with.Src, with.Srcset, with.Sizes = own.Src, first.Src, ""
	return &with, nil
}

// cardPicture is the page's card as a picture of the page; nil where it has none.
func (p *planner) cardPicture(share *ShareImage) *Picture {
	if share == nil || !strings.HasSuffix(share.URL, "card.jpg") {
		return nil
	}
	return &Picture{Src: p.chrome.Root + strings.TrimPrefix(share.URL, p.chrome.Base), Width: share.Width, Height: share.Height}
}

// pictured tells whether the first picture in a record's text makes a thumbnail.
func (p *planner) pictured(h *content.Head) bool {
	for _, t := range h.Body.Targets {
		if pic, ok := p.refs[h].Pictures[t.Dest]; ok {
			return !strings.HasSuffix(pic.Src, ".svg") && pic.Width >= leastThumb && pic.Height >= leastThumb
		}
	}
	return false
}
