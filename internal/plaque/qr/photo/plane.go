package photo

import "image"

// plane is a picture's luminance at one scale, with a threshold for each block.
type plane struct {
	w, h   int
	stride int
	pix    []uint8
	cols   int     // blocks a row
	level  []uint8 // of each block: a pixel not above it is dark
}

// block is the width of a block of pixels that share a threshold, as a power of two.
const (
	blockBits = 3
	block     = 1 << blockBits
)

// leastRange is the difference of light and dark within a block, of 255, below which it is
// taken for an even surface, dark or light as its neighbours say.
const leastRange = 20

func newPlane(g *image.Gray) *plane {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if w < block || h < block {
		return nil
	}
	p := &plane{w: w, h: h, stride: g.Stride, pix: g.Pix[g.PixOffset(g.Rect.Min.X, g.Rect.Min.Y):]}
	p.judge()
	return p
}

// half returns the picture at half its width and height, nil if that is too small to hold
// anything that the scale before would not show.
func (p *plane) half() *plane {
	w, h := p.w/2, p.h/2
	if w < smallest || h < smallest {
		return nil
	}
	q := &plane{w: w, h: h, stride: w, pix: make([]uint8, w*h)}
	for y := range h {
		a := p.pix[2*y*p.stride:][:2*w]
		b := p.pix[(2*y+1)*p.stride:][:2*w]
		out := q.pix[y*w:][:w]
		for x := range out {
			out[x] = uint8((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) >> 2)
		}
	}
	q.judge()
	return q
}

// doubled returns the picture at twice its width and height.
func (p *plane) doubled() *plane {
	q := &plane{w: 2 * p.w, h: 2 * p.h, stride: 2 * p.w, pix: make([]uint8, 4*p.w*p.h)}
	for y := range q.h {
		for x := range q.w {
			q.pix[y*q.stride+x] = uint8(p.at(Point{(float64(x) + 0.5) / 2, (float64(y) + 0.5) / 2}) + 0.5)
		}
	}
	q.judge()
	return q
}

// judge sets the thresholds: of each block the mean of five by five blocks' middles, where
// the middle of an even block is that of its neighbours if it is darker than they are, else
// below all its pixels (so does ZXing's hybrid binarizer).
func (p *plane) judge() {
	p.cols = (p.w + block - 1) >> blockBits
	rows := (p.h + block - 1) >> blockBits
	middle := make([]uint8, p.cols*rows)
	for by := range rows {
		y0 := min(by<<blockBits, p.h-block)
		for bx := range p.cols {
			x0 := min(bx<<blockBits, p.w-block)
			sum, lo, hi := 0, uint8(255), uint8(0)
			for y := y0; y < y0+block; y++ {
				for _, v := range p.pix[y*p.stride+x0:][:block] {
					sum += int(v)
					lo, hi = min(lo, v), max(hi, v)
				}
			}
			m := sum >> (2 * blockBits)
			if hi-lo <= leastRange {
				m = int(lo) / 2
				if bx > 0 && by > 0 {
					near := (int(middle[(by-1)*p.cols+bx]) + 2*int(middle[by*p.cols+bx-1]) + int(middle[(by-1)*p.cols+bx-1])) / 4
					if int(lo) < near {
						m = near
					}
				}
			}
			middle[by*p.cols+bx] = uint8(m)
		}
	}
	p.level = make([]uint8, len(middle))
	for by := range rows {
		for bx := range p.cols {
			x0, y0 := min(max(bx-2, 0), max(p.cols-5, 0)), min(max(by-2, 0), max(rows-5, 0))
			sum, n := 0, 0
			for y := y0; y < min(y0+5, rows); y++ {
				for x := x0; x < min(x0+5, p.cols); x++ {
					sum += int(middle[y*p.cols+x])
					n++
				}
			}
			p.level[by*p.cols+bx] = uint8(sum / n)
		}
	}
}

// dark tells whether a pixel is dark; those outside are not.
func (p *plane) dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < p.w && y < p.h && p.pix[y*p.stride+x] <= p.level[y>>blockBits*p.cols+x>>blockBits]
}

// at is the luminance at a point, between its four nearest pixels; beyond the edge the
// picture goes on as it ends.
func (p *plane) at(q Point) float64 {
	x, y := min(max(q.X-0.5, 0), float64(p.w)-1.001), min(max(q.Y-0.5, 0), float64(p.h)-1.001)
	ix, iy := int(x), int(y)
	fx, fy := x-float64(ix), y-float64(iy)
	i := iy*p.stride + ix
	a, b := float64(p.pix[i]), float64(p.pix[i+1])
	c, d := float64(p.pix[i+p.stride]), float64(p.pix[i+p.stride+1])
	top, bottom := a+(b-a)*fx, c+(d-c)*fx
	return top + (bottom-top)*fy
}

// inside tells whether a point lies in the picture, or no more than m pixels outside.
func (p *plane) inside(q Point, m float64) bool {
	return q.X >= -m && q.Y >= -m && q.X <= float64(p.w)+m && q.Y <= float64(p.h)+m
}
