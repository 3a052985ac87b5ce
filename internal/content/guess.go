package content

// What a value that cannot be read was probably meant to be. Each guess is shown to the
// editor as a suggestion and taken by nobody else; "" where nothing is sure.

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"mingdeng/internal/date"
	"mingdeng/internal/han"
)

// nearValue is the fixed value a word was meant to be: a misspelling of one, or the
// only one that it is part of.
func nearValue(text string, values []string) string {
	if near := han.Nearest(text, values); near != "" {
		return near
	}
	found := ""
	for _, v := range values {
		if text != "" && (strings.Contains(v, text) || utf8.RuneCountInString(v) > 1 && strings.Contains(text, v)) {
			if found != "" {
				return ""
			}
			found = v
		}
	}
	return found
}

var numberIn = regexp.MustCompile(`^[^0-9.万千百亿-]*([0-9]+(?:\.[0-9]+)?)[^0-9.万千百亿-]*$`)

// mendNumber finds the one number in words such as 第12期, 1968年 or 400 毫米.
func mendNumber(text string, whole bool) string {
	text = width.Fold.String(text)
	if m := numberIn.FindStringSubmatch(strings.ReplaceAll(text, ",", "")); m != nil && !(whole && strings.Contains(m[1], ".")) {
		return m[1]
	}
	bare := strings.Trim(text, "第期届号年人岁 ")
	if n, ok := han.Number(bare); ok && bare != "" {
		return strconv.Itoa(n)
	}
	return ""
}

var (
	compactDate = regexp.MustCompile(`^([12][0-9]{3})([01][0-9])([0-3][0-9])$`)
	dateParts   = regexp.MustCompile(`[0-9]+`)
	dateTail    = regexp.MustCompile(`[^0-9年月日号./\-]+$`)
)

// mendDate is the date that a text was probably meant to be, as far as it is certain:
// of a day that does not exist the month remains.
func mendDate(text string) string {
	s := width.Fold.String(text)
	s = strings.Map(func(r rune) rune {
		switch r {
		case '—', '–', '－', '~', '、', '。', '·', '，', ',':
			return '-'
		case ' ', '\u3000':
			return -1
		}
		return r
	}, s)
	s = dateTail.ReplaceAllString(chineseDigits(s), "")
	if m := compactDate.FindStringSubmatch(s); m != nil {
		s = m[1] + "-" + m[2] + "-" + m[3]
	}
	if d, err := date.Parse(s); err == nil {
		return d.String()
	}
	parts := dateParts.FindAllString(s, 4)
	if len(parts) < 2 || len(parts) > 3 {
		return ""
	}
	var n []int
	for _, p := range parts {
		x, _ := strconv.Atoi(p)
		n = append(n, x)
	}
	if len(n) == 3 && len(parts[0]) <= 2 && len(parts[2]) == 4 { // 14/6/2023
		n[0], n[2] = n[2], n[0]
		if n[1] > 12 || n[2] <= 12 && n[1] <= 12 && n[1] != n[2] {
			if n[1] > 12 {
				n[1], n[2] = n[2], n[1]
			} else {
				n = n[:1] // the day or the month may stand first
			}
		}
	}
	if n[0] < 1000 || n[0] > 9999 {
		return ""
	}
	try := func(format string, args ...any) string {
		s := fmt.Sprintf(format, args...)
		if _, err := date.Parse(s); err != nil {
			return ""
		}
		return s
	}
	if len(n) == 3 {
		if s := try("%d-%02d-%02d", n[0], n[1], n[2]); s != "" {
			return s
		}
		if s := try("%d-%02d-%02d", n[0], n[2], n[1]); s != "" && n[1] > 12 {
			return s
		}
	}
	if len(n) > 1 {
		if s := try("%d-%02d", n[0], n[1]); s != "" {
			return s
		}
	}
	return try("%d", n[0])
}

// chineseDigits writes 二〇二三年六月十四日 as 2023年6月14日.
func chineseDigits(s string) string {
	if !strings.ContainsAny(s, "〇零一二三四五六七八九十") {
		return s
	}
	var b strings.Builder
	for _, unit := range []string{"年", "月", "日"} {
		if unit == "日" {
			s = strings.Replace(s, "号", "日", 1)
		}
		before, after, found := strings.Cut(s, unit)
		if !found {
			break
		}
		n, ok := han.Number(before)
		if !ok {
			return s
		}
		fmt.Fprintf(&b, "%d%s", n, unit)
		s = after
	}
	return b.String() + s
}

// mendURL is the address a text was meant to be, or "".
func mendURL(text string) string {
	s := strings.NewReplacer("：", ":", "／", "/", "。", ".", "．", ".", " ", "", "\u3000", "").Replace(text)
	scheme, rest := "https://", s
	for _, p := range []string{"http", "https"} {
		if after, ok := strings.CutPrefix(strings.ToLower(s), p+":"); ok {
			scheme, rest = p+"://", strings.TrimLeft(s[len(s)-len(after):], "/\\")
		}
	}
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest, "#")
	host, _, _ := strings.Cut(rest, "/")
	if !strings.Contains(host, ".") || strings.ContainsAny(host, "@:\\") {
		return ""
	}
	u, err := url.Parse(scheme + rest)
	if err != nil || u.Host == "" || strings.Contains(u.Path, "..") {
		return ""
	}
	return scheme + rest
}
