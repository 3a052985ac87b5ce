// Package layered reads a theme's folder together with those that it is laid over: a file
// that a theme does not have is that of the theme it extends.
package layered

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Folder is a theme's folder over the folders of the themes it extends. It is an [fs.FS]
// in which every file is the topmost of its name, and a folder lists the files of all.
type Folder struct {
	layers []layer // the theme's own first
}

type layer struct {
	fsys fs.FS
	dir  string
}

// Of is one folder by itself. fsys is rooted at it; dir is how it is called in messages.
func Of(fsys fs.FS, dir string) Folder { return Folder{[]layer{{fsys, dir}}} }

// Over is f laid over base.
func (f Folder) Over(base Folder) Folder {
	return Folder{slices.Concat(f.layers, base.layers)}
}

// Layers are the folders one by one, the lowest first: for files of which each says more
// than the one below it.
func (f Folder) Layers() []Folder {
	var out []Folder
	for _, l := range slices.Backward(f.layers) {
		out = append(out, Folder{[]layer{l}})
	}
	return out
}

// Path is the name of a file for messages: below the folder that has it, else below the
// theme's own.
func (f Folder) Path(name string) string {
	for _, l := range f.layers {
		if _, err := fs.Stat(l.fsys, name); err == nil {
			return path.Join(l.dir, name)
		}
	}
	return path.Join(f.layers[0].dir, name)
}

// Owns tells whether the theme has the file itself.
func (f Folder) Owns(name string) bool {
	_, err := fs.Stat(f.layers[0].fsys, name)
	return err == nil
}

// Open opens the topmost file of a name.
func (f Folder) Open(name string) (fs.File, error) {
	for _, l := range f.layers {
		file, err := l.fsys.Open(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists what all folders of a name hold, each name once, sorted.
func (f Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	seen, found := map[string]bool{}, false
	for _, l := range f.layers {
		entries, err := fs.ReadDir(l.fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !seen[e.Name()] {
				seen[e.Name()] = true
				all = append(all, e)
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}
