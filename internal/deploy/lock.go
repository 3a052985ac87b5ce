package deploy

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// The lock of a target is a file that says who holds it and when it was last renewed. A
// holder that was killed leaves it behind. Then
//
//   - a run on the same machine takes it at once: runs on one machine exclude each other by
//     a lock of the system ([Machine]), which dies with its process;
//   - a run elsewhere takes it when it has not been renewed for staleAfter, and has looked
//     on for two renewals to be sure that it is not merely clocks that differ.
//
// Stores that can make a file only where there is none (folders, SFTP, S3 with
// If-None-Match) exclude two that come at the same instant. On a store that cannot, each
// looks again after settle whether its own lock stands: the later of the two wins.
const (
	renewEvery = 20 * time.Second
	staleAfter = 5 * time.Minute
	settle     = time.Second
)

// Machine is who runs, without a name of a person or a computer: targets may be public.
type Machine struct {
	ID string // the same for all runs on a machine; "" is unknown
}

// BusyError says that somebody else is deploying to the same target.
type BusyError struct {
	Here           bool // on this machine
	Owner          string
	Began, Renewed time.Time
	Free           time.Time // when it would count as left behind
}

func (e *BusyError) Error() string { return "another deploy to the same target is under way" }

// errLost says that somebody took the lock away.
var errLost = errors.New("the lock of the target was taken by another deploy")

type lockNote struct {
	Token   string    `json:"token"`
	Owner   string    `json:"owner,omitempty"`
	Began   time.Time `json:"began"`
	Renewed time.Time `json:"renewed"`
}

type lock struct {
	p    patient
	note lockNote
}

func takeLock(ctx context.Context, p patient, m Machine) (*lock, error) {
	now := time.Now().UTC()
	l := &lock{p: p, note: lockNote{Token: rand.Text(), Owner: m.ID, Began: now, Renewed: now}}
	err := p.try(ctx, lockFile, timeFor(0), func(ctx context.Context) error { return p.Create(ctx, lockFile, l.text()) })
	if errors.Is(err, fs.ErrExist) {
		err = l.takeOver(ctx)
	}
	if err != nil {
		return nil, err
	}
	if err := pause(ctx, settle); err != nil {
		return nil, err
	}
	there, err := l.read(ctx)
	if err != nil {
		return nil, err
	}
	if there.Token != l.note.Token {
		return nil, there.busy()
	}
	return l, nil
}

// takeOver takes a lock that was left behind.
func (l *lock) takeOver(ctx context.Context) error {
	there, err := l.read(ctx)
	switch {
	case err != nil:
		return err
	case there.Token == l.note.Token: // the call succeeded and was told to have failed
		return nil
	case there.Token != "" && there.Owner != "" && there.Owner == l.note.Owner:
		return l.put(ctx)
	case there.Token != "" && time.Since(there.Renewed) < staleAfter:
		return there.busy()
	}
	l.p.tell(Event{Kind: Waiting, Wait: 2 * renewEvery})
	if err := pause(ctx, 2*renewEvery); err != nil {
		return err
	}
	again, err := l.read(ctx)
	if err != nil {
		return err
	}
	if again != there {
		return again.busy()
	}
	return l.put(ctx)
}

func (n lockNote) busy() error {
	return &BusyError{Owner: n.Owner, Began: n.Began, Renewed: n.Renewed, Free: n.Renewed.Add(staleAfter)}
}

// read reads the lock as it stands; a lock that cannot be understood has no token.
func (l *lock) read(ctx context.Context) (n lockNote, err error) {
	text, err := l.p.read(ctx, lockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return lockNote{}, nil
	}
	if err == nil && json.Unmarshal(text, &n) != nil {
		return lockNote{}, nil
	}
	n.Began, n.Renewed = n.Began.UTC(), n.Renewed.UTC()
	return n, err
}

func (l *lock) text() []byte {
	text, err := json.Marshal(l.note)
	if err != nil { // strings and times of this century cannot fail
		panic(err)
	}
	return text
}

func (l *lock) put(ctx context.Context) error {
	_, err := l.p.Put(ctx, memoryFile(lockFile, l.text()))
	return err
}

// keep renews the lock until done; lost is called when somebody else has it.
func (l *lock) keep(ctx context.Context, lost func(error)) (done func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for pause(ctx, renewEvery) == nil {
			there, err := l.read(ctx)
			if ctx.Err() != nil {
				return
			}
			if err == nil && there.Token != l.note.Token {
				lost(errLost)
				return
			}
			l.note.Renewed = time.Now().UTC()
			if err == nil {
				err = l.put(ctx)
			}
			if err != nil && ctx.Err() == nil {
				lost(fmt.Errorf("renewing the lock: %w", err))
				return
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// release gives the lock up.
func (l *lock) release(ctx context.Context) error {
	there, err := l.read(ctx)
	if err != nil || there.Token != l.note.Token {
		return err
	}
	return l.p.Delete(ctx, lockFile)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}
