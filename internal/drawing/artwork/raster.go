package artwork

import (
	"math"
	"slices"

	"mingdeng/internal/drawing/shape"
)

// rows is how many lines a pixel row is sampled on. Along them coverage is exact.
const rows = 16

// rasteriser fills outlines by the even-odd rule with smooth edges. (x/image/vector fills
// by the non-zero rule, and adds up overlaps within a pixel.)
//
// For each of 16 lines in a pixel row it finds where edges cross the line, and adds the
// stretches between the first and second crossing, third and fourth and so on to what each
// pixel of the row is covered by. The edges at hand are kept in the order in which the last
// line met them, which is nearly that of the next. Where none of them leans, lines between
// two ends of edges are alike and are added at once: codes are mostly this.
type rasteriser struct {
	w, h  int
	edges []slope
	first []int32 // by rows, 1 + the index of an edge that begins there; 0 for none
	live  []slope // copies of those that reach into the current row, from left to right as far as is known
	cross []float64
	cover []float32 // of single pixels, in lines
	step  []float32 // change of coverage from a pixel on
	flat  []shape.Point
}

// slope is an edge going down from y0 to y1, px.
type slope struct {
	y0, y1, x0, dx float64
	x              float64 // where the last line met it
	next           int32   // 1 + the index of another that begins in the same row
}

func newRasteriser(w, h int) *rasteriser {
	return &rasteriser{w: w, h: h, first: make([]int32, h), cover: make([]float32, w+2), step: make([]float32, w+2)}
}

// fill calls span for every row with something in it: coverage of the pixels from x on,
// 0 to 1. The outline's points are scaled by k after adding dx and dy.
func (r *rasteriser) fill(o shape.Outline, k, dx, dy float64, span func(x, y int, cover []float32)) {
	r.edges = r.edges[:0]
	for _, c := range o {
		if r.beyond(c, k, dx, dy) {
			continue
		}
		r.flat = c.AppendFlat(r.flat[:0], 0.05/k)
		for i, a := range r.flat {
			b := r.flat[(i+1)%len(r.flat)]
			r.edge((a.X+dx)*k, (a.Y+dy)*k, (b.X+dx)*k, (b.Y+dy)*k)
		}
	}
	if len(r.edges) == 0 {
		return
	}
	begin := r.h
	for i := range r.edges {
		y := max(0, int(r.edges[i].y0))
		r.edges[i].next, r.first[y] = r.first[y], int32(i+1)
		begin = min(begin, y)
	}
	left := len(r.edges)
	r.live = r.live[:0]
	for y := begin; y < r.h; y++ {
		top := float64(y)
		r.live = slices.DeleteFunc(r.live, func(e slope) bool { return e.y1 <= top })
		for i := r.first[y]; i > 0; i = r.edges[i-1].next {
			r.live = append(r.live, r.edges[i-1])
			left--
		}
		r.first[y] = 0
		if len(r.live) == 0 {
			if left == 0 {
				return
			}
			continue
		}
		if from, to := r.row(top); to > from {
			span(from, y, r.cover[from:to])
			clear(r.cover[from:to])
		}
	}
}

// beyond tells whether a contour lies wholly beside the picture: it is crossed an even number
// of times before the first pixel or behind the last, which changes nothing.
func (r *rasteriser) beyond(c shape.Contour, k, dx, dy float64) bool {
	left, top := -dx, -dy
	right, bottom := float64(r.w)/k-dx, float64(r.h)/k-dy
	l, t, b, g := true, true, true, true
	see := func(p shape.Point) {
		l, g = l && p.X < left, g && p.X > right
		t, b = t && p.Y < top, b && p.Y > bottom
	}
	see(c.Start)
	for _, s := range c.Segments {
		if !l && !g && !t && !b {
			return false
		}
		see(s.To)
		if s.Curve {
			see(s.C1)
			see(s.C2)
		}
	}
	return l || g || t || b
}

func (r *rasteriser) edge(x0, y0, x1, y1 float64) {
	if y0 > y1 {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	if y1 <= 0 || y0 >= float64(r.h) || y0 == y1 {
		return
	}
	r.edges = append(r.edges, slope{y0: y0, y1: y1, x0: x0, dx: (x1 - x0) / (y1 - y0)})
}

// row adds up one row of pixels and returns which of them may be covered.
func (r *rasteriser) row(top float64) (from, to int) {
	from, to = r.w, 0
	leaning := slices.ContainsFunc(r.live, func(e slope) bool { return e.dx != 0 })
	for line, alike := 0, 1; line < rows; line += alike {
		alike = 1
		if !leaning {
			alike = r.alike(top, line)
		}
		weight := float32(alike)
		r.meet(top + (float64(line)+0.5)/rows)
		for i := 0; i+1 < len(r.cross); i += 2 {
			a := max(0, min(r.cross[i], float64(r.w)))
			b := max(0, min(r.cross[i+1], float64(r.w)))
			if a >= b {
				continue
			}
			ia, ib := int(a), int(b)
			from, to = min(from, ia), max(to, ib+1)
			if ia == ib {
				r.cover[ia] += weight * float32(b-a)
				continue
			}
			r.cover[ia] += weight * float32(float64(ia+1)-a)
			r.cover[ib] += weight * float32(b-float64(ib))
			r.step[ia+1] += weight
			r.step[ib] -= weight
		}
	}
	// One past the last pixel may have been touched by a stretch ending at the edge.
	to = min(to, r.w)
	sum := float32(0)
	for i := from; i < to; i++ {
		sum += r.step[i]
		r.cover[i] = min(1, (r.cover[i]+sum)/rows)
	}
	if from <= to {
		clear(r.step[from:min(len(r.step), to+2)])
	}
	r.cover[r.w] = 0
	return from, to
}

// meet finds where the edges at hand cross a line, in order.
func (r *rasteriser) meet(y float64) {
	r.cross = r.cross[:0]
	for i := range r.live {
		e := &r.live[i]
		e.x = e.x0 + float64((y-e.y0)*e.dx)
		if i == 0 || r.live[i-1].x <= e.x {
			continue
		}
		moved, j := *e, i
		for ; j > 0 && r.live[j-1].x > moved.x; j-- {
			r.live[j] = r.live[j-1]
		}
		r.live[j] = moved
	}
	for i := range r.live {
		if e := &r.live[i]; e.y0 <= y && y < e.y1 {
			r.cross = append(r.cross, e.x)
		}
	}
}

// alike is how many lines of a row, from one on, meet the same edges as it does.
func (r *rasteriser) alike(top float64, line int) int {
	y := top + (float64(line)+0.5)/rows
	n := rows - line
	for i := range r.live {
		e := &r.live[i]
		for _, end := range [2]float64{e.y0, e.y1} {
			if end > y {
				n = min(n, max(1, int(math.Ceil((end-y)*rows))))
			}
		}
	}
	return n
}
