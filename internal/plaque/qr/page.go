package qr

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// pageMask is the pattern laid over the symbols of pages. The standard takes the best of
// eight, which is most of the work; any of them may be used (ISO/IEC 18004:2015 §7.8), and
// on paper in the hand none is hard to read.
const pageMask = 3

// EncodePage makes the symbol of a page's address for paper that is read in the hand: at
// level M, as small as that allows, and in a twentieth of the time that [Encode] takes, since
// every page of a site has one. What hangs in the rain is made by Encode.
func EncodePage(address string) (*Symbol, error) {
	version, words, err := pageWords(address)
	if err != nil {
		return nil, fmt.Errorf("encode %q: %w", address, err)
	}
	l, err := layouts[version.GetVersionNumber()]()
	if err != nil {
		return nil, fmt.Errorf("encode %q: %w", address, err)
	}
	s := &Symbol{Text: address, Version: version.GetVersionNumber(), Size: version.GetDimensionForVersion(), dark: slices.Clone(l.blank)}
	for i, seat := range l.seats {
		if words[i/8]&(0x80>>(i%8)) != 0 {
			s.dark[seat] = !s.dark[seat]
		}
	}
	return s, nil
}

// layout is where the bits of a version's codewords lie under pageMask.
type layout struct {
	blank []bool   // the modules, row by row, of a symbol whose words are all zero
	seats []uint16 // of each bit: the module that it turns over
}

// layouts of all versions, each made when it is first needed.
var layouts = func() (list [41]func() (*layout, error)) {
	for number := 1; number < len(list); number++ {
		list[number] = sync.OnceValues(func() (*layout, error) { return newLayout(number) })
	}
	return
}()

// newLayout asks the library: it lays out words that hold at every bit the first binary
// digit of the bit's own number, then the second, and so on.
func newLayout(number int) (*layout, error) {
	version, err := decoder.Version_GetVersionForNumber(number)
	if err != nil {
		return nil, err
	}
	n, size := 8*version.GetTotalCodewords(), version.GetDimensionForVersion()
	lay := func(dark func(bit int) bool) ([]bool, error) {
		bits := gozxing.NewEmptyBitArray()
		for i := range n {
			bits.AppendBit(dark(i))
		}
		m := encoder.NewByteMatrix(size, size)
		if err := encoder.MatrixUtil_buildMatrix(bits, pageLevel, version, pageMask, m); err != nil {
			return nil, err
		}
		modules := make([]bool, 0, size*size)
		for y := range size {
			for x := range size {
				modules = append(modules, m.Get(x, y) == 1)
			}
		}
		return modules, nil
	}
	l := &layout{seats: make([]uint16, n)}
	if l.blank, err = lay(func(int) bool { return false }); err != nil {
		return nil, err
	}
	full, err := lay(func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	at := make([]int, size*size)
	for digit := 1; digit < n; digit <<= 1 {
		modules, err := lay(func(bit int) bool { return bit&digit != 0 })
		if err != nil {
			return nil, err
		}
		for seat := range modules {
			if modules[seat] != l.blank[seat] {
				at[seat] |= digit
			}
		}
	}
	for seat := range full {
		if full[seat] != l.blank[seat] {
			l.seats[at[seat]] = uint16(seat)
		}
	}
	return l, nil
}

const pageLevel = decoder.ErrorCorrectionLevel_M

// pageWords are the codewords of a text in byte mode, in the order in which they are laid
// (ISO/IEC 18004:2015 §7.4.5, 7.4.10, 7.5, 7.6), and the version that holds them. The
// library does the same with a polynomial object for every step of every division.
func pageWords(text string) (*decoder.Version, []byte, error) {
	for number := 1; number <= 40; number++ {
		version, err := decoder.Version_GetVersionForNumber(number)
		if err != nil {
			return nil, nil, err
		}
		blocks := version.GetECBlocksForLevel(pageLevel)
		room := version.GetTotalCodewords() - blocks.GetTotalECCodewords()
		countBits := 8
		if number >= 10 {
			countBits = 16
		}
		if (4+countBits+8*len(text)+7)/8 > room {
			continue
		}
		data := make([]byte, 0, room+2)
		if countBits == 8 { // mode 0100, then the count, then the text, all moved by half a byte
			data = append(data, 0x40|byte(len(text)>>4))
		} else {
			data = append(data, 0x40|byte(len(text)>>12), byte(len(text)>>4))
		}
		half := byte(len(text)) << 4
		for i := range len(text) {
			data = append(data, half|text[i]>>4)
			half = text[i] << 4
		}
		data = append(data, half) // with the terminator 0000
		for pad := byte(0xec); len(data) < room; pad ^= 0xec ^ 0x11 {
			data = append(data, pad)
		}
		return version, interleave(data, blocks), nil
	}
	return nil, nil, errors.New("it fits no symbol")
}

// interleave parts the data into blocks, adds what corrects errors to each, and takes the
// first word of every block, then the second, and so on.
func interleave(data []byte, blocks *decoder.ECBlocks) []byte {
	n := blocks.GetECCodewordsPerBlock()
	g := generators[n]()
	var parts, checks [][]byte
	for _, b := range blocks.GetECBlocks() {
		for range b.GetCount() {
			part := data[:b.GetDataCodewords()]
			data = data[len(part):]
			parts, checks = append(parts, part), append(checks, remainder(part, g))
		}
	}
	var out []byte
	for i := range parts[len(parts)-1] { // later blocks are the longer ones
		for _, p := range parts {
			if i < len(p) {
				out = append(out, p[i])
			}
		}
	}
	for i := range n {
		for _, c := range checks {
			out = append(out, c[i])
		}
	}
	return out
}

// The field GF(256) of QR codes: powers of 2 modulo x⁸+x⁴+x³+x²+1, twice over, and their
// logarithms.
var power, logarithm = func() (power [510]byte, log [256]int) {
	x := 1
	for i := range 255 {
		power[i], power[i+255], log[x] = byte(x), byte(x), i
		if x <<= 1; x > 255 {
			x ^= 0x11d
		}
	}
	return
}()

// generators of all degrees that blocks have, each made when it is first needed.
var generators = func() (list [31]func() []byte) {
	for n := 1; n < len(list); n++ {
		list[n] = sync.OnceValue(func() []byte { return generator(n) })
	}
	return
}()

// generator is the polynomial (x-1)(x-2)(x-4)… of degree n without its leading 1, the
// highest power first.
func generator(n int) []byte {
	g := make([]byte, n)
	g[n-1] = 1
	for i := range n {
		for j := range g {
			g[j] = times(g[j], i)
			if j+1 < n {
				g[j] ^= g[j+1]
			}
		}
	}
	return g
}

// times is a multiplied by 2 to the i-th power.
func times(a byte, i int) byte {
	if a == 0 {
		return 0
	}
	return power[logarithm[a]+i]
}

// remainder is that of the data, moved up by the degree of g, divided by g.
func remainder(data, g []byte) []byte {
	r := make([]byte, len(g))
	for _, d := range data {
		lead := d ^ r[0]
		copy(r, r[1:])
		r[len(r)-1] = 0
		if lead == 0 {
			continue
		}
		for i, c := range g {
			r[i] ^= times(c, logarithm[lead])
		}
	}
	return r
}

// Strokes returns the dark modules as an SVG path to be stroked, a unit wide: a stretch
// for every run of a row, the middle of the first row on the x axis. It is the shortest
// way to write a symbol into a page.
func (s *Symbol) Strokes() string {
	b := make([]byte, 0, 2048)
	for y := range s.Size {
		row := s.dark[y*s.Size : (y+1)*s.Size]
		at := -1 // where the pen is in this row
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			run := 1
			for x+run < len(row) && row[x+run] {
				run++
			}
			if at < 0 {
				b = strconv.AppendInt(append(b, 'M'), int64(x), 10)
				b = strconv.AppendInt(append(b, ' '), int64(y), 10)
			} else {
				b = strconv.AppendInt(append(b, 'm'), int64(x-at), 10)
				b = append(b, " 0"...)
			}
			b = strconv.AppendInt(append(b, 'h'), int64(run), 10)
			at = x + run
			x = at
		}
	}
	return string(b)
}
