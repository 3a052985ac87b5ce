// Package project loads a site's folder: settings, records, ledger and theme, joined into
// the model of a day and planned as pages. A [Project] is what all that follows is made
// of, for those who build it (package generate), show it while it is written (live), look
// it over (advice) or cut its plaques (plaques).
//
//	content.Scan → [Look] (unchanged?) → content.Load, theme.Load → site.Resolve → pages.Plan
//
// A Project does not change. What is wrong with it goes to a list beside it, since it is
// whole even where that are errors: one run tells all of them.
package project

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"mingdeng/internal/collect"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/render"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
)

// ErrFindings says that the content has errors: the findings beside it tell them.
var ErrFindings = errors.New("the content has errors")

// Source is where a project is loaded from, and who is told what is wrong.
type Source struct {
	Files  fs.FS // the site's folder, for package media alone
	Texts  fs.FS // its texts and its themes
	Memory content.Memory
	Loader *content.Loader
	Bundle Bundle     // loaded before, to be used again where it fits
	Found  *diag.List // gets what is wrong
	// Private shows also what nobody may read: see [site.Options]. Package live alone sets it.
	Private bool
	// Tell gets what is found while a file is made; nil is Found.
	Tell func(file string, found []diag.Finding)
}

// Project is a loaded site.
type Project struct {
	Options
	Bundle
	Texts   fs.FS // the site's texts and themes
	Content *content.Content
	Ledger  *ledger.Ledger // nil where no code was ever issued
	Model   *site.Model
	Media   *media.Catalogue
	Plans   []pages.Planned // by edition, as are Inputs and Renders; none where the theme is broken
	Inputs  []pages.Inputs
	Renders []*render.Renderer
	Cards   []pages.Card // of all editions, as are Drawn
	Drawn   []pages.Keepsake
	Count   int // of pages
}

// Load reads everything and plans the pages. It goes as far as it can, so that one run
// tells all findings.
func Load(o Options, from Source, tree *content.Tree) *Project {
	p := &Project{Options: o, Bundle: from.Bundle, Texts: from.Texts}
	tell := from.Tell
	if tell == nil {
		tell = func(_ string, found []diag.Finding) { from.Found.Add(found...) }
	}
	say := tell
	tell = func(file string, found []diag.Finding) { say(file, own(found)) }
	var found, faults, ledgers []diag.Finding
	// The theme needs nothing of the content but its settings, so both are read side by side.
	settings := content.ReadSite(from.Texts, tree)
	rescue.Each(2, func(i int) {
		if i == 0 {
			p.Content, found = from.Loader.Load(from.Texts, tree)
			return
		}
		if !p.fits(settings) {
			p.Bundle, faults = loadBundle(from.Texts, o.Themes, settings)
		}
		p.Ledger, ledgers = ReadLedger(from.Texts)
	})
	if !sameTheme(settings, p.Content.Site) { // it was saved in between
		p.Bundle, faults = loadBundle(from.Texts, o.Themes, p.Content.Site)
	}
	from.Found.Add(slices.DeleteFunc(found, func(f diag.Finding) bool { return theirs(f) && f.Code.Severity != diag.Error })...)
	base := p.Content.Site.BaseURL
	if o.BaseURL != "" {
		given, zh, en := content.ParseBaseURL(o.BaseURL)
		if zh != "" {
			from.Found.Add(diag.BadURL.At("--base-url", diag.Pos{}, o.BaseURL, zh, en))
		}
		base = given
	}
	from.Found.Add(faults...)
	from.Found.Add(ledgers...)
	p.Model, found = site.Resolve(p.Content, site.Options{
		Today: o.Today, Drafts: o.Drafts, Private: from.Private, StandIn: p.StandIn, Ledger: p.Ledger, KnownCodes: RecallCodes(from.Memory),
	})
	from.Found.Add(own(found)...)
	p.Media = media.New(from.Files, p.Content.Files, from.Memory)
	if p.Theme == nil {
		return p
	}
	md := markdown.New()
	var ins []pages.Inputs
	for _, e := range p.Model.Editions {
		look := p.Theme.Edition(string(e.Tag))
		if look == nil {
			from.Found.Add(diag.ThemeMissing.At(p.Content.Site.Path, p.Content.Site.Places.At("theme"), string(e.Tag), "zh-Hans"))
			continue
		}
		var recent *render.Recent
		if p.Content.Site.Searched() {
			recent = &render.Recent{}
		}
		ins = append(ins, pages.Inputs{
			Edition: e, Words: look, Media: p.Media, Base: base,
			Icon: p.Theme.Href("icon.svg"), IconSVG: p.Theme.Bytes("icon.svg"), Palette: p.Palette, Text: plainText(from, e, recent),
			Transcript: func(of *content.Head, path string) (content.Transcript, []diag.Finding) {
				return content.ReadTranscript(from.Texts, of, path)
			},
		})
		p.Renders = append(p.Renders, &render.Renderer{
			Look: look, Markdown: md, FS: from.Texts, Edition: e, Media: p.Media, Tell: tell, Recent: recent,
		})
	}
	p.Inputs, p.Plans = ins, pages.Plan(ins...)
	for _, plan := range p.Plans {
		from.Found.Add(own(plan.Findings)...)
		p.Cards = append(p.Cards, plan.Cards...)
		p.Drawn = append(p.Drawn, plan.Drawn...)
		p.Count += len(plan.Pages)
	}
	return p
}

// own leaves out what is said of records that were collected from members: their own editors
// were told, and nobody here can mend it. What does not resolve in one is left out or shows as
// its words; what cannot be read at all is told by content.Load, and collect refuses it.
func own(found []diag.Finding) []diag.Finding {
	if !slices.ContainsFunc(found, theirs) {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), theirs)
}

func theirs(f diag.Finding) bool { return content.OfMember(f.Path) }

// plainText reads a record's text for the search of an edition.
func plainText(from Source, e *site.Edition, recent *render.Recent) func(*content.Head, markdown.Refs) (string, error) {
	return func(h *content.Head, refs markdown.Refs) (string, error) {
		text, ok := "", false
		if recent != nil {
			text, ok = recent.Take(h)
		}
		if !ok {
			body, changed := content.ReadBody(from.Texts, h)
			if changed != nil {
				from.Found.Add(*changed)
				return "", render.ErrContent
			}
			text = refs.Text(body)
		}
		if convert := e.Convert(h); convert != nil {
			text = convert.Text(text)
		}
		return text, nil
	}
}

// StandIn are the theme's words for a person who must not be named.
func (p *Project) StandIn(tag content.Language) string {
	if p.Theme == nil || p.Theme.Edition(string(tag)) == nil {
		return ""
	}
	return p.Theme.Edition(string(tag)).T("withheld")
}

// Open loads a site for a command that does not build it. Without a site, and where its
// folder cannot be opened, the Project is nil; the list tells why with [ErrFindings]. The
// root is the caller's to close.
func Open(o Options) (*Project, *diag.List, *os.Root, error) {
	found := &diag.List{}
	root, err := OpenRoot(o.Root)
	if err != nil {
		found.Add(NoSite())
		return nil, found, nil, ErrFindings
	}
	texts := content.Texts(root.FS())
	tree, faults := content.Scan(texts)
	if len(tree.Files) == 0 {
		root.Close()
		found.Add(NoSite())
		return nil, found, nil, ErrFindings
	}
	found.Add(faults...)
	return Load(o, Source{Files: root.FS(), Texts: texts, Memory: NoMemory{}, Loader: new(content.Loader), Found: found}, tree), found, root, nil
}

// OpenRoot opens the site's folder; every access to content and themes goes through it, so
// that no link leads outside.
func OpenRoot(dir string) (*os.Root, error) {
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	if err := collect.Recover(root); err != nil { // a member's folder, half replaced when a run was killed
		root.Close()
		return nil, err
	}
	return root, nil
}

// NoSite is what is told of a folder that is no site's.
func NoSite() diag.Finding { return diag.NoSite.At(content.Root+"/site.yaml", diag.Pos{}) }

// NoMemory is a [content.Memory] that keeps nothing.
type NoMemory struct{}

// Recall knows nothing.
func (NoMemory) Recall(fingerprint.Fingerprint) ([]byte, bool) { return nil, false }

// Remember forgets at once.
func (NoMemory) Remember(fingerprint.Fingerprint, []byte) {}

// Forget has nothing to forget.
func (NoMemory) Forget(fingerprint.Fingerprint) {}

// Resolved is a site as it is on a day, for a command that makes something else of it than
// pages: what it shows, and all its records.
func Resolved(o Options) (*site.Model, *content.Content, []diag.Finding, error) {
	p, found, root, err := Open(o)
	if err != nil {
		return nil, nil, found.Sorted(), err
	}
	defer root.Close()
	if found.Errors() > 0 {
		return nil, nil, found.Sorted(), ErrFindings
	}
	return p.Model, p.Content, found.Sorted(), nil
}
