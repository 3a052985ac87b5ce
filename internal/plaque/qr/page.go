package qr

import (
	"errors"
	"fmt"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
)

// Every page's symbol is made with one mask and level. The standard takes the best of eight
// masks, which is most of the work; any of them may be used (ISO/IEC 18004:2015 §7.8), and
// on paper in the hand none is hard to read.
const (
	pageMask  = coding.Mask(3)
	pageLevel = coding.M
)

// EncodePage makes the symbol of a page's address for paper that is read in the hand: at
// level M, as small as that allows, and in a tenth of the time that [Encode] takes, since
// every page of a site has one. What hangs in the rain is made by Encode.
func EncodePage(address string) (*Symbol, error) {
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		if coding.String(address).Bits(v) > 8*v.DataBytes(pageLevel) {
			continue
		}
		plan, err := pagePlans[v]()
		if err != nil {
			return nil, fmt.Errorf("encode %q: %w", address, err)
		}
		code, err := plan.Encode(coding.String(address))
		if err != nil {
			return nil, fmt.Errorf("encode %q: %w", address, err)
		}
		s := &Symbol{Text: address, Version: int(v), Size: code.Size, dark: make([]bool, 0, code.Size*code.Size)}
		for y := range code.Size {
			for x := range code.Size {
				s.dark = append(s.dark, code.Black(x, y))
			}
		}
		return s, nil
	}
	return nil, fmt.Errorf("encode %q: %w", address, errors.New("it fits no symbol"))
}

// pagePlans say where the bits of a version lie, each made when it is first needed.
var pagePlans = func() (list [coding.MaxVersion + 1]func() (*coding.Plan, error)) {
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		list[v] = sync.OnceValues(func() (*coding.Plan, error) { return coding.NewPlan(v, pageLevel, pageMask) })
	}
	return
}()

// Strokes returns the dark modules as an SVG path to be stroked, a unit wide: a stretch
// for every run of a row, the middle of the first row on the x axis. It is the shortest
// way to write a symbol into a page.
func (s *Symbol) Strokes() string {
	b := make([]byte, 0, 2048)
	for y := range s.Size {
		row := s.dark[y*s.Size : (y+1)*s.Size]
		at := -1 // where the pen is in this row
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			run := 1
			for x+run < len(row) && row[x+run] {
				run++
			}
			if at < 0 {
				b = strconv.AppendInt(append(b, 'M'), int64(x), 10)
				b = strconv.AppendInt(append(b, ' '), int64(y), 10)
			} else {
				b = strconv.AppendInt(append(b, 'm'), int64(x-at), 10)
				b = append(b, " 0"...)
			}
			b = strconv.AppendInt(append(b, 'h'), int64(run), 10)
			at = x + run
			x = at
		}
	}
	return string(b)
}
