package roll

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/report"
)

// person reads the facts of one row; its name is read by names.
func (t *table) person(r int) Person {
	var p Person
	h := t.common
	work, post, rank := "", "", ""
	for c, k := range t.columns {
		v := strings.Trim(t.at(r, c), " 　")
		if v == "" || v == "/" || v == "—" || v == "-" || v == "无" && k != other {
			continue
		}
		keep := func() { p.Extra = append(p.Extra, Extra{t.words[c], v}) }
		put := func(to *string, value string) {
			if value == "" || *to != "" && *to != value {
				keep()
			} else {
				*to = value
			}
		}
		switch k {
		case other:
			if t.words[c] == "" {
				p.Extra = append(p.Extra, Extra{"第" + strconv.Itoa(c+1) + "列", v})
			} else {
				keep()
			}
		case also:
			p.Also = append(p.Also, several.Split(v, -1)...)
		case kind:
			switch {
			case strings.Contains(v, "群体") || strings.Contains(v, "集体"):
				p.Group = true
			case strings.Contains(v, "个人") || v == "person":
			case typeOf(v) != "" && p.Type == "":
				p.Type = typeOf(v)
			default:
				keep()
			}
		case gender:
			put(&p.Gender, genderOf(v))
		case born:
			if d, ok := dateOf(v); ok && d.Year >= 1800 {
				p.Born = d
			} else {
				keep()
			}
		case occupation:
			if post == "" {
				post = v
			} else {
				keep()
			}
		case employer:
			work = v
		case native:
			put(&p.NativePlace, v)
		case region:
			if rg, sure := Region(v); len(p.Region) == 0 && len(rg) > 0 {
				if p.Region = rg; !sure {
					t.guessed["地区"]++
				}
			} else {
				keep()
			}
		case place:
			put(&p.Place, v)
		case when:
			if d, ok := dateOf(v); ok && p.Date.IsZero() {
				p.Date = d
			} else {
				keep()
			}
		case deed:
			if p.Deed != "" {
				p.Deed += "\n"
			}
			p.Deed += v
		case deedType:
			put(&p.Type, typeOf(v))
		case status:
			put(&p.Status, statusOf(v))
		case honor:
			h.Title = strings.Join(strings.FieldsFunc(v, func(r rune) bool { return r == '\n' }), "；")
		case session:
			h.Session = sessionWords(v)
		case level:
			if h.Level = levelOf(v); h.Level == "" || rank == "" {
				rank = v
			}
			if h.Level == "" {
				keep()
			}
		case year, granted:
			if d, ok := dateOf(v); ok && d.Year >= 1900 && d.Year <= 2100 {
				if h.Year = d.Year; d.Month > 0 {
					keep() // the day has no key of its own
				}
			} else {
				keep()
			}
		case by:
			put(&h.By, v)
		case confirmedBy:
			put(&p.Confirmed.By, v)
		case document:
			put(&p.Confirmed.Document, v)
		case confirmedOn:
			if d, ok := dateOf(v); ok {
				p.Confirmed.Date = d
			} else {
				keep()
			}
		case source:
			p.Sources = append(p.Sources, v)
		}
	}
	t.honor(&p, h, rank)
	switch {
	case post == "":
		p.Occupation = work
	case work == "" || strings.Contains(post, work):
		p.Occupation = post
	default:
		p.Occupation = work + " " + post
	}
	return p
}

// honor enters an honour; parts of one without a title are kept aside.
func (t *table) honor(p *Person, h Honor, rank string) {
	if h.Title != "" {
		for _, title := range strings.FieldsFunc(h.Title, func(r rune) bool { return r == '；' || r == ';' }) {
			one := h
			if one.Title = unquoted(title); one.Title == "" {
				continue
			}
			if one.Level == "" {
				if one.Level = rankOf(one.Title); one.Level != "" {
					t.guessed["荣誉级别"]++
				}
			}
			p.Honors = append(p.Honors, one)
		}
		return
	}
	extra := func(heading, v string) {
		if v != "" {
			p.Extra = append(p.Extra, Extra{heading, v})
		}
	}
	extra("届次", h.Session)
	if h.Level != "" {
		extra("级别", rank)
	}
	extra("授予单位", h.By)
	if h.Year > 0 {
		extra("年份", strconv.Itoa(h.Year))
	}
}

// guess fills what other columns let see.
func (t *table) guess(p *Person) {
	if p.Type == "" && p.Deed != "" {
		if p.Type = typeOf(p.Deed); p.Type != "" {
			t.guessed["事迹类型"]++
		}
	}
	if len(p.Region) == 0 && p.Place != "" {
		if rg, _ := Region(p.Place); len(rg) > 0 {
			p.Region = rg
			t.guessed["地区"]++
		}
	}
	if p.Status == "" || p.Status == "deceased" {
		for _, w := range []string{"壮烈牺牲", "光荣牺牲", "不幸牺牲", "英勇牺牲", "献出了"} {
			if strings.Contains(p.Deed, w) {
				p.Status = "fallen"
				t.guessed["状况"]++
				break
			}
		}
	}
}

func (t *table) tell() {
	for _, g := range []struct{ key, zh, en string }{
		{"事迹类型", "“%s”：%d 人的事迹类型是从事迹文字看出来的", "%s: the type of %d deeds was told from their text"},
		{"地区", "“%s”：%d 人的地区是从地点或简称看出来的", "%s: the region of %d people was told from the place or a short form"},
		{"状况", "“%s”：%d 人的状况（牺牲）是从事迹文字看出来的", "%s: that %d people fell was told from the text"},
		{"荣誉级别", "“%s”：%d 项荣誉的级别是从称号看出来的", "%s: the level of %d honours was told from their titles"},
	} {
		if n := t.guessed[g.key]; n > 0 {
			t.log.Add(report.Guessed, g.zh, g.en, t.where, n)
		}
	}
}

var (
	packed   = regexp.MustCompile(`^(19|20)(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$`)
	packedYM = regexp.MustCompile(`^(19|20)(\d\d)(0[1-9]|1[0-2])$`)
	within   = regexp.MustCompile(`((?:18|19|20)\d\d)\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?`)
	onlyYear = regexp.MustCompile(`^((?:18|19|20)\d\d)\s*年?度?$`)
)

// dateOf reads a date as people and programs write it.
func dateOf(v string) (date.Date, bool) {
	v = strings.Join(strings.Fields(width.Fold.String(v)), "")
	for _, re := range []*regexp.Regexp{packed, packedYM} {
		if m := re.FindStringSubmatch(v); m != nil {
			v = m[1] + m[2] + "-" + strings.Join(m[3:], "-")
		}
	}
	if m := onlyYear.FindStringSubmatch(v); m != nil {
		v = m[1]
	}
	if d, err := date.Parse(v); err == nil {
		return d, true
	}
	if x, err := strconv.ParseFloat(v, 64); err == nil && x > 10_000 && x < 80_000 { // a serial number without its format
		if t, err := excelize.ExcelDateToTime(x, false); err == nil {
			return date.Of(t.Round(time.Hour)), true
		}
	}
	if m := within.FindStringSubmatch(v); m != nil {
		s := m[1] + "-" + m[2]
		if m[3] != "" {
			s += "-" + m[3]
		}
		if d, err := date.Parse(s); err == nil {
			return d, true
		}
	}
	return date.Date{}, false
}
