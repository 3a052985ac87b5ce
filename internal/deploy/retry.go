package deploy

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// How often a call is tried, and the pauses between: about half a minute in all, which
// outlasts a server that restarts and a network that blinks.
const (
	tries      = 7
	firstPause = 400 * time.Millisecond
	maxPause   = 20 * time.Second
	maxList    = time.Hour
)

// patient is a store whose calls are tried again when they fail.
type patient struct {
	Store
	tell func(Event)
}

// hopeless tells errors that trying again does not mend.
func hopeless(err error) bool {
	var f *Fault
	return errors.As(err, &f) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist)
}

// timeFor is how long one call may take, longer for large files, so that a connection that
// has died without a word is noticed.
func timeFor(size int64) time.Duration { return time.Minute + time.Duration(size>>14)*time.Second }

// try calls until it succeeds.
func (p patient) try(ctx context.Context, path string, limit time.Duration, call func(context.Context) error) error {
	pause := firstPause
	for n := 1; ; n++ {
		err := func() error {
			one, done := context.WithTimeout(ctx, limit)
			defer done()
			return call(one)
		}()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if n == tries || hopeless(err) {
			return err
		}
		wait := pause/2 + rand.N(pause) // those that failed together shall not come back together
		p.tell(Event{Kind: Retrying, Path: path, Err: err, Wait: wait})
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		case <-timer.C:
		}
		pause = min(2*pause, maxPause)
	}
}

// list lists all files that start with prefix and that keep wants, in order of path.
func (p patient) list(ctx context.Context, prefix string, keep func(path string) bool) (found []Object, err error) {
	err = p.try(ctx, prefix, maxList, func(ctx context.Context) error {
		found = found[:0]
		return p.Store.List(ctx, prefix, func(o Object) error {
			if keep(o.Path) {
				found = append(found, o)
			}
			return nil
		})
	})
	slices.SortFunc(found, func(a, b Object) int { return cmp.Compare(a.Path, b.Path) })
	// A store that is changed while it is listed may tell a file twice.
	return slices.CompactFunc(found, func(a, b Object) bool { return a.Path == b.Path }), err
}

// read reads a small file whole.
func (p patient) read(ctx context.Context, path string) ([]byte, error) {
	return p.readStart(ctx, path, math.MaxInt64)
}

// readStart reads a file as far as limit.
func (p patient) readStart(ctx context.Context, path string, limit int64) (content []byte, err error) {
	err = p.try(ctx, path, timeFor(1<<20), func(ctx context.Context) error {
		r, err := p.Get(ctx, path)
		if err != nil {
			return err
		}
		defer r.Close()
		content, err = io.ReadAll(io.LimitReader(r, limit))
		return err
	})
	return content, err
}

func (p patient) Put(ctx context.Context, f File) (o Object, err error) {
	err = p.try(ctx, f.Path, timeFor(f.Size), func(ctx context.Context) error {
		o, err = p.Store.Put(ctx, f)
		return err
	})
	return o, err
}

func (p patient) Delete(ctx context.Context, path string) error {
	return p.try(ctx, path, timeFor(0), func(ctx context.Context) error { return p.Store.Delete(ctx, path) })
}

func (p patient) Holds(ctx context.Context, o Object, f File) (same bool, err error) {
	err = p.try(ctx, f.Path, timeFor(f.Size), func(ctx context.Context) error {
		same, err = p.Store.Holds(ctx, o, f)
		return err
	})
	return same, err
}

func (p patient) Tidy(ctx context.Context) error {
	return p.try(ctx, "", timeFor(0), p.Store.Tidy)
}
