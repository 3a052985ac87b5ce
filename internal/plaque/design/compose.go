package design

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/qr"
)

// Plaque is what one plaque says and how it is asked for.
type Plaque struct {
	Fields   map[string]string // name, line, story, place, number, kind, code, host, association, promise
	Symbol   *qr.Symbol
	W, H     float64 // mm; 0 for the design's own
	Material string  // paper, acrylic, metal, ceramic, stone, or ""
	Distance float64 // at which it is scanned, m; 0 for not given
	Picture  bool    // whether there is a picture for a picture box
	Faces    func(name string) *typeset.Face
}

// Layout is a plaque laid out: outlines in mm from the top left corner of the panel.
type Layout struct {
	Design  *Design
	W, H    float64
	Scale   float64
	Text    shape.Outline // all type as one even-odd outline
	Code    shape.Outline // the symbol, without its quiet zone
	CodeBox shape.Box     // of the symbol, without its quiet zone
	Module  float64       // mm
	Picture *shape.Box    // where the picture goes, or nil
	Holes   []Hole        // scaled in place, not in diameter
	Radius  float64
}

// Problem is why a plaque cannot be made. Words are ready for a message.
type Problem struct {
	Code *diag.Code
	Args []any
}

// Size is how large a plaque of the design becomes that is asked for with a width and a
// height, mm, 0 for not given: one given alone keeps the design's proportion.
func (d *Design) Size(w, h float64) (width, height float64) {
	switch {
	case w == 0 && h == 0:
		return d.W, d.H
	case w == 0:
		return h * d.W / d.H, h
	case h == 0:
		return w, w * d.H / d.W
	}
	return w, h
}

// Compose lays out a plaque. With any problem the layout must not be used.
func Compose(d *Design, p Plaque) (Layout, []Problem) {
	l := Layout{Design: d, Radius: d.Radius}
	l.W, l.H = d.Size(p.W, p.H)
	l.Scale = math.Min(l.W/d.W, l.H/d.H)
	dx, dy := (l.W-d.W*l.Scale)/2, (l.H-d.H*l.Scale)/2
	for _, h := range d.Holes {
		h.X, h.Y = h.X*l.Scale+dx, h.Y*l.Scale+dy
		l.Holes = append(l.Holes, h)
	}
	var problems []Problem
	for _, b := range d.Boxes {
		at := shape.Box{X: b.X*l.Scale + dx, Y: b.Y*l.Scale + dy, W: b.W * l.Scale, H: b.H * l.Scale}
		switch b.Kind {
		case Code:
			l.CodeBox = at
			l.Module = at.W / float64(p.Symbol.Size)
			l.Code = p.Symbol.Outline(l.Module, d.Compensation).Place(1, at.X, at.Y)
		case Picture:
			if p.Picture {
				l.Picture = &at
			}
		case Text:
			problems = append(problems, l.text(b, at, p)...)
		}
	}
	return l, append(problems, l.readable(p)...)
}

// fill puts the fields into a text.
func fill(text string, fields map[string]string) string {
	for k, v := range fields {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	return strings.TrimSpace(text)
}

func (l *Layout) text(b Box, at shape.Box, p Plaque) []Problem {
	words := fill(b.Text, p.Fields)
	if words == "" {
		return nil
	}
	face := p.Faces(b.Face)
	if missing := face.Missing(words); len(missing) > 0 {
		return []Problem{{diag.PlaqueGlyph, []any{string(missing[0]), fmt.Sprintf("U+%04X", missing[0]), words}}}
	}
	style := typeset.Style{
		Face: face, Size: b.Size * l.Scale, MinSize: b.Min * l.Scale, Leading: b.Leading, Measure: at.W, Depth: at.H,
		MaxLines: b.Lines, Align: b.Align, Spacing: b.Spacing * l.Scale, Vertical: b.Vertical,
	}
	if b.Vertical {
		style.Measure, style.Depth = at.H, at.W
	}
	block, err := typeset.Layout(words, style)
	var lacks *typeset.Lacks
	switch {
	case errors.As(err, &lacks):
		return []Problem{{diag.PlaqueGlyph, []any{string(lacks.Rune), fmt.Sprintf("U+%04X", lacks.Rune), words}}}
	case err != nil:
		return []Problem{{diag.PlaqueFit, []any{clip(words), l.Design.Name, err.Error()}}}
	}
	l.Text = append(l.Text, block.Outline().Place(1, at.X, at.Y)...)
	return nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:23]) + "…"
	}
	return s
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
	if least := LeastModule(p.Material); l.Module < least-1e-9 {
		out = append(out, Problem{diag.PlaqueModule, []any{trim(math.Floor(l.Module*100) / 100), trim(least), mm(least * size * grow)}})
	}
	quiet := Quiet * l.Module
	rim := math.Min(math.Min(l.CodeBox.X, l.CodeBox.Y), math.Min(l.W-l.CodeBox.X-l.CodeBox.W, l.H-l.CodeBox.Y-l.CodeBox.H))
	zone := shape.Box{X: l.CodeBox.X - quiet, Y: l.CodeBox.Y - quiet, W: l.CodeBox.W + 2*quiet, H: l.CodeBox.H + 2*quiet}
	if rim < quiet-1e-9 || touches(l.Text, zone) || l.holeIn(zone) || l.Picture != nil && overlap(*l.Picture, zone) {
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

func (l *Layout) holeIn(zone shape.Box) bool {
	for _, h := range l.Holes {
		if overlap(shape.Box{X: h.X - h.Diameter/2, Y: h.Y - h.Diameter/2, W: h.Diameter, H: h.Diameter}, zone) {
			return true
		}
	}
	return false
}

// mm rounds a length up to whole millimetres: what is named must work.
func mm(f float64) string { return fmt.Sprintf("%.0f", math.Ceil(f-1e-9)) }

func trim(f float64) string { return fmt.Sprintf("%g", f) }

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
