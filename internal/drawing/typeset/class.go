package typeset

import (
	"strings"
	"unicode"
)

// class is what the rules ask about a character.
type class uint8

const (
	ideograph class = iota // Han, kana, full-width letters, symbols: breaks on both sides
	opening                // （《「『“‘【〔〈［｛
	closing                // their counterparts
	stop                   // 、，；：。！？: as closing, but never beside a bar
	dot                    // · between names
	dash                   // —
	ellipsis               // …
	joiner                 // ～ and –, between two ends of a range: not at a line's start
	slash                  // ／
	letter                 // Latin, Greek, Cyrillic
	digit                  // 0-9
	sign                   // other marks of Latin text
	space
	glue // no width, no break: U+00A0 (which has width), U+2060, U+FEFF
)

func classify(r rune) class {
	switch r {
	case ' ', '\t', '\r', '\u3000', '\u200B', '\u2002', '\u2003':
		return space
	case '\u00A0', '\u2060', '\uFEFF', '\u202F':
		return glue
	case '（', '《', '「', '『', '“', '‘', '【', '〔', '〈', '［', '｛', '〖':
		return opening
	case '）', '》', '」', '』', '”', '’', '】', '〕', '〉', '］', '｝', '〗':
		return closing
	case '、', '，', '；', '：', '。', '！', '？', '．':
		return stop
	case '·', '・', '•', '‧':
		return dot
	case '—', '―', '⸺':
		return dash
	case '…', '⋯':
		return ellipsis
	case '～', '–', '〜':
		return joiner
	case '／':
		return slash
	}
	switch {
	case '0' <= r && r <= '9':
		return digit
	case r < 0x80:
		if unicode.IsLetter(r) {
			return letter
		}
		return sign
	case r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsMark(r)):
		return letter
	case r < 0x2000 && unicode.IsPunct(r):
		return sign
	}
	return ideograph
}

// blank reports characters that are set without ink and need no glyph.
func blank(r rune) bool {
	c := classify(r)
	return c == space || c == glue || r == '\n'
}

func (c class) latin() bool { return c == letter || c == digit || c == sign }

// mark reports the classes that are squeezed beside each other.
func (c class) mark() bool { return c == opening || c == closing || c == stop }

// notFirst and notLast are the forbidden places of single characters.
func notFirst(r rune, c class) bool {
	switch c {
	case closing, stop, dot, dash, ellipsis, joiner, slash:
		return true
	case sign:
		return strings.ContainsRune(`,.;:!?)]}%'"`, r)
	}
	return r == '％' || r == '‰' || r == '℃' || r == '々'
}

func notLast(r rune, c class) bool {
	switch c {
	case opening, slash:
		return true
	case sign:
		return strings.ContainsRune(`([{$#@'"`, r)
	}
	return r == '￥' || r == '№' || r == '¥' || r == '£' || r == '€'
}
