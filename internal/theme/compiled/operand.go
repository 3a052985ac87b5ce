package compiled

import (
	"cmp"
	"reflect"
	"text/template/parse"
)

// pipe compiles a pipeline's commands. The type is nil where it is not known before
// it runs, which a condition can bear.
func (c *Compiler) pipe(cmds []*parse.CommandNode, s *scene) (expr, reflect.Type, error) {
	var value expr
	var typ reflect.Type
	for i, cmd := range cmds {
		nodes := cmd.Args
		id, isFunc := nodes[0].(*parse.IdentifierNode)
		if !isFunc {
			if len(nodes) > 1 || i > 0 {
				return nil, nil, errUnknown
			}
			var err error
			if value, typ, err = c.operand(nodes[0], s); err != nil {
				return nil, nil, err
			}
			continue
		}
		var args []expr
		var types []reflect.Type
		for _, n := range nodes[1:] {
			a, t, err := c.operand(n, s)
			if err != nil {
				return nil, nil, err
			}
			args, types = append(args, a), append(types, t)
		}
		if i > 0 {
			args, types = append(args, value), append(types, typ)
		}
		var err error
		if value, typ, err = c.function(id.Ident, args, types); err != nil {
			return nil, nil, err
		}
	}
	if value == nil {
		return nil, nil, errUnknown
	}
	return value, typ, nil
}

func constant(v any) (expr, reflect.Type, error) {
	r := reflect.ValueOf(v)
	return func(*running, reflect.Value) reflect.Value { return r }, r.Type(), nil
}

func (c *Compiler) operand(n parse.Node, s *scene) (expr, reflect.Type, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *running, dot reflect.Value) reflect.Value { return dot }, s.dot, nil
	case *parse.FieldNode:
		path, typ, err := fields(s.dot, n.Ident)
		if err != nil {
			return nil, nil, err
		}
		return func(_ *running, dot reflect.Value) reflect.Value { return follow(dot, path) }, typ, nil
	case *parse.VariableNode:
		slot, typ := -1, s.root
		for _, l := range s.locals {
			if l.name == n.Ident[0] {
				slot, typ = l.slot, l.typ
			}
		}
		if slot < 0 && n.Ident[0] != "$" || typ == nil {
			return nil, nil, errUnknown
		}
		path, typ, err := fields(typ, n.Ident[1:])
		if err != nil {
			return nil, nil, err
		}
		if slot < 0 {
			return func(f *running, _ reflect.Value) reflect.Value { return follow(f.root, path) }, typ, nil
		}
		return func(f *running, _ reflect.Value) reflect.Value { return follow(f.vars[slot], path) }, typ, nil
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return nil, nil, errUnknown
		}
		return c.pipe(n.Cmds, s)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt && n.Text[0] >= '0' && n.Text[0] <= '9' && len(n.Text) < 10 && isDigits(n.Text) {
			return constant(int(n.Int64))
		}
	}
	return nil, nil, errUnknown
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// hop is one step along a chain of fields.
type hop struct {
	method int // of the value as it is, or -1
	deref  bool
	index  []int // a field, through embedded structs
}

// fields finds the way along a chain.
func fields(t reflect.Type, names []string) ([]hop, reflect.Type, error) {
	var path []hop
	for _, name := range names {
		if m, ok := t.MethodByName(name); ok {
			if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
				return nil, nil, errUnknown
			}
			path, t = append(path, hop{method: m.Index}), m.Type.Out(0)
			continue
		}
		h := hop{method: -1, deref: t.Kind() == reflect.Pointer}
		base := t
		if h.deref {
			base = t.Elem()
		}
		if base.Kind() != reflect.Struct {
			return nil, nil, errUnknown
		}
		field, ok := base.FieldByName(name)
		if !ok {
			return nil, nil, errUnknown
		}
		for at := base; len(h.index) < len(field.Index); {
			f := at.Field(field.Index[len(h.index)])
			if len(h.index)+1 < len(field.Index) && f.Type.Kind() == reflect.Pointer {
				return nil, nil, errUnknown // embedded by pointer
			}
			h.index, at = append(h.index, f.Index...), f.Type
		}
		path, t = append(path, h), field.Type
	}
	return path, t, nil
}

func follow(v reflect.Value, path []hop) reflect.Value {
	for i := range path {
		h := &path[i]
		if h.method >= 0 {
			v = v.Method(h.method).Call(nil)[0]
			continue
		}
		if h.deref {
			v = v.Elem()
		}
		for _, x := range h.index {
			v = v.Field(x)
		}
	}
	return v
}

// function compiles a call.
func (c *Compiler) function(name string, args []expr, types []reflect.Type) (expr, reflect.Type, error) {
	text, whole, truthType := stringType, reflect.TypeFor[int](), reflect.TypeFor[bool]()
	switch {
	case c.funcs[name] != nil:
		call := c.funcs[name]
		return func(f *running, dot reflect.Value) reflect.Value {
			given := make([]any, len(args))
			for i, a := range args {
				given[i] = a(f, dot).Interface()
			}
			return reflect.ValueOf(call(given))
		}, text, nil
	case name == "len" && len(args) == 1 && types[0] != nil && types[0].Kind() != reflect.Pointer:
		return func(f *running, dot reflect.Value) reflect.Value { return reflect.ValueOf(args[0](f, dot).Len()) }, whole, nil
	case name == "not" && len(args) == 1:
		return func(f *running, dot reflect.Value) reflect.Value { return reflect.ValueOf(!truth(args[0](f, dot))) }, truthType, nil
	case (name == "and" || name == "or") && len(args) > 0:
		typ := types[0]
		for _, t := range types {
			if t != typ {
				typ = nil
			}
		}
		stop := name == "or"
		return func(f *running, dot reflect.Value) reflect.Value {
			var v reflect.Value
			for _, a := range args {
				if v = a(f, dot); truth(v) == stop {
					break
				}
			}
			return v
		}, typ, nil
	}
	holds := comparison(name)
	if holds == nil || len(args) != 2 || types[0] == nil || types[1] == nil {
		return nil, nil, errUnknown
	}
	var compare func(a, b reflect.Value) int
	switch k := types[0].Kind(); {
	case k != types[1].Kind():
		return nil, nil, errUnknown
	case k == reflect.String:
		compare = func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) }
	case k == reflect.Int:
		compare = func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	default:
		return nil, nil, errUnknown
	}
	return func(f *running, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(holds(compare(args[0](f, dot), args[1](f, dot))))
	}, truthType, nil
}

// comparison is what a function wants of cmp.Compare, or nil.
func comparison(name string) func(int) bool {
	switch name {
	case "eq":
		return func(n int) bool { return n == 0 }
	case "ne":
		return func(n int) bool { return n != 0 }
	case "lt":
		return func(n int) bool { return n < 0 }
	case "le":
		return func(n int) bool { return n <= 0 }
	case "gt":
		return func(n int) bool { return n > 0 }
	case "ge":
		return func(n int) bool { return n >= 0 }
	}
	return nil
}
