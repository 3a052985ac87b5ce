// Package form turns the keys of a record into fields that a person fills in, and what she
// filled in back into values. Fields come from content.Schema alone: a key that is declared
// there has its field, with its Chinese or English name as the label and its explanation as
// the hint; nothing is written by hand for any kind of record.
//
//	fields := form.New(keys, head, names, lang)          // what stands in the file
//	values := form.Read(keys, posted, head, names)       // what the person wants to stand there
//
// # Names of inputs
//
// A field's input is named by its way through the record: "deed.date", "honors.2.year".
// Empty items of a list are left out when read.
//
// # What is not a field
//
// Free data (params 附加) and keys that the schema does not know: they stay in the file as
// they are.
//
// Not here: HTML, files, writing (package amend writes).
package form

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// Names knows the records that a reference can mean.
type Names interface {
	// Name is what a person calls the record that slug means; it must lead back to slug.
	// It is "" where there is none.
	Name(kind content.Kind, slug string) string
	// Slug is how the file names the record that a person means by its name, or by its
	// slug; "" where there is none, or more than one.
	Slug(kind content.Kind, name string) string
}

// Field is one key, as a person fills it in.
type Field struct {
	Name     string // of the input
	Key      content.Key
	Label    string
	Hint     string
	Value    string    // of a single value: words, a date, a number, the English name of a fixed value
	On       bool      // of a TypeBool
	Choices  []Choice  // of a TypeFixed
	Fields   []*Field  // of a TypeGroup
	Items    []*Field  // of a list, each an item
	Blank    *Field    // of a list: an item to add, in whose names BLANK stands for its number
	Required bool      // within what it belongs to, once there is any of that
	InSight  bool      // most records have it, or this one has
	List     bool      // Items holds its values
	Item     bool      // it is an item of a list
	Found    []Finding // what is wrong with it
}

// Choice is one fixed value.
type Choice struct {
	Value, Label string
	Chosen       bool
}

// Finding is what is wrong with a field, in the words of the person's language.
type Finding struct {
	Code     string // "missing-alt"
	Severity string // "error" or "warning"
	Message  string
	Hint     string
	Fix      string // the line as it would be, where the finding can be mended in one step
	Mend     string // what asks for that step; "" where only a person knows what to write
	Place    string // in the file
}

// Empty tells whether nothing stands in a field.
func (f *Field) Empty() bool {
	return f.Value == "" && !f.On &&
		!slices.ContainsFunc(f.Fields, func(x *Field) bool { return !x.Empty() }) &&
		!slices.ContainsFunc(f.Items, func(x *Field) bool { return !x.Empty() })
}

// Input tells what to fill the field in with: "line", "lines", "number", "date", "tick",
// "choice", "record", "file", "group" or "list".
func (f *Field) Input() string {
	if f.List {
		return "list"
	}
	switch f.Key.Type {
	case content.TypeGroup:
		return "group"
	case content.TypeBool:
		return "tick"
	case content.TypeFixed, content.TypeNav:
		return "choice"
	case content.TypeRef:
		return "record"
	case content.TypeFile:
		return "file"
	case content.TypeDate:
		return "date"
	case content.TypeInt, content.TypeFloat:
		return "number"
	case content.TypeText:
		if long[f.Key.En] {
			return "lines"
		}
	}
	return "line"
}

// long are the keys whose words are sentences.
var long = map[string]bool{"summary": true, "description": true, "caption": true, "alt": true}

// Keys are the keys that can be filled in of a record of a kind: all, or in a file that words
// it in another language those that differ there, none of which it must have.
func Keys(kind content.Kind, edition string) []content.Key {
	keys := content.Schema(kind)
	if edition == "" {
		return keys
	}
	keys = slices.DeleteFunc(keys, func(k content.Key) bool { return k.Same })
	for i := range keys {
		keys[i].Required = edition == "en" && (keys[i].En == "name" || keys[i].En == "title")
	}
	return keys
}

// New makes the fields of keys from what stands in a head. A value that is still the one
// which a new record shows as an example ([content.Key.Blank]) is as good as none.
func New(keys []content.Key, head frontmatter.Node, names Names, l diag.Lang) []*Field {
	m := maker{names, l}
	return m.group(keys, head, "")
}

type maker struct {
	names Names
	lang  diag.Lang
}

func (m maker) group(keys []content.Key, node frontmatter.Node, prefix string) []*Field {
	var out []*Field
	for _, k := range keys {
		if k.Type == content.TypeParams {
			continue
		}
		value, _ := find(node, k)
		out = append(out, m.key(k, value, prefix+k.En))
	}
	return out
}

// find is the value of a key in a map, under whichever of its names.
func find(node frontmatter.Node, k content.Key) (frontmatter.Node, bool) {
	for _, p := range node.Pairs {
		if content.FindKey([]content.Key{k}, p.Key) == 0 {
			return p.Value, true
		}
	}
	return frontmatter.Node{}, false
}

// key makes the field of a key that may be a list.
func (m maker) key(k content.Key, node frontmatter.Node, name string) *Field {
	if !k.List {
		f := m.value(k, node, name)
		f.InSight = k.Common || k.Required || !f.Empty()
		if !k.Required && f.Empty() { // nothing is asked of a group that nobody has begun
			for _, inner := range f.Fields {
				inner.Required = false
			}
		}
		return f
	}
	f := m.field(k, name)
	f.List = true
	for i, item := range items(k, node) {
		f.Items = append(f.Items, m.item(k, item, fmt.Sprintf("%s.%d", name, i)))
	}
	f.InSight = k.Common || k.Required || len(f.Items) > 0
	f.Blank = m.item(k, frontmatter.Node{}, name+".BLANK")
	if len(f.Items) == 0 && k.Type != content.TypeGroup { // a line to write on is no burden
		f.Items = append(f.Items, m.item(k, frontmatter.Node{}, name+".0"))
	}
	return f
}

// items are the values of a list; a single value may stand in its place.
func items(k content.Key, node frontmatter.Node) []frontmatter.Node {
	switch {
	case node.Kind == frontmatter.Null, blank(k, node):
		return nil
	case node.Kind == frontmatter.List:
		return node.Items
	}
	return []frontmatter.Node{node}
}

func (m maker) item(k content.Key, node frontmatter.Node, name string) *Field {
	f := m.value(k, node, name)
	f.Item = true
	return f
}

// Grow adds an empty item to the list of that name, where there is one.
func Grow(fields []*Field, name string, names Names, l diag.Lang) {
	for _, f := range fields {
		switch {
		case f.List && f.Name == name:
			f.Items = append(f.Items, maker{names, l}.item(f.Key, frontmatter.Node{}, fmt.Sprintf("%s.%d", name, len(f.Items))))
			f.InSight = true
			return
		case strings.HasPrefix(name, f.Name+"."):
			Grow(f.Fields, name, names, l)
			Grow(f.Items, name, names, l)
			f.InSight = true
		}
	}
}

func (m maker) field(k content.Key, name string) *Field {
	label := k.Zh
	if m.lang == diag.English {
		label = strings.ReplaceAll(k.En, "_", " ")
	}
	hint := k.Doc.In(m.lang)
	if k.Type == content.TypeBool { // in a file one writes true, here one ticks
		hint = strings.TrimPrefix(strings.TrimPrefix(hint, "true 表示"), "true ")
	}
	if hint == label {
		hint = ""
	}
	return &Field{Name: name, Key: k, Label: label, Hint: hint, Required: k.Required}
}

// value makes the field of one value.
func (m maker) value(k content.Key, node frontmatter.Node, name string) *Field {
	f := m.field(k, name)
	if k.Type == content.TypeGroup {
		f.Fields = m.group(k.Keys, widened(k, node), name+".")
		return f
	}
	text := plain(node)
	if blank(k, node) {
		text = ""
	}
	switch k.Type {
	case content.TypeBool:
		f.On = k.Default && text == "" || truth(text)
	case content.TypeFixed:
		f.Choices = append(f.Choices, Choice{Value: "", Label: "—", Chosen: text == ""})
		meant, ok := content.ValueOf(k.Values, k.Words, text)
		for _, v := range k.Values {
			c := Choice{Value: v.En, Label: diag.Text{Zh: v.Zh, En: v.En}.In(m.lang), Chosen: ok && v.En == meant}
			if c.Chosen {
				f.Value = v.En
			}
			f.Choices = append(f.Choices, c)
		}
		if f.Value == "" && text != "" { // none of them: shown, so that saving does not lose it
			f.Value = text
			f.Choices = append(f.Choices, Choice{Value: text, Label: text, Chosen: true})
		}
	case content.TypeNav:
		f.Value = text
		f.Choices = navChoices(text, m.lang)
	case content.TypeRef:
		f.Value = text
		if text != "" {
			f.Value = cmp.Or(m.names.Name(k.Refers, text), text)
		}
	default:
		f.Value = text
	}
	return f
}

// widened is a bare word in the place of a group as the group that it stands for.
func widened(k content.Key, node frontmatter.Node) frontmatter.Node {
	for _, inner := range k.Keys {
		if node.Kind == frontmatter.Scalar && inner.Short {
			return frontmatter.Node{Kind: frontmatter.Map, Pos: node.Pos, Pairs: []frontmatter.Pair{{Key: inner.En, Pos: node.Pos, Value: node}}}
		}
	}
	return node
}

// navChoices are the places of a page in the navigation.
func navChoices(now string, l diag.Lang) []Choice {
	choices := []Choice{
		{Value: "", Label: diag.Text{Zh: "不放", En: "not in it"}.In(l)},
		{Value: "true", Label: diag.Text{Zh: "放进导航", En: "in it"}.In(l)},
	}
	for i := 1; i <= 9; i++ {
		choices = append(choices, Choice{Value: fmt.Sprint(i), Label: fmt.Sprintf(diag.Text{Zh: "第 %d 位", En: "place %d"}.In(l), i)})
	}
	if truth(now) {
		now = "true"
	} else if now == "false" || now == "0" {
		now = ""
	}
	i := slices.IndexFunc(choices, func(c Choice) bool { return c.Value == now })
	if i < 0 {
		choices, i = append(choices, Choice{Value: now, Label: now}), len(choices)
	}
	choices[i].Chosen = true
	return choices
}

// truth tells whether a switch is on.
func truth(text string) bool {
	on, _ := content.Switch(text)
	return on
}

// plain is a value as one line: the parts of a region are joined.
func plain(node frontmatter.Node) string {
	if node.Kind != frontmatter.List {
		return strings.TrimSpace(node.Text)
	}
	var parts []string
	for _, i := range node.Items {
		parts = append(parts, strings.TrimSpace(i.Text))
	}
	return strings.Join(parts, "/")
}

// blank tells whether a value is the example that a new record shows.
func blank(k content.Key, node frontmatter.Node) bool {
	if k.Blank == (diag.Text{}) {
		return false
	}
	text := plain(node)
	if node.Kind == frontmatter.List {
		text = "[" + strings.ReplaceAll(text, "/", ", ") + "]"
		if one := plain(node); one != "" && (one == k.Blank.Zh || one == k.Blank.En) { // groups have no words of their own
			return true
		}
	}
	return text != "" && (text == k.Blank.Zh || text == k.Blank.En)
}
