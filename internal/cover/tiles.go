package cover

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
)

// A JPEG may be cut into stretches none of which needs another to be read: restart
// intervals (ITU-T T.81, B.2.4.4). Here each is a tile of the cover, encoded by itself, so
// that what two covers have alike is encoded once. Every restart costs some bytes: tiles
// this wide 3 % of a cover, half as wide 6 %, and save no more time.
const (
	tileWidth  = 320 // divides Width, as intervals are all of one length
	tileHeight = 16  // of an MCU with chroma halved both ways, which is what image/jpeg writes
)

// quality is a JPEG's; type wants a little more than photographs.
const quality = 88

// across is how many tiles lie side by side.
const across = Width / tileWidth

// tiles is how many tiles a cover has.
func tiles(high int) int { return across * ((high + tileHeight - 1) / tileHeight) }

// tileOf is the nth tile of a cover, counted along the rows.
func tileOf(n, high int) image.Rectangle {
	x, y := n%across*tileWidth, n/across*tileHeight
	return image.Rect(x, y, x+tileWidth, min(y+tileHeight, high))
}

// encoder encodes tiles.
type encoder struct {
	to  bytes.Buffer
	buf *bufio.Writer
}

// tile encodes a part of img. head is what a JPEG of it would begin with, scan the coded
// pixels; both hold until the next tile.
func (e *encoder) tile(img *image.RGBA, part image.Rectangle) (head, scan []byte, err error) {
	e.to.Reset()
	if e.buf == nil {
		e.buf = bufio.NewWriter(nil)
	}
	e.buf.Reset(&e.to)
	if err := jpeg.Encode(e.buf, img.SubImage(part), &jpeg.Options{Quality: quality}); err != nil {
		return nil, nil, err
	}
	b := e.to.Bytes()
	n := 2
	for b[n+1] != sos {
		n = next(b, n)
	}
	n = next(b, n)
	return b[:n], b[n : len(b)-2], nil
}

// Markers of a JPEG, and the one that ends it.
const (
	sof0 = 0xC0
	rst0 = 0xD0
	sos  = 0xDA
	dri  = 0xDD
	eoi  = 0xD9
)

// next is where the segment after that at n begins.
func next(b []byte, n int) int { return n + 2 + int(binary.BigEndian.Uint16(b[n+2:])) }

// heading makes the head of a whole cover out of that of a tile.
func heading(tile []byte, high int) []byte {
	b := bytes.Clone(tile[:2])
	for n := 2; n < len(tile); n = next(tile, n) {
		if tile[n+1] == sos {
			b = append(b, 0xFF, dri, 0, 4)
			b = binary.BigEndian.AppendUint16(b, tileWidth/16)
		}
		b = append(b, tile[n:next(tile, n)]...)
		if tile[n+1] == sof0 {
			at := b[len(b)-(next(tile, n)-n):]
			binary.BigEndian.PutUint16(at[5:], uint16(high))
			binary.BigEndian.PutUint16(at[7:], Width)
		}
	}
	return b
}

// join makes a JPEG of a head and all tiles.
func join(head []byte, tiles [][]byte) []byte {
	n := len(head)
	for _, t := range tiles {
		n += len(t) + 2
	}
	b := append(make([]byte, 0, n), head...)
	for i, t := range tiles {
		if i > 0 {
			b = append(b, 0xFF, byte(rst0+(i-1)%8))
		}
		b = append(b, t...)
	}
	return append(b, 0xFF, eoi)
}

// alike tells whether a shows from a point on what b shows in an area.
func alike(a *image.RGBA, from image.Point, b *image.RGBA, area image.Rectangle) bool {
	for y := range area.Dy() {
		i, j, n := a.PixOffset(from.X, from.Y+y), b.PixOffset(area.Min.X, area.Min.Y+y), 4*area.Dx()
		if !bytes.Equal(a.Pix[i:i+n], b.Pix[j:j+n]) {
			return false
		}
	}
	return true
}
