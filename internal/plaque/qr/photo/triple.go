package photo

import (
	"cmp"
	"math"
	"slices"
)

// triple is three finder patterns that may belong to one symbol: the middle one, the one
// clockwise of its corner and the one beside it, each with the turn of its axes (in quarters)
// that makes u lead from the first to the second and v from the first to the third.
type triple struct {
	corner, right, below       *finder
	turn, turnRight, turnBelow int
	span                       float64 // modules between their middles
	doubt                      float64 // 0 is beyond doubt
}

func (t *triple) used() bool { return t.corner.used || t.right.used || t.below.used }

// module is the mean width of a module, pixels.
func (t *triple) module() float64 {
	sum := 0.0
	for _, f := range []*finder{t.corner, t.right, t.below} {
		sum += f.u.length() + f.v.length()
	}
	return sum / 6
}

// axis is the direction of one module after so many quarter turns.
func (f *finder) axis(turn int) Point {
	switch turn & 3 {
	case 0:
		return f.u
	case 1:
		return f.v
	case 2:
		return f.u.mul(-1)
	}
	return f.v.mul(-1)
}

// Bounds of what may be a symbol: generous, since photos are taken from the side and posts
// are round.
const (
	leastSpan = 11.0 // of version 1: 14
	mostSpan  = 200  // of version 40: 170
	askew     = 0.36 // how far off its axis a neighbour may lie, as a tangent
	uneven    = 2.6  // how much longer a module may be at one end than at the other
	unequal   = 1.45 // how much longer one side may seem than the other
	neighbour = 7    // how many neighbours along one side are tried
	mostDoubt = 2.2  // of a true symbol it is rarely above 1.1, of a chance one rarely below 2
	triplesOf = 8    // how many triples about one corner are tried
)

// look is what a finder pattern sees along one of its axes.
type look struct {
	to   *finder
	turn int     // the quarter turns of to's axes that make its u go on in this direction
	n    float64 // modules
	off  float64
}

// triples lists what may be symbols, the least doubtful first.
func triples(finders []finder) []triple {
	var all []triple
	for i := range finders {
		f := &finders[i]
		inv, ok := (matrix2{f.u.X, f.v.X, f.u.Y, f.v.Y}).inverse()
		if !ok {
			continue
		}
		var seen [4][]look
		for j := range finders {
			g := &finders[j]
			if j == i {
				continue
			}
			d := g.at.sub(f.at)
			turn, n, off := along(inv.times(d))
			if n < leastSpan/1.7 || n > mostSpan*1.7 || off > askew {
				continue
			}
			back, ok := (matrix2{g.u.X, g.v.X, g.u.Y, g.v.Y}).inverse()
			if !ok {
				continue
			}
			turn2, n2, off2 := along(back.times(d))
			// A module as wide at one place as squared at the other: in perspective the true
			// number lies at the geometric mean.
			if off2 > askew || n > uneven*n2 || n2 > uneven*n {
				continue
			}
			if k := math.Sqrt(n * n2); k >= leastSpan && k <= mostSpan {
				// Across the direction of view the widths of modules agree too.
				w := f.axis(turn+1).length() / g.axis(turn2+1).length()
				if w > uneven || w < 1/uneven {
					continue
				}
				seen[turn] = append(seen[turn], look{to: g, turn: turn2, n: k, off: off + off2 + 0.5*math.Abs(math.Log(n/n2)) + 0.5*math.Abs(math.Log(w))})
			}
		}
		for turn := range seen {
			slices.SortFunc(seen[turn], func(a, b look) int { return cmp.Compare(a.off*8+math.Log(a.n), b.off*8+math.Log(b.n)) })
			seen[turn] = seen[turn][:min(len(seen[turn]), neighbour)]
		}
		var mine []triple
		for turn := range 4 {
			for _, a := range seen[turn] {
				for _, b := range seen[(turn+1)%4] {
					if a.to == b.to || a.n > unequal*b.n || b.n > unequal*a.n {
						continue
					}
					span := math.Sqrt(a.n * b.n)
					doubt := a.off + b.off + math.Abs(math.Log(a.n/b.n)) + 0.1*math.Log(span) + (3 - f.fit - a.to.fit - b.to.fit)
					if doubt < mostDoubt {
						mine = append(mine, triple{f, a.to, b.to, turn, a.turn, b.turn + 3, span, doubt})
					}
				}
			}
		}
		slices.SortFunc(mine, func(a, b triple) int { return cmp.Compare(a.doubt, b.doubt) })
		all = append(all, mine[:min(len(mine), triplesOf)]...)
	}
	slices.SortStableFunc(all, func(a, b triple) int { return cmp.Compare(a.doubt, b.doubt) })
	return all
}

// along tells along which axis a vector lies (in quarter turns), how far it goes and how
// far off the axis it is, as a tangent.
func along(d Point) (turn int, n, off float64) {
	if math.Abs(d.X) >= math.Abs(d.Y) {
		if d.X < 0 {
			turn = 2
		}
		return turn, math.Abs(d.X), math.Abs(d.Y / d.X)
	}
	if turn = 1; d.Y < 0 {
		turn = 3
	}
	return turn, math.Abs(d.Y), math.Abs(d.X / d.Y)
}

// turned returns the corners of a finder pattern, beginning with the one that is its top
// left when u lies after so many quarter turns.
func (f *finder) turned(turn int) [4]Point {
	var c [4]Point
	for i := range c {
		c[i] = f.corners[(i+turn)&3]
	}
	return c
}
