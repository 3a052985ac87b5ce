package generate

import (
	"bytes"
	"image"
	"runtime"

	"mingdeng/internal/card"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/picture"
)

// planKeepsakes plans the pictures that readers take away. As of the share cards, their
// fingerprints name what they show and how it is drawn, and nothing else of the program.
func (s *session) planKeepsakes() []output.Output {
	outs := make([]output.Output, len(s.Drawn))
	for i := range s.Drawn {
		k := &s.Drawn[i]
		outs[i] = output.Output{Path: k.Path, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			if k.Wall != nil {
				said := fingerprint.Of(k.Wall)
				return fingerprint.Sum([]byte("wallpaper"), []byte(card.LongVersion), []byte(runtime.Version()), said[:]), k.Wall.Draw, nil
			}
			var photo fingerprint.Fingerprint
			if k.Photo != nil {
				photo = k.Photo.Digest
			}
			said := fingerprint.Of(k.Long)
			print := fingerprint.Sum([]byte("long"), []byte(card.LongVersion), []byte(picture.EncoderVersion), []byte(runtime.Version()), said[:], photo[:])
			return print, func(w *bytes.Buffer) error { return s.drawLong(w, k) }, nil
		}}
	}
	return outs
}

func (s *session) drawLong(w *bytes.Buffer, k *pages.Keepsake) error {
	var photo *image.RGBA
	if k.Photo != nil {
		var err error
		if photo, err = s.Media.Cover(*k.Photo, card.LongWidth, k.PhotoHeight()); err != nil {
			return err
		}
	}
	return k.Long.Draw(w, photo)
}
