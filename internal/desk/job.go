package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/store"
	"mingdeng/internal/deploy/target"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/rescue"
	"mingdeng/internal/writer"
)

// jobKind is what can be asked for on the page that publishes.
type jobKind string

const (
	toCheck   jobKind = "check"
	toBuild   jobKind = "build"
	toPrepare jobKind = "prepare" // build, and find out what would change at a target
	toPublish jobKind = "publish" // build, see that nothing but that would change, and send
)

// jobStep is what a job is at.
type jobStep string

const (
	stepCheck   jobStep = "check"
	stepBuild   jobStep = "build"
	stepCompare jobStep = "compare"
	stepSend    jobStep = "send"
	stepAsk     jobStep = "ask" // the live site for what it gives
)

// steps are those of each work, in order.
var steps = map[jobKind][]jobStep{
	toCheck: {stepCheck}, toBuild: {stepBuild}, toPrepare: {stepBuild, stepCompare}, toPublish: {stepBuild, stepCompare, stepSend, stepAsk},
}

// order says what a job is to do.
type jobOrder struct {
	do     jobKind
	name   string // of the target
	to     target.Target
	forget bool // remove what is out of use at once
	// Of toPublish: the change that a person has seen and wants, and whether more than a
	// tenth of the target's files may go with it.
	seen string
	many bool
}

// jobReport is how far a job is and, when it has ended, how.
type jobReport struct {
	order   jobOrder
	began   time.Time
	ended   time.Time // zero while it is at work
	step    jobStep
	stopped bool // somebody wanted it to end

	done, total int   // files of a step that counts them
	bytes, all  int64 // sent, of all there are to be
	event       deploy.Event

	found   []diag.Finding
	pages   int
	change  *siteChange
	other   bool // the change is not the one that was seen: nothing was sent
	result  deploy.Result
	answers []deploy.Answer
	base    string // address of the live site
	err     error
}

// job is one piece of work that takes long. It runs on while nobody looks.
type job struct {
	cancel context.CancelFunc
	mu     sync.Mutex
	report jobReport
}

func (j *job) now() jobReport {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.report
}

func (j *job) set(f func(*jobReport)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.report)
}

func (j *job) begin(s jobStep) {
	j.set(func(r *jobReport) { r.step, r.done, r.total, r.event = s, 0, 0, deploy.Event{} })
}

// jobs runs one job at a time and remembers the last.
type jobs struct {
	mu    sync.Mutex
	last  *job
	wg    sync.WaitGroup
	ended bool
}

// start begins a job, unless one is at work. end is told how it ended.
func (q *jobs) start(o jobOrder, do func(context.Context, *job) error, end func(jobReport)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended || q.last != nil && q.last.now().ended.IsZero() {
		return false
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{cancel: cancel, report: jobReport{order: o, began: time.Now(), step: steps[o.do][0]}}
	q.last = j
	q.wg.Go(func() {
		defer cancel()
		err := rescue.Do(func() error { return do(ctx, j) }) // a fault of the program must not end the desk
		j.set(func(r *jobReport) { r.err, r.stopped = err, err != nil && ctx.Err() != nil })
		end(j.now())
		j.set(func(r *jobReport) { r.ended = time.Now() })
	})
	return true
}

// now is the job at work, or the last one; false where there is none.
func (q *jobs) now() (jobReport, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.last == nil {
		return jobReport{}, false
	}
	return q.last.now(), true
}

// stop ends the job at work.
func (q *jobs) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.last != nil {
		q.last.cancel()
	}
}

// forget forgets a job that has ended.
func (q *jobs) forget() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.last != nil && !q.last.now().ended.IsZero() {
		q.last = nil
	}
}

// close ends the job at work, waits for it, and begins no other.
func (q *jobs) close() {
	q.mu.Lock()
	q.ended = true
	q.mu.Unlock()
	q.stop()
	q.wg.Wait()
}

// publication is what a job needs of a site.
type publication struct {
	options project.Options
	env     store.Env
}

// run does what an order says. A build finds every error that a check finds, and makes what
// has changed alone; a check makes all, which is for those who ask for its advice.
func (p publication) run(ctx context.Context, j *job) error {
	o := j.now().order
	if o.do == toCheck {
		j.begin(stepCheck)
		r, err := generate.Check(ctx, p.options)
		j.set(func(now *jobReport) { now.found, now.pages = r.Findings, r.Pages })
		return err
	}
	j.begin(stepBuild)
	options := p.options
	options.Progress = func(done, total int) { j.set(func(now *jobReport) { now.done, now.total = done, total }) }
	r, err := generate.Run(ctx, options)
	j.set(func(now *jobReport) { now.found, now.pages = r.Findings, r.Pages })
	if err != nil || o.do == toBuild {
		return err
	}
	return p.send(ctx, j, o)
}

// out is the folder of the built site.
func (p publication) out() string {
	if filepath.IsAbs(p.options.Out) {
		return p.options.Out
	}
	return filepath.Join(p.options.Root, p.options.Out)
}

// send compares a target with the built site and, if that is what was seen, makes it equal.
func (p publication) send(ctx context.Context, j *job, o jobOrder) error {
	j.begin(stepCompare)
	site, _, err := project.Settings(p.options)
	if err != nil {
		return err
	}
	// As long as it is sent nobody builds into it.
	made, err := writer.Open(ctx, p.out(), p.options.Wait)
	if err != nil {
		return err
	}
	defer made.Close()
	root, err := os.OpenRoot(p.out())
	if err != nil {
		return err
	}
	defer root.Close()
	source := deploy.SourceOf(made.Files(), root.FS(), site.BaseURL.Path())
	s, err := store.Open(o.to, p.env)
	if err != nil {
		return err
	}
	defer s.Close()
	options := deploy.Options{Forget: o.forget}
	if o.do == toPublish {
		if cache, err := os.UserCacheDir(); err == nil {
			machine, release, err := deploy.ThisMachine(filepath.Join(cache, "mingdeng"), o.to.String())
			if err != nil {
				return err
			}
			defer release()
			options.Machine = machine
		}
	}
	for again := 0; ; again++ {
		plan, err := deploy.Make(ctx, s, source, options)
		if err != nil {
			return err
		}
		c := changeOf(plan, source)
		seen := o.do == toPublish && c.digest == o.seen
		j.set(func(now *jobReport) {
			now.change, now.other, now.base = c, o.do == toPublish && !seen, string(site.BaseURL)
		})
		if !seen {
			return nil
		}
		j.begin(stepSend)
		result, err := plan.Run(ctx, o.many, func(e deploy.Event) {
			j.set(func(now *jobReport) {
				now.event, now.done, now.total, now.bytes, now.all = e, e.Done, e.Total, e.Bytes, e.All
			})
		})
		j.set(func(now *jobReport) { now.result = result })
		if errors.Is(err, deploy.ErrChanged) && again < 3 { // somebody else was faster: is it still the same change?
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	j.begin(stepAsk)
	answers, err := deploy.Ask(ctx, string(site.BaseURL), source)
	j.set(func(now *jobReport) { now.answers = answers })
	if ctx.Err() != nil {
		return nil // it is sent
	}
	return err
}

// siteChange is what publishing would do at a target, or did.
type siteChange struct {
	digest                  string   // of all of it, contents too
	added, renewed, removed []string // pages, by file
	files                   int      // that are no pages
	bytes                   int64
	goes, there             int // files that go, of how many
	many                    bool
}

// empty tells that the target is as the site is.
func (c *siteChange) empty() bool { return len(c.added)+len(c.renewed)+len(c.removed)+c.files == 0 }

func changeOf(plan *deploy.Plan, source deploy.Source) *siteChange {
	c := &siteChange{bytes: plan.Bytes, goes: len(plan.Remove), there: plan.There, many: plan.TooMany()}
	digests := make(map[string]string, len(source.Files))
	for _, f := range source.Files {
		digests[f.Path] = f.Digest
	}
	sum := sha256.New()
	for _, i := range plan.Send {
		fmt.Fprintf(sum, "+%s\x00%s\x00%t\n", i.Path, digests[i.Path], i.New)
		switch {
		case !isPage(i.Path):
			c.files++
		case i.New:
			c.added = append(c.added, i.Path)
		default:
			c.renewed = append(c.renewed, i.Path)
		}
	}
	for _, i := range plan.Remove {
		fmt.Fprintf(sum, "-%s\n", i.Path)
		if isPage(i.Path) {
			c.removed = append(c.removed, i.Path)
		} else {
			c.files++
		}
	}
	for _, list := range [][]string{c.added, c.renewed, c.removed} {
		slices.Sort(list)
	}
	c.digest = hex.EncodeToString(sum.Sum(nil))
	return c
}

func isPage(file string) bool { return strings.HasSuffix(file, ".html") }

// ownFolders are those with which no target may mix.
func (p publication) ownFolders() []string {
	return []string{p.out(), filepath.Join(p.options.Root, content.Root), filepath.Join(p.options.Root, "themes")}
}
