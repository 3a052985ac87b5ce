package browsertest

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// gallery opens the pictures of a brief: by the keyboard, by a finger, and as the links
// that they are.
func gallery(t *testing.T, ctx context.Context, out string) {
	site := serve(t, out)
	const page = "/briefs/2022/zi-jing-shan-sheng-ji/"
	do(t, ctx, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile), chromedp.Navigate(site.URL+page))
	faults := watch(t, ctx, site.URL)
	n := eval[int](t, ctx, "document.querySelectorAll('a.enlarge').length")
	if n < 2 {
		t.Fatalf("%d pictures can be opened", n)
	}
	if eval[bool](t, ctx, "[].some.call(document.querySelectorAll('a.enlarge'), function (a) { return !/[/]img[/]/.test(a.href) || !a.querySelector('img').alt })") {
		t.Error("a picture without script leads to no picture, or has no name")
	}
	const shown = `(function () {
		var v = document.querySelector('.viewer'), i = v && v.querySelector('img'), c = v && v.querySelector('.viewer-count');
		return i ? [].findIndex.call(document.querySelectorAll('a.enlarge'), function (a) { return a.href === i.getAttribute('src') || a.href === i.src }) : -1;
	})()`
	at := func(what string, want int) {
		t.Helper()
		if got := eval[int](t, ctx, shown); got != want {
			t.Errorf("%s: picture %d is shown, not %d", what, got, want)
		}
	}
	eval[any](t, ctx, "document.querySelector('a.enlarge').focus(), 1")
	do(t, ctx, chromedp.KeyEvent("\r"))
	wait(t, ctx, "!!document.querySelector('.viewer[role=dialog] img') && document.activeElement.className === 'viewer'")
	at("opened by the return key", 0)
	if said := eval[string](t, ctx, "document.querySelector('.viewer figcaption').textContent"); said == "" || said == fmt.Sprintf("1 / %d", n) {
		t.Errorf("the caption says %q", said)
	}
	for _, step := range []struct {
		key  string
		want int
	}{{"\u0303", 1}, {"\u0302", 0}, {"\u0302", n - 1}, {"\u0303", 0}, {"\u0305", n - 1}, {"\u0306", 0}} { // see chromedp/kb: right, left, end, home
		do(t, ctx, chromedp.KeyEvent(step.key))
		at(fmt.Sprintf("key %q", step.key), step.want)
	}
	for range 4 {
		do(t, ctx, chromedp.KeyEvent("\t"))
		if !eval[bool](t, ctx, "document.querySelector('.viewer').contains(document.activeElement)") {
			t.Error("the tab key leads out of the open picture")
		}
	}
	swipe := func(x, y int) {
		t.Helper()
		eval[any](t, ctx, fmt.Sprintf(`(function () {
			var v = document.querySelector('.viewer figure');
			function touch(x, y) { return new Touch({identifier: 1, target: v, clientX: x, clientY: y}); }
			v.dispatchEvent(new TouchEvent('touchstart', {bubbles: true, touches: [touch(200, 300)], changedTouches: [touch(200, 300)]}));
			v.dispatchEvent(new TouchEvent('touchend', {bubbles: true, touches: [], changedTouches: [touch(%d, %d)]}));
		})(), 1`, 200+x, 300+y))
	}
	swipe(-120, 10)
	at("swiped on", 1)
	swipe(120, -10)
	at("swiped back", 0)
	swipe(-20, 5)
	at("barely touched", 0)
	do(t, ctx, chromedp.KeyEvent("\x1b"))
	wait(t, ctx, "!document.querySelector('.viewer') && document.activeElement.className === 'enlarge'")
	// The browser's way back closes it and leaves the page where it was.
	eval[any](t, ctx, "document.querySelectorAll('a.enlarge')[1].click(), 1")
	at("opened by a tap", 1)
	eval[any](t, ctx, "history.back(), 1")
	wait(t, ctx, "!document.querySelector('.viewer') && location.pathname === '"+page+"'")
	eval[any](t, ctx, "document.querySelectorAll('a.enlarge')[1].click(), 1")
	swipe(5, 160)
	wait(t, ctx, "!document.querySelector('.viewer')")
	for _, f := range faults() {
		t.Error(f)
	}
}
