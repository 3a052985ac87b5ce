// Package symbols reads text that stands in a font of symbols, where a character is drawn as
// another one: an R in Wingdings 2 is a ticked box, and the usual way to tick one in WPS.
package symbols

import "strings"

// fonts are the characters that fonts draw in the places of other ones. The sources are the
// mappings of the Unicode proposal L2/11-052 and the Symbol encoding of the PDF Reference,
// annex D; of the dingbats, what forms and articles use.
var fonts = map[string]map[rune]string{
	"wingdings": {
		0xfc: "✓", 0xfb: "✗", 0xfe: "☑", 0xfd: "☒", 0xa8: "□", 0x6f: "□", 0x71: "□", 0x6c: "●", 0x6e: "■",
		0xd8: "➢", 0xe0: "→", 0x28: "☎", 0x2a: "✉", 0x76: "❖", 0xb7: "•", 0x75: "◆", 0xab: "★", 0xa1: "○",
		0xdf: "←", 0xe1: "↑", 0xe2: "↓", 0x9f: "•", 0xa7: "▪", 0x45: "☜", 0x46: "☞", 0x3f: "✍",
		0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8a: "⑩",
	},
	"wingdings 2": {
		0x4f: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xa3: "□",
		0x6a: "①", 0x6b: "②", 0x6c: "③", 0x6d: "④", 0x6e: "⑤", 0x6f: "⑥", 0x70: "⑦", 0x71: "⑧", 0x72: "⑨", 0x73: "⑩",
	},
	"webdings": {0x61: "✓", 0x63: "□", 0x67: "■", 0x6e: "●", 0x72: "✗"},
	"symbol":   symbolEncoding(),
}

func symbolEncoding() map[rune]string {
	t := map[rune]string{
		0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2a: "∗", 0x2d: "−", 0x40: "≅", 0x5b: "[", 0x5d: "]", 0x7b: "{", 0x7c: "|", 0x7d: "}", 0x7e: "∼",
		0xa2: "′", 0xa3: "≤", 0xa5: "∞", 0xab: "↔", 0xac: "←", 0xad: "↑", 0xae: "→", 0xaf: "↓",
		0xb0: "°", 0xb1: "±", 0xb2: "″", 0xb3: "≥", 0xb4: "×", 0xb5: "∝", 0xb6: "∂", 0xb7: "•", 0xb8: "÷", 0xb9: "≠", 0xba: "≡", 0xbb: "≈", 0xbc: "…",
		0xd0: "∠", 0xd6: "√", 0xd7: "⋅", 0xde: "⇒", 0xe5: "∑", 0xf2: "∫",
	}
	for c := rune('!'); c < '@'; c++ { // figures and stops are themselves
		if t[c] == "" {
			t[c] = string(c)
		}
	}
	for at, letters := range map[rune]string{'A': "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 'a': "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"} {
		for _, l := range letters {
			t[at] = string(l)
			at++
		}
	}
	return t
}

// Font is the font of symbols that a name, in any case, means; "" where it is one of letters.
func Font(name string) string {
	if name = strings.ToLower(name); fonts[name] != nil {
		return name
	}
	return ""
}

// Char writes what a font draws for a character, which may stand at its own place or at the
// private one that Word gives it (U+F0xx). What is not known becomes the private character,
// which the importer reports: a letter would say what nobody has written. font is one of
// [Font]; of another the character stays.
func Char(font string, c rune) string {
	place := c
	if c >= 0xf000 && c <= 0xf0ff {
		place = c - 0xf000
	}
	switch s, ok := fonts[font][place]; {
	case ok:
		return s
	case fonts[font] != nil && place > ' ' && place < 0x100 && place != 0xa0:
		return string(0xf000 + place)
	}
	return string(c)
}

// Text writes text that stands in a font, each character as [Char] does.
func Text(font, t string) string {
	if font == "" {
		return t
	}
	var b strings.Builder
	for _, c := range t {
		b.WriteString(Char(font, c))
	}
	return b.String()
}
