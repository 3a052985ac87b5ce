package typeset

import "mingdeng/internal/drawing/shape"

// place puts the lines of all paragraphs into a block.
func (s setting) place(all [][]span, n int, size, depth float64) Block {
	b := Block{Size: size, Lines: make([]Line, 0, n)}
	longest := 0.0
	for _, ls := range all {
		for _, l := range ls {
			longest = max(longest, l.width*size)
		}
	}
	if s.style.Vertical {
		b.W, b.H = depth, longest
	} else {
		b.W, b.H = longest, depth
	}
	measure := s.style.Measure
	if measure <= 0 {
		measure = longest
	}
	for i, ls := range all {
		for j, l := range ls {
			b.Lines = append(b.Lines, s.line(s.runs[i], l, lineAt{
				index: len(b.Lines), size: size, measure: measure, blockWidth: b.W,
				last: j == len(ls)-1,
			}))
		}
	}
	return b
}

// lineAt is where a line stands: all lengths in mm.
type lineAt struct {
	index               int
	size                float64
	measure, blockWidth float64
	last                bool // of its paragraph
}

// line places the characters of one line.
func (s setting) line(r run, l span, at lineAt) Line {
	out := Line{Width: l.width * at.size}
	if l.to <= l.from {
		return out
	}
	items := r.items[l.from:l.to]
	end := items[len(items)-1]
	out.Text = s.text[items[0].from : end.from+len(string(end.r))]
	out.Glyphs = make([]Glyph, 0, len(items))

	stretch := 0.0
	if s.style.Align == Justify && !at.last {
		stretch = justified(items, at.measure/at.size-l.width)
	}
	pen := -items[0].lead // em, along the line
	start := 0.0          // mm
	switch s.style.Align {
	case Center:
		start = (at.measure - out.Width) / 2
	case Right:
		start = at.measure - out.Width
	}
	for i, it := range items {
		out.Glyphs = append(out.Glyphs, s.glyphAt(it, start+pen*at.size, at))
		pen += it.adv
		if i < len(items)-1 {
			pen += it.gap - it.give*l.squeeze
			if stretch > 0 && !it.lone {
				pen += stretch
			}
		}
	}
	out.Width = (pen - end.trail) * at.size
	return out
}

// justified is what each gap that may be stretched gets so that a line short by short em
// fills the measure; 0 where that would tear it apart.
func justified(items []item, short float64) float64 {
	if short <= eps {
		return 0
	}
	n := 0
	for _, it := range items[:len(items)-1] {
		if !it.lone {
			n++
		}
	}
	if n == 0 || short/float64(n) > half {
		return 0
	}
	return short / float64(n)
}

// glyphAt places one character whose cell starts at along mm on its line.
func (s setting) glyphAt(it item, along float64, at lineAt) Glyph {
	g := Glyph{Rune: it.r, outline: it.outline}
	k, f, d := at.size, s.style.Face, it.draw
	sx := d.sx
	if sx == 0 {
		sx = 1
	}
	lead := float64(at.index) * s.style.Leading * k
	var ox, oy float64 // the origin of the glyph's baseline, mm
	switch {
	case !s.style.Vertical:
		// The em square's middle is half an em below the line's top.
		ox, oy = along, lead+(half+f.middle)*k
	case d.turn:
		// A turned baseline lies left of the column's middle.
		ox, oy = at.blockWidth-k/2-lead-f.middle*k, along
	default:
		ox, oy = at.blockWidth-k/2-lead-d.w/2*k, along+(it.adv/2+f.middle)*k
	}
	g.X, g.Y = ox, oy
	if it.outline == nil {
		return g
	}
	if s.style.Vertical && d.turn {
		g.place = func(p shape.Point) shape.Point {
			return shape.Point{X: ox - (p.Y+d.dy)*k, Y: oy + (p.X+d.dx)*k}
		}
		return g
	}
	g.place = func(p shape.Point) shape.Point {
		return shape.Point{X: ox + (p.X+d.dx)*sx*k, Y: oy + (p.Y+d.dy)*k}
	}
	return g
}
