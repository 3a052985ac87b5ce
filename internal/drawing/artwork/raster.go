package artwork

import (
	"cmp"
	"slices"

	"mingdeng/internal/drawing/shape"
)

// rows is how many lines a pixel row is sampled on. Along them coverage is exact.
const rows = 16

// rasteriser fills outlines by the even-odd rule with smooth edges. (x/image/vector fills
// by the non-zero rule, and adds up overlaps within a pixel.)
//
// For each of 16 lines in a pixel row it finds where edges cross the line, sorts the
// crossings, and adds the stretches between the first and second, third and fourth
// and so on to what each pixel of the row is covered by.
type rasteriser struct {
	w, h  int
	edges []slope
	live  []int // indices of edges that reach into the current row
	cross []float64
	cover []float32 // of single pixels, in lines
	step  []float32 // change of coverage from a pixel on
	flat  []shape.Point
}

// slope is an edge going down from y0 to y1, px.
type slope struct {
	y0, y1, x0, dx float64
}

func newRasteriser(w, h int) *rasteriser {
	return &rasteriser{w: w, h: h, cover: make([]float32, w+2), step: make([]float32, w+2)}
}

// fill calls span for every row with something in it: coverage of the pixels from x on,
// 0 to 1. The outline's points are scaled by k after adding dx and dy.
func (r *rasteriser) fill(o shape.Outline, k, dx, dy float64, span func(x, y int, cover []float32)) {
	r.edges = r.edges[:0]
	for _, c := range o {
		r.flat = c.AppendFlat(r.flat[:0], 0.05/k)
		for i, a := range r.flat {
			b := r.flat[(i+1)%len(r.flat)]
			r.edge((a.X+dx)*k, (a.Y+dy)*k, (b.X+dx)*k, (b.Y+dy)*k)
		}
	}
	if len(r.edges) == 0 {
		return
	}
	slices.SortFunc(r.edges, func(a, b slope) int { return cmp.Compare(a.y0, b.y0) })
	next := 0
	r.live = r.live[:0]
	for y := max(0, int(r.edges[0].y0)); y < r.h; y++ {
		top, bottom := float64(y), float64(y+1)
		for next < len(r.edges) && r.edges[next].y0 < bottom {
			r.live = append(r.live, next)
			next++
		}
		r.live = slices.DeleteFunc(r.live, func(i int) bool { return r.edges[i].y1 <= top })
		if len(r.live) == 0 {
			if next == len(r.edges) {
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

func (r *rasteriser) edge(x0, y0, x1, y1 float64) {
	if y0 > y1 {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	if y1 <= 0 || y0 >= float64(r.h) || y0 == y1 {
		return
	}
	r.edges = append(r.edges, slope{y0, y1, x0, (x1 - x0) / (y1 - y0)})
}

// row adds up one row of pixels and returns which of them may be covered.
func (r *rasteriser) row(top float64) (from, to int) {
	from, to = r.w, 0
	lines, weight := rows, float32(1)
	if r.upright(top) {
		lines, weight = 1, rows // all lines are alike: codes are mostly this
	}
	for line := range lines {
		y := top + (float64(line)+0.5)/rows
		r.cross = r.cross[:0]
		for _, i := range r.live {
			e := &r.edges[i]
			if e.y0 <= y && y < e.y1 {
				x := e.x0 + (y-e.y0)*e.dx
				// Insertion: crossings come nearly sorted from one line to the next.
				j := len(r.cross)
				r.cross = append(r.cross, x)
				for j > 0 && r.cross[j-1] > x {
					r.cross[j] = r.cross[j-1]
					j--
				}
				r.cross[j] = x
			}
		}
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

// upright reports whether all edges pass a row from top to bottom without leaning.
func (r *rasteriser) upright(top float64) bool {
	for _, i := range r.live {
		if e := &r.edges[i]; e.dx != 0 || e.y0 > top || e.y1 < top+1 {
			return false
		}
	}
	return true
}
