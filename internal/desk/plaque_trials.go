package desk

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/plaques"
)

// trials are the trials of finished artwork, which take seconds a plaque: they go on while the
// editor looks elsewhere. One run at a time.
type trials struct {
	mu   sync.Mutex
	last *trialRun
}

// trialRun is one run; its fields are guarded by the mutex of trials.
type trialRun struct {
	codes  []string
	done   []trialView
	found  []diag.Finding
	err    error
	ended  bool
	cancel context.CancelFunc
	over   chan struct{}
}

// trialView is what the trials of one plaque have shown.
type trialView struct {
	Code, Exhibit, Href string
	Holds               bool
	Readers             []string
	Rows                []trialRow
	Sheet               string
	sheet               []byte // PNG
}

type trialRow struct {
	Trial, Parameter, Need string
	Results                []string // "18/20", a reader each
	Fails                  bool
}

// maxTrials is how many plaques are tried in one go: their photos are held in memory.
const maxTrials = 100

// start begins a run unless one is under way.
func (t *trials) start(ctx context.Context, codes []string, run func(context.Context, *trialRun)) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last != nil && !t.last.ended {
		return false
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &trialRun{codes: codes, cancel: cancel, over: make(chan struct{})}
	t.last = r
	go func() {
		defer close(r.over)
		defer cancel()
		run(ctx, r)
	}()
	return true
}

// stop ends a run that is under way, and waits for it.
func (t *trials) stop() {
	t.mu.Lock()
	r := t.last
	t.mu.Unlock()
	if r != nil {
		r.cancel()
		<-r.over
	}
}

type trialsView struct {
	frame
	Asked   []linkView // to be tried, before it begins
	Running bool
	Said    string // how far it is
	Done    []trialView
	Refused []refusalView
	Failed  int
}

// trialsPage asks whether to try the codes of the query, or shows how far the last run is.
func (v *visit) trialsPage() { v.showTrials(http.StatusOK, "") }

func (v *visit) showTrials(status int, problem string) {
	view := trialsView{frame: v.frame("plaques", v.word("trials"))}
	view.Problem = problem
	if q := v.r.URL.Query(); q.Has("code") {
		for _, c := range v.codes(v.site.private.Overview()) {
			if !c.Retired && slices.Contains(q["code"], c.Code) {
				view.Asked = append(view.Asked, linkView{c.Code, c.Name, c.Href})
			}
		}
	}
	t := &v.site.trials
	t.mu.Lock()
	r := t.last
	if r != nil && !r.ended {
		view.Asked = nil // one run at a time
	}
	if len(view.Asked) == 0 && r == nil {
		t.mu.Unlock()
		v.showPlaques(http.StatusUnprocessableEntity, v.word("trials.none"))
		return
	}
	if r != nil && len(view.Asked) == 0 {
		view.Running, view.Done = !r.ended, slices.Clone(r.done)
		view.Said = fmt.Sprintf(v.word("trials.said"), len(r.done), len(r.codes))
		view.Refused = v.refusals(r.found, diag.Error)
		if r.err != nil && len(view.Refused) == 0 && !view.Running && r.err != context.Canceled {
			view.Problem = diag.TroubleOf(r.err).What.In(v.o.Lang)
		}
	}
	t.mu.Unlock()
	for _, d := range view.Done {
		if !d.Holds {
			view.Failed++
		}
	}
	if view.Running {
		v.w.Header().Set("Refresh", "2") // without script too
	}
	v.show(status, "plaque_trials", view)
}

// startTrials begins to try the codes that were chosen, or ends the run under way.
func (v *visit) startTrials() {
	t := &v.site.trials
	if v.r.PostFormValue("do") == "stop" {
		t.stop()
		v.to(plaquesPath+"trials/", "")
		return
	}
	codes := v.r.PostForm["code"]
	if len(codes) == 0 {
		v.showPlaques(http.StatusUnprocessableEntity, v.word("trials.none"))
		return
	}
	if len(codes) > maxTrials {
		v.showPlaques(http.StatusUnprocessableEntity, fmt.Sprintf(v.word("trials.many"), maxTrials))
		return
	}
	o, lang := v.options(), v.o.Lang
	begun := t.start(v.ctx, codes, func(ctx context.Context, r *trialRun) {
		found, err := plaques.Proof(ctx, o, codes, func(p kit.Plaque, report *proof.Report) error {
			x, err := newTrial(p, report, lang)
			t.mu.Lock()
			r.done = append(r.done, x)
			t.mu.Unlock()
			return err
		})
		t.mu.Lock()
		r.found, r.err, r.ended = found, err, true
		t.mu.Unlock()
	})
	if !begun {
		v.showTrials(http.StatusConflict, v.word("trials.busy"))
		return
	}
	v.to(plaquesPath+"trials/", "")
}

// newTrial is a report as a page shows it.
func newTrial(p kit.Plaque, r *proof.Report, lang diag.Lang) (trialView, error) {
	x := trialView{
		Code: p.Code, Exhibit: p.Exhibit, Holds: r.Holds(), Readers: r.Readers,
		Href: plaquesPath + "code/" + p.Code + "/", Sheet: plaquesPath + "trials/" + p.Code + ".png",
	}
	for _, row := range r.Rows {
		t := trialRow{Trial: row.Trial.In(lang), Parameter: row.Parameter, Fails: !row.Holds()}
		for _, n := range row.Results {
			t.Results = append(t.Results, fmt.Sprintf("%d/%d", n.Passed, n.Total))
		}
		if row.Need > 0 {
			t.Need = fmt.Sprintf("%.0f%%", row.Need*100)
		}
		x.Rows = append(x.Rows, t)
	}
	var b bytes.Buffer
	err := png.Encode(&b, r.Sheet)
	x.sheet = b.Bytes()
	return x, err
}

// trialSheet sends the photos of a plaque's trials.
func (v *visit) trialSheet() {
	c, _ := strings.CutSuffix(v.r.PathValue("file"), ".png")
	t := &v.site.trials
	t.mu.Lock()
	var b []byte
	if t.last != nil {
		for _, d := range t.last.done {
			if d.Code == c {
				b = d.sheet
			}
		}
	}
	t.mu.Unlock()
	if b == nil {
		v.missing()
		return
	}
	v.w.Header().Set("Content-Type", "image/png")
	_, _ = v.w.Write(b)
}
