package browsertest

import (
	"strings"
	"testing"

	"mingdeng/internal/testrun"

	"github.com/chromedp/chromedp"
)

// TestChrome looks at what stands around the pages, in every edition, on screens from 320 px
// up, in large type too: no way is cut off or out of sight, each stands there once, the
// section one is in is marked; at the foot numbers dial and a mail tells which page is wrong.
func TestChrome(t *testing.T) {
	out, _ := demo(t) // before the browser, whose time is limited
	ctx := browser(t)
	site := serve(t, out)
	do(t, ctx, chromedp.Navigate(site.URL+"/"))
	for _, large := range []string{"0", "1"} {
		eval[any](t, ctx, "localStorage.setItem('elder', '"+large+"') || 1")
		for _, p := range []string{"/heroes/", "/zh-hant/heroes/", "/en/heroes/", firstStop, "/search/"} {
			do(t, ctx, chromedp.EmulateViewport(320, 740), chromedp.Navigate(site.URL+p))
			for _, width := range []int64{320, 390, 768, 1440} {
				do(t, ctx, chromedp.EmulateViewport(width, 740)) // a telephone that is turned, a window made wider
				if testrun.Long() {
					do(t, ctx, chromedp.Navigate(site.URL+p))
				}
				if cut := eval[[]string](t, ctx, `[].filter.call(document.querySelectorAll('.top a, .top button, .where a, .where p, .foot a'), function (e) {
					if (e.closest('.skip') || !e.offsetParent) return false;
					for (var x = e; x && x !== document.body; x = x.parentNode) if (x.scrollWidth > x.clientWidth + 1 && getComputedStyle(x).overflowX !== 'visible' && !x.matches('.unseen')) return true;
					var r = e.getBoundingClientRect();
					return r.left < 0 || r.right > innerWidth + .5 || !r.height;
				}).map(function (e) { return e.textContent.trim(); })`); len(cut) > 0 {
					t.Errorf("%s at %d px, large %s: cut off: %s", p, width, large, strings.Join(cut, ", "))
				}
				if eval[bool](t, ctx, "document.documentElement.scrollWidth > innerWidth") {
					t.Errorf("%s at %d px, large %s: wider than the screen", p, width, large)
				}
				if n := eval[int](t, ctx, "[].filter.call(document.querySelectorAll('.languages'), function (e) { return e.offsetParent; }).length"); n != 1 {
					t.Errorf("%s at %d px, large %s: the languages stand there %d times", p, width, large, n)
				}
				if p != firstStop && !eval[bool](t, ctx, "(function (e) { return e && e.getBoundingClientRect().bottom < innerHeight; })(document.querySelector('.top [aria-current]'))") {
					t.Errorf("%s at %d px, large %s: the current section is not in view", p, width, large)
				}
			}
		}
	}
	for _, p := range []string{firstStop, "/en/heroes/shen-du-chuan/"} {
		do(t, ctx, chromedp.Navigate(site.URL+p))
		if mail := eval[string](t, ctx, "document.querySelector('.foot nav a[href^=\"mailto:\"]').href"); !strings.HasSuffix(mail, "body="+eval[string](t, ctx, "encodeURIComponent(document.querySelector('link[rel=canonical]').href)")+"&subject="+eval[string](t, ctx, "encodeURIComponent(document.querySelector('.foot nav a[href^=\"mailto:\"]').textContent)")) {
			t.Errorf("%s: the mail is %s", p, mail)
		}
		if dial := eval[string](t, ctx, "document.querySelector('.foot address a[href^=\"tel:\"]').href"); dial != "tel:00000000000" {
			t.Errorf("%s: the number dials %s", p, dial)
		}
	}
	// The fallen have their rule, drawn in a way that every browser knows, and a word.
	for p, word := range map[string]string{"/heroes/": "牺牲", "/zh-hant/heroes/": "犧牲", "/en/heroes/": "Fell in the deed"} {
		do(t, ctx, chromedp.Navigate(site.URL+p))
		if got := eval[string](t, ctx, "(function (e) { return getComputedStyle(e).borderTopWidth + ' ' + e.nextElementSibling.textContent; })(document.querySelector('.who.fallen'))"); got != "1px "+word {
			t.Errorf("%s: the fallen are marked by %q", p, got)
		}
	}
}
