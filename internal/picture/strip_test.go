package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
)

// TestStrip plants a secret in every place of metadata of every format: it goes, and the
// pixels are those they were.
func TestStrip(t *testing.T) {
	small := quarters(40, 24)
	jfif := segment(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x05\x02"+secret[:30])
	for name, src := range map[string][]byte{
		"jpeg": append(withSegments(encodeJPEG(t, small, 90), jfif, segment(0xe1, "Exif\x00\x00"+string(exif(binary.BigEndian, 1))),
			segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x>"+secret+"</x>"), segment(0xed, "Photoshop 3.0\x00"+secret), segment(0xe2, "ICC_PROFILE\x00\x01\x01"+secret),
			segment(0xe2, "MPF\x00"+secret), segment(0xef, secret), segment(0xfe, secret)), secret+"\x00\x00\x00\x18ftypmp42"...),
		"png": append(withChunk(withChunk(withChunk(withChunk(encodePNG(t, small), "tEXt", "Comment\x00"+secret), "eXIf", string(exif(binary.LittleEndian, 1))),
			"iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret), "iCCP", secret), secret...),
		"svg":  []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" data-x="` + secret + `"><metadata>` + secret + `</metadata><!--` + secret + `--><path d="M0 0h9v9z"/></svg>`),
		"gif":  inGIF(t, "\x21\xfe\x1f"+secret[:31]+"\x00", "\x21\xff\x0bXMP DataXMP\x1f"+secret[:31]+"\x00"),
		"webp": inWebP(t, "EXIF", secret, "XMP ", secret),
	} {
		want, err := Inspect(bytes.NewReader(src), int64(len(src)))
		if err != nil {
			t.Fatal(name, err)
		}
		pixels := shown(t, src, want)
		got, err := Strip(bytes.Clone(src))
		if err != nil {
			t.Fatal(name, err)
		}
		if bytes.Contains(got, []byte(secret[:30])) || bytes.Contains(got, []byte("ftyp")) {
			t.Errorf("%s: the secret is still there", name)
		}
		if m, err := Inspect(bytes.NewReader(got), int64(len(got))); err != nil || !bytes.Equal(shown(t, got, m), pixels) {
			t.Errorf("%s: other pixels: %v", name, err)
		}
		again, err := Strip(bytes.Clone(got))
		if err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: the second time it is another: %v", name, err)
		}
	}
	for _, o := range []int{2, 6, 8} {
		src := withSegments(encodeJPEG(t, small, 90), segment(0xe1, "Exif\x00\x00"+string(exif(binary.LittleEndian, o))))
		got, err := Strip(src)
		if err != nil {
			t.Fatal(err)
		}
		if m, err := Inspect(bytes.NewReader(got), int64(len(got))); err != nil || m.Orientation != o || bytes.Contains(got, []byte(secret)) {
			t.Errorf("orientation %d: %+v, %v", o, m, err)
		}
	}
	if _, err := Strip([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")); err == nil {
		t.Error("HEIC is not looked into and passes")
	}
}

// shown is what is seen of a picture.
func shown(t *testing.T, src []byte, m Meta) []byte {
	t.Helper()
	img, err := Cover(src, m, 40, 24)
	if err != nil {
		t.Fatal(err)
	}
	return img.Pix
}

// Pictures within a larger file are blanked where they stand.
func TestBlankWithin(t *testing.T) {
	photo := withSegments(encodeJPEG(t, quarters(40, 24), 90), segment(0xe1, "Exif\x00\x00"+string(exif(binary.BigEndian, 6))))
	drawn := withChunk(encodePNG(t, image.NewGray(image.Rect(0, 0, 9, 9))), "tEXt", secret)
	src := bytes.Join([][]byte{[]byte("%PDF \xff\xd8\xff stream "), photo, []byte(" endstream "), drawn, []byte(pngSignature), photo, []byte("end")}, nil)
	got := bytes.Clone(src)
	if n := BlankWithin(got); n != 3 || len(got) != len(src) || bytes.Contains(got, []byte(secret)) || !bytes.HasSuffix(got, []byte("\xff\xd9end")) {
		t.Errorf("%d pictures found", n)
	}
	if n := BlankWithin([]byte("\xff\xd8\xff\xe0 no picture at all, as compressed streams may hold")); n != 0 {
		t.Errorf("%d pictures found where there are none", n)
	}
}

// inGIF is a GIF with blocks before its frame.
func inGIF(t *testing.T, blocks ...string) []byte {
	src := encodeGIF(t, image.Pt(8, 8), image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White}))
	head := 13 + int(tableBytes(src[10]))
	out := bytes.Clone(src[:head])
	for _, b := range blocks {
		out = append(out, b...)
	}
	return append(append(out, src[head:]...), secret...)
}

// inWebP is a WebP with chunks behind its pixels.
func inWebP(t *testing.T, chunks ...string) []byte {
	files, err := filepath.Glob("testdata/*.webp")
	if err != nil || len(files) == 0 {
		t.Fatal("no WebP in testdata", err)
	}
	out, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(chunks); i += 2 {
		body := chunks[i+1]
		out = binary.LittleEndian.AppendUint32(append(out, chunks[i]...), uint32(len(body)))
		out = append(out, body...)
		if len(body)%2 != 0 {
			out = append(out, 0)
		}
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return append(out, secret...)
}
