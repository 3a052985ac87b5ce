package writer

import (
	"bytes"
	"cmp"
	"slices"

	"mingdeng/internal/fingerprint"
)

// resume brings a folder to order in which a commit began and did not end, or in
// which a build was killed before its commit.
func (f *Folder) resume() error {
	f.pending = true
	next, err := f.load(commitFile)
	if err == nil && next != nil {
		err = f.rollForward(next)
	}
	if err != nil {
		return begun("finish an interrupted build", commitFile, err)
	}
	for _, name := range []string{commitFile, draftFile, stageDir} {
		if err := f.removeAll(name); err != nil {
			return machine("clear away an interrupted build", name, err)
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
	done := f.pass(f.state, next, true) // the build that follows waits, if there is need
	f.left = append(f.left, done.left...)
	real, err := done.reality()
	if err != nil {
		return err
	}
	if real != nil {
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
			return at(from, err)
		case info.IsDir():
			names, err := readDir(f.root, from)
			for _, n := range names {
				if e := check(from+"/"+n.Name(), dest+"/"+n.Name()); err == nil {
					err = e
				}
			}
			return at(from, err)
		}
		if same, err := holds(f.root, from, next.find(dest), &buf); err == nil && same {
			return nil
		}
		return f.removeAll(from)
	}
	for _, u := range next.units {
		if err := check(stageDir+"/"+u.stage, u.dest); err != nil {
			return err
		}
	}
	return nil
}

// reality is what next is after all, or nil if it came about entirely. What did not get
// into place is not believed: the file that lies there instead, if it is ours, is listed
// without the fingerprint of what it was made from, so that the next build makes it anew
// whatever it remembers; a name at which none lies is lost. What is stuck is still there
// to be removed. The inputs and rules are unknown, so that the next build looks at
// everything. The error says that a file cannot be read, of which it must be known
// whether it is the old, the new or somebody's.
func (a *applying) reality() (*state, error) {
	real := &state{memo: a.next.memo, entries: slices.Clone(a.stuck)}
	whole := len(a.stuck) == 0
	stats := statCache{root: a.root}
	defer stats.close()
	for i := range a.next.entries {
		e := a.next.entries[i]
		info, err := stats.lstat(e.path)
		if err != nil && !missing(err) {
			return nil, at(e.path, err)
		}
		same := err == nil && a.refused[e.path] == nil && e.matches(info)
		if err == nil && !same {
			if same, err = holds(a.root, e.path, &e, &a.buf); err != nil {
				return nil, err
			}
		}
		if same {
			real.entries = append(real.entries, e)
			continue
		}
		whole = false
		if old := a.old.find(e.path); old != nil {
			e = *old
			e.print = fingerprint.Fingerprint{}
		} else if missing(err) {
			e = lose(e.path)
		} else {
			continue // somebody's
		}
		real.entries = append(real.entries, e)
	}
	if whole {
		return nil, nil
	}
	slices.SortFunc(real.entries, func(a, b entry) int { return cmp.Compare(a.path, b.path) })
	real.entries = slices.CompactFunc(real.entries, func(a, b entry) bool { return a.path == b.path })
	return real, nil
}
