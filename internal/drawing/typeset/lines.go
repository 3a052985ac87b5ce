package typeset

import "sort"

// run is a paragraph ready to be broken: its items with sums, so that the width of any
// part of it is known at once. All lengths in em.
type run struct {
	items []item
	width []float64 // width[i]: items before i with their gaps
	give  []float64 // give[i]: what the gaps of the items before i may be squeezed
}

func newRun(items []item) run {
	r := run{items, make([]float64, len(items)+1), make([]float64, len(items)+1)}
	for i, it := range items {
		r.width[i+1] = r.width[i] + it.adv + it.gap
		r.give[i+1] = r.give[i] + it.give
	}
	return r
}

// span is a line: items from to to (exclusive), without the blanks at its ends.
type span struct {
	from, to int
	next     int     // where the next line starts
	squeeze  float64 // how much of the gaps' give is taken, 0..1
	width    float64
}

// part measures items a to b as a line: an opening mark's blank at its start and a closing
// one's at its end are gone, and so are blanks where it was broken.
func (r run) part(a, b int) span {
	s := span{from: a, to: b, next: b}
	if a > 0 {
		for s.from < b && r.items[s.from].class == space {
			s.from++
		}
	}
	for s.to > s.from && r.items[s.to-1].class == space {
		s.to--
	}
	if s.to > s.from {
		last := &r.items[s.to-1]
		s.width = r.width[s.to] - r.width[s.from] - last.gap - last.trail - r.items[s.from].lead
	}
	return s
}

// squeezable is how much narrower a line may be set.
func (r run) squeezable(s span) float64 {
	if s.to <= s.from {
		return 0
	}
	return r.give[s.to-1] - r.give[s.from]
}

const eps = 1e-9

// lines breaks the paragraph for a measure (0: none). over is by how much the widest line
// exceeds it because nothing in it may be broken.
func (r run) lines(measure float64) (out []span, over float64) {
	n := len(r.items)
	if n == 0 {
		return []span{{}}, 0
	}
	if measure <= 0 {
		return []span{r.part(0, n)}, 0
	}
	for at := 0; at < n; {
		s := r.line(at, measure)
		if s.to > s.from || at == 0 {
			out = append(out, s)
			over = max(over, s.width-measure)
		}
		at = s.next
	}
	if over < eps {
		over = 0
	}
	return r.noOrphan(out, measure), over
}

// line is the best line that starts at item a.
//
// Where the measure ends at a place that may be broken, the line ends there. Where it does
// not, the line takes in what follows, up to the next such place, if squeezing its
// marks makes room (先挤进); else it ends at the last place before (后推出). Places inside
// an address count only where there is none other.
func (r run) line(a int, measure float64) span {
	n := len(r.items)
	for level := free; level < never; level++ {
		var out span // the last legal break that fits as it is
		fits := a    // how far the line would go if any place could be broken
		for b := a + 1; b <= n; b++ {
			s := r.part(a, b)
			legal := b == n || r.items[b-1].brk <= level
			if s.width <= measure+eps {
				fits = b
				if legal {
					out = s
				}
				continue
			}
			if !legal {
				if s.width > measure+r.squeezable(s)+2 {
					break
				}
				continue
			}
			// b is the first legal place beyond the measure.
			if give := r.squeezable(s); out.next < fits && s.width-give <= measure+eps {
				s.squeeze = (s.width - measure) / give
				s.width = measure
				return s
			}
			break
		}
		if out.next > a {
			return out
		}
	}
	// Nothing fits: one unbreakable part, and the caller is told how much too long it is.
	for b := a + 1; b < n; b++ {
		if r.items[b-1].brk < never {
			return r.part(a, b)
		}
	}
	return r.part(a, n)
}

// noOrphan gives a last line of one lone character some company from the line before
// (clreq 3.1.8), if that stays at least half full.
func (r run) noOrphan(lines []span, measure float64) []span {
	if len(lines) < 2 {
		return lines
	}
	last, before := &lines[len(lines)-1], &lines[len(lines)-2]
	n := 0
	for _, it := range r.items[last.from:last.to] {
		switch it.class {
		case ideograph, letter, digit, sign:
			n++
		}
	}
	if n != 1 {
		return lines
	}
	start := before.from
	for b := before.to - 1; b > start; b-- {
		if r.items[b-1].brk != free {
			continue
		}
		p, q := r.part(start, b), r.part(b, last.next)
		if p.width >= measure/2 && q.width <= measure+eps {
			*before, *last = p, q
		}
		break
	}
	return lines
}

// balance finds the smallest measure that breaks into as many lines as this one does, so
// that centred lines are of like length. Marks are not squeezed for it.
func balance(runs []run, measure float64) float64 {
	count := func(m float64) (n int, plain bool) {
		for _, r := range runs {
			ls, over := r.lines(m)
			if over > 0 {
				return 0, false
			}
			for _, l := range ls {
				if l.squeeze > 0 {
					return 0, false
				}
			}
			n += len(ls)
		}
		return n, true
	}
	want, plain := count(measure)
	if !plain || want == len(runs) {
		return measure
	}
	// In steps of a hundredth of an em. Whether a measure will do is not quite monotonous,
	// but what the search returns has been tried.
	best := measure
	sort.Search(int(measure*100), func(k int) bool {
		m := float64(k+1) / 100
		n, plain := count(m)
		if plain && n <= want {
			best = min(best, m)
			return true
		}
		return false
	})
	return best
}
