package frontmatter

import (
	"errors"
	"strings"

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
		r.findings = append(r.findings, tomlFault(head, at, line, err))
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

// tomlFault says what is wrong with a head that is no TOML, in words for editors.
func tomlFault(head []byte, at diag.Pos, line int, err error) diag.Finding {
	said := strings.TrimPrefix(err.Error(), "toml: ")
	text := ""
	if lines := strings.Split(string(head), "\n"); at.Line-line >= 0 && at.Line-line < len(lines) {
		text = lines[at.Line-line]
	}
	for _, w := range []struct{ part, zh, en string }{
		{"start of value", "值要加双引号", "the value needs double quotes"},
		{"incomplete number", "值要加双引号", "the value needs double quotes"},
		{"invalid character at start of key", "键里有中文时要加双引号", "a key that is not plain ASCII needs double quotes"},
		{"unexpected character at start of key", "键里有中文时要加双引号", "a key that is not plain ASCII needs double quotes"},
		{"key cannot be empty", "键里有中文时要加双引号", "a key that is not plain ASCII needs double quotes"},
		{"expected = after a key", "键和值之间要用等号 =", "key and value are parted by ="},
		{"already", "同一个键写了两次", "a key is given twice"},
	} {
		if !strings.Contains(said, w.part) {
			continue
		}
		f := diag.Syntax.At("", at, w.zh, w.en)
		if key, value, found := strings.Cut(text, "="); found && w.part == "start of value" {
			if value = strings.TrimSpace(value); value != "" && !strings.ContainsAny(value, "\"'\\") {
				return f.ReplaceAt(diag.Pos{Line: at.Line, Col: 1}, text, strings.TrimRight(key, " ")+" = \""+value+"\"")
			}
		}
		return f
	}
	return diag.Syntax.At("", at, said, said)
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
