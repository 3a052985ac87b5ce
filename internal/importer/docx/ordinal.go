package docx

import (
	"strconv"
	"strings"
)

// ordinal writes a number in one of Word's formats (ST_NumberFormat); those not
// listed come as digits.
func ordinal(n int, format string) string {
	pick := func(s string) string {
		if r := []rune(s); n >= 1 && n <= len(r) {
			return string(r[n-1])
		}
		return strconv.Itoa(n)
	}
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital":
		return chinese(n, "零一二三四五六七八九", "十百千")
	case "chineseLegalSimplified", "ideographLegalTraditional":
		return chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return pick("子丑寅卯辰巳午未申酉戌亥")
	case "upperLetter":
		return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case "lowerLetter":
		return pick("abcdefghijklmnopqrstuvwxyz")
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

func chinese(n int, digits, units string) string {
	d, u := []rune(digits), []rune(units)
	if n < 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	if n < 10 {
		return string(d[n])
	}
	s := strconv.Itoa(n)
	out, gap := "", false
	for i, c := range []byte(s) {
		v, place := int(c-'0'), len(s)-1-i
		if v == 0 {
			gap = true
			continue
		}
		if gap {
			out += string(d[0])
			gap = false
		}
		if !(v == 1 && place == 1 && i == 0) {
			out += string(d[v])
		}
		if place > 0 {
			out += string(u[place-1])
		}
	}
	return out
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	out := ""
	for _, x := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= x.v {
			out, n = out+x.s, n-x.v
		}
	}
	return out
}
