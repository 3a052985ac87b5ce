package browsertest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// shaky is a server whose answers can be changed, delayed, held back and cut off.
type shaky struct {
	*httptest.Server
	mu    sync.Mutex
	delay time.Duration
	held  chan struct{} // while it is open nobody is answered
	edit  func(path, body string) string
}

func shakyServer(t *testing.T, dir, root string) *shaky {
	s := &shaky{}
	plain := http.StripPrefix(strings.TrimSuffix(root, "/"), http.FileServer(http.Dir(dir)))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		delay, held, edit := s.delay, s.held, s.edit
		s.mu.Unlock()
		time.Sleep(delay)
		if held != nil {
			select {
			case <-held:
			case <-r.Context().Done():
				return
			}
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.Header().Set("Cache-Control", "no-store") // nothing is owed to the browser's own cache
		if edit == nil {
			plain.ServeHTTP(w, r)
			return
		}
		rec := httptest.NewRecorder()
		plain.ServeHTTP(rec, r)
		w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		w.WriteHeader(rec.Code)
		_, _ = w.Write([]byte(edit(r.URL.Path, rec.Body.String())))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *shaky) set(delay time.Duration, edit func(path, body string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delay, s.edit = delay, edit
	if s.held != nil {
		close(s.held)
		s.held = nil
	}
}

// hold lets nobody have an answer until the next set.
func (s *shaky) hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = make(chan struct{})
}

// caches are the names of the caches that are complete: their list is stored last.
func caches(t *testing.T, ctx context.Context) []string {
	t.Helper()
	names, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(async function () {
		var out = [];
		for (var n of await caches.keys()) if ((await (await caches.open(n)).keys()).some(function (r) { return /offline\.json$/.test(r.url); })) out.push(n);
		return out;
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// kept waits until a venue is kept in full, in a version other than one, and returns the
// cache's name.
func kept(t *testing.T, ctx context.Context, other string) string {
	t.Helper()
	var names []string
	testrun.Wait(t, func() bool {
		names = caches(t, ctx)
		return len(names) == 1 && names[0] != other
	}, "a venue that is kept")
	return names[0]
}

// The first scan keeps the venue; the second exhibit opens with the network off.
func offline(t *testing.T, browser context.Context, out string) {
	site := shakyServer(t, out, "/")
	ctx := phone(t, browser, "")
	heading := func(p string) string {
		t.Helper()
		do(t, ctx, chromedp.Navigate(site.URL+p))
		return eval[string](t, ctx, "document.querySelector('h1').textContent")
	}
	name := heading(firstStop)
	version := kept(t, ctx, "")
	second := heading(secondStop)
	if name == second {
		t.Fatal("two exhibits of one name show nothing")
	}

	// The network answers, if late: its word counts within two seconds, not after.
	reword := func(p, body string) string {
		if p == secondStop {
			return strings.ReplaceAll(body, second, "新的名字")
		}
		return body
	}
	// (On a busy machine what takes 300 ms may take two seconds: then one looks again.)
	site.set(300*time.Millisecond, reword)
	testrun.Wait(t, func() bool { return heading(secondStop) == "新的名字" }, "the network's page instead of the old one")
	site.hold()
	if got := heading(secondStop); got != second {
		t.Errorf("with the network slow the kept page was not shown, but %s", got)
	}

	// Another version takes the place of the one before.
	site.set(0, func(p, body string) string {
		if strings.HasSuffix(p, "/offline.json") {
			return strings.Replace(body, `"version":"`, `"version":"2`, 1)
		}
		return reword(p, body)
	})
	heading(firstStop)
	kept(t, ctx, version)

	site.CloseClientConnections()
	site.Close()
	if got := heading(secondStop); got != second { // its hash is the old one: it was not fetched again
		t.Errorf("with the network off the second exhibit shows %q", got)
	}
	if got := eval[string](t, ctx, "getComputedStyle(document.querySelector('.way .next')).display"); got != "block" {
		t.Error("with the network off the page has no style")
	}
	until(t, ctx, "[].every.call(document.querySelectorAll('.face img'), function (i) { return i.complete && i.naturalWidth > 0; })")
	// A page that is not kept: ours stands in for it and leads to those that are.
	do(t, ctx, chromedp.Navigate(site.URL+"/heroes/shen-du-chuan/"))
	wait(t, ctx, "location.pathname === '/heroes/shen-du-chuan/' && document.querySelectorAll('#kept .rows a').length > 5")
	if got := eval[int](t, ctx, "document.querySelectorAll('#kept .band').length"); got != 1 {
		t.Errorf("%d venues are said to be kept", got)
	}
	if got := eval[string](t, ctx, "document.querySelector('#kept h2 a').getAttribute('href') + getComputedStyle(document.querySelector('.band')).borderTopStyle"); got != venueOfStops+"solid" {
		t.Errorf("with the network off, what is kept is %q", got)
	}
	eval[any](t, ctx, "document.querySelector('#kept .rows a[href=\""+secondStop+"\"]').click(), 1")
	wait(t, ctx, "location.pathname === '"+secondStop+"' && document.querySelector('h1').textContent === '"+second+"'")
	code := ""
	entries, err := os.ReadDir(filepath.Join(out, "Q"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(secondStop), "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if b, err := os.ReadFile(filepath.Join(out, "Q", e.Name(), "index.html")); err == nil && string(b) == string(page) {
			code = e.Name()
		}
	}
	if got := heading("/Q/" + code + "/?from=singlemessage"); got != second {
		t.Errorf("with the network off, the code %s opens %q", code, got)
	}
	do(t, ctx, chromedp.Navigate(site.URL+"/Q/"), chromium.SendKeys("#code", code+"\n"), chromium.WaitVisible(".scan h1"))
	if got := eval[string](t, ctx, "location.pathname + document.querySelector('h1').textContent"); got != "/Q/"+code+"/"+second {
		t.Errorf("with the network off, typing %s opens %s", code, got)
	}
}

// Each language has its own page for what is not kept.
func offlineInEnglish(t *testing.T, browser context.Context, out string) {
	site := shakyServer(t, out, "/")
	ctx := phone(t, browser, "")
	do(t, ctx, chromedp.Navigate(site.URL+"/en/venues/zi-jing-shan/panel-01/"))
	kept(t, ctx, "")
	site.CloseClientConnections()
	site.Close()
	do(t, ctx, chromedp.Navigate(site.URL+"/en/reports/"))
	wait(t, ctx, "document.documentElement.lang === 'en' && document.querySelectorAll('#kept .rows a[href^=\"/en/\"]').length > 1")
	// What is kept in no language but one is told in that.
	do(t, ctx, chromedp.Navigate(site.URL+"/reports/"))
	wait(t, ctx, "document.documentElement.lang === 'en' && !!document.querySelector('#kept .rows a')")
}

// Below a path of its host as well.
func offlineBelowAPath(t *testing.T, browser context.Context) {
	dir := archive(t, "all-kinds.txtar")
	build(t, dir, "public")
	site := shakyServer(t, filepath.Join(dir, "public"), "/lamp/")
	ctx := phone(t, browser, "")
	do(t, ctx, chromedp.Navigate(site.URL+"/lamp/venues/yuan/ban-2/"))
	if name := kept(t, ctx, ""); !strings.Contains(name, "/lamp/venues/yuan/offline.json") {
		t.Errorf("kept under %s", name)
	}
	site.CloseClientConnections()
	site.Close()
	do(t, ctx, chromedp.Navigate(site.URL+"/lamp/venues/yuan/ban-1/"))
	if got := eval[string](t, ctx, "document.querySelector('h1').textContent"); got != "单青" {
		t.Errorf("with the network off the second exhibit shows %q", got)
	}
}
