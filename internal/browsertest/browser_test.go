package browsertest

import (
	"context"
	"fmt"
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
)

// browser is a headless Chromium that knows nothing of other tests, or skips the test where
// there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	return chromium.Visitor(t, one, 9*time.Minute)
}

// serve serves a built site as a plain web server does, under the site's own policy:
// nothing inline, nothing from elsewhere.
func serve(t *testing.T, dir string) *httptest.Server {
	files := http.FileServer(http.Dir(dir))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		p := filepath.Join(dir, filepath.FromSlash(r.URL.Path))
		if info, err := os.Stat(p); err != nil || info.IsDir() && !exists(filepath.Join(p, "index.html")) {
			b, err := os.ReadFile(filepath.Join(dir, "404.html"))
			if err != nil {
				t.Error(err)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(b)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func exists(p string) bool {
	_, err := os.Stat(p)
	return err == nil
}

func TestTypedCodes(t *testing.T) {
	ctx := browser(t)
	out, _ := demo(t)
	site := serve(t, out)
	var mu sync.Mutex
	var faults []string
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		if kind := fmt.Sprintf("%T", ev); strings.Contains(kind, "ExceptionThrown") {
			mu.Lock()
			defer mu.Unlock()
			faults = append(faults, fmt.Sprintf("%+v", ev))
		}
	})
	if err != nil {
		t.Fatal(err)
	}

	entries, err := os.ReadDir(filepath.Join(out, "Q"))
	if err != nil {
		t.Fatal(err)
	}
	code := ""
	for _, e := range entries {
		// One whose folding shows: with a letter, and a 0 or 1 that people read as O or L.
		if e.IsDir() && strings.ContainsAny(e.Name(), "01") && strings.ContainsAny(e.Name(), "ABCDEFGHJK") {
			code = e.Name()
			break
		}
	}
	typed := strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(code))
	misread := "W" + code[1:]
	if code[0] == 'W' {
		misread = "X" + code[1:]
	}
	read := func(a chromedp.Action[string], steps ...chromedp.Action[chromedp.Void]) string {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
		text, err := chromedp.Run(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	where := read(chromedp.Location(),
		chromedp.Navigate(site.URL+"/Q/"), chromium.SendKeys("#code", typed+"\n"), chromium.WaitVisible(".scan h1"))
	said := read(chromedp.Text("#code-say"),
		chromedp.Navigate(site.URL+"/Q/"), chromium.SendKeys("#code", misread+"\n"), chromium.WaitVisible("#code-say a"))
	missing := read(chromedp.Location(),
		chromedp.Navigate(site.URL+"/q/"+typed), chromium.WaitVisible(".scan h1"))
	want := site.URL + "/Q/" + code + "/"
	if where != want || missing != want {
		t.Errorf("%s led to %s, /q/%s to %s; want %s", typed, where, typed, missing, want)
	}
	if !strings.Contains(said, code) {
		t.Errorf("%s was not suggested for %s: %q", code, misread, said)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(faults) > 0 {
		t.Errorf("the browser reports: %s", strings.Join(faults, "; "))
	}
}

// The language switch stays on the page: it leads to the same record, and where there is
// none to that language's home.
func TestLanguageSwitch(t *testing.T) {
	ctx := browser(t)
	out, _ := demo(t)
	site := serve(t, out)
	const path = "location.pathname + ' ' + document.documentElement.lang"
	for _, c := range []struct{ from, click, want string }{
		{"/heroes/shen-du-chuan/", "zh-Hant", "/zh-hant/heroes/shen-du-chuan/ zh-Hant"},
		{"/zh-hant/heroes/shen-du-chuan/", "en", "/en/heroes/shen-du-chuan/ en"},
		{"/en/heroes/shen-du-chuan/", "zh-Hans", "/heroes/shen-du-chuan/ zh-Hans"},
		{"/zh-hant/heroes/bai-shi/", "en", "/en/ en"},
		{"/venues/zi-jing-shan/rack-1/", "en", "/en/venues/zi-jing-shan/rack-1/ en"},
	} {
		sel := `.foot .languages a[hreflang="` + c.click + `"]`
		if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+c.from), chromium.Click(sel), chromium.WaitVisible(`html[lang="`+c.click+`"] main`)); err != nil {
			t.Fatalf("%s: %v", c.from, err)
		}
		got, err := chromedp.Run(ctx, chromedp.Evaluate[string](path))
		if err != nil || got != c.want {
			t.Errorf("%s led to %q, want %q (%v)", c.from, got, c.want, err)
		}
	}
}
