package roll

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingdeng/internal/han"
	"mingdeng/internal/importer/report"
)

var (
	// footer begins what stands below a roll, or between its people.
	footer = regexp.MustCompile(`^[（(★※*＊]*(?:合计|总计|小计|共计|以上|填表|制表|打印|审核|复核|经办|注[:：]|附注|备注[:：]|说明[:：]|单位负责人|填报|公示|监督电话|举报电话|联系人|联系电话|电话[:：]|此表|本表|以下空白|为牺牲|为追授|排名不分|total)`)
	// section begins a row that names the honour of those below: 一、见义勇为英雄（3名）.
	section = regexp.MustCompile(`^(?:第[一二三四五六七八九十]+[部分类、]+|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]+|\d{1,2}[、.．])?(.{2,40}?)(?:[（(]?共?\d+[名人个位][）)]?)?[:：]?$`)
	counted = regexp.MustCompile(`[（(]\s*共?\s*[\d一二三四五六七八九十百]+\s*[名人个位]\s*[）)]\s*$`)
	ordinal = regexp.MustCompile(`^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]+|第[一二三四五六七八九十]+[部分类]+[、：:]?)`)
	told    = regexp.MustCompile(`^(?:主要|简要|先进|个人)?事迹(?:材料|简介)?[:：]?`)
	// noName is what no cell of names holds.
	noName = regexp.MustCompile(`[:：。！？；]|电话|公示|盖章|\d{4}\s*年\s*\d{1,2}\s*月`)
)

// aside tells a row that is no person, does what it says, and tells it. v is its cell of
// names, in column nameAt.
func (t *table) aside(r, nameAt int, v string, words []string) bool {
	first := words[0]
	across := t.across(r, nameAt)
	alone := len(words) == 1
	left := func() bool {
		t.log.Add(report.Left, "“%s”第 %d 行不是人：“%s”", "%s, row %d is no person: %q", t.where, r+1, t.safe(first))
		return true
	}
	switch {
	case footer.MatchString(squeeze(first)) || v != "" && footer.MatchString(squeeze(v)):
		return left()
	case (across || alone) && told.MatchString(squeeze(first)) && len(t.out) > 0 && utf8.RuneCountInString(first) > 6:
		t.deedBelow(r, told.ReplaceAllString(strings.TrimSpace(first), ""))
		return true
	case (across || alone && (v == "" || ordinal.MatchString(squeeze(first)))) && t.section(r, squeeze(first)):
		return true
	case across && t.last > 0 && utf8.RuneCountInString(first) >= 20 && strings.ContainsAny(first, "。，") && t.longBelow(r):
		t.deedBelow(r, first)
		return true
	case across, v != "" && noName.MatchString(v) && !groups.MatchString(squeeze(aside.ReplaceAllString(v, ""))):
		return left()
	}
	return false
}

// across tells whether the cell of names is part of a cell over columns that hold other
// things.
func (t *table) across(r, nameAt int) bool {
	if nameAt < 0 {
		return false
	}
	from, merged := t.down[[2]int{r + 1, nameAt + 1}]
	if !merged {
		return false
	}
	for c := range t.words {
		if here, ok := t.down[[2]int{r + 1, c + 1}]; ok && here == from && t.words[c] != t.words[nameAt] {
			return true
		}
	}
	return false
}

// section takes the honour of those below it from a row.
func (t *table) section(r int, v string) bool {
	if t.has(honor) || !ordinal.MatchString(v) && !counted.MatchString(v) {
		return false
	}
	m := section.FindStringSubmatch(counted.ReplaceAllString(v, ""))
	if m == nil || !titleWords.MatchString(m[1]) {
		return false
	}
	title := m[1]
	if whose := granter.FindString(t.common.Title); granter.FindString(title) == "" && whose != "" {
		title = whose + title // 云岭省 of the roll's title
	}
	t.sectioned = title
	t.log.Add(report.Guessed, "“%s”第 %d 行“%s”：以下各人的荣誉", "%s, row %d, %q: the honour of those below", t.where, r+1, report.Short(title))
	return true
}

// longBelow tells whether the roll has a row like this below each person.
func (t *table) longBelow(r int) bool { return r > 0 && t.lastRow == r-1 }

// deedBelow gives a deed to those of the row above.
func (t *table) deedBelow(r int, text string) {
	text = strings.TrimLeftFunc(text, func(c rune) bool { return unicode.IsSpace(c) || c == ':' || c == '：' })
	for i := len(t.out) - t.last; i < len(t.out); i++ {
		p := &t.out[i]
		if p.Deed != "" {
			p.Deed += "\n"
		}
		p.Deed += text
		t.guess(p)
	}
	if !t.toldBelow {
		t.toldBelow = true
		t.log.Add(report.Guessed, "“%s”：人下面一行的文字当作他的事迹（从第 %d 行起）", "%s: the text below each person is read as the deed (from row %d)", t.where, r+1)
	}
}

// given tells two or more Han characters that begin with a surname: a name by itself.
func given(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 || strings.ContainsFunc(s, func(r rune) bool { return !han.Is(r) }) {
		return false
	}
	return han.ReadName(s).Surname > 0
}
