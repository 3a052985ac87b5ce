package artwork

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	"mingdeng/internal/drawing/shape"
)

// printQuality is that of photographs in artwork: prints are looked at closely.
const printQuality = 92

// fewColours is the number of colours up to which a picture is a drawing, which a JPEG
// would blur.
const fewColours = 1024

// source is a picture's pixels, on white.
type source struct {
	img  *image.RGBA
	w, h int
}

func (p *Picture) load() (source, error) {
	if p.Image == nil || p.Image.Rect.Empty() {
		return source{}, errors.New("artwork: a picture has no pixels")
	}
	img := p.Image
	if !img.Opaque() {
		img = image.NewRGBA(p.Image.Rect)
		draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(img, img.Rect, p.Image, img.Rect.Min, draw.Over)
	}
	return source{img, img.Rect.Dx(), img.Rect.Dy()}, nil
}

// photograph tells a photograph from a drawing.
func (s source) photograph() bool {
	seen := map[[3]byte]struct{}{}
	for y := range s.h {
		row := s.img.Pix[y*s.img.Stride:][:4*s.w]
		for i := 0; i < len(row); i += 4 {
			seen[[3]byte(row[i:])] = struct{}{}
		}
		if len(seen) > fewColours {
			return true
		}
	}
	return false
}

func (s source) jpeg() ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, s.img, &jpeg.Options{Quality: printQuality})
	return b.Bytes(), err
}

func (s source) png() ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, s.img)
	return b.Bytes(), err
}

// cover is the box that the whole picture takes so that it fills the given one, centred.
func (s source) cover(b shape.Box) shape.Box {
	k := max(b.W/float64(s.w), b.H/float64(s.h))
	w, h := k*float64(s.w), k*float64(s.h)
	return shape.Box{X: b.X + (b.W-w)/2, Y: b.Y + (b.H-h)/2, W: w, H: h}
}
