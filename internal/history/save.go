package history

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"mingdeng/internal/diag"
)

// Change is what Save makes a version of.
type Change struct {
	Sentence string   // what was done, as a person says it: "改了 张三 的事迹"
	Author   Person   // who did it
	Paths    []string // files and folders, from the site's folder, with slashes
	When     time.Time
}

var unsaid = diag.Text{Zh: "保存", En: "Saved"}

// Save makes a version of the files given, as they lie on disk now: added, changed, or gone.
// A folder stands for all that is and was in it. Nothing else of the site goes into it,
// but into the very first version, which takes all of content and themes. The version's ID
// is "" where nothing differs from the version before.
//
// Where it fails, the files on disk are as they were, and no version was made.
func (h *History) Save(ctx context.Context, c Change) (Version, error) {
	for _, p := range c.Paths {
		if !goodPath(p) {
			return Version{}, badPath(p)
		}
	}
	h.saving.Lock()
	defer h.saving.Unlock()
	var v Version
	err := h.change(ctx, func(s *session) (err error) {
		v, err = h.save(ctx, s, c)
		return err
	})
	return v, err
}

// change runs do with the repository locked, made first where there is none.
func (h *History) change(ctx context.Context, do func(*session) error) error {
	s, err := h.begin()
	if err != nil {
		return err
	}
	defer func() { s.close() }()
	if s.mode == None {
		if err := h.create(s.site); err != nil {
			return err
		}
		s.close()
		if s, err = h.begin(); err != nil {
			return err
		}
	}
	if err := s.writable(); err != nil {
		return err
	}
	release, err := h.lock(ctx, s)
	if err != nil {
		return err
	}
	defer release()
	h.step("locked")
	if err := s.writable(); err != nil { // a merge may have begun while we waited
		return err
	}
	return do(s)
}

func (h *History) save(ctx context.Context, s *session, c Change) (Version, error) {
	ref, parent, err := s.head()
	if err != nil {
		return Version{}, err
	}
	if ref == "" {
		return Version{}, &Refusal{
			Reason: Midway,
			What:   diag.Text{Zh: "别的 git 程序打开了一个旧版本，版本没有地方可记", En: "an old version was checked out in another git program: a new one has no place"},
			Mend:   diag.Text{Zh: "文件照样可以保存。请在那个程序里回到分支上（git switch main）。", En: "Files can be saved all the same. Return to a branch there (git switch main)."},
		}
	}
	var tree plumbing.Hash
	if !parent.IsZero() {
		last, err := s.commit(s.git, parent)
		if err != nil {
			return Version{}, err
		}
		tree = last.root()
	}
	idx, err := s.readIndex()
	if err != nil {
		return Version{}, err
	}

	paths := slices.Clone(c.Paths)
	if parent.IsZero() {
		if err := h.firstIgnore(s); err != nil {
			return Version{}, err
		}
		paths = append(paths, belonging...)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)

	w := &batch{git: s.git}
	defer w.close()
	change := newCollector(h, s, w, tree)
	for _, p := range paths {
		if err := change.collect(ctx, p); err != nil {
			return Version{}, err
		}
	}
	next, err := s.apply(w, tree, change.root)
	if err != nil {
		return Version{}, err
	}
	if next == tree && !parent.IsZero() {
		return Version{}, nil
	}
	if next.IsZero() {
		next = w.add(plumbing.TreeObject, nil)
	}
	when := c.When
	if when.IsZero() {
		when = time.Now()
	}
	made := &commit{tree: next, author: signature(c.Author, when), message: message(c.Sentence, unsaid)}
	made.committer = made.author
	if !parent.IsZero() {
		made.parents = []plumbing.Hash{parent}
	}
	id := w.add(plumbing.CommitObject, made.bytes())
	if w.err != nil {
		return Version{}, w.err
	}
	if err := w.sync(); err != nil {
		return Version{}, err
	}
	h.step("objects")
	idx.mend(change.entries, change.gone)
	err = h.advance(ctx, s, ref, parent, id, func() error { return s.place("index", idx.bytes()) })
	if err != nil {
		return Version{}, err
	}
	h.step("branch")
	s.log(ref, parent, id, made.committer, made.message)
	v := made.version(id)
	known, err := h.changes(s)
	if err == nil {
		var n *node
		if n, err = known.node(s, id); err == nil {
			for _, c := range n.changes {
				v.Paths = append(v.Paths, c.path)
			}
			known.write(s)
		}
	}
	h.step("done")
	return v, nil // the version is made, whatever became of the list of changes
}

// collector gathers what a version is to change, from the files as they lie on disk.
type collector struct {
	h     *History
	s     *session
	w     *batch
	walk  *walker
	tree  plumbing.Hash // of the version before
	modes bool          // the file system knows which files are programs

	root    *edit             // what becomes of the tree
	entries map[string]staged // what the index is to say, by path
	gone    map[string]bool   // files and folders it is to forget
}

func newCollector(h *History, s *session, w *batch, tree plumbing.Hash) *collector {
	return &collector{
		h: h, s: s, w: w, walk: newWalker(s), tree: tree,
		modes: !strings.EqualFold(s.config.Section("core").Option("filemode"), "false"),
		root:  &edit{}, entries: map[string]staged{}, gone: map[string]bool{},
	}
}

// collect takes in a file or a folder: first all that the version before had there goes, then
// all that is there now comes.
func (c *collector) collect(ctx context.Context, p string) error {
	s := c.s
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := c.forget(p); err != nil {
		return err
	}
	put := func(f found) error { return c.put(ctx, f) }
	if c.h.exactNames && !exact(s.site, p) {
		return nil
	}
	info, err := s.site.Lstat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist) || isNotDir(err):
	case err != nil:
		return err
	case info.IsDir():
		if err := s.throughLink(p); err != nil {
			return err
		}
		if err := c.walk.walk(p, put); err != nil {
			return err
		}
	case info.Mode().IsRegular() || info.Mode().Type() == fs.ModeSymlink:
		if err := s.throughLink(p); err != nil {
			return err
		}
		if err := put(found{p, info}); err != nil { // asked for by name, whatever .gitignore says
			return err
		}
	default:
		return badPath(p)
	}
	return nil
}

// forget lets go of what the version before had at a path.
func (c *collector) forget(p string) error {
	was, there, err := c.s.lookup(c.s.git, c.tree, p)
	switch {
	case err != nil:
		return err
	case there && was.mode == modeSub:
		return badPath(p)
	case !there || !was.isTree():
		c.root.set(p, 0, plumbing.ZeroHash)
		c.gone[p] = true
		return nil
	}
	return c.s.files(c.s.git, was.hash, p+"/", func(f string, e entry) error {
		if e.mode != modeSub && !passing(f[strings.LastIndexByte(f, '/')+1:]) {
			c.root.set(f, 0, plumbing.ZeroHash)
			c.gone[f] = true
		}
		return nil
	})
}

// put takes in a file as it lies on disk.
func (c *collector) put(ctx context.Context, f found) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	was, there, err := c.s.lookup(c.s.git, c.tree, f.path)
	if err != nil {
		return err
	}
	mode, hash, info, err := c.s.keep(c.w, f, c.modes, was.mode, there)
	if err != nil {
		return err
	}
	c.root.set(f.path, mode, hash)
	delete(c.gone, f.path)
	c.entries[f.path] = newStaged(f.path, mode, hash, info)
	return nil
}

// firstIgnore makes .gitignore where there is none, so that the site's output and what
// programs leave lying about is not offered by git programs.
func (h *History) firstIgnore(s *session) error {
	f, err := s.site.OpenFile(".gitignore", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString("/public/\n.mingdeng*\n~$*\n*.tmp\nThumbs.db\n.DS_Store\n")
	return errors.Join(err, f.Close())
}

// throughLink refuses a path that leads through a symbolic link: git keeps the link.
func (s *session) throughLink(p string) error {
	for i := range len(p) {
		if p[i] != '/' {
			continue
		}
		info, err := s.site.Lstat(p[:i])
		if err == nil && info.Mode().Type() == fs.ModeSymlink {
			return badPath(p)
		}
	}
	return nil
}

// keep writes a file or link as an object.
func (s *session) keep(w *batch, f found, modes bool, was uint32, there bool) (uint32, plumbing.Hash, fs.FileInfo, error) {
	if f.info.Mode().Type() == fs.ModeSymlink {
		to, err := s.site.Readlink(f.path)
		if err != nil {
			return 0, plumbing.ZeroHash, nil, err
		}
		return modeLink, w.add(plumbing.BlobObject, []byte(to)), f.info, w.err
	}
	var err error
	for range 5 { // a file that is just being written settles soon
		var file *os.File
		var info fs.FileInfo
		var hash plumbing.Hash
		if file, err = s.site.Open(f.path); err != nil {
			return 0, hash, nil, err
		}
		info, err = file.Stat()
		switch {
		case err != nil:
		case !info.Mode().IsRegular():
			err = badPath(f.path)
		case info.Size() > MaxFile:
			err = tooLarge(f.path)
		default:
			hash, err = w.addFile(file, info.Size())
		}
		file.Close()
		if errors.Is(err, errMoved) {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		mode := uint32(modeFile)
		if modes && info != nil && info.Mode().Perm()&0o100 != 0 || !modes && there && was == modeExec {
			mode = modeExec
		}
		return mode, hash, info, err
	}
	return 0, plumbing.ZeroHash, nil, err
}

// readIndex reads .git/index; an empty one where there is none.
func (s *session) readIndex() (*indexFile, error) {
	b, err := readFile(s.git, "index", MaxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return &indexFile{version: 2}, nil
	}
	if err != nil {
		return nil, damaged(err)
	}
	return parseIndex(b)
}
