package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// TestReading tries what readers do with the pages: narrow the index, set a chapter
// vertically and come back to it, watch a screen.
func TestReading(t *testing.T) {
	ctx := browser(t)
	out, _ := demo(t)
	for _, c := range []struct {
		name string
		try  func(*testing.T, context.Context, string)
	}{
		{"narrowing", narrowing}, {"narrowingSplit", narrowingSplit}, {"nobody", nobody}, {"gallery", gallery}, {"chapter", chapter}, {"screen", screen}, {"zoom", zoom}, {"keys", keys},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab, stop := chromedp.NewContext(ctx)
			defer stop()
			c.try(t, tab, out)
		})
	}
}

// wait waits for an expression to be true, across navigations too.
func wait(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	var err error
	if !testrun.Comes(func() (ok bool) {
		ok, err = chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		return ok && err == nil
	}) {
		t.Fatalf("%s never came true (%v)", expression, err)
	}
}

const shownNames = `[].map.call(document.querySelectorAll('#names .who'), function (a) { return a.textContent })`

func choose(by, value string) string {
	return fmt.Sprintf(`document.querySelector('[data-by=%s] a[data-is="%s"]').click()`, by, value)
}

// The demo's index stands whole on its page: it narrows without data, and every way back works.
func narrowing(t *testing.T, ctx context.Context, out string) {
	site := serve(t, out)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(site.URL+"/heroes/"))
	faults := watch(t, ctx, site.URL)
	all := eval[int](t, ctx, shownNames+".length")
	eval[any](t, ctx, choose("deed", "water-rescue")+" || 1")
	wait(t, ctx, "location.hash === '#deed=water-rescue' && !document.getElementById('clear').hidden")
	water := eval[[]string](t, ctx, shownNames)
	if small := eval[string](t, ctx, `document.querySelector('[data-by=deed] a[data-is="water-rescue"] + small').textContent`); small != fmt.Sprint(len(water)) {
		t.Errorf("%d people are shown, the filter says %s", len(water), small)
	}
	// A place opens downwards: the province, then its cities, then their districts.
	eval[any](t, ctx, choose("place", "河东省")+" || 1")
	eval[any](t, ctx, choose("place", "河东省/清河市")+" || 1")
	eval[any](t, ctx, choose("place", "河东省/清河市/古城县")+" || 1")
	both := eval[[]string](t, ctx, shownNames)
	if len(both) == 0 || len(both) >= len(water) {
		t.Errorf("water and a district: %d of %d", len(both), len(water))
	}
	said := eval[string](t, ctx, "document.getElementById('total').textContent")
	if !strings.Contains(said, fmt.Sprint(len(both))) {
		t.Errorf("it says %q of %d people", said, len(both))
	}
	if focus := eval[bool](t, ctx, `(function () { var a = document.querySelector('[data-by=place] a[data-is="河东省/清河市/古城县"]'); a.focus(); a.click(); return document.activeElement.dataset.is === '河东省/清河市/古城县' })()`); !focus {
		t.Error("the keyboard lost its place")
	}
	// Where a choice would leave nobody it cannot be made.
	dead := eval[[]string](t, ctx, `[].map.call(document.querySelectorAll('#filters [aria-disabled]'), function (a) { return a.textContent + (a.href || '') })`)
	for _, d := range dead {
		if strings.Contains(d, "http") {
			t.Errorf("%s leads to nobody", d)
		}
	}
	if len(dead) == 0 {
		t.Error("no choice was ruled out")
	}
	hash := eval[string](t, ctx, "location.hash")
	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(site.URL+"/heroes/"+hash))
	wait(t, ctx, "!document.getElementById('clear').hidden")
	if again := eval[[]string](t, ctx, shownNames); strings.Join(again, " ") != strings.Join(both, " ") {
		t.Errorf("the address gives %v, not %v", again, both)
	}
	eval[any](t, ctx, "document.getElementById('clear').click() || 1")
	if got := eval[int](t, ctx, shownNames+".length"); got != all {
		t.Errorf("cleared: %d people instead of %d", got, all)
	}
	eval[any](t, ctx, "history.back() || 1")
	wait(t, ctx, shownNames+".length === "+fmt.Sprint(len(both)))

	// From the list of one deed a year leads to both.
	do(t, ctx, chromedp.Navigate(site.URL+"/heroes/deed/water-rescue/"))
	eval[any](t, ctx, choose("year", "2021")+" || 1")
	wait(t, ctx, "location.pathname === '/heroes/' && document.getElementById('clear') && !document.getElementById('clear').hidden")
	if hash := eval[string](t, ctx, "location.hash"); hash != "#year=2021&deed=water-rescue" {
		t.Errorf("two choices lead to %s", hash)
	}
	for _, f := range faults() {
		t.Error(f)
	}
}

// split is the index of the demo as it would be, were it too long for one page: what is
// asked of its script is then had from the open data.
func split(t *testing.T, out string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(out, "heroes", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Replace(string(b), `data-pages="1"`, `data-pages="2"`, 1)
	page = strings.Replace(page, "<script src=", `<nav class="pager"></nav><script src=`, 1)
	if strings.Count(page, `data-pages="2"`) != 1 {
		t.Fatal("the index is split")
	}
	manifest, err := os.ReadFile(filepath.Join(out, "manifest.webmanifest"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, d := range []string{"css", "js", "img", "data", "heroes/deed"} {
		if err := os.CopyFS(filepath.Join(dir, d), os.DirFS(filepath.Join(out, d))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"heroes/index.html": page, "404.html": "", "manifest.webmanifest": string(manifest)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func narrowingSplit(t *testing.T, ctx context.Context, out string) {
	dir := split(t, out)
	site := serve(t, dir)
	do(t, ctx, chromedp.Navigate(site.URL+"/heroes/"))
	faults := watch(t, ctx, site.URL)
	all := eval[[]string](t, ctx, shownNames)
	eval[any](t, ctx, choose("year", "2021")+" || 1")
	wait(t, ctx, "!document.getElementById('clear').hidden")
	want := eval[int](t, ctx, "+document.querySelector('[data-by=year] a[data-is=\"2021\"] + small').textContent")
	if got := eval[int](t, ctx, shownNames+".length"); got != want || got == 0 || got == len(all) {
		t.Errorf("%d people of %d, the filter says %d", got, len(all), want)
	}
	if eval[bool](t, ctx, "!document.querySelector('.pager').hidden") {
		t.Error("a narrowed list still has pages")
	}
	eval[any](t, ctx, choose("year", "")+" || 1")
	if again := eval[[]string](t, ctx, shownNames); strings.Join(again, " ") != strings.Join(all, " ") {
		t.Errorf("the list came back as %v", again)
	}
	for _, f := range faults() {
		t.Error(f)
	}
	// Where the data cannot be had, the link is a link.
	if err := os.RemoveAll(filepath.Join(dir, "data")); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(site.URL+"/heroes/"))
	eval[any](t, ctx, "fetch = function () { return Promise.reject(new Error('off')) }, 1")
	eval[any](t, ctx, choose("deed", "fire-rescue")+" || 1")
	wait(t, ctx, "location.pathname === '/heroes/deed/fire-rescue/'")
}

// On a phone what is chosen is in sight in its row, and no way leads to an empty page: what
// would leave nobody is not offered, and an old address that asks for it offers ways back.
func nobody(t *testing.T, ctx context.Context, out string) {
	site := serve(t, out)
	do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(site.URL+"/heroes/year/2013/"))
	const inSight = `[].every.call(document.querySelectorAll('#filters [aria-current]'), function (a) {
		var r = a.getBoundingClientRect(), row = a.closest('dd').getBoundingClientRect();
		return r.left >= row.left - 1 && r.right <= Math.min(row.right, innerWidth) && document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2) === a;
	})`
	const pushed = `[].forEach.call(document.querySelectorAll('#filters dd'), function (d) { d.scrollLeft = %s }), 1`
	for _, to := range []string{"0", "d.scrollWidth / 2", "d.scrollWidth"} {
		eval[any](t, ctx, fmt.Sprintf(pushed, to))
		if !eval[bool](t, ctx, inSight) {
			t.Errorf("pushed to %s, the chosen year is out of sight", to)
		}
	}
	// Without script the row is the same; with it, deeds of other years cannot be chosen.
	left := eval[[]string](t, ctx, `[].map.call(document.querySelectorAll('[data-by=deed] a[href]'), function (a) { return a.dataset.is })`)
	if len(left) < 2 || len(left) > 4 {
		t.Errorf("of one year's people the deeds are %q", left)
	}
	eval[any](t, ctx, choose("deed", left[1])+" || 1")
	wait(t, ctx, "location.pathname === '/heroes/' && "+shownNames+".length > 0")

	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(site.URL+"/heroes/#year=2021&deed=fire-rescue"))
	wait(t, ctx, "document.querySelectorAll('.nobody a').length === 2")
	eval[any](t, ctx, "document.querySelector('.nobody a').click() || 1")
	wait(t, ctx, "location.hash === '#deed=fire-rescue' && "+shownNames+".length > 0")
	eval[any](t, ctx, "history.back() || 1")
	wait(t, ctx, "document.querySelectorAll('.nobody a').length === 2")
}

func chapter(t *testing.T, ctx context.Context, out string) {
	site := serve(t, out)
	const page = "/anthology/jian-yi-yong-wei/du/"
	do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(site.URL+page))
	faults := watch(t, ctx, site.URL)
	// The sixth paragraph stands at the beginning of what is seen.
	const sixth = `(function () {
		var r = document.getElementById('text').children[5].getBoundingClientRect(), l = document.getElementById('leaf').getBoundingClientRect();
		return document.documentElement.classList.contains('vertical') ? Math.abs(r.right - l.right) < 60 : Math.abs(r.top) < 60;
	})()`
	eval[any](t, ctx, "window.scrollTo(0, document.getElementById('text').children[5].offsetTop - 24)")
	wait(t, ctx, "/:5}/.test(localStorage['mingdeng.places'])")
	do(t, ctx, chromedp.Navigate(site.URL+"/"), chromedp.Navigate(site.URL+page))
	wait(t, ctx, "!document.getElementById('resume').hidden")
	do(t, ctx, chromium.Click("#resume button"))
	wait(t, ctx, sixth+" && document.getElementById('resume').hidden")
	// Vertical setting keeps the place and is remembered.
	eval[any](t, ctx, "document.getElementById('vertical').click() || 1") // a real tap would scroll there first
	wait(t, ctx, sixth)
	if mode := eval[string](t, ctx, "getComputedStyle(document.getElementById('text')).writingMode"); mode != "vertical-rl" {
		t.Errorf("the text is set %s", mode)
	}
	if eval[bool](t, ctx, "document.documentElement.scrollWidth > innerWidth") {
		t.Error("the vertical page is wider than the screen")
	}
	do(t, ctx, chromium.Click("#vertical"))
	wait(t, ctx, sixth)
	do(t, ctx, chromium.Click("#vertical"), chromedp.Navigate(site.URL+"/anthology/jian-yi-yong-wei/zhu-gan/"))
	if !eval[bool](t, ctx, "document.documentElement.classList.contains('vertical')") {
		t.Error("the next chapter forgot the setting")
	}
	eval[any](t, ctx, "document.getElementById('leaf').scrollLeft = -1e6")
	wait(t, ctx, "Math.abs(parseFloat(document.getElementById('progress').style.transform.slice(7)) - 1) < .02")
	// What was read to its end is not offered again.
	wait(t, ctx, "!/zhu-gan/.test(localStorage['mingdeng.places'])")
	do(t, ctx, chromium.Click("#vertical"))
	if mode := eval[string](t, ctx, "getComputedStyle(document.getElementById('text')).writingMode"); mode != "horizontal-tb" {
		t.Errorf("the text is still set %s", mode)
	}
	for _, f := range faults() {
		t.Error(f)
	}
}

// A screen is one file that needs nothing else, and does not grow while it runs.
func screen(t *testing.T, ctx context.Context, out string) {
	b, err := os.ReadFile(filepath.Join(out, "screens", "hall", "hall.html"))
	if err != nil {
		t.Fatal(err)
	}
	// A week is fifty thousand turns. What would grow over them grows over the three hundred
	// that are counted here: a timer, a node or a listener a turn.
	fast := regexp.MustCompile(`data-seconds="\d+"`).ReplaceAll(b, []byte(`data-seconds="0.02"`))
	file := filepath.Join(t.TempDir(), "hall.html")
	if err := os.WriteFile(file, fast, 0o644); err != nil {
		t.Fatal(err)
	}
	// It is small, because drawing the turns would take far longer than the turns.
	do(t, ctx, chromedp.EmulateViewport(384, 216), chromedp.Navigate("about:blank"))
	faults := watch(t, ctx, "file://"+filepath.ToSlash(file))
	do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(file)))
	eval[any](t, ctx, `var turns = 0; new MutationObserver(function (l) { turns += l.length }).observe(document.getElementById('slides'), { subtree: true, attributes: true, attributeFilter: ['class'] }), 1`)
	measure := func() (heap, nodes float64) {
		call(t, ctx, heapprofiler.CollectGarbage, cdp.Empty{})
		return eval[float64](t, ctx, "performance.memory.usedJSHeapSize"), eval[float64](t, ctx, "document.getElementsByTagName('*').length")
	}
	wait(t, ctx, "turns > 100")
	heap, nodes := measure()
	wait(t, ctx, "turns > 700")
	heapLater, nodesLater := measure()
	if nodesLater != nodes || heapLater > heap+200<<10 {
		t.Errorf("after 300 turns: %.0f elements instead of %.0f, %.0f bytes instead of %.0f", nodesLater, nodes, heapLater, heap)
	}
	for _, f := range faults() {
		t.Error(f)
	}

	// The code in the corner is read from what the display shows, upright too.
	for _, c := range []struct {
		name          string
		width, height int64
	}{{"hall", 1920, 1080}, {"hall", 3840, 2160}, {"platform", 1080, 1920}} {
		do(t, ctx, chromedp.EmulateViewport(c.width, c.height), chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(out, "screens", c.name, c.name+".html"))), chromedp.KeyEvent(" ")) // the space key stops it
		if cut := eval[[]string](t, ctx, overlapping); len(cut) > 0 {
			t.Errorf("%s at %d×%d: %s", c.name, c.width, c.height, strings.Join(cut, "; "))
		}
		zbar := testrun.Find(t, "zbarimg", "zbar-tools")
		if zbar == "" {
			continue
		}
		picture := filepath.Join(t.TempDir(), "shot.png")
		var read []byte
		want := ""
		if !testrun.Comes(func() bool { // it may just be fading in; a phone looks again too
			shot, err2 := chromedp.Run(ctx, chromedp.CaptureScreenshot())
			if err2 != nil {
				t.Fatal(err2)
			}
			if err := os.WriteFile(picture, shot, 0o644); err != nil {
				t.Fatal(err)
			}
			read, err = exec.Command(zbar, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture).Output()
			want = eval[string](t, ctx, "document.querySelector('.slide.on .mark svg').getAttribute('aria-label')")
			return err == nil && want != "" && strings.TrimSpace(string(read)) == want
		}) {
			t.Errorf("%s at %d×%d: read %q (%v), want %s", c.name, c.width, c.height, read, err, want)
		}
	}

	// On the site the same playlist obeys the site's policy.
	site := serve(t, out)
	online := watch(t, ctx, site.URL)
	do(t, ctx, chromedp.Navigate(site.URL+"/screens/hall/"))
	wait(t, ctx, "document.querySelectorAll('.slide.on').length === 1")
	for _, f := range online() {
		t.Error(f)
	}
}

// overlapping lists slides whose words run into their mark or out of the display.
const overlapping = `[].map.call(document.querySelectorAll('.slide'), function (s) {
	var mark = s.querySelector('.mark').getBoundingClientRect();
	return [].map.call(s.querySelectorAll('.name, .line, .slogan, .badge, .date'), function (e) {
		var r = e.getBoundingClientRect();
		var hits = r.left < mark.right && r.right > mark.left && r.top < mark.bottom && r.bottom > mark.top;
		return hits || r.bottom > innerHeight || r.right > innerWidth ? e.textContent : '';
	}).filter(String).join(' ');
}).filter(String)`

// Nothing is wider than the window, on a phone and twice as large: 200 % of 360 px and of 1280.
func zoom(t *testing.T, ctx context.Context, out string) {
	site := serve(t, out)
	for _, page := range kinds {
		do(t, ctx, chromedp.EmulateViewport(640, 370, chromedp.EmulateScale(2)), chromedp.Navigate(site.URL+page))
		for _, width := range []int64{640, 360, 180} {
			do(t, ctx, chromedp.EmulateViewport(width, 370, chromedp.EmulateScale(2)))
			if testrun.Long() { // otherwise the window of an open page is made narrower
				do(t, ctx, chromedp.Navigate(site.URL+page))
			}
			if wide := eval[[]string](t, ctx, wider); len(wide) > 0 {
				t.Errorf("%s at %d px is too wide: %s", page, width, strings.Join(wide, "; "))
			}
		}
	}
}

// wider names what sticks out of the window, if it can be scrolled to.
const wider = `(function () {
	var root = document.documentElement;
	if (root.scrollWidth <= root.clientWidth) return [];
	return [].filter.call(document.body.querySelectorAll('*'), function (e) { return e.getBoundingClientRect().right > root.clientWidth + 1 })
		.slice(0, 4).map(function (e) { return e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.slice(0, 20) });
})()`

// keys walks the index with the tab key: every stop is seen, none holds the walker, and
// the return key narrows.
func keys(t *testing.T, ctx context.Context, out string) {
	site := serve(t, out)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(site.URL+"/heroes/"))
	const stop = `(function () {
		var a = document.activeElement, r = a.getBoundingClientRect();
		if (a === document.body) return '';
		var seen = getComputedStyle(a).outlineStyle !== 'none' && r.bottom > 0 && r.top < innerHeight && r.right > 0;
		return (seen ? '' : 'unseen ') + (a.dataset.is || a.textContent.trim().slice(0, 20));
	})()`
	walked := map[string]bool{}
	for range 60 {
		do(t, ctx, chromedp.KeyEvent("\t"))
		at := eval[string](t, ctx, stop)
		if strings.HasPrefix(at, "unseen ") {
			t.Errorf("the focus is not seen: %s", at)
		}
		walked[at] = true
		if at == "fire-rescue" {
			do(t, ctx, chromedp.KeyEvent("\r"))
			wait(t, ctx, "location.hash === '#deed=fire-rescue' && !document.getElementById('clear').hidden")
			if now := eval[string](t, ctx, stop); now != at {
				t.Errorf("after the return key the focus is on %q", now)
			}
		}
	}
	if !walked["fire-rescue"] || len(walked) < 30 {
		t.Errorf("%d stops: %v", len(walked), walked)
	}
}

// kinds is one page of each kind.
var kinds = []string{
	"/", "/heroes/", "/heroes/deed/water-rescue/", "/heroes/shen-du-chuan/", "/heroes/hu-jun-hui/", "/heroes/san-dao-men/",
	"/briefs/", "/briefs/2023/qi-yue-er-shi-zou-fang/", "/briefs/2022/zi-jing-shan-sheng-ji/", "/anthology/", "/anthology/jian-yi-yong-wei/", "/anthology/jian-yi-yong-wei/du/",
	"/venues/", "/venues/zi-jing-shan/", "/venues/zi-jing-shan/rack-1/", "/honors/", "/honors/qing-he-mo-fan/", "/honors/qing-he-mo-fan/2/", "/units/",
	"/reports/", "/reports/2023/", "/timeline/", "/days/", "/numbers/", "/search/", "/nominate/", "/about/", "/404.html", "/Q/",
	"/events/", "/nominate/form/", "/shu-dan-shui-bian/", "/briefs/2026/du-kou-jiang-xi/",
}
