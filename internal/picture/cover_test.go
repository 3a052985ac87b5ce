package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// The scanner draws what the drawing library's own does.
func TestScannerAgrees(t *testing.T) {
	files, err := filepath.Glob("../../content/heroes/*/portrait.svg")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d portraits, %v", len(files), err)
	}
	drawings := map[string]string{
		"hard stops":        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><defs><linearGradient id="g"><stop offset=".5" stop-color="#f00"/><stop offset=".5" stop-color="#00f"/></linearGradient></defs><path d="M5 5L97 11 50 95Z" fill="url(#g)"/></svg>`,
		"beyond the edges":  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M-50 -20L160 30 40 170Z" fill="#333"/><circle cx="99" cy="1" r="20" fill="#ccc" opacity=".5"/></svg>`,
		"outside the whole": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M-50 -20L-10 30 -40 70Z"/></svg>`,
	}
	for _, f := range files[:6] {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		drawings[f] = string(b)
	}
	for name, svg := range drawings {
		got, err := raster([]byte(svg), 200)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := image.NewRGBA(got.Rect)
		draw.Draw(want, want.Rect, image.White, image.Point{}, draw.Src)
		icon, err := oksvg.ReadIconStream(bytes.NewReader(scaleGradients([]byte(svg), 200/viewWidth(svg))), oksvg.IgnoreErrorMode)
		if err != nil {
			t.Fatal(err)
		}
		w, h := got.Rect.Dx(), got.Rect.Dy()
		icon.SetTarget(0, 0, float64(w), float64(h))
		icon.Draw(rasterx.NewDasher(w, h, rasterx.NewScannerGV(w, h, want, want.Rect)), 1)
		for i, v := range want.Pix {
			if d := int(v) - int(got.Pix[i]); d < -3 || d > 3 {
				t.Errorf("%s: at %d, %d: %v, the library makes %v", name, i/4%w, i/4/w, got.At(i/4%w, i/4/w), want.At(i/4%w, i/4/w))
				break
			}
		}
	}
}

func viewWidth(svg string) float64 {
	if strings.Contains(svg, `viewBox="0 0 800`) {
		return 800
	}
	return 100
}

func TestCover(t *testing.T) {
	// Three stripes down, three across: which are left tells what was cut off.
	paint := func(w, h int) []byte {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				img.SetRGBA(x, y, color.RGBA{R: uint8(x * 255 / w), G: uint8(y * 255 / h), A: 255})
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		w, h        int // of the picture
		left, right int // red at the left and right edge of the cover
		top, bottom int // green
	}{
		{400, 600, 0, 255, 0, 255},
		{800, 600, 85, 170, 0, 255},  // the middle half stays
		{400, 1200, 0, 255, 43, 170}, // of the half that goes, a third goes at the top
		{40, 60, 0, 255, 0, 255},     // enlarged
	} {
		src := paint(c.w, c.h)
		m, err := Inspect(bytes.NewReader(src), int64(len(src)))
		if err != nil {
			t.Fatal(err)
		}
		img, err := Cover(src, m, 200, 300)
		if err != nil || img.Rect.Dx() != 200 || img.Rect.Dy() != 300 {
			t.Fatalf("%v: %v", c, err)
		}
		near := func(what string, got uint8, want int) {
			if d := int(got) - want; d < -25 || d > 25 {
				t.Errorf("%d×%d: %s is %d, want %d", c.w, c.h, what, got, want)
			}
		}
		near("left", img.RGBAAt(1, 150).R, c.left)
		near("right", img.RGBAAt(198, 150).R, c.right)
		near("top", img.RGBAAt(100, 1).G, c.top)
		near("bottom", img.RGBAAt(100, 298).G, c.bottom)
	}
	for _, svg := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 799 1001"><path d="M0 0H799V1001H0Z"/></svg>`,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 10"><path d="M0 0H1000V10H0Z"/></svg>`,
	} {
		m, err := Inspect(strings.NewReader(svg), int64(len(svg)))
		if err != nil {
			t.Fatal(err)
		}
		img, err := Cover([]byte(svg), m, 420, 630)
		if m.Width == 1000 { // 63,000 px wide
			if err == nil {
				t.Error("a picture of 63,000 px was drawn")
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []image.Point{{0, 0}, {419, 629}, {0, 629}} {
			if img.RGBAAt(p.X, p.Y) != (color.RGBA{A: 255}) {
				t.Errorf("%v is %v: the drawing does not cover", p, img.RGBAAt(p.X, p.Y))
			}
		}
	}
}
