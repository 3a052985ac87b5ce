// Package gather takes what a site shows on a day as the files of a bundle, for a city's or a
// province's site to show as well.
//
// Taken are the site's own published records of the kinds of [content.Collected], in its own
// language, and the pictures they show, as the site publishes them (package media): without
// camera data. A record is written from the resolved model, never copied: who is not
// published is behind no pointer there, and so in no list of a bundle; a link of a text to
// somebody withheld becomes the words that the site shows in its place. The guard of package
// privacy looks through every file.
//
// Links to what is not taken (pages, files, honours) lead to this site. Not taken are
// recordings, films that are files, drafts, files of other editions, old addresses, plaques, free data, and what
// was itself collected from others.
package gather

import (
	"errors"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/bundle"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/pages"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// Result counts what a bundle holds.
type Result struct {
	Records, Pictures int
}

// ErrFindings says that the bundle was not written: the list tells why.
var ErrFindings = errors.New("gather: what the site shows cannot be given away as it is")

// Write writes the bundle of a project that has no errors. Only an error of [ErrFindings]
// has its reasons in found; what was written to w then is no bundle.
func Write(w io.Writer, p *project.Project, found *diag.List) (Result, error) {
	c := p.Model.Config
	m := bundle.Manifest{Title: c.Title, Address: p.Inputs[0].Base, Day: p.Today.String()}
	if c.Organisation != nil {
		m.Organisation = c.Organisation.Name
	}
	g := &gathering{p: p, e: p.Model.Editions[0], base: p.Inputs[0].Base, at: map[*content.Head]site.Address{}, out: bundle.NewWriter(w, m), guard: privacy.New(p.Model), found: found}
	g.e.Each(func(h *content.Head, a site.Address) { g.at[h] = a })
	if err := g.records(); err != nil {
		return Result{}, err
	}
	if found.Errors() > 0 {
		return Result{}, ErrFindings
	}
	return g.Result, g.out.Close()
}

type gathering struct {
	Result
	p     *project.Project
	e     *site.Edition
	base  content.BaseURL
	at    map[*content.Head]site.Address
	out   *bundle.Writer
	guard *privacy.Guard
	found *diag.List
}

func (g *gathering) records() error {
	e := g.e
	for _, h := range e.Heroes {
		if err := g.hero(h); err != nil {
			return err
		}
	}
	for _, b := range e.Briefs {
		x := *b.Brief
		x.Heroes, x.Venues, x.Units = refs(b.Heroes), refs(b.Venues), refs(b.Units)
		if err := g.add(&x, &b.Head, "briefs", b.Parent, b.Slug); err != nil {
			return err
		}
	}
	for _, b := range e.Books {
		x := *b.Book
		if err := g.add(&x, &b.Head, "anthology", b.Slug); err != nil {
			return err
		}
		for _, c := range b.Chapters {
			x := *c.Chapter
			x.Heroes, x.Order = refs(c.Heroes), c.Place
			if err := g.add(&x, &c.Head, "anthology", b.Slug, c.Slug); err != nil {
				return err
			}
		}
	}
	for _, v := range e.Venues {
		if err := g.venue(v); err != nil {
			return err
		}
	}
	for _, u := range e.Units {
		x := *u.Unit
		if err := g.add(&x, &u.Head, "units", u.Slug); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) hero(h *site.Hero) error {
	x := *h.Hero
	x.Portrait, x.Members, x.Honors = h.Portrait, nil, nil
	for _, m := range h.Members {
		ref := content.Ref{Slug: m.Name}
		if m.Hero != nil {
			ref.Slug = m.Hero.Slug
		}
		x.Members = append(x.Members, ref)
	}
	for _, held := range h.Held { // an honour by its title: see content.Collected
		x.Honors = append(x.Honors, content.HonorHeld{Title: held.Title, Session: held.Session, Level: held.Level, Year: held.Year, By: held.By})
	}
	return g.add(&x, &h.Head, "heroes", h.Slug)
}

func (g *gathering) venue(v *site.Venue) error {
	x := *v.Venue
	x.Plaque, x.Route = nil, nil
	for _, s := range v.Exhibits[:v.Walk] {
		x.Route = append(x.Route, content.Ref{Slug: s.Slug})
	}
	if err := g.add(&x, &v.Head, "venues", v.Slug); err != nil {
		return err
	}
	for _, s := range v.Exhibits {
		x := *s.Exhibit
		x.Plaque, x.Heroes, x.Chapters = nil, refs(s.Heroes), nil
		for _, c := range s.Chapters {
			if c.Member == "" {
				x.Chapters = append(x.Chapters, content.Ref{Slug: c.Book.Slug + "/" + c.Slug})
			}
		}
		if err := g.add(&x, &s.Head, "venues", v.Slug, s.Slug); err != nil {
			return err
		}
	}
	return nil
}

// refs names the records of a list that are the site's own.
func refs[R content.Record](list []R) []content.Ref {
	var out []content.Ref
	for _, r := range list {
		if h := r.Base(); h.Member == "" {
			out = append(out, content.Ref{Slug: h.Slug})
		}
	}
	return out
}

// add puts a record into the bundle: r is its copy, from the head it was read with.
func (g *gathering) add(r content.Record, from *content.Head, at ...string) error {
	if from.Member != "" {
		return nil
	}
	dir := path.Join(at...)
	h := r.Base()
	h.Slug, h.Aliases, h.Params, h.Draft = "", nil, nil, false
	content.DropRecordings(r)
	pics := map[string][]byte{}
	for _, f := range content.Pictures(r) { // those that cannot be used lose their names
		f.Path = g.picture(from, f.Path, pics)
	}
	content.DropPictures(r)
	body, changed := content.ReadBody(g.p.Texts, from)
	if changed != nil {
		g.found.Add(*changed)
		return nil
	}
	text := g.text(from, body, pics)
	name := "index.md"
	if h.Kind.Info().Index {
		name = "_index.md"
	}
	if err := g.put(from, path.Join(dir, name), content.Encode(r, text)); err != nil {
		return err
	}
	g.Records++
	names := make([]string, 0, len(pics))
	for n := range pics {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if err := g.put(from, path.Join(dir, n), pics[n]); err != nil {
			return err
		}
		g.Pictures++
	}
	return nil
}

func (g *gathering) put(of *content.Head, name string, b []byte) error {
	for _, x := range [][]byte{b, []byte(name)} {
		var leak *privacy.LeakError
		if err := g.guard.Inspect(name, x); errors.As(err, &leak) {
			g.found.Add(diag.Leak.At(of.Path, diag.Pos{}, name, leak.Record, ""))
			return nil
		} else if err != nil {
			return err
		}
	}
	return g.out.Add(name, b)
}

// picture puts a picture as the site publishes it, in its widest form, beside a record and
// returns its name there; "" where there is none, which the build tells.
func (g *gathering) picture(h *content.Head, name string, pics map[string][]byte) string {
	if name == "" {
		return ""
	}
	pic, err := g.p.Media.Picture(h.Dir, name)
	if err != nil || len(pic.Sources) == 0 {
		return ""
	}
	at := pic.Sources[len(pic.Sources)-1].Path
	b, err := g.p.Media.Published(at)
	if err != nil {
		g.found.Add(pages.BadPicture(h.Path, diag.Pos{}, name, err))
		return ""
	}
	own := strings.ReplaceAll(path.Base(at), "--", "-")
	pics[own] = b
	return own
}

// text is a record's text with its references as they hold elsewhere.
func (g *gathering) text(h *content.Head, body []byte, pics map[string][]byte) []byte {
	type change struct {
		from, to int
		with     string
	}
	var changes []change
	lines := starts(body)
	for _, t := range h.Body.Targets {
		at := offset(body, lines, t.Line, t.Col)
		if at < 0 {
			continue
		}
		switch t.Kind {
		case markdown.KindWiki:
			open, end := at, strings.Index(string(body[at:min(len(body), at+1000)]), "]]")
			for open > 0 && body[open-1] != '[' {
				open--
			}
			if open < 2 || end < 0 {
				continue
			}
			target, f := g.e.Find(h, t.Dest, diag.Pos{})
			if f != nil && target.Absent.Reason == 0 {
				continue
			}
			_, words, has := strings.Cut(string(body[at:at+end]), "|")
			if !has {
				words = target.Name
			}
			changes = append(changes, change{open - 2, at + end + 2, g.link(target, words)})
		case markdown.KindPicture:
			end := destEnd(body, at)
			if name := g.picture(h, t.Dest, pics); name != "" && end > at {
				changes = append(changes, change{at, end, name})
			}
		case markdown.KindLink:
			end := destEnd(body, at)
			if end <= at {
				continue
			}
			if target, _, ok := g.e.FindLink(h, t.Dest, diag.Pos{}); ok {
				if open := opening(body, at); open >= 0 && (target.Absent.Reason != 0) {
					words := string(body[open+1 : at-2])
					if body[at-1] == '<' {
						words = string(body[open+1 : at-3])
					}
					if target.Person {
						words = g.p.StandIn(g.e.Tag)
					}
					if close := strings.IndexByte(string(body[end:]), ')'); close >= 0 {
						changes = append(changes, change{open, end + close + 1, words})
						continue
					}
				}
				changes = append(changes, change{at, end, g.here(target.Address)})
				continue
			}
			to := g.here("")
			if rest, ok := strings.CutPrefix(t.Dest, "/"); ok {
				to += (&url.URL{Path: rest}).EscapedPath()
			} else { // a file beside the record
				to = g.here(g.at[h])
			}
			changes = append(changes, change{at, end, to})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.from - b.from })
	var out []byte
	last := 0
	for _, c := range changes {
		if c.from < last { // a place listed as link and as picture
			continue
		}
		out = append(append(out, body[last:c.from]...), c.with...)
		last = c.to
	}
	return append(out, body[last:]...)
}

// here is an address on this site, whole.
func (g *gathering) here(a site.Address) string { return string(g.base) + string(a) }

// link is a reference of a text to a record as it is written in a bundle.
func (g *gathering) link(t site.Target, words string) string {
	switch {
	case t.Person:
		return g.p.StandIn(g.e.Tag)
	case t.Absent.Reason != 0:
		return words
	}
	at, fragment, _ := strings.Cut(strings.TrimSuffix(string(t.Address), "/"), "#")
	top, _, _ := strings.Cut(at, "/")
	taken := slices.ContainsFunc(content.Collected, func(k content.Kind) bool { return k.Info().Path == top })
	if at == "units/" || at == "units" {
		at = "units/" + fragment
		fragment = ""
	}
	if !taken {
		return "[" + words + "](<" + g.here(t.Address) + ">)"
	}
	if fragment != "" {
		at += "#" + fragment
	}
	return "[[" + strings.ReplaceAll(at, "/#", "#") + "|" + words + "]]"
}

// starts are where the lines of a text begin.
func starts(b []byte) []int {
	out := []int{0}
	for i, c := range b {
		if c == '\n' {
			out = append(out, i+1)
		}
	}
	return out
}

// offset is the byte at a line and column, both from 1; -1 where there is none.
func offset(b []byte, lines []int, line, col int) int {
	if line < 1 || line > len(lines) {
		return -1
	}
	at := lines[line-1]
	n := 1
	for i := range string(b[at:]) {
		if n == col {
			return at + i
		}
		n++
	}
	return -1
}

// destEnd is where the destination of a link that starts at a byte ends (CommonMark 0.31
// §6.3).
func destEnd(b []byte, at int) int {
	if at > 0 && b[at-1] == '<' {
		for i := at; i < len(b) && b[i] != '\n'; i++ {
			if b[i] == '>' && b[i-1] != '\\' {
				return i
			}
		}
		return at
	}
	depth := 0
	for i := at; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\':
			i++
		case c <= ' ':
			return i
		case c == '(':
			depth++
		case c == ')':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return len(b)
}

// opening is the "[" of the words of an inline link whose destination starts at a byte; -1
// where it is none.
func opening(b []byte, at int) int {
	i := at - 1
	if i >= 0 && b[i] == '<' {
		i--
	}
	if i < 1 || b[i] != '(' || b[i-1] != ']' {
		return -1
	}
	depth := 0
	for i -= 1; i >= 0; i-- {
		switch b[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
