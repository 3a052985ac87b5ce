package picture

import (
	"encoding/binary"
	"fmt"
	"image"
	"testing"

	"golang.org/x/image/draw"
	"pgregory.net/rapid"
)

func orderOf(o int) binary.ByteOrder {
	if o%2 == 0 {
		return binary.LittleEndian
	}
	return binary.BigEndian
}

func fmtWidth(v Variant) string { return fmt.Sprint(v.Width) }

func drawGray(t *rapid.T) (src *image.Gray, w, h int) {
	sw, sh := rapid.IntRange(1, 90).Draw(t, "sw"), rapid.IntRange(1, 90).Draw(t, "sh")
	w, h = rapid.IntRange(1, sw).Draw(t, "w"), rapid.IntRange(1, sh).Draw(t, "h")
	src = image.NewGray(image.Rect(0, 0, sw, sh))
	seed := rapid.Uint32().Draw(t, "seed")
	contrast := rapid.SampledFrom([]uint32{255, 30, 1}).Draw(t, "contrast")
	for i := range src.Pix {
		seed = seed*1664525 + 1013904223
		src.Pix[i] = byte((seed >> 24) * contrast / 255)
	}
	return src, w, h
}

// TestResampleAsDraw: the kernel is x/image/draw's, in integers.
func TestResampleAsDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src, w, h := drawGray(t)
		v := Variant{Width: w, Height: h}
		want := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.CatmullRom.Scale(want, want.Rect, src, src.Rect, draw.Src, nil)
		gray := scale(src, src.Rect.Max, v, 1).(*image.Gray)
		full := image.NewRGBA(src.Rect)
		draw.Draw(full, full.Rect, src, image.Point{}, draw.Src)
		rgba := scale(full, src.Rect.Max, v, 1).(*image.RGBA)
		for i, g := range gray.Pix {
			if d := int(g) - int(want.Pix[4*i]); d < -2 || d > 2 {
				t.Fatalf("sample %d: got %d, draw gives %d", i, g, want.Pix[4*i])
			}
			if p := rgba.Pix[4*i:]; p[0] != g || p[1] != g || p[2] != g || p[3] != 255 {
				t.Fatalf("sample %d: one channel gives %d, four give %v", i, g, p[:4])
			}
		}
	})
}

// TestResampleTurns: a turn of the result is a turn of the source.
func TestResampleTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src, w, h := drawGray(t)
		size := src.Rect.Max
		plain := scale(src, size, Variant{Width: w, Height: h}, 1).(*image.Gray)
		for o := 2; o <= 8; o++ {
			v := Variant{Width: w, Height: h}
			if o >= 5 {
				v.Width, v.Height = h, w
			}
			got := scale(src, size, v, o).(*image.Gray)
			for y := range v.Height {
				for x := range v.Width {
					sx, sy := x, y
					if o >= 5 {
						sx, sy = y, x
					}
					if o == 2 || o == 3 || o == 7 || o == 8 {
						sx = w - 1 - sx
					}
					if o == 3 || o == 4 || o == 6 || o == 7 {
						sy = h - 1 - sy
					}
					a, b := got.GrayAt(x, y).Y, plain.GrayAt(sx, sy).Y
					if d := int(a) - int(b); d < -1 || d > 1 {
						t.Fatalf("orientation %d at %d,%d: got %d, want %d", o, x, y, a, b)
					}
				}
			}
		}
	})
}

// TestAxis: weights sum to one, and spans lie within the source and never step back.
func TestAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		srcLen := rapid.IntRange(1, 20000).Draw(t, "src")
		dstLen := rapid.IntRange(1, min(srcLen, 1600)).Draw(t, "dst")
		srcSub := rapid.SampledFrom([]int{1, 2, 4}).Draw(t, "srcSub")
		dstSub := rapid.SampledFrom([]int{1, 2}).Draw(t, "dstSub")
		mirror := rapid.Bool().Draw(t, "mirror")
		n, srcN := (dstLen+dstSub-1)/dstSub, (srcLen+srcSub-1)/srcSub
		a := newAxis(n, srcN, dstLen, srcLen, dstSub, srcSub, mirror)
		for i, s := range a.spans {
			if s.n < 1 || s.first < 0 || s.first+s.n > srcN {
				t.Fatalf("span %d of %d is %+v, the source has %d", i, n, s, srcN)
			}
			sum := int32(0)
			for _, w := range a.weights[s.at : s.at+s.n] {
				sum += w
			}
			if sum != 1<<weightBits {
				t.Fatalf("weights of %d sum to %d", i, sum)
			}
			if i > 0 && !mirror && s.first < a.spans[i-1].first-1 || i > 0 && mirror && s.first > a.spans[i-1].first+1 {
				t.Fatalf("span %d steps back from %+v to %+v", i, a.spans[i-1], s)
			}
		}
	})
}
