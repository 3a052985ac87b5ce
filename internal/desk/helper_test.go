package desk

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/themes"
)

// running is a desk at work for a site of a test.
type running struct {
	t      *testing.T
	dir    string // of the site
	at     string // "http://127.0.0.1:PORT"
	opens  string // the address with the key
	client *http.Client
	token  string
}

// start runs a desk for a site given as txtar, until the test ends.
func start(t *testing.T, site string) *running {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LocalAppData", "AppData"} {
		t.Setenv(name, home)
	}
	r := &running{t: t, dir: t.TempDir()}
	for _, f := range txtar.Parse([]byte(site)).Files {
		r.put(f.Name, string(f.Data))
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{
			Dir: r.dir, Out: "public", Lang: diag.Chinese, Version: "test", Themes: themes.FS,
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
