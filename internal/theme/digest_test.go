package theme

import (
	"slices"
	"testing"

	"mingdeng/internal/theme/layered"
)

// A page's digest changes with what the page depends on and with nothing else.
func TestDigest(t *testing.T) {
	views := map[string]any{"card": card{}, "list": card{}}
	base := func(more ...string) map[string][16]byte {
		fsys := files(`{{template "head" .}}{{t "hello"}}`, append([]string{
			"templates/list.html", `{{template "foot" .}}{{if .Open}}{{t "born" .Born}}{{end}}`,
			"templates/head.html", `<h1>{{template "name" .}}</h1>`,
			"templates/foot.html", "foot", "templates/name.html", "{{.Name}}",
		}, more...)...)
		th, found := Load(layered.Of(fsys, "themes/x"), views)
		if th == nil {
			t.Fatal(told(found))
		}
		return map[string][16]byte{"card": th.Edition("en").Digest("card"), "list": th.Edition("en").Digest("list")}
	}
	before := base()
	if before["card"] == before["list"] || before["card"] == [16]byte{} {
		t.Error("digests say nothing")
	}
	const words = "born: born in {0}\nplain.word: A & B\n"
	for _, c := range []struct {
		name string
		more []string
		want []string // pages that must be made anew
	}{
		{"nothing", nil, nil},
		{"blank space that minifying takes away", []string{"templates/head.html", "\n<h1>\n{{template \"name\" .}}</h1>\n\n", "templates/foot.html", "foot\n"}, nil},
		{"its template", []string{"templates/card.html", `{{template "head" .}}!`}, []string{"card"}},
		{"a partial", []string{"templates/foot.html", "feet"}, []string{"list"}},
		{"a partial of a partial", []string{"templates/name.html", "{{.Title}}"}, []string{"card"}},
		{"base", []string{"templates/base.html", `<p>{{template "main" .}}`}, []string{"card", "list"}},
		{"a word", []string{"i18n/en.yaml", "hello: Hi\n" + words}, []string{"card"}},
		{"a word with an argument", []string{"i18n/en.yaml", "hello: Hello\nborn: since {0}\nplain.word: A\n"}, []string{"list"}},
		{"a word nobody uses", []string{"i18n/en.yaml", "hello: Hello\nmore: x\n" + words}, nil},
	} {
		after := base(c.more...)
		var changed []string
		for _, p := range []string{"card", "list"} {
			if before[p] != after[p] {
				changed = append(changed, p)
			}
		}
		if !slices.Equal(changed, c.want) {
			t.Errorf("%s changes %v, want %v", c.name, changed, c.want)
		}
	}
	th, _ := Load(layered.Of(files("x"), "themes/x"), cardViews)
	if th.Edition("en").Digest("no-such") != [16]byte{} {
		t.Error("a page that does not exist has a digest")
	}
}
