package artwork

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"mingdeng/internal/plaque/shape"
)

// source is a picture's data looked into, not yet decoded.
type source struct {
	data []byte
	jpeg bool
	gray bool
	w, h int // px
}

// load reads what the data says of itself. A PNG with transparent parts is laid on white.
func (p *Picture) load() (source, error) {
	s := source{data: p.Data}
	if bytes.HasPrefix(p.Data, []byte("\xff\xd8")) {
		c, err := jpeg.DecodeConfig(bytes.NewReader(p.Data))
		if err != nil {
			return s, fmt.Errorf("artwork: a picture cannot be read: %w", err)
		}
		if c.ColorModel == color.CMYKModel {
			return s, fmt.Errorf("artwork: a picture is a CMYK JPEG: save it as RGB")
		}
		s.jpeg, s.gray, s.w, s.h = true, c.ColorModel == color.GrayModel, c.Width, c.Height
		return s, nil
	}
	c, err := png.DecodeConfig(bytes.NewReader(p.Data))
	if err != nil {
		return s, fmt.Errorf("artwork: a picture is neither JPEG nor PNG: %w", err)
	}
	s.w, s.h, s.gray = c.Width, c.Height, c.ColorModel == color.GrayModel
	switch c.ColorModel {
	case color.GrayModel, color.Gray16Model, color.RGBAModel, color.RGBA64Model:
		return s, nil
	}
	img, err := s.decode()
	if err != nil {
		return s, err
	}
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		return s, nil
	}
	flat := image.NewRGBA(image.Rect(0, 0, s.w, s.h))
	draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, img, img.Bounds().Min, draw.Over)
	var buf bytes.Buffer
	if err := png.Encode(&buf, flat); err != nil {
		return s, err
	}
	s.data = buf.Bytes()
	return s, nil
}

func (s source) decode() (image.Image, error) {
	var img image.Image
	var err error
	if s.jpeg {
		img, err = jpeg.Decode(bytes.NewReader(s.data))
	} else {
		img, err = png.Decode(bytes.NewReader(s.data))
	}
	if err != nil {
		return nil, fmt.Errorf("artwork: a picture cannot be read: %w", err)
	}
	return img, nil
}

// cover is the box that the whole picture takes so that it fills the given one, centred.
func (s source) cover(b shape.Box) shape.Box {
	k := max(b.W/float64(s.w), b.H/float64(s.h))
	w, h := k*float64(s.w), k*float64(s.h)
	return shape.Box{X: b.X + (b.W-w)/2, Y: b.Y + (b.H-h)/2, W: w, H: h}
}
