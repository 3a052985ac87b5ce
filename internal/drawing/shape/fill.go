package shape

import (
	"cmp"
	"math"
	"slices"
)

// fillsAs reports whether the even-odd rule fills out where the non-zero rule fills o, but
// for what lies within 3 tol of o's edges. out's edges must lie within tol of o's, as those
// of an untangled outline do.
//
// Lines across both, 8 tol apart, are looked at for stretches that one fills and the other
// does not. A fault that reaches 9 tol from o's edges is met by such a line, for the disc
// around its middle has no edge of either in it.
func fillsAs(out, o Outline, tol float64) bool {
	const usual = 16 // crossings in a row
	step := 8 * tol
	var rings [][]Point
	for _, c := range o {
		rings = append(rings, c.Flatten(tol))
	}
	box := append(slices.Clip(o), out...).Bounds()
	rows := make([][]crossing, int(box.H/step)+1)
	room := make([]crossing, usual*len(rows))
	for i := range rows {
		rows[i] = room[i*usual : i*usual : (i+1)*usual]
	}
	for _, ring := range rings {
		enter(rows, ring, box.Y, step, false)
	}
	for _, c := range out {
		enter(rows, c.Flatten(tol), box.Y, step, true)
	}
	for i, row := range rows {
		slices.SortFunc(row, func(p, q crossing) int { return cmp.Compare(p.x, q.x) })
		wind, odd := 0, false
		for j, c := range row {
			if c.out {
				odd = !odd
			} else {
				wind += c.turn
			}
			if (wind != 0) == odd || j+1 == len(row) {
				continue
			}
			// Along an edge that is nearly level a stretch may be long and yet close to it.
			for x := c.x + step/2; x < row[j+1].x; x += step {
				if !near(Point{x, rowAt(box.Y, step, i)}, rings, 3*tol) {
					return false
				}
			}
		}
	}
	return true
}

// crossing is where a ring crosses a level line, downwards (+1) or upwards (-1).
type crossing struct {
	x    float64
	turn int
	out  bool
}

// rowAt is the height of a level line.
func rowAt(top, step float64, row int) float64 { return top + float64((float64(row)+0.5)*step) }

// enter notes where a ring crosses the level lines.
func enter(rows [][]crossing, ring []Point, top, step float64, out bool) {
	for i, a := range ring {
		b, turn := ring[(i+1)%len(ring)], 1
		if a.Y > b.Y {
			a, b, turn = b, a, -1
		}
		for j := max(0, int((a.Y-top)/step-1)); j < len(rows); j++ {
			y := rowAt(top, step, j)
			if y < a.Y {
				continue
			}
			if y >= b.Y {
				break
			}
			rows[j] = append(rows[j], crossing{a.X + float64((y-a.Y)/(b.Y-a.Y)*(b.X-a.X)), turn, out})
		}
	}
}

// near reports whether p lies within d of an edge.
func near(p Point, rings [][]Point, d float64) bool {
	for _, ring := range rings {
		for i, a := range ring {
			if toSegment(p, a, ring[(i+1)%len(ring)]) < d {
				return true
			}
		}
	}
	return false
}

// toSegment is the distance of p from the straight line between a and b.
func toSegment(p, a, b Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = math.Min(1, math.Max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
	}
	return math.Hypot(p.X-(a.X+t*dx), p.Y-(a.Y+t*dy))
}
