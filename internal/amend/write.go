package amend

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v4"

	"mingdeng/internal/frontmatter"
)

// written is a value on its way into the file: its keys named and its words put as the
// file has them.
type written struct {
	Value
	bare  bool // stands without quotes where its language has such
	list  bool // the key takes a list, whose items Chinese commas would part
	items []written
	pairs []namedValue
}

type namedValue struct {
	name  string
	value written
}

// style is how a file's language writes what stands on one line.
type style struct {
	format frontmatter.Format
	step   int // blanks a level of YAML is indented by
	dash   int // blanks before the dash of a list in YAML, from its key
}

func (s style) key(name string) string {
	switch s.format {
	case frontmatter.JSON:
		return jsonText(name)
	case frontmatter.TOML:
		if name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
			return name
		}
		return tomlBasic(name)
	}
	if yamlReads(name+": x", func(n *yaml.Node) bool {
		return n.Kind == yaml.MappingNode && n.Content[0].Value == name && n.Content[0].ShortTag() == "!!str" && n.Content[0].Style == 0
	}) && yamlReads("{"+name+": x}", func(n *yaml.Node) bool {
		return n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == name
	}) {
		return name
	}
	return yamlDouble(name)
}

// pair writes what stands between two commas of a group.
func (s style) pair(name string, v written) string {
	if s.format == frontmatter.TOML {
		return s.key(name) + " = " + s.flow(v)
	}
	return s.key(name) + ": " + s.flow(v)
}

// flow writes a value on one line.
func (s style) flow(v written) string {
	var parts []string
	switch v.Kind {
	case frontmatter.List:
		for _, i := range v.items {
			parts = append(parts, s.flow(i))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case frontmatter.Map:
		for _, p := range v.pairs {
			parts = append(parts, s.pair(p.name, p.value))
		}
		if s.format == frontmatter.TOML {
			return "{ " + strings.Join(parts, ", ") + " }"
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return s.scalar(v, true, nil)
}

// scalar writes a text on one line (in TOML, in as many as it has), like the one that
// stands there, if any.
func (s style) scalar(v written, flow bool, old *node) string {
	switch s.format {
	case frontmatter.JSON:
		if (v.bare || old != nil && old.kind == frontmatter.Scalar && old.quote == "") && jsonBare(v.Text) {
			return v.Text
		}
		return jsonText(v.Text)
	case frontmatter.TOML:
		return tomlScalar(v, old)
	}
	quote, resolved := "", v.bare
	if old != nil {
		quote = old.quote
		resolved = resolved || old.kind == frontmatter.Scalar && old.quote == "" && !old.word
	}
	switch quote {
	case "'":
		single := "'" + strings.ReplaceAll(v.Text, "'", "''") + "'"
		if !strings.ContainsAny(v.Text, "\n"+yamlBreaks) && yamlReads("["+single+"]", func(n *yaml.Node) bool { return len(n.Content) == 1 && n.Content[0].Value == v.Text }) {
			return single
		}
	case "\"":
	default:
		if yamlPlain(v, flow, resolved) {
			return v.Text
		}
	}
	return yamlDouble(v.Text)
}

// yamlBreaks are what YAML 1.1 takes for line ends besides a line end, and the mark that it
// drops: they are written as escapes.
const yamlBreaks = "\u0085\u2028\u2029\ufeff"

// yamlPlain tells whether a text can stand without quotes. resolved allows what YAML takes
// for a number, a date or a switch.
func yamlPlain(v written, flow, resolved bool) bool {
	t := v.Text
	if t == "" || strings.ContainsAny(t, "\n"+yamlBreaks) || strings.HasPrefix(t, "-") && t != "-" && !resolved || strings.HasPrefix(t, "【") || strings.HasPrefix(t, "［") ||
		v.list && strings.ContainsAny(t, "，、；") {
		return false
	}
	is := func(n *yaml.Node) bool {
		tag := n.ShortTag()
		return n.Kind == yaml.ScalarNode && n.Value == t && n.Style == 0 && n.Anchor == "" && tag != "!!null" && tag != "!!merge" && (resolved || tag == "!!str")
	}
	if !yamlReads("k: "+t+" # c", func(n *yaml.Node) bool { return n.Kind == yaml.MappingNode && len(n.Content) == 2 && is(n.Content[1]) }) ||
		!yamlReads("- "+t, func(n *yaml.Node) bool { return n.Kind == yaml.SequenceNode && len(n.Content) == 1 && is(n.Content[0]) }) {
		return false
	}
	return !flow || yamlReads("[{k: "+t+"}, "+t+"]", func(n *yaml.Node) bool {
		return len(n.Content) == 2 && len(n.Content[0].Content) == 2 && is(n.Content[0].Content[1]) && is(n.Content[1])
	})
}

// yamlReads tells whether a snippet reads as is says of its root.
func yamlReads(snippet string, is func(*yaml.Node) bool) bool {
	var doc yaml.Node
	err := yaml.Load([]byte(snippet), &doc, yaml.WithUniqueKeys(false))
	return err == nil && doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 && is(doc.Content[0])
}

func yamlDouble(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0x80 && r < 0xa0:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// yamlBlock writes a value that may take several lines: what stands behind its key or dash,
// whose column is col, and the lines below.
func (s style) yamlBlock(v written, col int, item bool) (inline string, below []string) {
	in := col + s.step
	if item {
		in = col + 2
	}
	switch v.Kind {
	case frontmatter.List:
		if item || !v.groups() {
			return s.flow(v), nil
		}
		for _, i := range v.items {
			first, rest := s.yamlBlock(i, col+s.dash, true)
			below = append(append(below, spaces(col+s.dash)+"- "+first), rest...)
		}
		return "", below
	case frontmatter.Map:
		for _, p := range v.pairs {
			below = append(below, s.yamlPair(p.name, p.value, in)...)
		}
		if item && len(below) > 0 {
			return strings.TrimLeft(below[0], " "), below[1:]
		}
		return "", below
	}
	if strings.Contains(v.Text, "\n") {
		if lines, ok := yamlLiteral("|-", v.Text, in); ok {
			return "|-", lines
		}
	}
	return s.scalar(v, false, nil), nil
}

func (s style) yamlPair(name string, v written, col int) []string {
	inline, below := s.yamlBlock(v, col, false)
	line := spaces(col) + s.key(name) + ":"
	if inline != "" {
		line += " " + inline
	}
	return append([]string{line}, below...)
}

// groups tells whether a list has groups or lists in it.
func (v written) groups() bool {
	for _, i := range v.items {
		if i.Kind == frontmatter.Map {
			return true
		}
	}
	return false
}

// yamlLiteral writes the lines of a block scalar with such a header, if it can hold the text.
func yamlLiteral(header, text string, indent int) ([]string, bool) {
	lines := strings.Split(text, "\n")
	if slices.ContainsFunc(lines, closes) || strings.ContainsAny(text, yamlBreaks) {
		return nil, false
	}
	if header[0] == '>' {
		// A line end within is written as two; lines that begin with a blank have rules of
		// their own.
		var wide []string
		for i, l := range lines {
			if strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t") {
				return nil, false
			}
			if i > 0 && l != "" {
				wide = append(wide, "")
			}
			wide = append(wide, l)
		}
		lines = wide
	}
	for i, l := range lines {
		if l != "" {
			lines[i] = spaces(indent) + l
		}
	}
	ok := yamlReads("k: "+header+"\n"+strings.Join(lines, "\n")+"\n", func(n *yaml.Node) bool {
		return n.Kind == yaml.MappingNode && len(n.Content) == 2 && strings.TrimRight(n.Content[1].Value, "\n") == text
	})
	return lines, ok
}

// closes tells a line that would end the head, however far it is indented.
func closes(line string) bool {
	l := strings.TrimSpace(line)
	return l == "---" || l == "+++"
}

func spaces(n int) string { return strings.Repeat(" ", n) }

func jsonText(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // a string can be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func jsonBare(s string) bool {
	if s == "true" || s == "false" {
		return true
	}
	return s != "" && strings.Trim(s, "0123456789+-.eE") == "" && json.Valid([]byte(s))
}

func tomlScalar(v written, old *node) string {
	quote, bare := "\"", v.bare
	if old != nil && old.kind == frontmatter.Scalar {
		quote, bare = old.quote, bare || old.quote == ""
	}
	var tries []string
	if bare {
		tries = append(tries, v.Text)
	}
	multi := strings.Contains(v.Text, "\n")
	if slices.ContainsFunc(strings.Split(v.Text, "\n"), closes) {
		return tomlBasic(v.Text)
	}
	switch {
	case quote == "'''":
		tries = append(tries, "'''\n"+v.Text+"'''")
	case quote == "'" && !multi:
		tries = append(tries, "'"+v.Text+"'")
	}
	if quote == `"""` || multi {
		inner := strings.ReplaceAll(tomlBasic(v.Text), `\n`, "\n")
		if !strings.Contains(v.Text, `\`) {
			tries = append(tries, `"""`+"\n"+inner[1:len(inner)-1]+`"""`)
		}
	}
	for _, t := range tries {
		if tomlReads(t, v.Text, t == v.Text && bare) {
			return t
		}
	}
	return tomlBasic(v.Text)
}

func tomlReads(raw, text string, bare bool) bool {
	var all map[string]any
	if err := toml.Unmarshal([]byte("k = "+raw), &all); err != nil || len(all) != 1 {
		return false
	}
	p := &unstable.Parser{}
	p.Reset([]byte("k = " + raw))
	if !p.NextExpression() {
		return false
	}
	v := p.Expression().Value()
	return string(v.Data) == text && (bare != (v.Kind == unstable.String)) && v.Kind != unstable.Array && v.Kind != unstable.InlineTable
}

func tomlBasic(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
