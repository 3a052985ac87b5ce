package qr

import (
	"fmt"
	"image"
)

// cleanPixels are the widths of a module, in pixels, at which a symbol must read
// before its code is given out: from the least that good decoders need in a photo to
// a code that fills the screen.
var cleanPixels = [...]int{3, 4, 6, 10}

// CleanPictures draws the symbol black on white at each of cleanPixels: every decoder at
// hand must read all of them before the code is given out (see [ReadsClean]).
func (s *Symbol) CleanPictures() []*image.Gray {
	out := make([]*image.Gray, len(cleanPixels))
	for i, px := range cleanPixels {
		out[i] = s.Image(px, Quiet)
	}
	return out
}

// ReadsClean returns nil if the decoder reads the symbol, in each of [Symbol.CleanPictures],
// to exactly its text, both when it searches for it and when
// it samples it. Some 0.5 % of symbols confuse
// the search of one decoder or another, with nothing wrong in them: since a code is
// read for decades by decoders we do not know, such a code is not given out.
func ReadsClean(s *Symbol) error {
	for i, img := range s.CleanPictures() {
		for _, read := range []func(image.Image) (string, error){plain, ReadPure} {
			text, err := read(img)
			if err != nil {
				return fmt.Errorf("%s at %d px a module: %w", s.Text, cleanPixels[i], err)
			}
			if text != s.Text {
				return fmt.Errorf("%s at %d px a module reads as %q", s.Text, cleanPixels[i], text)
			}
		}
	}
	return nil
}
