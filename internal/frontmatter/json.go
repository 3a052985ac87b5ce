package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"mingdeng/internal/diag"
)

// json reads a JSON head token by token, for the places' sake.
func (r *reading) json(head []byte, line int) {
	d := json.NewDecoder(bytes.NewReader(head))
	d.UseNumber()
	b := jsonBuild{d: d, head: head, line: line}
	root, err := b.value(0)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = errors.New("more than one value")
		}
	}
	switch {
	case errors.Is(err, errDeep):
		r.report(diag.TooDeep, diag.Pos{Line: line, Col: 1}, MaxDepth)
	case err != nil:
		at := int(d.InputOffset())
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = int(syntax.Offset)
		}
		for at < len(head) && (head[at] == ' ' || head[at] == '\n') {
			at++
		}
		r.report(diag.Syntax, pos(head, at, line), err.Error(), err.Error())
	case root.Kind != Map:
		r.report(diag.Syntax, root.Pos, "应是一组键", "expected an object")
	default:
		r.head.Pairs = root.Pairs
	}
}

var errDeep = errors.New("nested too deeply")

type jsonBuild struct {
	d    *json.Decoder
	head []byte
	line int
}

// next returns the place where the next token starts.
func (b *jsonBuild) next() diag.Pos {
	at := int(b.d.InputOffset())
	for at < len(b.head) && bytes.IndexByte([]byte(" \t\r\n,:"), b.head[at]) >= 0 {
		at++
	}
	return pos(b.head, at, b.line)
}

func (b *jsonBuild) value(depth int) (Node, error) {
	n := Node{Pos: b.next()}
	if depth > MaxDepth {
		return n, errDeep
	}
	t, err := b.d.Token()
	if err != nil {
		return n, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '[' {
			n.Kind = List
			for b.d.More() {
				item, err := b.value(depth + 1)
				if err != nil {
					return n, err
				}
				n.Items = append(n.Items, item)
			}
		} else {
			n.Kind = Map
			for b.d.More() {
				p := Pair{Pos: b.next()}
				k, err := b.d.Token()
				if err != nil {
					return n, err
				}
				p.Key, _ = k.(string)
				if p.Value, err = b.value(depth + 1); err != nil {
					return n, err
				}
				n.Pairs = append(n.Pairs, p)
			}
		}
		_, err = b.d.Token() // the closing bracket
		return n, err
	case string:
		n.Kind, n.Quoted, n.Text = Scalar, true, t
	case json.Number:
		n.Kind, n.Text = Scalar, t.String()
	case bool:
		n.Kind, n.Text = Scalar, "false"
		if t {
			n.Text = "true"
		}
	}
	return n, nil
}
