// Package cover draws the front of a book as a picture: the theme's drawing, the
// editor's picture where there is one, and the title as outlines, so that it looks the
// same on every machine and in every reader.
package cover

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"sync"

	"mingdeng/internal/picture"
	"mingdeng/internal/plaque/artwork"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/shape"
)

// Version names the way covers are drawn. It changes whenever [Draw] would make other
// bytes of the same front.
const Version = "cover/2"

// Width of the picture, px: what the shops of e-books ask for.
const Width = 1600

// quality is a JPEG's; type wants a little more than photographs.
const quality = 88

// Front is what a cover shows.
type Front struct {
	Fields  map[string]string // see [design.Cover]
	Picture []byte            // JPEG, PNG or SVG, for designs with a picture box; or nil
}

// Press draws covers of one design. It is safe for concurrent use.
type Press struct {
	Design *design.Cover
	ground func() (*image.RGBA, error)
}

// NewPress makes a press. The design's ground is drawn when it is first needed, and once.
func NewPress(c *design.Cover) *Press {
	return &Press{c, sync.OnceValues(func() (*image.RGBA, error) { return picture.Draw(c.Ground, Width) })}
}

// Draw draws a cover as a JPEG. missing are the characters that the fonts lack, each
// once. The same arguments give the same bytes.
func (p *Press) Draw(f Front, faces *kit.Faces) (b []byte, missing []rune, err error) {
	c := p.Design
	s := artwork.Scene{W: c.W, H: c.H, Panel: rgb(c.Panel)}
	if c.Ground != nil {
		ground, err := p.ground()
		if err != nil {
			return nil, nil, fmt.Errorf("the cover's ground: %w", err)
		}
		s.Items = append(s.Items, artwork.Item{Picture: &artwork.Picture{Box: shape.Box{W: c.W, H: c.H}, Image: ground}})
	}
	for _, box := range c.Boxes {
		switch box.Kind {
		case design.Picture:
			if f.Picture != nil {
				plate, err := plate(f.Picture, shape.Box{X: box.X, Y: box.Y, W: box.W, H: box.H})
				if err != nil {
					return nil, nil, err
				}
				s.Items = append(s.Items, artwork.Item{Picture: plate})
			}
		case design.Text:
			ink := box.Ink
			if ink.A == 0 {
				ink = c.Mark
			}
			outline, lacks := box.Set(faces.Face(box.Face), f.Fields)
			if len(lacks) > 0 { // the serif has Traditional characters and rare names
				if other, fewer := box.Set(faces.Face("serif"), f.Fields); len(fewer) < len(lacks) {
					outline, lacks = other, fewer
				}
			}
			for _, r := range lacks {
				if !slices.Contains(missing, r) {
					missing = append(missing, r)
				}
			}
			s.Items = append(s.Items, artwork.Item{Outline: outline, Ink: artwork.Mixed(rgb(ink))})
		}
	}
	// A hair less, or rounding up would make it a pixel wider.
	img, err := s.Image(artwork.View{DPI: (Width - 1e-6) / c.W * 25.4})
	if err != nil {
		return nil, nil, err
	}
	// The last row may be only half the cover's, the rest nobody's.
	whole := img.SubImage(image.Rect(0, 0, Width, int(float64(Width)*c.H/c.W)))
	var w bytes.Buffer
	if err := jpeg.Encode(&w, whole, &jpeg.Options{Quality: quality}); err != nil {
		return nil, nil, err
	}
	return w.Bytes(), missing, nil
}

// plate puts a picture whole into the middle of a box.
func plate(b []byte, box shape.Box) (*artwork.Picture, error) {
	m, err := picture.Inspect(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	if m.Format == picture.SVG {
		if b, err = picture.Raster(b, Width*2/3); err != nil {
			return nil, err
		}
	}
	k := min(box.W/float64(m.Width), box.H/float64(m.Height))
	w, h := k*float64(m.Width), k*float64(m.Height)
	return &artwork.Picture{Box: shape.Box{X: box.X + (box.W-w)/2, Y: box.Y + (box.H-h)/2, W: w, H: h}, Data: b}, nil
}

func rgb(c color.RGBA) artwork.RGB { return artwork.RGB{R: c.R, G: c.G, B: c.B} }
