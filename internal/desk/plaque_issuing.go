package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
	"mingdeng/internal/rescue"
)

// issuings are the codes being given out: a thousand take half a minute, in which the editor
// may look elsewhere. One run at a time.
type issuings struct {
	mu   sync.Mutex
	last *issuing // under way, or ended and not seen yet
}

// issuing is one run; done and total are guarded by the mutex of issuings, the rest is there
// once it is over.
type issuing struct {
	only        []string
	typed       string
	done, total int
	cancel      context.CancelFunc
	over        chan struct{}
	result      plaques.Issued
	err         error
}

// atOnce is how long a page waits for a run: a few codes are there at once.
const atOnce = 3 * time.Second

// start begins a run unless one is under way.
func (q *issuings) start(ctx context.Context, only []string, typed string, do func(context.Context, *issuing)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.last != nil && !q.last.ended() {
		return false
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &issuing{only: only, typed: typed, cancel: cancel, over: make(chan struct{})}
	q.last = r
	go func() {
		defer close(r.over)
		defer cancel()
		if err := rescue.Do(func() error { do(ctx, r); return nil }); err != nil { // a fault of the program must not end the desk
			r.err = err
		}
	}()
	return true
}

func (r *issuing) ended() bool {
	select {
	case <-r.over:
		return true
	default:
		return false
	}
}

// stop ends a run that is under way, and waits for it: what was issued is in force.
func (q *issuings) stop() {
	q.mu.Lock()
	r := q.last
	q.mu.Unlock()
	if r != nil {
		r.cancel()
		<-r.over
	}
}

// issueNow gives codes out, and keeps them as a version.
func (v *visit) issueNow(ctx context.Context, r *issuing, o project.Options) {
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	o.Progress = func(done, total int) {
		v.site.issuings.mu.Lock()
		r.done, r.total = done, total
		v.site.issuings.mu.Unlock()
	}
	r.result, r.err = plaques.Issue(ctx, o, r.only, r.typed, rand.Reader)
	if len(r.result.New) == 0 && !(r.err == nil && r.result.Moves) {
		return
	}
	v.site.pages.Refresh(ledger.Path)
	v.site.versions.keep(v.word("kept.issued")+keptCodes(r.result.New), ledger.Path)
}

// keptCodes names new codes in the title of a version: all of a few.
func keptCodes(list []ledger.Entry) string {
	const most = 20
	said := ""
	for i, e := range list {
		if i == most {
			return said + fmt.Sprintf(" … (%d)", len(list))
		}
		if i > 0 {
			said += " "
		}
		said += e.Code
	}
	return said
}

type issuingView struct {
	frame
	Said string
}

// showIssuing shows how far the run is or, once, how it ended; false where there is none.
func (v *visit) showIssuing() bool {
	q := &v.site.issuings
	q.mu.Lock()
	r := q.last
	q.mu.Unlock()
	if r == nil {
		return false
	}
	wait := time.NewTimer(atOnce)
	defer wait.Stop()
	select {
	case <-r.over:
	case <-v.r.Context().Done():
		return true
	case <-wait.C:
		view := issuingView{frame: v.frame("plaques", v.word("issue"))}
		q.mu.Lock()
		view.Said = fmt.Sprintf(v.word("issue.said"), r.done, r.total)
		q.mu.Unlock()
		v.w.Header().Set("Refresh", "1; url="+plaquesPath+"issue/") // without script too
		v.show(http.StatusOK, "plaque_issuing", view)
		return true
	}
	q.mu.Lock()
	if q.last == r {
		q.last = nil
	}
	q.mu.Unlock()
	v.showIssued(r)
	return true
}

// showIssued tells how a run ended.
func (v *visit) showIssued(x *issuing) {
	r, err := x.result, x.err
	switch {
	case errors.Is(err, plaques.ErrUnconfirmed):
		v.showIssue(http.StatusUnprocessableEntity, x.only, x.typed, v.word("issue.other"))
		return
	case len(r.New) > 0: // whatever came later: these are in force
	case errors.Is(err, ledger.ErrChanged), errors.Is(err, ledger.ErrBusy):
		v.showIssue(http.StatusConflict, x.only, x.typed, v.word("ledger.changed"))
		return
	case errors.Is(err, project.ErrFindings):
		view := v.issueView(r.IssuePlan)
		view.Refused = v.refusals(r.Findings, diag.Error)
		v.show(http.StatusUnprocessableEntity, "plaque_issue", view)
		return
	case errors.Is(err, context.Canceled):
		v.to(plaquesPath, "")
		return
	case err != nil:
		v.message(http.StatusInternalServerError, v.word("issue.failed"), diag.TroubleOf(err).What.In(v.o.Lang))
		return
	}
	fresh := map[string]bool{}
	for _, e := range r.New {
		fresh[e.Code] = true
	}
	view := v.issueView(r.IssuePlan)
	for _, c := range v.codes(v.site.private.Overview()) {
		if fresh[c.Code] {
			view.New = append(view.New, c)
		}
	}
	view.Notice = v.word("issue.done")
	view.Title = v.word("issue.done")
	if left := len(r.Exhibits) - len(r.New); err != nil && left > 0 {
		view.Problem = fmt.Sprintf(v.word("issue.left"), left)
	}
	v.show(http.StatusOK, "plaque_issued", view)
}
