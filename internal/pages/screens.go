package pages

import (
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/site"
)

// screens plans every playlist twice: as a page that a display with a network opens, and
// as one file with all it shows inside, to be put on a stick. The page obeys the site's
// policy, which forbids styles and scripts inside a page, and so cannot be that file.
func (p *planner) screens() {
	for _, s := range p.e.Screens {
		file := s.Address + site.Address(s.Slug+".html")
		p.pages = append(p.pages,
			Page{Address: s.Address, Template: "screen", View: func() View { return p.screen(s, p.href(file)) }},
			Page{Address: file, Template: "screen", Alone: true, View: func() View { return p.screen(s, "") }})
	}
}

func (p *planner) screen(s *site.Screen, file string) View {
	v := &Screen{
		Frame:    p.frame(s.Address, about{Title: s.Title}),
		Portrait: s.Orientation == "portrait", Seconds: s.Seconds, File: file,
	}
	v.NoIndex = true
	for _, h := range s.Heroes {
		line := clip(h.Line, 84)
		v.Slides = append(v.Slides, Slide{
			Name: h.Name, Letters: letters(h.Name), Line: line, Dense: utf8.RuneCountInString(line) > 52, Picture: shown(p.portrait(h), sizesScreen), Fallen: h.Status == content.Fallen, Sample: h.Sample,
			Mark: p.markOf(h.Address),
		})
	}
	for _, b := range s.Briefs {
		slide := Slide{Line: b.Title, Date: p.date(b.Date), Mark: p.markOf(b.Address)}
		if len(b.Brief.Gallery) > 0 {
			slide.Picture = shown(p.pic(&b.Head, b.Brief.Gallery[0].Src), sizesScreen)
		}
		v.Slides = append(v.Slides, slide)
	}
	if file != "" { // one file to take away cannot hold films
		for _, f := range p.films[&s.Head] {
			if f.Link == "" {
				v.Slides = append(v.Slides, Slide{Line: f.Title, Film: f, Mark: p.markOf(p.in(""))})
				v.Films++
			}
		}
	}
	for _, text := range s.Slogans {
		v.Slides = append(v.Slides, Slide{Slogan: text, Mark: p.markOf(p.in(""))})
	}
	return v
}

func (p *planner) markOf(a site.Address) *QR { return &QR{Address: p.chrome.Base + string(a)} }

// Finish draws the marks of the slides.
func (v *Screen) Finish() error {
	for _, s := range v.Slides {
		symbol, err := qr.EncodePage(s.Mark.Address)
		if err != nil {
			return err
		}
		s.Mark.Path, s.Mark.Side = symbol.Strokes(), symbol.Size+2*qr.Quiet
	}
	return nil
}
