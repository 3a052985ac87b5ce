// Package artwork draws a plaque. One [Scene], in millimetres, becomes SVG, PDF, DXF and
// PNG by four small backends that agree: what is proofed is what is cut.
//
// # Coordinates
//
// The origin is the top left corner of the trimmed plaque; x runs to the right, y down.
// SVG keeps them. PDF does too, under a matrix that turns millimetres into points. DXF
// turns y up, its origin is the bottom left corner of the trimmed plaque. Coordinates are
// rounded to a micrometre, everywhere to the same one.
//
// # Plates
//
// Every item is of one ink. An ink with a Plate is a spot colour: a group of that name in
// SVG, a Separation in PDF, a layer in DXF. Fabricators' programs look for the names, most
// of all CutContour. [Black] is pure black, the fourth of the process inks in PDF: on a press
// it comes from the black plate alone, never from four inks that may not register. An ink
// without a plate is mixed from process inks, for panels and type.
//
// The panel's colour is that of the material and stands in the PNG alone, unless
// PrintPanel says that it is printed; then it reaches out to the bleed.
//
// # What is filled
//
// Outlines are filled by the even-odd rule. Contours of one item should not overlap (text
// and codes as this program makes them do not): a cutter follows every contour.
//
// # Determinism
//
// The same scene gives the same bytes: no dates but the one given, no random identifiers.
//
// # Not here
//
// What stands on a plaque, and whether a code is large enough, are the caller's to say.
package artwork

import (
	"errors"
	"fmt"
	"image"
	"math"

	"mingdeng/internal/drawing/shape"
)

// RGB is a colour for display, sRGB.
type RGB struct{ R, G, B uint8 }

// Ink is what an item is made with.
type Ink struct {
	Plate   string // the spot plate's name as fabricators know it; "" for a mixed colour
	Display RGB
}

// Black is the ink of codes.
func Black() Ink { return Ink{Plate: "Black"} }

// Mixed is a colour without a plate of its own.
func Mixed(c RGB) Ink { return Ink{Display: c} }

// Engrave is the plate of what a laser or an engraver takes away or darkens, shown in c.
func Engrave(c RGB) Ink { return Ink{Plate: "Engrave", Display: c} }

// CutContour is the plate that cutters follow, shown in magenta as is usual.
func CutContour() Ink { return Ink{Plate: "CutContour", Display: RGB{236, 0, 140}} }

// whiteInk is the plate of white below process inks. Viewers show it as nearly white, so
// that it can be told from the ground.
func whiteInk() Ink { return Ink{Plate: "White", Display: RGB{240, 246, 250}} }

// Item is one thing on the plaque: an outline in an ink, or a picture.
type Item struct {
	Outline shape.Outline
	Ink     Ink
	Picture *Picture // instead of Outline
}

// Picture is a photograph or a drawing, cropped in the middle to fill its box. Pictures are
// left out of DXF. It is pixels and never a file, so that nothing of what a camera wrote
// into one can stand in artwork; transparent parts become white.
type Picture struct {
	Box   shape.Box
	Image *image.RGBA
}

// Hole is a hole to be drilled.
type Hole struct {
	Centre   shape.Point
	Diameter float64 // mm
	KeepOut  float64 // radius around the centre where nothing may stand, mm
}

// Scene is one plaque.
type Scene struct {
	W, H       float64 // trimmed size, mm
	Bleed      float64 // how far print reaches beyond the trim, mm
	Radius     float64 // of the corners, mm
	Holes      []Hole
	Seams      []shape.Box // along which it is cut into pieces, too
	Panel      RGB
	PrintPanel bool
	Items      []Item // painted in this order
	// Cut is the ink of the trim and the holes, as hairlines; the zero Ink for none.
	Cut Ink
	// Marks asks for crop marks outside the bleed.
	Marks bool
	// White asks, in PDF, for a plate of white ink below all that is printed, as far as the
	// panel goes: on a clear ground printed colours are seen through without it.
	White bool
	// Mirror turns the PDF left for right, to be printed on the back of a clear sheet.
	Mirror bool
}

// Crop marks: hairlines of markLength that begin markGap beyond the bleed, so that they
// are gone when the plaque is trimmed.
const (
	markGap    = 2.0  // mm
	markLength = 5.0  // mm
	markMargin = 1.0  // mm, between a mark's end and the edge of the page
	hairline   = 0.09 // mm, a quarter of a point: what RIPs and cutters take for one
)

// margin is how far the page reaches beyond the trim.
func (s *Scene) margin() float64 {
	if s.Marks {
		return s.Bleed + markGap + markLength + markMargin
	}
	return s.Bleed
}

// trim is the outline of the plaque itself, with its holes.
func (s *Scene) trim() shape.Outline {
	out := shape.Rect(shape.Box{W: s.W, H: s.H}, s.Radius)
	for _, h := range s.Holes {
		out = append(out, shape.Circle(h.Centre, h.Diameter/2)...)
	}
	return out
}

// cuts are all lines along which is cut: the trim, holes and seams.
func (s *Scene) cuts() shape.Outline {
	out := s.trim()
	for _, b := range s.Seams {
		out = append(out, shape.Rect(b, 0)...)
	}
	return out
}

// bleedBox is the area that print covers. With no bleed it is the trim.
func (s *Scene) bleedBox() shape.Box {
	return shape.Box{X: -s.Bleed, Y: -s.Bleed, W: s.W + 2*s.Bleed, H: s.H + 2*s.Bleed}
}

// panel is what a printed panel covers.
func (s *Scene) panel() shape.Outline { return shape.Rect(s.bleedBox(), 0) }

// marks are the crop marks as pairs of points.
func (s *Scene) marks() [][2]shape.Point {
	if !s.Marks {
		return nil
	}
	a, b := s.Bleed+markGap, s.Bleed+markGap+markLength
	var out [][2]shape.Point
	for _, y := range []float64{0, s.H} {
		out = append(out,
			[2]shape.Point{{X: -b, Y: y}, {X: -a, Y: y}},
			[2]shape.Point{{X: s.W + a, Y: y}, {X: s.W + b, Y: y}})
	}
	for _, x := range []float64{0, s.W} {
		out = append(out,
			[2]shape.Point{{X: x, Y: -b}, {X: x, Y: -a}},
			[2]shape.Point{{X: x, Y: s.H + a}, {X: x, Y: s.H + b}})
	}
	return out
}

// MaxSide is the longest side of a scene, mm: a wall of a hundred bays. It keeps micrometres
// well inside a float's integers.
const MaxSide = 60000

// check refuses scenes that cannot be drawn.
func (s *Scene) check() error {
	if !(s.W > 0 && s.H > 0 && s.W <= MaxSide && s.H <= MaxSide) {
		return fmt.Errorf("artwork: a plaque of %g × %g mm", s.W, s.H)
	}
	if !(s.Bleed >= 0 && s.Bleed <= 100 && s.Radius >= 0) {
		return errors.New("artwork: a bleed over 100 mm, or a bleed or radius below 0")
	}
	plates := map[string]Ink{}
	if err := s.Cut.check(plates); err != nil {
		return err
	}
	for _, h := range s.Holes {
		if !(h.Diameter > 0) || !finite(h.Centre) {
			return fmt.Errorf("artwork: a hole of %g mm", h.Diameter)
		}
	}
	for _, it := range s.Items {
		if it.Picture != nil {
			if b := it.Picture.Box; !(b.W > 0 && b.H > 0) || !finite(shape.Point{X: b.X, Y: b.Y}) {
				return errors.New("artwork: a picture without a box")
			}
			continue
		}
		if err := it.Ink.check(plates); err != nil {
			return err
		}
		for _, c := range it.Outline {
			ok := finite(c.Start)
			for _, g := range c.Segments {
				ok = ok && finite(g.To) && (!g.Curve || finite(g.C1) && finite(g.C2))
			}
			if !ok {
				return errors.New("artwork: an outline with a coordinate that is no number")
			}
		}
	}
	return nil
}

func finite(p shape.Point) bool {
	return math.Abs(p.X) <= 10*MaxSide && math.Abs(p.Y) <= 10*MaxSide // false for NaN
}

// check keeps plate names to what SVG ids, PDF names and DXF layers all take unescaped, and
// one name to one ink; seen are the inks met so far.
func (k Ink) check(seen map[string]Ink) error {
	if k.Plate == "" {
		return nil
	}
	if other, ok := seen[k.Plate]; ok && other != k {
		return fmt.Errorf("artwork: the plate %q is shown in two colours", k.Plate)
	}
	seen[k.Plate] = k
	for i, r := range k.Plate {
		letter := 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'
		if !letter && (i == 0 || !('0' <= r && r <= '9' || r == '-' || r == '_')) {
			return fmt.Errorf("artwork: the plate name %q may hold only Latin letters, digits, - and _", k.Plate)
		}
	}
	if k.Plate == "All" || k.Plate == "None" {
		return fmt.Errorf("artwork: %q is not for plates: PDF means every plate, or none, by it", k.Plate)
	}
	return nil
}

// none reports the zero Ink.
func (k Ink) none() bool { return k == Ink{} }
