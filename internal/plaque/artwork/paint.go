package artwork

import (
	"image"

	"mingdeng/internal/plaque/shape"
)

// Paint fills an outline on a picture, whose pixels must be opaque: k pixels to the mm,
// from its top left corner. What lies outside is cut off.
func Paint(img *image.RGBA, o shape.Outline, k float64, ink RGB) {
	c := canvas{img: img, r: newRasteriser(img.Rect.Dx(), img.Rect.Dy()), k: k}
	c.fill(o, ink)
}
