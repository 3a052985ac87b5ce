package compiled

import (
	"bytes"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// escaper writes values into one kind of place: text, an attribute, an address.
//
// Nothing is escaped here. Most values have nothing in them to escape, and those
// are written as they are; all others go through html/template itself, by a small
// template that has its value in the same kind of place.
type escaper struct {
	inert   [256]bool // bytes the place's escapers leave alone, whatever stands around them
	rooted  bool      // an address: what begins with /, # or https:// has no scheme to be filtered
	asIs    reflect.Type
	tmpl    *template.Template
	ahead   int // bytes of tmpl's output before the value
	behind  int
	scratch sync.Pool
}

// places are templates with a value in each kind of place that themes use. The
// names of the escapers that html/template gives to them are read off at run time.
var places = []struct {
	before, after string
	address       bool         // an address from its start
	rare          bool         // always through html/template
	asIs          reflect.Type // a type that is safe here as it is
}{
	{before: "<p>", after: "</p>", asIs: reflect.TypeFor[template.HTML]()},
	{before: "<title>", after: "</title>"},
	{before: `<p title="`, after: `">`},
	{before: `<a href="`, after: `">`, address: true},
	{before: `<a href="tel:`, after: `">`, address: true},
	{before: `<img srcset="`, after: `">`, rare: true},
	{before: `<meta http-equiv="refresh" content="0; url=`, after: `">`, rare: true},
	{before: `<script type="application/ld+json">`, after: `</script>`, rare: true, asIs: reflect.TypeFor[template.JS]()},
}

// escapers makes the escapers by the names html/template gives to their pipelines.
func escapers() map[string]*escaper {
	out := map[string]*escaper{}
	for _, p := range places {
		t := template.Must(template.New("").Parse(p.before + "{{.}}" + p.after))
		_ = t.Execute(io.Discard, "") // makes it escape its tree
		e := &escaper{tmpl: t, ahead: len(p.before), behind: len(p.after), rooted: p.address, asIs: p.asIs}
		for b := range 256 {
			switch {
			case p.rare:
			case p.address:
				e.inert[b] = b < 0x80 && (isAlnum(byte(b)) || strings.IndexByte("/-_.~#?=", byte(b)) >= 0)
			default:
				e.inert[b] = strings.IndexByte("\x00\"&'+<>`", byte(b)) < 0
			}
		}
		for _, n := range t.Tree.Root.Nodes {
			if action, ok := n.(*parse.ActionNode); ok {
				_, chain := splitPipe(action.Pipe)
				out[chain] = e
			}
		}
	}
	return out
}

func isAlnum(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// splitPipe parts a pipeline into the author's commands and the names of the
// escapers that html/template put behind them.
func splitPipe(p *parse.PipeNode) (own []*parse.CommandNode, chain string) {
	var names []string
	for _, cmd := range p.Cmds {
		if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && strings.HasPrefix(id.Ident, "_html_template_") {
			names = append(names, id.Ident)
			continue
		}
		own = append(own, cmd)
	}
	return own, strings.Join(names, "|")
}

// write puts a value in its place.
func (e *escaper) write(w *bytes.Buffer, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		if v.Type() == e.asIs || v.Type() == stringType && e.plain(s) {
			w.WriteString(s)
			return
		}
	case reflect.Int:
		if e.inert['0'] && !e.rooted {
			w.Write(strconv.AppendInt(w.AvailableBuffer(), v.Int(), 10))
			return
		}
	}
	buf, _ := e.scratch.Get().(*bytes.Buffer)
	if buf == nil {
		buf = new(bytes.Buffer)
	}
	buf.Reset()
	_ = e.tmpl.Execute(buf, v.Interface()) // checked values and a buffer cannot fail
	b := buf.Bytes()
	w.Write(b[e.ahead : len(b)-e.behind])
	e.scratch.Put(buf)
}

var stringType = reflect.TypeFor[string]()

// plain tells whether html/template would write s as it is.
func (e *escaper) plain(s string) bool {
	if e.rooted && s != "" && s[0] != '/' && s[0] != '#' {
		rest, ok := strings.CutPrefix(s, "https://")
		if s = rest; !ok {
			return false
		}
	}
	for i := range len(s) {
		if !e.inert[s[i]] {
			return false
		}
	}
	return e.inert['0'] // not in a rare place
}
