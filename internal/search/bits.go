package search

import (
	"math/bits"
	"slices"
)

// bitWriter writes numbers of any width, the highest bit first.
type bitWriter struct {
	out  []byte
	acc  uint64
	free uint // bits of acc that are still unused

	wide, gaps []uint64 // of one set; room for the next
}

func (w *bitWriter) bits(v uint64, n uint) {
	for n > 0 {
		if w.free == 0 {
			w.flush()
		}
		take := min(n, w.free)
		w.acc = w.acc<<take | v>>(n-take)&(1<<take-1)
		w.free -= take
		n -= take
	}
}

func (w *bitWriter) flush() {
	used := 64 - w.free
	for used >= 8 {
		used -= 8
		w.out = append(w.out, byte(w.acc>>used))
	}
	w.acc &= 1<<used - 1
	w.free = 64 - used
}

// bytes ends the last byte with zeros and returns all.
func (w *bitWriter) bytes() []byte {
	w.flush()
	if used := 64 - w.free; used > 0 {
		w.out = append(w.out, byte(w.acc<<(8-used)))
		w.acc, w.free = 0, 64
	}
	return w.out
}

func (w *bitWriter) reset(out []byte) { w.out, w.acc, w.free = out, 0, 64 }

func (w *bitWriter) flag(b bool) {
	if b {
		w.bits(1, 1)
	} else {
		w.bits(0, 1)
	}
}

// gamma writes n ≥ 0 as Elias's gamma code of n+1: short where n is small.
func (w *bitWriter) gamma(n int) {
	v := uint64(n) + 1
	width := uint(bits.Len64(v))
	w.bits(0, width-1)
	w.bits(v, width)
}

// rice writes v: v>>k in ones and a zero, then k bits.
func (w *bitWriter) rice(v uint64, k uint) {
	q := v >> k
	if width := uint(q) + 1 + k; q < 32 && width < w.free { // nearly always: at once
		w.acc = (w.acc<<(q+1)|(1<<(q+1)-2))<<k | v&(1<<k-1)
		w.free -= width
		return
	}
	for ; q >= 32; q -= 32 {
		w.bits(1<<32-1, 32)
	}
	w.bits(1<<(q+1)-2, uint(q)+1)
	w.bits(v&(1<<k-1), k)
}

// set writes a subset of 0..universe-1, ascending: how many, then [bitWriter.members].
func (w *bitWriter) set(universe int, members []uint32) {
	w.gamma(len(members))
	w.wide = w.wide[:0]
	for _, m := range members {
		w.wide = append(w.wide, uint64(m))
	}
	w.members(uint64(universe), w.wide)
}

// members writes ascending numbers below universe, of which the reader knows how many
// they are: the gaps between them in Rice's code, whose parameter comes first. Where they
// are more than half of all, the missing ones are written instead.
func (w *bitWriter) members(universe uint64, list []uint64) {
	gaps := w.gaps[:0]
	next := uint64(0) // the least number not yet passed
	if uint64(len(list))*2 > universe {
		from := uint64(0) // the least number whose absence is not yet written
		for _, m := range list {
			for ; next < m; next++ {
				gaps = append(gaps, next-from)
				from = next + 1
			}
			next = m + 1
		}
		for ; next < universe; next++ {
			gaps = append(gaps, next-from)
			from = next + 1
		}
	} else {
		for _, m := range list {
			gaps = append(gaps, m-next)
			next = m + 1
		}
	}
	w.gaps = gaps
	if len(gaps) == 0 {
		return
	}
	k := riceParameter(gaps)
	w.bits(uint64(k), 5)
	for _, g := range gaps {
		w.rice(g, k)
	}
}

// riceParameter is the parameter that makes the gaps shortest.
func riceParameter(gaps []uint64) uint {
	sum := uint64(0)
	for _, g := range gaps {
		sum += g
	}
	guess := uint(max(bits.Len64(sum/uint64(len(gaps)))-1, 0))
	best, least := guess, ^uint64(0)
	for k := max(guess, 1) - 1; k <= min(guess+1, 31); k++ {
		cost := uint64(k) * uint64(len(gaps))
		for _, g := range gaps {
			cost += g >> k
		}
		if cost < least {
			best, least = k, cost
		}
	}
	return best
}

// bitReader reads what a bitWriter wrote. Past the end it reads zeros and is short.
type bitReader struct {
	in    []byte
	at    int // in bits
	short bool
}

func (r *bitReader) bits(n uint) uint64 {
	v := uint64(0)
	for ; n > 0; n-- {
		v <<= 1
		if i := r.at >> 3; i < len(r.in) {
			v |= uint64(r.in[i]>>(7-r.at&7)) & 1
		} else {
			r.short = true
		}
		r.at++
	}
	return v
}

func (r *bitReader) flag() bool { return r.bits(1) == 1 }

func (r *bitReader) gamma() int {
	width := uint(0)
	for r.bits(1) == 0 {
		if width++; width > 40 || r.short {
			r.short = true
			return 0
		}
	}
	return int(1<<width|r.bits(width)) - 1
}

func (r *bitReader) rice(k uint) uint64 {
	q := uint64(0)
	for r.bits(1) == 1 {
		q++
	}
	return q<<k | r.bits(k)
}

func (r *bitReader) set(universe uint64) []uint64 { return r.members(universe, r.gamma()) }

func (r *bitReader) members(universe uint64, count int) []uint64 {
	if uint64(count) > universe || r.short {
		r.short = true
		return nil
	}
	written, inverse := uint64(count), false
	if uint64(count)*2 > universe {
		written, inverse = universe-uint64(count), true
	}
	if written > uint64(len(r.in)*8-min(r.at, len(r.in)*8)) {
		r.short = true
		return nil
	}
	var out []uint64
	next := uint64(0)
	if written > 0 {
		k := uint(r.bits(5))
		for range written {
			m := next + r.rice(k)
			if m >= universe || r.short {
				r.short = true
				return nil
			}
			if inverse {
				for ; next < m; next++ {
					out = append(out, next)
				}
			} else {
				out = append(out, m)
			}
			next = m + 1
		}
	}
	if inverse {
		if universe > 1<<26 { // of a file that nobody wrote
			r.short = true
			return nil
		}
		for ; next < universe; next++ {
			out = append(out, next)
		}
	}
	return slices.Clip(out)
}
