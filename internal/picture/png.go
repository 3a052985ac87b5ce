package picture

import "encoding/binary"

const pngSignature = "\x89PNG\r\n\x1a\n"

// inspectPNG walks the chunks up to the picture data (PNG, third edition, 5.6).
func inspectPNG(f file) (m Meta, decoded int64, err error) {
	m.Format = PNG
	var b [13]byte
	off := int64(len(pngSignature))
	for first := true; ; first = false {
		if err := f.read(off, b[:8]); err != nil {
			return m, 0, err
		}
		length, kind := int64(binary.BigEndian.Uint32(b[:])), string(b[4:8])
		off += 8
		if first != (kind == "IHDR") {
			return m, 0, broken("a PNG whose header does not stand first")
		}
		switch kind {
		case "IHDR":
			if err := f.read(off, b[:]); err != nil {
				return m, 0, err
			}
			// Read as unsigned: half the hostile headers rely on the sign.
			w, h := binary.BigEndian.Uint32(b[:]), binary.BigEndian.Uint32(b[4:])
			m.Width, m.Height = int(min(w, 1<<30)), int(min(h, 1<<30))
			if err := checkSize(m.Width, m.Height); err != nil {
				return m, 0, err
			}
			depth, colour, interlaced := b[8], b[9], b[12] != 0
			m.Palette = colour == 3 || colour == 0 && depth <= 8
			m.Alpha = colour == 4 || colour == 6
			decoded = pngBytes(depth, colour) * int64(m.Width) * int64(m.Height)
			if interlaced {
				decoded = decoded * 3 / 2 // the last pass is half a picture of its own
			}
		case "tRNS":
			m.Alpha = true
			// A grey picture with one transparent level is held as NRGBA.
			decoded = max(decoded, 4*int64(m.Width)*int64(m.Height))
		case "eXIf":
			m.Orientation = f.orientation(off, min(length, f.size-off))
		case "IDAT", "IEND":
			return m, decoded, nil
		}
		off += length + 4 // the checksum
	}
}

// pngBytes is what image/png takes for a pixel.
func pngBytes(depth, colour byte) int64 {
	switch {
	case colour == 0 && depth == 16:
		return 2
	case colour == 0 || colour == 3:
		return 1
	case depth == 16:
		return 8
	}
	return 4
}
