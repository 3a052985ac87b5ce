// Package shape holds outlines as plaques are drawn with: closed contours of
// straight lines and cubic curves, in millimetres, filled by the even-odd rule.
//
// The origin is the top left corner of whatever the outline is part of; x runs to
// the right and y down, as in SVG. Every backend (SVG, PDF, DXF, PNG) draws the
// same Outline, so what is engraved is what was proofed.
package shape

import "math"

// Point is a place, mm.
type Point struct{ X, Y float64 }

// Segment is a straight line or a cubic Bézier curve from the end of the segment
// before it (or the contour's Start) to To.
type Segment struct {
	Curve  bool
	C1, C2 Point // control points of a curve
	To     Point
}

// Contour is one closed ring: after the last segment it returns to Start.
type Contour struct {
	Start    Point
	Segments []Segment
}

// Outline is a filled area: the points that an odd number of contours enclose.
type Outline []Contour

// Line appends a straight line to a contour.
func (c *Contour) Line(to Point) { c.Segments = append(c.Segments, Segment{To: to}) }

// Cubic appends a cubic curve to a contour.
func (c *Contour) Cubic(c1, c2, to Point) {
	c.Segments = append(c.Segments, Segment{Curve: true, C1: c1, C2: c2, To: to})
}

// Quad appends a quadratic curve (as TrueType has them), raised to a cubic one.
func (c *Contour) Quad(from, ctrl, to Point) {
	third := func(a, b Point) Point { return Point{a.X + (b.X-a.X)*2/3, a.Y + (b.Y-a.Y)*2/3} }
	c.Cubic(third(from, ctrl), third(to, ctrl), to)
}

// Map returns the outline with f applied to every point.
func (o Outline) Map(f func(Point) Point) Outline {
	out := make(Outline, len(o))
	for i, c := range o {
		n := Contour{Start: f(c.Start), Segments: make([]Segment, len(c.Segments))}
		for j, s := range c.Segments {
			n.Segments[j] = Segment{Curve: s.Curve, To: f(s.To)}
			if s.Curve {
				n.Segments[j].C1, n.Segments[j].C2 = f(s.C1), f(s.C2)
			}
		}
		out[i] = n
	}
	return out
}

// Place returns the outline scaled by k and then moved by dx and dy, mm. The products are
// rounded before the sums, so that no machine fuses the two into other digits.
func (o Outline) Place(k, dx, dy float64) Outline {
	return o.Map(func(p Point) Point { return Point{float64(p.X*k) + dx, float64(p.Y*k) + dy} })
}

// Box is an upright rectangle, mm.
type Box struct{ X, Y, W, H float64 }

// Bounds returns the smallest box around all points and control points; the zero
// Box for an empty outline.
func (o Outline) Bounds() Box {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	see := func(p Point) {
		lo = Point{math.Min(lo.X, p.X), math.Min(lo.Y, p.Y)}
		hi = Point{math.Max(hi.X, p.X), math.Max(hi.Y, p.Y)}
	}
	for _, c := range o {
		see(c.Start)
		for _, s := range c.Segments {
			see(s.To)
			if s.Curve {
				see(s.C1)
				see(s.C2)
			}
		}
	}
	if len(o) == 0 {
		return Box{}
	}
	return Box{lo.X, lo.Y, hi.X - lo.X, hi.Y - lo.Y}
}

// Rect is the outline of a box with corners rounded by r mm (0 for square ones).
func Rect(b Box, r float64) Outline {
	r = math.Min(r, math.Min(b.W, b.H)/2)
	if r <= 0 {
		c := Contour{Start: Point{b.X, b.Y}}
		c.Line(Point{b.X + b.W, b.Y})
		c.Line(Point{b.X + b.W, b.Y + b.H})
		c.Line(Point{b.X, b.Y + b.H})
		return Outline{c}
	}
	// A quarter circle by one cubic is off by 0.03 % of its radius at most.
	k := r * (1 - 0.5522847498307936)
	x0, y0, x1, y1 := b.X, b.Y, b.X+b.W, b.Y+b.H
	c := Contour{Start: Point{x0 + r, y0}}
	c.Line(Point{x1 - r, y0})
	c.Cubic(Point{x1 - k, y0}, Point{x1, y0 + k}, Point{x1, y0 + r})
	c.Line(Point{x1, y1 - r})
	c.Cubic(Point{x1, y1 - k}, Point{x1 - k, y1}, Point{x1 - r, y1})
	c.Line(Point{x0 + r, y1})
	c.Cubic(Point{x0 + k, y1}, Point{x0, y1 - k}, Point{x0, y1 - r})
	c.Line(Point{x0, y0 + r})
	c.Cubic(Point{x0, y0 + k}, Point{x0 + k, y0}, Point{x0 + r, y0})
	return Outline{c}
}

// Circle is the outline of a circle, radius r mm.
func Circle(centre Point, r float64) Outline {
	return Rect(Box{centre.X - r, centre.Y - r, 2 * r, 2 * r}, r)
}
