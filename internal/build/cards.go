package build

import (
	"bytes"
	"image"
	"runtime"

	"mingdeng/internal/card"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/picture"
)

// planCards plans the files of the share cards. They are costly, as pictures are, so their
// fingerprints name what they show and how it is drawn, and nothing else of the program:
// a new build of it draws none anew. One is drawn and gone before the next; none is held.
func (s *stages) planCards() []output.Output {
	outs := make([]output.Output, len(s.cards))
	for i := range s.cards {
		c := &s.cards[i]
		outs[i] = output.Output{Path: c.Path, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			var photo fingerprint.Fingerprint
			if c.Photo != nil {
				photo = c.Photo.Digest
			}
			said := fingerprint.Of(&c.Card)
			print := fingerprint.Sum([]byte(card.Version), []byte(picture.EncoderVersion), []byte(runtime.Version()), said[:], photo[:])
			return print, func(w *bytes.Buffer) error {
				var img *image.RGBA
				if c.Photo != nil {
					var err error
					if img, err = s.media.Cover(*c.Photo, card.PhotoWidth, card.Height); err != nil {
						return err
					}
				}
				return c.Card.Draw(w, img)
			}, nil
		}}
	}
	return outs
}
