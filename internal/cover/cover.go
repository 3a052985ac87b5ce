// Package cover draws the front of a book as a picture: the theme's drawing, the
// editor's picture where there is one, and the title as outlines, so that it looks the
// same on every machine and in every reader.
package cover

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png"
	"slices"
	"sync"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/picture"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
)

// Version names the way covers are drawn. It changes whenever [Draw] would make other
// bytes of the same front.
const Version = "cover/6"

// Width of the picture, px: what the screens of six and seven inches of e-book readers have
// (1072 to 1264), and 200 dots an inch where the front is printed on A5. At 1600 it cost twice.
const Width = 1200

// maxHeight is beyond any book, px.
const maxHeight = 20000

// Front is what a cover shows.
type Front struct {
	Fields  map[string]string // see [design.Cover]
	Picture []byte            // JPEG, PNG or SVG, for designs with a picture box; or nil
}

// quality is a JPEG's; type wants a little more than photographs.
const quality = 88

// Painter draws covers of one design. It is safe for concurrent use.
type Painter struct {
	Design     *design.Cover
	background func() (*image.RGBA, error)
	canvases   sync.Pool // of *image.RGBA, as large as the background
}

// NewPainter makes a painter. The design's background is drawn when it is first needed,
// and once.
func NewPainter(c *design.Cover) *Painter {
	p := &Painter{Design: c}
	p.background = sync.OnceValues(p.drawBackground)
	return p
}

// view is how scenes are drawn. A hair less, or rounding up would make it a pixel wider.
func (p *Painter) view() artwork.View {
	return artwork.View{DPI: (Width - 1e-6) / p.Design.W * 25.4}
}

func (p *Painter) drawBackground() (*image.RGBA, error) {
	c := p.Design
	// Where the height is no whole number the last row belongs to the cover in part only: it is left out.
	size := image.Pt(Width, int(Width/c.W*c.H))
	if size.Y < 1 || size.Y > maxHeight {
		return nil, fmt.Errorf("a cover of %d×%d px", size.X, size.Y)
	}
	var drawing *image.RGBA
	if c.Ground != nil {
		var err error
		if drawing, err = picture.Draw(c.Ground, Width); err != nil {
			return nil, fmt.Errorf("the cover's ground: %w", err)
		}
		if drawing.Rect.Max == size {
			return drawing, nil
		}
	}
	img := image.NewRGBA(image.Rectangle{Max: size})
	s := artwork.Scene{W: c.W, H: c.H, Panel: rgb(c.Panel)}
	if drawing != nil {
		s.Items = []artwork.Item{{Picture: &artwork.Picture{Box: shape.Box{W: s.W, H: s.H}, Image: drawing}}}
	}
	return img, s.Draw(img, p.view())
}

// Draw draws a cover as a JPEG. missing are the characters that the fonts lack, each
// once. The same arguments give the same bytes.
func (p *Painter) Draw(f Front, faces *kit.Faces) (b []byte, missing []rune, err error) {
	items, missing, err := p.items(f, faces)
	if err != nil {
		return nil, nil, err
	}
	background, err := p.background()
	if err != nil {
		return nil, nil, err
	}
	canvas, _ := p.canvases.Get().(*image.RGBA)
	if canvas == nil {
		canvas = image.NewRGBA(background.Rect)
	}
	defer p.canvases.Put(canvas)
	copy(canvas.Pix, background.Pix)
	s := artwork.Scene{W: p.Design.W, H: p.Design.H, Items: items}
	v := p.view()
	v.Onto = true
	if err := s.Draw(canvas, v); err != nil {
		return nil, nil, err
	}
	var w bytes.Buffer
	err = jpeg.Encode(&w, canvas, &jpeg.Options{Quality: quality})
	return w.Bytes(), missing, err
}

// items is what stands on the ground.
func (p *Painter) items(f Front, faces *kit.Faces) (items []artwork.Item, missing []rune, err error) {
	c := p.Design
	for _, box := range c.Boxes {
		switch box.Kind {
		case design.Picture:
			if f.Picture != nil {
				plate, err := plate(f.Picture, shape.Box{X: box.X, Y: box.Y, W: box.W, H: box.H})
				if err != nil {
					return nil, nil, err
				}
				items = append(items, artwork.Item{Picture: plate})
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
			items = append(items, artwork.Item{Outline: outline, Ink: artwork.Mixed(rgb(ink))})
		}
	}
	return items, missing, nil
}

// plate puts a picture whole into the middle of a box.
func plate(b []byte, box shape.Box) (*artwork.Picture, error) {
	m, err := picture.Inspect(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	var img *image.RGBA
	if m.Format == picture.SVG {
		img, err = picture.Draw(b, Width*2/3)
	} else {
		img, err = decode(b)
	}
	if err != nil {
		return nil, err
	}
	k := min(box.W/float64(m.Width), box.H/float64(m.Height))
	w, h := k*float64(m.Width), k*float64(m.Height)
	return &artwork.Picture{Box: shape.Box{X: box.X + (box.W-w)/2, Y: box.Y + (box.H-h)/2, W: w, H: h}, Image: img}, nil
}

// decode is the pixels of a JPEG or PNG.
func decode(b []byte) (*image.RGBA, error) {
	src, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rectangle{Max: src.Bounds().Size()})
	draw.Draw(img, img.Rect, src, src.Bounds().Min, draw.Src)
	return img, nil
}

func rgb(c color.RGBA) artwork.RGB { return artwork.RGB{R: c.R, G: c.G, B: c.B} }
