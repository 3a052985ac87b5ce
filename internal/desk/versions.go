package desk

import (
	"context"
	"errors"
	"os/user"
	"slices"
	"sync"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/history"
)

// keeper makes a version of every save, one after the other, beside the editor's work: what
// is saved is in its file already, and nobody waits for the version.
type keeper struct {
	history *history.History // nil where the folder's own history cannot be looked at
	who     history.Person
	changes chan history.Change
	done    chan struct{}

	mu      sync.Mutex
	pending []history.Change // also the one in the making
	begun   bool             // the first version is made
	settled *sync.Cond
	trouble error // why the last version could not be made; nil if it was
}

// waiting is how many saves may wait for their versions; more are made within the save.
const waiting = 64

// idle is how long nobody must have saved before the store is tidied.
const idle = 2 * time.Minute

// newKeeper keeps the versions of the site at dir until its close is called. first and
// outside are what is said of versions that it makes by itself: the very first, and of what
// other programs have changed.
func newKeeper(dir, first, outside string) *keeper {
	k := &keeper{changes: make(chan history.Change, waiting), done: make(chan struct{})}
	k.settled = sync.NewCond(&k.mu)
	k.history, k.trouble = history.Open(dir)
	if u, err := user.Current(); err == nil {
		k.who.Name = u.Username
		if u.Name != "" {
			k.who.Name = u.Name
		}
	}
	go k.run(first, outside)
	return k
}

func (k *keeper) run(first, outside string) {
	defer close(k.done)
	ctx := context.Background()
	defer k.started()
	if k.history == nil {
		k.started()
		for range k.changes {
			k.finish(k.trouble)
		}
		return
	}
	k.begin(ctx, first, outside)
	k.started()
	timer := time.NewTimer(idle)
	defer timer.Stop()
	for {
		select {
		case c, ok := <-k.changes:
			if !ok {
				return
			}
			_, err := k.history.Save(ctx, c)
			if errors.Is(err, &history.Refusal{Reason: history.NotOurs}) {
				err = nil // somebody else keeps the versions of this folder
			}
			k.finish(err)
			timer.Reset(idle)
		case <-timer.C:
			_ = k.history.Tidy(ctx) // it can be done another time
		}
	}
}

// begin makes a version of what there is before anything is saved: the first of all, or of
// what was changed in other programs. What fails here is told with the next save.
func (k *keeper) begin(ctx context.Context, first, outside string) {
	if mode, err := k.history.Mode(); err == nil && mode == history.None {
		_, _ = k.history.Save(ctx, history.Change{Sentence: first, Author: k.who, Paths: []string{"content"}, When: time.Now()})
		return
	}
	if paths, err := k.history.Outside(ctx); err == nil && len(paths) > 0 {
		_, _ = k.history.Save(ctx, history.Change{Sentence: outside, Paths: paths, When: time.Now()})
	}
}

func (k *keeper) finish(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pending = k.pending[1:]
	k.trouble = err
	k.settled.Broadcast()
}

// keep makes a version of files as they lie on disk now, soon.
func (k *keeper) keep(sentence string, paths ...string) {
	c := history.Change{Sentence: sentence, Author: k.who, Paths: paths, When: time.Now()}
	k.mu.Lock()
	k.pending = append(k.pending, c)
	k.mu.Unlock()
	k.changes <- c
}

func (k *keeper) started() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.begun = true
	k.settled.Broadcast()
}

// patience is how long a save waits for the version of the one before. It is seldom reached:
// the first version of a site with thousands of photographs takes minutes.
const patience = 2 * time.Second

// before waits until a file's last save has its version, so that two saves in a row are two
// versions, and the first holds what there was.
func (k *keeper) before(file string) {
	late := time.Now().Add(patience)
	timer := time.AfterFunc(patience, k.settled.Broadcast)
	defer timer.Stop()
	k.mu.Lock()
	defer k.mu.Unlock()
	waits := func() bool {
		return !k.begun || slices.ContainsFunc(k.pending, func(c history.Change) bool { return slices.Contains(c.Paths, file) })
	}
	for waits() && time.Now().Before(late) {
		k.settled.Wait()
	}
}

// settle waits until all that was saved has its version, and tells why the last has none.
func (k *keeper) settle() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(k.pending) > 0 {
		k.settled.Wait()
	}
	return k.trouble
}

// close waits for the last versions.
func (k *keeper) close() {
	close(k.changes)
	<-k.done
}

// kept tells whether the folder's versions are the desk's to make and can be read.
func (k *keeper) kept() bool {
	if k.history == nil {
		return false
	}
	mode, err := k.history.Mode()
	return err == nil && mode == history.Own
}

// refused is why the history did not do something, in words.
func refused(err error, l diag.Lang) string {
	var r *history.Refusal
	if errors.As(err, &r) {
		return r.What.In(l) + " " + r.Mend.In(l)
	}
	return diag.TroubleOf(err).What.In(l)
}
