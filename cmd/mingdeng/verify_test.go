package main

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mingdeng/internal/serving"
)

// TestVerifyStories runs stories with a web server beside them: $URL serves the folder
// live/ of the story over TLS with a certificate of ca.pem, as `help deploy` asks; $HTTP
// serves it without.
func TestVerifyStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/verify",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Setenv("SOURCE_DATE_EPOCH", "1795305600") // 2026-11-22
			live := liveSite(filepath.Join(e.WorkDir, "live"))
			secure, plain := httptest.NewTLSServer(live), httptest.NewServer(live)
			e.Defer(secure.Close)
			e.Defer(plain.Close)
			gone := httptest.NewServer(live)
			gone.Close()
			e.Setenv("URL", secure.URL)
			e.Setenv("HOST", strings.TrimPrefix(secure.URL, "https://"))
			e.Setenv("HTTP", plain.URL)
			e.Setenv("GONE", gone.URL)
			cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
			return os.WriteFile(filepath.Join(e.WorkDir, "ca.pem"), cert, 0o644)
		},
	})
}

// liveSite serves a folder as a web server does.
func liveSite(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		status := http.StatusOK
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			name, status = "404.html", http.StatusNotFound
			b, _ = os.ReadFile(filepath.Join(dir, name))
		}
		w.Header().Set("Content-Type", serving.TypeOf(name))
		w.WriteHeader(status)
		_, _ = w.Write(b)
	})
}
