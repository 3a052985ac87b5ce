package writer

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// The machinery's files, from the output folder.
const (
	lockFile   = home + "/lock"
	holderFile = home + "/holder"
	stateFile  = home + "/state"
	commitFile = home + "/commit"
	draftFile  = home + "/commit.new"
	stageDir   = home + "/stage"
)

// Folder is an output folder in this process's possession, from [Open] to
// [Folder.Close]. Recall and Remember may be called from any goroutine at any
// time, the other methods by one goroutine at a time.
type Folder struct {
	root  store
	lock  *flock.Flock
	state *state
	memo  memo

	unknown bool     // there was no readable state: what lies here may be anybody's
	left    []string // Stats.Left of a commit rolled forward, for the next build to tell
	pending bool     // what the next Open would mend lies here: resume before anything else

	patience patience
}

// Open takes possession of dir, made if missing, waiting up to wait for a build
// that has it. It rolls an interrupted commit forward and clears away what an
// interrupted build had staged. Errors are a [BusyError], a [MachineError] or
// ctx's.
func Open(ctx context.Context, dir string, wait time.Duration) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, machine("make the folder", "", err)
	}
	deadline := time.Now().Add(wait)
	for {
		f, err := possess(ctx, dir, deadline)
		if err != nil {
			return nil, err
		}
		if f == nil {
			continue // somebody took the folder away while we waited
		}
		if err := f.begin(); err != nil {
			f.Close()
			return nil, err
		}
		return f, nil
	}
}

// Hold takes possession of dir as [Open] does, and gives what the last build left there,
// in order of path. Until release nobody builds into it; no more is kept in memory.
func Hold(ctx context.Context, dir string, wait time.Duration) (files []output.Made, release func() error, err error) {
	f, err := Open(ctx, dir, wait)
	if err != nil {
		return nil, nil, err
	}
	files = make([]output.Made, 0, len(f.state.entries))
	files = slices.AppendSeq(files, f.Files())
	f.state = nil
	f.memo.load(nil)
	return files, f.Close, nil
}

// possess locks dir. It returns nil, nil where the locked file is not the one
// that lies there now.
func possess(ctx context.Context, dir string, deadline time.Time) (_ *Folder, err error) {
	root, err := openDisk(dir)
	if err != nil {
		return nil, machine("open the folder", "", err)
	}
	defer func() {
		if err != nil {
			root.Close()
		}
	}()
	if err := root.Mkdir(home); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, machine("open the folder", home, err)
	}
	// flock opens by name, outside os.Root: let no link lead it astray.
	if info, err := root.Lstat(home); err != nil || !info.IsDir() {
		return nil, machine("open the folder", home, cmp.Or(err, error(syscall.ENOTDIR)))
	}
	if info, err := root.Lstat(lockFile); err == nil && !info.Mode().IsRegular() {
		return nil, machine("lock", lockFile, ErrNoFile)
	}
	lock := flock.New(filepath.Join(dir, filepath.FromSlash(lockFile)), flock.SetPermissions(0o644))
	if err := acquire(ctx, lock, deadline); errors.Is(err, errBusy) {
		return nil, &BusyError{Dir: dir, PID: holder(root)}
	} else if err != nil {
		return nil, err
	}
	held, err1 := lock.Stat()
	there, err2 := root.Lstat(lockFile)
	if err1 != nil || err2 != nil || !os.SameFile(held, there) {
		lock.Close()
		root.Close()
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, machine("make the folder", "", err)
		}
		return nil, nil
	}
	return &Folder{root: root, lock: lock, patience: newPatience()}, nil
}

var errBusy = errors.New("busy")

// ErrNoFile is the cause of a [Refusal] where something else lies in the place of one of
// the program's own files.
var ErrNoFile = errors.New("is not a file")

// acquire takes the lock, trying until deadline, at least once.
func acquire(ctx context.Context, lock *flock.Flock, deadline time.Time) error {
	for {
		ok, err := lock.TryLock()
		switch {
		case ok:
			return nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return machine("lock", lockFile, err)
		case time.Now().After(deadline):
			return errBusy
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// holder is the process that has the folder, or 0.
func holder(root store) int {
	var buf bytes.Buffer
	readInto(&buf, root, holderFile)
	pid, _ := strconv.Atoi(buf.String())
	return pid
}

// begin brings a newly locked folder into order and loads its state.
func (f *Folder) begin() error {
	// Only for the message of a build that finds us here: no harm if it fails.
	f.root.Remove(holderFile)
	f.root.Create(holderFile, strconv.AppendInt(nil, int64(os.Getpid()), 10))

	s, err := f.load(stateFile)
	if err != nil {
		return machine("read", stateFile, err)
	}
	if f.state = s; s == nil {
		f.state, f.unknown = &state{}, true
	}
	f.state.units = nil // done with: they were the file commit's
	if err := f.resume(); err != nil {
		return err
	}
	f.memo.load(f.state.memo)
	return nil
}

// load reads a state file; nil where there is none, or none that makes sense: both mean
// that nothing is known. One that may not be read now says nothing of the kind, and to
// go on without it would be to forget what must be removed.
func (f *Folder) load(name string) (*state, error) {
	info, err := f.root.Lstat(name)
	switch {
	case missing(err):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, nil
	}
	var buf bytes.Buffer
	buf.Grow(int(info.Size()) + bytes.MinRead)
	if err := f.patiently(func() error { return readInto(&buf, f.root, name) }); err != nil {
		return nil, err
	}
	s, err := decode(buf.Bytes())
	if err != nil {
		return nil, nil
	}
	return s, nil
}

// Close gives the folder back.
func (f *Folder) Close() error {
	if f.root == nil {
		return nil
	}
	f.root.Remove(holderFile)
	// The lock file stays: one that comes and goes cannot be locked safely.
	err := cmp.Or(f.lock.Close(), f.root.Close())
	f.root = nil
	return err
}

// Unchanged reports whether nothing need be done: inputs is what the last build
// was made from, and every file it left still lies there with its size and time.
// It costs one look at each file and makes nothing.
func (f *Folder) Unchanged(inputs fingerprint.Fingerprint) (Stats, bool) {
	if f.root == nil || f.pending || inputs.IsZero() || f.state.inputs != inputs {
		return Stats{}, false
	}
	var changed atomic.Bool
	var wg sync.WaitGroup
	entries := f.state.entries
	share := len(entries)/processors() + 1
	for from := 0; from < len(entries); from += share {
		wg.Go(func() {
			stats := statCache{root: f.root}
			defer stats.close()
			for i := from; i < min(from+share, len(entries)) && !changed.Load(); i++ {
				info, err := stats.lstat(entries[i].path)
				if err != nil || !entries[i].matches(info) {
					changed.Store(true)
				}
			}
		})
	}
	wg.Wait()
	if changed.Load() || !f.keepMemo() {
		return Stats{}, false
	}
	left := f.left
	f.left = nil
	return Stats{Files: len(entries), Unchanged: len(entries), Left: left}, true
}

// Files gives what the last build left in the folder, in order of path: what to
// upload, or to digest.
func (f *Folder) Files() iter.Seq[output.Made] {
	return func(yield func(output.Made) bool) {
		for _, e := range f.state.entries {
			if !e.lost() && !yield(output.Made{Path: e.path, Size: e.size, Hash: e.hash}) {
				return
			}
		}
	}
}
