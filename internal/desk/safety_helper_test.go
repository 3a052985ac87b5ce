package desk

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/internal/scaffold"
	"mingdeng/internal/testrun"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

// visitor is a desk at work, and a browser without script that has its session.
type visitor struct {
	dir     string // of the site
	home    string // of the user
	address string // with the key
	at      string // "http://127.0.0.1:PORT"
	token   string
	client  *http.Client
	memory  *Memory
	stop    context.CancelFunc
	ended   chan struct{}
}

// begin opens a new site at a desk; change may give the desk other options.
func begin(t testing.TB, change ...func(*Options)) *visitor {
	t.Helper()
	s := &visitor{dir: filepath.Join(t.TempDir(), "site"), home: t.TempDir(), memory: RememberIn(t.TempDir()), ended: make(chan struct{})}
	if err := scaffold.Site(s.dir); err != nil {
		t.Fatal(err)
	}
	o := Options{
		Dir: s.dir, Out: "public", Lang: diag.Chinese, Version: "test", Themes: builtin, Memory: s.memory, Home: s.home,
		Today: func() date.Date { return date.Date{Year: 2026, Month: 11, Day: 22} },
	}
	for _, f := range change {
		f(&o)
	}
	ready := make(chan string, 1)
	o.Ready = func(at string) { ready <- at }
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	failed := make(chan error, 1)
	go func() {
		defer close(s.ended)
		failed <- Run(ctx, o)
	}()
	t.Cleanup(func() {
		stop()
		<-s.ended
	})
	select {
	case s.address = <-ready:
	case err := <-failed:
		t.Fatal(err)
	}
	s.at = s.address[:strings.Index(s.address, "/_studio")]
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	s.get(t, strings.TrimPrefix(s.address, s.at))
	s.renew(t)
	if o.Dir != "" { // its first version is made soon
		testrun.Wait(t, func() bool {
			_, err := os.Stat(filepath.Join(s.dir, ".git", "logs", "HEAD"))
			return err == nil
		}, "the first version")
	}
	return s
}

// renew reads the token of the site that is open.
func (s *visitor) renew(t testing.TB) {
	t.Helper()
	_, body := s.get(t, "/_studio/help/")
	m := regexp.MustCompile(`data-token="([^"]+)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatal("no token in", body)
	}
	s.token = m[1]
}

// get asks for a page of the desk, and follows nothing.
func (s *visitor) get(t testing.TB, path string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.at+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.do(t, r)
}

// post sends a form as the desk's own pages do.
func (s *visitor) post(t testing.TB, path string, form url.Values) (*http.Response, string) {
	t.Helper()
	if form == nil {
		form = url.Values{}
	}
	form.Set("token", s.token)
	r, err := http.NewRequest(http.MethodPost, s.at+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", s.at)
	return s.do(t, r)
}

func (s *visitor) do(t testing.TB, r *http.Request) (*http.Response, string) {
	t.Helper()
	a, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a, string(b)
}

// onePixel is a picture.
func onePixel(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
