package theme

import (
	"reflect"
	"strings"
	"text/template/parse"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// function checks a call; last is the value piped into it as its last argument.
func (c *checker) function(id *parse.IdentifierNode, args []parse.Node, dot value, sc *scope, last *value) value {
	var given []value
	var at []parse.Pos
	// What stands behind a condition in {{and}} runs only where it holds.
	inner := sc
	for _, a := range args {
		given, at = append(given, c.operand(a, dot, inner)), append(at, startOf(a))
		yes, no := c.truth(a, dot, inner)
		switch id.Ident {
		case "and":
			inner = inner.with(yes)
		case "or":
			inner = inner.with(no)
		}
	}
	if last != nil {
		given, at = append(given, *last), append(at, id.Pos)
	}
	switch id.Ident {
	case "and", "or":
		return c.logic(id, given, sc)
	case "not":
		c.count(id, len(given), 1, 1, sc)
		return value{typ: reflect.TypeFor[bool]()}
	case "len":
		if c.count(id, len(given), 1, 1, sc) && given[0].typ != nil {
			c.needPresent(sc, at[0], given[0], "len")
			switch indirect(given[0].typ).Kind() {
			case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
			default:
				c.fault(sc, at[0], "%s of type %s has no length", given[0].shown, given[0].typ)
			}
		}
		return value{typ: reflect.TypeFor[int]()}
	case "eq", "ne", "lt", "le", "gt", "ge":
		c.compare(id, given, at, sc)
		return value{typ: reflect.TypeFor[bool]()}
	}
	sig, ok := c.funcs[id.Ident]
	if !ok {
		names := functionNames()
		c.report(sc, id.Pos, diag.TemplateFunction, id.Ident, han.Nearest(id.Ident, names), strings.Join(names, " "))
		return value{}
	}
	c.arguments(id, sig, given, at, sc)
	if id.Ident == "t" && len(args) > 0 {
		c.word(id, args[0], len(given)-1, sc)
	}
	if id.Ident == "asset" && len(args) > 0 {
		c.asset(args[0], sc)
	}
	return value{typ: sig.Out(0), shown: id.Ident}
}

// startOf is the offset at which an operand begins.
func startOf(n parse.Node) parse.Pos {
	switch n := n.(type) {
	case *parse.FieldNode:
		return parse.Pos(fieldStart(int(n.Pos), n.Ident))
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			return n.Pos - parse.Pos(len(n.Ident[0]))
		}
	}
	return n.Position()
}

// count reports a wrong number of arguments; most < 0 is any number.
func (c *checker) count(id *parse.IdentifierNode, have, least, most int, sc *scope) bool {
	if have >= least && (most < 0 || have <= most) {
		return true
	}
	c.fault(sc, id.Pos, "%s takes %d arguments, not %d", id.Ident, least, have)
	return false
}

// mixed is the type of {{or .Name .Count}}: good for a condition and nothing else.
type mixed struct{}

// logic checks and, or: their value is one of their arguments.
func (c *checker) logic(id *parse.IdentifierNode, given []value, sc *scope) value {
	if !c.count(id, len(given), 1, -1, sc) {
		return value{}
	}
	for _, v := range given[1:] {
		if v.typ != nil && given[0].typ != nil && v.typ != given[0].typ {
			return value{typ: reflect.TypeFor[mixed](), shown: id.Ident}
		}
	}
	return value{typ: given[0].typ, shown: id.Ident}
}

func (c *checker) compare(id *parse.IdentifierNode, given []value, at []parse.Pos, sc *scope) {
	most := 2
	if id.Ident == "eq" {
		most = -1
	}
	if !c.count(id, len(given), 2, most, sc) {
		return
	}
	for i, v := range given {
		if v.typ == nil || given[0].typ == nil {
			continue
		}
		switch k := kindOf(v.typ); {
		case k != "text" && k != "whole number" && k != "number" && k != "bool",
			k == "bool" && id.Ident != "eq" && id.Ident != "ne":
			c.fault(sc, at[i], "%s of type %s cannot be compared", v.shown, v.typ)
			return
		case k != kindOf(given[0].typ):
			c.fault(sc, at[i], "a %s cannot be compared with a %s", kindOf(given[0].typ), k)
			return
		}
	}
}

// arguments checks what is given to one of the theme's functions.
func (c *checker) arguments(id *parse.IdentifierNode, sig reflect.Type, given []value, at []parse.Pos, sc *scope) {
	fixed, most := sig.NumIn(), sig.NumIn()
	if sig.IsVariadic() {
		fixed, most = fixed-1, -1
	}
	if !c.count(id, len(given), fixed, most, sc) {
		return
	}
	for i, v := range given {
		var want reflect.Type
		if i < fixed {
			want = sig.In(i)
		} else {
			want = sig.In(fixed).Elem()
		}
		switch {
		case v.typ == nil:
		case want.Kind() == reflect.Interface:
			if !hasText(v.typ) {
				c.fault(sc, at[i], "%s of type %s cannot be shown", v.shown, v.typ)
			}
		case !v.typ.AssignableTo(want):
			c.fault(sc, at[i], "%s wants %s here, not %s of type %s", id.Ident, want, v.shown, v.typ)
		}
	}
}

// word checks {{t "key" …}}.
func (c *checker) word(id *parse.IdentifierNode, key parse.Node, args int, sc *scope) {
	s, ok := key.(*parse.StringNode)
	if !ok {
		c.fault(sc, key.Position(), "t wants the name of a word in quotes, so that it can be checked")
		return
	}
	if !c.words.has(s.Text) {
		c.report(sc, s.Pos+1, diag.MissingWord, s.Text, han.Nearest(s.Text, c.words.keys), "i18n/*.yaml")
		return
	}
	if n := c.words.takes(s.Text); args != n {
		c.fault(sc, id.Pos, "the word %q takes %d arguments, not %d", s.Text, n, args)
	}
}

// asset checks {{asset "name"}}.
func (c *checker) asset(name parse.Node, sc *scope) {
	s, ok := name.(*parse.StringNode)
	if !ok {
		c.fault(sc, name.Position(), "asset wants the name of a file in quotes, so that it can be checked")
		return
	}
	if c.hrefs[s.Text] == "" {
		c.report(sc, s.Pos+1, diag.MissingAsset, s.Text, han.Nearest(s.Text, sortedKeys(c.hrefs)))
	}
}
