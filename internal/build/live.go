package build

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/privacy"
	"mingdeng/internal/rescue"
	"mingdeng/internal/writer"
)

// Live is a site that is held in memory and follows its folder: what `serve` shows.
// Nothing is written. A page is made when it is asked for, from the very outputs that
// a build would write, so what is seen is what will be published.
//
// All methods may be called from any goroutine.
type Live struct {
	o        Options
	root     *os.Root
	allFiles fs.FS // the site's folder, for package media alone
	fsys     fs.FS // its texts and its theme
	past     *writer.Past
	memory   *liveMemory

	// mu is held for reading while something is made or looked at, and for writing
	// while the model changes.
	mu     sync.RWMutex
	loader content.Loader
	look   looks                   // the last that was whole
	themes fingerprint.Fingerprint // of the theme's files that look was made from
	tree   fingerprint.Fingerprint // of the content's files
	now    *shown

	textsMu sync.Mutex
	texts   map[string][]diag.Finding // what making a file found, by file
}

// shown is a site at one time.
type shown struct {
	*stages
	guard *privacy.Guard
	pages map[string]seat // by file
	told  *spelling       // of what the last build found
	once  sync.Once
	rest  map[string]output.Output // everything but pages, planned when first asked for
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

// seat is where a page is planned.
type seat struct{ edition, place int }

// OpenLive loads a site. Its findings, also errors, do not keep it from being shown as
// far as it goes. Errors are those of opening the folder.
func OpenLive(o Options) (*Live, error) {
	root, err := openRoot(o.Root)
	if err != nil {
		return nil, err
	}
	out := o.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(o.Root, out)
	}
	l := &Live{o: o, root: root, allFiles: root.FS(), fsys: content.Texts(root.FS()), past: writer.ReadPast(out), texts: map[string][]diag.Finding{}}
	l.memory = &liveMemory{past: l.past, own: map[fingerprint.Fingerprint][]byte{}}
	l.loader.Memory, l.loader.Key = l.memory, o.Program
	l.Refresh(nil)
	return l, nil
}

// Close gives the site's folder back.
func (l *Live) Close() error { return errors.Join(l.past.Close(), l.root.Close()) }

// Refresh takes in what has changed. paths, relative to the site's root, are what may
// have; nil means anything. It reports whether only the text of records changed, so
// that most pages are as they were.
func (l *Live) Refresh(paths []string) (textsAlone bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refresh(paths)
}

// refresh is Refresh, within the lock.
func (l *Live) refresh(paths []string) (textsAlone bool) {
	textsAlone = l.reload(paths)
	if !textsAlone {
		if err := rescue.Do(func() error { l.load(); return nil }); err != nil {
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

// load takes in everything.
func (l *Live) load() {
	s := &stages{Options: l.o, allFiles: l.allFiles, fsys: l.fsys, memory: l.memory, loader: &l.loader, heard: &hearing{all: map[string][]diag.Finding{}}}
	tree, found := content.Scan(l.fsys)
	s.found.Add(found...)
	l.tree = treePrint(tree)
	print, _ := themePrint(l.fsys)
	if print == l.themes {
		s.looks = l.look
	}
	s.load(tree)
	if s.theme != nil {
		l.look, l.themes = s.looks, print
	} else if l.look.theme != nil {
		// A theme that is being worked on is broken now and then: the pages stay as
		// they looked, with what is wrong told beside them.
		broken := s
		s = &stages{Options: l.o, allFiles: l.allFiles, fsys: l.fsys, memory: l.memory, loader: &l.loader, looks: l.look, heard: s.heard}
		s.load(tree)
		s.found.Add(broken.found.Sorted()...)
		l.themes = fingerprint.Fingerprint{}
	}
	now := &shown{stages: s, guard: privacy.New(s.model), pages: make(map[string]seat, s.count), told: &spelling{fsys: l.fsys, tree: tree}}
	for i, plan := range s.plans {
		for j, p := range plan.Pages {
			now.pages[p.Address.File()] = seat{i, j}
		}
	}
	l.now = now
}

// reload takes in new texts of records that are otherwise as they were.
func (l *Live) reload(paths []string) bool {
	if l.now == nil || len(paths) == 0 || len(paths) > 8 {
		return false
	}
	for _, p := range paths {
		info, err := fs.Stat(l.fsys, p)
		if _, file := l.now.content.Files[p]; err != nil && !file && !l.loader.Knows(p) {
			continue // a program's own file that came and went while it saved another
		}
		if err != nil || path.Ext(p) != ".md" || !l.loader.Reload(l.fsys, content.FileInfo{Path: p, Size: info.Size(), ModTime: info.ModTime()}) {
			return false
		}
	}
	for _, p := range paths {
		if h := l.loader.Head(p); h != nil {
			l.now.model.Follow(h)
		}
	}
	l.now = &shown{stages: l.now.stages, guard: l.now.guard, pages: l.now.pages, told: l.now.told} // rest may be made of texts
	return true
}

// themePrint is the fingerprint of the sizes and times of all themes' files, and the
// newest of those times.
func themePrint(fsys fs.FS) (print fingerprint.Fingerprint, newest time.Time) {
	var h fingerprint.Hasher
	_ = fs.WalkDir(fsys, "themes", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // a folder that cannot be read is as good as none
		}
		if info, err := e.Info(); err == nil {
			h.Bytes([]byte(p))
			h.Bytes(binary.AppendVarint(nil, info.Size()))
			h.Bytes(binary.AppendVarint(nil, info.ModTime().UnixNano()))
			if info.ModTime().After(newest) {
				newest = info.ModTime()
			}
		}
		return nil
	})
	return h.Sum(), newest
}

// ErrNoFile says that the site has no such file.
var ErrNoFile = errors.New("no such file")

// Make makes a file of the site; name is its path below the output folder. Errors are
// [ErrNoFile] and [ErrFindings], what is wrong being among [Live.Findings].
//
// A text that was saved since the site was loaded, which nobody may have told yet, is
// taken in first: asking between a save and its Refresh is no error.
func (l *Live) Make(ctx context.Context, name string) ([]byte, error) {
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
func (l *Live) make(ctx context.Context, name string) (_ []byte, changed []string, _ error) {
	var found diag.List
	b, err := l.now.make(ctx, l.past, name, &found)
	if err == nil || errors.Is(err, ErrNoFile) || ctx.Err() != nil {
		// nothing to tell
	} else {
		l.now.explain(writer.FaultsError{{Path: name, Err: err}}, &found)
		err = ErrFindings
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
func (l *Live) gone(path string) bool {
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
		if list, whole := recallFindings(past, s.told, name); whole {
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
		r := *s.renders[at.edition]
		r.Tell = func(_ string, list []diag.Finding) { found.Add(list...) }
		p := s.plans[at.edition].Pages[at.place]
		return s.whole(p, r.Output(p), s.stages.inputs[at.edition].Base), true
	}
	if s.theme == nil {
		return output.Output{}, false
	}
	s.once.Do(func() {
		s.rest = map[string]output.Output{}
		outs := s.outputs()
		s.clashed(writer.Check(outs), &s.found)
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
func (l *Live) Sweep(ctx context.Context) {
	l.mu.RLock()
	var names []string
	for _, plan := range l.now.plans {
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
func (l *Live) Findings() []diag.Finding {
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

// Text is a file of the site as findings count its lines, or nil: see diag.NewSource.
func (l *Live) Text(path string) []byte { return content.ReadText(l.fsys, path) }

// liveMemory remembers what the last build did, and adds its own.
type liveMemory struct {
	past *writer.Past
	mu   sync.Mutex
	own  map[fingerprint.Fingerprint][]byte
}

func (m *liveMemory) Recall(key fingerprint.Fingerprint) ([]byte, bool) {
	m.mu.Lock()
	b, ok := m.own[key]
	m.mu.Unlock()
	if ok {
		return b, true
	}
	return m.past.Recall(key)
}

func (m *liveMemory) Remember(key fingerprint.Fingerprint, value []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.own[key] = slices.Clone(value)
}

// Base is the path of the site on its host, ending in "/".
func (l *Live) Base() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if len(l.now.inputs) == 0 {
		return "/"
	}
	return l.now.inputs[0].Base.Path()
}

// Has tells whether the site has a file.
func (l *Live) Has(name string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var none diag.List
	_, ok := l.now.find(name, &none)
	return ok
}

// Alone tells whether a file is a page with all it shows inside, to be taken away.
func (l *Live) Alone(name string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	at, ok := l.now.pages[name]
	return ok && l.now.plans[at.edition].Pages[at.place].Alone
}

// Stale tells whether files have changed since the site was loaded, without reading any.
func (l *Live) Stale() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	tree, _ := content.Scan(l.fsys)
	print, _ := themePrint(l.fsys)
	return treePrint(tree) != l.tree || print != l.themes
}

// treePrint is the fingerprint of the sizes and times of all content.
func treePrint(tree *content.Tree) fingerprint.Fingerprint {
	var h fingerprint.Hasher
	for _, f := range tree.Files {
		h.Bytes([]byte(f.Path))
		h.Bytes(binary.AppendVarint(nil, f.Size))
		h.Bytes(binary.AppendVarint(nil, f.ModTime.UnixNano()))
	}
	return h.Sum()
}

func (m *liveMemory) Forget(fingerprint.Fingerprint) {}
