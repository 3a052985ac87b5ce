package photo

import (
	"cmp"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

// alignmentCentres are the middles of alignment patterns along one side.
func alignmentCentres(v int) []int {
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
