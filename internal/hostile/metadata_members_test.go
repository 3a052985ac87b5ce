package hostile

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/bundle"
	"mingdeng/internal/collect"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/gather"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
)

// TestMetadataOfMembers: what an association gives away bears no mark of its cameras, and
// what one gave that wrote its bundle with a program of its own leaves them in no file that
// the city's site makes of it.
func TestMetadataOfMembers(t *testing.T) {
	pictures := markedPictures(t)
	dir := t.TempDir()
	put := func(name string, b []byte) {
		t.Helper()
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("a/content/site.yaml", []byte("title: 山城\nbase_url: https://a.example/\n"))
	put("city/content/site.yaml", []byte("title: 市\nbase_url: https://city.example/\ncards: all\n"))
	var whole bytes.Buffer
	own := bundle.NewWriter(&whole, bundle.Manifest{Title: "水城", Address: "https://b.example/", Day: "2026-11-20"})
	add := func(name string, b []byte) {
		t.Helper()
		if err := own.Add(name, b); err != nil {
			t.Fatal(err)
		}
	}
	for i, n := range slices.Sorted(maps.Keys(pictures)) {
		hero := head(content.KindHero, map[string]any{"name": "单" + string([]rune("甲乙丙丁戊")[i]), "region": "河东省", "consent": map[string]any{"publish": true, "portrait": true}, "portrait": map[string]any{"src": n, "alt": "像"}}, "![图]("+n+")\n")
		brief := head(content.KindBrief, map[string]any{"title": "河边" + n, "date": "2014-05-06", "gallery": []any{map[string]any{"src": n, "alt": "图"}}, "cover": map[string]any{"src": n, "alt": "图"}}, "文。\n")
		for _, r := range []struct{ at, text string }{{fmt.Sprintf("heroes/h%d", i), hero}, {fmt.Sprintf("briefs/2014/b%d", i), brief}} {
			put("a/content/"+r.at+"/index.md", []byte(r.text))
			put("a/content/"+r.at+"/"+n, pictures[n])
			if ext := filepath.Ext(n); ext == ".jpg" || ext == ".png" {
				add(r.at+"/index.md", []byte(r.text))
				add(r.at+"/"+n, pictures[n])
			}
		}
	}
	if err := own.Close(); err != nil {
		t.Fatal(err)
	}
	p, found, root, err := project.Open(options(filepath.Join(dir, "a")))
	if err != nil {
		t.Fatal(err, told(found.Sorted()))
	}
	defer root.Close()
	var given bytes.Buffer
	r, err := gather.Write(&given, p, found)
	if err != nil || r.Pictures == 0 {
		t.Fatal(r, err, told(found.Sorted()))
	}
	if marks := marksIn(given.Bytes()); len(marks) > 0 {
		t.Errorf("the bundle: %v", marks)
	}
	if marks := marksIn(whole.Bytes()); len(marks) < 2 {
		t.Errorf("the other bundle has the marks %v alone", marks)
	}
	put("given.zip", given.Bytes())
	put("own.zip", whole.Bytes())
	city, err := os.OpenRoot(filepath.Join(dir, "city"))
	if err != nil {
		t.Fatal(err)
	}
	defer city.Close()
	for _, f := range []string{"given.zip", "own.zip"} {
		if _, err := collect.Take(city, filepath.Join(dir, f), collect.Options{Today: options("").Today, Lang: diag.English}); err != nil {
			t.Fatal(f, err)
		}
	}
	o := options(filepath.Join(dir, "city"))
	if made, err := generate.Run(context.Background(), o); err != nil {
		t.Fatal(err, told(made.Findings))
	}
	seen := 0
	err = filepath.WalkDir(filepath.Join(o.Root, "public"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		if marks := marksIn(b); len(marks) > 0 {
			t.Errorf("%s: %v", name, marks)
		}
		if ext := filepath.Ext(name); ext == ".jpg" || ext == ".png" && !strings.Contains(name, "icon") {
			seen++
		}
		return err
	})
	if err != nil || seen < len(pictures) {
		t.Error(seen, err)
	}
}
