package typeset

import (
	"errors"
	"fmt"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"mingdeng/internal/drawing/shape"
)

// Face is an opened font. All methods are safe for concurrent use.
type Face struct {
	font   *sfnt.Font
	ppem   fixed.Int26_6 // one pixel is one font unit, so nothing is rounded
	units  float64
	middle float64 // how far the middle of the em square lies above the baseline, em

	bold float64 // what every stroke is wider than the font's, em

	mu     sync.RWMutex
	glyphs map[rune]*glyph // bounded by maxGlyphs
	buf    sfnt.Buffer     // guarded by mu held for writing
	bolder map[int]*Face   // by hundredths of an em
}

// maxGlyphs bounds the cache. A glyph takes some 6 KB, so this is about 25 MB; the
// demo site's plaques use 700 different characters.
const maxGlyphs = 4096

// glyph is a character's outline in em, its origin on the baseline, y down.
type glyph struct {
	outline shape.Outline
	advance float64
	ink     shape.Box
	tangled bool
	stem    float64 // of its thin strokes, 0 where it was not yet asked for
}

// Open reads an OpenType or TrueType font, or the first font of a collection. data must
// not change afterwards. WOFF and WOFF2 are not read.
func Open(data []byte) (f *Face, err error) {
	// sfnt promises errors, not survival, for broken files; these come from strangers.
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("not a readable font: %v", r)
		}
	}()
	if len(data) >= 4 {
		switch string(data[:4]) {
		case "wOFF", "wOF2":
			return nil, errors.New("a web font (WOFF) cannot be used here: bring the OTF or TTF file")
		}
	}
	c, err := sfnt.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("not a readable font: %w", err)
	}
	font, err := c.Font(0)
	if err != nil {
		return nil, fmt.Errorf("not a readable font: %w", err)
	}
	units := int(font.UnitsPerEm())
	if units <= 0 {
		return nil, errors.New("not a readable font: no units per em")
	}
	f = &Face{font: font, ppem: fixed.Int26_6(units), units: float64(units), glyphs: map[rune]*glyph{}}
	// The ideographic em square is 0.88 above and 0.12 below in nearly all Chinese
	// fonts, but their drawings sit differently in it: what should look centred is the ink.
	f.middle = 0.38
	if g := f.glyph('国'); g != nil && g.ink.H > 0.5 {
		f.middle = -(g.ink.Y + g.ink.H/2)
	}
	return f, nil
}

// Missing returns the characters of text that the face cannot draw, each once, in the
// order of their first appearance.
func (f *Face) Missing(text string) []rune {
	var out []rune
next:
	for _, r := range text {
		if blank(r) {
			continue
		}
		for _, seen := range out {
			if seen == r {
				continue next
			}
		}
		if g := f.glyph(r); g == nil || g.tangled {
			out = append(out, r)
		}
	}
	return out
}

// Glyph returns one character at size (the em, mm) with the left end of its baseline at
// the origin, and how far it advances, mm. ok is false where the face cannot draw it.
func (f *Face) Glyph(r rune, size float64) (o shape.Outline, advance float64, ok bool) {
	g := f.glyph(r)
	if g == nil || g.tangled {
		return nil, 0, false
	}
	return g.outline.Place(size, 0, 0), g.advance * size, true
}

// maxBold bounds how much heavier a face may be made, hundredths of an em: beyond it the
// counters of dense characters close.
const maxBold = 4

// Bold returns the face with every stroke wider by so many hundredths of an em, 4 at most.
// Advances stay.
func (f *Face) Bold(hundredths int) *Face {
	hundredths = min(hundredths, maxBold)
	if hundredths <= 0 {
		return f
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	b := f.bolder[hundredths]
	if b == nil {
		b = &Face{font: f.font, ppem: f.ppem, units: f.units, middle: f.middle, bold: float64(hundredths) / 100, glyphs: map[rune]*glyph{}}
		if f.bolder == nil {
			f.bolder = map[int]*Face{}
		}
		f.bolder[hundredths] = b
	}
	return b
}

// Stem is how thick the thinnest of the thin strokes of a text are, em: what a material must
// be able to hold. Marks of punctuation are not looked at. See [shape.Outline.Stem].
func (f *Face) Stem(text string) float64 {
	least := 0.0
	for _, r := range text {
		switch classify(r) {
		case ideograph, letter, digit:
		default:
			continue
		}
		if stem := f.stem(r); stem > 0 && (least == 0 || stem < least) {
			least = stem
		}
	}
	return least
}

func (f *Face) stem(r rune) float64 {
	g := f.glyph(r)
	if g == nil {
		return 0
	}
	f.mu.RLock()
	stem := g.stem
	f.mu.RUnlock()
	if stem == 0 {
		stem = g.outline.Stem()
		f.mu.Lock()
		g.stem = stem
		f.mu.Unlock()
	}
	return stem
}

// glyph returns the glyph for r, or nil.
func (f *Face) glyph(r rune) *glyph {
	f.mu.RLock()
	g, ok := f.glyphs[r]
	f.mu.RUnlock()
	if ok {
		return g
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if g, ok = f.glyphs[r]; ok {
		return g
	}
	g = f.load(r)
	if len(f.glyphs) >= maxGlyphs {
		clear(f.glyphs)
	}
	f.glyphs[r] = g
	return g
}

// load reads a glyph from the font; nil where there is none or it cannot be read.
func (f *Face) load(r rune) (g *glyph) {
	defer func() {
		if recover() != nil {
			g = nil
		}
	}()
	id, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil || id == 0 {
		return nil
	}
	segs, err := f.font.LoadGlyph(&f.buf, id, f.ppem, nil)
	if err != nil {
		return nil
	}
	g = &glyph{}
	raw := f.outline(segs)
	simple, ok := raw, false
	if f.bold > 0 {
		simple, ok = raw.Embolden(f.bold).Untangle(1 / f.units)
	}
	if !ok {
		simple, ok = raw.Untangle(1 / f.units)
	}
	g.outline, g.tangled = simple, !ok
	g.ink = g.outline.Bounds()
	adv, err := f.font.GlyphAdvance(&f.buf, id, f.ppem, 0)
	if err != nil {
		return nil
	}
	g.advance = float64(adv) / f.units
	return g
}

// outline copies segs, which the buffer owns, as contours in em.
func (f *Face) outline(segs sfnt.Segments) shape.Outline {
	var out shape.Outline
	var c shape.Contour
	var at shape.Point
	em := func(p fixed.Point26_6) shape.Point {
		return shape.Point{X: float64(p.X) / f.units, Y: float64(p.Y) / f.units}
	}
	flush := func() {
		if len(c.Segments) > 1 {
			out = append(out, c)
		}
	}
	for _, s := range segs {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			flush()
			at = em(s.Args[0])
			c = shape.Contour{Start: at}
		case sfnt.SegmentOpLineTo:
			at = em(s.Args[0])
			c.Line(at)
		case sfnt.SegmentOpQuadTo:
			to := em(s.Args[1])
			c.Quad(at, em(s.Args[0]), to)
			at = to
		case sfnt.SegmentOpCubeTo:
			at = em(s.Args[2])
			c.Cubic(em(s.Args[0]), em(s.Args[1]), at)
		}
	}
	flush()
	return out
}
