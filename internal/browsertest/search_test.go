package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/chromium"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/fold"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/search"
	"mingdeng/internal/site"
)

// searched is a record as the search must know it: folded, a field each.
type searched struct {
	address string
	fields  []string
}

// searchedPages are the titles, names and texts of an edition of the demo, gathered
// without the index.
func searchedPages(t *testing.T, o project.Options, edition int) []searched {
	t.Helper()
	s, _, root, err := project.Open(o)
	if err != nil {
		t.Fatal("the demo does not open")
	}
	defer root.Close()
	e := s.Model.Editions[edition]
	var out []searched
	e.Each(func(h *content.Head, a site.Address) {
		p := searched{address: string(a)}
		var audio *content.Audio
		switch r := e.Record(h).(type) {
		case *site.Screen:
			return
		case *site.Hero:
			audio = r.Hero.Audio
			p.fields = append([]string{r.Name, r.NameHant}, r.Also...)
			for _, m := range r.Members {
				if m.Hero == nil {
					p.fields = append(p.fields, m.Name)
				}
			}
		case *site.Brief:
			p.fields = []string{r.Title}
		case *site.Book:
			p.fields = []string{r.Title}
		case *site.Chapter:
			p.fields = []string{r.Title}
		case *site.Venue:
			p.fields = []string{r.Name}
		case *site.Exhibit:
			p.fields = []string{r.Name}
		case *site.Honor:
			p.fields = []string{r.Title}
		case *site.Unit:
			p.fields = []string{r.Name}
		case *site.Report:
			p.fields = []string{r.Title}
		case *site.Page:
			p.fields = []string{r.Title}
		default:
			t.Fatalf("%T is not searched", r)
		}
		text, err := s.Inputs[edition].Text(h, s.Plans[edition].Refs[h])
		if err != nil {
			t.Fatal(err)
		}
		p.fields = append(p.fields, text)
		// A page shows what is said in its recording, where that is in its language.
		if audio != nil && audio.Transcript.Path != "" && e.Tag != content.En {
			said, _ := content.ReadTranscript(s.Texts, h, path.Join(h.Dir, audio.Transcript.Path))
			var words strings.Builder
			for _, cue := range said.Cues {
				fmt.Fprintln(&words, "", cue.Text)
			}
			p.fields = append(p.fields, words.String())
		}
		for i, f := range p.fields {
			p.fields[i] = search.Fold(f)
		}
		out = append(out, p)
	})
	return out
}

// substring is the plain way: the pages that hold a folded word.
func substring(pages []searched, word string) []string {
	var out []string
	for _, p := range pages {
		if slices.ContainsFunc(p.fields, func(f string) bool { return strings.Contains(f, word) }) {
			out = append(out, p.address)
		}
	}
	slices.Sort(out)
	return out
}

// queries are strings of one to eight characters: from the texts, from two texts put
// together, and as people type them.
func queries(pages []searched, n int) []string {
	rnd := rand.New(rand.NewPCG(1, 2))
	cut := func(size int) string {
		for {
			p := pages[rnd.IntN(len(pages))]
			f := []rune(p.fields[rnd.IntN(len(p.fields))])
			if len(f) < size {
				continue
			}
			at := rnd.IntN(len(f) - size + 1)
			if s := strings.TrimSpace(string(f[at : at+size])); s != "" && !strings.Contains(s, "\n") {
				return s
			}
		}
	}
	var out []string
	for i := range n {
		switch q := cut(1 + i%8); i % 5 {
		case 3:
			out = append(out, cut(1+rnd.IntN(4))+cut(1+rnd.IntN(4)))
		case 4:
			out = append(out, strings.ToUpper(q))
		default:
			out = append(out, q)
		}
	}
	return append(out, "瀋渡川", "ＡＥＤ", "見義勇爲", "救　人", "。", "“", "没有这句话", "qzqz")
}

func evaluate[T any](t *testing.T, ctx context.Context, script string, args ...any) T {
	t.Helper()
	for i, a := range args {
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		args[i] = b
	}
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf(script, args...), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// agree puts queries to the page that is open.
func agree(t *testing.T, ctx context.Context, pages []searched, n int) {
	t.Helper()
	list := queries(pages, n)
	type answer struct {
		Word      string
		Addresses []string
		Read      bool
	}
	got := evaluate[[]answer](t, ctx, `Promise.all(%s.map(q => mingdeng.finder.find(q, {}).then(r =>
		Promise.all(r.slots.map(mingdeng.finder.doc)).then(docs => ({Word: r.word, Read: r.read, Addresses: docs.map(d => d.address).sort()})))))`, list)
	wrong := 0
	for i, q := range list {
		want := substring(pages, strings.TrimSpace(search.Fold(q)))
		if len(want) == 0 && got[i].Read { // found by pinyin
			continue
		}
		if !slices.Equal(got[i].Addresses, want) {
			if wrong++; wrong < 10 {
				in := func(list []string) func(string) bool {
					return func(a string) bool { return slices.Contains(list, a) }
				}
				t.Errorf("%q: found %d, want %d: too many %v, missing %v", q, len(got[i].Addresses), len(want),
					slices.DeleteFunc(slices.Clone(got[i].Addresses), in(want)), slices.DeleteFunc(slices.Clone(want), in(got[i].Addresses)))
			}
		}
	}
}

// TestSearch looks for things on the demo's search pages, below a path of its host.
func TestSearch(t *testing.T) {
	ctx := browser(t)
	o := demoBelowAPath(t)
	at := serve(t, filepath.Dir(o.Out))
	t.Run("finds what substrings find", func(t *testing.T) { searchAgrees(t, ctx, o, at.URL) })
	t.Run("as a visitor types", func(t *testing.T) { searchPage(t, ctx, o, at.URL+"/lamp/search/") })
}

// searchAgrees: the page finds what a look through all texts finds, as many, and no other.
func searchAgrees(t *testing.T, ctx context.Context, o project.Options, at string) {
	for i, edition := range []struct {
		prefix         string
		pages, queries int
	}{{"", 100, 400}, {"zh-hant/", 100, 100}, {"en/", 5, 60}} {
		pages := searchedPages(t, o, i)
		if len(pages) < edition.pages {
			t.Fatalf("only %d pages in %q", len(pages), edition.prefix)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(at+"/lamp/"+edition.prefix+"search/")); err != nil {
			t.Fatal(err)
		}
		agree(t, ctx, pages, edition.queries)
	}

	// Both fold alike, character by character and joined.
	var odd []string
	for r := rune(1); r < 0xe1000; r++ {
		if r == 0x30000 {
			r = 0xe0000 // tags and variation selectors
		}
		// Browsers know characters that are newer than this program.
		if unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co) || fold.Ignorable(r) {
			odd = append(odd, "a"+string(r)+"b")
		}
	}
	odd = append(odd, "e\u0301E\u0301", "ｶﾞｷﾞ", "각", "ﾡￂ", " \t \u3000x", "Σς", "漢\ufe00字", "İI", "a\u0300\u0327",
		"e\u200b\u0301", "\u200b\u0301 \u00ad e", "漢\U000e0101\u20dd字", "a\u20dd\u0301", "\u1100\uffa0\u1161", " \u2060 b", "\n\u200d\u0301")
	pairs := map[string]string{}
	fold.Pairs(func(from, to rune) { pairs[string(from)] = string(to) })
	folded := evaluate[[]string](t, ctx, `(pairs => %[2]s.map(s => mingdeng.fold(s, pairs)))(%[1]s)`, pairs, odd)
	wrong := 0
	for i, s := range odd {
		if want := search.Fold(s); folded[i] != want {
			if wrong++; wrong < 10 {
				t.Errorf("%+q is folded to %+q by the page, to %+q by the program", s, folded[i], want)
			}
		}
	}
}

// What a text writes with characters that show nothing, in radicals or compatibility forms
// is found by who types it plainly, and shown as it is written.
func TestSearchSeesThroughDisguises(t *testing.T) {
	ctx := browser(t)
	dir := t.TempDir()
	if err := (synth.Site{Records: 20, Seed: 1, Search: true}).Write(dir); err != nil {
		t.Fatal(err)
	}
	const written = "见\u200b义\u00ad勇\U000e0100为⿒⽺"
	page := "---\n标题: 试验\n---\n罕见的一句：" + written + "，买买提•艾力记。\n"
	if err := os.MkdirAll(filepath.Join(dir, "content", "pages"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "content", "pages", "shi-yan.md"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, err := generate.Run(context.Background(), project.Options{
		Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test")),
	}); err != nil {
		t.Fatal(err, r.Findings)
	}
	at := serve(t, filepath.Join(dir, "public"))
	for q, want := range map[string]string{"见义勇为齿羊": written, "義勇\u200b为齿羊": "义\u00ad勇\U000e0100为⿒⽺", "买买提·艾力": "买买提•艾力", "买买提・艾力": "买买提•艾力"} {
		if err := chromedp.Do(ctx, chromedp.Navigate(at.URL+"/search/?q="+url.QueryEscape(q)), chromedp.WaitReady("#results")); err != nil {
			t.Fatal(err)
		}
		evaluate[bool](t, ctx, settled)
		lit := evaluate[[]string](t, ctx, `Array.from(document.querySelectorAll('#results .snippet mark'), m => m.textContent)`)
		if !slices.Equal(lit, []string{want}) {
			t.Errorf("%+q: lit %+q, want %+q", q, lit, want)
		}
	}
}

// searchPage types as a visitor does.
func searchPage(t *testing.T, ctx context.Context, o project.Options, at string) {
	pages := searchedPages(t, o, 0)
	var mu sync.Mutex
	var faults []string
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, func(ev any) {
		if kind := fmt.Sprintf("%T", ev); strings.Contains(kind, "ExceptionThrown") || strings.Contains(kind, "EntryAdded") {
			mu.Lock()
			defer mu.Unlock()
			faults = append(faults, fmt.Sprintf("%+v", ev))
		}
	}); err != nil {
		t.Fatal(err)
	}
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	settle := func() { evaluate[bool](t, ctx, settled) }
	count := func() string {
		t.Helper()
		return evaluate[string](t, ctx, `document.getElementById('count').textContent`)
	}
	hrefs := func() []string {
		t.Helper()
		return evaluate[[]string](t, ctx, `Array.from(document.querySelectorAll('#results a'), a => a.pathname)`)
	}
	open := func(query string) {
		t.Helper()
		do(chromedp.Navigate(at+query), chromedp.WaitReady("#results"))
		settle()
	}

	// From the address alone, with the words lit.
	open("?q=%E6%B2%88%E6%B8%A1%E5%B7%9D")
	if n := len(substring(pages, "沈渡川")); count() != fmt.Sprintf("找到 %d 条", n) || len(hrefs()) != min(n, 8) || hrefs()[0] != "/lamp/heroes/shen-du-chuan/" {
		t.Errorf("沈渡川: %s, %v; want %d", count(), hrefs(), n)
	}
	if lit := evaluate[[]string](t, ctx, `Array.from(document.querySelectorAll('#results mark'), m => m.textContent)`); len(lit) < 2 || lit[0] != "沈渡川" {
		t.Errorf("lit: %v", lit)
	}
	if v := evaluate[string](t, ctx, `document.querySelector('input[type=search]').value`); v != "沈渡川" {
		t.Errorf("the field holds %q", v)
	}

	// Typed, chosen from the list by keyboard, and back.
	open("")
	do(chromium.SendKeys("#q", "渡口摆"), chromium.WaitVisible("#suggestions li"))
	settle()
	if s := evaluate[string](t, ctx, `document.querySelector('#q').getAttribute('aria-expanded') + document.querySelector('#suggestions li').getAttribute('role')`); s != "trueoption" {
		t.Errorf("the list is said to be %s", s)
	}
	do(chromedp.KeyEvent(kb.ArrowDown))
	if s := evaluate[string](t, ctx, `document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant')).getAttribute('aria-selected')`); s != "true" {
		t.Errorf("the chosen one is said to be %q", s)
	}
	do(chromedp.KeyEvent(kb.Enter))
	settle()
	if v := evaluate[string](t, ctx, `document.querySelector('#q').value + location.search`); !strings.HasPrefix(v, "渡口摆渡班?q=") {
		t.Errorf("after choosing: %s", v)
	}
	do(chromedp.NavigateBack())
	settle()
	if v := evaluate[string](t, ctx, `document.querySelector('#q').value`); v != "渡口摆" {
		t.Errorf("after going back the field holds %q", v)
	}

	// Pinyin, its initials, a plaque, nothing.
	for q, want := range map[string]string{"shen%20du": "/lamp/heroes/shen-du-chuan/", "sdc": "/lamp/heroes/shen-du-chuan/", "ZJS": "/lamp/venues/zi-jing-shan/"} {
		open("?q=" + q)
		if !slices.Contains(hrefs(), want) || !strings.HasPrefix(count(), fmt.Sprintf("找到 %d 条", len(hrefs()))) {
			t.Errorf("%s: %s, %v", q, count(), hrefs())
		}
	}
	codes, err := os.ReadDir(filepath.Join(o.Out, "Q"))
	if err != nil {
		t.Fatal(err)
	}
	code := codes[0].Name()
	open("?q=" + strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(code)))
	if got := hrefs(); len(got) != 1 || got[0] != "/lamp/Q/"+code+"/" {
		t.Errorf("%s: %s, %v", code, count(), got)
	}
	open("?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E5%8F%A5")
	if count() != "没有找到“没有这句”" || len(hrefs()) != 0 {
		t.Errorf("nothing: %s, %v", count(), hrefs())
	}

	// Filters, alone and with words.
	heroes := 0
	s, _, root, err := project.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, h := range s.Model.Editions[0].Heroes {
		if h.Deed != nil && h.Deed.Type == "water-rescue" {
			heroes++
		}
	}
	open("?deed=water-rescue")
	if count() != fmt.Sprintf("找到 %d 条", heroes) || heroes == 0 {
		t.Errorf("by deed: %s, want %d", count(), heroes)
	}
	open("?q=%E6%B0%B4")
	all := count()
	evaluate[bool](t, ctx, `(() => { const s = document.querySelector('[name=deed]'); s.value = 'water-rescue'; s.dispatchEvent(new Event('change')); return true })()`)
	settle()
	if where := evaluate[string](t, ctx, `location.search`); count() == all || where != "?q=%E6%B0%B4&deed=water-rescue" {
		t.Errorf("narrowed: %s from %s at %s", count(), all, where)
	}

	// The next results come where one asks for them.
	open("?q=%E8%A7%81%E4%B9%89%E5%8B%87%E4%B8%BA")
	first := len(hrefs())
	evaluate[bool](t, ctx, `(() => { const b = document.querySelector('#results button'); if (b) b.click(); return true })()`)
	evaluate[bool](t, ctx, `new Promise(done => { const look = () => document.querySelectorAll('#results a').length > 8 ? done(true) : setTimeout(look, 20); look() })`)
	if n := len(hrefs()); first < 8 || n <= first {
		t.Errorf("%d results, then %d", first, n)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(faults) > 0 {
		t.Errorf("the browser reports: %s", strings.Join(faults, "; "))
	}
}

// settled is true once the page has answered all it was asked.
const settled = `new Promise(done => {
	let quiet = 0;
	const look = () => {
		quiet = document.getElementById('results').hasAttribute('aria-busy') ? 0 : quiet + 1;
		if (quiet > 16) done(true); else setTimeout(look, 25);
	};
	look();
})`
