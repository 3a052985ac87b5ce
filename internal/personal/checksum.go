package personal

import (
	"time"
)

var provinces = func() (out [100]bool) {
	for _, n := range []int{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91} {
		out[n] = true
	}
	return out
}()

func province(s string) bool {
	return s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' && provinces[(s[0]-'0')*10+s[1]-'0']
}

// born tells whether eight digits are a day of some years.
func born(s string, first, last int) bool {
	t, err := time.Parse("20060102", s)
	return err == nil && t.Year() >= first && t.Year() <= last
}

// checked tells whether the check character of a number of identity is right (ISO 7064,
// MOD 11-2).
func checked(s string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11] == s[17]
}

// organisation tells whether 18 digits are an organisation's 统一社会信用代码 with a true
// check character (GB 32100-2015).
func organisation(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum, w := 0, 1
	for i := range 17 {
		sum += int(s[i]-'0') * w
		w = w * 3 % 31
	}
	return (31-sum%31)%31 == int(s[17]-'0')
}

// cardPrefix tells the issuers whose cards are used in China: UnionPay 62, and the
// older 4, 5 and 9 ranges.
func cardPrefix(s string) bool {
	return s[:2] == "62" || s[0] == '4' || s[0] == '5' || s[0] == '9' && s[1] >= '5' && s[1] <= '8'
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i]) - '0'
		if d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
