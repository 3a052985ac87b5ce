package design

import (
	"math"

	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
)

// ways lists the ways to go, each with its arrow at the left, as large as its box allows.
// What finds no room is left out: the plan shows it.
func (c *composer) ways(b *Box, at shape.Box) {
	size := b.Size * c.Scale
	mark := 1.3 * size // the arrow's side
	n := len(c.p.Ways)
	if b.Lines > 0 {
		n = min(n, b.Lines)
	}
	n = min(n, int(at.H/(1.15*mark)))
	if n == 0 {
		return
	}
	step := math.Min(at.H/float64(n), mark*leading(b))
	y := at.Y
	for _, w := range c.p.Ways[:n] {
		accent := b.Accent
		if accent.A == 0 {
			accent = b.Ink
		}
		c.add(Arrow(w.Sign, shape.Box{X: at.X, Y: y, W: mark, H: mark}), accent)
		left := at.X + mark*1.35
		face := c.face(b, w.Text)
		if face == nil {
			return
		}
		style := c.style(b, face)
		style.Size, style.MinSize, style.Measure, style.MaxLines = size, b.least()*c.Scale, at.X+at.W-left, 2
		style.Depth, style.Leading, style.Name = 0.92*step, 1.15, true
		block, err := typeset.Layout(w.Text, style)
		if err != nil && w.Short != "" && len(face.Missing(w.Short)) == 0 {
			block, err = typeset.Layout(w.Short, style)
		}
		if err != nil {
			c.unfit(w.Text, err)
			return
		}
		c.add(block.Outline().Place(1, left, y+(mark-block.H)/2), b.Ink)
		c.legible(b, w.Text, block.Size)
		y += step
	}
}

// turns are the arrows as eighths of a full turn, clockwise from upwards.
var turns = map[string]float64{"↑": 0, "↗": 1, "→": 2, "↘": 3, "↓": 4, "↙": 5, "←": 6, "↖": 7}

// Arrow draws a sign of a way into a box: an arrow, a wheelchair, or a lamp's dot.
func Arrow(sign string, b shape.Box) shape.Outline {
	place := func(o shape.Outline) shape.Outline { return o.Place(b.W, b.X, b.Y) }
	if sign == "♿" {
		return place(wheelchair())
	}
	turn, ok := turns[sign]
	if !ok {
		return place(shape.Circle(shape.Point{X: 0.5, Y: 0.5}, 0.22))
	}
	// Upwards in a square of 1: a head with flat barbs and a shaft (after ISO 7001).
	points := []shape.Point{{X: 0.5, Y: 0.04}, {X: 0.92, Y: 0.46}, {X: 0.72, Y: 0.46}, {X: 0.58, Y: 0.32}, {X: 0.58, Y: 0.96},
		{X: 0.42, Y: 0.96}, {X: 0.42, Y: 0.32}, {X: 0.28, Y: 0.46}, {X: 0.08, Y: 0.46}}
	sin, cos := math.Sincos(turn * math.Pi / 4)
	var c shape.Contour
	for i, p := range points {
		x, y := p.X-0.5, p.Y-0.5
		q := shape.Point{X: 0.5 + x*cos - y*sin, Y: 0.5 + x*sin + y*cos}
		if i == 0 {
			c.Start = q
		} else {
			c.Line(q)
		}
	}
	return place(shape.Outline{c})
}

// wheelchair is the sign of a way without steps, plain enough to be cut: a head, a body with
// its seat, and a wheel (after ISO 7000-0100).
func wheelchair() shape.Outline {
	o := shape.Circle(shape.Point{X: 0.42, Y: 0.12}, 0.09)
	body := shape.Contour{Start: shape.Point{X: 0.36, Y: 0.25}}
	for _, p := range []shape.Point{{X: 0.48, Y: 0.25}, {X: 0.49, Y: 0.38}, {X: 0.70, Y: 0.38}, {X: 0.70, Y: 0.46}, {X: 0.50, Y: 0.46},
		{X: 0.51, Y: 0.54}, {X: 0.74, Y: 0.54}, {X: 0.86, Y: 0.82}, {X: 0.95, Y: 0.79}, {X: 0.98, Y: 0.87}, {X: 0.82, Y: 0.93}, {X: 0.68, Y: 0.64}, {X: 0.40, Y: 0.64}} {
		body.Line(p)
	}
	o = append(o, body)
	// The wheel: a ring with a gap where the body passes through it.
	const n = 24
	centre := shape.Point{X: 0.42, Y: 0.70}
	arc := func(r float64, from, to float64, steps int) []shape.Point {
		var out []shape.Point
		for i := range steps + 1 {
			a := from + (to-from)*float64(i)/float64(steps)
			s, k := math.Sincos(a)
			out = append(out, shape.Point{X: centre.X + r*k, Y: centre.Y + r*s})
		}
		return out
	}
	from, to := 0.12, 1.30*math.Pi
	outer, inner := arc(0.27, from, to, n), arc(0.19, to, from, n)
	ring := shape.Contour{Start: outer[0]}
	for _, p := range append(outer[1:], inner...) {
		ring.Line(p)
	}
	return append(o, ring)
}
