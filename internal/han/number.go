package han

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Number reads a whole number below 10,000 written in digits or in Chinese
// numerals: 2, ２, 二, 十二, 二十一, 一百零三, 二〇二三.
func Number(s string) (n int, ok bool) {
	s = width.Fold.String(strings.TrimSpace(s))
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n, n < 10000
	}
	digits := []rune("〇一二三四五六七八九")
	total, digit, positional := 0, -1, 0
	units := false
	for _, r := range s {
		if r == '零' {
			r = '〇'
		}
		if r == '两' {
			r = '二'
		}
		unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		if unit != 0 {
			if digit < 0 {
				digit = 1
			}
			total += digit * unit
			digit, units = 0, true
			continue
		}
		d := -1
		for i, x := range digits {
			if r == x {
				d = i
			}
		}
		if d < 0 {
			return 0, false
		}
		digit = d
		positional = positional*10 + d
	}
	switch {
	case s == "":
		return 0, false
	case !units:
		return positional, positional < 10000
	case digit > 0:
		total += digit
	}
	return total, total < 10000
}
