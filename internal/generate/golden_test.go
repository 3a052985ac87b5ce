package generate

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
)

// TestGolden builds each small site of testdata/golden (a txtar of its files) and
// compares what a reader meets on its pages with the .want beside it: texts, links,
// pictures, and what machines are told. Wrappers and classes may change freely.
func TestGolden(t *testing.T) {
	sites, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(sites) == 0 {
		t.Fatal("no golden site was found")
	}
	wants := testrun.Goldens(t, "testdata/golden/*.want")
	for _, site := range sites {
		name := strings.TrimSuffix(site, ".txtar")
		t.Run(filepath.Base(name), func(t *testing.T) {
			wants.Compare(t, name+".want", goldenSite(t, site))
		})
	}
}

// buildArchive builds the site that a txtar holds into the folder public of the one returned.
func buildArchive(t *testing.T, file string) (string, Result, error) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range a.Files {
		p := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Run(context.Background(), project.Options{
		Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test")),
	})
	return dir, r, err
}

// told fails with the findings of a build that went wrong.
func told(t *testing.T, r Result, err error) {
	t.Helper()
	if err != nil {
		var b bytes.Buffer
		diag.WriteText(&b, r.Findings, diag.English)
		t.Fatalf("%v\n%s", err, b.String())
	}
}

// TestSecondBuildOfAllKinds: where nothing has changed nothing is written. (It is run under the
// race detector too; TestSecondBuildWritesNothing asks the same of the demo.)
func TestSecondBuildOfAllKinds(t *testing.T) {
	dir, first, err := buildArchive(t, "testdata/golden/all-kinds.txtar")
	told(t, first, err)
	second, err := Run(context.Background(), optionsOf(dir))
	if err != nil || second.Stats.Written != 0 || second.Stats.Removed != 0 || second.Stats.Unchanged != first.Stats.Files {
		t.Errorf("second build: %+v, %v", second.Stats, err)
	}
}

func goldenSite(t *testing.T, file string) string {
	dir, r, err := buildArchive(t, file)
	var b strings.Builder
	if len(r.Findings) > 0 {
		b.WriteString("== findings\n")
		diag.WriteText(&b, r.Findings, diag.Chinese)
	}
	if err != nil {
		return b.String()
	}
	public := os.DirFS(filepath.Join(dir, "public"))
	err = fs.WalkDir(public, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.Name() == ".mingdeng" {
				return fs.SkipDir
			}
			return err
		}
		if strings.Contains(p, "search/g/") || strings.Contains(p, "search/f/") { // package search tests these
			return nil
		}
		fmt.Fprintf(&b, "== %s\n", hashes.ReplaceAllString(p, "-…$1"))
		text, err := fs.ReadFile(public, p)
		if err != nil {
			return err
		}
		switch {
		case strings.HasSuffix(p, ".html"):
			outline(&b, text, p == "index.html" || p == "zh-hant/index.html" || p == "en/index.html")
		case strings.HasSuffix(p, ".epub"):
			return outlineBook(&b, text)
		case strings.HasSuffix(p, ".jpg"), strings.HasSuffix(p, ".mp3"), strings.HasSuffix(p, ".docx"):
		case strings.HasSuffix(p, ".ics"):
			b.Write(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
		case !strings.HasPrefix(p, "img/") && !strings.HasPrefix(p, "css/") && !strings.HasPrefix(p, "js/") && p != "sw.js" && !strings.HasSuffix(p, "/offline.json"):
			b.Write(text)
			if !bytes.HasSuffix(text, []byte("\n")) {
				b.WriteByte('\n')
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// outlineBook writes what a reader of an e-book meets, and what shops are told.
func outlineBook(b *strings.Builder, book []byte) error {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "-- %s\n", hashes.ReplaceAllString(f.Name, "-…$1"))
		switch path.Ext(f.Name) {
		case ".xhtml":
			outline(b, text, true)
		case ".opf":
			b.WriteString(hashes.ReplaceAllString(string(text), "-…$1"))
		}
	}
	return nil
}

// hashes stand in names of files and change with the look, which is no part of
// what a site says.
var hashes = regexp.MustCompile(`[-.][0-9a-f]{10,12}((?:-\d+)?\.\w+)`)

// outline writes what a reader of a page meets, a line each. What all pages share
// around their main part is written where chrome is true.
func outline(b *strings.Builder, page []byte, chrome bool) {
	z := html.NewTokenizer(bytes.NewReader(page))
	var hrefs []string
	skip := 0
	around := false // between the head and the main part, or after it
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			text := strings.Join(strings.Fields(string(z.Text())), " ")
			if text == "" || skip > 0 || around && !chrome {
				continue
			}
			if n := len(hrefs); n > 0 && hrefs[n-1] != "" {
				text += " → " + hrefs[n-1]
			}
			fmt.Fprintln(b, html.UnescapeString(text))
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			attr := map[string]string{}
			for _, a := range tok.Attr {
				attr[a.Key] = hashes.ReplaceAllString(a.Val, "-…$1")
			}
			switch tok.Data {
			case "a":
				hrefs = append(hrefs, attr["href"])
			case "style":
				skip++
			case "body":
				around = true
			case "main":
				around = false
			case "meta":
				if key := attr["name"] + attr["property"]; attr["content"] != "" && key != "viewport" && !strings.HasPrefix(key, "theme-") && key != "color-scheme" && key != "format-detection" {
					fmt.Fprintf(b, "[%s%s: %s]\n", key, attr["http-equiv"], attr["content"])
				}
			case "link":
				if attr["rel"] == "canonical" || attr["rel"] == "alternate" {
					fmt.Fprintf(b, "[%s: %s]\n", attr["rel"], attr["href"])
				}
			case "img":
				fmt.Fprintf(b, "[img %s %s×%s: %s]\n", attr["src"], attr["width"], attr["height"], attr["alt"])
			case "h1", "h2", "h3", "h4", "h5", "h6":
				fmt.Fprintf(b, "%s ", strings.Repeat("#", int(tok.Data[1]-'0')))
			}
		case html.EndTagToken:
			switch tok := z.Token(); {
			case tok.Data == "a" && len(hrefs) > 0:
				hrefs = hrefs[:len(hrefs)-1]
			case tok.Data == "style":
				skip--
			case tok.Data == "main":
				around = true
			}
		}
	}
}
