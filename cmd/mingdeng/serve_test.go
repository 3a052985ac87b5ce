package main

import (
	"bytes"
	"image"
	"image/color"
	"regexp"
	"strings"
	"testing"

	"mingdeng/internal/plaque/qr"
)

// What a phone sees on the terminal leads where it says: the drawing is read back.
func TestTerminalCode(t *testing.T) {
	const address = "http://192.168.100.200:8080/lamp/"
	var b bytes.Buffer
	writeQR(&b, address)
	lines := strings.Split(strings.TrimRight(regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(b.String(), ""), "\n"), "\n")
	const k = 6 // pixels a module
	img := image.NewGray(image.Rect(0, 0, len([]rune(lines[0]))*k, len(lines)*2*k))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for row, line := range lines {
		for col, r := range []rune(line) {
			for half, dark := range []bool{r == '█' || r == '▀', r == '█' || r == '▄'} {
				for y := range k {
					for x := range k {
						if dark {
							img.SetGray(col*k+x, (row*2+half)*k+y, color.Gray{})
						}
					}
				}
			}
		}
	}
	if got, err := qr.Read(img); err != nil || got != address {
		t.Errorf("reads %q (%v), want %q", got, err, address)
	}
}
