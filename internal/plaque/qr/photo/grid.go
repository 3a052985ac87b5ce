package photo

import (
	"cmp"
	"math"
	"slices"
)

// guess is a map that a triple's corners suggest.
type guess struct {
	version int
	order   int // of its bend, 0 for none
	map_    *warp
	timing  float64 // how well its timing patterns alternate, -1 to 1
	pairs   []pair
}

// read reads the symbol of a triple.
func (p *plane) read(t triple, work *int) (Symbol, bool) {
	guesses := p.guesses(t, work)
	for _, g := range guesses[:min(len(guesses), 3)] {
		// Patterns that are one symbol's have it at 0.65 and more, but for bent or broken ones;
		// chance brings 0.4, and seldom together with patterns that fit each other well.
		if g.timing < min(0.3+0.25*max(t.doubt-0.5, 0), 0.6) {
			break
		}
		if s, ok := p.try(t, g, work); ok {
			return s, true
		}
	}
	return Symbol{}, false
}

func sizeOf(version int) int { return 17 + 4*version }

// guesses are the versions that a triple may have, the likeliest first.
func (p *plane) guesses(t triple, work *int) []guess {
	var all []guess
	first := max(1, int(math.Round((t.span*0.88-10)/4)))
	last := min(40, max(1, int(math.Round((t.span*1.14-10)/4))))
	for v := first; v <= last; v++ {
		pairs := t.pairs(sizeOf(v))
		for _, order := range []int{0, 2} {
			w, ok := fit(sizeOf(v), pairs, order)
			if !ok || !p.holds(w) {
				continue
			}
			*work -= 2 * sizeOf(v)
			all = append(all, guess{v, order, w, p.timing(w) - 0.02*float64(order), pairs})
		}
	}
	slices.SortStableFunc(all, func(a, b guess) int { return cmp.Compare(b.timing, a.timing) })
	return all
}

func fit(size int, pairs []pair, order int) (*warp, bool) {
	if order == 0 {
		return perspective(size, pairs)
	}
	return bent(size, pairs, order)
}

// holds tells whether a symbol lies in the picture, but for a little.
func (p *plane) holds(w *warp) bool {
	for _, c := range [4][2]float64{{0, 0}, {w.size, 0}, {w.size, w.size}, {0, w.size}} {
		m := 3.0
		if c[0] > 0 && c[1] > 0 {
			m = 0.2 * float64(min(p.w, p.h)) // where it is not known well yet
		}
		if !p.inside(w.point(c[0], c[1]), m) {
			return false
		}
	}
	return true
}

// pairs are the corners of the three finder patterns in a symbol of that size.
func (t *triple) pairs(size int) []pair {
	var out []pair
	far := float64(size - 7)
	for i, f := range []*finder{t.corner, t.right, t.below} {
		x, y := [3]float64{0, far, 0}[i], [3]float64{0, 0, far}[i]
		c := f.turned([3]int{t.turn, t.turnRight, t.turnBelow}[i])
		for j, d := range [4][2]float64{{0.5, 0.5}, {6.5, 0.5}, {6.5, 6.5}, {0.5, 6.5}} {
			out = append(out, pair{x + d[0], y + d[1], c[j], 1})
		}
		out = append(out, pair{x + 3.5, y + 3.5, f.at, 2})
	}
	return out
}

// timing tells how well light and dark alternate along the timing patterns: 1 where each
// module differs from its neighbours as it should.
func (p *plane) timing(w *warp) float64 {
	n := int(w.size)
	sum, all := 0.0, 0.0
	for _, across := range []bool{true, false} {
		before, here := 0.0, 0.0
		for i := 7; i < n-7; i++ {
			q := w.point(float64(i)+0.5, 6.5)
			if !across {
				q = w.point(6.5, float64(i)+0.5)
			}
			next := p.at(q)
			if i >= 9 {
				d := (before+next)/2 - here // of module i-1
				if i%2 == 0 {
					d = -d
				}
				sum += d
				all += math.Abs(d)
			}
			before, here = here, next
		}
	}
	if all == 0 {
		return -1
	}
	return sum / all
}

// try reads a symbol by one guess: first as it stands, then corrected by its alignment patterns,
// then with its fourth corner moved to where modules stand out best.
func (p *plane) try(t triple, g guess, work *int) (Symbol, bool) {
	size := sizeOf(g.version)
	centres := alignmentCentres(g.version)
	tryMap := func(pairs []pair, orders ...int) (Symbol, bool) {
		for _, order := range orders {
			if w, ok := fit(size, pairs, order); ok && p.holds(w) {
				if s, ok := p.decode(w, t, work); ok {
					return s, true
				}
			}
		}
		return Symbol{}, false
	}
	if len(centres) > 0 {
		far := float64(centres[len(centres)-1]) + 0.5
		reach := min(3+0.1*t.span, 12)
		for _, hit := range p.alignments(g.map_, far, far, reach, 3, work) {
			pairs := append(slices.Clone(g.pairs), pair{far, far, hit.at, 6})
			if len(centres) > 2 {
				pairs = p.inner(size, pairs, centres, work)
				if s, ok := tryMap(pairs, 3, 2); ok {
					return s, true
				}
				continue
			}
			if s, ok := tryMap(pairs, 0, 2); ok {
				return s, true
			}
		}
	}
	if s, ok := tryMap(g.pairs, g.order, 2-g.order); ok {
		return s, true
	}
	// The alignment pattern is hidden, or there is none.
	if g.timing < 0.65 {
		return Symbol{}, false
	}
	for _, pairs := range p.moved(g, size, work) {
		if s, ok := tryMap(pairs, 0); ok {
			return s, true
		}
	}
	return Symbol{}, false
}

// moved puts the fourth corner where modules stand out best, around where a guess has it.
func (p *plane) moved(g guess, size int, work *int) [][]pair {
	type move struct {
		pairs []pair
		score float64
	}
	far := float64(size) - 6.5
	at := g.map_.point(far, far)
	u, v := g.map_.point(far+1, far).sub(at), g.map_.point(far, far+1).sub(at)
	var all []move
	for j := -4; j <= 4; j++ {
		for i := -4; i <= 4; i++ {
			pairs := append(slices.Clone(g.pairs), pair{far, far, at.add(u.mul(float64(i))).add(v.mul(float64(j))), 6})
			if w, ok := perspective(size, pairs); ok && p.holds(w) {
				score, points := p.standOut(w)
				*work -= points
				all = append(all, move{pairs, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b move) int { return cmp.Compare(b.score, a.score) })
	var out [][]pair
	for _, m := range all[:min(len(all), 4)] {
		out = append(out, m.pairs)
	}
	return out
}

// standOut is how even modules are in the half of the symbol that is towards the fourth
// corner: those that a map misses have edges in their middle. The points looked at are counted.
func (p *plane) standOut(w *warp) (score float64, points int) {
	n := int(w.size)
	sum := 0.0
	step := 1 + n/40
	for y := n / 3; y < n; y += step {
		for x := max(n/3, n-y); x < n; x += step {
			// Middles are even where the corners of modules are not.
			c := p.at(w.point(float64(x)+0.5, float64(y)+0.5))
			for _, d := range [4][2]float64{{0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}} {
				points++
				sum -= math.Abs(c - p.at(w.point(float64(x)+d[0], float64(y)+d[1])))
			}
		}
	}
	return sum, points
}
