package compiled

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type link struct {
	Text, Href string
	Next       *link
}

func (l link) Shout() string { return strings.ToUpper(l.Text) }

type view struct {
	Title, Href string
	N           int
	Ratio       float64
	On          bool
	Words       []string
	Links       []link
	Maybe       *link
	Safe        template.HTML
}

func num(n int) string { return fmt.Sprintf("%+d", n) }

var funcs = template.FuncMap{
	"num":  num,
	"join": strings.Join,
}

// set parses templates and makes html/template escape them.
func set(t interface{ Fatal(...any) }, texts map[string]string) *template.Template {
	s := template.New("").Funcs(funcs)
	for name, text := range texts {
		if _, err := s.New(name).Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	for name := range texts {
		_ = s.ExecuteTemplate(io.Discard, name, view{Maybe: &link{}})
	}
	return s
}

func compilerOf(s *template.Template) *Compiler {
	return New(s, map[string]Func{
		"num":  func(args []any) string { return num(args[0].(int)) },
		"join": func(args []any) string { return strings.Join(args[0].([]string), args[1].(string)) },
	})
}

// Each is one part of the language, and all that it can do.
var constructs = map[string]string{
	"text":     `<p>{{.Title}}</p><title>{{.Title}}</title>`,
	"attrs":    `<a href="{{.Href}}" title="{{.Title}}">{{.N}}</a><a href="tel:{{.Title}}"></a>`,
	"rare":     `<img srcset="{{.Href}} 1x"><meta http-equiv="refresh" content="0; url={{.Href}}">`,
	"safe":     `<p>{{.Safe}}</p>`,
	"if":       `{{if .On}}on{{else if .Title}}{{.Title}}{{else}}off{{end}}`,
	"with":     `{{with .Maybe}}{{.Text}}{{with .Next}}{{.Href}}{{else}}-{{end}}{{end}}`,
	"vars":     `{{$t := .Title}}{{$seen := false}}{{range $i, $w := .Words}}{{if $i}}, {{end}}{{$w}}{{if eq $w $t}}{{$seen = true}}{{end}}{{end}}{{$seen}}`,
	"range":    `{{range .Links}}{{.Shout}}{{if eq .Text "b"}}{{break}}{{end}}{{if .Href}}{{continue}}{{end}}.{{else}}none{{end}}`,
	"root":     `{{range .Links}}{{$.Title}}{{end}}`,
	"calls":    `{{num .N}} {{join .Words "、"}} {{len .Words}} {{.N | num}}`,
	"logic":    `{{if and .On .Title}}1{{end}}{{if or .On (not .Title)}}2{{end}}{{or .Title .Href}}`,
	"compare":  `{{if eq .Title "a"}}=={{end}}{{if ne .N 3}}!={{end}}{{if lt .N 3}}<{{end}}{{if ge .Title .Href}}>={{end}}`,
	"template": `{{range .Links}}{{template "part" .}}{{end}}`,
	"part":     `<i>{{.Text}}</i>{{with .Next}}{{template "part" .}}{{end}}`,
}

// Whatever a view holds, what is compiled comes out as html/template makes it.
func TestCompiledAgrees(t *testing.T) {
	s := set(t, constructs)
	c := compilerOf(s)
	all := map[string]*Template{}
	for name := range constructs {
		if name == "part" { // is of a link
			continue
		}
		all[name] = c.Template(name, reflect.TypeFor[view]())
		if !all[name].Compiled() {
			t.Errorf("%s is beyond the compiler", name)
		}
	}
	texts := rapid.OneOf(
		rapid.String(), rapid.StringMatching(`[/#]?[a-z/<>&"'+?=%:.`+"`"+` -]{0,12}`),
		rapid.SampledFrom([]string{"", "a", "b", "/heroes/a/", "#a", "javascript:alert(1)", "JaVascript:1", "https://a.cn/?a=1&b=2", "https://", "HTTPS://a.cn", "//a.cn", "/张三/", "\x00", "\xff", "</script>"}),
	)
	links := rapid.Custom(func(t *rapid.T) link { return link{Text: texts.Draw(t, "text"), Href: texts.Draw(t, "href")} })
	rapid.Check(t, func(t *rapid.T) {
		v := view{
			Title: texts.Draw(t, "title"), Href: texts.Draw(t, "href"), N: rapid.IntRange(-9999, 9999).Draw(t, "n"),
			On: rapid.Bool().Draw(t, "on"), Words: rapid.SliceOfN(texts, 0, 3).Draw(t, "words"),
			Links: rapid.SliceOfN(links, 0, 3).Draw(t, "links"), Safe: template.HTML(texts.Draw(t, "safe")),
		}
		if rapid.Bool().Draw(t, "maybe") {
			one, two := links.Draw(t, "one"), links.Draw(t, "two")
			one.Next, v.Maybe = &two, &one
			v.Links = append(v.Links, one)
		}
		for name, x := range all {
			var want, got bytes.Buffer
			if err := x.Interpret(&want, v); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := x.Execute(&got, v); err != nil || got.String() != want.String() {
				t.Fatalf("%s, %v\nhtml/template: %s\ncompiled:      %s", name, err, want.Bytes(), got.Bytes())
			}
		}
	})
}

// What the compiler does not know is executed all the same, as is a view of another type.
func TestBeyondTheCompiler(t *testing.T) {
	for _, text := range []string{`{{printf "%d" .N}}`, `{{index .Words 0}}`, `{{.Ratio}} {{eq .Ratio 1.5}}`, `{{define "x"}}{{.N}}{{end}}{{template "x"}}`} {
		s := set(t, map[string]string{"page": text})
		x := compilerOf(s).Template("page", reflect.TypeFor[view]())
		if x.Compiled() && strings.Contains(text, "printf") {
			t.Errorf("%s was compiled", text)
		}
		v := view{N: 3, Words: []string{"w"}, Ratio: 1.5}
		var want, got bytes.Buffer
		err1, err2 := x.Interpret(&want, v), x.Execute(&got, v)
		if (err1 == nil) != (err2 == nil) || want.String() != got.String() {
			t.Errorf("%s: %q (%v), want %q (%v)", text, got.String(), err2, want.String(), err1)
		}
	}
	x := compilerOf(set(t, map[string]string{"page": `{{.Text}}`})).Template("page", reflect.TypeFor[view]())
	var got bytes.Buffer
	if err := x.Execute(&got, link{Text: "<"}); err != nil || got.String() != "&lt;" {
		t.Errorf("another type: %q, %v", got.String(), err)
	}
}
