package docx

import (
	"strconv"
	"strings"

	"mingdeng/internal/importer/rich"
)

// style is what matters of a style; what it does not say it has from its base.
type style struct {
	name string // lower case
	base string
	pPr  *node
	rPr  *node
}

type styles struct {
	byID         map[string]*style
	defaultRun   *node
	defaultStyle string
}

func (p *pack) styles(main string) (*styles, error) {
	s := &styles{byID: map[string]*style{}}
	n, err := p.xml(p.related(main, "styles", "styles.xml"))
	if n == nil || err != nil {
		return s, err
	}
	s.defaultRun = n.child("docDefaults", "rPrDefault", "rPr")
	for _, k := range n.kids {
		if k.name != "style" {
			continue
		}
		id := k.attr("styleId")
		s.byID[id] = &style{
			name: strings.ToLower(k.child("name").attr("val")), base: k.child("basedOn").attr("val"),
			pPr: k.child("pPr"), rPr: k.child("rPr"),
		}
		if k.attr("type") == "paragraph" && (k.attr("default") == "1" || k.attr("default") == "true") {
			s.defaultStyle = id
		}
	}
	return s, nil
}

// chain lists a style and those it is based on; cycles end.
func (s *styles) chain(id string) []*style {
	var out []*style
	for st := s.byID[id]; st != nil && len(out) < 20; st = s.byID[st.base] {
		out = append(out, st)
		if st.base == "" {
			break
		}
	}
	return out
}

// run finds a property of characters: written on them, then their style, then the
// paragraph's, then the document's.
func (s *styles) run(rPr *node, paragraph, name string) *node {
	if n := rPr.child(name); n != nil {
		return n
	}
	ids := []string{rPr.child("rStyle").attr("val"), paragraph}
	for _, id := range ids {
		for _, st := range s.chain(id) {
			if n := st.rPr.child(name); n != nil {
				return n
			}
		}
	}
	return s.defaultRun.child(name)
}

// para finds a property of a paragraph: written on it, then its style.
func (s *styles) para(pPr *node, id, name string) *node {
	if n := pPr.child(name); n != nil {
		return n
	}
	for _, st := range s.chain(id) {
		if n := st.pPr.child(name); n != nil {
			return n
		}
	}
	return nil
}

// headings are the names of heading styles: Word's own are English in every
// language, programs that translate them write 标题 1.
var headings = []string{"heading ", "heading", "标题 ", "标题"}

// level is the heading level of a paragraph, 0 for none. The name of a built-in
// style counts before outline levels, and those written on the paragraph before all.
func (s *styles) level(pPr *node, id string) int {
	outline := func(n *node) int {
		l, err := strconv.Atoi(n.child("outlineLvl").attr("val"))
		if err != nil || l < 0 || l > 8 {
			return 0
		}
		return l + 1
	}
	if pPr.child("outlineLvl") != nil {
		return outline(pPr)
	}
	for _, st := range s.chain(id) {
		for _, h := range headings {
			rest, ok := strings.CutPrefix(st.name, h)
			if l, err := strconv.Atoi(strings.TrimSpace(rest)); ok && err == nil && l >= 1 && l <= 9 {
				return l
			}
		}
		if st.pPr.child("outlineLvl") != nil {
			return outline(st.pPr)
		}
	}
	return 0
}

// role is what the style calls its paragraphs.
func (s *styles) role(id string) rich.Role {
	for _, st := range s.chain(id) {
		switch st.name {
		case "title", "标题":
			return rich.Title
		case "subtitle", "副标题":
			return rich.Subtitle
		case "caption", "题注", "image caption", "table caption":
			return rich.Caption
		}
	}
	return rich.Plain
}

// named tells whether a style or one it is based on has one of the names.
func (s *styles) named(id string, names ...string) bool {
	for _, st := range s.chain(id) {
		for _, n := range names {
			if st.name == n {
				return true
			}
		}
	}
	return false
}
