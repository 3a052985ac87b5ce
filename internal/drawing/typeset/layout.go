package typeset

import (
	"errors"
	"math"
	"strings"
)

// setting is a text prepared for all sizes: everything in it is in em.
type setting struct {
	text  string
	style Style
	runs  []run
}

// Layout sets text. Errors are *Lacks, *DoesNotFit, or say that the style is not usable.
func Layout(text string, style Style) (Block, error) {
	p, err := Prepare(text, style)
	if err != nil {
		return Block{}, err
	}
	return p.s.fit()
}

// Prepared is a text whose characters have been looked up and whose places to break are
// known, to be tried at several sizes.
type Prepared struct{ s setting }

// Prepare prepares a text. Of the style Size and Spacing count as their ratio.
func Prepare(text string, style Style) (*Prepared, error) {
	if style.Face == nil || !(style.Size > 0) || math.IsInf(style.Size, 0) {
		return nil, errors.New("typeset: a style needs a face and a size")
	}
	if style.Leading <= 0 {
		style.Leading = 1.5
	}
	if style.MinSize <= 0 || style.MinSize > style.Size {
		style.MinSize = style.Size
	}
	s := setting{text: text, style: style}
	base := 0
	for para := range strings.SplitSeq(text, "\n") {
		bare := strings.TrimSuffix(para, "\r")
		items, err := style.Face.scan(bare, base, style.Spacing/style.Size, style.Vertical)
		if err != nil {
			return nil, err
		}
		if style.Name {
			preferDots(items)
		}
		s.runs = append(s.runs, newRun(items))
		base += len(para) + 1
	}
	return &Prepared{s}, nil
}

// Lines is how many lines the text takes at a size within a measure, both mm, and by how
// much, mm, a part of it that cannot be broken exceeds the measure.
func (p *Prepared) Lines(size, measure float64) (n int, over float64) {
	for _, r := range p.s.runs {
		lines, o := r.lines(measure / size)
		n += len(lines)
		over = max(over, o*size)
	}
	return n, over
}

// Width is how long the longest paragraph is on one line, em.
func (p *Prepared) Width() float64 {
	widest := 0.0
	for _, r := range p.s.runs {
		widest = max(widest, r.part(0, len(r.items)).width)
	}
	return widest
}

// Set sets the text at a size within a measure, both mm, on as many lines as it takes.
// The error is *DoesNotFit.
func (p *Prepared) Set(size, measure float64) (Block, error) {
	style := p.s.style
	style.Measure, style.Depth, style.MaxLines = measure, 0, 0
	return setting{p.s.text, style, p.s.runs}.at(size, style)
}

// fit looks for the size: first as it is if that needs no break, then smaller without a
// break, then with breaks, as large as possible.
func (s setting) fit() (Block, error) {
	size, least := s.style.Size, s.style.MinSize
	if s.style.Fill {
		return s.fill(least, size)
	}
	if s.style.Measure <= 0 {
		b, err := s.at(size, s.style)
		for err != nil && size > least {
			size = max(least, size-s.style.Size/100)
			b, err = s.at(size, s.style)
		}
		return b, err
	}
	widest := 0.0
	for _, r := range s.runs {
		widest = max(widest, r.part(0, len(r.items)).width)
	}
	if widest > 0 {
		// Rounded down to a micrometre, so that it surely fits.
		if one := min(size, math.Floor(s.style.Measure/widest*1000)/1000); one >= least {
			if b, err := s.at(one, s.style); err == nil {
				return b, nil
			}
		}
	}
	for {
		b, err := s.at(size, s.style)
		if err == nil || size <= least {
			return b, err
		}
		size = max(least, size-s.style.Size/100)
	}
}

// fillSteps halve the range of sizes down to a five-hundredth of it.
const fillSteps = 9

// fill looks for the largest size by halving: that whether a size fits is not quite
// monotonous costs a hair of it, never the fit, for what is returned has been tried.
func (s setting) fill(least, size float64) (Block, error) {
	best, err := s.at(size, s.style)
	if err == nil || size <= least {
		return best, err
	}
	if best, err = s.at(least, s.style); err != nil {
		return best, err
	}
	lo, hi := least, size
	for range fillSteps {
		mid := math.Floor((lo+hi)/2*1000) / 1000
		if b, err := s.at(mid, s.style); err == nil {
			best, lo = b, mid
		} else {
			hi = mid
		}
	}
	return best, nil
}

// at sets the text at one size.
func (s setting) at(size float64, style Style) (Block, error) {
	measure := style.Measure / size
	if style.Align == Center && measure > 0 {
		measure = balance(s.runs, measure)
	}
	var all [][]span
	n, over := 0, 0.0
	for _, r := range s.runs {
		ls, o := r.lines(measure)
		all = append(all, ls)
		n += len(ls)
		over = max(over, o)
	}
	depth := size * (1 + float64(n-1)*style.Leading)
	tooDeep := 0.0
	if style.Depth > 0 {
		tooDeep = max(0, depth-style.Depth)
	}
	if over > 0 || style.MaxLines > 0 && n > style.MaxLines || tooDeep > 1e-6 {
		return Block{}, &DoesNotFit{
			Size: size, Lines: n, MaxLines: style.MaxLines,
			Over: over * size, DepthOver: tooDeep,
		}
	}
	return s.place(all, n, size, depth), nil
}
