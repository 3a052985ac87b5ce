package browsertest

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// What a scan opens may weigh this much in all before pictures, gzipped: with the first
// ten packets of a connection it arrives in one round trip (RFC 6928).
const (
	scanBudget   = 14 << 10
	scriptBudget = 12 << 10 // scripts of any page
)

var (
	linkedFile = regexp.MustCompile(`(?:href|src)="/((?:css|js)/[^"]+)"`)
	packed     = func(b []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out) // the level servers use
		_, _ = z.Write(b)
		_ = z.Close()
		return out.Bytes()
	}
)

// photograph is the markup of a portrait that is a photograph, which has more to say than the
// drawings of the demo.
const photograph = `<div class="face"><img src="/img/portrait-0b5f93beb6-1600.jpg" srcset="/img/portrait-0b5f93beb6-480.jpg 480w, /img/portrait-0b5f93beb6-960.jpg 960w, /img/portrait-0b5f93beb6-1600.jpg 1600w" sizes="(min-width: 48rem) 40rem, 100vw" width="1600" height="2000" fetchpriority="high" alt="半身照，一个男人站在雨夜的灯光前，肩上斜挎一盘缆绳"></div>`

var face = regexp.MustCompile(`<div class="face">.*?</div>|<div class="tell">`)

// photographed is a page that a scan opens with a photograph for its portrait.
func photographed(page string) string {
	at := face.FindStringIndex(page)
	if at == nil {
		return page
	}
	if strings.HasSuffix(page[:at[1]], `"tell">`) {
		at[1] = at[0]
	}
	return page[:at[0]] + photograph + page[at[1]:]
}

// nextAtHand asks of every page that a scan opens whether its next stop is among the first
// ten stops of the Tab key: without script, which adds the button that reads aloud.
func nextAtHand(t *testing.T, out string) {
	stop := regexp.MustCompile(`<(?:a|button|audio|input|summary)\b[^>]*`)
	next := regexp.MustCompile(`<a class="next" rel="next" href="([^"]+)"`)
	looked := 0
	err := filepath.WalkDir(out, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.Name() != "index.html" {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		m := next.FindSubmatch(b)
		if m == nil {
			return nil
		}
		looked++
		stops := stop.FindAllString(string(b), 10)
		if !slices.ContainsFunc(stops, func(s string) bool { return strings.Contains(s, `"`+string(m[1])+`"`) }) {
			t.Errorf("%s: the next stop is not among the first ten", p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if looked < 50 {
		t.Errorf("only %d pages have a next stop", looked)
	}
}

// pageWeight weighs every page: scripts of all, and everything but pictures of what a
// scan opens.
func pageWeight(t *testing.T, out string) {
	files := map[string]int{}
	weigh := func(p string) int {
		if _, ok := files[p]; !ok {
			b, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(p)))
			if err != nil {
				t.Fatal(err)
			}
			files[p] = len(packed(b))
		}
		return files[p]
	}
	scans, most, mostScript, heaviest := 0, 0, 0, ""
	err := filepath.WalkDir(out, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() != "index.html" {
			return err
		}
		rel, _ := filepath.Rel(out, p)
		rel = filepath.ToSlash(rel)
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		all, scripts := weigh(rel), 0
		for _, m := range linkedFile.FindAllStringSubmatch(string(b), -1) {
			all += weigh(m[1])
			if strings.HasPrefix(m[1], "js/") {
				scripts += weigh(m[1])
			}
		}
		mostScript = max(mostScript, scripts)
		if scripts > scriptBudget {
			t.Errorf("%s: %d bytes of scripts, at most %d", rel, scripts, scriptBudget)
		}
		if bytes.Contains(b, []byte(`class="scan"`)) {
			scans++
			all += len(packed([]byte(photographed(string(b))))) - weigh(rel)
			if all > most {
				most, heaviest = all, rel
			}
			if all > scanBudget {
				t.Errorf("%s: %d bytes, at most %d", rel, all, scanBudget)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if scans < 20 || mostScript == 0 {
		t.Fatalf("only %d pages that scans open were weighed, %d bytes of scripts", scans, mostScript)
	}
	t.Logf("heaviest of %d: %s with %d bytes; most scripts on a page: %d bytes", scans, heaviest, most, mostScript)
}

// watch listens to a page for what must never happen: errors on the console, reports of
// the content security policy, requests to another host. The function it returns tells
// them and forgets them.
func watch(t *testing.T, ctx context.Context, origin string) func() []string {
	t.Helper()
	var mu sync.Mutex
	var faults []string
	add := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		faults = append(faults, fmt.Sprintf(format, args...))
	}
	err := chromedp.Listen(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			text := ev.ExceptionDetails.Text
			if x := ev.ExceptionDetails.Exception; x != nil {
				text += " " + x.Description
			}
			add("exception: %s", text)
		case *runtime.EventConsoleAPICalled:
			if ev.Type == "error" || ev.Type == "warning" {
				add("console.%s", ev.Type)
			}
		case *log.EventEntryAdded:
			if ev.Entry.Level == "error" || ev.Entry.Level == "warning" {
				add("log: %s %s", ev.Entry.Text, ev.Entry.URL)
			}
		case *network.EventRequestWillBeSent:
			if u := ev.Request.URL; !strings.HasPrefix(u, origin) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "about:") {
				add("request to %s", u)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		list := faults
		faults = nil
		return list
	}
}

// phone is a tab of its own, as wide as a phone. before is a script that runs ahead of the
// page's own, on every page.
func phone(t *testing.T, browser context.Context, before string) context.Context {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser)
	t.Cleanup(stop)
	do(t, ctx, chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateScale(2)))
	call(t, ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: before})
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func call[P, R any](t *testing.T, ctx context.Context, cmd cdp.Command[P, R], params P) R {
	t.Helper()
	r, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// eval is the value of an expression in the page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to be true.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(testrun.Patience))); err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
}

// zipped answers as real servers do: gzipped, and what is named by its content kept for ever.
func zipped(t *testing.T, dir string) *httptest.Server {
	plain := http.FileServer(http.Dir(dir))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		if strings.HasPrefix(r.URL.Path, "/css/") || strings.HasPrefix(r.URL.Path, "/js/") || strings.HasPrefix(r.URL.Path, "/img/") {
			w.Header().Set("Cache-Control", "max-age=31536000, immutable")
		} else {
			w.Header().Set("Cache-Control", "no-cache")
		}
		rec := httptest.NewRecorder()
		r.Header.Del("Range")
		plain.ServeHTTP(rec, r)
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		body := rec.Body.Bytes()
		if kind := w.Header().Get("Content-Type"); rec.Code == 200 && (strings.HasPrefix(kind, "text/") || strings.Contains(kind, "svg") || strings.Contains(kind, "json")) {
			w.Header().Set("Content-Encoding", "gzip")
			body = packed(body)
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.WriteHeader(rec.Code)
		_, _ = w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s
}

// The exhibits the tests open: two neighbours of one walk.
const (
	firstStop  = "/venues/chang-di-chang-lang/lan-sheng/"
	secondStop = "/venues/chang-di-chang-lang/luo/"

	venueOfStops = "/venues/chang-di-chang-lang/"
)

// TestScan opens exhibits on a phone.
func TestScan(t *testing.T) {
	out, _ := demo(t)
	t.Run("weight", func(t *testing.T) { pageWeight(t, out) })
	t.Run("next", func(t *testing.T) { nextAtHand(t, out) })
	browser := browser(t)
	if err := chromedp.Do(browser, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	t.Run("throttled", func(t *testing.T) { throttled(t, browser, out) })
	t.Run("elder", func(t *testing.T) { elder(t, browser, out) })
	t.Run("mourning", func(t *testing.T) { mourning(t, browser, out) })
	t.Run("speech", func(t *testing.T) { speech(t, browser, out) })
	t.Run("no voice", func(t *testing.T) { noVoice(t, browser, out) })
	t.Run("walk", func(t *testing.T) { walk(t, browser, out) })
	t.Run("offline", func(t *testing.T) { offline(t, browser, out) })
	t.Run("offline in English", func(t *testing.T) { offlineInEnglish(t, browser, out) })
	t.Run("offline below a path", func(t *testing.T) { offlineBelowAPath(t, browser) })
	t.Run("room", func(t *testing.T) { room(t, browser, out) })
}

// measure keeps what the browser tells about painting and about what moved.
const measure = `
window.seen = {fcp: 0, shift: 0};
new PerformanceObserver(function (l) { l.getEntries().forEach(function (e) { if (e.name === 'first-contentful-paint') seen.fcp = e.startTime; }); }).observe({type: 'paint', buffered: true});
new PerformanceObserver(function (l) { l.getEntries().forEach(function (e) { if (!e.hadRecentInput) seen.shift += e.value; }); }).observe({type: 'layout-shift', buffered: true});
`

// A weak signal: 400 kbit/s, 400 ms. Text within 1.5 s, reckoned from what the browser says it
// must have before it paints, so that a busy machine makes no page slow; and nothing moves
// afterwards.
func throttled(t *testing.T, browser context.Context, out string) {
	site := zipped(t, out)
	ctx := phone(t, browser, measure)
	faults := watch(t, ctx, site.URL)
	call(t, ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: 400, DownloadThroughput: 50_000, UploadThroughput: 50_000}},
	})
	call(t, ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	for _, p := range []string{firstStop, "/venues/zi-jing-shan/panel-12/"} {
		do(t, ctx, chromedp.Navigate(site.URL+p))
		until(t, ctx, "seen.fcp > 0 && document.readyState === 'complete'")
		// The page in one round trip, in another what holds its paint up; Chromium names that.
		blocking := eval[[]string](t, ctx, "performance.getEntriesByType('resource').filter(function (e) { return e.renderBlockingStatus === 'blocking' }).map(function (e) { return e.name })")
		bytes := eval[float64](t, ctx, "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource').filter(function (e) { return e.renderBlockingStatus === 'blocking' })).reduce(function (n, e) { return n + e.transferSize }, 0)")
		if len(blocking) == 0 || bytes < 2000 {
			t.Fatalf("%s: %.0f bytes, and %v hold its paint up: what was reckoned?", p, bytes, blocking)
		}
		paint, shift := 2*400+bytes/50, eval[float64](t, ctx, "seen.shift")
		t.Logf("%s: %.0f bytes and %d files to the first paint, %.0f ms (here after %.0f), layout shift %.4f", p, bytes, len(blocking), paint, eval[float64](t, ctx, "seen.fcp"), shift)
		if paint > 1500 {
			t.Errorf("%s: first paint after %.0f ms: %.0f bytes, %v", p, paint, bytes, blocking)
		}
		if shift != 0 {
			t.Errorf("%s: things moved: layout shift %.4f", p, shift)
		}
	}
	for _, f := range faults() {
		t.Error(f)
	}
}

// One tap, remembered, and there before the first paint of the next page.
func elder(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	ctx := phone(t, browser, measure)
	faults := watch(t, ctx, site.URL)
	size := func(sel string) float64 {
		return eval[float64](t, ctx, "parseFloat(getComputedStyle(document.querySelector('"+sel+"')).fontSize)")
	}
	do(t, ctx, chromedp.Navigate(site.URL+firstStop))
	small := size(".tell .prose p")
	do(t, ctx, chromium.Click("[data-elder]"))
	if large := size(".tell .prose p"); large < small*1.39 || large > small*1.41 {
		t.Errorf("type went from %g to %g px", small, large)
	}
	for _, p := range []string{secondStop, "/", "/heroes/shen-du-chuan/", "/Q/"} {
		do(t, ctx, chromedp.Navigate(site.URL+p))
		if root := size("html"); root < 22 {
			t.Errorf("%s: forgotten: the root's type is %g px", p, root)
		}
		if got := eval[string](t, ctx, "document.querySelector('[data-elder]').getAttribute('aria-pressed')"); got != "true" {
			t.Errorf("%s: the button says it is not pressed", p)
		}
		if shift := eval[float64](t, ctx, "seen.shift"); shift != 0 {
			t.Errorf("%s: things moved: %.4f", p, shift)
		}
		small := eval[[]string](t, ctx, tooSmall(56))
		if len(small) > 0 {
			t.Errorf("%s: targets under 56 px: %s", p, strings.Join(small, "; "))
		}
		if eval[bool](t, ctx, "document.documentElement.scrollWidth > innerWidth") {
			t.Errorf("%s is wider than the screen", p)
		}
	}
	do(t, ctx, chromium.Click("[data-elder]"), chromedp.Navigate(site.URL+firstStop))
	if again := size(".tell .prose p"); again != small {
		t.Errorf("a second tap gives %g px, not %g", again, small)
	}
	for _, f := range faults() {
		t.Error(f)
	}
}

// tooSmall lists what can be tapped and is lower than px. Links within a sentence are
// excepted, as in WCAG 2.5.5.
func tooSmall(px int) string {
	return fmt.Sprintf(`[].filter.call(document.querySelectorAll('a,button,input,summary'), function (e) {
		var r = e.getBoundingClientRect();
		if (!document.body.matches('.scan') && !e.closest('.top,.foot,.crumbs,.neighbours,form')) return false; // others answer for what is in between
		if (e.closest('.unseen,.skip,.prose,.sources,svg') || !r.width || getComputedStyle(e).visibility === 'hidden') return false;
		if (e.closest('p') && e.closest('p').textContent.trim() !== e.textContent.trim()) return false;
		for (var x = e; x && getComputedStyle(e, '::after').position === 'absolute' && x !== document.body; x = x.parentNode)
			if (getComputedStyle(x).position === 'relative') { r = x.getBoundingClientRect(); break; }
		return r.height < %d - .5;
	}).map(function (e) { return e.className + ' ' + e.textContent.trim().slice(0, 12) + ' ' + Math.round(e.getBoundingClientRect().height); })`, px)
}

// The day is the visitor's own: 13 December begins when it begins where the phone is.
func mourning(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	for _, c := range []struct {
		zone, day string
		grey      bool
	}{
		{"Asia/Shanghai", "2026-12-13T00:30:00+08:00", true},
		{"Asia/Shanghai", "2026-12-12T23:30:00+08:00", false},
		{"America/New_York", "2026-12-13T00:30:00+08:00", false}, // still the 12th there
		{"America/New_York", "2026-12-13T23:30:00-05:00", true},
	} {
		ctx := phone(t, browser, `(function (D) { Date = function () { return new D('`+c.day+`'); }; Date.now = D.now; })(Date)`)
		call(t, ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: c.zone})
		for _, p := range []string{firstStop, "/"} {
			do(t, ctx, chromedp.Navigate(site.URL+p))
			if got := eval[string](t, ctx, "getComputedStyle(document.documentElement).filter"); (got == "grayscale(1)") != c.grey {
				t.Errorf("%s in %s: %s has filter %s", c.day, c.zone, p, got)
			}
		}
	}
}

// stub stands in for a browser that speaks: it keeps what it is told, and tells of an end
// when the test says so.
const stub = `(function () {
	var voices = [];
	window.told = []; window.cancelled = 0;
	window.SpeechSynthesisUtterance = function (text) { this.text = text; };
	var synth = {
		getVoices: function () { return voices; },
		speak: function (u) { this.speaking = true; told.push(u); },
		cancel: function () { this.speaking = false; cancelled++; },
		addEventListener: function (name, f) { this.tell = f; }
	};
	Object.defineProperty(window, 'speechSynthesis', {value: synth});
	window.arrive = function (list) { voices = list; if (synth.tell) synth.tell(); };
	window.awake = function () { return !!synth.tell; };
	window.ended = function () { told[told.length - 1].onend({}); };
})();`

func speech(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	ctx := phone(t, browser, measure+stub)
	// A page that is gliding to the next sentence moves away from under a tap.
	call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	faults := watch(t, ctx, site.URL)
	do(t, ctx, chromedp.Navigate(site.URL+firstStop))
	until(t, ctx, "awake()")
	visible := func() string {
		return eval[string](t, ctx, "getComputedStyle(document.querySelector('[data-speak]')).visibility")
	}
	if visible() != "hidden" {
		t.Error("the button is there before there is a voice")
	}
	eval[any](t, ctx, `arrive([{lang: 'en-US', name: 'e'}]); null`)
	if visible() != "hidden" {
		t.Error("the button is there for an English voice alone")
	}
	eval[any](t, ctx, `arrive([{lang: 'zh-HK', name: 'hk', localService: true}, {lang: 'zh_CN', name: 'net', localService: false}, {lang: 'zh-CN', name: 'own', localService: true}, {lang: 'zh-TW', name: 'tw', localService: true}]); null`)
	if visible() != "visible" {
		t.Error("there is a voice and no button")
	}
	if shift := eval[float64](t, ctx, "seen.shift"); shift != 0 {
		t.Errorf("things moved when the voice came: %.4f", shift)
	}
	label := func() string { return eval[string](t, ctx, "document.querySelector('[data-speak]').textContent") }
	do(t, ctx, chromium.Click("[data-speak]"))
	if v := eval[string](t, ctx, "told[0].voice.name"); v != "own" {
		t.Errorf("the voice is %s", v)
	}
	if label() != "暂停" {
		t.Errorf("while reading the button says %s", label())
	}
	// It reads on, sentence by sentence, and lights what it reads.
	for range 6 {
		lit := eval[string](t, ctx, "document.querySelector('.spoken').textContent")
		said := eval[string](t, ctx, "told[told.length - 1].text")
		if !strings.Contains(strings.Join(strings.Fields(lit), ""), strings.Join(strings.Fields(said), "")) {
			t.Errorf("it reads %q while %q is lit", said, lit)
		}
		eval[any](t, ctx, "ended(); null")
	}
	if n := eval[int](t, ctx, "told.length"); n != 7 {
		t.Errorf("%d sentences were read after six ended", n)
	}
	do(t, ctx, chromium.Click("[data-speak]"))
	if label() != "继续" {
		t.Errorf("paused the button says %s", label())
	}
	eval[any](t, ctx, "ended(); null") // a late event of what was cancelled
	if n := eval[int](t, ctx, "told.length"); n != 7 {
		t.Error("it reads on while paused")
	}
	until(t, ctx, "getComputedStyle(document.querySelector('.float')).display === 'none'") // or there are two side by side
	eval[any](t, ctx, "scrollTo(0, 9999); null")                                           // out of the button's sight, another is at hand
	do(t, ctx, chromium.Click(".float"))
	if eval[string](t, ctx, "told[7].text") != eval[string](t, ctx, "told[6].text") {
		t.Error("it does not go on where it paused")
	}
	// To the end: every sentence once, none too long for a browser, all of it in view.
	eval[any](t, ctx, "for (var i = 0; i < 500 && document.querySelector('.spoken'); i++) ended(); null")
	if label() != "朗读" || eval[bool](t, ctx, "!!document.querySelector('.float')") {
		t.Error("at the end the button does not offer to read again")
	}
	if n := eval[int](t, ctx, "Math.max.apply(null, told.map(function (u) { return u.text.length; }))"); n > 62 {
		t.Errorf("an utterance has %d characters", n)
	}
	const squeeze = `.replace(/[\s]/g, '')`
	read := eval[string](t, ctx, `told.filter(function (u, i) { return i !== 7; }).map(function (u) { return u.text; }).join('')`+squeeze)
	want := eval[string](t, ctx, `[].map.call(document.querySelectorAll('main h1, main .lede, .prose p, .prose h2'), function (e) { return e.textContent; }).join('')`+squeeze)
	if read != want {
		t.Errorf("read:\n%s\nstands there:\n%s", read, want)
	}
	// Going away stops it.
	do(t, ctx, chromium.Click("[data-speak]"))
	before := eval[int](t, ctx, "cancelled")
	eval[any](t, ctx, "dispatchEvent(new Event('pagehide')); null")
	if eval[int](t, ctx, "cancelled") == before || label() != "继续" {
		t.Error("leaving the page does not stop the voice")
	}
	for _, p := range []string{"/heroes/shen-du-chuan/", "/anthology/jian-yi-yong-wei/du/"} {
		do(t, ctx, chromedp.Navigate(site.URL+p))
		until(t, ctx, "awake()")
		eval[any](t, ctx, `arrive([{lang: 'zh-CN', name: 'own', localService: true}]); null`)
		do(t, ctx, chromium.Click("[data-speak]"))
		if !eval[bool](t, ctx, "told.length === 1 && !!document.querySelector('.spoken')") {
			t.Errorf("%s is not read aloud", p)
		}
	}
	for _, f := range faults() {
		t.Error(f)
	}
}

// Where there is no voice there is no button, and from the second page on no gap for one.
func noVoice(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	ctx := phone(t, browser, measure+stub+`window.setTimeout = (function (f) { return function (g, ms) { return f(g, ms === 4000 ? 20 : ms); }; })(setTimeout);`)
	do(t, ctx, chromedp.Navigate(site.URL+firstStop))
	until(t, ctx, "localStorage.getItem('voice zh-Hans') === '0'")
	do(t, ctx, chromedp.Navigate(site.URL+"/venues/chang-di-chang-lang/mao-bi/"))
	if d := eval[string](t, ctx, "getComputedStyle(document.querySelector('[data-speak]')).display"); d != "none" {
		t.Errorf("the button is still there: display %s", d)
	}
	if w := eval[float64](t, ctx, "document.querySelector('.acts .elder-on').getBoundingClientRect().width"); w < 300 {
		t.Errorf("its gap is still there: the other button is %g px wide", w)
	}
}

// Where one has been stays on the phone, until one says otherwise.
func walk(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	ctx := phone(t, browser, measure)
	faults := watch(t, ctx, site.URL)
	walked := func(p, what string) []string {
		t.Helper()
		if p != "" {
			do(t, ctx, chromedp.Navigate(site.URL+p))
		}
		return eval[[]string](t, ctx, "[].map.call(document.querySelectorAll('"+what+".walked'), function (e) { return e.getAttribute('data-at') || (e.querySelector('a') || e).getAttribute('href').split('/')[3]; })")
	}
	is := func(where string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: walked %v, want %v", where, got, want)
		}
	}
	is("first", walked(firstStop, ".lamp"), "lan-sheng")
	is("second", walked(secondStop, ".lamp"), "lan-sheng", "luo")
	is("another venue", walked("/venues/zi-jing-shan/", ".stops li"))
	is("plan of the venue", walked("/venues/chang-di-chang-lang/", ".whole .lamp"), "lan-sheng", "luo")
	is("list of the venue", walked("", ".stops li"), "lan-sheng", "luo")
	if shift := eval[float64](t, ctx, "seen.shift"); shift != 0 {
		t.Errorf("things moved: %.4f", shift)
	}
	do(t, ctx, chromedp.Navigate(site.URL+secondStop), chromium.Click("[data-restart]"))
	is("begun anew", walked("", ".lamp"), "luo")
	is("begun anew, later", walked("/venues/chang-di-chang-lang/", ".whole .lamp"), "luo")
	for _, f := range faults() {
		t.Error(f)
	}
}

// Room for fingers and for large type: on a phone, at 200 % zoom, with the phone's own
// type twice as large.
func room(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	ctx := phone(t, browser, "")
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	do(t, ctx, chromedp.Navigate(site.URL+firstStop))
	if eval[string](t, ctx, "document.documentElement.className + document.querySelector('h1').textContent") != "沈渡川" {
		t.Error("scripts were not off, or the page does not open without them")
	}
	if dead := eval[int](t, ctx, "[].filter.call(document.querySelectorAll('button,.acts,.walk'), function (e) { return e.offsetParent; }).length"); dead > 0 {
		t.Errorf("without scripts there are %d things that do nothing", dead)
	}
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	for _, p := range []string{firstStop, "/Q/", "/404.html", "/", "/heroes/shen-du-chuan/"} {
		do(t, ctx, chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile), chromedp.Navigate(site.URL+p))
		if small := eval[[]string](t, ctx, tooSmall(48)); len(small) > 0 {
			t.Errorf("%s: targets under 48 px: %s", p, strings.Join(small, "; "))
		}
		do(t, ctx, chromedp.EmulateViewport(320, 370))
		if eval[bool](t, ctx, "document.documentElement.scrollWidth > document.documentElement.clientWidth") {
			t.Errorf("%s is wider than a screen of 640 px at 200 %%", p)
		}
		do(t, ctx, chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile))
		eval[any](t, ctx, "document.documentElement.style.setProperty('-webkit-text-size-adjust', '200%', 'important'); null")
		if eval[bool](t, ctx, "document.documentElement.scrollWidth > innerWidth") {
			t.Errorf("%s is wider than the screen with type twice as large", p)
		}
		if cut := eval[[]string](t, ctx, `[].filter.call(document.querySelectorAll('body *'), function (e) {
			var s = getComputedStyle(e);
			return !e.matches('.unseen, svg *, .top nav') && s.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1;
		}).map(function (e) { return e.className; })`); len(cut) > 0 {
			t.Errorf("%s: text is cut off in %v", p, cut)
		}
	}
}
