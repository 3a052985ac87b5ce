package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// What a block says is gathered, rewritten whole, and handed back to its nodes: a word
// may be cut by a line break (头⏎发), by emphasis or by ruby, and what a character
// becomes depends on its word.

// share is a node's part of a block.
type share struct {
	node  ast.Node
	count int // characters
}

// gathering collects the words of one block.
type gathering struct {
	*reading
	text   []byte
	shares []share
}

// convert rewrites the words of a block, if words are to be rewritten.
func (w *writer) convert(block ast.Node) {
	if w.turn == nil {
		return
	}
	g := gathering{reading: w.plainly()}
	g.inlines(block)
	if len(g.text) == 0 {
		return
	}
	out := w.turn(g.text)
	if w.converted == nil {
		w.converted = make(map[ast.Node][]byte, len(g.shares))
	}
	for _, p := range g.shares {
		at := 0
		for range p.count {
			_, n := utf8.DecodeRune(out[at:])
			at += n
		}
		if p.node != nil {
			w.converted[p.node] = out[:at:at]
		}
		out = out[at:]
	}
}

// add takes in what a node says; node is nil for what is not to be rewritten.
func (g *gathering) add(node ast.Node, v []byte) {
	g.text = append(g.text, v...)
	g.shares = append(g.shares, share{node, utf8.RuneCount(v)})
}

func (g *gathering) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if n.IsRaw() {
				g.add(nil, []byte(object))
				continue
			}
			g.add(n, resolve(g.value(n)))
			if n.HardLineBreak() || n.SoftLineBreak() && !g.joins(n) {
				g.add(nil, []byte("\n"))
			}
		case *east.FootnoteLink, *east.TaskCheckBox:
		case *ruby:
			var all []byte
			for _, base := range n.base {
				all = append(all, base...)
			}
			g.add(n, all)
		case *ast.Emphasis, *ast.Link, *east.Strikethrough:
			g.inlines(n)
		default:
			g.add(nil, []byte(object)) // code, pictures, addresses, records
		}
	}
}

// textValue is what a text node says.
func (r *reading) textValue(n *ast.Text) []byte {
	if v, ok := r.converted[n]; ok {
		return v
	}
	return resolve(r.value(n))
}

// bases are the characters of a ruby.
func (r *reading) bases(n *ruby) []string {
	v, ok := r.converted[n]
	if !ok {
		return n.base
	}
	out := make([]string, len(n.base))
	for i, base := range n.base {
		at := 0
		for range utf8.RuneCountInString(base) {
			_, size := utf8.DecodeRune(v[at:])
			at += size
		}
		out[i], v = string(v[:at]), v[at:]
	}
	return out
}
