package importer

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"mingdeng/internal/importer/rich"
)

// TestCrop: nothing of what was cut away is in what is written, in pixels or in metadata.
func TestCrop(t *testing.T) {
	// Red is private: the left half and the lowest tenth.
	red, green := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 128, 0, 255}
	img := image.NewPaletted(image.Rect(0, 0, 101, 80), color.Palette{red, green})
	for y := range 80 {
		for x := range 101 {
			if x > 50 && y < 72 {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var p, j, g bytes.Buffer
	if err := png.Encode(&p, img); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&j, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&g, img, nil); err != nil {
		t.Fatal(err)
	}
	c := rich.Crop{Left: .5, Bottom: .1}
	for name, data := range map[string][]byte{".png": p.Bytes(), ".jpg": j.Bytes(), ".gif": g.Bytes()} {
		pic := rich.Picture{Data: data, Crop: c}
		ext, why := crop(&pic)
		if why != nil {
			t.Fatal(name, why)
		}
		out, _, err := image.Decode(bytes.NewReader(pic.Data))
		if err != nil || out.Bounds() != image.Rect(0, 0, 50, 72) {
			t.Fatalf("%s: %v %v", name, err, out.Bounds())
		}
		for y := range 72 {
			for x := range 50 {
				// A JPEG's colours bleed over the edge of a block of 16 pixels.
				if r, _, _, _ := out.At(x, y).RGBA(); r>>8 > 30 && ext != ".jpg" || ext == ".jpg" && x > 16 && y < 56 && r>>8 > 30 {
					t.Fatalf("%s: red at %d,%d", name, x, y)
				}
			}
		}
	}
	// What cannot be cut is not taken: a drawing, nothing left, a photo that is turned.
	turned := bytes.Clone(j.Bytes())
	exif := []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	turned = append(append(bytes.Clone(turned[:2]), exif...), turned[2:]...)
	for name, pic := range map[string]rich.Picture{
		"svg":     {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>`), Crop: c},
		"nothing": {Data: p.Bytes(), Crop: rich.Crop{Left: .6, Right: .4}},
		"turned":  {Data: turned, Crop: c},
	} {
		if _, why := crop(&pic); why == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
