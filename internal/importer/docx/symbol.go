package docx

import (
	"strconv"
	"strings"

	"mingdeng/internal/importer/symbols"
)

// symbolFont names the symbol font that characters below U+0100 have, "" where it is a
// font of letters or the theme's.
func symbolFont(rFonts *node) string {
	for _, of := range []string{"ascii", "hAnsi"} {
		if font := symbols.Font(rFonts.attr(of)); font != "" && rFonts.attr(of+"Theme") == "" {
			return font
		}
	}
	return ""
}

// symbol finds the character of a w:sym; one without a font has the run's, or is taken
// for one of Wingdings.
func symbol(k *node, font string) string {
	code, err := strconv.ParseUint(k.attr("char"), 16, 32)
	if err != nil {
		return ""
	}
	if own := strings.ToLower(k.attr("font")); own != "" {
		font = own
	} else if font == "" {
		font = "wingdings"
	}
	return symbols.Char(font, rune(code))
}
