package artwork

import (
	"image"

	"mingdeng/internal/drawing/shape"
)

// Paint fills an outline on a picture, whose pixels must be opaque: k pixels to the mm
// from the origin. What lies outside is cut off.
func Paint(img *image.RGBA, o shape.Outline, k float64, ink RGB) {
	c := newCanvas(img, k, 0)
	c.fill(o, ink)
}
