package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scanner fills the drawing library's paths on img, which is opaque. The library's own goes over the
// whole picture for each of them, and asks for a gradient's colour by way of two
// interfaces a pixel; this one goes over the path's own box. It stays because the library's
// takes five times as long (170 ms of CPU for a portrait of the demo at 630 px, not 35), and
// because the price of a path is asked here, side by side. As there, paths are filled by the
// nonzero rule.
type scanner struct {
	img    *image.RGBA
	effort effort
	shades int64 // price of a pixel of a gradient
	points []fixed.Point26_6
	starts []int // places in points where a ring begins
	colour any   // color.Color or rasterx.ColorFunc
	fill   vector.Rasterizer
	cover  image.Alpha
}

var _ rasterx.Scanner = (*scanner)(nil)

func (s *scanner) Start(p fixed.Point26_6) {
	s.effort.point()
	s.starts = append(s.starts, len(s.points))
	s.points = append(s.points, p)
}

func (s *scanner) Line(p fixed.Point26_6) {
	s.effort.point()
	s.points = append(s.points, p)
}

func (s *scanner) Clear()                  { s.points, s.starts = s.points[:0], s.starts[:0] }
func (s *scanner) SetColor(c any)          { s.colour = c }
func (s *scanner) SetBounds(w, h int)      {}
func (s *scanner) SetWinding(bool)         {}
func (s *scanner) SetClip(image.Rectangle) {}

// GetPathExtent tells the library where a gradient given in parts of a shape begins.
func (s *scanner) GetPathExtent() fixed.Rectangle26_6 {
	const far = fixed.Int26_6(1<<31 - 1)
	r := fixed.Rectangle26_6{Min: fixed.Point26_6{X: far, Y: far}, Max: fixed.Point26_6{X: -far, Y: -far}}
	for _, p := range s.points {
		r.Min = fixed.Point26_6{X: min(r.Min.X, p.X), Y: min(r.Min.Y, p.Y)}
		r.Max = fixed.Point26_6{X: max(r.Max.X, p.X), Y: max(r.Max.Y, p.Y)}
	}
	return r
}

// Draw fills what was drawn since Clear.
func (s *scanner) Draw() {
	if len(s.points) == 0 {
		return
	}
	e := s.GetPathExtent()
	box := image.Rect(e.Min.X.Floor(), e.Min.Y.Floor(), e.Max.X.Floor()+1, e.Max.Y.Floor()+1).Intersect(s.img.Rect)
	if box.Empty() {
		return
	}
	area := int64(box.Dx()) * int64(box.Dy())
	if c, ok := s.colour.(color.Color); ok && s.fills(box) {
		s.effort.spend(area)
		draw.Draw(s.img, box, image.NewUniform(c), image.Point{}, draw.Over)
		return
	}
	price := int64(perPixel)
	if _, ok := s.colour.(rasterx.ColorFunc); ok {
		price = s.shades
	}
	s.effort.spend(price * area)
	s.fill.Reset(box.Dx(), box.Dy())
	next := 0
	for i, p := range s.points {
		x, y := float32(p.X)/64-float32(box.Min.X), float32(p.Y)/64-float32(box.Min.Y)
		switch {
		case next < len(s.starts) && s.starts[next] == i:
			s.fill.MoveTo(x, y)
			next++
		case i == 0:
			s.fill.LineTo(x, y)
		case within(p, box) && within(s.points[i-1], box):
			s.effort.side(s.points[i-1], p)
			s.fill.LineTo(x, y)
		default:
			s.far(s.points[i-1], p, box)
			s.fill.MoveTo(x, y)
		}
	}
	switch c := s.colour.(type) {
	case color.Color:
		s.fill.Draw(s.img, box, image.NewUniform(c), image.Point{})
	case rasterx.ColorFunc:
		s.shade(box, c)
	}
}

// far adds what can matter of a side that leads far out.
func (s *scanner) far(a, b fixed.Point26_6, box image.Rectangle) {
	px := func(p fixed.Point26_6) (x, y float64) {
		return float64(p.X)/64 - float64(box.Min.X), float64(p.Y)/64 - float64(box.Min.Y)
	}
	ax, ay := px(a)
	bx, by := px(b)
	cut(ax, ay, bx, by, box.Dx(), box.Dy(), func(ax, ay, bx, by float64) {
		s.effort.spend(perRow + int64(perRow*math.Abs(by-ay)+perCell*math.Abs(bx-ax)))
		s.fill.MoveTo(float32(ax), float32(ay))
		s.fill.LineTo(float32(bx), float32(by))
	})
}

// fills tells whether the path is a rectangle that leaves no pixel of box half covered: the
// paper of most drawings is, and takes longer by way of coverage than all that is on it.
func (s *scanner) fills(box image.Rectangle) bool {
	n := len(s.points)
	if len(s.starts) != 1 || n < 4 || n > 5 || n == 5 && s.points[4] != s.points[0] {
		return false
	}
	a, b, c, d := s.points[0], s.points[1], s.points[2], s.points[3]
	upright := a.X == b.X && b.Y == c.Y && c.X == d.X && d.Y == a.Y
	lying := a.Y == b.Y && b.X == c.X && c.Y == d.Y && d.X == a.X
	lo, hi := fixed.P(box.Min.X, box.Min.Y), fixed.P(box.Max.X, box.Max.Y)
	return (upright || lying) &&
		min(a.X, c.X) <= lo.X && min(a.Y, c.Y) <= lo.Y && max(a.X, c.X) >= hi.X && max(a.Y, c.Y) >= hi.Y
}

// shade paints what the path covers with a colour that changes from pixel to pixel.
func (s *scanner) shade(box image.Rectangle, colour rasterx.ColorFunc) {
	w, h := box.Dx(), box.Dy()
	if cap(s.cover.Pix) < w*h {
		s.cover.Pix = make([]uint8, w*h)
	}
	s.cover.Pix, s.cover.Stride, s.cover.Rect = s.cover.Pix[:w*h], w, image.Rect(0, 0, w, h)
	clear(s.cover.Pix)
	s.fill.Draw(&s.cover, s.cover.Rect, image.Opaque, image.Point{})
	line := make([]color.RGBA64, w+stride)
	for y := range h {
		row := s.img.Pix[s.img.PixOffset(box.Min.X, box.Min.Y+y):]
		cover := s.cover.Pix[y*w : (y+1)*w]
		colours(line, box.Min.X, box.Min.Y+y, cover, colour)
		for x, a := range cover {
			if a == 0 {
				continue
			}
			c := line[x]
			if a < 255 {
				m := uint32(a) * 0x101
				part := func(v uint16) uint16 { return uint16(uint32(v) * m / 0xffff) }
				c = color.RGBA64{R: part(c.R), G: part(c.G), B: part(c.B), A: part(c.A)}
			}
			keep := 0x101 * (0xffff - uint32(c.A))
			p := row[4*x : 4*x+4 : 4*x+4] // opaque, and so it stays
			p[0] = uint8((uint32(p[0])*keep/0xffff + uint32(c.R)) >> 8)
			p[1] = uint8((uint32(p[1])*keep/0xffff + uint32(c.G)) >> 8)
			p[2] = uint8((uint32(p[2])*keep/0xffff + uint32(c.B)) >> 8)
		}
	}
}

// stride is how far apart a gradient's colours are asked for, px, and flat how near two
// of them must be for those between to be drawn as a straight line: a 64th of the whole.
const (
	stride = 4
	flat   = 0x400
)

// colours fills line with the colours of a row from left on, where cover has any.
func colours(line []color.RGBA64, left, y int, cover []uint8, colour rasterx.ColorFunc) {
	at := func(x int) color.RGBA64 {
		r, g, b, a := colour(left+x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}
	}
	last := -1 // the sample that is known already
	for x := 0; x < len(cover); x += stride {
		if !slices.ContainsFunc(cover[x:min(x+stride, len(cover))], func(a uint8) bool { return a > 0 }) {
			continue
		}
		if last != x {
			line[x] = at(x)
		}
		last = x + stride
		line[last] = at(last)
		from, to := line[x], line[last]
		if alike(from.R, to.R) && alike(from.G, to.G) && alike(from.B, to.B) && alike(from.A, to.A) {
			for i := 1; i < stride; i++ {
				line[x+i] = color.RGBA64{R: between(from.R, to.R, i), G: between(from.G, to.G, i), B: between(from.B, to.B, i), A: between(from.A, to.A, i)}
			}
			continue
		}
		for i := 1; i < stride; i++ {
			line[x+i] = at(x + i)
		}
	}
}

func alike(a, b uint16) bool { return max(a, b)-min(a, b) <= flat }

func between(a, b uint16, i int) uint16 {
	return uint16((uint32(a)*uint32(stride-i) + uint32(b)*uint32(i)) / stride)
}
