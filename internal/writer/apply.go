package writer

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"

	"mingdeng/internal/fingerprint"
)

// applying is one passage from the old state to the next, from the file commit's
// appearance to its end; or, after a kill or a refusal, what remains of one.
type applying struct {
	*Folder
	old, next  *state
	recovering bool
	buf        bytes.Buffer
	from, to   statCache // on what is staged, on the destination

	removed int
	left    []string            // not removed because somebody changed them
	stuck   []entry             // what is still to be removed: files, and lost entries for folders
	refused map[string]*Refusal // by path
}

// apply does all that can be done, and says what could not. Where something is held by
// others it waits, once for all that is held, and goes on.
func (f *Folder) apply(old, next *state, recovering bool) *applying {
	a := f.pass(old, next, recovering)
	waited := time.Duration(0)
	for pause := 5 * time.Millisecond; f.patience.left > 0 && waited < a.passes(); pause = min(2*pause, time.Second) {
		f.patience.sleep(pause)
		waited += pause
		f.patience.left -= pause
		a = f.pass(old, next, true)
	}
	return a
}

// passes is how long it is worth waiting for what was refused.
func (a *applying) passes() (longest time.Duration) {
	for _, r := range a.refused {
		longest = max(longest, a.patience.passing(r.Err))
	}
	return longest
}

// told is what was refused, in order of path. What lies in the way is left out where it
// does so because something else was refused.
func (a *applying) told() []*Refusal {
	var list, inWay []*Refusal
	for _, r := range a.refused {
		if in := (*obstacleError)(nil); errors.As(r.Err, &in) {
			inWay = append(inWay, r)
		} else {
			list = append(list, r)
		}
	}
	if len(list) == 0 {
		list = inWay
	}
	slices.SortFunc(list, func(x, y *Refusal) int { return cmp.Compare(x.Path, y.Path) })
	return list
}

// pass tries everything once.
func (f *Folder) pass(old, next *state, recovering bool) *applying {
	a := &applying{
		Folder: f, old: old, next: next, recovering: recovering,
		from: statCache{root: f.root}, to: statCache{root: f.root}, refused: map[string]*Refusal{},
	}
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
	staged, err := a.from.lstat(stageDir + "/" + from)
	if missing(err) && a.recovering && a.arrived(dest) {
		return
	} else if err != nil {
		a.fail(dest, err)
		return
	}
	there, err := a.to.lstat(dest)
	switch {
	case missing(err):
		a.putNew(from, dest, staged)
	case err != nil:
		a.fail(dest, err)
	case staged.IsDir() && there.IsDir():
		a.putChildren(from, dest)
	case staged.IsDir() || !there.Mode().IsRegular():
		a.fail(dest, obstacle(dest, there))
	case a.old.find(dest) != nil:
		a.fail(dest, a.rename(from, dest))
	default:
		same, err := holds(a.root, dest, a.next.find(dest), &a.buf)
		if err == nil && !same { // or else somebody's, but the same: take it on
			err = obstacle(dest, there)
		}
		a.fail(dest, err)
	}
}

// arrived reports whether what was staged for dest was put in place before, and not lost:
// by its content, since the file that it was to replace can have its size and, where clocks
// are coarse, its time.
func (a *applying) arrived(dest string) bool {
	is := func(e *entry) bool {
		same, err := holds(a.root, e.path, e, &a.buf)
		return same && err == nil
	}
	if e := a.next.find(dest); e != nil {
		return is(e)
	}
	below := a.next.below(dest)
	for i := range below {
		if !is(&below[i]) {
			return false
		}
	}
	return len(below) > 0
}

func (a *applying) putNew(from, dest string, staged fs.FileInfo) {
	err := a.rename(from, dest)
	if missing(err) {
		if err = mkdirAll(a.root, path.Dir(dest)); err == nil {
			err = a.rename(from, dest)
		}
	}
	if err != nil && staged.IsDir() && a.root.Mkdir(dest) == nil {
		// Windows will not rename a folder in which a file is open. The others may
		// still go.
		a.putChildren(from, dest)
		if len(a.refused) > 0 {
			a.root.Remove(dest) // if nothing went in
		}
		return
	}
	a.fail(dest, err)
}

// putChildren puts what is in the staged folder from into the folder dest.
func (a *applying) putChildren(from, dest string) {
	names, err := readDir(a.root, stageDir+"/"+from)
	if err != nil {
		a.fail(dest, err)
		return
	}
	for _, n := range names {
		a.put(from+"/"+n.Name(), dest+"/"+n.Name())
	}
}

func (a *applying) rename(from, dest string) error {
	return a.root.Rename(stageDir+"/"+from, dest)
}

// fail notes what was refused.
func (a *applying) fail(p string, err error) {
	if err == nil || a.refused[p] != nil { // what follows from a refusal is not told
		return
	}
	var r *Refusal
	errors.As(at(p, err), &r)
	a.refused[p] = r
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
	one, err1 := holds(a.root, old, e, &a.buf)
	two, err2 := holds(a.root, new, e, &a.buf)
	return one && two && err1 == nil && err2 == nil
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
	emptied := map[string]string{} // folders: the path of an entry that was in each
	for i := range list {
		e := &list[i]
		if err := a.remove(e); err != nil {
			a.fail(e.path, err)
			e.print = fingerprint.Fingerprint{}
			a.stuck = append(a.stuck, *e)
			continue
		}
		if dir := path.Dir(e.path); dir != "." {
			emptied[dir] = e.path
		}
	}
	for len(emptied) > 0 {
		parents := map[string]string{}
		for dir, was := range emptied {
			gone, err := a.removeEmpty(dir)
			if err != nil {
				a.fail(dir, err)
				a.stuck = append(a.stuck, lose(was))
			} else if up := path.Dir(dir); gone && up != "." {
				parents[up] = was
			}
		}
		emptied = parents
	}
}

// removeEmpty removes a folder that holds nothing, and reports whether none is there now.
// A folder in which somebody has something stays, which is no error.
func (a *applying) removeEmpty(dir string) (gone bool, err error) {
	info, err := a.root.Lstat(dir)
	switch {
	case missing(err):
		return true, nil // removed before the kill, perhaps: but those above it?
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, nil
	}
	err = a.root.Remove(dir)
	if err == nil || missing(err) {
		return true, nil
	}
	if names, e := readDir(a.root, dir); errors.Is(err, fs.ErrExist) || e == nil && len(names) > 0 {
		return false, nil
	}
	return false, err
}

func (a *applying) remove(e *entry) error {
	if e.lost() {
		return nil // there is none; but its folders
	}
	_, err := a.root.Lstat(e.path)
	switch {
	case missing(err):
		a.removed++
		return nil
	case err != nil:
		return err
	}
	same, err := ours(a.root, e, &a.buf)
	if err != nil {
		return err
	}
	if !same {
		a.left = append(a.left, e.path)
		return nil
	}
	if err := a.root.Remove(e.path); err != nil {
		return err
	}
	a.removed++
	return nil
}
