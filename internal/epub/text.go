package epub

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// read parses a text and makes of it what an e-book may hold, but for its links. ids are
// those of the text, as they came and as they are now; the same text has the same.
func (m *manuscript) read(text string) (root *html.Node, ids map[string]string) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(text), body)
	if err != nil { // a reader of strings does not fail, and the parser takes everything
		nodes = []*html.Node{{Type: html.TextNode, Data: text}}
	}
	root = &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	ids = map[string]string{}
	m.clean(root)
	names := namer{taken: map[string]bool{}}
	names.keep(root, ids)
	names.rest(root, ids)
	return root, ids
}

// kept are the attributes that say something in a book. href and src are kept on links
// and pictures alone.
var kept = set("id class alt title width height start reversed value scope colspan rowspan lang role aria-label datetime checked")

// dropped are elements that a book must not hold, with what is in them.
var dropped = set("script style template iframe object embed form button audio video svg math select textarea link meta base")

// known are the elements that a book may hold; what others hold stays without them.
var known = set("a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure " +
	"h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup " +
	"table tbody td tfoot th thead tr u ul var wbr")

func set(names string) map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(names) {
		m[name] = true
	}
	return m
}

func (m *manuscript) clean(n *html.Node) {
	var next *html.Node
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.DoctypeNode || c.Type == html.ElementNode && dropped[c.Data] {
			n.RemoveChild(c)
			continue
		}
		if c.Type != html.ElementNode {
			continue
		}
		c.Attr = slices.DeleteFunc(c.Attr, func(a html.Attribute) bool {
			return a.Namespace != "" || a.Key == "id" && a.Val == "" || !kept[a.Key] && !(a.Key == "href" && c.Data == "a") && !(a.Key == "src" && c.Data == "img")
		})
		m.clean(c)
		switch {
		case !known[c.Data]:
			unwrap(c)
		case c.Data == "section" && hasClass(c, "footnotes"):
			m.notes(c)
		case c.Data == "a" && attr(c, "role") == "doc-noteref":
			setAttr(c, "epub:type", "noteref")
		}
	}
}

// notes turns <section class="footnotes"><ol><li id>…</li></ol></section> into an
// <aside> for each note: that is what readers open in place. The list's numbers go with
// it, so each note begins with its own.
func (m *manuscript) notes(section *html.Node) {
	section.Attr = []html.Attribute{{Key: "class", Val: "notes"}, {Key: "epub:type", Val: "footnotes"}}
	if m.Words.Notes != "" {
		section.Attr = append(section.Attr, html.Attribute{Key: "aria-label", Val: m.Words.Notes})
	}
	var items []*html.Node
	for list := section.FirstChild; list != nil; list = list.NextSibling {
		for li := list.FirstChild; li != nil; li = li.NextSibling {
			if li.Type == html.ElementNode && li.Data == "li" {
				items = append(items, li)
			}
		}
	}
	for section.FirstChild != nil {
		section.RemoveChild(section.FirstChild)
	}
	for i, li := range items {
		li.Parent.RemoveChild(li)
		id := attr(li, "id")
		li.Data, li.DataAtom = "aside", atom.Aside
		li.Attr = []html.Attribute{{Key: "epub:type", Val: "footnote"}, {Key: "role", Val: "doc-footnote"}}
		if id != "" {
			setAttr(li, "id", id)
		}
		number := &html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span, Attr: []html.Attribute{{Key: "class", Val: "number"}}}
		number.AppendChild(&html.Node{Type: html.TextNode, Data: strconv.Itoa(i+1) + " "})
		at := li.FirstChild
		if at == nil || at.Type != html.ElementNode || at.Data != "p" {
			p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			li.InsertBefore(p, at)
			at = p
		}
		at.InsertBefore(number, at.FirstChild)
		section.AppendChild(li)
	}
}

// namer gives every id a form that XML allows (NCName; only ASCII, because older readers
// know the letters of XML 1.0's fourth edition alone).
type namer struct {
	taken map[string]bool
	next  int
}

// keep notes the ids that are good as they are.
func (s *namer) keep(n *html.Node, ids map[string]string) {
	if id := attr(n, "id"); id != "" && plainID(id) && !s.taken[id] {
		s.taken[id] = true
		ids[id] = id
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.keep(c, ids)
	}
}

// rest names the others, and takes away an id that stands twice.
func (s *namer) rest(n *html.Node, ids map[string]string) {
	seen := map[string]bool{}
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if id := attr(n, "id"); id != "" {
			if ids[id] == "" {
				for s.next++; s.taken["id-"+strconv.Itoa(s.next)]; s.next++ {
				}
				ids[id] = "id-" + strconv.Itoa(s.next)
			}
			if seen[id] {
				delAttr(n, "id")
			} else {
				setAttr(n, "id", ids[id])
			}
			seen[id] = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(n)
}

func plainID(id string) bool {
	for i, c := range id {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.')) {
			return false
		}
	}
	return id != "title" // the chapter's own heading has it
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func setAttr(n *html.Node, key, val string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = val
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: val})
}

func delAttr(n *html.Node, key string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr = append(n.Attr[:i], n.Attr[i+1:]...)
			return
		}
	}
}

func hasClass(n *html.Node, class string) bool {
	for _, c := range strings.Fields(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// plain makes nothing of an element but what it holds, and the place that links lead to.
func plain(n *html.Node) {
	id := attr(n, "id")
	if id == "" {
		unwrap(n)
		return
	}
	n.Data, n.DataAtom, n.Attr = "span", atom.Span, []html.Attribute{{Key: "id", Val: id}}
}

// unwrap puts what an element holds in its place.
func unwrap(n *html.Node) {
	for n.FirstChild != nil {
		c := n.FirstChild
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}
