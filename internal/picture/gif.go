package picture

import "encoding/binary"

// inspectGIF walks the blocks up to the first frame (GIF89a specification,
// sections 18 to 26).
func inspectGIF(f file) (m Meta, decoded int64, err error) {
	m.Format, m.Palette = GIF, true
	var b [10]byte
	if err := f.read(6, b[:7]); err != nil {
		return m, 0, err
	}
	m.Width, m.Height = int(binary.LittleEndian.Uint16(b[:])), int(binary.LittleEndian.Uint16(b[2:]))
	if err := checkSize(m.Width, m.Height); err != nil {
		return m, 0, err
	}
	off := 13 + tableBytes(b[4])
	for {
		if err := f.read(off, b[:2]); err != nil {
			return m, 0, err
		}
		switch {
		case b[0] == 0x2c: // image descriptor: the first frame begins
			if err := f.read(off, b[:]); err != nil {
				return m, 0, err
			}
			x, y := binary.LittleEndian.Uint16(b[1:]), binary.LittleEndian.Uint16(b[3:])
			w, h := binary.LittleEndian.Uint16(b[5:]), binary.LittleEndian.Uint16(b[7:])
			if x > 0 || y > 0 || int(w) != m.Width || int(h) != m.Height {
				m.Alpha = true // what the frame leaves free shows through
			}
			return m, 2 * int64(w) * int64(h), nil // twice while interlaced rows are sorted
		case b[0] == 0x21:
			const graphicControl = 0xf9
			if b[1] == graphicControl {
				if err := f.read(off+2, b[:2]); err != nil {
					return m, 0, err
				}
				m.Alpha = m.Alpha || b[1]&1 != 0
			}
			if off, err = f.skipBlocks(off + 2); err != nil {
				return m, 0, err
			}
		default:
			return m, 0, broken("a GIF without a frame")
		}
	}
}

// tableBytes is the size of the colour table that a flags byte announces.
func tableBytes(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

// skipBlocks returns where the chain of sub-blocks that begins at off ends.
func (f file) skipBlocks(off int64) (int64, error) {
	var n [1]byte
	for {
		if err := f.read(off, n[:]); err != nil {
			return 0, err
		}
		off += 1 + int64(n[0])
		if n[0] == 0 {
			return off, nil
		}
	}
}
