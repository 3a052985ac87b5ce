package form

import (
	"fmt"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// Locate tells the name of the field that a finding at a place of the file is about; ""
// where that is none: the text, a key that the schema does not know, the file as a whole.
func Locate(keys []content.Key, head frontmatter.Node, at diag.Pos) string {
	name := ""
	locate(keys, head, "", func(field string, pos diag.Pos) {
		if pos.Line > 0 && (pos.Line < at.Line || pos.Line == at.Line && pos.Col <= at.Col) {
			name = field // fields come in the order of the file, so the last before the place is it
		}
	})
	return name
}

func locate(keys []content.Key, node frontmatter.Node, prefix string, f func(string, diag.Pos)) {
	for _, p := range node.Pairs {
		i := content.FindKey(keys, p.Key)
		if i < 0 {
			f("", p.Pos)
			continue
		}
		k := keys[i]
		name := prefix + k.En
		f(name, p.Pos)
		if !k.List {
			locateIn(k, p.Value, name, f)
			continue
		}
		for i, item := range items(k, p.Value) {
			at := fmt.Sprintf("%s.%d", name, i)
			f(at, item.Pos)
			locateIn(k, item, at, f)
		}
	}
}

func locateIn(k content.Key, node frontmatter.Node, name string, f func(string, diag.Pos)) {
	if k.Type == content.TypeGroup {
		locate(k.Keys, widened(k, node), name+".", f)
	}
}

// Lacking is the name of the field of a key that is missing from the group which Locate
// found, or that begins where Locate found its first key.
func Lacking(fields []*Field, at, key string) string {
	for {
		name := strings.TrimPrefix(at+"."+key, ".")
		if has(fields, name) || at == "" {
			return name
		}
		at = at[:max(0, strings.LastIndexByte(at, '.'))]
	}
}

func has(fields []*Field, name string) bool {
	return slices.ContainsFunc(fields, func(f *Field) bool {
		return f.Name == name || strings.HasPrefix(name, f.Name+".") && (has(f.Fields, name) || has(f.Items, name))
	})
}

// Put puts a finding at the field of that name, or at the nearest that it is part of. It
// reports whether there is one.
func Put(fields []*Field, name string, found Finding) bool {
	for _, f := range fields {
		switch {
		case f.Name == name:
			f.Found = append(f.Found, found)
			f.InSight = true
			return true
		case len(name) > len(f.Name) && name[:len(f.Name)] == f.Name && name[len(f.Name)] == '.':
			if !Put(f.Fields, name, found) && !Put(f.Items, name, found) {
				f.Found = append(f.Found, found)
			}
			f.InSight = true
			return true
		}
	}
	return false
}
