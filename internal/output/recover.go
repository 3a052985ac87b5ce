package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// resume brings a folder to order in which a commit began and did not end, or in
// which a build was killed before its commit.
func (f *Folder) resume() error {
	if next := f.load(commitFile); next != nil {
		if err := f.rollForward(next); err != nil {
			return &MachineError{Op: "finish an interrupted build", Begun: true, Err: err}
		}
	}
	for _, name := range []string{commitFile, draftFile, stageDir} {
		if err := f.root.RemoveAll(name); err != nil {
			return &MachineError{Op: "clear away an interrupted build", Err: err}
		}
	}
	f.pending = false
	return nil
}

// rollForward ends the commit to next. It never gets stuck on what it cannot put
// in place or remove: that is left to the next build, which tells of the obstacle
// before it changes anything.
func (f *Folder) rollForward(next *state) error {
	if err := f.verify(next); err != nil {
		return err
	}
	done := f.apply(f.state, next, true)
	f.left = append(f.left, done.left...)
	if real := f.reality(f.state, next, done.stuck); real != nil {
		if err := f.writeCommit(real); err != nil {
			return err
		}
		next = real
	}
	return f.finish(next)
}

// verify removes from stage/ the files that are not what was written there: after
// a loss of power they can be short.
func (f *Folder) verify(next *state) error {
	var buf bytes.Buffer
	var check func(from, dest string) error
	check = func(from, dest string) error {
		info, err := f.root.Lstat(from)
		switch {
		case missing(err):
			return nil
		case err != nil:
			return err
		case info.IsDir():
			names, err := readDir(f.root, from)
			for _, n := range names {
				err = errors.Join(err, check(from+"/"+n.Name(), dest+"/"+n.Name()))
			}
			return err
		case holds(f.root, from, next.find(dest), &buf):
			return nil
		}
		return f.root.RemoveAll(from)
	}
	for _, u := range next.units {
		if err := check(stageDir+"/"+u.stage, u.dest); err != nil {
			return fmt.Errorf("check %s: %w", u.dest, err)
		}
	}
	return nil
}

// reality is what next is after all, or nil if it came about entirely: files that
// did not get into place are as they were, if they were; what is stuck is still
// there to be removed. Its inputs and rules are unknown, so that the next build
// looks at everything.
func (f *Folder) reality(old, next *state, stuck []entry) *state {
	real := &state{memo: next.memo, entries: slices.Clone(stuck)}
	whole := len(stuck) == 0
	eye := eye{root: f.root}
	defer eye.close()
	var buf bytes.Buffer
	for i := range next.entries {
		e := &next.entries[i]
		info, err := eye.lstat(e.path)
		if err != nil || !e.matches(info) && !holds(f.root, e.path, e, &buf) {
			whole = false
			if e = old.find(e.path); e == nil {
				continue // not there, or somebody's
			}
		}
		real.entries = append(real.entries, *e)
	}
	if whole {
		return nil
	}
	slices.SortFunc(real.entries, func(a, b entry) int { return cmp.Compare(a.path, b.path) })
	return real
}
