package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/bundle"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
)

// A collect that is killed at any moment leaves what the member gave before or what it gives
// now, whole, once the site is opened again; nothing else is touched.
func TestCollectKilled(t *testing.T) {
	dir, bundles := quickDir(t), t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	person := func(name string) string {
		return "---\nname: " + name + "\nregion: 河东省\nconsent: {publish: true}\n---\n"
	}
	write(filepath.Join(dir, "content/site.yaml"), "title: 市\nbase_url: https://city.example/\n")
	write(filepath.Join(dir, "content/heroes/a.md"), person("张三"))
	times, killed, changed := 8, 0, 0
	if testrun.Long() {
		times = 200
	}
	span := 300 * time.Millisecond
	var now map[string]string // what the member's folder holds
	for n := range times + 1 {
		var w bytes.Buffer
		b := bundle.NewWriter(&w, bundle.Manifest{Title: "县", Address: "https://xian.example/", Day: time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)})
		given := map[string]string{}
		for i := range 60 {
			p := fmt.Sprintf("heroes/p-%d-%d/index.md", n%2, i)
			given[p] = person("李四")
			if err := b.Add(p, []byte(given[p])); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(bundles, fmt.Sprintf("%d.zip", n))
		write(file, w.String())
		cmd := command(t, "-C", dir, "collect", file)
		begun := time.Now()
		if n == 0 { // the first has its time, which bounds the moments of the others
			must(t, cmd)
			span = time.Since(begun)
		} else {
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rand.Int64N(int64(span))))
			cmd.Process.Kill()
			if cmd.Wait() != nil {
				killed++
			}
		}
		root, err := project.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		root.Close()
		got := map[string]string{}
		for p, text := range filesOf(t, filepath.Join(dir, "content")) {
			switch below, in := strings.CutPrefix(p, "members/xian-example/"); {
			case strings.HasPrefix(p, ".collect-"): // hidden, and gone an hour later
			case in && strings.HasSuffix(p, ".md"):
				got[below] = text
			case in || p == "site.yaml" || p == "heroes/a.md" && text == person("张三"):
			default:
				t.Fatalf("%s is there", p)
			}
		}
		switch {
		case maps.Equal(got, given):
			changed++
		case !maps.Equal(got, now):
			t.Fatalf("run %d: the member's folder is half: %d files", n, len(got))
		}
		now = got
	}
	t.Logf("%d runs: %d killed, %d had moved the new in", times, killed, changed)
	must(t, command(t, "-C", dir, "build", "-o", filepath.Join(dir, "public")))
}
