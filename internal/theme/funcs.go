package theme

import (
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// builtins are the functions of text/template that cannot fail on checked
// arguments. index, slice, call and printf can, and html, js and urlquery would
// escape what html/template escapes already.
var builtins = []string{"and", "eq", "ge", "gt", "le", "len", "lt", "ne", "not", "or"}

// functions are what templates may call besides builtins.
func functions(words map[string]word) template.FuncMap {
	return template.FuncMap{
		"t": func(key string, args ...any) string { return words[key].fill(args) },
		// asset is put into the sources before they are parsed for good (finish).
		"asset": func(name string) string { return "" },
		"join":  strings.Join,
		"num":   num,
	}
}

func signatures() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for name, f := range functions(nil) {
		out[name] = reflect.TypeOf(f)
	}
	return out
}

func functionNames() []string {
	names := append(sortedKeys(functions(nil)), builtins...)
	slices.Sort(names)
	return names
}

// num writes a number with its thousands parted: 1976 → 1,976.
func num(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, r := range s {
		if left := len(s) - i; i > 0 && left%3 == 0 && s[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}
