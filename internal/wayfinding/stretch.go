package wayfinding

import (
	"cmp"
	"math"
	"slices"
)

// Stretch is a part of a walk that is enlarged: its stops are points[From:To], no two of
// them nearer than [Target] px where Box is shown [Width] px wide, none nearer to its edge
// than half of that.
type Stretch struct {
	From, To int
	Box      Box
}

const (
	margin  = Target/2 + 2 // px between a stop and the edge
	tallest = 360          // px: with its name above and the way on below it fits a phone's screen
	lowest  = 176          // px
	context = 2.2          // how much a stretch is enlarged at most without need
)

// Apart tells whether the whole plan, shown Width px wide, has a target's room between any
// two of its points, so that nothing needs to be enlarged.
func Apart(points []Point, width float64) bool {
	return nearest(points) >= apart*width/Width
}

// nearest is the distance of the two nearest points; +Inf where there are no two.
func nearest(points []Point) float64 {
	least := math.Inf(1)
	byX := slices.Clone(points)
	slices.SortFunc(byX, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
	for i, p := range byX {
		for _, q := range byX[i+1:] {
			if q.X-p.X >= least {
				break
			}
			least = math.Min(least, p.to(q))
		}
	}
	return least
}

// Cut parts a walk on a plan of that size into as few stretches as the room allows. Among
// those it cuts where stops lie farthest apart.
func Cut(points []Point, width, height float64) []Stretch {
	type best struct {
		from, parts int
		gaps        float64
	}
	plans := make([]best, len(points)+1)
	for to := 1; to <= len(points); to++ {
		least := math.Inf(1) // between any two of points[from:to]
		for from := to - 1; from >= 0; from-- {
			for _, p := range points[from+1 : to] {
				least = math.Min(least, points[from].to(p))
			}
			if _, ok := unit(points[from:to], least, width); !ok {
				break // more stops need more room and give less
			}
			b := best{from, plans[from].parts + 1, plans[from].gaps}
			if from > 0 {
				b.gaps += points[from-1].to(points[from])
			}
			if old := plans[to]; old.parts == 0 || b.parts < old.parts || b.parts == old.parts && b.gaps > old.gaps {
				plans[to] = b
			}
		}
	}
	var out []Stretch
	for to := len(points); to > 0; to = plans[to].from {
		from := plans[to].from
		out = append(out, Stretch{from, to, frame(points[from:to], width, height)})
	}
	slices.Reverse(out)
	return out
}

// unit is how much of the plan one px shows so that the points fit and lie apart; false
// where nothing does both. least is how far the nearest two lie apart.
func unit(points []Point, least, width float64) (float64, bool) {
	b := bounds(points)
	fits := math.Max(b.W/(Width-2*margin), b.H/(tallest-2*margin))
	largest := least / apart
	if fits > largest {
		return 0, false
	}
	return math.Min(largest, math.Max(fits, width/Width/context)), true
}

// frame is the part of the plan around points, of the walk's own shape.
func frame(points []Point, width, height float64) Box {
	u, _ := unit(points, nearest(points), width)
	b := bounds(points)
	w, h := Width*u, math.Min(math.Max(b.H+2*margin*u, lowest*u), tallest*u)
	return Box{place(b.X, b.W, w, width, margin*u), place(b.Y, b.H, h, height, margin*u), w, h}
}

// place is where a part of that size begins that has from and size in its middle, within
// the plan as far as a stop at the plan's edge keeps its margin.
func place(from, size, part, whole, margin float64) float64 {
	at := from + size/2 - part/2
	at = math.Max(math.Min(at, whole-part), 0)
	return math.Min(math.Max(at, from+size+margin-part), from-margin)
}

func bounds(points []Point) Box {
	b := Box{points[0].X, points[0].Y, 0, 0}
	x, y := b.X, b.Y
	for _, p := range points {
		b.X, b.Y = math.Min(b.X, p.X), math.Min(b.Y, p.Y)
		x, y = math.Max(x, p.X), math.Max(y, p.Y)
	}
	b.W, b.H = x-b.X, y-b.Y
	return b
}

// Spread moves what stands nearer to each other than a fortieth of the plan's width apart
// by that much, as far as the plan has room: two exhibits in one spot are two lamps. What
// stands alone stays.
func Spread(points []Point, width, height float64) []Point {
	out := slices.Clone(points)
	least := width / 40
	for range 60 {
		moved := false
		for i := range out {
			for j := range i {
				d := out[i].to(out[j])
				if d >= least*.999 {
					continue
				}
				moved = true
				way := Point{1, 0} // those in the very same spot part along the plan's width
				if d > 0 {
					way = Point{(out[i].X - out[j].X) / d, (out[i].Y - out[j].Y) / d}
				}
				push := (least - d) / 2
				out[i], out[j] = out[i].plus(way, push), out[j].plus(way, -push)
			}
		}
		for i := range out {
			out[i] = Point{math.Min(math.Max(out[i].X, 0), width), math.Min(math.Max(out[i].Y, 0), height)}
		}
		if !moved {
			break
		}
	}
	return out
}
