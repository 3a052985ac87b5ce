package kit

import (
	"image"
	"slices"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/qr"
)

// sketchWidth is how wide the photo of a sketch is made at most, px.
const sketchWidth = 400

// Sketch draws a plaque as it will look on its wall, to be shown on a screen: cut to size, on
// its panel, w by h mm, without marks, holes and bleed. Its code is not read back: what goes
// to a fabricator comes from [Draw]. Errors are [*Fault] and that of the photo.
func Sketch(p Plaque, d *design.Design) (svg []byte, w, h float64, err error) {
	l, err := lay(p, d)
	if err != nil {
		return nil, l.W, l.H, err
	}
	var photo *image.RGBA
	if l.Picture != nil {
		w, h := p.Photo.pixels(*l.Picture)
		if w > sketchWidth {
			w, h = sketchWidth, max(1, h*sketchWidth/w)
		}
		if photo, err = p.Photo.Cover(w, h); err != nil {
			return nil, l.W, l.H, err
		}
	}
	s := scene(l, p, photo)
	s.PrintPanel, s.Marks, s.Bleed, s.Cut, s.Holes = true, false, 0, artwork.Ink{}, nil
	svg, err = s.SVG()
	return svg, l.W, l.H, err
}

// Measures of a plaque, mm, as lists give them.
type Measures struct {
	W, H   float64
	Code   float64 // side of the symbol, without its quiet zone
	Module float64
}

// Measure lays a plaque out without drawing it. The error is that of [Draw].
func Measure(p Plaque, d *design.Design) (Measures, error) {
	l, err := lay(p, d)
	return Measures{round(l.W), round(l.H), round(l.CodeBox.W), round(l.Module)}, err
}

// size is what Measure tells, without looking whether the plaque can be made: its texts are
// not set, which is most of the work.
func size(p *Plaque, d *design.Design) (Measures, error) {
	symbol, err := qr.Encode(p.Address)
	if err != nil {
		return Measures{}, err
	}
	bare := *d
	bare.Boxes = slices.DeleteFunc(slices.Clone(d.Boxes), func(b design.Box) bool { return b.Kind != design.Code })
	l, _ := design.Compose(&bare, design.Plaque{Symbol: symbol, W: p.W, H: p.H, Faces: p.Faces.Face})
	return Measures{round(l.W), round(l.H), round(l.CodeBox.W), round(l.Module)}, nil
}
