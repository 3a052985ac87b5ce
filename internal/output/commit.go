package output

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/fingerprint"
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
		f.root.Remove(draftFile)
		f.root.RemoveAll(stageDir)
		return Stats{}, asMachine("begin the commit", err)
	}

	f.pending = true
	done := f.apply(f.state, next, false)
	if err := errors.Join(done.errs...); err != nil {
		return Stats{}, &MachineError{Op: "put in place", Begun: true, Err: err}
	}
	if err := f.finish(next); err != nil {
		return Stats{}, &MachineError{Op: "end the commit", Begun: true, Err: err}
	}
	f.unknown = false
	stats.Removed, stats.Left = done.removed, append(stats.Left, done.left...)
	f.left = nil
	return stats, nil
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
		err = fmt.Errorf("%s was exchanged during the build", lockFile)
	}
	return err
}

// removable fails where e lies in a folder that this process may not change.
func (f *Folder) removable(e *entry) error {
	if _, err := f.root.Lstat(e.path); missing(err) {
		return nil
	}
	return writable(f.root, path.Dir(e.path))
}

// foreign lists the files in the folder that are not Outputs, but for hidden ones.
func (b *build) foreign() []string {
	var list []string
	fs.WalkDir(b.f.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case p == ".":
		case err != nil:
			return fs.SkipDir
		case strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			if _, made := slices.BinarySearchFunc(b.outs, p, func(o *Output, p string) int { return cmp.Compare(o.Path, p) }); !made {
				list = append(list, p)
			}
		}
		return nil
	})
	return list
}

// writeCommit writes the file commit, to last, under its name all at once.
func (f *Folder) writeCommit(next *state) error {
	if err := f.step("commit", ""); err != nil {
		return err
	}
	file, err := f.root.OpenFile(draftFile, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(next.encode())
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := f.step("begin", ""); err != nil {
		return err
	}
	if err := patiently(func() error { return f.root.Rename(draftFile, commitFile) }); err != nil {
		return err
	}
	// From here on there is no way back. That the name should last matters only
	// to a loss of power, so a failure here is none of the commit.
	syncDir(f.root, home)
	return nil
}

// finish makes the commit the state: the last step.
func (f *Folder) finish(next *state) error {
	if err := f.step("finish", ""); err != nil {
		return err
	}
	if err := patiently(func() error { return f.root.Rename(commitFile, stateFile) }); err != nil {
		return err
	}
	next.units = nil
	f.state, f.pending = next, false
	f.memo.load(next.memo)
	f.step("tidy", "")
	f.root.RemoveAll(stageDir) // what stays, the next Open clears away
	return nil
}

func (f *Folder) step(name, path string) error {
	if f.fault == nil {
		return nil
	}
	return f.fault(name, path)
}
