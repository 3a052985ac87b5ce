package theme

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/theme/layered"
)

// checker proves that no template can fail while it runs: that every field,
// function, template and word it names exists, that what it ranges over can be
// ranged over and what it prints can be printed, and that what may be absent is
// asked for first.
//
// It walks the trees as text/template/exec.go does, with types in place of values.
// A template is checked once for every type it is called with. github.com/jba/templatecheck
// does much of this, but stops at the first fault, knows nothing of absent values
// and accepts functions that can fail.
type checker struct {
	sources map[string]*source
	views   map[string]any
	words   *dictionary
	hrefs   map[string]string // of assets, by plain name
	funcs   map[string]reflect.Type
	found   []diag.Finding
	told    map[string]bool // faults already found, for templates checked twice
	visited map[visit]bool
	used    map[string]bool // templates reached from any page
	fresh   int             // counts the names given to values that have none
}

// visit is a template called with a type. page matters to base alone.
type visit struct {
	name, page string
	dot        reflect.Type
	present    bool
}

// value is what is known of the value of an expression.
type value struct {
	typ     reflect.Type // nil where nothing is known: a fault was told already
	path    string       // names the same value wherever it stands, or ""
	shown   string       // as the author wrote it
	present bool         // it is not nil
}

// scope is where an expression stands.
type scope struct {
	src     *source
	page    string // what {{template "main"}} means here, or ""
	vars    []variable
	present map[string]bool // paths known not to be nil; never changed, only replaced
}

type variable struct {
	name string
	value
}

// with returns the scope with more paths known to be present.
func (s *scope) with(paths []string) *scope {
	inner := *s
	inner.vars = s.vars[:len(s.vars):len(s.vars)]
	if len(paths) > 0 {
		inner.present = make(map[string]bool, len(s.present)+len(paths))
		for p := range s.present {
			inner.present[p] = true
		}
		for _, p := range paths {
			inner.present[p] = true
		}
	}
	return &inner
}

// check proves the templates against the views and tells which are lacking and,
// where nothing else is wrong, which are never used.
func check(sources map[string]*source, views map[string]any, words *dictionary, hrefs map[string]string, f layered.Folder) []diag.Finding {
	c := &checker{
		sources: sources, views: views, words: words, hrefs: hrefs, funcs: signatures(),
		told: map[string]bool{}, visited: map[visit]bool{}, used: map[string]bool{},
	}
	lacks := func(name string) {
		near := han.Nearest(name, slices.DeleteFunc(sortedKeys(sources), func(n string) bool {
			_, isPage := views[n]
			return isPage || n == "base"
		}))
		p := f.Path("templates/" + name + ".html")
		if key := p; !c.told[key] {
			c.told[key] = true
			c.found = append(c.found, diag.TemplateMissing.At(p, diag.Pos{}, name+".html", near))
		}
	}
	for _, name := range sortedKeys(views) {
		start := sources[name]
		if start == nil {
			lacks(name)
			continue
		}
		c.used[name] = true
		if !start.whole() {
			if start = sources["base"]; start == nil {
				lacks("base")
				continue
			}
			c.used["base"] = true
		}
		c.template(start, name, value{typ: reflect.TypeOf(views[name]), shown: ".", present: true})
	}
	if len(c.found) > 0 {
		return c.found // what a faulty template would have used cannot be told
	}
	for _, name := range sortedKeys(sources) {
		if !c.used[name] && f.Owns("templates/"+name+".html") { // a theme need not use all of the one it extends
			c.found = append(c.found, diag.TemplateUnused.At(sources[name].path, diag.Pos{}, name, han.Nearest(name, sortedKeys(views))))
		}
	}
	return c.found
}

func (c *checker) template(s *source, page string, dot value) {
	if s.tree == nil {
		return
	}
	if s.name != "base" {
		page = ""
	}
	v := visit{s.name, page, dot.typ, dot.present}
	if c.visited[v] {
		return
	}
	c.visited[v] = true
	dot.path, dot.shown = "$", "."
	sc := &scope{src: s, page: page, vars: []variable{{"$", dot}}}
	c.walk(s.tree.Root, dot, sc)
}

func (c *checker) report(sc *scope, pos parse.Pos, code *diag.Code, args ...any) {
	f := code.At(sc.src.path, sc.src.at(int(pos)), args...)
	key := fmt.Sprint(f.Place(), code.ID, args)
	if !c.told[key] {
		c.told[key] = true
		c.found = append(c.found, f)
	}
}

// fault reports what has no code of its own; the text is for theme authors.
func (c *checker) fault(sc *scope, pos parse.Pos, format string, args ...any) {
	c.report(sc, pos, diag.TemplateFault, fmt.Sprintf(format, args...), "")
}

// nothing is the type of dot in a template that was called without one.
type nothing struct{}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// needPresent reports a pointer that may be nil where it must not be.
func (c *checker) needPresent(sc *scope, pos parse.Pos, v value, what string) {
	if v.typ != nil && v.typ.Kind() == reflect.Pointer && !v.present && !sc.present[v.path] {
		c.report(sc, pos, diag.TemplateNil, v.shown, what)
	}
}

// printable reports an action whose value has no text.
func (c *checker) printable(n *parse.ActionNode, v value, sc *scope) {
	if v.typ == nil || hasText(v.typ) {
		return
	}
	if v.typ.Kind() == reflect.Pointer && hasText(v.typ.Elem()) {
		c.needPresent(sc, n.Pipe.Pos, v, "{{ }}")
		return
	}
	c.fault(sc, n.Pipe.Pos, "%s is of type %s and cannot be shown: choose one of its fields, or use range", v.shown, v.typ)
}

func hasText(t reflect.Type) bool {
	if t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[error]()) {
		return t.Kind() != reflect.Pointer // a nil one would fail
	}
	switch kindOf(t) {
	case "text", "whole number", "number", "bool":
		return true
	}
	return false
}

// kindOf puts types into the classes that the comparison functions tell apart.
func kindOf(t reflect.Type) string {
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return "bool"
	case k == reflect.String:
		return "text"
	case k >= reflect.Int && k <= reflect.Uint64:
		return "whole number"
	case k == reflect.Float32 || k == reflect.Float64:
		return "number"
	}
	return strings.ToLower(t.Kind().String())
}
