// Package card draws share cards: the picture of 1200×630 px that a messenger shows
// beside a link (Open Graph's og:image). It looks as the home page's band of night does:
// ink of moonlight on night, one warm lamp, a name, what they did, and small at the foot
// who says so.
//
//	lacks := card.Lacks(name + line)     // before anything else: a font cannot do everything
//	photo, err := picture.Cover(…, card.PhotoWidth, card.Height)
//	err = c.Draw(&buf, photo)            // a JPEG
//
// # Two layouts
//
// A name in Han characters stands upright between the deed and the picture, as on the
// home page; where there is no picture the lamp falls on the name itself. A title, a name
// in Latin letters and a very long name run across. Either way the large words lie within
// the middle square of the picture, which is all that a chat's thumbnail keeps of it.
//
// Type is set by package typeset in the plaques' serif, so lines break by clreq. A text
// that is too long is set smaller, and then shortened at the end of a phrase; Draw never
// fails for want of room. A text with a character that the font lacks is the caller's to
// find beforehand (Lacks); it must not be drawn with a box in a person's name.
//
// # Not here
//
// Which pages have cards, what stands on them, and whether a portrait may be shown.
package card

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
)

// Version names the way cards are drawn. It changes whenever Draw would make other bytes
// of the same card; fingerprints should hold it, and the Go version, whose encoder is used.
const Version = "card/1"

// The picture's size, and that of the photo on it, px. 1200×630 is what Open Graph's and
// X's readers all show uncut.
const (
	Width, Height = 1200, 630
	PhotoWidth    = 420
)

// Card is what stands on a card. All but Name may be empty.
type Card struct {
	Name   string // large
	Title  bool   // Name is a title: it is set across
	Over   string // small, above: where this stands, or when it was
	Line   string // what they did, in a sentence
	Foot   string // who publishes it
	Badge  string // framed: that this is an example
	Fallen bool   // a rule over the name

	Palette Palette
}

// Palette is the colours of a card, of a theme's night.
type Palette struct {
	Night artwork.RGB // the ground
	Glow  artwork.RGB // the brightest that the lamp makes it; words on it stand at 7:1
	Moon  artwork.RGB // the name and the deed
	Moon2 artwork.RGB // small words
	Flame artwork.RGB // the words above
}

// Lacks returns the characters of a text that cannot be drawn, each once.
func Lacks(text string) []rune { return slices.Clip(fonts.Serif().Missing(text)) }

// quality is where the edges of type stop being seen to shimmer on night.
const quality = 75

// Draw writes the card as a JPEG. photo is of PhotoWidth×Height px, or nil. The same card
// and photo give the same bytes.
func (c Card) Draw(w *bytes.Buffer, photo *image.RGBA) error {
	img, _, err := c.paint(photo)
	if err != nil {
		return err
	}
	return jpeg.Encode(w, img, &jpeg.Options{Quality: quality})
}
