package kit

import (
	"fmt"
	"math"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/design"
)

// pagesPerFile bounds a file of sheets: a plaque that has changed makes one file anew, not
// all that a park of a thousand plaques fills.
const pagesPerFile = 10

// Sheets is one PDF of a venue's sheets: plaques at true size on pages of one paper, with
// cut marks and a bar of 100 mm that tells whether the printer kept the size. All that it
// depends on is in it.
type Sheets struct {
	Name  string // of the file
	Title string
	Lang  diag.Lang
	Paper string
	W, H  float64 // mm, of the paper
	From  int     // number of the first page
	Pages [][]Place
	// Large are plaques that no paper holds, to be named on a last page.
	Large []Plaque
}

// Place is where a plaque lies on a page.
type Place struct {
	X, Y   float64 // mm, of its trimmed corner
	Turned bool
	Plaque Plaque
}

// PlanSheets puts the plaques of a venue on pages to be printed in an office. They may be
// turned; each size goes on the paper, A4 or A3, that wastes least. Files are called
// sheet.pdf (A4), sheet-a3.pdf, and from the eleventh page on sheet-2.pdf and so on; there is
// always a sheet.pdf. startAt, from 1, leaves the places before it on the first page of each
// paper empty, for a sheet of labels that is partly used.
//
// What lies where follows from sizes alone, so that other words on a plaque change one file.
func PlanSheets(v Venue, designs map[string]*design.Design, startAt int) []Sheets {
	pieces := make([]piece, len(v.Plaques))
	for i, p := range v.Plaques {
		w, h := designs[p.Design].Size(p.W, p.H)
		pieces[i] = piece{w, h, i}
	}
	got := pack(pieces, max(0, startAt-1))
	var files []Sheets
	for i, p := range papers {
		base := "sheet"
		if i > 0 {
			base += "-" + strings.ToLower(p.name)
		}
		pages := got.pages[i]
		for n := 0; n < len(pages) || n == 0 && i == 0; n += pagesPerFile {
			f := Sheets{Name: base + ".pdf", Title: v.Name, Lang: v.Lang, Paper: p.name, W: p.w, H: p.h, From: n + 1}
			if n > 0 {
				f.Name = fmt.Sprintf("%s-%d.pdf", base, n/pagesPerFile+1)
			}
			for _, page := range pages[n:min(n+pagesPerFile, len(pages))] {
				var places []Place
				for _, x := range page {
					places = append(places, Place{x.x + sheetMargin, x.y + sheetMargin, x.turned, v.Plaques[x.at]})
				}
				f.Pages = append(f.Pages, places)
			}
			if i == 0 && n == 0 {
				for _, x := range got.large {
					f.Large = append(f.Large, v.Plaques[x.at])
				}
			}
			files = append(files, f)
		}
	}
	return files
}

// Used is the share of the paper that is plaque, 0 to 1.
func (f *Sheets) Used(designs map[string]*design.Design) float64 {
	area := 0.0
	for _, page := range f.Pages {
		for _, x := range page {
			w, h := designs[x.Plaque.Design].Size(x.Plaque.W, x.Plaque.H)
			area += w * h
		}
	}
	return area / (f.W * f.H * float64(max(1, len(f.Pages))))
}

// PDF draws the pages; draw is [Draw], or [Redraw] for plaques that allow it.
func (f *Sheets) PDF(designs map[string]*design.Design, draw func(Plaque, *design.Design) (*Drawn, error)) ([]byte, error) {
	var sheets []artwork.Sheet
	for i, places := range f.Pages {
		page := f.page(fmt.Sprintf("%s · %s · %d", f.Title, f.Paper, f.From+i))
		for _, x := range places {
			drawn, err := draw(x.Plaque, designs[x.Plaque.Design])
			if err != nil {
				return nil, err
			}
			scene := drawn.Scene
			scene.Cut = artwork.Ink{} // an office printer would print the cut line
			scene.Bleed = math.Min(scene.Bleed, sheetBleed)
			page.Placed = append(page.Placed, artwork.Placed{X: x.X, Y: x.Y, Turned: x.Turned, Scene: &scene})
		}
		sheets = append(sheets, page)
	}
	if len(f.Large) > 0 || len(sheets) == 0 {
		sheets = append(sheets, f.list(designs))
	}
	return artwork.Sheets(sheets, artwork.Info{Title: f.Title})
}

var (
	sheetWords = diag.Text{Zh: "打印时选“实际大小（100%）”，量一量左边的线是不是 100 毫米", En: "print at actual size (100 %) and measure the bar on the left: 100 mm"}
	sheetLarge = diag.Text{Zh: "这些铭牌大于 A3，请用各自的 PDF：", En: "these plaques are larger than A3; use the PDF of each:"}
	sheetOther = diag.Text{Zh: "这里的铭牌都在 A3 上：sheet-a3.pdf", En: "all plaques are on A3: sheet-a3.pdf"}
)

// page is an empty page with its foot.
func (f *Sheets) page(words string) artwork.Sheet {
	foot := f.H - sheetUnprinted - 4 // the bar is 4 mm high
	x := sheetUnprinted + 3.0
	words += " · " + sheetWords.In(f.Lang)
	return artwork.Sheet{
		W: f.W, H: f.H, CutMarks: sheetMark, Scale: &shape.Point{X: x, Y: foot},
		Text: caption(words, x+artwork.ScaleLength+4, foot-1.5, f.W-x-artwork.ScaleLength-4-sheetUnprinted-3),
	}
}

// list is a page that names what no sheet holds.
func (f *Sheets) list(designs map[string]*design.Design) artwork.Sheet {
	long := *f
	long.H = max(f.H, 30+7*float64(len(f.Large))+20)
	page := long.page(f.Title)
	head := sheetLarge
	if len(f.Large) == 0 {
		head = sheetOther
	}
	page.Text = append(page.Text, caption(head.In(f.Lang), 20, 20, 170)...)
	y := 30.0
	for _, p := range f.Large {
		w, h := designs[p.Design].Size(p.W, p.H)
		page.Text = append(page.Text, caption(fmt.Sprintf("%s  %s  %.0f × %.0f", p.Code, p.Exhibit, w, h), 20, y, 170)...)
		y += 7
	}
	return page
}

// caption sets a line or two of small type; what does not fit is left out, since a caption
// may not stop the plaques.
func caption(text string, x, y, width float64) shape.Outline {
	block, err := typeset.Layout(text, typeset.Style{Face: fonts.Serif(), Size: 2.8, MinSize: 1.8, Measure: width, MaxLines: 2, Leading: 1.4})
	if err != nil {
		return nil
	}
	return block.Outline().Place(1, x, y)
}
