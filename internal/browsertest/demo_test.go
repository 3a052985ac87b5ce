package browsertest

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"mingdeng/internal/chromium"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

var (
	shared string          // the folder of builds of the demo that tests look at and leave as they are
	one    context.Context // the browser of all tests but those that need one of another kind
)

func TestMain(m *testing.M) {
	var err error
	if shared, err = os.MkdirTemp("", "mingdeng-demo-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var stop context.CancelFunc
	one, stop = chromium.Open()
	code := m.Run()
	stop()
	os.RemoveAll(shared)
	os.Exit(code)
}

func demoOptions(out string) project.Options {
	return project.Options{
		Root: "../..", Out: out, Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin,
		Program: fingerprint.Sum([]byte("test")),
	}
}

var demoBuild = sync.OnceValues(func() (generate.Result, error) {
	return generate.Run(context.Background(), demoOptions(filepath.Join(shared, "demo")))
})

// demo is the demo's folder, built once.
func demo(t *testing.T) (string, generate.Result) {
	t.Helper()
	r, err := demoBuild()
	told(t, r, err)
	return filepath.Join(shared, "demo"), r
}

// belowAPath are the options of the demo below a path of its host.
func belowAPath() project.Options {
	o := demoOptions(filepath.Join(shared, "below", "lamp"))
	o.BaseURL = "https://host.example/lamp/"
	return o
}

var buildBelowAPath = sync.OnceValues(func() (generate.Result, error) {
	if r, err := demoBuild(); err != nil {
		return r, err
	}
	// What takes long to draw and is the same is kept from the demo at its host's root.
	o := belowAPath()
	if err := copyWithTimes(o.Out, filepath.Join(shared, "demo")); err != nil {
		return generate.Result{}, err
	}
	return generate.Run(context.Background(), o)
})

// demoBelowAPath is the demo's folder below a path of its host, built once.
func demoBelowAPath(t *testing.T) project.Options {
	t.Helper()
	r, err := buildBelowAPath()
	told(t, r, err)
	return belowAPath()
}

// copyWithTimes copies a site and its state, which knows files by their sizes and times.
func copyWithTimes(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(from, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		return os.Chtimes(filepath.Join(to, rel), info.ModTime(), info.ModTime())
	})
}

func TestDemoSite(t *testing.T) {
	out, r := demo(t)
	if r.Pages < 60 {
		t.Errorf("only %d pages", r.Pages)
	}
	for _, f := range r.Findings {
		if f.Code != diag.WithheldRef && f.Code != diag.PlaqueExample { // its address is invented, like its people
			t.Errorf("%s: %s", f.Place(), f.Message(diag.English))
		}
	}
	site := os.DirFS(out)
	checkLinks(t, site, "/", "https://yx.example.cn/")
	checkData(t, site)
	checkShares(t, out)
	if testrun.Long() { // else the book of TestBookToTakeAway speaks for it
		testrun.Epubcheck(t, filepath.Join(out, "anthology/jian-yi-yong-wei/jian-yi-yong-wei.epub"))
	}
}

// A site may lie below a path of its host: no address may forget the path.
func TestSiteBelowAPath(t *testing.T) {
	checkLinks(t, os.DirFS(demoBelowAPath(t).Out), "/lamp/", "https://host.example/lamp/")
}

func TestSecondBuildWritesNothing(t *testing.T) {
	out, first := demo(t)
	second, err := generate.Run(context.Background(), demoOptions(out))
	if err != nil || second.Stats.Written != 0 || second.Stats.Removed != 0 || second.Stats.Unchanged != first.Stats.Files {
		t.Errorf("second build: %+v, %v", second.Stats, err)
	}
}

// page is what the link check knows of one file.
type page struct {
	ids   map[string]bool
	links []string
}

// checkLinks follows every internal link of every page to its file and fragment.
func checkLinks(t *testing.T, site fs.FS, root, base string) {
	t.Helper()
	pages := map[string]page{}
	files := map[string]bool{}
	err := fs.WalkDir(site, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[p] = true
		if strings.HasSuffix(p, ".html") {
			b, err := fs.ReadFile(site, p)
			if err != nil {
				return err
			}
			pages[p] = readPage(t, p, b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for name, pg := range pages {
		at := root + strings.TrimSuffix(name, "index.html")
		for _, href := range pg.links {
			if rest, ok := strings.CutPrefix(href, base); ok {
				href = root + rest
			}
			u, err := url.Parse(href)
			if err != nil {
				t.Errorf("%s: bad address %q", name, href)
				continue
			}
			if u.Scheme != "" || u.Host != "" {
				continue
			}
			links++
			target := u.Path
			if target == "" {
				target = at
			} else if !strings.HasPrefix(target, "/") {
				target = path.Join(path.Dir(root+name), target)
			}
			file, ok := strings.CutPrefix(target, root)
			if !ok {
				t.Errorf("%s: %q leads out of the site", name, href)
				continue
			}
			if file == "" || strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			if !files[file] {
				t.Errorf("%s: %q leads to no file", name, href)
				continue
			}
			if u.Fragment != "" && u.Fragment != "top" && !pages[file].ids[u.Fragment] {
				t.Errorf("%s: %q: no such place in %s", name, href, file)
			}
		}
	}
	if links < len(pages) {
		t.Errorf("only %d links on %d pages: the check looks at nothing", links, len(pages))
	}
}

func readPage(t *testing.T, name string, b []byte) page {
	pg := page{ids: map[string]bool{}}
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Errorf("%s: %v", name, z.Err())
			}
			return pg
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			for _, a := range tok.Attr {
				switch {
				case a.Key == "id":
					if pg.ids[a.Val] {
						t.Errorf("%s: the id %q stands twice", name, a.Val)
					}
					pg.ids[a.Val] = true
				case a.Key == "href" || a.Key == "src" || a.Key == "xlink:href":
					pg.links = append(pg.links, a.Val)
				case a.Key == "srcset":
					for _, s := range strings.Split(a.Val, ",") {
						pg.links = append(pg.links, strings.Fields(s)[0])
					}
				case a.Key == "content" && strings.HasPrefix(a.Val, "https://") && tok.Data == "meta":
					pg.links = append(pg.links, a.Val)
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: attribute %s breaks the content security policy", name, a.Key)
				}
			}
		}
	}
}

// checkData reads every machine-readable file with a parser of its own.
func checkData(t *testing.T, site fs.FS) {
	t.Helper()
	for _, p := range []string{"sitemap.xml", "feed.xml", "briefs/feed.xml"} {
		b, err := fs.ReadFile(site, p)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		n := 0
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			n++
		}
		if n < 20 {
			t.Errorf("%s is nearly empty", p)
		}
	}
	for _, p := range []string{"feed.json", "data/heroes.json", "data/venues.geojson", "manifest.webmanifest"} {
		b, err := fs.ReadFile(site, p)
		var v map[string]any
		if err != nil || json.Unmarshal(b, &v) != nil || len(v) == 0 {
			t.Errorf("%s cannot be read: %v", p, err)
		}
	}
}
