package typeset_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/font/gofont/goregular"

	"mingdeng/internal/drawing/typeset"
)

// Fonts that sites bring may be cut short or damaged: they are refused, or set, but never
// stop the program.
func TestBrokenFonts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	opened := 0
	for i := range 600 {
		data := slices.Clone(goregular.TTF)
		if i%3 == 0 {
			data = data[:r.IntN(len(data))]
		} else {
			for range 1 + r.IntN(40) {
				data[r.IntN(min(len(data), 1<<(4+i%14)))] = byte(r.Uint32())
			}
		}
		face, err := typeset.Open(data)
		if err != nil {
			continue
		}
		opened++
		if _, err := typeset.Layout("Ag 7K3F", typeset.Style{Face: face, Size: 4, Measure: 20}); err != nil {
			continue
		}
	}
	if opened == 0 || opened == 600 {
		t.Errorf("%d of 600 damaged fonts were opened", opened)
	}
}
