package fold

import "unicode"

// Script is a way to write digits. People use one way in one number.
type Script uint8

// The ways.
const (
	NoDigit Script = iota
	Figure         // 0 to 9, also full-width or of another script
	Ornate         // circled, bracketed, raised, lowered, with a full stop
	Chinese        // 〇一二 and 零壹贰
)

// chinese are the Chinese digits; 幺 is said for 一.
var chinese = func() map[rune]byte {
	out := map[rune]byte{}
	for v, forms := range [10]string{"〇零○◯", "一壹壱弌幺", "二贰貳弍兩", "三叁參叄弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"} {
		for _, r := range forms {
			out[r] = byte(v)
		}
	}
	return out
}()

// Digit returns the value of a digit, in whatever way it is written.
func Digit(r rune) (value byte, s Script) {
	switch {
	case r < '0':
		return 0, NoDigit
	case r <= '9':
		return byte(r - '0'), Figure
	case r < 0xb2:
		return 0, NoDigit
	case r >= 0xff10 && r <= 0xff19:
		return byte(r - 0xff10), Figure
	case r >= 0x3400 && r <= 0x9fff || r == '〇' || r == '○' || r == '◯':
		if v, ok := chinese[r]; ok {
			return v, Chinese
		}
		return 0, NoDigit
	case unicode.Is(unicode.Nd, r):
		// The digits of a script lie together, and Unicode's mathematical ones in five
		// rows of ten: their compatibility forms are plain.
		if b := AppendBase(nil, r); len(b) == 1 && b[0] >= '0' && b[0] <= '9' {
			return byte(b[0] - '0'), Figure
		}
		zero := r
		for n := 0; n < 9 && unicode.Is(unicode.Nd, zero-1); n++ {
			zero--
		}
		return byte(r - zero), Figure
	}
	switch {
	case r >= 0x2776 && r <= 0x2793 && (r-0x2776)%10 < 9: // ❶ ➀ ➊, which have no other form
		return byte((r-0x2776)%10 + 1), Ornate
	case r >= 0x24f5 && r <= 0x24fd:
		return byte(r - 0x24f5 + 1), Ornate
	case r == 0x24ff, r == 0x1f10b, r == 0x1f10c:
		return 0, Ornate
	case r >= 0x3021 && r <= 0x3029: // 〡 to 〩, of Suzhou
		return byte(r - 0x3021 + 1), Chinese
	}
	if !unicode.IsNumber(r) && !(r >= 0x2e80 && r <= 0x31e3) && r < 0xf900 {
		return 0, NoDigit
	}
	var buf [8]rune
	b := AppendBase(buf[:0], r)
	if len(b) == 2 && (b[1] == '.' || b[1] == ',') { // ⒈ 🄂
		b = b[:1]
	}
	if len(b) != 1 || b[0] == r {
		return 0, NoDigit
	}
	switch v, s := Digit(b[0]); s {
	case Figure:
		return v, Ornate
	default:
		return v, s
	}
}
