// Package onefile makes a page and all that it shows one HTML file, to be carried away
// on a stick and opened without a server.
//
// [Write] copies a page and puts in its place what an address of the site stands for:
//
//	<link rel="stylesheet" href>      a <style>
//	<script src>                      a <script>, at the end of the body: nothing defers it there
//	<img src>, <link rel="icon" href> the bytes, as a data: address
//
// Wider and narrower versions of a picture (srcset) are left out; so are other <link>s
// to the site, which lead nowhere from a stick. Addresses of other hosts stay as they
// are. What is put in must be UTF-8 where it is text.
//
// Such a file has its styles and scripts inside and so cannot run under a policy that
// forbids those ("default-src 'self'"): it is for file:, and a site serves it only to be
// saved.
//
// Not here: pictures named in style sheets, frames, what a script loads by itself.
package onefile

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Version is part of the fingerprint of what is made here: it changes with the bytes.
const Version = "onefile 1"

// Write writes page as one file. root is the path of the site on its host, ending in
// "/"; get returns the bytes of a file of the site by its path below root. Errors are
// those of get and of a page that is cut off within a tag.
func Write(w *bytes.Buffer, page []byte, root string, get func(path string) ([]byte, error)) error {
	f := filler{w: w, root: root, get: get}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := z.Err(); err != io.EOF {
				return err
			}
			return f.err
		}
		raw := bytes.Clone(z.Raw()) // Token overwrites it
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			f.open(z.Token(), raw)
		} else {
			f.close(kind, z.Token(), raw)
		}
		if f.err != nil {
			return f.err
		}
	}
}

var ends = regexp.MustCompile(`(?i)</(script)`)

type filler struct {
	w       *bytes.Buffer
	root    string
	get     func(string) ([]byte, error)
	scripts [][]byte
	skip    bool // within a script that was taken out
	err     error
}

// open handles a start tag.
func (f *filler) open(t html.Token, raw []byte) {
	switch t.DataAtom {
	case atom.Link:
		own := f.local(attr(t, "href"))
		switch rel := attr(t, "rel"); {
		case own == "":
			f.w.Write(raw)
		case rel == "stylesheet":
			f.style(own)
		case rel == "icon":
			f.picture(t, "href", own)
		}
	case atom.Script:
		if own := f.local(attr(t, "src")); own != "" {
			f.scripts = append(f.scripts, f.bytes(own))
			f.skip = true
			return
		}
		f.w.Write(raw)
	case atom.Img:
		if own := f.local(attr(t, "src")); own != "" {
			f.picture(t, "src", own)
			return
		}
		f.w.Write(raw)
	default:
		f.w.Write(raw)
	}
}

// close handles everything that is not a start tag.
func (f *filler) close(kind html.TokenType, t html.Token, raw []byte) {
	if f.skip {
		f.skip = kind != html.EndTagToken || t.DataAtom != atom.Script
		return
	}
	if kind == html.EndTagToken && t.DataAtom == atom.Body {
		for _, s := range f.scripts {
			f.w.WriteString("<script>")
			// A string or comment may hold what would end the element; "<\/" is the same there.
			f.w.Write(ends.ReplaceAll(s, []byte(`<\/$1`)))
			f.w.WriteString("</script>\n")
		}
	}
	f.w.Write(raw)
}

func (f *filler) style(own string) {
	b := f.bytes(own)
	if bytes.Contains(bytes.ToLower(b), []byte("</style")) {
		f.err = fmt.Errorf("%s ends the element it would stand in", own)
		return
	}
	f.w.WriteString("<style>")
	f.w.Write(b)
	f.w.WriteString("</style>")
}

// picture writes a tag with its address as data.
func (f *filler) picture(t html.Token, key, own string) {
	kind, ok := kinds[strings.ToLower(path.Ext(own))]
	if !ok {
		f.err = fmt.Errorf("%s is no kind of picture that is known here", own)
		return
	}
	f.w.WriteString("<" + t.Data)
	for _, a := range t.Attr {
		switch a.Key {
		case "srcset", "sizes":
			continue
		case key:
			a.Val = "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(f.bytes(own))
		}
		f.w.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
	}
	f.w.WriteString(">")
}

var kinds = map[string]string{".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif"}

func (f *filler) bytes(own string) []byte {
	b, err := f.get(own)
	if err != nil && f.err == nil {
		f.err = fmt.Errorf("%s: %w", own, err)
	}
	return b
}

// local returns the path below the root, or "" for what lies elsewhere.
func (f *filler) local(href string) string {
	if strings.HasPrefix(href, "//") {
		return ""
	}
	own, ok := strings.CutPrefix(href, f.root)
	if !ok {
		return ""
	}
	return own
}

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
