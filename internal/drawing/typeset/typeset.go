// Package typeset turns text into outlines by the rules of Chinese type, for things
// that are engraved, etched or printed without any font at hand.
//
// # Use
//
//	face, err := typeset.Open(data)            // an OTF, TTF, OTC or TTC file
//	lacks := face.Missing(name)                // report these before anything else
//	block, err := typeset.Layout(text, typeset.Style{Face: face, Size: 9, Measure: 120})
//	outline := block.Outline()                 // mm, y down, even-odd
//
// Lengths are millimetres. Size is that of the em square, which is how Chinese type
// is measured: a character of 10 mm has an ink of about 9.
//
// # Rules
//
// From GB/T 15834-2011 (marks), clause 5.1, and clreq, "Requirements for Chinese Text
// Layout", 3.1.4-3.1.7, at its GB level:
//
//   - No line starts with 、，；：。！？）》」』”’】〉…—·～ or ends with （《「『“‘【〈;
//     ／ stands neither first nor last. —— and …… are never parted.
//   - A number stays with its unit and sign: 12名, 2023年, 5.20米, 80%, 第3届. Words and
//     addresses in Latin letters break at spaces and hyphens; an address longer
//     than the measure after a slash, then before a dot.
//   - Marks are squeezed (挤压): two neighbours take one and a half em, ！？ together
//     one; an opening mark hugs the start of its line, a closing one takes half an em
//     at the end. Where a line would break at a forbidden place, its marks are set
//     narrower to bring characters in; where that is not enough, characters go out to
//     the next line.
//   - Between Han and Latin letters or digits stands a sixth of an em, also where the
//     text has a space (clreq 3.2.4: a quarter at most).
//   - · takes half an em, —— is one bar of two em at mid height, whatever glyph the font
//     has. All other widths are the font's: a face whose “ ” are narrow keeps them so.
//   - The last line of a paragraph is not one lone character.
//
// Line feeds part paragraphs. Kerning is not used.
//
// # Fitting
//
// With Fill a text is set as large as its place allows. Without it, one
// that is too long for its place is first set smaller, down to MinSize, to stay
// on one line; then on as many lines as allowed, as large as that permits; then Layout
// returns [*DoesNotFit], which says by how much.
//
// # Not here
//
// No hyphenation, no scripts that need shaping (Arabic, Indic), no variation
// sequences: a variation selector counts as a missing character, since the form it
// asks for cannot be promised. No ruby.
package typeset

import (
	"fmt"

	"mingdeng/internal/drawing/shape"
)

// Align says where lines stand in the measure.
type Align int

const (
	Left Align = iota
	Center
	Right
	Justify // both edges straight but for the last line of a paragraph
)

// Style says how a text is to be set. Only Face and Size are needed.
type Style struct {
	Face *Face
	// Size is the em, mm.
	Size float64
	// MinSize is the smallest em allowed where the text does not fit at Size, mm;
	// 0 for Size.
	MinSize float64
	// Leading is the distance of lines as a factor of the size; 0 for 1.5.
	Leading float64
	// Measure is the length a line may have, mm: the width of a horizontal block, the
	// height of a vertical one. 0 for no limit.
	Measure float64
	// Depth is how far the lines together may reach, mm: the height of a horizontal
	// block, the width of a vertical one. 0 for no limit.
	Depth float64
	// MaxLines is the greatest number of lines; 0 for no limit.
	MaxLines int
	Align    Align
	// Spacing is added between characters, mm at Size; it shrinks with the size.
	Spacing float64
	// Name says that the text is the name of someone or something: where it has a · or a
	// space, it breaks there if it can.
	Name bool
	// Vertical sets columns from right to left.
	Vertical bool
	// Fill sets the text as large as its place allows, between MinSize and Size, on as many
	// lines as that takes, also where it would stay on one line smaller.
	Fill bool
}

// Block is text that has been set. Its origin is the top left corner of its place.
type Block struct {
	Lines []Line
	// Size is the em used, mm: Style.Size, or less where the text was shrunk.
	Size float64
	// W and H are the extent of the lines' em squares, mm. Align may move lines
	// to the right of W (or, vertically, below H) when a measure is given.
	W, H float64
}

// Line is a line, or a column of vertical text.
type Line struct {
	Text   string // the part of the text it shows, without the blanks at its break
	Width  float64
	Glyphs []Glyph
}

// Glyph is one character in its place. Characters without ink have one, too.
type Glyph struct {
	Rune rune
	// X and Y are the left end of its baseline, mm in the block; of a turned glyph (in
	// vertical text) the top of its baseline.
	X, Y    float64
	outline shape.Outline                 // in em
	place   func(shape.Point) shape.Point // from em to mm in the block
}

// Outline returns all glyphs as one outline, mm from the block's top left corner.
func (b Block) Outline() shape.Outline {
	n := 0
	for _, l := range b.Lines {
		for _, g := range l.Glyphs {
			n += len(g.outline)
		}
	}
	out := make(shape.Outline, 0, n)
	for _, l := range b.Lines {
		for _, g := range l.Glyphs {
			if g.place != nil {
				out = append(out, g.outline.Map(g.place)...)
			}
		}
	}
	return out
}

// Part is the outline of some of the lines, from (counted from 0) to to, as [Block.Outline]
// places them.
func (b Block) Part(from, to int) shape.Outline { return Block{Lines: b.Lines[from:to]}.Outline() }

// DoesNotFit is returned where a text cannot be set in its place.
type DoesNotFit struct {
	Size float64 // the smallest size tried, mm
	// Lines are needed at Size, MaxLines allowed (0: any number).
	Lines, MaxLines int
	// Over is by how many mm the longest line that cannot be broken exceeds the
	// measure; DepthOver by how many mm the lines together exceed the depth.
	Over, DepthOver float64
}

func (e *DoesNotFit) Error() string {
	switch {
	case e.Over > 0:
		return fmt.Sprintf("text does not fit: at %.2f mm a part that cannot be broken is %.1f mm too long", e.Size, e.Over)
	case e.MaxLines > 0 && e.Lines > e.MaxLines:
		return fmt.Sprintf("text does not fit: at %.2f mm it takes %d lines, %d are allowed", e.Size, e.Lines, e.MaxLines)
	}
	return fmt.Sprintf("text does not fit: at %.2f mm it is %.1f mm too deep", e.Size, e.DepthOver)
}

// Lacks is returned for a text with a character that the face cannot draw. Callers that
// want all of them, with their places, ask Face.Missing first.
type Lacks struct {
	Rune rune
	// Tangled is true where the face has the character, but with contours that overlap
	// each other in a way that could not be resolved.
	Tangled bool
}

func (e *Lacks) Error() string {
	if e.Tangled {
		return fmt.Sprintf("the glyph of %q (U+%04X) has overlapping contours", e.Rune, e.Rune)
	}
	return fmt.Sprintf("the font lacks %q (U+%04X)", e.Rune, e.Rune)
}
