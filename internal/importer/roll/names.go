package roll

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mingdeng/internal/han"
)

var (
	aside   = regexp.MustCompile(`[（(]([^（）()]*)[）)]`)
	several = regexp.MustCompile(`[、，,;；/\n]+`)
	born4   = regexp.MustCompile(`^((?:18|19|20)\d\d)\s*年?\s*(?:[-—–~～]|生|出生)`)
	andSo   = regexp.MustCompile(`等\s*[\d一二三四五六七八九十百]*\s*(人|名|位)?$`)
	groups  = regexp.MustCompile(`(队|组|群体|集体|班组|中心|公司|派出所|委员会|学校|医院|协会|单位|家庭|夫妇|兄弟|父子|民警)$`)
)

// names takes a cell of names apart: 张　三 is one name, 张三、李四 are two, and what
// stands in brackets says something of the person.
func (t *table) names(v string, p *Person) []string {
	for _, m := range aside.FindAllStringSubmatch(v, -1) {
		said := strings.TrimSpace(m[1])
		switch {
		case said == "":
		case p.Gender == "" && genderOf(said) != "":
			p.Gender = genderOf(said)
		case p.Status == "" && statusOf(said) != "":
			p.Status = statusOf(said)
		case p.Born.IsZero() && born4.MatchString(said):
			p.Born.Year, _ = strconv.Atoi(born4.FindStringSubmatch(said)[1])
			p.Extra = append(p.Extra, Extra{"姓名旁注", said})
		default:
			p.Extra = append(p.Extra, Extra{"姓名旁注", said})
		}
	}
	v = strings.Trim(aside.ReplaceAllString(v, ""), " 　*＊★☆△▲●※")
	if andSo.MatchString(v) || groups.MatchString(squeeze(v)) {
		p.Group = true
		return []string{strings.Join(strings.Fields(v), "")}
	}
	var out []string
	for _, n := range several.Split(v, -1) {
		out = append(out, t.apart(n, p)...)
	}
	if len(out) == 0 {
		return []string{strings.Join(strings.Fields(v), " ")}
	}
	return out
}

// apart takes names apart that only a blank or 和 parts, where each is a whole name: 赵一 钱二,
// 李明和王强. A last word 男 or 女 says what the person is.
func (t *table) apart(n string, p *Person) []string {
	words := strings.Fields(n)
	if last := len(words) - 1; last > 0 && genderOf(words[last]) != "" {
		if p.Gender == "" {
			p.Gender = genderOf(words[last])
		}
		words = words[:last]
	}
	if len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return !given(oneName(w)) }) {
		return words
	}
	n = strings.Join(words, " ")
	if a, b, ok := strings.Cut(n, "和"); ok && given(oneName(a)) && given(oneName(b)) {
		return []string{oneName(a), oneName(b)}
	}
	if n = oneName(n); n == "" {
		return nil
	}
	return []string{n}
}

// oneName drops the blanks by which rolls make names of two characters as long as
// those of three.
func oneName(n string) string {
	n = strings.Trim(n, " 　\t*＊★☆△▲●※")
	for _, r := range n {
		if !han.Is(r) && !unicode.IsSpace(r) {
			return strings.Join(strings.Fields(n), " ")
		}
	}
	return strings.Join(strings.Fields(n), "")
}
