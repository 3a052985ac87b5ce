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
	_ "image/jpeg"
	_ "image/png"
	"math"
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
const Version = "cover/4"

// Width of the picture, px: what the shops of e-books ask for.
const Width = 1600

// maxHeight is beyond any book, px.
const maxHeight = 20000

// Front is what a cover shows.
type Front struct {
	Fields  map[string]string // see [design.Cover]
	Picture []byte            // JPEG, PNG or SVG, for designs with a picture box; or nil
}

// Press draws covers of one design. It is safe for concurrent use.
type Press struct {
	Design *design.Cover
	ground func() (*ground, error)
	desks  sync.Pool // of *desk
}

// ground is what the covers of a design have alike: pixels, and the same encoded.
type ground struct {
	img   *image.RGBA
	head  []byte
	tiles [][]byte
}

// desk is what one cover is drawn on, kept for the next.
type desk struct {
	img image.RGBA
	encoder
}

// NewPress makes a press. The design's ground is drawn when it is first needed, and once.
func NewPress(c *design.Cover) *Press {
	p := &Press{Design: c, desks: sync.Pool{New: func() any { return new(desk) }}}
	p.ground = sync.OnceValues(p.lay)
	return p
}

// scale is how many pixels a millimetre has.
func (p *Press) scale() float64 { return Width / p.Design.W }

// view is how scenes are drawn. A hair less, or rounding up would make it a pixel wider.
func (p *Press) view() artwork.View { return artwork.View{DPI: (Width - 1e-6) / p.Design.W * 25.4} }

// lay draws and encodes the ground.
func (p *Press) lay() (*ground, error) {
	c := p.Design
	// The last row may be only half the cover's, the rest nobody's.
	size := image.Pt(Width, int(p.scale()*c.H))
	if size.Y < 1 || size.Y > maxHeight {
		return nil, fmt.Errorf("a cover of %d×%d px", size.X, size.Y)
	}
	g := &ground{}
	if c.Ground != nil {
		var err error
		if g.img, err = picture.Draw(c.Ground, Width); err != nil {
			return nil, fmt.Errorf("the cover's ground: %w", err)
		}
	}
	if g.img == nil || g.img.Rect.Max != size {
		s := p.scene(g.img)
		g.img = image.NewRGBA(image.Rectangle{Max: size})
		if err := s.Draw(g.img, p.view()); err != nil {
			return nil, err
		}
	}
	var e encoder
	g.tiles = make([][]byte, tiles(size.Y))
	for i := range g.tiles {
		part := tileOf(i, size.Y)
		if i > 0 { // much of a ground is flat
			if last := tileOf(i-1, size.Y); last.Size() == part.Size() && alike(g.img, last.Min, g.img, part) {
				g.tiles[i] = g.tiles[i-1]
				continue
			}
		}
		head, scan, err := e.tile(g.img, part)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			g.head = heading(head, size.Y)
		}
		g.tiles[i] = bytes.Clone(scan)
	}
	return g, nil
}

// scene is an empty cover on a picture of its ground, or of none.
func (p *Press) scene(ground *image.RGBA) artwork.Scene {
	s := artwork.Scene{W: p.Design.W, H: p.Design.H, Panel: rgb(p.Design.Panel)}
	if ground != nil {
		s.Items = append(s.Items, artwork.Item{Picture: &artwork.Picture{Box: shape.Box{W: s.W, H: s.H}, Image: ground}})
	}
	return s
}

// Draw draws a cover as a JPEG. missing are the characters that the fonts lack, each
// once. The same arguments give the same bytes.
func (p *Press) Draw(f Front, faces *kit.Faces) (b []byte, missing []rune, err error) {
	items, missing, err := p.items(f, faces)
	if err != nil {
		return nil, nil, err
	}
	g, err := p.ground()
	if err != nil {
		return nil, nil, err
	}
	d := p.desks.Get().(*desk)
	defer p.desks.Put(d)
	all := slices.Clone(g.tiles)
	for _, part := range p.parts(items, g.img.Rect) {
		s := p.scene(g.img)
		s.Items = append(s.Items, part.items...)
		d.spread(part.area)
		if err := s.Draw(&d.img, p.view()); err != nil {
			return nil, nil, err
		}
		for i := range all {
			tile := tileOf(i, g.img.Rect.Max.Y)
			if !tile.In(part.area) || alike(&d.img, tile.Min, g.img, tile) {
				continue
			}
			_, scan, err := d.tile(&d.img, tile)
			if err != nil {
				return nil, nil, err
			}
			all[i] = bytes.Clone(scan)
		}
	}
	return join(g.head, all), missing, nil
}

// spread makes room for an area of the cover.
func (d *desk) spread(area image.Rectangle) {
	n := 4 * area.Dx() * area.Dy()
	d.img.Pix = slices.Grow(d.img.Pix[:0], n)[:n]
	d.img.Stride, d.img.Rect = 4*area.Dx(), area
}

// part is an area of a cover, of whole tiles, and all that stands in it.
type part struct {
	area  image.Rectangle
	items []artwork.Item
}

// parts shares a cover's items out over areas none of which is as high as another's.
func (p *Press) parts(items []artwork.Item, whole image.Rectangle) []part {
	var parts []part
	for _, item := range items {
		one := part{p.area(item).Intersect(whole), []artwork.Item{item}}
		if one.area.Empty() {
			continue
		}
		parts = slices.DeleteFunc(parts, func(o part) bool {
			if o.area.Max.Y <= one.area.Min.Y || one.area.Max.Y <= o.area.Min.Y {
				return false
			}
			one = part{one.area.Union(o.area), append(o.items, one.items...)}
			return true
		})
		parts = append(parts, one)
	}
	return parts
}

// area is the tiles that an item may touch.
func (p *Press) area(item artwork.Item) image.Rectangle {
	box, k := item.Outline.Bounds(), p.scale()
	if item.Picture != nil {
		box = item.Picture.Box
	} else if len(item.Outline) == 0 {
		return image.Rectangle{}
	}
	// A pixel more, since edges are rounded.
	down := func(v float64, step int) int { return int(math.Floor((v*k-1)/float64(step))) * step }
	up := func(v float64, step int) int { return int(math.Ceil((v*k+1)/float64(step))) * step }
	return image.Rect(down(box.X, tileWidth), down(box.Y, tileHeight), up(box.X+box.W, tileWidth), up(box.Y+box.H, tileHeight))
}

// items is what stands on the ground.
func (p *Press) items(f Front, faces *kit.Faces) (items []artwork.Item, missing []rune, err error) {
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
