package typeset

import (
	"mingdeng/internal/drawing/shape"
)

// em, as all widths in this file.
const (
	half      = 0.5
	autospace = 1.0 / 6 // between Han and Latin
	dashInset = 0.04    // what a bar keeps off its neighbours on either side
)

// item is one character of the text with all that breaking lines needs to know, in em.
type item struct {
	r     rune
	class class
	from  int // byte offset in the text
	adv   float64
	// lead and trail are the blank halves of a full-width mark within adv that may go.
	lead, trail float64
	// gap is what stands between this item and the next on the same line: letter
	// spacing, autospace, less the blank taken by 挤压; give is how much narrower it may
	// still be squeezed.
	gap, give float64
	brk       breakLevel // whether a line may end after it
	lone      bool       // the gap may not be stretched

	outline shape.Outline // nil for blanks
	draw    placing
}

// placing says how an outline is put into its cell.
type placing struct {
	dx, dy float64 // move, em, before turning
	sx     float64 // horizontal scale, 0 for 1
	turn   bool    // a quarter clockwise, about the middle of the em
	upr    bool    // upright in a vertical column: centred on width w
	w      float64
}

// scan makes items of one paragraph (no line feeds) that starts at byte offset base.
func (f *Face) scan(text string, base int, spacing float64, vertical bool) ([]item, error) {
	items := make([]item, 0, len(text)/2)
	for i, r := range text {
		it := item{r: r, class: classify(r), from: base + i}
		if it.class == space || it.class == glue {
			it.adv = f.blankWidth(r)
			items = append(items, it)
			continue
		}
		g := f.glyph(r)
		if g == nil || g.tangled {
			return nil, &Lacks{Rune: r, Tangled: g != nil}
		}
		it.adv, it.outline = g.advance, g.outline
		if vertical {
			f.verticalForm(&it, g)
		} else {
			f.horizontalForm(&it, g)
		}
		items = append(items, it)
	}
	f.bars(items, spacing, vertical)
	pairBangs(items)
	if vertical {
		combineUpright(items)
	}
	for i := range items {
		if i+1 < len(items) {
			items[i].setGap(&items[i+1], spacing)
		}
	}
	setSpaces(items)
	setBreaks(items)
	return items, nil
}

// blankWidth is the font's width of a blank, or the usual one where it has none.
func (f *Face) blankWidth(r rune) float64 {
	switch r {
	case '\u3000', '\u2003':
		return 1
	case '\u2002':
		return 0.5
	case '\u200B', '\u2060', '\uFEFF', '\r':
		return 0
	}
	if g := f.glyph(' '); g != nil {
		return g.advance
	}
	return 0.25
}

// horizontalForm sets the blank sides of marks and centres those that fonts set low.
func (f *Face) horizontalForm(it *item, g *glyph) {
	switch it.class {
	case opening:
		it.lead = squeezable(g.advance, g.ink.X)
	case closing, stop:
		it.trail = squeezable(g.advance, g.advance-g.ink.X-g.ink.W)
	case dot:
		it.adv = half
		it.draw.dx = half/2 - (g.ink.X + g.ink.W/2)
	case ellipsis:
		if low := g.ink.Y + g.ink.H/2 + f.middle; low > 0.15 {
			it.draw.dy = -low // a Latin font's, on the baseline
		}
	}
}

// squeezable is how much of a mark's width may go on its blank side: down to half an em,
// and never into the ink.
func squeezable(advance, side float64) float64 {
	return max(0, min(advance-half, side))
}

// bars replaces runs of dashes by one bar: the dash of many fonts is a Latin one, shorter
// than an em and low, and two of them would leave a gap in what is one mark
// (GB/T 15834-2011, 5.1.4). The bar is as thick as the font's dash.
func (f *Face) bars(items []item, spacing float64, vertical bool) {
	for i := 0; i < len(items); {
		n := 0
		length := 0.0
		for i+n < len(items) && items[i+n].class == dash {
			it := &items[i+n]
			it.adv = 1
			if it.r == '⸺' {
				it.adv = 2
			}
			length += it.adv
			n++
		}
		if n == 0 {
			i++
			continue
		}
		length += spacing * float64(n-1)
		thick := items[i].outline.Bounds().H
		for k := range n {
			items[i+k].outline = nil
			items[i+k].draw = placing{}
		}
		items[i].outline = shape.Rect(shape.Box{
			X: dashInset, Y: -f.middle - thick/2, W: length - 2*dashInset, H: thick,
		}, 0)
		items[i].draw.turn = vertical
		i += n
	}
}

// pairBangs gives two ！？ in a row one em together, three of them two em
// (GB/T 15834-2011, 5.1.2); all but the last of an uneven run lose their blank half.
func pairBangs(items []item) {
	bang := func(i int) bool { return i < len(items) && (items[i].r == '！' || items[i].r == '？') }
	for i := 0; i < len(items); i++ {
		n := 0
		for bang(i + n) {
			n++
		}
		if n > 1 && n%2 == 0 {
			last := &items[i+n-1]
			last.adv -= last.trail
			last.trail = 0
		}
		i += n
	}
}

// setGap sets what stands between a and its neighbour b.
func (a *item) setGap(b *item, spacing float64) {
	trail, lead := a.trail, b.lead
	switch {
	case a.class == opening && b.class == opening:
		a.gap -= lead
		lead = 0
	case a.class == opening || !a.class.mark() || !b.class.mark():
	case b.class == opening: // 》《
		a.gap -= min(lead, trail)
		lead -= min(lead, trail)
	default: // 。” and 》，
		a.gap -= trail
		trail = 0
	}
	a.give = trail + lead
	alnum := func(c class) bool { return c == letter || c == digit }
	if a.class == ideograph && alnum(b.class) || alnum(a.class) && b.class == ideograph {
		a.gap += autospace
	}
	if !a.lone {
		a.gap += spacing
	}
	if a.class.latin() && b.class.latin() || a.class == dash && b.class == dash ||
		a.class == ellipsis && b.class == ellipsis || a.class == glue || b.class == glue {
		a.lone = true
	}
}

// setSpaces makes a space that an author put between Han and Latin as wide as where
// there is none, and drops the one beside a full-width mark, which has its own.
func setSpaces(items []item) {
	for i := 1; i+1 < len(items); i++ {
		if items[i].r != ' ' {
			continue
		}
		a, b := items[i-1].class, items[i+1].class
		switch {
		case a == ideograph && b.latin() || a.latin() && b == ideograph:
			items[i].adv = min(items[i].adv, autospace)
		case items[i-1].trail > 0 || items[i+1].lead > 0:
			items[i].adv = 0
		}
	}
}
