package photo_test

import (
	"image"
	"slices"
	"sync/atomic"
	"testing"

	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/plaque/qr/photo"
	"mingdeng/internal/rescue"
	"mingdeng/internal/testrun"
)

// TestPark reads photos as they are taken in a park. None may be read wrongly.
func TestPark(t *testing.T) {
	few := 1 // of three kinds: it takes longer to take a photo than to read it
	if testrun.Long() {
		few = 100
	}
	var total, of atomic.Int64
	rescue.Each(len(kinds), func(kind int) {
		if k := kinds[kind].name; !testrun.Long() && k != "slant" && k != "cylinder" && k != "several" {
			return
		}
		read, all := 0, 0
		park(kind, few, func(i int, p taken) {
			left := slices.Clone(p.texts)
			for _, s := range photo.Read(p.photo) {
				k := slices.Index(left, s.Text)
				if k < 0 {
					t.Errorf("%s %d: read %q, there is %q", p.kind, i, s.Text, p.texts)
					continue
				}
				left = slices.Delete(left, k, k+1)
				read++
			}
			all += len(p.texts)
		})
		t.Logf("%-10s %2d of %2d", kinds[kind].name, read, all)
		total.Add(int64(read))
		of.Add(int64(all))
	})
	t.Logf("all %d of %d", total.Load(), of.Load())
	// The gate is 65 of 78; 74 were read when this was written, and 6 of the 6 of the short form.
	if least := of.Load() * 65 / 78; total.Load() < least {
		t.Errorf("%d of %d read, at least %d must be", total.Load(), of.Load(), least)
	}
}

// FuzzRead: whatever is in a picture, reading it ends, and symbols lie in it.
func FuzzRead(f *testing.F) {
	s, err := qr.Encode("https://A.CN/Q/7K3F/")
	if err != nil {
		f.Fatal(err)
	}
	code := s.Image(3, 2)
	f.Add(code.Pix, uint16(code.Stride), uint8(0))
	f.Add(code.Pix[:code.Stride*40], uint16(code.Stride), uint8(7))
	f.Add([]byte("\x00\xff"), uint16(64), uint8(3))
	f.Fuzz(func(t *testing.T, pix []byte, w uint16, noise uint8) {
		if len(pix) == 0 || w == 0 {
			return
		}
		// What is too short goes on as it began, up to 256 rows; noise is laid over it.
		width := int(w)%1024 + 1
		g := image.NewGray(image.Rect(0, 0, width, max(len(pix)/width, min(256, 64*len(pix)))))
		if len(g.Pix) > 1<<20 {
			return
		}
		for i := range g.Pix {
			g.Pix[i] = pix[i%len(pix)] ^ uint8(uint32(i)*2654435761>>28)&noise
		}
		for _, s := range photo.Read(g) {
			for _, c := range s.Finders {
				if c.X < 0 || c.Y < 0 || c.X > float64(width) || c.Y > float64(g.Rect.Dy()) {
					t.Errorf("%q has a finder pattern at %v of %v", s.Text, c, g.Rect)
				}
			}
			if s.Version < 1 || s.Version > 40 || s.Module <= 0 {
				t.Errorf("%+v", s)
			}
		}
	})
}

// BenchmarkRead reads photos of 12 MP; CPU time and memory a photo.
func BenchmarkRead(b *testing.B) {
	for kind, k := range kinds {
		if k.name != "slant" && k.name != "dusk" && k.name != "several" {
			continue
		}
		park(kind, 1, func(_ int, t taken) {
			b.Run(t.kind, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					photo.Read(t.photo)
				}
			})
		})
	}
}
