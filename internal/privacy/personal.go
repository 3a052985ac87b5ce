package privacy

import (
	"strconv"
	"time"
	"unicode/utf8"

	"mingdeng/internal/diag"
)

// Kind is a kind of personal data that has no place on a public page.
type Kind string

// The kinds looked for.
const (
	IDNumber Kind = "id"     // 公民身份号码, 18 characters
	Mobile   Kind = "mobile" // 手机号码, 11 digits
	BankCard Kind = "card"   // 银行卡号, 16 to 19 digits
)

// Personal is personal data found in a text.
type Personal struct {
	Kind Kind
	Text string   // with its middle hidden: messages are read by others too
	Pos  diag.Pos // of its first character
}

// FindPersonal looks for numbers that identify a person: citizen identity numbers with
// a true check character and a real birthday (GB 11643-1999), mobile numbers (11 digits
// from 13 to 19), bank cards (16 to 19 digits that satisfy Luhn's sum, ISO/IEC 7812-1,
// and begin as cards in China do). Digits may be parted by single spaces or hyphens.
func FindPersonal(text []byte) []Personal {
	var out []Personal
	line, col := 1, 1
	for i := 0; i < len(text); {
		c := text[i]
		if c < '0' || c > '9' {
			_, size := utf8.DecodeRune(text[i:])
			if i += size; c == '\n' {
				line, col = line+1, 1
			} else {
				col++
			}
			continue
		}
		number, width := run(text[i:])
		if k := kindOf(number); k != "" && (i == 0 || !partOfWord(text[i-1])) {
			out = append(out, Personal{k, hide(number), diag.Pos{Line: line, Col: col}})
		}
		i += width
		col += width
	}
	return out
}

// run reads a number with single spaces or hyphens between its digits, as people write
// them, and returns its digits (and a last X) and its width in bytes.
func run(b []byte) (digits string, width int) {
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c >= '0' && c <= '9':
			digits += string(c)
			width = i + 1
		case (c == 'X' || c == 'x') && len(digits) == 17:
			return digits + "X", i + 1
		case (c == ' ' || c == '-') && i > 0 && b[i-1] >= '0' && b[i-1] <= '9' && i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9':
		default:
			return digits, width
		}
	}
	return digits, width
}

func partOfWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.' || c == '/' || c == '='
}

func kindOf(s string) Kind {
	switch {
	case len(s) == 18 && validID(s):
		return IDNumber
	case len(s) == 11 && s[0] == '1' && s[1] >= '3':
		return Mobile
	case len(s) >= 16 && len(s) <= 19 && cardPrefix(s) && luhn(s):
		return BankCard
	}
	return ""
}

// validID checks the birthday and the check character (ISO 7064 MOD 11-2).
func validID(s string) bool {
	if _, err := time.Parse("20060102", s[6:14]); err != nil || s[6] != '1' && s[6] != '2' || s[0] == '0' {
		return false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11] == s[17]
}

// cardPrefix tells the issuers whose cards are used in China: UnionPay 62, and the
// older 4, 5 and 9 ranges.
func cardPrefix(s string) bool {
	two, err := strconv.Atoi(s[:2])
	return err == nil && (two == 62 || two >= 40 && two <= 59 || two >= 95 && two <= 98)
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		c := s[len(s)-1-i]
		if c < '0' || c > '9' {
			return false
		}
		d := int(c - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// hide keeps three characters in front and two behind.
func hide(s string) string { return s[:3] + "…" + s[len(s)-2:] }
