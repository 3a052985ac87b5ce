//go:build !windows

package serve

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// folders watches each folder by itself.
type folders struct {
	root string
	fs   *fsnotify.Watcher
}

func newTree(root string) (tree, error) {
	f, err := fsnotify.NewBufferedWatcher(4096)
	if err != nil {
		return nil, err
	}
	t := &folders{root, f}
	if err := t.cover(); err != nil {
		f.Close()
		return nil, err
	}
	return t, nil
}

func (t *folders) events() <-chan fsnotify.Event { return t.fs.Events }
func (t *folders) errors() <-chan error          { return t.fs.Errors }
func (t *folders) close()                        { t.fs.Close() }

// cover watches every folder there is. Watching one again does no harm.
func (t *folders) cover() error {
	if err := t.fs.Add(t.root); err != nil { // for content/ itself to come and go
		return err
	}
	for _, top := range watched {
		err := filepath.WalkDir(filepath.Join(t.root, top), func(p string, e fs.DirEntry, err error) error {
			switch {
			case err != nil && os.IsNotExist(err):
				return nil // gone while we looked
			case err != nil:
				return nil // the build tells what cannot be read
			case e.IsDir() && hidden(e.Name()):
				return fs.SkipDir
			case !e.IsDir():
				return nil
			}
			if err := t.fs.Add(p); err != nil && !os.IsNotExist(err) {
				return err
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
