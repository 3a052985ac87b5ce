package qr

import (
	"image"
	"testing"
)

// A code printed light on dark is read where nothing else is: many readers leave it
// (mchehab/zbar#173, zxing/zxing#1471), phones do not, and a sticker may bear one.
func TestReadAllNegative(t *testing.T) {
	const text = "https://elsewhere.example/pay"
	s, err := Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	dark := negative(s.Image(6, 4))
	if found := ReadAll(dark); len(found) != 1 || found[0].Text != text {
		t.Errorf("%v", found)
	}
	wide := image.NewGray(image.Rect(0, 0, 900, 700))
	for y := range dark.Rect.Dy() {
		copy(wide.Pix[(y+200)*wide.Stride+300:], dark.Pix[y*dark.Stride:y*dark.Stride+dark.Rect.Dx()])
	}
	part := wide.SubImage(image.Rect(100, 50, 850, 690)) // pixels that are not all in a row
	if found := ReadAll(part); len(found) != 1 || found[0].Text != text || found[0].Corners[0].X < 300 {
		t.Errorf("%v", found)
	}
}
