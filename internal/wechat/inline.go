package wechat

import (
	"fmt"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func (w *writer) inlines(n *xhtml.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.inline(c)
	}
}

// inline writes what stands within a line.
func (w *writer) inline(n *xhtml.Node) {
	if n.Type == xhtml.TextNode {
		w.text(strings.ReplaceAll(n.Data, "\n", " "))
		return
	}
	if n.Type != xhtml.ElementNode {
		return
	}
	switch n.DataAtom {
	case atom.Strong, atom.B:
		w.in("strong", "", func() { w.inlines(n) })
	case atom.Em, atom.I:
		// Han characters are never slanted: dots below them (着重号), as on the site.
		w.in("em", "font-style:normal;text-emphasis:filled dot;-webkit-text-emphasis:filled dot;text-emphasis-position:under right;", func() { w.inlines(n) })
	case atom.Del, atom.S:
		w.in("span", "text-decoration:line-through;", func() { w.inlines(n) })
	case atom.Code:
		w.in("span", "font-family:Menlo,Consolas,monospace;", func() { w.inlines(n) })
	case atom.Br:
		w.b.WriteString("<br>")
	case atom.Sup:
		if strings.Contains(attr(n, "class"), "footnote") {
			w.in("sup", "", func() { w.text("[" + w.Words.Note + textOf(n) + "]") })
			return
		}
		w.in("sup", "", func() { w.inlines(n) })
	case atom.Sub:
		w.in("sub", "", func() { w.inlines(n) })
	case atom.A:
		w.link(n)
	case atom.Img:
		w.image(n)
	case atom.Ruby:
		w.ruby(n)
	case atom.Input:
		box := "☐ "
		if _, done := lookup(n, "checked"); done {
			box = "☑ "
		}
		w.text(box)
	case atom.Script, atom.Style:
	default:
		w.inlines(n)
	}
}

// link writes the words of a link and a number that leads to its address at the end.
// A link within the page, or back from a note, is only its words.
func (w *writer) link(n *xhtml.Node) {
	href := attr(n, "href")
	if attr(n, "role") == "doc-backlink" {
		return
	}
	w.inlines(n)
	if href == "" || strings.HasPrefix(href, "#") {
		return
	}
	address := w.Absolute(href)
	if strings.TrimSpace(textOf(n)) == address {
		return // the words are the address
	}
	i, ok := w.links[address]
	if !ok {
		w.order = append(w.order, address)
		i = len(w.order)
		w.links[address] = i
	}
	w.in("sup", "", func() { w.text(fmt.Sprintf("[%d]", i)) })
}

// ruby writes a reading in brackets after its characters: WeChat has no ruby.
func (w *writer) ruby(n *xhtml.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Rp:
		case atom.Rt:
			w.text("（" + textOf(c) + "）")
		default:
			w.inline(c)
		}
	}
}

// inlineOnly tells whether an element holds nothing that stands by itself.
func inlineOnly(n *xhtml.Node) bool {
	if n.Type != xhtml.ElementNode {
		return true
	}
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Figure, atom.Table, atom.Ul, atom.Ol, atom.Dl, atom.Pre, atom.Blockquote, atom.Hr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !inlineOnly(c) {
			return false
		}
	}
	return true
}

func find(n *xhtml.Node, a atom.Atom) []*xhtml.Node {
	var out []*xhtml.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == a {
			out = append(out, c)
		} else {
			out = append(out, find(c, a)...)
		}
	}
	return out
}

func textOf(n *xhtml.Node) string {
	if n.Type == xhtml.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

func lookup(n *xhtml.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *xhtml.Node, key string) string {
	v, _ := lookup(n, key)
	return v
}
