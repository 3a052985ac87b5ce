// Package design lays out plaques. A design is data in a theme, one YAML file each
// in plaques/: boxes in millimetres on a panel.
//
//	title: {zh: 铭牌, en: plaque}
//	width: 200            # of the panel, mm; an exhibit may ask for another size
//	height: 265
//	bleed: 3
//	radius: 2             # of the corners
//	panel: "#F4F1E8"      # the ground
//	mark: "#141414"       # type and code
//	compensation: 0       # µm by which each edge of the code draws back
//	holes:
//	  - {x: 8, y: 8, diameter: 5, keep: 10}   # keep: nothing is drawn within
//	boxes:
//	  - {text: "{name}", x: 17, y: 22, width: 166, height: 50, size: 34, min: 20, lines: 2}
//	  - {code: true, x: 106, y: 170, width: 76}
//	  - {picture: portrait, x: 17, y: 17, width: 80, height: 100}
//
// Texts are set from what the plaque says: {name} the person or the exhibit, {line}
// the deed in a sentence, {story}, {place} the venue, {number}, {kind}, {code}, {host}
// the address in words, {association}, {promise} the line that nothing here asks for
// money. A box whose text is empty is left out.
//
// [Load] reads and checks designs; [Compose] lays one plaque out. An exhibit that asks
// for another size gets the whole design larger or smaller, in the middle of its panel:
// proportions hold. What cannot be made (a character the font lacks, a text that does
// not fit, a code too small to be read) comes back as a [Problem] that names what would
// work.
package design

import (
	"image/color"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/typeset"
)

// Design is one layout. Lengths are mm.
type Design struct {
	Name         string
	Title        diag.Text
	W, H         float64
	Bleed        float64
	Radius       float64
	Panel, Mark  color.RGBA
	Compensation float64 // mm
	Holes        []Hole
	Boxes        []Box
}

// Hole is a drill hole with the ring around it that stays empty.
type Hole struct {
	X, Y     float64 // of its centre
	Diameter float64
	Keep     float64 // diameter of the ring
}

// Kind is what a box holds.
type Kind uint8

// The kinds of boxes.
const (
	Text Kind = iota
	Code
	Picture
)

// Box is a place on the panel.
type Box struct {
	Kind       Kind
	Text       string // with {fields}; of a picture its name
	X, Y, W, H float64
	Size, Min  float64 // em, mm
	Leading    float64 // factor
	Spacing    float64 // mm
	Lines      int     // 0: as many as fit
	Face       string  // serif or kai
	Align      typeset.Align
	Vertical   bool
	Ink        color.RGBA // of covers alone; the zero colour is Design.Mark
	Pos        diag.Pos
}

// LeastModule is the smallest module a material can hold, mm: what fabricators
// promise for print, for cut and etched plates outdoors, and for stone.
func LeastModule(material string) float64 {
	switch material {
	case "paper":
		return 0.5
	case "stone":
		return 2
	}
	return 1.4
}

// LeastContrast is the least ratio of reflected light between panel and code: below
// it good readers begin to fail (measured: zbar 70 % at 3:1).
const LeastContrast = 5

// Quiet is the empty rim a code needs, modules (ISO/IEC 18004:2015 §6.3.8).
const Quiet = 4
