package main

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"mingdeng/internal/diag"
)

// patienceBeforeBar is how long work may take before a person is shown progress.
const patienceBeforeBar = 500 * time.Millisecond

// progress shows how far work has come: on a terminal alone, and only work that
// takes a while.
type progress struct {
	p     *program
	start time.Time
	doing diag.Text
	shown *progressbar.ProgressBar
}

func (p *program) progress(start time.Time) *progress {
	return &progress{p: p, start: start, doing: wordWorking}
}

func (g *progress) update(done, total int) {
	f, ok := stream(g.p.err).(*os.File)
	if !ok || g.p.quiet || g.p.format != "text" || time.Since(g.start) < patienceBeforeBar || !term.IsTerminal(int(f.Fd())) {
		return
	}
	if g.shown == nil {
		g.shown = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(g.p.say(g.doing)),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(false),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
	}
	_ = g.shown.Set(done) // what cannot be drawn is not worth stopping for
}

func (g *progress) clear() {
	if g.shown != nil {
		_ = g.shown.Clear()
	}
}
