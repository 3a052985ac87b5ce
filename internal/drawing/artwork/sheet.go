package artwork

import (
	"cmp"
	"errors"
	"math"

	"mingdeng/internal/drawing/shape"
)

// Sheet is a page with several plaques, for an office printer or a cutting table. All
// lengths are mm, from the page's top left corner.
type Sheet struct {
	W, H   float64 // of the page: 210 × 297 for A4
	Placed []Placed
	// CutMarks is the length of the marks at the corners of each plaque; 0 for none. They
	// begin half a mm beyond the bleed. Where a gutter is 2·(bleed + ½) + CutMarks wide, the
	// marks of neighbours fall together.
	CutMarks float64
	// Scale is where a bar of 100 mm stands, its left end; nil for none. It tells whether
	// the printer has kept the size.
	Scale *shape.Point
	// Text is captions, as outlines, in black.
	Text shape.Outline
}

// Placed is a plaque whose trimmed top left corner, as it lies on the sheet, is at X, Y.
type Placed struct {
	X, Y   float64
	Turned bool // by a quarter to the right
	Scene  *Scene
	Scale  float64 // 0 for true size; of what is not turned
}

// size is how wide and high it lies there.
func (p *Placed) size() (w, h float64) {
	if p.Turned {
		return p.Scene.H, p.Scene.W
	}
	return p.Scene.W, p.Scene.H
}

// ScaleLength is the length of a sheet's scale bar, mm.
const ScaleLength = 100.0

// scaleHeight is how high the bar's end ticks are, mm; others are half of it.
const scaleHeight = 4.0

const sheetGap = 0.5 // mm, between bleed and cut mark

// Sheets draws pages of plaques into one PDF for an office printer: colours are RGB, black is
// a grey of 0. The scenes' own crop marks are not drawn.
func Sheets(sheets []Sheet, info Info) ([]byte, error) {
	if len(sheets) == 0 {
		return nil, errors.New("artwork: no sheets")
	}
	d := newPDF()
	for i := range sheets {
		s := &sheets[i]
		if !(s.W > 0 && s.H > 0 && s.W <= MaxSide && s.H <= MaxSide) {
			return nil, errors.New("artwork: a sheet without a size")
		}
		c := content{doc: d}
		c.place(0, s.H)
		c.marks(s.marks())
		c.b = append(c.b, "Q\n"...)
		for _, p := range s.Placed {
			if err := p.Scene.check(); err != nil {
				return nil, err
			}
			if p.Turned {
				c.placeTurned(p.X+p.Scene.H, s.H-p.Y)
			} else {
				c.placeAt(p.X, s.H-p.Y, cmp.Or(p.Scale, 1))
			}
			if err := c.scene(p.Scene); err != nil {
				return nil, err
			}
			c.b = append(c.b, "Q\n"...)
		}
		c.place(0, s.H)
		black := append(s.scale(), s.Text...)
		if len(black) > 0 {
			c.ink(Black(), false)
			c.path(black)
			c.b = append(c.b, "f*\n"...)
		}
		c.b = append(c.b, "Q\n"...)
		page := shape.Box{W: s.W, H: s.H}
		d.page(c.b, page, page, page)
	}
	return d.finish(info)
}

// marks are the cut marks of all plaques, those that fall together once.
func (s *Sheet) marks() [][2]shape.Point {
	if s.CutMarks <= 0 {
		return nil
	}
	var out [][2]shape.Point
	seen := map[[4]int64]bool{}
	add := func(x0, y0, x1, y1 float64) {
		key := [4]int64{micron(x0), micron(y0), micron(x1), micron(y1)}
		if !seen[key] {
			seen[key] = true
			out = append(out, [2]shape.Point{{X: x0, Y: y0}, {X: x1, Y: y1}})
		}
	}
	for _, p := range s.Placed {
		a := p.Scene.Bleed + sheetGap
		b := a + s.CutMarks
		w, h := p.size()
		for _, y := range []float64{p.Y, p.Y + h} {
			add(p.X-b, y, p.X-a, y)
			add(p.X+w+a, y, p.X+w+b, y)
		}
		for _, x := range []float64{p.X, p.X + w} {
			add(x, p.Y-b, x, p.Y-a)
			add(x, p.Y+h+a, x, p.Y+h+b)
		}
	}
	return out
}

// scale is one contour: a bar whose ticks stand on it like a comb's teeth, 10 mm apart. The
// outer edges of the first and last tick are exactly 100 mm apart.
func (s *Sheet) scale() shape.Outline {
	if s.Scale == nil {
		return nil
	}
	const thick = 0.2
	x, y := s.Scale.X, s.Scale.Y
	c := shape.Contour{Start: shape.Point{X: x, Y: y + scaleHeight}}
	for i := range 11 {
		h := scaleHeight / 2
		if i%5 == 0 {
			h = scaleHeight
		}
		left := x + math.Max(0, math.Min(10*float64(i)-thick/2, ScaleLength-thick))
		up, base := y+scaleHeight-h, y+scaleHeight-thick
		if i > 0 {
			c.Line(shape.Point{X: left, Y: base})
		}
		c.Line(shape.Point{X: left, Y: up})
		c.Line(shape.Point{X: left + thick, Y: up})
		if i < 10 {
			c.Line(shape.Point{X: left + thick, Y: base})
		}
	}
	c.Line(shape.Point{X: x + ScaleLength, Y: y + scaleHeight})
	return shape.Outline{c}
}
