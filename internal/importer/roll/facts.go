package roll

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"mingdeng/internal/date"
	"mingdeng/internal/han"
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
		if formulaFault.MatchString(v) {
			t.faults++
			continue
		}
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
		if d, ok := x.date(); ok && d.Year >= 1800 {
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
		if rg, sure := x.t.regionOf(x.v); len(x.p.Region) == 0 && len(rg) > 0 {
			if x.p.Region = rg; !sure {
				x.t.guessed["地区"]++
			}
		} else {
			x.keep()
		}
	case place:
		x.put(&x.p.Place, x.v)
	case when:
		if d, ok := x.date(); ok && x.p.Date.IsZero() {
			x.p.Date = d
		} else if m := noYear.FindStringSubmatch(squeeze(x.v)); m != nil && x.t.year > 0 && x.p.Date.IsZero() {
			x.p.Date, _ = date.Parse(strconv.Itoa(x.t.year) + "-" + m[1] + "-" + m[2])
			x.t.guessed["年"]++
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
		if d, ok := x.date(); ok && d.Year >= 1900 && d.Year <= 2100 {
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
		if d, ok := x.date(); ok {
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
	if t.faults > 0 {
		t.log.Add(report.Left, "“%s”：%d 格里的公式没有算出结果（如 #N/A），或是嵌在格里的图片", "%s: %d cells whose formula has no result (such as #N/A), or that hold a picture", t.where, t.faults)
	}
	for _, g := range []struct{ key, zh, en string }{
		{"事迹类型", "“%s”：%d 人的事迹类型是从事迹文字看出来的", "%s: the type of %d deeds was told from their text"},
		{"地区", "“%s”：%d 人的地区是从地点或简称看出来的", "%s: the region of %d people was told from the place or a short form"},
		{"年", "“%s”：%d 人的日期没有写年，用了表题里的年份", "%s: %d dates have no year and got that of the title"},
		{"状况", "“%s”：%d 人的状况（牺牲）是从事迹文字看出来的", "%s: that %d people fell was told from the text"},
		{"荣誉级别", "“%s”：%d 项荣誉的级别是从称号看出来的", "%s: the level of %d honours was told from their titles"},
	} {
		if n := t.guessed[g.key]; n > 0 {
			t.log.Add(report.Guessed, g.zh, g.en, t.where, n)
		}
	}
}

// formulaFault is what a cell shows whose formula failed.
var formulaFault = regexp.MustCompile(`^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)$|^=DISPIMG\(`)

// regionOf reads a region. A county alone gets the province and city of the roll's title.
func (t *table) regionOf(v string) (parts []string, sure bool) {
	if parts, sure = Region(v); len(t.around) == 0 {
		return parts, sure
	}
	bare := strings.Join(strings.Fields(v), "")
	switch {
	case len(parts) == 0 && countyEnd.FindString(bare) == bare && bare != "":
		return append(slices.Clone(t.around), bare), false
	case len(parts) > 0 && len(t.around) > 1 && parts[0] == t.around[1]:
		return append([]string{t.around[0]}, parts...), false
	}
	return parts, sure
}

var (
	chineseDay = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十]{1,3})[日号])?`)
	republic   = regexp.MustCompile(`^民国([元一二三四五六七八九十\d]{1,3})年`)
	shortYear  = regexp.MustCompile(`^(\d\d)年(\d{1,2})月(?:(\d{1,2})[日号])?`)
	twoYears   = regexp.MustCompile(`^((?:19|20)\d\d)年?[-—–~～至到]+((?:19|20)\d\d)年?度?$`)
	part       = regexp.MustCompile(`^((?:18|19|20)\d\d)年?(?:上半年|下半年|初|底|末|年底|年初|春|夏|秋|冬)`)
	twoMonths  = regexp.MustCompile(`^((?:18|19|20)\d\d)年\d{1,2}[、,至到-]\d{1,2}月`)
	noYear     = regexp.MustCompile(`^(\d{1,2})[月./-](\d{1,2})日?$`)
	packed     = regexp.MustCompile(`^(19|20)(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$`)
	packedYM   = regexp.MustCompile(`^(19|20)(\d\d)(0[1-9]|1[0-2])$`)
	dayIn      = regexp.MustCompile(`((?:18|19|20)\d\d)\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?`)
	onlyYear   = regexp.MustCompile(`^((?:18|19|20)\d\d)\s*年?度?$`)
)

// wordsDate reads a date in words, as far as it says a day, a month or a year.
func wordsDate(v string) (date.Date, bool) {
	parse := func(y, m, d string) (date.Date, bool) {
		out, err := date.Parse(strings.TrimRight(y+"-"+m+"-"+d, "-"))
		return out, err == nil
	}
	num := func(s string) string {
		if n, ok := han.Number(s); ok {
			return strconv.Itoa(n)
		}
		return ""
	}
	if m := chineseDay.FindStringSubmatch(v); m != nil {
		y := ""
		for _, r := range m[1] {
			n := strings.IndexRune("〇一二三四五六七八九", r)
			if r == '零' || r == '○' {
				n = 0
			}
			y += strconv.Itoa(utf8.RuneCountInString("〇一二三四五六七八九"[:n]))
		}
		return parse(y, num(m[2]), num(m[3]))
	}
	if m := republic.FindStringSubmatch(v); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n, _ = han.Number(strings.ReplaceAll(m[1], "元", "一"))
		}
		return date.Date{Year: 1911 + n}, n > 0 && n < 39
	}
	if m := shortYear.FindStringSubmatch(v); m != nil {
		century := "20"
		if m[1] > "49" {
			century = "19"
		}
		return parse(century+m[1], m[2], m[3])
	}
	for _, re := range []*regexp.Regexp{twoYears, part, twoMonths} {
		if m := re.FindStringSubmatch(v); m != nil {
			y := m[1]
			if re == twoYears {
				y = m[2] // of two years the honour is given at the end
			}
			return parse(y, "", "")
		}
	}
	return date.Date{}, false
}

// date reads a cell as a date.
func (x *row) date() (date.Date, bool) { return dateOf(x.v, x.t.from1904) }

// dateOf reads a date as people and programs write it. A bare number counts days as the
// workbook does: from 1900, or from 1904.
func dateOf(v string, from1904 bool) (date.Date, bool) {
	v = width.Fold.String(v)
	if d, err := date.Parse(v); err == nil { // a time of day and its zone are parted by a space
		return d, true
	}
	v = strings.Join(strings.Fields(v), "")
	if d, ok := wordsDate(v); ok {
		return d, true
	}
	v = strings.ReplaceAll(v, ",", ".")
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
		if t, err := excelize.ExcelDateToTime(x, from1904); err == nil {
			return date.Of(t.Round(time.Second)), true
		}
	}
	if m := dayIn.FindStringSubmatch(v); m != nil {
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
