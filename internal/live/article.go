package live

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"path"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/pages"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// Article is the text of one published record, to be taken elsewhere.
type Article struct {
	Title string
	By    string // who wrote it, and when
	Slug  string
	HTML  string // its text and its gallery, as on its page
	Base  content.BaseURL
}

// Errors of [Site.Article].
var (
	// ErrNoRecord says that a file is no record of the site.
	ErrNoRecord = errors.New("no such record")
	// ErrUnpublished says that a record is not published: a draft, not yet due, or
	// without consent.
	ErrUnpublished = errors.New("the record is not published")
)

// Article returns the text of the record whose file is at path, relative to the site's
// root. Errors are [ErrNoRecord], [ErrUnpublished] and [project.ErrFindings].
func (l *Site) Article(path string) (Article, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	s := l.now
	if s.Theme == nil || s.Content.Site.Title == "" {
		return Article{}, project.ErrFindings
	}
	var head *content.Head
	for i, e := range s.Model.Editions {
		e.Each(func(h *content.Head, _ site.Address) {
			if h.Path == path && head == nil {
				head = h
			}
		})
		if head == nil {
			continue
		}
		text := pages.Prose{Head: head, Refs: s.Plans[i].Refs[head], Convert: e.Convert(head)}
		if err := s.Renders[i].Prose(&text, s.found); err != nil {
			return Article{}, project.ErrFindings
		}
		a := Article{Title: site.Title(e.Record(head)), Slug: head.Slug, HTML: string(text.HTML), Base: s.Inputs[i].Base}
		switch r := e.Record(head).(type) {
		case *site.Brief:
			a.By = strings.Join(append(r.Byline, r.Date.Chinese()), "　")
			for _, g := range r.Gallery {
				if pic, err := s.Media.Picture(head.Dir, g.Src.Path); err == nil {
					a.HTML += fmt.Sprintf(`<figure><img src="%s" alt="%s"><figcaption>%s</figcaption></figure>`,
						html.EscapeString(a.Base.Path()+pic.Src), html.EscapeString(g.Alt), html.EscapeString(g.Caption))
				}
			}
		case *site.Hero:
			a.By = r.Line
		case *site.Chapter:
			a.By = strings.Join(r.Authors, "、")
		case *site.Exhibit:
			a.By = r.Venue.Name
		}
		return a, nil
	}
	err := ErrNoRecord
	s.Content.All(func(r content.Record) {
		if r.Base().Path == path {
			err = ErrUnpublished
		}
	})
	if err == ErrUnpublished && s.found.Errors() > 0 {
		err = project.ErrFindings
	}
	return Article{}, err
}

// Original makes the file behind an address of an [Article]'s text.
func (l *Site) Original(ctx context.Context, a Article, href string) (name string, b []byte, err error) {
	name, ok := strings.CutPrefix(href, a.Base.Path())
	if !ok {
		return "", nil, ErrNoFile
	}
	b, err = l.Make(ctx, name)
	return path.Base(name), b, err
}

// Colour is a colour of the site's theme by its name in the style sheets, or otherwise
// where it has none of that name.
func (l *Site) Colour(name, otherwise string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.now.Theme == nil {
		return otherwise
	}
	return cmp.Or(l.now.Theme.Colour(name), otherwise)
}
