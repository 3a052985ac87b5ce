package pages

import (
	"net/url"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/site"
	"mingdeng/internal/vtt"
)

// Film is a film that a page shows: a file of the site, or a link to where it lies.
type Film struct {
	Site     *Chrome `nil:"never"`
	Title    string
	Link     string   // address on a platform; then all but Host below is empty
	Host     string   // of Link, as it is shown
	Src      string   // href of the file
	Poster   *Picture // or nil
	Captions string   // href, or ""
	Lang     string   // of the captions
	Duration string   // 3 分 20 秒, "" where the file does not tell
	Size     string   // 1.2 MB
}

// Captions is a file of captions to be made.
type Captions struct {
	Path string
	Text []byte
}

// gatherFilms looks films, their posters and captions, and comics up for the views. What
// cannot be used is a finding.
func (p *planner) gatherFilms() {
	look := func(r content.Record) {
		h := r.Base()
		films, comic := content.Shown(r)
		for i := range films {
			if f := p.film(h, &films[i]); f != nil {
				p.films[h] = append(p.films[h], f)
			}
		}
		for _, c := range comic {
			p.picture(h, c.Src, c.Alt, "")
		}
	}
	for _, x := range p.e.Heroes {
		look(x.Hero)
	}
	for _, x := range p.e.Briefs {
		look(x.Brief)
	}
	for _, b := range p.e.Books {
		for _, x := range b.Chapters {
			look(x.Chapter)
		}
	}
	for _, v := range p.e.Venues {
		for _, x := range v.Exhibits {
			look(x.Exhibit)
		}
	}
	for _, x := range p.e.Pages {
		look(x.Page)
	}
	for _, x := range p.e.Screens {
		look(x.Screen)
	}
}

// film is one film of a record; nil where it cannot be shown.
func (p *planner) film(h *content.Head, v *content.Video) *Film {
	f := &Film{Site: p.chrome, Title: v.Title}
	if v.Src.Path == "" {
		return nil
	}
	if link := v.Link(); link != "" {
		u, err := url.Parse(link)
		if err != nil || u.Host == "" || u.User != nil {
			p.out.Add(diag.BadURL.At(naming(h, v.Src).Path, v.Src.Pos, link, "少了域名", "the host is missing"))
			return nil
		}
		f.Link, f.Host = link, strings.TrimPrefix(u.Hostname(), "www.")
		return f
	}
	file, err := p.Media.Film(h.Dir, v.Src.Path)
	if err != nil {
		p.out.Add(filmFinding(naming(h, v.Src), v.Src, err))
		return nil
	}
	f.Src, f.Duration, f.Size = p.chrome.Root+file.Path, p.long(file.Duration), size(file.Size)
	if v.Poster.Path != "" {
		if p.picture(h, v.Poster, v.Title, ""); p.pic(h, v.Poster) != nil {
			f.Poster = p.pic(h, v.Poster)
		}
	}
	if v.Captions.Path != "" && p.Transcript != nil {
		p.caption(f, h, v.Captions)
	}
	return f
}

// caption makes the captions of a film anew from what its file says: nothing else of it goes
// out, and in an edition that is converted so are they.
func (p *planner) caption(f *Film, h *content.Head, name content.File) {
	path, err := p.Media.Text(h.Dir, name.Path)
	if err != nil {
		p.out.Add(transcriptFinding(naming(h, name), name, err))
		return
	}
	t, found := p.Transcript(h, path)
	p.out.Add(found...)
	if t.Head == nil || len(t.Cues) == 0 {
		return
	}
	own := !p.language.Foreign || name.Own
	if name.Own {
		t.Head.Edition = string(p.language.File)
	}
	cues := slices.Clone(t.Cues)
	if convert := p.e.Convert(t.Head); own && convert != nil {
		for i := range cues {
			c := &cues[i]
			c.Name, c.Voice, c.Text = convert.Text(c.Name), convert.Text(c.Voice), convert.Text(c.Text)
		}
	}
	text := vtt.Write(cues)
	print := fingerprint.Sum([]byte("captions"), text)
	at := "files/captions-" + print.String()[:10] + ".vtt"
	if !slices.ContainsFunc(p.captions, func(c Captions) bool { return c.Path == at }) {
		p.captions = append(p.captions, Captions{at, text})
	}
	f.Captions, f.Lang = p.chrome.Root+at, p.chrome.Lang
	if !own {
		f.Lang = string(p.editions[0].e.Tag)
	}
	p.subtitles = append(p.subtitles, t.Head)
}

// shown is what a record's page shows beside its text.
func (p *planner) shown(h *content.Head, comic []content.ComicPic) (*Film, []Picture) {
	var pics []Picture
	for _, c := range comic {
		if pic := p.pic(h, c.Src); pic != nil {
			with := *pic
			with.Caption = c.Caption
			pics = append(pics, with)
		}
	}
	if films := p.films[h]; len(films) > 0 {
		return films[0], pics
	}
	return nil, pics
}

// shownAt is what an exhibit's page shows: its own film, or where it tells of one person
// theirs.
func (p *planner) shownAt(x *site.Exhibit) (*Film, []Picture) {
	film, comic := p.shown(&x.Head, x.Comic)
	if film == nil && len(x.Heroes) == 1 {
		film, _ = p.shown(&x.Heroes[0].Head, nil)
	}
	return film, comic
}
