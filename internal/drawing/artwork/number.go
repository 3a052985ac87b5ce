package artwork

import (
	"math"
	"strconv"

	"mingdeng/internal/drawing/shape"
)

// micron is a coordinate in whole micrometres: all backends write the same ones.
func micron(mm float64) int64 { return int64(math.Round(mm * 1000)) }

// appendMicron writes micrometres as millimetres, as short as they can be: 12.5, -.003.
func appendMicron(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	whole, part := v/1000, v%1000
	if whole > 0 || part == 0 {
		b = strconv.AppendInt(b, whole, 10)
	}
	if part == 0 {
		return b
	}
	b = append(b, '.', byte('0'+part/100))
	if part%100 != 0 {
		b = append(b, byte('0'+part/10%10))
	}
	if part%10 != 0 {
		b = append(b, byte('0'+part%10))
	}
	return b
}

// appendMM writes a length.
func appendMM(b []byte, mm float64) []byte { return appendMicron(b, micron(mm)) }

// appendPair writes a point as PDF has it: x, blank, y, blank.
func appendPair(b []byte, p shape.Point) []byte {
	b = append(appendMM(b, p.X), ' ')
	return append(appendMM(b, p.Y), ' ')
}
