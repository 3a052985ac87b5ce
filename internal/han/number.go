package han

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

var numerals = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'十': 10, '百': 100, '千': 1000,
}

// Number reads a whole number below 10,000 written in digits or in Chinese
// numerals: 2, ２, 二, 十二, 二十一, 一百零三, 二〇二三.
func Number(s string) (n int, ok bool) {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, func(r rune) bool { return r >= '０' && r <= '９' }) {
		s = width.Fold.String(s)
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n, n < 10000
	}
	total, digit, positional := 0, -1, 0
	units := false
	for _, r := range s {
		if unit := numerals[r]; unit >= 10 {
			if digit < 0 {
				digit = 1
			}
			total += digit * unit
			digit, units = 0, true
			continue
		}
		d, ok := numerals[r]
		if !ok {
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
