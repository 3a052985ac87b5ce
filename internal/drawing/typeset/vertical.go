package typeset

// verticalForm prepares a character for a column. The font's own vertical forms lie in
// GSUB tables, which are not read (the embedded faces have none); GB/T 15834-2011, 5.2,
// needs little: marks of pause stand to the right below the character, brackets and
// bars are turned, quotation marks are ﹃﹄ and ﹁﹂.
func (f *Face) verticalForm(it *item, g *glyph) {
	switch it.class {
	case opening, closing:
		if corner, ok := corners[it.r]; ok {
			if c := f.glyph(corner); c != nil {
				g = c
				it.outline = c.outline
			}
		}
		it.adv = g.advance
		f.horizontalForm(it, g)
		it.draw.turn = true
	case stop:
		it.adv = 1
		it.draw.upr, it.draw.w = true, g.advance
		it.draw.dx = g.advance - 2*g.ink.X - g.ink.W // mirrored: the ink to the right
		switch it.r {
		case '、', '，', '。', '．':
			it.draw.dy = -2 * (g.ink.Y + g.ink.H/2 + f.middle) // and to the top
			it.trail = half
		}
	case dot:
		it.adv = half
		it.draw = placing{upr: true, w: g.ink.W, dx: -g.ink.X, dy: -(g.ink.Y + g.ink.H/2 + f.middle)}
	case ideograph, slash:
		it.adv = 1
		it.draw.upr, it.draw.w = true, g.advance
	default:
		f.horizontalForm(it, g)
		it.draw.turn = true
	}
}

// corners are the quotation marks of vertical text, turned like brackets.
var corners = map[rune]rune{'“': '『', '”': '』', '‘': '「', '’': '」'}

// combineUpright sets single letters and digits upright, and two digits side by side in
// one em (纵中横).
func combineUpright(items []item) {
	for i := 0; i < len(items); {
		j := i
		digits := true
		for j < len(items) && items[j].class.latin() {
			digits = digits && items[j].class == digit
			j++
		}
		switch {
		case j == i+1 && items[i].class != sign:
			items[i].draw = placing{upr: true, w: items[i].adv}
			items[i].adv = 1
		case j == i+2 && digits:
			a, b := &items[i], &items[i+1]
			w := a.adv + b.adv
			sx := min(1, 0.96/w)
			a.draw = placing{upr: true, w: w * sx, sx: sx}
			// The second one's cell has no height and lies at the end of the first's.
			b.draw = placing{upr: true, w: w * sx, sx: sx, dx: a.adv, dy: -half}
			a.adv, b.adv = 1, 0
			a.lone = true
		}
		i = max(j, i+1)
	}
}
