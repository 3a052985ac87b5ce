package pages

import (
	"regexp"
	"strings"
)

var (
	parted    = regexp.MustCompile(`\s*[、，,；;/或]\s*`)
	extension = regexp.MustCompile(`^(.*\d.*?)(?:转|轉|ext\.?|x)\s*(\d+)\D*$`)
)

// telephones parts what an editor wrote for a telephone, which may be several numbers, and
// makes of each what a link dials (RFC 3966); an extension is dialled after a pause. What has
// fewer than three digits or more than the 15 of E.164 stays words.
func telephones(text string) []Phone {
	var out []Phone
	for _, one := range parted.Split(strings.TrimSpace(text), -1) {
		if one == "" {
			continue
		}
		number, then := one, ""
		if m := extension.FindStringSubmatch(one); m != nil {
			number, then = m[1], ","+m[2]
		}
		l := Phone{Text: one}
		if d := digits(number); len(d) >= 3 && len(d) <= 15 {
			if strings.HasPrefix(strings.TrimSpace(number), "+") {
				d = "+" + d
			}
			l.Dial = d + then
		}
		out = append(out, l)
	}
	return out
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
