package qr

import (
	"fmt"
	"image"
	"regexp"
	"strconv"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
	"pgregory.net/rapid"
)

var stroke = regexp.MustCompile(`([Mm])(\d+) (\d+)h(\d+)`)

// painted is a picture of what Strokes describes, 4 px a module with a quiet zone.
func painted(t interface{ Fatalf(string, ...any) }, path string, size int) *image.Gray {
	const px = 4
	img := image.NewGray(image.Rect(0, 0, (size+2*Quiet)*px, (size+2*Quiet)*px))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	x, y, read := 0, 0, 0
	for _, m := range stroke.FindAllStringSubmatch(path, -1) {
		read += len(m[0])
		dx, _ := strconv.Atoi(m[2])
		dy, _ := strconv.Atoi(m[3])
		run, _ := strconv.Atoi(m[4])
		if m[1] == "M" {
			x, y = dx, dy
		} else {
			x, y = x+dx, y+dy
		}
		for range run {
			for i := range px * px {
				img.Pix[((y+Quiet)*px+i/px)*img.Stride+(x+Quiet)*px+i%px] = 0
			}
			x++
		}
	}
	if read != len(path) {
		t.Fatalf("%q is not made of strokes alone", path)
	}
	return img
}

// What is written into a page reads as the page's address.
func TestEncodePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := "https://" + rapid.StringMatching(`[a-z]{2,12}\.example\.(cn|org\.cn)/([a-z]{1,8}-?[0-9]{0,2}/){1,30}`).Draw(t, "address")
		s, err := EncodePage(address)
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		// The library makes the same symbol, module by module.
		code, err := encoder.Encoder_encode(address, decoder.ErrorCorrectionLevel_M, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_QR_MASK_PATTERN: int(pageMask)})
		if err != nil || code.GetMatrix().GetWidth() != s.Size {
			t.Fatalf("%s: %d modules, the library makes %d (%v)", address, s.Size, code.GetMatrix().GetWidth(), err)
		}
		img := painted(t, s.Strokes(), s.Size)
		for y := range s.Size {
			for x := range s.Size {
				if want := code.GetMatrix().Get(x, y) == 1; s.At(x, y) != want {
					t.Fatalf("%s: module %d, %d is %v, the library makes it %v", address, x, y, !want, want)
				}
				if got := img.GrayAt((x+Quiet)*4+1, (y+Quiet)*4+1).Y == 0; got != s.At(x, y) {
					t.Fatalf("%s: module %d, %d is drawn %v", address, x, y, got)
				}
			}
		}
		if text, err := ReadPure(img); err != nil || text != address {
			t.Fatalf("%s reads as %q, %v", address, text, err)
		}
	})
	if _, err := EncodePage(fmt.Sprintf("https://a.example/%03000d", 1)); err == nil {
		t.Error("an address that fits no symbol was encoded")
	}
	m, err := EncodePage("https://yx.example.cn/heroes/shen-du-chuan/")
	if err != nil {
		t.Fatal(err)
	}
	if h, err := Encode(m.Text); err != nil || m.Size >= h.Size {
		t.Errorf("a page's symbol is %d modules wide, no less than a plaque's %d", m.Size, h.Size)
	}
}

func BenchmarkEncodePage(b *testing.B) {
	for b.Loop() {
		s, err := EncodePage("https://yx.example.cn/heroes/shen-du-chuan/")
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Strokes()
	}
}
