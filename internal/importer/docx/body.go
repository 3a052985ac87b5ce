package docx

import (
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/importer/rich"
)

// blocks reads the children of a body, cell, note or text box.
func (x *reader) blocks(n *node) []rich.Block {
	var out []rich.Block
	for _, k := range n.kids {
		switch k.name {
		case "p":
			out = x.paragraph(out, k)
		case "tbl":
			out = append(out, x.table(k)...)
		case "sdt":
			if strings.Contains(strings.ToLower(k.child("sdtPr", "docPartObj", "docPartGallery").attr("val")), "table of contents") {
				x.toc += len(k.child("sdtContent").list())
				continue
			}
			if c := k.child("sdtContent"); c != nil && !k.child("sdtPr", "showingPlcHdr").on() {
				out = append(out, x.blocks(c)...)
			}
		case "customXml", "smartTag", "ins", "moveTo":
			out = append(out, x.blocks(k)...)
		case "AlternateContent":
			out = append(out, x.alternative(k, x.blocks)...)
		case "altChunk":
			x.objects++
		case "oMathPara":
			x.formulas++
			out = append(out, rich.Block{Text: rich.Tidy([]rich.Span{{Text: k.words()}})})
		}
	}
	return out
}

func (n *node) list() []*node {
	if n == nil {
		return nil
	}
	return n.kids
}

// alternative reads the first branch that yields anything: programs that know a
// newer element take Choice, others Fallback, and both hold the same thing.
func (x *reader) alternative(n *node, read func(*node) []rich.Block) []rich.Block {
	for _, k := range n.kids {
		if k.name == "Choice" || k.name == "Fallback" {
			if out := read(k); len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// paragraph reads one w:p and appends what it makes: pictures that stand before
// any word, the words, what is fixed to them.
func (x *reader) paragraph(out []rich.Block, p *node) []rich.Block {
	pPr := p.child("pPr")
	id := pPr.child("pStyle").attr("val")
	if id == "" {
		id = x.styles.defaultStyle
	}
	r := &runs{reader: x, style: id}
	r.spans = append(r.spans, x.carried...)
	x.carried = nil
	r.children(p)
	x.fields = slices.DeleteFunc(x.fields, func(f field) bool { return f.endless })
	cap := pPr.child("framePr").attr("dropCap")
	if (pPr.child("rPr", "del") != nil || cap == "drop" || cap == "margin") && len(r.after) == 0 {
		x.carried = r.spans // its end was deleted, or it is the big first letter: the next goes on
		return append(out, r.before...)
	}
	if r.inTOC || x.styles.named(id, "toc heading", "toc 标题", "目录标题") || strings.HasPrefix(x.styles.name(id), "toc ") {
		if !rich.Blank(r.spans) {
			x.toc++
		}
		return out
	}
	out = append(out, r.before...)
	b := rich.Block{
		Text: rich.Tidy(r.spans), Size: r.size, Centre: x.styles.para(pPr, id, "jc").attr("val") == "center",
		Role: x.styles.role(id),
	}
	if level := x.styles.level(pPr, id); level > 0 && b.Role != rich.Title {
		b.Kind, b.Level = rich.Heading, min(level, 6)
	}
	switch l, numbered := x.numbering.label(pPr, id); {
	case rich.Blank(b.Text):
		return append(out, r.after...) // an empty paragraph; Word counts its number all the same
	case numbered && l.list && b.Kind == rich.Paragraph:
		b.Kind, b.Level, b.Ordered, b.Number = rich.Item, l.level, !l.bullet, l.number
	case numbered && l.list && !l.bullet:
		b.Text = rich.Tidy(append([]rich.Span{{Text: strconv.Itoa(l.number) + ". "}}, b.Text...))
	case numbered && l.words != "" && l.level > 0 && b.Kind == rich.Paragraph && len(out) > 0 && out[len(out)-1].Kind == rich.Item:
		b.Kind, b.Level = rich.Item, l.level // within a list, where a paragraph would end it
		b.Text = rich.Tidy(append([]rich.Span{{Text: l.words}}, b.Text...))
	case numbered && l.words != "":
		b.Text = rich.Tidy(append([]rich.Span{{Text: l.words, Bold: b.Text[0].Bold}}, b.Text...))
	}
	if b.Kind == rich.Heading || b.Role == rich.Title {
		b.Text = plain(b.Text)
	}
	switch {
	case b.Kind == rich.Paragraph && x.styles.named(id, "quote", "intense quote", "block text", "引用", "明显引用"):
		if n := len(out); n > 0 && out[n-1].Kind == rich.Quote {
			out[n-1].Blocks = append(out[n-1].Blocks, b)
		} else {
			out = append(out, rich.Block{Kind: rich.Quote, Blocks: []rich.Block{b}})
		}
	default:
		out = append(out, b)
	}
	return append(out, r.after...)
}

// plain takes away the look that a heading has as a whole.
func plain(spans []rich.Span) []rich.Span {
	if slices.ContainsFunc(spans, func(s rich.Span) bool { return s.Text != "" && !s.Bold }) {
		return spans
	}
	for i := range spans {
		spans[i].Bold = false
	}
	return rich.Tidy(spans)
}

func (s *styles) name(id string) string {
	if st := s.byID[id]; st != nil {
		return st.name
	}
	return ""
}

// loadNotes finds foot- and endnotes by their numbers.
func (x *reader) loadNotes() error {
	x.notes, x.noteRels = map[string]*node{}, map[string]map[string]relation{}
	for _, k := range []struct{ file, name, mark string }{{"footnotes", "footnote", "f"}, {"endnotes", "endnote", "e"}} {
		part := x.pack.related(x.part, k.file, k.file+".xml")
		n, err := x.pack.xml(part)
		if err != nil {
			return err
		}
		if n == nil {
			continue
		}
		x.noteRels[k.mark] = x.pack.relations(part)
		x.balance(n)
		for _, f := range n.kids {
			if f.name == k.name && (f.attr("type") == "" || f.attr("type") == "normal") {
				x.notes[k.mark+f.attr("id")] = f
			}
		}
	}
	return nil
}

// note makes a footnote of a mark and returns its number, 0 where there is none.
func (x *reader) note(mark, id string) int {
	n := x.notes[mark+id]
	if n == nil || x.inNote {
		return 0
	}
	rels, fields, carried := x.rels, x.fields, x.carried
	x.inNote, x.rels, x.fields, x.carried = true, x.noteRels[mark], nil, nil
	x.doc.Notes = append(x.doc.Notes, nil)
	number := len(x.doc.Notes)
	x.doc.Notes[number-1] = x.blocks(n)
	x.inNote, x.rels, x.fields, x.carried = false, rels, fields, carried
	return number
}
