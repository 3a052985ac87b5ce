package artwork

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
	"sync"

	"golang.org/x/image/draw"

	"mingdeng/internal/drawing/shape"
)

// View says how a PNG is to look.
type View struct {
	DPI float64
	// Page shows what SVG and PDF hold: bleed, marks and cut lines on white, the panel
	// only where it is printed. Otherwise the PNG shows the finished plaque: trimmed,
	// drilled, on its material.
	Page bool
	// Backdrop is what is seen through holes and beyond rounded corners; nil leaves them
	// transparent. A page is always on white.
	Backdrop *RGB
	// Onto leaves out the panel: the items go on what the pixels show already.
	Onto bool
}

// maxPixels bounds a preview: 100 million, an A0 at 250 dpi.
const maxPixels = 100e6

// Image draws the scene as pixels.
func (s *Scene) Image(v View) (*image.RGBA, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	m, k := s.edge(v), v.DPI/25.4
	fw, fh := math.Ceil((s.W+2*m)*k-1e-6), math.Ceil((s.H+2*m)*k-1e-6)
	if !(fw >= 1 && fh >= 1 && fw*fh <= maxPixels) {
		return nil, errors.New("artwork: a picture of no pixels, or of too many")
	}
	img := image.NewRGBA(image.Rect(0, 0, int(fw), int(fh)))
	if err := s.draw(img, v); err != nil {
		return nil, err
	}
	return img, nil
}

// Draw draws a part of the scene: those pixels of its [Scene.Image] that img's bounds name.
func (s *Scene) Draw(img *image.RGBA, v View) error {
	if err := s.check(); err != nil {
		return err
	}
	return s.draw(img, v)
}

func (s *Scene) draw(img *image.RGBA, v View) error {
	m := s.edge(v)
	c := newCanvas(img, v.DPI/25.4, m)
	ground := s.Panel
	if v.Page {
		ground = RGB{255, 255, 255}
	}
	if !v.Onto {
		c.clear(ground)
	}
	if v.Page && s.PrintPanel {
		c.fill(s.panel(), s.Panel)
	}
	for _, it := range s.Items {
		if it.Picture == nil {
			c.fill(it.Outline, it.Ink.Display)
			continue
		}
		if err := c.picture(it.Picture); err != nil {
			return err
		}
	}
	if v.Page {
		if !s.Cut.none() {
			for _, ring := range s.cuts() {
				c.fill(stroke(ring, hairline), s.Cut.Display)
			}
		}
		for _, l := range s.marks() {
			c.fill(bar(l[0], l[1], hairline), RGB{})
		}
		return nil
	}
	// All that is not plaque, by the even-odd rule: a page around it, and its holes.
	c.erase(append(shape.Rect(shape.Box{X: -1, Y: -1, W: s.W + 2, H: s.H + 2}, 0), s.trim()...), v.Backdrop)
	return nil
}

// edge is how far a view reaches beyond the trim, mm.
func (s *Scene) edge(v View) float64 {
	if v.Page {
		return s.margin()
	}
	return 0
}

// PNG draws the scene as a PNG that says its resolution. Without pictures it has a palette,
// which makes it small and quick to write.
func (s *Scene) PNG(v View) ([]byte, error) {
	img, err := s.Image(v)
	if err != nil {
		return nil, err
	}
	var out image.Image = img
	if p := paletted(img); p != nil {
		out = p
	}
	var buf bytes.Buffer
	// A better compression takes twice the time for a tenth of the size.
	e := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: encoders{}}
	if err := e.Encode(&buf, out); err != nil {
		return nil, err
	}
	return withResolution(buf.Bytes(), v.DPI), nil
}

// encoders is a [png.EncoderBufferPool]: an encoder takes more memory than most previews.
type encoders struct{}

var encoderPool sync.Pool

func (encoders) Get() *png.EncoderBuffer {
	b, _ := encoderPool.Get().(*png.EncoderBuffer) // nil lets the encoder make one
	return b
}

func (encoders) Put(b *png.EncoderBuffer) { encoderPool.Put(b) }

// canvas is a part of an image with a scale: k pixels per mm, m mm of margin.
type canvas struct {
	img    *image.RGBA
	r      *rasteriser
	k, m   float64
	dx, dy float64 // from the scene's origin to the part's, mm
}

func newCanvas(img *image.RGBA, k, m float64) canvas {
	at := img.Rect.Min
	return canvas{
		img: img, r: newRasteriser(img.Rect.Dx(), img.Rect.Dy()), k: k, m: m,
		dx: m - float64(at.X)/k, dy: m - float64(at.Y)/k,
	}
}

func (c *canvas) clear(to RGB) {
	for y := range c.img.Rect.Dy() {
		row := c.img.Pix[y*c.img.Stride:][:4*c.img.Rect.Dx()]
		if y > 0 {
			copy(row, c.img.Pix)
			continue
		}
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = to.R, to.G, to.B, 255
		}
	}
}

// row is the pixels of a row from x on, both counted from the part's corner.
func (c *canvas) row(x, y int) []uint8 { return c.img.Pix[y*c.img.Stride+4*x:] }

// levels is how many steps an edge has between ground and ink: enough for the eye, and few
// enough that a plaque's colours fit a palette.
const levels = 32

func (c *canvas) fill(o shape.Outline, ink RGB) {
	c.r.fill(o, c.k, c.dx, c.dy, func(x, y int, cover []float32) {
		p := c.row(x, y)
		for i, v := range cover {
			q := p[4*i : 4*i+3 : 4*i+3]
			switch a := int(v*levels + 0.5); a {
			case 0:
			case levels:
				q[0], q[1], q[2] = ink.R, ink.G, ink.B
			default:
				q[0], q[1], q[2] = mix(q[0], ink.R, a), mix(q[1], ink.G, a), mix(q[2], ink.B, a)
			}
		}
	})
}

func mix(from, to uint8, a int) uint8 {
	return uint8((int(from)*(levels-a) + int(to)*a + levels/2) / levels)
}

// erase paints with the backdrop, or takes away where there is none.
func (c *canvas) erase(o shape.Outline, backdrop *RGB) {
	if backdrop != nil {
		c.fill(o, *backdrop)
		return
	}
	c.r.fill(o, c.k, c.dx, c.dy, func(x, y int, cover []float32) {
		p := c.row(x, y)
		for i, v := range cover {
			a := int(v*levels + 0.5)
			for j := range 4 { // colours are premultiplied
				p[4*i+j] = mix(p[4*i+j], 0, a)
			}
		}
	})
}

func (c *canvas) picture(p *Picture) error {
	src, err := p.load()
	if err != nil {
		return err
	}
	img := src.img
	px := func(b shape.Box) image.Rectangle {
		at := func(v float64) int { return int(math.Round((v + c.m) * c.k)) }
		return image.Rect(at(b.X), at(b.Y), at(b.X+b.W), at(b.Y+b.H))
	}
	// Only the part of the source that is seen: a crop, then scaled to the box.
	all, b := src.cover(p.Box), img.Bounds()
	f := float64(b.Dx()) / all.W
	crop := image.Rect(
		int(math.Round((p.Box.X-all.X)*f)), int(math.Round((p.Box.Y-all.Y)*f)),
		int(math.Round((p.Box.X-all.X+p.Box.W)*f)), int(math.Round((p.Box.Y-all.Y+p.Box.H)*f)),
	).Add(b.Min).Intersect(b)
	to := px(p.Box)
	if crop.Size() == to.Size() { // scaling would change nothing and take 32 bytes a pixel
		draw.Draw(c.img, to, img, crop.Min, draw.Src)
		return nil
	}
	draw.CatmullRom.Scale(c.img, to, img, crop, draw.Src, nil)
	return nil
}

// bar is a line of some width as an outline.
func bar(a, b shape.Point, width float64) shape.Outline {
	if a.X == b.X {
		return shape.Rect(shape.Box{X: a.X - width/2, Y: min(a.Y, b.Y), W: width, H: math.Abs(b.Y - a.Y)}, 0)
	}
	return shape.Rect(shape.Box{X: min(a.X, b.X), Y: a.Y - width/2, W: math.Abs(b.X - a.X), H: width}, 0)
}

// stroke is a closed contour drawn as a line of some width: one ring outside, one inside.
func stroke(c shape.Contour, width float64) shape.Outline {
	flat := c.Flatten(0.005)
	offset := func(d float64) shape.Contour {
		var out shape.Contour
		n := len(flat)
		for i, p := range flat {
			a, b := flat[(i+n-1)%n], flat[(i+1)%n]
			// Normals of both edges; their mean, lengthened so that both edges move by d.
			nx, ny := normal(a, p)
			mx, my := normal(p, b)
			k := d / (1 + nx*mx + ny*my)
			q := shape.Point{X: p.X + (nx+mx)*k, Y: p.Y + (ny+my)*k}
			if i == 0 {
				out.Start = q
			} else {
				out.Line(q)
			}
		}
		return out
	}
	return shape.Outline{offset(width / 2), offset(-width / 2)}
}

func normal(a, b shape.Point) (x, y float64) {
	l := math.Hypot(b.X-a.X, b.Y-a.Y)
	return (b.Y - a.Y) / l, (a.X - b.X) / l
}

// paletted returns the image with a palette in order of appearance; nil where it has more
// than 256 colours.
func paletted(img *image.RGBA) *image.Paletted {
	out := image.NewPaletted(img.Rect, nil)
	index := make(map[uint32]uint8, 256)
	last, lastIndex := uint32(0), -1
	w := out.Stride
	for i := 0; i < len(out.Pix); i += w {
		if i > 0 && bytes.Equal(img.Pix[4*i:4*(i+w)], img.Pix[4*(i-w):4*i]) { // a code is mostly rows like the one above
			copy(out.Pix[i:i+w], out.Pix[i-w:i])
			continue
		}
		for j := i; j < i+w; j++ {
			key := binary.BigEndian.Uint32(img.Pix[4*j:])
			if key == last && lastIndex >= 0 {
				out.Pix[j] = uint8(lastIndex)
				continue
			}
			k, ok := index[key]
			if !ok {
				if len(out.Palette) == 256 {
					return nil
				}
				k = uint8(len(out.Palette))
				index[key] = k
				out.Palette = append(out.Palette, color.NRGBAModel.Convert(
					color.RGBA{uint8(key >> 24), uint8(key >> 16), uint8(key >> 8), uint8(key)}))
			}
			out.Pix[j] = k
			last, lastIndex = key, int(k)
		}
	}
	return out
}

// withResolution adds a pHYs chunk (PNG, 11.3.4.3) after IHDR, which is always 33 bytes in.
func withResolution(data []byte, dpi float64) []byte {
	chunk := []byte("\x00\x00\x00\x09pHYs")
	perMetre := uint32(math.Round(dpi / 0.0254))
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	out := make([]byte, 0, len(data)+len(chunk))
	out = append(out, data[:33]...)
	out = append(out, chunk...)
	return append(out, data[33:]...)
}
