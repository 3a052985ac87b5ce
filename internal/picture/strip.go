package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
)

// Strip takes out of a picture what is not its pixels, without decoding it: EXIF, XMP,
// IPTC, comments, thumbnails, colour profiles, and whatever was put behind its end (the
// film of a moving photograph, further pictures). It is for pictures within files that are
// copied whole, office documents say; those of pages go through [Encode], which carries
// nothing over. src is changed, and the result shares its bytes; an SVG is written anew.
//
// What is blanked keeps its place, so that the picture is as long as it was, up to its end.
// A JPEG stays the right way up. Errors are [FormatError] and [ErrBroken].
func Strip(src []byte) ([]byte, error) {
	switch f := sniff(src[:min(len(src), 512)]); f {
	case JPEG:
		if end := blankJPEG(src); end > 0 {
			return src[:end], nil
		}
	case PNG:
		if end := blankPNG(src); end > 0 {
			return src[:end], nil
		}
	case GIF:
		if out := stripGIF(src); out != nil {
			return out, nil
		}
	case WebP:
		if end := blankWebP(src); end > 0 {
			return src[:end], nil
		}
	case SVG:
		var out bytes.Buffer
		m, err := Inspect(bytes.NewReader(src), int64(len(src)))
		if err == nil {
			err = Encode(&out, src, m, Variants(m)[0])
		}
		return out.Bytes(), err
	default:
		return nil, FormatError{seems(src[:min(len(src), 512)])}
	}
	return nil, broken("its parts do not fit together")
}

// BlankWithin blanks, in place, what is not pixels in every JPEG and PNG that lies whole
// in b, and tells how many pictures there were.
func BlankWithin(b []byte) (pictures int) {
	for at := 0; ; {
		i := nextPicture(b[at:])
		if i < 0 {
			return pictures
		}
		at += i
		end := 0
		if b[at] == 0xff {
			end = blankJPEG(b[at:])
		} else {
			end = blankPNG(b[at:])
		}
		if end == 0 {
			at++
			continue
		}
		pictures++
		at += end
	}
}

// nextPicture is where a JPEG or PNG may begin, or -1.
func nextPicture(b []byte) int {
	i, j := bytes.Index(b, []byte("\xff\xd8\xff")), -1
	if i >= 0 {
		b = b[:i]
	}
	if j = bytes.Index(b, []byte(pngSignature)); j >= 0 {
		return j
	}
	return i
}

// maxParts bounds how many segments or chunks stand before the pixels of a picture: those
// that telephones write have a hundred.
const maxParts = 1000

// blankJPEG blanks the segments of a JPEG that hold no part of its pixels, and returns
// where it ends; 0 where b is none, which then is not changed. One that is damaged
// within its pixels ends there.
func blankJPEG(b []byte) int {
	var parts [][]byte // of segments that go
	var exif []byte
	at, scans, steps := 2, 0, 0
walk:
	for at+4 <= len(b) && b[at] == 0xff {
		mark := b[at+1]
		switch {
		case mark == 0xff: // filling
			at++
			continue
		case mark == 0xd9:
			at += 2
			break walk
		case mark < 0xc0, mark >= 0xd0 && mark <= 0xd8:
			break walk
		}
		n := int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 2 || at+2+n > len(b) {
			break
		}
		part := b[at+4 : at+2+n]
		switch {
		case mark == 0xe0 && len(part) >= 14 && bytes.HasPrefix(part, []byte("JFIF\x00")):
			parts = append(parts, part[12:]) // a thumbnail and its size
		case mark == 0xee && len(part) >= 12 && bytes.HasPrefix(part, []byte("Adobe")):
			parts = append(parts, part[12:]) // how its colours are coded stays
		case mark >= 0xe0 && mark <= 0xef, mark == 0xfe:
			if mark == 0xe1 && exif == nil && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
				exif = part
			}
			parts = append(parts, part)
		}
		if steps++; steps > maxParts {
			break walk
		}
		at += 2 + n
		if mark == 0xda {
			scans++
			at = scanEnd(b, at)
		}
	}
	if scans == 0 {
		return 0
	}
	turned := 1
	if len(exif) > 6 {
		tiff := file{bytes.NewReader(exif[6:]), int64(len(exif) - 6)}
		turned = tiff.orientation(0, tiff.size)
	}
	for _, p := range parts {
		clear(p)
	}
	if turned > 1 && len(exif) >= 32 {
		copy(exif, "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
		exif[25] = byte(turned)
	}
	if at+4 > len(b) { // its end, or what is left of it
		return len(b)
	}
	return at
}

// scanEnd is where the coded pixels that begin at a place end.
func scanEnd(b []byte, at int) int {
	for {
		i := bytes.IndexByte(b[at:], 0xff)
		if i < 0 || at+i+1 >= len(b) {
			return len(b)
		}
		at += i
		if m := b[at+1]; m != 0 && m != 0xff && (m < 0xd0 || m > 0xd7) {
			return at
		}
		at++
	}
}

// pngKept are the chunks a PNG is shown by.
var pngKept = strings.Fields("IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs acTL fcTL fdAT")

// blankPNG is blankJPEG for PNG: a chunk that goes becomes one that nothing knows.
func blankPNG(b []byte) int {
	var parts [][]byte // whole chunks
	at, data := len(pngSignature), false
	for {
		if at+12 > len(b) {
			if !data {
				return 0
			}
			at = len(b) // cut off
			break
		}
		n := int64(binary.BigEndian.Uint32(b[at:]))
		name := string(b[at+4 : at+8])
		if int64(at)+12+n > int64(len(b)) || at == len(pngSignature) && name != "IHDR" {
			if !data || name == "IHDR" {
				return 0
			}
			at = len(b)
			break
		}
		chunk := b[at : at+12+int(n)]
		data = data || name == "IDAT"
		if !slices.Contains(pngKept, name) {
			if parts = append(parts, chunk); len(parts) > maxParts && !data {
				return 0
			}
		}
		at += len(chunk)
		if name == "IEND" {
			break
		}
	}
	if !data {
		return 0
	}
	for _, c := range parts {
		copy(c[4:], "miNg") // ancillary, private, to be dropped by who changes the picture
		clear(c[8 : len(c)-4])
		binary.BigEndian.PutUint32(c[len(c)-4:], crc32.ChecksumIEEE(c[4:len(c)-4]))
	}
	return at
}

// stripGIF leaves comments, texts and the data of applications out of a GIF, but for how
// often it is played; nil where it cannot be read.
func stripGIF(src []byte) []byte {
	f := file{bytes.NewReader(src), int64(len(src))}
	if len(src) < 13 {
		return nil
	}
	at := int64(13) + tableBytes(src[10])
	if at > f.size {
		return nil
	}
	out := append([]byte{}, src[:at]...)
	for at < f.size {
		from := at
		switch src[at] {
		case ';':
			return append(out, ';')
		case ',':
			if at+10 > f.size {
				return nil
			}
			at += 10 + tableBytes(src[at+9]) + 1
		case '!':
			if at+2 > f.size {
				return nil
			}
			at += 2
		default:
			return nil
		}
		end, err := f.skipBlocks(at)
		if err != nil {
			return nil
		}
		keep := src[from] == ',' || src[from+1] == 0xf9 ||
			src[from+1] == 0xff && (bytes.HasPrefix(src[at:], []byte("\x0bNETSCAPE2.0")) || bytes.HasPrefix(src[at:], []byte("\x0bANIMEXTS1.0")))
		if keep {
			out = append(out, src[from:end]...)
		}
		at = end
	}
	return append(out, ';') // its end was missing
}

// webpKept are the chunks a WebP is shown by.
var webpKept = []string{"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"}

// blankWebP is blankJPEG for WebP.
func blankWebP(b []byte) int {
	end := 8 + int64(binary.LittleEndian.Uint32(b[4:]))
	if end > int64(len(b)) || end < 20 {
		return 0
	}
	b = b[:end]
	for at := int64(12); at+8 <= end; {
		n := int64(binary.LittleEndian.Uint32(b[at+4:]))
		if at+8+n > end {
			return 0
		}
		part := b[at+8 : at+8+n]
		switch name := string(b[at : at+4]); {
		case name == "VP8X" && n > 0:
			part[0] &^= 0x2c // profile, EXIF, XMP
		case !slices.Contains(webpKept, name):
			copy(b[at:], "JUNK")
			clear(part)
		}
		at += 8 + n + n&1
	}
	return int(end)
}
