package pages

import (
	"cmp"
	"strings"

	"mingdeng/internal/card"
	"mingdeng/internal/content"
	"mingdeng/internal/media"
	"mingdeng/internal/site"
)

// Keepsake is a picture to be drawn for readers to take away: a long picture or a wallpaper.
type Keepsake struct {
	Path  string // of its file: the page's address and long.jpg or wallpaper.jpg
	Long  *card.Long
	Wall  *card.Wallpaper
	Photo *media.Original // at the head of the long picture; nil where there is none, or no consent
}

// PhotoHeight is how high the photo of the long picture is drawn, px.
func (k *Keepsake) PhotoHeight() int {
	if k.Long.Title {
		return card.TitlePhoto
	}
	return card.LongPhoto
}

// PosterFile is the name of a person's poster, beside their page. Package plaques draws it.
const PosterFile = "poster.pdf"

// planKeepsakes lists what site.yaml asks for to be taken away, and the links to it. Of what
// was collected from a member nothing is made: it is to be had on the member's own site.
func (p *planner) planKeepsakes() {
	k := p.e.Config.Keepsakes
	if k == nil {
		return
	}
	for _, h := range p.e.Heroes {
		if h.Member != "" {
			continue
		}
		if k.LongPictures.Of(h.Hero) {
			var photo *content.File
			if h.Portrait != nil {
				photo = &h.Portrait.Src
			}
			c := p.personCard(h)
			c.Over = p.inBrief(h)
			p.addLong(&h.Head, h.Address, "name", c, p.saying(h.Words), photo, h.Dir)
		}
		if k.Wallpapers.Of(h.Hero) {
			p.addWallpaper(h)
		}
		if k.Posters.Of(h.Hero) && p.e.Prefix == "" { // plaques and posters are in the site's language
			p.take(h.Address, "keep.poster", PosterFile)
		}
	}
	if k.LongPictures != content.AllDrawn {
		return
	}
	sample := func(c *card.Card, is bool) {
		if is && c.Badge == "" {
			c.Badge = p.t("sample.record")
		}
	}
	for _, b := range p.e.Briefs {
		if b.Member == "" {
			c := p.briefCard(b)
			sample(&c, b.Sample)
			p.addLong(&b.Head, b.Address, "title", c, "", coverFile(&b.Head), b.Dir)
		}
	}
	for _, v := range p.e.Venues {
		for _, x := range v.Exhibits {
			if x.Member != "" {
				continue
			}
			c, photo, dir := p.exhibitCard(x)
			c.Title = len(x.Heroes) != 1
			sample(&c, x.SampleOf() != nil)
			p.addLong(&x.Head, x.Address, "name", c, "", photo, dir)
		}
	}
}

// inBrief is when, where and what, in small words above a deed.
func (p *planner) inBrief(h *site.Hero) string {
	var parts []string
	if y := h.Year(); y != 0 {
		parts = append(parts, p.t("year", y))
	}
	parts = append(parts, p.address(h.Region))
	if h.Deed != nil && h.Deed.Type != "" {
		parts = append(parts, p.t("deed."+string(h.Deed.Type)))
	}
	return strings.Join(compact(parts), " · ")
}

// take puts a link beside those of a page.
func (p *planner) take(a site.Address, key, file string) {
	p.takes[a] = append(p.takes[a], Link{p.t(key), p.href(a) + file})
}

func (p *planner) addLong(h *content.Head, a site.Address, key string, c card.Card, words string, photo *content.File, dir string) {
	if p.drawable(c.Name, h.Path, h.At(key), true) == "" {
		return
	}
	fits := func(text, key string) string { return p.drawable(text, h.Path, h.At(key), false) }
	foot := cmp.Or(p.chrome.Organisation.Name, p.chrome.Title)
	k := Keepsake{Path: string(a) + "long.jpg", Long: &card.Long{
		Name: c.Name, Title: c.Title, Over: fits(c.Over, key), Line: fits(c.Line, key), Words: fits(words, "words"), Badge: c.Badge, Fallen: c.Fallen,
		Address: p.chrome.Base + string(a), Hint: p.t("keep.scan"), Where: p.chrome.Where,
		Foot: p.drawable(foot, p.e.Config.Path, p.e.Config.Places.At("organisation"), false), Palette: p.Palette,
	}}
	if photo != nil {
		if o, err := p.Media.Original(dir, photo.Path); err == nil && croppable(o) { // an error is told already
			k.Photo = &o
		}
	}
	p.drawn = append(p.drawn, k)
	p.take(a, "keep.long", "long.jpg")
}

func (p *planner) addWallpaper(h *site.Hero) {
	name := p.drawable(h.Name, h.Path, h.At("name"), true)
	if name == "" {
		return
	}
	line := p.drawable(cmp.Or(p.saying(h.Words), h.Line), h.Path, h.At("name"), false)
	p.drawn = append(p.drawn, Keepsake{Path: string(h.Address) + "wallpaper.jpg", Wall: &card.Wallpaper{
		Name: name, Line: line, Fallen: h.Status == content.Fallen, Palette: p.Palette,
	}})
	p.take(h.Address, "keep.wallpaper", "wallpaper.jpg")
}
