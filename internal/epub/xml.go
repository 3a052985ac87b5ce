package epub

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// xmlWriter writes XHTML: HTML in the syntax of XML 1.0.
type xmlWriter struct{ bytes.Buffer }

// void elements hold nothing and end in "/>"; all others get an end tag, since "<p/>" is
// an open <p> to a reader that takes the file for HTML.
var void = set("br hr img wbr col")

func (x *xmlWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		x.text(n.Data)
	case html.ElementNode:
		x.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			x.attr(a.Key, a.Val)
		}
		if void[n.Data] {
			x.WriteString("/>")
			return
		}
		x.WriteString(">")
		x.children(n)
		x.WriteString("</" + n.Data + ">")
	}
}

func (x *xmlWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		x.node(c)
	}
}

// open writes a start tag; attributes come as pairs of name and value.
func (x *xmlWriter) open(name string, attrs ...string) {
	x.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			x.attr(attrs[i], attrs[i+1])
		}
	}
	x.WriteString(">")
}

func (x *xmlWriter) end(name string) { x.WriteString("</" + name + ">") }

// element writes an element that holds a text.
func (x *xmlWriter) element(name, text string, attrs ...string) {
	x.open(name, attrs...)
	x.text(text)
	x.end(name)
}

// empty writes an element that holds nothing.
func (x *xmlWriter) empty(name string, attrs ...string) {
	x.open(name, attrs...)
	x.Truncate(x.Len() - 1)
	x.WriteString("/>")
}

func (x *xmlWriter) attr(name, value string) {
	x.WriteString(" " + name + `="`)
	x.WriteString(attrEscapes.Replace(clean(value)))
	x.WriteString(`"`)
}

func (x *xmlWriter) text(s string) { x.WriteString(textEscapes.Replace(clean(s))) }

var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;", "\r", "&#13;")
)

// clean leaves out what is no Char of XML 1.0 (§2.2).
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
