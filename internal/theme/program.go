package theme

import (
	"bytes"
	"errors"
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"
)

// A program is a template compiled for one type of dot. It does what executing the
// template would do, from the tree that html/template has escaped, but finds fields
// once and not on every page: an eighth of the time.
//
// It knows the parts of the language that the checker lets through. Where it meets
// anything else the page is executed by html/template as it is.
type program struct {
	body step
	vars int
}

// running is a program at work.
type running struct {
	w    *bytes.Buffer
	root reflect.Value // $
	vars []reflect.Value
}

// step does a part of a program; expr finds a value.
type (
	step func(f *running, dot reflect.Value) signal
	expr func(f *running, dot reflect.Value) reflect.Value
)

// signal is how a step ends.
type signal uint8

const (
	goOn signal = iota
	breakLoop
	nextInLoop
)

func (p *program) run(w *bytes.Buffer, dot reflect.Value) {
	f := running{w: w, root: dot}
	if p.vars > 0 {
		f.vars = make([]reflect.Value, p.vars)
	}
	p.body(&f, dot)
}

// errUnknown says that a program cannot be made of a template.
var errUnknown = errors.New("not known to the compiler")

// compiler makes programs of a set of escaped templates.
type compiler struct {
	set      *template.Template
	words    map[string]word
	escapers map[string]*escaper
	done     map[call]*program
}

type call struct {
	name string
	dot  reflect.Type
}

// local is a variable in scope.
type local struct {
	name string
	slot int
	typ  reflect.Type
}

// scene is where a node stands.
type scene struct {
	dot, root reflect.Type
	locals    []local
	program   *program
}

func (s scene) in(dot reflect.Type) scene {
	s.dot, s.locals = dot, s.locals[:len(s.locals):len(s.locals)]
	return s
}

func (c *compiler) program(name string, dot reflect.Type) (*program, error) {
	key := call{name, dot}
	if p := c.done[key]; p != nil {
		return p, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil, errUnknown
	}
	p := &program{}
	c.done[key] = p // before its body, which may call itself
	body, err := c.list(t.Tree.Root, &scene{dot: dot, root: dot, program: p})
	if err != nil {
		c.done = map[call]*program{} // what calls the unfinished one is no good either
		return nil, err
	}
	p.body = body
	return p, nil
}

func (c *compiler) list(l *parse.ListNode, s *scene) (step, error) {
	if l == nil {
		return func(*running, reflect.Value) signal { return goOn }, nil
	}
	steps := make([]step, 0, len(l.Nodes))
	for _, n := range l.Nodes {
		one, err := c.node(n, s)
		if err != nil {
			return nil, err
		}
		steps = append(steps, one)
	}
	return func(f *running, dot reflect.Value) signal {
		for _, one := range steps {
			if end := one(f, dot); end != goOn {
				return end
			}
		}
		return goOn
	}, nil
}

func (c *compiler) node(n parse.Node, s *scene) (step, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(f *running, _ reflect.Value) signal { f.w.Write(text); return goOn }, nil
	case *parse.ActionNode:
		return c.action(n, s)
	case *parse.IfNode:
		return c.condition(&n.BranchNode, s, false)
	case *parse.WithNode:
		return c.condition(&n.BranchNode, s, true)
	case *parse.RangeNode:
		return c.loop(n, s)
	case *parse.TemplateNode:
		return c.template(n, s)
	case *parse.BreakNode:
		return func(*running, reflect.Value) signal { return breakLoop }, nil
	case *parse.ContinueNode:
		return func(*running, reflect.Value) signal { return nextInLoop }, nil
	}
	return nil, errUnknown
}

// declare gives a variable its slot.
func (s *scene) declare(name string, typ reflect.Type) int {
	slot := s.program.vars
	s.program.vars++
	s.locals = append(s.locals, local{name, slot, typ})
	return slot
}

func (c *compiler) action(n *parse.ActionNode, s *scene) (step, error) {
	own, chain := splitPipe(n.Pipe)
	value, typ, err := c.pipe(own, s)
	if err != nil {
		return nil, err
	}
	if len(n.Pipe.Decl) > 0 {
		return c.assign(n.Pipe, value, typ, s)
	}
	e := c.escapers[chain]
	if e == nil || typ == nil || typ.Kind() == reflect.Pointer {
		return nil, errUnknown
	}
	return func(f *running, dot reflect.Value) signal { e.write(f.w, value(f, dot)); return goOn }, nil
}

func (c *compiler) assign(p *parse.PipeNode, value expr, typ reflect.Type, s *scene) (step, error) {
	name := p.Decl[0].Ident[0]
	slot := -1
	if p.IsAssign {
		for _, l := range s.locals {
			if l.name == name {
				slot = l.slot
			}
		}
	} else {
		slot = s.declare(name, typ)
	}
	if slot < 0 || len(p.Decl) != 1 {
		return nil, errUnknown
	}
	return func(f *running, dot reflect.Value) signal { f.vars[slot] = value(f, dot); return goOn }, nil
}

// truth is what {{if}} asks, as text/template's IsTrue.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		return true
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return v.Len() > 0
	}
	return v.IsValid() && !v.IsZero()
}

// word makes the expression of {{t "key" …}}.
func (c *compiler) word(key parse.Node, args []expr) (expr, error) {
	s, ok := key.(*parse.StringNode)
	if !ok {
		return nil, errUnknown
	}
	w := c.words[s.Text]
	return func(f *running, dot reflect.Value) reflect.Value {
		given := make([]any, len(args))
		for i, a := range args {
			given[i] = a(f, dot).Interface()
		}
		return reflect.ValueOf(w.fill(given))
	}, nil
}

// join is strings.Join.
func join(f *running, dot reflect.Value, list, sep expr) reflect.Value {
	l := list(f, dot)
	parts := make([]string, l.Len())
	for i := range parts {
		parts[i] = l.Index(i).String()
	}
	return reflect.ValueOf(strings.Join(parts, sep(f, dot).String()))
}
