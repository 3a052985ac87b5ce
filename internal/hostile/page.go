package hostile

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// barred are the elements no page may have: what runs, frames or embeds something else,
// and what changes where addresses lead.
var barred = map[string]bool{
	"iframe": true, "frame": true, "frameset": true, "object": true, "embed": true, "applet": true, "base": true, "portal": true,
	"fencedframe": true, "style": true, "foreignobject": true, "animate": true, "set": true, "animatetransform": true, "handler": true,
	"marquee": true, "bgsound": true, "isindex": true, "xmp": true, "plaintext": true, "math": true,
}

// page holds HTML against the rules, as a browser with scripts reads it and as one
// without.
func (o *oracle) page(b []byte, inBook bool) {
	if !bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(b)), []byte("<!doctype html")) && !inBook {
		o.fault("does not begin with <!doctype html>: %.60q", b)
	}
	for _, scripts := range []bool{true, false} {
		doc, err := html.ParseWithOptions(bytes.NewReader(b), html.ParseOptionEnableScripting(scripts))
		if err != nil {
			o.fault("%v", err)
			return
		}
		o.node(doc, inBook)
	}
}

// fragment holds the HTML within a feed against the rules.
func (o *oracle) fragment(text string) {
	list, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		o.fault("%v", err)
	}
	for _, n := range list {
		o.node(n, false)
	}
}

func (o *oracle) node(n *html.Node, inBook bool) {
	if n.Type == html.ElementNode {
		o.element(n, inBook)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		o.node(c, inBook)
	}
}

func (o *oracle) element(n *html.Node, inBook bool) {
	name := strings.ToLower(n.Data)
	attrs := map[string]string{}
	for _, a := range n.Attr {
		attrs[strings.ToLower(a.Key)] = a.Val
	}
	if barred[name] && !(name == "style" && o.inside(n)) {
		o.fault("<%s>", name)
	}
	if name == "script" && !(len(attrs) == 0 && o.inside(n)) {
		o.script(n, attrs)
	}
	for key, v := range attrs {
		switch {
		case strings.HasPrefix(key, "on"), key == "style", key == "srcdoc", key == "formaction", key == "ping", key == "is", key == "nonce":
			o.fault("<%s %s=%.60q>", name, key, v)
		case key == "href" && name == "a", key == "href" && name == "area", key == "cite":
			o.link(v)
		case key == "href" && name == "link" && (attrs["rel"] == "canonical" || attrs["rel"] == "alternate"):
			if !strings.HasPrefix(v, o.base) && !o.local(v) {
				o.fault("<link rel=%s href=%.80q>", attrs["rel"], v)
			}
		case key == "href" && name == "use", key == "xlink:href":
			if !strings.HasPrefix(v, "#") && !o.local(v) {
				o.fault("<%s %s=%.80q>", name, key, v)
			}
		case slices.Contains([]string{"href", "src", "poster", "data", "action", "background", "manifest", "longdesc", "codebase", "classid", "lowsrc", "dynsrc", "profile"}, key):
			if !o.local(v) && !inBook && !(alone(o.at) && picture(v)) || inBook && leadsOut(v) {
				o.fault("<%s %s=%.80q>", name, key, v)
			}
		case key == "srcset", key == "imagesrcset":
			for part := range strings.SplitSeq(v, ",") {
				if f := strings.Fields(part); len(f) == 0 || !o.local(f[0]) {
					o.fault("<%s %s=%.80q>", name, key, v)
				}
			}
		}
	}
	if name == "meta" {
		o.meta(attrs)
	}
	if name == "a" && attrs["target"] != "" && !strings.Contains(attrs["rel"], "noopener") {
		o.fault("<a target=%q> without noopener", attrs["target"])
	}
}

// inside tells whether a script or style is one of those that may stand inside a file
// that is alone.
func (o *oracle) inside(n *html.Node) bool {
	return alone(o.at) && n.FirstChild != nil && o.own[n.FirstChild.Data]
}

// Inside gathers the scripts and styles inside the files that are alone, of a site that
// is trusted.
func Inside(files map[string][]byte) map[string]bool {
	own := map[string]bool{}
	for name, b := range files {
		if !alone(name) {
			continue
		}
		z := html.NewTokenizer(bytes.NewReader(b))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			if t := z.Token(); kind == html.StartTagToken && (t.Data == "script" || t.Data == "style") && len(t.Attr) == 0 && z.Next() == html.TextToken {
				own[string(z.Text())] = true
			}
		}
	}
	return own
}

// picture tells an address that is a picture itself. Browsers run nothing in one.
func picture(v string) bool {
	v = seen(v)
	for _, kind := range []string{"png", "jpeg", "svg+xml", "webp"} {
		if strings.HasPrefix(v, "data:image/"+kind+";base64,") {
			return true
		}
	}
	return false
}

// script lets pass the site's own files and blocks of JSON.
func (o *oracle) script(n *html.Node, attrs map[string]string) {
	src, has := attrs["src"]
	text := ""
	if n.FirstChild != nil {
		text = n.FirstChild.Data
	}
	switch {
	case has:
		u, err := url.Parse(src)
		if err != nil || !o.local(src) || text != "" {
			o.fault("<script src=%q>%.60s", src, text)
			return
		}
		file, below := strings.CutPrefix(u.EscapedPath(), o.root)
		if !strings.HasPrefix(u.Path, "/") { // beside the page
			file = path.Join(path.Dir(o.at), u.EscapedPath())
			below = !strings.HasPrefix(file, "..")
		}
		if b, ours := o.files[file]; !below || !ours || path.Ext(file) != ".js" || b == nil {
			o.fault("<script src=%q> is no file of the site", src)
		}
	case attrs["type"] == "application/json" || attrs["type"] == "application/ld+json":
		if !json.Valid([]byte(text)) {
			o.fault("<script type=%s> holds no JSON: %.80q", attrs["type"], text)
		}
	default:
		o.fault("<script>%.60s", text)
	}
}

func (o *oracle) meta(attrs map[string]string) {
	switch v := attrs["content"]; {
	case strings.EqualFold(attrs["http-equiv"], "refresh"):
		_, to, ok := strings.Cut(v, "url=")
		if !ok || !o.local(to) {
			o.fault("<meta refresh %.80q>", v)
		}
	case attrs["http-equiv"] != "":
		o.fault("<meta http-equiv=%q>", attrs["http-equiv"])
	case attrs["property"] == "og:url", attrs["property"] == "og:image":
		if !strings.HasPrefix(v, o.base) {
			o.fault("<meta %s %.80q>", attrs["property"], v)
		}
	}
}

// seen is an address as a browser reads it: without spaces around it and without tabs and
// line ends (URL Standard, "URL parsing"), backslashes as slashes.
func seen(v string) string {
	v = strings.TrimFunc(v, func(r rune) bool { return r <= ' ' })
	v = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(v)
	return strings.ReplaceAll(v, `\`, "/")
}

// scheme is the scheme of an address in lower case, "" where it has none.
func scheme(v string) string {
	head, _, ok := strings.Cut(v, ":")
	if !ok || head == "" {
		return ""
	}
	for i, r := range head {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z' && r < 0x80
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", r)) {
			return ""
		}
	}
	return strings.ToLower(head)
}

// leadsOut tells whether an address names another place than this site by itself.
func leadsOut(v string) bool {
	v = seen(v)
	return strings.HasPrefix(v, "//") || scheme(v) != ""
}

// local tells whether an address leads to the site, as what a page loads must.
func (o *oracle) local(v string) bool {
	v = seen(v)
	if o.base != "" && strings.HasPrefix(v, o.base) {
		return true
	}
	return !leadsOut(v) && (!strings.HasPrefix(v, "/") || strings.HasPrefix(v, o.root) || v+"/" == o.root) && !strings.HasPrefix(v, "../../../../")
}

// link holds the address of a link against the list: nothing that runs, nothing that
// looks like a path and leads to another host.
func (o *oracle) link(v string) {
	s := seen(v)
	switch scheme(s) {
	case "http", "https":
		if u, err := url.Parse(s); err != nil || u.Host == "" {
			o.fault("a link to %.80q", v)
		}
		if strings.ContainsFunc(strings.TrimSpace(v), unicode.IsControl) {
			o.fault("a link with control characters: %.80q", v)
		}
	case "mailto", "tel":
	case "":
		if !o.local(s) {
			o.fault("a link to %.80q", v)
		}
	default:
		o.fault("a link to %.80q", v)
	}
}
