package desk

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// axeRules are axe-core's, and targets (WCAG 2.5.8), which are off by default; seenRules are
// those for what is another in another colour and size. The site's page beside a form is
// looked at by a test of its own.
const (
	axeRules  = `{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true }, 'frame-tested': { enabled: false } } }`
	seenRules = `{ resultTypes: ['violations'], runOnly: ['color-contrast', 'target-size'] }`
	runAxe    = `axe.run({ exclude: [['iframe']] }, %s)
	.then(function (r) { return JSON.stringify(r.violations.map(function (v) { return {
		id: v.id, nodes: v.nodes.slice(0, 5).map(function (n) { return n.target.join(' ') + ' ' + ((n.any[0] || n.all[0] || n.none[0] || {}).message || '') })
	} })) })`
)

// TestPagesAreSound follows every link of the desk from its first page, at most two of a kind
// (three in the long form), at the width of a desk and of a phone, by day and by night: axe-core finds nothing,
// headings are in order, nothing is wider than the window, every page has one h1, and the Tab
// key reaches all that can be pressed or filled in, and shows where it is.
func TestPagesAreSound(t *testing.T) {
	file := os.Getenv("MINGDENG_AXE")
	if file == "" {
		testrun.Missing(t, "axe.min.js, which MINGDENG_AXE names,")
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, small)
	r.put("content/heroes/wrong.md", "---\n姓名: 错\n类别: 不是\n---\n\n文。\n")
	r.put("content/members/xian/member.yaml", "title: 县\nbase_url: https://xian.example/\nday: 2026-04-01\n")
	r.put("content/members/xian/heroes/he/index.md", "---\nname: 何明\nregion: 某省\nconsent: {publish: true}\n---\n")
	values := r.form("/_studio/edit/content/heroes/lin.md")
	values.Set("occupation", "教师")
	r.save("/_studio/edit/content/heroes/lin.md", values)
	at, _ := r.hand(nil, upload{"甲.docx", word(t, brief...)}, upload{"乙.doc", nil}, upload{"名单.xlsx", sheet(t, []string{"姓名", "性别"}, []string{"沈丅川", "男"})})
	r.act(at, url.Values{"row": {"0"}, "tick": {"0"}, "date.0": {"六月"}, "do": {"keep"}})
	ctx := chromium.Start(t, 8*time.Minute)
	w := &window{t, ctx, r}
	run := func(a chromedp.Action[chromedp.Void]) {
		t.Helper()
		if _, err := chromedp.Run(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	script := func(s string) string {
		t.Helper()
		v, err := chromedp.Run(ctx, chromedp.Evaluate[string](s, func(p *runtime.EvaluateParams) { chromedp.EvalAwaitPromise(p) }))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	run(chromedp.Navigate(r.opens))
	if _, err := chromedp.Call(ctx, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}); err != nil {
		t.Fatal(err) // axe itself is put into the page
	}
	var pages []string
	perKind := map[string]int{}
	number := regexp.MustCompile(`[0-9a-f]{40}`)
	add := func(href string) {
		href, _, _ = strings.Cut(href, "#")
		key := number.ReplaceAllString(href, "N")
		parts := strings.Split(strings.TrimPrefix(key, "/_studio/"), "/")
		kind := parts[0]
		if i := strings.IndexByte(href, '?'); i >= 0 {
			kind += "?" + regexp.MustCompile(`=[^&]*`).ReplaceAllString(href[i:], "")
		}
		if !strings.HasPrefix(href, "/_studio/") || slices.Contains(pages, href) || perKind[kind] >= testrun.Of(2, 3) || strings.Contains(href, "/file/") {
			return
		}
		perKind[kind]++
		pages = append(pages, href)
	}
	add("/_studio/")
	for i := 0; i < len(pages); i++ {
		for j, mode := range []struct {
			scheme string
			width  int64
		}{{"light", 1280}, {"dark", 360}} {
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: mode.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			}}); err != nil {
				t.Fatal(err)
			}
			run(chromedp.EmulateViewport(mode.width, 800))
			if j == 0 || testrun.Long() { // else its window is made narrower, and night falls
				run(chromedp.Navigate(r.at + pages[i]))
				script(string(axe) + ";''")
			}
			var found []struct {
				ID    string
				Nodes []string
			}
			rules := axeRules
			if j > 0 && !testrun.Long() {
				rules = seenRules
			}
			if err := json.Unmarshal([]byte(script(fmt.Sprintf(runAxe, rules))), &found); err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s (%s, %d px): %s\n\t%s", pages[i], mode.scheme, mode.width, f.ID, strings.Join(f.Nodes, "\n\t"))
			}
			if wide := script(`String(document.documentElement.scrollWidth - innerWidth)`); wide != "0" && !strings.HasPrefix(wide, "-") {
				t.Errorf("%s is %s px wider than %d", pages[i], wide, mode.width)
			}
		}
		run(chromedp.EmulateViewport(1280, 800))
		for _, href := range strings.Split(script(`[].map.call(document.querySelectorAll('a[href]'), a => a.getAttribute('href')[0] === '?' ? location.pathname + a.getAttribute('href') : a.getAttribute('href')).join('\n')`), "\n") {
			add(href)
		}
		for _, wrong := range w.tabbed() {
			t.Errorf("%s, by keyboard: %s", pages[i], wrong)
		}
	}
	t.Logf("%d pages", len(pages))
	if !slices.Contains(pages, at) {
		t.Error("the plan of an import was not looked at")
	}
	if len(pages) < 15 {
		t.Errorf("only %d pages: %v", len(pages), pages)
	}
}
