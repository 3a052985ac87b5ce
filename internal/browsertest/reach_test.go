package browsertest

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestReach follows links from each edition's home page, without script, and finds every page
// of the site. Not to be found are what a browser is sent on from (old addresses), the page
// for what is not there and that for when there is no network, the sheets for who fits
// plaques, and what a code on a plaque opens:
// that is scanned or typed.
func TestReach(t *testing.T) {
	out, _ := demo(t)
	site := os.DirFS(out)
	links := map[string][]string{}
	err := fs.WalkDir(site, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(p) != ".html" {
			return err
		}
		b, err := fs.ReadFile(site, p)
		if err != nil {
			return err
		}
		if strings.Contains(string(b), "http-equiv=\"refresh\"") || strings.Contains(string(b), "http-equiv=refresh") {
			return nil
		}
		links[p] = hrefs(b)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, edition := range []string{"", "zh-hant/", "en/"} {
		home := edition + "index.html"
		found := map[string]bool{home: true}
		for next := []string{home}; len(next) > 0; next = next[1:] {
			at := &url.URL{Path: "/" + strings.TrimSuffix(next[0], "index.html")}
			for _, href := range links[next[0]] {
				u, err := at.Parse(href)
				if err != nil || u.Scheme != "" || u.Host != "" {
					continue
				}
				file := strings.TrimPrefix(u.Path, "/")
				if file == "" || strings.HasSuffix(file, "/") {
					file += "index.html"
				}
				// Another edition's pages are found from its own home.
				if _, is := links[file]; is && !found[file] && editionOf(file) == edition {
					found[file] = true
					next = append(next, file)
				}
			}
		}
		var lost []string
		pages := 0
		for p := range links {
			if editionOf(p) != edition || p == edition+"404.html" || p == edition+"offline/index.html" || strings.HasPrefix(p, "plaques/") || strings.HasPrefix(p, "Q/") && p != "Q/index.html" {
				continue
			}
			if pages++; !found[p] {
				lost = append(lost, p)
			}
		}
		slices.Sort(lost)
		if pages < 20 || len(lost) > 0 {
			t.Errorf("from %s %d of %d pages are not found: %v", home, len(lost), pages, lost)
		}
	}
}

func editionOf(p string) string {
	for _, prefix := range []string{"zh-hant/", "en/"} {
		if strings.HasPrefix(p, prefix) {
			return prefix
		}
	}
	return ""
}

// hrefs are the addresses of a page's links that a reader can follow.
func hrefs(b []byte) []string {
	var out []string
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			tok := z.Token()
			if tok.Data != "a" {
				continue
			}
			for _, a := range tok.Attr {
				if a.Key == "href" || a.Key == "xlink:href" {
					out = append(out, a.Val)
				}
			}
		}
	}
}
