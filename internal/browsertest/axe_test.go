package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/testrun"
)

// allRules are axe-core's, and of those that are off by default: text at 7:1 (WCAG 1.4.6), which
// is more than the 4.5:1 that it asks for of itself, and targets (2.5.8). seenRules are those for
// what is another in another colour and size: most others look at the document alone.
const (
	allRules  = `{ resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false }, 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } } }`
	seenRules = `{ resultTypes: ['violations'], runOnly: ['color-contrast-enhanced', 'target-size'] }`
	runAxe    = `axe.run(document, %s).then(function (r) { return JSON.stringify(r.violations.map(function (v) { return {
		id: v.id, nodes: v.nodes.slice(0, 5).map(function (n) { return n.target.join(' ') + ' ' + ((n.any[0] || n.all[0] || n.none[0] || {}).message || '') })
	} })) })`
)

// TestAxe lets axe-core look at one page of each kind, by day, by night and in large
// type. MINGDENG_AXE is the path of axe.min.js (npm axe-core); .ci/run installs it.
func TestAxe(t *testing.T) {
	file := os.Getenv("MINGDENG_AXE")
	if file == "" {
		testrun.Missing(t, "axe.min.js, which MINGDENG_AXE names,")
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	out, _ := demo(t)
	site := serve(t, out)
	do(t, ctx, chromedp.Navigate("about:blank"))
	call(t, ctx, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}) // axe itself is put into the page
	do(t, ctx, chromedp.Navigate(site.URL+"/"))
	looked := 0
	pages := append([]string{"/heroes/guo-he/", "/heroes/guo-he/pinyin/", "/reports/2022/book/", "/en/what-it-is/", "/venues/chang-di-chang-lang/luo/", "/screens/hall/", "/heroes/?narrowed#deed=water-rescue", "/venues/zi-jing-shan/?opened#part-3"}, kinds...)
	for i, p := range pages {
		for _, mode := range []struct {
			name, scheme string
			elder        bool
			width        int64
		}{
			{"day", "light", false, 360}, {"night", "dark", false, 1280}, {"large", "light", true, 360}, {"large by night", "dark", true, 1280},
		} {
			if mode.elder && mode.scheme == "dark" && i >= 9 {
				continue // the colours are all that differs from both of its parents
			}
			if mode.elder && i%4 > 0 && !testrun.Long() {
				continue // targets are larger there, and inks darker, on every page
			}
			// Without motion: a colour that is on its way to another has no contrast to speak of.
			call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: mode.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			}})
			do(t, ctx, chromedp.EmulateViewport(mode.width, 740))
			// A page follows the hour and the window it is in. What it reads when it is loaded is
			// another in a chapter alone, which is set vertically by night here.
			if mode.name == "day" || strings.HasPrefix(p, "/anthology/") || testrun.Long() {
				eval[any](t, ctx, "localStorage.setItem('mingdeng.vertical', '"+map[string]string{"dark": "1"}[mode.scheme]+"') || 1")
				eval[any](t, ctx, "localStorage.setItem('elder', '"+map[bool]string{true: "1", false: "0"}[mode.elder]+"') || 1")
				do(t, ctx, chromedp.Navigate(site.URL+p))
				if strings.Contains(p, "#deed") {
					wait(t, ctx, "!document.getElementById('clear').hidden")
				}
				eval[any](t, ctx, string(axe)+";1")
			}
			eval[any](t, ctx, fmt.Sprintf("document.documentElement.classList.toggle('elder', %v) || 1", mode.elder))
			rules := allRules
			if mode.name != "day" && !testrun.Long() {
				rules = seenRules
			}
			said, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(runAxe, rules), chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			var found []struct {
				ID    string
				Nodes []string
			}
			if err := json.Unmarshal([]byte(said), &found); err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s by %s: %s\n\t%s", p, mode.name, f.ID, strings.Join(f.Nodes, "\n\t"))
			}
			if heads := eval[[]int](t, ctx, "[].map.call(document.querySelectorAll('h1,h2,h3,h4,h5,h6'), function (h) { return +h.tagName[1] })"); !inOrder(heads) {
				t.Errorf("%s: headings %v", p, heads)
			}
			looked++
		}
	}
	if looked < 2*len(pages) {
		t.Errorf("only %d pages were looked at", looked)
	}
}

// inOrder tells whether headings begin with one h1 and none skips a level.
func inOrder(levels []int) bool {
	for i, l := range levels {
		if i == 0 && l != 1 || i > 0 && (l == 1 || l > levels[i-1]+1) {
			return false
		}
	}
	return len(levels) > 0
}
