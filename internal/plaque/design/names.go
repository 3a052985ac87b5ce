package design

import (
	"math"
	"unicode/utf8"

	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
)

// free is the part of a wall of names that is left for those to come.
const free = 0.2

// nameRow is one row of a wall: a head, or the names that stand beside each other.
type nameRow struct {
	head  string
	names []string
	h     float64 // mm, from this row's top to the next one's
	lines int     // of its tallest name
}

// names fills as many bays as the names take with a fifth left free. Two given characters
// are set as wide as three, as rolls have them; a name wider than its column takes two.
func (c *composer) names(b *Box) {
	k := c.Scale
	columns := max(1, b.Columns)
	width := b.W * k
	measure := c.column(b, width)
	size, head := b.Size*k, b.Label*k
	line := size * leading(b)
	var rows []nameRow
	for _, roll := range c.p.Rolls {
		if len(roll.Names) == 0 {
			continue
		}
		if roll.Head != "" {
			rows = append(rows, nameRow{head: roll.Head, h: head * 2.1})
		}
		var row []string
		for _, name := range roll.Names {
			wide := c.wide(b, name, size) > measure+1e-6
			if wide && len(row)%columns == columns-1 {
				row = append(row, "")
			}
			if len(row) >= columns {
				rows, row = append(rows, nameRow{names: row, h: line, lines: 1}), nil
			}
			if n := c.tall(b, name, width); n > 1 { // a row of its own
				if len(row) > 0 {
					rows, row = append(rows, nameRow{names: row, h: line, lines: 1}), nil
				}
				rows = append(rows, nameRow{names: []string{name}, h: line * float64(n), lines: n})
				continue
			}
			if row = append(row, name); wide && columns > 1 {
				row = append(row, "")
			}
		}
		if len(row) > 0 {
			rows = append(rows, nameRow{names: row, h: line, lines: 1})
		}
	}
	bold := b.Bold // one for all: nobody stands out
	for _, roll := range c.p.Rolls {
		for _, name := range roll.Names {
			if face := c.face(b, name); face != nil {
				bold = max(bold, c.bold(c.p.Faces(b.Face), b, name, size))
			}
		}
	}
	heavy := *b
	heavy.Bold = bold
	b = &heavy
	depth := b.H * k
	total := 0.0
	for i := range rows {
		if rows[i].head != "" && i > 0 {
			rows[i-1].h += size * 0.5 // a head stands off the names above
		}
	}
	for _, r := range rows {
		total += r.h
	}
	bays := max(1, int(math.Ceil(total/(1-free)/depth-1e-9)))
	bay, y := 0, 0.0
	for i, r := range rows {
		last := r.h
		if r.head != "" && i+1 < len(rows) {
			last += size // with one row of its names
		} else if r.head == "" {
			last = size + r.h*float64(r.lines-1)/float64(r.lines)
		}
		if y+last > depth+1e-6 {
			bay, y = bay+1, 0
		}
		bays = max(bays, bay+1)
		c.nameRow(b, r, shape.Box{X: c.dx + (c.Design.W+float64(bay)*c.Design.Bay+b.X)*k, Y: c.dy + b.Y*k + y, W: width}, measure)
		y += r.h
	}
	c.W = c.inner.W + float64(bays)*c.Design.Bay*k
	c.Seams = append(c.Seams, shape.Box{W: c.inner.W, H: c.H})
	for i := range bays {
		c.Seams = append(c.Seams, shape.Box{X: c.inner.W + float64(i)*c.Design.Bay*k, W: c.Design.Bay * k, H: c.H})
	}
}

// spread sets two characters as wide as three.
func spread(name string) string {
	if utf8.RuneCountInString(name) == 2 {
		first, n := utf8.DecodeRuneInString(name)
		if first > 0x2E80 {
			return string(first) + "　" + name[n:]
		}
	}
	return name
}

// tall is how many lines a name takes in a width at its least size.
func (c *composer) tall(b *Box, name string, width float64) int {
	if face := c.face(b, name); face != nil {
		style := c.style(b, face)
		style.Name = true
		if p, err := typeset.Prepare(spread(name), style); err == nil {
			n, _ := p.Lines(b.least()*c.Scale, width)
			return n
		}
	}
	return 1
}

// wide is how long a name is, mm.
func (c *composer) wide(b *Box, name string, size float64) float64 {
	if face := c.face(b, name); face != nil {
		if p, err := typeset.Prepare(spread(name), c.style(b, face)); err == nil {
			return p.Width() * size
		}
	}
	return 0
}

func (c *composer) nameRow(b *Box, r nameRow, at shape.Box, measure float64) {
	step := measure + b.Gutter*c.Scale
	set := func(words string, size, x, width float64, accent bool) {
		face := c.bolder(b, words, size)
		if face == nil {
			return // told
		}
		style := c.style(b, face)
		style.Size, style.MinSize, style.Measure, style.MaxLines = size, math.Min(size, b.least()*c.Scale), width, max(1, r.lines)
		style.Name = !accent
		if accent {
			style.MinSize = size / 2
		}
		block, err := typeset.Layout(words, style)
		if err != nil {
			c.unfit(words, err)
			return
		}
		ink := b.Ink
		if accent && b.Accent.A != 0 {
			ink = b.Accent
		}
		c.add(block.Outline().Place(1, x, at.Y), ink)
		if !accent {
			c.legible(b, words, block.Size)
		}
	}
	if r.head != "" {
		set(r.head, b.Label*c.Scale, at.X, at.W, true)
		rule := math.Max(LeastStroke(c.Material), b.Label*c.Scale/40)
		c.add(shape.Rect(shape.Box{X: at.X, Y: at.Y + b.Label*c.Scale*1.45, W: at.W, H: rule}, 0), b.Accent)
		return
	}
	for i, name := range r.names {
		if name == "" {
			continue
		}
		width := measure
		switch {
		case r.lines > 1:
			width = at.W
		case i+1 < len(r.names) && r.names[i+1] == "":
			width = measure + step
		}
		set(spread(name), b.Size*c.Scale, at.X+float64(i)*step, width, false)
	}
}
