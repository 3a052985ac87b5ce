package deploy

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"mingdeng/internal/fingerprint"
)

func smallSite() map[string]string {
	site := map[string]string{
		"index.html": `<link rel="stylesheet" href="css/look.aaaaaaaaaaaa.css">`, "css/look.aaaaaaaaaaaa.css": "a",
		"img/p-bbbbbbbbbb-480.jpg": "b", "briefs/cover.jpg": "c", "search/g/0.bin": "d", "Q/7K3X/index.html": `<img src="/img/q-cccccccccc.svg">`,
		"img/q-cccccccccc.svg": "q", "sitemap.xml": "e", "feed.xml": "f", "sw.js": "g", "venues/v/offline.json": "h", "plaques/v/A.svg": "i",
	}
	for i := range 30 {
		site[fmt.Sprintf("heroes/h%02d/index.html", i)] = fmt.Sprint("page ", i)
	}
	return site
}

func mustRun(t *testing.T, m *memory, site map[string]string, o Options, yes bool) (*Plan, Result) {
	t.Helper()
	plan, err := Make(t.Context(), m, sourceOf(site), o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Run(t.Context(), yes, nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan, r
}

// TestOrder: what carries a digest first, then data and search, pages, pointers, what
// phones keep; and pages that are new before those that lead to them.
func TestOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		mustRun(t, m, map[string]string{"index.html": "old"}, Options{}, false)
		m.puts = nil
		site := smallSite()
		mustRun(t, m, site, Options{}, false)
		at := func(p string) int { return slices.Index(m.puts, p) }
		order := []string{"css/look.aaaaaaaaaaaa.css", "briefs/cover.jpg", "heroes/h07/index.html", "index.html", "sitemap.xml", "venues/v/offline.json", "sw.js"}
		for i := range order[1:] {
			if a, b := at(order[i]), at(order[i+1]); a < 0 || b < a {
				t.Errorf("%s (%d) is not before %s (%d)", order[i], a, order[i+1], b)
			}
		}
		if at("search/g/0.bin") > at("heroes/h00/index.html") || at("plaques/v/A.svg") >= 0 {
			t.Error("the search comes late, or artwork was sent")
		}
		if _, r := mustRun(t, m, site, Options{Plaques: true}, false); r.Sent != 1 {
			t.Errorf("with plaques %+v", r)
		}
		if _, r := mustRun(t, m, site, Options{}, false); r.Sent+r.Removed != 0 {
			t.Errorf("artwork that is there: %+v", r)
		}
	})
}

// TestKept: named files stay 30 days, from the first deploy that did not use them; a page
// of a plaque stays for ever, and with it what it asks for.
func TestKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		site := smallSite()
		mustRun(t, m, site, Options{}, false)
		for _, p := range []string{"img/p-bbbbbbbbbb-480.jpg", "Q/7K3X/index.html", "img/q-cccccccccc.svg"} {
			delete(site, p)
		}
		day := 24 * time.Hour
		for _, step := range []struct {
			wait    time.Duration
			removed int
		}{{0, 0}, {15 * day, 0}, {14 * day, 0}, {2 * day, 1}, {90 * day, 0}} {
			time.Sleep(step.wait)
			if _, r := mustRun(t, m, site, Options{}, false); r.Removed != step.removed || r.Sent != 0 {
				t.Errorf("after another %v: %+v", step.wait, r)
			}
		}
		if m.site()["Q/7K3X/index.html"] == "" || m.site()["img/q-cccccccccc.svg"] == "" || m.site()["img/p-bbbbbbbbbb-480.jpg"] != "" {
			t.Error("what stayed is not what was to stay")
		}
		// Used again, it counts from anew; and what somebody withdrew goes at once.
		site["img/p-bbbbbbbbbb-480.jpg"] = "b"
		mustRun(t, m, site, Options{}, false)
		delete(site, "img/p-bbbbbbbbbb-480.jpg")
		if _, r := mustRun(t, m, site, Options{}, false); r.Removed != 0 {
			t.Errorf("%+v", r)
		}
		if _, r := mustRun(t, m, site, Options{Forget: true}, false); r.Removed != 1 {
			t.Errorf("%+v", r)
		}
	})
}

// TestTenth: more than a tenth goes only when it is asked for, and nothing is sent then.
func TestTenth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		site := smallSite()
		mustRun(t, m, site, Options{}, false)
		for i := range 10 {
			delete(site, fmt.Sprintf("heroes/h%02d/index.html", i))
		}
		site["index.html"] = "other"
		plan, err := Make(t.Context(), m, sourceOf(site), Options{})
		if err != nil {
			t.Fatal(err)
		}
		before := len(m.puts)
		var many *TooManyError
		if _, err := plan.Run(t.Context(), false, nil); !errors.As(err, &many) || many.Remove != 10 || len(m.puts) != before {
			t.Errorf("%v", err)
		}
		if r, err := plan.Run(t.Context(), true, nil); err != nil || r.Removed != 10 || r.Sent != 1 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// TestLock: a second one refuses; a lock that was left is taken by its own machine at once
// and by others after a while; a plan that has been overtaken is not run.
func TestLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		site := smallSite()
		mustRun(t, m, site, Options{}, false)
		held := func(renewed time.Duration) {
			text, err := json.Marshal(lockNote{"T", "another", time.Now(), time.Now().Add(-renewed)})
			if err != nil {
				t.Fatal(err)
			}
			m.put(lockFile, text, "")
			site["index.html"] += "."
		}
		run := func(o Options) error {
			plan, err := Make(t.Context(), m, sourceOf(site), o)
			if err != nil {
				return err
			}
			_, err = plan.Run(t.Context(), false, nil)
			return err
		}
		var busy *BusyError
		held(time.Minute)
		if err := run(Options{Machine: Machine{"me"}}); !errors.As(err, &busy) {
			t.Errorf("a lock that is held: %v", err)
		}
		if err := run(Options{Machine: Machine{"another"}}); err != nil {
			t.Errorf("the same machine: %v", err)
		}
		held(time.Hour)
		if err := run(Options{Machine: Machine{"me"}}); err != nil {
			t.Errorf("a lock left behind: %v", err)
		}
		held(time.Hour) // but its holder lives, with a clock of its own
		stop := make(chan struct{})
		go func() {
			defer close(stop)
			time.Sleep(renewEvery)
			m.mu.Lock()
			defer m.mu.Unlock()
			text, _ := json.Marshal(lockNote{"T", "another", time.Now(), time.Now().Add(-time.Hour)})
			m.put(lockFile, text, "")
		}()
		if err := run(Options{Machine: Machine{"me"}}); !errors.As(err, &busy) {
			t.Errorf("a lock that is renewed: %v", err)
		}
		<-stop
		delete(m.files, lockFile)
		m.put(lockFile, nil, "") // killed as it was written
		if err := run(Options{}); err != nil {
			t.Errorf("an empty lock: %v", err)
		}

		site["index.html"] += "."
		plan, err := Make(t.Context(), m, sourceOf(site), Options{})
		if err != nil {
			t.Fatal(err)
		}
		other := smallSite()
		mustRun(t, m, other, Options{}, false)
		if _, err := plan.Run(t.Context(), false, nil); !errors.Is(err, ErrChanged) {
			t.Errorf("a plan that was overtaken: %v", err)
		}
		if _, locked := m.files[lockFile]; locked {
			t.Error("the lock was left")
		}
	})
}

func unpacked(t *testing.T, record []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(record))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestHeaders: headers that have changed are sent again to a store that keeps them.
func TestHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		site := smallSite()
		mustRun(t, m, site, Options{}, false)
		// A record as earlier programs wrote it, which is not packed.
		old := unpacked(t, m.files[recordFile].content)
		m.files[recordFile] = kept{[]byte(strings.Replace(old, "image/svg+xml", "text/plain", 1)), "x", ""}
		if _, r := mustRun(t, m, site, Options{}, false); r.Sent != 1 {
			t.Errorf("%+v", r)
		}
	})
}

// TestRecordNamesWhatWasSent: the record at the target names files that lie there, no other.
func TestRecordNamesWhatWasSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		site := smallSite()
		mustRun(t, m, site, Options{}, false)
		delete(site, "heroes/h03/index.html")
		mustRun(t, m, site, Options{}, false)
		for text := range strings.Lines(unpacked(t, m.files[recordFile].content)) {
			var l line
			if err := json.Unmarshal([]byte(text), &l); err != nil {
				t.Fatal(err)
			}
			if _, ok := m.files[l.Path]; !ok && l.Path != "" {
				t.Errorf("%s is named and gone", l.Path)
			}
		}
	})
}

// large is a site of n pages.
func large(n int) Source {
	s := Source{FS: fstest.MapFS{}, Base: "/"}
	for i := range n {
		p := fmt.Sprintf("heroes/h%06d/index.html", i)
		s.FS.(fstest.MapFS)[p] = &fstest.MapFile{Data: fmt.Appendf(nil, "page %d", i)}
		s.Files = append(s.Files, Made{Path: p, Size: int64(len(s.FS.(fstest.MapFS)[p].Data)), Hash: fingerprint.Fingerprint{1: byte(i >> 16), 2: byte(i >> 8), 3: byte(i), 4: 1}})
	}
	return s
}

// TestLarge: many files go sixteen at a time; one page that changed afterwards sends ten
// files or fewer, asks for no other, and holds little.
func TestLarge(t *testing.T) {
	const n = 20_000
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.latency = time.Millisecond // all that may be under way at once are
		s := large(n)
		plan, err := Make(t.Context(), m, s, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := plan.Run(t.Context(), false, nil); err != nil || r.Sent != n {
			t.Fatalf("%+v, %v", r, err)
		}
		if m.most < AtOnce {
			t.Errorf("%d requests at once", m.most)
		}
		s.Files[77].Hash[15]++
		m.calls, m.lists, m.puts = 0, 0, nil
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		plan, err = Make(t.Context(), m, s, Options{})
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		if held := int64(after.HeapAlloc-before.HeapAlloc) / n; held > 300 {
			t.Errorf("a plan holds %d bytes a file", held)
		} else {
			t.Logf("a plan holds %d bytes a file", held)
		}
		if r, err := plan.Run(t.Context(), false, nil); err != nil || r.Sent != 1 || len(m.puts) > 10 {
			t.Errorf("%+v, %q, %v", r, m.puts, err)
		}
		if m.calls > 40 || m.lists != 1 {
			t.Errorf("%d calls for one page, the target is listed %d times", m.calls, m.lists)
		}
	})
}
