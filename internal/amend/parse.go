package amend

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v4"

	"mingdeng/internal/frontmatter"
)

// The trees with places. Each language's own parser says where its tokens begin; where one
// ends follows from what it is. Heads come here after frontmatter has read them, so they
// are whole and within its bounds.

var errShape = errors.New("not understood")

// yamlTree reads text[from:to].
func yamlTree(text string, from, to int) (*node, error) {
	root := &node{kind: frontmatter.Map, from: to, to: to}
	var doc yaml.Node
	head := text[from:to]
	if trivia(head, 0, true) == len(head) {
		return root, nil
	}
	if err := yaml.Load([]byte(head), &doc, yaml.WithUniqueKeys(false)); err != nil {
		return nil, err
	}
	y := yamlPlaces{text: text[:to], lines: []int{from}}
	for i, r := range head {
		// These end a line in YAML 1.1.
		if r == '\n' || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			y.lines = append(y.lines, from+i+utf8.RuneLen(r))
		}
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, errShape
	}
	return y.node(doc.Content[0]), nil
}

type yamlPlaces struct {
	text  string // to the end of the head
	lines []int

	line, col, last int // the place found last: nodes come in order, and lines may be long
}

func (y *yamlPlaces) at(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(y.lines) {
		return len(y.text)
	}
	at, c := y.lines[n.Line-1], 1
	if y.line == n.Line && y.col <= n.Column {
		at, c = y.last, y.col
	}
	for ; c < n.Column && at < len(y.text); c++ {
		_, size := utf8.DecodeRuneInString(y.text[at:])
		at += size
	}
	y.line, y.col, y.last = n.Line, c, at
	return at
}

func (y *yamlPlaces) node(in *yaml.Node) *node {
	n := &node{from: y.at(in)}
	n.to = n.from
	if in.Kind == yaml.AliasNode {
		n.held, n.to = true, n.from+1+len(in.Value)
		aliased := y.node(in.Alias)
		n.kind, n.text = aliased.kind, aliased.text
		if n.kind == frontmatter.List || n.kind == frontmatter.Map {
			n.items, n.pairs, n.odd = aliased.items, aliased.pairs, true
		}
		return n
	}
	inner := n.from
	if in.Anchor != "" || in.Style&yaml.TaggedStyle != 0 {
		n.held = true
		for inner < len(y.text) && (y.text[inner] == '&' || y.text[inner] == '!') {
			for inner < len(y.text) && !strings.ContainsRune(" \t\n,[]{}", rune(y.text[inner])) {
				inner++
			}
			n.to = inner
			inner = trivia(y.text, inner, true)
		}
	}
	switch in.Kind {
	case yaml.ScalarNode:
		y.scalar(n, in, inner)
	case yaml.SequenceNode:
		n.kind, n.flow = frontmatter.List, in.Style&yaml.FlowStyle != 0
		at := inner
		n.to = inner + 1
		for _, c := range in.Content {
			i := y.node(c)
			if !n.flow {
				i.dash = trivia(y.text, at, true)
				if i.dash >= len(y.text) || y.text[i.dash] != '-' {
					n.odd = true
				}
				i.to = max(i.to, i.dash+1)
			}
			at = i.to
			n.to = max(n.to, i.to)
			n.items = append(n.items, i)
		}
		if n.flow {
			n.to = bracket(y.text, n.to, true)
		}
	case yaml.MappingNode:
		y.group(n, in, inner)
	}
	return n
}

func (y *yamlPlaces) group(n *node, in *yaml.Node, inner int) {
	n.kind, n.flow = frontmatter.Map, in.Style&yaml.FlowStyle != 0
	end := inner
	if n.flow {
		if end < len(y.text) && y.text[end] != '{' {
			n.odd = true // [key: value]
		} else {
			end++
		}
	}
	for i := 0; i+1 < len(in.Content); i += 2 {
		k := y.node(in.Content[i])
		if k.kind == frontmatter.List || k.kind == frontmatter.Map || k.held {
			n.odd = true
		}
		p := &pair{key: in.Content[i].Value, from: k.from, to: k.to, colon: -1, value: y.node(in.Content[i+1])}
		if c := trivia(y.text, k.to, true); c < len(y.text) && y.text[c] == ':' {
			p.colon = c + 1
		}
		before := y.text[lineStart(y.text, k.from):k.from]
		if !n.flow && (p.colon < 0 || strings.Trim(before, " -") != "" && !n.held) || strings.HasPrefix(strings.TrimLeft(before, " -{,"), "?") {
			n.odd = true
		}
		if v := p.value; v.from == v.to {
			v.from, v.to = max(k.to, p.colon), max(k.to, p.colon)
		}
		end = max(end, p.value.to)
		n.pairs = append(n.pairs, p)
	}
	if n.to = end; n.flow && !n.odd {
		n.to = bracket(y.text, end, true)
	}
}

func (y *yamlPlaces) scalar(n *node, in *yaml.Node, at int) {
	n.kind, n.text = frontmatter.Scalar, in.Value
	s := y.text
	switch {
	case in.Style&yaml.DoubleQuotedStyle != 0:
		n.quote = "\""
		for n.to = at + 1; n.to < len(s) && s[n.to] != '"'; n.to++ {
			if s[n.to] == '\\' {
				n.to++
			}
		}
		n.to++
	case in.Style&yaml.SingleQuotedStyle != 0:
		n.quote = "'"
		for n.to = at + 1; n.to < len(s); n.to++ {
			if s[n.to] == '\'' {
				if n.to+1 < len(s) && s[n.to+1] == '\'' {
					n.to++
					continue
				}
				break
			}
		}
		n.to++
	case in.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		n.quote = s[at:min(at+1, len(s))]
		y.block(n, at)
	default:
		n.word = in.ShortTag() == "!!str"
		if in.Value == "" || in.Value == "~" || in.Value == "null" {
			n.kind, n.text = frontmatter.Null, ""
		}
		if in.Value == "" {
			break
		}
		// A plain scalar has no escapes: its characters stand in the file in their order,
		// with other blanks between them.
		for _, r := range in.Value {
			if strings.ContainsRune(" \t\n\u0085\u2028\u2029", r) {
				continue
			}
			for at < len(s) {
				got, size := utf8.DecodeRuneInString(s[at:])
				if at += size; got == r {
					break
				}
				if !strings.ContainsRune(" \t\n\u0085\u2028\u2029", got) {
					n.odd = true
				}
			}
		}
		n.to = at
	}
	if n.to > len(s) {
		n.to, n.odd = len(s), true
	}
}

// block finds the lines of a block scalar whose | or > stands at at.
func (y *yamlPlaces) block(n *node, at int) {
	s := y.text
	head := lineEnd(s, at)
	n.lines, n.to = min(head+1, len(s)), head
	explicit := strings.ContainsAny(strings.SplitN(s[at:head], "#", 2)[0], "123456789")
	indent := -1
	for l := n.lines; l < len(s); l = lineEnd(s, l) + 1 {
		end := lineEnd(s, l)
		line := s[l:end]
		if strings.Trim(line, " ") == "" {
			continue
		}
		own := len(line) - len(strings.TrimLeft(line, " "))
		if indent < 0 {
			if indent = own; explicit {
				// The indicator counts from the parent's indentation, which is less.
				indent = y.parentIndent(at) + 1
			}
		}
		if own < indent {
			break
		}
		n.to = end
	}
	if head == len(s) || n.to == head {
		n.lines = 0
		n.odd = n.text != ""
	}
}

// parentIndent is how far the line at whose end a block scalar begins is indented, past
// the dashes of its lists.
func (y *yamlPlaces) parentIndent(at int) int {
	l := y.text[lineStart(y.text, at):at]
	i := len(l) - len(strings.TrimLeft(l, " "))
	for strings.HasPrefix(l[i:], "- ") {
		rest := strings.TrimLeft(l[i+1:], " ")
		if rest == "" {
			break
		}
		i = len(l) - len(rest)
	}
	return i
}

// jsonTree reads the object in text[from:to].
func jsonTree(text string, from, to int) (*node, error) {
	d := json.NewDecoder(bytes.NewReader([]byte(text[from:to])))
	d.UseNumber()
	j := jsonPlaces{d, text[from:to], from}
	return j.value()
}

type jsonPlaces struct {
	d    *json.Decoder
	head string
	base int
}

func (j *jsonPlaces) next() int {
	at := int(j.d.InputOffset())
	for at < len(j.head) && strings.IndexByte(" \t\r\n,:", j.head[at]) >= 0 {
		at++
	}
	return j.base + at
}

func (j *jsonPlaces) value() (*node, error) {
	n := &node{from: j.next()}
	t, err := j.d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		n.flow = true
		if n.kind = frontmatter.List; t == '{' {
			n.kind = frontmatter.Map
		}
		for j.d.More() {
			if t == '[' {
				i, err := j.value()
				if err != nil {
					return nil, err
				}
				n.items = append(n.items, i)
				continue
			}
			p := &pair{from: j.next()}
			k, err := j.d.Token()
			if err != nil {
				return nil, err
			}
			p.key, _ = k.(string)
			p.to = j.base + int(j.d.InputOffset())
			if p.value, err = j.value(); err != nil {
				return nil, err
			}
			p.colon = p.to + 1 + strings.IndexByte(j.head[p.to-j.base:], ':')
			n.pairs = append(n.pairs, p)
		}
		if _, err := j.d.Token(); err != nil {
			return nil, err
		}
	case string:
		n.kind, n.quote, n.text = frontmatter.Scalar, "\"", t
	case json.Number:
		n.kind, n.text = frontmatter.Scalar, t.String()
	case bool:
		n.kind, n.text = frontmatter.Scalar, "false"
		if t {
			n.text = "true"
		}
	}
	n.to = j.base + int(j.d.InputOffset())
	return n, nil
}

// tomlTree reads text[from:to].
func tomlTree(text string, from, to int) (*node, error) {
	t := tomlPlaces{text: text, base: from, end: to}
	root := &node{kind: frontmatter.Map, from: from, to: to, table: &table{header: -1}}
	p := &unstable.Parser{}
	p.Reset([]byte(text[from:to]))
	at, prefixed := root, []*node{root}
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			at, prefixed = t.header(root, e)
		case unstable.KeyValue:
			line := t.set(at, e)
			for _, n := range prefixed {
				n.reach(line)
			}
		}
	}
	return root, p.Error()
}

type tomlPlaces struct {
	text      string
	base, end int
}

func (t *tomlPlaces) place(n *unstable.Node) (from, to int) {
	from = t.base + int(n.Raw.Offset)
	return from, from + int(n.Raw.Length)
}

func (n *node) child(key string) (*pair, bool) {
	for _, p := range n.pairs {
		if p.key == key {
			return p, true
		}
	}
	p := &pair{key: key, colon: -1, value: &node{}}
	n.pairs = append(n.pairs, p)
	return p, false
}

// reach makes the last lines of what n holds end no earlier than s does.
func (n *node) reach(s span) {
	if n.table != nil && n.table.header < 0 || len(n.spans) == 0 {
		return
	}
	last := &n.spans[len(n.spans)-1]
	last.to = max(last.to, s.to)
	n.to = max(n.to, s.to)
}

// header goes to the table that a line in brackets names. path is what its keys lie in.
func (t *tomlPlaces) header(root *node, e *unstable.Node) (at *node, path []*node) {
	at, path = root, []*node{root}
	var line span
	for it := e.Key(); it.Next(); {
		k := it.Node()
		from, to := t.place(k)
		line = span{lineStart(t.text, from), min(lineEnd(t.text, to), t.end)}
		p, had := at.child(string(k.Data))
		if !had {
			p.from, p.to = from, to
		}
		n := p.value
		switch {
		case it.IsLast() && e.Kind == unstable.ArrayTable:
			n.kind = frontmatter.List
			item := &node{kind: frontmatter.Map, from: line.from, to: line.to, spans: []span{line}, table: &table{header: line.to}}
			n.items = append(n.items, item)
			n.spans = append(n.spans, line)
			path = append(path, n)
			n = item
		case n.kind == frontmatter.List && len(n.items) > 0:
			n.spans = append(n.spans, line)
			path = append(path, n)
			n = n.items[len(n.items)-1]
			n.spans = append(n.spans, line)
		default:
			n.kind = frontmatter.Map
			n.spans = append(n.spans, line)
			if n.table == nil {
				n.from, n.table = line.from, &table{header: -1, closed: true}
			}
			if it.IsLast() {
				n.table.header, n.table.closed = line.to, false
			}
		}
		n.to = line.to
		path = append(path, n)
		at = n
	}
	// A line above its header reaches into a list as well.
	for _, n := range path[1:] {
		if len(n.spans) == 0 {
			n.spans = []span{line}
		}
	}
	return at, path
}

// set reads a line of key and value, and returns the lines it takes.
func (t *tomlPlaces) set(at *node, e *unstable.Node) span {
	value := t.value(e.Value(), t.afterKey(e))
	first, prefix := -1, ""
	if at.table != nil {
		prefix = at.table.prefix
	}
	var line span
	for it := e.Key(); it.Next(); {
		k := it.Node()
		from, to := t.place(k)
		if first < 0 {
			first = from
			line = span{lineStart(t.text, first), min(lineEnd(t.text, value.to), t.end)}
		}
		p, had := at.child(string(k.Data))
		if !had {
			p.from, p.to = first, to
		}
		if it.IsLast() {
			p.value = value
			p.colon = to + 1 + strings.IndexByte(t.text[to:], '=')
			value.spans = append(value.spans, line)
			continue
		}
		prefix += t.text[from:to] + "."
		n := p.value
		n.kind, n.to = frontmatter.Map, line.to
		if n.table == nil {
			n.from, n.table = line.from, &table{prefix: prefix, header: -1}
		}
		n.spans = append(n.spans, line)
		at = n
	}
	return line
}

// value reads a value; at is where it begins, which the parser does not tell of an array.
func (t *tomlPlaces) value(v *unstable.Node, at int) *node {
	n := &node{from: at}
	if v.Raw.Length > 0 {
		n.from, n.to = t.place(v)
	}
	switch v.Kind {
	case unstable.Array:
		n.kind, n.flow = frontmatter.List, true
		end := n.from + 1
		for it := v.Children(); it.Next(); {
			i := t.value(it.Node(), trivia(t.text, t.comma(end), true))
			n.items = append(n.items, i)
			end = i.to
		}
		n.to = bracket(t.text, end, true)
	case unstable.InlineTable:
		t.inline(n, v)
	default:
		n.kind, n.text = frontmatter.Scalar, string(v.Data)
		if v.Kind == unstable.String {
			raw := t.text[n.from:n.to]
			n.quote = raw[:1]
			if len(raw) >= 6 && strings.HasPrefix(raw, strings.Repeat(n.quote, 3)) {
				n.quote = raw[:3]
			}
		}
	}
	return n
}

// inline reads an inline table.
func (t *tomlPlaces) inline(n *node, v *unstable.Node) {
	n.kind, n.flow = frontmatter.Map, true
	end := n.from + 1
	for it := v.Children(); it.Next(); {
		c := it.Node()
		keys := 0
		for k := c.Key(); k.Next(); keys++ {
		}
		before := len(n.pairs)
		t.set(n, c)
		if keys > 1 || len(n.pairs) == before {
			n.odd = true
		}
		last := n.pairs[len(n.pairs)-1]
		end = max(end, last.deepest())
	}
	n.to = bracket(t.text, end, true)
}

func (p *pair) deepest() int {
	to := p.value.to
	for _, c := range p.value.pairs {
		if p.value.table != nil {
			to = max(to, c.deepest())
		}
	}
	return to
}

// comma skips to behind the comma that follows an element, if one does.
func (t *tomlPlaces) comma(at int) int {
	if c := trivia(t.text, at, true); c < len(t.text) && t.text[c] == ',' {
		return c + 1
	}
	return at
}

func (t *tomlPlaces) afterKey(e *unstable.Node) int {
	to := t.base
	for it := e.Key(); it.Next(); {
		_, to = t.place(it.Node())
	}
	return trivia(t.text, to+1+strings.IndexByte(t.text[to:], '='), false)
}
