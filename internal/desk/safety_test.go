package desk

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/manual"
	"mingdeng/internal/testrun"
)

// This file attacks the desk by requests, safety_browser_test.go by pages of a browser.

// hero is the sample record of a new site.
const hero = "content/heroes/林照野.md"

// addresses are all of the desk's, each way a pattern can be filled in; the method stands
// before each.
func addresses(t testing.TB, s *visitor) (out []string) {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(s.dir), content.Root, func(p string, e fs.DirEntry, err error) error {
		if strings.HasSuffix(p, ".md") {
			files = append(files, wayTo(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var kinds, topics []string
	for _, k := range content.Kinds() {
		kinds = append(kinds, string(k.Kind))
	}
	for _, topic := range manual.Topics() {
		topics = append(topics, topic.Name)
	}
	fill := map[string][]string{"{path...}": files, "{kind}": kinds, "{topic}": topics, "{code}": {"0000"}, "{id}": {"0"}, "{file}": {"0000.svg"}, "{name}": {"desk.js", "desk.css"}, "{$}": {""}}
	routes := append(slices.Concat(slices.Concat(siteRoutes()...), slices.Concat(otherRoutes()...)), route{pattern: "GET /_studio/assets/{name}"}, route{pattern: "GET /"}, route{pattern: "POST /_studio/quit/{$}"})
	for _, r := range routes {
		list := []string{r.pattern}
		for name, values := range fill {
			var next []string
			for _, p := range list {
				if !strings.Contains(p, name) {
					next = append(next, p)
					continue
				}
				for _, v := range values {
					next = append(next, strings.Replace(p, name, v, 1))
				}
			}
			list = next
		}
		for _, p := range list {
			if strings.Contains(p, "{") {
				t.Fatalf("how is %s filled in?", p)
			}
		}
		out = append(out, list...)
	}
	return out
}

// raw sends a request as it stands, which no client would, and returns the answer.
func (s *visitor) raw(t testing.TB, head string, body io.Reader) (*http.Response, string) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, strings.ReplaceAll(head, "\n", "\r\n")+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if body != nil {
		go io.Copy(c, body) // until the other end has enough
	}
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, _ := io.ReadAll(r.Body) // an answer to a body that was not read may be cut off
	return r, string(b)
}

func (s *visitor) host() string { return strings.TrimPrefix(s.at, "http://") }

// cookie is the header that bears the session.
func (s *visitor) cookie(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(s.at)
	if err != nil {
		t.Fatal(err)
	}
	c := s.client.Jar.Cookies(u)
	if len(c) != 1 {
		t.Fatal(c)
	}
	return c[0].String()
}

// tree is all that lies in the site's folder, by its path.
func (s *visitor) tree(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(s.dir, func(p string, e fs.DirEntry, err error) error {
		if own := strings.HasPrefix(p, filepath.Join(s.dir, ".git")+string(filepath.Separator)); own && filepath.Base(p) != "config" && !strings.Contains(p, "hooks") {
			return nil // the versions of what was saved
		}
		if err == nil && e.Type().IsRegular() {
			out[p] = readFile(t, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (s *visitor) unchanged(t testing.TB, before map[string]string) {
	t.Helper()
	after := s.tree(t)
	for p := range after {
		if after[p] != before[p] {
			t.Errorf("%s was changed", p)
		}
	}
	for p := range before {
		if _, ok := after[p]; !ok {
			t.Errorf("%s is gone", p)
		}
	}
}

// Without a session every address answers 403 and says nothing of the site; so does a wrong
// key. Every answer, whatever it is, may be framed by nobody and runs nothing of its own.
func TestNoKey(t *testing.T) {
	s := begin(t)
	before := s.tree(t)
	all := addresses(t, s)
	if len(all) < 40 {
		t.Fatal(all)
	}
	for _, a := range all {
		method, path, _ := strings.Cut(a, " ")
		for _, more := range []string{"", "?key=", "?key=x", "?key=" + s.token} {
			r, body := s.raw(t, fmt.Sprintf("%s %s%s HTTP/1.1\nHost: %s\nOrigin: %s\nContent-Length: 0", method, path, more, s.host(), s.at), nil)
			if r.StatusCode != http.StatusForbidden || r.Header.Get("Set-Cookie") != "" || strings.Contains(body, "某某市") {
				t.Fatalf("%s%s: %d %v %s", a, more, r.StatusCode, r.Header, body)
			}
			guarded(t, a, r)
		}
	}
	s.unchanged(t, before)
	for _, a := range all {
		if path, ok := strings.CutPrefix(a, "GET "); ok && !strings.HasPrefix(path, "/_studio/watch/") { // an answer that goes on
			r, _ := s.get(t, path)
			guarded(t, a, r)
		}
	}
}

// guarded looks at the headers of an answer.
func guarded(t testing.TB, what string, r *http.Response) {
	t.Helper()
	policy := r.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src") && strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "unsafe-eval") {
		t.Errorf("%s: %q", what, policy)
	}
	if r.Header.Get("X-Frame-Options") != "DENY" || r.Header.Get("X-Content-Type-Options") != "nosniff" || r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
		t.Errorf("%s: %v", what, r.Header)
	}
}

// A token holds for its own session, in the body or the header of a request alone.
func TestStolenToken(t *testing.T) {
	s, other := begin(t), begin(t)
	before := s.tree(t)
	path := "/_studio/edit/" + wayTo(hero)
	trash := func(cookie, token, more string) int {
		body := url.Values{"do": {"trash"}, "token": {token}}.Encode()
		r, _ := s.raw(t, fmt.Sprintf("POST %s HTTP/1.1\nHost: %s\nOrigin: %s\nCookie: %s\nContent-Type: application/x-www-form-urlencoded\nContent-Length: %d%s", path, s.host(), s.at, cookie, len(body), more), strings.NewReader(body))
		return r.StatusCode
	}
	mine := s.cookie(t)
	_, name, _ := strings.Cut(mine, "=")
	second := start2(t, s)
	for what, code := range map[string]int{
		"no token":                     trash(mine, "", ""),
		"no token, one in the header":  trash(mine, "", "\nX-Mingdeng-Token: x"),
		"a right one and a wrong one":  trash(mine, s.token, "\nX-Mingdeng-Token: x"),
		"of another desk":              trash(mine, other.token, ""),
		"of another session":           trash(mine, second.token, ""),
		"the session itself":           trash(mine, name, ""),
		"a right one without session":  trash("a=b", s.token, ""),
		"another desk's session":       trash(strings.Replace(other.cookie(t), "mingdeng", "mingdeng", 1), s.token, ""),
		"two cookies, the first wrong": trash(strings.Split(mine, "=")[0]+"=x; "+mine, s.token, ""),
	} {
		if code != http.StatusForbidden {
			t.Errorf("%s: %d", what, code)
		}
	}
	path += "?token=" + s.token
	if code := trash(mine, "", ""); code != http.StatusForbidden {
		t.Errorf("in the query: %d", code)
	}
	s.unchanged(t, before)
	if r, _ := s.raw(t, fmt.Sprintf("GET /%%5Cevil.example/?key=%s HTTP/1.1\nHost: %s\nCookie: %s", s.address[strings.Index(s.address, "key=")+4:], s.host(), mine), nil); strings.Contains(r.Header.Get("Location"), `\`) || strings.HasPrefix(r.Header.Get("Location"), "//") {
		t.Errorf("the key leads elsewhere: %s", r.Header.Get("Location"))
	}
}

// start2 is another browser at the same desk.
func start2(t testing.TB, s *visitor) *visitor {
	t.Helper()
	next := *s
	r, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Get(s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	next.client = &http.Client{Transport: bearing{r.Cookies()[0]}}
	next.renew(t)
	return &next
}

// bearing sends a cookie with every request.
type bearing struct{ c *http.Cookie }

func (b bearing) RoundTrip(r *http.Request) (*http.Response, error) {
	r.AddCookie(b.c)
	return http.DefaultTransport.RoundTrip(r)
}

// Whoever names another host, or comes from another site, is refused with all he knows: the
// pages of the site too.
func TestForeign(t *testing.T) {
	s := begin(t)
	before := s.tree(t)
	_, port, _ := net.SplitHostPort(s.host())
	body := url.Values{"do": {"trash"}, "token": {s.token}}.Encode()
	post := func(host, more string) int {
		r, _ := s.raw(t, fmt.Sprintf("POST /_studio/edit/%s HTTP/1.1\nHost: %s\nCookie: %s\nContent-Type: application/x-www-form-urlencoded\nContent-Length: %d%s", wayTo(hero), host, s.cookie(t), len(body), more), strings.NewReader(body))
		return r.StatusCode
	}
	for _, host := range []string{"evil.example:" + port, "evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:" + port, "127.0.0.1.nip.io:" + port, "[::1]:" + port, "0.0.0.0:" + port, "127.1:" + port, s.host() + ".", "evil@" + s.host()} {
		if code := post(host, "\nOrigin: http://"+host); code != http.StatusMisdirectedRequest && code != http.StatusBadRequest {
			t.Errorf("host %s: %d", host, code)
		}
	}
	for _, more := range []string{
		"", "\nOrigin: null", "\nOrigin: http://evil.example", "\nOrigin: https://" + s.host(), "\nOrigin: http://127.0.0.1:1", "\nOrigin: http://" + s.host() + ".evil.example",
		"\nOrigin: " + s.at + "\nSec-Fetch-Site: cross-site", "\nOrigin: " + s.at + "\nSec-Fetch-Site: same-site", "\nSec-Fetch-Site: none", "\nOrigin: http://evil.example\nSec-Fetch-Site: same-origin",
		"\nReferer: " + s.at + "/",
	} {
		if code := post(s.host(), more); code != http.StatusForbidden {
			t.Errorf("%q: %d", more, code)
		}
	}
	s.unchanged(t, before)
	_, page := s.get(t, "/_studio/edit/"+wayTo(hero))
	_, rest, _ := strings.Cut(page, `data-preview="`)
	preview := rest[:strings.Index(rest, `"`)]
	for _, head := range []string{"\nHost: evil.example\nCookie: " + s.cookie(t), "\nHost: " + strings.TrimPrefix(preview, "http://")} {
		p := *s
		p.at = preview
		if r, body := p.raw(t, "GET / HTTP/1.1"+head, nil); r.StatusCode < 400 || strings.Contains(body, "林照野") {
			t.Errorf("the pages of the site: %q: %d", head, r.StatusCode)
		}
	}
}

// No path leads out of content, to another kind of file, or to what is not the editor's.
func TestPaths(t *testing.T) {
	s := begin(t)
	put := func(name, text string) {
		t.Helper()
		p := filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const canary = "CANARY-7391"
	for _, name := range []string{"../outside.md", ".git/config", ".git/a.md", "content/.hidden/a.md", "content/.a.md", "themes/x/a.md", "content/plain.txt", "content/heroes/data.json", "notes.md", "content.md"} {
		put(name, "---\nname: "+canary+"\n---\n"+canary+"\n")
	}
	if runtime.GOOS != "windows" {
		for link, to := range map[string]string{"content/heroes/link.md": "../../../outside.md", "content/heroes/folder": "../../..", "content/heroes/up": "../.."} {
			if err := os.Symlink(to, filepath.Join(s.dir, link)); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := s.tree(t)
	tricks := []string{
		"content/../notes.md", "../outside.md", "content/heroes/../../notes.md", "content/heroes/../../../outside.md", "%2e%2e/outside.md", "content/%2e%2e/notes.md", "content%2f..%2fnotes.md",
		"content/heroes/..%2f..%2fnotes.md", "content/%2e%2e%2f%2e%2e%2foutside.md", "content/..%5cnotes.md", `content\..\notes.md`, "content/heroes%5c..%5c..%5cnotes.md", "%252e%252e/outside.md", "content/%252e%252e/notes.md",
		"C:/notes.md", "C:%5cnotes.md", "content/C:/notes.md", "content/heroes/a.md:stream.md", "content/heroes/%00.md", "content/heroes/x%00.md", "content/heroes/" + wayTo("林照野.md") + "%00", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd",
		".git/config", ".git/a.md", "content/.hidden/a.md", "content/.a.md", "themes/x/a.md", "content/plain.txt", "content/heroes/data.json", "notes.md", "content.md", "content/", "content", "", "./content/heroes/x.md",
		"content/heroes/link.md", "content/heroes/folder/outside.md", "content/heroes/up/notes.md", "content//heroes/../../notes.md", "content/heroes/./../../notes.md", "content/heroes/" + strings.Repeat("a/", 3000) + "b.md", "content/" + strings.Repeat("x", 5000) + ".md",
		"content/heroes/CON.md", "content/heroes/nul.md", "content/heroes/NUL", "content/heroes/", "content/heroes.md",
	}
	body := url.Values{"whole": {"spoilt"}, "base": {digest([]byte("---\nname: " + canary + "\n---\n" + canary + "\n"))}, "token": {s.token}}.Encode()
	for _, trick := range tricks {
		for _, part := range []string{"edit", "file", "try", "upload", "phone", "new", "list", "names", "help", "assets", "history", ""} {
			at := strings.TrimSuffix("/_studio/"+part, "/") + "/" + trick
			for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
				if strings.Contains(at, " ") {
					t.Fatal(at)
				}
				r, got := s.raw(t, fmt.Sprintf("%s %s HTTP/1.1\nHost: %s\nOrigin: %s\nCookie: %s\nContent-Type: application/x-www-form-urlencoded\nContent-Length: %d\nConnection: close", method, at, s.host(), s.at, s.cookie(t), len(body)), strings.NewReader(body))
				if strings.Contains(got, canary) || strings.Contains(got, "root:") {
					t.Errorf("%s %s shows what is not its own: %d", method, at, r.StatusCode)
				}
				if r.StatusCode >= 500 {
					t.Errorf("%s %s: %d %s", method, at, r.StatusCode, got)
				}
				if to := r.Header.Get("Location"); to != "" && !strings.HasPrefix(to, "/_studio/") && !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
					t.Errorf("%s %s leads to %s", method, at, to)
				}
			}
		}
	}
	s.unchanged(t, before)
}

// endless gives bytes without end and counts them.
type endless struct {
	head io.Reader
	n    atomic.Int64
	most int64
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.head.Read(p); n > 0 || err != io.EOF {
		return n, err
	}
	if e.n.Load() >= e.most {
		return 0, io.EOF
	}
	n := min(len(p), 64<<10)
	e.n.Add(int64(n))
	return n, nil
}

// Of an upload that is too large, or bears no right token, no more is taken in than its
// bound, and nothing of it stays.
func TestLargeUpload(t *testing.T) {
	temp := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temp)
	}
	s := begin(t)
	before := s.tree(t)
	const all = 5 << 30
	part := func(token string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
	}
	hidden := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
	head := func(path, kind, length string) string {
		return fmt.Sprintf("POST %s HTTP/1.1\nHost: %s\nOrigin: %s\nCookie: %s\nContent-Type: %s\n%s", path, s.host(), s.at, s.cookie(t), kind, length)
	}
	multi, form := "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"
	upload := "/_studio/upload/" + wayTo(hero)
	long, chunked := fmt.Sprintf("Content-Length: %d", int64(all)), "Transfer-Encoding: chunked"
	cases := []struct {
		what, head, first string
		status            int
		most              int64 // bytes that are taken from the sender; what lies in between included
	}{
		{"said to be 5 GB, right token", head(upload, multi, long), part(s.token), 413, 32 << 20},
		{"said to be 5 GB, wrong token", head(upload, multi, long), part("x"), 413, 32 << 20},
		{"said to be 5 GB, token in the header", head(upload, multi, long+"\nX-Mingdeng-Token: "+s.token), hidden, 413, 32 << 20},
		{"without end, wrong token", head(upload, multi, chunked), part("x"), 403, 32 << 20},
		{"without end, no token first", head(upload, multi, chunked), hidden, 403, 32 << 20},
		{"without end, a token without end", head(upload, multi, chunked), strings.TrimSuffix(part(""), "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"), 403, 32 << 20},
		{"without end, no parts", head(upload, multi, chunked), "", 403, 32 << 20},
		{"without end, no form", head(upload, form, chunked), "token=" + s.token + "&a=", 413, maxForm + 32<<20},
		{"without end, no session", strings.Replace(head(upload, multi, chunked), "Cookie: ", "Cookie: x", 1), part(s.token), 403, 32 << 20},
		{"to nobody", head("/_studio/nothing/", multi, chunked), part("x"), 403, 32 << 20},
		{"a put", strings.Replace(head(upload, multi, chunked), "POST", "PUT", 1), part(s.token), 404, 32 << 20},
		{"a long field", head("/_studio/edit/"+wayTo(hero), multi, chunked), strings.Replace(part(s.token), `; filename="a.jpg"`, "", 1), 413, 64 << 20},
	}
	if testrun.Long() {
		cases = append(cases, struct {
			what, head, first string
			status            int
			most              int64
		}{"without end, right token", head(upload, multi, chunked), part(s.token), 413, maxUpload + 32<<20})
	}
	for _, c := range cases {
		e := &endless{head: strings.NewReader(c.first), most: all}
		var body io.Reader = e
		if strings.Contains(c.head, "chunked") {
			body = inChunks(e)
		}
		var was, is runtime.MemStats
		runtime.ReadMemStats(&was)
		r, got := s.raw(t, c.head, body)
		runtime.ReadMemStats(&is)
		if r.StatusCode != c.status {
			t.Errorf("%s: %d %s", c.what, r.StatusCode, got)
		}
		if n := e.n.Load(); n > c.most {
			t.Errorf("%s: %d MB were taken in", c.what, n>>20)
		}
		if list, err := os.ReadDir(temp); err != nil || len(list) > 0 {
			t.Errorf("%s: %v stay in temporary files", c.what, list)
		}
		if grown := int64(is.HeapAlloc) - int64(was.HeapAlloc); grown > 128<<20 {
			t.Errorf("%s: the heap grew by %d MB", c.what, grown>>20)
		}
	}
	s.unchanged(t, before)
}

// inChunks is a body in the chunks of HTTP/1.1.
func inChunks(r io.Reader) io.Reader {
	from, to := io.Pipe()
	go func() {
		b := make([]byte, 64<<10)
		for {
			n, err := r.Read(b)
			if n > 0 {
				if _, e := fmt.Fprintf(to, "%x\r\n%s\r\n", n, b[:n]); e != nil {
					return
				}
			}
			if err != nil {
				_, _ = io.WriteString(to, "0\r\n\r\n")
				to.Close()
				return
			}
		}
	}()
	return from
}

// No name of a record or of a picture leads out of its folder, or is more than a name.
func TestNames(t *testing.T) {
	s := begin(t)
	before := s.tree(t)
	for _, name := range []string{"..", "../x", `..\x`, "/etc/x", "C:x", "C:\\x", "a/../../x", "con", "x.md:y", ".git", "a\x00b", "甲\npublish: true\ndraft: false", "乙\u2028draft: false", "丙\u0085draft: false\r\n---\r\n", "%2e%2e%2fx", strings.Repeat("长", 200)} {
		r, body := s.post(t, "/_studio/new/hero/", url.Values{"name": {name}, "region": {"河南省\nconsent: {publish: true}"}, "publish": {"true"}})
		if r.StatusCode != http.StatusSeeOther && r.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d %s", name, r.StatusCode, body)
		}
	}
	parent := url.Values{"name": {"x"}, "parent": {"../../heroes"}, "kind": {"panel"}, "region": {"河南省"}}
	for _, kind := range []string{"exhibit", "chapter", "site", "..", "theme"} {
		if r, _ := s.post(t, "/_studio/new/"+kind+"/", parent); r.StatusCode == http.StatusSeeOther && !strings.HasPrefix(r.Header.Get("Location"), "/_studio/new") {
			t.Errorf("%s in %s: %s", kind, parent.Get("parent"), r.Header.Get("Location"))
		}
	}
	heroes := filepath.Join(s.dir, "content", "heroes")
	made := 0
	for p, text := range s.tree(t) {
		if before[p] == text {
			continue
		}
		if made++; filepath.Dir(p) != heroes || strings.HasPrefix(filepath.Base(p), ".") {
			t.Errorf("%s was written", p)
		}
		head := parse([]byte(text))
		if _, body := s.get(t, "/_studio/edit/"+wayTo("content/heroes/"+filepath.Base(p))); len(head.found) > 0 || !strings.Contains(body, `value="publish"`) || !strings.Contains(text, "draft: true") && !strings.Contains(text, "草稿: true") {
			t.Errorf("%s is no draft: %s", p, text)
		}
	}
	if made == 0 {
		t.Error("not one was written")
	}

	before = s.tree(t)
	for _, name := range []string{"../../x.png", `..\\..\\x.png`, "/etc/x.png", "C:\\x.png", ".htaccess", "con.png", "a\x00b.png", "index.md", "_index.md", "x.png/../../y", "<img src=x>.png", "..", ""} {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		_ = w.WriteField("token", s.token)
		p, _ := w.CreatePart(map[string][]string{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}})
		_, _ = p.Write(onePixel(t))
		_ = w.Close()
		r, err := http.NewRequest(http.MethodPost, s.at+"/_studio/upload/"+wayTo(hero), &b)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", w.FormDataContentType())
		r.Header.Set("Origin", s.at)
		s.do(t, r)
	}
	folder := filepath.Join(heroes, "林照野")
	for p, text := range s.tree(t) {
		switch {
		case before[p] == text, filepath.Dir(p) == folder && filepath.Base(p) == "index.md" && text == before[folder+".md"]:
		case filepath.Dir(p) != folder || filepath.Ext(p) != ".png" || strings.ContainsAny(filepath.Base(p), "<>\\:\x00"):
			t.Errorf("%s was written", p)
		}
	}
}

// Pictures of a form are found whole where the token was read first.
func TestUpload(t *testing.T) {
	s := begin(t)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("token", s.token)
	_ = w.WriteField("do", "save")
	p, _ := w.CreateFormFile("file", "渡口 1.PNG")
	_, _ = p.Write(onePixel(t))
	_ = w.Close()
	r, err := http.NewRequest(http.MethodPost, s.at+"/_studio/upload/"+wayTo(hero), &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", s.at)
	a, body := s.do(t, r)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode, body)
	}
	if got := readFile(t, filepath.Join(s.dir, "content", "heroes", "林照野", "渡口-1.png")); got != string(onePixel(t)) {
		t.Error("another file")
	}
	// a form that was open meanwhile still finds its record
	if a, _ := s.get(t, "/_studio/edit/"+wayTo(hero)); a.StatusCode != http.StatusOK {
		t.Error("the record that moved into a folder is not found:", a.StatusCode)
	}
}

// 200 clients at once are all answered, while as many connections say nothing.
func TestManyClients(t *testing.T) {
	s := begin(t)
	for range 200 {
		c, err := net.Dial("tcp", s.host())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "POST /_studio/quit/ HTTP/1.1\r\nHost: %s\r\nContent-Le", s.host())
	}
	paths := []string{"/_studio/", "/_studio/list/hero/", "/_studio/edit/" + wayTo(hero), "/_studio/names/hero/?q=林"}
	var wg sync.WaitGroup
	var bad atomic.Int64
	for i := range 200 {
		wg.Go(func() {
			for j := range testrun.Of(2, 20) {
				r, err := http.NewRequest(http.MethodGet, s.at+paths[(i+j)%len(paths)], nil)
				if err != nil {
					bad.Add(1)
					return
				}
				a, err := s.client.Do(r)
				if err != nil || a.StatusCode != http.StatusOK {
					bad.Add(1)
				}
				if err == nil {
					_, _ = io.Copy(io.Discard, a.Body)
					a.Body.Close()
				}
			}
		})
	}
	wg.Wait()
	if n := bad.Load(); n > 0 {
		t.Errorf("%d requests were not answered", n)
	}
}

// Templates hold no style or script of their own, and no script puts text into a page as
// markup: what the policy would refuse, or could not see.
func TestAssets(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script>|javascript:|https?://`)
	markup := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://`)
	looked := 0
	err := fs.WalkDir(assets, "assets", func(p string, e fs.DirEntry, err error) error {
		if filepath.Ext(p) == ".css" {
			b, err := assets.ReadFile(p)
			if err != nil || bytes.Count(b, []byte("{")) != bytes.Count(b, []byte("}")) {
				t.Errorf("%s: a rule is not closed, and takes all below it with it: %v", p, err)
			}
		}
		find := map[string]*regexp.Regexp{".html": inline, ".svg": inline, ".js": markup}[filepath.Ext(p)]
		if err != nil || find == nil {
			return err
		}
		looked++
		b, err := assets.ReadFile(p)
		text := strings.ReplaceAll(string(b), "http://www.w3.org/2000/svg", "")
		for _, m := range find.FindAllString(text, -1) {
			t.Errorf("%s: %q", p, m)
		}
		return err
	})
	if err != nil || looked < 10 {
		t.Error(looked, err)
	}
}
