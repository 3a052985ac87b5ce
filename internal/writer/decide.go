package writer

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/rescue"
)

// This file decides about one Output: is it to be made, and where it would go, may
// it go there?

type outcome int

const (
	kept outcome = iota
	staged
)

// decide makes an Output where it has to be made, and tells what became of it.
func (b *build) decide(w *worker, out *output.Output) (entry, outcome, error) {
	old := b.f.state.find(out.Path)
	if out.Kept && !b.doubtful && old != nil && !old.print.IsZero() {
		if info, err := w.stats.lstat(out.Path); err == nil && old.matches(info) {
			return b.keep(w, old, info)
		}
	}
	var print fingerprint.Fingerprint
	var fill func(*bytes.Buffer) error
	err := rescue.Do(func() (err error) {
		if out.Last != nil {
			print, fill, err = out.Last(b.made)
		} else {
			print, fill, err = out.Prepare()
		}
		return err
	})
	if err != nil {
		return entry{}, 0, err
	}
	if w.buf.Cap() > largestKept {
		w.buf = bytes.Buffer{}
	}

	info, lookErr := w.stats.lstat(out.Path)
	intact := lookErr == nil && old != nil && b.intact(w, old, info)
	if intact && !print.IsZero() && print == old.print {
		return b.keep(w, old, info)
	}

	if fill == nil {
		return entry{}, 0, errors.New("has nothing that makes it")
	}
	w.buf.Reset()
	if err := rescue.Do(func() error { return fill(&w.buf) }); err != nil {
		return entry{}, 0, err
	}
	if err := b.inspect(out.Path, w.buf.Bytes()); err != nil {
		return entry{}, 0, err
	}
	e := entry{path: out.Path, print: print, hash: fingerprint.Bytes(w.buf.Bytes()), size: int64(w.buf.Len())}
	if intact && old.hash == e.hash && old.size == e.size {
		e.mtime = info.ModTime().UnixNano()
		return e, kept, nil
	}
	same, err := b.clash(w, out.Path, &e, old, info, lookErr)
	if err != nil {
		return entry{}, 0, err
	}
	if same {
		e.mtime = info.ModTime().UnixNano()
		return e, kept, nil
	}
	e.mtime, err = b.stage.write(w, out.Path)
	return e, staged, err
}

// keep leaves a file as the last build made it.
func (b *build) keep(w *worker, old *entry, info fs.FileInfo) (entry, outcome, error) {
	if b.reinspect {
		if err := b.inspectWritten(w, old); err != nil {
			return entry{}, 0, err
		}
	}
	e := *old
	e.mtime = info.ModTime().UnixNano()
	return e, kept, nil
}

// intact reports whether the file that info describes is the last build's. Where
// size alone agrees, its content is read: copies of a folder have other times.
func (b *build) intact(w *worker, old *entry, info fs.FileInfo) bool {
	if old.matches(info) {
		return true
	}
	same, err := holds(b.f.root, old.path, old, &w.buf)
	return same && err == nil // one that may not be read is made anew
}

func (b *build) inspect(p string, content []byte) error {
	if b.o.Inspect == nil {
		return nil
	}
	return rescue.Do(func() error { return b.o.Inspect(p, content) })
}

// inspectWritten inspects a file that need not be made.
func (b *build) inspectWritten(w *worker, e *entry) error {
	if err := readInto(&w.buf, b.f.root, e.path); err != nil {
		return machine("read", e.path, err)
	}
	return b.inspect(e.path, w.buf.Bytes())
}

// clash looks at what lies where a file shall be written. It reports whether that
// is somebody's file with the very bytes, which is then taken on: so a site whose
// .mingdeng was lost can go on.
func (b *build) clash(w *worker, p string, e, old *entry, info fs.FileInfo, lookErr error) (same bool, err error) {
	switch {
	case missing(lookErr):
		return false, nil
	case lookErr != nil:
		// A link out of the folder on the way, perhaps: that is found from above.
		if at := b.stage.place(w, path.Dir(p)); at.err != nil {
			return false, at.err
		}
		return false, machine("look", p, lookErr)
	case info.IsDir():
		vanishes, err := b.willVanish(p)
		if err == nil && !vanishes {
			err = obstacle(p, info)
		}
		return false, err
	case !info.Mode().IsRegular():
		return false, obstacle(p, info)
	case old != nil:
		return false, nil // changed by somebody, but ours to make
	case b.variant(p, info):
		return false, nil
	}
	var buf bytes.Buffer
	same, err = holds(b.f.root, p, e, &buf)
	if err != nil {
		return false, machine("read", p, err)
	}
	if !same {
		return false, obstacle(p, info)
	}
	return true, nil
}

// variant reports whether the file seen at p is an output of the last build, of a
// name that differs by case, on a file system blind to that. The commit removes
// such a one before it puts anything in place.
func (b *build) variant(p string, info fs.FileInfo) bool {
	e := b.gone[fold(p)]
	if e == nil {
		return false
	}
	other, err := b.f.root.Lstat(e.path)
	if err != nil || !os.SameFile(info, other) {
		return false
	}
	same, err := ours(b.f.root, e, new(bytes.Buffer))
	return same && err == nil
}

// willVanish reports whether the folder dir holds nothing but outputs of the last
// build that are no more, unchanged, and folders of such.
func (b *build) willVanish(dir string) (bool, error) {
	if len(b.f.state.below(dir)) == 0 {
		return false, nil // somebody's, even if it is empty
	}
	names, err := readDir(b.f.root, dir)
	if err != nil {
		return false, machine("look", dir, err)
	}
	for _, n := range names {
		p := dir + "/" + n.Name()
		vanishes := false
		if n.IsDir() {
			vanishes, err = b.willVanish(p)
		} else if e := b.gone[fold(p)]; e != nil && e.path == p && !e.lost() {
			vanishes, err = ours(b.f.root, e, new(bytes.Buffer))
			err = machine("look", p, err)
		}
		if err != nil || !vanishes {
			return false, err
		}
	}
	return true, nil
}

// obstacleError carries an Obstacle through the functions that may meet one.
type obstacleError struct{ Obstacle }

func (e *obstacleError) Error() string { return string(e.Kind) + " in the way: " + e.Path }

func obstacle(p string, info fs.FileInfo) error {
	kind := Irregular
	switch mode := info.Mode(); {
	case mode.IsRegular():
		kind = RegularFile
	case mode.IsDir():
		kind = Directory
	case mode&fs.ModeSymlink != 0:
		kind = Symlink
	}
	return &obstacleError{Obstacle{p, kind}}
}
