package project

import (
	"io/fs"
	"strings"
	"sync"

	"mingdeng/internal/content"
)

// Themes is the themes built into a program, of which each is loaded once for all sites and
// all times that ask for it in the same languages, since it cannot change. It is for a process
// that loads sites again and again (the desk), as [Options.Themes]. A site that has themes of
// its own is none the quicker.
type Themes struct {
	fs.FS
	mu     sync.Mutex
	loaded map[string]Bundle // by name and languages; those without a fault
}

// NewThemes returns the themes of a file system, each a folder at its root.
func NewThemes(builtin fs.FS) *Themes { return &Themes{FS: builtin, loaded: map[string]Bundle{}} }

// kept returns the bundle that settings ask for, where it was loaded before, and a function
// that keeps one. The latter does nothing where a site's own files may have a part in it.
func kept(fsys, builtin fs.FS, config *content.Site) (b Bundle, ok bool, keep func(Bundle)) {
	t, _ := builtin.(*Themes)
	if _, err := fs.Stat(fsys, "themes"); t == nil || err == nil {
		return Bundle{}, false, func(Bundle) {}
	}
	key := config.Theme + " " + strings.Join(languages(config), " ")
	t.mu.Lock()
	defer t.mu.Unlock()
	b, ok = t.loaded[key]
	return b, ok, func(b Bundle) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.loaded[key] = b
	}
}
