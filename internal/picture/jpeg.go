package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"slices"
)

// Markers of ITU-T T.81, table B.1.
const (
	markTEM  = 0x01
	markSOF0 = 0xc0 // baseline
	markSOF1 = 0xc1 // extended sequential
	markSOF2 = 0xc2 // progressive
	markDHT  = 0xc4
	markJPG  = 0xc8
	markDAC  = 0xcc
	markRST0 = 0xd0
	markEOI  = 0xd9
	markSOS  = 0xda
	markDQT  = 0xdb
	markDRI  = 0xdd
	markAPP0 = 0xe0
	markAPP1 = 0xe1
	markAPP2 = 0xe2
	markAPPE = 0xee
)

// maxScans bounds the passes of a progressive picture. Encoders write some ten;
// each pass goes over all pixels but may take only a few bytes of file, so a
// small file of many passes would keep the decoder busy for minutes.
const maxScans = 100

// inspectJPEG walks the segments up to the first scan.
func inspectJPEG(f file) (m Meta, decoded int64, err error) {
	m.Format = JPEG
	off := int64(2) // behind SOI
	for {
		mark, length, next, err := f.segment(off)
		if err != nil {
			return m, 0, err
		}
		body := next - length
		switch {
		case mark == markSOS || mark == markEOI:
			if m.Width == 0 {
				return m, 0, broken("a JPEG without a frame header")
			}
			return m, decoded, nil
		case mark == markDHT || mark == markJPG || mark == markDAC:
		case mark >= markSOF0 && mark <= 0xcf:
			if m.Width, m.Height, decoded, err = f.frame(mark, body, length); err != nil {
				return m, 0, err
			}
		case mark == markAPP1 && m.Orientation <= 1 && length > 6:
			var id [6]byte
			if err := f.read(body, id[:]); err != nil {
				return m, 0, err
			}
			if string(id[:]) == "Exif\x00\x00" {
				m.Orientation = f.orientation(body+6, length-6)
			}
		}
		off = next
	}
}

// segment reads the marker at off and returns its code, the length of what
// belongs to it, and where the next one stands.
func (f file) segment(off int64) (mark byte, length, next int64, err error) {
	var b [2]byte
	// Stray bytes before a marker are legal as fill (0xff) and otherwise common
	// enough that decoders skip them (libjpeg: JWRN_EXTRANEOUS_DATA).
	for stray := 0; ; stray++ {
		if err := f.read(off, b[:]); err != nil {
			return 0, 0, 0, err
		}
		if b[0] == 0xff && b[1] != 0xff && b[1] != 0 {
			break
		}
		if stray == 4096 {
			return 0, 0, 0, broken("no JPEG marker where one must stand")
		}
		off++
	}
	mark = b[1]
	off += 2
	if mark == markTEM || mark >= markRST0 && mark <= markEOI {
		return mark, 0, off, nil
	}
	if err := f.read(off, b[:]); err != nil {
		return 0, 0, 0, err
	}
	length = int64(binary.BigEndian.Uint16(b[:])) - 2
	if length < 0 {
		return 0, 0, 0, broken("a JPEG segment shorter than its own length field")
	}
	if off += 2 + length; off > f.size {
		return 0, 0, 0, ErrCutOff
	}
	return mark, length, off, nil
}

// frame reads a frame header (T.81, B.2.2) and works out what image/jpeg will
// hold for it.
func (f file) frame(mark byte, off, length int64) (w, h int, decoded int64, err error) {
	if mark > markSOF2 {
		return 0, 0, 0, FormatError{"a lossless or arithmetic-coded JPEG"}
	}
	var b [6 + 3*4]byte
	if length < 6 || f.read(off, b[:min(length, int64(len(b)))]) != nil {
		return 0, 0, 0, broken("the JPEG frame header is cut off")
	}
	comps := int(b[5])
	if b[0] != 8 || comps != 1 && comps != 3 && comps != 4 {
		return 0, 0, 0, FormatError{fmt.Sprintf("a JPEG of %d components, %d bits each", comps, b[0])}
	}
	if length != int64(6+3*comps) {
		return 0, 0, 0, broken("the JPEG frame header has a wrong length")
	}
	h, w = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	if err := checkSize(w, h); err != nil {
		return 0, 0, 0, err
	}
	var samples, hmax, vmax int64 // samples a block of hmax×vmax pixels
	usual := comps != 3 || string(b[10:11]) == string(b[13:14])
	if comps == 3 {
		_, known := ratios[[4]int{int(b[7] >> 4), int(b[7] & 15), int(b[10] >> 4), int(b[10] & 15)}]
		usual = usual && known
	}
	for i := range comps {
		ch, cv := int64(b[7+3*i]>>4), int64(b[7+3*i]&15)
		samples, hmax, vmax = samples+ch*cv, max(hmax, ch), max(vmax, cv)
	}
	if hmax*vmax == 0 {
		return 0, 0, 0, broken("a JPEG of sampling factor 0")
	}
	// The planes are padded to whole blocks.
	area := pad(w, int(8*hmax)) * pad(h, int(8*vmax))
	planes := area * samples / (hmax * vmax)
	if comps == 1 {
		planes = area
	}
	decoded = planes
	if mark == markSOF2 {
		decoded += 4 * planes // image/jpeg keeps all coefficients, as int32
	}
	switch {
	case comps == 4:
		decoded += 8 * area // converted to CMYK, and scaled as RGB
		decoded = max(decoded, 3*planes+4*area)
	case !usual: // see jpegplanes.go
		decoded = max(decoded, 3*planes+4*area)
	case comps == 3 && samples == 3*hmax*vmax:
		decoded += 4 * area // perhaps converted to RGB
	}
	return w, h, decoded, nil
}

func pad(n, unit int) int64 { return int64((n + unit - 1) / unit * unit) }

// walkScans refuses a JPEG of too many passes, and tells what else its markers say. One of
// which only the end marker is missing is whole: what is cut off before that is found by
// who decodes it.
func walkScans(src []byte) (s jpegScans, err error) {
	f := file{bytes.NewReader(src), int64(len(src))}
	off, comps := int64(2), byte(0)
	var missing map[byte]*[64]byte // bits of coefficients that no scan has brought yet
	for scans := 0; ; {
		if scans > 0 && off >= f.size-1 {
			for _, m := range missing {
				if slices.Max(m[:]) > 0 {
					return s, ErrCutOff
				}
			}
			return s, nil
		}
		mark, length, next, err := f.segment(off)
		if err != nil {
			return s, err
		}
		body := src[next-length : next]
		off = next
		switch {
		case mark == markEOI:
			s.end = true
			return s, nil
		case mark == markDRI && len(body) >= 2:
			s.restarts = s.restarts || binary.BigEndian.Uint16(body) > 0
		case mark >= markSOF0 && mark <= markSOF2 && len(body) >= 6:
			comps = body[5]
			if missing = nil; mark == markSOF2 {
				missing = map[byte]*[64]byte{}
				for i := 6; i < len(body); i += 3 {
					missing[body[i]] = (*[64]byte)(bytes.Repeat([]byte{16}, 64))
				}
			}
		case mark == markSOS:
			if n := len(body); missing != nil && n > 3 && body[n-2] < 64 {
				for i := 1; i < n-3; i += 2 {
					for k := body[n-3]; k <= body[n-2] && missing[body[i]] != nil; k++ {
						missing[body[i]][k] = body[n-1] & 15
					}
				}
			}
			s.parted = s.parted || len(body) > 0 && body[0] == 1 && comps > 1
			if scans++; scans > maxScans {
				return s, broken("a JPEG of more than %d scans", maxScans)
			}
			off = afterScan(src, off)
		}
	}
}

// decodeJPEG decodes a JPEG that Inspect let pass.
func decodeJPEG(src []byte) (image.Image, error) {
	scans, err := walkScans(src)
	if err != nil {
		return nil, err
	}
	if !scans.end {
		src = append(src[:len(src):len(src)], 0xff, markEOI)
	}
	var img image.Image
	if scans.other() {
		img, err = decodePlanes(src)
	} else {
		img, err = jpeg.Decode(bytes.NewReader(src))
		if errors.As(err, new(jpeg.UnsupportedError)) {
			img, err = decodePlanes(src)
		}
	}
	if err != nil && !scans.end {
		err = io.ErrUnexpectedEOF
	}
	return img, err
}

// afterScan returns where the entropy-coded data that begins at off ends: at
// the next marker other than a restart (T.81, B.1.1.5).
func afterScan(src []byte, off int64) int64 {
	for ; off+1 < int64(len(src)); off++ {
		if next := src[off+1]; src[off] == 0xff && next != 0 && next != 0xff &&
			(next < markRST0 || next >= markRST0+8) {
			return off
		}
	}
	return int64(len(src))
}
