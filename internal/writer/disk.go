package writer

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"time"

	"mingdeng/internal/fingerprint"
)

func processors() int { return runtime.GOMAXPROCS(0) }

// matches reports whether info is that of the file as it was written.
func (e *entry) matches(info fs.FileInfo) bool {
	return info.Mode().IsRegular() && info.Size() == e.size && info.ModTime().UnixNano() == e.mtime
}

// statCache looks at files one after another. It keeps the folders two levels above the
// last files open: in order of path that serves runs of NAME/index.html, and a
// look costs a third of what it does from the root. There are two, since an Output may be
// made right after one of another folder ([output.Output.After]).
type statCache struct {
	root store
	// still says that nothing is made there meanwhile: a folder that was not there is not
	// looked for again.
	still bool
	kept  [2]keptFolder // the last one first
}

// keptFolder is a folder that was opened, or was not there.
type keptFolder struct {
	base string
	sub  store // nil: none open
	gone bool  // there was none at base
}

func (k *keptFolder) close() {
	if k.sub != nil {
		k.sub.Close()
	}
	*k = keptFolder{}
}

func (y *statCache) lstat(p string) (fs.FileInfo, error) {
	root, rest := y.near(p)
	if root == nil {
		return nil, &fs.PathError{Op: "lstat", Path: p, Err: fs.ErrNotExist}
	}
	return root.Lstat(rest)
}

// near returns an open folder not far above p, and the way from there. It is nil where
// the folder two levels above p is not there.
func (y *statCache) near(p string) (root store, rest string) {
	base := path.Dir(path.Dir(p))
	if base == "." {
		return y.root, p
	}
	if y.kept[0].base != base {
		y.kept[0], y.kept[1] = y.kept[1], y.kept[0]
	}
	k := &y.kept[0]
	if k.base != base || !k.gone && k.sub == nil {
		k.close()
		sub, err := y.root.Sub(base)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			*k = keptFolder{base: base, gone: y.still}
			return nil, ""
		case err != nil:
			return y.root, p // whose errors say what is the matter
		}
		*k = keptFolder{base: base, sub: sub}
	}
	if k.gone {
		return nil, ""
	}
	return k.sub, p[len(base)+1:]
}

func (y *statCache) close() {
	for i := range y.kept {
		y.kept[i].close()
	}
}

// readInto replaces buf's content with the file's.
func readInto(buf *bytes.Buffer, root store, name string) error {
	file, err := root.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	buf.Reset()
	_, err = buf.ReadFrom(file)
	return err
}

// holds reports whether the file's content is e's. No file holds nil. The error says
// that it cannot be told.
func holds(root store, name string, e *entry, buf *bytes.Buffer) (bool, error) {
	if e == nil {
		return false, nil
	}
	info, err := root.Lstat(name)
	if err == nil {
		if !info.Mode().IsRegular() || info.Size() != e.size {
			return false, nil
		}
		err = readInto(buf, root, name)
	}
	switch {
	case missing(err):
		return false, nil
	case err != nil:
		return false, at(name, err)
	}
	return fingerprint.Bytes(buf.Bytes()) == e.hash, nil
}

// ours reports whether the file is as we wrote it: by its size and time, or else
// by its content, because copying a folder changes the times.
func ours(root store, e *entry, buf *bytes.Buffer) (bool, error) {
	if info, err := root.Lstat(e.path); err == nil && e.matches(info) {
		return true, nil
	}
	return holds(root, e.path, e, buf)
}

// missing reports whether err says that a file or a folder on the way to it is
// not there.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || notFolder(err)
}

// longest is how long a build waits in all for files that are held by others.
const longest = 8 * time.Second

// patience is what a Folder waits with. passing says for which refusals and how long,
// which differs from system to system.
type patience struct {
	passing func(error) time.Duration
	sleep   func(time.Duration)
	left    time.Duration
}

func newPatience() patience { return patience{passing, time.Sleep, longest} }

// again does what failed with err again, at growing intervals, as long as it is refused
// by what may pass.
func (p *patience) again(err error, do func() error) error {
	waited := time.Duration(0)
	for pause := 5 * time.Millisecond; err != nil && p.left > 0 && waited < p.passing(err); pause = min(2*pause, time.Second) {
		p.sleep(pause)
		waited += pause
		p.left -= pause
		err = do()
	}
	return err
}

// patiently does what virus scanners and indexers may refuse for a moment.
func (f *Folder) patiently(do func() error) error { return f.patience.again(do(), do) }
