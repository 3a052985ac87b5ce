package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/draw"
	"io"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Colour profiles (ICC.1:2022) are read, and left out of what is written: phones take
// photographs in Display P3, cameras in Adobe RGB, and without their profile their colours
// come out pale. A profile of three curves and a matrix is converted to sRGB, in integers,
// so that every machine makes the same bytes; one of tables, or for inks, is told.

// colourProfile is what a picture's profile says.
type colourProfile struct {
	name  string // as its maker wrote it
	known bool   // it is of curves and a matrix, or for grey
	to    *conversion
}

// conversion takes pixels of a profile to sRGB.
type conversion struct {
	linear [3][256]int32 // of a channel, 16 bits
	matrix [3][3]int64   // to linear sRGB, 16 fractional bits
	coded  []byte        // sRGB's value of a linear one of 12 bits and more: 1<<16 of them
}

const maxProfile = 4 << 20 // bytes

// profileOf reads the profile of a raster picture; nil where it has none.
func profileOf(src []byte, f Format) *colourProfile {
	b := iccOf(src, f)
	if len(b) < 132 {
		return nil
	}
	p := &colourProfile{name: iccName(b)}
	switch string(b[16:20]) {
	case "GRAY":
		p.known = true // tones alone
	case "RGB ":
		p.to, p.known = newConversion(b)
		if p.known && p.to.identity() {
			p.to = nil
		}
	}
	return p
}

// iccOf takes the profile out of a file.
func iccOf(src []byte, format Format) []byte {
	f := file{bytes.NewReader(src), int64(len(src))}
	switch format {
	case JPEG: // ICC.1, annex B.4: in pieces of 64 KB
		const id = "ICC_PROFILE\x00"
		parts := map[byte][]byte{}
		for off := int64(2); ; {
			mark, length, next, err := f.segment(off)
			if err != nil || mark == markSOS || mark == markEOI {
				break
			}
			if body := src[next-length : next]; mark == markAPP2 && len(body) > len(id)+2 && string(body[:len(id)]) == id {
				parts[body[len(id)]] = body[len(id)+2:]
			}
			off = next
		}
		var out []byte
		for i := byte(1); parts[i] != nil && len(out) < maxProfile; i++ {
			out = append(out, parts[i]...)
		}
		return out
	case PNG:
		for off := len(pngSignature); off+12 <= len(src); {
			n, kind := int(binary.BigEndian.Uint32(src[off:])), string(src[off+4:off+8])
			if n > len(src)-off-12 || kind == "IDAT" {
				break
			}
			if body := src[off+8 : off+8+n]; kind == "iCCP" {
				_, packed, ok := bytes.Cut(body, []byte{0})
				if !ok || len(packed) < 2 {
					return nil
				}
				z, err := zlib.NewReader(bytes.NewReader(packed[1:]))
				if err != nil {
					return nil
				}
				out, _ := io.ReadAll(io.LimitReader(z, maxProfile))
				return out
			}
			off += 12 + n
		}
	case WebP:
		for off := 12; off+8 <= len(src); {
			n := int(binary.LittleEndian.Uint32(src[off+4:]))
			if n > len(src)-off-8 {
				break
			}
			if string(src[off:off+4]) == "ICCP" {
				return src[off+8 : off+8+n]
			}
			off += 8 + n + n&1
		}
	}
	return nil
}

// iccTag is the data of a tag; nil where there is none.
func iccTag(b []byte, name string) []byte {
	n := min(int(binary.BigEndian.Uint32(b[128:])), 100)
	for i := range n {
		e := 132 + 12*i
		if e+12 > len(b) {
			return nil
		}
		if string(b[e:e+4]) != name {
			continue
		}
		at, size := uint64(binary.BigEndian.Uint32(b[e+4:])), uint64(binary.BigEndian.Uint32(b[e+8:]))
		if at+size > uint64(len(b)) || size < 8 {
			return nil
		}
		return b[at : at+size]
	}
	return nil
}

// iccName is what a profile calls itself, short.
func iccName(b []byte) string {
	t := iccTag(b, "desc")
	var name string
	switch {
	case len(t) > 12 && string(t[:4]) == "desc":
		n := min(uint64(binary.BigEndian.Uint32(t[8:])), uint64(len(t)-12))
		name = string(t[12 : 12+n])
	case len(t) >= 28 && string(t[:4]) == "mluc":
		n, at := uint64(binary.BigEndian.Uint32(t[20:])), uint64(binary.BigEndian.Uint32(t[24:]))
		if at+n <= uint64(len(t)) {
			for i := at; i+1 < at+n; i += 2 {
				name += string(rune(t[i])<<8 | rune(t[i+1]))
			}
		}
	}
	name, _, _ = strings.Cut(name, "\x00")
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 40 {
		name = string(r[:40])
	}
	return strings.TrimSpace(name)
}

// fromPCS takes XYZ of D50, in which profiles meet, to linear sRGB: the inverse of the
// matrix of sRGB's own profile, in ten-millionths.
var fromPCS = [3][3]int64{
	{31338561, -16168667, -4906146},
	{-9787684, 19161415, 334540},
	{719453, -2289914, 14052427},
}

// newConversion reads a profile of curves and a matrix.
func newConversion(b []byte) (*conversion, bool) {
	c := &conversion{}
	for i, name := range []string{"r", "g", "b"} {
		xyz := iccTag(b, name+"XYZ")
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " {
			return nil, false
		}
		for row := range 3 {
			for k := range 3 {
				c.matrix[row][i] += fromPCS[row][k] * int64(int32(binary.BigEndian.Uint32(xyz[8+4*k:])))
			}
			c.matrix[row][i] /= 10_000_000
		}
		if !curve(iccTag(b, name+"TRC"), &c.linear[i]) {
			return nil, false
		}
	}
	c.coded = make([]byte, 1<<16)
	v := 0
	for i := range c.coded {
		for v < 255 && int64(i) >= halfway(v) {
			v++
		}
		c.coded[i] = byte(v)
	}
	return c, true
}

// halfway is the linear value, of 16 bits, between sRGB's v and v+1 (IEC 61966-2-1).
func halfway(v int) int64 {
	s := int64(2*v+1) * one / 510
	if s*100_000 <= 4045*one {
		return s * 100 / 1292 * 65535 / one
	}
	return power((s*1000+55*one)/1055, 24*65536/10) * 65535 / one
}

// curve fills the linear values of a channel from a curve of ICC.1, 10.6 or 10.18.
func curve(t []byte, out *[256]int32) bool {
	if len(t) < 12 {
		return false
	}
	arg := func(i int) int64 { // s15Fixed16
		if len(t) < 16+4*i {
			return 0
		}
		return int64(int32(binary.BigEndian.Uint32(t[12+4*i:])))
	}
	n := int64(binary.BigEndian.Uint32(t[8:]))
	for v := range out {
		x := int64(v) * one / 255
		y := x
		switch kind := string(t[:4]); {
		case kind == "curv" && n == 0:
		case kind == "curv" && n == 1 && len(t) >= 14:
			y = power(x, int64(binary.BigEndian.Uint16(t[12:]))<<8)
		case kind == "curv" && n > 1 && int64(len(t)) >= 12+2*n:
			at := int64(v) * (n - 1)
			i, part := at/255, at%255
			from := int64(binary.BigEndian.Uint16(t[12+2*i:]))
			to := from
			if part > 0 {
				to = int64(binary.BigEndian.Uint16(t[14+2*i:]))
			}
			y = (from*(255-part) + to*part) * one / (255 * 65535)
		case kind == "para":
			form := binary.BigEndian.Uint16(t[8:])
			if form > 4 || len(t) < 12+4*[]int{1, 3, 4, 5, 7}[form] {
				return false
			}
			g, a, b, c, d, e, f := arg(0), arg(1), arg(2), arg(3), arg(4), int64(0), int64(0)
			switch form {
			case 0:
				a, b, c, d = 1<<16, 0, 0, 0
			case 1, 2:
				if a == 0 {
					return false
				}
				e = c
				if form == 1 {
					e = 0
				}
				f, c, d = e, 0, -b*65536/a
			case 4:
				e, f = arg(5), arg(6)
			}
			if x*65536 >= d*one {
				y = power((a*x+b*one)>>16, g) + e*one>>16
			} else {
				y = (c*x + f*one) >> 16
			}
		default:
			return false
		}
		out[v] = int32(min(max(y, 0), one) * 65535 / one)
	}
	return true
}

// identity tells a profile that is sRGB, or as good as that.
func (c *conversion) identity() bool {
	levels := []byte{0, 32, 64, 128, 192, 255}
	for _, r := range levels {
		for _, g := range levels {
			for _, b := range levels {
				x, y, z := c.pixel(r, g, b)
				for _, d := range [3]int{int(x) - int(r), int(y) - int(g), int(z) - int(b)} {
					if d > 2 || d < -2 {
						return false
					}
				}
			}
		}
	}
	return true
}

func (c *conversion) pixel(r, g, b byte) (byte, byte, byte) {
	x, y, z := int64(c.linear[0][r]), int64(c.linear[1][g]), int64(c.linear[2][b])
	out := func(m *[3]int64) byte {
		v := (m[0]*x + m[1]*y + m[2]*z + 1<<15) >> 16
		return c.coded[min(max(v, 0), 65535)]
	}
	return out(&c.matrix[0]), out(&c.matrix[1]), out(&c.matrix[2])
}

// apply takes a scaled picture to sRGB; grey ones stay as they are.
func (c *conversion) apply(img image.Image) image.Image {
	if _, grey := img.(*image.Gray); grey || c == nil {
		return img
	}
	m, ok := img.(*image.RGBA)
	if !ok {
		m = image.NewRGBA(img.Bounds())
		draw.Draw(m, m.Rect, img, m.Rect.Min, draw.Src)
	}
	for p := m.Pix; len(p) >= 4; p = p[4:] {
		switch a := uint32(p[3]); a {
		case 0:
		case 255:
			p[0], p[1], p[2] = c.pixel(p[0], p[1], p[2])
		default: // premultiplied
			plain := func(v byte) byte { return byte(min(uint32(v)*255/a, 255)) }
			r, g, b := c.pixel(plain(p[0]), plain(p[1]), plain(p[2]))
			p[0], p[1], p[2] = byte(uint32(r)*a/255), byte(uint32(g)*a/255), byte(uint32(b)*a/255)
		}
	}
	return m
}

// one is 1 in the numbers that power takes: 30 fractional bits.
const one = int64(1) << 30

// power is x to the power of g, which has 16 fractional bits; 0 where x is not above it.
// Floating point would do, but for its last bit, which is not the same on all machines.
func power(x, g int64) int64 {
	if x <= 0 {
		return 0
	}
	// The logarithm to base 2, of 30 fractional bits, bit by bit.
	top := bits.Len64(uint64(x)) - 1
	log := (int64(top) - 30) * one
	m := uint64(x)
	if top > 30 {
		m >>= top - 30
	} else {
		m <<= 30 - top
	}
	for bit := one / 2; bit > 0; bit /= 2 {
		if m = m * m >> 30; m >= 2<<30 {
			m >>= 1
			log += bit
		}
	}
	hi, lo := bits.Mul64(uint64(max(log, -log)), uint64(max(g, 0)))
	y := int64(hi<<48 | lo>>16)
	if log < 0 {
		y = -y
	}
	whole := y >> 30
	if whole < -31 {
		return 0
	}
	if whole > 20 {
		return 1 << 50
	}
	out := uint64(one)
	for i, bit := 0, one/2; bit > 0; i, bit = i+1, bit/2 {
		if y&bit != 0 {
			out = out * roots[i] >> 30
		}
	}
	if whole < 0 {
		return int64(out >> -whole)
	}
	return int64(out << whole)
}

// roots are the square root of 2, that of it, and so on, with 30 fractional bits.
var roots = func() (r [30]uint64) {
	v := uint64(2) << 30
	for i := range r {
		v = squareRoot(v << 30)
		r[i] = v
	}
	return r
}()

func squareRoot(n uint64) uint64 {
	r := uint64(0)
	for bit := uint64(1) << 31; bit > 0; bit >>= 1 {
		if t := r | bit; t*t <= n {
			r = t
		}
	}
	return r
}
