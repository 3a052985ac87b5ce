package pages

import (
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

// fromIndex are the pages counted from the index of heroes, by their names in addresses:
// the timeline, the days of the year, the numbers.
func (p *planner) fromIndex() []string {
	if len(p.e.Heroes) == 0 {
		return nil
	}
	out := []string{"timeline", "days", "numbers"}
	if len(p.e.Days) == 0 {
		out = []string{"timeline", "numbers"}
	}
	return out
}

// others of them than name, as links.
func (p *planner) besides(name string) []Link {
	var out []Link
	for _, s := range p.fromIndex() {
		if s != name {
			out = append(out, p.section(s))
		}
	}
	return out
}

// timeline plans the index drawn as bars: by year, by type of deed, by place. Each bar is as
// long as the list that it leads to.
func (p *planner) timeline() {
	if len(p.e.Heroes) == 0 {
		return
	}
	p.add(p.in("timeline/"), "timeline", date.Date{}, func() View {
		v := &Timeline{Frame: p.listFrame("timeline", p.t("timeline.description", len(p.e.Heroes))), Total: len(p.e.Heroes), Besides: p.besides("timeline")}
		dated := 0
		for i := len(p.e.Years) - 1; i >= 0; i-- {
			y := p.e.Years[i]
			dated += len(y.Heroes)
			b := Bar{ID: itoa(y.Year), Text: p.t("year", y.Year), Href: p.href(y.Address), Count: len(y.Heroes), Places: p.placesOf(y.Heroes)}
			if i+1 < len(p.e.Years) {
				b.Gap = y.Year > p.e.Years[i+1].Year+1
			}
			for _, d := range p.e.Deeds {
				n := 0
				for _, h := range y.Heroes {
					if h.Deed.Type == d.Type {
						n++
					}
				}
				if n > 0 {
					b.Parts = append(b.Parts, BarPart{Text: p.t("deed." + string(d.Type)), Count: n})
				}
			}
			v.Years = append(v.Years, b)
		}
		v.Undated = len(p.e.Heroes) - dated
		for _, d := range p.e.Deeds {
			v.Deeds = append(v.Deeds, Bar{Text: p.t("deed." + string(d.Type)), Href: p.href(d.Address), Count: len(d.Heroes)})
		}
		for _, r := range p.e.Regions {
			v.Places = p.placeBars(v.Places, r, 0)
		}
		lengths(v.Years)
		lengths(v.Deeds)
		lengths(v.Places)
		return v
	})
}

// placeBars are the bars of a place and of those right below it.
func (p *planner) placeBars(out []Bar, r *site.Region, depth int) []Bar {
	if len(r.Heroes) == 0 || depth > 1 {
		return out
	}
	out = append(out, Bar{Text: r.Name, Href: p.href(r.Address), Count: len(r.Heroes), Below: depth > 0})
	for _, c := range r.Children {
		out = p.placeBars(out, c, depth+1)
	}
	return out
}

// placesOf names where people acted, in the order of the list: 郑州市、杭州市.
func (p *planner) placesOf(heroes []*site.Hero) string {
	var list []string
	seen := map[string]bool{}
	for _, h := range heroes {
		name := h.Region[min(1, max(0, len(h.Region)-1)):]
		if len(name) > 0 && !seen[name[0]] {
			seen[name[0]] = true
			list = append(list, name[0])
		}
	}
	const most = 6
	s := strings.Join(list[:min(len(list), most)], p.t("enumeration"))
	if len(list) > most {
		s += "……"
	}
	return s
}

// lengths gives bars their lengths, percent of the longest.
func lengths(bars []Bar) {
	longest := 1
	for _, b := range bars {
		longest = max(longest, b.Count)
	}
	for i := range bars {
		b := &bars[i]
		share := func(n int) float64 { return tenth(float64(n) / float64(longest) * 100) }
		b.Width = share(b.Count)
		sum := 0
		for k := range b.Parts {
			if sum += b.Parts[k].Count; sum < b.Count {
				b.Parts[k].End = share(sum)
			}
		}
	}
}

// mostOnDays is how many people stand on one page of days; more are parted by months.
const mostOnDays = 600

// days plans the days of the year: each person under the day of the deed.
func (p *planner) days() {
	if len(p.e.Days) == 0 {
		return
	}
	total := 0
	for _, d := range p.e.Days {
		total += len(d.Heroes)
	}
	all, parted := p.in("days/"), total > mostOnDays
	months := make([]Month, 12)
	for i := range months {
		months[i] = Month{ID: "m" + itoa(i+1), Name: p.monthName(i + 1), Href: p.dayHref(i+1, 0, parted)}
	}
	for _, d := range p.e.Days {
		months[d.Month-1].Count += len(d.Heroes)
	}
	page := func(a site.Address, only int) {
		p.add(a, "days", date.Date{}, func() View {
			v := &Days{Frame: p.listFrame("days", p.t("days.description", total)), Months: append([]Month(nil), months...), Total: total, Without: len(p.e.Heroes) - total, Besides: p.besides("days")}
			if only > 0 {
				name := months[only-1].Name
				v.Frame = p.frame(a, about{Title: name, Description: p.t("days.description", months[only-1].Count), Section: "days", Crumbs: p.crumbs(p.section("days")), Data: node{{"@type", "CollectionPage"}, {"name", name}}})
				v.Total, v.Without = months[only-1].Count, 0
			}
			for _, d := range p.e.Days {
				if parted && d.Month != only {
					continue
				}
				m := &v.Months[d.Month-1]
				m.Days = append(m.Days, DayItem{ID: dayID(d), Text: p.onDay(d), Heroes: p.heroItems(d.Heroes)})
			}
			return v
		})
	}
	page(all, 0)
	for i, m := range months {
		if parted && m.Count > 0 {
			page(all+site.Address(itoa(i+1)+"/"), i+1)
		}
	}
}

// dayHref leads to a month, or a day of it, on the page it stands on.
func (p *planner) dayHref(month, day int, parted bool) string {
	to := p.href(p.in("days/"))
	if parted {
		to += itoa(month) + "/"
	}
	if day > 0 {
		return to + "#d" + itoa(month) + "-" + itoa(day)
	}
	if parted {
		return to
	}
	return "#m" + itoa(month)
}

func dayID(d *site.Day) string { return "d" + itoa(d.Month) + "-" + itoa(d.Day) }

// onDay writes a day of the year.
func (p *planner) onDay(d *site.Day) string {
	return p.language.Day(date.Date{Year: 2000, Month: int8(d.Month), Day: int8(d.Day)})
}

func (p *planner) monthName(m int) string { return p.t("days.month", m, time.Month(m).String()) }

// OnDay is who acted on a day of the year, as the home page's script shows it.
type OnDay struct {
	Day    int      `json:"day"`
	On     string   `json:"on"` // the day, in words
	URL    string   `json:"url"`
	People []DayOne `json:"people"` // the first of them
	More   int      `json:"more,omitempty"`
}

// DayOne is one of them.
type DayOne struct {
	Name   string `json:"name"`
	URL    string `json:"url"`
	Year   string `json:"year"`
	Fallen bool   `json:"fallen,omitempty"`
}

// DaysOf is the days of one month on which somebody acted, and the last such day before it.
type DaysOf struct {
	Month  int     `json:"-"`
	Before *OnDay  `json:"before,omitempty"`
	Days   []OnDay `json:"days"`
}

// DaysByMonth are twelve months for the home page, which asks for the reader's own; nil
// where no day is known.
func (p Planned) DaysByMonth() []DaysOf { return p.planner.daysByMonth() }

func (p *planner) daysByMonth() []DaysOf {
	if len(p.e.Days) == 0 {
		return nil
	}
	total := 0
	for _, d := range p.e.Days {
		total += len(d.Heroes)
	}
	const most = 2
	item := func(d *site.Day) OnDay {
		x := OnDay{Day: d.Day, On: p.onDay(d), URL: p.dayHref(d.Month, d.Day, total > mostOnDays), More: max(0, len(d.Heroes)-most)}
		for _, h := range d.Heroes[:min(most, len(d.Heroes))] {
			x.People = append(x.People, DayOne{h.Name, p.href(h.Address), p.t("year", h.Year()), h.Status == content.Fallen})
		}
		return x
	}
	out := make([]DaysOf, 12)
	last := item(p.e.Days[len(p.e.Days)-1]) // the year goes round
	for i, k := 0, 0; i < 12; i++ {
		before := last
		out[i] = DaysOf{Month: i + 1, Before: &before, Days: []OnDay{}}
		for ; k < len(p.e.Days) && p.e.Days[k].Month == i+1; k++ {
			last = item(p.e.Days[k])
			out[i].Days = append(out[i].Days, last)
		}
	}
	return out
}
