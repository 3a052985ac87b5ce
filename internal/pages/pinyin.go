package pages

import (
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/han"
	"mingdeng/internal/site"
)

// Texts returns the texts of the view.
func (v *Pinyin) Texts() []*Prose { return []*Prose{&v.Text} }

// Spoken are the names in a view over whose every character pinyin is to stand. Package
// render writes it: a page costs its readers nothing of another, and no script.
func (v *Pinyin) Spoken() []han.Named { return v.Names }

// PinyinAddress is that of a page with pinyin, below the page it is of.
func PinyinAddress(a site.Address) site.Address { return a + "pinyin/" }

// planPinyin plans the pages with pinyin where site.yaml asks for them: in Simplified
// characters alone, which are what children learn with pinyin.
func (p *planner) planPinyin() {
	k := p.e.Config.Keepsakes
	if k == nil || !k.Pinyin || p.e.Tag != content.ZhHans {
		return
	}
	for _, h := range p.e.Heroes {
		if h.Member == "" && h.Body.Len > 0 {
			p.addPinyin(h.Address, func() *Pinyin { return p.heroPinyin(h) })
		}
	}
	for _, b := range p.e.Books {
		for _, c := range b.Chapters {
			if b.Member == "" && c.Body.Len > 0 {
				p.addPinyin(c.Address, func() *Pinyin { return p.chapterPinyin(c) })
			}
		}
	}
}

// addPinyin plans one. It stands in no sitemap: its words are another page's.
func (p *planner) addPinyin(of site.Address, view func() *Pinyin) {
	a := PinyinAddress(of)
	p.pages = append(p.pages, Page{Address: a, Template: "pinyin", Changed: date.Date{}, View: func() View {
		v := view()
		v.Plain = Link{p.t("keep.plain"), p.href(of)}
		v.NoIndex, v.Canonical = true, p.chrome.Base+string(of)
		return v
	}})
	p.take(of, "keep.pinyin", "pinyin/")
}

func (p *planner) heroPinyin(h *site.Hero) *Pinyin {
	v := &Pinyin{
		Fallen: h.Status == content.Fallen, Sample: h.Sample, Line: h.Line, Words: p.saying(h.Words), Portrait: p.portrait(h),
		Text: p.prose(&h.Head, "", 0), Names: []han.Named{{Name: h.Name, Pinyin: h.Pinyin}},
	}
	if h.Summary == "" && (h.Deed == nil || h.Deed.Summary == "") {
		v.Line = "" // it was cut from the story
	}
	for _, m := range h.Members {
		if m.Hero != nil {
			v.Names = append(v.Names, han.Named{Name: m.Hero.Name, Pinyin: m.Hero.Pinyin})
		}
	}
	v.Frame = p.frame(PinyinAddress(h.Address), about{
		Title: h.Name, Description: h.Line, OGType: "profile", Section: "heroes", Sample: h.Sample,
		Crumbs: p.crumbs(p.section("heroes"), Link{h.Name, p.href(h.Address)}),
	})
	return v
}

func (p *planner) chapterPinyin(c *site.Chapter) *Pinyin {
	v := &Pinyin{Over: p.t("quoted", c.Book.Title), Text: p.prose(&c.Head, "", 0)}
	for _, h := range c.Heroes {
		v.Names = append(v.Names, han.Named{Name: h.Name, Pinyin: h.Pinyin})
	}
	book := Link{c.Book.Title, p.href(c.Book.Address)}
	v.Frame = p.frame(PinyinAddress(c.Address), about{
		Title: c.Title, Description: p.e.Summary(c), OGType: "article", Section: "anthology", Sample: c.Sample || c.Book.Sample,
		Crumbs: p.crumbs(p.section("anthology"), book, Link{c.Title, p.href(c.Address)}),
	})
	return v
}
