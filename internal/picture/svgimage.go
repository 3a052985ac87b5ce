package picture

import (
	"bytes"
	"encoding/base64"
	"image"
	"strings"
)

// Pictures within a drawing: those that stand in it as data are made anew like any other,
// so that no byte of them goes out as it came; those that stand elsewhere are left out.
const (
	maxWithin       = 32       // pictures in one drawing
	maxWithinMemory = 64 << 20 // bytes for one
	maxWithinSide   = 1600     // px
)

// within returns the reference of an <image> made anew, or "" where it cannot be kept.
func (s *sanitizer) within(ref string) string {
	head, data, ok := strings.Cut(ref, ",")
	if head = strings.ToLower(head); !ok || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") {
		return ""
	}
	if s.images++; s.images > maxWithin {
		return ""
	}
	data = strings.NewReplacer(" ", "", "\n", "", "\t", "", "\r", "", "=", "").Replace(data)
	src, err := base64.RawStdEncoding.DecodeString(data)
	if err != nil {
		return ""
	}
	out, format := remade(src)
	if out == nil {
		return ""
	}
	return "data:image/" + string(format) + ";base64," + base64.StdEncoding.EncodeToString(out)
}

// remade is a small picture made anew; nil where it cannot be.
func remade(src []byte) ([]byte, Format) {
	m, err := Inspect(bytes.NewReader(src), int64(len(src)))
	if err != nil || m.Format == SVG || m.Memory > maxWithinMemory {
		return nil, ""
	}
	d, err := Decode(src, m)
	if err != nil {
		return nil, ""
	}
	size := image.Pt(m.Width, m.Height)
	if side := max(size.X, size.Y); side > maxWithinSide {
		size = image.Pt(max(1, size.X*maxWithinSide/side), max(1, size.Y*maxWithinSide/side))
	}
	v := Variant{size.X, size.Y, PNG}
	if vs := Variants(m); m.Format == JPEG || vs[0].Format == JPEG && m.Format != GIF && m.Format != PNG {
		v.Format = JPEG
	}
	var out bytes.Buffer
	if d.Encode(&out, v) != nil {
		return nil, ""
	}
	return out.Bytes(), v.Format
}
