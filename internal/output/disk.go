package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/fingerprint"
)

func processors() int { return runtime.GOMAXPROCS(0) }

// matches reports whether info is that of the file as it was written.
func (e *entry) matches(info fs.FileInfo) bool {
	return info.Mode().IsRegular() && info.Size() == e.size && info.ModTime().UnixNano() == e.mtime
}

// eye looks at files one after another. It keeps the folder two levels above the
// last file open: in order of path that serves runs of NAME/index.html, and a
// look costs a third of what it does from the root.
type eye struct {
	root *os.Root
	base string   // of sub
	sub  *os.Root // nil: none open
}

func (y *eye) lstat(p string) (fs.FileInfo, error) {
	root, rest := y.near(p)
	if root == nil {
		return nil, &fs.PathError{Op: "lstat", Path: p, Err: fs.ErrNotExist}
	}
	return root.Lstat(rest)
}

// near returns an open folder not far above p, and the way from there. It is nil where
// the folder two levels above p is not there.
func (y *eye) near(p string) (root *os.Root, rest string) {
	base := path.Dir(path.Dir(p))
	if base == "." {
		return y.root, p
	}
	if y.sub == nil || y.base != base {
		y.close()
		sub, err := y.root.OpenRoot(base)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, ""
		}
		if err != nil {
			return y.root, p // whose errors say what is the matter
		}
		y.base, y.sub = base, sub
	}
	return y.sub, p[len(base)+1:]
}

func (y *eye) close() {
	if y.sub != nil {
		y.sub.Close()
		y.sub = nil
	}
}

// readInto replaces buf's content with the file's.
func readInto(buf *bytes.Buffer, root *os.Root, name string) error {
	file, err := root.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	buf.Reset()
	_, err = buf.ReadFrom(file)
	return err
}

// holds reports whether the file's content is e's. A file that cannot be read
// does not hold it, nor does any hold nil.
func holds(root *os.Root, name string, e *entry, buf *bytes.Buffer) bool {
	if e == nil {
		return false
	}
	info, err := root.Lstat(name)
	return err == nil && info.Mode().IsRegular() && info.Size() == e.size &&
		readInto(buf, root, name) == nil && fingerprint.Bytes(buf.Bytes()) == e.hash
}

// ours reports whether the file is as we wrote it: by its size and time, or else
// by its content, because copying a folder changes the times.
func ours(root *os.Root, e *entry, buf *bytes.Buffer) bool {
	info, err := root.Lstat(e.path)
	return err == nil && (e.matches(info) || holds(root, e.path, e, buf))
}

// readDir lists a folder, in order of name.
func readDir(root *os.Root, dir string) ([]fs.DirEntry, error) {
	file, err := root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names, err := file.ReadDir(-1)
	slices.SortFunc(names, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return names, err
}

// missing reports whether err says that a file or a folder on the way to it is
// not there.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || notFolder(err)
}

// create writes a new file and returns its modification time.
func create(root *os.Root, name string, b []byte) (mtime int64, err error) {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	_, err = file.Write(b)
	var info fs.FileInfo
	if err == nil {
		info, err = file.Stat()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil && runtime.GOOS == "windows" {
		info, err = root.Lstat(name) // NTFS may set the time only when the file is closed
	}
	if err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

// patiently tries a rename or removal again for a while where it was refused on
// Windows: virus scanners and indexers hold new files open for a moment.
func patiently(do func() error) error {
	err := do()
	if runtime.GOOS != "windows" {
		return err
	}
	for pause := 5 * time.Millisecond; err != nil && !missing(err) && !errors.Is(err, fs.ErrExist) && pause < time.Second; pause *= 2 {
		time.Sleep(pause)
		err = do()
	}
	return err
}
