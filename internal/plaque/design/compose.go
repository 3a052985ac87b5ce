package design

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/qr"
)

// Plaque is what one plaque says and how it is asked for.
type Plaque struct {
	Fields   map[string]string // see the package comment; {t:KEY} are words of the theme
	Facts    []Fact
	Rolls    []Roll
	Ways     []Way
	Plan     Plan
	Symbol   *qr.Symbol
	W, H     float64 // mm; 0 for the design's own
	Material string  // paper, acrylic, metal, ceramic, stone, or "" for the design's
	Distance float64 // at which it is scanned, m; 0 for not given
	Picture  bool    // whether there is a portrait
	Faces    func(name string) *typeset.Face
}

// Fact is one line of a ledger.
type Fact struct{ Label, Value string }

// Roll is names under a head.
type Roll struct {
	Head  string
	Names []string
}

// Way is a way to go: its sign is one of the arrows ↑↗→↘↓↙←↖, ♿, or none.
type Way struct {
	Sign, Text string
	Short      string // said instead where Text is too long, or ""
}

// Plan is the plan of the place.
type Plan struct {
	W, H float64   // of the picture, in any unit; 0 for none
	Here []float64 // where the plaque stands on it, 0 to 1; nil where that is not known
}

// Layout is a plaque laid out: outlines in mm from the top left corner of the panel.
type Layout struct {
	Design   *Design
	Material string
	W, H     float64
	Scale    float64
	Under    []Layer       // grounds, below pictures
	Layers   []Layer       // type and what is drawn, above pictures
	Code     shape.Outline // the symbol, without its quiet zone
	CodeBox  shape.Box     // of the symbol, without its quiet zone
	Module   float64       // mm
	Picture  *shape.Box    // where the portrait goes, or nil
	Plan     *shape.Box    // where the plan goes, or nil
	Tile     *shape.Box    // the piece of its own on which the code stands, or nil
	Seams    []shape.Box   // pieces that are cut apart: bays
	Holes    []Hole        // scaled in place, not in diameter
	Radius   float64
}

// Layer is an even-odd outline in one colour.
type Layer struct {
	Outline shape.Outline
	Ink     color.RGBA
}

// Problem is why a plaque cannot be made. Words are ready for a message.
type Problem struct {
	Code *diag.Code
	Args []any
}

// Size is how large a plaque of the design becomes that is asked for with a width and a
// height, mm, 0 for not given: one given alone keeps the design's proportion. Bays of names
// come to it.
func (d *Design) Size(w, h float64) (width, height float64) {
	switch {
	case d.Bay > 0 && h == 0:
		return d.W, d.H // the width follows from the names
	case d.Bay > 0:
		return h * d.W / d.H, h
	case w == 0 && h == 0:
		return d.W, d.H
	case w == 0:
		return h * d.W / d.H, h
	case h == 0:
		return w, w * d.H / d.W
	}
	return w, h
}

// composer lays one plaque out.
type composer struct {
	*Layout
	p        Plaque
	dx, dy   float64
	inner    shape.Box // of the panel, without bays
	problems []Problem
}

// Compose lays out a plaque. With any problem the layout must not be used.
func Compose(d *Design, p Plaque) (Layout, []Problem) {
	l := Layout{Design: d, Radius: d.Radius, Material: p.Material}
	if l.Material == "" {
		l.Material = d.Material
	}
	l.W, l.H = d.Size(p.W, p.H)
	l.Scale = math.Min(l.W/d.W, l.H/d.H)
	c := &composer{Layout: &l, p: p, dx: (l.W - d.W*l.Scale) / 2, dy: (l.H - d.H*l.Scale) / 2, inner: shape.Box{W: l.W, H: l.H}}
	for _, h := range d.Holes {
		h.X, h.Y = h.X*l.Scale+c.dx, h.Y*l.Scale+c.dy
		l.Holes = append(l.Holes, h)
	}
	for i := range d.Boxes { // the code first: what stands in its rim is a fault of others
		if b := &d.Boxes[i]; b.Kind == Code {
			c.code(b)
		}
	}
	for i := range d.Boxes {
		if b := &d.Boxes[i]; !c.left(b) {
			c.box(b)
		}
	}
	return l, append(c.problems, l.readable(p)...)
}

// place is where a box of the design comes to stand.
func (c *composer) place(b *Box) shape.Box {
	k := c.Scale
	return shape.Box{X: b.X*k + c.dx, Y: b.Y*k + c.dy, W: b.W * k, H: b.H * k}
}

func (c *composer) code(b *Box) {
	c.CodeBox = c.place(b)
	c.Module = c.CodeBox.W / float64(c.p.Symbol.Size)
	c.Code = c.p.Symbol.Outline(c.Module, c.Design.Compensation).Place(1, c.CodeBox.X, c.CodeBox.Y)
	if b.Tile > 0 {
		rim := (b.Tile*c.Scale - c.CodeBox.W) / 2
		c.Tile = &shape.Box{X: c.CodeBox.X - rim, Y: c.CodeBox.Y - rim, W: c.CodeBox.W + 2*rim, H: c.CodeBox.H + 2*rim}
	}
}

func (c *composer) box(b *Box) {
	at := c.place(b)
	switch b.Kind {
	case Area:
		c.Under = append(c.Under, Layer{shape.Rect(c.toEdge(b, at), b.Radius*c.Scale), b.Fill})
	case Picture:
		switch {
		case b.Text == "plan" && c.p.Plan.W > 0:
			c.plan(b, at)
		case b.Text == "portrait" && c.p.Picture:
			c.Picture = &at
		}
	case Text:
		c.text(b, at)
	case Flow:
		c.flow(b, at)
	case Names:
		c.names(b)
	case Ways:
		c.ways(b, at)
	}
}

// toEdge has a ground that ends at the panel's edge reach to that of the plaque asked for,
// and over its bleed.
func (c *composer) toEdge(b *Box, at shape.Box) shape.Box {
	x0, y0, x1, y1 := at.X, at.Y, at.X+at.W, at.Y+at.H
	bleed := c.Design.Bleed
	if b.X <= 0 {
		x0 = -bleed
	}
	if b.Y <= 0 {
		y0 = -bleed
	}
	if b.X+b.W >= c.Design.W-1e-9 && c.Design.Bay == 0 {
		x1 = c.W + bleed
	}
	if b.Y+b.H >= c.Design.H-1e-9 {
		y1 = c.H + bleed
	}
	return shape.Box{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}
}

// plan puts the whole plan into the middle of its box, and a mark where one stands.
func (c *composer) plan(b *Box, at shape.Box) {
	k := math.Min(at.W/c.p.Plan.W, at.H/c.p.Plan.H)
	w, h := c.p.Plan.W*k, c.p.Plan.H*k
	box := shape.Box{X: at.X + (at.W-w)/2, Y: at.Y + (at.H-h)/2, W: w, H: h}
	c.Plan = &box
	if len(c.p.Plan.Here) == 2 {
		r := b.Size / 2 * c.Scale
		here := shape.Point{X: box.X + c.p.Plan.Here[0]*w, Y: box.Y + c.p.Plan.Here[1]*h}
		c.Layers = append(c.Layers,
			Layer{shape.Circle(here, r*1.35), color.RGBA{255, 255, 255, 255}},
			Layer{shape.Circle(here, r), c.ink(b.Ink)})
	}
}

func (c *composer) ink(ink color.RGBA) color.RGBA {
	if ink.A == 0 {
		return c.Design.Mark
	}
	return ink
}

// add puts an outline, mm from the panel's corner, on the plaque.
func (c *composer) add(o shape.Outline, ink color.RGBA) {
	if len(o) == 0 {
		return
	}
	ink = c.ink(ink)
	if n := len(c.Layers); n > 0 && c.Layers[n-1].Ink == ink {
		c.Layers[n-1].Outline = append(c.Layers[n-1].Outline, o...)
		return
	}
	c.Layers = append(c.Layers, Layer{append(shape.Outline{}, o...), ink})
}

func (c *composer) problem(code *diag.Code, args ...any) {
	for _, p := range c.problems {
		if p.Code == code && (code == diag.PlaqueType || code == diag.PlaqueStroke) {
			return // one such text is told, the size that mends it may mend all
		}
	}
	c.problems = append(c.problems, Problem{code, args})
}

// text sets one text in a box.
func (c *composer) text(b *Box, at shape.Box) {
	words := c.words(b.Text)
	if words == "" {
		return
	}
	lines := b.Lines
	set := func(face *typeset.Face) (typeset.Block, error) {
		style := c.style(b, face)
		style.Size, style.MinSize, style.Measure, style.Depth, style.Fill, style.MaxLines = b.Size*c.Scale, b.Min*c.Scale, at.W, at.H, b.Grow, lines
		if b.Vertical {
			style.Measure, style.Depth = at.H, at.W
		}
		return typeset.Layout(words, style)
	}
	face := c.face(b, words)
	if face == nil {
		return
	}
	block, err := set(face)
	if long := new(typeset.DoesNotFit); errors.As(err, &long) && lines > 0 && long.Lines > lines {
		lines++ // one line more, where there is room, rather than none
		if more, ok := set(face); ok == nil {
			block, err = more, nil
		}
	}
	if err != nil {
		c.unfit(words, err)
		return
	}
	if bold := c.bolder(b, words, block.Size); bold != face && bold != nil {
		if again, err := set(bold); err == nil {
			block = again
		}
	}
	c.legible(b, words, block.Size)
	left := at.X
	if b.Vertical { // the first column at the right
		left += at.W - block.W
		if b.Align == typeset.Center {
			left = at.X + (at.W-block.W)/2
		}
	}
	top := at.Y
	if b.Middle {
		top += (at.H - block.H) / 2
	}
	c.add(block.Outline().Place(1, left, top), b.Ink)
}

// style is a box's, without size and place.
func (c *composer) style(b *Box, face *typeset.Face) typeset.Style {
	return typeset.Style{Face: face, Size: b.Size * c.Scale, Leading: b.Leading, Align: b.Align, Spacing: b.Spacing * c.Scale, Vertical: b.Vertical}
}

func (c *composer) unfit(words string, err error) {
	c.problem(diag.PlaqueFit, clip(words), c.Design.Name, err.Error(), "—")
}

// face is the face of a box that has all characters of a text: the serif where the box's own
// lacks some, nil, told, where that lacks them too.
func (c *composer) face(b *Box, words string) *typeset.Face {
	face := c.p.Faces(b.Face)
	missing := face.Missing(words)
	if len(missing) > 0 && b.Face != "serif" {
		if other := c.p.Faces("serif"); len(other.Missing(words)) == 0 {
			return other.Bold(b.Bold)
		}
	}
	if len(missing) > 0 {
		c.problem(diag.PlaqueGlyph, string(missing[0]), fmt.Sprintf("U+%04X", missing[0]))
		return nil
	}
	return face.Bold(b.Bold)
}

func clip(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:23]) + "…"
	}
	return s
}

// mm rounds a length up to whole millimetres: what is named must work.
func mm(f float64) string { return fmt.Sprintf("%.0f", math.Ceil(f-1e-9)) }

func ceil(f float64, parts float64) float64 { return math.Ceil(f*parts-1e-9) / parts }

func trim(f float64) string { return fmt.Sprintf("%g", math.Round(f*100)/100) }
