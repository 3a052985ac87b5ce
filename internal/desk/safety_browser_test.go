package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/content"
	"mingdeng/internal/testrun"
)

// in runs a script in the page that is open; it may return a promise.
func in[T any](t testing.TB, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, func(p *cdpruntime.EvaluateParams) { chromedp.EvalAwaitPromise(p) }))
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	return v
}

func visitPage(t testing.TB, ctx context.Context, address string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address), chromedp.WaitReady("body")); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// A page of another site, or of another program on this machine, in the browser that has the
// desk open: it can neither change nor read nor frame anything, not even with the token.
func TestAttackerPage(t *testing.T) {
	s := begin(t)
	ctx := chromium.Start(t, 5*time.Minute, chromedp.Flag("host-resolver-rules", "MAP evil.example 127.0.0.1"))
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html><title>evil</title><body>evil")
	}))
	defer evil.Close()

	visitPage(t, ctx, s.address)
	token := in[string](t, ctx, `document.body.dataset.token`)
	preview := in[string](t, ctx, `document.body.dataset.preview`)
	edit := s.at + "/_studio/edit/" + wayTo(hero)
	before := s.tree(t)

	// What the desk answers meanwhile.
	var mu sync.Mutex
	var answered []string
	attack := false
	err := chromedp.Listen(ctx, func(event any) {
		e, ok := event.(*network.EventResponseReceived)
		mu.Lock()
		defer mu.Unlock()
		if ok && attack && strings.HasPrefix(e.Response.URL, s.at) && e.Response.Status < 400 {
			answered = append(answered, fmt.Sprint(e.Response.Status, " ", e.Response.URL))
		}
	})
	if err == nil {
		_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	}
	if err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	attack = true
	mu.Unlock()

	port := evil.URL[strings.LastIndex(evil.URL, ":"):]
	for _, origin := range []string{"http://evil.example" + port, "http://127.0.0.1" + port, preview} {
		visitPage(t, ctx, origin+"/")
		for _, how := range []string{
			`fetch(%[1]q, {method: 'POST', credentials: 'include', mode: 'no-cors', body: new URLSearchParams({do: 'trash', token: %[2]q})})`,
			`fetch(%[1]q, {method: 'POST', credentials: 'include', mode: 'no-cors', headers: {'Content-Type': 'text/plain'}, body: 'token=%[2]s&do=trash'})`,
			`fetch(%[1]q, {method: 'POST', credentials: 'include', headers: {'X-Mingdeng-Token': %[2]q}, body: new URLSearchParams({do: 'trash'})})`,
			`fetch(%[1]q, {credentials: 'include'})`,
			`new Promise((done, fail) => { const x = new XMLHttpRequest(); x.open('GET', %[1]q); x.withCredentials = true; x.onload = done; x.onerror = fail; x.send(); })`,
			`Promise.resolve(navigator.sendBeacon(%[1]q, new URLSearchParams({do: 'trash', token: %[2]q}))).then(() => ({type: 'opaque'}))`,
		} {
			got := in[string](t, ctx, fmt.Sprintf(how, edit, token)+`.then((r) => r.type === 'opaque' ? 'unread' : 'read', () => 'refused')`)
			if got == "read" {
				t.Errorf("%s reads the desk by %s", origin, how)
			}
		}
		for tag, source := range map[string]string{"script": s.at + "/_studio/names/hero/", "img": s.at + "/_studio/assets/lamp.svg", "iframe": s.at + "/_studio/"} {
			got := in[string](t, ctx, fmt.Sprintf(`new Promise((done) => { const e = document.createElement(%q); e.onload = () => done('loaded'); e.onerror = () => done('refused'); e.src = %q; document.body.append(e); setTimeout(() => done('nothing'), 60000); })`, tag, source))
			if got == "loaded" && tag != "iframe" { // a refused frame "loads" an error
				t.Errorf("%s loads %s as %s", origin, source, tag)
			}
		}
		for _, enc := range []string{"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"} {
			visitPage(t, ctx, origin+"/")
			in[bool](t, ctx, fmt.Sprintf(`document.body.innerHTML = '<form method=post action="%s" enctype="%s"><input name=token value="%s"><input name=do value=trash></form>'; document.addEventListener('securitypolicyviolation', () => { window.refused = true; }); document.forms[0].submit(); true`, html.EscapeString(edit), enc, token))
			testrun.Wait(t, func() bool { // the desk has answered, or the page's own policy has
				gone, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(`window.refused || !location.href.startsWith(%q)`, origin+"/")))
				return err == nil && gone
			}, "an answer to the form from %s", origin)
		}
		s.unchanged(t, before)
	}
	port = s.at[strings.LastIndex(s.at, ":"):]
	visitPage(t, ctx, "http://evil.example"+port+"/_studio/")
	if got := in[string](t, ctx, `document.body.textContent`); !strings.Contains(got, "own address") {
		t.Errorf("by another name it says %q", got)
	}
	mu.Lock()
	for _, a := range answered {
		t.Errorf("the desk answered another's page: %s", a)
	}
	attack = false
	mu.Unlock()

	// The desk is as it was, frames nobody, not even itself, and holds its pages apart.
	visitPage(t, ctx, s.at+"/_studio/")
	if got := in[string](t, ctx, `new Promise((done) => { document.addEventListener('securitypolicyviolation', (e) => done(e.violatedDirective)); const f = document.createElement('iframe'); f.src = '/_studio/'; document.body.append(f); setTimeout(() => done('framed'), 60000); })`); got != "frame-src" {
		t.Errorf("the desk in a frame of its own: %s", got)
	}
	if got := in[string](t, ctx, `new Promise((done) => { document.addEventListener('securitypolicyviolation', (e) => done(e.violatedDirective)); const p = document.createElement('p'); p.innerHTML = '<img src=x onerror="window.pwned = 1">'; document.body.append(p); setTimeout(() => done('ran'), 60000); })`); got == "ran" {
		t.Error("a handler in a page runs")
	}
	visitPage(t, ctx, edit)
	if in[int](t, ctx, `document.querySelectorAll('iframe').length`) != 1 {
		t.Error("the page is not shown beside the record")
	}
}

// A phone's page works in a browser, under its own policy, and the desk counts what came.
func TestPhonePage(t *testing.T) {
	s := begin(t, withPhones)
	at := s.code(t, hero)
	ctx := chromium.Start(t, 5*time.Minute)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(360, 740)); err != nil {
		t.Fatal(err)
	}
	visitPage(t, ctx, at)
	if got := in[string](t, ctx, `getComputedStyle(document.querySelector('button')).width + ' ' + document.documentElement.scrollWidth`); !strings.HasSuffix(got, " 360") || strings.HasPrefix(got, "auto") {
		t.Errorf("the page on a phone: %s", got)
	}
	in[bool](t, ctx, `new Promise((done) => {
		const c = document.createElement('canvas'); c.width = c.height = 20;
		c.toBlob((b) => {
			const d = new DataTransfer(); d.items.add(new File([b], '拍的.jpg', {type: 'image/jpeg'}));
			document.getElementById('file').files = d.files;
			done(true);
		}, 'image/jpeg');
	})`)
	if err := chromedp.Do(ctx, chromium.Click("button"), chromedp.WaitReady(".taken")); err != nil {
		t.Fatal(err)
	}
	readFile(t, filepath.Join(s.dir, "content", "heroes", "林照野", "拍的.jpg"))

	visitPage(t, ctx, s.address)
	visitPage(t, ctx, s.at+"/_studio/phone/"+wayTo("content/heroes/林照野/index.md"))
	if got := in[string](t, ctx, `document.querySelector('#got b').textContent`); got != "1" {
		t.Errorf("%s pictures", got)
	}
	if code, body := handOver(t, at, map[string][]byte{"b.jpg": photo(t, 3)}); code != http.StatusOK {
		t.Fatal(code, body)
	}
	if got := in[string](t, ctx, `new Promise((done) => { const look = () => { const n = document.querySelector('#got b').textContent; if (n === '2') done(n); else setTimeout(look, 50); }; look(); setTimeout(() => done('no more'), 120000); })`); got != "2" {
		t.Errorf("the page does not follow: %s", got)
	}
}

// payload breaks out of attributes, elements and scripts, wherever it is put unescaped.
const payload = `"'><img src=x onerror=window.pwned=1></textarea></title><script>window.pwned=1</script> onfocus=window.pwned=1 autofocus x="`

// hostileRecord says the payload in every key, or in those that take words; the rest is fine.
func hostileRecord(kind content.Kind, words bool) string {
	var value func(k content.Key) any
	group := func(keys []content.Key) map[string]any {
		m := map[string]any{}
		for _, k := range keys {
			if v := value(k); v != nil {
				m[k.En] = v
			}
		}
		return m
	}
	value = func(k content.Key) any {
		one := any(payload)
		switch {
		case k.Type == content.TypeGroup:
			one = group(k.Keys)
		case k.Type == content.TypeRegion && words:
			one = payload
		case !words:
		case k.Type == content.TypeFixed:
			if !k.Required {
				return nil
			}
			one = k.Values[0].En
		case k.Type == content.TypeDate:
			one = "2014-05-06"
		case k.Type == content.TypeInt:
			one = max(1, int(k.Least))
		case k.Type == content.TypeBool && k.En == "publish":
			one = true
		case k.Type == content.TypeFloat, k.Type == content.TypeBool, k.Type == content.TypeNav, k.Type == content.TypeParams:
			return nil
		}
		if k.List {
			return []any{one}
		}
		return one
	}
	var b strings.Builder
	values := group(content.Schema(kind))
	delete(values, "slug") // says where it is
	for _, key := range slices.Sorted(maps.Keys(values)) {
		v, err := json.Marshal(values[key])
		if err != nil {
			panic(err) // plain values cannot fail
		}
		fmt.Fprintf(&b, "%s: %s\n", key, v)
	}
	if kind == content.KindSite {
		return b.String()
	}
	return "---\n" + b.String() + "---\n\n" + payload + "\n\n[[" + payload + "]]\n\n![" + payload + "](" + payload + ")\n"
}

// watch is run in every page before its own scripts.
const watch = `addEventListener('securitypolicyviolation', (e) => { (window.violations ??= []).push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample); });`

// broken lists what in a page came from the payload as more than words.
const broken = `[
	...(window.pwned ? ['a script ran'] : []),
	...(window.violations ?? []).map((v) => 'refused by the policy: ' + v),
	...[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].filter((a) => /^on|"|'|<|>/.test(a.name) || /^\s*(javascript|data|vbscript):/i.test(a.value) && /^(href|src|action|formaction)$/.test(a.name)).map((a) => e.outerHTML.slice(0, 300))),
	...[...document.querySelectorAll('script:not([src]), img[src="x"], base, object, embed, main style, [autofocus]:not(#name)')].map((e) => e.outerHTML.slice(0, 200)),
	...(document.querySelectorAll('main').length === 1 ? [] : ['the page has fallen apart']),
]`

// A record of every kind with markup in every key is words in every page of the desk.
func TestHostileRecords(t *testing.T) {
	s := begin(t)
	put := func(file, text string) {
		t.Helper()
		p := filepath.Join(s.dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("content/site.yaml", hostileRecord(content.KindSite, true))
	var files []string
	for _, k := range content.Kinds() {
		parent := "2014"
		if k.Parent != "" {
			parent = "words"
		}
		for name, words := range map[string]bool{"words": true, "all": false} {
			file := k.File(parent, name)
			put(file, hostileRecord(k.Kind, words))
			if words || testrun.Long() {
				files = append(files, file)
			}
		}
	}
	if runtime.GOOS != "windows" {
		name := `a"><img src=x onerror=window.pwned=1>#'.md`
		put("content/heroes/"+name, hostileRecord(content.KindHero, true))
		files = append(files, "content/heroes/"+name)
		if err := os.MkdirAll(filepath.Join(s.home, strings.ReplaceAll(payload, "/", "-"), "content"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	put("content/heroes/torn.md", "---\nname: ["+payload+"\n---\n"+payload)
	files = append(files, "content/heroes/torn.md")
	if r, body := s.post(t, "/_studio/start/open/", map[string][]string{"dir": {s.dir}}); r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode, body)
	}

	pages := []string{"/_studio/", "/_studio/?done=" + payload, "/_studio/list/hero/?q=" + payload + "&state=" + payload + "&order=" + payload, "/_studio/start/?in=", "/_studio/start/?in=" + payload, "/_studio/" + payload, "/_studio/help/" + payload + "/", "/_studio/phone/" + wayTo(files[0])}
	for _, a := range addresses(t, s) {
		path, ok := strings.CutPrefix(a, "GET ")
		other := strings.HasPrefix(path, "/_studio/edit/") || strings.HasPrefix(path, "/_studio/phone/") || strings.HasPrefix(path, "/_studio/watch/") || strings.HasPrefix(path, "/_studio/publish/job/") || strings.HasPrefix(path, "/_studio/plaques/art/") || strings.HasPrefix(path, "/_studio/plaques/trials/") || strings.HasPrefix(path, "/_studio/file/") || strings.HasPrefix(path, "/_studio/help/") || strings.HasPrefix(path, "/_studio/names/") || strings.HasPrefix(path, "/_studio/assets/")
		if ok && !other && !strings.HasSuffix(path, "/state") {
			pages = append(pages, path)
		}
	}
	for _, f := range files {
		pages = append(pages, "/_studio/edit/"+wayTo(f))
	}
	pages = append(pages, "/_studio/edit/"+wayTo(files[0])+"?raw")

	ctx := chromium.Start(t, 8*time.Minute)
	visitPage(t, ctx, s.address)
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch}); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range pages {
		at := strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E", " ", "%20", "#", "%23").Replace(p)
		visitPage(t, ctx, s.at+at)
		for _, b := range in[[]string](t, ctx, broken) {
			t.Errorf("%s: %s", at, b)
		}
		if in[bool](t, ctx, `[...document.querySelectorAll('main *')].some((e) => String(e.value || e.textContent).includes('onerror=window.pwned'))`) {
			seen++
		}
	}
	if seen < len(files)+5 {
		t.Errorf("the payload is seen in %d of %d pages: what was looked at?", seen, len(pages))
	}
	t.Logf("%d pages", len(pages))
}
