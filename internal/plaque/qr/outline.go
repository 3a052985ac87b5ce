package qr

import (
	"mingdeng/internal/drawing/shape"
)

// Outline draws the dark modules as contours: module is the width of a module and
// compensation the bar-width compensation, both in mm. The origin is the top left
// corner of the symbol; the quiet zone is not included.
//
// The contours are the boundaries of the union of all dark modules, outer ones and
// holes alike, so that no line is cut twice and there is no seam between modules.
// Each is a closed ring of lines that run along x and y by turns; no point lies in
// the middle of a straight run. Outer rings run clockwise as seen on the plaque and
// holes the other way, so that the even-odd and the nonzero rule fill the same.
//
// Compensation makes up for a tool that takes more than its line: a positive one
// moves every edge into the dark by that much, so that lines 2·compensation
// narrower come out right; a negative one widens them. Edges stay where they belong
// to the micrometre, corners stay square. It must be smaller than half a module
// either way; otherwise, and for a module of no width, the outline is empty, which
// no proof will read.
//
// Where two dark modules meet only at a corner, both belong to rings of their own
// that touch in that point; no ring passes through a point twice, since a ring that
// does has no inside that a cutter could tell. (Where the two modules hang together
// elsewhere, the ring is parted at the corner into an outer one and a hole.) With a
// positive compensation a gap opens there, with a negative one the two grow together.
func (s *Symbol) Outline(module, compensation float64) shape.Outline {
	if !(module > 0 && compensation < module/2 && compensation > -module/2) {
		return nil
	}
	t := tracing{Symbol: s, join: compensation < 0, part: compensation == 0, seen: make([]bool, s.Size*s.Size)}
	for y := range s.Size {
		for x := range s.Size {
			if t.leaves(corner{x, y}, east) && !t.seen[y*s.Size+x] {
				t.ring(corner{x, y})
			}
		}
	}
	out := make(shape.Outline, len(t.rings))
	for i, r := range t.rings {
		out[i] = r.contour(module, compensation)
	}
	return out
}

// corner is a point of the grid: the top left corner of module (x, y).
type corner struct{ x, y int }

// Directions in which an edge is walked, the dark on its right hand.
const (
	east = iota
	south
	west
	north
)

var ahead = [4]corner{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// ring is a closed walk: turns[i] is a corner at which it turns into the direction
// dirs[i].
type ring struct {
	turns []corner
	dirs  []int
}

type tracing struct {
	*Symbol
	join  bool   // modules that meet at a corner are one area
	part  bool   // rings that meet themselves are parted
	seen  []bool // whether the top edge of a module was walked, by rows
	rings []ring
}

// leaves reports whether a boundary leads from c in the given direction.
func (t *tracing) leaves(c corner, dir int) bool {
	switch dir {
	case east:
		return t.At(c.x, c.y) && !t.At(c.x, c.y-1)
	case south:
		return t.At(c.x-1, c.y) && !t.At(c.x, c.y)
	case west:
		return t.At(c.x-1, c.y-1) && !t.At(c.x-1, c.y)
	default:
		return t.At(c.x, c.y-1) && !t.At(c.x-1, c.y-1)
	}
}

// ring walks the boundary that leads east from start. Since rows and columns are
// searched in order, start is a corner of it.
func (t *tracing) ring(start corner) {
	var r ring
	at, dir := start, east
	for turned := true; ; {
		if turned {
			if t.part {
				r = t.parted(r, at)
			}
			r.turns, r.dirs = append(r.turns, at), append(r.dirs, dir)
		}
		if dir == east {
			t.seen[at.y*t.Size+at.x] = true
		}
		at.x, at.y = at.x+ahead[dir].x, at.y+ahead[dir].y
		// To the right keeps to the module at hand, to the left goes over to the one
		// that it touches.
		right, left := (dir+1)%4, (dir+3)%4
		next := dir
		switch r, l := t.leaves(at, right), t.leaves(at, left); {
		case r && !(l && t.join):
			next = right
		case l:
			next = left
		}
		turned, dir = next != dir, next
		if at == start && dir == east {
			break
		}
	}
	t.rings = append(t.rings, r)
}

// parted takes from r the loop it closes by coming to a corner for the second time,
// and files it as a ring of its own.
func (t *tracing) parted(r ring, at corner) ring {
	for i, c := range r.turns {
		if c == at {
			loop := ring{append([]corner(nil), r.turns[i:]...), append([]int(nil), r.dirs[i:]...)}
			t.rings = append(t.rings, loop)
			return ring{r.turns[:i], r.dirs[:i]}
		}
	}
	return r
}

// contour gives the ring its place in mm, each edge moved by c to its right.
func (r ring) contour(module, c float64) shape.Contour {
	var out shape.Contour
	before := r.dirs[len(r.dirs)-1]
	for i, at := range r.turns {
		// Written as a product and a sum apart, so that no processor fuses the two and
		// the coordinates are the same everywhere.
		p := shape.Point{X: float64(float64(at.x) * module), Y: float64(float64(at.y) * module)}
		for _, dir := range [2]int{before, r.dirs[i]} {
			inward := ahead[(dir+1)%4]
			p.X += float64(inward.x) * c
			p.Y += float64(inward.y) * c
		}
		before = r.dirs[i]
		if i == 0 {
			out.Start = p
			out.Segments = make([]shape.Segment, 0, len(r.turns)-1)
		} else {
			out.Line(p)
		}
	}
	return out
}
