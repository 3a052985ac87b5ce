package artwork_test

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/testrun"
)

// What goes to a print shop is in process inks and says for which press; what an office
// prints is not; where all plates are spots there is nothing to say.
func TestIntent(t *testing.T) {
	const intent = "/OutputConditionIdentifier (FOGRA39)"
	b := board(t)
	b.White = true
	pdf := string(must(t)(b.PDF(artwork.Info{})))
	for _, want := range []string{intent, "[/ICCBased ", "/Separation /White"} {
		if !strings.Contains(pdf, want) {
			t.Errorf("the PDF has no %s", want)
		}
	}
	if strings.Contains(pdf, "/ColorSpace /DeviceRGB") {
		t.Error("a photograph without a profile")
	}
	office := string(must(t)(artwork.Sheets([]artwork.Sheet{{W: 210, H: 297, Placed: []artwork.Placed{{X: 20, Y: 20, Scene: b}}}}, artwork.Info{})))
	if strings.Contains(office, intent) || strings.Contains(office, "White") {
		t.Error("an office printer is given plates of a press")
	}
	etched := sketch(t)
	etched.Items = etched.Items[:1]
	if strings.Contains(string(must(t)(etched.PDF(artwork.Info{}))), intent) {
		t.Error("spot plates alone with an output intent")
	}
}

// A mirrored PDF is the other one turned over, marks and all; a turned plaque on a sheet is
// the same plaque.
func TestMirroredAndTurned(t *testing.T) {
	ppm := testrun.Tool(t, "pdftoppm", "poppler-utils")
	show := func(name string, data []byte) image.Image { // 10 px a mm
		in := write(t, name, data)
		run(t, ppm, "-r", "254", "-png", "-singlefile", in, in)
		return decode(t, in+".png")
	}
	s := sketch(t)
	plain := show("plain.pdf", must(t)(s.PDF(artwork.Info{})))
	s.Mirror = true
	mirror := show("mirror.pdf", must(t)(s.PDF(artwork.Info{})))
	s.Mirror, s.Marks, s.Cut = false, false, artwork.Ink{}
	w, h := plain.Bounds().Dx(), plain.Bounds().Dy()
	compare(t, "mirrored", mapped(w, h, func(x, y int) color.Color { return plain.At(w-1-x, y) }), mirror, 1)

	lying := func(turned bool, w, h float64) image.Image {
		return show("sheet.pdf", must(t)(artwork.Sheets([]artwork.Sheet{{W: w, H: h, Placed: []artwork.Placed{{X: 10, Y: 10, Turned: turned, Scene: s}}, CutMarks: 3}}, artwork.Info{})))
	}
	up, turned := lying(false, 220, 285), lying(true, 285, 220)
	w, h = turned.Bounds().Dx(), turned.Bounds().Dy()
	compare(t, "turned", mapped(w, h, func(x, y int) color.Color { return up.At(y, w-1-x) }), turned, 1)
}

func mapped(w, h int, at func(x, y int) color.Color) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, at(x, y))
		}
	}
	return img
}

// By custom cutters cut red and engrave blue; nothing is yellow.
func TestLayerColours(t *testing.T) {
	s := board(t)
	s.Cut = artwork.CutContour()
	s.Items = append(s.Items, artwork.Item{Outline: shape.Circle(shape.Point{X: 5, Y: 5}, 2), Ink: artwork.Ink{Plate: "Fold"}})
	dxf := must(t)(s.DXF())
	for layer, colour := range map[string]string{"CutContour": "1", "Engrave": "5", "Black": "7", "Print": "3", "Fold": "6"} {
		if !bytes.Contains(dxf, []byte("LAYER\n2\n"+layer+"\n70\n0\n62\n"+colour+"\n")) {
			t.Errorf("the layer %s is not of the colour %s", layer, colour)
		}
	}
}
