package pages

import (
	"errors"
	"path"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/picture"
	"mingdeng/internal/site"
)

// resolve looks up everything a text may refer to. What does not resolve is left
// out: the text is scanned, not parsed, so only rendering can tell whether it was
// meant (see [Explain]).
func (p *planner) resolve(h *content.Head) markdown.Refs {
	var r markdown.Refs
	for _, t := range h.Body.Targets {
		pos := bodyPos(h, t)
		switch t.Kind {
		case markdown.KindWiki:
			target, f := p.e.Find(h, t.Dest, pos)
			if f != nil && !target.Withheld {
				continue
			}
			if r.Wiki == nil {
				r.Wiki = map[string]markdown.Link{}
			}
			if target.Withheld {
				p.out.Add(*f)
				r.Wiki[t.Dest] = markdown.Link{Text: p.t("withheld")}
				continue
			}
			link := markdown.Link{Href: p.href(target.Address), Text: target.Name}
			if p.e.Convert(h) != nil {
				link.Plain = target.Plain
			}
			r.Wiki[t.Dest] = link
		case markdown.KindPicture:
			pic, err := p.Media.Picture(h.Dir, t.Dest)
			if err != nil {
				continue
			}
			if r.Pictures == nil {
				r.Pictures = map[string]markdown.Picture{}
			}
			v := p.pictureView(pic, "", "", "")
			r.Pictures[t.Dest] = markdown.Picture{Src: v.Src, Srcset: v.Srcset, Sizes: v.Sizes, Width: v.Width, Height: v.Height}
		case markdown.KindLink:
			if href := p.localLink(h, t.Dest); href != "" {
				if r.Links == nil {
					r.Links = map[string]string{}
				}
				r.Links[t.Dest] = href
			}
		}
	}
	return r
}

// localLink resolves a link written as an address or a path: /heroes/zhang-san/,
// ../units/x.md, form.pdf. It returns "" for what leads nowhere.
func (p *planner) localLink(h *content.Head, dest string) string {
	where, fragment, hasFragment := strings.Cut(dest, "#")
	end := ""
	if hasFragment {
		end = "#" + fragment
	}
	if strings.HasSuffix(where, ".md") {
		file := path.Join(h.Dir, where)
		if strings.HasPrefix(where, "/") {
			file = path.Join(content.Root, where)
		}
		word := strings.TrimSuffix(strings.TrimPrefix(file, content.Root+"/"), ".md")
		target, f := p.e.Find(h, strings.TrimSuffix(strings.TrimSuffix(word, "/index"), "/_index"), diag.Pos{})
		if f != nil {
			return ""
		}
		return p.href(target.Address) + end
	}
	if rest, ok := strings.CutPrefix(where, "/"); ok {
		a := rest
		if a != "" && !strings.HasSuffix(a, "/") && path.Ext(a) == "" {
			a += "/"
		}
		// A page that this edition does not have is read in the site's own language.
		for _, q := range append([]*planner{p}, p.editions...) {
			if q.known[q.e.Prefix+a] {
				return p.href(q.in(a)) + end
			}
			if q.known[a] {
				return p.href(site.Address(a)) + end
			}
		}
	}
	if file, err := p.Media.File(h.Dir, where); err == nil {
		return p.chrome.Root + file + end
	}
	return ""
}

// bodyPos turns a place in a text into one in its file.
func bodyPos(h *content.Head, t markdown.Target) diag.Pos {
	return diag.Pos{Line: h.Body.Line - 1 + t.Line, Col: t.Col}
}

// Explain says what is wrong with a reference that rendering asked for and that
// did not resolve.
func Explain(e *site.Edition, m *media.Catalogue, h *content.Head, t markdown.Target) diag.Finding {
	pos := bodyPos(h, t)
	switch t.Kind {
	case markdown.KindWiki:
		if _, f := e.Find(h, t.Dest, pos); f != nil {
			return *f
		}
	case markdown.KindPicture:
		_, err := m.Picture(h.Dir, t.Dest)
		return pictureFinding(h, pos, t.Dest, err)
	case markdown.KindLink:
		if strings.HasSuffix(t.Dest, ".md") {
			word := strings.TrimSuffix(strings.TrimPrefix(path.Join(h.Dir, t.Dest), content.Root+"/"), ".md")
			if target, f := e.Find(h, strings.TrimSuffix(word, "/index"), pos); f != nil && target.Withheld {
				return *f
			}
		}
		var missing *media.NotFoundError
		if _, err := m.File(h.Dir, t.Dest); err != nil && !errors.As(err, &missing) {
			return pictureFinding(h, pos, t.Dest, err)
		}
		near := ""
		if missing != nil {
			near = missing.Near
		}
		if near == "" && strings.HasPrefix(t.Dest, "/") {
			near = e.NearAddress(t.Dest)
		}
		return diag.BrokenLink.At(h.Path, pos, t.Dest, near)
	}
	return diag.BrokenLink.At(h.Path, pos, t.Dest, "")
}

// pictureFinding puts an error about a picture or file into words.
func pictureFinding(h *content.Head, pos diag.Pos, name string, err error) diag.Finding {
	var missing *media.NotFoundError
	var large picture.ErrTooLarge
	var format picture.FormatError
	bad := func(zh, en string) diag.Finding { return diag.BadPicture.At(h.Path, pos, name, zh, en) }
	switch {
	case errors.As(err, &missing):
		return diag.MissingPicture.At(h.Path, pos, name, missing.Near)
	case errors.Is(err, media.ErrOutside):
		return diag.LeadsOutside.At(h.Path, pos, name)
	case errors.Is(err, media.ErrKind):
		return bad("这类文件不发布", "files of this kind are not published")
	case errors.As(err, &large):
		return bad("太大了（最多 8000 万像素、256 MB）", "it is too large (at most 80 megapixels, 256 MB)")
	case errors.As(err, &format):
		seen := format.Seen
		if seen == "" {
			return bad("不是能读的图片格式", "it is no picture of a known format")
		}
		return bad("看起来是 "+seen+"，不是能读的图片格式", "it looks like "+seen)
	}
	return bad("文件已损坏（"+err.Error()+"）", err.Error())
}
