package serve

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"mingdeng/internal/diag"
)

// pollEach is how often folders are looked at that cannot be watched.
const pollEach = time.Second

// patient is how often a file that seems to be in the middle of being saved is looked at
// again.
const patient = 8

// sweepAfter is how long nothing must have changed before all texts are looked through.
const sweepAfter = 700 * time.Millisecond

// follow takes in changes until ctx ends.
func (s *Server) follow(ctx context.Context) {
	next := s.poll
	if w, err := newWatcher(s.Root); err == nil {
		defer w.close()
		next = func(ctx context.Context) ([]string, bool) { return lookToo(ctx, w.next, s.Site.Stale, lookEach) }
		s.refresh(ctx, nil) // what changed before the watch began
	} else if s.Polling != nil {
		s.Polling(err)
	}
	for {
		idle, stop := context.WithCancel(ctx)
		swept := make(chan struct{})
		go func() {
			defer close(swept)
			s.sweep(idle)
		}()
		paths, ok := next(ctx)
		stop()
		<-swept
		if !ok {
			return
		}
		s.refresh(ctx, paths)
	}
}

// sweep looks through all texts whenever it has been quiet for a while, until ctx ends. It
// lets go of it at once where somebody is at work by Server.Refresh.
func (s *Server) sweep(ctx context.Context) {
	for {
		quiet, stop := context.WithCancel(ctx)
		swept := make(chan struct{})
		go func() {
			defer close(swept)
			s.sweepOnce(quiet)
		}()
		select {
		case <-ctx.Done():
		case <-s.refreshed:
		case <-swept:
			select {
			case <-ctx.Done():
			case <-s.refreshed:
			}
		}
		stop()
		<-swept
		if ctx.Err() != nil {
			return
		}
	}
}

func (s *Server) sweepOnce(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(sweepAfter):
	}
	before := len(s.Site.Findings())
	s.Site.Sweep(ctx)
	s.tell()
	if ctx.Err() == nil && len(s.Site.Findings()) != before {
		s.hub.change()
	}
}

// refresh takes a change in and tells everyone.
func (s *Server) refresh(ctx context.Context, paths []string) {
	for try := 0; ; try++ {
		// A file that is being saved is empty or locked for a moment. What is empty is not
		// taken in at all at first, or its page would be gone for that moment.
		empty := s.empty(paths) && try < patient
		if !empty {
			s.Site.Refresh(paths)
		}
		if try == patient || !empty && !s.unsettled() {
			break
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(25 * time.Millisecond):
		}
	}
	s.hub.change()
	s.tell()
}

// empty tells whether one of the files has nothing in it.
func (s *Server) empty(paths []string) bool {
	for _, p := range paths {
		if info, err := os.Stat(filepath.Join(s.Root, filepath.FromSlash(p))); err == nil && info.Mode().IsRegular() && info.Size() == 0 {
			return true
		}
	}
	return false
}

// unsettled tells whether a file looks as if it were still being saved.
func (s *Server) unsettled() bool {
	for _, f := range s.Site.Findings() {
		if f.Code == diag.Unreadable || f.Code == diag.ChangedMeanwhile {
			return true
		}
	}
	return false
}

// lookEach is how often a site is looked at besides: no system tells of every change in a
// folder that several machines share.
const lookEach = 2 * time.Second

// lookShare is how many times as long as a look takes the time between two is at least.
const lookShare = 50

// lookToo waits for the next batch of changes that a watcher tells, or for a look that
// finds something stale.
func lookToo(ctx context.Context, next func(context.Context) ([]string, bool), stale func() bool, each time.Duration) ([]string, bool) {
	pause := each
	for {
		wait, stop := context.WithTimeout(ctx, pause)
		paths, ok := next(wait)
		ended := wait.Err() != nil
		stop()
		if ok || ctx.Err() != nil || !ended { // told, or nobody waits any more, or the watcher has ended
			return paths, ok
		}
		began := time.Now()
		if stale() {
			return nil, true
		}
		pause = max(each, lookShare*time.Since(began))
	}
}

// poll stands in for a watcher: anything may have changed each second.
func (s *Server) poll(ctx context.Context) ([]string, bool) {
	for {
		select {
		case <-ctx.Done():
			return nil, false
		case <-time.After(pollEach):
			if s.Site.Stale() {
				return nil, true
			}
		}
	}
}
