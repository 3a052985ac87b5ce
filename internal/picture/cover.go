package picture

import (
	"fmt"
	"image"
	"image/draw"
)

// maxCovering is the area of a picture scaled to cover another one, px.
const maxCovering = 64 << 20

// Cover draws a picture, of which [Inspect] said m, so that it fills w×h px: scaled to
// the size that just covers them, cropped in the middle across, and down so that a third
// of what must go goes at the top, since faces stand high. Transparent parts become white.
// Its errors are those of Inspect.
func Cover(src []byte, m Meta, w, h int) (*image.RGBA, error) {
	if w < 1 || h < 1 || w > maxRaster || h > maxRaster {
		return nil, fmt.Errorf("cover %d×%d px: not between 1 and %d", w, h, maxRaster)
	}
	// Rounded up, so that neither side falls short.
	full := image.Pt(w, (m.Height*w+m.Width-1)/m.Width)
	if full.Y < h {
		full = image.Pt((m.Width*h+m.Height-1)/m.Height, h)
	}
	if m.Format == SVG && (full.X > maxRaster || full.Y > maxRaster) || full.X*full.Y > maxCovering {
		return nil, ErrTooLarge{Width: full.X, Height: full.Y, Limit: maxRaster}
	}
	var all image.Image
	if m.Format == SVG {
		img, err := raster(src, full.X+2) // its height is rounded: let it not fall short
		if err != nil {
			return nil, err
		}
		all = img
	} else {
		d, err := Decode(src, m)
		if err != nil {
			return nil, err
		}
		all = d.scaled(Variant{Width: full.X, Height: full.Y})
		if rgba, ok := all.(*image.RGBA); ok {
			putOnWhite(rgba)
		}
	}
	b := all.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, all, b.Min.Add(image.Pt((b.Dx()-w)/2, max(0, b.Dy()-h)/3)), draw.Src)
	return out, nil
}
