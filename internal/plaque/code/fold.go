package code

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Fold turns what people type into the characters of codes: full-width letters
// and digits into plain ones, lower case into capitals, O into 0, I and L into 1,
// and U into V: no code has a U, and on stone a V often stands for one. Spaces,
// hyphens of all kinds and the invisible characters that copying brings along are
// dropped. Everything else stays, so that [Valid] can refuse it.
func Fold(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.In(r, unicode.Pd, unicode.Cf), r == '−', r == '_', r == '·', r == 'ー':
			return -1
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		case 'U':
			return 'V'
		}
		return r
	}, width.Fold.String(typed))
}
