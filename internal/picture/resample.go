package picture

import "bytes"

// Scaling is Catmull-Rom, widened for reductions so that every source sample
// counts, as golang.org/x/image/draw does it; the tests hold it to within two
// levels of that. It is written anew because of what it works on: the planes of
// a JPEG as they are decoded, a byte a sample, in integers, a row at a time.
// For 12 megapixels down to 1600 px that takes a tenth of the time of
// draw.CatmullRom, and some hundred kB where that takes 160 MB: it keeps the
// whole height of the source, at the target's width, as float64. Working on
// planes also spares the way from YCbCr to RGB and back.

// weightBits and rowBits are the fractional bits of weights and of rows that
// are filtered across but not yet down. Their sum and 8 bits of sample leave
// room for the filter's overshoot in an int32.
const (
	weightBits = 14
	rowBits    = 6
)

// axis is the plan for one direction: for every target sample the source
// samples that make it, and their weights, which sum to 1<<weightBits exactly,
// so that an even area stays what it is.
type axis struct {
	spans   []span
	weights []int32
}

type span struct{ first, n, at int } // source samples; place of the weights

// newAxis plans n target samples from srcN source samples. Both may be
// subsampled planes: srcLen and dstLen are the pictures' sizes in px,
// srcSub and dstSub how many px a sample covers (1, 2 or 4). With mirror the
// target runs against the source. Samples lie in the middle of what they cover
// (JFIF 1.02), so planes of odd pictures keep their place, mirrored too.
func newAxis(n, srcN, dstLen, srcLen, dstSub, srcSub int, mirror bool) axis {
	// In units of 1/(2·dstLen) source px, source sample j lies at
	// (2j+1)·srcSub·dstLen and target sample i at (2i+1)·dstSub·srcLen; the
	// kernel's unit is the larger of the two distances between samples.
	step := srcSub * dstLen
	unit := 2 * max(step, dstSub*srcLen)
	a := axis{spans: make([]span, n)}
	for i := range a.spans {
		centre := (2*i + 1) * dstSub * srcLen
		if mirror {
			centre = 2*srcLen*dstLen - centre
		}
		first := max(0, (centre-2*unit)/(2*step)-1)
		last := min(srcN-1, (centre+2*unit)/(2*step)+1)
		// The middle of an odd picture's last chroma sample may lie past the edge.
		first = min(first, last)
		at := len(a.weights)
		var sum int64
		for j := first; j <= last; j++ {
			d := (2*j+1)*step - centre
			w := catmullRom(int64(max(d, -d)), int64(unit))
			if w == 0 && len(a.weights) == at {
				first++
				continue
			}
			a.weights = append(a.weights, int32(w))
			sum += w
		}
		ws := a.weights[at:]
		for len(ws) > 1 && ws[len(ws)-1] == 0 {
			ws = ws[:len(ws)-1]
		}
		a.weights = a.weights[:at+len(ws)]
		normalise(ws, sum)
		a.spans[i] = span{first, len(ws), at}
	}
	return a
}

// catmullRom is the kernel at num/den, both positive, in 16 fractional bits.
func catmullRom(num, den int64) int64 {
	const one = 1 << 16
	t := num * one / den
	t2 := t * t / one
	switch {
	case t < one:
		return (3*t-5*one)*t2/(2*one) + one
	case t < 2*one:
		return ((5*one-t)*t/(2*one)-4*one)*t/one + 2*one
	}
	return 0
}

// normalise makes ws, which sum to sum, sum to 1<<weightBits. The heaviest
// takes what rounding leaves.
func normalise(ws []int32, sum int64) {
	const one = 1 << weightBits
	rest, heaviest := int32(one), 0
	for i, w := range ws {
		v := int64(w) << (weightBits + 1) / sum
		ws[i] = int32((v + 1) >> 1)
		rest -= ws[i]
		if ws[i] > ws[heaviest] {
			heaviest = i
		}
	}
	ws[heaviest] += rest
}

// resample makes the rows of dst, dstStride bytes apart, each of len(across.spans)
// samples of n interleaved channels (1 or 4), from the rows that row returns. It asks
// for those once each, from the top, and is done with one when it asks for the next.
func resample(dst []byte, dstStride int, across, down axis, n int, row func(y int) []byte) {
	width := len(across.spans) * n
	taps := 0
	for _, s := range down.spans {
		taps = max(taps, s.n)
	}
	ring := make([]int32, taps*width) // source row y, filtered across, stands at y%taps
	acc := make([]int32, width)
	next := 0 // the source row to filter next
	reach := 0
	for _, s := range across.spans {
		reach = max(reach, (s.first+s.n)*n)
	}
	last := make([]byte, 0, reach) // the row filtered last: drawings and screens repeat theirs

	at, step := 0, 1
	if len(down.spans) > 1 && down.spans[0].first > down.spans[len(down.spans)-1].first {
		at, step = len(down.spans)-1, -1 // mirrored: still read the source from the top
	}
	for range down.spans {
		s := down.spans[at]
		for ; next < s.first+s.n; next++ {
			src, to := row(next)[:reach], ring[next%taps*width:][:width]
			if len(last) == reach && next > 0 && bytes.Equal(src, last) {
				copy(to, ring[(next-1)%taps*width:][:width])
				continue
			}
			filterRow(to, src, across, n)
			last = append(last[:0], src...)
		}
		clear(acc)
		for k, w := range down.weights[s.at : s.at+s.n] {
			r := ring[(s.first+k)%taps*width:][:width]
			for x := range acc {
				acc[x] += w * r[x]
			}
		}
		out := dst[at*dstStride:][:width]
		const shift = weightBits + rowBits
		for x, v := range acc {
			out[x] = clamp((v + 1<<(shift-1)) >> shift)
		}
		at += step
	}
}

// filterRow filters one row across, into rowBits fractional bits.
func filterRow(dst []int32, src []byte, a axis, n int) {
	const shift = weightBits - rowBits
	const half = 1 << (shift - 1)
	if n == 1 {
		for i, s := range a.spans {
			ws := a.weights[s.at : s.at+s.n]
			px := src[s.first:][:len(ws)]
			sum := int32(half)
			for k, w := range ws {
				sum += w * int32(px[k])
			}
			dst[i] = sum >> shift
		}
		return
	}
	for i, s := range a.spans {
		ws := a.weights[s.at : s.at+s.n]
		px := src[4*s.first:][:4*len(ws)]
		r, g, b, al := int32(half), int32(half), int32(half), int32(half)
		for k, w := range ws {
			p := px[4*k:][:4]
			r += w * int32(p[0])
			g += w * int32(p[1])
			b += w * int32(p[2])
			al += w * int32(p[3])
		}
		d := dst[4*i:][:4]
		d[0], d[1], d[2], d[3] = r>>shift, g>>shift, b>>shift, al>>shift
	}
}

func clamp(v int32) byte {
	if uint32(v) <= 255 {
		return byte(v)
	}
	if v < 0 {
		return 0
	}
	return 255
}
