package roll

import (
	"regexp"
	"strconv"
	"strings"

	"mingdeng/internal/importer/report"
)

// heading is a table's heading row, understood.
type heading struct {
	row     int // last row of it, index
	columns []column
	words   []string
	title   string // what stands above
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
			if k := columnOf(s.at(r, c)); k != other {
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
		if from, merged := s.down[[2]int{h.row + 1, c + 1}]; merged && columnOf(s.at(h.row, c)) == name {
			h.row = min(h.row, from[0]-1)
		}
	}
	top := h.row
	two := s.second(h.row)
	for c := range s.rows[top] {
		word := s.at(top, c)
		k := columnOf(word)
		if two {
			if below := s.at(top+1, c); below != "" && below != word {
				both := columnOf(word + below)
				word += below
				if k = both; k == other {
					k = columnOf(below)
				}
			}
		}
		h.columns, h.words = append(h.columns, k), append(h.words, strings.Join(strings.Fields(word), ""))
	}
	if two {
		h.row++
	}
	var above []string
	for r := range top {
		for c := range s.rows[r] {
			if v := strings.Join(strings.Fields(s.at(r, c)), ""); v != "" && (len(above) == 0 || above[len(above)-1] != v) {
				above = append(above, v)
			}
		}
	}
	h.title = strings.Join(above, " ")
	return h, true
}

// second tells whether the row below a heading row belongs to it: its cell of names
// is the same merged one, or blank, and it has headings of its own.
func (s *sheet) second(r int) bool {
	known := 0
	for c := range s.rows[r] {
		below := s.at(r+1, c)
		if columnOf(s.at(r, c)) == name && below != "" && below != s.at(r, c) {
			return false
		}
		if below != "" && below != s.at(r, c) {
			if columnOf(below) == other && columnOf(s.at(r, c)+below) == other {
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
	var taken, kept, left []string
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
		}
	}
	t.log.Add(report.Taken, "“%s”：列 %s", "%s: the columns %s", t.where, strings.Join(taken, "、"))
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
	rollTitle  = regexp.MustCompile(`^[（(]?(?:(\d{4})年度?)?(第[一二三四五六七八九十百零\d]+届)?(.{2,40}?)(?:获奖|获得者|表彰|受表彰|拟表彰)?(?:人员|个人|对象)?(?:名单|花名册|名册|汇总表|统计表|一览表|登记表|情况表|光荣榜|英雄榜)`)
	yearOf     = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)年?度?`)
	sessionOf  = regexp.MustCompile(`第[一二三四五六七八九十百零\d]+届`)
	titleWords = regexp.MustCompile(`模范|英雄|先进|好市民|好人|勇士|卫士|称号|之星|奖|楷模|标兵`)
)

// fromTitle guesses an honour from a roll's title, and a session or year from the
// name of its sheet, where no column tells.
func (t *table) fromTitle() {
	if m := rollTitle.FindStringSubmatch(t.title); m != nil && !t.has(honor) && titleWords.MatchString(m[3]) {
		t.common.Title, t.common.Session = m[3], m[2]
		if mid := sessionOf.FindString(m[3]); mid != "" { // 某市第三届见义勇为模范
			t.common.Title, t.common.Session = strings.Replace(m[3], mid, "", 1), mid
		}
		t.common.Year, _ = strconv.Atoi(m[1])
	}
	for _, s := range []string{t.title, t.name} {
		if m := sessionOf.FindString(s); m != "" && t.common.Session == "" {
			t.common.Session = m
		}
		if m := yearOf.FindStringSubmatch(s); m != nil && t.common.Year == 0 {
			t.common.Year, _ = strconv.Atoi(m[1])
		}
	}
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
