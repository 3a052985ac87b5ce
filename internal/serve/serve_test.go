package serve

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/manual"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
)

// site writes a small site and returns its folder.
func newSite(t testing.TB) string {
	t.Helper()
	root := t.TempDir()
	put(t, root, "content/site.yaml", "title: 灯下\nbase_url: https://lamp.example.cn/\n")
	for i := range 30 {
		put(t, root, fmt.Sprintf("content/heroes/ren-%02d.md", i), hero(fmt.Sprintf("沈%c川", rune('一'+i)), strings.Repeat("他跳进河里。\n\n", 30)))
	}
	put(t, root, "content/pages/about.md", "---\ntitle: 关于\n---\n\n写在这里。\n")
	return root
}

func hero(name, text string) string {
	return "---\nname: " + name + "\nregion: 河南省/郑州市\nconsent: {publish: true}\ndeed: {date: 2020-05, type: water-rescue, summary: 他救起了两个孩子。}\n---\n\n" + text
}

func put(t testing.TB, root, name, text string) {
	t.Helper()
	p := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// told keeps what a server says.
type told struct {
	mu    sync.Mutex
	found []diag.Finding
	times int
	fine  int
}

func (x *told) tell(found []diag.Finding, mended bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.found = append(x.found, found...)
	x.times++
	if mended {
		x.fine++
	}
}

// codes counts what was told by its code; the lock is held.
func (x *told) codes() map[string]int {
	codes := map[string]int{}
	for _, f := range x.found {
		codes[f.Code.ID]++
	}
	return codes
}

// wait waits until ok holds, asked under the lock.
func (x *told) wait(t *testing.T, what string, ok func() bool) {
	t.Helper()
	testrun.Wait(t, func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return ok()
	}, "told %s", what)
}

// start serves a site until the test ends and returns its address, without the last /.
func start(t testing.TB, root string, x *told) string {
	t.Helper()
	live, err := live.Open(project.Options{Root: root, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, done := make(chan Address, 1), make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{Site: live, Root: root, Addr: "127.0.0.1:0", Ready: func(a Address) { ready <- a }, Tell: x.tell})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		live.Close()
	})
	select {
	case a := <-ready:
		return strings.TrimSuffix(a.Local, "/")
	case err := <-done:
		t.Fatal(err)
		return ""
	}
}

func get(t testing.TB, url string) (int, string) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

// eventually waits until the page at url holds, or no longer holds, a text.
func eventually(t testing.TB, url, text string, holds bool) {
	t.Helper()
	testrun.Wait(t, func() bool {
		_, body := get(t, url)
		return strings.Contains(body, text) == holds
	}, "%s: %q there: %v", url, text, holds)
}

func TestPages(t *testing.T) {
	at := start(t, newSite(t), &told{})
	for _, c := range []struct {
		path   string
		status int
		holds  string
	}{
		{"/", 200, "灯下"},
		{"/heroes/ren-03/", 200, "沈七川"},
		{"/heroes/ren-03", 200, "沈七川"},
		{"/about/", 200, "写在这里"},
		{"/feed.xml", 200, "<feed"},
		{"/nothing/", 404, "_live/live.js"},
		{"/_live/live.js", 200, "EventSource"},
		{"/_live/none", 404, ""},
		{"/_live/broken.html", 404, ""},
		{"/_live/../../go.mod", 404, ""},
		{"/..%2f..%2fetc%2fpasswd", 404, ""},
		{"/%2e%2e/content/site.yaml", 404, ""},
		{"/content/site.yaml", 404, ""},
		{"/heroes/..\\..\\site.yaml", 404, ""},
		{"/heroes/ren-03/index.html%00", 404, ""},
		{"//lamp.example.cn/heroes", 404, ""},
	} {
		status, body := get(t, at+c.path)
		if status != c.status || !strings.Contains(body, c.holds) {
			t.Errorf("%s: %d %.200s", c.path, status, body)
		}
		if strings.Contains(body, "base_url") || strings.Contains(body, "root:") {
			t.Errorf("%s: a file of the machine", c.path)
		}
	}
}

// The one file of a screen is saved as a build would make it: without the server's script.
func TestFileToTakeAway(t *testing.T) {
	root := newSite(t)
	put(t, root, "content/screens/hall.md", "---\ntitle: 大厅\nslogans: [灯]\n---\n")
	at := start(t, root, &told{})
	r, err := http.Get(at + "/screens/hall/hall.html")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.Header.Get("Content-Disposition") != "attachment" || strings.Contains(string(b), "_live") || !strings.Contains(string(b), "<style>") {
		t.Errorf("%s: %.300s", r.Header, b)
	}
	if _, page := get(t, at+"/screens/hall/"); !strings.Contains(page, "_live/live.js") || strings.Contains(page, "<style>") {
		t.Errorf("the page of the screen: %.300s", page)
	}
}

// A page elsewhere may let its own name lead here, or send requests here.
func TestForeignRequests(t *testing.T) {
	at := start(t, newSite(t), &told{})
	host := strings.TrimPrefix(at, "http://")
	_, port, _ := net.SplitHostPort(host)
	for _, c := range []struct {
		name, method, path, host, origin, fetch string
		status                                  int
	}{
		{"as it is", "GET", "/", host, "", "", 200},
		{"by name", "GET", "/", "LOCALHOST:" + port, "", "", 200},
		{"rebound", "GET", "/", "evil.example:" + port, "", "", 421},
		{"rebound, no port", "GET", "/", "evil.example", "", "", 421},
		{"rebound studio", "GET", "/_studio/", "evil.example:" + port, "", "", 421},
		{"a name that ends in ours", "GET", "/", "127.0.0.1:" + port + ".evil.example", "", "", 421},
		{"no host", "GET", "/", "-", "", "", 421},
		{"other port", "GET", "/", "127.0.0.1:1", "", "", 421},
		{"foreign origin", "GET", "/_live/findings", host, "https://evil.example", "", 403},
		{"null origin", "GET", "/_live/findings", host, "null", "", 403},
		{"own origin", "GET", "/_live/findings", host, "http://" + host, "same-origin", 200},
		{"cross-site", "GET", "/_live/findings", host, "", "cross-site", 403},
		{"same-site", "GET", "/_studio/", host, "", "same-site", 403},
		{"typed", "GET", "/_live/findings", host, "", "none", 200},
		{"write", "POST", "/", host, "", "", 405},
		{"write studio", "DELETE", "/_studio/", host, "", "", 405},
	} {
		r, err := http.NewRequest(c.method, at+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Host = c.host; c.host == "-" {
			r.Host = "x" // replaced by nothing a browser sends
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		if c.fetch != "" {
			r.Header.Set("Sec-Fetch-Site", c.fetch)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, res.StatusCode, c.status)
		}
	}
}

func TestPortInUse(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	next, moved, err := listen(ln.Addr().String(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	if !moved || next.Addr().String() == ln.Addr().String() {
		t.Errorf("took %s, moved: %v", next.Addr(), moved)
	}
}

// Every way in which files change.
func TestFollows(t *testing.T) {
	root := newSite(t)
	at := start(t, root, &told{})
	page := at + "/heroes/ren-05/"
	file := filepath.Join(root, "content/heroes/ren-05.md")
	text := func(s string) string { return hero("沈丅川", s) }

	t.Run("write", func(t *testing.T) {
		put(t, root, "content/heroes/ren-05.md", text("他喊了一声。"))
		eventually(t, page, "他喊了一声", true)
	})
	t.Run("rename over", func(t *testing.T) { // as many editors save
		put(t, root, "content/heroes/.ren-05.md.swp", "x")
		put(t, root, "content/heroes/ren-05.md.new", text("他又喊了一声。"))
		if err := os.Rename(file+".new", file); err != nil {
			t.Fatal(err)
		}
		eventually(t, page, "他又喊了一声", true)
	})
	t.Run("move away, write, as WPS and Word save", func(t *testing.T) {
		if err := os.Rename(file, filepath.Join(root, "content/heroes/~WRL0001.tmp")); err != nil {
			t.Fatal(err)
		}
		put(t, root, "content/heroes/ren-05.md", text("第三声。"))
		if err := os.Remove(filepath.Join(root, "content/heroes/~WRL0001.tmp")); err != nil {
			t.Fatal(err)
		}
		eventually(t, page, "第三声", true)
	})
	t.Run("in two steps", func(t *testing.T) {
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(60 * time.Millisecond) // the file is empty now
		if _, err := f.WriteString(text("第四声。")); err != nil {
			t.Fatal(err)
		}
		f.Close()
		eventually(t, page, "第四声", true)
	})
	t.Run("head", func(t *testing.T) {
		put(t, root, "content/heroes/ren-05.md", strings.Replace(text("第四声。"), "沈丅川", "沈渡川", 1))
		eventually(t, page, "沈渡川", true)
		eventually(t, at+"/heroes/", "沈渡川", true)
	})
	t.Run("new folder", func(t *testing.T) {
		put(t, root, "content/venues/yuan/_index.md", "---\nname: 长堤园\nkind: park\nregion: 河南省\n---\n")
		eventually(t, at+"/venues/yuan/", "长堤园", true)
		put(t, root, "content/venues/yuan/shi.md", "---\nname: 一块石\nkind: stone\n---\n")
		eventually(t, at+"/venues/yuan/shi/", "一块石", true)
	})
	t.Run("folder moved", func(t *testing.T) {
		if err := os.Rename(filepath.Join(root, "content/venues/yuan"), filepath.Join(root, "content/venues/di")); err != nil {
			t.Fatal(err)
		}
		eventually(t, at+"/venues/di/", "长堤园", true)
		eventually(t, at+"/venues/yuan/", "长堤园", false)
		put(t, root, "content/venues/di/shi.md", "---\nname: 两块石\nkind: stone\n---\n")
		eventually(t, at+"/venues/di/shi/", "两块石", true)
	})
	t.Run("content goes and returns", func(t *testing.T) {
		away := filepath.Join(root, "away")
		if err := os.Rename(filepath.Join(root, "content"), away); err != nil {
			t.Fatal(err)
		}
		eventually(t, page, "沈渡川", false)
		if err := os.Rename(away, filepath.Join(root, "content")); err != nil {
			t.Fatal(err)
		}
		eventually(t, page, "沈渡川", true)
		put(t, root, "content/heroes/ren-05.md", text("回来以后。"))
		eventually(t, page, "回来以后", true)
	})
	t.Run("ten thousand at once", func(t *testing.T) {
		files := testrun.Of(400, 2000)
		for i := range files {
			for range 10_000 / files {
				put(t, root, fmt.Sprintf("content/heroes/duo-%04d.md", i), hero("多"+string(rune('一'+i)), "一。"))
			}
		}
		last := fmt.Sprintf("%s/heroes/duo-%04d/", at, files-1)
		eventually(t, last, "一。", true)
		if err := os.RemoveAll(filepath.Join(root, "content/heroes")); err != nil {
			t.Fatal(err)
		}
		eventually(t, last, "一。", false)
		put(t, root, "content/heroes/ren-05.md", text("还在。"))
		eventually(t, page, "还在", true)
	})
}

// A finding is told once, stays on the page while it holds, and goes when it is mended.
// The page knows of it a moment before it is told, and what is mended before it was told
// never is: the test waits for each.
func TestTold(t *testing.T) {
	root := newSite(t)
	x := &told{}
	at := start(t, root, x)
	bad := strings.Replace(hero("沈渡川", "他喊。\n"), "name:", "nmae:", 1)
	put(t, root, "content/heroes/ren-07.md", bad)
	eventually(t, at+"/_live/findings", "nmae", true)
	eventually(t, at+"/_live/findings", `"excerpt":"nmae: 沈渡川\n^^^^","fix":"name: 沈渡川"`, true)
	eventually(t, at+"/_studio/", `<pre class="fix">name: 沈渡川</pre>`, true)
	x.wait(t, "the unknown key", func() bool { return x.codes()["unknown-key"] == 1 })
	put(t, root, "content/heroes/ren-08.md", hero("沈一川", "改了别的。"))
	eventually(t, at+"/heroes/ren-08/", "改了别的", true)
	put(t, root, "content/heroes/ren-07.md", strings.Replace(bad, "nmae:", "name:", 1))
	eventually(t, at+"/_live/findings", "nmae", false)
	x.wait(t, "that all is mended", func() bool { return x.fine > 0 })
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.codes()["unknown-key"] != 1 || x.fine != 1 {
		t.Errorf("told %v, mended %d times", x.codes(), x.fine)
	}
}

// Faults in a text are told when its page is made, and again looked at when anything changes.
func TestTextFindings(t *testing.T) {
	root := newSite(t)
	x := &told{}
	at := start(t, root, x)
	put(t, root, "content/heroes/ren-07.md", hero("沈渡川", "![](mei-you.png)\n"))
	eventually(t, at+"/_live/findings", "mei-you.png", true) // the sweep finds it, no page was asked for
	put(t, root, "content/heroes/ren-07.md", hero("沈渡川", "好了。\n"))
	eventually(t, at+"/_live/findings", "mei-you.png", false)
}

// The studio knows also what is not published; the site does not.
func TestStudio(t *testing.T) {
	root := newSite(t)
	put(t, root, "content/heroes/mi.md", strings.Replace(hero("密某人", "他。"), "publish: true", "publish: false", 1))
	put(t, root, "content/heroes/gao.md", strings.Replace(hero("高草稿", "他。"), "---\n", "---\ndraft: true\n", 1))
	put(t, root, "content/heroes/dao.md", strings.Replace(hero("到期川", "他。"), "publish: true", "publish: true, until: 2026-12-24", 1))
	at := start(t, root, &told{})
	_, page := get(t, at+"/_studio/")
	for _, want := range []string{"密某人", "未获公开授权", "高草稿", "草稿", "到期川", "授权六十天内到期", "2026-12-24", "没有可公开的肖像"} {
		if !strings.Contains(page, want) {
			t.Errorf("the studio does not say %s", want)
		}
	}
	if _, found := get(t, at+"/_studio/?q="+url.QueryEscape("高草稿")); !strings.Contains(found, "高草稿</td>") || strings.Contains(found, "沈一川</a></td>") {
		t.Error("the list is not narrowed")
	}
	if _, list := get(t, at+"/heroes/"); strings.Contains(list, "密某人") || strings.Contains(list, "高草稿") {
		t.Error("the site shows what is not published")
	}
	for _, topic := range manual.Topics() {
		if status, text := get(t, at+"/_studio/help/"+topic.Name); status != 200 || !strings.Contains(text, topic.Title.Zh) {
			t.Errorf("help/%s: %d", topic.Name, status)
		}
	}
}

// Nothing is written, and the studio is not part of a site.
func TestWritesNothing(t *testing.T) {
	root := newSite(t)
	at := start(t, root, &told{})
	get(t, at+"/")
	get(t, at+"/heroes/ren-01/")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, []string{"content"}) {
		t.Errorf("the folder holds %v", names)
	}
}
