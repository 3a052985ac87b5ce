package deploy

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"time"
)

// Kind is what an [Event] tells.
type Kind string

// The kinds of events.
const (
	Sent     Kind = "sent"
	Removed  Kind = "removed"
	Retrying Kind = "retrying" // Err happened; the call is tried again after Wait
	Waiting  Kind = "waiting"  // for a lock that seems to have been left behind
)

// Event is one thing that happened in a run.
type Event struct {
	Kind        Kind
	Path        string
	Done, Total int   // files sent and removed, of all there are to be
	Bytes, All  int64 // sent, of all there are to be
	Err         error
	Wait        time.Duration
}

// Result is how a run ended.
type Result struct {
	Sent, Same, Removed int
	Bytes               int64
}

// Run does what the plan says. tell is called from one goroutine at a time. yes allows
// it to remove more than a tenth of what is there.
func (p *Plan) Run(ctx context.Context, yes bool, tell func(Event)) (Result, error) {
	r := &run{Plan: p, tellAll: tell, result: Result{Same: p.Same}}
	if p.Empty() {
		return r.result, nil
	}
	if p.TooMany() && !yes {
		return r.result, &TooManyError{len(p.Remove), p.There}
	}
	r.store = patient{p.store.Store, r.tell}
	lock, err := takeLock(ctx, r.store, p.o.Machine)
	if err != nil {
		return r.result, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := lock.keep(ctx, cancel)
	err = r.all(ctx)
	stop()
	if errors.Is(err, errLost) {
		return r.result, err
	}
	end, done := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer done()
	if release := lock.release(end); err == nil {
		err = release
	}
	return r.result, err
}

// run is one run of a plan.
type run struct {
	*Plan
	store   patient
	tellAll func(Event)
	journal *journal

	mu     sync.Mutex
	result Result
	done   []line // what the record will say of files that were sent
}

func (r *run) all(ctx context.Context) error {
	now, err := readNames(ctx, r.store)
	if err != nil {
		return err
	}
	if now.names != r.record.names {
		return ErrChanged
	}
	if err := r.store.Tidy(ctx); err != nil {
		return err
	}
	r.journal = &journal{p: r.store, run: rand.Text(), writes: make(chan struct{}, 1), parts: now.parts, next: now.next, since: time.Now()}
	if err := r.announce(ctx); err != nil {
		return err
	}
	err = r.steps(ctx)
	if err != nil {
		// Those under way have ended: what is done need not be done again.
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		return errors.Join(err, skip(r.journal.flush(end)))
	}
	return r.journal.close(ctx, slices.Concat(r.lines, r.done))
}

// skip forgets an error: what the journal does not say is found by asking the store.
func skip(error) error { return nil }

// announce tells the target which files will be changed, before any is: should the run end
// in between, nobody believes what the record says of them.
func (r *run) announce(ctx context.Context) error {
	var void []line
	for _, items := range [][]Item{r.Send, r.Remove} {
		for _, i := range items {
			if i.known {
				void = append(void, line{Path: i.Path, Void: true})
			}
		}
	}
	r.journal.pending = void
	return r.journal.flush(ctx)
}

func (r *run) steps(ctx context.Context) error {
	for items := r.Send; len(items) > 0; {
		step := sameStep(items)
		err := each(ctx, len(step), func(ctx context.Context, i int) error { return r.send(ctx, step[i]) })
		if err != nil {
			return err
		}
		items = items[len(step):]
	}
	for items := r.Remove; len(items) > 0; {
		step := sameStep(items)
		err := each(ctx, len(step), func(ctx context.Context, i int) error {
			if err := r.store.Delete(ctx, step[i].Path); err != nil {
				return err
			}
			r.count(Event{Kind: Removed, Path: step[i].Path}, nil)
			return nil
		})
		if err != nil {
			return err
		}
		items = items[len(step):]
	}
	return nil
}

// sameStep is the beginning of items that all belong to one step.
func sameStep(items []Item) []Item {
	n := 1
	for n < len(items) && items[n].step == items[0].step {
		n++
	}
	return items[:n]
}

func (r *run) send(ctx context.Context, i Item) error {
	f := r.source.file(i.made)
	o, err := r.store.Put(ctx, f)
	if err != nil {
		return err
	}
	l := line{Path: i.Path, Size: o.Size, Stamp: o.Stamp, Digest: digest(i.made.Hash), Heads: headsOf(i.Path)}
	r.count(Event{Kind: Sent, Path: i.Path}, &l)
	return r.journal.add(ctx, l)
}

func (r *run) count(e Event, l *line) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if l != nil {
		r.result.Sent++
		r.result.Bytes += l.Size
		r.done = append(r.done, *l)
	} else {
		r.result.Removed++
	}
	r.note(e)
}

func (r *run) tell(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.note(e)
}

// note adds how far the run is; the caller holds mu.
func (r *run) note(e Event) {
	e.Done, e.Total = r.result.Sent+r.result.Removed, len(r.Send)+len(r.Remove)
	e.Bytes, e.All = r.result.Bytes, r.Bytes
	if r.tellAll != nil {
		r.tellAll(e)
	}
}
