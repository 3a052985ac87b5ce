package synth

import (
	"fmt"
	"strconv"
)

func (p plan) bookLink(i int) Link {
	n := strconv.Itoa(i + 1)
	return Link{"岚江义举录（第" + n + "卷）", "anthology/yi-ju-lu-" + n + "/"}
}

func (p plan) chapterLink(i int) Link {
	n := strconv.Itoa(i + 1)
	title := spots[i%len(spots)] + "的" + []string{"灯", "桥", "渡口", "夜", "雨", "声音", "脚印"}[i%7] + "（" + n + "）"
	return Link{title, fmt.Sprintf("%spian-%04d/", p.bookLink(i/perBook).Address, i+1)}
}

func (p plan) book(i int) *Record {
	l := p.bookLink(i)
	r := &Record{Kind: Book, Title: l.Name, Address: l.Address, File: l.ref() + "/_index.md", Line: "岚江省见义勇为纪事，凡" + strconv.Itoa(perBook) + "篇。"}
	w := p.writer(p.rng(Book, i), p.person(i).text, province, firstYear)
	w.paragraph(openings, 4)
	w.paragraph(endings, 4)
	w.finish(r)
	r.head = []field{
		{"title", "书名", l.Name}, {"editors", "编者", []string{"岚江省见义勇为协会"}}, {"publisher", "出版", "岚江省见义勇为协会印发"}, {"summary", "摘要", r.Line},
		{"editions", "版次", [][]field{{{"number", "版", 1}, {"date", "日期", "2020-05"}, {"pieces", "篇数", perBook}}}},
	}
	return r
}

func (p plan) chapter(i int) *Record {
	rnd := p.rng(Chapter, i)
	l, hero := p.chapterLink(i), p.heroLink(p.heroes-1-i)
	r := &Record{Kind: Chapter, Title: l.Name, Address: l.Address, File: l.ref() + ".md", chinese: i%2 == 0}
	where := place(rnd.IntN(99))
	w := p.writer(rnd, hero.Name, where[1]+where[2], firstYear+rnd.IntN(years))
	w.fill("{天}里的{景}，{名}一个人站着。")
	r.Line = w.String()
	w.WriteString("\n\n")
	w.body(p.size(2800, 4600))
	w.mention("这里写的是", hero, "，其余的人都没有留下名字。")
	w.finish(r)
	author, part := p.person(i*11+3).text, "第"+strconv.Itoa(1+i%perBook/10)+"辑"
	r.head = []field{{"title", "标题", l.Name}, {"authors", "作者", []string{author}}, {"part", "辑", part}, {"heroes", "英雄", []string{hero.slug()}}}
	r.Facts = []Fact{{"作者", Link{author, ""}}, {"辑", Link{part, ""}}, {"英雄", hero}}
	return r
}

func (p plan) venueLink(i int) Link {
	n := strconv.Itoa(i + 1)
	return Link{place(i)[2] + "见义勇为主题公园" + n + "号", "venues/gong-yuan-" + n + "/"}
}

func (p plan) exhibitLink(i int) Link {
	n := strconv.Itoa(i%perVenue + 1)
	return Link{place(i / perVenue)[2] + "第" + n + "块展板", p.venueLink(i/perVenue).Address + "zhan-ban-" + n + "/"}
}

func (p plan) venue(i int) *Record {
	rnd := p.rng(Venue, i)
	l, where := p.venueLink(i), place(i)
	r := &Record{Kind: Venue, Title: l.Name, Address: l.Address, File: l.ref() + "/_index.md", Line: "沿路展板，从入口走到出口约半小时。"}
	w := p.writer(rnd, p.person(i).text, where[1]+where[2], firstYear+10)
	w.paragraph(openings, 4)
	w.list(false)
	w.paragraph(endings, 4)
	w.finish(r)
	var route []string
	for e := i * perVenue; e < min((i+1)*perVenue, p.exhibits); e += 2 {
		route = append(route, p.exhibitLink(e).slug())
	}
	address := where[2] + pick(rnd, spots)
	r.head = []field{
		{"name", "名称", l.Name}, {"kind", "类别", "park"}, {"region", "地区", where[0] + "/" + where[1] + "/" + where[2]}, {"address", "地址", address},
		{"opened", "开放", "2015-05"}, {"hours", "时间", "全天开放"}, {"keeper", "管理单位", where[2] + "园林处"}, {"route", "参观路线", route}, {"summary", "摘要", r.Line},
	}
	r.Facts = []Fact{{"地址", Link{address, ""}}, {"开放", Link{"2015年5月", ""}}, {"时间", Link{"全天开放", ""}}, {"管理单位", Link{where[2] + "园林处", ""}}}
	return r
}

func (p plan) exhibit(i int) *Record {
	rnd := p.rng(Exhibit, i)
	l, where := p.exhibitLink(i), place(i/perVenue)
	r := &Record{Kind: Exhibit, Title: l.Name, Address: l.Address, File: l.ref() + ".md"}
	w := p.writer(rnd, "他", where[1]+where[2], firstYear+rnd.IntN(years))
	w.fill("这块展板立在{景}，讲{天}里的一件事。")
	r.Line = w.String()
	w.WriteString("\n\n")
	w.body(1500)
	w.finish(r)
	r.head = []field{{"name", "名称", l.Name}, {"kind", "类别", "panel"}, {"number", "编号", strconv.Itoa(i%perVenue + 1)}, {"summary", "摘要", r.Line}}
	if h := p.exhibitHero(i); h >= 0 {
		hero := p.heroLink(h)
		r.head = append(r.head, field{"heroes", "英雄", []string{hero.slug()}})
		r.Facts = append(r.Facts, Fact{"英雄", hero})
	}
	return r
}

func (p plan) honorLink(i int) Link {
	n := strconv.Itoa(i + 1)
	return Link{cities[i%len(cities)] + "见义勇为模范" + n, "honors/mo-fan-" + n + "/"}
}

func (p plan) honor(i int) *Record {
	l := p.honorLink(i)
	r := &Record{Kind: Honor, Title: l.Name, Address: l.Address, File: l.ref() + ".md", Line: "每三年评选一次，凡" + strconv.Itoa(Sessions) + "届。"}
	w := p.writer(p.rng(Honor, i), "获奖者", cities[i%len(cities)], firstYear)
	w.paragraph(endings, 3)
	w.finish(r)
	var list [][]field
	for s := range Sessions {
		list = append(list, []field{{"number", "届", strconv.Itoa(s + 1)}, {"year", "年份", firstYear + 3*s}})
	}
	by := cities[i%len(cities)] + "人民政府"
	r.head = []field{{"title", "称号", l.Name}, {"level", "级别", levels[i%4][0]}, {"by", "授予单位", by}, {"sessions", "届次", list}, {"order", "排序", "pinyin"}, {"summary", "摘要", r.Line}}
	r.Facts = []Fact{{"级别", Link{levels[i%4][1], ""}}, {"授予单位", Link{by, ""}}}
	return r
}

func (p plan) unit(i int) *Record {
	n := strconv.Itoa(i + 1)
	where := place(i * 7)
	r := &Record{Kind: Unit, Title: where[2] + "应急志愿队" + n, Address: "units/dui-" + n + "/", File: "units/dui-" + n + ".md", Line: "巡河、守夜、教人急救。"}
	w := p.writer(p.rng(Unit, i), p.person(i).text, where[1]+where[2], firstYear)
	w.paragraph(openings, 3)
	w.finish(r)
	r.head = []field{{"name", "名称", r.Title}, {"kind", "类别", "team"}, {"region", "地区", where[0] + "/" + where[1] + "/" + where[2]}, {"people", "人数", 20 + i*7%80}, {"summary", "摘要", r.Line}}
	r.Facts = []Fact{{"地区", Link{where[1] + where[2], ""}}, {"人数", Link{strconv.Itoa(20 + i*7%80), ""}}}
	return r
}

func (p plan) report(i int) *Record {
	year := strconv.Itoa(firstYear + i)
	r := &Record{Kind: Report, Title: "岚江省" + year + "年见义勇为工作数据", Address: "reports/" + year + "/", File: "reports/" + year + ".md", Line: year + "年的数。"}
	rnd := p.rng(Report, i)
	w := p.writer(rnd, "他", province, firstYear+i)
	w.paragraph(openings, 3)
	w.finish(r)
	var figures [][]field
	for _, city := range cities {
		n := 20 + rnd.IntN(300)
		figures = append(figures, []field{{"label", "名称", city}, {"value", "数值", n}, {"unit", "单位", "人"}, {"group", "分组", "受表彰人数"}, {"previous", "上年", n - rnd.IntN(20)}})
		r.Facts = append(r.Facts, Fact{city, Link{strconv.Itoa(n) + "人", ""}})
	}
	r.head = []field{{"title", "标题", r.Title}, {"year", "年份", firstYear + i}, {"summary", "摘要", r.Line}, {"figures", "数据", figures}}
	return r
}

func (p plan) page(i int) *Record {
	r := &Record{Kind: Page, Title: pageTitles[i], Address: pageSlugs[i] + "/", File: "pages/" + pageSlugs[i] + ".md", Line: pageTitles[i] + "。"}
	w := p.writer(p.rng(Page, i), "编者", province, firstYear)
	w.body(2500)
	w.finish(r)
	r.head = []field{{"title", "标题", r.Title}, {"summary", "摘要", r.Line}}
	return r
}

// config is site.yaml.
func (s Site) config() []byte {
	return fmt.Appendf(nil, `title: 岚江义举录
description: 为测试虚构的站点，人物、地点、事迹都不存在。
base_url: https://lanjiang.example.cn/
language: zh-Hans
editions: [zh-Hans]
theme: lamplight
organisation:
  name: 岚江省见义勇为协会（虚构）
  address: 清浦市长堤路 1 号（虚构）
  phone: 000-00000000
  email: guan@example.cn
icp: 岚ICP备00000000号
nav:
  - {label: 英雄, to: /heroes/}
  - {label: 简报, to: /briefs/}
  - {label: 文集, to: /anthology/}
  - {label: 阵地, to: /venues/}
  - {label: 荣誉, to: /honors/}
  - {label: 如何举荐, to: /nominate/}
search: %t
cards: none
`, s.Search)
}
