package theme

import (
	"reflect"
	"strings"
	"text/template/parse"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// pipe checks a pipeline, declares or sets its variables, and returns its value.
func (c *checker) pipe(p *parse.PipeNode, dot value, sc *scope) value {
	v := c.commands(p, dot, sc)
	for _, d := range p.Decl {
		name := d.Ident[0]
		if !p.IsAssign {
			sc.vars = append(sc.vars, variable{name, c.named(v)})
			continue
		}
		old, ok := sc.variable(name)
		if !ok {
			c.fault(sc, d.Pos, "%s is not declared yet: write := in place of =", name)
		}
		if v.typ != nil && old.typ != nil && old.typ != v.typ {
			c.fault(sc, d.Pos, "%s holds %s and cannot take %s", name, old.typ, v.typ)
		} else if v.typ != nil && !hasText(v.typ) {
			// Whether it is there would no longer be known, in loops above all.
			c.fault(sc, d.Pos, "%s is of type %s: only texts, numbers and switches can be set with =", name, v.typ)
		}
	}
	return v
}

// variable finds a variable. The parser lets one be used in its own declaration,
// where it does not exist yet.
func (s *scope) variable(name string) (value, bool) {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return s.vars[i].value, true
		}
	}
	return value{}, false
}

func (c *checker) commands(p *parse.PipeNode, dot value, sc *scope) value {
	var v value
	for i, cmd := range p.Cmds {
		var last *value
		if i > 0 {
			last = &v
		}
		v = c.command(cmd, dot, sc, last)
	}
	return v
}

// command checks one command; last is the value piped into it, or nil.
func (c *checker) command(cmd *parse.CommandNode, dot value, sc *scope, last *value) value {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.function(id, cmd.Args[1:], dot, sc, last)
	}
	v := c.operand(cmd.Args[0], dot, sc)
	if len(cmd.Args) > 1 || last != nil {
		c.fault(sc, cmd.Args[0].Position(), "%s is no function and takes no arguments", cmd.Args[0])
	}
	return v
}

// operand checks one word of a command.
func (c *checker) operand(n parse.Node, dot value, sc *scope) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.chain(dot, n.Ident, fieldStart(int(n.Pos), n.Ident), sc)
	case *parse.VariableNode:
		v, ok := sc.variable(n.Ident[0])
		if !ok {
			c.fault(sc, startOf(n), "%s is not declared yet", n.Ident[0])
		}
		v.shown = n.Ident[0]
		return c.chain(v, n.Ident[1:], int(n.Pos), sc)
	case *parse.ChainNode:
		v := c.operand(n.Node, dot, sc)
		return c.chain(v, n.Field, int(n.Pos), sc)
	case *parse.PipeNode:
		v := c.pipe(n, dot, sc)
		v.shown = "(" + n.String() + ")"
		return v
	case *parse.IdentifierNode:
		return c.function(n, nil, dot, sc, nil)
	case *parse.StringNode:
		return value{typ: reflect.TypeFor[string](), shown: n.Quoted}
	case *parse.BoolNode:
		return value{typ: reflect.TypeFor[bool](), shown: n.String()}
	case *parse.NumberNode:
		return c.number(n, sc)
	}
	c.fault(sc, n.Position(), "%s cannot stand here", n)
	return value{}
}

// number gives a constant the type it has when the template runs (idealConstant of
// text/template/exec.go).
func (c *checker) number(n *parse.NumberNode, sc *scope) value {
	v := value{shown: n.Text}
	hex := len(n.Text) > 2 && n.Text[0] == '0' && strings.ContainsAny(n.Text[1:2], "xX") && !strings.ContainsAny(n.Text, "pP")
	switch {
	case n.IsComplex || !n.IsInt && !n.IsFloat:
		c.fault(sc, n.Pos, "the number %s cannot stand in a template", n.Text)
	case n.IsFloat && !hex && n.Text[0] != '\'' && strings.ContainsAny(n.Text, ".eEpP"):
		v.typ = reflect.TypeFor[float64]()
	case n.IsInt:
		v.typ = reflect.TypeFor[int]()
	default:
		c.fault(sc, n.Pos, "the number %s is too large", n.Text)
	}
	return v
}

// fieldStart is the offset of the first field of a chain. The parser gives the
// place of the second field to a chain of several.
func fieldStart(pos int, idents []string) int {
	if len(idents) > 1 {
		return pos - len(idents[0]) - 1
	}
	return pos
}

// chain follows fields; at is the offset of the first field's dot.
func (c *checker) chain(v value, idents []string, at int, sc *scope) value {
	for _, id := range idents {
		v = c.field(v, id, parse.Pos(at), sc)
		at += 1 + len(id)
	}
	return v
}

// field checks v.name and returns its value.
func (c *checker) field(v value, name string, pos parse.Pos, sc *scope) value {
	if v.typ == nil {
		return value{}
	}
	c.needPresent(sc, pos, v, "."+name)
	out := value{shown: v.shown + "." + name}
	if v.shown == "." {
		out.shown = "." + name
	}
	if v.path != "" {
		out.path = v.path + "." + name
	}
	base := indirect(v.typ)
	if m, ok := v.typ.MethodByName(name); ok {
		if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
			c.fault(sc, pos+1, "the method %s of %s cannot be used in a template", name, v.typ)
			return value{}
		}
		out.typ = m.Type.Out(0)
		return out
	}
	switch base.Kind() {
	case reflect.Struct:
		if f, ok := base.FieldByName(name); ok && f.IsExported() {
			out.typ = f.Type
			out.present = f.Tag.Get("nil") == "never"
			return out
		}
	case reflect.Map:
		if base.Key().Kind() == reflect.String {
			out.typ = base.Elem()
			return out
		}
	}
	shown := v.typ.String()
	if v.typ == reflect.TypeFor[nothing]() {
		shown = "{{template}}"
	}
	near := renamed(base, name)
	if near == "" {
		near = han.Nearest(name, fieldsOf(v.typ))
	}
	c.report(sc, pos+1, diag.TemplateField, shown, name, near)
	return value{}
}

// renamed is what a field of a view is called now whose tag says that it was called name,
// or "".
func renamed(t reflect.Type, name string) string {
	if t.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t) {
			if f.Tag.Get("was") == name {
				return f.Name
			}
		}
	}
	return ""
}

// fieldsOf lists what may follow a dot after a value of the type.
func fieldsOf(t reflect.Type) []string {
	var names []string
	if base := indirect(t); base.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(base) {
			if f.IsExported() {
				names = append(names, f.Name)
			}
		}
	}
	for m := range t.Methods() {
		names = append(names, m.Name)
	}
	return names
}
