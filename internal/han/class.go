package han

import (
	"unicode"

	"golang.org/x/text/width"
)

// Is reports whether r is a Chinese character: Unicode's script Han (with 々,
// 〇 and the radicals) and all of planes 2 and 3, which Unicode keeps for
// ideographs, so that extensions newer than the Go tables count as well.
func Is(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case 0x4E00 <= r && r <= 0x9FFF:
		return true
	case 0x20000 <= r && r <= 0x3FFFD:
		return true
	}
	return unicode.Is(unicode.Han, r)
}

// Wide reports whether r takes two cells of a terminal: East Asian Width W or
// F (UAX #11). Ambiguous characters, “ ” … — among them, count as narrow.
func Wide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case 0x4E00 <= r && r <= 0x9FFF, 0x20000 <= r && r <= 0x3FFFD:
		return true
	}
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}
