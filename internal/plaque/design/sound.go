package design

import (
	"fmt"
	"image/color"
	"strconv"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/shape"
)

// typed tells the kinds of boxes that set type at a size.
func (b *Box) typed() bool {
	return b.Kind == Text || b.Kind == Facts || b.Kind == Names || b.Kind == Ways
}

// least is the smallest em that a box may be set at, mm.
func (b *Box) least() float64 {
	if b.Min > 0 && b.Min < b.Size {
		return b.Min
	}
	return b.Size
}

func (b *Box) at() shape.Box { return shape.Box{X: b.X, Y: b.Y, W: b.W, H: b.H} }

// sound checks what single keys do not show.
func (r *reading) sound(pos diag.Pos, d *Design) {
	if d.W == 0 || d.H == 0 || len(d.Boxes) == 0 {
		r.fault(pos, "版式要有 width、height 和 boxes", "a design needs width, height and boxes")
		return
	}
	var codes []Box
	for i := range d.Boxes {
		b := &d.Boxes[i]
		width := d.W
		switch b.Kind {
		case Code:
			codes = append(codes, *b)
		case Names:
			if width = d.Bay; d.Bay == 0 {
				r.fault(b.Pos, "名录 names 要写一块的宽度 bay", "names need the width of a bay")
				continue
			}
		}
		if b.X+b.W > width+1e-9 || b.Y+b.H > d.H+1e-9 {
			r.fault(b.Pos, "框超出了板面", "the box reaches beyond the panel")
		}
		for _, h := range d.Holes {
			if b.Kind != Area && b.X < h.X+h.Keep/2 && b.X+b.W > h.X-h.Keep/2 && b.Y < h.Y+h.Keep/2 && b.Y+b.H > h.Y-h.Keep/2 {
				r.fault(b.Pos, "框伸进了孔周围要留空的一圈", "the box reaches into the ring around a hole")
			}
		}
		ground := d.Panel
		if b.Kind != Names { // whose bays have none of the panel's areas
			ground = d.ground(i, b.at())
		}
		r.legible(d, b, ground)
	}
	if len(codes) != 1 {
		r.fault(pos, "版式要有且只有一个 code 框", "a design needs exactly one code box")
		return
	}
	r.scannable(pos, d, &codes[0])
}

// legible checks that all type of a box can be read.
func (r *reading) legible(d *Design, b *Box, ground color.RGBA) {
	for i := range b.Items {
		r.legible(d, &b.Items[i], ground)
	}
	if !b.typed() || b.Size == 0 {
		return
	}
	ink := b.Ink
	if ink.A == 0 {
		ink = d.Mark
	}
	if c := Contrast(ground, ink); c < leastText {
		r.fault(b.Pos, fmt.Sprintf("字与底的明暗比只有 %.1f:1，至少要 %g:1", c, leastText), fmt.Sprintf("the contrast of type and ground is only %.1f:1; %g:1 is the least", c, leastText))
	}
	if need := b.Role.Least(d.Distance); b.least() < need-1e-9 {
		r.fault(b.Pos, fmt.Sprintf("字最小到 %s 毫米，站在 %g 米外看不清：size 和 min 至少写 %s", trim(b.least()), d.Distance, tenth(need)),
			fmt.Sprintf("type of %s mm cannot be read from %g m: size and min are %s at least", trim(b.least()), d.Distance, tenth(need)))
	}
	if need := Small.Least(d.Distance); b.Label > 0 && b.Label < need-1e-9 {
		r.fault(b.Pos, fmt.Sprintf("小标题 label 至少写 %s", tenth(need)), fmt.Sprintf("label is %s at least", tenth(need)))
	}
}

// ground is the colour under a place: that of the last area before a box that covers it.
func (d *Design) ground(before int, at shape.Box) color.RGBA {
	ground := d.Panel
	for _, a := range d.Boxes[:before] {
		if a.Kind == Area && a.X <= at.X && a.Y <= at.Y && a.X+a.W >= at.X+at.W && a.Y+a.H >= at.Y+at.H {
			ground = a.Fill
		}
	}
	return ground
}

// scannable checks the code's box: dark on light, and large enough for the distance.
func (r *reading) scannable(pos diag.Pos, d *Design, b *Box) {
	ground := d.Panel
	for i := range d.Boxes {
		if d.Boxes[i].Kind == Code {
			ground = d.ground(i, b.at())
		}
	}
	mark := d.Mark
	if b.Tile > 0 {
		ground = color.RGBA{255, 255, 255, 255}
		mark = color.RGBA{0, 0, 0, 255}
		if rim := (b.Tile - b.W) / 2; rim < 0 || b.X < rim || b.Y < rim || b.X+b.W+rim > d.W || b.Y+b.H+rim > d.H {
			r.fault(b.Pos, "贴片 tile 要比码大，而且整块在板面上", "the tile is larger than the code, and all of it on the panel")
		}
	}
	if luminance(mark) >= luminance(ground) {
		r.fault(pos, "码要深色印在浅色上：反过来大多数手机读不出", "the code must be dark on light: most readers fail on the reverse")
		return
	}
	if c := Contrast(ground, mark); c < LeastContrast {
		r.fault(pos, "底与字的明暗比只有 "+strconv.FormatFloat(c, 'f', 1, 64)+":1，至少要 5:1", "the contrast of panel and mark is only "+strconv.FormatFloat(c, 'f', 1, 64)+":1; 5:1 is the least")
	}
	if need := d.ScanDistance() * 100; b.W < need-1e-9 {
		r.fault(b.Pos, fmt.Sprintf("码宽 %s 毫米，%g 米外扫不出来：至少宽 %s；或写上扫码的距离 scan", trim(b.W), d.ScanDistance(), mm(need)),
			fmt.Sprintf("a code %s mm wide cannot be scanned from %g m: it needs %s; or give the scanning distance as scan", trim(b.W), d.ScanDistance(), mm(need)))
	}
}

// ScanDistance is from how far the code of the design is to be scanned, m, or 0.
func (d *Design) ScanDistance() float64 {
	if d.Scan > 0 {
		return d.Scan
	}
	return d.Distance
}

// tenth rounds a length up to tenths of a millimetre: what is named must work.
func tenth(f float64) string { return strconv.FormatFloat(ceil(f, 10), 'f', -1, 64) }
