package kit

import (
	"cmp"
	"math"
	"slices"
)

// paper is a sheet of an office printer, mm (ISO 216).
type paper struct {
	name string
	w, h float64
}

var papers = []paper{{"A4", 210, 297}, {"A3", 297, 420}}

const (
	sheetUnprinted = 5.0                                 // mm at each edge, that office printers leave white
	sheetMark      = 2.0                                 // mm, length of cut marks
	sheetBleed     = 1.5                                 // mm, enough for a knife along a ruler
	sheetGap       = 0.5                                 // mm, between bleed and mark, as package artwork has it
	sheetGutter    = 2*(sheetBleed+sheetGap) + sheetMark // mm, between plaques; marks of neighbours fall together
	sheetMargin    = sheetUnprinted + sheetBleed + sheetGap + sheetMark
	sheetFoot      = 6.0 // mm, for the bar and its words, above the unprinted edge
)

// room is where plaques may lie on a paper, from its corner at sheetMargin.
func (p paper) room() (w, h float64) {
	return p.w - 2*sheetMargin, p.h - 2*sheetMargin - sheetFoot
}

// spot is a place for a plaque, mm from the corner of the room.
type spot struct {
	x, y   float64
	turned bool
}

// pattern is the places of the most plaques of one size that a room holds: two blocks, of
// upright and of turned ones, beside or above each other. (For so few pieces a page that is
// as good as any pattern, and a knife can follow it.)
func pattern(w, h, roomW, roomH float64) []spot {
	grid := func(x, y, w, h, roomW, roomH float64, turned bool) (out []spot) {
		if turned {
			w, h = h, w
		}
		nx, ny := fits(w, roomW), fits(h, roomH)
		for j := range ny {
			for i := range nx {
				out = append(out, spot{x + float64(i)*(w+sheetGutter), y + float64(j)*(h+sheetGutter), turned})
			}
		}
		return out
	}
	var best []spot
	for _, first := range []bool{false, true} {
		a, b := w, h
		if first {
			a, b = h, w
		}
		for cols := fits(a, roomW); cols >= 0; cols-- { // so many columns of the one, then the other
			used := float64(cols) * (a + sheetGutter)
			got := append(grid(0, 0, w, h, used-sheetGutter, roomH, first), grid(used, 0, w, h, roomW-used, roomH, !first)...)
			if len(got) > len(best) {
				best = got
			}
		}
		for rows := fits(b, roomH); rows >= 0; rows-- {
			used := float64(rows) * (b + sheetGutter)
			got := append(grid(0, 0, w, h, roomW, used-sheetGutter, first), grid(0, used, w, h, roomW, roomH-used, !first)...)
			if len(got) > len(best) {
				best = got
			}
		}
	}
	return best
}

// fits is how many pieces of a length lie one after another in a room.
func fits(length, room float64) int {
	return max(0, int(math.Floor((room+sheetGutter)/(length+sheetGutter)+1e-9)))
}

// piece is a plaque to be put on a sheet.
type piece struct {
	w, h float64
	at   int // in the list it came from
}

// placed is a piece on a page.
type placed struct {
	piece
	spot
}

// packed is what came of packing: pages of each paper, and what no paper holds.
type packed struct {
	pages [][][]placed // by paper, as papers has them; then by page
	large []piece
}

// pack puts pieces on pages. Each size goes on the paper that wastes least of it; the places
// that a page has left are given to smaller ones. skip places of the first page of each
// paper stay empty.
func pack(pieces []piece, skip int) packed {
	out := packed{pages: make([][][]placed, len(papers))}
	groups := map[[2]float64][]piece{}
	var sizes [][2]float64
	for _, p := range pieces {
		key := [2]float64{p.w, p.h}
		if groups[key] == nil {
			sizes = append(sizes, key)
		}
		groups[key] = append(groups[key], p)
	}
	// The largest first; sizes of one area as they came.
	slices.SortStableFunc(sizes, func(a, b [2]float64) int { return cmp.Compare(b[0]*b[1], a[0]*a[1]) })
	stacks := make([]stack, len(papers))
	for i := range stacks {
		stacks[i].paper, stacks[i].skip = papers[i], skip
	}
	for _, size := range sizes {
		rest := groups[size]
		for i := range stacks { // what is left of pages that larger ones have begun
			rest = stacks[i].fill(rest)
		}
		if len(rest) == 0 {
			continue
		}
		best, least := -1, 0.0
		var spots []spot
		for i, p := range papers {
			w, h := p.room()
			at := pattern(size[0], size[1], w, h)
			if len(at) == 0 {
				continue
			}
			pages := (len(rest) + len(at) - 1) / len(at)
			if used := float64(pages) * p.w * p.h; best < 0 || used < least-1 {
				best, least, spots = i, used, at
			}
		}
		if best < 0 {
			out.large = append(out.large, rest...)
			continue
		}
		stacks[best].put(rest, spots)
	}
	for i := range stacks {
		for _, p := range stacks[i].pages {
			out.pages[i] = append(out.pages[i], p.placed)
		}
	}
	slices.SortFunc(out.large, func(a, b piece) int { return cmp.Compare(a.at, b.at) })
	return out
}

// stack is the pages of one paper.
type stack struct {
	paper paper
	skip  int
	pages []*page
}

type page struct {
	placed []placed
	free   []rect // the largest rectangles that hold nothing; they overlap
}

// rect is a rectangle that is free, gutters to its right and below among it.
type rect struct{ x, y, w, h float64 }

// put begins pages for pieces of one size.
func (k *stack) put(pieces []piece, spots []spot) {
	for len(pieces) > 0 {
		w, h := k.paper.room()
		p := &page{free: []rect{{0, 0, w + sheetGutter, h + sheetGutter}}}
		at := spots
		if len(k.pages) == 0 && k.skip > 0 {
			n := k.skip % len(spots)
			for _, s := range spots[:n] {
				p.take(pieces[0], s)
			}
			at = spots[n:]
		}
		n := min(len(at), len(pieces))
		for i, x := range pieces[:n] {
			p.placed = append(p.placed, placed{x, at[i]})
			p.take(x, at[i])
		}
		pieces = pieces[n:]
		k.pages = append(k.pages, p)
	}
}

// fill puts pieces of one size where pages have room left, and returns those that are left.
func (k *stack) fill(pieces []piece) []piece {
	for _, p := range k.pages {
		for len(pieces) > 0 {
			s, ok := p.find(pieces[0].w, pieces[0].h)
			if !ok {
				break
			}
			p.placed = append(p.placed, placed{pieces[0], s})
			p.take(pieces[0], s)
			pieces = pieces[1:]
		}
	}
	return pieces
}

// find is a free place: where the piece leaves the narrowest strip beside it (Jylänki, "A
// Thousand Ways to Pack the Bin", 2010: best short side fit).
func (p *page) find(w, h float64) (best spot, ok bool) {
	least := math.Inf(1)
	for _, f := range p.free {
		for _, turned := range [2]bool{false, true} {
			a, b := w+sheetGutter, h+sheetGutter
			if turned {
				a, b = b, a
			}
			if a > f.w+1e-9 || b > f.h+1e-9 {
				continue
			}
			if strip := min(f.w-a, f.h-b); strip < least-1e-9 {
				best, ok, least = spot{f.x, f.y, turned}, true, strip
			}
		}
	}
	return best, ok
}

// take makes a place no longer free: every free rectangle it reaches into becomes those that
// are left on its four sides.
func (p *page) take(x piece, s spot) {
	w, h := x.w+sheetGutter, x.h+sheetGutter
	if s.turned {
		w, h = h, w
	}
	var free []rect
	for _, f := range p.free {
		if s.x >= f.x+f.w-1e-9 || s.x+w <= f.x+1e-9 || s.y >= f.y+f.h-1e-9 || s.y+h <= f.y+1e-9 {
			free = append(free, f)
			continue
		}
		for _, r := range [4]rect{
			{f.x, f.y, s.x - f.x, f.h}, {s.x + w, f.y, f.x + f.w - s.x - w, f.h},
			{f.x, f.y, f.w, s.y - f.y}, {f.x, s.y + h, f.w, f.y + f.h - s.y - h},
		} {
			if r.w > sheetGutter && r.h > sheetGutter {
				free = append(free, r)
			}
		}
	}
	// One within another says nothing.
	p.free = p.free[:0]
	for i, a := range free {
		inner := slices.ContainsFunc(free[:i], func(b rect) bool { return a.in(b) })
		inner = inner || slices.ContainsFunc(free[i+1:], func(b rect) bool { return a.in(b) && a != b })
		if !inner {
			p.free = append(p.free, a)
		}
	}
}

func (a rect) in(b rect) bool {
	return a.x >= b.x-1e-9 && a.y >= b.y-1e-9 && a.x+a.w <= b.x+b.w+1e-9 && a.y+a.h <= b.y+b.h+1e-9
}
