package importer

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/roll"
)

// people makes a hero of every person of a roll.
func (m *maker) people(s *Source, list []roll.Person) {
	guard := newCensor(m.Lang)
	list = slices.Clone(list)
	for i := range list {
		censorPerson(guard, &list[i])
	}
	list = slices.DeleteFunc(list, func(p roll.Person) bool { return p.Name == "" })
	list, doubts := m.joined(s, list)
	guard.tell(&s.Log)
	var held, regionless, ambiguous, minors []string
	var elsewhere []string
	here := map[string]bool{}
	for i, p := range list {
		if m.same[p.Name]++; m.same[p.Name] > 1 && !here[p.Name] {
			elsewhere = append(elsewhere, p.Name)
			doubts[i] = append(doubts[i], diag.Text{Zh: "前面的名单里有同名的人", En: "a roll before this has somebody of that name"})
		}
		here[p.Name] = true
		if state := m.person(s, p, m.same[p.Name]); state == Held {
			held = append(held, p.Name)
			continue
		}
		planned := &s.Files[len(s.Files)-1]
		planned.Doubts = doubts[i]
		if len(p.Region) == 0 && len(m.Region) == 0 {
			planned.Doubts = append(planned.Doubts, diag.Text{Zh: "没有地区", En: "no region"})
			regionless = append(regionless, p.Name)
		}
		if !p.Group && len(han.ReadName(p.Name).Ambiguous) > 0 {
			planned.Doubts = append(planned.Doubts, diag.Text{Zh: "姓有两种读法，导入后写上“拼音”", En: "the surname has two readings: write the pinyin once it is imported"})
			ambiguous = append(ambiguous, p.Name)
		}
		if m.minor(p) {
			planned.Doubts = append(planned.Doubts, diag.Text{Zh: "可能未成年", En: "perhaps a minor"})
			minors = append(minors, p.Name)
		}
	}
	tell := func(sort report.Sort, names []string, zh, en string) {
		if len(names) > 0 {
			shown := strings.Join(names[:min(len(names), 10)], "、")
			if len(names) > 10 {
				shown += "…"
			}
			s.Log.Add(sort, zh, en, len(names), shown)
		}
	}
	tell(report.Left, held, "%d 人的姓名已经写在网站的文章里，没有授权就导入，生成会停下，所以没有导入：%s。取得授权后再导入，选上姓名已在文章里的人（命令里是 --named），并把“公开”改成 true",
		"%d people are named in the site's texts; importing them without consent would stop the build, so they were not: %s. Once they consent, import again with people who are named (--named in a command) and set publish to true")
	tell(report.Guessed, elsewhere, "%d 人的姓名在前面的名单里也有，分开建了文件：%s。是同一个人，就把荣誉合到一个文件里", "%d people bear names of a roll before this; a file for each: %s. Where it is the same person, join their honours in one file")
	tell(report.Todo, regionless, "%d 人没有地区，写了“待补”并留作草稿：%s。也可以导入时给一个地区，一次写上（命令里是 --region 省/市）", "%d people have no region; they were marked and left as drafts: %s. a region given with the import (--region PROVINCE/CITY in a command) fills it in for all")
	tell(report.Todo, ambiguous, "%d 人的姓有两种读法，请写上“拼音”：%s", "%d people have surnames with two readings; write their pinyin: %s")
	tell(report.Todo, minors, "%d 人可能未成年，已标上“未成年”：要监护人书面同意才能公开：%s", "%d people may be minors and are marked so; only their guardians can consent: %s")
	if n := len(list) - len(held); n > 0 {
		s.Log.Add(report.Todo, "%d 人都还没有授权，网站上一个也不会出现。逐人取得书面同意后，把各自文件里“授权”下的“公开”改成 true", "none of the %d people has consented yet, so none will show. Once each has agreed in writing, set publish under consent to true", n)
	}
}

func censorPerson(c *censor, p *roll.Person) {
	for _, t := range []*string{&p.Name, &p.Occupation, &p.NativePlace, &p.Place, &p.Confirmed.By, &p.Confirmed.Document} {
		*t = plainText(c.text(*t))
	}
	p.Deed = c.text(p.Deed)
	p.Also, p.Region, p.Sources = slices.Clone(p.Also), slices.Clone(p.Region), slices.Clone(p.Sources)
	p.Extra, p.Honors = slices.Clone(p.Extra), slices.Clone(p.Honors)
	for _, list := range []*[]string{&p.Also, &p.Region, &p.Sources} {
		for i := range *list {
			(*list)[i] = plainText(c.text((*list)[i]))
		}
		*list = slices.DeleteFunc(*list, func(s string) bool { return s == "" })
	}
	for i := range p.Extra {
		p.Extra[i].Heading, p.Extra[i].Value = plainText(c.text(p.Extra[i].Heading)), c.text(p.Extra[i].Value)
	}
	for i := range p.Honors {
		h := &p.Honors[i]
		h.Title, h.Session, h.By = plainText(c.text(h.Title)), plainText(c.text(h.Session)), plainText(c.text(h.By))
	}
	p.Honors = slices.DeleteFunc(p.Honors, func(h roll.Honor) bool { return h.Title == "" })
}

// plainText is a text on one line, without what cannot be seen.
func plainText(s string) string {
	one := strings.FieldsFunc(rich.Words(rich.Tidy([]rich.Span{{Text: s}})), func(r rune) bool { return r == '\n' || r == ' ' })
	return strings.Join(one, " ")
}

// joined makes one of rows that tell of the same person: the same name, and either
// the same text of a deed or the same birth. Beside each stands what is doubtful of it.
func (m *maker) joined(s *Source, list []roll.Person) (out []roll.Person, doubts [][]diag.Text) {
	doubt := func(i int, zh, en string) {
		if t := (diag.Text{Zh: zh, En: en}); !slices.Contains(doubts[i], t) {
			doubts[i] = append(doubts[i], t)
		}
	}
	byName := map[string][]int{}
	var joined, apart []string
	for _, p := range list {
		at := -1
		for _, i := range byName[p.Name] {
			q := out[i]
			born := !p.Born.IsZero() && p.Born == q.Born
			deed := p.Deed != "" && p.Deed == q.Deed
			conflict := !p.Born.IsZero() && !q.Born.IsZero() && p.Born != q.Born || p.Gender != "" && q.Gender != "" && p.Gender != q.Gender
			if (born || deed) && !conflict {
				at = i
			}
		}
		if at >= 0 {
			out[at].Join(p)
			doubt(at, "名单上有几行，合成了一个人", "several rows of the roll were joined")
			joined = append(joined, p.Name)
			continue
		}
		if len(byName[p.Name]) > 0 {
			apart = append(apart, p.Name)
		}
		byName[p.Name] = append(byName[p.Name], len(out))
		out, doubts = append(out, p), append(doubts, nil)
		if same := byName[p.Name]; len(same) > 1 {
			for _, i := range same {
				doubt(i, "名单上有同名的人", "somebody else on the roll has that name")
			}
		}
	}
	if len(joined) > 0 {
		s.Log.Add(report.Guessed, "同一个人写了几行，合在一起：%s", "rows of the same person were joined: %s", strings.Join(joined, "、"))
	}
	if len(apart) > 0 {
		s.Log.Add(report.Guessed, "姓名相同、看不出是同一个人，分开建了文件：%s", "the same name, but no sign that it is the same person; a file for each: %s", strings.Join(apart, "、"))
	}
	return out, doubts
}

// minor tells whether a person may be under 18 today.
func (m *maker) minor(p roll.Person) bool {
	return !p.Born.IsZero() && !p.Group && p.Born.Year+18 >= m.Today.Year && p.Born.Year > 1900 && p.Status != "fallen" && p.Status != "deceased"
}

// person enters the file of one person; nth counts those of one name on the roll.
func (m *maker) person(s *Source, p roll.Person, nth int) State {
	dir := content.KindHero.Info().Dir("")
	file := fileName(p.Name)
	if file == "" {
		file = "hero"
	}
	wanted := file
	if nth > 1 {
		wanted += "-" + strconv.Itoa(nth)
	}
	for _, there := range m.site.find(content.KindHero, "", p.Name) {
		if there.path == path.Join(dir, wanted+".md") {
			slug := there.slug
			if slug == slugOf(wanted, p.Group) {
				slug = ""
			}
			m.compare(s, there.path, m.hero(s, p, slug))
			return s.Files[len(s.Files)-1].State
		}
	}
	if there := m.site.find(content.KindHero, "", p.Name); nth == 1 && len(there) > 0 {
		s.Log.Add(report.Todo, "%s 已经有了（%s），没有改动它。是另一个同名的人，请另外新建", "%s is there already (%s) and was left alone. For another person of that name make a new record", p.Name, there[0].path)
		s.Files = append(s.Files, File{Path: there[0].path, State: Refused})
		return Refused
	}
	if at := m.site.mention(p.Name); at != "" && !m.Named {
		s.Files = append(s.Files, File{Path: path.Join(dir, wanted+".md"), State: Held})
		return Held
	}
	at := m.site.place(content.KindHero, dir, "", wanted, false, !p.Group)
	s.Files = append(s.Files, File{Path: at.path, State: New, Data: m.hero(s, p, at.slug)})
	return New
}

func slugOf(file string, group bool) string {
	if group {
		return han.Slug(file)
	}
	return han.SlugName(file)
}
