// Package build puts the stages together: it is the one place where a folder of
// content becomes a folder of pages.
//
//	content.Scan → unchanged? → content.Load, theme.Load → site.Resolve
//	  → pages.Plan, feeds.Plan, media → writer.Folder.Build
//
// [Run] builds; [Check] does all that a build does up to the writing, and more.
// Both return every finding of every stage. Where findings are errors nothing in
// the output folder has changed.
package build

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/feeds"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/privacy"
	"mingdeng/internal/render"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
	"mingdeng/internal/writer"
)

// Options say what to build and how.
type Options struct {
	Root    string    // the site's folder
	Out     string    // the output folder, relative to Root unless absolute
	BaseURL string    // overrides site.yaml's, if not empty
	Drafts  bool      // also drafts and what is not yet due
	Today   date.Date // the day it is
	Program fingerprint.Fingerprint
	// Since limits the sheets, lists and checklists of plaques to codes issued on that day
	// or later; the zero Date means all. StartAt is the place on the first sheet, from 1,
	// where a sheet that is partly used begins.
	Since   date.Date
	StartAt int
	// Sums asks for Result.Sums, for which every file is read.
	Sums bool
	// Wait is how long to wait for another build of the same folder.
	Wait time.Duration
	// Scanned, if not nil, is told how many files the content has, before they are read.
	Scanned func(files int)
	// Progress, if not nil, is told how many files of how many are done.
	Progress func(done, total int)
	// Begin, if not nil, is called before the first file of the output changes.
	Begin func()
	// Themes holds the themes built into the program.
	Themes fs.FS
}

// Result says what a run did.
type Result struct {
	Findings []diag.Finding
	Pages    int // HTML pages of the site
	Stats    writer.Stats
	// Quick tells that nothing had changed since the last build, so that nothing was read:
	// Findings are those of that build.
	Quick bool
	// Sums is the SHA-256 of the list of all files' SHA-256s, in hexadecimal, as
	// `sha256sum` over the sorted files would give; "" unless it was asked for.
	Sums string
	// Version of the codes' symbols, and how many characters their host may grow before
	// the next; 0 where there are no codes, or where the build was Quick.
	Version, Room int
}

// ErrFindings says that the content has errors: Result.Findings tells them.
var ErrFindings = errors.New("the content has errors")

// ErrOutput says that the output folder would mix with what the site is made from.
var ErrOutput = errors.New("the output folder lies among the site's own files")

// within tells whether out is the site's folder itself, or lies in its content or themes,
// or is a whole disk.
func within(root, out string) bool {
	if abs, err := filepath.Abs(out); err == nil && filepath.Dir(abs) == abs {
		return true
	}
	for _, own := range []string{root, filepath.Join(root, content.Root), filepath.Join(root, "themes")} {
		a, err1 := filepath.Abs(own)
		b, err2 := filepath.Abs(out)
		if err1 != nil || err2 != nil {
			continue
		}
		rel, err := filepath.Rel(a, b)
		if err == nil && (rel == "." || own != root && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))) {
			return true
		}
	}
	return false
}

// Run builds the site.
func Run(ctx context.Context, o Options) (r Result, err error) {
	defer caught(&r, &err)
	root, err := openRoot(o.Root)
	if err != nil {
		return noSite(err)
	}
	defer root.Close()
	fsys := content.Texts(root.FS())
	tree, found := content.Scan(fsys)
	if o.Scanned != nil {
		o.Scanned(len(tree.Files))
	}
	out := o.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(o.Root, out)
	}
	if within(o.Root, out) {
		return Result{Findings: found}, ErrOutput
	}
	if len(tree.Files) == 0 {
		return Result{Findings: found}, ErrFindings
	}
	folder, err := writer.Open(ctx, out, o.Wait)
	if err != nil {
		return Result{Findings: found}, err
	}
	defer folder.Close()

	inputs := digest(fsys, tree, o)
	if len(found) == 0 {
		if stats, same := folder.Unchanged(inputs); same {
			if warnings, whole := recallAll(folder, fsys, tree); whole {
				r := Result{Findings: warnings, Pages: recallCount(folder), Stats: stats, Quick: true}
				if o.Sums {
					r.Sums, err = sums(out, folder)
				}
				return r, err
			}
		}
	}
	s := &stages{Options: o, allFiles: root.FS(), fsys: fsys, memory: folder, loader: &content.Loader{Memory: folder, Key: o.Program}}
	s.found.Add(found...)
	s.load(tree)
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	if s.found.Errors() > 0 {
		s.checkTexts()
		s.checkPlan()
		return Result{Findings: s.found.Sorted()}, ErrFindings
	}
	if !s.sampled() {
		s.leftovers()
	}
	s.same = s.sameButTexts(tree)
	for _, r := range s.renders {
		r.Reads = s.reads
	}
	guard := privacy.New(s.model)
	s.keeper = newKeeper(folder, s, tree, guard)
	outs := s.outputs()
	s.keeper.keep("", s.found.Sorted())
	rememberCount(folder, s.count)
	rememberCodes(folder, s.model)
	s.keepRecords(guard)
	stats, err := folder.Build(ctx, outs, writer.Options{
		Inputs: inputs, Progress: o.Progress, Inspect: guard.Inspect, Rules: guard.Rules(), Begin: o.Begin,
	})
	s.explain(err, &s.found)
	s.found.Add(s.keeper.unmade()...)
	r = Result{Findings: s.found.Sorted(), Pages: s.count, Stats: stats}
	if codes := s.model.Editions[0].Codes; len(codes) > 0 {
		r.Version, r.Room, _ = qr.Room(s.model.PlaqueBase(), len(codes[0].Code)) // a bad address is a finding already
	}
	if s.found.Errors() > 0 {
		return r, ErrFindings
	}
	if err == nil && o.Sums {
		r.Sums, err = sums(out, folder)
	}
	return r, err
}

// Check finds all that is wrong without writing anything.
func Check(ctx context.Context, o Options) (r Result, err error) {
	defer caught(&r, &err)
	s, root, err := open(o)
	if err != nil || s == nil {
		return Result{Findings: missingSite()}, cmp.Or(err, ErrFindings)
	}
	defer root.Close()
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	s.checkTexts()
	s.checkWords()
	s.checkNames()
	s.advise()
	s.leftovers()
	if s.found.Errors() == 0 {
		s.makeAll(ctx)
	} else {
		s.checkPlan()
	}
	s.unused()
	r = Result{Findings: s.found.Sorted(), Pages: s.count}
	if s.found.Errors() > 0 {
		return r, ErrFindings
	}
	return r, context.Cause(ctx)
}

// openRoot opens the site's folder; every access to content and themes goes
// through it, so that no link leads outside.
func openRoot(dir string) (*os.Root, error) {
	if dir == "" {
		dir = "."
	}
	return os.OpenRoot(dir)
}

func noSite(err error) (Result, error) {
	if errors.Is(err, fs.ErrNotExist) {
		return Result{Findings: missingSite()}, ErrFindings
	}
	return Result{}, err
}

// forgetful is a memory that keeps nothing.
type forgetful struct{}

func (forgetful) Recall(fingerprint.Fingerprint) ([]byte, bool) { return nil, false }
func (forgetful) Remember(fingerprint.Fingerprint, []byte)      {}
func (forgetful) Forget(fingerprint.Fingerprint)                {}

// countKey is where a build leaves its number of pages for the next one to tell.
var countKey = fingerprint.Sum([]byte("pages"))

func rememberCount(m media.Memory, pages int) { m.Remember(countKey, []byte(strconv.Itoa(pages))) }

func recallCount(m media.Memory) (pages int) {
	b, _ := m.Recall(countKey)
	pages, _ = strconv.Atoi(string(b))
	return pages
}

// stages is one run through the stages.
type stages struct {
	Options
	looks
	allFiles fs.FS // the site's folder, for package media alone
	fsys     fs.FS // its texts and its theme
	memory   content.Memory
	loader   *content.Loader
	found    diag.List
	keeper   *keeper         // of what pages' texts get wrong, between builds; nil where nothing is written
	heard    *hearing        // takes what is found while files are made, where they are made one by one
	fresh    map[string]bool // files of records read anew, by short
	same     bool            // nothing but texts has changed since the last build

	content *content.Content
	ledger  *ledger.Ledger
	model   *site.Model
	media   *media.Catalogue
	plans   []pages.Planned // by edition
	cards   []pages.Card    // of all editions
	inputs  []pages.Inputs
	renders []*render.Renderer
	count   int
}

// load reads everything and plans the pages. It goes as far as it can, so that
// one run tells all findings.
func (s *stages) load(tree *content.Tree) {
	var found, faults, theirs []diag.Finding
	// The theme needs nothing of the content but its settings, so both are read side by side.
	settings := content.ReadSite(s.fsys, tree)
	rescue.Each(2, func(i int) {
		if i == 0 {
			s.content, found = s.loader.Load(s.fsys, tree)
			return
		}
		if !s.fits(settings) {
			s.looks, faults = loadTheme(s.fsys, s.Themes, settings)
		}
		s.ledger, theirs = readLedger(s.fsys)
	})
	if !sameTheme(settings, s.content.Site) { // it was saved in between
		s.looks, faults = loadTheme(s.fsys, s.Themes, s.content.Site)
	}
	s.found.Add(found...)
	base := s.content.Site.BaseURL
	if s.BaseURL != "" {
		given, zh, en := content.ParseBaseURL(s.BaseURL)
		if zh != "" {
			s.found.Add(diag.BadURL.At("--base-url", diag.Pos{}, s.BaseURL, zh, en))
		}
		base = given
	}
	s.found.Add(faults...)
	s.found.Add(theirs...)
	s.model, found = site.Resolve(s.content, site.Options{
		Today: s.Today, Drafts: s.Drafts, StandIn: s.standIn, Ledger: s.ledger, KnownCodes: recallCodes(s.memory),
	})
	s.found.Add(found...)
	s.media = media.New(s.allFiles, s.content.Files, s.memory)
	if s.theme == nil {
		return
	}
	md := markdown.New()
	var ins []pages.Inputs
	for _, e := range s.model.Editions {
		look := s.theme.Edition(string(e.Tag))
		if look == nil {
			s.found.Add(diag.ThemeMissing.At(s.content.Site.Path, s.content.Site.Places.At("theme"), string(e.Tag), "zh-Hans"))
			continue
		}
		ins = append(ins, pages.Inputs{
			Edition: e, Words: look, Media: s.media, Base: base,
			Icon: s.theme.Href("icon.svg"), IconSVG: s.theme.Bytes("icon.svg"), Palette: s.palette, Text: s.plainText(e),
		})
		s.renders = append(s.renders, &render.Renderer{
			Look: look, Markdown: md, FS: s.fsys, Edition: e, Media: s.media, Tell: s.tell,
		})
	}
	s.inputs, s.plans = ins, pages.Plan(ins...)
	for _, plan := range s.plans {
		s.found.Add(plan.Findings...)
		s.cards = append(s.cards, plan.Cards...)
		s.count += len(plan.Pages)
	}
}

// tell takes what was found out while a file was made.
func (s *stages) tell(file string, found []diag.Finding) {
	if s.heard != nil {
		s.heard.put(file, found)
		return
	}
	s.found.Add(found...)
	s.keeper.made(file, found)
}

// plainText reads a record's text for the search of an edition.
func (s *stages) plainText(e *site.Edition) func(*content.Head, markdown.Refs) (string, error) {
	return func(h *content.Head, refs markdown.Refs) (string, error) {
		body, changed := content.ReadBody(s.fsys, h)
		if changed != nil {
			s.found.Add(*changed)
			return "", render.ErrContent
		}
		text := refs.Text(body)
		if convert := e.Convert(h); convert != nil {
			text = convert.Text(text)
		}
		return text, nil
	}
}

// standIn are the theme's words for a person who must not be named.
func (s *stages) standIn(tag content.Language) string {
	if s.theme == nil || s.theme.Edition(string(tag)) == nil {
		return ""
	}
	return s.theme.Edition(string(tag)).T("withheld")
}

// outputs lists every file of the site.
func (s *stages) outputs() []output.Output {
	plaques := s.planPlaques()
	for i := range plaques {
		plaques[i].Prepare = madeBy(s.Program, plaques[i].Prepare)
	}
	return append(s.readersOutputs(), plaques...)
}

// readersOutputs lists the files for readers: all but the artwork of plaques.
func (s *stages) readersOutputs() []output.Output {
	var outs []output.Output
	for i, plan := range s.plans {
		for _, p := range plan.Pages {
			o := s.whole(p, s.renders[i].Output(p), s.inputs[i].Base)
			outs = append(outs, s.keeper.follow(s.followed(o, s.same && !p.Sums)))
		}
		for _, v := range plan.Volumes {
			for _, o := range s.renders[i].Volume(v, s.binding) {
				outs = append(outs, s.keeper.follow(o))
			}
		}
		outs = append(outs, feeds.Plan(s.inputs[i], plan)...)
		if plan.Index != nil {
			outs = append(outs, plan.Index.Outputs(s.inputs[i].Edition.Prefix+"search/")...)
		}
	}
	for i := range outs {
		outs[i].Prepare = madeBy(s.Program, outs[i].Prepare)
	}
	for i, plan := range s.plans {
		outs = append(outs, planOffline(plan.Keeps, s.renders[i].Look, s.Program)...)
	}
	for _, a := range s.theme.Assets() {
		outs = append(outs, asset(a))
	}
	outs = append(outs, s.planCards()...)
	return append(outs, s.media.Outputs()...)
}

// madeBy puts the program's own fingerprint into an output's: another build of the
// program may make other bytes of the same view. Pictures are left out, because they
// are costly to make and name the version of their encoder.
func madeBy(program fingerprint.Fingerprint, prepare output.Prepare) output.Prepare {
	return func() (fingerprint.Fingerprint, output.Fill, error) {
		print, fill, err := prepare()
		if program.IsZero() || print.IsZero() {
			return fingerprint.Fingerprint{}, fill, err
		}
		return fingerprint.Sum(print[:], program[:]), fill, err
	}
}

