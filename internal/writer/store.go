package writer

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
)

// store is a folder on a disk, as far as this package uses it: everything that is read
// or changed goes through one. Names are slash-separated and lie inside, as with
// [os.Root]. Tests put a store in its place that refuses what they like, when they like.
type store interface {
	Lstat(name string) (fs.FileInfo, error)
	// Open opens a file or folder to read it.
	Open(name string) (*os.File, error)
	// Create writes a new file whole, and returns what it then looks like. Where it
	// fails a part may lie there.
	Create(name string, b []byte) (fs.FileInfo, error)
	// Overwrite writes a file whole, new or not, and makes its content last.
	Overwrite(name string, b []byte) error
	// SyncDir makes the names in a folder last.
	SyncDir(name string) error
	Mkdir(name string) error
	Rename(from, to string) error
	// Remove removes a file or an empty folder.
	Remove(name string) error
	// Sub opens a folder inside.
	Sub(name string) (store, error)
	Close() error
}

// disk is the store that a build uses.
type disk struct{ *os.Root }

func openDisk(dir string) (store, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return disk{root}, nil
}

func (d disk) Sub(name string) (store, error) {
	root, err := d.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return disk{root}, nil
}

func (d disk) Mkdir(name string) error { return d.Root.Mkdir(name, 0o755) }

func (d disk) Create(name string, b []byte) (info fs.FileInfo, err error) {
	file, err := d.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	if _, err = file.Write(b); err == nil {
		info, err = file.Stat()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil && runtime.GOOS == "windows" {
		info, err = d.Lstat(name) // NTFS may set the time only when the file is closed
	}
	return info, err
}

func (d disk) Overwrite(name string, b []byte) error {
	file, err := d.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	if _, err = file.Write(b); err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	return err
}

// mkdirAll makes a folder and those above it.
func mkdirAll(s store, dir string) error {
	err := s.Mkdir(dir)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		if info, e := s.Lstat(dir); e == nil && info.IsDir() {
			return nil
		}
		return err
	case !missing(err) || path.Dir(dir) == ".":
		return err
	}
	if err := mkdirAll(s, path.Dir(dir)); err != nil {
		return err
	}
	return mkdirAll(s, dir)
}

// removeAll removes what lies at name, with all that is in it if it is a folder. It
// goes on after a refusal, and returns the first.
func (f *Folder) removeAll(name string) error {
	return f.removeTree(f.root, name, name)
}

func (f *Folder) removeTree(s store, name, full string) error {
	info, err := s.Lstat(name)
	if missing(err) {
		return nil
	} else if err != nil {
		return at(full, err)
	}
	var first error
	if info.IsDir() {
		names, err := readDir(s, name)
		if err != nil {
			return at(full, err)
		}
		if len(names) > 0 {
			sub, err := s.Sub(name)
			if err != nil {
				return at(full, err)
			}
			for _, n := range names {
				if err := f.removeTree(sub, n.Name(), full+"/"+n.Name()); first == nil {
					first = err
				}
			}
			sub.Close() // Windows removes no folder that is open
		}
	}
	if first != nil {
		return first
	}
	err = f.patiently(func() error { return s.Remove(name) })
	if missing(err) {
		return nil
	}
	return at(full, err)
}

// readDir lists a folder, in order of name.
func readDir(s store, dir string) ([]fs.DirEntry, error) {
	file, err := s.Open(dir)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names, err := file.ReadDir(-1)
	slices.SortFunc(names, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return names, err
}
