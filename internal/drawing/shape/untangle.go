package shape

import (
	"math"
	"slices"
)

// Untangle returns an outline that the even-odd rule fills where the non-zero rule fills
// o, with curves kept as curves: what overlaps is united. Outlines that are not Tangled
// come back as they are. Crossings are exact to tol mm, and rings that enclose less than
// tol squared are dropped. ok is false where it cannot be done.
//
// Contours are cut where they cross; of the pieces, those with a filled and an empty side
// are chained again. All of one stroke's tip within another, as fonts have it, goes away.
//
// Where edges run along each other or meet in a point, no finite number of digits tells
// every crossing, and one that is missed gives pieces that belong to two sides at once.
// So what comes out is held against o before it is believed.
func (o Outline) Untangle(tol float64) (out Outline, ok bool) {
	simple := fillsAs(o, o, tol)
	if simple && !o.Tangled(tol) {
		return o, true
	}
	// Where curves graze each other, chords may cross that the curves do not, or the other
	// way round; looking closer, or less closely, settles it.
	for _, k := range []float64{3, 10, 1, 30, 2, 100} {
		if simple && !o.Tangled(tol/k) {
			return o, true
		}
		if out, ok := o.untangle(tol / k); ok && fillsAs(out, o, tol) {
			return out, true
		}
	}
	return nil, false
}

func (o Outline) untangle(tol float64) (out Outline, ok bool) {
	// What merely touches, or runs along one line, is moved apart by a hair, each contour
	// by another one, so that every crossing is a clean one.
	moved := make(Outline, len(o))
	for i, c := range o {
		d := tol * 0.01 * float64(i+1)
		moved[i] = Outline{c}.Place(1, d, d*0.618)[0]
	}
	u := untangler{tol: tol}
	u.flatten(moved)
	u.cross()
	pieces := u.cut(moved)
	kept := pieces[:0]
	for _, p := range pieces {
		if u.border(&p) {
			kept = append(kept, p)
		}
	}
	out, ok = chain(kept, tol)
	return out, ok && !out.Tangled(tol)
}

type untangler struct {
	tol    float64
	chords []chord
	of     map[[2]int][]int   // a segment's chords
	cuts   map[[2]int][]cutAt // by contour and segment
	nodes  int
}

// chord is a straight part of a flattened contour: parameters t0 to t1 of a segment.
type chord struct {
	a, b         Point
	contour, seg int
	t0, t1       float64
}

type cutAt struct {
	t    float64
	at   Point
	node int
}

// piece is a part of a contour between two crossings; from is -1 for a whole contour.
type piece struct {
	Contour
	from, to int
	a, b     Point // its longest straight part
}

// closed returns the contour's segments with the one back to its start.
func closed(c Contour) []Segment {
	if n := len(c.Segments); n > 0 && c.Segments[n-1].To != c.Start {
		return append(slices.Clip(c.Segments), Segment{To: c.Start})
	}
	return c.Segments
}

func (u *untangler) flatten(o Outline) {
	u.of = map[[2]int][]int{}
	for i, c := range o {
		at := c.Start
		for j, s := range closed(c) {
			n := 1
			if s.Curve {
				n = steps(at, s, u.tol)
			}
			a := at
			for k := range n {
				b := s.To
				if k < n-1 {
					b = s.at(at, float64(k+1)/float64(n))
				}
				if a != b {
					u.of[[2]int{i, j}] = append(u.of[[2]int{i, j}], len(u.chords))
					u.chords = append(u.chords, chord{a, b, i, j, float64(k) / float64(n), float64(k+1) / float64(n)})
				}
				a = b
			}
			at = s.To
		}
	}
}

// cross finds where chords cross and notes it with the segments of both.
func (u *untangler) cross() {
	u.cuts = map[[2]int][]cutAt{}
	for i, p := range u.chords {
		for _, q := range u.chords[i+1:] {
			if max(p.a.X, p.b.X) < min(q.a.X, q.b.X) || max(q.a.X, q.b.X) < min(p.a.X, p.b.X) ||
				max(p.a.Y, p.b.Y) < min(q.a.Y, q.b.Y) || max(q.a.Y, q.b.Y) < min(p.a.Y, p.b.Y) ||
				!crosses(p.a, p.b, q.a, q.b) {
				continue
			}
			s, t := side(q.a, q.b, p.a), side(q.a, q.b, p.b)
			f := s / (s - t) // along p
			at := Point{p.a.X + (p.b.X-p.a.X)*f, p.a.Y + (p.b.Y-p.a.Y)*f}
			g := math.Hypot(at.X-q.a.X, at.Y-q.a.Y) / math.Hypot(q.b.X-q.a.X, q.b.Y-q.a.Y)
			u.note(p, f, at)
			u.note(q, g, at)
			u.nodes++
		}
	}
}

func (u *untangler) note(c chord, f float64, at Point) {
	k := [2]int{c.contour, c.seg}
	u.cuts[k] = append(u.cuts[k], cutAt{c.t0 + (c.t1-c.t0)*f, at, u.nodes})
}

// cut takes the contours apart at the crossings.
func (u *untangler) cut(o Outline) []piece {
	var out []piece
	for i, c := range o {
		cur := piece{Contour: Contour{Start: c.Start}, from: -1, to: -1}
		first := len(out)
		at := c.Start
		for j, s := range closed(c) {
			cuts := u.cuts[[2]int{i, j}]
			slices.SortFunc(cuts, func(a, b cutAt) int {
				if a.t < b.t {
					return -1
				}
				return 1
			})
			t := 0.0
			for _, k := range cuts {
				var head Segment
				head, s = s.split(at, (k.t-t)/(1-t), k.at)
				u.longest(&cur, i, j, t, k.t)
				t, at = k.t, k.at
				cur.Segments = append(cur.Segments, head)
				cur.to = k.node
				out = append(out, cur)
				cur = piece{Contour: Contour{Start: k.at}, from: k.node, to: -1}
			}
			cur.Segments = append(cur.Segments, s)
			u.longest(&cur, i, j, t, 1)
			at = s.To
		}
		if len(out) > first {
			// What came before the first crossing continues what comes after the last.
			head := &out[first]
			cur.Segments = append(cur.Segments, head.Segments...)
			cur.to = head.to
			if length(head.a, head.b) > length(cur.a, cur.b) {
				cur.a, cur.b = head.a, head.b
			}
			*head = cur
			continue
		}
		out = append(out, cur)
	}
	return out
}

// longest notes the longest straight part of segment j of contour i between two
// parameters.
func (u *untangler) longest(p *piece, i, j int, t0, t1 float64) {
	for _, k := range u.of[[2]int{i, j}] {
		c := u.chords[k]
		lo, hi := max(t0, c.t0), min(t1, c.t1)
		if hi <= lo {
			continue
		}
		on := func(t float64) Point {
			f := (t - c.t0) / (c.t1 - c.t0)
			return Point{c.a.X + (c.b.X-c.a.X)*f, c.a.Y + (c.b.Y-c.a.Y)*f}
		}
		if a, b := on(lo), on(hi); length(a, b) > length(p.a, p.b) {
			p.a, p.b = a, b
		}
	}
}

func length(a, b Point) float64 { return math.Hypot(b.X-a.X, b.Y-a.Y) }

// split parts a segment at t, where it is said to pass through mid (de Casteljau).
func (s Segment) split(from Point, t float64, mid Point) (head, tail Segment) {
	if !s.Curve {
		return Segment{To: mid}, Segment{To: s.To}
	}
	mix := func(a, b Point) Point { return Point{a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t} }
	ab, bc, cd := mix(from, s.C1), mix(s.C1, s.C2), mix(s.C2, s.To)
	abc, bcd := mix(ab, bc), mix(bc, cd)
	return Segment{true, ab, abc, mid}, Segment{true, bcd, cd, s.To}
}

// border reports whether exactly one side of a piece is filled, and turns the piece so
// that it is always the same side.
func (u *untangler) border(p *piece) bool {
	// The longest chord's middle is farthest from the crossings, where all is close.
	a, b := p.a, p.b
	// A ray from the chord's middle, across the chord rather than along it.
	mirror := math.Abs(b.Y-a.Y) < math.Abs(b.X-a.X)
	see := func(p Point) Point {
		if mirror {
			return Point{p.Y, p.X}
		}
		return p
	}
	a, b = see(a), see(b)
	m := Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2}
	right := 0
	for _, c := range u.chords {
		ca, cb := see(c.a), see(c.b)
		if (ca.Y <= m.Y) == (cb.Y <= m.Y) {
			continue
		}
		x := ca.X + (m.Y-ca.Y)/(cb.Y-ca.Y)*(cb.X-ca.X)
		if x-m.X > u.tol*1e-4 { // the piece's own chord lies at zero
			right += direction(ca, cb)
		}
	}
	left := right + direction(a, b)
	if (left != 0) == (right != 0) {
		return false
	}
	if (right != 0) == (direction(a, b) > 0) != mirror {
		p.reverse()
	}
	return true
}

func direction(a, b Point) int {
	if a.Y < b.Y {
		return 1
	}
	return -1
}

func (p *piece) reverse() {
	n := len(p.Segments)
	segs := make([]Segment, n)
	for i, s := range p.Segments {
		from := p.Start
		if i > 0 {
			from = p.Segments[i-1].To
		}
		segs[n-1-i] = Segment{s.Curve, s.C2, s.C1, from}
	}
	p.Start, p.Segments = p.Segments[n-1].To, segs
	p.from, p.to = p.to, p.from
}

// chain joins pieces end to end into contours.
func chain(pieces []piece, tol float64) (out Outline, ok bool) {
	next := map[int][]int{}
	for i, p := range pieces {
		next[p.from] = append(next[p.from], i)
	}
	used := make([]bool, len(pieces))
	for i, p := range pieces {
		if used[i] {
			continue
		}
		used[i] = true
		c := Contour{Start: p.Start, Segments: slices.Clone(p.Segments)}
		for at := p.to; at != p.from; {
			k := slices.IndexFunc(next[at], func(k int) bool { return !used[k] })
			if k < 0 {
				return nil, false
			}
			q := pieces[next[at][k]]
			used[next[at][k]] = true
			c.Segments = append(c.Segments, q.Segments...)
			at = q.to
		}
		if math.Abs(area(c.Flatten(tol))) > tol*tol {
			out = append(out, c)
		}
	}
	return out, true
}
