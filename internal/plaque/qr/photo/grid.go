package photo

import (
	"cmp"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
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
	centres := decoderVersion(g.version)
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

// decoderVersion are the middles of alignment patterns along one side.
func decoderVersion(v int) []int {
	x, err := decoder.Version_GetVersionForNumber(v)
	if err != nil {
		return nil
	}
	return x.GetAlignmentPatternCenters()
}

// hit is where an alignment pattern may be.
type hit struct {
	at    Point
	score float64
}

// alignments looks for the alignment pattern whose middle a map puts at x, y, at most reach
// modules away; the best n are returned.
func (p *plane) alignments(w *warp, x, y, reach float64, n int, work *int) []hit {
	at := w.point(x, y)
	u, v := w.point(x+1, y).sub(w.point(x-1, y)).mul(0.5), w.point(x, y+1).sub(w.point(x, y-1)).mul(0.5)
	step := 0.5
	if reach < 2 {
		step = 0.25
	}
	k := int(math.Ceil(reach / step))
	var hits []hit
	for j := -k; j <= k; j++ {
		for i := -k; i <= k; i++ {
			di, dj := float64(i)*step, float64(j)*step
			if di*di+dj*dj > reach*reach {
				continue
			}
			c := at.add(u.mul(di)).add(v.mul(dj))
			if !p.inside(c, 0) {
				continue
			}
			*work -= 25
			if s := p.alignment(c, u, v); s > 0.3 {
				hits = append(hits, hit{c, s - 0.25*math.Hypot(di, dj)/(reach+3)})
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var out []hit
	for _, h := range hits {
		if len(out) == n {
			break
		}
		if !slices.ContainsFunc(out, func(o hit) bool { return o.at.sub(h.at).length() < 1.2*max(u.length(), v.length()) }) {
			out = append(out, h)
		}
	}
	for i := range out {
		out[i].at = p.centred(out[i].at, u, v)
	}
	return out
}

// centred moves an alignment pattern's middle by less than half a module to where it fits
// best.
func (p *plane) centred(c, u, v Point) Point {
	best, at := -1.0, c
	for j := -3; j <= 3; j++ {
		for i := -3; i <= 3; i++ {
			q := c.add(u.mul(float64(i) / 8)).add(v.mul(float64(j) / 8))
			if s := p.alignment(q, u, v); s > best {
				best, at = s, q
			}
		}
	}
	return at
}

// alignment tells how much a place looks like the middle of an alignment pattern, up to 1:
// the correlation of its 25 modules with dark, light, dark.
func (p *plane) alignment(c, u, v Point) float64 {
	var sum, sumSq, light float64
	for j := -2; j <= 2; j++ {
		for i := -2; i <= 2; i++ {
			x := p.at(c.add(u.mul(float64(i))).add(v.mul(float64(j))))
			sum += x
			sumSq += x * x
			if max(i*i, j*j) == 1 {
				light += x
			}
		}
	}
	// 8 of 25 modules are light.
	variance := 25*sumSq - sum*sum
	if variance < 25*25*16 {
		return 0
	}
	return (25*light - 8*sum) / math.Sqrt(variance*8*17)
}

// inner finds the other alignment patterns of a large symbol, those nearest to what is known first,
// and adds them to the pairs.
func (p *plane) inner(size int, pairs []pair, centres []int, work *int) []pair {
	last := len(centres) - 1
	for ring := 1; ring <= 2*last-1; ring++ {
		w, ok := bent(size, pairs, 2)
		if len(pairs) > 24 {
			w, ok = bent(size, pairs, 3)
		}
		if !ok {
			return pairs
		}
		for i := range centres {
			for j := range centres {
				if i+j != ring || i == 0 && j == last || i == last && j == 0 {
					continue
				}
				x, y := float64(centres[i])+0.5, float64(centres[j])+0.5
				for _, h := range p.alignments(w, x, y, 1.5, 1, work) {
					if h.score > 0.6 {
						pairs = append(pairs, pair{x, y, h.at, 3})
					}
				}
			}
		}
	}
	return pairs
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

// decode samples the modules that a map gives and decodes them.
func (p *plane) decode(w *warp, t triple, work *int) (Symbol, bool) {
	n := int(w.size)
	if *work < 0 {
		return Symbol{}, false
	}
	*work -= 5 * n * n
	values := p.sample(w)
	for _, sharp := range []float64{0, 0.18} {
		bits := judge(values, n, sharp)
		if !plausible(bits, n) {
			continue
		}
		*work -= 5 * n * n // correcting errors takes as long
		if text, ok := decode(bits, n); ok {
			s := Symbol{Text: text, Version: (n - 17) / 4, Module: t.module(), Finders: [3]Point{t.below.at, t.corner.at, t.right.at}}
			for i, c := range [4][2]float64{{0, 0}, {w.size, 0}, {w.size, w.size}, {0, w.size}} {
				s.Corners[i] = w.point(c[0], c[1])
			}
			return s, true
		}
	}
	return Symbol{}, false
}

// sample returns the luminance of each module, by rows: the mean of five points in its middle.
func (p *plane) sample(w *warp) []float64 {
	n := int(w.size)
	values := make([]float64, n*n)
	for y := range n {
		for x := range n {
			sum := 0.0
			for _, d := range [5][2]float64{{0.5, 0.5}, {0.3, 0.3}, {0.7, 0.3}, {0.3, 0.7}, {0.7, 0.7}} {
				sum += p.at(w.point(float64(x)+d[0], float64(y)+d[1]))
			}
			values[y*n+x] = sum / 5
		}
	}
	return values
}

// judge tells dark modules from light ones: each against the mean of nine by nine around it,
// after as much as sharp of its four neighbours was taken off it, which undoes blur.
func judge(values []float64, n int, sharp float64) []bool {
	if sharp > 0 {
		v := make([]float64, len(values))
		for y := range n {
			for x := range n {
				at := func(x, y int) float64 { return values[min(max(y, 0), n-1)*n+min(max(x, 0), n-1)] }
				v[y*n+x] = at(x, y)*(1+4*sharp) - sharp*(at(x-1, y)+at(x+1, y)+at(x, y-1)+at(x, y+1))
			}
		}
		values = v
	}
	sums := make([]float64, (n+1)*(n+1))
	for y := range n {
		for x := range n {
			sums[(y+1)*(n+1)+x+1] = values[y*n+x] + sums[y*(n+1)+x+1] + sums[(y+1)*(n+1)+x] - sums[y*(n+1)+x]
		}
	}
	bits := make([]bool, n*n)
	const side = 9
	for y := range n {
		for x := range n {
			x0, y0 := min(max(x-side/2, 0), n-side), min(max(y-side/2, 0), n-side)
			sum := sums[(y0+side)*(n+1)+x0+side] - sums[y0*(n+1)+x0+side] - sums[(y0+side)*(n+1)+x0] + sums[y0*(n+1)+x0]
			bits[y*n+x] = values[y*n+x] < sum/(side*side)
		}
	}
	return bits
}

// plausible tells whether the parts that all symbols share are there, but for a quarter.
func plausible(bits []bool, n int) bool {
	right, all := 0, 0
	for y := range 8 {
		for x := range 8 {
			ring := max(abs(x-3), abs(y-3))
			want := ring == 3 || ring < 2
			for _, at := range [3]int{y*n + x, y*n + n - 1 - x, (n-1-y)*n + x} {
				if all++; bits[at] == want {
					right++
				}
			}
		}
	}
	timing, steps := 0, 0
	for i := 8; i < n-8; i++ {
		for _, at := range [2]int{6*n + i, i*n + 6} {
			if steps++; bits[at] == (i%2 == 0) {
				timing++
			}
		}
	}
	return 4*right >= 3*all && 3*timing >= 2*steps
}

func abs(v int) int { return max(v, -v) }

// decode corrects and reads modules. gozxing's decoder was not written for hostile pictures,
// and some may make it reach beyond its arrays: that means unread.
func decode(bits []bool, n int) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	m, err := gozxing.NewSquareBitMatrix(n)
	if err != nil {
		return "", false
	}
	for i, dark := range bits {
		if dark {
			m.Set(i%n, i/n)
		}
	}
	result, err := decoder.NewDecoder().Decode(m, nil)
	if err != nil {
		return "", false
	}
	return result.GetText(), true
}
