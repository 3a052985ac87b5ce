package serve

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may happen before what happened is taken in: saving is
// often several steps. patience is the longest a stream of events is waited for.
const (
	quiet    = 8 * time.Millisecond
	patience = 80 * time.Millisecond
)

// manyPaths is how many changed paths are kept apart; more mean "anything".
const manyPaths = 64

// watcher tells which files below content/ and themes/ changed.
type watcher struct {
	root   string
	tree   tree
	paths  map[string]bool // since the last batch; relative, with slashes
	all    bool            // anything may have changed
	folder bool            // a folder came or went: its own folders must be watched
}

// tree is how a system watches a folder and all below it. Names of events are paths below
// the root; fsnotify.ErrEventOverflow says that some were lost.
type tree interface {
	events() <-chan fsnotify.Event
	errors() <-chan error
	cover() error // takes new folders in
	close()
}

// watched are the folders that a site is made from.
var watched = []string{"content", "themes"}

func newWatcher(root string) (*watcher, error) {
	t, err := newTree(root)
	if err != nil {
		return nil, err
	}
	return &watcher{root: root, tree: t, paths: map[string]bool{}}, nil
}

// hidden tells files that are nobody's content: they come and go while others are
// saved.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~")
}

// next waits for the next batch of changes. paths is nil where anything may have
// changed; ok is false when ctx has ended.
func (w *watcher) next(ctx context.Context) (paths []string, ok bool) {
	var rest, limit <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil, false
		case e, open := <-w.tree.events():
			if !open {
				return nil, false
			}
			if w.note(e) {
				rest = time.After(quiet)
				if limit == nil {
					limit = time.After(patience)
				}
			}
		case err, open := <-w.tree.errors():
			if !open {
				return nil, false
			}
			// Events were lost, or a folder could not be read.
			w.all, w.folder = true, w.folder || errors.Is(err, fsnotify.ErrEventOverflow)
			rest = time.After(quiet)
		case <-rest:
			return w.take(), true
		case <-limit:
			return w.take(), true
		}
	}
}

// note keeps what an event says. It reports whether the event matters.
func (w *watcher) note(e fsnotify.Event) bool {
	rel, err := filepath.Rel(w.root, e.Name)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	top, _, _ := strings.Cut(rel, "/")
	if top != watched[0] && top != watched[1] || hidden(path.Base(rel)) || e.Op == fsnotify.Chmod {
		return false
	}
	info, err := os.Lstat(e.Name)
	if err == nil && info.IsDir() && e.Op == fsnotify.Write {
		return false // Windows says so of the folder, and of what changed in it besides
	}
	if err == nil && info.IsDir() && e.Has(fsnotify.Create) {
		w.folder = true
	}
	if err != nil && path.Ext(rel) != ".md" || err == nil && info.IsDir() {
		w.all = true // a folder perhaps: what was in it is gone or new
	}
	if w.paths[rel] = true; len(w.paths) > manyPaths {
		w.all = true
		clear(w.paths)
	}
	return true
}

// take returns what was noted and begins anew.
func (w *watcher) take() []string {
	if w.folder {
		_ = w.tree.cover() // a limit that is reached here was told at the start, or polling helps
	}
	var paths []string
	if !w.all {
		for p := range w.paths {
			paths = append(paths, p)
		}
	}
	w.all, w.folder = false, false
	clear(w.paths)
	return paths
}

func (w *watcher) close() { w.tree.close() }
