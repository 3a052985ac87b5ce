package qr

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// pageMask is the pattern laid over the symbols of pages. The standard takes the best of
// eight, which is most of the work; any of them may be used (ISO/IEC 18004:2015 §7.8), and
// on paper in the hand none is hard to read.
const pageMask = 3

// EncodePage makes the symbol of a page's address for paper that is read in the hand: at
// level M, as small as that allows, and in an eighth of the time that [Encode] takes, since
// every page of a site has one. What hangs in the rain is made by Encode.
func EncodePage(address string) (*Symbol, error) {
	code, err := encoder.Encoder_encode(address, decoder.ErrorCorrectionLevel_M,
		map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_QR_MASK_PATTERN: pageMask})
	if err != nil {
		return nil, fmt.Errorf("encode %q: %w", address, err)
	}
	m := code.GetMatrix()
	s := &Symbol{Text: address, Version: code.GetVersion().GetVersionNumber(), Size: m.GetWidth(), dark: make([]bool, 0, m.GetWidth()*m.GetHeight())}
	for y := range s.Size {
		for x := range s.Size {
			s.dark = append(s.dark, m.Get(x, y) == 1)
		}
	}
	return s, nil
}

// Strokes returns the dark modules as an SVG path to be stroked, a unit wide: a stretch
// for every run of a row, the middle of the first row on the x axis. It is the shortest
// way to write a symbol into a page.
func (s *Symbol) Strokes() string {
	var b strings.Builder
	for y := range s.Size {
		at := -1 // where the pen is in this row
		for x := 0; x < s.Size; x++ {
			if !s.At(x, y) {
				continue
			}
			run := 1
			for s.At(x+run, y) {
				run++
			}
			if at < 0 {
				b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y))
			} else {
				b.WriteString("m" + strconv.Itoa(x-at) + " 0")
			}
			b.WriteString("h" + strconv.Itoa(run))
			at = x + run
			x = at - 1
		}
	}
	return b.String()
}
