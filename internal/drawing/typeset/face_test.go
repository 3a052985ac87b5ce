package typeset_test

import (
	"os"
	"testing"

	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/han"
)

// Both faces draw every character of 通用规范汉字表 and all marks of GB/T 15834, with
// contours that neither cross nor turn the wrong way.
func TestFacesDrawTheTable(t *testing.T) {
	data, err := os.ReadFile("../../han/testdata/tgh8105.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	var all []rune
	for _, r := range string(data) {
		if han.Is(r) {
			all = append(all, r)
			n++
		}
	}
	if n < 8105 {
		t.Fatalf("the table has %d characters", n)
	}
	all = append(all, []rune("。，、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～／-–〇ABCDEFGHJKMNPQRSTVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/@%&()℃")...)
	if lacks := fonts.Serif().Missing(string(all)); len(lacks) > 0 {
		t.Errorf("serif cannot draw %d: %q", len(lacks), lacks)
	}
	if lacks := fonts.Kai().Missing(string(all)); len(lacks) > 0 {
		t.Errorf("kai cannot draw %d: %q", len(lacks), lacks)
	}
}
