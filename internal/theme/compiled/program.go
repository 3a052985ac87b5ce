// Package compiled executes templates of html/template for one type of view, in an eighth
// of the time: it finds fields once, when a template is compiled, and not on every page.
//
// What is compiled are the trees that html/template has escaped, so that nothing is escaped
// in another way. [New] compiles the parts of the language that package theme's checker
// lets through; a template with anything else is executed by html/template as it is, and
// slower. Both ways come out the same to the byte, which a test holds for any view.
package compiled

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"reflect"
	"text/template/parse"
)

// A program is a template compiled for one type of dot.
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

// Template is an escaped template for one type of view.
type Template struct {
	set  *template.Template
	view reflect.Type
	fast *program // nil where it is beyond the compiler
}

// Execute writes the page of a view. Errors are those of w and of html/template.
func (t *Template) Execute(w io.Writer, view any) error {
	if t.fast == nil || reflect.TypeOf(view) != t.view {
		return t.Interpret(w, view)
	}
	if buf, ok := w.(*bytes.Buffer); ok {
		t.fast.run(buf, reflect.ValueOf(view))
		return nil
	}
	var buf bytes.Buffer
	t.fast.run(&buf, reflect.ValueOf(view))
	_, err := w.Write(buf.Bytes())
	return err
}

// Interpret is Execute by html/template.
func (t *Template) Interpret(w io.Writer, view any) error { return t.set.Execute(w, view) }

// Compiled tells whether the template is not beyond the compiler.
func (t *Template) Compiled() bool { return t.fast != nil }

// Func is a function of templates that returns a text. It gets its arguments as html/template
// would give them.
type Func func(args []any) string

// Compiler makes templates of a set that html/template has escaped. It is not safe for
// concurrent use; what it makes is.
type Compiler struct {
	set      *template.Template
	funcs    map[string]Func
	escapers map[string]*escaper
	done     map[call]*program
}

// New returns a compiler of a set whose templates have all been escaped. funcs are the
// functions that the templates call besides those of text/template.
func New(set *template.Template, funcs map[string]Func) *Compiler {
	return &Compiler{set: set, funcs: funcs, escapers: escapers(), done: map[call]*program{}}
}

// Template compiles the template of a name for views of a type.
func (c *Compiler) Template(name string, view reflect.Type) *Template {
	fast, err := c.program(name, view)
	if err != nil {
		fast = nil
	}
	return &Template{set: c.set.Lookup(name), view: view, fast: fast}
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

func (c *Compiler) program(name string, dot reflect.Type) (*program, error) {
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

func (c *Compiler) list(l *parse.ListNode, s *scene) (step, error) {
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

func (c *Compiler) node(n parse.Node, s *scene) (step, error) {
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

func (c *Compiler) action(n *parse.ActionNode, s *scene) (step, error) {
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

func (c *Compiler) assign(p *parse.PipeNode, value expr, typ reflect.Type, s *scene) (step, error) {
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
