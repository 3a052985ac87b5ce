package content

import (
	"io/fs"
	"reflect"
	"time"

	"mingdeng/internal/diag"
)

// Loader loads a site again and again, reading only the files that have changed. The
// records it gives are shared between loads and must not be changed. The zero Loader
// is ready to use; it is not safe for concurrent use.
type Loader struct {
	kept map[string]kept
}

// kept is what came of a file.
type kept struct {
	info   FileInfo
	read   time.Time
	record any
	found  []diag.Finding
}

// settle is how much older than its reading a file's time of change must be for that
// time to tell its next change: file systems count in steps of up to 2 s (FAT).
const settle = 2 * time.Second

// still tells whether f must be what was read.
func (k kept) still(f FileInfo) bool {
	return k.info.Size == f.Size && k.info.ModTime.Equal(f.ModTime) && k.read.Sub(f.ModTime) > settle
}

// Load is [Load] for all but the files that are as they were.
func (l *Loader) Load(fsys fs.FS, tree *Tree) (*Content, []diag.Finding) {
	next := make(map[string]kept, len(tree.Files))
	c, found := loadEach(tree, func(f FileInfo) kept {
		if k, ok := l.kept[f.Path]; ok && k.still(f) {
			return k
		}
		return readKept(fsys, f)
	}, func(k kept) { next[k.info.Path] = k })
	l.kept = next
	return c, found
}

// Reload reads one file again whose record is known, and puts what it says in the
// place of what it said, so that every pointer to the record follows; nobody may read
// the record meanwhile. It does so only where nothing but the wording of the text has
// changed: not its head, not what it refers to, nothing that is wrong with it. It
// reports whether it did; if not, nothing has changed and only [Loader.Load] will do.
func (l *Loader) Reload(fsys fs.FS, f FileInfo) bool {
	old, ok := l.kept[f.Path]
	if !ok || len(old.found) > 0 {
		return false
	}
	was, ok := old.record.(Record)
	if !ok {
		return false
	}
	now := readKept(fsys, f)
	is, ok := now.record.(Record)
	if !ok || len(now.found) > 0 || reflect.TypeOf(was) != reflect.TypeOf(is) {
		return false
	}
	a, b := was.Base(), is.Base()
	if !sameTargets(a.Body, b.Body) || a.Body.Lead != b.Body.Lead || a.Body.Count != b.Body.Count || a.Body.Len == 0 || b.Body.Len == 0 {
		return false
	}
	body := a.Body
	a.Body = b.Body
	if !reflect.DeepEqual(was, is) {
		a.Body = body
		return false
	}
	now.record = old.record
	l.kept[f.Path] = now
	return true
}

// sameTargets tells whether two texts refer to the same things in the same order.
func sameTargets(a, b Body) bool {
	if len(a.Targets) != len(b.Targets) {
		return false
	}
	for i, t := range a.Targets {
		u := b.Targets[i]
		u.Line, u.Col = t.Line, t.Col
		if t != u {
			return false
		}
	}
	return true
}

// Knows tells whether path was a record's file when the site was last loaded.
func (l *Loader) Knows(path string) bool {
	_, ok := l.kept[path]
	return ok
}

// Head is the head of the record whose file path was when the site was last loaded, or
// nil.
func (l *Loader) Head(path string) *Head {
	if r, ok := l.kept[path].record.(Record); ok {
		return r.Base()
	}
	return nil
}

func readKept(fsys fs.FS, f FileInfo) kept {
	k := kept{info: f, read: time.Now()}
	k.record, k.found = load(fsys, f)
	return k
}
