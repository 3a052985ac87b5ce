package theme

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"mingdeng/internal/diag"
	"mingdeng/internal/theme/layered"
)

// source is one template as its author wrote it, without the blank space at the
// file's ends.
type source struct {
	name string // hero
	path string // themes/lamplight/templates/hero.html
	file string // the whole file
	lead int    // bytes of the file before text
	text string
	tree *parse.Tree // nil where it cannot be parsed
}

// whole tells whether the template is a document by itself and not put into base.
func (s *source) whole() bool {
	const doctype = "<!doctype"
	return len(s.text) >= len(doctype) && strings.EqualFold(s.text[:len(doctype)], doctype)
}

// at turns an offset in text into a place in the file.
func (s *source) at(offset int) diag.Pos {
	before := s.file[:min(max(s.lead+offset, 0), len(s.file))]
	start := strings.LastIndexByte(before, '\n') + 1
	return diag.Pos{
		Line: 1 + strings.Count(before, "\n"),
		Col:  1 + utf8.RuneCountInString(before[start:]),
	}
}

// readTemplates parses templates/*.html. What cannot be parsed has a nil tree.
func readTemplates(f layered.Folder) (map[string]*source, []diag.Finding) {
	var found []diag.Finding
	names, _ := fs.Glob(f, "templates/*.html") // the pattern is well formed, so it cannot fail
	out := make(map[string]*source, len(names))
	for _, n := range names {
		full := f.Path(n)
		b, err := fs.ReadFile(f, n)
		if err != nil {
			found = append(found, diag.Unreadable.At(full, diag.Pos{}, err))
			continue
		}
		s := newSource(strings.TrimSuffix(path.Base(n), ".html"), full, string(b))
		out[s.name] = s
		found = append(found, s.parse()...)
	}
	return out, found
}

func newSource(name, path, file string) *source {
	trimmed := strings.TrimLeft(file, " \t\r\n")
	return &source{
		name: name, path: path, file: file,
		lead: len(file) - len(trimmed), text: strings.TrimRight(trimmed, " \t\r\n"),
	}
}

// parseLine finds the line in the message of text/template/parse.
var parseLine = regexp.MustCompile(`^template: [^:]*:(\d+): `)

func (s *source) parse() []diag.Finding {
	tree := parse.New(s.name)
	tree.Mode = parse.SkipFuncCheck // the checker says which function was meant
	set := map[string]*parse.Tree{}
	if _, err := tree.Parse(s.text, "{{", "}}", set); err != nil {
		msg, pos := err.Error(), diag.Pos{Line: 1, Col: 1}
		if m := parseLine.FindStringSubmatch(msg); m != nil {
			line, _ := strconv.Atoi(m[1])
			pos.Line = line + strings.Count(s.file[:s.lead], "\n")
			msg = msg[len(m[0]):]
		}
		return []diag.Finding{diag.TemplateFault.At(s.path, pos, msg, "")}
	}
	s.tree = tree
	var found []diag.Finding
	for _, name := range sortedKeys(set) {
		if name != s.name {
			found = append(found, diag.TemplateFault.At(s.path, s.at(int(set[name].Root.Pos)),
				fmt.Sprintf("one file is one template: move %q to templates/%s.html", name, name), ""))
		}
	}
	return found
}

// closure lists the templates that executing name runs through, name included,
// sorted. inMain is the page that "main" stands for.
func closure(sources map[string]*source, name, inMain string) []string {
	seen := map[string]bool{}
	var visit func(string)
	visit = func(n string) {
		if n == "main" {
			n = inMain
		}
		s := sources[n]
		if s == nil || s.tree == nil || seen[n] {
			return
		}
		seen[n] = true
		eachNode(s.tree.Root, func(n parse.Node) {
			if call, ok := n.(*parse.TemplateNode); ok {
				visit(call.Name)
			}
		})
	}
	visit(name)
	return sortedKeys(seen)
}

// eachNode calls f for every statement below n, not for the parts of pipelines.
func eachNode(n parse.Node, f func(parse.Node)) {
	branch := func(b *parse.BranchNode) {
		eachNode(b.List, f)
		if b.ElseList != nil {
			eachNode(b.ElseList, f)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			eachNode(child, f)
		}
	case *parse.IfNode:
		f(n)
		branch(&n.BranchNode)
	case *parse.RangeNode:
		f(n)
		branch(&n.BranchNode)
	case *parse.WithNode:
		f(n)
		branch(&n.BranchNode)
	default:
		f(n)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
