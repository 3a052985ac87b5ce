package picture

import (
	"image"
	"image/color"
	"image/draw"
)

// turn is an EXIF orientation as what is done to the source: mirrored across,
// mirrored down, and then rows and columns swapped.
type turn struct{ mirrorX, mirrorY, swap bool }

// turnOf follows CIPA DC-008-2019, 4.6.4 A.
func turnOf(orientation int) turn {
	switch orientation {
	case 2:
		return turn{mirrorX: true}
	case 3:
		return turn{mirrorX: true, mirrorY: true}
	case 4:
		return turn{mirrorY: true}
	case 5:
		return turn{swap: true}
	case 6:
		return turn{mirrorY: true, swap: true}
	case 7:
		return turn{mirrorX: true, mirrorY: true, swap: true}
	case 8:
		return turn{mirrorX: true, swap: true}
	}
	return turn{}
}

// scaler takes a decoded picture of src px to one of dst px, both as stored:
// before rows and columns are swapped.
type scaler struct {
	src, dst image.Point
	turn     turn
}

// scale returns img, whose canvas is src px (img may cover less), scaled and
// turned: as *image.Gray or *image.YCbCr (4:2:0) where img is such a picture, as
// *image.RGBA otherwise. Turning comes last, when there is least left to turn.
func scale(img image.Image, src image.Point, v Variant, orientation int) image.Image {
	s := scaler{src, image.Pt(v.Width, v.Height), turnOf(orientation)}
	if s.turn.swap {
		s.dst.X, s.dst.Y = s.dst.Y, s.dst.X
	}
	size := image.Rect(0, 0, v.Width, v.Height)
	whole := img.Bounds() == image.Rectangle{Max: src}
	switch img := img.(type) {
	case *image.Gray: // only PNG and JPEG, which are always whole
		return &image.Gray{Pix: s.plane(img.Pix, img.Stride, 1, 1, 1, 1), Stride: v.Width, Rect: size}
	case *image.YCbCr:
		if !whole { // an animation's frame
			break
		}
		sx, sy := subsampling(img.SubsampleRatio)
		return &image.YCbCr{
			Y:       s.plane(img.Y, img.YStride, 1, 1, 1, 1),
			Cb:      s.plane(img.Cb, img.CStride, sx, sy, 2, 2),
			Cr:      s.plane(img.Cr, img.CStride, sx, sy, 2, 2),
			YStride: v.Width, CStride: (v.Width + 1) / 2,
			SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: size,
		}
	}
	return &image.RGBA{Pix: s.rgba(img), Stride: 4 * v.Width, Rect: size}
}

// plane scales one plane, whose samples cover sx×sy px, to samples of dx×dy px.
func (s scaler) plane(pix []byte, stride, sx, sy, dx, dy int) []byte {
	return s.run(sx, sy, dx, dy, 1, func(y int) []byte { return pix[y*stride:] })
}

// rgba scales a picture of any other kind, as premultiplied RGBA. It is
// converted a strip at a time, so that it need not be held twice.
func (s scaler) rgba(img image.Image) []byte {
	const rows = 16
	strip := image.NewRGBA(image.Rect(0, 0, s.src.X, rows))
	from := -rows
	few, byIndex := img.(*image.Paletted)
	var colours [256]color.RGBA
	if byIndex {
		for i, c := range few.Palette[:min(len(few.Palette), 256)] {
			colours[i] = color.RGBAModel.Convert(c).(color.RGBA)
		}
	}
	pix := s.run(1, 1, 1, 1, 4, func(y int) []byte {
		if m, ok := img.(*image.RGBA); ok && m.Rect.Min == (image.Point{}) && m.Rect.Max == s.src {
			return m.Pix[y*m.Stride:]
		}
		if y >= from+rows {
			from = y
			clear(strip.Pix) // img may leave part of the canvas free
			if byIndex {
				paint(strip, few, &colours, y)
				return strip.Pix
			}
			draw.Draw(strip, strip.Rect, img, image.Pt(0, y), draw.Src)
		}
		return strip.Pix[(y-from)*strip.Stride:]
	})
	for p := pix; len(p) >= 4; p = p[4:] { // the filter may overshoot the alpha
		p[0], p[1], p[2] = min(p[0], p[3]), min(p[1], p[3]), min(p[2], p[3])
	}
	return pix
}

// paint draws the rows of an indexed picture from y on, as draw.Draw does, in a fifth of its time.
func paint(strip *image.RGBA, img *image.Paletted, colours *[256]color.RGBA, y int) {
	r := strip.Rect.Add(image.Pt(0, y)).Intersect(img.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		from := img.Pix[img.PixOffset(r.Min.X, py):][:r.Dx()]
		to := strip.Pix[strip.PixOffset(r.Min.X, py-y):]
		for x, i := range from {
			c := &colours[i]
			p := to[4*x:][:4]
			p[0], p[1], p[2], p[3] = c.R, c.G, c.B, c.A
		}
	}
}

// run scales a plane of n channels and turns it; the result has no padding.
func (s scaler) run(sx, sy, dx, dy, n int, row func(int) []byte) []byte {
	w, h := (s.dst.X+dx-1)/dx, (s.dst.Y+dy-1)/dy
	across := newAxis(w, (s.src.X+sx-1)/sx, s.dst.X, s.src.X, dx, sx, s.turn.mirrorX)
	down := newAxis(h, (s.src.Y+sy-1)/sy, s.dst.Y, s.src.Y, dy, sy, s.turn.mirrorY)
	out := make([]byte, w*h*n)
	resample(out, w*n, across, down, n, row)
	if s.turn.swap {
		return transpose(out, w, h, n)
	}
	return out
}

// transpose swaps rows and columns of w×h pixels of n bytes.
func transpose(pix []byte, w, h, n int) []byte {
	out := make([]byte, len(pix))
	for y := range h {
		for x := range w {
			copy(out[(x*h+y)*n:][:n], pix[(y*w+x)*n:])
		}
	}
	return out
}

// subsampling is how many px a chroma sample covers, across and down.
func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}
