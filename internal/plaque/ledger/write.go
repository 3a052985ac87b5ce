package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"time"
)

// ErrChanged says that the file is no longer what was read, so that writing would
// undo somebody's change. Read it again and repeat the edit.
var ErrChanged = errors.New("the ledger was changed meanwhile")

// ErrBusy says that another program is writing the ledger at this moment.
var ErrBusy = errors.New("the ledger is being written by another program")

// stale is how old a file half written must be to have been left by a program that
// was killed.
const stale = time.Minute

// Write puts the text into the file at path below root, by rename: whoever looks sees
// the old ledger or the new one, whole, whatever happens to this program or its
// machine. The errors are [ErrChanged], [ErrBusy], or the system's.
func (l *Ledger) Write(root *os.Root, name string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	text := l.Text()
	// The name also keeps two writers apart: only one can create it.
	temporary := path.Join(path.Dir(name), "."+path.Base(name)+".new")
	file, err := create(root, temporary)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			root.Remove(temporary)
		}
	}()
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	now, err := root.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if l.was != nil {
			return ErrChanged
		}
	case err != nil:
		return err
	case l.was == nil || !bytes.Equal(now, l.was):
		return ErrChanged
	}
	if err := root.Rename(temporary, name); err != nil {
		return err
	}
	l.was = text
	// The folder too must reach the disk. Not every system can be asked for it, and
	// the ledger is whole either way.
	if dir, err := root.Open(path.Dir(name)); err == nil {
		dir.Sync()
		dir.Close()
	}
	return nil
}

// create makes the temporary file, clearing away one that was left by a program
// killed in the midst of writing.
func create(root *os.Root, name string) (*os.File, error) {
	for {
		file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
		info, err := root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		case time.Since(info.ModTime()) < stale:
			return nil, ErrBusy
		}
		if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
}
