package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"
)

func inspect(b []byte) (Meta, error) { return Inspect(bytes.NewReader(b), int64(len(b))) }

func TestInspect(t *testing.T) {
	want := map[string]string{ // format, width × height, alpha, palette, orientation
		"q50.410.progressive.jpg": "jpeg 150×103 false false 1",
		"q50.411.jpg":             "jpeg 150×103 false false 1",
		"q50.420.progressive.jpg": "jpeg 150×103 false false 1",
		"q50.422.jpg":             "jpeg 150×103 false false 1",
		"q50.440.jpg":             "jpeg 150×103 false false 1",
		"q50.444.jpg":             "jpeg 150×103 false false 1",
		"cmyk.jpg":                "jpeg 150×103 false false 1",
		"rgb.jpg":                 "jpeg 150×103 false false 1",
		"restart2.jpg":            "jpeg 150×103 false false 1",
		"gray.jpg":                "jpeg 150×103 false false 1",
		"loaded.jpg":              "jpeg 47×31 false false 6",
		"rgb.png":                 "png 64×40 false false 3",
		"rgba.png":                "png 64×40 true false 1",
		"deep.png":                "png 64×40 false false 1",
		"palette.png":             "png 64×40 false true 1",
		"anim.gif":                "gif 64×40 false true 1",
		"offset.gif":              "gif 64×40 true true 1",
		"interlaced.gif":          "gif 150×103 false true 1",
		"lossy.webp":              "webp 48×32 false false 1",
		"alpha.webp":              "webp 48×32 true false 1",
		"anim.webp":               "webp 64×48 true false 1",
	}
	all := samples(t)
	if len(all) != len(want) {
		t.Errorf("%d samples, %d expectations", len(all), len(want))
	}
	for name, src := range all {
		m, err := inspect(src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := fmt.Sprintf("%s %d×%d %t %t %d", m.Format, m.Width, m.Height, m.Alpha, m.Palette, m.Orientation)
		if got != want[name] {
			t.Errorf("%s: got %s, want %s", name, got, want[name])
		}
	}
}

// TestInspectReadsLittle holds Inspect to the header, whatever follows.
func TestInspectReadsLittle(t *testing.T) {
	for name, src := range samples(t) {
		r := &counter{r: bytes.NewReader(src)}
		if _, err := Inspect(r, int64(len(src))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if r.n > 2048 {
			t.Errorf("%s: %d bytes read", name, r.n)
		}
	}
}

type counter struct {
	r io.ReaderAt
	n int
}

func (c *counter) ReadAt(p []byte, off int64) (int, error) {
	c.n += len(p)
	return c.r.ReadAt(p, off)
}

func pngHeader(w, h uint32, depth, colour byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, depth, colour, 0, 0, 0)
	return append(append([]byte(pngSignature), chunk("IHDR", string(b))...), chunk("IDAT", "")...)
}

func jpegHeader(mark byte, w, h, depth, comps int) []byte {
	b := []byte{byte(depth), byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(comps)}
	for i := range comps {
		b = append(b, byte(i+1), 0x11, 0)
	}
	src := append([]byte("\xff\xd8"), segment(mark, string(b))...)
	return append(src, 0xff, markSOS)
}

func gifHeader(w, h uint16) []byte {
	b := binary.LittleEndian.AppendUint16([]byte("GIF89a"), w)
	return append(binary.LittleEndian.AppendUint16(b, h), 0, 0, 0)
}

// TestHostileHeaders: refused at Inspect, by the right name, and at once.
func TestHostileHeaders(t *testing.T) {
	hugeWebP := "RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"
	tests := []struct {
		name, src, want string
	}{
		{"empty", "", "broken"},
		{"one byte", "\xff", "format"},
		{"text", "I am no picture", "format"},
		{"heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"},
		{"avif", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "AVIF"},
		{"tiff", "II*\x00\x08\x00\x00\x00", "TIFF"},
		{"pdf", "%PDF-1.7", "PDF"},
		{"html as jpg", "\ufeff <!DOCTYPE html><html>", "HTML page"},
		{"other xml", `<?xml version="1.0"?><rss/>`, "XML of <rss>"},
		{"png 50000×50000", string(pngHeader(50000, 50000, 8, 2)), "large"},
		{"png 65536×1", string(pngHeader(65536, 1, 8, 2)), "large"},
		{"png 20000×14000", string(pngHeader(20000, 14000, 8, 2)), "large"},
		{"png 2³²-1", string(pngHeader(math.MaxUint32, math.MaxUint32, 16, 6)), "large"},
		{"png 0×9", string(pngHeader(0, 9, 8, 2)), "broken"},
		{"png cut in the header", string(pngHeader(9, 9, 8, 2)[:20]), "broken"},
		{"png without IHDR", pngSignature + string(chunk("tEXt", "x")), "broken"},
		{"jpeg 65000×65000", string(jpegHeader(markSOF0, 65000, 65000, 8, 3)), "large"},
		{"jpeg 0 high", string(jpegHeader(markSOF0, 9, 0, 8, 3)), "broken"},
		{"jpeg of 12 bits", string(jpegHeader(markSOF1, 9, 9, 12, 3)), "format"},
		{"jpeg arithmetic", string(jpegHeader(0xc9, 9, 9, 8, 3)), "format"},
		{"jpeg of 2 components", string(jpegHeader(markSOF0, 9, 9, 8, 2)), "format"},
		{"jpeg without frame", "\xff\xd8\xff\xd9", "broken"},
		{"jpeg cut in a segment", "\xff\xd8\xff\xe1\xff\xff", "broken"},
		{"jpeg segment of length 1", "\xff\xd8\xff\xe1\x00\x01", "broken"},
		{"jpeg of zeros", "\xff\xd8\xff" + strings.Repeat("\x00", 9000), "broken"},
		{"gif 65535²", string(gifHeader(65535, 65535)), "large"},
		{"gif 0×0", string(gifHeader(0, 0)), "broken"},
		{"gif without frame", string(gifHeader(9, 9)) + ";;", "broken"},
		{"gif cut", "GIF89a", "broken"},
		{"webp 16777216²", hugeWebP, "large"},
		{"webp without picture", "RIFF\x04\x00\x00\x00WEBP", "broken"},
		{"webp of 0×0", "RIFF\x16\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x00\x00\x00\x00", "broken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			_, err := inspect([]byte(tt.src))
			var large ErrTooLarge
			var format FormatError
			switch tt.want {
			case "large":
				if !errors.As(err, &large) || large.Width == 0 || large.Limit == 0 {
					t.Errorf("got %v, want ErrTooLarge", err)
				}
			case "broken":
				if !errors.Is(err, ErrBroken) {
					t.Errorf("got %v, want ErrBroken", err)
				}
			case "format":
				if !errors.Is(err, ErrFormat) {
					t.Errorf("got %v, want ErrFormat", err)
				}
			default:
				if !errors.As(err, &format) || format.Seen != tt.want {
					t.Errorf("got %v, want FormatError of %s", err, tt.want)
				}
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
	if _, err := Inspect(bytes.NewReader(nil), maxBytes+1); !errors.As(err, new(ErrTooLarge)) {
		t.Errorf("huge file: got %v", err)
	}
	if m, err := inspect(pngHeader(10000, 8000, 8, 2)); err != nil || m.Width != 10000 {
		t.Errorf("80 megapixels: %v", err)
	}
	for _, size := range [][2]int{{16320, 12240}, {12000, 9000}, {1080, 25000}, {30000, 4000}} {
		src := jpegHeader(markSOF0, size[0], size[1], 8, 3)
		src[13] = 0x22                                          // 4:2:0
		src = append(src, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0) // the header of a scan
		if m, err := inspect(src); err != nil {
			t.Errorf("%v px: %v", size, err)
		} else if m.Memory > 900<<20 {
			t.Errorf("%v px: %d MB", size, m.Memory>>20)
		}
	}
}

// TestReadError: a disk's fault is not the picture's.
func TestReadError(t *testing.T) {
	fault := errors.New("disk on fire")
	_, err := Inspect(failing{fault}, 1000)
	if !errors.Is(err, fault) || errors.Is(err, ErrBroken) || errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestVariants(t *testing.T) {
	for _, tt := range []struct {
		m    Meta
		want string
	}{
		{Meta{Format: JPEG, Width: 4000, Height: 3000}, "480×360 1080×810 1600×1200 jpeg"},
		{Meta{Format: JPEG, Width: 1600, Height: 1200}, "480×360 1080×810 1600×1200 jpeg"},
		{Meta{Format: JPEG, Width: 1500, Height: 1000}, "480×320 1080×720 1500×1000 jpeg"},
		{Meta{Format: JPEG, Width: 1000, Height: 1000}, "480×480 1000×1000 jpeg"},
		{Meta{Format: WebP, Width: 700, Height: 10}, "480×7 700×10 jpeg"},
		{Meta{Format: JPEG, Width: 500, Height: 500}, "480×480 jpeg"},
		{Meta{Format: JPEG, Width: 300, Height: 2}, "300×2 jpeg"},
		{Meta{Format: JPEG, Width: 20000, Height: 3}, "480×1 1080×1 1600×1 jpeg"},
		{Meta{Format: PNG, Width: 1, Height: 1, Alpha: true}, "1×1 png"},
		{Meta{Format: GIF, Width: 500, Height: 300, Palette: true}, "480×288 png"},
		{Meta{Format: GIF, Width: 800, Height: 600, Palette: true}, "480×360 800×600 jpeg"},
		{Meta{Format: SVG, Width: 3000, Height: 20, Alpha: true}, "3000×20 svg"},
	} {
		var got []string
		for _, v := range Variants(tt.m) {
			got = append(got, fmt.Sprintf("%d×%d", v.Width, v.Height))
		}
		if s := strings.Join(got, " ") + " " + string(Variants(tt.m)[0].Format); s != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.m, s, tt.want)
		}
	}
}
