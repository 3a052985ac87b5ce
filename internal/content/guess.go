package content

// What a value that cannot be read was probably meant to be. Each guess is shown to the
// editor as a suggestion and taken by nobody else; "" where nothing is sure.

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
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
	threeParts  = regexp.MustCompile(`^([0-9]+)[年./-]([0-9]+)[月./-]([0-9]+)[日号]?$`)
	dateParts   = regexp.MustCompile(`[0-9]+`)
	dateTail    = regexp.MustCompile(`[^0-9年月日号./\-]+$`)
	clockTail   = regexp.MustCompile(`^([^日号]*[0-9][日号]).+$`)
	twoDays     = regexp.MustCompile(`[0-9日号]\s*(?:至|到|~|～|—|–)+\s*[0-9]`)
)

// badDate says what is wrong with a date as one person would tell another, and what it
// was probably meant to be.
func badDate(path string, n frontmatter.Node, text string, err error) diag.Finding {
	meant, zh, en := readDate(text)
	if m := threeParts.FindStringSubmatch(text); zh == "" && m != nil && errors.Is(err, date.ErrNoSuchDay) {
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		if days := date.DaysInMonth(year, month); days > 0 {
			zh = fmt.Sprintf("%d年%d月只有%d天", year, month, days)
			en = fmt.Sprintf("%d-%02d has %d days", year, month, days)
		} else {
			zh, en = fmt.Sprintf("没有%d月", month), fmt.Sprintf("there is no month %d", month)
		}
	}
	return diag.BadDate.At(path, n.Pos, text, zh, en).Replace(n.Text, meant)
}

// readDate is the date that a text was probably meant to be, as far as it is certain (of a
// day that does not exist the month remains), and what is odd about the text, where that can
// be said.
func readDate(text string) (meant, zh, en string) {
	if twoDays.MatchString(text) {
		zh, en = "这里只能写一天，不能写一段时间", "it is one day, not a stretch of days"
	}
	s := strings.Map(func(r rune) rune {
		switch r {
		case '—', '–', '－', '~', '、', '。', '·', '，', ',':
			return '-'
		case ' ', '\u3000':
			return -1
		}
		return r
	}, width.Fold.String(text))
	if plain := chineseDigits(s); plain != s {
		s, zh, en = plain, "数字用 0 到 9 写", "its numbers are written with the digits 0 to 9"
	}
	s = dateTail.ReplaceAllString(s, "")
	if m := clockTail.FindStringSubmatch(s); m != nil && zh == "" { // 1日20时
		s = m[1]
	}
	if m := compactDate.FindStringSubmatch(s); m != nil {
		s = m[1] + "-" + m[2] + "-" + m[3]
	}
	if d, err := date.Parse(s); err == nil {
		return d.String(), zh, en
	}
	parts := dateParts.FindAllString(s, 4)
	if len(parts) < 2 || len(parts) > 3 {
		return "", zh, en
	}
	var n []int
	for _, p := range parts {
		x, _ := strconv.Atoi(p)
		n = append(n, x)
	}
	try := func(parts ...int) string {
		s := fmt.Sprintf("%04d", parts[0])
		for _, p := range parts[1:] {
			s += fmt.Sprintf("-%02d", p)
		}
		if _, err := date.Parse(s); err != nil {
			return ""
		}
		return s
	}
	if len(n) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 && len(parts[2]) == 4 { // 14/6/2023
		monthFirst, dayFirst := try(n[2], n[0], n[1]), try(n[2], n[1], n[0])
		if monthFirst != "" && dayFirst != "" && monthFirst != dayFirst {
			return "", fmt.Sprintf("看不出是%d月%d日还是%d月%d日：想写的是哪一天，就写 %s 或 %s", n[0], n[1], n[1], n[0], monthFirst, dayFirst),
				fmt.Sprintf("it may be %s or %s: write the one that is meant", monthFirst, dayFirst)
		}
		return cmp.Or(monthFirst, dayFirst, try(n[2])), "年份写在最前面", "the year stands first"
	}
	if len(n) == 3 && len(parts[0]) == 2 && len(parts[1]) <= 2 && len(parts[2]) <= 2 { // 26-12-1
		year := 2000 + n[0]
		if n[0] >= 50 {
			year -= 100
		}
		if day := try(year, n[1], n[2]); day != "" {
			return day, "年份要写全四位", "the year is written with four digits"
		}
	}
	if n[0] < 1000 || n[0] > 9999 {
		return "", zh, en
	}
	if len(n) == 3 {
		if s := try(n...); s != "" {
			return s, zh, en
		}
		if s := try(n[0], n[2], n[1]); s != "" && n[1] > 12 {
			return s, zh, en
		}
	}
	return cmp.Or(try(n[:2]...), try(n[0])), zh, en
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
