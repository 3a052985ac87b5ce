package qr

import (
	"image"
	"image/color"
	"image/draw"
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

// So is one in paint that is hardly lighter than its stone.
func TestReadAllDim(t *testing.T) {
	s, err := EncodePage("https://jian.cn/venues/x/")
	if err != nil {
		t.Fatal(err)
	}
	code := s.Image(8, 4)
	for name, c := range map[string][2]color.RGBA{
		"red on black": {{200, 0, 0, 255}, {0, 0, 0, 255}}, "red on granite": {{150, 30, 30, 255}, {40, 40, 42, 255}},
		"gold on dark red": {{200, 160, 60, 255}, {110, 10, 10, 255}}, "grey on grey": {{90, 90, 90, 255}, {60, 60, 60, 255}},
	} {
		b := code.Bounds()
		stone := image.NewRGBA(b.Inset(-40))
		draw.Draw(stone, stone.Rect, image.NewUniform(c[1]), image.Point{}, draw.Src)
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				if v, _, _, _ := code.At(x, y).RGBA(); v == 0 {
					stone.Set(x, y, c[0])
				}
			}
		}
		if found := ReadAll(stone); len(found) != 1 || found[0].Text != "https://jian.cn/venues/x/" {
			t.Errorf("%s: %v", name, found)
		}
	}
}
