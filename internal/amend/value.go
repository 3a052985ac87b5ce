package amend

import (
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/frontmatter"
)

// Value is what a key says: a text, a list or a group. The zero Value is nothing at all:
// the key is not there, or has no value. An empty text, list or group is the same, and line
// ends that end a text do not count.
type Value struct {
	Kind  frontmatter.Kind
	Text  string
	Items []Value
	Pairs []Pair // keys by their English names; as written in free data (params)
}

// Pair is a key of a group.
type Pair struct {
	Key   string
	Value Value
}

// Text is a Value of words, a number, a date, or true or false: whether it needs quotes
// follows from its key.
func Text(s string) Value { return Value{Kind: frontmatter.Scalar, Text: s} }

// List is a Value of several.
func List(items ...Value) Value { return Value{Kind: frontmatter.List, Items: items} }

// Group is a Value with keys.
func Group(pairs ...Pair) Value { return Value{Kind: frontmatter.Map, Pairs: pairs} }

// Get returns what a group says for a key.
func (v Value) Get(key string) Value {
	for _, p := range v.Pairs {
		if p.Key == key {
			return p.Value
		}
	}
	return Value{}
}

// Zero tells whether v is nothing.
func (v Value) Zero() bool { return v.Kind == frontmatter.Null }

// Equal tells whether two values say the same; the order of a group's keys says nothing.
func (v Value) Equal(w Value) bool {
	if v.Kind != w.Kind || v.Text != w.Text || len(v.Pairs) != len(w.Pairs) || !slices.EqualFunc(v.Items, w.Items, Value.Equal) {
		return false
	}
	same := func(a, b Pair) bool { return a.Key == b.Key && a.Value.Equal(b.Value) }
	return slices.EqualFunc(v.Pairs, w.Pairs, same) || slices.EqualFunc(v.sorted(), w.sorted(), same)
}

func (v Value) sorted() []Pair {
	return slices.SortedStableFunc(slices.Values(v.Pairs), func(a, b Pair) int { return strings.Compare(a.Key, b.Key) })
}

// print is a text by which values can be compared at once.
func (v Value) print(b *strings.Builder) {
	b.WriteByte(byte('0' + v.Kind))
	put := func(s string) {
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(s, "\\", "\\\\"), ";", "\\;"))
		b.WriteByte(';')
	}
	put(v.Text)
	for _, i := range v.Items {
		i.print(b)
	}
	for _, p := range v.sorted() {
		put(p.Key)
		p.Value.print(b)
	}
	b.WriteByte('.')
}

func (v Value) String() string {
	var b strings.Builder
	v.print(&b)
	return b.String()
}

// shape is what the schema says of a value.
type shape struct {
	key  *content.Key // nil in free data
	item bool         // one of the list's
}

func (s shape) list() bool   { return s.key != nil && s.key.List && !s.item }
func (s shape) one() shape   { return shape{s.key, true} }
func (s shape) group() bool  { return s.key != nil && len(s.key.Keys) > 0 }
func (s shape) region() bool { return s.key != nil && strings.HasPrefix(s.key.Shape.En, "a region") }
func (s shape) onOff() bool  { return s.key != nil && s.key.Shape.En == "true or false" }

// bare tells a value that stands without quotes where its language has such.
func (s shape) bare() bool {
	if s.key == nil {
		return false
	}
	switch strings.TrimPrefix(s.key.Shape.En, "a list, each item ") {
	case "a date", "a whole number", "a number", "true or false", "true, false or a number":
		return true
	}
	return false
}

// of is the shape of a key of the group and its place among the others; ok is false for a
// key that the group does not know.
func (s shape) of(name string) (child shape, at int, ok bool) {
	if !s.group() {
		return shape{}, 0, s.key == nil || len(s.key.Keys) == 0 // free data
	}
	i := content.FindKey(s.key.Keys, name)
	if i < 0 {
		return shape{}, 0, false
	}
	place := i
	if s.key.Keys[i].En == "draft" {
		place = -1 // `new` writes it first
	}
	return shape{key: &s.key.Keys[i]}, place, true
}

// short is the key that a bare word fills, "" if there is none.
func (s shape) short() string {
	if s.key != nil {
		for _, k := range s.key.Keys {
			if k.Short {
				return k.En
			}
		}
	}
	return ""
}

// normal puts v into the one form in which what says the same is the same: keys by their
// English names and in the schema's order, lists as lists, fixed words in English. What
// the schema does not know is left out.
func (s shape) normal(v Value) Value {
	switch {
	case v.Kind == frontmatter.Null:
		return Value{}
	case s.list():
		items := v.Items
		if v.Kind != frontmatter.List {
			items = []Value{v}
		}
		return s.one().items(items)
	case v.Kind == frontmatter.List:
		if !s.region() {
			return s.one().items(v.Items)
		}
		var parts []string
		for _, i := range v.Items {
			parts = append(parts, i.Text)
		}
		return s.word(strings.Join(parts, "/"))
	case v.Kind == frontmatter.Map:
		return s.pairs(v.Pairs)
	case s.group() && s.short() != "":
		return s.pairs([]Pair{{s.short(), v}})
	}
	return s.word(v.Text)
}

func (s shape) items(list []Value) Value {
	var out []Value
	for _, i := range list {
		if n := s.normal(i); !n.Zero() {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return Value{}
	}
	return List(out...)
}

func (s shape) pairs(list []Pair) Value {
	type placed struct {
		Pair
		at int
	}
	var out []placed
	seen := map[string]bool{}
	for _, p := range list {
		child, at, ok := s.of(p.Key)
		if !ok {
			continue
		}
		name := p.Key
		if child.key != nil {
			name = child.key.En
		}
		if seen[name] {
			continue // the first is what is read
		}
		seen[name] = true
		if n := child.normal(p.Value); !n.Zero() {
			out = append(out, placed{Pair{name, n}, at})
		}
	}
	if len(out) == 0 {
		return Value{}
	}
	slices.SortStableFunc(out, func(a, b placed) int { return a.at - b.at })
	g := Group()
	for _, p := range out {
		g.Pairs = append(g.Pairs, p.Pair)
	}
	return g
}

func (s shape) word(text string) Value {
	text = strings.TrimRight(text, "\n")
	if text == "" {
		return Value{}
	}
	word := strings.TrimSpace(text)
	if s.onOff() {
		if on, ok := content.Switch(word); ok && on {
			return Text("true")
		} else if ok {
			return Text("false")
		}
	}
	if s.key != nil {
		if v, ok := content.ValueOf(s.key.Values, s.key.Words, word); ok && len(s.key.Values) > 0 {
			return Text(v)
		}
	}
	return Text(text)
}

// valueOf is a tree as it was read.
func valueOf(n frontmatter.Node) Value {
	v := Value{Kind: n.Kind, Text: n.Text}
	for _, i := range n.Items {
		v.Items = append(v.Items, valueOf(i))
	}
	for _, p := range n.Pairs {
		v.Pairs = append(v.Pairs, Pair{p.Key, valueOf(p.Value)})
	}
	return v
}
