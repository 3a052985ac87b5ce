package picture

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// apart is how far two pictures lie from each other in 256 levels: at most, and on average.
func apart(a, b image.Image) (most int, mean float64) {
	n, sum := 0, 0
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			for _, d := range []int{int(r1>>8) - int(r2>>8), int(g1>>8) - int(g2>>8), int(b1>>8) - int(b2>>8)} {
				d = max(d, -d)
				most, sum, n = max(most, d), sum+d, n+1
			}
		}
	}
	return most, float64(sum) / float64(n)
}

// TestPlanes holds the decoder of what image/jpeg refuses to that of image/jpeg, where
// that takes a file.
func TestPlanes(t *testing.T) {
	list, err := filepath.Glob("testdata/*.jpg")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, name := range list {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil || filepath.Base(name) == "rgb.jpg" { // whose colours are subsampled: they are not spread there
			continue
		}
		ours, err := decodePlanes(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		compared++
		if most, mean := apart(ours, theirs); ours.Bounds() != theirs.Bounds() || most > 4 || mean > 0.1 {
			t.Errorf("%s: up to %d levels apart, %.2f on average", name, most, mean)
		}
	}
	if compared < 8 {
		t.Errorf("only %d files compared", compared)
	}
}

// TestSamplings decodes what image/jpeg refuses, as everyone does.
func TestSamplings(t *testing.T) {
	want, err := png.Decode(bytes.NewReader(read(t, "jpeg/s.png")))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"jpeg/s-32.jpg", "jpeg/s-22-21-12.progressive.jpg", "jpeg/s-11-22-11.jpg"} {
		b := read(t, name)
		if _, err := jpeg.Decode(bytes.NewReader(b)); err == nil {
			t.Errorf("%s: image/jpeg takes it", name)
		}
		got := pixels(t, b)
		if most, mean := apart(got, want); most > 12 || mean > 1 {
			t.Errorf("%s: up to %d levels from what was drawn, %.2f on average", name, most, mean)
		}
	}
	for _, name := range []string{"jpeg/rp1.jpg", "jpeg/cmyk420.jpg", "jpeg/t-noeoi.jpg"} {
		b := read(t, name)
		pixels(t, b)
		// Cut off within its pixels it is broken, and said to be cut off.
		for cut := 2; cut < 16; cut++ {
			part := b[:len(b)*cut/16]
			m, err := inspect(part)
			if err == nil {
				_, err = Decode(part, m)
			}
			if !errors.Is(err, ErrBroken) {
				t.Errorf("%s cut off at %d/16: %v", name, cut, err)
			}
		}
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func pixels(t testing.TB, b []byte) image.Image {
	t.Helper()
	m, err := Inspect(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(b, m)
	if err != nil {
		t.Fatal(err)
	}
	return d.img
}

// FuzzPlanes: whatever Inspect lets pass is decoded or refused, in bounds.
func FuzzPlanes(f *testing.F) {
	for _, name := range []string{"jpeg/s-32.jpg", "jpeg/s-22-21-12.progressive.jpg", "jpeg/s-11-22-11.jpg", "restart2.jpg", "gray.jpg"} {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Inspect(bytes.NewReader(b), int64(len(b)))
		if err != nil || m.Format != JPEG || m.Memory > 16<<20 {
			return
		}
		if _, err := walkScans(b); err != nil {
			return
		}
		img, err := decodePlanes(b)
		if err == nil && (img.Bounds().Dx() < 1 || img.Bounds().Dy() < 1) {
			t.Error("an empty picture")
		}
	})
}
