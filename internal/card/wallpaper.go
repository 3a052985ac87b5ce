package card

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/han"
)

// Size of a wallpaper, px: 9 to 19.5, as phones are; on a longer or shorter one the system
// cuts off night alone.
const (
	WallWidth  = 1080
	WallHeight = 2340
)

// Where a phone puts its own: the hour above, its buttons below. Nothing is written there.
const (
	wallTop    = 820
	wallBottom = 2010
)

// Wallpaper is the ground of a phone's screen: night, a lamp, a name in its light and under
// it a sentence.
type Wallpaper struct {
	Name   string
	Line   string // a sentence of their own, else what they did
	Fallen bool   // a rule over the name

	Palette Palette
}

// Draw writes the picture as a JPEG. The same wallpaper gives the same bytes.
func (p Wallpaper) Draw(w *bytes.Buffer) error {
	img, _, err := p.paint()
	if err != nil {
		return err
	}
	return jpeg.Encode(w, img, &jpeg.Options{Quality: quality})
}

func (p Wallpaper) paint() (*image.RGBA, layout, error) {
	l := layout{lamp: lamp{x: WallWidth / 2, y: 1210, r: 1150, peak: 230}}
	name := strings.TrimSpace(p.Name)
	style := typeset.Style{Size: 210, MinSize: 64, Measure: 760, MaxLines: 1, Vertical: true, Name: true, Spacing: 26}
	if !(Card{Name: name}).upright() {
		style = typeset.Style{Size: 120, MinSize: 56, Leading: 1.3, Measure: WallWidth - 240, Depth: 620, Name: true}
	}
	b, text, err := set(name, style)
	if err != nil {
		return nil, l, err
	}
	x, y := (WallWidth-b.W)/2, wallTop+(780-b.H)/2
	l.add(b, x, y, p.Palette.Moon, text)
	if p.Fallen {
		l.rule(shape.Box{X: x, Y: y - 40, W: b.W, H: 4}, p.Palette.Moon)
	}
	if line := strings.TrimSpace(p.Line); line != "" {
		b, text, err := set(han.Sentence(line, longestLine), typeset.Style{Size: 42, MinSize: lineLeast, Leading: 1.75, Measure: 760, Depth: wallBottom - 1700, Align: typeset.Center})
		if err != nil {
			return nil, l, err
		}
		l.add(b, (WallWidth-760)/2, 1700, p.Palette.Moon, text)
	}
	img := image.NewRGBA(image.Rect(0, 0, WallWidth, WallHeight))
	l.lamp.light(img, WallWidth, p.Palette)
	for _, q := range l.places {
		artwork.Paint(img, q.outline, 1, q.ink)
	}
	return img, l, nil
}
