package proof

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// The contact sheet: cells of a photo with two lines of words below it, pixels.
const (
	columns = 8
	photo   = 200
	words   = 34
	frame   = 4
	gap     = 12
)

var (
	green = color.RGBA{0x2e, 0x7d, 0x32, 0xff}
	amber = color.RGBA{0xf9, 0xa8, 0x25, 0xff}
	red   = color.RGBA{0xc6, 0x28, 0x28, 0xff}
)

// sheet draws the contact sheet. Its words are English and in a font that is part of
// the library: a name of a trial and two numbers need no more.
func sheet(r *Report, shown []*image.Gray) *image.RGBA {
	const cellW, cellH = photo + 2*frame + gap, photo + 2*frame + words + gap
	rows := (len(shown) + columns - 1) / columns
	out := image.NewRGBA(image.Rect(0, 0, columns*cellW+gap, rows*cellH+gap))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	for i, g := range shown {
		at := image.Pt(gap+i%columns*cellW, gap+i/columns*cellH)
		row := r.Rows[i]
		colour := amber
		switch first := row.Results[0]; first.Passed {
		case first.Total:
			colour = green
		case 0:
			colour = red
		}
		box := image.Rectangle{at, at.Add(image.Pt(photo+2*frame, photo+2*frame))}
		draw.Draw(out, box, image.NewUniform(colour), image.Point{}, draw.Src)
		xdraw.ApproxBiLinear.Scale(out, box.Inset(frame), g, g.Rect, xdraw.Src, nil)
		line := func(n int, s string) {
			d := font.Drawer{Dst: out, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(at.X, box.Max.Y+14*n)}
			d.DrawString(s)
		}
		line(1, row.Trial.En+" "+ascii(row.Parameter))
		second := ""
		for j, x := range row.Results {
			second += fmt.Sprintf("%s %d/%d  ", r.Readers[j], x.Passed, x.Total)
		}
		line(2, second)
	}
	return out
}

// ascii spells what the font lacks.
func ascii(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r == 'σ':
			out = append(out, "sigma"...)
		case r == '°':
			out = append(out, " deg"...)
		case r < 0x80:
			out = append(out, byte(r))
		}
	}
	return string(out)
}
