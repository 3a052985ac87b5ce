package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// TestVenue walks through venues on a phone.
func TestVenue(t *testing.T) {
	out, _ := demo(t)
	t.Run("scan pages", func(t *testing.T) { planOfAScan(t, out) })
	browser := browser(t)
	if err := chromedp.Do(browser, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	t.Run("stretches", func(t *testing.T) { stretches(t, browser, out) })
	t.Run("you are here", func(t *testing.T) { youAreHere(t, browser, out) })
	t.Run("ring", func(t *testing.T) { ring(t, browser, out) })
}

var (
	tabStop = regexp.MustCompile(`<(?:a|button|audio|summary|input)\b`)
	onPlan  = regexp.MustCompile(`data-at="[^"]*"`)
)

// What a scan opens has the part of the plan around it and no more; the way on is not
// behind the lamps.
func planOfAScan(t *testing.T, out string) {
	pages, err := filepath.Glob(filepath.Join(out, "venues", "*", "*", "index.html"))
	if err != nil || len(pages) < 60 {
		t.Fatal(len(pages), err)
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		before, after, found := strings.Cut(string(b), `class="next"`)
		if !found {
			t.Errorf("%s leads nowhere", p)
		}
		// The way on is offered to the keyboard at the top, too.
		_, next, _ := strings.Cut(after, `href="`)
		next, _, _ = strings.Cut(next, `"`)
		first := strings.Index(string(b), `<a class="skip" href="`+next+`"`)
		if first < 0 {
			first = len(before)
		}
		if n := 1 + len(tabStop.FindAllString(string(b[:first]), -1)); n > 10 {
			t.Errorf("%s: the next stop is the %dth to be reached by Tab", p, n)
		}
		if n := len(onPlan.FindAllString(after, -1)); n < 1 || n > 15 {
			t.Errorf("%s: %d lamps on its part of the plan", p, n)
		}
		if plan, _, _ := strings.Cut(after, "</nav>"); strings.Count(plan, "<a ") > 2 {
			t.Errorf("%s: %d links behind the next stop: the plan, the stop before", p, strings.Count(plan, "<a "))
		}
	}
}

// nearest is the least distance between the middles of what is selected; -1 where there
// are fewer than two.
func nearest(what string) string {
	return fmt.Sprintf(`(function () {
		var m = [].map.call(document.querySelectorAll('%s'), function (e) { var r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; });
		var least = -1;
		m.forEach(function (a, i) { m.slice(0, i).forEach(function (b) { var d = Math.hypot(a[0] - b[0], a[1] - b[1]); if (least < 0 || d < least) least = d; }); });
		return least;
	})()`, what)
}

// An opened stretch has a finger's breadth for every lamp, with and without script, in
// large type, and together they lead to all exhibits.
func stretches(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	for _, c := range []struct {
		width         int64
		elder, script bool
	}{{320, false, true}, {360, true, true}, {390, false, false}, {320, true, true}, {1440, false, true}} {
		ctx := phone(t, browser, fmt.Sprintf("try { localStorage.setItem('elder', '%d'); } catch (e) {}", map[bool]int{true: 1}[c.elder]))
		call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !c.script})
		do(t, ctx, chromedp.EmulateViewport(c.width, 740))
		for venue, want := range map[string]int{"/venues/zi-jing-shan/": 54, "/venues/chang-di-chang-lang/": 9, "/en/venues/zi-jing-shan/": 5} {
			do(t, ctx, chromedp.Navigate(site.URL+venue))
			parts := eval[[]string](t, ctx, "[].map.call(document.querySelectorAll('.marks a'), function (a) { return a.getAttribute('href'); })")
			if all := eval[int](t, ctx, "document.querySelectorAll('.stretch').length"); len(parts) != all {
				t.Errorf("%s: the plan leads to %d of %d stretches", venue, len(parts), all)
			}
			if d := eval[float64](t, ctx, nearest(".marks circle")); d >= 0 && d < 44 {
				t.Errorf("%s, %d px: marks %.1f px apart", venue, c.width, d)
			}
			seen := map[string]bool{}
			least := 1e9
			for _, part := range parts {
				do(t, ctx, chromedp.Navigate(site.URL+venue+part))
				if eval[bool](t, ctx, "document.querySelector('.whole').offsetParent !== null || !document.querySelector('.stretch:target').offsetParent") {
					t.Fatalf("%s%s does not open", venue, part)
				}
				if d := eval[float64](t, ctx, nearest(".stretch:target .hit")); d >= 0 {
					least = min(least, d)
				}
				for _, href := range eval[[]string](t, ctx, `[].filter.call(document.querySelectorAll('.stretch:target .lamp'), function (a) {
					var r = a.querySelector('.hit').getBoundingClientRect(), box = a.closest('.planbox').getBoundingClientRect();
					return r.width > 43.9 && r.left >= box.left && r.right <= box.right && r.top >= box.top && r.bottom <= box.bottom && a.getAttribute('aria-label');
				}).map(function (a) { return a.getAttribute('href'); })`) {
					seen[href] = true
				}
				if eval[bool](t, ctx, "document.documentElement.scrollWidth > document.documentElement.clientWidth") {
					t.Errorf("%s%s is wider than the screen", venue, part)
				}
			}
			t.Logf("%s, %d px: %d stretches, targets %.1f px apart", venue, c.width, len(parts), least)
			if least < 44 {
				t.Errorf("%s, %d px: targets %.1f px apart", venue, c.width, least)
			}
			if len(seen) != want {
				t.Errorf("%s, %d px: %d of %d exhibits can be tapped", venue, c.width, len(seen), want)
			}
		}
	}
}

// The words on the plan of a scan cover no lamp.
func youAreHere(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	for _, elder := range []int{0, 1} {
		ctx := phone(t, browser, fmt.Sprintf("try { localStorage.setItem('elder', '%d'); } catch (e) {}", elder))
		for _, p := range []string{firstStop, "/venues/zi-jing-shan/panel-12/", "/venues/zi-jing-shan/panel-36/", "/venues/zi-jing-shan/banner-1/", "/en/venues/zi-jing-shan/panel-12/"} {
			do(t, ctx, chromedp.EmulateViewport(320, 740), chromedp.Navigate(site.URL+p))
			for _, width := range []int64{320, 390, 768} {
				do(t, ctx, chromedp.EmulateViewport(width, 740))
				if testrun.Long() {
					do(t, ctx, chromedp.Navigate(site.URL+p))
				}
				if covered := eval[[]string](t, ctx, `(function () {
					var name = document.querySelector('.here .name');
					if (!name) return document.querySelector('.caption') ? [] : ['all: there are none'];
					var words = name.getBoundingClientRect();
					return [].filter.call(document.querySelectorAll('.lamps .dot'), function (d) {
						var r = d.getBoundingClientRect();
						return r.left < words.right && r.right > words.left && r.top < words.bottom && r.bottom > words.top;
					}).map(function (d) { return d.parentNode.getAttribute('data-at'); });
				})()`); len(covered) > 0 {
					t.Errorf("%s, %d px: the words cover %v", p, width, covered)
				}
				if next := eval[int](t, ctx, "document.querySelectorAll('.lamps .next').length"); next > 1 {
					t.Errorf("%s: %d lamps are next", p, next)
				}
			}
		}
	}
}

// The walk goes on where it was left; its end is a ring of light where the way is one.
func ring(t *testing.T, browser context.Context, out string) {
	site := serve(t, out)
	ctx := phone(t, browser, measure)
	faults := watch(t, ctx, site.URL)
	const venue = "/venues/chang-di-chang-lang/"
	on := func() string {
		do(t, ctx, chromedp.Navigate(site.URL+venue))
		return eval[string](t, ctx, "(function (a) { return a.textContent + ' ' + (a.getAttribute('href') || ''); })(document.querySelector('[data-go]'))")
	}
	is := func(when, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	is("at first", on(), "从入口开始 "+venue+"wall/")
	stops := eval[[]string](t, ctx, "[].map.call(document.querySelectorAll('ol.stops a'), function (a) { return a.getAttribute('href'); })")
	if len(stops) != 9 {
		t.Fatalf("stops: %v", stops)
	}
	glows := func() string {
		return eval[string](t, ctx, "[].map.call(document.querySelectorAll('.whole .next'), function (e) { return e.getAttribute('data-at'); }).join()")
	}
	is("the first lamp", glows(), "wall")
	for _, p := range []string{stops[2], stops[4], stops[3]} {
		do(t, ctx, chromedp.Navigate(site.URL+p))
	}
	is("after the fourth", on(), "接着走：第 6 处 "+stops[5])
	is("the next lamp", glows(), strings.Split(stops[5], "/")[3])
	if shift := eval[float64](t, ctx, "seen.shift"); shift != 0 {
		t.Errorf("things moved: %.4f", shift)
	}
	for _, p := range slices.Concat(stops[5:], stops[:2]) {
		do(t, ctx, chromedp.Navigate(site.URL+p))
	}
	is("after all", on(), "9 处都走过了，一路的灯都亮着。 ")
	lit := "(document.querySelector('.whole .ring') || document.body).getAttribute('d') || ''"
	if d := eval[string](t, ctx, lit); d == "" || strings.HasSuffix(d, "Z") {
		t.Errorf("a way from end to end is lit as %q", d)
	}
	do(t, ctx, chromium.Click("[data-restart]"))
	if d := eval[string](t, ctx, lit); d != "" {
		t.Errorf("begun anew it is still lit: %q", d)
	}
	is("begun anew", on(), "从入口开始 "+venue+"wall/")

	do(t, ctx, chromedp.Navigate(site.URL+"/venues/zi-jing-shan/"))
	eval[any](t, ctx, `localStorage.setItem('walk /venues/zi-jing-shan/', JSON.stringify([].map.call(document.querySelectorAll('ol.stops a'), function (a) { return a.getAttribute('href').split('/')[3]; }))) || 1`)
	do(t, ctx, chromedp.Navigate(site.URL+"/venues/zi-jing-shan/"))
	if d := eval[string](t, ctx, lit); !strings.HasSuffix(d, "Z") || strings.Count(d, "L") != 53 {
		t.Errorf("a way around is lit as %q", d)
	}
	for _, f := range faults() {
		t.Error(f)
	}
}
