package importer

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/content"
)

// Write creates the new files of the plan below root. None is overwritten: where
// one has come to be there since the plan was made, or a write fails, what this
// call wrote is taken away again and the error returned. A record's pictures are
// written before it.
func (p *Plan) Write(root *os.Root) (err error) {
	w := NewWriting(root)
	for _, s := range p.Sources {
		for i := len(s.Files) - 1; i >= 0; i-- {
			if f := s.Files[i]; f.State == New {
				if err := w.Put(f.Path, f.Data); err != nil {
					_, undone := w.Undo()
					return errors.Join(err, undone)
				}
			}
		}
	}
	return nil
}

// Writing is one import as it is written, a step that can be undone as a whole for as long
// as it is kept. It is not safe for concurrent use.
type Writing struct {
	root    *os.Root
	made    []made
	folders []string // that were not there before, outermost first
}

type made struct {
	path string
	sum  [sha256.Size]byte // of what was written
}

// NewWriting begins to write below root.
func NewWriting(root *os.Root) *Writing { return &Writing{root: root} }

// Put creates a file with its folders. It never overwrites one: that is an error which
// is fs.ErrExist.
func (w *Writing) Put(name string, data []byte) error {
	if err := w.folder(path.Dir(name)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	f, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	w.made = append(w.made, made{name, sha256.Sum256(data)})
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		w.made = w.made[:len(w.made)-1]
		return errors.Join(err, w.root.Remove(name)) // half a file is nobody's
	}
	return nil
}

// Paths lists what was put and not yet taken away.
func (w *Writing) Paths() []string {
	var list []string
	for _, m := range w.made {
		list = append(list, m.path)
	}
	return list
}

// folder makes a folder and those it lies in, and remembers which were not there.
func (w *Writing) folder(dir string) error {
	var missing []string
	for d := dir; d != "."; d = path.Dir(d) {
		if _, err := w.root.Stat(d); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, d)
	}
	if err := w.root.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	slices.Reverse(missing)
	w.folders = append(w.folders, missing...)
	return nil
}

// Undo removes what was put, and the folders that were made for it. What somebody has
// worked on since stays: a record that is not as it was written, whose pictures are not, or
// that has got a picture or an edition in another language, with all its files, and a book in
// which anything else lies. kept are the texts of those, where they are now. What could not
// be removed is told by the error; Undo can be called again.
func (w *Writing) Undo() (kept []string, err error) {
	units := map[string][]made{} // by the text's path
	texts := map[string]string{} // of records with a folder of their own, by folder
	for _, m := range w.made {
		if path.Base(m.path) == "index.md" {
			texts[path.Dir(m.path)] = m.path
		}
	}
	var order, books []string
	for _, m := range w.made {
		text := cmp.Or(texts[path.Dir(m.path)], m.path)
		if units[text] == nil {
			if path.Base(text) == "_index.md" {
				books = append(books, text)
			} else {
				order = append(order, text)
			}
		}
		units[text] = append(units[text], m)
	}
	w.made = nil
	for _, text := range append(order, books...) { // a book goes when its chapters have gone
		at, touched := w.touched(text, units[text])
		if touched {
			if at != "" {
				kept = append(kept, at)
			}
			continue
		}
		for _, m := range units[text] {
			if e := w.root.Remove(m.path); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
				w.made = append(w.made, m)
			}
		}
		if dir := path.Dir(text); slices.Contains(w.folders, dir) {
			_ = w.root.Remove(dir) // not where something lies in it
		}
	}
	for _, dir := range slices.Backward(w.folders) {
		_ = w.root.Remove(dir)
	}
	slices.Sort(kept)
	return kept, err
}

// touched tells whether anybody has worked on a record since it was written, and where its
// text is now; "" where it is gone.
func (w *Writing) touched(text string, unit []made) (at string, touched bool) {
	dir, base := path.Dir(text), strings.TrimSuffix(text, ".md")
	at = text
	if _, err := w.root.Stat(text); errors.Is(err, fs.ErrNotExist) {
		at = ""
		if _, err := w.root.Stat(base + "/index.md"); err == nil {
			return base + "/index.md", true // it has got a picture
		}
	}
	for _, m := range unit {
		b, err := w.root.ReadFile(m.path)
		if errors.Is(err, fs.ErrNotExist) && (m.path == text || at == "") {
			continue // somebody has taken it away already
		}
		if err != nil || sha256.Sum256(b) != m.sum {
			return at, true
		}
	}
	for _, l := range content.Languages() {
		if _, err := w.root.Stat(base + "." + l.File + ".md"); l.File != "" && err == nil {
			return at, true
		}
	}
	if name := path.Base(text); name == "index.md" || name == "_index.md" {
		list, err := fs.ReadDir(w.root.FS(), dir)
		if err == nil && len(list) > len(unit) {
			return at, true
		}
	}
	return at, false
}
