package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

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
		r.findings = append(r.findings, jsonFault(head, at, line, err))
	case root.Kind != Map:
		r.report(diag.Syntax, root.Pos, "应是一组键", "expected an object")
	default:
		r.head.Pairs = root.Pairs
	}
}

// jsonFault says what is wrong with a head that is no JSON, in words for editors.
func jsonFault(head []byte, at, line int, err error) diag.Finding {
	place := pos(head, at, line)
	said := err.Error()
	for _, w := range []struct{ part, zh, en string }{
		{"'，'", "这里用了全角逗号", "a full-width comma stands here"},
		{"'：'", "这里用了全角冒号", "a full-width colon stands here"},
		{"after object key:value pair", "上一行末尾少了逗号", "a comma is missing at the end of the line above"},
		{"after array element", "前面少了逗号", "a comma is missing before this"},
		{"after object key", "键后面少了冒号", "the colon after the key is missing"},
		{"looking for beginning of object key", "最后一项后面多了逗号，或键没有加双引号", "there is a comma after the last item, or the key is not in double quotes"},
		{"looking for beginning of value", "值没有加双引号，或少了值", "the value is missing or not in double quotes"},
		{"unexpected end", "花括号、方括号或引号没有配对", "a brace, bracket or quote is not closed"},
		{"unexpected EOF", "花括号、方括号或引号没有配对", "a brace, bracket or quote is not closed"},
	} {
		if !strings.Contains(said, w.part) {
			continue
		}
		f := diag.Syntax.At("", place, w.zh, w.en)
		lines := strings.Split(string(head), "\n")
		if above := place.Line - line; w.part == "after object key:value pair" && above > 0 && above <= len(lines) && place.Col <= 1+indentOf(lines[above]) {
			prev := strings.TrimRight(lines[above-1], " ")
			return f.ReplaceAt(diag.Pos{Line: place.Line - 1, Col: 1}, prev, prev+",")
		}
		return f
	}
	return diag.Syntax.At("", place, said, said)
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

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
