package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mingdeng/internal/date"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

// A stream of events outlives the time in which a request must have come.
func TestEventsOutliveReading(t *testing.T) {
	h := &hub{}
	server := httptest.NewUnstartedServer(nil)
	server.Config = newServer(context.Background(), http.HandlerFunc(h.events))
	server.Config.BaseContext = nil
	server.Config.ReadHeaderTimeout, server.Config.ReadTimeout = time.Second, time.Second
	server.Start()
	defer server.Close()
	res, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	data := func() string {
		for lines.Scan() {
			if d, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return d
			}
		}
		return "the stream ended"
	}
	if d := data(); d != "0" {
		t.Fatal(d)
	}
	time.Sleep(1500 * time.Millisecond)
	h.change()
	if d := data(); d != "1" {
		t.Fatal(d)
	}
}

// load is how long TestLoad runs, with how many asking at once. MINGDENG_LONG=1 is the
// long form.
func load() (clients int, during time.Duration) {
	if testrun.Long() {
		return 200, time.Minute
	}
	return 40, 3 * time.Second
}

// Many ask at once while files change, pages come and go and streams are opened and left:
// no request fails, and what was taken is given back.
func TestLoad(t *testing.T) {
	clients, during := load()
	root := newSite(t)
	put(t, root, "content/heroes/ren-00.md", hero("沈一川", "起初。"))
	live, err := live.Open(project.Options{Root: root, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin})
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	idle := runtime.NumGoroutine()
	ctx, stop := context.WithCancel(context.Background())
	ready, done := make(chan Address, 1), make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{Site: live, Root: root, Addr: "127.0.0.1:0", Ready: func(a Address) { ready <- a }})
	}()
	at := strings.TrimSuffix((<-ready).Local, "/")
	transport := &http.Transport{MaxIdleConnsPerHost: 2 * clients}
	client := &http.Client{Transport: transport, Timeout: time.Minute}

	var asked, streams atomic.Int64
	round := func(until time.Time, n int) {
		var wg sync.WaitGroup
		for c := range n {
			wg.Go(func() {
				for i := c; time.Now().Before(until) && !t.Failed(); i++ {
					if i%16 == 15 {
						stream(t, client, at)
						streams.Add(1)
						continue
					}
					ask(t, client, at+paths[i%len(paths)])
					asked.Add(1)
				}
			})
		}
		wg.Go(func() { // an editor
			for i := 0; time.Now().Before(until) && !t.Failed(); i++ {
				save(t, root, "content/heroes/ren-00.md", hero("沈一川", fmt.Sprintf("第%d次。", i)))
				switch i % 4 {
				case 0:
					save(t, root, "content/heroes/lai.md", hero("来去川", "来了。"))
				case 2:
					os.Remove(filepath.Join(root, "content", "heroes", "lai.md"))
				case 3:
					save(t, root, "content/pages/about.md", fmt.Sprintf("---\ntitle: 关于%d\n---\n\n写在这里。\n", i))
					save(t, root, "content/pages/cuo.md", fmt.Sprintf("---\ntitle: 错%d\nnmae: x\n---\n\n[[mei-you]]\n", i)) // never right
				}
				time.Sleep(60 * time.Millisecond)
			}
		})
		wg.Wait()
	}
	// The site as it was before and after, and everything that is made once made.
	rest := func() (heap uint64, goroutines int) {
		put(t, root, "content/heroes/ren-00.md", hero("沈一川", "末了。"))
		put(t, root, "content/pages/about.md", "---\ntitle: 关于\n---\n\n写在这里。\n")
		os.Remove(filepath.Join(root, "content", "heroes", "lai.md"))
		os.Remove(filepath.Join(root, "content", "pages", "cuo.md"))
		eventually(t, at+"/heroes/ren-00/", "末了", true)
		transport.CloseIdleConnections()
		http.DefaultClient.CloseIdleConnections()
		var m runtime.MemStats
		for range 100 { // connections take a moment to end
			runtime.GC()
			runtime.ReadMemStats(&m)
			if n := runtime.NumGoroutine(); n != goroutines {
				goroutines = n
				time.Sleep(50 * time.Millisecond)
				continue
			}
			break
		}
		return m.HeapAlloc, goroutines
	}
	round(time.Now().Add(during/3), clients)
	heap, goroutines := rest()
	round(time.Now().Add(during), clients)
	heapAfter, goroutinesAfter := rest()
	testrun.Comes(func() bool { // the last connections may still be ending
		goroutinesAfter = runtime.NumGoroutine()
		return goroutinesAfter <= goroutines+5
	})
	t.Logf("%d at once for %v: %d answers, %d streams; heap %.1f → %.1f MB, goroutines %d → %d", clients, during, asked.Load(), streams.Load(),
		float64(heap)/1e6, float64(heapAfter)/1e6, goroutines, goroutinesAfter)
	if asked.Load() < int64(clients) || streams.Load() == 0 {
		t.Error("hardly anything was asked: the test proves nothing")
	}
	if heapAfter > heap+heap/2+8<<20 {
		t.Errorf("the heap has grown from %d to %d KB", heap>>10, heapAfter>>10)
	}
	if goroutinesAfter > goroutines+5 {
		t.Errorf("%d goroutines are left, %d were before\n%s", goroutinesAfter, goroutines, stacks())
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	transport.CloseIdleConnections()
	if testrun.Comes(func() bool { return runtime.NumGoroutine() <= idle+2 }) {
		return
	}
	t.Errorf("%d goroutines outlive the server, %d were before it\n%s", runtime.NumGoroutine(), idle, stacks())
}

// save puts a file in the place of another at once, as many editors do: it is never
// half there.
func save(t testing.TB, root, name, text string) {
	put(t, root, "new", text)
	if err := os.Rename(filepath.Join(root, "new"), filepath.Join(root, filepath.FromSlash(name))); err != nil {
		t.Error(err)
	}
}

var paths = []string{
	"/", "/heroes/", "/heroes/ren-00/", "/heroes/ren-07/", "/about/", "/feed.xml", "/sitemap.xml", "/data/heroes.json", "/heroes/lai/",
	"/_live/findings", "/_studio/", "/nothing/", "/heroes/ren-05", "/_live/live.js", "/robots.txt",
}

// ask asks for a page. Every answer must be whole; only what is not there may be missing.
func ask(t testing.TB, client *http.Client, url string) {
	res, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	absent := strings.HasSuffix(url, "/nothing/") || strings.HasSuffix(url, "/lai/")
	switch {
	case err != nil:
		t.Errorf("%s: %v", url, err)
	case res.StatusCode != http.StatusOK && !(absent && res.StatusCode == http.StatusNotFound):
		t.Errorf("%s: %d %.200s", url, res.StatusCode, b)
	case strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && !strings.Contains(string(b), "</html>"):
		t.Errorf("%s: cut off after %d bytes", url, len(b))
	}
}

// stream listens to events for a moment and leaves without a word.
func stream(t testing.TB, client *http.Client, at string) {
	ctx, leave := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer leave()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"/_live/events", nil)
	if err != nil {
		t.Error(err)
		return
	}
	res, err := client.Do(r)
	if err != nil {
		var slow net.Error
		if !errors.Is(err, context.DeadlineExceeded) && !(errors.As(err, &slow) && slow.Timeout()) {
			t.Error(err)
		}
		return
	}
	defer res.Body.Close()
	first := make([]byte, 64)
	if n, err := res.Body.Read(first); err == nil && !strings.HasPrefix(string(first[:n]), "retry:") {
		t.Errorf("the stream says %q", first[:n])
	}
	_, _ = io.Copy(io.Discard, res.Body) // until the time is over
}

func stacks() string {
	b := make([]byte, 1<<20)
	return string(b[:runtime.Stack(b, true)])
}
