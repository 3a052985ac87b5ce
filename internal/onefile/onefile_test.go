package onefile

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
)

var site = fstest.MapFS{
	"css/a.css": {Data: []byte("body{color:red}")},
	"js/a.js":   {Data: []byte(`x="</script>"`)},
	"img/a.jpg": {Data: []byte{0xff, 0xd8}},
	"img/i.svg": {Data: []byte("<svg/>")},
}

func one(t *testing.T, page string) (string, error) {
	t.Helper()
	var w bytes.Buffer
	err := Write(&w, []byte(page), "/lamp/", func(p string) ([]byte, error) { return fs.ReadFile(site, p) })
	return w.String(), err
}

func TestWrite(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{`<p title="a &amp; b">字 &lt;</p><!-- c -->`, `<p title="a &amp; b">字 &lt;</p><!-- c -->`},
		{`<link rel="stylesheet" href="/lamp/css/a.css">`, `<style>body{color:red}</style>`},
		{`<head><script src="/lamp/js/a.js" defer></script></head><body><p>1</p></body>`, `<head></head><body><p>1</p><script>x="<\/script>"</script>` + "\n</body>"},
		{`<img src="/lamp/img/a.jpg" srcset="/lamp/img/b.jpg 9w" sizes="1px" alt="一 &quot;">`, `<img src="data:image/jpeg;base64,/9g=" alt="一 &#34;">`},
		{`<link rel="icon" href="/lamp/img/i.svg">`, `<link rel="icon" href="data:image/svg+xml;base64,PHN2Zy8+">`},
		{`<link rel="manifest" href="/lamp/m.webmanifest">`, ``},
		{`<link rel="canonical" href="https://h.example/lamp/">`, `<link rel="canonical" href="https://h.example/lamp/">`},
		{`<img src="//h.example/lamp/a.jpg">`, `<img src="//h.example/lamp/a.jpg">`},
		{`<script type="application/json">{"a":1}</script>`, `<script type="application/json">{"a":1}</script>`},
	} {
		got, err := one(t, c.page)
		if err != nil || got != c.want {
			t.Errorf("%s\n got %s (%v)\nwant %s", c.page, got, err, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	if _, err := one(t, `<img src="/lamp/img/gone.jpg">`); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing picture: %v", err)
	}
	if _, err := one(t, `<img src="/lamp/js/a.js">`); err == nil {
		t.Error("a script was taken for a picture")
	}
}

// Whatever the page, nothing of the site is left for a browser to ask for.
func FuzzWrite(f *testing.F) {
	f.Add(`<link rel="stylesheet" href="/lamp/css/a.css"><script src=/lamp/js/a.js></script><img src="/lamp/img/a.jpg"></body>`)
	f.Add(`<script src="/lamp/js/a.js"><img src="/lamp/img/a.jpg"></script><textarea><img src="/lamp/img/a.jpg"></textarea>`)
	f.Fuzz(func(t *testing.T, page string) {
		var w bytes.Buffer
		err := Write(&w, []byte(page), "/lamp/", func(p string) ([]byte, error) {
			if b, err := fs.ReadFile(site, p); err == nil {
				return b, nil
			}
			return []byte("x"), nil
		})
		if err != nil {
			return
		}
		z := html.NewTokenizer(&w)
		for {
			switch z.Next() {
			case html.ErrorToken:
				return
			case html.StartTagToken, html.SelfClosingTagToken:
				tok := z.Token()
				src := attr(tok, "src")
				if tok.Data == "link" {
					src = attr(tok, "href")
				}
				if (tok.Data == "img" || tok.Data == "script" || tok.Data == "link") && strings.HasPrefix(src, "/lamp/") && src != "/lamp/" {
					t.Errorf("%q is left in %s", src, page)
				}
			}
		}
	})
}
