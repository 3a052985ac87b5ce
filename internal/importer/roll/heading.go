package roll

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/importer/report"
)

// heading is a table's heading row, understood.
type heading struct {
	row     int // last row of it, index
	columns []column
	words   []string
	guessed []bool   // what a column holds was told from a part of its heading
	above   []string // what stands above, line by line
	title   string   // the same in one line
}

// maxTop is how many rows may stand above the headings.
const maxTop = 20

func (s *sheet) at(r, c int) string {
	if r < len(s.rows) && c < len(s.rows[r]) {
		return strings.TrimSpace(s.rows[r][c])
	}
	return ""
}

// find looks for the heading row.
func (s *sheet) find() (h heading, ok bool) {
	best := 0
	for r := range min(maxTop, len(s.rows)) {
		seen := map[column]bool{}
		for c := range s.rows[r] {
			if k, _ := guessOf(s.at(r, c)); k != other {
				seen[k] = true
			}
		}
		if seen[name] && len(seen) > best {
			best, h.row, ok = len(seen), r, true
		}
	}
	if !ok {
		return h, false
	}
	for c := range s.rows[h.row] {
		// The lower of two heading rows may have more of them; the cell of names
		// reaches over both.
		if from, merged := s.down[[2]int{h.row + 1, c + 1}]; merged && isName(s.at(h.row, c)) {
			h.row = min(h.row, from[0]-1)
		}
	}
	top := h.row
	two := s.second(h.row)
	for c := range s.rows[top] {
		word := s.at(top, c)
		k, sure := guessOf(word)
		if two {
			if below := s.at(top+1, c); below != "" && below != word {
				// What stands below says it, and both together where the lower one is short:
				// 授予 over 时间.
				k, sure = columnOf(word+below), true
				if k == other {
					k = columnOf(below)
				}
				if k == other {
					k, sure = guessOf(below)
				}
				word += below
			}
		}
		h.columns, h.words = append(h.columns, k), append(h.words, strings.Join(strings.Fields(word), ""))
		h.guessed = append(h.guessed, !sure)
	}
	if two {
		h.row++
	}
	for r := range top {
		for c := range s.rows[r] {
			if v := strings.Join(strings.Fields(s.at(r, c)), ""); v != "" && !slices.Contains(h.above, v) {
				h.above = append(h.above, v)
			}
		}
	}
	h.title = strings.Join(h.above, " ")
	return h, true
}

func isName(heading string) bool {
	k, _ := guessOf(heading)
	return k == name
}

// second tells whether the row below a heading row belongs to it: its cell of names
// is the same merged one, or blank, and it has headings of its own.
func (s *sheet) second(r int) bool {
	known := 0
	for c := range s.rows[r] {
		below := s.at(r+1, c)
		if isName(s.at(r, c)) && below != "" && below != s.at(r, c) {
			return false
		}
		if below != "" && below != s.at(r, c) {
			if k, _ := guessOf(below); k == other && columnOf(s.at(r, c)+below) == other && !label(below) {
				return false
			}
			known++
		}
	}
	return known > 0
}

func (t *table) has(k column) bool {
	for _, c := range t.columns {
		if c == k {
			return true
		}
	}
	return false
}

// tellColumns reports what becomes of each column.
func (t *table) tellColumns() {
	var taken, kept, left, parts []string
	for i, k := range t.columns {
		word := t.words[i]
		switch {
		case word == "" && k == other, k == rowNumber:
		case k == private:
			left = append(left, word)
		case k == other:
			kept = append(kept, word)
		default:
			taken = append(taken, word)
			if t.heading.guessed[i] {
				parts = append(parts, "“"+word+"”当作"+columnNames[k])
			}
		}
	}
	t.log.Add(report.Taken, "“%s”：列 %s", "%s: the columns %s", t.where, strings.Join(taken, "、"))
	if len(parts) > 0 {
		t.log.Add(report.Guessed, "“%s”：%s", "%s: columns whose headings are not known word for word: %s", t.where, strings.Join(parts, "、"))
	}
	if len(kept) > 0 {
		t.log.Add(report.Taken, "“%s”：列 %s 没有对应的键，放在“附加”里", "%s: the columns %s have no key and stand under params", t.where, strings.Join(kept, "、"))
	}
	if len(left) > 0 {
		t.log.Add(report.Left, "“%s”：列 %s 是个人隐私，一个字也没有收", "%s: the columns %s are private; nothing of them was taken", t.where, strings.Join(left, "、"))
	}
	if t.title != "" {
		t.log.Add(report.Taken, "“%s”：表头上面写着“%s”", "%s: above the headings stands %q", t.where, t.title)
	}
}

var (
	annex      = regexp.MustCompile(`^(?:附件|附表|附)[:：]?[\d一二三四五六七八九十]*[:：]?`)
	rollTitle  = regexp.MustCompile(`^[（(]?(?:(\d{4})年度?)?(第[一二三四五六七八九十百零\d]+届)?(.{2,40}?)(?:获奖|获得者|受表彰|拟表彰|表彰)?(?:人员|个人|对象)?(?:名单|花名册|名册|汇总表|统计表|一览表|登记表|情况表|光荣榜|英雄榜)`)
	yearOf     = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)年?度?`)
	yearWithin = regexp.MustCompile(`((?:19|20)\d\d)年度?`)
	sessionOf  = regexp.MustCompile(`第[一二三四五六七八九十百零\d]+届`)
	titleWords = regexp.MustCompile(`模范|英雄|先进|好市民|好人|勇士|卫士|称号|之星|奖|楷模|标兵`)
)

// fromTitle guesses an honour from a roll's title, and a session or year from the
// name of its sheet, where no column tells.
func (t *table) fromTitle() {
	for _, line := range t.above {
		line = annex.ReplaceAllString(line, "")
		m := rollTitle.FindStringSubmatch(line)
		if m == nil || t.has(honor) || !titleWords.MatchString(m[3]) {
			continue
		}
		title := m[3]
		if strings.HasSuffix(title, "先进") && strings.Contains(line, title+"个人") { // a title of its own, not who is listed
			title += "个人"
		}
		t.common.Title, t.common.Session = title, m[2]
		if mid := sessionOf.FindString(title); mid != "" { // 某市第三届见义勇为模范
			t.common.Title, t.common.Session = strings.Replace(title, mid, "", 1), mid
		}
		t.common.Year, _ = strconv.Atoi(m[1])
		if y := yearWithin.FindStringSubmatch(t.common.Title); y != nil { // 某市2021年度见义勇为先进个人
			t.common.Title = strings.Replace(t.common.Title, y[0], "", 1)
			t.common.Year, _ = strconv.Atoi(y[1])
		}
		break
	}
	t.guessRegion()
	for _, s := range []string{t.title, t.name} {
		if m := sessionOf.FindString(s); m != "" && t.common.Session == "" {
			t.common.Session = m
		}
		if m := yearOf.FindStringSubmatch(s); m != nil && t.common.Year == 0 {
			t.common.Year, _ = strconv.Atoi(m[1])
		}
	}
	t.year = t.common.Year
	if t.has(session) {
		t.common.Session = ""
	}
	if t.has(year) || t.has(granted) {
		t.common.Year = 0
	}
	if !t.has(honor) && t.common.Title == "" {
		t.common = Honor{}
	}
	if c := t.common; c != (Honor{}) {
		y := ""
		if c.Year > 0 {
			y = strconv.Itoa(c.Year)
		}
		t.log.Add(report.Guessed, "“%s”：从标题或工作表名看出荣誉：%s", "%s: an honour, from the title or the sheet's name: %s", t.where, strings.Join(strings.Fields(c.Title+" "+c.Session+" "+y), " "))
	}
}

// columnNames are what the report calls a column that was guessed.
var columnNames = map[column]string{
	name: "姓名", gender: "性别", born: "出生", native: "籍贯", by: "授予单位", granted: "授予时间", confirmedBy: "确认单位", confirmedOn: "确认时间",
	deedType: "事迹类型", when: "事迹时间", place: "事迹地点", deed: "事迹", honor: "荣誉", occupation: "职业", employer: "工作单位", region: "地区",
}

// guessRegion takes the province and city that a title begins with: a column beside it
// says no more than the county.
func (t *table) guessRegion() {
	for _, line := range t.above {
		m := granter.FindStringSubmatch(annex.ReplaceAllString(line, ""))
		if m[1] == "" && m[2] == "" {
			continue
		}
		for _, part := range m[1:3] {
			if part != "" {
				t.around = append(t.around, part)
			}
		}
		return
	}
}
