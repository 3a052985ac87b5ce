package browsertest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// hurry makes a page's timers run twenty times as fast and its films as fast as Chromium plays
// them, sixteen times, and counts films.
const hurry = `(function () {
	['setTimeout', 'setInterval'].forEach(function (name) {
		var plain = window[name];
		window[name] = function (f, ms) { return plain.call(window, f, (ms || 0) / 20); };
	});
	window.films = 0;
	addEventListener('playing', function (e) { e.target.playbackRate = 16; }, true);
	addEventListener('ended', function () { films++; }, true);
})()`

// TestScreenDoesNotGrow: a display that has played its films and slides for a long while holds
// as many nodes and listeners as after its first rounds, and no more memory. The long form goes
// on for as long as MINGDENG_SCREEN says, an hour if it says nothing.
func TestScreenDoesNotGrow(t *testing.T) {
	t.Parallel() // it waits for films, in a browser of its own
	film := clip(t)
	rounds, long := testrun.Of(8, 12), time.Duration(0)
	if testrun.Long() {
		if long, _ = time.ParseDuration(os.Getenv("MINGDENG_SCREEN")); long == 0 {
			long = time.Hour
		}
	}
	ctx := chromium.Start(t, long+5*time.Minute)
	dir := t.TempDir()
	lay(t, dir, filmSite(film))
	build(t, dir, "public")
	site := serve(t, filepath.Join(dir, "public"))
	call(t, ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: hurry})
	call(t, ctx, performance.Enable, performance.EnableParams{})
	do(t, ctx, chromedp.Navigate(site.URL+"/screens/p/"))
	films := func() int { return eval[int](t, ctx, "window.films") }
	held := func() map[string]float64 {
		for range 3 {
			call(t, ctx, heapprofiler.CollectGarbage, cdp.Empty{})
		}
		out := map[string]float64{}
		for _, m := range call(t, ctx, performance.GetMetrics, cdp.Empty{}).Metrics {
			out[m.Name] = m.Value
		}
		return out
	}
	until := func(n int) {
		if !testrun.Comes(func() bool { return films() >= n }) {
			t.Fatalf("%d films came to their end", films())
		}
	}
	until(testrun.Of(4, 6))
	before, begun := held(), time.Now()
	until(films() + rounds)
	for time.Since(begun) < long {
		time.Sleep(10 * time.Second)
		if n := films(); time.Since(begun).Minutes() > 1 && n == 0 {
			t.Fatal("no film is played any more")
		}
	}
	after := held()
	t.Logf("%d films in %s; heap %.0f → %.0f KB, nodes %.0f → %.0f, listeners %.0f → %.0f", films(), time.Since(begun).Round(time.Second),
		before["JSHeapUsedSize"]/1024, after["JSHeapUsedSize"]/1024, before["Nodes"], after["Nodes"], before["JSEventListeners"], after["JSEventListeners"])
	for name, more := range map[string]float64{"Nodes": 30, "JSEventListeners": 10, "JSHeapUsedSize": 1 << 20} {
		if before[name] == 0 || after[name] > before[name]+more {
			t.Errorf("%s: %.0f, then %.0f", name, before[name], after[name])
		}
	}
}
