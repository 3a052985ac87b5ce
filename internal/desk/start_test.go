package desk

import (
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/manual"
)

// nothingOpen starts a desk without a site.
func nothingOpen(o *Options) { o.Dir = "" }

// Whoever has no site is led to the page that makes one; five answers later its first hero
// is edited.
func TestNewSite(t *testing.T) {
	s := begin(t, nothingOpen)
	if r, _ := s.get(t, "/_studio/"); r.Header.Get("Location") != "/_studio/start/" {
		t.Fatal("led to", r.Header.Get("Location"))
	}
	_, page := s.get(t, "/_studio/start/")
	where := filepath.Join(s.home, "明灯")
	if !strings.Contains(page, where) {
		t.Error("no folder is suggested:", page)
	}
	answers := url.Values{"name": {"郑州市见义勇为协会"}, "address": {"yx.zz.gov.cn"}, "region": {"河南省/郑州市"}, "look": {"lamplight"}, "hero": {"张\n三: #"}, "where": {where}}
	r, body := s.post(t, "/_studio/start/new/", answers)
	if r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode, body)
	}
	dir := filepath.Join(where, "郑州市见义勇为协会")
	raw, err := os.ReadFile(filepath.Join(dir, "content", "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	settings, found := amend.Open(raw, content.KindSite)
	if settings == nil {
		t.Fatal(found)
	}
	for key, want := range map[string]string{"title": "郑州市见义勇为英雄谱", "base_url": "https://yx.zz.gov.cn/", "theme": ""} {
		if got := settings.Value().Get(key).Text; got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if got := settings.Value().Get("organisation").Get("name").Text; got != "郑州市见义勇为协会" {
		t.Errorf("organisation %q", got)
	}
	if !strings.Contains(string(raw), "# 备案号") {
		t.Errorf("what the settings explain is gone:\n%s", raw)
	}
	if _, err := os.Stat(filepath.Join(dir, "content", "heroes", "林照野.md")); err == nil {
		t.Error("the samples stay, though they were not asked for")
	}
	r, page = s.get(t, r.Header.Get("Location"))
	if r.StatusCode != http.StatusOK || !strings.Contains(page, `value="张 三: #"`) || !strings.Contains(page, `value="河南省/郑州市"`) || !strings.Contains(page, `value="publish"`) {
		t.Error("the first hero's form:", r.StatusCode, page)
	}
	if at := s.memory.Reach(dir); at != s.address {
		t.Errorf("a second start would find %q", at)
	}
}

// An answer that cannot be used is told at its question, and nothing is made.
func TestNewSiteRefused(t *testing.T) {
	s := begin(t, nothingOpen)
	fine := map[string]string{"name": "某会", "where": filepath.Join(s.home, "sites")}
	taken := filepath.Join(s.home, "taken", "某会")
	if err := os.MkdirAll(filepath.Join(taken, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for field, value := range map[string]string{"name": " ", "address": "https://yx.cn/?a", "look": "../lamplight", "where": "sites"} {
		form := url.Values{}
		for k, v := range fine {
			form.Set(k, v)
		}
		form.Set(field, value)
		r, body := s.post(t, "/_studio/start/new/", form)
		if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%s %q: %d", field, value, r.StatusCode)
		}
		if _, err := os.Stat(filepath.Join(s.home, "sites")); err == nil {
			t.Fatalf("%s %q: something was made", field, value)
		}
	}
	r, body := s.post(t, "/_studio/start/new/", url.Values{"name": {"某会"}, "where": {filepath.Dir(taken)}})
	if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "某会") {
		t.Error("a folder that holds something:", r.StatusCode)
	}
}

// A site is opened by its path, by the path of the content within, or found by looking
// through folders; a form of the site that was left changes nothing any more.
func TestOpenSite(t *testing.T) {
	s := begin(t)
	other := begin(t).dir
	old := s.token
	for _, typed := range []string{other, `"` + other + `"`, filepath.Join(other, "content")} {
		if r, body := s.post(t, "/_studio/start/open/", url.Values{"dir": {typed}}); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", typed, r.StatusCode, body)
		}
		s.renew(t)
	}
	token := s.token
	s.token = old
	if r, _ := s.post(t, "/_studio/edit/content/heroes/林照野.md", url.Values{"do": {"trash"}}); r.StatusCode != http.StatusForbidden {
		t.Error("a form of another site was taken:", r.StatusCode)
	}
	s.token = token
	for _, dir := range []string{s.home, "content", "", filepath.Join(s.home, "nowhere")} {
		if r, _ := s.post(t, "/_studio/start/open/", url.Values{"dir": {dir}}); r.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", dir, r.StatusCode)
		}
	}
	if _, page := s.get(t, "/_studio/start/"); !strings.Contains(page, s.dir) || !strings.Contains(page, other) {
		t.Error("the sites that were open are not offered")
	}
}

// Folders are listed below the home folder alone.
func TestBrowse(t *testing.T) {
	s := begin(t, nothingOpen)
	for _, dir := range []string{"网站/甲/content", "网站/乙", ".hidden", "a&b"} {
		if err := os.MkdirAll(filepath.Join(s.home, filepath.FromSlash(dir)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	secret := filepath.Join(t.TempDir(), "secret-outside")
	if err := os.MkdirAll(secret, 0o755); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(filepath.Dir(secret), filepath.Join(s.home, "out")); err != nil {
			t.Fatal(err)
		}
	}
	_, page := s.get(t, "/_studio/start/?in=")
	if !strings.Contains(page, "a%26b") || strings.Contains(page, ".hidden") {
		t.Error(page)
	}
	_, page = s.get(t, "/_studio/start/?in="+url.QueryEscape("网站"))
	if !strings.Contains(page, `value="`+filepath.Join(s.home, "网站", "甲")+`"`) || strings.Contains(page, `value="`+filepath.Join(s.home, "网站", "乙")) {
		t.Error("which folders are sites:", page)
	}
	for _, in := range []string{"..", "../..", "/", "out", "out/", "网站/../..", filepath.Dir(secret), `..\..`, "a\x00b", "C:"} {
		if r, page := s.get(t, "/_studio/start/?in="+url.QueryEscape(in)); r.StatusCode != http.StatusOK || strings.Contains(page, "secret-outside") || strings.Contains(page, "desk.json") {
			t.Errorf("%q leads out: %d", in, r.StatusCode)
		}
	}
}

// A second start finds the desk that is running, with or without a site; one that is gone,
// or whose port another program has by now, is forgotten.
func TestSecondStart(t *testing.T) {
	s := begin(t, nothingOpen)
	if at := s.memory.ReachAny(); at != s.address {
		t.Errorf("without a site: %q", at)
	}
	other := begin(t, func(o *Options) { o.Memory = s.memory })
	if at := s.memory.Reach(other.dir); at != other.address {
		t.Errorf("by its folder: %q", at)
	}
	if at := s.memory.ReachAny(); at != other.address {
		t.Errorf("the site that was opened last: %q", at)
	}
	other.stop()
	<-other.ended
	if at := s.memory.Reach(other.dir); at != "" {
		t.Errorf("an ended desk: %q", at)
	}
	if at := s.memory.ReachAny(); at != s.address {
		t.Errorf("the other goes on: %q", at)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan string, 8)
	stranger := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.String()
		w.Header().Set(hereHeader, "yes")
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})}
	go stranger.Serve(ln)
	defer stranger.Close()
	s.memory.Running("/gone", "http://"+ln.Addr().String()+"/_studio/?key=SECRET")
	if at := s.memory.Reach("/gone"); at != "" {
		t.Errorf("another program at the port: %q", at)
	}
	if url := <-asked; strings.Contains(url, "SECRET") {
		t.Errorf("it was told the key: %s", url)
	}
	if strings.Contains(readFile(t, s.memory.file), "SECRET") {
		t.Error("what is gone is remembered")
	}
}

// Several desks write the memory at once, and nothing of it is lost or open to others.
func TestMemoryShared(t *testing.T) {
	m := RememberIn(filepath.Join(t.TempDir(), "config"))
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			dir := filepath.Join(t.TempDir(), "s", string(rune('a'+i)))
			if err := os.MkdirAll(filepath.Join(dir, "content"), 0o755); err != nil {
				t.Error(err)
			}
			m.Opened(dir)
			m.Running(dir, "http://127.0.0.1:1/_studio/?key="+string(rune('a'+i)))
		})
	}
	wg.Wait()
	if n := len(m.Sites()); n != 6 {
		t.Errorf("%d sites are remembered", n)
	}
	if n := len(m.read().Running); n != 6 {
		t.Errorf("%d desks are remembered", n)
	}
	if runtime.GOOS == "windows" {
		return // modes are not what protects a file there
	}
	info, err := os.Stat(m.file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Every topic of the manual is a page, and every word of it stands there.
func TestHelp(t *testing.T) {
	s := begin(t, nothingOpen)
	_, list := s.get(t, "/_studio/help/")
	for _, topic := range manual.Topics() {
		if !strings.Contains(list, "/_studio/help/"+topic.Name+"/") {
			t.Error("not listed:", topic.Name)
		}
		r, page := s.get(t, "/_studio/help/"+topic.Name+"/")
		if r.StatusCode != http.StatusOK || !strings.Contains(page, "<h1>") {
			t.Errorf("%s: %d", topic.Name, r.StatusCode)
		}
		said, text := "", topic.Text("zh")
		for _, b := range manualBlocks(text) {
			said += b.Text
			for _, l := range b.Lines {
				said += spoken(l)
			}
			for _, r := range b.Rows {
				said += spoken(r.Term) + spoken(r.Said)
			}
		}
		for _, word := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \n`#-—|.=", c) || c >= '0' && c <= '9' }) {
			if !strings.HasPrefix(text, "# ") && !strings.Contains(said, word) {
				t.Errorf("%s: %q is lost", topic.Name, word)
				break
			}
		}
	}
	if r, _ := s.get(t, "/_studio/help/nothing/"); r.StatusCode != http.StatusNotFound {
		t.Error(r.StatusCode)
	}
}

func spoken(s []span) (out string) {
	for _, x := range s {
		out += x.Text
	}
	return out
}
