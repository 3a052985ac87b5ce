package theme

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/diag"
	"mingdeng/internal/theme/layered"
)

// The views of the tests.
type (
	card struct {
		Name string
		Href string
		Born int
		Rate float64
		Open bool
		Tags []string `was:"Etiketten"`
		Next *card
		Boss *card `nil:"never"`
		Kids []card
		Pics []*card
		frame
	}
	frame struct{ Title, Lang string }
)

func (card) Greeting() string       { return "hello" }
func (card) Asks(s string) string   { return s }
func (*card) Own() string           { return "own" }
func (frame) String2() (int, error) { return 0, nil }

// files is a theme of one page, card, whose template is given; more are pairs of a
// path and a text.
func files(page string, more ...string) fstest.MapFS {
	fsys := fstest.MapFS{
		"theme.yaml":          {Data: []byte("title: test\n")},
		"i18n/en.yaml":        {Data: []byte("hello: Hello\nborn: born in {0}\nplain.word: A & B\n")},
		"templates/base.html": {Data: []byte("<title>{{.Name}}</title>{{template \"main\" .}}")},
		"templates/card.html": {Data: []byte(page)},
	}
	for i := 0; i < len(more); i += 2 {
		if more[i+1] == "" {
			delete(fsys, more[i])
			continue
		}
		fsys[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	return fsys
}

var cardViews = map[string]any{"card": card{}}

func told(found []diag.Finding) string {
	var b bytes.Buffer
	for _, f := range found {
		fmt.Fprintf(&b, "%s: %s: %s\n", strings.TrimPrefix(f.Place(), "themes/x/"), f.Code.ID, f.Message(diag.English))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestFaults(t *testing.T) {
	const p = "templates/partial.html"
	for _, c := range []struct {
		name, page string
		more       []string
		want       string
	}{
		{"fine", `{{.Name}} {{.Greeting}} {{num .Born}} {{join .Tags "、"}} {{t "born" .Born}} {{len .Kids}}`, nil, ``},
		{"misspelt", "<p>\n  {{.Nmae}}", nil, `templates/card.html:2:6: template-field: theme.card has no field "Nmae"`},
		{"after Han", `张三{{.Nmae}}`, nil, `templates/card.html:1:6: template-field: theme.card has no field "Nmae"`},
		{"leading space", "\n\n  {{.Nmae}}", nil, `templates/card.html:3:6: template-field: theme.card has no field "Nmae"`},
		{"second of a chain", `{{.Boss.Nmae}}`, nil, `templates/card.html:1:9: template-field: *theme.card has no field "Nmae"`},
		{"third of a chain", `{{.Boss.Boss.Nmae}}`, nil, `templates/card.html:1:14: template-field: *theme.card has no field "Nmae"`},
		{"first of a chain", `{{.Bsos.Name}}`, nil, `templates/card.html:1:4: template-field: theme.card has no field "Bsos"`},
		{"promoted", `{{.Title}}{{.Titel}}`, nil, `templates/card.html:1:14: template-field: theme.card has no field "Titel"`},
		{"in range", `{{range .Kids}}{{.Name}}{{.Nmae}}{{end}}`, nil, `templates/card.html:1:28: template-field: theme.card has no field "Nmae"`},
		{"outer field in range", `{{range .Tags}}{{.Name}}{{$.Name}}{{end}}`, nil, `templates/card.html:1:19: template-field: string has no field "Name"`},
		{"in with", `{{with .Next}}{{.Nmae}}{{end}}`, nil, `templates/card.html:1:18: template-field: *theme.card has no field "Nmae"`},
		{"in else", `{{if .Open}}{{.Name}}{{else}}{{.Nmae}}{{end}}`, nil, `templates/card.html:1:33: template-field: theme.card has no field "Nmae"`},
		{"else keeps dot", `{{with .Tags}}{{else}}{{.Nmae}}{{end}}`, nil, `templates/card.html:1:26: template-field: theme.card has no field "Nmae"`},
		{"in variable", `{{$x := .Boss}}{{$x.Name}}{{$x.Nmae}}`, nil, `templates/card.html:1:32: template-field: *theme.card has no field "Nmae"`},
		{"in range variable", `{{range $i, $k := .Kids}}{{$i}}{{$k.Nmae}}{{end}}`, nil, `templates/card.html:1:37: template-field: theme.card has no field "Nmae"`},
		{"in argument", `{{if eq .Name .Nmae}}x{{end}}`, nil, `templates/card.html:1:16: template-field: theme.card has no field "Nmae"`},
		{"all at once", `{{.A1}}{{.B1}}`, nil, "templates/card.html:1:4: template-field: theme.card has no field \"A1\"\ntemplates/card.html:1:11: template-field: theme.card has no field \"B1\""},
		{"in partial", `{{template "partial" .Boss}}`, []string{p, "x\n{{.Nmae}}"}, p + `:2:4: template-field: *theme.card has no field "Nmae"`},
		{"in partial, one of two types", `{{template "partial" .Boss}}{{range .Tags}}{{template "partial" .}}{{end}}`, []string{p, "{{.Name}}"}, p + `:1:4: template-field: string has no field "Name"`},
		{"partial without dot", `{{template "partial"}}`, []string{p, "{{.Name}}"}, p + `:1:4: template-field: {{template}} has no field "Name"`},
		{"in base", `x`, []string{"templates/base.html", `{{.Nmae}}{{template "main" .}}`}, `templates/base.html:1:4: template-field: theme.card has no field "Nmae"`},
		{"recursion", `{{template "partial" .}}`, []string{p, "{{.Name}}{{range .Kids}}{{template \"partial\" .}}{{end}}"}, ``},

		{"no such template", `{{template "partail" .}}`, []string{p, "x"}, `templates/card.html:1:12: template-name: there is no template "partail"`},
		{"main outside base", `{{template "main" .}}`, nil, `templates/card.html:1:12: template-name: there is no template "main"`},
		{"unused", `x`, []string{p, "x"}, `templates/partial.html: template-unused: the template "partial" is never used`},
		{"page lacking", ``, []string{"templates/card.html", "", "templates/crad.html", "x"}, `templates/card.html: template-missing: the theme lacks the template card.html`},
		{"base lacking", `x`, []string{"templates/base.html", ""}, `templates/base.html: template-missing: the theme lacks the template base.html`},
		{"whole needs no base", "<!DOCTYPE html><title>x</title>", []string{"templates/base.html", ""}, ``},

		{"absent", `{{.Next.Name}}`, nil, `templates/card.html:1:8: template-absent: ".Next" may be absent: its ".Name" cannot be used just so`},
		{"absent further on", `{{with .Next}}{{.Next.Name}}{{end}}`, nil, `templates/card.html:1:22: template-absent: ".Next" may be absent: its ".Name" cannot be used just so`},
		{"asked by if", `{{if .Next}}{{.Next.Name}}{{end}}`, nil, ``},
		{"asked by and", `{{if and .Open .Next}}{{.Next.Name}}{{end}}`, nil, ``},
		{"asked within and", `{{if and .Next .Next.Open}}x{{end}}`, nil, ``},
		{"asked by or", `{{if or .Open .Next}}{{.Next.Name}}{{end}}`, nil, `templates/card.html:1:29: template-absent: ".Next" may be absent: its ".Name" cannot be used just so`},
		{"asked by not", `{{if not .Next}}x{{else}}{{.Next.Name}}{{end}}`, nil, ``},
		{"asked in reverse", `{{if .Next}}x{{else}}{{.Next.Name}}{{end}}`, nil, `templates/card.html:1:29: template-absent: ".Next" may be absent: its ".Name" cannot be used just so`},
		{"through a variable", `{{$n := .Next}}{{if $n}}{{$n.Name}}{{.Next.Name}}{{end}}`, nil, ``},
		{"forgotten at the end", `{{if .Next}}{{end}}{{.Next.Name}}`, nil, `templates/card.html:1:27: template-absent: ".Next" may be absent: its ".Name" cannot be used just so`},
		{"absent in partial", `{{template "partial" .Next}}`, []string{p, `{{.Name}}`}, p + `:1:3: template-absent: "." may be absent: its ".Name" cannot be used just so`},
		{"asked before partial", `{{if .Next}}{{template "partial" .Next}}{{end}}{{range .Pics}}{{template "partial" .}}{{end}}`, []string{p, `{{.Name}}`}, ``},

		{"range over text", `{{range .Name}}x{{end}}`, nil, `templates/card.html:1:9: template: the template is wrong: range cannot go over .Name of type string`},
		{"showing a list", `{{.Tags}}`, nil, `templates/card.html:1:3: template: the template is wrong: .Tags is of type []string and cannot be shown: choose one of its fields, or use range`},
		{"showing a record", `{{with .Next}}{{.}}{{end}}`, nil, `templates/card.html:1:17: template: the template is wrong: . is of type *theme.card and cannot be shown: choose one of its fields, or use range`},
		{"comparing unlike", `{{if eq .Name 3}}x{{end}}`, nil, `templates/card.html:1:15: template: the template is wrong: a text cannot be compared with a whole number`},
		{"comparing whole and broken", `{{if gt .Rate 3}}x{{end}}{{if gt .Rate 3.5}}x{{end}}`, nil, `templates/card.html:1:15: template: the template is wrong: a number cannot be compared with a whole number`},
		{"too few", `{{if eq .Name}}x{{end}}`, nil, `templates/card.html:1:6: template: the template is wrong: eq takes 2 arguments, not 1`},
		{"wrong argument", `{{join .Name "x"}}`, nil, `templates/card.html:1:8: template: the template is wrong: join wants []string here, not .Name of type string`},
		{"piped", `{{.Born | num}}{{.Name | num}}`, nil, `templates/card.html:1:26: template: the template is wrong: num wants int here, not .Name of type string`},
		{"length of a number", `{{len .Born}}`, nil, `templates/card.html:1:7: template: the template is wrong: .Born of type int has no length`},
		{"argument to a field", `{{.Name "x"}}`, nil, `templates/card.html:1:3: template: the template is wrong: .Name is no function and takes no arguments`},
		{"method with arguments", `{{.Asks}}`, nil, `templates/card.html:1:4: template: the template is wrong: the method Asks of theme.card cannot be used in a template`},
		{"no such function", `{{nmu .Born}}`, nil, `templates/card.html:1:3: template-function: templates have no function "nmu"`},
		{"a function that can fail", `{{index .Tags 3}}`, nil, `templates/card.html:1:3: template-function: templates have no function "index"`},
		{"assigning another type", `{{$x := .Name}}{{$x = .Born}}`, nil, `templates/card.html:1:18: template: the template is wrong: $x holds string and cannot take int`},

		{"assigning what may be absent", `{{$x := .Boss}}{{range .Kids}}{{$x.Name}}{{$x = .Next}}{{end}}`, nil, `templates/card.html:1:44: template: the template is wrong: $x is of type *theme.card: only texts, numbers and switches can be set with =`},
		{"assigning a text", `{{$x := .Name}}{{if .Open}}{{$x = .Title}}{{end}}{{$x}}`, nil, ``},

		{"no such word", "<p>\n{{t \"helo\"}}", nil, `templates/card.html:2:6: missing-word: the language file has no word "helo"`},
		{"word lacks its argument", `{{t "born"}}`, nil, `templates/card.html:1:3: template: the template is wrong: the word "born" takes 1 arguments, not 0`},
		{"no such file", `{{asset "lamplihgt.css"}}`, nil, `templates/card.html:1:10: missing-asset: the theme has no file "lamplihgt.css"`},
		{"word not in quotes", `{{t .Name}}`, nil, `templates/card.html:1:5: template: the template is wrong: t wants the name of a word in quotes, so that it can be checked`},

		{"syntax", "a\n{{if .Open}}b", nil, `templates/card.html:2:1: template: the template is wrong: unexpected EOF`},
		{"define", `a{{define "b"}}c{{end}}`, nil, `templates/card.html:1:16: template: the template is wrong: one file is one template: move "b" to templates/b.html`},
		{"html", "<p>\n<a href={{if .Open}}'{{end}}>", nil, `templates/card.html:2:14: template: the template is wrong: {{if}} branches end in different contexts: {stateBeforeValue delimNone urlPartNone jsCtxRegexp [] attrURL elementNone}, {stateURL delimSingleQuote urlPartNone jsCtxRegexp [] attrURL elementNone}`},
		{"open at its end", "<!doctype html><a href=\"{{.Name}}", []string{"templates/base.html", ""}, `templates/card.html: template: the template is wrong: ends in a non-text context`},
	} {
		t.Run(c.name, func(t *testing.T) {
			th, found := Load(layered.Of(files(c.page, c.more...), "themes/x"), cardViews)
			got := told(found)
			if c.name == "html" { // the words are Go's own
				got, _, _ = strings.Cut(got, " end in")
				c.want, _, _ = strings.Cut(c.want, " end in")
			}
			if c.name == "open at its end" {
				got, _, _ = strings.Cut(got, ": {state")
			}
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			if (th == nil) != failed(found) {
				t.Errorf("theme %v with findings %v", th, found)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	_, found := Load(layered.Of(files(`{{.Nmae}}{{len .Etiketten}}{{template "heda" .}}{{nmu 1}}{{t "helo"}}`, "templates/head.html", "x"), "themes/x"), cardViews)
	want := []string{`did you mean "Name"?`, `did you mean "Tags"?`, `did you mean "head"?`, `did you mean "num"?`, `did you mean "hello"?`}
	if len(found) != len(want) {
		t.Fatal(told(found))
	}
	for i, f := range found {
		if !strings.Contains(f.Hint(diag.English), want[i]) {
			t.Errorf("%s: hint %q lacks %q", f.Message(diag.English), f.Hint(diag.English), want[i])
		}
	}
}

// FuzzCheckedRuns holds the promise of the package: what the checker accepts runs,
// with full views and with empty ones.
func FuzzCheckedRuns(f *testing.F) {
	seeds := []string{
		`{{.Name}}`, `{{range $i, $k := .Kids}}{{$i}}{{$k.Name}}{{else}}{{.Title}}{{end}}`, `{{with .Next}}{{.Own}}{{end}}`,
		`{{if and .Next .Next.Open}}{{.Next.Name}}{{end}}`, `{{$x := .Next}}{{if not $x}}{{else}}{{$x.Rate}}{{end}}`,
		`{{range .Pics}}{{.Boss.Boss.Name}}{{end}}`, `{{(len .Tags) | num}}`, `{{if or (eq .Born 3 4) (lt .Rate 1.5)}}x{{end}}`,
		`{{with or .Name .Title}}{{.}}{{end}}`, `{{$x := .Boss}}{{$x = .Next}}{{$x.Name}}`, `{{range 3}}{{.}}{{break}}{{end}}`,
		`{{t "born" (num .Born)}}`, `{{and .Next .Boss | len}}`, `{{not .Next.Name}}`, `{{range .Next.Kids}}{{end}}`, `{{len .Next}}`,
		`{{with $y := .Next}}{{$y.Name}}{{else with .Boss}}{{.Name}}{{end}}`, `{{ .Open | not }}`, `{{"a" | printf}}`, `{{nil}}`, `{{$x = $x}}`, `{{$x := $x}}`,
		`{{and 0 .Boss | len}}`, `{{if and .Name .Born}}x{{end}}`, `{{range $x = .Kids}}{{end}}`, `{{$x = 0}}`, `{{range 0.0}}{{end}}`, `{{1i}}`, `{{num 0x1e}}`, `{{num 'a'}}`, `{{18446744073709551615}}`,
	}
	for _, s := range seeds {
		f.Add(s)
	}
	full, sparse := filled(card{}, false), filled(card{}, true)
	f.Fuzz(func(t *testing.T, text string) {
		th, found := Load(layered.Of(files(text), "themes/x"), cardViews)
		if th == nil {
			if len(found) == 0 {
				t.Fatal("no theme and no reason")
			}
			return
		}
		for _, view := range []any{full, sparse} {
			e := th.Edition("en")
			if err := e.pages["card"].Interpret(io.Discard, view); err != nil {
				t.Fatalf("%q was accepted and fails: %v", text, err)
			}
			agree(t, e, "card", view)
		}
	})
}
