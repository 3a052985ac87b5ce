package shape

import (
	"math"
	"slices"
)

// Embolden returns the outline of a glyph with every stroke w wider, as a heavier face has
// them: each edge moves out by w/2, corners stay corners. The contours must turn as a font's
// do, holes against what they are cut from; a stroke thinner than w in a hole closes it, and
// what then crosses is for [Outline.Untangle]. (The way of FreeType's FT_Outline_Embolden.)
func (o Outline) Embolden(w float64) Outline {
	total := 0.0
	for _, c := range o {
		total += area(c.Flatten(1e-3))
	}
	by := w / 2
	if total < 0 {
		by = -by
	}
	out := make(Outline, len(o))
	for i, c := range o {
		out[i] = c.embolden(by)
	}
	return out
}

// embolden moves every point of a contour, control points too, along the normal between its
// neighbours: to the left of the way for a positive by, as y runs down.
func (c Contour) embolden(by float64) Contour {
	points := []Point{c.Start}
	for _, s := range c.Segments {
		if s.Curve {
			points = append(points, s.C1, s.C2)
		}
		points = append(points, s.To)
	}
	closes := len(points) > 1 && points[len(points)-1] == points[0]
	if closes {
		points = points[:len(points)-1]
	}
	n := len(points)
	// way is the direction to the next (or, for -1, from the last) point that is another one.
	way := func(i, step int) (d Point, l float64) {
		for k := 1; k < n; k++ {
			q := points[((i+step*k)%n+n)%n]
			if l = math.Hypot(q.X-points[i].X, q.Y-points[i].Y); l > 1e-9 {
				k := float64(step) / l
				return Point{(q.X - points[i].X) * k, (q.Y - points[i].Y) * k}, l
			}
		}
		return Point{}, 0
	}
	moved := make([]Point, n)
	for i, p := range points {
		in, a := way(i, -1)
		to, b := way(i, 1)
		moved[i] = p
		if d := 1 + in.X*to.X + in.Y*to.Y; d > 0.06 { // not a needle's point
			turn, l := math.Abs(to.X*in.Y-to.Y*in.X), math.Min(a, b)
			k := by / d
			if math.Abs(by)*turn > l*d { // no farther than the shorter edge is long
				k = math.Copysign(l/turn, by)
			}
			moved[i] = Point{p.X + float64(k*(in.Y+to.Y)), p.Y - float64(k*(in.X+to.X))}
		}
	}
	if closes {
		moved = append(moved, moved[0])
	}
	out := Contour{Start: moved[0], Segments: make([]Segment, len(c.Segments))}
	at := 1
	for i, s := range c.Segments {
		g := Segment{Curve: s.Curve}
		if s.Curve {
			g.C1, g.C2 = moved[at], moved[at+1]
			at += 2
		}
		g.To = moved[at%len(moved)]
		at++
		out.Segments[i] = g
	}
	return out
}

// Stem is how thick the thin strokes of a glyph are: of the stretches of ink on level and on
// upright lines across it, the lower quarter of each, and the lesser of the two. Points
// that strokes run out into, serifs and dots weigh little in it. 0 for an outline without ink.
func (o Outline) Stem() float64 {
	box := o.Bounds()
	tol := math.Max(box.W, box.H) / 1000
	if tol == 0 {
		return 0
	}
	const lines = 48
	best := 0.0
	for _, upright := range []bool{false, true} {
		rows := make([][]float64, lines)
		top, span := box.Y, box.H
		if upright {
			top, span = box.X, box.W
		}
		for _, c := range o {
			ring := c.Flatten(tol)
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				if upright {
					a, b = Point{a.Y, a.X}, Point{b.Y, b.X}
				}
				for j := range lines {
					y := top + span*(float64(j)+0.5)/lines
					if (a.Y <= y) != (b.Y <= y) {
						rows[j] = append(rows[j], a.X+(y-a.Y)/(b.Y-a.Y)*(b.X-a.X))
					}
				}
			}
		}
		var runs []float64
		for _, row := range rows {
			slices.Sort(row)
			for i := 0; i+1 < len(row); i += 2 {
				if w := row[i+1] - row[i]; w > tol {
					runs = append(runs, w)
				}
			}
		}
		if len(runs) == 0 {
			continue
		}
		slices.Sort(runs)
		if q := runs[len(runs)/4]; best == 0 || q < best {
			best = q
		}
	}
	return best
}
