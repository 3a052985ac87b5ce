package kit

import "mingdeng/internal/plaque/design"

// sketchWidth is how wide the photo of a sketch is made at most, px.
const sketchWidth = 400

// Sketch draws a plaque as it will look on its wall, to be shown on a screen: cut to size, on
// its panel, w by h mm, without marks, holes and bleed. Its code is not read back: what goes
// to a fabricator comes from [Draw]. Errors are [*Fault] and that of the photo.
func Sketch(p Plaque, d *design.Design) (svg []byte, w, h float64, err error) {
	x, err := look(p, d, sketchWidth)
	if err == nil {
		svg, err = x.Scene.SVG()
	}
	return svg, x.Layout.W, x.Layout.H, err
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
