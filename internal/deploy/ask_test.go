package deploy

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// askSite has a home page, many pages of plaques, and what is never asked for.
func askSite() map[string]string {
	site := map[string]string{
		"index.html": "<p>home</p>", "Q/index.html": "<p>all codes</p>", "Q/0000/label.svg": "<svg/>",
		"heroes/a/index.html": "<p>a</p>", "404.html": "<p>none</p>",
	}
	for i := range 9 {
		site[fmt.Sprintf("Q/%04d/index.html", i)] = fmt.Sprintf("<p>code %d</p>", i)
	}
	return site
}

func startTLS(t *testing.T, h http.Handler) *httptest.Server {
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// TestAsk asks a server that fails in each way.
func TestAsk(t *testing.T) {
	const code = "/lamp/Q/0004/"
	right := func(w http.ResponseWriter, r *http.Request) {
		page := strings.TrimPrefix(r.URL.Path, "/lamp/") + "index.html"
		io.WriteString(w, askSite()[page])
	}
	for name, c := range map[string]struct {
		serve  http.HandlerFunc // what a page of a plaque gets
		status int
		same   bool
		fails  bool
	}{
		"same":         {right, 200, true, false},
		"another page": {func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<p>code 7</p>") }, 200, false, false},
		"longer": {func(w http.ResponseWriter, r *http.Request) {
			right(w, r)
			io.WriteString(w, "<script>of somebody else</script>")
		}, 200, false, false},
		"shorter": {func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<p>code") }, 200, false, false},
		"not found": {func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(404)
			right(w, r) // the words of the page, and yet no page
		}, 404, false, false},
		"server's fault": {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, 503, false, false},
		"redirect to the page": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery == "" {
				http.Redirect(w, r, r.URL.Path+"?again", http.StatusMovedPermanently)
				return
			}
			right(w, r)
		}, 200, true, false},
		"redirect elsewhere": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/lamp/", http.StatusFound) }, 200, false, false},
		"redirect for ever":  {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, 0, false, true},
		"packed": {func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				t.Error("no packed answer is asked for, which is how phones ask")
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			io.WriteString(z, "<p>code 4</p>")
			z.Close()
		}, 200, true, false},
		"cut off": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "13")
			io.WriteString(w, "<p>")
			http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, 200, false, true},
		"no answer": {func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var asked []string
			server := startTLS(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				asked = append(asked, r.URL.Path)
				mu.Unlock()
				if r.Header.Get("Cache-Control") != "no-cache" {
					t.Error("a cache may answer")
				}
				if r.URL.Path == code {
					c.serve(w, r)
				} else {
					right(w, r)
				}
			}))
			answers, err := askBy(t.Context(), server.Client().Transport, server.URL+"/lamp/", sourceOf(askSite()))
			if err != nil || len(answers) != 1+askedCodes || answers[0].URL != server.URL+"/lamp/" {
				t.Fatalf("%+v, %v", answers, err)
			}
			for _, a := range answers {
				status, same, fails := 200, true, false
				if a.URL == server.URL+code {
					status, same, fails = c.status, c.same, c.fails
				}
				if a.Status != status || a.Same != same || (a.Err != nil) != fails {
					t.Errorf("%+v, not %d, %v, %v", a, status, same, fails)
				}
			}
			slices.Sort(asked)
			if want := []string{"/lamp/", "/lamp/Q/0000/", "/lamp/Q/0002/", code, "/lamp/Q/0006/"}; !slices.Equal(slices.Compact(asked), want) {
				t.Errorf("asked for %q", asked)
			}
		})
	}
}

// TestAskChecksCertificates: whoever cannot prove to be the host is no answer.
func TestAskChecksCertificates(t *testing.T) {
	server := startTLS(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<p>home</p>") }))
	site := map[string]string{"index.html": "<p>home</p>"}
	answers, err := Ask(t.Context(), server.URL+"/", sourceOf(site))
	var unknown *tls.CertificateVerificationError
	if err != nil || len(answers) != 1 || answers[0].Same || answers[0].Status != 0 || !errors.As(answers[0].Err, &unknown) {
		t.Errorf("%+v, %v", answers, err)
	}
	server.Close()
	if answers, err = Ask(t.Context(), server.URL+"/", sourceOf(site)); err != nil || answers[0].Err == nil {
		t.Errorf("nobody there: %+v, %v", answers, err)
	}
	plain := httptest.NewServer(server.Config.Handler)
	defer plain.Close()
	if answers, err = Ask(t.Context(), plain.URL+"/", sourceOf(site)); err != nil || !answers[0].Same {
		t.Errorf("an address without TLS: %+v, %v", answers, err)
	}
}

// TestAskSlow: a server that takes the question and says nothing, or says it too slowly, is
// waited for ten seconds; and whoever deploys may end that.
func TestAskSlow(t *testing.T) {
	for name, says := range map[string]string{"nothing": "", "half": "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<p>"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				silent := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
					here, there := net.Pipe()
					go func() {
						there.Read(make([]byte, 4096))
						io.WriteString(there, says)
						io.Copy(io.Discard, there)
					}()
					return here, nil
				}}
				defer silent.CloseIdleConnections()
				source := sourceOf(map[string]string{"index.html": "<p>home</p>"})
				begun := time.Now()
				answers, err := askBy(t.Context(), silent, "http://h.cn/", source)
				if err != nil || answers[0].Err == nil || answers[0].Same || time.Since(begun) != 10*time.Second {
					t.Errorf("%+v, %v after %v", answers, err, time.Since(begun))
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				begun = time.Now()
				if _, err := askBy(ctx, silent, "http://h.cn/", source); err == nil && time.Since(begun) > time.Second {
					t.Errorf("the end was not heard of for %v", time.Since(begun))
				}
			})
		})
	}
}

// TestAskGone: a site that is no longer what was sent cannot be compared.
func TestAskGone(t *testing.T) {
	source := sourceOf(map[string]string{"heroes/a/index.html": "a"})
	if answers, err := Ask(t.Context(), "http://127.0.0.1:1/", source); err != nil || len(answers) != 0 {
		t.Errorf("a site without home: %+v, %v", answers, err)
	}
	source.Files = append(source.Files, Made{Path: "index.html"})
	if _, err := Ask(t.Context(), "http://127.0.0.1:1/", source); err == nil {
		t.Error("a page that is gone")
	}
}
