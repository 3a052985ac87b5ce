package pages

import (
	"html/template"
	"strconv"
	"unicode/utf8"
)

// node is a node object of JSON-LD (JSON-LD 1.1 §9.2): its properties in order. A
// property without a value is left out.
type node []property

type property struct {
	name  string
	value any // string, int, float64, []string, node, []node
}

// jsonLD is the page's schema.org data.
func (p *planner) jsonLD(f Frame, x about) template.JS {
	var graph []node
	if x.Data != nil {
		image := ""
		if raster(x.Image) { // rather the person than the card
			image = p.absolute(x.Image.Src)
		} else if f.Image != nil {
			image = f.Image.URL
		}
		data := append(x.Data, property{"url", f.Canonical}, property{"image", image})
		if f.Member != nil {
			data = append(data, property{"sameAs", f.Member.Source})
		}
		if work(x.Data) {
			data = append(data, property{"inLanguage", p.chrome.Lang})
		}
		graph = append(graph, data)
	}
	if len(f.Crumbs) > 0 {
		list := make([]node, 0, len(f.Crumbs)+1)
		for i, c := range f.Crumbs {
			at := ""
			if c.Href != "" {
				at = p.absolute(c.Href)
			}
			list = append(list, node{{"@type", "ListItem"}, {"position", i + 1}, {"name", c.Text}, {"item", at}})
		}
		list = append(list, node{{"@type", "ListItem"}, {"position", len(list) + 1}, {"name", f.Title}})
		graph = append(graph, node{{"@type", "BreadcrumbList"}, {"itemListElement", list}})
	}
	b := make([]byte, 0, 1024)
	context := property{"@context", "https://schema.org"}
	switch len(graph) {
	case 0:
		return ""
	case 1:
		b = append(node{context}, graph[0]...).append(b)
	default:
		b = node{context, {"@graph", graph}}.append(b)
	}
	return template.JS(b)
}

// work tells a work, which is in a language, from people and places, which schema.org
// gives none.
func work(n node) bool {
	switch n[0].value {
	case "Person", "Organization", "Place":
		return false
	}
	return true
}

// append writes n as JSON. Of what may stand in an HTML page's script element, <, > and &
// are written as escapes, so that no text can end the element.
func (n node) append(b []byte) []byte {
	b = append(b, '{')
	first := true
	for _, p := range n {
		if p.blank() {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(append(b, '"'), p.name...), '"', ':')
		switch v := p.value.(type) {
		case string:
			b = appendQuoted(b, v)
		case int:
			b = strconv.AppendInt(b, int64(v), 10)
		case float64:
			b = strconv.AppendFloat(b, v, 'f', -1, 64)
		case node:
			b = v.append(b)
		case []string:
			b = appendList(b, v, appendQuoted)
		case []node:
			b = appendList(b, v, func(b []byte, n node) []byte { return n.append(b) })
		}
	}
	return append(b, '}')
}

func appendList[T any](b []byte, list []T, item func([]byte, T) []byte) []byte {
	for i, x := range list {
		if i == 0 {
			b = append(b, '[')
		} else {
			b = append(b, ',')
		}
		b = item(b, x)
	}
	return append(b, ']')
}

func (p property) blank() bool {
	switch v := p.value.(type) {
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case node:
		return len(v) == 0
	case []node:
		return len(v) == 0
	}
	return p.value == nil
}

// appendQuoted writes s as a JSON string (RFC 8259 §7).
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		size := 1
		switch {
		case c == '"' || c == '\\':
			b = append(append(b, s[from:i]...), '\\', c)
		case c < ' ' || c == '<' || c == '>' || c == '&':
			b = append(append(b, s[from:i]...), '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			i++
			continue
		default:
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r != '\u2028' && r != '\u2029' && (r != utf8.RuneError || size > 1) {
				i += size
				continue
			}
			if b = append(b, s[from:i]...); size == 1 {
				b = append(b, `\ufffd`...)
			} else { // ends of lines in scripts before ES2019
				b = append(b, '\\', 'u', '2', '0', '2', hex[r&15])
			}
		}
		i += size
		from = i
	}
	return append(append(b, s[from:]...), '"')
}
