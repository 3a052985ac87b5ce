package picture

// Variant is one picture to publish.
type Variant struct {
	Width, Height int    // px, as seen
	Format        Format // JPEG, PNG or SVG
}

// widths are those that pages use: a phone's column at one dot a px and at three (360
// of them, as most phones have it), and a desk screen's.
var widths = [...]int{480, 1080, 1600}

// smallPalette is the area up to which a picture with a palette stays PNG: a
// logo, a stamp, a drawn sign. Beyond it such a picture is as a rule a photo
// that was saved as GIF, and two or three times smaller as JPEG.
const smallPalette = 512 * 512

// Variants returns the pictures to publish of m, narrowest first: those of
// 480, 1080 and 1600 px that are narrower than the original, and the original's
// own width where that lies below 1600 and more than a quarter above the step
// before it (or below 480). None is ever wider than the original; there is
// always at least one. An SVG has one, and so has what [Examine] found to be Single.
// The format is Meta.Made, where that is known.
func Variants(m Meta) []Variant {
	if m.Format == SVG {
		return []Variant{{m.Width, m.Height, SVG}}
	}
	if m.Single {
		return []Variant{{m.Width, m.Height, m.Made}}
	}
	format := JPEG
	if m.Made != "" {
		format = m.Made
	} else if m.Alpha || m.Palette && m.Width*m.Height <= smallPalette {
		format = PNG
	}
	var vs []Variant
	for _, w := range widths {
		if w <= m.Width {
			vs = append(vs, Variant{w, scaledHeight(m, w), format})
		}
	}
	n := len(vs)
	if n == 0 || n < len(widths) && 4*m.Width > 5*vs[n-1].Width {
		vs = append(vs, Variant{m.Width, m.Height, format})
	}
	return vs
}

func scaledHeight(m Meta, w int) int {
	return max(1, (w*m.Height+m.Width/2)/m.Width)
}

// working is what Encode needs beside the decoded picture for m's largest
// variant: the scaled pixels, the same turned, and rows on their way.
func working(m Meta) int64 {
	vs := Variants(m)
	v := vs[len(vs)-1]
	perPixel := int64(5) // RGBA, and perhaps again with a palette
	if m.Format == JPEG {
		perPixel = 2 // its planes, 4:2:0
	}
	if m.Orientation >= 5 {
		perPixel *= 2
	}
	rows := 4*m.Width/v.Width + 4 // filtered across, 4 channels of 4 bytes
	plans := 64 * (m.Width + m.Height)
	strip := 16 * 4 * max(m.Width, m.Height)
	return perPixel*int64(v.Width)*int64(v.Height) + int64(16*rows*max(v.Width, v.Height)+plans+strip) + 1<<20
}
