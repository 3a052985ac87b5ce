package kit

import (
	"math"
	"slices"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/design"
)

// Process is how a plaque is made, which decides what plates its files have.
type Process uint8

// The processes.
const (
	Printed  Process = iota // in process inks: paper, ceramic, and where no material is given
	Reversed                // printed on the back of a clear sheet, then white: acrylic, glass
	Etched                  // through a film, filled with colour: metals
	Carved                  // cut or blasted into stone
	Burnt                   // by a laser, into wood
)

// materials tells how each is worked, and which of those that limits are known for it is
// like.
var materials = map[string]struct {
	process Process
	like    string
}{
	"paper": {Printed, "paper"}, "ceramic": {Printed, "ceramic"},
	"acrylic": {Reversed, "acrylic"}, "glass": {Reversed, "acrylic"},
	"metal": {Etched, "metal"}, "steel": {Etched, "metal"}, "aluminium": {Etched, "metal"}, "copper": {Etched, "metal"},
	"stone": {Carved, "stone"}, "wood": {Burnt, "metal"},
}

// ProcessOf is how a material is worked. What shows a photograph is printed on anything.
func ProcessOf(material string, photo bool) Process {
	p := materials[material].process
	if photo && p != Reversed {
		return Printed
	}
	return p
}

// inks tells whether it is made with process inks rather than from spot plates.
func (p Process) inks() bool { return p == Printed || p == Reversed }

// Name is what fabricators call it.
func (p Process) Name() diag.Text {
	return [...]diag.Text{
		Printed:  {Zh: "彩色印刷 / UV 打印", En: "printed, CMYK or UV"},
		Reversed: {Zh: "UV 反打（背面打印，再打白）", En: "UV, on the back, then white"},
		Etched:   {Zh: "蚀刻填漆", En: "etched and filled"},
		Carved:   {Zh: "雕刻或喷砂，填色", En: "carved or blasted, filled"},
		Burnt:    {Zh: "激光雕刻", En: "laser engraved"},
	}[p]
}

// Files lists what is made of a plaque, in the order of the manifest: for etching also a film
// and the same mirrored, for clear sheets the PDF mirrored.
func (p *Plaque) Files() []Format {
	files := Formats()
	switch ProcessOf(p.Material, p.Photo != nil) {
	case Reversed:
		files = append(files, MirrorPDF)
	case Etched:
		files = append(files, Film, MirrorFilm)
	}
	return files
}

// filmDPI is the resolution of films: an edge is true to 0.01 mm, and what is etched finest,
// a stroke of 0.3 mm, has 14 pixels. What is too large for that has half of it, and half
// again; its type is for readers who stand farther off.
const filmDPI, leastFilmDPI = 1200.0, 300.0

// filmed is the resolution of a film that long, mm; 0 where there is none.
func filmed(side float64) float64 {
	for dpi := filmDPI; dpi >= leastFilmDPI; dpi /= 2 {
		if side <= artwork.MaxFilm(dpi) {
			return dpi
		}
	}
	return 0
}

// tooLarge says that a plaque of that size is made of no such material; nil where it is.
func (p *Plaque) tooLarge(w, h float64) *design.Problem {
	longest := float64(artwork.MaxSide)
	if slices.Contains(p.Files(), Film) {
		longest = artwork.MaxFilm(leastFilmDPI)
	}
	if side := max(w, h); side > longest {
		return &design.Problem{Code: diag.PlaqueLarge, Args: []any{p.Code, p.Design, math.Ceil(side), math.Floor(longest/100) * 100}}
	}
	return nil
}

// film exposes the film of a plaque, which says on its rim what it is.
func (x *Drawn) film(mirror bool) ([]byte, error) {
	words := x.Plaque.Code + " · 正像 right-reading"
	if mirror {
		words = x.Plaque.Code + " · 反像 wrong-reading"
	}
	var label shape.Outline
	block, err := typeset.Layout(words, typeset.Style{Face: fonts.Serif(), Size: 3, MinSize: 1, Measure: max(10, x.Scene.W-8), MaxLines: 1})
	if err == nil { // a plaque too narrow for it goes without
		label = block.Outline().Place(1, 4, -artwork.FilmRoom+2)
	}
	return x.Scene.Film(artwork.Film{DPI: filmed(max(x.Scene.W, x.Scene.H)), Mirror: mirror, Label: label})
}
