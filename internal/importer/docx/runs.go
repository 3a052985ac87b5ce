package docx

import (
	"strconv"
	"strings"

	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/symbols"
)

// runs collects the words of one paragraph and what is fixed to it.
type runs struct {
	*reader
	style         string // of the paragraph
	spans         []rich.Span
	before, after []rich.Block
	link          string
	size          int
	inTOC         bool
	mute          bool // what is said now is not shown
}

func (r *runs) children(n *node) {
	for _, k := range n.kids {
		switch k.name {
		case "r":
			r.run(k)
		case "hyperlink":
			old := r.link
			if rel := r.rels[k.attr("id")]; rel.outside && k.attr("id") != "" {
				r.link = address(rel.target, k.attr("anchor"))
			}
			r.children(k)
			r.link = old
		case "ins":
			r.inserted++
			r.children(k)
		case "del":
			r.deleted++
			r.marks(k)
		case "moveFrom":
			r.marks(k)
		case "moveTo", "smartTag", "customXml", "bdo", "dir", "sdtContent":
			r.children(k)
		case "sdt":
			if c := k.child("sdtContent"); c != nil && !k.child("sdtPr", "showingPlcHdr").on() {
				r.children(c)
			}
		case "fldSimple":
			r.fields = append(r.fields, field{code: k.attr("instr"), result: true})
			r.children(k)
			r.fields = r.fields[:len(r.fields)-1]
		case "oMath", "oMathPara":
			r.formulas++
			r.say(rich.Span{Text: k.words()})
		case "AlternateContent":
			spans, after := len(r.spans), len(r.before)+len(r.after)
			for _, branch := range k.kids {
				if r.children(branch); len(r.spans) > spans || len(r.before)+len(r.after) > after {
					break
				}
			}
		}
	}
}

func (r *runs) say(s rich.Span) {
	hidden, link := r.hiding()
	if hidden || r.mute {
		return
	}
	for i := range r.fields {
		r.fields[i].shown = r.fields[i].shown || strings.TrimSpace(s.Text) != ""
	}
	s.Link = link
	r.spans = append(r.spans, s)
}

func (r *runs) run(n *node) {
	rPr := n.child("rPr")
	look := func(name string) bool { return r.styles.run(rPr, r.style, name).on() }
	if look("vanish") {
		if n.words() != "" {
			r.hidden++
		}
		r.marks(n)
		return
	}
	s := rich.Span{
		Bold: look("b"), Italic: look("i") || rPr.child("em").on(), Strike: look("strike") || look("dstrike"),
		Code: r.styles.named(rPr.child("rStyle").attr("val"), "verbatim char", "html code"),
	}
	if size, err := strconv.Atoi(r.styles.run(rPr, r.style, "sz").attr("val")); err == nil && n.child("t") != nil {
		r.size = max(r.size, size)
	}
	if u := rPr.child("u"); u.on() && r.link == "" && n.words() != "" {
		r.underlined++
	}
	script := rPr.child("vertAlign").attr("val")
	r.contents(n, s, script, symbolFont(r.styles.run(rPr, r.style, "rFonts")))
}

func (r *runs) contents(n *node, s rich.Span, script, font string) {
	text := func(t string) {
		s := s
		if s.Text = t; script == "superscript" || script == "subscript" {
			var ok bool
			if s.Text, ok = scripted(t, script == "superscript"); !ok {
				r.scripts++
			}
		}
		r.say(s)
	}
	for _, k := range n.kids {
		switch k.name {
		case "t":
			text(symbols.Text(font, string(k.data)))
		case "tab", "ptab":
			text(" ")
		case "br", "cr":
			if t := k.attr("type"); t == "" || t == "textWrapping" {
				r.say(rich.Span{Break: true})
			}
		case "noBreakHyphen":
			text("-")
		case "sym":
			text(symbol(k, font))
		case "footnoteReference", "endnoteReference":
			if hidden, _ := r.hiding(); !hidden {
				if number := r.note(k.name[:1], k.attr("id")); number > 0 {
					r.spans = append(r.spans, rich.Span{Note: number})
				}
			}
		case "instrText":
			r.instruction(k)
		case "fldChar":
			r.fieldMark(k, s)
		case "ruby":
			s := s
			s.Text, s.Ruby = k.child("rubyBase").list0().words(), k.child("rt").list0().words()
			r.say(s)
		case "drawing", "pict", "object":
			r.drawing(k)
		case "AlternateContent":
			was := len(r.before) + len(r.after) + len(r.spans) + r.shapes + r.charts
			for _, branch := range k.kids {
				r.contents(branch, s, script, font)
				if len(r.before)+len(r.after)+len(r.spans)+r.shapes+r.charts > was {
					break
				}
			}
		}
	}
}

// list0 makes a missing node an empty one.
func (n *node) list0() *node {
	if n == nil {
		return &node{}
	}
	return n
}

// scripted writes digits as super- or subscript ones; m² is worth keeping.
func scripted(t string, super bool) (string, bool) {
	table := []rune("₀₁₂₃₄₅₆₇₈₉")
	if super {
		table = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	}
	var b strings.Builder
	for _, c := range t {
		if c < '0' || c > '9' {
			return t, false
		}
		b.WriteRune(table[c-'0'])
	}
	return b.String(), true
}
