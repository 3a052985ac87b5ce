package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/search"
)

// This file compares the search with Pagefind (npm pagefind) on the same pages, as a
// browser sees both: what the first query of a visit moves, after the page itself, until
// eight results are there with their words; and whether the results are those that hold
// the words. Files count as a server would send them, compressed where that helps.
// Pagefind indexes the pages of records alone, not the lists, and only their main part.

// pageOf are the pages of records.
const pageOf = "{heroes/*,briefs/*/*,anthology/*,anthology/*/*,venues/*,venues/*/*}/index.html"

// shown is how many results a page shows at once.
const shown = search.Small

// asked is one query and what is right.
type asked struct {
	word string
	want map[string]bool // addresses
}

// told is what an engine answered.
type told struct {
	bytes             float64
	precision, recall float64
}

// searches builds one site, indexes it with both, and prints what comes of it.
func (b *bench) searches(ctx context.Context, pagefind string) error {
	dir := filepath.Join(b.dir, "pagefind")
	s := synth.Site{Records: b.records, Seed: 1}
	ours, theirs := filepath.Join(dir, "ours"), filepath.Join(dir, "theirs")
	if err := s.Write(dir); err != nil {
		return err
	}
	plain, err := measure(ctx, theirs, b.mingdeng, "build", "-q", "-C", dir, "-o", theirs)
	if err != nil {
		return err
	}
	s.Search = true
	if err := s.Write(dir); err != nil {
		return err
	}
	full, err := measure(ctx, ours, b.mingdeng, "build", "-q", "-C", dir, "-o", ours)
	if err != nil {
		return err
	}
	fmt.Fprintf(b.progress, "bench: built, now Pagefind\n")
	pf, err := measure(ctx, filepath.Join(theirs, "pagefind"), pagefind, "--site", theirs, "--glob", pageOf, "--root-selector", "main")
	if err != nil {
		return err
	}
	queries, slots, err := questions(filepath.Join(ours, "search"))
	if err != nil {
		return err
	}
	alloc, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)...)
	defer stop()
	tab, stop := chromedp.NewContext(alloc)
	defer stop()
	mine, err := ask(tab, ours, "/search/", queries, func(q asked) (got []string, all bool, err error) {
		list, err := chromedp.Run(tab, chromedp.Evaluate[[]int](fmt.Sprintf(
			`mingdeng.finder.find(%q, {}).then(r => Promise.all(r.slots.slice(0, %d).map(mingdeng.finder.doc)).then(() => r.read ? [] : r.slots))`, q.word, shown), chromedp.EvalAwaitPromise))
		for _, n := range list {
			got = append(got, slots[n])
		}
		return got, true, err
	}, nil)
	if err != nil {
		return err
	}
	var total int
	other, err := ask(tab, theirs, "/", queries, func(q asked) (got []string, all bool, err error) {
		total, err = chromedp.Run(tab, chromedp.Evaluate[int](fmt.Sprintf(
			`import('/pagefind/pagefind.js').then(p => p.init().then(() => p.search(%q))).then(r => Promise.all((window.found = r.results).slice(0, %d).map(x => x.data()))).then(() => window.found.length)`, q.word, shown), chromedp.EvalAwaitPromise))
		return nil, false, err
	}, func() ([]string, bool, error) { // not counted: looking where all results lead
		got, err := chromedp.Run(tab, chromedp.Evaluate[[]string](`Promise.all(window.found.slice(0, 200).map(x => x.data().then(d => d.url.slice(1))))`, chromedp.EvalAwaitPromise))
		return got, total <= 200, err
	})
	if err != nil {
		return err
	}
	index, err := measure(ctx, filepath.Join(ours, "search"), b.mingdeng, "version")
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "\nSearch, %d records, %d queries\n\n", b.records, len(queries))
	fmt.Fprintln(b.out, "| | Mingdeng | Pagefind |\n| --- | ---: | ---: |")
	line := func(what, format string, a, c float64) {
		fmt.Fprintf(b.out, "| %s | "+format+" | "+format+" |\n", what, a, c)
	}
	line("precision, mean", "%.3f", mean(mine, func(t told) float64 { return t.precision }), mean(other, func(t told) float64 { return t.precision }))
	line("recall, mean", "%.3f", mean(mine, func(t told) float64 { return t.recall }), mean(other, func(t told) float64 { return t.recall }))
	for _, part := range []struct {
		what string
		at   float64
	}{{"median", .5}, {"95 of 100", .95}, {"most", 1}} {
		line("first query, "+part.what+", KB", "%.1f", at(mine, part.at)/1000, at(other, part.at)/1000)
	}
	line("files of the index", "%.0f", index.files, pf.files)
	line("size of the index, MB", "%.1f", index.bytes/1e6, pf.bytes/1e6)
	line("user CPU to index, s", "%.1f", full.user-plain.user, pf.user)
	line("system CPU to index, s", "%.1f", full.system-plain.system, pf.system)
	line("wall to index, s", "%.1f", full.wall-plain.wall, pf.wall)
	line("memory to index, MB", "%.0f", (full.memory-plain.memory)/1e6, pf.memory/1e6)
	fmt.Fprintf(b.out, "\nMingdeng's figures of making are those of a build with the search less one without; its memory in all is %.0f MB.\n", full.memory/1e6)
	return nil
}

// questions cuts queries out of the documents of an index: titles, and strings of one to
// eight characters; and tells what holds them, and the addresses of documents.
func questions(dir string) ([]asked, map[int]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "d", "*.txt"))
	if err != nil {
		return nil, nil, err
	}
	type doc struct {
		address, title, text string
	}
	var docs []doc
	slots := map[int]string{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			return nil, nil, err
		}
		lines := strings.SplitN(string(raw), "\n", 7)
		var slot int
		fmt.Sscanf(filepath.Base(f), "%x.txt", &slot)
		slots[slot] = lines[2]
		docs = append(docs, doc{lines[2], lines[0], search.Fold(lines[0] + "\n" + strings.ReplaceAll(lines[1], "\t", "\n") + "\n" + lines[6])})
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	var out []asked
	add := func(word string) {
		if word = strings.TrimSpace(word); word == "" || strings.ContainsAny(word, "\n\t") {
			return
		}
		q := asked{word, map[string]bool{}}
		for _, d := range docs {
			if strings.Contains(d.text, word) {
				q.want[d.address] = true
			}
		}
		out = append(out, q)
	}
	for i := range 64 {
		d := docs[rnd.IntN(len(docs))]
		if i%4 == 0 {
			add(search.Fold(string([]rune(d.title)[:min(8, len([]rune(d.title)))])))
			continue
		}
		text, n := []rune(d.text), 1+i%8
		at := rnd.IntN(max(len(text)-n, 1))
		add(string(text[at:min(at+n, len(text))]))
	}
	return out, slots, nil
}

// ask puts each query to a fresh page of a site, and counts what moves.
func ask(tab context.Context, dir, page string, queries []asked, first func(asked) ([]string, bool, error), then func() ([]string, bool, error)) ([]told, error) {
	var moved atomic.Int64
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		p := filepath.Join(dir, filepath.FromSlash(r.URL.Path))
		if b, err := os.ReadFile(p); err == nil {
			moved.Add(int64(min(len(b), gzipped(b))))
		}
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	var out []told
	for _, q := range queries {
		if err := chromedp.Do(tab, chromedp.Navigate(server.URL+page), chromedp.WaitReady("body")); err != nil {
			return nil, err
		}
		moved.Store(0)
		got, all, err := first(q)
		bytes := float64(moved.Load())
		if err == nil && then != nil {
			got, all, err = then()
		}
		if err != nil {
			return nil, fmt.Errorf("%q: %w", q.word, err)
		}
		right := 0
		for _, a := range got {
			if q.want[strings.TrimSuffix(a, "index.html")] {
				right++
			}
		}
		t := told{bytes: bytes, precision: 1, recall: 1}
		if len(got) > 0 {
			t.precision = float64(right) / float64(len(got))
		}
		if len(q.want) > 0 && all {
			t.recall = float64(right) / float64(len(q.want))
		}
		out = append(out, t)
	}
	return out, nil
}

func gzipped(b []byte) int {
	var w bytes.Buffer
	z := gzip.NewWriter(&w)
	_, _ = z.Write(b) // a buffer takes all
	_ = z.Close()
	return w.Len()
}

func mean(list []told, get func(told) float64) float64 {
	sum := 0.0
	for _, t := range list {
		sum += get(t)
	}
	return sum / float64(len(list))
}

// at is the figure that a part of all queries stays below.
func at(list []told, part float64) float64 {
	var all []float64
	for _, t := range list {
		all = append(all, t.bytes)
	}
	slices.Sort(all)
	return all[int(part*float64(len(all)-1))]
}
