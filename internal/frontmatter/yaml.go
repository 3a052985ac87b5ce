package frontmatter

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"mingdeng/internal/diag"
)

func formatFloat(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

func (r *reading) yaml(head []byte, line int) {
	if onlyComments(head) { // which the library takes for no document at all
		return
	}
	var doc yaml.Node
	// The library's own alias bound guards decoding into values; nodes are expanded
	// below, where the count is kept.
	// Repeated keys are told by the decoder, which knows that 姓名 and name are one.
	err := yaml.Load(head, &doc, yaml.WithUniqueKeys(false), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth))))
	if err != nil {
		r.yamlFault(head, line, err)
		return
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return
	}
	c := conversion{reading: r, line: line - 1}
	root := c.node(doc.Content[0], 0)
	if c.stopped {
		r.report(diag.TooDeep, diag.Pos{Line: line, Col: 1}, maxNodes)
		return
	}
	if root.Kind == Null {
		return
	}
	if root.Kind != Map {
		if !r.slips(head, line) {
			r.report(diag.Syntax, root.Pos, "应是一行一个“键: 值”", "expected one \"key: value\" a line")
		}
		return
	}
	r.head.Pairs = root.Pairs
}

func onlyComments(head []byte) bool {
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// conversion turns a YAML tree into Nodes, following aliases as far as the bound.
type conversion struct {
	*reading
	line    int // lines above the head
	nodes   int
	stopped bool
}

func (c *conversion) node(y *yaml.Node, depth int) Node {
	c.nodes++
	if c.nodes > maxNodes || depth > MaxDepth {
		c.stopped = true
	}
	n := Node{Pos: diag.Pos{Line: c.line + y.Line, Col: y.Column}}
	if c.stopped {
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		n = c.node(y.Alias, depth+1)
		n.Pos = diag.Pos{Line: c.line + y.Line, Col: y.Column}
	case yaml.ScalarNode:
		n.Quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		n.Text = y.Value
		if n.Kind = Scalar; !n.Quoted && (y.Value == "" || y.Value == "~" || y.Value == "null") {
			n.Kind, n.Text = Null, ""
		}
		if mark := y.LineComment; !n.Quoted && len(mark) > 1 && mark[0] == '#' && !strings.ContainsAny(mark[1:2], " \t#!-=") && !strings.HasPrefix(mark, "#　") {
			n.Cut = mark
		}
	case yaml.SequenceNode:
		n.Kind = List
		n.Items = make([]Node, 0, len(y.Content))
		for _, item := range y.Content {
			n.Items = append(n.Items, c.node(item, depth+1))
			if c.stopped {
				return n
			}
		}
	case yaml.MappingNode:
		n.Kind = Map
		n.Pairs = make([]Pair, 0, len(y.Content)/2)
		for i := 0; i+1 < len(y.Content) && !c.stopped; i += 2 {
			key := y.Content[i]
			at := diag.Pos{Line: c.line + key.Line, Col: key.Column}
			if key.Kind != yaml.ScalarNode {
				c.report(diag.Syntax, at, "键要是一个词", "a key must be a word")
				continue
			}
			n.Pairs = append(n.Pairs, Pair{Key: key.Value, Pos: at, Value: c.node(y.Content[i+1], depth+1)})
		}
	}
	return n
}

// yamlFault says what is wrong with a head the library could not read. The slips
// of a Chinese keyboard are looked for first: the library's own words name their
// consequence, not their cause.
func (r *reading) yamlFault(head []byte, line int, err error) {
	var list *yaml.LoadErrors
	var one *yaml.LoadError
	if errors.As(err, &list) && len(list.Errors) > 0 {
		one = list.Errors[0]
	} else {
		errors.As(err, &one)
	}
	if one == nil {
		r.report(diag.Syntax, diag.Pos{Line: line, Col: 1}, err.Error(), err.Error())
		return
	}
	if strings.Contains(one.Message, "depth") || strings.Contains(one.Message, "excessive aliasing") {
		r.report(diag.TooDeep, diag.Pos{Line: line, Col: 1}, MaxDepth)
		return
	}
	if r.slips(head, line) {
		return
	}
	l, col := one.Mark.Line, one.Mark.Column
	lines := bytes.Split(bytes.TrimSuffix(head, []byte{'\n'}), []byte{'\n'})
	if l > len(lines) || l == len(lines) && len(bytes.TrimSpace(lines[l-1])) == 0 {
		// The fault is that something was never closed: name where it was opened.
		if l = one.ContextMark.Line; l == 0 {
			l = 1
		}
		col = one.ContextMark.Column
	}
	said := yamlWords(one.Message)
	if !said.known {
		said.zh, said.en = one.Message, one.Message
	}
	at := diag.Pos{Line: line - 1 + max(l, 1), Col: max(col, 1)}
	text := string(lines[min(max(l, 1), len(lines))-1])
	if l > 1 && l <= len(lines) && strings.Contains(one.Message, "mapping values are not allowed") {
		if indent, uneven := unevenIndent(string(lines[l-2]), text); uneven {
			at.Col = 1
			f := diag.Syntax.At("", at, "缩进没有和上一行对齐", "the indentation differs from the line above")
			r.findings = append(r.findings, f.Replace(text, indent+strings.TrimLeft(text, " ")))
			return
		}
	}
	r.findings = append(r.findings, mendYAML(diag.Syntax.At("", at, said.zh, said.en), one.Message, text))
}

type wording struct {
	zh, en string
	known  bool
}

// yamlWords puts the library's messages into words for editors.
func yamlWords(message string) wording {
	for _, w := range []struct{ part, zh, en string }{
		{"mapping values are not allowed", "这里多了一个冒号，或上一行没有写完", "a colon too many, or the line above is unfinished"},
		{"could not find expected ':'", "这一行少了冒号，或冒号后少了空格", "a colon is missing, or the space after it"},
		{"did not find expected ',' or ']'", "方括号 [ 没有配对的 ]", "a bracket [ is not closed"},
		{"did not find expected ',' or '}'", "花括号 { 没有配对的 }", "a brace { is not closed"},
		{"unexpected end of stream", "引号没有配对", "a quote is not closed"},
		{"unexpected document indicator", "引号没有配对", "a quote is not closed"},
		{"did not find expected key", "缩进没有对齐，或引号后面多了字", "the indentation is uneven, or words follow a closing quote"},
		{"did not find expected '-' indicator", "清单的短横没有对齐", "the dashes of the list are not aligned"},
		{"did not find expected node content", "括号里少了内容", "something is missing inside the brackets"},
		{"cannot start any token", "值不能以 @、` 或 % 开头，请加引号", "a value cannot start with @, ` or %: put it in quotes"},
		{"did not find expected alphabetic or numeric character", "值不能以 * 或 & 开头，请加引号", "a value cannot start with * or &: put it in quotes"},
		{"unknown anchor", "“*”开头的值要加引号", "a value that starts with * needs quotes"},
		{"anchor", "“&”或“*”开头的值要加引号", "a value that starts with & or * needs quotes"},
		{"unknown escape", "双引号里的反斜杠 \\ 要写成 \\\\，或改用单引号", "a backslash within double quotes must be doubled; or use single quotes"},
		{"already defined", "同一个键写了两次", "a key is given twice"},
		{"tag", "值不能以 ! 开头，请加引号", "a value cannot start with !: put it in quotes"},
	} {
		if strings.Contains(message, w.part) {
			return wording{w.zh, w.en, true}
		}
	}
	return wording{}
}
