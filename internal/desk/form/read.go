package form

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/frontmatter"
)

// Read is what a person wants the keys of a record to say, by their English names: what she
// filled in, with zero values for keys that are to go. Keys that were not asked of her are
// not in it.
func Read(keys []content.Key, posted url.Values, head frontmatter.Node, names Names) map[string]amend.Value {
	r := reader{posted: posted, names: names, has: map[string]bool{}}
	for name := range posted {
		for at := strings.TrimPrefix(name, Asked); at != ""; at = at[:max(0, strings.LastIndexByte(at, '.'))] {
			r.has[at] = true
		}
	}
	out := map[string]amend.Value{}
	for _, k := range keys {
		if k.Type != content.TypeParams && r.has[k.En] {
			node, _ := find(head, k)
			out[k.En] = r.key(k, k.En, node)
		}
	}
	return out
}

// Asked begins the names of hidden inputs that tell which boxes were shown: browsers send
// nothing for one that is not ticked.
const Asked = "asked."

type reader struct {
	posted url.Values
	names  Names
	has    map[string]bool // every name that was asked, and what it is part of
}

func (r reader) key(k content.Key, name string, node frontmatter.Node) amend.Value {
	if !k.List {
		return r.value(k, name, node)
	}
	old := items(k, node)
	var list []amend.Value
	for _, i := range r.places(name) {
		item := frontmatter.Node{}
		if i < len(old) {
			item = old[i]
		}
		if v := r.value(k, name+"."+strconv.Itoa(i), item); !v.Zero() {
			list = append(list, v)
		}
	}
	if list == nil {
		return untouched(k, node)
	}
	return amend.List(list...)
}

// untouched is the value of a key for which nothing was filled in: an example that stands
// there stays, since it is told as unfinished, and a required key would only be missed.
func untouched(k content.Key, node frontmatter.Node) amend.Value {
	if blank(k, node) {
		return valueOf(node)
	}
	return amend.Value{}
}

// places are the places of a list's items as posted, in order. There are gaps where
// somebody took an item out.
func (r reader) places(name string) []int {
	var out []int
	for at := range r.has {
		rest, ok := strings.CutPrefix(at, name+".")
		if i, err := strconv.Atoi(rest); ok && err == nil && i >= 0 && i < maxItems {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// maxItems bounds a list, so that no number in a request makes work of its own size.
const maxItems = 10_000

func (r reader) value(k content.Key, name string, node frontmatter.Node) amend.Value {
	switch k.Type {
	case content.TypeGroup:
		return r.group(k, name, widened(k, node))
	case content.TypeBool:
		return r.tick(k, name, node)
	}
	text := strings.TrimSpace(strings.ReplaceAll(r.posted.Get(name), "\r\n", "\n"))
	if !long[k.En] {
		text = strings.Join(strings.Fields(text), " ")
	}
	switch k.Type {
	case content.TypeRef:
		if was := plain(node); was != "" && text == cmp.Or(r.names.Name(k.Refers, was), was) {
			text = was // the same record, however the file refers to it
		} else if slug := r.names.Slug(k.Refers, text); slug != "" {
			text = slug
		}
	case content.TypeRegion:
		text = region(text)
	case content.TypeNav:
		if text == "" && (plain(node) == "false" || plain(node) == "0") {
			text = plain(node) // says the same
		}
	}
	if text == "" {
		return untouched(k, node)
	}
	return amend.Text(text)
}

// region is a region however people part it: with either stroke, with blanks beside it.
func region(text string) string {
	var parts []string
	for _, p := range strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '／' }) {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "/")
}

// tick reads a box. One that is as it is where nothing is said leaves no trace, but for a
// key that must be there.
func (r reader) tick(k content.Key, name string, node frontmatter.Node) amend.Value {
	on := truth(r.posted.Get(name))
	if plain(node) == "" && on == k.Default && !k.Required {
		return amend.Value{}
	}
	return amend.Text(strconv.FormatBool(on))
}

func (r reader) group(k content.Key, name string, node frontmatter.Node) amend.Value {
	var out []amend.Pair
	said := k.Required // or more than boxes that are not ticked
	for _, inner := range k.Keys {
		was, there := find(node, inner)
		at := name + "." + inner.En
		if inner.Type == content.TypeParams || !r.has[at] {
			if there { // not asked: it stays
				out, said = append(out, amend.Pair{Key: inner.En, Value: valueOf(was)}), true
			}
			continue
		}
		if v := r.key(inner, at, was); !v.Zero() {
			out = append(out, amend.Pair{Key: inner.En, Value: v})
			said = said || there || inner.Type != content.TypeBool || v.Text != "false"
		}
	}
	if !said {
		return amend.Value{}
	}
	return amend.Group(out...)
}

// Filled is a head as a person has filled it in, to be shown to her again before it is
// saved; keys that were not asked of her are as they were.
func Filled(keys []content.Key, posted url.Values, head frontmatter.Node, names Names) frontmatter.Node {
	out := frontmatter.Node{Kind: frontmatter.Map}
	values := Read(keys, posted, head, names)
	for _, k := range keys {
		if v, ok := values[k.En]; ok {
			out.Pairs = append(out.Pairs, frontmatter.Pair{Key: k.En, Value: nodeOf(v)})
		} else if was, there := find(head, k); there {
			out.Pairs = append(out.Pairs, frontmatter.Pair{Key: k.En, Value: was})
		}
	}
	return out
}

func nodeOf(v amend.Value) frontmatter.Node {
	n := frontmatter.Node{Kind: v.Kind, Text: v.Text}
	for _, i := range v.Items {
		n.Items = append(n.Items, nodeOf(i))
	}
	for _, p := range v.Pairs {
		n.Pairs = append(n.Pairs, frontmatter.Pair{Key: p.Key, Value: nodeOf(p.Value)})
	}
	return n
}

// valueOf is a value as it stands in a file.
func valueOf(n frontmatter.Node) amend.Value {
	v := amend.Value{Kind: n.Kind, Text: n.Text}
	for _, i := range n.Items {
		v.Items = append(v.Items, valueOf(i))
	}
	for _, p := range n.Pairs {
		v.Pairs = append(v.Pairs, amend.Pair{Key: p.Key, Value: valueOf(p.Value)})
	}
	return v
}
