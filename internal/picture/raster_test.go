package picture

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
)

// Gradients in the drawing's own units grow with it.
func TestRasterScalesGradients(t *testing.T) {
	for _, gradient := range []string{
		`gradientUnits="userSpaceOnUse" cx="30" cy="10" r="8"`,
		`r="8" cx="30" cy="10" fx="30" fy="10" gradientUnits="userSpaceOnUse"`,
	} {
		b, err := Raster([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><defs><radialGradient id="g" `+gradient+`><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></radialGradient></defs><rect width="40" height="20" fill="url(#g)"/></svg>`), 1000)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if r, _, bl, _ := img.At(750, 250).RGBA(); r < 0xf000 || bl > 0x1000 {
			t.Errorf("%s: the middle is %v, not red", gradient, img.At(750, 250))
		}
		if r, _, bl, _ := img.At(100, 250).RGBA(); bl < 0xf000 || r > 0x1000 {
			t.Errorf("%s: the rim is %v, not blue", gradient, img.At(100, 250))
		}
	}
}

func TestRaster(t *testing.T) {
	b, err := Raster([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><defs><radialGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></radialGradient></defs><rect width="20" height="20" fill="url(#g)"/></svg>`), 400)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil || img.Bounds().Dx() != 400 || img.Bounds().Dy() != 200 {
		t.Fatalf("%v, %v", img.Bounds(), err)
	}
	if r, _, bl, _ := img.At(100, 100).RGBA(); r < 0xf000 || bl > 0x1000 {
		t.Errorf("the middle of the gradient is not red: %v", img.At(100, 100))
	}
	if r, g, _, _ := img.At(300, 100).RGBA(); r != 0xffff || g != 0xffff {
		t.Errorf("the ground is not white: %v", img.At(300, 100))
	}
	for _, bad := range []string{"", "<svg", "not a picture", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M z z Q 1"/></svg>`} {
		if _, err := Raster([]byte(bad), 100); err == nil && len(bad) < 20 {
			t.Errorf("%q was drawn", bad)
		}
	}
	if _, err := Raster([]byte("\x89PNG\r\n\x1a\n"), 100); err == nil {
		t.Error("a PNG was drawn as SVG")
	}
}

// A rectangle looks the same however it is filled: one corner more, in the middle of a
// side, and it is a path like any other.
func TestRasterRectangle(t *testing.T) {
	for _, d := range []string{"M0 0h40v20H0z", "M0 0v20h40V0z", "M-9-9V30H50V-9z", "M0 0h17.3v20H0z", "M4 2h30v9H4", "M4 2h30v9H5z", "M0 0h40v20L0 19z"} {
		for _, opacity := range []string{"1", ".37"} {
			draw := func(d string) []byte {
				img, err := Draw([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#fd0" d="M0 0l40 20V0z"/><path fill="#a8201a" fill-opacity="`+opacity+`" d="`+d+`"/></svg>`), 200)
				if err != nil {
					t.Fatal(err)
				}
				return img.Pix
			}
			more := strings.NewReplacer("h40", "h20h20", "h17.3", "h9h8.3", "h30", "h10h20", "V30", "V10V30").Replace(d)
			if more == d {
				t.Fatalf("%s has no side to divide", d)
			}
			if !bytes.Equal(draw(d), draw(more)) {
				t.Errorf("%s, opacity %s: not what %s is", d, opacity, more)
			}
		}
	}
}
