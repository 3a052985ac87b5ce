// Package live holds a site in memory while somebody edits it: what `serve` shows.
package live

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/generate"
	"mingdeng/internal/output"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
	"mingdeng/internal/warnings"
	"mingdeng/internal/writer"
)

// Site is a site that is held in memory and follows its folder. Nothing is written. A page
// is made when it is asked for, from the very outputs that a build would write, so what is
// seen is what will be published. One that was opened with [OpenPrivate] shows also what
// nobody may read yet.
//
// All methods may be called from any goroutine.
type Site struct {
	o       project.Options
	private bool
	unsaved *unsaved // lies between the folder and fsys

	root   *os.Root
	files  fs.FS // the site's folder, for package media alone
	fsys   fs.FS // its texts and its theme
	past   *writer.Past
	memory *memory

	// mu is held for reading while something is made or looked at, and for writing
	// while the model changes.
	mu     sync.RWMutex
	loader content.Loader
	bundle project.Bundle          // the theme's last that was whole
	themes fingerprint.Fingerprint // of the theme's files that bundle was made from
	looked project.Snapshot        // of the files that now was loaded from
	tree   *content.Tree           // those of the content
	faults []diag.Finding          // of the tree
	times  map[string]time.Time    // when each text of the content changed
	now    *shown

	textsMu sync.Mutex
	texts   map[string][]diag.Finding // what making a file found, by file
}

// shown is a site at one time.
type shown struct {
	*project.Project
	found *diag.List
	heard *hearing
	guard *privacy.Guard       // nil in a private site
	pages map[string]pageIndex // by file
	// hidden are the pages of records that nobody may read, by file; a private site has them.
	hidden map[string]site.Absence
	told   *warnings.Source // of what the last build found

	overview atomic.Pointer[Overview] // nil until it is asked for

	once sync.Once
	rest map[string]output.Output // everything but pages, planned when first asked for
}

// hearing holds what was found while files were made, until it is asked for.
type hearing struct {
	mu  sync.Mutex
	all map[string][]diag.Finding
}

func (h *hearing) put(file string, found []diag.Finding) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all[file] = found
}

func (h *hearing) take(file string) []diag.Finding {
	h.mu.Lock()
	defer h.mu.Unlock()
	found := h.all[file]
	delete(h.all, file)
	return found
}

// pageIndex is where a page is planned.
type pageIndex struct{ edition, place int }

// Open loads a site. Its findings, also errors, do not keep it from being shown as
// far as it goes. Errors are those of opening the folder.
func Open(o project.Options) (*Site, error) { return open(o, false) }

// OpenPrivate loads a site as its editor alone may see it: with drafts, with what is
// expired or not yet due, and with people who have not consented. Nothing of it may leave
// this machine; [Site.Hidden] tells which pages nobody else can read.
func OpenPrivate(o project.Options) (*Site, error) { return open(o, true) }

func open(o project.Options, private bool) (*Site, error) {
	root, err := project.OpenRoot(o.Root)
	if err != nil {
		return nil, err
	}
	out := o.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(o.Root, out)
	}
	over := &unsaved{FS: content.Texts(root.FS())}
	l := &Site{
		o: o, private: private, unsaved: over, root: root, files: root.FS(), fsys: over,
		past: writer.ReadPast(out), texts: map[string][]diag.Finding{},
	}
	l.memory = &memory{past: l.past, own: map[fingerprint.Fingerprint][]byte{}}
	l.loader.Memory, l.loader.Key = l.memory, o.Program
	l.Refresh(nil)
	return l, nil
}

// Close gives the site's folder back.
func (l *Site) Close() error { return errors.Join(l.past.Close(), l.root.Close()) }

// Refresh takes in what has changed. paths, relative to the site's root, are what may
// have; nil means anything. It reports whether only the text of records changed, so
// that most pages are as they were.
func (l *Site) Refresh(paths []string) (textsAlone bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refresh(paths)
}

// refresh is Refresh, within the lock.
func (l *Site) refresh(paths []string) (textsAlone bool) {
	textsAlone = l.reload(paths)
	if !textsAlone {
		if err := rescue.Do(func() error { l.load(paths); return nil }); err != nil {
			if l.now == nil {
				panic(err) // nothing to show
			}
			l.now.found.Add(diag.Internal.At("mingdeng", diag.Pos{}, err.Error()))
		}
	}
	// What was wrong with texts is looked at again, or it would stay when mended.
	l.textsMu.Lock()
	told := l.texts
	l.texts = map[string][]diag.Finding{}
	l.textsMu.Unlock()
	for name := range told {
		_, _, _ = l.make(context.Background(), name) // for its findings
	}
	return textsAlone
}

// load takes in everything; paths are as in [Site.Refresh].
func (l *Site) load(paths []string) {
	var tree *content.Tree
	faults := l.faults
	if l.tree != nil && len(paths) > 0 {
		tree = l.tree.Again(l.fsys, paths)
	}
	if tree == nil {
		tree, faults = content.Scan(l.fsys)
	}
	looked := project.Look(l.fsys, tree, l.o)
	heard := &hearing{all: map[string][]diag.Finding{}}
	load := func(bundle project.Bundle) (*project.Project, *diag.List) {
		found := &diag.List{}
		return project.Load(l.o, project.Source{
			Files: l.files, Texts: l.fsys, Memory: l.memory, Loader: &l.loader, Bundle: bundle, Found: found, Tell: heard.put, Private: l.private,
		}, tree), found
	}
	known := project.Bundle{}
	if looked.Themes == l.themes {
		known = l.bundle
	}
	p, found := load(known)
	if p.Theme != nil {
		l.bundle, l.themes = p.Bundle, looked.Themes
	} else if l.bundle.Theme != nil {
		// A theme that is being worked on is broken now and then: the pages stay as
		// they looked, with what is wrong told beside them.
		broken := found
		p, found = load(l.bundle)
		found.Add(broken.Sorted()...)
		l.themes = fingerprint.Fingerprint{}
	}
	found.Add(faults...)
	now := &shown{Project: p, found: found, heard: heard, pages: make(map[string]pageIndex, p.Count), told: warnings.NewSource(l.fsys, tree)}
	if l.private {
		now.hidden = hiddenPages(p.Model)
	} else {
		now.guard = privacy.New(p.Model)
	}
	for i, plan := range p.Plans {
		for j, page := range plan.Pages {
			now.pages[page.Address.File()] = pageIndex{i, j}
		}
	}
	l.now, l.looked, l.tree, l.faults = now, looked, tree, faults
	l.times = make(map[string]time.Time, len(tree.Files))
	for _, f := range tree.Files {
		l.times[f.Path] = f.ModTime
	}
}

// reload takes in new texts of records that are otherwise as they were.
func (l *Site) reload(paths []string) bool {
	if l.now == nil || len(paths) == 0 || len(paths) > 8 {
		return false
	}
	for _, p := range paths {
		info, err := fs.Stat(l.fsys, p)
		if _, file := l.now.Content.Files[p]; err != nil && !file && !l.loader.Knows(p) {
			continue // a program's own file that came and went while it saved another
		}
		if err != nil || path.Ext(p) != ".md" || !l.loader.Reload(l.fsys, content.FileInfo{Path: p, Size: info.Size(), ModTime: info.ModTime()}) {
			return false
		}
		l.times[p] = info.ModTime()
	}
	n := l.now // but for rest, which may be made of texts
	l.now = &shown{Project: n.Project, found: n.found, heard: n.heard, guard: n.guard, pages: n.pages, hidden: n.hidden, told: n.told}
	l.carry(n, paths)
	return true
}

// ErrNoFile says that the site has no such file.
var ErrNoFile = errors.New("no such file")

// Make makes a file of the site; name is its path below the output folder. Errors are
// [ErrNoFile] and [project.ErrFindings], what is wrong being among [Site.Findings].
//
// A text that was saved since the site was loaded, which nobody may have told yet, is
// taken in first: asking between a save and its Refresh is no error.
func (l *Site) Make(ctx context.Context, name string) ([]byte, error) {
	l.mu.RLock()
	seen := l.now
	b, changed, err := l.make(ctx, name)
	l.mu.RUnlock()
	if len(changed) == 0 || ctx.Err() != nil {
		return b, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for try := 0; len(changed) > 0 && try < catchUps; try++ {
		if try > 0 || l.now == seen { // else somebody else has caught up already
			l.refresh(changed)
		}
		b, changed, err = l.make(ctx, name)
	}
	return b, err
}

// catchUps is how often one asking takes in what was saved in between. Nobody else is
// answered meanwhile, so that twice is rare.
const catchUps = 4

// make makes a file, within the lock. changed are the files that are no longer what they
// were when the site was loaded.
func (l *Site) make(ctx context.Context, name string) (_ []byte, changed []string, _ error) {
	var found diag.List
	b, err := l.now.make(ctx, l.past, name, &found)
	if err == nil || errors.Is(err, ErrNoFile) || ctx.Err() != nil {
		// nothing to tell
	} else {
		generate.Explain(l.now.Project, writer.FaultsError{{Path: name, Err: err}}, &found)
		err = project.ErrFindings
	}
	list := found.Sorted()
	for _, f := range list {
		if f.Code == diag.ChangedMeanwhile || f.Code == diag.Unreadable && l.gone(f.Path) {
			changed = append(changed, f.Path)
		}
	}
	l.textsMu.Lock()
	defer l.textsMu.Unlock()
	if len(list) > 0 {
		l.texts[name] = list
	} else {
		delete(l.texts, name)
	}
	return b, changed, err
}

// gone tells a file that is no longer there from one that cannot be read.
func (l *Site) gone(path string) bool {
	_, err := fs.Stat(l.fsys, path)
	return errors.Is(err, fs.ErrNotExist)
}

func (s *shown) make(ctx context.Context, past *writer.Past, name string, found *diag.List) (_ []byte, err error) {
	defer func() {
		if v := recover(); v != nil { // a fault of the program must not end the session
			err = rescue.From(v)
		}
	}()
	out, ok := s.find(name, found)
	if !ok {
		return nil, ErrNoFile
	}
	print, fill, err := out.Prepare()
	if err != nil {
		return nil, err
	}
	if b, ok := past.Bytes(name, print); ok && found.Empty() && !s.isPage(name) {
		if list, whole := warnings.Recall(past, s.told, name); whole {
			found.Add(list...)
			return b, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = fill(&b)
	found.Add(s.heard.take(name)...)
	if err != nil {
		return nil, err
	}
	if s.guard == nil {
		return b.Bytes(), nil
	}
	return b.Bytes(), s.guard.Inspect(name, b.Bytes())
}

// isPage tells whether making the file looks through texts: pages are always made, for
// their findings.
func (s *shown) isPage(name string) bool {
	_, ok := s.pages[name]
	return ok
}

// find returns the output of a file, whose making tells findings of texts to found.
func (s *shown) find(name string, found *diag.List) (output.Output, bool) {
	if at, ok := s.pages[name]; ok {
		r := *s.Renders[at.edition]
		r.Tell = func(_ string, list []diag.Finding) { found.Add(list...) }
		return generate.Page(s.Project, s.Plans[at.edition].Pages[at.place], &r, s.Inputs[at.edition].Base), true
	}
	if s.Theme == nil {
		return output.Output{}, false
	}
	s.once.Do(func() {
		s.rest = map[string]output.Output{}
		outs := generate.Outputs(s.Project, s.found)
		generate.Explain(s.Project, writer.Check(outs), s.found)
		for _, out := range outs {
			if !s.isPage(out.Path) {
				s.rest[out.Path] = out
			}
		}
	})
	out, ok := s.rest[name]
	return out, ok
}

// Sweep makes every page for what it finds in texts, and the covers of books, one by one, and gives way to
// whoever asks for something meanwhile. It ends early with ctx.
func (l *Site) Sweep(ctx context.Context) {
	l.mu.RLock()
	var names []string
	for _, plan := range l.now.Plans {
		for _, p := range plan.Pages {
			names = append(names, p.Address.File())
		}
		for _, v := range plan.Volumes {
			names = append(names, v.Cover)
		}
	}
	l.mu.RUnlock()
	for _, name := range names {
		if ctx.Err() != nil {
			return
		}
		_, _ = l.Make(ctx, name)
	}
}

// Findings are what is wrong, as far as it is known: with all heads, and with the texts
// of pages that were made.
func (l *Site) Findings() []diag.Finding {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var all diag.List
	all.Add(l.now.found.Sorted()...)
	l.textsMu.Lock()
	defer l.textsMu.Unlock()
	for _, list := range l.texts {
		all.Add(list...)
	}
	return all.Sorted()
}

// Try shows a text in the place of a file of the site, as if it were saved; nil shows the
// file again. [Site.Refresh] takes it in. It reports whether anything is another than before.
func (l *Site) Try(path string, text []byte) bool { return l.unsaved.put(path, text) }

// Hidden tells why nobody may read a page of a private site, or that everybody may.
func (l *Site) Hidden(name string) (site.Absence, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	why, ok := l.now.hidden[name]
	return why, ok
}

// hiddenPages finds the pages of records that are not published.
func hiddenPages(m *site.Model) map[string]site.Absence {
	hidden := map[string]site.Absence{}
	for _, e := range m.Editions {
		e.EachHidden(func(a site.Address, why site.Absence) { hidden[a.File()] = why })
	}
	return hidden
}

// Text is a file of the site as findings count its lines, or nil: see diag.NewSource.
func (l *Site) Text(path string) []byte { return content.ReadText(l.fsys, path) }

// memory remembers what the last build did, and adds its own.
type memory struct {
	past *writer.Past
	mu   sync.Mutex
	own  map[fingerprint.Fingerprint][]byte
}

func (m *memory) Recall(key fingerprint.Fingerprint) ([]byte, bool) {
	m.mu.Lock()
	b, ok := m.own[key]
	m.mu.Unlock()
	if ok {
		return b, true
	}
	return m.past.Recall(key)
}

func (m *memory) Remember(key fingerprint.Fingerprint, value []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.own[key] = slices.Clone(value)
}

// Base is the path of the site on its host, ending in "/".
func (l *Site) Base() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if len(l.now.Inputs) == 0 {
		return "/"
	}
	return l.now.Inputs[0].Base.Path()
}

// Title is the site's own title.
func (l *Site) Title() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.now.Content.Site.Title
}

// Regions lists the regions that records name, as they are written, sorted.
func (l *Site) Regions() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out []string
	seen := map[string]bool{}
	add := func(r content.Region) {
		if s := strings.Join(r, "/"); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, h := range l.now.Content.Heroes {
		add(h.Region)
	}
	for _, v := range l.now.Content.Venues {
		add(v.Region)
	}
	for _, u := range l.now.Content.Units {
		add(u.Region)
	}
	slices.Sort(out)
	return out
}

// Has tells whether the site has a file.
func (l *Site) Has(name string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var none diag.List
	_, ok := l.now.find(name, &none)
	return ok
}

// Alone tells whether a file is a page with all it shows inside, to be taken away.
func (l *Site) Alone(name string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	at, ok := l.now.pages[name]
	return ok && l.now.Plans[at.edition].Pages[at.place].Alone
}

// Stale tells whether files have changed since the site was loaded, without reading any.
func (l *Site) Stale() bool {
	l.mu.RLock()
	looked := l.looked
	l.mu.RUnlock()
	tree, _ := content.Scan(l.fsys) // nobody waits for it
	return !project.Look(l.fsys, tree, l.o).SameFiles(looked)
}

func (m *memory) Forget(fingerprint.Fingerprint) {}
