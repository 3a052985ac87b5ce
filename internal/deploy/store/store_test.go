package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/live"
	"mingdeng/internal/deploy/target"
	"mingdeng/internal/fingerprint"
)

func envOf(s live.Server) Env {
	return Env{Get: func(k string) string { return s.Env[k] }, Home: "/nowhere"}
}

func openLive(t *testing.T, s live.Server) deploy.Store {
	t.Helper()
	at, fault := target.Parse(s.To)
	if fault != nil {
		t.Fatal(fault.Why.En)
	}
	st, err := Open(at, envOf(s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

type content struct{ *bytes.Reader }

func (content) Close() error { return nil }

func fileOf(path, text string) deploy.File {
	return deploy.File{Path: path, Size: int64(len(text)), Type: "text/html; charset=utf-8", Cache: "no-cache",
		Open: func() (io.ReadSeekCloser, error) { return content{bytes.NewReader([]byte(text))}, nil }}
}

// TestStores is what every store promises, held against real servers.
func TestStores(t *testing.T) {
	for name, start := range live.Servers {
		t.Run(name, func(t *testing.T) {
			server := start(t)
			s := openLive(t, server)
			ctx := t.Context()
			list := func(prefix string) (out []string) {
				t.Helper()
				if err := s.List(ctx, prefix, func(o deploy.Object) error {
					out = append(out, fmt.Sprint(o.Path, " ", o.Size))
					return nil
				}); err != nil {
					t.Fatal(err)
				}
				slices.Sort(out)
				return out
			}
			same := func(got []string, want ...string) {
				t.Helper()
				if !slices.Equal(got, want) {
					t.Fatalf("%q, not %q", got, want)
				}
			}
			read := func(path string) string {
				t.Helper()
				r, err := s.Get(ctx, path)
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
				b, err := io.ReadAll(r)
				if err != nil {
					t.Fatal(err)
				}
				return string(b)
			}

			// Nothing is there, and looking makes nothing.
			same(list(""))
			if _, err := s.Get(ctx, "index.html"); !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("a file that is not there: %v", err)
			}
			if _, err := os.Stat(server.Dir); err == nil {
				t.Error("looking made the target")
			}
			if err := s.Delete(ctx, "a/b.html"); err != nil {
				t.Fatalf("removing what is not there: %v", err)
			}

			// Written, read, listed, replaced; odd names; nothing else beside.
			odd := "heroes/张三 +%~&'(1)/index.html"
			for _, p := range []string{"index.html", "a/b/c.html", "a/b.html", odd, "empty.txt"} {
				text := "text of " + p
				if p == "empty.txt" {
					text = ""
				}
				o, err := s.Put(ctx, fileOf(p, text))
				if err != nil || o.Size != int64(len(text)) || o.Path != p || o.Stamp == "" {
					t.Fatalf("%v, %v", o, err)
				}
				if got := read(p); got != text {
					t.Fatalf("%q", got)
				}
			}
			same(list(""), "a/b.html 16", "a/b/c.html 18", "empty.txt 0", fmt.Sprint(odd, " ", len("text of "+odd)), "index.html 18")
			same(list("a/b/"), "a/b/c.html 18")
			same(list("a/b"), "a/b.html 16", "a/b/c.html 18")
			put, err := s.Put(ctx, fileOf("index.html", "another one"))
			if err != nil || read("index.html") != "another one" {
				t.Fatal(err)
			}
			var listed deploy.Object
			if err := s.List(ctx, "index.html", func(o deploy.Object) error { listed = o; return nil }); err != nil || listed != put {
				t.Fatalf("listed as %v, put as %v (%v)", listed, put, err)
			}

			// What it holds.
			for text, want := range map[string]bool{"another one": true, "another two": false} {
				if got, err := s.Holds(ctx, listed, fileOf("index.html", text)); err != nil || got != want {
					t.Fatalf("holds %q: %v, %v", text, got, err)
				}
			}
			other := fileOf("index.html", "another one")
			other.Cache = "public, max-age=3600"
			if got, err := s.Holds(ctx, listed, other); err != nil || got == s.KeepsHeaders() {
				t.Fatalf("holds it with other headers: %v, %v", got, err)
			}

			// A file is made once, by whoever is first.
			var wg sync.WaitGroup
			made := make([]error, 8)
			for i := range made {
				wg.Go(func() { made[i] = s.Create(ctx, ".mingdeng-deploy/lock", fmt.Appendf(nil, "%d", i)) })
			}
			wg.Wait()
			first := 0
			for i, err := range made {
				if err == nil {
					first++
					if got := read(".mingdeng-deploy/lock"); got != fmt.Sprint(i) {
						t.Errorf("the lock holds %q, not %d", got, i)
					}
				} else if !errors.Is(err, fs.ErrExist) {
					t.Error(err)
				}
			}
			if first != 1 {
				t.Errorf("%d were first", first)
			}
			if err := s.Delete(ctx, ".mingdeng-deploy/lock"); err != nil {
				t.Fatal(err)
			}

			// Many at once, in folders of their own and in one.
			errs := make([]error, 60)
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = s.Put(ctx, fileOf(fmt.Sprintf("many/%d/%d.html", i%7, i), strings.Repeat("x", i*1000)))
				})
			}
			wg.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Fatal(err)
			}
			if n := len(list("many/")); n != len(errs) {
				t.Fatalf("%d of %d are there", n, len(errs))
			}

			// A file whose source fails on the way is not there, and leaves nothing.
			broken := fileOf("half.html", "whole")
			broken.Size = 1 << 20
			broken.Open = func() (io.ReadSeekCloser, error) {
				return struct {
					io.Reader
					io.Seeker
					io.Closer
				}{io.MultiReader(strings.NewReader(strings.Repeat("y", 1000)), failing{}), strings.NewReader(""), io.NopCloser(nil)}, nil
			}
			if _, err := s.Put(ctx, broken); err == nil {
				t.Error("a file that broke off was sent")
			}
			same(list("half"))
			if err := s.Tidy(ctx); err != nil {
				t.Fatal(err)
			}
			same(list(".mingdeng"))

			// A context that ends ends a call, and the next one works.
			gone, cancel := context.WithCancel(ctx)
			cancel()
			if err := s.List(gone, "", func(deploy.Object) error { return nil }); err == nil {
				t.Error("a context that has ended ends nothing")
			}
			if name == "sftp" {
				s.(*SFTP).client.Close() // the connection breaks
				for range 2 {            // the first call may meet the end
					_, err = s.Put(ctx, fileOf("index.html", "after the break"))
				}
				if err != nil {
					t.Fatal(err)
				}
			}

			// Removed, with the folders that are empty then.
			for _, p := range []string{odd, "a/b/c.html", "a/b.html"} {
				if err := s.Delete(ctx, p); err != nil {
					t.Fatal(err)
				}
			}
			same(list("a"))
			if _, err := os.Stat(filepath.Join(server.Dir, "a")); err == nil && name != "s3" {
				t.Error("an empty folder was left")
			}

			// The whole: a site, again, changed.
			site := fstest.MapFS{}
			source := deploy.Source{FS: site, Base: "/"}
			for i := range 50 {
				p := fmt.Sprintf("heroes/h%02d/index.html", i)
				site[p] = &fstest.MapFile{Data: fmt.Appendf(nil, "page %d", i)}
				source.Files = append(source.Files, deploy.Made{Path: p, Size: int64(len(site[p].Data)), Hash: fingerprint.Fingerprint{byte(i), 1}})
			}
			run := func(sent, kept, removed int) {
				t.Helper()
				plan, err := deploy.Make(ctx, s, source, deploy.Options{})
				if err != nil {
					t.Fatal(err)
				}
				r, err := plan.Run(ctx, true, nil)
				if err != nil || r.Sent != sent || r.Same != kept || r.Removed != removed {
					t.Fatalf("%+v, %v", r, err)
				}
			}
			run(50, 0, len(errs)+2)
			run(0, 50, 0)
			site["heroes/h07/index.html"].Data = []byte("page x")
			source.Files[7].Hash[1]++
			run(1, 49, 0)
			if got := read("heroes/h07/index.html"); got != "page x" {
				t.Errorf("%q", got)
			}
			// Without its record it asks what is there, and sends nothing.
			if err := s.Delete(ctx, ".mingdeng-deploy/record"); err != nil {
				t.Fatal(err)
			}
			run(0, 50, 0)
		})
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk failed") }
