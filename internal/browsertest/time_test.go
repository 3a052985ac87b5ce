package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/date"
	"mingdeng/internal/generate"
)

var (
	barLink = regexp.MustCompile(`(?s)<a href="?([^" >]+)"?><span class="?at"?>.*?<span class="?n"?>(\d+)`)
	listed  = regexp.MustCompile(`<li data-place=`)
)

// Every bar of the timeline says as many as the list it leads to has rows, on all its pages,
// in every language.
func TestBarsAreTheirLists(t *testing.T) {
	out, _ := demo(t)
	for _, edition := range []string{"", "zh-hant/", "en/"} {
		b, err := os.ReadFile(filepath.Join(out, edition, "timeline", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		bars := barLink.FindAllStringSubmatch(string(b), -1)
		if len(bars) < 20 && edition != "en/" || len(bars) < 3 {
			t.Fatalf("%s: only %d bars", edition, len(bars))
		}
		for _, bar := range bars {
			rows := 0
			folder := filepath.Join(out, filepath.FromSlash(bar[1]))
			pages, _ := filepath.Glob(filepath.Join(folder, "page", "*", "index.html"))
			for _, p := range append(pages, filepath.Join(folder, "index.html")) {
				list, err := os.ReadFile(p)
				if err != nil {
					t.Fatal(err)
				}
				rows += len(listed.FindAll(list, -1))
			}
			if fmt.Sprint(rows) != bar[2] {
				t.Errorf("%s: the bar says %s, the list has %d", bar[1], bar[2], rows)
			}
		}
	}
}

// small builds a site of invented people and places that a test needs whole.
func small(t *testing.T, now date.Date) string {
	t.Helper()
	files := map[string]string{"content/site.yaml": "title: 明灯\nbase_url: https://yx.example.org/\ncards: heroes\nsearch: false\n"}
	for i, x := range []struct{ name, day, consent string }{
		{"沈渡川", "2021-07-20", "true"}, {"林照夜", "2019-07-20", "true"}, {"何川", "2020-12-30", "true"}, {"贺长风", "2018-07-20", "true"}, {"江屿", "2020-03", "true"}, {"不愿", "2020-07-20", "false"},
	} {
		files[fmt.Sprintf("content/heroes/h%d.md", i)] = fmt.Sprintf("---\n姓名: %s\n地区: 河东省/清河市\n示例: true\n授权: {公开: %s}\n事迹: {日期: %s, 类型: water-rescue}\n---\n\n正文。\n", x.name, x.consent, x.day)
	}
	for i, x := range []string{"34.70, 经度: 113.60", "34.80, 经度: 113.70", "30.20, 经度: 120.10", ""} {
		at := ""
		if x != "" {
			at = "坐标: {纬度: " + x + ", 坐标系: WGS84}\n"
		}
		files[fmt.Sprintf("content/venues/v%d/_index.md", i)] = fmt.Sprintf("---\n名称: 渡口公园%d\n类别: park\n地区: 河东省/清河市\n示例: true\n%s---\n", i, at)
	}
	dir := t.TempDir()
	lay(t, dir, files)
	r, err := generate.Run(context.Background(), on(now, dir, "public"))
	told(t, r, err)
	return filepath.Join(dir, "public")
}

// The days name who is published and whose day is known, and nobody else; what the home
// page's script reads is the same whatever day the site is built on.
func TestDays(t *testing.T) {
	out := small(t, date.Date{Year: 2026, Month: 11, Day: 30})
	b, err := os.ReadFile(filepath.Join(out, "days", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"沈渡川": true, "何川": true, "江屿": false, "不愿": false} {
		if strings.Contains(string(b), name) != want {
			t.Errorf("%s among the days: %v", name, !want)
		}
	}
	july := func(out string) string {
		b, err := os.ReadFile(filepath.Join(out, "data", "days", "7.json"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var month struct {
		Before struct{ On string }
		Days   []struct {
			Day, More int
			People    []struct{ Name string }
		}
	}
	if err := json.Unmarshal([]byte(july(out)), &month); err != nil || len(month.Days) != 1 || month.Days[0].More != 1 || month.Days[0].People[0].Name != "贺长风" || month.Before.On != "12月30日" {
		t.Errorf("%v %+v", err, month)
	}
	if july(small(t, date.Date{Year: 2026, Month: 7, Day: 20})) != july(out) {
		t.Error("the days depend on the day of the build")
	}
}

// On the home page the reader's own date picks who is shown, and nothing moves.
func TestOnThisDay(t *testing.T) {
	ctx := browser(t)
	site := serve(t, small(t, date.Date{Year: 2026, Month: 11, Day: 30}))
	do(t, ctx, chromedp.Navigate("about:blank"))
	for _, c := range []struct{ now, want, not string }{
		{"2030-07-20T09:00:00", "贺长风 2018年 林照夜 2019年 +1", "最近"},
		{"2031-07-21T09:00:00", "最近的一天是 7月20日", ""},
		{"2031-02-01T09:00:00", "最近的一天是 12月30日", ""},
	} {
		for _, width := range []int64{360, 1280} {
			call(t, ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `
				window.day0 = window.day0 || Date;
				(function (D) { Date = function () { return new D('` + c.now + `'); }; })(window.day0);
				window.moved = 0;
				new PerformanceObserver(function (l) { l.getEntries().forEach(function (e) { moved += e.value; }); }).observe({type: 'layout-shift', buffered: true});`})
			do(t, ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(site.URL+"/?"+c.now))
			wait(t, ctx, "!!document.querySelector('#day .on .meta')")
			text := eval[string](t, ctx, "document.getElementById('day').textContent.replace(/\\s+/g, ' ')")
			if !strings.Contains(text, c.want) || c.not != "" && strings.Contains(text, c.not) || strings.Contains(text, "不愿") {
				t.Errorf("%s: %s", c.now, text)
			}
			if moved := eval[float64](t, ctx, "moved"); moved > 0 {
				t.Errorf("%s at %d px: the page moves by %f", c.now, width, moved)
			}
		}
	}
}

// Nobody is asked where they are before they tap; then the list is sorted, and nothing is
// sent.
func TestNearest(t *testing.T) {
	ctx := browser(t)
	site := serve(t, small(t, date.Date{Year: 2026, Month: 11, Day: 30}))
	do(t, ctx, chromedp.Navigate("about:blank"))
	call(t, ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.asked = 0;
		navigator.geolocation.getCurrentPosition = function (ok, no) { asked++; if (window.refuse) no({code: 1}); else ok({coords: {latitude: 30.25, longitude: 120.15}}); };`})
	do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(site.URL+"/venues/"))
	names := "[].map.call(document.querySelectorAll('#rows > li > a'), function (a) { return a.textContent }).join(' ')"
	if n := eval[int](t, ctx, "asked"); n != 0 {
		t.Errorf("asked %d times before a tap", n)
	}
	eval[any](t, ctx, "performance.clearResourceTimings(), 1")
	eval[any](t, ctx, "refuse = true, document.getElementById('near').click(), 1")
	if s := eval[string](t, ctx, "document.querySelector('.near [role=status]').textContent"); !strings.Contains(s, "没有给出位置") {
		t.Errorf("refused: %s", s)
	}
	eval[any](t, ctx, "refuse = false, document.getElementById('near').click(), 1")
	if got := eval[string](t, ctx, names); got != "渡口公园2 渡口公园1 渡口公园0 渡口公园3" {
		t.Errorf("sorted: %s", got)
	}
	if far := eval[string](t, ctx, "document.querySelector('#rows .away').textContent"); far != "约 7.3 公里" {
		t.Errorf("the nearest is %s away", far)
	}
	asked := eval[string](t, ctx, "performance.getEntriesByType('resource').map(function (e) { return e.name }).filter(function (n) { return !/icon|manifest/.test(n) }).join(' ')")
	if asked != "" {
		t.Errorf("asked for %s", asked)
	}
	if svg := eval[string](t, ctx, "document.querySelector('.vmap svg').textContent"); !strings.Contains(svg, "公里") || !strings.Contains(svg, "北") {
		t.Errorf("the map: %s", svg)
	}
}
