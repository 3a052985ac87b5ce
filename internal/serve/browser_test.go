package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/chromium"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/generate"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
)

// js runs a script in the page and returns what it, or its promise, gives.
func js[T any](t testing.TB, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, func(p *runtime.EvaluateParams) { chromedp.EvalAwaitPromise(p) }))
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	return v
}

// until is a script that waits until a condition holds in the page and gives the time
// it did, in ms since 1970.
func until(condition string) string {
	return `new Promise(function (done) {
		function look() { if (` + condition + `) { o.disconnect(); done(performance.timeOrigin + performance.now()); } }
		var o = new MutationObserver(look);
		o.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
		look();
	})`
}

// takenIn waits until the script has taken in the page as it was served: what it asks for next
// is what is wrong, and it has the answer.
func takenIn(t testing.TB, ctx context.Context) {
	t.Helper()
	testrun.Wait(t, func() bool {
		return js[bool](t, ctx, `performance.getEntriesByType('resource').some(function (r) { return r.name.endsWith('/_live/findings') && r.responseEnd > 0 })`)
	}, "the script")
}

func milliseconds(at time.Time) float64 { return float64(at.UnixNano()) / 1e6 }

// A save is seen without the page being loaded anew: the place it was scrolled to stays.
func TestSaveIsSeen(t *testing.T) {
	root := newSite(t)
	at := start(t, root, &told{})
	ctx := chromium.Start(t, 5*time.Minute)
	if err := chromedp.Do(ctx, chromedp.Navigate(at+"/heroes/ren-05/"), chromedp.WaitReady("#main")); err != nil {
		t.Fatal(err)
	}
	takenIn(t, ctx)
	// At once: a page that is still gliding there has no place yet that could stay.
	js[bool](t, ctx, `window.marked = true; scrollTo({top: 600, behavior: 'instant'}); true`)

	var took []float64
	for i := range 30 {
		line := fmt.Sprintf("第%d次喊话。", i)
		js[bool](t, ctx, "window.seen = "+until(fmt.Sprintf("document.body.textContent.includes(%q)", line))+"; true")
		before := time.Now()
		// Whole: a file that is empty for a moment is a page without length, and without the place.
		save(t, root, "content/heroes/ren-05.md", hero("沈丅川", strings.Repeat("他跳进河里。\n\n", 30)+line))
		took = append(took, js[float64](t, ctx, "window.seen")-milliseconds(before))
	}
	slices.Sort(took)
	t.Logf("from the write to the new text in the page: median %.0f ms, p95 %.0f ms, worst %.0f ms", took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
	if y := js[float64](t, ctx, `scrollY`); y != 600 {
		t.Errorf("scrolled to %v, was at 600", y)
	}
	if !js[bool](t, ctx, `window.marked === true`) {
		t.Error("the page was loaded anew")
	}
}

// Styles are exchanged in place.
func TestStyleIsSeen(t *testing.T) {
	root := newSite(t)
	theme := filepath.Join(root, "themes", "lamplight")
	if err := os.CopyFS(theme, os.DirFS("../../themes/lamplight")); err != nil {
		t.Fatal(err)
	}
	at := start(t, root, &told{})
	ctx := chromium.Start(t, 5*time.Minute)
	if err := chromedp.Do(ctx, chromedp.Navigate(at+"/heroes/ren-05/"), chromedp.WaitReady("#main")); err != nil {
		t.Fatal(err)
	}
	takenIn(t, ctx)
	js[bool](t, ctx, `window.marked = true; document.querySelector('h1').dataset.kept = 'yes'; true`)
	f, err := os.OpenFile(filepath.Join(theme, "styles", "hero.css"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, "\n:root { --probe: seen; }\n")
	f.Close()
	js[float64](t, ctx, until(`getComputedStyle(document.documentElement).getPropertyValue('--probe').trim() === 'seen'`))
	if !js[bool](t, ctx, `window.marked && document.querySelector('h1').dataset.kept === 'yes'`) {
		t.Error("more than the style was exchanged")
	}
	// A theme that cannot be used leaves the pages as they were.
	if err := os.WriteFile(filepath.Join(theme, "templates", "hero.html"), []byte("{{.Nothing}}"), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, at+"/_live/findings", "template-field", false)
	eventually(t, at+"/_live/findings", "Nothing", true)
	if _, body := get(t, at+"/heroes/ren-05/"); !strings.Contains(body, "沈丅川") {
		t.Error("the page is gone")
	}
}

// What is wrong lies over the page until it is mended.
func TestFindingsLieOverThePage(t *testing.T) {
	root := newSite(t)
	at := start(t, root, &told{})
	ctx := chromium.Start(t, 5*time.Minute)
	if err := chromedp.Do(ctx, chromedp.Navigate(at+"/"), chromedp.WaitReady("#main")); err != nil {
		t.Fatal(err)
	}
	put(t, root, "content/heroes/ren-07.md", strings.Replace(hero("沈渡川", "他喊。\n"), "name:", "nmae:", 1))
	js[float64](t, ctx, until(`document.getElementById('mingdeng-findings')`))
	text := js[string](t, ctx, `document.getElementById('mingdeng-findings').shadowRoot.textContent`)
	for _, want := range []string{"content/heroes/ren-07.md:2:1", "nmae", "name"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not told: %s", want, text)
		}
	}
	put(t, root, "content/heroes/ren-07.md", hero("沈渡川", "他喊。\n"))
	js[float64](t, ctx, until(`!document.getElementById('mingdeng-findings')`))
}

// At ten thousand records, in the long form alone: how soon the site is there, and how
// soon an edited text and an edited head are seen.
func TestSaveIsSeenAmongMany(t *testing.T) {
	if !testrun.Long() {
		t.Skip("MINGDENG_LONG=1 measures at 10,000 records")
	}
	root := t.TempDir()
	if err := synth.Write(root, 10_000, 1); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour) // as if written long ago
	err := filepath.WalkDir(root, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return os.Chtimes(p, old, old)
	})
	if err != nil {
		t.Fatal(err)
	}
	o := project.Options{Root: root, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test"))}
	if _, err := generate.Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	live, err := live.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ready after %v", time.Since(began).Round(time.Millisecond))
	live.Close()

	latencies(t, root, 20*time.Second)
}

// The same beside the demo's records, also in the long form alone.
func TestSaveIsSeenInTheDemo(t *testing.T) {
	if !testrun.Long() {
		t.Skip("MINGDENG_LONG=1 measures on the demo site")
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	latencies(t, root, 5*time.Second)
}

// latencies measures how soon an edited text and an edited head are seen in a browser,
// once all texts have been looked through.
func latencies(t *testing.T, root string, sweep time.Duration) {
	at := start(t, root, &told{})
	page := at + "/heroes/ce-shi-ren/"
	put(t, root, "content/heroes/ce-shi-ren.md", hero("测试人", "他喊。"))
	eventually(t, page, "他喊", true)
	ctx := chromium.Start(t, 5*time.Minute)
	if err := chromedp.Do(ctx, chromedp.Navigate(page), chromedp.WaitReady("#main")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(sweep)
	for _, c := range []struct{ what, text string }{
		{"a text", hero("测试人", "WORD")},
		{"a head", strings.Replace(hero("测试人", "他喊。"), "他救起了两个孩子。", "WORD", 1)},
	} {
		var took []float64
		for i := range 40 {
			word := fmt.Sprintf("第%d次喊话。", i)
			js[bool](t, ctx, "window.seen = "+until(fmt.Sprintf("document.body.textContent.includes(%q)", word))+"; true")
			before := time.Now()
			put(t, root, "content/heroes/ce-shi-ren.md", strings.Replace(c.text, "WORD", word, 1))
			took = append(took, js[float64](t, ctx, "window.seen")-milliseconds(before))
		}
		slices.Sort(took)
		t.Logf("%s: median %.0f ms, p95 %.0f ms, worst %.0f ms", c.what, took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
	}
}
