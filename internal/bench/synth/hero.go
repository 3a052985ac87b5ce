package synth

import (
	"fmt"
	"slices"
	"strconv"
)

// deeds are the types of deeds: as keys have them in English and in Chinese, and
// what was done in a sentence.
var deeds = []struct{ en, zh, line string }{
	{"water-rescue", "水中救人", "在{景}下水，把{人}推上了岸，自己最后一个上来。"},
	{"water-rescue", "水中救人", "{天}，两次下水，用{物}救起{人}。"},
	{"fire-rescue", "火中救人", "披着湿棉被冲进着火的屋子，背出了{人}。"},
	{"fire-rescue", "火中救人", "{时}，踹开门，从浓烟里拉出{人}，又回头关了煤气。"},
	{"crime-stopping", "制止犯罪", "在{景}拦住持刀的人，护住了{人}，身上多处受伤。"},
	{"traffic-rescue", "交通救援", "用{物}砸开车窗，在车起火前拖出了{人}。"},
	{"disaster-relief", "抢险救灾", "{天}，带着{数}个人守住{景}，把{人}背到高处。"},
	{"medical-aid", "急救伤病", "跪在{景}的地上给{人}做心肺复苏，直到救护车来。"},
	{"other", "其他", "追出{数}里路，替{人}要回了救命的钱。"},
}

// Deeds are the types of deeds, once each: their names, and their keys as the
// addresses of their lists.
func Deeds() []Link {
	var out []Link
	for _, d := range deeds {
		if l := (Link{d.zh, d.en}); !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

var (
	statuses = [][2]string{{"living", "健在"}, {"living", "健在"}, {"living", "健在"}, {"living", "健在"}, {"disabled", "伤残"}, {"fallen", "牺牲"}, {"deceased", "已故"}}
	genders  = [][2]string{{"male", "男"}, {"male", "男"}, {"female", "女"}}
	levels   = [][2]string{{"national", "国家级"}, {"province", "省级"}, {"city", "市级"}, {"county", "县级"}}
)

func (p plan) hero(i int) *Record {
	rnd := p.rng(Hero, i)
	me := p.person(i)
	r := &Record{Kind: Hero, Title: me.text, chinese: i%2 == 0, Address: "heroes/" + me.reading + "/"}
	r.File = "heroes/" + me.reading + ".md"
	if i%4 == 0 {
		r.File = "heroes/" + me.text + ".md"
	}
	say := func(words [2]string) string {
		if r.chinese {
			return words[1]
		}
		return words[0]
	}
	where := place(rnd.IntN(len(cities) * len(ranks)))
	year := firstYear + rnd.IntN(years)
	deed := deeds[rnd.IntN(len(deeds))]
	r.Date = fmt.Sprintf("%d-%02d-%02d", year, 1+rnd.IntN(12), 1+rnd.IntN(28))
	r.Terms = Terms{Region: where, Year: year, Deed: deed.en}

	w := p.writer(rnd, me.text, where[1]+where[2], year)
	w.fill(deed.line)
	r.Line = w.String()
	w.Reset()
	w.body(p.size(2300, 2500))
	if n := (i*13 + 5) % p.heroes; n != i {
		w.mention("同一年受到表彰的还有", p.heroLink(n), "，两个人后来成了朋友。")
	}
	if rnd.IntN(2) == 0 {
		w.mention("他的事写进了", p.briefLink(i%p.briefs), "，读过的人不少。")
	}
	w.finish(r)

	occupation, spot, born := pick(rnd, occupations), pick(rnd, spots), year-18-rnd.IntN(50)
	status := statuses[rnd.IntN(len(statuses))]
	honors, seals := p.heldBy(i, year, &r.Terms, say)
	r.head = []field{
		{"name", "姓名", me.text},
		{"status", "状况", say(status)},
		{"gender", "性别", say(genders[rnd.IntN(len(genders))])},
		{"birth_year", "出生年", born},
		{"occupation", "职业", occupation},
		{"native_place", "籍贯", where[1]},
		{"region", "地区", where[0] + "/" + where[1] + "/" + where[2]},
		{"deed", "事迹", []field{
			{"date", "日期", r.Date}, {"place", "地点", where[2] + spot}, {"type", "类型", say([2]string{deed.en, deed.zh})}, {"summary", "摘要", r.Line},
		}},
		{"honors", "荣誉", honors},
		{"confirmed", "确认", []field{{"by", "单位", where[2] + "公安局"}, {"date", "日期", strconv.Itoa(year + 1)}}},
		{"consent", "授权", []field{{"publish", "公开", true}, {"portrait", "肖像", false}}},
		{"sample", "示例", true},
	}
	if i%50 == 7 {
		r.Aliases = []string{"/old/heroes/" + strconv.Itoa(i) + "/"}
		r.head = append(r.head, field{"aliases", "旧网址", r.Aliases})
	}
	r.Facts = append([]Fact{
		{"年", Link{r.Date, "heroes/year/" + strconv.Itoa(year) + "/"}},
		{"地", Link{spot, ""}}, // after Terms.Region,
		{"事", Link{deed.zh, "heroes/deed/" + deed.en + "/"}},
		{"职业", Link{occupation, ""}}, {"出生", Link{strconv.Itoa(born), ""}},
		{"确认", Link{where[2] + "公安局，" + strconv.Itoa(year+1) + "年", ""}},
		{"籍贯", Link{where[1], ""}},
	}, seals...)
	r.Traces = p.traces(i)
	return r
}

// heldBy is what hero i holds: an honour of the site for 7 in 10, a title of its
// own for the others.
func (p plan) heldBy(i, year int, t *Terms, say func([2]string) string) ([][]field, []Fact) {
	if i%97 >= 68 { // 97 divides none of the counts, so no session stays empty
		title := place(i)[2] + "见义勇为先进个人"
		return [][]field{{{"title", "称号", title}, {"level", "级别", say(levels[3])}, {"year", "年份", year + 1}}}, []Fact{{"荣誉", Link{title, ""}}}
	}
	honor := p.honorLink(i % p.honors)
	t.Honor, t.Session = honor.slug(), 1+i/p.honors%Sessions
	session := strconv.Itoa(t.Session)
	return [][]field{{{"honor", "奖项", t.Honor}, {"session", "届次", session}, {"level", "级别", say(levels[i%p.honors%4])}, {"year", "年份", year + 1}}},
		[]Fact{{"荣誉", Link{honor.Name + "第" + session + "届", honor.Address + session + "/"}}}
}
