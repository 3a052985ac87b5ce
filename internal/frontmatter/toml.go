package frontmatter

import (
	"errors"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mingdeng/internal/diag"
)

// toml reads a TOML head. The whole head is first decoded by go-toml, which
// checks all of TOML 1.0 (duplicate tables among it) and names row and column;
// the tree with places is then built from its parser's expressions.
func (r *reading) toml(head []byte, line int) {
	if err := nestedTooDeep(head); err {
		r.report(diag.TooDeep, diag.Pos{Line: line, Col: 1}, MaxDepth)
		return
	}
	var all map[string]any
	if err := toml.Unmarshal(head, &all); err != nil {
		at := diag.Pos{Line: line, Col: 1}
		var d *toml.DecodeError
		if errors.As(err, &d) {
			row, col := d.Position()
			at = pos(head, offsetOf(head, row, col), line)
		}
		r.report(diag.Syntax, at, err.Error(), err.Error())
		return
	}
	b := tomlBuild{p: &unstable.Parser{}, head: head, line: line}
	b.p.Reset(head)
	table := &r.head
	for b.p.NextExpression() {
		e := b.p.Expression()
		switch e.Kind {
		case unstable.Table:
			table = b.reach(&r.head, e.Key(), false)
		case unstable.ArrayTable:
			table = b.reach(&r.head, e.Key(), true)
		case unstable.KeyValue:
			b.set(table, e)
		}
	}
}

// nestedTooDeep tells whether brackets nest beyond the bound; the library's
// parser would recurse as deep as they go.
func nestedTooDeep(head []byte) bool {
	depth := 0
	for _, c := range head {
		switch c {
		case '[', '{':
			if depth++; depth > MaxDepth {
				return true
			}
		case ']', '}', '\n':
			// Brackets in strings may miscount by a few; a line end resets nothing
			// but a single line's worth, and real heads stay far below the bound.
			if c != '\n' && depth > 0 {
				depth--
			}
		}
	}
	return false
}

func offsetOf(head []byte, row, col int) int {
	at := 0
	for ; row > 1 && at < len(head); at++ {
		if head[at] == '\n' {
			row--
		}
	}
	return at + col - 1
}

type tomlBuild struct {
	p    *unstable.Parser
	head []byte
	line int
}

func (b *tomlBuild) at(n *unstable.Node, fallback diag.Pos) diag.Pos {
	if n.Raw.Length == 0 {
		return fallback
	}
	return pos(b.head, int(n.Raw.Offset), b.line)
}

// reach walks a dotted key down from root, making maps (and for [[x]] a new list
// item) as it goes, and returns the map at its end.
func (b *tomlBuild) reach(root *Node, key unstable.Iterator, list bool) *Node {
	at := root
	for key.Next() {
		k := key.Node()
		child := b.child(at, string(k.Data), b.at(k, at.Pos))
		last := key.IsLast()
		switch {
		case last && list:
			child.Kind = List
			child.Items = append(child.Items, Node{Kind: Map, Pos: b.at(k, at.Pos)})
			child = &child.Items[len(child.Items)-1]
		case child.Kind == List && len(child.Items) > 0:
			child = &child.Items[len(child.Items)-1]
		default:
			child.Kind = Map
		}
		at = child
	}
	return at
}

func (b *tomlBuild) child(in *Node, key string, at diag.Pos) *Node {
	for i := range in.Pairs {
		if in.Pairs[i].Key == key {
			return &in.Pairs[i].Value
		}
	}
	in.Pairs = append(in.Pairs, Pair{Key: key, Pos: at, Value: Node{Pos: at}})
	return &in.Pairs[len(in.Pairs)-1].Value
}

func (b *tomlBuild) set(table *Node, kv *unstable.Node) {
	target := b.reach(table, kv.Key(), false)
	at := target.Pos
	*target = b.value(kv.Value(), at)
}

func (b *tomlBuild) value(v *unstable.Node, near diag.Pos) Node {
	n := Node{Pos: b.at(v, near)}
	switch v.Kind {
	case unstable.Array:
		n.Kind = List
		for it := v.Children(); it.Next(); {
			n.Items = append(n.Items, b.value(it.Node(), n.Pos))
		}
	case unstable.InlineTable:
		n.Kind = Map
		for it := v.Children(); it.Next(); {
			b.set(&n, it.Node())
		}
	default:
		n.Kind, n.Text, n.Quoted = Scalar, string(v.Data), v.Kind == unstable.String
	}
	return n
}
