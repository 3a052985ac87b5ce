package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func examined(t testing.TB, src []byte) (Meta, []Note) {
	t.Helper()
	m, err := inspect(src)
	if err != nil {
		t.Fatal(err)
	}
	m, notes, err := Examine(src, m)
	if err != nil {
		t.Fatal(err)
	}
	return m, notes
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noisy is what a photograph is to an encoder.
func noisy(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			n := int(seed >> 28)
			m.SetNRGBA(x, y, color.NRGBA{uint8(x*200/w + n), uint8(y*200/h + n), uint8(100 + n), 255})
		}
	}
	return m
}

// TestMade: the format is decided by pixels.
func TestMade(t *testing.T) {
	photo := noisy(600, 400)
	alpha := noisy(600, 400) // opaque, in a format that need not be
	hole := noisy(600, 400)
	hole.SetNRGBA(300, 200, color.NRGBA{})
	flat := image.NewNRGBA(image.Rect(0, 0, 1300, 900))
	for i := range flat.Pix {
		flat.Pix[i] = 255
	}
	for x := range 600 {
		flat.SetNRGBA(x, x, color.NRGBA{200, 0, 0, 255})
	}
	forced := asPNG(t, alpha)
	for _, tt := range []struct {
		name string
		src  []byte
		want Format
	}{
		{"photograph", asPNG(t, photo), JPEG}, {"photograph of four channels", forced, JPEG},
		{"with a hole", asPNG(t, hole), PNG}, {"screenshot", asPNG(t, flat), PNG}, {"scan of two tones", read(t, "scan1bit.png"), PNG},
	} {
		m, _ := examined(t, tt.src)
		if m.Made != tt.want || m.Alpha != (tt.name == "with a hole") {
			t.Errorf("%s: %+v", tt.name, m)
		}
		for _, v := range Variants(m) {
			if out := published(t, tt.src, m, v); v.Format != tt.want || m.Made == PNG && len(out) > len(tt.src)*11/10 {
				t.Errorf("%s: %d bytes became %d of %+v", tt.name, len(tt.src), len(out), v)
			}
		}
	}
}

func published(t testing.TB, src []byte, m Meta, v Variant) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, src, m, v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestNoLarger: a photograph that was saved at less comes out at less.
func TestNoLarger(t *testing.T) {
	for _, name := range []string{"q50.420.progressive.jpg", "q50.422.jpg", "gray.jpg", "jpeg/rp1.jpg", "scan1bit.png"} {
		src := read(t, name)
		m, _ := examined(t, src)
		vs := Variants(m)
		if out := published(t, src, m, vs[len(vs)-1]); len(out) > len(src)*21/20 { // our tables of codes are the usual ones
			t.Errorf("%s: %d bytes became %d", name, len(src), len(out))
		}
	}
}

// TestNotes: what is lost is told, in a drawing with its line.
func TestNotes(t *testing.T) {
	for _, tt := range []struct {
		name string
		src  []byte
		want string
	}{
		{"animation", read(t, "anim.gif"), "0 still"},
		{"still", oneFrame(t), ""},
		{"drawing", []byte("<svg viewBox='0 0 9 9'>\n<path/>\n<image href='http://x/a.png'/>\n<foreignObject/><style>a:has(b){fill:red}</style></svg>"),
			"3 dropped image, 4 dropped foreignObject, 4 dropped rule"},
		{"choice", read(t, "svg/drawio.svg"), ""},
		{"inks", jpegWith(t, profile("CMYK", nil)), "0 colours"},
		{"sRGB", jpegWith(t, sRGB()), ""},
	} {
		_, notes := examined(t, tt.src)
		var got []string
		for _, n := range notes {
			got = append(got, strings.TrimSpace(strings.Join([]string{string('0' + rune(n.Line)), string(n.Kind), n.What}, " ")))
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, s, tt.want)
		}
	}
}

func oneFrame(t testing.TB) []byte {
	var b bytes.Buffer
	if err := gif.Encode(&b, noisy(9, 9), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// profile is an ICC profile of a space with some tags.
func profile(space string, tags map[string][]byte) []byte {
	b := make([]byte, 132)
	copy(b[16:], space)
	binary.BigEndian.PutUint32(b[128:], uint32(len(tags)))
	at := len(b) + 12*len(tags)
	var data []byte
	for name, tag := range tags {
		b = append(b, name...)
		b = binary.BigEndian.AppendUint32(b, uint32(at+len(data)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(tag)))
		data = append(data, tag...)
	}
	return append(b, data...)
}

func fixedTag(kind string, form uint32, list ...float64) []byte {
	b := append([]byte(kind), 0, 0, 0, 0)
	if kind == "para" {
		b = binary.BigEndian.AppendUint32(b, form<<16)
	}
	for _, v := range list {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(v*65536)))
	}
	return b
}

func matrixProfile(curve []byte, xyz [9]float64) []byte {
	return profile("RGB ", map[string][]byte{
		"rXYZ": fixedTag("XYZ ", 0, xyz[0:3]...), "gXYZ": fixedTag("XYZ ", 0, xyz[3:6]...), "bXYZ": fixedTag("XYZ ", 0, xyz[6:9]...),
		"rTRC": curve, "gTRC": curve, "bTRC": curve,
	})
}

var curveOfSRGB = fixedTag("para", 3, 2.4, 1/1.055, .055/1.055, 1/12.92, .04045)

func sRGB() []byte {
	return matrixProfile(curveOfSRGB, [9]float64{.43607, .22249, .01392, .38515, .71687, .09708, .14307, .06061, .71410})
}

func displayP3() []byte {
	return matrixProfile(curveOfSRGB, [9]float64{.51512, .24120, -.00105, .29198, .69225, .04189, .15710, .06657, .78407})
}

func adobeRGB() []byte {
	return matrixProfile([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33"), [9]float64{.60974, .31111, .01947, .20528, .62567, .06087, .14919, .06322, .74457})
}

func jpegWith(t testing.TB, icc []byte) []byte {
	src := read(t, "q50.444.jpg")
	return append(append([]byte("\xff\xd8"), segment(markAPP2, "ICC_PROFILE\x00\x01\x01"+string(icc))...), src[2:]...)
}

// TestProfiles: colours of a matrix profile come out as they were meant.
func TestProfiles(t *testing.T) {
	for _, tt := range []struct {
		name      string
		icc       []byte
		from, to  [3]byte
		untouched bool
	}{
		{"Display P3", displayP3(), [3]byte{212, 61, 52}, [3]byte{230, 39, 39}, false},
		{"Display P3, grey", displayP3(), [3]byte{128, 128, 128}, [3]byte{128, 128, 128}, false},
		{"Adobe RGB", adobeRGB(), [3]byte{219, 0, 0}, [3]byte{255, 0, 0}, false},
		{"Adobe RGB, green", adobeRGB(), [3]byte{144, 200, 60}, [3]byte{113, 201, 37}, false},
		{"sRGB", sRGB(), [3]byte{1, 2, 3}, [3]byte{1, 2, 3}, true},
	} {
		p := profileOf(jpegWith(t, tt.icc), JPEG)
		if p == nil || !p.known || (p.to == nil) != tt.untouched {
			t.Errorf("%s: %+v", tt.name, p)
			continue
		}
		m := &image.RGBA{Pix: []byte{tt.from[0], tt.from[1], tt.from[2], 255}, Stride: 4, Rect: image.Rect(0, 0, 1, 1)}
		got := p.to.apply(m).(*image.RGBA).Pix
		for i, v := range tt.to {
			if d := int(got[i]) - int(v); d > 3 || d < -3 {
				t.Errorf("%s: got %v, want %v", tt.name, got[:3], tt.to)
				break
			}
		}
	}
	// A profile cut anywhere is none, and nothing panics.
	icc := displayP3()
	for i := range icc {
		profileOf(jpegWith(t, icc[:i]), JPEG)
	}
}

// TestConformance reads collections of pictures that others test their decoders with,
// where they are at hand, and tells how many come out as their reference.
func TestConformance(t *testing.T) {
	t.Run("resvg", func(t *testing.T) {
		dir := os.Getenv("MINGDENG_RESVG")
		if dir == "" {
			t.Skip("MINGDENG_RESVG names no folder of resvg's tests")
		}
		list, err := filepath.Glob(filepath.Join(dir, "*", "*", "*.svg"))
		if err != nil || len(list) == 0 {
			t.Fatalf("no drawings in %s (%v)", dir, err)
		}
		collect(t, list, func(src []byte, _ string) string {
			out, err := clean(string(src))
			if err != nil {
				return "refused: " + reasonWords(err)
			}
			checkClean(t, out)
			_, notes := examined(t, src)
			if len(notes) > 0 {
				return "taken, something told"
			}
			return "taken whole"
		})
	})
	t.Run("PngSuite", func(t *testing.T) {
		dir := os.Getenv("MINGDENG_PNGSUITE")
		if dir == "" {
			t.Skip("MINGDENG_PNGSUITE names no folder of PngSuite's files")
		}
		list, err := filepath.Glob(filepath.Join(dir, "*.png"))
		if err != nil || len(list) == 0 {
			t.Fatalf("no pictures in %s (%v)", dir, err)
		}
		collect(t, list, func(src []byte, name string) string {
			m, err := inspect(src)
			var d Decoded
			if err == nil {
				d, err = Decode(src, m)
			}
			broken := strings.HasPrefix(name, "x") // which PngSuite names so
			switch {
			case err != nil && broken:
				return "damaged, refused"
			case err != nil:
				t.Errorf("%s: %v", name, err)
				return "whole, refused"
			case broken:
				return "damaged, taken"
			}
			m, _, err = Examine(src, m)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			want, err := png.Decode(bytes.NewReader(src))
			if err != nil {
				return "no reference"
			}
			if most, _ := apart(d.scaled(Variant{m.Width, m.Height, PNG}), want); most > 1 {
				return "differs"
			}
			return "as reference"
		})
	})
}

func reasonWords(err error) string {
	_, msg, _ := strings.Cut(err.Error(), ": ")
	return msg[:min(len(msg), 40)]
}

func collect(t *testing.T, list []string, judge func(src []byte, name string) string) {
	count := map[string]int{}
	for _, name := range list {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		count[judge(src, filepath.Base(name))]++
	}
	for verdict, n := range count {
		t.Logf("%5d %s", n, verdict)
	}
}

// BenchmarkPhotograph is what a build does with a photograph of 12 megapixels.
func BenchmarkPhotograph(b *testing.B) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, noisy(4000, 3000), nil); err != nil {
		b.Fatal(err)
	}
	src := photo.Bytes()
	for b.Loop() {
		m, err := inspect(src)
		if err != nil {
			b.Fatal(err)
		}
		if m, _, err = Examine(src, m); err != nil {
			b.Fatal(err)
		}
		d, err := Decode(src, m)
		if err != nil {
			b.Fatal(err)
		}
		for _, v := range Variants(m) {
			var out bytes.Buffer
			if err := d.Encode(&out, v); err != nil {
				b.Fatal(err)
			}
		}
	}
}
