package kit

import (
	"math"

	"mingdeng/internal/plaque/design"
)

// LeastDPI is the least resolution of a photograph at its final size: below it single pixels
// are seen from arm's length.
const LeastDPI = 150

// Resolution tells how finely a plaque would print its photograph: pixels an inch at final
// size, and the least width and height in pixels of the whole picture that would do. ok is
// false where there is no photograph, or a drawing, which can be made of any size.
func Resolution(p Plaque, d *design.Design) (dpi float64, width, height int, ok bool) {
	if p.Photo == nil || p.Photo.Drawing || p.Photo.Width == 0 || p.Photo.Height == 0 {
		return 0, 0, 0, false
	}
	l, err := lay(p, d)
	if err != nil || l.Picture == nil {
		return 0, 0, 0, false // told with the plaque itself
	}
	whole := max(l.Picture.W/float64(p.Photo.Width), l.Picture.H/float64(p.Photo.Height)) // mm a px
	grow := LeastDPI * whole / 25.4
	return 25.4 / whole, int(math.Ceil(grow*float64(p.Photo.Width) - 1e-6)), int(math.Ceil(grow*float64(p.Photo.Height) - 1e-6)), true
}
