package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// quarters is a picture no turn of which is like another: black, white, red and
// blue quarters with a green spot in the black one.
func quarters(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{A: 255}
			switch {
			case 8*x < w && 8*y < h:
				c.G = 200
			case 2*x >= w && 2*y < h:
				c.R, c.G, c.B = 255, 255, 255
			case 2*x < w && 2*y >= h:
				c.R = 208
			case 2*x >= w && 2*y >= h:
				c.B = 208
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// stored is what a camera keeps of the upright picture with an orientation,
// from the standard's own words: where in the scene row 0 and column 0 are.
func stored(upright *image.NRGBA, orientation int) *image.NRGBA {
	at := map[int][2]string{
		1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
		5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
	}[orientation]
	w, h := upright.Rect.Dx(), upright.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if at[0] == "left" || at[0] == "right" {
		out = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for row := range out.Rect.Dy() {
		for col := range out.Rect.Dx() {
			var x, y int
			for i, n := range []int{row, col} {
				switch at[i] {
				case "top":
					y = n
				case "bottom":
					y = h - 1 - n
				case "left":
					x = n
				case "right":
					x = w - 1 - n
				}
			}
			out.SetNRGBA(col, row, upright.NRGBAAt(x, y))
		}
	}
	return out
}

const secret = "SECRET-PLACE-34.7466N-113.6253E"

// exif is a TIFF structure with a description, a GPS position and an orientation.
func exif(order binary.ByteOrder, orientation int) []byte {
	var b bytes.Buffer
	put := func(vs ...any) {
		for _, v := range vs {
			binary.Write(&b, order, v)
		}
	}
	const dataAt = 8 + 2 + 3*12 + 4
	if order == binary.ByteOrder(binary.LittleEndian) {
		b.WriteString("II*\x00")
	} else {
		b.WriteString("MM\x00*")
	}
	put(uint32(8), uint16(3))
	put(uint16(0x010e), uint16(2), uint32(len(secret)), uint32(dataAt)) // ImageDescription
	put(uint16(0x0112), uint16(3), uint32(1), uint16(orientation), uint16(0))
	put(uint16(0x8825), uint16(4), uint32(1), uint32(dataAt+len(secret))) // GPS directory
	put(uint32(0))
	b.WriteString(secret)
	put(uint16(1), uint16(2), uint16(5), uint32(3), uint32(dataAt+len(secret)+18)) // latitude
	put(uint32(0), uint32(34), uint32(1), uint32(44), uint32(1), uint32(47), uint32(1))
	return b.Bytes()
}

func encodeJPEG(tb testing.TB, m image.Image, quality int) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func encodeGIF(tb testing.TB, screen image.Point, frames ...*image.Paletted) []byte {
	tb.Helper()
	var b bytes.Buffer
	g := gif.GIF{Image: frames, Delay: make([]int, len(frames)), Config: image.Config{Width: screen.X, Height: screen.Y}}
	if err := gif.EncodeAll(&b, &g); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// withSegments puts segments behind the start of a JPEG.
func withSegments(src []byte, segments ...[]byte) []byte {
	out := append([]byte{}, src[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, src[2:]...)
}

func segment(mark byte, body string) []byte {
	n := len(body) + 2
	return append([]byte{0xff, mark, byte(n >> 8), byte(n)}, body...)
}

// withChunk puts a chunk behind a PNG's header.
func withChunk(src []byte, kind, body string) []byte {
	const headerEnd = 8 + 8 + 13 + 4
	out := append([]byte{}, src[:headerEnd]...)
	return append(append(out, chunk(kind, body)...), src[headerEnd:]...)
}

func chunk(kind, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// loaded is a JPEG with everything that must not come through.
func loaded(tb testing.TB, orientation int) []byte {
	src := encodeJPEG(tb, stored(quarters(47, 31), orientation), 95)
	return withSegments(src,
		segment(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
		segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret+"</x:xmpmeta>"),
		segment(0xe1, "Exif\x00\x00"+string(exif(binary.BigEndian, orientation))),
		segment(0xe2, "ICC_PROFILE\x00\x01\x01"+secret),
		segment(0xed, "Photoshop 3.0\x00"+secret),
		segment(0xfe, secret))
}

// samples are whole pictures of every kind read, by name; they seed the fuzz
// targets too.
func samples(tb testing.TB) map[string][]byte {
	tb.Helper()
	all := map[string][]byte{}
	for _, pattern := range []string{"*.jpg", "*.webp", "*.gif"} {
		files, err := filepath.Glob(filepath.Join("testdata", pattern))
		if err != nil || len(files) == 0 {
			tb.Fatalf("no %s in testdata (%v)", pattern, err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				tb.Fatal(err)
			}
			all[filepath.Base(name)] = b
		}
	}
	photo := quarters(64, 40)
	deep := image.NewNRGBA64(photo.Rect)
	draw.Draw(deep, deep.Rect, photo, image.Point{}, draw.Src)
	clear := image.NewNRGBA(photo.Rect)
	copy(clear.Pix, photo.Pix)
	clear.SetNRGBA(60, 5, color.NRGBA{R: 255, A: 90})
	pal := image.NewPaletted(photo.Rect, color.Palette{color.Black, color.White, color.RGBA{R: 208, A: 255}, color.RGBA{B: 208, A: 255}, color.RGBA{G: 200, A: 255}})
	draw.Draw(pal, pal.Rect, photo, image.Point{}, draw.Src)
	second := image.NewPaletted(image.Rect(10, 10, 20, 20), pal.Palette)

	all["loaded.jpg"] = loaded(tb, 6)
	all["rgb.png"] = withChunk(withChunk(encodePNG(tb, photo), "tEXt", "Comment\x00"+secret), "eXIf", string(exif(binary.LittleEndian, 3)))
	all["rgba.png"] = encodePNG(tb, clear)
	all["deep.png"] = encodePNG(tb, deep)
	all["palette.png"] = encodePNG(tb, pal)
	all["anim.gif"] = encodeGIF(tb, image.Pt(64, 40), pal, second)
	all["offset.gif"] = encodeGIF(tb, image.Pt(64, 40), second)
	all["anim.webp"] = animated(tb, 64, 48, 8, 6)
	return all
}

// animated puts the lossy sample's picture as the first of two frames on a canvas.
func animated(tb testing.TB, w, h, x, y int) []byte {
	tb.Helper()
	src, err := os.ReadFile("testdata/alpha.webp")
	if err != nil {
		tb.Fatal(err)
	}
	at := bytes.Index(src, []byte("ALPH"))
	if at < 0 {
		tb.Fatal("alpha.webp holds no ALPH chunk")
	}
	u24 := func(n int) []byte { return []byte{byte(n), byte(n >> 8), byte(n >> 16)} }
	riff := func(kind string, parts ...[]byte) []byte {
		body := bytes.Join(parts, nil)
		b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
		b = append(b, body...)
		return append(b, make([]byte, len(body)%2)...)
	}
	frame := riff("ANMF", u24(x/2), u24(y/2), u24(47), u24(31), u24(100), []byte{0}, src[at:])
	return riff("RIFF", []byte("WEBP"),
		riff("VP8X", []byte{webpAnimation | webpAlpha, 0, 0, 0}, u24(w-1), u24(h-1)),
		riff("ANIM", make([]byte, 6)), frame, frame)
}
