package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/webp"
)

// encoded is Inspect and Encode of one variant.
func encoded(tb testing.TB, src []byte, v Variant) []byte {
	tb.Helper()
	m, err := inspect(src)
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := Encode(&b, src, m, v); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func decoded(tb testing.TB, b []byte) image.Image {
	tb.Helper()
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// checkBare fails if an encoded picture holds anything but pixels.
func checkBare(t *testing.T, b []byte) {
	t.Helper()
	for _, s := range []string{"Exif", "SECRET", "ICC", "xmp", "JFIF", "Photoshop", "II*\x00", "MM\x00*"} {
		if bytes.Contains(b, []byte(s)) {
			t.Errorf("output holds %q", s)
		}
	}
	switch sniff(b) {
	case JPEG:
		f := file{bytes.NewReader(b), int64(len(b))}
		for off := int64(2); ; {
			mark, _, next, err := f.segment(off)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains("\xc0\xc4\xda\xdb", string([]byte{mark})) {
				t.Errorf("output holds a segment %#x", mark)
			}
			if off = next; mark == markSOS {
				return
			}
		}
	case PNG:
		for rest := b[8:]; len(rest) > 0; {
			kind := string(rest[4:8])
			if !strings.Contains("IHDR PLTE tRNS IDAT IEND", kind) {
				t.Errorf("output holds a chunk %q", kind)
			}
			n := int(rest[0])<<24 | int(rest[1])<<16 | int(rest[2])<<8 | int(rest[3])
			rest = rest[12+n:]
		}
	default:
		t.Errorf("output is neither JPEG nor PNG")
	}
}

// difference is the mean and the largest difference of a channel between two
// pictures of one size, in levels.
func difference(t *testing.T, a, b image.Image) (mean float64, most int) {
	t.Helper()
	if a.Bounds().Size() != b.Bounds().Size() {
		t.Fatalf("sizes differ: %v and %v", a.Bounds(), b.Bounds())
	}
	x, y := image.NewRGBA(a.Bounds()), image.NewRGBA(b.Bounds())
	draw.Draw(x, x.Rect, a, a.Bounds().Min, draw.Src)
	draw.Draw(y, y.Rect, b, b.Bounds().Min, draw.Src)
	sum := 0
	for i := range x.Pix {
		d := int(x.Pix[i]) - int(y.Pix[i])
		d = max(d, -d)
		sum, most = sum+d, max(most, d)
	}
	return float64(sum) / float64(len(x.Pix)), most
}

// TestUpright: in all eight orientations the scene comes out as it was, and
// nothing of what the camera wrote comes with it.
func TestUpright(t *testing.T) {
	want := quarters(47, 31) // odd, so that chroma samples reach past the edges
	for o := 1; o <= 8; o++ {
		src := loaded(t, o)
		if m, err := inspect(src); err != nil || m.Width != 47 || m.Height != 31 || m.Orientation != o {
			t.Fatalf("orientation %d: %+v, %v", o, m, err)
		}
		out := encoded(t, src, Variant{47, 31, JPEG})
		checkBare(t, out)
		if mean, _ := difference(t, decoded(t, out), want); mean > 7 {
			t.Errorf("orientation %d: JPEG differs by %.1f levels", o, mean)
		}
		// PNG is exact.
		src = withChunk(encodePNG(t, stored(want, o)), "eXIf", string(exif(orderOf(o), o)))
		out = encoded(t, src, Variant{47, 31, PNG})
		checkBare(t, out)
		if _, most := difference(t, decoded(t, out), want); most != 0 {
			t.Errorf("orientation %d: PNG differs by %d levels", o, most)
		}
		// Scaled and turned is turned and scaled.
		a := encoded(t, src, Variant{20, 13, PNG})
		b := encoded(t, encodePNG(t, want), Variant{20, 13, PNG})
		if _, most := difference(t, decoded(t, a), decoded(t, b)); most > 1 {
			t.Errorf("orientation %d: scaled differs by %d levels", o, most)
		}
	}
}

// TestMirroredChroma: mirroring a picture of odd size may not shift its colours
// against its brightness, though its chroma samples reach past the edge.
func TestMirroredChroma(t *testing.T) {
	const w = 47
	ramp := func(x int) uint8 { return uint8(20 + 4*x) } // by place in the scene, px
	m := image.NewYCbCr(image.Rect(0, 0, w, w), image.YCbCrSubsampleRatio420)
	for i := range m.Cb {
		x, y := i%m.CStride, i/m.CStride
		m.Cb[i], m.Cr[i] = ramp(w-(2*x+1)), ramp(w-(2*y+1))
	}
	got := scale(m, image.Pt(w, w), Variant{w, w, JPEG}, 3).(*image.YCbCr)
	for i := range got.Cb {
		x, y := i%got.CStride, i/got.CStride
		if x < 2 || y < 2 || x > 21 || y > 21 {
			continue // at the edges the filter is cut
		}
		if dx, dy := int(got.Cb[i])-int(ramp(2*x+1)), int(got.Cr[i])-int(ramp(2*y+1)); dx|dy != 0 {
			t.Fatalf("chroma sample %d,%d is off by %d and %d", x, y, dx, dy)
		}
	}
}

// TestSamples encodes every kind of picture in all its variants, at its own
// size against what the decoder alone gives.
func TestSamples(t *testing.T) {
	for name, src := range samples(t) {
		t.Run(name, func(t *testing.T) {
			m, err := inspect(src)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range Variants(m) {
				out := encoded(t, src, v)
				checkBare(t, out)
				got, err := inspect(out)
				if err != nil || got.Width != v.Width || got.Height != v.Height || got.Format != v.Format {
					t.Errorf("asked %+v, got %+v, %v", v, got, err)
				}
				if again := encoded(t, src, v); !bytes.Equal(out, again) {
					t.Error("a second run gives other bytes")
				}
			}
			if m.Orientation != 1 || m.Format == WebP {
				return // TestUpright, TestWebP
			}
			want, _, err := image.Decode(bytes.NewReader(src))
			if err != nil {
				t.Fatal(err)
			}
			if m.Format == GIF && want.Bounds().Dx() != m.Width {
				return // TestCanvas
			}
			// Chroma is put to 4:2:0, so a PNG of a JPEG may differ at edges.
			if mean, _ := difference(t, decoded(t, encoded(t, src, Variant{m.Width, m.Height, PNG})), want); mean > 1.5 {
				t.Errorf("differs by %.2f levels", mean)
			}
		})
	}
}

func pixel(m image.Image, x, y int) color.NRGBA {
	return color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
}

func near(a, b color.NRGBA, by int) bool {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A)} {
		if d > by || d < -by {
			return false
		}
	}
	return true
}

// TestWebP: black is black and white is white, which x/image/webp by itself
// does not give (Go issue 40173).
func TestWebP(t *testing.T) {
	src, err := os.ReadFile("testdata/lossy.webp")
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, m image.Image, dx, dy int, free bool) {
		t.Helper()
		for _, p := range []struct {
			x, y int
			want color.NRGBA
		}{
			{10, 8, color.NRGBA{0, 0, 0, 255}},
			{38, 8, color.NRGBA{255, 255, 255, 255}},
			{10, 25, color.NRGBA{208, 0, 0, 255}},
			{38, 25, color.NRGBA{0, 0, 208, 255}},
		} {
			if free && p.want.B == 208 {
				p.want = color.NRGBA{}
			}
			if got := pixel(m, p.x+dx, p.y+dy); !near(got, p.want, 6) {
				t.Errorf("%s: at %d,%d: got %v, want %v", name, p.x, p.y, got, p.want)
			}
		}
	}
	check("lossy", decoded(t, encoded(t, src, Variant{48, 32, PNG})), 0, 0, false)
	if src, err = os.ReadFile("testdata/alpha.webp"); err != nil {
		t.Fatal(err)
	}
	check("alpha", decoded(t, encoded(t, src, Variant{48, 32, PNG})), 0, 0, true)
	moved := decoded(t, encoded(t, animated(t, 64, 48, 8, 6), Variant{64, 48, PNG}))
	check("first frame", moved, 8, 6, true)
	if got := pixel(moved, 2, 2); got.A != 0 {
		t.Errorf("beside the frame: %v", got)
	}
	check("first frame over the whole", decoded(t, encoded(t, animated(t, 48, 32, 0, 0), Variant{48, 32, PNG})), 0, 0, true)

	m, err := webp.Decode(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if got := pixel(m, 10, 8); got.R < 10 {
		t.Errorf("x/image/webp now gives black as %v: fullRange must go", got)
	}
}

// TestCanvas: a frame that covers a part of its canvas stands where it should.
func TestCanvas(t *testing.T) {
	m := decoded(t, encoded(t, samples(t)["offset.gif"], Variant{64, 40, PNG}))
	if a, b := pixel(m, 15, 15), pixel(m, 30, 30); a.A != 255 || b.A != 0 {
		t.Errorf("within the frame %v, outside %v", a, b)
	}
}

// TestAlphaToJPEG: a caller that wants a JPEG of a picture with alpha gets it on white.
func TestAlphaToJPEG(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	got := pixel(decoded(t, encoded(t, encodePNG(t, m), Variant{16, 16, JPEG})), 8, 8)
	if !near(got, color.NRGBA{255, 255, 255, 255}, 2) {
		t.Errorf("got %v", got)
	}
}

func TestPaletteKept(t *testing.T) {
	b := encoded(t, samples(t)["palette.png"], Variant{64, 40, PNG})
	if m, err := inspect(b); err != nil || !m.Palette || m.Alpha {
		t.Errorf("got %+v, %v", m, err)
	}
}

// TestBrokenBodies: whole headers, damaged pictures. Every cut of every sample
// must end in an error or a picture, and in ErrBroken where the decoder says no.
func TestBrokenBodies(t *testing.T) {
	for name, src := range samples(t) {
		m, err := inspect(src)
		if err != nil {
			t.Fatal(err)
		}
		refused := 0
		for cut := 1; cut < 16; cut++ {
			part := src[:len(src)*cut/16]
			err := Encode(io.Discard, part, m, Variants(m)[0])
			if err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrFormat) {
				t.Errorf("%s cut at %d/16: %v", name, cut, err)
			}
			if err != nil {
				refused++
			}
		}
		// Of an animation the first frame alone is read.
		if refused < 15 && !strings.Contains(name, "anim") {
			t.Errorf("%s: only %d of 15 cuts found", name, refused)
		}
	}
}

// TestSwapped: what Inspect let pass is what is decoded, or nothing.
func TestSwapped(t *testing.T) {
	m, err := inspect(samples(t)["rgb.png"])
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range [][]byte{samples(t)["rgba.png"], pngHeader(50000, 50000, 8, 2), nil} {
		if err := Encode(io.Discard, other, m, Variants(m)[0]); err == nil {
			t.Error("another picture passes")
		}
	}
	if err := Encode(io.Discard, samples(t)["rgb.png"], m, Variant{65, 40, PNG}); err == nil {
		t.Error("a variant larger than the original passes")
	}
	if err := Encode(io.Discard, samples(t)["rgb.png"], m, Variant{64, 40, WebP}); err == nil {
		t.Error("a format that is not made passes")
	}
}

// TestBombs: small files that ask for much work.
func TestBombs(t *testing.T) {
	whole := encodeJPEG(t, quarters(16, 16), 80)
	sos := bytes.Index(whole, []byte{0xff, markSOS})
	scans := append([]byte{}, whole[:sos]...)
	for range maxScans + 1 {
		scans = append(scans, whole[sos:len(whole)-2]...)
	}
	scans = append(scans, 0xff, markEOI)

	var b bytes.Buffer // a PNG that says 8×8 and holds 2500×2500
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 2500, 2500))); err != nil {
		t.Fatal(err)
	}
	small := pngHeader(8, 8, 8, 6)
	overfull := append(append([]byte{}, small[:33]...), b.Bytes()[33:]...)

	// A frame that says 48×32 in the animation's words and 16383² in its own.
	frame := animated(t, 64, 48, 8, 6)
	at := bytes.Index(frame, []byte("\x9d\x01\x2a"))
	copy(frame[at+3:], "\xff\x3f\xff\x3f")

	for name, src := range map[string][]byte{"scans": scans, "overfull png": overfull, "webp frame": frame} {
		m, err := inspect(src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		start, before := time.Now(), allocated()
		err = Encode(io.Discard, src, m, Variants(m)[0])
		if err == nil && name != "overfull png" {
			t.Errorf("%s: passes", name)
		}
		if err != nil && !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
		if d, n := time.Since(start), allocated()-before; d > time.Minute || n > 8<<20 {
			t.Errorf("%s: took %v and %d bytes", name, d, n)
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestMemory holds Meta.Memory to what Encode allocates altogether, which is
// never less than its peak.
func TestMemory(t *testing.T) {
	big := image.NewNRGBA(image.Rect(0, 0, 1800, 1300))
	draw.Draw(big, big.Rect, image.NewUniform(color.NRGBA{20, 90, 200, 255}), image.Point{}, draw.Src)
	opaque := encodePNG(t, big)
	big.Pix[3] = 9
	alpha := encodePNG(t, big)
	deep := image.NewNRGBA64(big.Rect)
	draw.Draw(deep, deep.Rect, big, image.Point{}, draw.Src)
	pal := image.NewPaletted(image.Rect(0, 0, 2000, 2000), color.Palette{color.Black, color.White})
	long := image.NewGray(image.Rect(0, 0, 1700, 8000))

	all := samples(t)
	all["big.jpg"] = encodeJPEG(t, big, 90)
	all["big.png"], all["bigalpha.png"], all["bigdeep.png"] = opaque, alpha, encodePNG(t, deep)
	all["big.gif"] = encodeGIF(t, image.Pt(2000, 2000), pal)
	all["long.jpg"] = encodeJPEG(t, long, 90)
	for name, src := range all {
		m, err := inspect(src)
		if err != nil {
			t.Fatal(err)
		}
		vs := Variants(m)
		before := allocated()
		if err := Encode(io.Discard, src, m, vs[len(vs)-1]); err != nil {
			t.Fatal(err)
		}
		got := int64(allocated() - before)
		if got > m.Memory {
			t.Errorf("%s: Memory says %d, Encode took %d", name, m.Memory, got)
		}
		if got > 4<<20 && m.Memory > 4*got {
			t.Errorf("%s: Memory says %d, Encode took %d: too careful", name, m.Memory, got)
		}
	}
}

// TestDecodedSharesWork: one decoding gives what one for each would.
func TestDecodedSharesWork(t *testing.T) {
	src := loaded(t, 8)
	m, err := inspect(src)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(src, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []Variant{{47, 31, JPEG}, {20, 13, PNG}, {47, 31, JPEG}} {
		var b bytes.Buffer
		if err := d.Encode(&b, v); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), encoded(t, src, v)) {
			t.Errorf("%+v: other bytes than Encode", v)
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	src := loaded(b, 6)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := inspect(src); err != nil {
			b.Fatal(err)
		}
	}
}

// photo is a 12-megapixel JPEG with the noise that photos have.
func photo(b *testing.B) []byte {
	m := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	seed := uint32(1)
	for i := range m.Y {
		seed = seed*1664525 + 1013904223
		x, y := i%m.YStride, i/m.YStride
		m.Y[i] = uint8(80 + 60*((x/37+y/53)%3) + int(seed>>28))
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = uint8(120+i%17), uint8(140-i%13)
	}
	return encodeJPEG(b, m, 92)
}

func BenchmarkEncode(b *testing.B) {
	src := photo(b)
	m, err := inspect(src)
	if err != nil {
		b.Fatal(err)
	}
	for _, v := range Variants(m) {
		b.Run(fmtWidth(v), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Encode(io.Discard, src, m, v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d, err := Decode(src, m)
			if err != nil {
				b.Fatal(err)
			}
			for _, v := range Variants(m) {
				if err := d.Encode(io.Discard, v); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := jpeg.Decode(bytes.NewReader(src)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
