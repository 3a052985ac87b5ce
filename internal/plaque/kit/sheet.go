package kit

import (
	"fmt"

	"mingdeng/internal/plaque/artwork"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/fonts"
	"mingdeng/internal/plaque/shape"
	"mingdeng/internal/plaque/typeset"
)

// Paper sizes of an office, mm (ISO 216).
var papers = []struct {
	name string
	w, h float64
}{{"A4", 210, 297}, {"A3", 297, 420}}

const (
	sheetMargin  = 12.0 // what office printers leave white, and room for marks
	sheetGutter  = 16.0 // between plaques: twice the bleed, the gap and the marks
	sheetCaption = 14.0 // at the foot, with the scale bar
)

// Sheet puts the plaques that fit an A4 or A3 page on pages to be printed in the office,
// with cut marks and a bar of 100 mm that tells whether the printer kept the size.
// Larger ones are named on the last page.
func Sheet(v Venue, designs map[string]*design.Design) ([]byte, error) {
	var pages []artwork.Sheet
	var large []string
	type open struct {
		page    int
		x, y, h float64
	}
	current := map[string]*open{}
	for _, p := range v.Plaques {
		x, err := Draw(p, designs[p.Design])
		if err != nil {
			return nil, err
		}
		scene := x.Scene
		scene.Cut = artwork.Ink{} // an office printer would print the cut line
		placed := false
		for _, paper := range papers {
			room := shape.Box{W: paper.w - 2*sheetMargin, H: paper.h - 2*sheetMargin - sheetCaption}
			if scene.W > room.W || scene.H > room.H {
				continue
			}
			at := current[paper.name]
			if at != nil && at.x+scene.W > paper.w-sheetMargin {
				at.x, at.y, at.h = sheetMargin, at.y+at.h+sheetGutter, 0
			}
			if at == nil || at.y+scene.H > paper.h-sheetMargin-sheetCaption {
				pages = append(pages, artwork.Sheet{
					W: paper.w, H: paper.h, CutMarks: 4, Scale: &shape.Point{X: sheetMargin, Y: paper.h - sheetMargin},
					Text: caption(fmt.Sprintf("%s · %s · 打印时选“实际大小（100%%）”，量一量左边的线是不是 100 毫米", v.Name, paper.name), sheetMargin+artwork.ScaleLength+6, paper.h-sheetMargin-4, paper.w-2*sheetMargin-artwork.ScaleLength-6),
				})
				at = &open{page: len(pages) - 1, x: sheetMargin, y: sheetMargin}
				current[paper.name] = at
			}
			pages[at.page].Placed = append(pages[at.page].Placed, artwork.Placed{X: at.x, Y: at.y, Scene: &scene})
			at.x += scene.W + sheetGutter
			at.h = max(at.h, scene.H)
			placed = true
			break
		}
		if !placed {
			large = append(large, fmt.Sprintf("%s %s（%.0f×%.0f）", p.Code, p.Exhibit, scene.W, scene.H))
		}
	}
	if len(large) > 0 {
		text := shape.Outline{}
		y := 30.0
		text = append(text, caption("这些铭牌大于 A3，请用各自的 PDF：", 20, 20, 170)...)
		for _, line := range large {
			text = append(text, caption(line, 20, y, 170)...)
			y += 7
		}
		pages = append(pages, artwork.Sheet{W: 210, H: max(297, y+20), Scale: &shape.Point{X: sheetMargin, Y: max(297, y+20) - sheetMargin}, Text: text})
	}
	return artwork.Sheets(pages, artwork.Info{Title: v.Name})
}

// caption sets a line of small type; what does not fit is left out, since a caption may
// not stop the plaques.
func caption(text string, x, y, width float64) shape.Outline {
	block, err := typeset.Layout(text, typeset.Style{Face: fonts.Serif(), Size: 3.2, MinSize: 2.2, Measure: width, MaxLines: 2, Leading: 1.4})
	if err != nil {
		return nil
	}
	return block.Outline().Place(1, x, y)
}
