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
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
)

// Renderer makes the pages of one edition. It is safe for concurrent use.
type Renderer struct {
	Look     *theme.Edition
	Markdown *markdown.Renderer
	FS       fs.FS // the site's root
	Edition  *site.Edition
	Media    *media.Catalogue
	Findings *diag.List // what texts get wrong
	// Reads, if not nil, is told which texts a page shows, whenever that is asked.
	Reads func(file string, texts []*pages.Prose)
}

// buffers hold a text between its Markdown and its page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// ErrContent says that a page was not made because of findings, which are on the
// Renderer's list.
var ErrContent = errors.New("the content has errors")

// Output plans the file of a page.
func (r *Renderer) Output(p pages.Page) output.Output {
	return output.Output{Path: p.Address.File(), Prepare: func() (output.Fingerprint, func(*bytes.Buffer) error, error) {
		view := p.View()
		if r.Reads != nil {
			r.Reads(p.Address.File(), view.Texts())
		}
		look := r.Look.Digest(p.Template)
		print := output.Of(view)
		print = output.Sum(print[:], look[:])
		return print, func(w *bytes.Buffer) error { return r.page(w, p.Template, view) }, nil
	}}
}

func (r *Renderer) page(w *bytes.Buffer, name string, view pages.View) error {
	for _, text := range view.Texts() {
		if err := r.Prose(text); err != nil {
			return err
		}
	}
	if err := view.Finish(); err != nil {
		return err
	}
	return r.Look.Execute(w, name, view)
}

// Prose renders a text; what is wrong with it goes to Findings. The error is [ErrContent].
func (r *Renderer) Prose(p *pages.Prose) error {
	if p.Empty() {
		return nil
	}
	html := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(html)
	html.Reset()
	info, err := r.html(html, p, r.options(p))
	if err != nil {
		return err
	}
	p.HTML = template.HTML(html.String())
	p.Headings = info.Headings
	if p.Count = p.Head.Body.Count; p.Count > 0 {
		p.Minutes = han.ReadingMinutes(p.Count)
	}
	return r.judge(p.Head, p.Prefix, info)
}

// html reads a text and renders it.
func (r *Renderer) html(w *bytes.Buffer, p *pages.Prose, o markdown.Options) (markdown.Info, error) {
	body, changed := content.ReadBody(r.FS, p.Head)
	if changed != nil {
		r.Findings.Add(*changed)
		return markdown.Info{}, ErrContent
	}
	w.Grow(len(body) + len(body)/2)
	info, err := r.Markdown.Render(w, body, o)
	if err != nil {
		r.Findings.Add(diag.TextTooDeep.At(p.Head.Path, diag.Pos{Line: p.Head.Body.Line, Col: 1}, err))
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
func (r *Renderer) judge(h *content.Head, prefix string, info markdown.Info) error {
	at := func(t markdown.Target) diag.Pos { return diag.Pos{Line: h.Body.Line - 1 + t.Line, Col: t.Col} }
	failed := false
	for _, t := range info.Missing {
		f := pages.Explain(r.Edition, r.Media, h, t)
		failed = failed || f.Code.Severity == diag.Error
		r.Findings.Add(f)
	}
	for _, t := range info.Dropped {
		if onDisk(t.Dest) {
			failed = true
			r.Findings.Add(diag.LeadsOutside.At(h.Path, at(t), t.Dest))
			continue
		}
		r.Findings.Add(diag.UnsafeLink.At(h.Path, at(t), t.Dest))
	}
	for _, t := range info.AltMissing {
		line := diag.Pos{Line: at(t).Line, Col: 1}
		r.Findings.Add(diag.MissingAlt.At(h.Path, at(t), t.Dest).ReplaceAt(line, "![]("+t.Dest, "![…]("+t.Dest))
	}
	for _, t := range info.Fragments {
		id := t.Dest[1:]
		if !contains(info.IDs, prefix+id) && id != "top" && id != "main" && id != "" {
			r.Findings.Add(diag.BrokenFragment.At(h.Path, at(t), id, han.Nearest(id, info.IDs)))
		}
	}
	for _, l := range info.Lost {
		pos := diag.Pos{Line: h.Body.Line - 1 + l.Line, Col: l.Col}
		r.Findings.Add(losses[l.Loss].At(h.Path, pos, l.Text).Replace(l.Old, l.New))
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

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Check renders the text of a record that no page may be made for, for its
// findings alone.
func (r *Renderer) Check(h *content.Head, refs markdown.Refs) {
	p := pages.Prose{Head: h, Refs: refs}
	_ = r.Prose(&p) // the findings say all
}
