package synth

import (
	"fmt"
	"strconv"
)

var (
	categories = [][2]string{
		{"commendation", "表彰"}, {"campaign", "宣传活动"}, {"training", "培训"}, {"visit", "走访慰问"}, {"venue", "阵地建设"},
		{"fundraising", "募捐"}, {"care", "优抚"}, {"notice", "通知"}, {"other", "其他"},
	}
	news = []string{
		"%s召开见义勇为表彰会", "%s见义勇为宣传月启动", "%s举办应急救护培训", "%s走访见义勇为人员家庭", "%s见义勇为园地落成",
		"%s见义勇为基金募捐", "%s落实见义勇为人员优抚", "关于%s申报见义勇为人员的通知", "%s志愿者巡河记",
	}
)

// briefYear spreads briefs over the years, the first being the oldest.
func (p plan) briefYear(i int) int { return firstYear + 5 + i*(years-5)/p.briefs }

func (p plan) briefLink(i int) Link {
	number := strconv.Itoa(i + 1)
	title := fmt.Sprintf(news[i%len(news)], place(i)[2]) + "（第" + number + "期）"
	return Link{title, "briefs/" + strconv.Itoa(p.briefYear(i)) + "/di-" + number + "-qi/"}
}

func (p plan) brief(i int) *Record {
	rnd := p.rng(Brief, i)
	l := p.briefLink(i)
	where := place(i)
	year := p.briefYear(i)
	r := &Record{Kind: Brief, Title: l.Name, Address: l.Address, File: l.ref() + ".md", chinese: i%2 == 1}
	r.Date = fmt.Sprintf("%d-%02d-%02d", year, 1+rnd.IntN(12), 1+rnd.IntN(28))
	var slugs []string
	for h := 3 * i; h < min(3*i+3, p.heroes); h++ {
		hero := p.heroLink(h)
		slugs = append(slugs, hero.slug())
		r.Facts = append(r.Facts, Fact{"英雄", hero})
	}
	venue := p.venueLink(i % p.venues)
	w := p.writer(rnd, p.person(3*i%p.heroes).text, where[1]+where[2], year)
	w.fill("{月}月{日}日，" + where[2] + "在{景}举行活动，到场{数}人，{业}代表讲了话。")
	r.Line = w.String()
	w.WriteString("\n\n")
	w.mention("会上宣读了", p.heroLink(3*i%p.heroes), "的事迹，全场起立。")
	w.body(p.size(2500, 1700))
	w.mention("活动在", venue, "结束，参加的人沿路线走了一圈。")
	w.finish(r)
	category := categories[i%len(categories)]
	name := category[0]
	if r.chinese {
		name = category[1]
	}
	r.head = []field{
		{"title", "标题", l.Name},
		{"date", "日期", r.Date},
		{"number", "期号", i + 1},
		{"category", "栏目", name},
		{"byline", "作者", []string{where[2] + "协会", p.person(i * 5).text}},
		{"heroes", "英雄", slugs},
		{"venues", "阵地", []string{venue.slug()}},
		{"summary", "摘要", r.Line},
		{"event", "活动", []field{{"start", "开始", r.Date}, {"place", "地点", where[2] + pick(rnd, spots)}}},
		{"sources", "来源", []string{where[2] + "见义勇为协会简报"}},
	}
	r.Facts = append(r.Facts, Fact{"阵地", venue}, Fact{"栏目", Link{category[1], ""}}, Fact{"作者", Link{where[2] + "协会、" + p.person(i*5).text, ""}},
		Fact{"来源", Link{where[2] + "见义勇为协会简报", ""}})
	return r
}
