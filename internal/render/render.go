// Package render turns a planned page into an output: the fingerprint of its view
// and of the look it is shown in, and the function that makes its bytes.
//
// Making the bytes is two steps: the view's texts are read and rendered from
// Markdown, then its template is executed. Both use the view alone.
package render

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
	"mingdeng/internal/typography"
)

// Renderer makes the pages of one edition. It is safe for concurrent use.
type Renderer struct {
	Look     *theme.Edition
	Markdown *markdown.Renderer
	FS       fs.FS // the site's root
	Edition  *site.Edition
	Media    *media.Catalogue
	// Tell is told what was found out while a file was made, each time one is made, also
	// where nothing was.
	Tell func(file string, found []diag.Finding)
	// Recent, if not nil, is given the plain text of each record whose page is made.
	Recent *Recent
	// Reads, if not nil, is told which texts a page shows, whenever that is asked.
	Reads func(file string, texts []*pages.Prose)
}

// buffers hold a text between its Markdown and its page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// ErrContent says that a page was not made because of findings, which were told.
var ErrContent = errors.New("the content has errors")

// Output plans the file of a page.
func (r *Renderer) Output(p pages.Page) output.Output {
	return output.Output{Path: p.Address.File(), Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
		view := p.View()
		if r.Reads != nil {
			r.Reads(p.Address.File(), view.Texts())
		}
		look := r.Look.Digest(p.Template)
		print := fingerprint.Of(view)
		print = fingerprint.Sum(print[:], look[:])
		return print, func(w *bytes.Buffer) error {
			return r.told(p.Address.File(), func(found *diag.List) error { return r.page(w, p.Template, view, found) })
		}, nil
	}}
}

// told makes a file and tells what was found out meanwhile.
func (r *Renderer) told(file string, make func(*diag.List) error) error {
	var found diag.List
	err := make(&found)
	r.Tell(file, found.Sorted())
	return err
}

func (r *Renderer) page(w *bytes.Buffer, name string, view pages.View, found *diag.List) error {
	for _, text := range view.Texts() {
		if err := r.prose(text, true, found); err != nil {
			return err
		}
	}
	if err := view.Finish(); err != nil {
		return err
	}
	if !strings.HasPrefix(string(r.Edition.Tag), "zh") {
		return r.Look.Execute(w, name, view)
	}
	page := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(page)
	page.Reset()
	if err := r.Look.Execute(page, name, view); err != nil {
		return err
	}
	w.Grow(page.Len() + 256)
	set := typography.Append(w.AvailableBuffer(), page.Bytes())
	if aloud, ok := view.(spoken); ok {
		set = annotate(set, aloud.Spoken())
	}
	w.Write(set)
	return nil
}

// Prose renders a text; what is wrong with it goes to found. The error is [ErrContent].
func (r *Renderer) Prose(p *pages.Prose, found *diag.List) error {
	return r.prose(p, false, found)
}

// prose renders a text, for a page with links to its pictures.
func (r *Renderer) prose(p *pages.Prose, page bool, found *diag.List) error {
	if p.Empty() {
		return nil
	}
	html := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(html)
	html.Reset()
	o := r.options(p)
	o.Enlarge = page
	var plain string
	own := page && p.Prefix == "" // the record's own page, whose links are those the search sees
	if own && r.Recent != nil {
		o.Plain = &plain
	}
	info, err := r.html(html, p, o, found)
	if err != nil {
		return err
	}
	if o.Plain != nil {
		r.Recent.put(p.Head, plain)
	}
	p.HTML = template.HTML(html.String())
	p.Headings = info.Headings
	if p.Count = p.Head.Body.Count; p.Count > 0 {
		p.Minutes = han.ReadingMinutes(p.Count)
	}
	return r.judge(p.Head, p.Prefix, info, found)
}

// html reads a text and renders it.
func (r *Renderer) html(w *bytes.Buffer, p *pages.Prose, o markdown.Options, found *diag.List) (markdown.Info, error) {
	body, changed := content.ReadBody(r.FS, p.Head)
	if changed != nil {
		found.Add(*changed)
		return markdown.Info{}, ErrContent
	}
	w.Grow(len(body) + len(body)/2)
	info, err := r.Markdown.Render(w, body, o)
	if err != nil {
		found.Add(diag.TextTooDeep.At(p.Head.Path, diag.Pos{Line: p.Head.Body.Line, Col: 1}, err))
		return info, ErrContent
	}
	return info, nil
}

func (r *Renderer) options(p *pages.Prose) markdown.Options {
	t := r.Look.T
	o := markdown.Options{
		Refs: p.Refs, Lang: string(r.Edition.Tag), IDPrefix: p.Prefix, HeadingShift: p.Shift,
		ReservedIDs: []string{"main", "top", "results", "count"},
		Words: markdown.Words{
			Footnotes: t("text.footnotes"), Footnote: t("text.footnote"), Back: t("text.back"), Done: t("text.done"), Todo: t("text.todo"),
		},
	}
	if p.Convert != nil {
		o.Convert = p.Convert.Bytes
	}
	return o
}

// judge reports what rendering found out about a text.
func (r *Renderer) judge(h *content.Head, prefix string, info markdown.Info, found *diag.List) error {
	at := func(t markdown.Target) diag.Pos { return diag.Pos{Line: h.Body.Line - 1 + t.Line, Col: t.Col} }
	failed := false
	for _, list := range [][]markdown.Target{info.Missing, info.Unlinked} {
		for _, t := range list {
			if f := pages.Explain(r.Edition, r.Media, h, t); f != nil {
				failed = failed || f.Code.Severity == diag.Error
				found.Add(*f)
			}
		}
	}
	for _, t := range info.Dropped {
		if onDisk(t.Dest) {
			failed = true
			found.Add(diag.LeadsOutside.At(h.Path, at(t), t.Dest))
			continue
		}
		if f := pages.ForeignPicture(h, t); f != nil {
			failed = true
			found.Add(*f)
			continue
		}
		found.Add(diag.UnsafeLink.At(h.Path, at(t), t.Dest))
	}
	for _, t := range info.AltMissing {
		line := diag.Pos{Line: at(t).Line, Col: 1}
		found.Add(diag.MissingAlt.At(h.Path, at(t), t.Dest).ReplaceAt(line, "![]("+t.Dest, "![…]("+t.Dest))
	}
	for _, t := range info.Fragments {
		id := t.Dest[1:]
		if !slices.Contains(info.IDs, prefix+id) && id != "top" && id != "main" && id != "" {
			written := make([]string, len(info.IDs)) // as the author knows them, on every page that shows the text
			for i, known := range info.IDs {
				written[i] = strings.TrimPrefix(known, prefix)
			}
			found.Add(diag.BrokenFragment.At(h.Path, at(t), id, han.Nearest(id, written)))
		}
	}
	for _, l := range info.Lost {
		pos := diag.Pos{Line: h.Body.Line - 1 + l.Line, Col: l.Col}
		if why, ok := leftovers[l.Loss]; ok {
			found.Add(leftover(h.Path, pos, l, why))
			continue
		}
		found.Add(losses[l.Loss].At(h.Path, pos, l.Text).Replace(l.Old, l.New))
	}
	if failed {
		return ErrContent
	}
	return nil
}

// losses are the findings of words that are not shown.
var losses = map[markdown.Loss]*diag.Code{
	markdown.LostCells: diag.CellsLost, markdown.LostNote: diag.NoteUnused, markdown.LostNoteAgain: diag.NoteTwice,
	markdown.LostDefinition: diag.DefinitionUnused, markdown.LostDefinitionAgain: diag.DefinitionTwice,
	markdown.LostInfo: diag.CodeWords, markdown.NoteMissing: diag.NoteMissing, markdown.NoteColon: diag.NoteColon,
}

// onDisk tells a path on the editor's own computer: D:\照片\a.jpg, file:///…
func onDisk(dest string) bool {
	return len(dest) > 2 && dest[1] == ':' && (dest[2] == '\\' || dest[2] == '/') || strings.HasPrefix(strings.ToLower(dest), "file:")
}

// Check renders the text of a record that no page may be made for, for its
// findings alone.
func (r *Renderer) Check(h *content.Head, refs markdown.Refs, found *diag.List) {
	p := pages.Prose{Head: h, Refs: refs}
	_ = r.Prose(&p, found) // the findings say all
}
