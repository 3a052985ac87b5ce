package picture

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/webp"
)

// Flags of the VP8X chunk (RFC 9649, 2.7.1).
const (
	webpAnimation = 1 << 1
	webpEXIF      = 1 << 3
	webpAlpha     = 1 << 4
)

// webpFrame is the first frame of an animation: where it stands on the canvas,
// and its own chunks.
type webpFrame struct {
	box    image.Rectangle
	chunks [2]int64 // offsets: from, to
}

// inspectWebP walks the chunks (RFC 9649, 2.3) until it knows enough.
func inspectWebP(f file) (m Meta, decoded int64, err error) {
	m, decoded, _, err = walkWebP(f)
	return m, decoded, err
}

func walkWebP(f file) (m Meta, decoded int64, frame *webpFrame, err error) {
	m.Format = WebP
	var b [16]byte
	var flags byte
	var held int64 // bytes a pixel
	off := int64(12)
	// The bound is far above the frames of any animation that is one.
	for range 1 << 14 {
		if off+8 > f.size {
			break
		}
		if err := f.read(off, b[:8]); err != nil {
			return m, 0, nil, err
		}
		kind, length := string(b[:4]), int64(binary.LittleEndian.Uint32(b[4:]))
		off += 8
		known := m.Width > 0
		switch kind {
		case "VP8X":
			if known {
				return m, 0, nil, broken("a WebP with a second header")
			}
			if err := f.read(off, b[:10]); err != nil {
				return m, 0, nil, err
			}
			flags = b[0]
			m.Width, m.Height = 1+uint24(b[4:]), 1+uint24(b[7:])
			m.Alpha = flags&webpAlpha != 0
		case "VP8 ": // RFC 6386, 9.1
			if err := f.read(off, b[:10]); err != nil {
				return m, 0, nil, err
			}
			held = max(held, 2)
			if !known {
				m.Width = int(binary.LittleEndian.Uint16(b[6:])) & 0x3fff
				m.Height = int(binary.LittleEndian.Uint16(b[8:])) & 0x3fff
			}
		case "VP8L": // RFC 9649, 3.4
			if err := f.read(off, b[:5]); err != nil {
				return m, 0, nil, err
			}
			held = max(held, 9)
			if !known {
				bits := binary.LittleEndian.Uint32(b[1:])
				m.Width, m.Height = 1+int(bits&0x3fff), 1+int(bits>>14&0x3fff)
				m.Alpha = bits>>28&1 != 0
			}
		case "ALPH":
			held = 12 // decoded as a picture of its own beside the colours
		case "ANMF":
			if frame != nil {
				break
			}
			if err := f.read(off, b[:]); err != nil {
				return m, 0, nil, err
			}
			at := image.Pt(2*uint24(b[:]), 2*uint24(b[3:]))
			size := image.Pt(1+uint24(b[6:]), 1+uint24(b[9:]))
			frame = &webpFrame{image.Rectangle{at, at.Add(size)}, [2]int64{off + 16, min(off+length, f.size)}}
			held = 12
			canvas := image.Rect(0, 0, m.Width, m.Height)
			if !frame.box.In(canvas) {
				return m, 0, nil, broken("a WebP frame that reaches beyond its canvas")
			}
			m.Alpha = m.Alpha || frame.box != canvas
		case "EXIF":
			// Some writers put JPEG's identifier before the TIFF structure.
			at, n := off, min(length, f.size-off)
			if n >= 6 && f.read(at, b[:6]) == nil && string(b[:6]) == "Exif\x00\x00" {
				at, n = at+6, n-6
			}
			m.Orientation = f.orientation(at, n)
		}
		if !known && (m.Width > 0 || held > 0) {
			if err := checkSize(m.Width, m.Height); err != nil {
				return m, 0, nil, err
			}
		}
		if held > 0 && kind != "ALPH" && (flags&webpEXIF == 0 || m.Orientation != 0) {
			break // EXIF stands behind the picture: only where announced look on
		}
		off += length + length&1
	}
	if held == 0 {
		return m, 0, nil, broken("a WebP without a picture")
	}
	return m, held * int64(m.Width+15) * int64(m.Height+15), frame, nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// still returns the first frame of an animated WebP as a file of its own,
// which x/image/webp can decode, and where it stands on the canvas; or src
// itself where nothing moves.
func still(src []byte) ([]byte, image.Point, error) {
	_, _, frame, err := walkWebP(file{bytes.NewReader(src), int64(len(src))})
	if err != nil || frame == nil {
		return src, image.Point{}, err
	}
	if frame.chunks[0] > frame.chunks[1] {
		return nil, image.Point{}, broken("a WebP frame that is cut off")
	}
	body := src[frame.chunks[0]:frame.chunks[1]]
	var out bytes.Buffer
	out.WriteString("RIFF\x00\x00\x00\x00WEBP")
	if bytes.HasPrefix(body, []byte("ALPH")) {
		// Only after a VP8X does a decoder expect alpha.
		w, h := frame.box.Dx()-1, frame.box.Dy()-1
		out.WriteString("VP8X\x0a\x00\x00\x00")
		out.Write([]byte{webpAlpha, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
	}
	out.Write(body)
	b := out.Bytes()
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	// The frame's own header was not part of what Inspect bounded.
	c, err := webp.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width != frame.box.Dx() || c.Height != frame.box.Dy() {
		return nil, image.Point{}, broken("a WebP frame that is not the size it claims")
	}
	return b, frame.box.Min, nil
}

// fullRange stretches the planes of a lossy WebP from the range of video, in
// which VP8 keeps them (RFC 6386, 9.2: ITU-R BT.601; black is 16, white 235), to
// that of JPEG, which image.YCbCr means. Without it black comes out dark grey:
// x/image/webp leaves them as they are (Go issue 40173).
func fullRange(img image.Image) {
	var planes *image.YCbCr
	switch img := img.(type) {
	case *image.YCbCr:
		planes = img
	case *image.NYCbCrA:
		planes = &img.YCbCr
	default:
		return // lossless: RGB
	}
	var luma, chroma [256]byte
	for i := range int32(256) {
		luma[i] = clamp(((i-16)*255*2 + 219) / (2 * 219))
		chroma[i] = clamp(((i-128)*255*2 + 224*257) / (2 * 224))
	}
	for i, v := range planes.Y {
		planes.Y[i] = luma[v]
	}
	for _, plane := range [][]byte{planes.Cb, planes.Cr} {
		for i, v := range plane {
			plane[i] = chroma[v]
		}
	}
}
