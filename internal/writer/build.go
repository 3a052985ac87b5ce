package writer

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"mingdeng/internal/output"
	"mingdeng/internal/rescue"
)

// Build brings the folder to exactly outs. Errors, but for a [MachineError] that
// says Begun, mean that nothing has changed: [PlanError], [FaultsError] and
// [ForeignError] (both at once, joined, if both were found), [MachineError], or
// the cause of ctx's end.
//
// An Output that fails does not keep the others from being tried, so that all
// faults are told at once.
func (f *Folder) Build(ctx context.Context, outs []output.Output, o Options) (Stats, error) {
	if f.root == nil {
		return Stats{}, errClosed
	}
	sorted, err := planned(outs)
	if err != nil {
		return Stats{}, err
	}
	f.patience.left = longest
	resumed := f.pending
	if resumed {
		told := f.memo.list(false)
		if err := f.resume(); err != nil {
			return Stats{}, err
		}
		f.memo.add(told)
	}
	b := newBuild(f, sorted, o)
	b.doubtful = resumed
	err = b.makeAll(ctx)
	b.closeStage()
	if err == nil && o.Begin != nil {
		o.Begin()
	}
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err == nil {
		err = machine("leave for the next build", leftDir, f.leave(o.Leave))
	}
	if err != nil {
		b.abandon()
		return Stats{}, err
	}
	return b.commit()
}

// abandon clears away what was staged, and forgets what was remembered for a build that
// did not come about: its memory would vouch for files that nobody has made.
func (b *build) abandon() {
	f := b.f
	f.root.Remove(draftFile)
	f.pending = f.removeAll(stageDir) != nil
	f.memo.load(f.state.memo)
}

// build is one run of Build.
type build struct {
	f    *Folder
	o    Options
	outs []*output.Output // by path
	next []entry          // of outs, index by index; path "" until it is decided

	// gone holds, by folded path, the outputs of the last build that are no more:
	// a file system blind to case shows them in the place of new ones.
	gone      map[string]*entry
	reinspect bool
	doubtful  bool // the callers' Kept was said of a folder that has changed since

	written, unchanged, bytes atomic.Int64

	mu        sync.Mutex
	faults    FaultsError
	obstacles []Obstacle
	machine   error
	done      int
	silent    bool // the display has failed
	stop      context.CancelFunc
	failed    atomic.Bool // any of the above: nothing will be committed

	stage staging
}

func newBuild(f *Folder, outs []*output.Output, o Options) *build {
	b := &build{f: f, o: o, outs: outs, next: make([]entry, len(outs))}
	b.reinspect = o.Inspect != nil && (o.Rules.IsZero() || o.Rules != f.state.rules)
	if b.o.Workers <= 0 {
		b.o.Workers = processors()
	}
	b.stage.init(f, b.o.Workers, &b.failed)
	j := 0
	for i := range f.state.entries {
		e := &f.state.entries[i]
		for j < len(outs) && outs[j].Path < e.path {
			j++
		}
		if j == len(outs) || outs[j].Path != e.path {
			if b.gone == nil {
				b.gone = map[string]*entry{}
			}
			b.gone[fold(e.path)] = e
		}
	}
	return b
}

// worker is what one goroutine keeps between Outputs.
type worker struct {
	id      int
	buf     bytes.Buffer
	stats   statCache // on the destination
	staging statCache // in stage/
	next    int       // number of its next file in stage/
}

// largestKept is the size above which a worker's buffer is given back: one book
// of 50 MB should not stay in memory for ten thousand pages.
const largestKept = 4 << 20

// batch is the number of neighbouring Outputs a worker takes at once: they share
// a folder, and a run of costly ones is still shared out.
const batch = 8

func (b *build) makeAll(ctx context.Context) error {
	ctx, b.stop = context.WithCancel(ctx)
	defer b.stop()
	workers := make([]*worker, b.o.Workers)
	for id := range workers {
		workers[id] = &worker{id: id, stats: statCache{root: b.f.root, still: true}}
	}
	first, last := b.order()
	b.makeEach(ctx, workers, first)
	if !b.failed.Load() { // nothing will be committed otherwise
		b.makeEach(ctx, workers, last)
	}
	if ctx.Err() != nil && b.machine == nil {
		return context.Cause(ctx)
	}
	return b.verdict()
}

// order is the order in which the Outputs are made, as indexes of outs: by path, but those
// with After behind the one they name; and apart from these the ones with Last.
func (b *build) order() (first, last []int) {
	type turn struct {
		at       int // its own index, or that of the one it follows
		follower int
		own      int
	}
	var turns []turn
	for i, out := range b.outs {
		if out.Last != nil {
			last = append(last, i)
			continue
		}
		t := turn{i, 0, i}
		if j, ok := b.find(out.After); ok && b.outs[j].After == "" {
			t.at, t.follower = j, 1
		}
		turns = append(turns, t)
	}
	slices.SortFunc(turns, func(s, t turn) int {
		return cmp.Or(cmp.Compare(s.at, t.at), cmp.Compare(s.follower, t.follower), cmp.Compare(s.own, t.own))
	})
	first = make([]int, len(turns))
	for i, t := range turns {
		first[i] = t.own
	}
	return first, last
}

// find is the index of the Output of a path.
func (b *build) find(p string) (i int, ok bool) {
	return slices.BinarySearchFunc(b.outs, p, func(o *output.Output, p string) int { return cmp.Compare(o.Path, p) })
}

// makeEach makes the Outputs of these indexes.
func (b *build) makeEach(ctx context.Context, workers []*worker, list []int) {
	var taken atomic.Int64
	var wg sync.WaitGroup
	for _, w := range workers {
		wg.Go(func() {
			defer w.stats.close()
			defer w.staging.close()
			for {
				to := int(taken.Add(batch))
				for i := to - batch; i < min(to, len(list)); i++ {
					if ctx.Err() != nil {
						return
					}
					b.make(w, list[i])
					b.progress()
				}
				if to >= len(list) {
					return
				}
			}
		})
	}
	wg.Wait()
}

// made is what became of the Output at a path, for [output.Output.Last].
func (b *build) made(p string) (output.Made, bool) {
	i, ok := b.find(p)
	if !ok || b.outs[i].Last != nil || b.next[i].path == "" {
		return output.Made{}, false
	}
	return output.Made{Path: p, Size: b.next[i].size, Hash: b.next[i].hash}, true
}

// verdict sums up what went wrong.
func (b *build) verdict() error {
	if b.machine != nil {
		return b.machine
	}
	if !b.failed.Load() {
		for i := range b.next {
			if b.next[i].path == "" { // its goroutine ended: runtime.Goexit
				b.faults = append(b.faults, &Fault{b.outs[i].Path, errors.New("was not finished")})
			}
		}
	}
	var errs []error
	if len(b.faults) > 0 {
		slices.SortFunc(b.faults, func(x, y *Fault) int { return cmp.Compare(x.Path, y.Path) })
		errs = append(errs, b.faults)
	}
	if len(b.obstacles) > 0 {
		slices.SortFunc(b.obstacles, func(x, y Obstacle) int { return cmp.Compare(x.Path, y.Path) })
		errs = append(errs, ForeignError(slices.Compact(b.obstacles)))
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// report files err under what it is.
func (b *build) report(p string, err error) {
	b.failed.Store(true)
	b.mu.Lock()
	defer b.mu.Unlock()
	var in *obstacleError
	var machine *MachineError
	switch {
	case errors.As(err, &in):
		b.obstacles = append(b.obstacles, in.Obstacle)
	case errors.As(err, &machine):
		if b.machine == nil {
			b.machine = machine
		}
		b.stop()
	default:
		b.faults = append(b.faults, &Fault{p, err})
	}
}

func (b *build) progress() {
	if b.o.Progress == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	if b.silent {
		return
	}
	err := rescue.Do(func() error { b.o.Progress(b.done, len(b.outs)); return nil })
	b.silent = err != nil // a display that fails is no reason to make no site
}

// make makes the Output i: unchanged, staged, or reported.
func (b *build) make(w *worker, i int) {
	out := b.outs[i]
	e, how, err := b.decide(w, out)
	if err != nil {
		b.report(out.Path, err)
		return
	}
	e.path = out.Path
	b.next[i] = e
	if how == staged {
		b.written.Add(1)
		b.bytes.Add(e.size)
	} else {
		b.unchanged.Add(1)
	}
}
