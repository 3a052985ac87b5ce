package writer

import (
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"
)

// guard is a store on which a test has a hand: it asks before each operation, by its
// name and the paths from the output folder.
type guard struct {
	store
	base string // "" or the folder's path and a slash
	ask  func(op, from, to string) error

	coarse bool // the disk's clock has not moved for years
}

// still is a file on a disk whose clock stands.
type still struct{ fs.FileInfo }

func (still) ModTime() time.Time { return time.Unix(1e9, 0) }

// timed is info as the disk's clock gives it; the machinery's own files are left alone.
func (g guard) timed(name string, info fs.FileInfo, err error) (fs.FileInfo, error) {
	if err != nil || !g.coarse || strings.HasPrefix(g.base+name, home) && !strings.HasPrefix(g.base+name, stageDir) {
		return info, err
	}
	return still{info}, nil
}

// guarded puts a guard on an open folder.
func guarded(f *Folder, ask func(op, from, to string) error) { f.root = guard{store: f.root, ask: ask} }

func (g guard) one(op, name string) error {
	if err := g.ask(op, g.base+name, ""); err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

func (g guard) Lstat(name string) (fs.FileInfo, error) {
	if err := g.one("look", name); err != nil {
		return nil, err
	}
	info, err := g.store.Lstat(name)
	return g.timed(name, info, err)
}

func (g guard) Open(name string) (*os.File, error) {
	if err := g.one("open", name); err != nil {
		return nil, err
	}
	return g.store.Open(name)
}

func (g guard) Create(name string, b []byte) (fs.FileInfo, error) {
	if err := g.one("create", name); err != nil {
		if err.(*fs.PathError).Err == syscall.ENOSPC { // which is found out half way
			g.store.Create(name, b[:len(b)/2])
		}
		return nil, err
	}
	info, err := g.store.Create(name, b)
	return g.timed(name, info, err)
}

func (g guard) Overwrite(name string, b []byte) error {
	if err := g.one("overwrite", name); err != nil {
		if err.(*fs.PathError).Err == syscall.ENOSPC {
			g.store.Overwrite(name, b[:len(b)/2])
		}
		return err
	}
	return g.store.Overwrite(name, b)
}

func (g guard) Mkdir(name string) error {
	if err := g.one("mkdir", name); err != nil {
		return err
	}
	return g.store.Mkdir(name)
}

func (g guard) Remove(name string) error {
	if err := g.one("remove", name); err != nil {
		return err
	}
	return g.store.Remove(name)
}

func (g guard) Rename(from, to string) error {
	if err := g.ask("rename", g.base+from, g.base+to); err != nil {
		return &os.LinkError{Op: "renameat", Old: from, New: to, Err: err}
	}
	return g.store.Rename(from, to)
}

func (g guard) Sub(name string) (store, error) {
	if err := g.one("sub", name); err != nil {
		return nil, err
	}
	sub, err := g.store.Sub(name)
	if err != nil {
		return nil, err
	}
	return guard{sub, g.base + name + "/", g.ask, g.coarse}, nil
}

// stepwise tells a function of the steps of a build that change the disk, by their names
// in its course: stage, commit, begin, then put and remove, then finish and tidy.
func stepwise(do func(step, path string) error) func(op, from, to string) error {
	return func(op, from, to string) error {
		inside := strings.HasPrefix(from, home+"/")
		switch {
		case op == "create" && strings.HasPrefix(from, stageDir+"/"):
			return do("stage", from)
		case op == "overwrite":
			return do("commit", from)
		case op == "rename" && to == commitFile:
			return do("begin", to)
		case op == "rename" && to == stateFile:
			return do("finish", to)
		case op == "rename":
			return do("put", to)
		case op == "remove" && !inside:
			return do("remove", from)
		case op == "remove" && strings.HasPrefix(from, stageDir):
			return do("tidy", from)
		}
		return nil
	}
}
