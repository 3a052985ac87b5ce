package picture

import (
	"image"

	"golang.org/x/image/math/fixed"
)

// A drawing of two hundred bytes can ask for more dashes than there is memory, or for a
// curve of a million corners on every line of it. So drawing has a price, reckoned from
// what is asked for and never from a clock: a drawing that is refused is refused on every
// machine, and one that passes has the same pixels on all.
//
// One unit is about a nanosecond.
const (
	perPixel = 4  // a pixel of the box of a path, flat colour
	perShade = 12 // the same, gradient; more where there are many stops
	perPoint = 40 // a corner that a path has after curves, dashes and joins are worked out
	perRow   = 4  // a row of pixels that a side crosses
	perCell  = 2  // a pixel that it runs through within a row

	minEffort = 3e8
	maxEffort = 1e10
	// mostPaths is how many times the whole picture may be painted over.
	mostPaths = 256

	// maxPoints are those of one path, 8 bytes each.
	maxPoints = 4 << 20
	// maxDashed are those of one path with dashes: some 150,000 dashes, one for every
	// hundred pixels of the largest picture.
	maxDashed = 1 << 20
	// maxDashes are the lengths that a dash pattern has.
	maxDashes = 64
)

// EffortError says that drawing a picture would take more time or memory than any drawing
// that people look at. It is [ErrBroken].
type EffortError struct{}

func (EffortError) Error() string {
	return "it is too much to draw: too many shapes, or too large ones, one over the other"
}

// Is reports whether target is [ErrBroken].
func (EffortError) Is(target error) bool { return target == ErrBroken }

// effort is what drawing may still spend.
type effort struct {
	left   int64
	points int // that the current path may still have
}

// exhausted is what the scanner panics with: the drawing library has no other way out of
// the middle of a path.
type exhausted struct{ path bool } // path: the current path alone is at fault

func newEffort(w, h int) effort {
	return effort{left: min(maxEffort, minEffort+mostPaths*perPixel*int64(w)*int64(h))}
}

func (e *effort) spend(n int64) {
	if e.left -= n; e.left < 0 {
		panic(exhausted{})
	}
}

// point pays for one corner of a path.
func (e *effort) point() {
	if e.points--; e.points < 0 {
		panic(exhausted{path: true})
	}
	e.spend(perPoint)
}

// side pays for a side of a path, from a to b.
func (e *effort) side(a, b fixed.Point26_6) {
	rows, cells := int64(a.Y)-int64(b.Y), int64(a.X)-int64(b.X)
	e.spend(perRow + (perRow*max(rows, -rows)+perCell*max(cells, -cells))>>6)
}

// reach is how far beyond the picture, px, a side is followed. Farther out it is cut, since the
// rasterizer would walk all the way there and back.
const reach = 1 << 14

// within tells whether a point is near enough to a box.
func within(p fixed.Point26_6, box image.Rectangle) bool {
	const far = fixed.Int26_6(reach << 6)
	return p.X > fixed.I(box.Min.X)-far && p.X < fixed.I(box.Max.X)+far && p.Y > fixed.I(box.Min.Y)-far && p.Y < fixed.I(box.Max.Y)+far
}

// cut calls line with what stands for the side from a to b, both in px from the corner of
// a box of w×h px: what lies far above and below the box goes, as it fills nothing; what
// lies far to the left or right is drawn upright at the edge of reach, as how often a
// row is crossed on the left decides what is filled.
func cut(ax, ay, bx, by float64, w, h int, line func(ax, ay, bx, by float64)) {
	const far = reach
	top, bottom := -float64(far), float64(h+far)
	if ay > by {
		cut(bx, by, ax, ay, w, h, func(ax, ay, bx, by float64) { line(bx, by, ax, ay) })
		return
	}
	if by <= top || ay >= bottom || ay == by {
		return // it crosses no row
	}
	at := func(y float64) float64 { return ax + (bx-ax)*((y-ay)/(by-ay)) }
	sx, sy, ex, ey := ax, ay, bx, by
	if sy < top {
		sx, sy = at(top), top
	}
	if ey > bottom {
		ex, ey = at(bottom), bottom
	}
	left, right := -float64(far), float64(w+far)
	// From here on in pieces that lie on one side of the left edge and of the right one.
	y := sy
	x := sx
	for _, edge := range order(sx, ex, left, right) {
		next := sy
		if ex != sx {
			next = sy + (edge-sx)/(ex-sx)*(ey-sy)
		}
		next = min(max(next, y), ey)
		line(min(max(x, left), right), y, min(max(edge, left), right), next)
		x, y = edge, next
	}
	line(min(max(x, left), right), y, min(max(ex, left), right), ey)
}

// order returns which of two edges lie between from and to, in the order in which they
// are met.
func order(from, to, left, right float64) []float64 {
	var edges []float64
	for _, e := range [2]float64{left, right} {
		if min(from, to) < e && e < max(from, to) {
			edges = append(edges, e)
		}
	}
	if len(edges) == 2 && from > to {
		edges[0], edges[1] = edges[1], edges[0]
	}
	return edges
}
