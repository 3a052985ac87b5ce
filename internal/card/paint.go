package card

import (
	"image"
	"image/draw"

	"mingdeng/internal/drawing/artwork"
)

// lamp is where the light comes from: centre and reach in px, and how bright it is in
// 256ths of glow.
type lamp struct{ x, y, r, peak int }

// paint draws the card; it returns the layout, too, for tests to measure.
func (c Card) paint(photo *image.RGBA) (*image.RGBA, layout, error) {
	l, err := c.compose(photo)
	if err != nil {
		return nil, l, err
	}
	img := image.NewRGBA(image.Rect(0, 0, Width, Height))
	l.lamp.light(img, l.split, c.Palette)
	if photo != nil {
		draw.Draw(img, image.Rect(l.split, 0, Width, Height), photo, photo.Rect.Min, draw.Src)
	}
	for _, p := range l.places {
		artwork.Paint(img, p.outline, 1, p.ink)
	}
	return img, l, nil
}

// light fills the picture left of split with night and the lamp's glow, in whole numbers,
// so that every machine makes the same. The light falls off as (1-d²/r²)².
func (l lamp) light(img *image.RGBA, split int, p Palette) {
	const steps = 256
	var shades [steps + 1][4]uint8
	mix := func(a, b uint8, f int) uint8 { return uint8((int(a)*(1<<16-f) + int(b)*f + 1<<15) >> 16) }
	for t := range shades {
		f := t * t * l.peak >> 8 // 0..65536
		shades[t] = [4]uint8{mix(p.Night.R, p.Glow.R, f), mix(p.Night.G, p.Glow.G, f), mix(p.Night.B, p.Glow.B, f), 255}
	}
	r2 := l.r * l.r
	per := steps << 32 / r2 // a multiplication for a division a pixel
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*split]
		left := r2 - (y-l.y)*(y-l.y)
		for x := range split {
			t := 0
			if v := left - (x-l.x)*(x-l.x); v > 0 {
				t = v * per >> 32
			}
			copy(row[4*x:4*x+4], shades[t][:])
		}
	}
}
