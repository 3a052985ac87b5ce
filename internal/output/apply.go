package output

import (
	"bytes"
	"io/fs"
	"path"
)

// applying is one passage from the old state to the next, from the file commit's
// appearance to its end; or, after a kill, what remains of one.
type applying struct {
	*Folder
	old, next  *state
	recovering bool
	buf        bytes.Buffer
	from, to   eye // on what is staged, on the destination

	removed int
	left    []string // not removed because somebody changed them
	stuck   []entry  // files that could not be removed
	errs    []error  // of these, and of files and folders that could not be put in place
}

// apply does all that can be done, and says what could not.
func (f *Folder) apply(old, next *state, recovering bool) *applying {
	a := &applying{Folder: f, old: old, next: next, recovering: recovering, from: eye{root: f.root}, to: eye{root: f.root}}
	first, last := a.removals()
	a.removeAll(first)
	for _, u := range next.units {
		if old.find(u.dest) == nil {
			a.put(u.stage, u.dest)
		}
	}
	for _, u := range next.units {
		if old.find(u.dest) != nil {
			a.put(u.stage, u.dest)
		}
	}
	a.from.close() // Windows removes no folder that is open
	a.to.close()
	a.removeAll(last)
	return a
}

// put renames from, in stage/, to the destination.
func (a *applying) put(from, dest string) {
	if err := a.step("put", dest); err != nil {
		a.fail(err)
		return
	}
	staged, err := a.from.lstat(stageDir + "/" + from)
	if missing(err) && a.recovering {
		return // put in place before the kill
	} else if err != nil {
		a.fail(err)
		return
	}
	there, err := a.to.lstat(dest)
	switch {
	case missing(err):
		a.putNew(from, dest, staged)
	case err != nil:
		a.fail(err)
	case staged.IsDir() && there.IsDir():
		a.putChildren(from, dest)
	case staged.IsDir() || !there.Mode().IsRegular():
		a.fail(obstacle(dest, there))
	case a.old.find(dest) != nil:
		a.fail(a.rename(from, dest))
	case holds(a.root, dest, a.next.find(dest), &a.buf):
		// Somebody's, but the same: take it on.
	default:
		a.fail(obstacle(dest, there))
	}
}

func (a *applying) putNew(from, dest string, staged fs.FileInfo) {
	err := a.rename(from, dest)
	if missing(err) {
		if err = a.root.MkdirAll(path.Dir(dest), 0o755); err == nil {
			err = a.rename(from, dest)
		}
	}
	if err != nil && staged.IsDir() && a.root.Mkdir(dest, 0o755) == nil {
		// Windows will not rename a folder in which a file is open. The others may
		// still go.
		a.putChildren(from, dest)
		return
	}
	a.fail(err)
}

// putChildren puts what is in the staged folder from into the folder dest.
func (a *applying) putChildren(from, dest string) {
	names, err := readDir(a.root, stageDir+"/"+from)
	if err != nil {
		a.fail(err)
		return
	}
	for _, n := range names {
		a.put(from+"/"+n.Name(), dest+"/"+n.Name())
	}
}

func (a *applying) rename(from, dest string) error {
	if err := a.step("rename", dest); err != nil {
		return err
	}
	return patiently(func() error { return a.root.Rename(stageDir+"/"+from, dest) })
}

func (a *applying) fail(err error) {
	if err != nil {
		a.errs = append(a.errs, err)
	}
}

// removals lists the outputs that are no more. first are those that stand in the
// way: a file where a folder shall be, files in a folder where a file shall be,
// and names that differ from a new one by case alone.
func (a *applying) removals() (first, last []entry) {
	gone := a.old.without(a.next)
	if len(gone) == 0 {
		return nil, nil
	}
	folded := make(map[string]string, len(a.next.entries))
	for _, e := range a.next.entries {
		folded[fold(e.path)] = e.path
	}
	for _, e := range gone {
		twin, blind := folded[fold(e.path)]
		if blind && a.recovering && a.already(e.path, twin) {
			continue
		}
		if blind || len(a.next.below(e.path)) > 0 || a.underFile(e.path) {
			first = append(first, e)
		} else {
			last = append(last, e)
		}
	}
	return first, last
}

// already reports whether, on a file system blind to case, what is seen at the old
// name is the new file, put in place before the kill.
func (a *applying) already(old, new string) bool {
	e := a.next.find(new)
	return holds(a.root, old, e, &a.buf) && holds(a.root, new, e, &a.buf)
}

func (a *applying) underFile(p string) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if a.next.find(dir) != nil {
			return true
		}
	}
	return false
}

// removeAll removes files that are as we wrote them, and then the folders that
// this leaves empty.
func (a *applying) removeAll(list []entry) {
	emptied := map[string]bool{}
	for i := range list {
		e := &list[i]
		if err := a.remove(e); err != nil {
			a.stuck = append(a.stuck, *e)
			a.errs = append(a.errs, err)
			continue
		}
		if dir := path.Dir(e.path); dir != "." {
			emptied[dir] = true
		}
	}
	for len(emptied) > 0 {
		parents := map[string]bool{}
		for dir := range emptied {
			info, err := a.root.Lstat(dir)
			if err != nil || !info.IsDir() || patiently(func() error { return a.root.Remove(dir) }) != nil {
				continue
			}
			if up := path.Dir(dir); up != "." {
				parents[up] = true
			}
		}
		emptied = parents
	}
}

func (a *applying) remove(e *entry) error {
	if err := a.step("remove", e.path); err != nil {
		return err
	}
	_, err := a.root.Lstat(e.path)
	switch {
	case missing(err):
		a.removed++
		return nil
	case err != nil:
		return err
	case !ours(a.root, e, &a.buf):
		a.left = append(a.left, e.path)
		return nil
	}
	if err := patiently(func() error { return a.root.Remove(e.path) }); err != nil {
		return err
	}
	a.removed++
	return nil
}
