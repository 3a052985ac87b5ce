package artwork

import (
	"strconv"

	"mingdeng/internal/drawing/shape"
)

// content is a page's content stream.
type content struct {
	doc *pdf
	b   []byte
}

// place begins drawing in mm, y down, with the origin at (x, y) mm from the page's bottom
// left corner. It wants a Q.
func (c *content) place(x, y float64) { c.placeAt(x, y, 1) }

// placeAt is place with a scale.
func (c *content) placeAt(x, y, scale float64) {
	n := func(v float64) string { return trimZeros(strconv.FormatFloat(v, 'f', 8, 64)) }
	k := n(perMM * scale)
	c.b = append(c.b, "q "+k+" 0 0 -"+k+" "+n(x*perMM)+" "+n(y*perMM)+" cm\n"...)
}

// placeTurned begins drawing as place does, turned by a quarter to the right: (x, y) is
// where the turned plaque's top right corner, its own top left, comes to lie.
func (c *content) placeTurned(x, y float64) {
	n := func(v float64) string { return trimZeros(strconv.FormatFloat(v, 'f', 8, 64)) }
	k := n(perMM)
	c.b = append(c.b, "q 0 -"+k+" -"+k+" 0 "+n(x*perMM)+" "+n(y*perMM)+" cm\n"...)
}

// scene draws all but the crop marks.
func (c *content) scene(s *Scene) error {
	if s.White && c.doc.press {
		c.ink(whiteInk(), false)
		c.path(s.panel())
		c.b = append(c.b, "f*\n/Upon gs\n"...)
	}
	if s.PrintPanel {
		c.ink(Mixed(s.Panel), false)
		c.path(s.panel())
		c.b = append(c.b, "f*\n"...)
	}
	for i, it := range s.Items {
		if it.Picture != nil {
			if err := c.picture(it.Picture); err != nil {
				return err
			}
			continue
		}
		if len(it.Outline) == 0 {
			continue
		}
		if i == 0 || s.Items[i-1].Picture != nil || len(s.Items[i-1].Outline) == 0 || s.Items[i-1].Ink != it.Ink {
			c.ink(it.Ink, false)
		}
		c.path(it.Outline)
		c.b = append(c.b, "f*\n"...)
	}
	if !s.Cut.none() {
		c.b = append(c.b, "q /Over gs "...)
		c.ink(s.Cut, true)
		c.width()
		c.path(s.cuts())
		c.b = append(c.b, "S Q\n"...)
	}
	return nil
}

func (c *content) width() {
	c.b = append(appendMM(c.b, hairline), " w\n"...)
}

// ink sets the colour for filling, or for lines.
func (c *content) ink(k Ink, line bool) {
	op := func(fill, stroke string) {
		if line {
			fill = stroke
		}
		c.b = append(append(append(c.b, ' '), fill...), '\n')
	}
	switch d := k.Display; {
	case k.Plate != "" && k != Black():
		c.separation(c.doc.space(k), line)
	case c.doc.press:
		c.doc.process = true
		cyan, magenta, yellow, key := cmyk(d)
		for i, v := range [4]float64{cyan, magenta, yellow, key} {
			if i > 0 {
				c.b = append(c.b, ' ')
			}
			c.b = append(c.b, trimZeros(strconv.FormatFloat(v, 'f', 4, 64))...)
		}
		op("k", "K")
	case d.R == d.G && d.G == d.B:
		c.b = append(c.b, tint(d.R)...)
		op("g", "G")
	default:
		c.b = append(c.b, tint(d.R)+" "+tint(d.G)+" "+tint(d.B)...)
		op("rg", "RG")
	}
}

func (c *content) separation(name string, line bool) {
	c.b = append(append(append(c.b, '/'), name...), ' ')
	if line {
		c.b = append(c.b, "CS 1 SCN\n"...)
		return
	}
	c.b = append(c.b, "cs 1 scn\n"...)
}

func tint(v uint8) string {
	return trimZeros(strconv.FormatFloat(float64(v)/255, 'f', 4, 64))
}

func (c *content) path(o shape.Outline) {
	for _, ring := range o {
		c.b = append(appendPair(c.b, ring.Start), "m\n"...)
		x, y := micron(ring.Start.X), micron(ring.Start.Y)
		for i, g := range ring.Segments {
			fromX, fromY := x, y
			x, y = micron(g.To.X), micron(g.To.Y)
			if g.Curve {
				c.b = appendPair(c.b, g.C1)
				c.b = appendPair(c.b, g.C2)
				c.b = append(appendPair(c.b, g.To), "c\n"...)
				continue
			}
			if x == fromX && y == fromY {
				continue
			}
			if i == len(ring.Segments)-1 && x == micron(ring.Start.X) && y == micron(ring.Start.Y) {
				break // h draws it
			}
			c.b = append(appendPair(c.b, g.To), "l\n"...)
		}
		c.b = append(c.b, "h\n"...)
	}
}

func (c *content) picture(p *Picture) error {
	ref, err := c.doc.image(p)
	if err != nil {
		return err
	}
	c.b = append(c.b, "q\n"...)
	c.path(shape.Rect(p.Box, 0))
	c.b = append(c.b, "W n\n"...)
	// An image fills the unit square upwards, and y points down here.
	all := ref.source.cover(p.Box)
	c.b = append(appendMM(c.b, all.W), " 0 0 "...)
	c.b = append(appendMM(c.b, -all.H), ' ')
	c.b = appendPair(c.b, shape.Point{X: all.X, Y: all.Y + all.H})
	c.b = append(c.b, "cm /"+ref.name+" Do Q\n"...)
	return nil
}

// marks draws lines on every plate.
func (c *content) marks(lines [][2]shape.Point) {
	if len(lines) == 0 {
		return
	}
	c.separation(c.doc.registration(), true)
	c.width()
	for _, l := range lines {
		c.b = append(appendPair(c.b, l[0]), "m "...)
		c.b = append(appendPair(c.b, l[1]), "l\n"...)
	}
	c.b = append(c.b, "S\n"...)
}
