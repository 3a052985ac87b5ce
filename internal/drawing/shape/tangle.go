package shape

import (
	"cmp"
	"slices"
)

// Tangled reports whether filling the outline by the even-odd rule, as plaques are
// filled, differs from the non-zero rule that fonts are drawn for: contours that cross
// each other or themselves, or one that lies within another and turns the same way.
// Fonts have them; they would appear as holes, and a cutter would cut through strokes.
// Contours that only touch are not tangled. tol is how closely curves are looked at, mm.
func (o Outline) Tangled(tol float64) bool {
	type edge struct {
		a, b           Point
		top, bottom    float64
		left, right    float64
		contour, index int
	}
	var edges []edge
	rings := make([][]Point, len(o))
	for i, c := range o {
		ring := c.Flatten(tol)
		rings[i] = ring
		for j, a := range ring {
			b := ring[(j+1)%len(ring)]
			edges = append(edges, edge{a, b, min(a.Y, b.Y), max(a.Y, b.Y), min(a.X, b.X), max(a.X, b.X), i, j})
		}
	}
	slices.SortFunc(edges, func(p, q edge) int { return cmp.Compare(p.top, q.top) })
	for i := range edges {
		p := &edges[i]
		for j := i + 1; j < len(edges) && edges[j].top <= p.bottom; j++ {
			q := &edges[j]
			if q.left > p.right || q.right < p.left {
				continue
			}
			if crosses(p.a, p.b, q.a, q.b) {
				return true
			}
		}
	}
	// Nothing crosses, so one point tells for a whole contour what lies around it.
	for i, ring := range rings {
		if len(ring) == 0 {
			continue
		}
		p := longestMiddle(ring) // not a corner: corners are where contours touch
		wind, crossings := 0, 0
		for j, other := range rings {
			if j != i {
				w := winding(p, other)
				wind += w
				crossings += w & 1
			}
		}
		inside := wind + turn(ring)
		if (wind != 0) != (crossings%2 == 1) || (inside != 0) != (crossings%2 == 0) {
			return true
		}
	}
	return false
}

// longestMiddle is the middle of a ring's longest edge.
func longestMiddle(ring []Point) Point {
	best, at := -1.0, Point{}
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if l := length(a, b); l > best {
			best, at = l, Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2}
		}
	}
	return at
}

// crosses reports whether two edges cut through each other; touching is no crossing.
func crosses(a, b, c, d Point) bool {
	const eps = 1e-9
	d1, d2 := side(a, b, c), side(a, b, d)
	d3, d4 := side(c, d, a), side(c, d, b)
	return (d1 > eps && d2 < -eps || d1 < -eps && d2 > eps) &&
		(d3 > eps && d4 < -eps || d3 < -eps && d4 > eps)
}

// side is twice the area of the triangle a, b, p: its sign tells the side p lies on.
func side(a, b, p Point) float64 {
	return (b.X-a.X)*(p.Y-a.Y) - (b.Y-a.Y)*(p.X-a.X)
}

// winding is how often ring goes around p.
func winding(p Point, ring []Point) int {
	w := 0
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.Y <= p.Y) == (b.Y <= p.Y) {
			continue
		}
		if a.Y <= p.Y && side(a, b, p) > 0 {
			w++
		}
		if a.Y > p.Y && side(a, b, p) < 0 {
			w--
		}
	}
	return w
}

// turn is +1 or -1: the direction of a ring, as winding counts it.
func turn(ring []Point) int {
	if area(ring) < 0 {
		return -1
	}
	return 1
}

// area is what a ring encloses, mm²; negative for one direction.
func area(ring []Point) float64 {
	sum := 0.0
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += a.X*b.Y - b.X*a.Y
	}
	return sum / 2
}
