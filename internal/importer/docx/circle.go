package docx

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// enclosed is the field of 带圈字符: EQ \o\ac(○,1), the enclosure first. circleNumber is what
// Word makes of a number shown in the form ①②③ (= 1 \* GB3), fraction EQ \f(1,2).
var (
	enclosed     = regexp.MustCompile(`(?i)^\s*EQ\s+\\o\s*\\ac\s*\(\s*([○〇◯□△◇])\s*[,;，]\s*(?:\\s\\(?:up|do)\s*-?[\d.]*\s*\()?([^(),;\\]{1,4})\)+\s*$`)
	circleNumber = regexp.MustCompile(`(?i)^\s*=\s*(\d{1,2})\s*\\\*\s*GB3\b`)
	fraction     = regexp.MustCompile(`(?i)^\s*EQ\s+\\f\s*\(\s*([^(),;\\]{1,20}?)\s*[,;，]\s*([^(),;\\]{1,20}?)\s*\)\s*$`)
)

// circledHan are the ideographs that Unicode has in circles (U+3280 to U+32B0), in order.
const circledHan = "一二三四五六七八九十月火水木金土日株有社名特財祝労秘男女適優印注項休写正上中下左右医宗学監企資協夜"

// circled is a character in a circle where Unicode has it, else in brackets. Other
// enclosures have so few that all are written in brackets.
func circled(around, word string) string {
	word = strings.TrimSpace(word)
	if !strings.Contains("○〇◯", around) {
		return "（" + word + "）"
	}
	if n, err := strconv.Atoi(word); err == nil {
		switch {
		case n == 0:
			return "⓪"
		case n >= 1 && n <= 20:
			return string(rune('①' + n - 1))
		case n >= 21 && n <= 35:
			return string(rune('㉑' + n - 21))
		case n >= 36 && n <= 50:
			return string(rune('㊱' + n - 36))
		}
	}
	r, size := utf8.DecodeRuneInString(word)
	if size == len(word) {
		switch i := strings.IndexRune(circledHan, r); {
		case r >= 'A' && r <= 'Z':
			return string('Ⓐ' + r - 'A')
		case r >= 'a' && r <= 'z':
			return string('ⓐ' + r - 'a')
		case i >= 0:
			return string(rune(0x3280 + i/3)) // each is three bytes long
		}
	}
	return "（" + word + "）"
}
