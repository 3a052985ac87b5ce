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
	if style.Face == nil || !(style.Size > 0) || math.IsInf(style.Size, 0) {
		return Block{}, errors.New("typeset: a style needs a face and a size")
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
			return Block{}, err
		}
		if style.Name {
			preferDots(items)
		}
		s.runs = append(s.runs, newRun(items))
		base += len(para) + 1
	}
	return s.fit()
}

// fit looks for the size: first as it is if that needs no break, then smaller without a
// break, then with breaks, as large as possible.
func (s setting) fit() (Block, error) {
	size, least := s.style.Size, s.style.MinSize
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
