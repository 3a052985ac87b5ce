package markdown

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

type example struct {
	Markdown, HTML string
	Example        int
}

func examples(t testing.TB) []example {
	data, err := os.ReadFile("testdata/spec.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 652 {
		t.Fatalf("%d examples, want 652", len(list))
	}
	return list
}

// TestSpecParser runs our parser, with its emphasis and guards, through
// goldmark's renderer: to the byte.
func TestSpecParser(t *testing.T) {
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(ghtml.NewRenderer(ghtml.WithXHTML(), ghtml.WithUnsafe()), 1000)))
	p := newParser(true)
	for _, e := range examples(t) {
		doc, _, err := parse(p, []byte(e.Markdown))
		if err != nil {
			t.Errorf("example %d: %v", e.Example, err)
			continue
		}
		var got bytes.Buffer
		if err := r.Render(&got, []byte(e.Markdown), doc); err != nil {
			t.Fatal(err)
		}
		if got.String() != e.HTML {
			t.Errorf("example %d\n%s\ngot  %s\nwant %s", e.Example, e.Markdown, &got, e.HTML)
		}
	}
}

// TestSpecWriter runs our writer, bare. It writes no line breaks between blocks,
// so the documents are compared as browsers see them.
func TestSpecWriter(t *testing.T) {
	r := New()
	r.plain, r.parser = true, newParser(true)
	for _, e := range examples(t) {
		var got bytes.Buffer
		if _, err := r.Render(&got, []byte(e.Markdown), Options{}); err != nil {
			t.Errorf("example %d: %v", e.Example, err)
			continue
		}
		if g, w := normal(got.String()), normal(e.HTML); g != w {
			t.Errorf("example %d\n%s\ngot  %s\nwant %s", e.Example, e.Markdown, g, w)
		}
	}
}

// amended lists the examples that the full syntax answers differently, and why.
var amended = map[string][]int{
	"raw HTML is shown as text": {
		21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165,
		166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185,
		186, 187, 188, 189, 190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615,
		616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643,
	},
	"an address that leads nowhere makes no link": {
		200, 485, 486, 487, 567,
	},
	"a picture alone in a paragraph is a figure": {
		517, 520, 531, 572, 573, 574, 575, 576, 577, 578, 580, 581, 582, 583, 584, 585, 586, 588, 589, 591,
	},
	"double brackets are a link to a record": {
		548, 590,
	},
	"only http, https, mailto and tel are linked": {
		596, 598, 599, 601,
	},
}

// TestSpecFull runs everything and takes off what is added to each element, and
// the levels of headings, which are closed up.
func TestSpecFull(t *testing.T) {
	r := New()
	added := regexp.MustCompile(`(<h[1-6]) id="[^"]*"| rel="noopener"| loading="lazy" decoding="async"`)
	levels := regexp.MustCompile(`(</?h)[1-6]>`)
	because := map[int]string{}
	for why, list := range amended {
		for _, n := range list {
			because[n] = why
		}
	}
	for _, e := range examples(t) {
		refs := Refs{Links: map[string]Link{}, Pictures: map[string]Picture{}}
		for _, target := range Scan([]byte(e.Markdown)) {
			address := string(util.URLEscape([]byte(target.Dest), false))
			refs.Links[target.Dest] = Link{Href: address}
			refs.Pictures[target.Dest] = Picture{Src: address}
		}
		var got bytes.Buffer
		if _, err := r.Render(&got, []byte(e.Markdown), Options{Refs: refs, HeadingShift: -1}); err != nil {
			t.Errorf("example %d: %v", e.Example, err)
			continue
		}
		g, w := normal(added.ReplaceAllString(got.String(), "$1")), normal(strings.ReplaceAll(e.HTML, "\n", " "))
		g, w = levels.ReplaceAllString(g, "$1>"), levels.ReplaceAllString(w, "$1>")
		g, w = strings.ReplaceAll(g, "\n", " "), strings.ReplaceAll(w, "\n", " ")
		switch why := because[e.Example]; {
		case g != w && why == "":
			t.Errorf("example %d\n%s\ngot  %s\nwant %s", e.Example, e.Markdown, g, w)
		case g == w && why != "":
			t.Errorf("example %d is as in the specification, though %s", e.Example, why)
		}
	}
}

// blockTags are the elements around which white space is not seen.
const blockTags = " p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr br div table thead tbody tr th td section figure figcaption "

// normal is a document as its tokens, without white space that is not seen.
func normal(doc string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(doc))
	pre, trim := 0, true
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			s := z.Token().Data
			if pre == 0 {
				if trim {
					s = strings.TrimLeft(s, " \n")
				}
				s = strings.ReplaceAll(s, " \n", "\n")
			}
			if s != "" {
				trim = false
			}
			b.WriteString(html.EscapeString(s))
		default:
			tok := z.Token()
			if tok.Data == "pre" {
				if tok.Type == html.StartTagToken {
					pre++
				} else {
					pre--
				}
			}
			s := b.String()
			if trim = strings.Contains(blockTags, " "+tok.Data+" "); trim && pre == 0 {
				s = strings.TrimRight(s, " \n")
				b.Reset()
				b.WriteString(s)
			}
			if tok.Type == html.SelfClosingTagToken {
				tok.Type = html.StartTagToken
			}
			b.WriteString(tok.String())
		}
	}
}
