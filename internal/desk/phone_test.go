package desk

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func withPhones(o *Options) { o.Phones = "127.0.0.1:0" }

// code asks the desk for a code for a record, and returns the address that a phone scans.
func (s *visitor) code(t testing.TB, file string) string {
	t.Helper()
	r, body := s.post(t, "/_studio/phone/"+wayTo(file), nil)
	if r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode, body)
	}
	_, page := s.get(t, r.Header.Get("Location"))
	at := regexp.MustCompile(`http://[^"<]+/hand-in/[a-z2-7]{16}`).FindString(page)
	if at == "" || !strings.Contains(page, "<path") {
		t.Fatal(page)
	}
	return at
}

// photo is a photograph; no two are the same.
func photo(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8+n, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// handOver sends files as a phone does.
func handOver(t testing.TB, at string, files map[string][]byte) (int, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, bytes := range files {
		p, _ := w.CreateFormFile("file", name)
		_, _ = p.Write(bytes)
	}
	_ = w.Close()
	r, err := http.Post(at, w.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, _ := io.ReadAll(r.Body)
	return r.StatusCode, string(body)
}

// A phone hands pictures in for the record whose code it has scanned: they lie beside it.
func TestPhone(t *testing.T) {
	s := begin(t, withPhones)
	at := s.code(t, hero)
	r, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(r.Body)
	r.Body.Close()
	if r.StatusCode != http.StatusOK || !strings.Contains(string(page), `type="file"`) || strings.Contains(string(page), "林照野") {
		t.Fatal(r.StatusCode, string(page))
	}
	if code, body := handOver(t, at, map[string][]byte{"../../IMG 0001.JPG": photo(t, 1)}); code != http.StatusOK || !strings.Contains(body, "img-0001.jpg") {
		t.Fatal(code, body)
	}
	if got := readFile(t, filepath.Join(s.dir, "content", "heroes", "林照野", "img-0001.jpg")); got != string(photo(t, 1)) {
		t.Error("another picture")
	}
	for name, b := range map[string][]byte{"a.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`), "a.md": []byte("---\nname: x\n---\n"), "a.html": []byte("<script>1</script>"), "a.jpg": []byte("no picture"), "a.pdf": []byte("%PDF-1.4\n%%EOF")} {
		if code, _ := handOver(t, at, map[string][]byte{name: b}); code != http.StatusUnprocessableEntity {
			t.Errorf("%s was taken: %d", name, code)
		}
	}
	for n := 2; n <= codePictures; n++ {
		if code, body := handOver(t, at, map[string][]byte{"b.jpg": photo(t, n)}); code != http.StatusOK {
			t.Fatal(n, code, body)
		}
	}
	if code, body := handOver(t, at, map[string][]byte{"b.jpg": photo(t, 99)}); code != http.StatusUnprocessableEntity || !strings.Contains(body, "20") {
		t.Error("more than a code takes:", code, body)
	}
	list, err := os.ReadDir(filepath.Join(s.dir, "content", "heroes", "林照野"))
	if err != nil || len(list) != codePictures+1 {
		t.Error(len(list), "files", err)
	}
	if _, body := s.get(t, "/_studio/phone/"+wayTo("content/heroes/林照野/index.md")); !strings.Contains(body, "<b>20</b>") {
		t.Error("the desk does not say how many came:", body)
	}
}

// The port for phones knows codes that are in force, and nothing else: no page of the desk
// or the site, no other host, no other phone.
func TestPhonePort(t *testing.T) {
	s := begin(t, withPhones)
	before := s.tree(t)
	at := s.code(t, hero)
	base, code, _ := strings.Cut(at, "/hand-in/")
	p := *s
	p.at = base
	key := s.address[strings.Index(s.address, "?"):]
	for _, path := range []string{
		"/", "/_studio/", "/_studio/" + key, "/_studio/start/", "/_studio/edit/" + wayTo(hero), "/heroes/", "/index.html", "/_live/events", "/hand-in/", "/hand-in/" + strings.Repeat("a", 16), "/hand-in/" + code[:15], "/hand-in/" + strings.ToUpper(code),
		"/hand-in/" + code + "/", "/hand-in/" + code + "/../../_studio/", "/hand-in/../_studio/", "//hand-in/" + code, "/hand-in/" + code + "/../" + code, "/style.css", "/hand-in/style.css", "/hand-in/" + code + "/x.css", "/favicon.ico",
	} {
		for _, method := range []string{"GET", "POST", "PUT", "OPTIONS"} {
			r, body := p.raw(t, fmt.Sprintf("%s %s HTTP/1.1\nHost: %s\nCookie: %s\nX-Mingdeng-Token: %s\nContent-Length: 0", method, path, p.host(), s.cookie(t), s.token), nil)
			if r.StatusCode != http.StatusNotFound || r.Header.Get("Set-Cookie") != "" || strings.Contains(body, "林照野") {
				t.Errorf("%s %s: %d %s", method, path, r.StatusCode, body)
			}
		}
	}
	for _, host := range []string{"evil.example", "evil.example:" + p.host()[strings.LastIndex(p.host(), ":")+1:], s.host()} {
		if r, _ := p.raw(t, "GET /hand-in/"+code+" HTTP/1.1\nHost: "+host, nil); r.StatusCode != http.StatusNotFound {
			t.Errorf("host %s: %d", host, r.StatusCode)
		}
	}
	e := &endless{head: strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"), most: 5 << 30}
	r, _ := p.raw(t, "POST /hand-in/"+strings.Repeat("a", 16)+" HTTP/1.1\nHost: "+p.host()+"\nContent-Type: multipart/form-data; boundary=b\nTransfer-Encoding: chunked", inChunks(e))
	if n := e.n.Load(); r.StatusCode != http.StatusNotFound || n > 32<<20 {
		t.Errorf("without a code: %d, %d MB", r.StatusCode, n>>20)
	}
	e = &endless{head: strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"), most: 5 << 30}
	r, _ = p.raw(t, "POST /hand-in/"+code+" HTTP/1.1\nHost: "+p.host()+"\nContent-Type: multipart/form-data; boundary=b\nTransfer-Encoding: chunked", inChunks(e))
	if n := e.n.Load(); r.StatusCode != http.StatusUnprocessableEntity || n > maxUpload+32<<20 {
		t.Errorf("with a code: %d, %d MB", r.StatusCode, n>>20)
	}
	s.unchanged(t, before)
	other := begin(t).dir
	if r, _ := s.post(t, "/_studio/start/open/", url.Values{"dir": {other}}); r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode)
	}
	if code, _ := handOver(t, at, map[string][]byte{"a.jpg": photo(t, 1)}); code != http.StatusGone {
		t.Error("a picture for a site that was left:", code)
	}
	s.unchanged(t, before)
}

// A code is for the phone that opened it first, for ten minutes; a new one ends the old.
func TestCodes(t *testing.T) {
	p, w, now := &phones{}, &workspace{}, time.Now()
	one, two := netip.MustParseAddr("192.168.1.2"), netip.MustParseAddr("192.168.1.3")
	h := p.give(w, hero, now)
	if p.open(h.code, one, now) != h || p.open(h.code, one, now.Add(codeTime)) != h {
		t.Error("not opened")
	}
	if p.open(h.code, two, now) != nil || p.open(h.code, one, now.Add(codeTime+1)) != nil || p.open("", one, now) != nil {
		t.Error("opened to another phone, or too late")
	}
	next := p.give(w, hero, now)
	if next.code == h.code || p.open(h.code, one, now) != nil || p.open(next.code, two, now) == nil {
		t.Error("a new code does not end the old one")
	}
	for i := range maxCodes - 1 {
		if p.give(w, fmt.Sprint(i), now) == nil {
			t.Fatal(i)
		}
	}
	if p.give(w, "more", now) != nil || p.give(w, "more", now.Add(codeTime+1)) == nil {
		t.Error("how many codes there are")
	}
}

// Without --lan there is no port, and the page says how to have one.
func TestNoPhones(t *testing.T) {
	s := begin(t)
	if _, body := s.get(t, "/_studio/phone/"+wayTo(hero)); !strings.Contains(body, "--lan") {
		t.Error(body)
	}
	if _, body := s.get(t, "/_studio/edit/"+wayTo(hero)); strings.Contains(body, `form="phone"`) {
		t.Error("a button that does nothing")
	}
}

// Phones see the pages as visitors will, and nothing of the desk, of drafts, or of people
// who have not consented.
func TestPhonePages(t *testing.T) {
	s := begin(t, withPhones)
	for name, text := range map[string]string{
		"chen.md": "---\n姓名: 陈望\n地区: 河东省\n授权: {公开: false}\n---\n\n不要写我。\n",
		"gu.md":   "---\n姓名: 顾南星\n草稿: true\n地区: 河东省\n授权: {公开: true}\n---\n\n还没写完。\n",
	} {
		if err := os.WriteFile(filepath.Join(s.dir, "content", "heroes", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if r, body := s.post(t, "/_studio/start/open/", url.Values{"dir": {s.dir}}); r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode, body)
	}
	s.renew(t)
	_, page := s.get(t, "/_studio/phone/"+wayTo(hero))
	m := regexp.MustCompile(`<code>(http://127\.0\.0\.1:\d+)(/[^<]*heroes/[^<]*)</code>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal(page)
	}
	get := func(path string) (int, string) {
		t.Helper()
		r, err := http.Get(m[1] + path)
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
	if status, body := get(m[2]); status != http.StatusOK || !strings.Contains(body, "林照野") || strings.Contains(body, "未公开") {
		t.Error(status, body)
	}
	if status, body := get("/heroes/"); status != http.StatusOK || strings.Contains(body, "陈望") || strings.Contains(body, "顾南星") {
		t.Error(status, body)
	}
	for _, path := range []string{"/_studio/", "/_studio/edit/" + wayTo(hero), "/heroes/chen-wang/", "/heroes/gu-nan-xing/", "/hand-in/"} {
		if status, body := get(path); status != http.StatusNotFound || strings.Contains(body, "陈望") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, body := get("/_live/findings"); status != http.StatusOK || !strings.Contains(body, `"list":[]`) {
		t.Error(status, body)
	}
	for _, file := range []string{"content/heroes/chen.md", "content/heroes/gu.md"} {
		if _, page := s.get(t, "/_studio/phone/"+wayTo(file)); strings.Contains(page, m[1]) {
			t.Errorf("%s has a page for phones", file)
		}
	}
}
