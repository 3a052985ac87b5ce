package picture

import (
	"image"
	"image/color"
	"slices"
)

// putOnWhite lays a picture with alpha on white, in place.
func putOnWhite(m *image.RGBA) {
	for p := m.Pix; len(p) >= 4; p = p[4:] {
		free := 255 - p[3]
		p[0], p[1], p[2], p[3] = p[0]+free, p[1]+free, p[2]+free, 255
	}
}

// paletted returns m with a palette where 256 colours are enough, without any
// loss, else nil. The order of the palette is that of the colours' values,
// transparent ones first, so that it does not depend on anything else and the
// table of alphas stays short.
func paletted(m *image.RGBA) *image.Paletted {
	index := make(map[uint32]uint8, 256)
	var last uint32
	for i, p := 0, m.Pix; len(p) >= 4; i, p = i+1, p[4:] {
		c := rgbaBits(p)
		if i > 0 && c == last {
			continue
		}
		last = c
		if _, ok := index[c]; ok {
			continue
		}
		if len(index) == 256 {
			return nil
		}
		index[c] = 0
	}
	colours := make([]uint32, 0, len(index))
	for c := range index {
		colours = append(colours, c)
	}
	slices.Sort(colours)
	out := image.NewPaletted(m.Rect, make(color.Palette, len(colours)))
	for i, c := range colours {
		index[c] = uint8(i)
		out.Palette[i] = color.RGBA{A: uint8(c >> 24), R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c)}
	}
	for i := range out.Pix {
		out.Pix[i] = index[rgbaBits(m.Pix[4*i:])]
	}
	return out
}

// fewGreys returns m with a palette where 16 greys are enough, as in scans of two tones:
// such a PNG takes half a byte a pixel at most. Else nil.
func fewGreys(m *image.Gray) *image.Paletted {
	var seen [256]bool
	n := 0
	for _, v := range m.Pix {
		if !seen[v] {
			if seen[v], n = true, n+1; n > 16 {
				return nil
			}
		}
	}
	out := image.NewPaletted(m.Rect, make(color.Palette, 0, n))
	var index [256]uint8
	for v, ok := range seen {
		if ok {
			index[v] = uint8(len(out.Palette))
			out.Palette = append(out.Palette, color.Gray{Y: uint8(v)})
		}
	}
	for i, v := range m.Pix {
		out.Pix[i] = index[v]
	}
	return out
}

// rgbaBits packs a pixel, alpha highest.
func rgbaBits(p []byte) uint32 {
	_ = p[3]
	return uint32(p[3])<<24 | uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2])
}
