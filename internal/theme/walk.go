package theme

import (
	"fmt"
	"reflect"
	"text/template/parse"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

func (c *checker) walk(n parse.Node, dot value, sc *scope) {
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			c.walk(child, dot, sc)
		}
	case *parse.ActionNode:
		v := c.pipe(n.Pipe, dot, sc)
		if len(n.Pipe.Decl) == 0 {
			c.printable(n, v, sc)
		}
	case *parse.IfNode:
		inner := sc.with(nil)
		c.pipe(n.Pipe, dot, inner)
		yes, no := c.truths(n.Pipe, dot, inner)
		c.walk(n.List, dot, inner.with(yes))
		if n.ElseList != nil {
			c.walk(n.ElseList, dot, inner.with(no))
		}
	case *parse.WithNode:
		inner := sc.with(nil)
		v := c.named(c.pipe(n.Pipe, dot, inner))
		v.present, v.shown = true, "."
		yes, no := c.truths(n.Pipe, dot, inner)
		body := inner.with(append(yes, v.path))
		c.walk(n.List, v, body)
		if n.ElseList != nil {
			c.walk(n.ElseList, dot, inner.with(no))
		}
	case *parse.RangeNode:
		c.rangeOver(n, dot, sc.with(nil))
	case *parse.TemplateNode:
		c.call(n, dot, sc)
	}
}

// named gives a value a path of its own if it has none, so that it can be known
// to be present.
func (c *checker) named(v value) value {
	if v.path == "" {
		c.fresh++
		v.path = fmt.Sprintf("#%d", c.fresh)
	}
	return v
}

func (c *checker) rangeOver(n *parse.RangeNode, dot value, sc *scope) {
	// The variables of a range are set to the element and its index, not to what
	// is ranged over.
	over := c.commands(n.Pipe, dot, sc)
	key, elem := value{typ: reflect.TypeFor[int](), shown: "."}, value{shown: ".", present: true}
	if over.typ != nil {
		c.needPresent(sc, n.Pipe.Pos, over, "range")
		switch typ := indirect(over.typ); typ.Kind() {
		case reflect.Slice, reflect.Array:
			elem.typ = typ.Elem()
		case reflect.Map:
			key.typ, elem.typ = typ.Key(), typ.Elem()
		case reflect.Int:
			elem.typ = typ
		default:
			c.fault(sc, n.Pipe.Pos, "range cannot go over %s of type %s", over.shown, over.typ)
		}
	}
	elem, key = c.named(elem), c.named(key)
	body := sc.with([]string{elem.path})
	if n.Pipe.IsAssign {
		c.fault(sc, n.Pipe.Decl[0].Pos, "range declares its variables: write := in place of =")
		return
	}
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		body.vars = append(body.vars, variable{decl[0].Ident[0], elem})
	case 2:
		body.vars = append(body.vars, variable{decl[0].Ident[0], key}, variable{decl[1].Ident[0], elem})
	}
	c.walk(n.List, elem, body)
	if n.ElseList != nil {
		c.walk(n.ElseList, dot, sc)
	}
}

func (c *checker) call(n *parse.TemplateNode, dot value, sc *scope) {
	arg := value{shown: "."}
	given := n.Pipe != nil
	if given {
		arg = c.pipe(n.Pipe, dot, sc)
		arg.present = arg.present || sc.present[arg.path]
	}
	name, page := n.Name, ""
	if name == "main" && sc.page != "" {
		name = sc.page
	} else if _, isPage := c.views[name]; isPage || name == "base" || c.sources[name] == nil {
		var partials []string
		for _, p := range sortedKeys(c.sources) {
			if _, isPage := c.views[p]; !isPage && p != "base" {
				partials = append(partials, p)
			}
		}
		c.report(sc, n.Pos, diag.TemplateName, n.Name, han.Nearest(n.Name, partials))
		return
	}
	c.used[name] = true
	if !given {
		arg.typ = reflect.TypeFor[nothing]()
	} else if arg.typ == nil {
		return
	}
	c.template(c.sources[name], page, arg)
}
