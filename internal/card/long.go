package card

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/han"
	"mingdeng/internal/plaque/qr"
)

// LongVersion names the way long pictures and wallpapers are drawn, as [Version] does that
// of cards.
const LongVersion = "long/1"

// LongWidth is a long picture's width, px: that of phones' screens. Its height follows from
// what stands on it. LongPhoto is the height of the photo at its top, and TitlePhoto that of
// a page that is no person's.
const (
	LongWidth  = 1080
	LongPhoto  = 1200
	TitlePhoto = 720
)

// Long is a picture to keep and to send: who it is, what they did, and the page's address as
// a symbol that a phone reads out of the picture. All but Name and Address may be empty.
type Long struct {
	Name    string
	Title   bool   // Name is a title: it is set across
	Over    string // small, above what is told
	Line    string // what they did
	Words   string // a sentence of their own, in quotation marks
	Badge   string // framed: that this is an example
	Fallen  bool   // a rule over the name
	Address string // held by the symbol
	Hint    string // what the symbol is for
	Where   string // the address as people read it
	Foot    string // who publishes it

	Palette Palette
}

// Sizes on a long picture, px. It is looked at as wide as a phone: a third of this.
const (
	longSafe   = 84.0
	longName   = 168.0
	longTitle  = 80.0
	longLine   = 47.0
	longWords  = 52.0
	longSmall  = 33.0
	longSymbol = 264.0 // with its quiet zone

	longestDeed = 180 // characters
	cutDeeper   = 7.0 // how much wider than the face's a stroke is that was cut into stone
)

// Draw writes the picture as a JPEG. photo is LongWidth wide and LongPhoto high (TitlePhoto
// with Title), or nil: a person's name is then cut large, as it would come off a stone.
func (l Long) Draw(w *bytes.Buffer, photo *image.RGBA) error {
	img, _, err := l.paint(photo)
	if err != nil {
		return err
	}
	return jpeg.Encode(w, img, &jpeg.Options{Quality: quality})
}

// sheet is a long picture laid out.
type sheet struct {
	layout
	cut    []place // on the stone
	height int
	symbol shape.Box // the light ground of the symbol
}

func (l Long) paint(photo *image.RGBA) (*image.RGBA, sheet, error) {
	s, err := l.compose(photo)
	if err != nil {
		return nil, s, err
	}
	img := image.NewRGBA(image.Rect(0, 0, LongWidth, s.height))
	s.lamp.light(img, LongWidth, l.Palette)
	switch {
	case photo != nil:
		draw.Draw(img, image.Rect(0, 0, LongWidth, photo.Rect.Dy()), photo, photo.Rect.Min, draw.Src)
	case s.cut != nil:
		stone(img, image.Rect(0, 0, LongWidth, LongPhoto), s.cut)
	}
	for _, p := range s.places {
		artwork.Paint(img, p.outline, 1, p.ink)
	}
	return img, s, nil
}

// compose places everything from the top down.
func (l Long) compose(photo *image.RGBA) (sheet, error) {
	for _, s := range []*string{&l.Name, &l.Over, &l.Line, &l.Words, &l.Foot, &l.Badge} {
		*s = strings.TrimSpace(*s)
	}
	var s sheet
	top := longSafe
	person := !l.Title
	switch {
	case photo != nil:
		top = float64(photo.Rect.Dy()) + 76
	case person:
		if err := s.cutName(l.Name); err != nil {
			return s, err
		}
		top = LongPhoto + 76
	}
	left, right := longSafe, LongWidth-longSafe
	bottom := top
	// A name in Han stands at the right of what is told, one in other letters above it.
	switch {
	case person && photo != nil && (Card{Name: l.Name}).upright():
		name, _, err := set(l.Name, typeset.Style{Size: longName, MinSize: nameLeast, Measure: 760, MaxLines: 1, Vertical: true, Name: true, Spacing: longName * 0.06})
		if err != nil {
			return s, err
		}
		s.add(name, right-name.W, top, l.Palette.Moon, l.Name)
		if l.Fallen {
			s.rule(shape.Box{X: right - name.W, Y: top - 26, W: name.W, H: 4}, l.Palette.Moon)
		}
		bottom, right = top+name.H, right-name.W-72
	case !person || photo != nil:
		size := longTitle
		if person {
			size = 104
		}
		name, text, err := set(l.Name, typeset.Style{Size: size, MinSize: titleLeast, Leading: 1.36, Measure: right - left, Depth: 620, Name: person})
		if err != nil {
			return s, err
		}
		if l.Over != "" && l.Title {
			if top, err = s.text(l.Over, left, top, right-left, longSmall, l.Palette.Flame); err != nil {
				return s, err
			}
			top += 44
		}
		s.add(name, left, top, l.Palette.Moon, text)
		if l.Fallen {
			s.rule(shape.Box{X: left, Y: top - 22, W: name.W, H: 4}, l.Palette.Moon)
		}
		top += name.H + 52
		bottom = top
	case l.Fallen:
		s.rule(shape.Box{X: left, Y: top - 34, W: 120, H: 4}, l.Palette.Moon)
	}
	y, err := s.told(l, left, top, right-left)
	if err != nil {
		return s, err
	}
	return s, s.end(l, max(y, bottom))
}

// told sets the small words and the deed, and returns where they end.
func (s *sheet) told(l Long, x, y, measure float64) (float64, error) {
	var err error
	if l.Badge != "" {
		b, text, err := set(l.Badge, typeset.Style{Size: 29, Measure: measure - 30, MaxLines: 1, Spacing: 1})
		if err != nil {
			return y, err
		}
		frame := shape.Box{X: x, Y: y, W: b.W + 30, H: b.H + 18}
		s.places = append(s.places, place{frame, border(frame, 2), l.Palette.Moon2, ""})
		s.add(b, x+15, y+9, l.Palette.Moon2, text)
		y += frame.H + 34
	}
	if l.Over != "" && !l.Title {
		if y, err = s.text(l.Over, x, y, measure, longSmall, l.Palette.Flame); err != nil {
			return y, err
		}
		y += 40
	}
	if l.Line == "" {
		return y, nil
	}
	deed, text, err := set(han.Sentence(l.Line, longestDeed), typeset.Style{Size: longLine, Leading: 1.72, Measure: measure, Depth: 1400})
	if err != nil {
		return y, err
	}
	s.add(deed, x, y, l.Palette.Moon, text)
	return y + deed.H, nil
}

// text sets small words in as many lines as they need.
func (s *sheet) text(words string, x, y, measure, size float64, ink rgb) (float64, error) {
	b, text, err := set(words, typeset.Style{Size: size, MinSize: smallLeast, Leading: 1.5, Measure: measure, Depth: 6 * size * 1.5})
	if err != nil {
		return y, err
	}
	s.add(b, x, y, ink, text)
	return y + b.H, nil
}

// end sets the sentence of their own, the symbol and what stands beside it.
func (s *sheet) end(l Long, y float64) error {
	const measure = LongWidth - 2*longSafe
	y += 84
	if l.Words != "" {
		s.rule(shape.Box{X: longSafe, Y: y, W: 72, H: 4}, l.Palette.Flame)
		y += 52
		words, text, err := set(l.Words, typeset.Style{Size: longWords, MinSize: lineLeast, Leading: 1.7, Measure: measure, Depth: 900})
		if err != nil {
			return err
		}
		s.add(words, longSafe, y, l.Palette.Moon, text)
		y += words.H + 92
	}
	s.rule(shape.Box{X: longSafe, Y: y, W: measure, H: 2}, l.Palette.Glow)
	y += 60
	symbol, err := qr.EncodePage(l.Address)
	if err != nil {
		return err
	}
	s.symbol = shape.Box{X: longSafe, Y: y, W: longSymbol, H: longSymbol}
	s.rule(s.symbol, l.Palette.Moon)
	// Whole pixels a module: no phone has to guess at grey edges.
	module := float64(int(longSymbol / float64(symbol.Size+2*qr.Quiet)))
	inset := float64(int(longSymbol-module*float64(symbol.Size)) / 2)
	s.places = append(s.places, place{s.symbol, symbol.Outline(module, 0).Place(1, s.symbol.X+inset, s.symbol.Y+inset), l.Palette.Night, ""})
	x, ty := longSafe+longSymbol+48, y+12
	for _, line := range []struct {
		text string
		size float64
		ink  rgb
	}{{l.Hint, 37, l.Palette.Moon}, {l.Where, 29, l.Palette.Moon2}, {l.Foot, 29, l.Palette.Moon2}} {
		if line.text == "" {
			continue
		}
		if ty, err = s.text(line.text, x, ty, LongWidth-longSafe-x, line.size, line.ink); err != nil {
			return err
		}
		ty += 18
	}
	s.height = int(max(y+longSymbol, ty) + longSafe)
	s.lamp = lamp{x: LongWidth / 2, y: s.height / 2, r: s.height, peak: 46}
	return nil
}

// cutName lays the name out on the stone: one column, as large as it can stand.
func (s *sheet) cutName(name string) error {
	style := typeset.Style{Size: 380, MinSize: 60, Measure: LongPhoto - 2*150, MaxLines: 1, Vertical: true, Name: true}
	switch n := utf8.RuneCountInString(name); {
	case !(Card{Name: name}).upright():
		style = typeset.Style{Size: 150, MinSize: 56, Leading: 1.3, Measure: LongWidth - 2*130, Depth: LongPhoto - 2*150, Name: true}
	case n > 2:
		style.Size, style.Spacing = 290, 8
	default:
		style.Spacing = 40
	}
	b, text, err := set(name, style)
	if err != nil {
		return err
	}
	x, y := (LongWidth-b.W)/2, (LongPhoto-b.H)/2
	frame := shape.Box{X: 56, Y: 56, W: LongWidth - 112, H: LongPhoto - 112}
	s.cut = []place{
		{frame, border(frame, 3), chalk, ""},
		{shape.Box{X: x, Y: y, W: b.W, H: b.H}, b.Outline().Place(1, x, y).Embolden(cutDeeper), chalk, text},
	}
	return nil
}
