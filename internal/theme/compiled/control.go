package compiled

import (
	"reflect"
	"text/template/parse"
)

// condition compiles if and with.
func (c *Compiler) condition(n *parse.BranchNode, s *scene, with bool) (step, error) {
	inner := s.in(s.dot)
	value, typ, err := c.pipe(n.Pipe.Cmds, &inner)
	if err != nil || typ == nil && with {
		return nil, errUnknown
	}
	var set step
	if len(n.Pipe.Decl) > 0 {
		plain := value
		if set, err = c.assign(n.Pipe, plain, typ, &inner); err != nil {
			return nil, err
		}
		slot := inner.locals[len(inner.locals)-1].slot
		if n.Pipe.IsAssign {
			return nil, errUnknown
		}
		value = func(f *running, dot reflect.Value) reflect.Value { set(f, dot); return f.vars[slot] }
	}
	then := inner.in(s.dot)
	if with {
		then = inner.in(typ)
	}
	yes, err := c.list(n.List, &then)
	if err != nil {
		return nil, err
	}
	otherwise := inner.in(s.dot)
	no, err := c.list(n.ElseList, &otherwise)
	if err != nil {
		return nil, err
	}
	return func(f *running, dot reflect.Value) signal {
		v := value(f, dot)
		if !truth(v) {
			return no(f, dot)
		}
		if with {
			dot = v
		}
		return yes(f, dot)
	}, nil
}

func (c *Compiler) loop(n *parse.RangeNode, s *scene) (step, error) {
	inner := s.in(s.dot)
	value, typ, err := c.pipe(n.Pipe.Cmds, &inner)
	if err != nil || typ == nil || n.Pipe.IsAssign {
		return nil, errUnknown
	}
	if k := typ.Kind(); k != reflect.Slice && k != reflect.Array {
		return nil, errUnknown
	}
	body := inner.in(typ.Elem())
	index, elem := -1, -1
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		elem = body.declare(d[0].Ident[0], typ.Elem())
	case 2:
		index = body.declare(d[0].Ident[0], reflect.TypeFor[int]())
		elem = body.declare(d[1].Ident[0], typ.Elem())
	}
	each, err := c.list(n.List, &body)
	if err != nil {
		return nil, err
	}
	otherwise := inner.in(s.dot)
	none, err := c.list(n.ElseList, &otherwise)
	if err != nil {
		return nil, err
	}
	return func(f *running, dot reflect.Value) signal {
		list := value(f, dot)
		if list.Len() == 0 {
			return none(f, dot)
		}
		for i := range list.Len() {
			v := list.Index(i)
			if index >= 0 {
				f.vars[index] = reflect.ValueOf(i)
			}
			if elem >= 0 {
				f.vars[elem] = v
			}
			if each(f, v) == breakLoop {
				break
			}
		}
		return goOn
	}, nil
}

func (c *Compiler) template(n *parse.TemplateNode, s *scene) (step, error) {
	if n.Pipe == nil {
		return nil, errUnknown
	}
	arg, typ, err := c.pipe(n.Pipe.Cmds, s)
	if err != nil || typ == nil || len(n.Pipe.Decl) > 0 {
		return nil, errUnknown
	}
	p, err := c.program(n.Name, typ)
	if err != nil {
		return nil, err
	}
	return func(f *running, dot reflect.Value) signal { p.run(f.w, arg(f, dot)); return goOn }, nil
}
