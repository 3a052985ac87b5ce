package card

import (
	"errors"
	"image"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/han"
)

// Safe is the margin that nothing but picture and light reaches into, px: some readers
// round the corners or cut a strip.
const Safe = 64

// Sizes of type, px. A card is often seen a third as large: a deed of 42 is 14 there.
const (
	nameSize   = 136.0
	nameLeast  = 46.0
	titleSize  = 84.0
	titleLeast = 50.0
	lineSize   = 42.0
	lineLeast  = 34.0
	smallSize  = 27.0
	smallLeast = 20.0
)

// longest is how many characters a name may have to stand upright, and longestLine how many
// a deed may have: what is told in more is not read on a card.
const (
	longest     = 9
	longestLine = 56
)

// place is a text that has been set: where, and in which of the inks.
type place struct {
	box     shape.Box
	outline shape.Outline
	ink     artwork.RGB
	text    string // as drawn, for tests
}

// layout is everything on a card but the picture.
type layout struct {
	places []place
	lamp   lamp
	split  int // where the photo begins, px
}

// compose places the texts.
func (c Card) compose(photo *image.RGBA) (layout, error) {
	for _, s := range []*string{&c.Name, &c.Over, &c.Line, &c.Foot, &c.Badge} {
		*s = strings.TrimSpace(*s)
	}
	l := layout{split: Width}
	if photo != nil {
		l.split = Width - PhotoWidth
	}
	if c.upright() {
		return l, l.upright(c, photo != nil)
	}
	return l, l.across(c, photo != nil)
}

// upright reports whether the name can stand: Han characters, and not too many.
func (c Card) upright() bool {
	if c.Title || utf8.RuneCountInString(c.Name) > longest {
		return false
	}
	for _, r := range c.Name {
		if !han.Is(r) && r != '·' {
			return false
		}
	}
	return true
}

// upright sets the name as a column beside the photo, or where the lamp is.
func (l *layout) upright(c Card, photo bool) error {
	const top, bottom = Safe, Height - Safe
	name, _, err := set(c.Name, typeset.Style{
		Size: nameSize, MinSize: nameLeast, Measure: bottom - top, MaxLines: 1, Vertical: true, Name: true, Spacing: nameSize * 0.1,
	})
	if err != nil {
		return err
	}
	x := float64(l.split) - 52 - name.W
	l.lamp = lamp{x: l.split + PhotoWidth/2, y: 230, r: 620, peak: 120}
	if !photo {
		x = 830 - name.W/2
		l.lamp = lamp{x: 830, y: Height / 2, r: 470, peak: 256}
	}
	y := (Height - name.H) / 2
	l.add(name, x, y, c.Palette.Moon, c.Name)
	if c.Fallen {
		l.rule(shape.Box{X: x, Y: max(y-26, 30), W: name.W, H: 3}, c.Palette.Moon)
	}
	measure := x - Safe - 56
	if !photo {
		measure = 540
	}
	foot := l.foot(c, measure)
	if c.Line == "" {
		return nil
	}
	deed, text, err := set(han.Sentence(c.Line, longestLine), typeset.Style{Size: lineSize, MinSize: lineLeast, Leading: 1.62, Measure: measure, Depth: foot - 44 - l.head(c, measure)})
	if err != nil {
		return err
	}
	l.add(deed, Safe, foot-44-deed.H, c.Palette.Moon, text)
	return nil
}

// across sets the name in lines from the left.
func (l *layout) across(c Card, photo bool) error {
	measure := 850.0
	l.lamp = lamp{x: 900, y: 300, r: 620, peak: 230}
	if photo {
		measure = float64(l.split) - Safe - 44
		l.lamp = lamp{x: l.split + PhotoWidth/2, y: 230, r: 620, peak: 120}
	}
	foot := l.foot(c, measure)
	top := l.head(c, measure)
	room := foot - 40 - top
	// Large and on several lines, rather than small on one.
	style := typeset.Style{Size: titleSize, Leading: 1.34, Measure: measure, Depth: min(room, 350), Name: !c.Title}
	if b, err := typeset.Layout(c.Name, typeset.Style{Face: fonts.Serif(), Size: style.Size, Leading: style.Leading, Measure: style.Measure, Depth: style.Depth}); err != nil || len(b.Lines) == 1 {
		style.MinSize = titleLeast
	}
	name, text, err := set(c.Name, style)
	if err != nil {
		return err
	}
	var deed typeset.Block
	line, gap := "", 34.0
	if left := room - name.H - gap; c.Line != "" && left >= lineLeast*1.6 {
		deed, line, err = set(han.Sentence(c.Line, longestLine), typeset.Style{Size: 36, MinSize: lineLeast, Leading: 1.6, Measure: measure, Depth: min(left, 180)})
		if err != nil {
			return err
		}
	} else {
		gap = 0
	}
	y := top + max(0, (room-name.H-gap-deed.H)/2)
	l.add(name, Safe, y, c.Palette.Moon, text)
	if c.Fallen {
		l.rule(shape.Box{X: Safe, Y: y - 18, W: name.W, H: 3}, c.Palette.Moon)
	}
	if line != "" {
		l.add(deed, Safe, y+name.H+gap, c.Palette.Moon, line)
	}
	return nil
}

// foot sets the line at the foot and returns its top.
func (l *layout) foot(c Card, measure float64) float64 {
	y := float64(Height - Safe)
	if c.Foot == "" {
		return y + 20
	}
	b, text, err := set(c.Foot, typeset.Style{Size: smallSize, MinSize: smallLeast, Measure: measure, MaxLines: 1, Spacing: 1})
	if err != nil {
		return y
	}
	l.add(b, Safe, y-b.H, c.Palette.Moon2, text)
	return y - b.H
}

// head sets the words above everything, one under the other, and returns where they end.
func (l *layout) head(c Card, measure float64) float64 {
	y := float64(Safe)
	if c.Over != "" {
		b, text, err := set(c.Over, typeset.Style{Size: smallSize, MinSize: smallLeast, Measure: measure, MaxLines: 1, Spacing: 1})
		if err == nil {
			l.add(b, Safe, y, c.Palette.Flame, text)
			y += b.H + 22
		}
	}
	if c.Badge != "" {
		b, text, err := set(c.Badge, typeset.Style{Size: 24, Measure: measure - 24, MaxLines: 1, Spacing: 1})
		if err == nil {
			frame := shape.Box{X: Safe, Y: y, W: b.W + 24, H: b.H + 14}
			l.places = append(l.places, place{frame, border(frame, 1.5), c.Palette.Moon2, ""})
			l.add(b, Safe+12, y+7, c.Palette.Moon2, text)
			y += frame.H + 22
		}
	}
	return y
}

func (l *layout) add(b typeset.Block, x, y float64, k artwork.RGB, text string) {
	l.places = append(l.places, place{shape.Box{X: x, Y: y, W: b.W, H: b.H}, b.Outline().Place(1, x, y), k, text})
}

func (l *layout) rule(b shape.Box, k artwork.RGB) {
	l.places = append(l.places, place{b, shape.Rect(b, 0), k, ""})
}

// border is the outline of a frame, w px wide.
func border(b shape.Box, w float64) shape.Outline {
	in := shape.Box{X: b.X + w, Y: b.Y + w, W: b.W - 2*w, H: b.H - 2*w}
	return append(shape.Rect(b, 0), shape.Rect(in, 0)...)
}

// set lays a text out, and shortens it at the end of a phrase as often as it does not
// fit. It returns the text that it has set.
func set(text string, s typeset.Style) (typeset.Block, string, error) {
	s.Face = fonts.Serif()
	for n := utf8.RuneCountInString(text); ; {
		b, err := typeset.Layout(text, s)
		var over *typeset.DoesNotFit
		if err == nil || !errors.As(err, &over) || n <= 4 {
			return b, text, err
		}
		n = min(n, utf8.RuneCountInString(text)) * 9 / 10
		text = han.Sentence(text, n)
	}
}
