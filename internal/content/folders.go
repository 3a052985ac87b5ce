package content

import (
	"io/fs"
	"os"
	"strings"
	"sync"
)

// FolderFS is a site's folder for who reads nearly all of its files: the folders of kinds
// (content/heroes) stay open, since to open a file from the root costs a call or two for
// each folder on the way. What leads out of such a folder but not out of the site (a link)
// is read from the root. It is for many goroutines at once.
type FolderFS struct {
	fs.FS
	root *os.Root

	mu   sync.Mutex
	open map[string]*os.Root // nil: it cannot be opened
}

// NewFolderFS reads from a root, which stays the caller's.
func NewFolderFS(root *os.Root) *FolderFS {
	return &FolderFS{FS: root.FS(), root: root, open: map[string]*os.Root{}}
}

// ReadFile is [fs.ReadFileFS]'s.
func (f *FolderFS) ReadFile(name string) ([]byte, error) {
	if folder, rest := f.near(name); folder != nil {
		if b, err := folder.ReadFile(rest); err == nil {
			return b, nil
		}
	}
	return fs.ReadFile(f.FS, name) // whose errors name the whole way
}

// near is the folder of a kind that a file lies in, and the way from there.
func (f *FolderFS) near(name string) (folder *os.Root, rest string) {
	top, below, _ := strings.Cut(name, "/")
	kind, rest, ok := strings.Cut(below, "/")
	if !ok || top != Root || !fs.ValidPath(name) {
		return nil, ""
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	folder, known := f.open[kind]
	if !known {
		folder, _ = f.root.OpenRoot(top + "/" + kind)
		f.open[kind] = folder
	}
	return folder, rest
}

// Close closes the folders, and not the root.
func (f *FolderFS) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, folder := range f.open {
		if folder != nil {
			folder.Close()
		}
	}
	clear(f.open)
	return nil
}
