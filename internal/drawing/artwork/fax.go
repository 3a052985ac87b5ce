package artwork

import (
	"encoding/binary"
	"math"
	"strings"
)

// groupFour writes a picture of one bit a pixel as TIFF (revision 6.0) with the compression
// of ITU-T T.6. turns gives, for each row, the pixels at which it changes colour, beginning
// with white. (golang.org/x/image reads such a TIFF and writes none.)
func groupFour(w, h int, dpi float64, turns func(y int) []int) []byte {
	const fields = 13
	const strip = 8 + 2 + 12*fields + 4 + 16 // after the directory and two fractions
	b := make([]byte, strip, strip+h/2)
	e := faxEncoder{out: b, width: w}
	for y := range h {
		e.row(turns(y))
	}
	e.put("000000000001000000000001") // end of block
	b = e.end()

	le := binary.LittleEndian
	copy(b, "II*\x00\x08\x00\x00\x00")
	le.PutUint16(b[8:], fields)
	at := 10
	entry := func(tag, kind uint16, value int) {
		le.PutUint16(b[at:], tag)
		le.PutUint16(b[at+2:], kind)
		le.PutUint32(b[at+4:], 1)
		le.PutUint32(b[at+8:], uint32(value))
		at += 12
	}
	const short, long, rational = 3, 4, 5
	entry(256, long, w)
	entry(257, long, h)
	entry(258, short, 1) // a bit a sample
	entry(259, short, 4) // T.6
	entry(262, short, 0) // 0 is white
	entry(266, short, 1) // the first pixel in the highest bit
	entry(273, long, strip)
	entry(277, short, 1)
	entry(278, long, h) // all rows in one strip
	entry(279, long, len(b)-strip)
	entry(282, rational, strip-16)
	entry(283, rational, strip-8)
	entry(296, short, 2) // pixels an inch
	for _, at := range [2]int{strip - 16, strip - 8} {
		le.PutUint32(b[at:], uint32(math.Round(dpi*1000)))
		le.PutUint32(b[at+4:], 1000)
	}
	return b
}

// faxEncoder codes rows by how they differ from the row above.
type faxEncoder struct {
	out   []byte
	bits  byte
	n     int // bits waiting
	width int
	above []int // where the row above changes colour
}

func (e *faxEncoder) put(code string) {
	for i := range len(code) {
		e.bits = e.bits<<1 | code[i]&1
		if e.n++; e.n == 8 {
			e.out = append(e.out, e.bits)
			e.bits, e.n = 0, 0
		}
	}
}

func (e *faxEncoder) end() []byte {
	for e.n > 0 {
		e.put("0")
	}
	return e.out
}

// vertical are the codes for a change that lies up to three pixels left or right of one above.
var vertical = [7]string{"0000010", "000010", "010", "1", "011", "000011", "0000011"}

// row codes one row (T.6, 2.2): by the changes above (vertical), over them (pass), or by the
// lengths of two runs (horizontal).
func (e *faxEncoder) row(turns []int) {
	a0, black := -1, false
	i, j := 0, 0 // of the changes in this row, and above
	change := func(list []int, i int) int {
		if i < len(list) {
			return list[i]
		}
		return e.width
	}
	for a0 < e.width {
		a1 := change(turns, i)
		// b1 is the first change above, right of a0, to the colour opposite to a0's.
		for j > 0 && change(e.above, j-1) > a0 {
			j--
		}
		for j < len(e.above) && (e.above[j] <= a0 || (j%2 == 1) != black) {
			j++
		}
		b1, b2 := change(e.above, j), change(e.above, j+1)
		switch d := a1 - b1; {
		case b2 < a1:
			e.put("0001")
			a0 = b2
		case -3 <= d && d <= 3:
			e.put(vertical[d+3])
			a0, black = a1, !black
			i++
		default:
			e.put("001")
			a2 := change(turns, i+1)
			e.run(a1-max(a0, 0), black)
			e.run(a2-a1, !black)
			a0 = a2
			i += 2
		}
	}
	e.above = append(e.above[:0], turns...)
}

// run codes a length (T.4, tables 2 and 3).
func (e *faxEncoder) run(n int, black bool) {
	ends, makeUp := whiteEnds, whiteMakeUp
	if black {
		ends, makeUp = blackEnds, blackMakeUp
	}
	for n >= 64*40 {
		e.put(longMakeUp[12])
		n -= 64 * 40
	}
	switch k := n / 64; {
	case k > 27:
		e.put(longMakeUp[k-28])
	case k > 0:
		e.put(makeUp[k-1])
	}
	e.put(ends[n%64])
}

// Codes of ITU-T T.4: ends of runs of 0 to 63 pixels, and what makes up for multiples of 64.
var (
	whiteEnds = strings.Fields("" +
		"00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 " +
		"101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 " +
		"00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010 " +
		"00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100 " +
		"00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100")
	blackEnds = strings.Fields("" +
		"0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000 " +
		"0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 " +
		"00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010 " +
		"000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111 000001101100 " +
		"000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100 " +
		"000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000 " +
		"000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111")
	whiteMakeUp = strings.Fields("" + // 64 to 1728
		"11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 " +
		"011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 " +
		"010011010 011000 010011011")
	blackMakeUp = strings.Fields("" +
		"0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 " +
		"0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 " +
		"0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 " +
		"0000001010101 0000001011010 0000001011011 0000001100100 0000001100101")
	longMakeUp = strings.Fields("" + // 1792 to 2560, of both colours
		"00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110 " +
		"000000010111 000000011100 000000011101 000000011110 000000011111")
)
