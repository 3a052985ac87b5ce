package design

import (
	"image/color"
	"math"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
)

// boldest is as bold as type is made for a material's sake, hundredths of an em.
const boldest = 4

// leastStroke is what the strokes of a box's type must have, mm: small print no more than the
// material asks for.
func (c *composer) leastStroke(b *Box) float64 {
	if b.Role == Small {
		return LeastStroke(c.Material)
	}
	return math.Max(LeastStroke(c.Material), c.Design.Stroke)
}

// bolder is the face of a box as bold as its strokes must be at a size; nil where it lacks
// characters.
func (c *composer) bolder(b *Box, words string, size float64) *typeset.Face {
	face := c.p.Faces(b.Face)
	if len(face.Missing(words)) > 0 {
		if face = c.p.Faces("serif"); len(face.Missing(words)) > 0 {
			return nil
		}
	}
	return face.Bold(c.bold(face, b, words, size))
}

// bold is how bold a text of a size has to be, hundredths of an em. It asks the plain face
// alone: a bolder one has as much more.
func (c *composer) bold(face *typeset.Face, b *Box, words string, size float64) int {
	need := c.leastStroke(b) / size
	bold := b.Bold
	for stem := face.Stem(words); bold < boldest && stem+float64(bold)/100 < need-1e-9; {
		bold++
	}
	return bold
}

// legible tells type that is too small for its distance or too thin for its material.
func (c *composer) legible(b *Box, words string, size float64) {
	grow := c.inner.W
	if c.Design.Bay > 0 {
		grow = c.H // whose width follows from its names
	}
	metres := c.Design.Distance
	if c.p.Distance > 0 {
		metres = math.Min(metres, c.p.Distance) // they stand nearer
	}
	if need := b.Role.Least(metres); size < need-1e-6 {
		c.problem(diag.PlaqueType, clip(words), tenth(size-0.05), trim(metres), tenth(need), mm(grow*need/size))
	}
	face := c.p.Faces(b.Face)
	if len(face.Missing(words)) > 0 {
		face = c.p.Faces("serif")
	}
	need := c.leastStroke(b)
	stem := face.Stem(words)
	if stem == 0 {
		return // marks alone
	}
	if stroke := (stem + float64(c.bold(face, b, words, size))/100) * size; stroke < need-1e-6 {
		c.problem(diag.PlaqueStroke, clip(words), trim(math.Floor(stroke*100)/100), trim(need), tenth(size*need/stroke), mm(grow*need/stroke))
	}
}

// readable checks that the code can be read where it will hang (FACTS: 3 px a module
// is what good readers need in a photo; width = distance/10 gives 5).
func (l *Layout) readable(p Plaque) []Problem {
	var out []Problem
	size := float64(p.Symbol.Size)
	grow := l.W / l.CodeBox.W // panel width for each mm of code
	if need := p.Distance * 100; p.Distance > 0 && l.CodeBox.W < need-1e-9 {
		out = append(out, Problem{diag.PlaqueFar, []any{mm(l.CodeBox.W), trim(p.Distance), mm(need * grow), trim(math.Floor(l.CodeBox.W/10) / 10)}})
	}
	material := l.Material
	if l.Tile != nil && material == "stone" {
		material = "ceramic" // or steel: what the tile is made of
	}
	if least := LeastModule(material); l.Module < least-1e-9 {
		out = append(out, Problem{diag.PlaqueModule, []any{trim(math.Floor(l.Module*100) / 100), trim(least), mm(least * size * grow)}})
	}
	quiet := Quiet * l.Module
	rim := math.Min(math.Min(l.CodeBox.X, l.CodeBox.Y), math.Min(l.W-l.CodeBox.X-l.CodeBox.W, l.H-l.CodeBox.Y-l.CodeBox.H))
	zone := shape.Box{X: l.CodeBox.X - quiet, Y: l.CodeBox.Y - quiet, W: l.CodeBox.W + 2*quiet, H: l.CodeBox.H + 2*quiet}
	clear := rim >= quiet-1e-9 && !l.holeIn(zone)
	for _, x := range l.Layers {
		clear = clear && !touches(x.Outline, zone)
	}
	for _, x := range l.Under { // a ground under all of the rim is none in it
		b := x.Outline.Bounds()
		clear = clear && (!overlap(b, zone) || within(zone, b))
	}
	for _, picture := range []*shape.Box{l.Picture, l.Plan} {
		clear = clear && (picture == nil || !overlap(*picture, zone))
	}
	if l.Tile != nil {
		clear = clear && within(zone, *l.Tile)
	}
	if !clear {
		out = append(out, Problem{diag.PlaqueQuiet, []any{l.Design.Name, mm(quiet)}})
	}
	return out
}

func touches(o shape.Outline, b shape.Box) bool {
	for _, c := range o {
		if overlap(shape.Outline{c}.Bounds(), b) {
			return true
		}
	}
	return false
}

func overlap(a, b shape.Box) bool {
	return a.X < b.X+b.W && a.X+a.W > b.X && a.Y < b.Y+b.H && a.Y+a.H > b.Y
}

func within(a, b shape.Box) bool {
	const eps = 1e-6
	return a.X >= b.X-eps && a.Y >= b.Y-eps && a.X+a.W <= b.X+b.W+eps && a.Y+a.H <= b.Y+b.H+eps
}

func (l *Layout) holeIn(zone shape.Box) bool {
	for _, h := range l.Holes {
		if overlap(shape.Box{X: h.X - h.Diameter/2, Y: h.Y - h.Diameter/2, W: h.Diameter, H: h.Diameter}, zone) {
			return true
		}
	}
	return false
}

// Contrast is the ratio of the light two colours reflect (WCAG 2.2, relative
// luminance, without the term for glare).
func Contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
