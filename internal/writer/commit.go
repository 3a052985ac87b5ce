package writer

import (
	"cmp"
	"errors"
	"os"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// commit puts in place what was staged. Up to the rename in writeCommit every
// error leaves the folder as it was.
func (b *build) commit() (Stats, error) {
	f := b.f
	next := &state{inputs: b.o.Inputs, rules: b.o.Rules, entries: b.next, units: b.stage.units, memo: f.memo.list(false)}
	if b.o.Inspect == nil {
		next.rules = fingerprint.Fingerprint{}
	}
	slices.SortFunc(next.units, func(x, y unit) int { return cmp.Compare(x.dest, y.dest) })
	stats := Stats{
		Files:     len(b.outs),
		Written:   int(b.written.Load()),
		Unchanged: int(b.unchanged.Load()),
		Bytes:     b.bytes.Load(),
		Left:      f.left,
	}
	if f.unknown {
		stats.Foreign = b.foreign()
	}
	if len(next.units) == 0 && f.state.same(next) {
		f.left = nil
		return stats, nil
	}
	err := f.stillOurs()
	for _, e := range b.gone { // every folder that must lose a file can lose it
		if err != nil {
			break
		}
		err = f.removable(e)
	}
	if err == nil {
		err = f.writeCommit(next)
	}
	if err != nil {
		b.abandon()
		return Stats{}, machine("begin the commit", commitFile, err)
	}

	f.pending = true
	done := f.apply(f.state, next, false)
	if refused := done.told(); len(refused) > 0 {
		f.memo.load(f.state.memo)
		return Stats{}, &MachineError{Op: "put in place", Begun: true, Refused: refused}
	}
	if err := f.finish(next); err != nil {
		f.memo.load(f.state.memo)
		return Stats{}, begun("end the commit", stateFile, err)
	}
	f.unknown = false
	stats.Removed, stats.Left = done.removed, append(stats.Left, done.left...)
	f.left = nil
	return stats, nil
}

// begun makes a MachineError of what happened to path within the commit.
func begun(op, path string, err error) error {
	err = machine(op, path, err)
	if e := (*MachineError)(nil); errors.As(err, &e) {
		e.Begun = true
	}
	return err
}

// same reports whether t is a state that need not be written over s.
func (s *state) same(t *state) bool {
	return s.inputs == t.inputs && s.rules == t.rules && slices.Equal(s.entries, t.entries) &&
		slices.EqualFunc(s.memo, t.memo, func(x, y memory) bool { return x.key == y.key && string(x.value) == string(y.value) })
}

// stillOurs fails where the folder .mingdeng was taken away or exchanged since Open.
func (f *Folder) stillOurs() error {
	held, err := f.lock.Stat()
	if err != nil {
		return err
	}
	there, err := f.root.Lstat(lockFile)
	if err == nil && !os.SameFile(held, there) {
		err = ErrExchanged
	}
	return at(lockFile, err)
}

// ErrExchanged is the cause of a [Refusal] where .mingdeng is not the folder that was
// opened, because it was taken away and perhaps made anew.
var ErrExchanged = errors.New("was exchanged during the build")

// removable fails where e lies in a folder that this process may not change.
func (f *Folder) removable(e *entry) error {
	if _, err := f.root.Lstat(e.path); missing(err) {
		return nil
	}
	return at(path.Dir(e.path), writable(f.root, path.Dir(e.path)))
}

// foreign lists the files in the folder that are not Outputs, but for hidden ones.
func (b *build) foreign() []string {
	var list []string
	var look func(dir string)
	look = func(dir string) {
		names, _ := readDir(b.f.root, dir)
		for _, n := range names {
			p := path.Join(dir, n.Name())
			_, made := slices.BinarySearchFunc(b.outs, p, func(o *output.Output, p string) int { return cmp.Compare(o.Path, p) })
			switch {
			case made || strings.HasPrefix(n.Name(), "."):
			case n.IsDir():
				look(p)
			default:
				list = append(list, p)
			}
		}
	}
	look(".")
	return list
}

// writeCommit writes the file commit, to last, under its name all at once.
func (f *Folder) writeCommit(next *state) error {
	b := next.encode()
	if err := f.patiently(func() error { return f.root.Overwrite(draftFile, b) }); err != nil {
		return at(draftFile, err)
	}
	if err := f.patiently(func() error { return f.root.Rename(draftFile, commitFile) }); err != nil {
		return at(commitFile, err)
	}
	// From here on there is no way back. That the name should last matters only
	// to a loss of power, so a failure here is none of the commit.
	f.root.SyncDir(home)
	return nil
}

// finish makes the commit the state: the last step.
func (f *Folder) finish(next *state) error {
	if err := f.patiently(func() error { return f.root.Rename(commitFile, stateFile) }); err != nil {
		return at(stateFile, err)
	}
	next.units = nil
	f.state = next
	f.memo.load(next.memo)
	f.pending = f.removeAll(stageDir) != nil // what stays, the next Open clears away
	return nil
}
