// Package samples takes the samples of a new site away in one step: records that show how it
// is done, and what refers to them. It finds out in memory whether the site is whole
// without them before it touches a file.
package samples

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/project"
	"mingdeng/internal/scaffold"
)

// Clearing is what [Clear] would do, or did.
type Clearing struct {
	Records []Sample
	// Remove are the files that go; those that are not as `init` wrote them go into
	// [scaffold.Removed], so that nobody's words are lost.
	Remove []string
	Keep   []string // of Remove, those that are kept there
	Edit   []Edited // what referred to samples
	// Findings say, where nothing is done, what only an editor can decide.
	Findings []diag.Finding
}

// Sample is a record that shows how it is done.
type Sample struct{ Path, Name string }

// Edited is a file from which references to samples are taken.
type Edited struct {
	Path  string
	Lines []int // as the file is now
	text  []byte
}

// PlanClearing tells what would go with the samples of a site: their files, and what refers
// to them elsewhere. It is tried in memory and found without fault before it is offered;
// otherwise the error is [project.ErrFindings] and nothing can be done yet.
func PlanClearing(ctx context.Context, o project.Options) (Clearing, error) {
	p, found, root, err := project.Open(o)
	if err != nil {
		return Clearing{Findings: found.Sorted()}, err
	}
	defer root.Close()
	return planClearing(ctx, p, root)
}

// Clear removes what [PlanClearing] lists. It edits before it removes, so that a
// run that was cut short is finished by the next.
func Clear(ctx context.Context, o project.Options) (Clearing, error) {
	root, err := project.OpenRoot(o.Root)
	if err != nil {
		return Clearing{Findings: []diag.Finding{project.NoSite()}}, project.ErrFindings
	}
	defer root.Close()
	c, err := PlanClearing(ctx, o)
	if err != nil {
		return c, err
	}
	for _, e := range c.Edit {
		if err := scaffold.Replace(root, e.Path, e.text); err != nil {
			return c, err
		}
	}
	for _, p := range c.Remove {
		if err := scaffold.Remove(root, p, slices.Contains(c.Keep, p)); err != nil {
			return c, err
		}
	}
	return c, nil
}

// clearing is the work of finding out.
type clearing struct {
	Clearing
	site *project.Project
	fsys overlay
	all  []content.FileInfo
	mine map[string]bool // files of samples
}

func planClearing(ctx context.Context, p *project.Project, root *os.Root) (Clearing, error) {
	fsys := content.Texts(root.FS())
	c := &clearing{site: p, fsys: overlay{FS: fsys, gone: map[string]bool{}, text: map[string][]byte{}}, mine: map[string]bool{}}
	tree, _ := content.Scan(fsys)
	c.all = tree.Files
	c.gather()
	if len(c.Findings) > 0 || len(c.Records) == 0 {
		return c.Clearing, found(c.Findings)
	}
	before := errorsIn(examine(p.Options, root, fsys))
	first := map[string][]diag.Finding{} // as they stand in the files as they are
	var left []diag.Finding
	for n := range 8 { // references in what is edited may hide others: a text is not read while its head is at fault
		if ctx.Err() != nil {
			return c.Clearing, context.Cause(ctx)
		}
		left = nil
		now := errorsIn(examine(p.Options, root, c.fsys))
		if n == 0 {
			first = now
		}
		for key, list := range now {
			if more := len(list) - len(before[key]); more > 0 {
				left = append(left, list[len(list)-more:]...)
			}
		}
		if len(left) == 0 || !c.detach(left) {
			break
		}
	}
	for key, list := range errorsIn(left) {
		f := list[0]
		if was := first[key]; len(was) > 0 {
			f = was[0]
		}
		c.Findings = append(c.Findings, diag.SampleInUse.At(f.Path, f.Pos, f.Message(diag.Chinese), f.Message(diag.English)))
	}
	for p, text := range c.fsys.text {
		c.Edit = append(c.Edit, Edited{p, changedLines(c.fsys.FS, p, text), text})
	}
	slices.SortFunc(c.Edit, func(a, b Edited) int { return strings.Compare(a.Path, b.Path) })
	return c.Clearing, found(c.Findings)
}

func found(list []diag.Finding) error {
	if len(list) > 0 {
		return project.ErrFindings
	}
	return nil
}

// gather lists the samples and their files.
func (c *clearing) gather() {
	coded := map[string]string{}
	if c.site.Ledger != nil {
		for _, e := range c.site.Ledger.Entries() {
			if e.Status == ledger.Active {
				coded[e.Exhibit] = e.Code
			}
		}
	}
	folders := map[string]*content.Head{} // of sample books and venues
	parents := map[string]string{}        // slugs of venues
	for _, v := range c.site.Content.Venues {
		parents[path.Dir(v.Path)] = v.Slug
	}
	c.site.Content.All(func(r content.Record) {
		h := r.Base()
		if !h.Sample || h.Edition != "" || h.Member != "" { // a member's are the member's to clear
			return
		}
		c.Records = append(c.Records, Sample{h.Path, content.NameOf(r)})
		switch base := path.Base(h.Path); {
		case strings.HasPrefix(base, "_index."):
			folders[h.Dir] = h
			c.take(func(p string) bool { return strings.HasPrefix(p, h.Dir+"/") })
		case strings.HasPrefix(base, "index."):
			c.take(func(p string) bool { return strings.HasPrefix(p, h.Dir+"/") })
		default:
			stem := strings.TrimSuffix(h.Path, ".md")
			c.take(func(p string) bool {
				mid, ok := strings.CutPrefix(p, stem)
				return ok && slices.Contains([]string{".md", ".en.md", ".zh-hant.md", ".zh-hans.md"}, mid)
			})
		}
		if h.Kind == content.KindExhibit {
			dir := path.Dir(h.Path)
			if strings.HasPrefix(path.Base(h.Path), "index.") {
				dir = path.Dir(dir)
			}
			if code := coded[parents[dir]+"/"+h.Slug]; code != "" {
				c.Findings = append(c.Findings, diag.SampleCode.At(h.Path, h.At("sample"), content.NameOf(r), code))
			}
		}
	})
	c.site.Content.All(func(r content.Record) { // what an editor put into a sample's folder is no sample
		h := r.Base()
		for dir, of := range folders {
			if strings.HasPrefix(h.Path, dir+"/") && !h.Sample && h.Edition == "" {
				c.Findings = append(c.Findings, diag.SampleHolds.At(of.Path, of.At("sample"), path.Base(dir), h.Path))
			}
		}
	})
	slices.Sort(c.Remove)
	for _, p := range c.Remove {
		if b, err := fs.ReadFile(c.fsys.FS, p); err != nil || !scaffold.Wrote(p, b) {
			c.Keep = append(c.Keep, p)
		}
	}
}

// take marks the files of a sample.
func (c *clearing) take(belongs func(string) bool) {
	add := func(p string) {
		if belongs(p) && !c.mine[p] {
			c.mine[p], c.fsys.gone[p] = true, true
			c.Remove = append(c.Remove, p)
		}
	}
	for _, f := range c.all {
		add(f.Path)
	}
}

// examine finds what is wrong with the site in another state of its files, drafts
// included, since they will be published one day.
func examine(o project.Options, root *os.Root, fsys fs.FS) []diag.Finding {
	found := &diag.List{}
	tree, faults := content.Scan(fsys)
	found.Add(faults...)
	o.Drafts = true
	p := project.Load(o, project.Source{Files: root.FS(), Texts: fsys, Memory: project.NoMemory{}, Loader: new(content.Loader), Found: found}, tree)
	generate.CheckTexts(p, found)
	return found.Sorted()
}

// errorsIn sorts errors by what they say, wherever that stands: lines move as others go.
func errorsIn(list []diag.Finding) map[string][]diag.Finding {
	out := map[string][]diag.Finding{}
	for _, f := range list {
		if f.Code.Severity == diag.Error {
			key := f.Path + "\x00" + f.Code.ID + "\x00" + f.Message(diag.Chinese)
			out[key] = append(out[key], f)
		}
	}
	return out
}

// detach takes references that lead nowhere out of their files, from below, so that places
// above stay where they are. It tells whether anything was changed.
func (c *clearing) detach(list []diag.Finding) bool {
	slices.SortFunc(list, func(a, b diag.Finding) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), b.Pos.Line-a.Pos.Line, b.Pos.Col-a.Pos.Col)
	})
	changed := false
	for _, f := range list {
		if f.Code != diag.DanglingRef && f.Code != diag.BrokenLink || f.Pos.Line == 0 || len(f.Args) == 0 {
			continue
		}
		word, ok := f.Args[0].(string)
		text, err := fs.ReadFile(c.fsys, f.Path)
		if !ok || err != nil {
			continue
		}
		mark := []byte("\xef\xbb\xbf")
		bom := bytes.HasPrefix(text, mark)
		lines := strings.SplitAfter(string(bytes.TrimPrefix(text, mark)), "\n")
		if f.Pos.Line > len(lines) {
			continue
		}
		if lines, ok = scaffold.Detach(lines, f.Pos, word, c.words(f.Path, word)); !ok {
			continue
		}
		text = []byte(strings.Join(lines, ""))
		if bom {
			text = append(mark, text...)
		}
		c.fsys.text[f.Path] = text
		changed = true
	}
	return changed
}

// words is what a text shows of a sample that it refers to: its name.
func (c *clearing) words(from, word string) string {
	e := c.site.Model.Editions[0]
	for _, other := range c.site.Model.Editions[1:] {
		if strings.HasSuffix(from, "."+strings.ToLower(string(other.Tag))+".md") {
			e = other
		}
	}
	target, f := e.Find(&content.Head{Path: from}, word, diag.Pos{})
	switch {
	case target.Person: // somebody who must not be named
		return c.site.StandIn(e.Tag)
	case f != nil:
		return ""
	}
	return target.Name
}

func changedLines(fsys fs.FS, p string, text []byte) []int {
	was, _ := fs.ReadFile(fsys, p)
	old, now := strings.Split(string(was), "\n"), strings.Split(string(text), "\n")
	var out []int
	for i, j := 0, 0; i < len(old); i++ {
		switch {
		case j < len(now) && old[i] == now[j]:
			j++
		default:
			out = append(out, i+1)
			if len(old)-i == len(now)-j { // changed, not taken out
				j++
			}
		}
	}
	return out
}

// overlay is a folder with some files gone and some with other texts.
type overlay struct {
	fs.FS
	gone map[string]bool
	text map[string][]byte
}

// Open opens a file as it would be.
func (o overlay) Open(name string) (fs.File, error) {
	if o.gone[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	f, err := o.FS.Open(name)
	if text, ok := o.text[name]; ok && err == nil {
		return &otherText{f, bytes.NewReader(text)}, nil
	}
	return f, err
}

// ReadDir lists a folder without the files that are gone.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(list, func(e fs.DirEntry) bool { return o.gone[path.Join(name, e.Name())] }), err
}

type otherText struct {
	fs.File
	text *bytes.Reader
}

func (f *otherText) Read(b []byte) (int, error) { return f.text.Read(b) }
