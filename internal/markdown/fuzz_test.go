package markdown

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// allowed are the elements that Render may write, with their attributes.
var allowed = map[string]string{
	"p": "", "h1": "id", "h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id", "ul": "", "ol": "start", "li": "class id",
	"blockquote": "", "pre": "", "code": "class", "hr": "", "br": "", "em": "", "strong": "", "del": "",
	"a": "class href title rel role aria-label", "img": "src srcset sizes width height alt title loading decoding",
	"figure": "", "figcaption": "", "ruby": "", "rp": "", "rt": "", "sup": "class id", "section": "class role aria-label",
	"div": "class", "table": "", "thead": "", "tbody": "", "tr": "", "th": "scope class", "td": "class",
	"span": "class role aria-label",
}

const void = " hr br img "

// soundness holds a document against what every document must be.
func soundness(doc string) []string {
	var faults, open []string
	fault := func(s string) { faults = append(faults, s) }
	ids := map[string]bool{}
	var fragments []string
	z := html.NewTokenizer(strings.NewReader(doc))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		tok := z.Token()
		switch kind {
		case html.CommentToken, html.DoctypeToken:
			fault("a comment")
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				fault("</" + tok.Data + "> closes nothing")
				return faults
			}
			open = open[:len(open)-1]
		case html.StartTagToken, html.SelfClosingTagToken:
			attrs, ok := allowed[tok.Data]
			if !ok {
				fault("<" + tok.Data + ">")
			}
			if tok.Data == "a" && slices.Contains(open, "a") {
				fault("a link in a link")
			}
			if tok.Data == "p" && slices.Contains(open, "p") {
				fault("a paragraph in a paragraph")
			}
			if !strings.Contains(void, " "+tok.Data+" ") {
				open = append(open, tok.Data)
			}
			for _, a := range tok.Attr {
				if !slices.Contains(strings.Fields(attrs), a.Key) {
					fault("<" + tok.Data + " " + a.Key + ">")
				}
				switch a.Key {
				case "id":
					if ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n\f\r") {
						fault("id " + a.Val)
					}
					ids[a.Val] = true
				case "href", "src":
					if strings.HasPrefix(a.Val, "#") {
						if _, note := strings.CutPrefix(a.Val, "#fn"); note && slices.ContainsFunc(tok.Attr, func(a html.Attribute) bool { return a.Key == "role" }) {
							fragments = append(fragments, a.Val[1:])
						}
						continue
					}
					ok := false
					for _, start := range []string{"/known/", "http:", "https:", "mailto:", "tel:"} {
						ok = ok || len(a.Val) >= len(start) && strings.EqualFold(a.Val[:len(start)], start)
					}
					if !ok {
						fault("address " + a.Val)
					}
				}
			}
		}
	}
	for _, f := range fragments {
		if !ids[f] {
			fault("nothing at #" + f)
		}
	}
	if len(open) > 0 {
		fault("left open: " + strings.Join(open, " "))
	}
	return faults
}

// visible is the text of a document that Text gives too, without spaces.
func visible(doc string) string {
	var b strings.Builder
	hidden := 0
	z := html.NewTokenizer(strings.NewReader(doc))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), "")
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(z.Token().Data)
			}
		case html.StartTagToken, html.EndTagToken:
			tok := z.Token()
			switch {
			case tok.Data == "rp", tok.Data == "rt", tok.Data == "figcaption", tok.Data == "sup", tok.Data == "span":
			case tok.Data == "a" && (hidden > 0 || slices.ContainsFunc(tok.Attr, func(a html.Attribute) bool { return a.Val == "doc-backlink" })):
			default:
				continue
			}
			if kind == html.StartTagToken {
				hidden++
			} else {
				hidden--
			}
		}
	}
}

// known answers every target that Scan finds.
func known(body []byte) Refs {
	refs := Refs{Wiki: map[string]Link{}, Links: map[string]Link{}, Pictures: map[string]Picture{}}
	for _, t := range Scan(body) {
		switch t.Kind {
		case KindWiki:
			refs.Wiki[t.Dest] = Link{Href: "/known/", Text: "名" + t.Dest}
		case KindLink:
			refs.Links[t.Dest] = Link{Href: "/known/?" + t.Dest}
		case KindPicture:
			refs.Pictures[t.Dest] = Picture{Src: "/known/" + t.Dest, Width: 1, Height: 1}
		}
	}
	return refs
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// checkBody is the oracle of the fuzz targets and of the properties.
func checkBody(t failer, r *Renderer, body []byte) {
	t.Helper()
	refs := known(body)
	var with, without bytes.Buffer
	var plain string
	info, err := r.Render(&with, body, Options{Refs: refs, Words: Words{Footnote: "注"}, Plain: &plain})
	if errors.Is(err, ErrTooComplex) {
		return
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	if len(info.Missing) > 0 {
		t.Fatalf("Scan does not list %v\nbody %q\nscan %v", info.Missing, body, Scan(body))
	}
	if text := refs.Text(body); plain != text {
		t.Fatalf("beside its HTML the text is %q, alone %q\nbody %q", plain, text, body)
	}
	if faults := soundness(with.String()); faults != nil {
		t.Fatalf("%v\nbody %q\n%s", faults, body, &with)
	}
	if len(info.Dropped) == 0 { // else alternative texts stand for pictures
		if seen, text := visible(with.String()), strings.Join(strings.Fields(strings.ReplaceAll(refs.Text(body), "\x00", "\uFFFD")), ""); seen != text {
			t.Fatalf("text differs from what is seen\nbody %q\ntext %q\nseen %q", body, text, seen)
		}
	}
	info, _ = r.Render(&without, body, Options{})
	if faults := soundness(without.String()); faults != nil {
		t.Fatalf("without refs: %v\nbody %q\n%s", faults, body, &without)
	}
	list := Scan(body)
	for _, m := range info.Missing {
		if !slices.ContainsFunc(list, func(s Target) bool { return s.Kind == m.Kind && s.Dest == m.Dest }) {
			t.Fatalf("Scan does not list %v\nbody %q\nscan %v", m, body, list)
		}
	}
}

func seeds(t testing.TB) []string {
	list := []string{
		string(article),
		"**真，**她 ~~旧。~~新 [[a|b]] {堃|kūn} [堃]{kūn} ![a](b 'c')\n[^1]\n\n[^1]: x\n",
		"> [a](\n> b)\n\n- [ ] ![[c](d)](e)\n\n[a]: <f g>\n",
		"<a href=\"javascript:x\">\n\n[x](java&#10;script:y) <javascript:z>\n\n|a|b|\n|-|-|\n|`\\|`|[[c\\|d]]|\n",
		"![a[^1]](b) [c ![d](e)](f)\n\n# fn-1\n\n# fn-1\n\n[^1]: [g](h)\n",
	}
	for _, e := range examples(t) {
		list = append(list, e.Markdown)
	}
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) < 2 {
		t.Fatalf("seeds: %v %v", files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(data))
	}
	return list
}

func TestSeeds(t *testing.T) {
	list := seeds(t)
	if len(list) < 650 {
		t.Fatalf("only %d seeds", len(list))
	}
	r := New()
	for _, s := range list {
		checkBody(t, r, []byte(s))
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add([]byte(s))
	}
	r := New()
	f.Fuzz(func(t *testing.T, body []byte) { checkBody(t, r, body) })
}

// FuzzScan repeats a piece, to look for what takes too long.
func FuzzScan(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s, uint16(100))
	}
	r := New()
	f.Fuzz(func(t *testing.T, piece string, n uint16) {
		if len(piece) > 100 {
			piece = piece[:100]
		}
		body := []byte(strings.Repeat(piece, int(n)))
		for _, target := range Scan(body) {
			if target.Line < 1 || target.Col < 1 || target.Kind == KindWiki && target.Dest == "" || reachOf(target.Dest) != local && target.Kind != KindWiki {
				t.Fatalf("%q: %v", body, target)
			}
		}
		var w bytes.Buffer
		if _, err := r.Render(&w, body, Options{}); err != nil && !errors.Is(err, ErrTooComplex) {
			t.Fatal(err)
		}
	})
}

// pieces are what bodies of the properties are made of besides references.
var pieces = strings.Split("[ ] ( ) [[ ]] ![ ]( ]: ][ | ｜ < > \\ ` `` * ** _ ~~ > - 1. # a b.md 图.jpg 堃 {堃|kūn} [堃]{kūn} "+
	"[^1] [^1]: [^a]: '题' \" ' &amp; &#10; &quot; %20 #x https://a.cn/ javascript: <b> </b> <!-- --> [x] [a](b) [[a|b]] ， “ ” 中文 \\] \\[ \\!", " ")

// span makes running text with references in references.
func span(t *rapid.T, depth int) string {
	var b strings.Builder
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		kind := rapid.IntRange(0, 12).Draw(t, "part")
		if depth == 0 && kind < 9 {
			kind += 4
		}
		switch kind {
		case 0, 1:
			b.WriteString("[" + span(t, depth-1) + "](" + dest(t) + ")")
		case 2, 3:
			b.WriteString("![" + span(t, depth-1) + "](" + dest(t) + ")")
		case 4:
			b.WriteString("[[" + piece(t) + "|" + piece(t) + "]]")
		case 5:
			b.WriteString(rapid.SampledFrom([]string{"[d]", "![d]", "[e][d]", "![e][d]", "[" + span(t, 0) + "][d]"}).Draw(t, "ref"))
		case 6:
			b.WriteString("`" + span(t, depth-1) + "`")
		case 7:
			b.WriteString("**" + span(t, depth-1) + "**")
		case 8:
			b.WriteString(`<b c="` + span(t, depth-1) + `">`)
		case 9:
			b.WriteString("\n")
		default:
			b.WriteString(piece(t))
		}
	}
	return b.String()
}

func piece(t *rapid.T) string { return rapid.SampledFrom(pieces).Draw(t, "piece") }

// dest makes what stands in a link's brackets.
func dest(t *rapid.T) string {
	space := rapid.SampledFrom([]string{"", "", " ", "\n", " \n "})
	s := space.Draw(t, "space") + rapid.SampledFrom([]string{"", "b.md", "图(1).jpg", "<b c>", "b\\)c", "b&amp;c", "![x", "[x", "<![>", ">b", piece(t)}).Draw(t, "dest")
	if rapid.Bool().Draw(t, "titled") {
		s += " " + rapid.SampledFrom([]string{`"![t"`, "'[t'", "(t)", `"` + piece(t) + `"`}).Draw(t, "title")
	}
	return s + space.Draw(t, "space")
}

// inside puts a text into a block.
func inside(t *rapid.T, s string) string {
	indent := func(first, rest string) string { return first + strings.ReplaceAll(s, "\n", "\n"+rest) + "\n" }
	switch rapid.IntRange(0, 8).Draw(t, "block") {
	case 0:
		return indent("> ", "> ")
	case 1:
		return indent("> > ", ">> ")
	case 2:
		return indent("- ", "  ")
	case 3:
		return indent("- > ", "  > ")
	case 4:
		return indent("[^1]: ", "    ")
	case 5:
		return indent("# ", " ")
	case 6:
		return "|" + indent("", "") + "|-|\n|" + indent("", "") + "|\n"
	case 7:
		return "[d]:" + dest(t) + "\n\n" + s + "\n"
	}
	return s + "\n"
}

func TestScanIsSuperset(t *testing.T) {
	r := New()
	rapid.Check(t, func(t *rapid.T) {
		var body string
		for range rapid.IntRange(1, 3).Draw(t, "blocks") {
			body += inside(t, span(t, 3)) + "\n"
		}
		checkBody(t, r, []byte(body))
	})
}

func TestRenderTogether(t *testing.T) {
	r, o := New(), Options{Refs: articleRefs()}
	var want bytes.Buffer
	if _, err := r.Render(&want, article, o); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				var got bytes.Buffer
				if _, err := r.Render(&got, article, o); err != nil || got.String() != want.String() {
					t.Errorf("differs: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
}
