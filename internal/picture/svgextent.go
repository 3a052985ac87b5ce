package picture

import (
	"bytes"
	"image"
	"math"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// provisionalSide is that of the box in which a drawing is measured that says nothing of
// its size, and the size of one without shapes: CSS's for a picture of no size.
var provisional = image.Pt(300, 150)

// extent is the size of a drawing that has neither a viewBox nor a size in px: as far as
// its shapes reach to the right and down. text is its text.
func extent(text []byte) (size image.Point) {
	size = provisional
	defer func() {
		if recover() != nil { // the library on a malformed path, or what is drawn is too much
			size = provisional
		}
	}()
	s := newSanitizer(text)
	s.box = provisional
	if s.run() != nil {
		return size
	}
	flat, err := plain([]byte(s.head() + s.out.String()))
	if err != nil {
		return size
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(flat.out.Bytes()), oksvg.IgnoreErrorMode)
	if err != nil {
		return size
	}
	m := &measurer{scanner: scanner{img: &image.RGBA{Rect: image.Rectangle{Max: size}}, effort: newEffort(1000, 1000)}}
	for _, p := range icon.SVGPaths {
		tame(&p)
		p.Dash = nil
		m.effort.points = maxPoints
		p.DrawTransformed(rasterx.NewDasher(size.X, size.Y, m), 1, rasterx.Identity)
	}
	if !m.any {
		return size
	}
	// Half a unit is what an outline needs that stands on the edge.
	side := func(v fixed.Int26_6) int {
		return min(max(1, int(math.Round(float64(v)/64))), maxDrawing)
	}
	return image.Pt(side(m.most.X), side(m.most.Y))
}

// measurer is a scanner that draws nothing and notes how far paths reach.
type measurer struct {
	scanner
	most fixed.Point26_6
	any  bool
}

// Draw notes what was drawn since Clear.
func (m *measurer) Draw() {
	if len(m.points) > 0 {
		e := m.GetPathExtent()
		m.most.X, m.most.Y, m.any = max(m.most.X, e.Max.X), max(m.most.Y, e.Max.Y), true
	}
}
