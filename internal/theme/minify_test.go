package theme

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"mingdeng/internal/pages"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

// read loads lamplight as far as its checked sources.
func read(t testing.TB) *builder {
	t.Helper()
	fsys, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	words, found := readWords(layered.Of(fsys, "lamplight"))
	sources, faults := readTemplates(layered.Of(fsys, "lamplight"))
	if found = append(found, faults...); len(found) > 0 {
		t.Fatal(told(found))
	}
	return newBuilder(sources, words, map[string]string{}, pages.Views())
}

// seen is what a reader gets of a page: its elements, attributes and text, with
// blank space as CSS collapses it between blocks and inline elements.
func seen(t *testing.T, page []byte) []string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	line, space := false, false // text stands on this line; blank space waits for more
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			if n.Parent.DataAtom == atom.Head || n.Parent.DataAtom == atom.Html {
				return
			}
			if n.Parent.DataAtom == atom.Script {
				out = append(out, n.Data)
				return
			}
			for _, r := range n.Data {
				if strings.ContainsRune(" \t\r\n\f", r) {
					space = space || line
					continue
				}
				if space {
					out = append(out, " ")
				}
				out, line, space = append(out, string(r)), true, false
			}
		case html.ElementNode:
			var attrs []string
			for _, a := range n.Attr {
				if n.DataAtom == atom.Meta { // the viewport's words are parted by commas
					a.Val = strings.ReplaceAll(a.Val, ", ", ",")
				}
				attrs = append(attrs, fmt.Sprintf("%s=%q", a.Key, a.Val))
			}
			slices.Sort(attrs)
			block := !inline[n.DataAtom] && n.Namespace == ""
			replaced := n.DataAtom == atom.Img || n.DataAtom == atom.Input || n.DataAtom == atom.Svg || n.DataAtom == atom.Audio
			if block {
				line, space = false, false
			}
			if replaced {
				if space {
					out = append(out, " ")
				}
				line, space = true, false
			}
			// Blank space at the start of an inline element counts as before it.
			out = append(out, "<"+n.Data+" "+strings.Join(attrs, " ")+">")
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			out = append(out, "</"+n.Data+">")
			if block {
				line, space = false, false
			}
		default:
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
	}
	walk(doc)
	return out
}

var inline = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Em: true, atom.I: true, atom.Img: true, atom.Input: true, atom.Label: true, atom.Small: true,
	atom.Span: true, atom.Strong: true, atom.Time: true, atom.Svg: true, atom.Audio: true, atom.Button: true, atom.Sup: true,
}

// Minifying changes nothing a reader sees, with full views and with empty ones.
func TestMinifiedIsTheSame(t *testing.T) {
	b := read(t)
	words := b.words.langs["zh-Hans"]
	texts := map[string]string{}
	for name, s := range b.sources {
		texts[name] = s.text
	}
	trees, err := parseAll(texts)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := assemble(trees, b.pages, b.whole, words)
	if err != nil {
		t.Fatal(err)
	}
	small, err := b.compile("zh-Hans")
	if err != nil {
		t.Fatal(err)
	}
	for name, like := range pages.Views() {
		for _, sparse := range []bool{false, true} {
			view := filled(like, sparse)
			var want, got bytes.Buffer
			if err := plain.ExecuteTemplate(&want, b.entry(name), view); err != nil {
				t.Fatal(err)
			}
			if err := small.Execute(&got, name, view); err != nil {
				t.Fatal(err)
			}
			if got.Len() >= want.Len() {
				t.Errorf("%s: %d bytes minified, %d plain", name, got.Len(), want.Len())
			}
			w, g := seen(t, want.Bytes()), seen(t, got.Bytes())
			for i := range w {
				if i >= len(g) || w[i] != g[i] {
					lo := max(0, i-12)
					t.Errorf("%s, sparse %v: differs\nplain:    %s\nminified: %s", name, sparse, strings.Join(w[lo:min(len(w), i+12)], ""), strings.Join(g[lo:min(len(g), i+12)], ""))
					break
				}
			}
			if len(w) < 20 && name != "alias" {
				t.Errorf("%s: nearly empty", name)
			}
		}
	}
}

func TestMinifyKeepsInlineSpace(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<p>\n  a <b>b</b>  <i>c</i>\n</p>", "<p>a <b>b</b> <i>c</i></p>"},
		{`<p>{{.Name}} {{.Title}}</p>`, `<p>{{.Name}} {{.Title}}</p>`},
		{`<p>a{{if .Open}} b{{end}} c</p>`, `<p>a{{if .Open}} b{{end}} c</p>`},
		{`<a href="{{.Href}}"  class="x" >{{.Name}}</a>`, `<a href="{{.Href}}" class="x">{{.Name}}</a>`},
		{`<p{{if .Open}} class="x"{{end}}>a</p>`, `<p{{if .Open}} class="x"{{end}}>a</p>`},
		{"<ul>\n{{range .Tags}}<li>{{.}}</li>\n{{end}}</ul>", "<ul>{{range .Tags}}<li>{{.}}</li>{{end}}</ul>"},
		{`<p>{{t "plain.word"}}</p>`, `<p>A & B</p>`},
		{`<img alt="{{t "plain.word"}}" src="{{.Href}}">`, `<img alt="A & B" src="{{.Href}}">`},
		{`<p>{{t "born" .Born}}</p>`, `<p>{{t "born" .Born}}</p>`},
		{"<p><em>一</em>\n<em>二</em></p>", "<p><em>一</em>\n<em>二</em></p>"},
	} {
		w, _ := newWord("A & B")
		born, _ := newWord("born {0}")
		got, err := finish(c.in, map[string]word{"plain.word": w, "born": born}, map[string]string{"site.js": "js/site.1a2b.js"})
		if err != nil || got != c.want {
			t.Errorf("%s\ngot  %s %v\nwant %s", c.in, got, err, c.want)
		}
	}
}
