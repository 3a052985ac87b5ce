package artwork_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/plaque/qr"
)

func all(t testing.TB, s *artwork.Scene) map[string][]byte {
	m := must(t)
	return map[string][]byte{
		"svg": m(s.SVG()), "pdf": m(s.PDF(artwork.Info{Title: "明灯", Created: time.Unix(1e9, 0)})),
		"dxf": m(s.DXF()), "png": m(s.PNG(artwork.View{DPI: 100})), "page": m(s.PNG(artwork.View{DPI: 60, Page: true})),
		"sheet": m(artwork.Sheets([]artwork.Sheet{{W: 420, H: 297, Placed: []artwork.Placed{{X: 10, Y: 10, Scene: s}}, CutMarks: 4}}, artwork.Info{})),
	}
}

func TestSameBytesTwice(t *testing.T) {
	for name, s := range scenes(t) {
		a, b := all(t, s), all(t, s)
		for k := range a {
			if !bytes.Equal(a[k], b[k]) {
				t.Errorf("%s: %s differs the second time", name, k)
			}
		}
	}
}

// The code is black and nothing else: no mixed colour, no spot.
func TestPlates(t *testing.T) {
	s := sketch(t)
	pdf := string(must(t)(s.PDF(artwork.Info{})))
	for _, want := range []string{"/Separation /Engrave /DeviceCMYK", "/C1 [0 0 0 0.9]", "/Separation /CutContour /DeviceCMYK", "/Separation /All"} {
		if !strings.Contains(pdf, want) {
			t.Errorf("the PDF has no %s", want)
		}
	}
	if strings.Contains(pdf, "/Font") || strings.Contains(pdf, "Separation /Black") {
		t.Error("a font, or black as a spot colour")
	}
	svg := string(must(t)(s.SVG()))
	for _, want := range []string{`width="222mm" height="287mm" viewBox="-11 -11 222 287"`, `<g id="Engrave" fill="#1c1a17" fill-rule="evenodd">`, `<g id="Black" fill="#000000"`, `<g id="CutContour" fill="none" stroke="#ec008c"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the SVG has no %s", want)
		}
	}
	dxf := string(must(t)(s.DXF()))
	for _, want := range []string{"$INSUNITS\n70\n4\n", "LAYER\n2\nEngrave\n", "LAYER\n2\nBlack\n", "LAYER\n2\nCutContour\n70\n0\n62\n1\n", "CIRCLE\n8\nCutContour\n10\n8.000\n20\n257.000\n40\n2.500\n"} {
		if !strings.Contains(dxf, want) {
			t.Errorf("the DXF has no %q", want)
		}
	}
}

func TestRefusals(t *testing.T) {
	ok := func() *artwork.Scene {
		return &artwork.Scene{W: 10, H: 10, Items: []artwork.Item{{Outline: shape.Circle(shape.Point{X: 5, Y: 5}, 2), Ink: artwork.Black()}}}
	}
	if _, err := ok().PDF(artwork.Info{}); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*artwork.Scene){
		"no size":           func(s *artwork.Scene) { s.W = 0 },
		"NaN":               func(s *artwork.Scene) { s.H = math.NaN() },
		"coordinate":        func(s *artwork.Scene) { s.Items[0].Outline[0].Start.X = math.Inf(1) },
		"plate name":        func(s *artwork.Scene) { s.Items[0].Ink.Plate = "雕刻" },
		"PDF's own":         func(s *artwork.Scene) { s.Items[0].Ink.Plate = "All" },
		"markup in a plate": func(s *artwork.Scene) { s.Cut.Plate = `x"/><a` },
		"two colours":       func(s *artwork.Scene) { s.Cut = artwork.Ink{Plate: "Black", Display: artwork.RGB{R: 1}} },
		"picture": func(s *artwork.Scene) {
			s.Items[0].Picture = &artwork.Picture{Box: shape.Box{W: 1, H: 1}}
		},
		"picture's box": func(s *artwork.Scene) { s.Items[0].Picture = &artwork.Picture{Image: photo()} },
		"hole":          func(s *artwork.Scene) { s.Holes = []artwork.Hole{{}} },
	} {
		s := ok()
		change(s)
		if _, err := s.SVG(); err == nil {
			t.Errorf("%s: drawn as SVG", name)
		}
		if _, err := s.PDF(artwork.Info{}); err == nil {
			t.Errorf("%s: drawn as PDF", name)
		}
	}
	if _, err := ok().PNG(artwork.View{DPI: 1e7}); err == nil {
		t.Error("a picture of 10¹³ pixels is drawn")
	}
}

// Coverage is area: a rectangle anywhere darkens its pixels by as much as it takes of
// them, and where two overlap there is a hole.
func TestCoverageIsArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := func(n string) float64 { return rapid.Float64Range(0.5, 9).Draw(t, n) }
		a := shape.Box{X: f("x"), Y: f("y"), W: f("w"), H: f("h")}
		b := shape.Box{X: f("x"), Y: f("y"), W: f("w"), H: f("h")}
		s := &artwork.Scene{W: 20, H: 20, Panel: artwork.RGB{R: 255, G: 255, B: 255}, Items: []artwork.Item{
			{Outline: append(shape.Rect(a, 0), shape.Rect(b, 0)...), Ink: artwork.Black()},
		}}
		img, err := s.Image(artwork.View{DPI: 254}) // 10 px a mm
		if err != nil {
			t.Fatal(err)
		}
		got := 0.0
		for _, p := range img.Pix {
			got += float64(255 - p)
		}
		got /= 3 * 255 * 100
		w := max(0, min(a.X+a.W, b.X+b.W)-max(a.X, b.X))
		h := max(0, min(a.Y+a.H, b.Y+b.H)-max(a.Y, b.Y))
		want := a.W*a.H + b.W*b.H - 2*w*h
		if math.Abs(got-want) > 0.03*(a.W+a.H+b.W+b.H) {
			t.Fatalf("%.3f mm² are dark, want %.3f", got, want)
		}
	})
}

// A preview shows holes and round corners as what is behind them, and its code reads.
func TestPreview(t *testing.T) {
	s := sketch(t)
	img, err := s.Image(artwork.View{DPI: 127, Backdrop: &artwork.RGB{R: 0x8C, G: 0x86, B: 0x78}}) // 5 px a mm
	if err != nil {
		t.Fatal(err)
	}
	if img.Rect.Dx() != 1000 || img.Rect.Dy() != 1325 {
		t.Errorf("%v", img.Rect)
	}
	for _, c := range []struct {
		x, y float64
		want color.RGBA
	}{
		{0.1, 0.1, color.RGBA{0x8C, 0x86, 0x78, 255}}, // beyond the corner
		{8, 8, color.RGBA{0x8C, 0x86, 0x78, 255}},     // hole
		{100, 150, color.RGBA{panel.R, panel.G, panel.B, 255}},
		{107, 171.5, color.RGBA{0, 0, 0, 255}}, // a finder's corner
	} {
		if got := img.RGBAAt(int(c.x*5), int(c.y*5)); got != c.want {
			t.Errorf("at %g %g mm: %v, want %v", c.x, c.y, got, c.want)
		}
	}
	if got, err := qr.Read(img); err != nil || got != "https://YX.EXAMPLE.CN/Q/7K3F/" {
		t.Errorf("the code reads %q %v", got, err)
	}
	clear, err := s.Image(artwork.View{DPI: 127})
	if err != nil {
		t.Fatal(err)
	}
	if a := clear.RGBAAt(40, 40).A; a != 0 {
		t.Errorf("a hole with alpha %d", a)
	}
	png := must(t)(s.PNG(artwork.View{DPI: 127}))
	if !bytes.Contains(png, []byte("pHYs\x00\x00\x13\x88\x00\x00\x13\x88\x01")) {
		t.Error("the PNG does not say 5000 px a metre")
	}
	if *outDir != "" {
		write(t, "preview.png", must(t)(s.PNG(artwork.View{DPI: 127, Backdrop: &artwork.RGB{R: 0x8C, G: 0x86, B: 0x78}})))
		write(t, "sketch.dxf", must(t)(s.DXF()))
	}
}

// A part drawn by itself is that part of the whole, to rounding at edges.
func TestDrawPart(t *testing.T) {
	for name, s := range scenes(t) {
		for _, v := range []artwork.View{{DPI: 127}, {DPI: 61, Page: true}} {
			whole, err := s.Image(v)
			if err != nil {
				t.Fatal(err)
			}
			size := whole.Rect.Max
			for _, r := range []image.Rectangle{{Max: size}, image.Rect(size.X/3, size.Y/4, size.X, size.Y/2), image.Rect(7, 100, 40, size.Y)} {
				part := image.NewRGBA(r)
				if err := s.Draw(part, v); err != nil {
					t.Fatal(err)
				}
				for y := r.Min.Y; y < r.Max.Y; y++ {
					for x := r.Min.X; x < r.Max.X; x++ {
						a, b := whole.RGBAAt(x, y), part.RGBAAt(x, y)
						if d := max(int(a.R)-int(b.R), int(b.R)-int(a.R)); d > 8 { // a step
							t.Fatalf("%s, %v: %v at %d %d, %v in the whole", name, r, b, x, y, a)
						}
					}
				}
			}
		}
	}
}

func BenchmarkFormats(b *testing.B) {
	s := sketch(b)
	for _, f := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"svg", s.SVG},
		{"pdf", func() ([]byte, error) { return s.PDF(artwork.Info{}) }},
		{"dxf", s.DXF},
		{"png100", func() ([]byte, error) { return s.PNG(artwork.View{DPI: 100}) }},
		{"png150", func() ([]byte, error) { return s.PNG(artwork.View{DPI: 150}) }},
		{"image150", func() ([]byte, error) { _, err := s.Image(artwork.View{DPI: 150}); return nil, err }},
	} {
		b.Run(f.name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				data, err := f.make()
				if err != nil {
					b.Fatal(err)
				}
				n = len(data)
			}
			b.ReportMetric(float64(n)/1024, "KB")
		})
	}
}

func BenchmarkSceneFromText(b *testing.B) {
	for b.Loop() {
		sketch(b)
	}
}
