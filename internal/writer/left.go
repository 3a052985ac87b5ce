package writer

import (
	"bytes"
	"maps"
	"slices"
)

// Beside its memory of small values a folder holds what one build leaves to the next
// whole: files in .mingdeng/left. They are written before the commit, so that what
// must not be remembered is gone when the site says so; whoever reads one finds out
// by its content whether it is of use, since no commit need have followed.

const (
	leftDir   = home + "/left"
	leftDraft = home + "/left.new"
)

// Leave is what makes a file for the next build. Where same, the file is as it was.
type Leave func() (b []byte, same bool)

// LeftBy returns the file of this name that a build left, or nil.
func (f *Folder) LeftBy(name string) []byte {
	info, err := f.root.Lstat(leftDir + "/" + name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	var buf bytes.Buffer
	buf.Grow(int(info.Size()) + bytes.MinRead)
	if readInto(&buf, f.root, leftDir+"/"+name) != nil {
		return nil
	}
	return buf.Bytes()
}

// leave writes these files, and removes all others.
func (f *Folder) leave(files map[string]Leave) error {
	there, err := readDir(f.root, leftDir)
	if err != nil && !missing(err) {
		return at(leftDir, err)
	}
	for _, e := range there {
		if _, ok := files[e.Name()]; !ok {
			if err := f.removeAll(leftDir + "/" + e.Name()); err != nil {
				return err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b, same := files[name]()
		if same {
			continue
		}
		name = leftDir + "/" + name
		if b != nil && f.leaveOne(name, b) == nil {
			continue
		}
		// What cannot be left is no reason to make no site, but the old one must go.
		for _, name := range []string{leftDraft, name} {
			if err := f.removeAll(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// leaveOne writes a file of what a build leaves.
func (f *Folder) leaveOne(name string, b []byte) error {
	if err := f.removeAll(leftDraft); err != nil {
		return err
	}
	if err := mkdirAll(f.root, leftDir); err != nil {
		return at(leftDir, err)
	}
	if _, err := f.root.Create(leftDraft, b); err != nil {
		return at(leftDraft, err)
	}
	return at(name, f.patiently(func() error { return f.root.Rename(leftDraft, name) }))
}
