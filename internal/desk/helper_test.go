package desk

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// running is a desk at work for a site of a test.
type running struct {
	home   string // of the user
	t      testing.TB
	dir    string // of the site
	at     string // "http://127.0.0.1:PORT"
	opens  string // the address with the key
	client *http.Client
	token  string
}

// start runs a desk for a site given as txtar, until the test ends.
func start(t testing.TB, site string) *running {
	t.Helper()
	return startIn(t, t.TempDir(), site)
}

// startIn is start for a site in a folder.
func startIn(t testing.TB, dir, site string) *running {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LocalAppData", "AppData"} {
		t.Setenv(name, home)
	}
	r := &running{t: t, dir: dir, home: home}
	for _, f := range txtar.Parse([]byte(site)).Files {
		r.put(f.Name, string(f.Data))
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{
			Dir: r.dir, Home: home, Out: "public", Lang: diag.Chinese, Version: "test", Themes: builtin,
			Today: func() date.Date { return date.Of(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)) },
			Ready: func(at string) { ready <- at },
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case r.opens = <-ready:
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
	}
	r.at, _, _ = strings.Cut(r.opens, "/_studio")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r.client = &http.Client{Jar: jar}
	_, page := r.get(strings.TrimPrefix(r.opens, r.at))
	r.token = regexp.MustCompile(`data-token="([^"]+)"`).FindStringSubmatch(page)[1]
	return r
}

// put writes a file of the site.
func (r *running) put(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// read reads a file of the site.
func (r *running) read(name string) string {
	r.t.Helper()
	b, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(name)))
	if err != nil {
		r.t.Fatal(err)
	}
	return string(b)
}

func (r *running) get(path string) (status int, body string) {
	r.t.Helper()
	return r.answer(r.client.Get(r.at + path))
}

// post fills in a form and follows where it leads.
func (r *running) post(path string, values url.Values) (status int, body string) {
	r.t.Helper()
	values.Set("token", r.token)
	req, err := http.NewRequest(http.MethodPost, r.at+path, strings.NewReader(values.Encode()))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", r.at)
	return r.answer(r.client.Do(req))
}

func (r *running) answer(a *http.Response, err error) (int, string) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return a.StatusCode, string(b)
}

// form is what a browser would send of the record's form on a page, were it saved as it is.
func (r *running) form(path string) url.Values {
	r.t.Helper()
	status, page := r.get(path)
	doc, err := html.Parse(strings.NewReader(page))
	if status != http.StatusOK || err != nil {
		r.t.Fatal(path, status, err)
	}
	values := url.Values{}
	var walk func(n *html.Node, within bool)
	walk = func(n *html.Node, within bool) {
		if n.Data == "form" && attr(n, "id") == "record" {
			within = true
		}
		name := attr(n, "name")
		if within && n.Type == html.ElementNode && name != "" {
			switch n.Data {
			case "input":
				if t := attr(n, "type"); t == "file" || t == "checkbox" && !hasAttr(n, "checked") {
					break
				}
				values.Add(name, attr(n, "value"))
			case "textarea":
				text := ""
				if n.FirstChild != nil {
					text = n.FirstChild.Data
				}
				values.Add(name, text)
			case "select":
				first, chosen := "", false
				for o := range n.Descendants() {
					if o.Data == "option" && (first == "" && !chosen || hasAttr(o, "selected")) {
						first, chosen = attr(o, "value"), hasAttr(o, "selected")
					}
				}
				values.Add(name, first)
			}
		}
		if n.Data == "template" {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, within)
		}
	}
	walk(doc, false)
	return values
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// save saves a record as a script does, and returns what it is told.
func (r *running) save(path string, values url.Values) savedAnswer {
	r.t.Helper()
	req, err := http.NewRequest(http.MethodPost, r.at+path, strings.NewReader(values.Encode()))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", r.at)
	req.Header.Set(tokenHeader, r.token)
	_, body := r.answer(r.client.Do(req))
	var a savedAnswer
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		r.t.Fatal(err, body)
	}
	return a
}
