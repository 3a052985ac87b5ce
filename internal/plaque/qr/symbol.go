// Package qr makes the QR symbols of plaques and reads symbols back.
//
// # Making
//
// [Address] writes what a symbol holds, [Encode] makes the symbol of a plaque, always at
// level H (30 % of the codewords may be lost; [EncodePage] is for paper), and [Room] says how much longer a host may
// become before the symbol grows. A symbol is drawn in two ways: [Symbol.Outline]
// gives contours for machines that cut, burn, etch or print, in mm; [Symbol.Image]
// gives pixels for screens and proofs. Both leave the quiet zone to the caller or
// say how wide it is: ISO/IEC 18004:2015 §6.3.8 asks for 4 modules on every side,
// in the colour of the light modules.
//
// Dark is what is engraved or printed, light is the panel. Never the other way
// round: most decoders do not read inverted symbols.
//
// # Reading
//
// The decoder is gozxing, a port of ZXing that shares no code with the encoder.
// [Read] and [ReadPure] read as apps on phones do, and so does [ReadsClean], the test that
// a symbol must pass before its code is given out. [ReadAll] is for photos of what hangs
// outside: package photo finds more in them than the port's own search does.
//
// Not here: trials under bad conditions (package proof), codes and their check
// character (package code), what stands around a symbol.
package qr

import (
	"fmt"
	"image"

	"github.com/skip2/go-qrcode"
)

// Quiet is the width of the quiet zone, modules (ISO/IEC 18004:2015 §6.3.8).
const Quiet = 4

// Symbol is one QR symbol without its quiet zone.
type Symbol struct {
	Text    string // what it holds
	Version int    // 1 to 40
	Size    int    // modules a side: 17 + 4·Version
	dark    []bool // by rows
}

// Encode makes the symbol of a text at level H. The smallest version that holds the
// text is taken; the library mixes numeric, alphanumeric and byte segments to reach
// it. A text that fits no version is an error.
func Encode(text string) (*Symbol, error) {
	// The library's Highest is level H; its High is only Q.
	q, err := qrcode.New(text, qrcode.Highest)
	if err != nil {
		return nil, fmt.Errorf("encode %q: %w", text, err)
	}
	q.DisableBorder = true // before the first Bitmap, or it has no effect
	rows := q.Bitmap()
	s := &Symbol{Text: text, Version: q.VersionNumber, Size: len(rows), dark: make([]bool, 0, len(rows)*len(rows))}
	for _, row := range rows {
		s.dark = append(s.dark, row...)
	}
	return s, nil
}

// At reports whether the module in column x and row y is dark. There is nothing but
// light around a symbol.
func (s *Symbol) At(x, y int) bool {
	return x >= 0 && y >= 0 && x < s.Size && y < s.Size && s.dark[y*s.Size+x]
}

// Image draws the symbol in black on white, px pixels a module, with a quiet zone of
// so many modules on every side.
func (s *Symbol) Image(px, quiet int) *image.Gray {
	side := (s.Size + 2*quiet) * px
	img := image.NewGray(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range s.Size {
		top := (y + quiet) * px
		first := img.Pix[top*img.Stride : (top+1)*img.Stride]
		for x := range s.Size {
			if s.At(x, y) {
				clear(first[(x+quiet)*px : (x+quiet+1)*px])
			}
		}
		for row := top + 1; row < top+px; row++ {
			copy(img.Pix[row*img.Stride:], first)
		}
	}
	return img
}

// versionOf returns the version a text needs, without drawing it.
func versionOf(text string) (int, error) {
	q, err := qrcode.New(text, qrcode.Highest)
	if err != nil {
		return 0, fmt.Errorf("encode %q: %w", text, err)
	}
	return q.VersionNumber, nil
}
