package docx

import (
	"strconv"
	"strings"
)

// numbering counts paragraphs as Word does (ECMA-376 part 1, §17.9).
type numbering struct {
	abstract map[string][9]*node // levels by abstract id
	nums     map[string]num
	counters map[string]*[9]int // by abstract id; 0 where not begun
	begun    map[string]bool    // nums whose own starts were taken
	styles   *styles
}

type num struct {
	abstract string
	starts   map[int]int
}

func (p *pack) numbering(main string, s *styles) (*numbering, error) {
	x := &numbering{abstract: map[string][9]*node{}, nums: map[string]num{}, counters: map[string]*[9]int{}, begun: map[string]bool{}, styles: s}
	n, err := p.xml(p.related(main, "numbering", "numbering.xml"))
	if n == nil || err != nil {
		return x, err
	}
	links := map[string]string{} // abstract id → style that holds its levels
	for _, k := range n.kids {
		switch k.name {
		case "abstractNum":
			id := k.attr("abstractNumId")
			x.abstract[id] = levels(k)
			if l := k.child("numStyleLink").attr("val"); l != "" {
				links[id] = l
			}
		case "num":
			m := num{abstract: k.child("abstractNumId").attr("val"), starts: map[int]int{}}
			own := x.abstract[m.abstract]
			changed := false
			for _, o := range k.kids {
				i, err := strconv.Atoi(o.attr("ilvl"))
				if o.name != "lvlOverride" || err != nil || i < 0 || i > 8 {
					continue
				}
				if v, err := strconv.Atoi(o.child("startOverride").attr("val")); err == nil {
					m.starts[i] = v
				}
				if l := o.child("lvl"); l != nil {
					own[i], changed = l, true
				}
			}
			id := k.attr("numId")
			if changed {
				m.abstract = "num " + id
				x.abstract[m.abstract] = own
			}
			x.nums[id] = m
		}
	}
	for id, link := range links {
		for _, st := range s.chain(link) {
			if m, ok := x.nums[st.pPr.child("numPr", "numId").attr("val")]; ok && m.abstract != id {
				x.abstract[id] = x.abstract[m.abstract]
				break
			}
		}
	}
	return x, nil
}

func levels(n *node) (out [9]*node) {
	for _, k := range n.kids {
		if i, err := strconv.Atoi(k.attr("ilvl")); k.name == "lvl" && err == nil && i >= 0 && i < 9 {
			out[i] = k
		}
	}
	return out
}

// label is the number or bullet of a paragraph.
type label struct {
	level  int
	bullet bool
	number int    // where a Markdown list can count it
	words  string // where it cannot: 一、 第一章 1.2
	list   bool
}

// label counts a paragraph of a list, if it is one.
func (x *numbering) label(pPr *node, style string) (label, bool) {
	numPr := x.styles.para(pPr, style, "numPr")
	id, lvl := numPr.child("numId").attr("val"), numPr.child("ilvl").attr("val")
	if own := pPr.child("numPr"); own != nil && id == "" {
		// A paragraph may change the level and keep its style's list.
		for _, st := range x.styles.chain(style) {
			if v := st.pPr.child("numPr", "numId").attr("val"); v != "" {
				id = v
				break
			}
		}
	}
	m, ok := x.nums[id]
	if !ok || id == "0" {
		return label{}, false
	}
	l, _ := strconv.Atoi(lvl)
	defs := x.abstract[m.abstract]
	if lvl == "" { // the level whose style this is
		for i, d := range defs {
			if d.child("pStyle").attr("val") == style && style != "" {
				l = i
			}
		}
	}
	l = min(max(l, 0), 8)
	def := defs[l]
	if def == nil {
		return label{}, false
	}
	return x.count(id, m, l, defs), true
}

// count moves the counter of a level on and writes the number.
func (x *numbering) count(id string, m num, l int, defs [9]*node) label {
	c := x.counters[m.abstract]
	if c == nil {
		c = &[9]int{}
		for i := range c {
			c[i] = -1
		}
		x.counters[m.abstract] = c
	}
	if !x.begun[id] {
		x.begun[id] = true
		for i := range m.starts {
			c[i] = -1
		}
	}
	start := func(i int) int {
		if v, ok := m.starts[i]; ok {
			return v
		}
		if v, err := strconv.Atoi(defs[i].child("start").attr("val")); err == nil {
			return v
		}
		return 1
	}
	for i := range l {
		if c[i] < 0 {
			c[i] = start(i)
		}
	}
	if c[l] < 0 {
		c[l] = start(l)
	} else {
		c[l]++
	}
	for i := l + 1; i < 9; i++ {
		if r := defs[i].child("lvlRestart"); r == nil || r.attr("val") != "0" {
			c[i] = -1
		}
	}
	return write(l, c, defs)
}

func write(l int, c *[9]int, defs [9]*node) label {
	def := defs[l]
	out := label{level: l}
	format, text := def.child("numFmt").attr("val"), def.child("lvlText").attr("val")
	switch {
	case format == "bullet":
		out.bullet, out.list = true, true
		return out
	case format == "none" || text == "":
		return out
	}
	own := "%" + strconv.Itoa(l+1)
	if plain := strings.Replace(text, own, "", 1); !strings.Contains(plain, "%") && strings.Contains(text, own) &&
		(format == "decimal" || format == "") && strings.Trim(plain, ".、．)） ") == "" {
		out.list, out.number = true, c[l]
		return out
	}
	for i := range 9 {
		mark := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, mark) {
			continue
		}
		f := defs[i].child("numFmt").attr("val")
		if def.child("isLgl") != nil {
			f = "decimal"
		}
		text = strings.ReplaceAll(text, mark, ordinal(max(c[i], 0), f))
	}
	if !strings.HasSuffix(text, "、") && !strings.HasSuffix(text, "）") && !strings.HasSuffix(text, "．") {
		text = strings.TrimRight(text, " ") + " "
	}
	out.words = text
	return out
}
