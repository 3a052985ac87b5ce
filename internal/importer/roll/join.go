package roll

import (
	"strings"

	"mingdeng/internal/date"
)

// Join adds what another row says of the same person: honours, and values under
// headings of which there is another value.
func (p *Person) Join(q Person) {
	for _, h := range q.Honors {
		known := false
		for _, o := range p.Honors {
			known = known || o == h
		}
		if !known {
			p.Honors = append(p.Honors, h)
		}
	}
	text := func(mine *string, theirs, heading string) {
		switch {
		case *mine == "":
			*mine = theirs
		case theirs != "" && theirs != *mine:
			p.Extra = append(p.Extra, Extra{heading, theirs})
		}
	}
	text(&p.Occupation, q.Occupation, "职业")
	text(&p.NativePlace, q.NativePlace, "籍贯")
	text(&p.Place, q.Place, "地点")
	text(&p.Deed, q.Deed, "事迹")
	text(&p.Gender, q.Gender, "性别")
	text(&p.Status, q.Status, "状况")
	text(&p.Type, q.Type, "类型")
	text(&p.Confirmed.By, q.Confirmed.By, "确认单位")
	text(&p.Confirmed.Document, q.Confirmed.Document, "文号")
	day := func(mine *date.Date, theirs date.Date, heading string) {
		s := mine.String()
		text(&s, theirs.String(), heading)
		if mine.IsZero() {
			*mine = theirs
		}
	}
	day(&p.Date, q.Date, "时间")
	day(&p.Born, q.Born, "出生年")
	day(&p.Confirmed.Date, q.Confirmed.Date, "确认时间")
	if len(p.Region) == 0 {
		p.Region = q.Region
	} else if len(q.Region) > 0 && strings.Join(q.Region, "/") != strings.Join(p.Region, "/") {
		p.Extra = append(p.Extra, Extra{"地区", strings.Join(q.Region, "/")})
	}
	for _, list := range [][]Extra{q.Extra} {
		for _, e := range list {
			if !containsExtra(p.Extra, e) {
				p.Extra = append(p.Extra, e)
			}
		}
	}
	p.Sources = append(p.Sources, q.Sources...)
	p.Group = p.Group || q.Group
}

func containsExtra(list []Extra, e Extra) bool {
	for _, x := range list {
		if x == e {
			return true
		}
	}
	return false
}
