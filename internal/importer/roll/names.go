package roll

import (
	"regexp"
	"strings"
	"unicode"

	"mingdeng/internal/han"
)

var (
	aside   = regexp.MustCompile(`[（(]([^（）()]*)[）)]`)
	several = regexp.MustCompile(`[、，,;；/\n]+`)
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
		if n = oneName(n); n != "" {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return []string{strings.Join(strings.Fields(v), " ")}
	}
	return out
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
