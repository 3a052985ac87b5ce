// Package yearly drafts a report of a year (content/reports/YEAR.md) from what the site
// shows of it, and from its scans.
//
// It counts only what stands on the site on the day: nobody without consent, no draft,
// nothing that is not due; and no invented person (sample). What it writes is a draft in
// two ways: an editor reads it before it is published, and each group of figures says what
// was counted, so that a number that is wrong leads to the record that makes it so.
package yearly

import (
	"fmt"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/scans"
	"mingdeng/internal/site"
)

// Request says of what to draft a report.
type Request struct {
	Year  int
	Site  *site.Edition
	Scans *scans.Report // nil where there are none
	Lang  diag.Lang
}

// Group is figures that stand in one chart, with a line that says what was counted.
type Group struct {
	Name    string
	About   string
	Figures []content.Figure
	leads   bool // its first figure stands in the summary
}

// Report is a drafted report.
type Report struct {
	Title   string
	Year    int
	Summary string
	Groups  []Group
	lang    diag.Lang
}

// topExhibits is how many exhibits stand in the chart of those opened most.
const topExhibits = 10

// Draft counts. It returns nil where the site shows nothing of the year.
func Draft(q Request) *Report {
	d := drafter{q: q, of: counts{}, before: counts{}}
	d.count(q.Year, d.of)
	d.count(q.Year-1, d.before)
	r := &Report{Year: q.Year, lang: q.Lang}
	if len(d.of) > 0 {
		r.Groups = append(r.Groups, d.briefs(), d.heroes(), d.events(), d.places())
	}
	if q.Scans != nil {
		r.Groups = append(r.Groups, d.scans()...)
	}
	r.Groups = slices.DeleteFunc(r.Groups, func(g Group) bool { return len(g.Figures) == 0 })
	if len(r.Groups) == 0 {
		return nil
	}
	owner := q.Site.Config.Title
	if o := q.Site.Config.Organisation; o != nil && o.Name != "" {
		owner = o.Name
	}
	r.Title = d.say("%s%d年工作数据", "%s: the year %d in figures", owner, q.Year)
	r.Summary = d.summary(r)
	return r
}

// what names something that is counted.
type what string

// What is counted of a year. Categories, levels and kinds are counted under their names.
const (
	briefs     what = "briefs"
	reprinted  what = "reprinted"
	reprints   what = "reprints"
	outlets    what = "outlets"
	events     what = "events"
	sessions   what = "sessions"
	deeds      what = "deeds"
	confirmedP what = "confirmed persons"
	confirmedG what = "confirmed groups"
	honours    what = "honours"
	opened     what = "venues opened"
	issued     what = "plaques issued"
)

type counts map[what]int

type drafter struct {
	q          Request
	of, before counts
}

func (d *drafter) say(zh, en string, args ...any) string {
	return fmt.Sprintf(diag.Text{Zh: zh, En: en}.In(d.q.Lang), args...)
}

// count goes through the site.
func (d *drafter) count(year int, to counts) {
	e := d.q.Site
	media := map[string]bool{}
	for _, b := range e.Briefs {
		if b.Date.Year == year {
			to[briefs]++
			category := b.Category
			if category == "" {
				category = "other"
			}
			to[what("brief "+category)]++
		}
		taken := false
		for _, x := range b.ReprintedBy {
			when := x.Date
			if when.IsZero() {
				when = b.Date
			}
			if when.Year == year {
				to[reprints]++
				media[x.Outlet] = true
				taken = true
			}
		}
		if taken {
			to[reprinted]++
		}
		if b.Event != nil && b.Event.Start.Year == year {
			to[events]++
		}
	}
	if len(media) > 0 {
		to[outlets] = len(media)
	}
	for _, h := range e.Heroes {
		if h.Sample {
			continue // nobody
		}
		if h.Year() == year {
			to[deeds]++
		}
		if h.Confirmed != nil && h.Confirmed.Date.Year == year {
			if h.HeroKind == content.Person {
				to[confirmedP]++
			} else {
				to[confirmedG]++
			}
		}
		for _, x := range h.Held {
			if x.Year == year {
				to[honours]++
				to[what("honour "+x.Level)]++
			}
		}
	}
	for _, h := range e.Honors {
		for _, s := range h.Sessions {
			if s.Year == year || s.Year == 0 && s.Date.Year == year {
				to[sessions]++
			}
		}
	}
	for _, v := range e.Venues {
		if v.Opened.Year == year {
			to[opened]++
		}
	}
	for _, c := range e.Codes {
		if c.Issued.Year == year {
			to[issued]++
		}
	}
}

// group gathers figures of things that are counted each year. The year before is given
// only where the site tells of it: a site that began this year has nothing to compare.
type group struct {
	Group
	d        *drafter
	compared bool
}

func (d *drafter) group(name, about string, of ...what) *group {
	g := &group{Group: Group{Name: name, About: about, leads: true}, d: d}
	for _, w := range of {
		g.compared = g.compared || d.before[w] > 0
	}
	return g
}

func (g *group) add(w what, label, unit string) {
	n, before := g.d.of[w], g.d.before[w]
	if n == 0 && before == 0 {
		return
	}
	f := content.Figure{Label: label, Value: float64(n), Unit: unit, Group: g.Name}
	if g.compared {
		was := float64(before)
		f.Previous = &was
	}
	g.Figures = append(g.Figures, f)
}

func (d *drafter) value(v content.Value) string { return diag.Text{Zh: v.Zh, En: v.En}.In(d.q.Lang) }

func (d *drafter) briefs() Group {
	g := d.group(d.say("简报", "Briefs"), d.say(
		"数的是日期在这一年、网站上看得到的简报；转载按转载日期算，没写日期的按简报日期。栏目没写的算“其他”。",
		"Briefs of the year that the site shows. Reprints count by their own date, or the brief's where they have none. Briefs without a category count as other."), briefs)
	piece, times := d.say("篇", "pieces"), d.say("次", "times")
	g.add(briefs, d.say("简报", "briefs"), piece)
	for _, c := range content.Category("").Values() {
		g.add(what("brief "+c.En), d.say("简报：%s", "briefs: %s", d.value(c)), piece)
	}
	g.add(reprinted, d.say("被转载的简报", "briefs reprinted"), piece)
	g.add(reprints, d.say("转载", "reprints"), times)
	g.add(outlets, d.say("转载的媒体", "outlets that reprinted"), d.say("家", "outlets"))
	return g.Group
}

func (d *drafter) heroes() Group {
	g := d.group(d.say("英雄", "Heroes"), d.say(
		"只数网站上公开的人：没有授权的、草稿和示例人物都不算，所以可能少于实际人数，请按台账改正。确认按“确认”的日期，荣誉按授予的年份（一人得两项算两人次）。",
		"People whom the site shows: those without consent, drafts and samples are not counted, so the true numbers may be higher; correct them from your records. Confirmed by that date; honours by their year, two of one person being two."), confirmedP, confirmedG, deeds, honours)
	g.add(confirmedP, d.say("当年确认的见义勇为人员", "people confirmed"), d.say("人", "people"))
	g.add(confirmedG, d.say("当年确认的见义勇为群体", "groups confirmed"), d.say("个", "groups"))
	g.add(deeds, d.say("发生在当年的事迹", "deeds of the year"), d.say("件", "deeds"))
	for _, l := range content.Level("").Values() {
		g.add(what("honour "+l.En), d.say("%s荣誉", "honours: %s", d.value(l)), d.say("人次", "awards"))
	}
	g.add("honour ", d.say("没写级别的荣誉", "honours without a level"), d.say("人次", "awards"))
	return g.Group
}

func (d *drafter) events() Group {
	g := d.group(d.say("活动", "Events"), d.say(
		"活动数的是写了“活动”且在这一年开始的简报；表彰数的是“荣誉”里这一年的届次。",
		"Events are briefs whose event began in the year; awards are the sessions of honours in it."), events, sessions)
	g.add(events, d.say("活动", "events"), d.say("场", "events"))
	g.add(sessions, d.say("表彰届次", "sessions of awards"), d.say("届", "sessions"))
	return g.Group
}

func (d *drafter) places() Group {
	e := d.q.Site
	g := d.group(d.say("阵地", "Venues"), d.say(
		"新开放按阵地的“开放”日期，新发铭牌按登记簿。“现有”是写这份报告那天（%s）网站上的数，没有上一年可比。",
		"Opened by the venue's own date, plaques by the ledger. What there is now is what the site shows on the day of this draft (%s); there is no year before to compare it with.", e.Today), opened, issued)
	g.add(opened, d.say("新开放的阵地", "venues opened"), d.say("处", "venues"))
	g.add(issued, d.say("新发放的铭牌", "plaques issued"), d.say("块", "plaques"))
	if d.q.Year < e.Today.Year-1 { // what there is now says nothing of years ago
		return g.Group
	}
	exhibits, inForce := 0, 0
	for _, v := range e.Venues {
		exhibits += len(v.Exhibits)
	}
	for _, c := range e.Codes {
		if !c.Retired {
			inForce++
		}
	}
	for _, now := range []struct {
		n           int
		label, unit string
	}{
		{len(e.Venues), d.say("现有阵地", "venues now"), d.say("处", "venues")},
		{exhibits, d.say("现有展品", "exhibits now"), d.say("件", "exhibits")},
		{inForce, d.say("在用的铭牌", "plaques in force"), d.say("块", "plaques")},
	} {
		if now.n > 0 {
			g.Figures = append(g.Figures, content.Figure{Label: now.label, Value: float64(now.n), Unit: now.unit, Group: g.Name})
		}
	}
	return g.Group
}

// scans are the openings of plaques: the sum and by month, by venue, and the exhibits that
// were opened most. A year is compared with the one before only where the logs hold both.
func (d *drafter) scans() []Group {
	r, year := d.q.Scans, d.q.Year
	times := d.say("次", "times")
	month := func(y, m int) string { return fmt.Sprintf("%04d-%02d", y, m) }
	covers := func(name string) bool { return r.From != "" && name >= r.From[:7] && name <= r.To[:7] }
	whole := r.From != "" && r.From <= fmt.Sprintf("%04d-01-31", year-1)
	total := scans.Monthly{}
	for _, m := range r.Months {
		total[m.Month] = m.Openings
	}
	figure := func(g *Group, label string, n, before int64, compared bool) {
		f := content.Figure{Label: label, Value: float64(n), Unit: times, Group: g.Name}
		if compared {
			was := float64(before)
			f.Previous = &was
		}
		g.Figures = append(g.Figures, f)
	}

	// A year that is not over is compared with the same months of the year before.
	var these, those []string
	for m := 1; m <= 12; m++ {
		if covers(month(year, m)) {
			these, those = append(these, month(year, m)), append(those, month(year-1, m))
		}
	}
	first, last := max(r.From, fmt.Sprintf("%04d-01-01", year)), min(r.To, fmt.Sprintf("%04d-12-31", year))
	if r.From == "" || first > last {
		return nil
	}
	months := Group{Name: d.say("每月打开次数", "Opened by month"), About: d.say(
		"来自网站日志（mingdeng scans），日志从 %s 到 %s，按北京时间。机器人、预览不算；同一个人打开两次算两次；手机离线打开的不在日志里。",
		"From the site's logs (mingdeng scans), of %s to %s, China time. Robots and previews are not counted; who opens a page twice counts twice; what phones open without a network is in no log.", first, last)}
	if whole && len(these) < 12 {
		months.About += d.say("上一年只算同样的月份。", " Of the year before the same months are counted.")
	}
	figure(&months, d.say("铭牌打开次数", "plaques opened"), total.Of(these), total.Of(those), whole)
	for m := 1; m <= 12; m++ {
		if name := month(year, m); covers(name) {
			before := month(year-1, m)
			figure(&months, d.say("%d月", "month %d", m), total[name], total[before], covers(before))
		}
	}
	// The sum would dwarf the months in one chart, so it stands in a chart of its own.
	all := Group{Name: d.say("扫码", "Scans"), About: months.About, Figures: months.Figures[:1], leads: true}
	all.Figures[0].Group = all.Name
	months.Figures, months.About = months.Figures[1:], d.say("同上，按月。", "The same by month.")

	venues := Group{Name: d.say("各阵地打开次数", "Opened by venue"), About: d.say("同上，按铭牌所在的阵地；停用的铭牌不算。", "The same by the venue where a plaque hangs; retired plaques are not counted.")}
	for _, v := range r.Venues {
		if n, before := v.Months.Of(these), v.Months.Of(those); n+before > 0 {
			figure(&venues, v.Name, n, before, whole)
		}
	}
	exhibits := Group{Name: d.say("打开最多的展品", "Exhibits opened most"), About: d.say("同上，最多的 %d 件。", "The same, the first %d.", topExhibits)}
	list := slices.Clone(r.Exhibits)
	slices.SortStableFunc(list, func(a, b scans.Exhibit) int { return int(b.Months.Of(these) - a.Months.Of(these)) })
	for _, x := range list[:min(len(list), topExhibits)] {
		if n := x.Months.Of(these); n > 0 {
			figure(&exhibits, x.Name+" · "+x.VenueName, n, x.Months.Of(those), whole)
		}
	}
	return []Group{all, months, venues, exhibits}
}

// summary is a line of what each kind of figures begins with.
func (d *drafter) summary(r *Report) string {
	var parts []string
	for _, g := range r.Groups {
		if f := g.Figures[0]; g.leads && f.Value > 0 {
			parts = append(parts, d.say("%s%s%s", "%s: %s %s", f.Label, number(f.Value), f.Unit))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, d.say("，", "; ")) + d.say("。", ".")
}

// Existing is the record that holds the report of a year already, or "".
func Existing(c *content.Content, year int) string {
	for _, r := range c.Reports {
		if r.Year == year {
			return r.Path
		}
	}
	return ""
}

// Path is where the report of a year goes.
func Path(year int) string { return fmt.Sprintf("%s/reports/%d.md", content.Root, year) }

// Earliest and Latest bound the years that a report may be of, as its key does.
const (
	Earliest = 1900
	Latest   = 2100
)
