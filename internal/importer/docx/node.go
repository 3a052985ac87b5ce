package docx

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// node is an element; its name and its attributes' come without their namespaces,
// which differ between the transitional and the strict form of the format.
type node struct {
	name  string
	attrs []xml.Attr
	data  []byte // text, of elements that hold some
	kids  []*node
}

// xml reads a part; nil where there is none.
func (p *pack) xml(name string) (*node, error) {
	b, err := p.bytes(name)
	if b == nil || err != nil {
		return nil, err
	}
	return parse(b)
}

func parse(b []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	root := &node{}
	stack := []*node{root}
	count := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, errBroken
		}
		switch t := t.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(stack) > maxDepth {
				return nil, errLarge
			}
			n := &node{name: t.Name.Local, attrs: slices.Clone(t.Attr)}
			top := stack[len(stack)-1]
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			switch top := stack[len(stack)-1]; top.name {
			case "t", "instrText", "title", "created", "modified":
				top.data = append(top.data, t...)
			}
		}
	}
	if len(root.kids) == 0 {
		return nil, errBroken
	}
	return root.kids[0], nil
}

// child returns the first child of a name, at the end of a path of names, or nil.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		i := slices.IndexFunc(n.kids, func(k *node) bool { return k.name == name })
		if i < 0 {
			return nil
		}
		n = n.kids[i]
	}
	return n
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on tells whether a property that is present is on (ST_OnOff).
func (n *node) on() bool {
	switch n.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return n != nil
}

// each calls f with a node and all within.
func (n *node) each(f func(*node)) {
	f(n)
	for _, k := range n.kids {
		k.each(f)
	}
}

// words is the text of all w:t, m:t and a:t within, and of WordArt.
func (n *node) words() string {
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		switch n.name {
		case "t":
			b.Write(n.data)
		case "textpath":
			b.WriteString(n.attr("string"))
		}
		for _, k := range n.kids {
			walk(k)
		}
		if n.name == "p" {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.TrimSpace(b.String())
}
