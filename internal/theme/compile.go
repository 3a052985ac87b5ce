package theme

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/tdewolff/minify/v2"
	mhtml "github.com/tdewolff/minify/v2/html"
	"github.com/zeebo/xxh3"

	"mingdeng/internal/diag"
	"mingdeng/internal/theme/compiled"
)

// constantWord matches a word without arguments, constantAsset the address of an asset:
// both are put into the source.
var (
	constantWord  = regexp.MustCompile(`\{\{\s*t\s+"([a-z0-9.-]+)"\s*\}\}`)
	constantAsset = regexp.MustCompile(`\{\{\s*asset\s+"([^"]+)"\s*\}\}`)
)

// minifier keeps whatever a theme or a reader might notice. It runs over the
// sources, once, so that no page has to be minified: white space next to a
// template action stays, all other runs become one blank or none.
var minifier = mhtml.Minifier{
	KeepDefaultAttrVals: true, KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true,
	TemplateDelims: mhtml.GoTemplateDelims,
}

// finish turns a checked source into what is executed: constant words and addresses
// put in, escaped, and minified.
func finish(text string, words map[string]word, hrefs map[string]string) (string, error) {
	text = constantAsset.ReplaceAllStringFunc(text, func(m string) string {
		return html.EscapeString(hrefs[constantAsset.FindStringSubmatch(m)[1]])
	})
	text = constantWord.ReplaceAllStringFunc(text, func(m string) string {
		w, ok := words[constantWord.FindStringSubmatch(m)[1]]
		if !ok || w.args > 0 {
			return m
		}
		return html.EscapeString(w.raw)
	})
	var out bytes.Buffer
	if err := minifier.Minify(minify.New(), &out, strings.NewReader(text), nil); err != nil {
		return "", err
	}
	return out.String(), nil
}

// parseAll parses finished sources.
func parseAll(texts map[string]string) (map[string]*parse.Tree, error) {
	stubs := map[string]any{} // the parser wants to know the names alone
	for _, name := range functionNames() {
		stubs[name] = ""
	}
	trees := make(map[string]*parse.Tree, len(texts))
	for _, name := range sortedKeys(texts) {
		t, err := parse.Parse(name, texts[name], "{{", "}}", stubs)
		if err != nil {
			return nil, err
		}
		if trees[name] = t[name]; t[name] == nil { // the parser leaves out empty templates
			trees[name] = &parse.Tree{Name: name, Root: &parse.ListNode{NodeType: parse.NodeList}}
		}
	}
	return trees, nil
}

// assemble makes an executable set, in which escaping changes the trees. Pages are named
// as they are; the page hero put into base is "base hero" inside.
func assemble(trees map[string]*parse.Tree, pages []string, whole func(string) bool, words map[string]word) (*template.Template, error) {
	set := template.New("").Funcs(functions(words))
	for _, name := range sortedKeys(trees) {
		if _, err := set.AddParseTree(name, trees[name]); err != nil {
			return nil, err
		}
	}
	for _, page := range pages {
		if whole(page) {
			continue
		}
		base := trees["base"].Copy()
		eachNode(base.Root, func(n parse.Node) {
			if call, ok := n.(*parse.TemplateNode); ok && call.Name == "main" {
				call.Name = page
			}
		})
		base.Name = "base " + page
		if _, err := set.AddParseTree(base.Name, base); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// escape makes html/template escape the trees of all entries. It does so when a template
// is first executed, and each time goes over all it has escaped before: so the entries are
// the branches of one template, of which none is taken. That each branch ends where it
// began is what html/template asks of a page, too.
func escape(set *template.Template, entries []string) error {
	var all strings.Builder
	for _, entry := range entries {
		fmt.Fprintf(&all, "{{if .}}{{template %q}}{{end}}", entry)
	}
	every, err := set.New("every page").Parse(all.String())
	if err != nil {
		return err
	}
	return every.Execute(io.Discard, false)
}

// escapeFaults finds what html/template refuses: an attribute left open, a value
// where none is safe. It escapes when a template is first executed and has no
// other way to be asked, so each page is executed with nothing; only what it says
// about escaping counts.
func escapeFaults(set *template.Template, entries []string, sources map[string]*source) []diag.Finding {
	var found []diag.Finding
	told := map[string]bool{}
	for _, entry := range entries {
		err := set.ExecuteTemplate(io.Discard, entry, nil)
		var fault *template.Error
		if !errors.As(err, &fault) || told[fault.Error()] {
			continue
		}
		told[fault.Error()] = true
		// Error.Name is the page, whichever partial is wrong; the node knows its own.
		s, pos := sources[strings.TrimPrefix(entry, "base ")], diag.Pos{}
		if fault.Node != nil {
			where, _ := (*parse.Tree)(nil).ErrorContext(fault.Node)
			name, _, _ := strings.Cut(where, ":")
			if own := sources[name]; own != nil {
				s, pos = own, own.at(int(fault.Node.Position()))
			}
		}
		found = append(found, diag.TemplateFault.At(s.path, pos, cmp.Or(fault.Description, fault.Error()), ""))
	}
	return found
}

// compile makes the edition of one language. The sources have been checked.
func (b *builder) compile(lang string) (*Edition, error) {
	words := b.words.langs[lang]
	texts := make(map[string]string, len(b.sources))
	for name, s := range b.sources {
		text, err := finish(s.text, words, b.hrefs)
		if err != nil {
			return nil, err
		}
		texts[name] = text
	}
	trees, err := parseAll(texts)
	if err != nil {
		return nil, err
	}
	set, err := assemble(trees, b.pages, b.whole, words)
	if err != nil {
		return nil, err
	}
	if err := escape(set, b.entries()); err != nil {
		return nil, err
	}
	e := &Edition{words: words, pages: make(map[string]page, len(b.pages))}
	compiler := compiled.New(set, map[string]compiled.Func{
		"t": func(args []any) string { return words[args[0].(string)].fill(args[1:]) },
		"join": func(args []any) string {
			list := reflect.ValueOf(args[0]).Convert(reflect.TypeFor[[]string]()) // of a type of its own, perhaps
			return strings.Join(list.Interface().([]string), args[1].(string))
		},
		"num": func(args []any) string { return num(args[0].(int)) },
	})
	for _, name := range b.pages {
		entry := b.entry(name)
		p := page{Template: compiler.Template(entry, reflect.TypeOf(b.views[name]))}
		h := xxh3.New()
		for _, part := range closure(b.sources, strings.Fields(entry)[0], name) {
			for _, s := range []string{"mingdeng theme 1", lang, part, texts[part]} {
				_, _ = h.WriteString(s) // a hash never fails
				_, _ = h.Write([]byte{0})
			}
			for _, key := range wordsIn(b.sources[part].tree) {
				_, _ = h.WriteString(key + "\x00" + words[key].raw + "\x00")
			}
		}
		p.digest = h.Sum128().Bytes()
		p.assets = b.assetsIn(closure(b.sources, strings.Fields(entry)[0], name))
		e.pages[name] = p
	}
	return e, nil
}

func (b *builder) whole(page string) bool { return b.sources[page].whole() }

// entry is the template that is executed for a page.
func (b *builder) entry(page string) string {
	if b.whole(page) {
		return page
	}
	return "base " + page
}

// assetsIn lists the paths of the assets that templates name.
func (b *builder) assetsIn(templates []string) []string {
	paths := map[string]bool{}
	for _, name := range templates {
		for _, m := range constantAsset.FindAllStringSubmatch(b.sources[name].text, -1) {
			paths[b.hrefs[m[1]]] = true
		}
	}
	return sortedKeys(paths)
}

// wordsIn lists the words a template uses.
func wordsIn(tree *parse.Tree) []string {
	keys := map[string]bool{}
	var inPipe func(p *parse.PipeNode)
	inPipe = func(p *parse.PipeNode) {
		if p == nil {
			return
		}
		for _, cmd := range p.Cmds {
			for i, arg := range cmd.Args {
				if s, ok := arg.(*parse.StringNode); ok && i == 1 && cmd.Args[0].String() == "t" {
					keys[s.Text] = true
				}
				if sub, ok := arg.(*parse.PipeNode); ok {
					inPipe(sub)
				}
			}
		}
	}
	eachNode(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ActionNode:
			inPipe(n.Pipe)
		case *parse.IfNode:
			inPipe(n.Pipe)
		case *parse.WithNode:
			inPipe(n.Pipe)
		case *parse.RangeNode:
			inPipe(n.Pipe)
		case *parse.TemplateNode:
			inPipe(n.Pipe)
		}
	})
	return sortedKeys(keys)
}

// builder holds what Load has read and checked.
type builder struct {
	sources map[string]*source
	words   *dictionary
	hrefs   map[string]string
	views   map[string]any
	pages   []string // names of the views, sorted
}

func newBuilder(sources map[string]*source, words *dictionary, hrefs map[string]string, views map[string]any) *builder {
	return &builder{sources: sources, words: words, hrefs: hrefs, views: views, pages: pagesOf(views)}
}

// faults tells why an edition cannot be compiled: it lets html/template look at the sources as
// they are, page by page, so that places are true.
func (b *builder) faults() []diag.Finding {
	set, err := b.unfinished()
	if err != nil {
		return []diag.Finding{diag.TemplateFault.At("", diag.Pos{}, err, "")}
	}
	return escapeFaults(set, b.entries(), b.sources)
}

// unfinished makes a set of the sources as they are.
func (b *builder) unfinished() (*template.Template, error) {
	trees := make(map[string]*parse.Tree, len(b.sources))
	for name, s := range b.sources {
		trees[name] = s.tree.Copy()
	}
	langs := sortedKeys(b.words.langs)
	return assemble(trees, b.pages, b.whole, b.words.langs[langs[0]])
}

// entries are the templates that are executed for the pages, sorted.
func (b *builder) entries() []string {
	entries := make([]string, 0, len(b.pages))
	for _, p := range b.pages {
		entries = append(entries, b.entry(p))
	}
	slices.Sort(entries)
	return entries
}

// pagesOf lists the names of the views.
func pagesOf(views map[string]any) []string {
	return slices.DeleteFunc(sortedKeys(views), func(n string) bool { return reflect.TypeOf(views[n]) == nil })
}
