package deploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/serving"
)

// memory is a store in memory. It fails at random, on request: a call may fail, be slow,
// or succeed and be told to have failed.
type memory struct {
	mu      sync.Mutex
	files   map[string]kept
	stamps  int
	calls   int
	lists   int      // of the whole target
	puts    []string // in order
	deletes []string
	most    int // calls at once
	now     int

	headers bool
	latency time.Duration // of each call, where rand is nil
	rand    *rand.Rand    // nil never fails
	odds    float64       // that a call fails
	kill    int           // the call at which everything ends; 0 is never
	killed  context.CancelCauseFunc
	after   func(m *memory, call string) // each call that changed something; mu is held
}

type kept struct {
	content []byte
	stamp   string
	heads   string
}

var errFlaky = errors.New("the network blinked")
var errKilled = errors.New("killed")

func newMemory() *memory { return &memory{files: map[string]kept{}, headers: true} }

// call is what every call goes through. do is told whether to act.
func (m *memory) call(ctx context.Context, name string, do func() error) error {
	m.mu.Lock()
	m.calls++
	m.now++
	m.most = max(m.most, m.now)
	fate, slow := 1.0, m.latency
	if m.rand != nil {
		fate, slow = m.rand.Float64(), time.Duration(m.rand.ExpFloat64()*float64(time.Second))
	}
	dead := m.kill > 0 && m.calls > m.kill
	if dead {
		m.killed(errKilled)
	}
	m.mu.Unlock()
	defer func() { m.mu.Lock(); m.now--; m.mu.Unlock() }()
	if slow > 0 || m.rand == nil {
		if err := pause(ctx, slow); err != nil {
			return err
		}
	}
	if dead {
		return errKilled
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if fate < m.odds/2 {
		return errFlaky // and nothing was done
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	err := do()
	if m.after != nil {
		m.after(m, name)
	}
	if fate < m.odds {
		return errFlaky // but it was done
	}
	return err
}

func (m *memory) List(ctx context.Context, prefix string, each func(Object) error) error {
	var found []Object
	err := m.call(ctx, "list "+prefix, func() error {
		if prefix == "" {
			m.lists++
		}
		for _, p := range slices.Sorted(maps.Keys(m.files)) {
			if strings.HasPrefix(p, prefix) {
				found = append(found, Object{p, int64(len(m.files[p].content)), m.files[p].stamp})
			}
		}
		return nil
	})
	for _, o := range found {
		if err == nil {
			err = each(o)
		}
	}
	return err
}

func (m *memory) Get(ctx context.Context, p string) (r io.ReadCloser, err error) {
	err = m.call(ctx, "get "+p, func() error {
		f, ok := m.files[p]
		if !ok {
			return fs.ErrNotExist
		}
		r = io.NopCloser(bytes.NewReader(f.content))
		return nil
	})
	return r, err
}

func (m *memory) put(p string, content []byte, heads string) Object {
	m.stamps++
	stamp := fmt.Sprint(m.stamps / 300) // a clock too coarse to tell two writes apart
	m.files[p] = kept{content, stamp, heads}
	m.puts = append(m.puts, p)
	return Object{p, int64(len(content)), stamp}
}

func (m *memory) Put(ctx context.Context, f File) (o Object, err error) {
	in, err := f.Open()
	if err != nil {
		return o, err
	}
	defer in.Close()
	content, err := io.ReadAll(in)
	if err != nil {
		return o, err
	}
	err = m.call(ctx, "put "+f.Path, func() error { o = m.put(f.Path, content, f.Type+"|"+f.Cache); return nil })
	return o, err
}

func (m *memory) Create(ctx context.Context, p string, content []byte) error {
	return m.call(ctx, "create "+p, func() error {
		if _, ok := m.files[p]; ok {
			return fs.ErrExist
		}
		m.put(p, content, "")
		return nil
	})
}

func (m *memory) Delete(ctx context.Context, p string) error {
	return m.call(ctx, "delete "+p, func() error {
		delete(m.files, p)
		m.deletes = append(m.deletes, p)
		return nil
	})
}

func (m *memory) Holds(ctx context.Context, o Object, f File) (same bool, err error) {
	in, err := f.Open()
	if err != nil {
		return false, err
	}
	defer in.Close()
	content, err := io.ReadAll(in)
	if err != nil {
		return false, err
	}
	err = m.call(ctx, "holds "+o.Path, func() error {
		k := m.files[o.Path]
		same = bytes.Equal(k.content, content) && (!m.headers || k.heads == f.Type+"|"+f.Cache)
		return nil
	})
	return same, err
}

func (m *memory) KeepsHeaders() bool         { return m.headers }
func (m *memory) Tidy(context.Context) error { return nil }
func (m *memory) Close() error               { return nil }

// site is the files at the target that are the site's.
func (m *memory) site() map[string]string {
	out := map[string]string{}
	for p, k := range m.files {
		if !strings.HasPrefix(p, Home) {
			out[p] = string(k.content)
		}
	}
	return out
}

func sourceOf(site map[string]string) Source {
	s := Source{FS: fstest.MapFS{}, Base: "/"}
	for _, p := range slices.Sorted(maps.Keys(site)) {
		s.FS.(fstest.MapFS)[p] = &fstest.MapFile{Data: []byte(site[p])}
		s.Files = append(s.Files, Made{Path: p, Size: int64(len(site[p])), Hash: fingerprint.Sum([]byte(site[p]))})
	}
	return s
}

var asked = regexp.MustCompile(`(?:href|src|srcset)="([^" ]+)`)

// whole is the promise, looked at from outside: every page finds its styles, scripts and
// pictures. It names the first that does not.
func whole(site map[string]kept) string {
	for page, k := range site {
		if !strings.HasSuffix(page, ".html") {
			continue
		}
		for _, m := range asked.FindAllSubmatch(k.content, -1) {
			ref := string(m[1])
			if strings.HasSuffix(ref, "/") {
				continue // a link to a page
			}
			if !strings.HasPrefix(ref, "/") {
				ref = "/" + path.Join(path.Dir(page), ref)
			}
			if _, ok := site[ref[1:]]; !ok {
				return page + " asks for " + ref
			}
		}
	}
	return ""
}

// edit changes a site at random: pages come, go and change, assets get new names.
func edit(r *rand.Rand, old map[string]string) map[string]string {
	site := map[string]string{}
	style := fmt.Sprintf("css/look.%010x.css", r.IntN(4))
	script := fmt.Sprintf("js/page.%010x.js", r.IntN(4))
	site[style], site[script] = "style "+style, "script "+script
	page := func(p string, code bool) {
		picture := fmt.Sprintf("img/p-%010x-480.jpg", r.IntN(12))
		site[picture] = "picture " + picture
		cover := fmt.Sprintf("briefs/cover%d.jpg", r.IntN(5)) // no digest in its name
		site[cover] = fmt.Sprintf("cover %d", r.IntN(3))
		text := fmt.Sprintf(`<link rel="stylesheet" href="/%s"><script src="/%s"></script><img srcset="/%s 480w" src="/%s"><a href="/Q/">%d</a>`, style, script, picture, cover, r.IntN(10))
		// Half of the pages stay as they were, with what they ask for.
		if was, ok := old[p]; ok && r.IntN(2) == 0 {
			text = was
			for _, m := range asked.FindAllStringSubmatch(was, -1) {
				if ref := strings.TrimPrefix(m[1], "/"); !strings.HasSuffix(ref, "/") && site[ref] == "" {
					site[ref] = old[ref]
				}
			}
		}
		site[p] = text
	}
	page("index.html", false)
	for range 1 + r.IntN(12) {
		page(fmt.Sprintf("heroes/h%d/index.html", r.IntN(16)), false)
	}
	for range r.IntN(4) {
		page(fmt.Sprintf("Q/%04d/index.html", r.IntN(5)), true)
	}
	for range r.IntN(5) {
		n := r.IntN(9)
		site[fmt.Sprintf("search/g/%d.bin", n)] = fmt.Sprintf("shard %d of %d", n, r.IntN(5))
	}
	site["plaques/v/A.svg"] = "artwork"
	site["sitemap.xml"] = fmt.Sprint("map ", r.IntN(5))
	site["sw.js"] = fmt.Sprint("worker ", r.IntN(3))
	site["feed.xml"] = fmt.Sprint("feed ", r.IntN(3))
	return site
}

// settled tells what is wrong with the target after a deploy that came to its end.
func settled(m *memory, site map[string]string) string {
	there := m.site()
	for p, content := range site {
		if isArtwork(p) {
			if _, ok := there[p]; ok {
				return p + " was sent"
			}
			continue
		}
		if there[p] != content {
			return p + " is not there, or not as it should be"
		}
		if k := m.files[p]; k.heads != serving.TypeOf(p)+"|"+serving.Of(p).Cache {
			return p + " has other headers: " + k.heads
		}
	}
	kept := map[string]bool{}
	for p, content := range there {
		if _, ok := site[p]; !ok && isCodePage(p) {
			for _, n := range needs(p, []byte(content), "/") {
				kept[n] = true
			}
		}
	}
	for p := range there {
		if _, ok := site[p]; !ok && !isCodePage(p) && !serving.Named(p) && !kept[p] {
			return p + " was left"
		}
	}
	for p := range m.files {
		// A lock that a killed run left is no business of one that has nothing to do.
		if strings.HasPrefix(p, Home) && p != recordFile && p != lockFile {
			return p + " was left"
		}
	}
	return ""
}

// TestManyDeploys is the promise of this package: 1,000 deploys of sites that change, to a
// store that fails at random, some of them killed; after every call that changes something
// every page at the target finds its styles, scripts and pictures, and a deploy that comes
// to its end leaves the site, with what must stay.
func TestManyDeploys(t *testing.T) {
	deploys, kills, failures := 0, 0, 0
	for seed := uint64(1); deploys < 1000; seed++ {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 7))
			m := newMemory()
			codes, broken := map[string]bool{}, ""
			fail := func(format string, args ...any) { // from any goroutine
				if broken == "" {
					broken = fmt.Sprintf(format, args...)
				}
			}
			m.after = func(m *memory, call string) {
				if wrong := whole(m.files); wrong != "" {
					fail("seed %d, after %q: %s", seed, call, wrong)
				}
				for p := range m.files {
					if isCodePage(p) {
						codes[p] = true
					}
				}
				for p := range codes {
					if _, ok := m.files[p]; !ok {
						fail("seed %d, after %q: the code page %s is gone", seed, call, p)
					}
				}
			}
			var site map[string]string
			for round := range 20 {
				if site == nil || r.IntN(3) > 0 {
					site = edit(r, site)
				}
				m.rand, m.odds, m.kill = r, []float64{0, 0.05, 0.2, 0.4}[r.IntN(4)], 0
				ctx, cancel := context.WithCancelCause(t.Context())
				m.killed = cancel
				if r.IntN(3) == 0 {
					m.kill = m.calls + 1 + r.IntN(60)
				}
				deploys++
				plan, err := Make(ctx, m, sourceOf(site), Options{Machine: Machine{ID: "here"}})
				if err == nil {
					_, err = plan.Run(ctx, true, nil)
				}
				cancel(nil)
				synctest.Wait()
				switch {
				case broken != "":
					t.Fatal(broken)
				case errors.Is(err, errKilled):
					kills++
				case err != nil:
					failures++
				default:
					if wrong := settled(m, site); wrong != "" {
						t.Fatalf("seed %d, deploy %d: %s", seed, round, wrong)
					}
					if _, locked := m.files[lockFile]; locked && !plan.Empty() {
						t.Fatalf("seed %d, deploy %d: the lock was left", seed, round)
					}
				}
				if r.IntN(4) == 0 { // the same again: nothing is sent twice
					m.rand, m.odds, m.kill = nil, 0, 0
					for range 2 {
						plan, err := Make(t.Context(), m, sourceOf(site), Options{Machine: Machine{ID: "here"}})
						if err != nil {
							t.Fatal(err)
						}
						if _, err := plan.Run(t.Context(), true, nil); err != nil {
							t.Fatal(err)
						}
					}
					if wrong := settled(m, site); wrong != "" {
						t.Fatalf("seed %d, deploy %d, again: %s", seed, round, wrong)
					}
					before := len(m.puts) + len(m.deletes)
					again, err := Make(t.Context(), m, sourceOf(site), Options{})
					if err != nil || !again.Empty() {
						t.Fatalf("seed %d: a further deploy would send %d, remove %d (%v)", seed, len(again.Send), len(again.Remove), err)
					}
					if _, err := again.Run(t.Context(), false, nil); err != nil || len(m.puts)+len(m.deletes) != before {
						t.Fatalf("seed %d: a further deploy did something (%v)", seed, err)
					}
				}
				time.Sleep(time.Duration(r.IntN(9*24)) * time.Hour)
			}
		})
	}
	if kills < 50 || failures > deploys/4 {
		t.Errorf("%d deploys, %d killed, %d failed: the test has lost its sense", deploys, kills, failures)
	}
	t.Logf("%d deploys, %d of them killed, %d gave up", deploys, kills, failures)
}
