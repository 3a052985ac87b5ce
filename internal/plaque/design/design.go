// Package design lays out plaques and boards. A design is data in a theme, one YAML file
// each in plaques/: boxes in millimetres on a panel.
//
//	title: {zh: 铭牌, en: plaque}
//	width: 200            # of the panel, mm; an exhibit may ask for another size
//	height: 265
//	distance: 1           # from which it is read, m
//	scan: 0.8             # from which its code is read, m; the same if not given
//	material: metal       # what it is meant to be made of, where an exhibit does not say
//	stroke: 12            # least stroke of type, mm, where it is more than the material's
//	bleed: 3
//	radius: 2             # of the corners
//	panel: "#F4F1E8"      # the ground
//	mark: "#141414"       # type and code
//	compensation: 0       # µm by which each edge of the code draws back
//	holes:
//	  - {x: 8, y: 8, diameter: 5, keep: 10}   # keep: nothing is drawn within
//	boxes:
//	  - {fill: "#A8201A", x: 0, y: 0, width: 200, height: 30}
//	  - {text: "{name}", x: 17, y: 22, width: 166, height: 50, size: 34, min: 20, lines: 2}
//	  - {picture: portrait, x: 17, y: 17, width: 80, height: 100}
//	  - {code: true, x: 106, y: 170, width: 76}
//	  - {x: 17, y: 80, width: 166, height: 80, spread: 2, flow: [
//	      {text: "{line}", size: 20, min: 14}, {rule: 0.4, gap: 4},
//	      {facts: 4, columns: 2, size: 12, min: 9, gap: 6},
//	      {text: "{life}", size: 14, min: 10, columns: 2, gutter: 6, shorten: true, gap: 8}]}
//
// # What a plaque says
//
// {name} the person or the exhibit, {pinyin}, {line} the deed in a sentence, {words} a
// sentence of their own, {life} the person's story, {story} the exhibit's text (else the
// person's), {when} and {where} of the deed, {deed} its type, {honors} each on a line,
// {advice} what to do who sees such a danger, {place} the venue, {exhibit}, {number}, {kind},
// {next}, {nextnumber} and {steps} the next stop and how far it is, {code}, {host} the address
// in words, {association}, {site}, {year}, {promise} the line that nothing here asks for money,
// and the theme's own words as {t:plaque.scan}. A box whose text has fields and all of them
// are empty is left out; so is one whose if names an empty field, or whose unless names one
// that is not (portrait and plan are such fields, too).
//
// # Boxes
//
// A text is set smaller than size, down to min, where it does not fit; with grow it is as
// large as the box allows. A flow sets its items one under another across its width, all at
// the same step between min and size, the largest at which they fit its height; what is left
// then widens the gaps, up to spread times. Items are texts, rules, and facts (a label over
// its value, in columns). A text may run in columns; one that may shorten leaves to the page
// behind the code what has no room at min. names fills bays of their own to the right of
// the panel with a roll of names; ways lists ways to go with their arrows.
//
// # Type that can be read and made
//
// A design says from how far it is read. Type (its em) has at least a sixtieth of that,
// with role sign (what one looks for while walking) a fiftieth, with role small (what is
// read when one has come nearer) a hundredth; its code a tenth of the scanning distance. The
// thin strokes of every text must be as thick as the material can hold ([LeastStroke]); type
// that is cut is made bolder before it is refused.
//
// [Load] reads and checks designs; [Compose] lays one plaque out. An exhibit that asks
// for another size gets the whole design larger or smaller, in the middle of its panel:
// proportions hold. What cannot be made comes back as a [Problem] that names what would work.
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
	Distance     float64 // at which it is read, m; 0 for not given
	Scan         float64 // at which its code is read, m; 0 for not given
	Material     string  // that it is meant for, or ""
	Stroke       float64 // least stroke of type, 0 for the material's
	Bleed        float64
	Radius       float64
	Panel, Mark  color.RGBA
	Compensation float64 // mm
	Holes        []Hole
	Bay          float64 // width of a bay of names, 0 for none
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

// The kinds of boxes. Rule and Facts stand in flows alone.
const (
	Text Kind = iota
	Code
	Picture
	Area // a ground
	Flow
	Rule
	Facts
	Names
	Ways
)

// Role is what a text is for; it decides how small it may be.
type Role uint8

// The roles of texts.
const (
	Body Role = iota
	Sign
	Small
)

// Least is the least em of a text that is read from so many metres, mm: what signs and
// boards for the public are made by (a sixtieth), what is looked for while walking
// (a fiftieth), and what one steps up to read.
func (r Role) Least(metres float64) float64 {
	switch r {
	case Sign:
		return metres * 1000 / 50
	case Small:
		return metres * 1000 / 100
	}
	return metres * 1000 / 60
}

// Box is a place on the panel, or one item of a flow, which has no place of its own.
type Box struct {
	Kind       Kind
	Text       string // with {fields}; of a picture its name
	X, Y, W, H float64
	If, Unless string     // fields: where it is left out
	Fill       color.RGBA // of an area
	Radius     float64    // of an area's corners
	Tile       float64    // of a code that stands on a piece of its own: its side
	Items      []Box      // of a flow
	Spread     float64    // of a flow: how many times its gaps may widen; 0 for not
	Bottom     bool       // of a flow: what is left stays above it
	Middle     bool       // of a text or a flow: half of what is left stays above it
	Gap        float64    // of an item: what is left free above it
	Size, Min  float64    // em, mm
	Grow       bool
	Leading    float64 // factor
	Spacing    float64 // mm
	Lines      int     // 0: as many as fit
	Columns    int     // 0: one
	Gutter     float64
	Shorten    bool
	Face       string // serif or kai
	Bold       int    // hundredths of an em
	Role       Role
	Align      typeset.Align
	Vertical   bool
	Label      float64    // of facts: em of the labels; of names: em of the heads
	Ink        color.RGBA // the zero colour is Design.Mark
	Accent     color.RGBA // of labels, heads and arrows; the zero colour is the ink
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

// LeastStroke is the thinnest stroke of type that a material can hold, mm: ink on paper, UV
// ink outdoors, a transfer under glaze, what is etched or cut into metal and filled with
// paint, what is blown into stone and filled.
func LeastStroke(material string) float64 {
	switch material {
	case "paper":
		return 0.1
	case "ceramic":
		return 0.25
	case "metal":
		return 0.3
	case "stone":
		return 1
	}
	return 0.15
}

// Cut tells the materials into which type is cut, etched or blown, in one colour.
func Cut(material string) bool {
	return material != "" && material != "paper" && material != "acrylic"
}

// LeastContrast is the least ratio of reflected light between panel and code: below
// it good readers begin to fail (measured: zbar 70 % at 3:1).
const LeastContrast = 5

// leastText is the least contrast of type and its ground (WCAG 2.2, 1.4.3, for text that is
// not large; what is read in sun and rain should not have less).
const leastText = 4.5

// Quiet is the empty rim a code needs, modules (ISO/IEC 18004:2015 §6.3.8).
const Quiet = 4
