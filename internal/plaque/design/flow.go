package design

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
)

// flowing is an item of a flow that says something.
type flowing struct {
	*Box
	words string            // of a text
	face  *typeset.Face     // of a text
	text  *typeset.Prepared // of a text
	cells []cell            // of facts
	gap   float64           // mm
}

// cell is one fact.
type cell struct {
	label, value         string
	labels, values       *typeset.Prepared
	labelFace, valueFace *typeset.Face
}

// textGap is what a label keeps off its value, of the value's size.
const labelGap = 0.35

// flow sets the items of a box one under another: all at the same step between their
// least size and their largest, the largest step at which they fit.
func (c *composer) flow(b *Box, at shape.Box) {
	items := c.items(b)
	if len(items) == 0 {
		return
	}
	fits := func(t float64) bool {
		h, ok := c.height(items, t, at.W)
		return ok && h <= at.H+1e-6
	}
	if !fits(0) && !c.shorten(items, func() bool { return fits(0) }) {
		h, _ := c.height(items, 0, at.W)
		words, fault := "", &typeset.DoesNotFit{Size: items[0].least() * c.Scale, DepthOver: h - at.H}
		for _, it := range items {
			if len(it.words) > len(words) {
				words = it.words
			}
			for _, x := range it.cells {
				if words == "" {
					words = x.value
				}
			}
		}
		for i := range items { // one that is too long by itself is told rather than the longest
			if it := &items[i]; it.Kind == Text {
				if _, ok := c.itemHeight(it, 0, at.W); !ok {
					n, over := it.text.Lines(it.least()*c.Scale, c.column(it.Box, at.W))
					words, fault = it.words, &typeset.DoesNotFit{Size: it.least() * c.Scale, Lines: n, MaxLines: it.Lines, Over: over}
				}
			}
		}
		c.unfit(words, fault)
		return
	}
	t := 1.0
	if !fits(1) {
		lo, hi := 0.0, 1.0
		for range 9 {
			if mid := (lo + hi) / 2; fits(mid) {
				lo = mid
			} else {
				hi = mid
			}
		}
		t = lo
	}
	c.bolden(items, t)
	for ; t > 0 && !fits(t); t = math.Max(0, t-0.02) { // bolder strokes are no wider, but to be sure
	}
	h, _ := c.height(items, t, at.W)
	widen, y := 1.0, at.Y
	if gaps := sumGaps(items); gaps > 0 && b.Spread > 1 {
		widen = math.Min(b.Spread, 1+(at.H-h)/gaps)
	}
	left := at.H - h - (widen-1)*sumGaps(items)
	switch {
	case b.Bottom:
		y += left
	case b.Middle:
		y += left / 2
	}
	for i := range items {
		if i > 0 {
			y += items[i].gap * widen
		}
		y += c.put(&items[i], t, shape.Box{X: at.X, Y: y, W: at.W})
	}
}

func sumGaps(items []flowing) float64 {
	sum := 0.0
	for _, it := range items[1:] {
		sum += it.gap
	}
	return sum
}

// items are those items of a flow that say something. A rule is left out where nothing
// follows it, or nothing stands above it.
func (c *composer) items(b *Box) []flowing {
	var out []flowing
	for i := range b.Items {
		x := &b.Items[i]
		if c.left(x) {
			continue
		}
		it := flowing{Box: x, gap: x.Gap * c.Scale}
		switch x.Kind {
		case Text:
			if it.words = c.words(x.Text); it.words == "" {
				continue
			}
			if !c.prepare(&it) {
				return nil
			}
		case Facts:
			if it.cells = c.cells(x); len(it.cells) == 0 {
				continue
			}
		case Rule:
			if len(out) == 0 {
				continue
			}
		}
		out = append(out, it)
	}
	for len(out) > 0 && out[len(out)-1].Kind == Rule {
		out = out[:len(out)-1]
	}
	return out
}

// prepare readies the words of a text; false where they cannot be set, which is told.
func (c *composer) prepare(it *flowing) bool {
	if it.face == nil {
		if it.face = c.face(it.Box, it.words); it.face == nil {
			return false
		}
	}
	var err error
	style := c.style(it.Box, it.face)
	style.Name = !strings.ContainsAny(it.words, "，。；")
	if style.Align == typeset.Justify && !strings.ContainsFunc(it.words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		style.Align = typeset.Left // words alone leave holes in a line
	}
	if it.text, err = typeset.Prepare(it.words, style); err != nil {
		c.unfit(it.words, err)
		return false
	}
	return true
}

func (c *composer) cells(b *Box) []cell {
	var out []cell
	for _, f := range c.p.Facts {
		if len(out) == b.Lines || f.Value == "" {
			continue
		}
		x := cell{label: f.Label, value: f.Value, labelFace: c.face(b, f.Label), valueFace: c.face(b, f.Value)}
		if x.labelFace == nil || x.valueFace == nil {
			continue
		}
		plain := typeset.Style{Size: 1, Leading: 1.3}
		plain.Face = x.labelFace
		labels, err := typeset.Prepare(x.label, plain)
		plain.Face = x.valueFace
		values, err2 := typeset.Prepare(x.value, plain)
		if err != nil || err2 != nil {
			continue
		}
		x.labels, x.values = labels, values
		out = append(out, x)
	}
	return out
}

// shorten leaves sentences to the page that the code opens, one after another the last of the
// longest text that may be shortened, as few as it takes to fit; false where that is not enough.
func (c *composer) shorten(items []flowing, fits func() bool) bool {
	more := c.p.Fields["more"]
	// What would be left after each step: which text, and where it ends.
	type step struct{ item, end int }
	var steps []step
	ends := make([]int, len(items))
	for i := range items {
		ends[i] = len(items[i].words)
	}
	for {
		best, end := -1, 0
		for i := range items {
			if !items[i].Shorten || best >= 0 && ends[i] <= ends[best] {
				continue
			}
			words := items[i].words[:ends[i]]
			if cut := max(lastSentence(words), strings.LastIndexByte(words, '\n')); cut > 0 {
				best, end = i, len(strings.TrimRight(words[:cut], " \n　"))
			}
		}
		if best < 0 {
			break
		}
		ends[best] = end
		steps = append(steps, step{best, end})
	}
	whole := make([]flowing, len(items))
	copy(whole, items)
	try := func(n int) bool {
		for i := range items {
			items[i] = whole[i]
		}
		for _, s := range steps[:n] {
			items[s.item].words = whole[s.item].words[:s.end]
		}
		for i := range items {
			if it := &items[i]; it.words != whole[i].words {
				if more != "" {
					it.words += "\n" + more
				}
				c.prepare(it)
			}
		}
		return fits()
	}
	n := sort.Search(len(steps), func(n int) bool { return try(n + 1) }) + 1
	return n <= len(steps) && try(n)
}

// lastSentence is where the last sentence of a text begins, or 0.
func lastSentence(s string) int {
	best := 0
	for i, r := range s {
		end := i + len(string(r))
		if strings.ContainsRune(".!?", r) && strings.HasPrefix(s[end:], " ") {
			best = end
		}
		if strings.ContainsRune("。！？", r) {
			for strings.HasPrefix(s[end:], "”") || strings.HasPrefix(s[end:], "’") || strings.HasPrefix(s[end:], "）") {
				end += len("”")
			}
			if end < len(s) {
				best = end
			}
		}
	}
	return best
}

// size is the em of an item at a step, mm.
func (c *composer) size(b *Box, t float64) float64 {
	return math.Floor((b.least()+t*(b.Size-b.least()))*c.Scale*1000) / 1000
}

// height is how high the items stand at a step; false where one cannot be set in a width.
func (c *composer) height(items []flowing, t, width float64) (float64, bool) {
	sum := sumGaps(items)
	for i := range items {
		h, ok := c.itemHeight(&items[i], t, width)
		if !ok {
			return sum, false
		}
		sum += h
	}
	return sum, true
}

// column is the measure of one of the columns of an item.
func (c *composer) column(b *Box, width float64) float64 {
	n := float64(max(1, b.Columns))
	return (width - (n-1)*b.Gutter*c.Scale) / n
}

func leading(b *Box) float64 {
	if b.Leading > 0 {
		return b.Leading
	}
	return 1.5
}

// oneLine is the size at which a text of one line is set: smaller, down to its least, where
// it would be too long; as all others where that is not enough, and it takes two.
func (c *composer) oneLine(it *flowing, t, width float64) float64 {
	size := c.size(it.Box, t)
	if long := it.text.Width(); it.Lines == 1 && long*size > width && long*it.least()*c.Scale <= width {
		size = math.Max(it.least()*c.Scale, math.Floor(width/long*1000)/1000)
	}
	return size
}

func (c *composer) itemHeight(it *flowing, t, width float64) (float64, bool) {
	switch it.Kind {
	case Rule:
		return it.Size * c.Scale, true
	case Facts:
		sum, ok := 0.0, true
		for i := 0; i < len(it.cells); i += max(1, it.Columns) {
			h, fits := c.rowHeight(it, i, t, width)
			if i > 0 {
				h += c.size(it.Box, t) * labelGap * 2
			}
			sum, ok = sum+h, ok && fits
		}
		return sum, ok
	}
	size := c.oneLine(it, t, width)
	n, over := it.text.Lines(size, c.column(it.Box, width))
	if over > 1e-6 || n > c.mostLines(it, width) {
		return 0, false
	}
	return size * (1 + float64(perColumn(n, it.Columns)-1)*leading(it.Box)), true
}

// mostLines is how many lines a text may have: one more than it should where it would not do
// with those at its least size.
func (c *composer) mostLines(it *flowing, width float64) int {
	if it.Lines == 0 {
		return math.MaxInt
	}
	most := it.Lines * max(1, it.Columns)
	if n, _ := it.text.Lines(it.least()*c.Scale, c.column(it.Box, width)); n > most {
		return most + 1
	}
	return most
}

func perColumn(lines, columns int) int {
	columns = max(1, columns)
	return (lines + columns - 1) / columns
}

// row are the facts that stand beside each other from the i-th on.
func (it *flowing) row(i int) []cell {
	return it.cells[i:min(len(it.cells), i+max(1, it.Columns))]
}

// factSize is the em of the values of facts: smaller where a part that is not to be broken, as
// a date, would be too long.
func (c *composer) factSize(it *flowing, t, width float64) float64 {
	size, measure := c.size(it.Box, t), c.column(it.Box, width)
	for _, x := range it.cells {
		if _, over := x.values.Lines(size, measure); over > 0 {
			size = math.Max(it.least()*c.Scale, math.Floor(size*measure/(measure+over)*1000)/1000)
		}
	}
	return size
}

func (c *composer) rowHeight(it *flowing, i int, t, width float64) (float64, bool) {
	size, measure := c.factSize(it, t, width), c.column(it.Box, width)
	label := it.Label * c.Scale
	tallest := 0.0
	for _, x := range it.row(i) {
		n, over := x.values.Lines(size, measure)
		if m, o := x.labels.Lines(label, measure); over > 1e-6 || o > 1e-6 || m > 1 || n > 3 {
			return 0, false
		}
		tallest = math.Max(tallest, label+size*labelGap+size*(1+float64(n-1)*1.3))
	}
	return tallest, true
}

// bolden makes the faces of texts as bold as the material wants at their size.
func (c *composer) bolden(items []flowing, t float64) {
	for i := range items {
		it := &items[i]
		if it.Kind == Text {
			if bold := c.bolder(it.Box, it.words, c.size(it.Box, t)); bold != nil && bold != it.face {
				it.face = bold
				c.prepare(it)
			}
		}
	}
}

// put draws an item and returns its height.
func (c *composer) put(it *flowing, t float64, at shape.Box) float64 {
	h, _ := c.itemHeight(it, t, at.W)
	measure := c.column(it.Box, at.W)
	step := measure + it.Gutter*c.Scale
	switch it.Kind {
	case Rule:
		c.add(shape.Rect(shape.Box{X: at.X, Y: at.Y, W: at.W, H: h}, 0), it.Ink)
	case Facts:
		y, size := at.Y, c.factSize(it, t, at.W)
		for i := 0; i < len(it.cells); i += max(1, it.Columns) {
			if i > 0 {
				y += size * labelGap * 2
			}
			for k, x := range it.row(i) {
				left := at.X + float64(k)*step
				if b, err := x.labels.Set(it.Label*c.Scale, measure); err == nil {
					accent := it.Accent
					if accent.A == 0 {
						accent = it.Ink
					}
					c.add(b.Outline().Place(1, left, y), accent)
				}
				if b, err := x.values.Set(size, measure); err == nil {
					c.add(b.Outline().Place(1, left, y+it.Label*c.Scale+size*labelGap), it.Ink)
				}
				c.legible(it.Box, x.value, size)
			}
			row, _ := c.rowHeight(it, i, t, at.W)
			y += row
		}
	default:
		size := c.oneLine(it, t, at.W)
		b, err := it.text.Set(size, measure)
		if err != nil {
			c.unfit(it.words, err)
			return h
		}
		per := perColumn(len(b.Lines), it.Columns)
		for k := 0; k*per < len(b.Lines); k++ {
			part := b.Part(k*per, min(len(b.Lines), (k+1)*per))
			c.add(part.Place(1, at.X+float64(k)*step, at.Y-float64(k*per)*leading(it.Box)*size), it.Ink)
		}
		c.legible(it.Box, it.words, size)
	}
	return h
}
