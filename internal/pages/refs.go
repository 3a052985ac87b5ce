package pages

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/site"
)

// resolve looks up everything a text may refer to. What does not resolve is left
// out: the text is scanned, not parsed, so only rendering can tell whether it was
// meant (see [Explain]).
func (p *planner) resolve(h *content.Head) markdown.Refs {
	var r markdown.Refs
	for _, t := range h.Body.Targets {
		switch t.Kind {
		case markdown.KindWiki:
			target, f := p.e.Find(h, t.Dest, diag.Pos{})
			if unresolved(target, f) {
				continue
			}
			if r.Wiki == nil {
				r.Wiki = map[string]markdown.Link{}
			}
			r.Wiki[t.Dest] = p.linkTo(h, target)
		case markdown.KindPicture:
			pic, err := p.Media.Picture(h.Dir, t.Dest)
			if err != nil {
				continue
			}
			if r.Pictures == nil {
				r.Pictures = map[string]markdown.Picture{}
			}
			p.out.Add(pictureNotes(h, bodyPos(h, t), t.Dest, pic.Notes)...)
			v := p.pictureView(pic, "", "", "")
			r.Pictures[t.Dest] = markdown.Picture{Src: v.Src, Srcset: v.Srcset, Sizes: v.Sizes, Width: v.Width, Height: v.Height}
		case markdown.KindLink:
			link, ok := p.localLink(h, t.Dest)
			if !ok {
				continue
			}
			if r.Links == nil {
				r.Links = map[string]markdown.Link{}
			}
			r.Links[t.Dest] = link
		}
	}
	return r
}

// unresolved tells a reference to nothing, or to several records, from one to a record
// that is not published.
func unresolved(t site.Target, f *diag.Finding) bool { return f != nil && t.Absent.Reason == 0 }

// linkTo is the link to a record: to its page, or, where it has none today, nowhere.
func (p *planner) linkTo(h *content.Head, t site.Target) markdown.Link {
	if t.Absent.Reason != 0 {
		l := markdown.Link{Text: t.Name, Why: fmt.Sprint(t.Absent)}
		if t.Person {
			l.Text, l.Veiled = p.t("withheld"), true
		} else if p.e.Convert(h) != nil {
			l.Plain = t.Plain
		}
		return l
	}
	l := markdown.Link{Href: p.href(t.Address), Text: t.Name}
	if p.e.Convert(h) != nil {
		l.Plain = t.Plain
	}
	return l
}

// localLink resolves a link written as an address or a path: /heroes/zhang-san/,
// ../units/x.md, form.pdf. It is false for what leads nowhere.
func (p *planner) localLink(h *content.Head, dest string) (markdown.Link, bool) {
	where, fragment, hasFragment := strings.Cut(dest, "#")
	end := ""
	if hasFragment {
		end = "#" + fragment
	}
	to := func(href string) (markdown.Link, bool) { return markdown.Link{Href: href + end}, true }
	if rest, ok := strings.CutPrefix(where, "/"); ok && !strings.HasSuffix(where, ".md") {
		a := rest
		if a != "" && !strings.HasSuffix(a, "/") && path.Ext(a) == "" {
			a += "/"
		}
		// A page that this edition does not have is read in the site's own language.
		for _, q := range append([]*planner{p}, p.editions...) {
			if q.known[q.e.Prefix+a] {
				return to(p.href(q.in(a)))
			}
			if q.known[a] {
				return to(p.href(site.Address(a)))
			}
		}
	}
	if target, _, ok := p.e.FindLink(h, dest, diag.Pos{}); ok {
		link := p.linkTo(h, target)
		if !link.Veiled {
			link.Text, link.Plain = "", "" // the author's words are there
		}
		return link, true
	}
	if file, err := p.Media.File(h.Dir, where); err == nil {
		return to(p.chrome.Root + file.Path)
	}
	return markdown.Link{}, false
}

// bodyPos turns a place in a text into one in its file.
func bodyPos(h *content.Head, t markdown.Target) diag.Pos {
	return diag.Pos{Line: h.Body.Line - 1 + t.Line, Col: t.Col}
}

// Explain says what is wrong with a reference that rendering asked for and that did not
// resolve, or leads nowhere; nil where that is told elsewhere.
func Explain(e *site.Edition, m *media.Catalogue, h *content.Head, t markdown.Target) *diag.Finding {
	pos := bodyPos(h, t)
	tell := func(f diag.Finding) *diag.Finding { return &f }
	switch t.Kind {
	case markdown.KindWiki:
		if target, f := e.Find(h, t.Dest, pos); f != nil || target.Absent.Reason != 0 {
			return f
		}
	case markdown.KindPicture:
		_, err := m.Picture(h.Dir, t.Dest)
		f := pictureFinding(h, pos, t.Dest, err)
		var missing *media.NotFoundError
		if errors.As(err, &missing) {
			f = f.Replace(inText(t.Dest, missing.Near))
		}
		return tell(f)
	case markdown.KindLink:
		if target, f, ok := e.FindLink(h, t.Dest, pos); ok && target.Absent.Reason != 0 {
			return f
		}
		if strings.HasSuffix(t.Dest, ".md") && strings.Contains(t.Dest, "..") && strings.HasPrefix(path.Join(h.Dir, t.Dest), content.Root+"/") {
			return tell(diag.BrokenLink.At(h.Path, pos, t.Dest, "")) // records may be named by a way up, other files not
		}
		var missing *media.NotFoundError
		if _, err := m.File(h.Dir, t.Dest); err != nil && !errors.As(err, &missing) {
			return tell(fileFinding(h, pos, t.Dest, err))
		}
		near := ""
		if missing != nil {
			near = missing.Near
		}
		if near == "" && strings.HasPrefix(t.Dest, "/") {
			near = e.NearAddress(t.Dest)
		}
		return tell(diag.BrokenLink.At(h.Path, pos, t.Dest, near).Replace(inText(t.Dest, near)))
	}
	return tell(diag.BrokenLink.At(h.Path, pos, t.Dest, ""))
}

// inText is what stands in a text where it means an address, and what takes its place. One
// with a space or brackets stands in <…>, as the other does already if it has them; a
// percent sign that a file's name has by itself is written so that it is not read.
func inText(address, near string) (old, new string) {
	const special = " ()<>"
	old, new = address, near
	if read, err := url.PathUnescape(near); err == nil && read != near {
		if new = strings.ReplaceAll(near, "%", "%25"); read == address {
			return near, new // written as the file is called
		}
	}
	if strings.ContainsAny(new, special) && !strings.ContainsAny(old, special) {
		new = "<" + new + ">"
	}
	return old, new
}

// foreign tells an address at another site from the name of a file.
func foreign(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "//")
}

// ForeignPicture is the finding of a picture in a text that is on another site, nil where
// it is none.
func ForeignPicture(h *content.Head, t markdown.Target) *diag.Finding {
	if t.Kind != markdown.KindPicture || !foreign(t.Dest) {
		return nil
	}
	f := diag.ForeignPicture.At(h.Path, bodyPos(h, t), t.Dest)
	return &f
}

// pictureFinding puts an error about a picture or file into words.
func pictureFinding(h *content.Head, pos diag.Pos, name string, err error) diag.Finding {
	var missing *media.NotFoundError
	switch {
	case foreign(name):
		return diag.ForeignPicture.At(h.Path, pos, name)
	case errors.As(err, &missing):
		return diag.MissingPicture.At(h.Path, pos, name, missing.Near)
	case errors.Is(err, media.ErrOutside):
		return diag.LeadsOutside.At(h.Path, pos, name)
	}
	return BadPicture(h.Path, pos, name, err)
}
