package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// Examine reads the whole of a picture of which [Inspect] said m, once and before it is
// used. It returns m with what only pixels tell (in what format its variants are smaller,
// and which of them to make), and what an editor should know. A raster picture is decoded
// only where its header leaves the format open; then damage is found here, as it is in
// every drawing, else by [Encode]. Errors are those of Inspect.
//
// Opaque pictures become JPEG, unless PNG is no larger: line art, screenshots, scans of
// two tones. Where a picture as it is comes out smaller as PNG than its widest variant, and
// not much larger than the narrowest, it is the only one that is published.
func Examine(src []byte, m Meta) (Meta, []Note, error) {
	if m.Format == SVG {
		s, err := cleaned(src)
		if err != nil {
			return m, nil, err
		}
		return m, s.notes, nil
	}
	var notes []Note
	if p := profileOf(src, m.Format); p != nil && !p.known {
		notes = append(notes, Note{Kind: NoteColours, What: p.name})
	}
	if moves(src, m.Format) {
		notes = append(notes, Note{Kind: NoteStill})
	}
	var err error
	if m.Format == JPEG {
		_, err = walkScans(src)
	} else {
		m, err = choose(src, m)
	}
	return m, notes, err
}

const (
	// plentiful bytes of file a pixel mean a photograph, which is smaller as JPEG.
	plentiful = 1.0
	// maxSingle is the area of a picture that is published as it is: what phones hold.
	maxSingle = 10_000_000
)

// choose settles the format of a picture that is not JPEG.
func choose(src []byte, m Meta) (Meta, error) {
	area := m.Width * m.Height
	dense := float64(len(src)) > plentiful*float64(area)
	if dense && !m.Alpha {
		m.Made = JPEG
		return m, nil
	}
	d, err := Decode(src, m)
	if err != nil {
		return m, err
	}
	m.Made, m.Alpha = JPEG, m.Alpha && !opaque(d.img, image.Pt(m.Width, m.Height))
	d.meta = m
	if m.Alpha {
		m.Made = PNG
		return m, nil
	}
	if dense {
		return m, nil
	}
	size := func(img image.Image, v Variant) (int, error) {
		var n tally
		err := d.write(&n, img, v)
		return int(n), err
	}
	vs := Variants(m)
	last := vs[len(vs)-1]
	// Nothing is transparent here, so both formats are tried on the same pixels.
	widestImage := d.scaled(last)
	asJPEG, err := size(widestImage, last)
	if err != nil {
		return m, err
	}
	last.Format = PNG
	asPNG, err := size(widestImage, last)
	if err != nil {
		return m, err
	}
	if asPNG <= asJPEG {
		m.Made = PNG
	}
	if area > maxSingle || len(vs) == 1 {
		return m, nil
	}
	smallest := Variant{vs[0].Width, vs[0].Height, m.Made}
	first, err := size(d.scaled(smallest), smallest)
	if err != nil {
		return m, err
	}
	whole, widest := asPNG, min(asPNG, asJPEG)
	if last.Width != m.Width {
		// Its own width is tried only where its file makes it likely.
		if len(src) > few*first {
			return m, nil
		}
		own := Variant{m.Width, m.Height, PNG}
		if whole, err = size(d.scaled(own), own); err != nil {
			return m, err
		}
	}
	if whole <= widest && whole <= few*first {
		m.Made, m.Single = PNG, true
	}
	return m, nil
}

// few is how many times the bytes of the narrowest width all of a picture may have to be
// published alone.
const few = 4

// tally counts what is written to it.
type tally int

func (c *tally) Write(b []byte) (int, error) { *c += tally(len(b)); return len(b), nil }

// opaque tells whether nothing of a canvas shows through a picture.
func opaque(img image.Image, canvas image.Point) bool {
	if img.Bounds() != (image.Rectangle{Max: canvas}) {
		return false
	}
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// moves tells whether more than one frame would be shown.
func moves(src []byte, f Format) bool {
	switch f {
	case GIF:
		g := file{bytes.NewReader(src), int64(len(src))}
		frames, off := 0, int64(13)+tableBytes(src[10])
		for off+10 < g.size && frames < 2 {
			switch src[off] {
			case 0x2c:
				frames++
				off += 10 + tableBytes(src[off+9]) + 1
			case 0x21:
				off += 2
			default:
				return false
			}
			var err error
			if off, err = g.skipBlocks(off); err != nil {
				return false
			}
		}
		return frames > 1
	case PNG:
		for off := len(pngSignature); off+12 <= len(src); {
			n, kind := int(binary.BigEndian.Uint32(src[off:])), string(src[off+4:off+8])
			if kind == "acTL" && off+12 <= len(src) {
				return binary.BigEndian.Uint32(src[off+8:]) > 1
			}
			if kind == "IDAT" || n > len(src)-off-12 {
				return false
			}
			off += 12 + n
		}
	case WebP:
		return len(src) > 20 && string(src[12:16]) == "VP8X" && src[20]&webpAnimation != 0 && bytes.Count(src, []byte("ANMF")) > 1
	}
	return false
}
