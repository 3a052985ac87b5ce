// Package wayfinding shows a walk on a phone: which part of a plan fits a narrow screen so
// that a finger finds every stop, where words may stand without covering a neighbour, and
// how far it is in the words of a person.
//
//   - [Spread] parts what stands in one spot; [Cut] parts a walk into stretches and gives
//     each the part of the plan to be enlarged.
//   - [Sheet] finds free places for words on a plan.
//   - [Length] measures, [Said] rounds, [Distance] says it: pages and plaques say the same.
//
// Points, boxes and lengths are in the plan's own units (pixels of its picture), unless px
// is said: those are CSS pixels of a plan that is [Width] px wide. A plan shown wider has
// its points farther apart, while fingers, lamps and words stay as large as they are. So
// what holds at Width holds everywhere.
//
// Bounds: a few thousand points; the work grows with their number times that of a stretch,
// and with its square where many share one spot. Not here: what a page shows (package pages),
// maps and datums (package geo).
package wayfinding

import (
	"math"
	"strconv"
)

// Width is how many px a plan has on the narrowest phone, from edge to edge.
const Width = 320

// Target is how many px two targets for a finger lie apart at least, centre to centre
// (WCAG 2.2, 2.5.5), also where their places are written in tenths of a percent.
const Target = 44

const apart = Target + 1

// Point is a place on a plan.
type Point struct{ X, Y float64 }

// Box is a part of a plan.
type Box struct{ X, Y, W, H float64 }

func (p Point) to(q Point) float64 { return math.Hypot(q.X-p.X, q.Y-p.Y) }

func (p Point) plus(q Point, k float64) Point { return Point{p.X + k*q.X, p.Y + k*q.Y} }

// Holds tells whether a point lies in the box.
func (b Box) Holds(p Point) bool {
	return p.X >= b.X && p.X <= b.X+b.W && p.Y >= b.Y && p.Y <= b.Y+b.H
}

// Length is how long the way along points is, in straight lines.
func Length(points []Point) float64 {
	sum := 0.0
	for i := 1; i < len(points); i++ {
		sum += points[i-1].to(points[i])
	}
	return sum
}

// Ring tells whether a walk ends where it began: closer than an eighth of its length.
func Ring(points []Point) bool {
	return len(points) > 3 && points[0].to(points[len(points)-1]) < Length(points)/8
}

// Said rounds a distance as a person would say it: 0 for a few steps (less than 8 m), else
// to tens below 100 m, fifties below 1 km, hundreds beyond.
func Said(metres float64) int {
	step := 100.0
	switch {
	case metres < 8:
		return 0
	case metres < 97.5: // what rounds to 100 is 100 either way
		step = 10
	case metres < 975:
		step = 50
	}
	return int(math.Round(metres/step) * step)
}

// Distance says a distance in metres in the words of a theme, "" if it is not known
// (negative): 约 40 米. t is what its words are asked from: way.steps, way.metres and
// way.kilometres.
func Distance(metres float64, t func(key string, args ...any) string) string {
	switch n := Said(metres); {
	case metres < 0:
		return ""
	case n == 0:
		return t("way.steps")
	case n < 1000:
		return t("way.metres", n)
	default:
		return t("way.kilometres", strconv.FormatFloat(float64(n)/1000, 'f', -1, 64))
	}
}

// Crossed tells whether the straight line from p to q passes the box.
func (b Box) Crossed(p, q Point) bool {
	middle := Point{b.X + b.W/2, b.Y + b.H/2}
	from, far := Point{p.X - middle.X, p.Y - middle.Y}, Point{q.X - p.X, q.Y - p.Y}
	return crosses(from, Point{far.X / (widest - 1), far.Y / (widest - 1)}, Point{b.W / 2, b.H / 2})
}
