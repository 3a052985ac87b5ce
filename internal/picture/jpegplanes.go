package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
)

// What image/jpeg refuses or gets wrong is decoded here, after ITU-T T.81: samplings of any
// kind, four components with theirs, and restart markers in scans of one component of
// several, which it counts by the wrong unit. Everything else stays with image/jpeg, which
// is faster; other, says which file is whose.
//
// It is one path for all: a scan adds to coefficients, whatever it is, and what they make is
// worked out at the end. Nothing is mended: a file that is damaged is [ErrBroken].

// jpegScans is what the markers of a JPEG tell beyond its frame header.
type jpegScans struct {
	restarts bool // it has restart markers
	parted   bool // some scan holds one component of several
	end      bool // its end marker is there
}

// other tells a file that image/jpeg would call broken though it is not.
func (s jpegScans) other() bool { return s.restarts && s.parted }

type jpegComponent struct {
	id, h, v, quant int
	across, down    int // blocks that hold samples of the picture
	stride, rows    int // blocks, filled up to whole units of scans
	coefs           []int16
	dc, ac          int // tables of the current scan
	predicted       int32
	plane           []byte // 8·stride samples a row
}

type jpegDecoder struct {
	src         []byte
	at          int
	bits        uint32
	have        int // bits
	w, h        int
	hmax, vmax  int
	progressive bool
	comps       []jpegComponent
	quant       [4][64]int32
	huff        [2][4]huffman
	restart     int
	endOfBand   int
	adobe       int // its transform; -1 without the marker
	jfif        bool
}

var (
	errJPEG    = errors.New("the coded pixels are damaged")
	errJPEGEnd = errors.New("the coded pixels are cut off")
)

// huffman holds the codes of a table by length (T.81, F.2.2.3).
type huffman struct {
	min, max [17]int32 // codes of a length; max is -1 where there is none
	at       [17]int32 // place of the value of the first one
	values   []byte
	fast     [256]uint16 // length<<8 | value of codes of up to 8 bits
}

// decodePlanes decodes a JPEG that Inspect let pass.
func decodePlanes(src []byte) (image.Image, error) {
	d := &jpegDecoder{src: src, at: 2, adobe: -1}
	f := file{bytes.NewReader(src), int64(len(src))}
	for {
		mark, length, next, err := f.segment(int64(d.at))
		if err != nil {
			return nil, err
		}
		body := src[next-length : next]
		d.at = int(next)
		switch {
		case mark == markEOI:
			return d.picture()
		case mark == markSOF0 || mark == markSOF1 || mark == markSOF2:
			d.progressive = mark == markSOF2
			err = d.frame(body)
		case mark == markDHT:
			err = d.tables(body)
		case mark == markDQT:
			err = d.quantisers(body)
		case mark == markDRI && len(body) >= 2:
			d.restart = int(binary.BigEndian.Uint16(body))
		case mark == markAPP0 && len(body) >= 5 && string(body[:5]) == "JFIF\x00":
			d.jfif = true
		case mark == markAPPE && len(body) >= 12 && string(body[:5]) == "Adobe":
			d.adobe = int(body[11])
		case mark == markSOS:
			err = d.scan(body)
		}
		if err != nil {
			return nil, err
		}
	}
}

func (d *jpegDecoder) frame(b []byte) error {
	if d.comps != nil || len(b) < 6 || len(b) != 6+3*int(b[5]) {
		return errJPEG
	}
	d.h, d.w = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	d.comps = make([]jpegComponent, b[5])
	for i := range d.comps {
		c := &d.comps[i]
		c.id, c.h, c.v, c.quant = int(b[6+3*i]), int(b[7+3*i]>>4), int(b[7+3*i]&15), int(b[8+3*i])
		if len(d.comps) == 1 {
			c.h, c.v = 1, 1
		}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quant > 3 {
			return errJPEG
		}
		d.hmax, d.vmax = max(d.hmax, c.h), max(d.vmax, c.v)
	}
	unitsX, unitsY := (d.w+8*d.hmax-1)/(8*d.hmax), (d.h+8*d.vmax-1)/(8*d.vmax)
	for i := range d.comps {
		c := &d.comps[i]
		c.across, c.down = (d.samples(d.w, c.h, d.hmax)+7)/8, (d.samples(d.h, c.v, d.vmax)+7)/8
		c.stride, c.rows = unitsX*c.h, unitsY*c.v
		c.coefs = make([]int16, 64*c.stride*c.rows)
	}
	return nil
}

// samples is how many samples a component has along n px.
func (*jpegDecoder) samples(n, factor, most int) int { return (n*factor + most - 1) / most }

func (d *jpegDecoder) quantisers(b []byte) error {
	for len(b) > 0 {
		wide, to := int(b[0]>>4), b[0]&15
		if wide > 1 || to > 3 || len(b) < 1+64*(1+wide) {
			return errJPEG
		}
		for i := range 64 {
			if wide == 1 {
				d.quant[to][i] = int32(binary.BigEndian.Uint16(b[1+2*i:]))
			} else {
				d.quant[to][i] = int32(b[1+i])
			}
		}
		b = b[1+64*(1+wide):]
	}
	return nil
}

func (d *jpegDecoder) tables(b []byte) error {
	for len(b) > 0 {
		if len(b) < 17 || b[0]>>4 > 1 || b[0]&15 > 3 {
			return errJPEG
		}
		t := huffman{}
		code, n := int32(0), int32(0)
		for i := 1; i <= 16; i++ {
			t.min[i], t.max[i], t.at[i] = code, -1, n
			if k := int32(b[i]); k > 0 {
				code += k
				n += k
				t.max[i] = code - 1
				if code > 1<<i {
					return errJPEG
				}
			}
			code <<= 1
		}
		if n > 256 || len(b) < 17+int(n) {
			return errJPEG
		}
		t.values = b[17 : 17+n]
		for i := 1; i <= 8; i++ {
			for c := t.min[i]; c <= t.max[i]; c++ {
				for fill := range int32(1) << (8 - i) {
					t.fast[c<<(8-i)|fill] = uint16(i)<<8 | uint16(t.values[t.at[i]+c-t.min[i]])
				}
			}
		}
		d.huff[b[0]>>4][b[0]&15] = t
		b = b[17+n:]
	}
	return nil
}

// fill has at least n bits ready; behind the end there are none.
func (d *jpegDecoder) fill(n int) error {
	for d.have < n {
		if d.at >= len(d.src) {
			return errJPEGEnd
		}
		c := d.src[d.at]
		if c == 0xff {
			if d.at+1 >= len(d.src) || d.src[d.at+1] != 0 {
				return errJPEGEnd
			}
			d.at++
		}
		d.at++
		d.bits = d.bits<<8 | uint32(c)
		d.have += 8
	}
	return nil
}

// take returns the next n bits, 16 at most.
func (d *jpegDecoder) take(n int) (int32, error) {
	if n == 0 {
		return 0, nil
	}
	if err := d.fill(n); err != nil {
		return 0, err
	}
	d.have -= n
	return int32(d.bits >> d.have & (1<<n - 1)), nil
}

// signed is take for a number of n bits with its sign (T.81, F.2.2.1).
func (d *jpegDecoder) signed(n int) (int32, error) {
	v, err := d.take(n)
	if n > 0 && v < 1<<(n-1) {
		v += -1<<n + 1
	}
	return v, err
}

func (d *jpegDecoder) symbol(t *huffman) (int, error) {
	if d.fill(8) == nil {
		if v := t.fast[d.bits>>(d.have-8)&0xff]; v != 0 {
			d.have -= int(v >> 8)
			return int(v & 0xff), nil
		}
	}
	code := int32(0)
	for i := 1; i <= 16; i++ {
		b, err := d.take(1)
		if err != nil {
			return 0, err
		}
		if code = code<<1 | b; code <= t.max[i] && code >= t.min[i] {
			if at := int(t.at[i] + code - t.min[i]); at < len(t.values) {
				return int(t.values[at]), nil
			}
			break // of a table that is not there
		}
	}
	return 0, errJPEG
}

// pass is one scan: which coefficients, and which of their bits.
type pass struct{ from, to, high, low int }

func (d *jpegDecoder) scan(b []byte) error {
	if len(b) < 1 || b[0] < 1 || b[0] > 4 || len(b) != 4+2*int(b[0]) || d.comps == nil {
		return errJPEG
	}
	list := make([]*jpegComponent, 0, 4)
	for i := range int(b[0]) {
		for k := range d.comps {
			if c := &d.comps[k]; c.id == int(b[1+2*i]) {
				c.dc, c.ac = int(b[2+2*i]>>4), int(b[2+2*i]&15)
				list = append(list, c)
				break
			}
		}
		if len(list) != i+1 || list[i].dc > 3 || list[i].ac > 3 {
			return errJPEG
		}
	}
	p := pass{0, 63, 0, 0}
	if d.progressive {
		n := len(b)
		p = pass{int(b[n-3]), int(b[n-2]), int(b[n-1] >> 4), int(b[n-1] & 15)}
		if p.from > p.to || p.to > 63 || p.low > 13 || p.high > 13 || p.from == 0 && p.to != 0 ||
			p.from > 0 && len(list) > 1 || p.high > 0 && p.high != p.low+1 {
			return errJPEG
		}
	}
	if len(list) == 1 {
		c := list[0]
		return d.units(c.across*c.down, func(i int) error {
			return d.block(c, i%c.across, i/c.across, p)
		})
	}
	unitsX := (d.w + 8*d.hmax - 1) / (8 * d.hmax)
	unitsY := (d.h + 8*d.vmax - 1) / (8 * d.vmax)
	return d.units(unitsX*unitsY, func(i int) error {
		for _, c := range list {
			for k := range c.h * c.v {
				if err := d.block(c, i%unitsX*c.h+k%c.h, i/unitsX*c.v+k/c.h, p); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// units reads so many units of a scan, with what stands between them.
func (d *jpegDecoder) units(n int, read func(int) error) error {
	reset := func() {
		d.bits, d.have, d.endOfBand = 0, 0, 0
		for i := range d.comps {
			d.comps[i].predicted = 0
		}
	}
	reset()
	for i := range n {
		if d.restart > 0 && i > 0 && i%d.restart == 0 {
			reset()
			for d.at+1 < len(d.src) && d.src[d.at] == 0xff && d.src[d.at+1] == 0xff {
				d.at++ // filling
			}
			if d.at+2 > len(d.src) || d.src[d.at] != 0xff || d.src[d.at+1] != byte(markRST0+(i/d.restart-1)%8) {
				return errJPEG
			}
			d.at += 2
		}
		if err := read(i); err != nil {
			return err
		}
	}
	d.at = int(afterScan(d.src, int64(d.at)))
	return nil
}

func (d *jpegDecoder) block(c *jpegComponent, x, y int, p pass) error {
	b := c.coefs[64*(y*c.stride+x):][:64]
	if p.from == 0 {
		if err := d.first(c, b, p); err != nil || p.to == 0 {
			return err
		}
		p.from = 1
	}
	if p.high > 0 {
		return d.refine(&d.huff[1][c.ac], b, p)
	}
	if d.endOfBand > 0 {
		d.endOfBand--
		return nil
	}
	t := &d.huff[1][c.ac]
	for k := p.from; k <= p.to; k++ {
		s, err := d.symbol(t)
		if err != nil {
			return err
		}
		run, size := s>>4, s&15
		if size == 0 && run < 15 {
			return d.band(run, 1)
		}
		if k += run; size == 0 {
			continue
		}
		v, err := d.signed(size)
		if err != nil {
			return err
		}
		if k > 63 {
			return errJPEG
		}
		b[natural[k]] = int16(v << p.low)
	}
	return nil
}

// band reads for how many blocks from this one on the rest is zero (T.81, G.1.2.2), and
// notes for how many more; done is how many are.
func (d *jpegDecoder) band(run, done int) error {
	if run > 0 && !d.progressive {
		return errJPEG
	}
	n, err := d.take(run)
	d.endOfBand = 1<<run + int(n) - done
	return err
}

// first reads the mean of a block.
func (d *jpegDecoder) first(c *jpegComponent, b []int16, p pass) error {
	if p.high > 0 {
		bit, err := d.take(1)
		b[0] |= int16(bit << p.low)
		return err
	}
	size, err := d.symbol(&d.huff[0][c.dc])
	if err != nil {
		return err
	}
	if size > 15 {
		return errJPEG
	}
	v, err := d.signed(size)
	c.predicted += v
	b[0] = int16(c.predicted << p.low)
	return err
}

// refine adds one bit to the coefficients of a block (T.81, G.1.2.3).
func (d *jpegDecoder) refine(t *huffman, b []int16, p pass) error {
	one := int16(1) << p.low
	k := p.from
	for ; d.endOfBand == 0 && k <= p.to; k++ {
		s, err := d.symbol(t)
		if err != nil {
			return err
		}
		run, fresh := s>>4, int16(0)
		switch s & 15 {
		case 0:
			if run < 15 {
				if err := d.band(run, 0); err != nil {
					return err
				}
			}
		case 1:
			bit, err := d.take(1)
			if err != nil {
				return err
			}
			if fresh = one; bit == 0 {
				fresh = -one
			}
		default:
			return errJPEG
		}
		if d.endOfBand > 0 {
			break
		}
		if k, err = d.correct(b, k, p.to, run, one); err != nil {
			return err
		}
		if fresh != 0 {
			if k > 63 {
				return errJPEG
			}
			b[natural[k]] = fresh
		}
	}
	if d.endOfBand > 0 {
		d.endOfBand--
		_, err := d.correct(b, k, p.to, -1, one)
		return err
	}
	return nil
}

// correct reads a bit for each coefficient that is there, from k on, and stops at the
// zero behind so many others; with -1 at the end.
func (d *jpegDecoder) correct(b []int16, k, to, zeros int, one int16) (int, error) {
	for ; k <= to; k++ {
		v := &b[natural[k]]
		if *v == 0 {
			if zeros == 0 {
				break
			}
			zeros--
			continue
		}
		bit, err := d.take(1)
		if err != nil {
			return k, err
		}
		if bit == 1 {
			if *v > 0 {
				*v += one
			} else {
				*v -= one
			}
		}
	}
	return k, nil
}

// natural is the zigzag order (T.81, figure 5).
var natural = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// picture works out the samples and puts them together.
func (d *jpegDecoder) picture() (image.Image, error) {
	if d.comps == nil {
		return nil, errJPEG
	}
	for i := range d.comps {
		c := &d.comps[i]
		c.plane = make([]byte, 64*c.stride*c.rows)
		for at := 0; at < len(c.coefs); at += 64 {
			n := at / 64
			inverseDCT(c.plane[n/c.stride*64*c.stride+n%c.stride*8:], 8*c.stride, c.coefs[at:][:64], &d.quant[c.quant])
		}
		c.coefs = nil
	}
	size := image.Rect(0, 0, d.w, d.h)
	switch len(d.comps) {
	case 1:
		return &image.Gray{Pix: d.comps[0].plane, Stride: 8 * d.comps[0].stride, Rect: size}, nil
	case 3:
		c := d.comps
		if d.rgb() {
			out := image.NewRGBA(size)
			d.join(out.Pix, 4, func(p []byte) { p[3] = 255 })
			return out, nil
		}
		if c[0].h == d.hmax && c[0].v == d.vmax && c[1].h == c[2].h && c[1].v == c[2].v {
			if ratio, ok := ratios[[4]int{c[0].h, c[0].v, c[1].h, c[1].v}]; ok {
				return &image.YCbCr{Y: c[0].plane, Cb: c[1].plane, Cr: c[2].plane, YStride: 8 * c[0].stride, CStride: 8 * c[1].stride, SubsampleRatio: ratio, Rect: size}, nil
			}
		}
		out := image.NewYCbCr(size, image.YCbCrSubsampleRatio444)
		for i, plane := range [][]byte{out.Y, out.Cb, out.Cr} {
			d.spread(i, func(at int, v byte) { plane[at] = v })
		}
		return out, nil
	case 4:
		out := image.NewCMYK(size)
		d.join(out.Pix, 4, func(p []byte) {
			switch {
			case d.adobe == 2: // YCCK: red, green and blue are ink as it is
				p[0], p[1], p[2] = color.YCbCrToRGB(p[0], p[1], p[2])
				p[3] = 255 - p[3]
			case d.adobe >= 0: // Adobe's programs write paper as 255
				p[0], p[1], p[2], p[3] = 255-p[0], 255-p[1], 255-p[2], 255-p[3]
			}
		})
		return out, nil
	}
	return nil, errJPEG
}

func (d *jpegDecoder) rgb() bool {
	if d.jfif || d.adobe > 0 {
		return false
	}
	return d.adobe == 0 || d.comps[0].id == 'R' && d.comps[1].id == 'G' && d.comps[2].id == 'B'
}

// ratios are the samplings that package image has a name for.
var ratios = map[[4]int]image.YCbCrSubsampleRatio{
	{1, 1, 1, 1}: image.YCbCrSubsampleRatio444, {2, 2, 2, 2}: image.YCbCrSubsampleRatio444,
	{2, 1, 1, 1}: image.YCbCrSubsampleRatio422, {2, 2, 1, 2}: image.YCbCrSubsampleRatio422,
	{2, 2, 1, 1}: image.YCbCrSubsampleRatio420, {4, 4, 2, 2}: image.YCbCrSubsampleRatio420,
	{1, 2, 1, 1}: image.YCbCrSubsampleRatio440, {2, 2, 2, 1}: image.YCbCrSubsampleRatio440,
	{4, 1, 1, 1}: image.YCbCrSubsampleRatio411, {4, 2, 1, 2}: image.YCbCrSubsampleRatio411,
	{4, 2, 1, 1}: image.YCbCrSubsampleRatio410,
}

// join puts the components of every pixel side by side, n bytes apart.
func (d *jpegDecoder) join(pix []byte, n int, finish func([]byte)) {
	for i := range d.comps {
		d.spread(i, func(at int, v byte) { pix[n*at+i] = v })
	}
	for p := pix; len(p) >= n; p = p[n:] {
		finish(p[:n])
	}
}

// spread gives every pixel its sample of a component, between samples in the proportion
// of their distances, as they lie in the middle of what they cover.
func (d *jpegDecoder) spread(i int, set func(at int, v byte)) {
	c := &d.comps[i]
	across := mixes(d.w, d.samples(d.w, c.h, d.hmax), c.h, d.hmax)
	down := mixes(d.h, d.samples(d.h, c.v, d.vmax), c.v, d.vmax)
	for y, r := range down {
		upper, lower := c.plane[r.first*8*c.stride:], c.plane[r.second*8*c.stride:]
		for x, q := range across {
			a := int32(upper[q.first])*(256-q.part) + int32(upper[q.second])*q.part
			b := int32(lower[q.first])*(256-q.part) + int32(lower[q.second])*q.part
			set(y*d.w+x, byte((a*(256-r.part)+b*r.part+1<<15)>>16))
		}
	}
}

// mix is two samples and how much of the second one, in 256ths.
type mix struct {
	first, second int
	part          int32
}

func mixes(n, samples, factor, most int) []mix {
	list := make([]mix, n)
	for i := range list {
		// Pixel i lies at (2i+1)·factor, sample j at (2j+1)·most.
		from := (2*i+1)*factor - most
		if from < 0 {
			continue
		}
		j := from / (2 * most)
		list[i] = mix{min(j, samples-1), min(j+1, samples-1), int32(from % (2 * most) * 256 / (2 * most))}
	}
	return list
}
