package kit

import (
	"fmt"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/design"
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
// Larger ones are named on the last page. startAt, from 1, leaves the places before it on
// the first page of each size empty, for a sheet of labels that is partly used.
func Sheet(v Venue, designs map[string]*design.Design, startAt int) ([]byte, error) {
	var pages []*artwork.Sheet
	stacks := make([]stack, len(papers))
	for i, paper := range papers {
		stacks[i] = stack{name: v.Name + " · " + paper.name, w: paper.w, h: paper.h, skip: max(0, startAt-1)}
	}
	var large []string
	for _, p := range v.Plaques {
		x, err := Draw(p, designs[p.Design])
		if err != nil {
			return nil, err
		}
		scene := x.Scene
		scene.Cut = artwork.Ink{} // an office printer would print the cut line
		placed := false
		for i := range stacks {
			if placed = stacks[i].fits(&scene); placed {
				pages = stacks[i].put(pages, &scene)
				break
			}
		}
		if !placed {
			large = append(large, fmt.Sprintf("%s %s（%.0f×%.0f）", p.Code, p.Exhibit, scene.W, scene.H))
		}
	}
	if len(large) > 0 {
		pages = append(pages, listOf(large))
	}
	sheets := make([]artwork.Sheet, len(pages))
	for i, p := range pages {
		sheets[i] = *p
	}
	return artwork.Sheets(sheets, artwork.Info{Title: v.Name})
}

// stack is the pages of one paper size, filled row by row.
type stack struct {
	name string
	w, h float64 // of the paper
	page *artwork.Sheet
	x, y float64 // where the next plaque goes
	row  float64 // height of the tallest in this row
	skip int     // places to leave empty
}

func (k *stack) fits(s *artwork.Scene) bool {
	return s.W <= k.w-2*sheetMargin && s.H <= k.h-2*sheetMargin-sheetCaption
}

// put places a plaque, on a new page where the last is full.
func (k *stack) put(pages []*artwork.Sheet, s *artwork.Scene) []*artwork.Sheet {
	for {
		if k.page != nil && k.x+s.W > k.w-sheetMargin {
			k.x, k.y, k.row = sheetMargin, k.y+k.row+sheetGutter, 0
		}
		if k.page == nil || k.y+s.H > k.h-sheetMargin-sheetCaption {
			foot := k.h - sheetMargin
			words := k.name + " · 打印时选“实际大小（100%）”，量一量左边的线是不是 100 毫米"
			k.page = &artwork.Sheet{
				W: k.w, H: k.h, CutMarks: 4, Scale: &shape.Point{X: sheetMargin, Y: foot},
				Text: caption(words, sheetMargin+artwork.ScaleLength+6, foot-4, k.w-2*sheetMargin-artwork.ScaleLength-6),
			}
			pages = append(pages, k.page)
			k.x, k.y, k.row = sheetMargin, sheetMargin, 0
		}
		if k.skip == 0 {
			k.page.Placed = append(k.page.Placed, artwork.Placed{X: k.x, Y: k.y, Scene: s})
		}
		k.x += s.W + sheetGutter
		k.row = max(k.row, s.H)
		if k.skip == 0 {
			return pages
		}
		k.skip--
	}
}

// listOf is a page that names what no sheet can hold.
func listOf(large []string) *artwork.Sheet {
	text := caption("这些铭牌大于 A3，请用各自的 PDF：", 20, 20, 170)
	y := 30.0
	for _, line := range large {
		text = append(text, caption(line, 20, y, 170)...)
		y += 7
	}
	h := max(297, y+20)
	return &artwork.Sheet{W: 210, H: h, Scale: &shape.Point{X: sheetMargin, Y: h - sheetMargin}, Text: text}
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
