// Package generate makes a site's files: it is the one place where a loaded project becomes
// a folder of pages.
//
//	project.Load → [Outputs] → writer.Folder.Build
//
// [Run] builds; [Check] does all that a build does up to the writing, and more. Both return
// every finding of every stage. Where findings are errors nothing in the output folder has
// changed.
package generate

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"mingdeng/internal/advice"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
	"mingdeng/internal/warnings"
	"mingdeng/internal/writer"
)

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
func Run(ctx context.Context, o project.Options) (r Result, err error) {
	defer caught(&r, &err)
	root, err := project.OpenRoot(o.Root)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return Result{Findings: []diag.Finding{project.NoSite()}}, project.ErrFindings
		}
		return Result{}, err
	}
	defer root.Close()
	folders := content.NewFolderFS(root)
	defer folders.Close()
	fsys := content.Texts(folders)
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
		return Result{Findings: found}, project.ErrFindings
	}
	folder, err := writer.Open(ctx, out, o.Wait)
	if err != nil {
		return Result{Findings: found}, err
	}
	defer folder.Close()

	looked := project.Look(fsys, tree, o)
	if len(found) == 0 {
		if stats, same := folder.Unchanged(looked.All()); same {
			if told, whole := warnings.RecallAll(folder, fsys, tree); whole {
				r := Result{Findings: told, Pages: recallCount(folder), Stats: stats, Quick: true}
				if o.Sums {
					r.Sums, err = sums(out, folder)
				}
				return r, err
			}
		}
	}
	s := &session{found: &diag.List{}, memory: folder, folder: folder, leaves: map[string]writer.Leave{}, loader: &content.Loader{Memory: folder, Key: o.Program}, looked: looked}
	s.found.Add(found...)
	s.Project = project.Load(o, project.Source{
		Files: root.FS(), Texts: fsys, Memory: folder, Loader: s.loader, Found: s.found, Tell: s.tell,
	}, tree)
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	if s.found.Errors() > 0 {
		CheckTexts(s.Project, s.found)
		s.checkPictures()
		s.checkPlan()
		return Result{Findings: s.found.Sorted()}, project.ErrFindings
	}
	if !advice.Sampled(s.Project) {
		s.found.Add(advice.Leftovers(s.Project)...)
	}
	s.same = s.sameButTexts(tree)
	for _, r := range s.Renders {
		r.Reads = s.reads
	}
	guard := privacy.New(s.Model)
	s.keeper = warnings.New(folder, s.Project, tree, guard)
	outs := s.outputs()
	s.keeper.Keep("", s.found.Sorted())
	rememberCount(folder, s.Count)
	project.RememberCodes(folder, s.Model)
	s.keepRecords(guard)
	stats, err := folder.Build(ctx, outs, writer.Options{
		Inputs: looked.All(), Progress: o.Progress, Inspect: guard.Inspect, Rules: guard.Rules(), Begin: o.Begin, Leave: s.leaves,
	})
	if s.clashed(err) { // no file was made, and what an earlier build said of some is not all
		CheckTexts(s.Project, s.found)
	} else {
		s.explain(err)
		s.found.Add(s.keeper.Unmade()...)
	}
	r = Result{Findings: s.found.Sorted(), Pages: s.Count, Stats: stats}
	if codes := s.Model.Editions[0].Codes; len(codes) > 0 {
		r.Version, r.Room, _ = qr.Room(s.Model.PlaqueBase(), len(codes[0].Code)) // a bad address is a finding already
	}
	if s.found.Errors() > 0 {
		return r, project.ErrFindings
	}
	if err == nil && o.Sums {
		r.Sums, err = sums(out, folder)
	}
	return r, err
}

// Check finds all that is wrong without writing anything.
func Check(ctx context.Context, o project.Options) (r Result, err error) {
	defer caught(&r, &err)
	p, list, root, err := project.Open(o)
	if err != nil {
		return Result{Findings: list.Sorted()}, err
	}
	defer root.Close()
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	s := &session{Project: p, found: list}
	CheckTexts(p, list)
	list.Add(advice.Texts(p)...)
	list.Add(advice.Names(p)...)
	list.Add(advice.Unfinished(p)...)
	list.Add(advice.Leftovers(p)...)
	if list.Errors() == 0 {
		s.makeAll(ctx)
	} else {
		s.checkPlan()
	}
	list.Add(advice.Unused(p, list.Sorted())...)
	r = Result{Findings: list.Sorted(), Pages: p.Count}
	if list.Errors() > 0 {
		return r, project.ErrFindings
	}
	return r, context.Cause(ctx)
}

// countKey is where a build leaves its number of pages for the next one to tell.
var countKey = fingerprint.Sum([]byte("pages"))

func rememberCount(m content.Memory, pages int) { m.Remember(countKey, []byte(strconv.Itoa(pages))) }

func recallCount(folder *writer.Folder) (pages int) {
	b, _ := folder.Recall(countKey)
	pages, _ = strconv.Atoi(string(b))
	return pages
}

// session makes the files of one project.
type session struct {
	*project.Project
	found *diag.List

	// What only a build has, which leaves something to the next one.
	memory content.Memory
	folder *writer.Folder
	leaves map[string]writer.Leave
	loader *content.Loader
	looked project.Snapshot
	keeper *warnings.Keeper
	fresh  map[string]bool // files of records read anew, by short
	same   bool            // nothing but texts has changed since the last build
}

// tell takes what was found out while a file was made.
func (s *session) tell(file string, found []diag.Finding) {
	s.found.Add(found...)
	s.keeper.Made(file, found)
}
