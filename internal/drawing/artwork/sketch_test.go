package artwork_test

import (
	"image"
	"image/color"
	"testing"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/qr"
)

var (
	ink   = artwork.RGB{R: 0x1C, G: 0x1A, B: 0x17}
	panel = artwork.RGB{R: 0xF4, G: 0xF1, B: 0xE8}
)

// set is text as an item, its block's corner at x, y.
func set(t testing.TB, text string, x, y float64, s typeset.Style) artwork.Item {
	t.Helper()
	if s.Face == nil {
		s.Face = fonts.Serif()
	}
	b, err := typeset.Layout(text, s)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return artwork.Item{Outline: b.Outline().Place(1, x, y), Ink: artwork.Engrave(ink)}
}

// sketch is the plaque of the design's picture, 200 × 265 mm.
func sketch(t testing.TB) *artwork.Scene {
	t.Helper()
	address, err := qr.Address("https://yx.example.cn", "7K3F")
	if err != nil {
		t.Fatal(err)
	}
	symbol, err := qr.Encode(address)
	if err != nil {
		t.Fatal(err)
	}
	module := 76.5 / float64(symbol.Size)
	code := symbol.Outline(module, 0).Place(1, 106.5, 171)
	s := &artwork.Scene{
		W: 200, H: 265, Bleed: 3, Radius: 4, Panel: panel, Cut: artwork.CutContour(), Marks: true,
		Items: []artwork.Item{
			set(t, "沈渡川", 17, 23, typeset.Style{Size: 32, MinSize: 24, Measure: 166, MaxLines: 2, Spacing: 4, Name: true}),
			set(t, "二〇二一年七月，暴雨夜里三次返回被淹的地下通道，带出七个人。", 17, 66, typeset.Style{Size: 9, Measure: 166, Leading: 1.7}),
			set(t, "扫一扫，或输入", 17, 191, typeset.Style{Size: 5.7}),
			set(t, "7K3F", 17, 199, typeset.Style{Size: 19, Spacing: 2.5}),
			set(t, "yx.example.cn", 17, 220, typeset.Style{Size: 5.7}),
			set(t, "不收钱　不要手机号", 17, 230, typeset.Style{Size: 5.7}),
			set(t, "长堤主题公园 · 12", 17, 240, typeset.Style{Size: 5.7}),
			{Outline: code, Ink: artwork.Black()},
		},
	}
	for _, x := range []float64{8, 192} {
		for _, y := range []float64{8, 257} {
			s.Holes = append(s.Holes, artwork.Hole{Centre: shape.Point{X: x, Y: y}, Diameter: 5, KeepOut: 6})
		}
	}
	return s
}

// board is a printed panel with a picture, a mixed colour and a white ground under the code.
func board(t testing.TB) *artwork.Scene {
	t.Helper()
	return &artwork.Scene{
		W: 120, H: 80, Bleed: 3, Panel: panel, PrintPanel: true, Marks: true,
		Items: []artwork.Item{
			{Picture: &artwork.Picture{Box: shape.Box{X: 8, Y: 8, W: 30, H: 40}, Image: photo()}},
			{Outline: shape.Rect(shape.Box{X: 80, Y: 40, W: 34, H: 34}, 0), Ink: artwork.Mixed(artwork.RGB{R: 255, G: 255, B: 255})},
			{Outline: shape.Rect(shape.Box{X: 84, Y: 44, W: 26, H: 26}, 3), Ink: artwork.Black()},
			{Outline: shape.Circle(shape.Point{X: 60, Y: 20}, 9.333), Ink: artwork.Mixed(artwork.RGB{R: 0xA8, G: 0x20, B: 0x1A})},
			set(t, "他三次潜入，先后托出7个人……", 8, 54, typeset.Style{Face: fonts.Kai(), Size: 6, Measure: 60, Align: typeset.Justify}),
		},
	}
}

// photo is a picture that is smooth, as photographs are, and not of its box's shape.
func photo() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			img.Set(x, y, color.RGBA{uint8(x * 255 / 400), uint8(y * 255 / 300), 120, 255})
		}
	}
	return img
}
