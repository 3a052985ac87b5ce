package picture

import "encoding/binary"

// tagOrientation is EXIF's tag for which corner of the scene row 0, column 0
// is (CIPA DC-008-2019, 4.6.4 A): the one thing of EXIF that is used.
const tagOrientation = 0x0112

// orientation reads the tag from the TIFF structure of n bytes at off. All of
// EXIF but this one number is dropped, so a structure that makes no sense is
// not an error: it says nothing, and the picture is taken as upright (1).
//
// A library would do, and was weighed: bep/imagemeta adds 1.6 MB to the
// program for what these forty lines read.
func (f file) orientation(off, n int64) int {
	var b [12]byte
	if n < 8 || f.read(off, b[:8]) != nil {
		return 1
	}
	var order binary.ByteOrder
	switch string(b[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	ifd := int64(order.Uint32(b[4:])) // the first directory, IFD0
	if ifd+2 > n || f.read(off+ifd, b[:2]) != nil {
		return 1
	}
	// Some 20 entries are usual; the bound keeps a hostile count cheap.
	entries := min(int64(order.Uint16(b[:])), 512)
	for i := range entries {
		at := ifd + 2 + 12*i
		if at+12 > n || f.read(off+at, b[:]) != nil {
			return 1
		}
		if order.Uint16(b[:]) != tagOrientation {
			continue
		}
		const typeShort = 3
		o := int(order.Uint16(b[8:]))
		if order.Uint16(b[2:]) != typeShort || o < 1 || o > 8 {
			return 1
		}
		return o
	}
	return 1
}
