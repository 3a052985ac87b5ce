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

// row is one row being read.
type row struct {
	t                *table
	p                Person
	h                Honor
	work, post, rank string

	column int
	v      string // what stands in it
}

// keep leaves the value aside under the column's own words.
func (x *row) keep() { x.p.Extra = append(x.p.Extra, Extra{x.t.words[x.column], x.v}) }

// put enters a value, or keeps it where there is none or another already.
func (x *row) put(to *string, value string) {
	if value == "" || *to != "" && *to != value {
		x.keep()
	} else {
		*to = value
	}
}

// person reads the facts of one row; its name is read by names.
func (t *table) person(r int) Person {
	x := row{t: t, h: t.common}
	for c, k := range t.columns {
		v := strings.Trim(t.at(r, c), " 　")
		if v == "" || v == "/" || v == "—" || v == "-" || v == "无" && k != other {
			continue
		}
		x.column, x.v = c, v
		switch {
		case k == other && t.words[c] == "":
			x.p.Extra = append(x.p.Extra, Extra{"第" + strconv.Itoa(c+1) + "列", v})
		case k == other:
			x.keep()
		default:
			x.who(k)
			x.what(k)
			x.award(k)
		}
	}
	t.honor(&x.p, x.h, x.rank)
	switch {
	case x.post == "":
		x.p.Occupation = x.work
	case x.work == "" || strings.Contains(x.post, x.work):
		x.p.Occupation = x.post
	default:
		x.p.Occupation = x.work + " " + x.post
	}
	return x.p
}

// who takes what a column says of the person.
func (x *row) who(k column) {
	switch k {
	case also:
		x.p.Also = append(x.p.Also, several.Split(x.v, -1)...)
	case kind:
		switch {
		case strings.Contains(x.v, "群体") || strings.Contains(x.v, "集体"):
			x.p.Group = true
		case strings.Contains(x.v, "个人") || x.v == "person":
		case typeOf(x.v) != "" && x.p.Type == "":
			x.p.Type = typeOf(x.v)
		default:
			x.keep()
		}
	case gender:
		x.put(&x.p.Gender, genderOf(x.v))
	case born:
		if d, ok := dateOf(x.v); ok && d.Year >= 1800 {
			x.p.Born = d
		} else {
			x.keep()
		}
	case occupation:
		if x.post == "" {
			x.post = x.v
		} else {
			x.keep()
		}
	case employer:
		x.work = x.v
	case native:
		x.put(&x.p.NativePlace, x.v)
	case status:
		x.put(&x.p.Status, statusOf(x.v))
	}
}

// what takes what a column says of the deed, and where that is told.
func (x *row) what(k column) {
	switch k {
	case region:
		if rg, sure := Region(x.v); len(x.p.Region) == 0 && len(rg) > 0 {
			if x.p.Region = rg; !sure {
				x.t.guessed["地区"]++
			}
		} else {
			x.keep()
		}
	case place:
		x.put(&x.p.Place, x.v)
	case when:
		if d, ok := dateOf(x.v); ok && x.p.Date.IsZero() {
			x.p.Date = d
		} else {
			x.keep()
		}
	case deed:
		if x.p.Deed != "" {
			x.p.Deed += "\n"
		}
		x.p.Deed += x.v
	case deedType:
		x.put(&x.p.Type, typeOf(x.v))
	case source:
		x.p.Sources = append(x.p.Sources, x.v)
	}
}

// award takes what a column says of the honour and of the confirmation.
func (x *row) award(k column) {
	switch k {
	case honor:
		x.h.Title = strings.Join(strings.FieldsFunc(x.v, func(r rune) bool { return r == '\n' }), "；")
	case session:
		x.h.Session = sessionWords(x.v)
	case level:
		if x.h.Level = levelOf(x.v); x.h.Level == "" || x.rank == "" {
			x.rank = x.v
		}
		if x.h.Level == "" {
			x.keep()
		}
	case year, granted:
		if d, ok := dateOf(x.v); ok && d.Year >= 1900 && d.Year <= 2100 {
			if x.h.Year = d.Year; d.Month > 0 {
				x.keep() // the day has no key of its own
			}
		} else {
			x.keep()
		}
	case by:
		x.put(&x.h.By, x.v)
	case confirmedBy:
		x.put(&x.p.Confirmed.By, x.v)
	case document:
		x.put(&x.p.Confirmed.Document, x.v)
	case confirmedOn:
		if d, ok := dateOf(x.v); ok {
			x.p.Confirmed.Date = d
		} else {
			x.keep()
		}
	}
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
	v = width.Fold.String(v)
	if d, err := date.Parse(v); err == nil { // a time of day and its zone are parted by a space
		return d, true
	}
	v = strings.Join(strings.Fields(v), "")
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
			return date.Of(t.Round(time.Second)), true
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
