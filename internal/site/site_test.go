package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// model resolves a site written as path → text.
func model(t *testing.T, today string, files map[string]string) (*Edition, []diag.Finding) {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("title: 试\nbase_url: https://example.cn/\n")}}
	for p, text := range files {
		fsys["content/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, found := content.Scan(fsys)
	c, more := content.Load(fsys, tree)
	day, err := date.Parse(today)
	if err != nil {
		t.Fatal(err)
	}
	m, resolved := Resolve(c, Options{Today: day, StandIn: func(content.Language) string { return "某人" }})
	return m.Editions[0], append(append(found, more...), resolved...)
}

func hero(name, more string) string {
	return "---\n姓名: " + name + "\n地区: 河南省\n授权: {公开: true}\n" + more + "---\n"
}

func names(heroes []*Hero) string {
	var out []string
	for _, h := range heroes {
		out = append(out, h.Name)
	}
	return strings.Join(out, " ")
}

func TestHeroesByPinyinWithSurnameReadings(t *testing.T) {
	e, _ := model(t, "2026-01-01", map[string]string{
		"heroes/1.md": hero("曾望", ""), "heroes/2.md": hero("单青", ""), "heroes/3.md": hero("仇远山", ""), "heroes/4.md": hero("尉迟勇", ""),
		"heroes/5.md": hero("解云舟", ""), "heroes/6.md": hero("区若谷", ""), "heroes/7.md": hero("白石", ""), "heroes/8.md": hero("朴正河", ""),
	})
	if got := names(e.Heroes); got != "白石 区若谷 朴正河 仇远山 单青 解云舟 尉迟勇 曾望" {
		t.Errorf("got %s", got)
	}
}

func TestRollOrders(t *testing.T) {
	files := map[string]string{
		"heroes/a.md": hero("王淼", "荣誉: [{奖项: p}, {奖项: s}, {奖项: g}]\n"),
		"heroes/b.md": hero("丁一舟", "荣誉: [{奖项: p}, {奖项: s}, {奖项: g}]\n"),
		"heroes/c.md": hero("白石", "荣誉: [{奖项: p}, {奖项: s}, {奖项: g}]\n"),
		"heroes/d.md": hero("丁力", "荣誉: [{奖项: p}, {奖项: s}, {奖项: g}]\n"),
		"honors/p.md": "---\n名称: 甲\n---\n", "honors/s.md": "---\n名称: 乙\n排序: 姓氏笔画\n---\n", "honors/g.md": "---\n名称: 丙\n排序: 自定\n---\n",
	}
	e, _ := model(t, "2026-01-01", files)
	want := map[string]string{"甲": "白石 丁力 丁一舟 王淼", "乙": "丁力 丁一舟 王淼 白石", "丙": "王淼 丁一舟 白石 丁力"}
	for _, h := range e.Honors {
		if got := names(h.Roll); got != want[h.Title] {
			t.Errorf("%s: got %s, want %s", h.Title, got, want[h.Title])
		}
	}
}

func TestPublication(t *testing.T) {
	files := map[string]string{
		"heroes/a.md": hero("甲", ""), "heroes/b.md": hero("乙", "草稿: true\n"), "heroes/c.md": hero("丙", "发布日期: 2026-05\n"), "heroes/d.md": hero("丁", "失效日期: 2026-05\n"),
		"heroes/e.md": "---\n姓名: 戊\n地区: 河南省\n授权: {公开: true, 至: 2026-05-31}\n---\n",
		"heroes/f.md": "---\n姓名: 己\n地区: 河南省\n授权: {公开: true, 未成年: true}\n---\n",
		"heroes/g.md": "---\n姓名: 庚\n地区: 河南省\n授权: {公开: true, 未成年: true, 监护人同意: true}\n---\n",
		"heroes/h.md": "---\n姓名: 辛\n地区: 河南省\n授权: {公开: false}\n---\n",
	}
	for day, want := range map[string]string{
		"2026-04-30": "丁 庚 甲 戊", "2026-05-01": "丙 丁 庚 甲 戊", "2026-05-31": "丙 丁 庚 甲 戊", "2026-06-01": "丙 庚 甲",
	} {
		if e, _ := model(t, day, files); names(e.Heroes) != want {
			t.Errorf("%s: got %s, want %s", day, names(e.Heroes), want)
		}
	}
}

// Whoever is withheld is behind no pointer, and their names are in no summary.
func TestWithheldAreNowhere(t *testing.T) {
	e, found := model(t, "2026-01-01", map[string]string{
		"heroes/a.md":           hero("甲乙", ""),
		"heroes/wu-ming.md":     "---\n姓名: 吴名\n地区: 河北省\n事迹: {日期: 2001, 类型: 水中救人}\n荣誉: [{奖项: p, 届次: 1}]\n授权: {公开: false}\n---\n",
		"heroes/group.md":       hero("一组", "类别: 群体\n成员: [a, wu-ming, 路人]\n"),
		"honors/p.md":           "---\n名称: 奖\n届次: [{届: 1}]\n---\n",
		"briefs/2020/x.md":      "---\n标题: 事\n日期: 2020\n英雄: [a, wu-ming]\n---\n走访[[wu-ming|老吴]]和[[a]]。\n",
		"venues/v/_index.md":    "---\n名称: 园\n类别: 游园\n地区: 河南省\n---\n",
		"venues/v/e.md":         "---\n名称: 板\n类别: 展板\n英雄: [wu-ming]\n---\n",
		"anthology/b/_index.md": "---\n书名: 书\n---\n",
		"anthology/b/c.md":      "---\n标题: 文\n英雄: [wu-ming]\n---\n",
		"screens/s.md":          "---\n标题: 屏\n英雄: [wu-ming]\n---\n",
	})
	if names(e.Heroes) != "甲乙 一组" {
		t.Errorf("heroes: %s", names(e.Heroes))
	}
	group := e.Heroes[1]
	if len(group.Members) != 2 || group.Members[0].Name != "甲乙" || group.Members[1].Name != "路人" || group.Members[1].Hero != nil {
		t.Errorf("members: %+v", group.Members)
	}
	if len(e.Honors[0].Roll)+len(e.Honors[0].Sessions[0].Roll)+len(e.Venues[0].Exhibits[0].Heroes)+len(e.Books[0].Chapters[0].Heroes)+len(e.Screens[0].Heroes) != 0 {
		t.Error("a withheld person is behind a pointer")
	}
	if names(e.Briefs[0].Heroes) != "甲乙" || e.Summary(e.Briefs[0]) != "走访某人和甲乙。" {
		t.Errorf("brief: %s, %q", names(e.Briefs[0].Heroes), e.Summary(e.Briefs[0]))
	}
	if len(e.Regions) != 1 || len(e.Years) != 0 || len(e.Deeds) != 0 {
		t.Errorf("lists: %d regions, %d years, %d deeds", len(e.Regions), len(e.Years), len(e.Deeds))
	}
	warnings := 0
	for _, f := range found {
		if f.Code == diag.WithheldRef {
			warnings++
		} else {
			t.Errorf("%s: %s", f.Place(), f.Message(diag.English))
		}
	}
	if warnings != 5 {
		t.Errorf("%d warnings, want 5", warnings)
	}
}

func TestJoinsBothWays(t *testing.T) {
	e, found := model(t, "2026-01-01", map[string]string{
		"heroes/a.md": hero("甲", ""), "units/u.md": "---\n名称: 站\n类别: 工作站\n---\n",
		"venues/v/_index.md": "---\n名称: 园\n类别: 游园\n地区: 河南省/郑州市\n参观路线: [二, 一]\n---\n",
		"venues/v/一.md":      "---\n名称: 一号\n类别: 展板\n英雄: [a]\n篇目: [c]\n---\n", "venues/v/二.md": "---\n名称: 二号\n类别: 展板\n---\n", "venues/v/三.md": "---\n名称: 三号\n类别: 展板\n---\n",
		"anthology/b/_index.md": "---\n书名: 书\n---\n", "anthology/b/c.md": "---\n标题: 文\n英雄: [甲]\n---\n",
		"briefs/2020/x.md": "---\n标题: 事\n日期: 2020\n英雄: [heroes/a]\n阵地: [v]\n单位: [u]\n---\n",
	})
	for _, f := range found {
		t.Errorf("%s: %s", f.Place(), f.Message(diag.English))
	}
	a, v := e.Heroes[0], e.Venues[0]
	if len(a.Briefs) != 1 || len(a.Chapters) != 1 || len(a.Exhibits) != 1 || len(v.Briefs) != 1 || len(e.Units[0].Briefs) != 1 || len(e.Books[0].Chapters[0].Exhibits) != 1 {
		t.Errorf("a join is missing: %+v", a)
	}
	var walk []string
	for _, x := range v.Exhibits {
		walk = append(walk, x.Slug)
	}
	if strings.Join(walk, " ") != "er yi san" || v.Walk != 2 || v.Exhibits[0].Next != v.Exhibits[1] || v.Exhibits[1].Next != nil || v.Exhibits[2].Stop != 0 {
		t.Errorf("route: %v, %d", walk, v.Walk)
	}
	if string(e.Units[0].Address) != "units/#u" || string(v.Place.Address) != "heroes/region/he-nan-sheng/zheng-zhou-shi/" {
		t.Errorf("addresses: %s, %s", e.Units[0].Address, v.Place.Address)
	}
}

func TestRegionsThatSoundAlike(t *testing.T) {
	e, _ := model(t, "2026-01-01", map[string]string{
		"heroes/a.md": strings.Replace(hero("甲", ""), "河南省", "山西省/某市", 1), "heroes/b.md": strings.Replace(hero("乙", ""), "河南省", "陕西省/某市", 1),
	})
	if len(e.Regions) != 2 || e.Regions[0].Address == e.Regions[1].Address {
		t.Fatalf("%+v", e.Regions)
	}
	for _, r := range e.Regions {
		want := map[string]string{"山西省": "heroes/region/shan-xi-sheng/", "陕西省": "heroes/region/shaanxi-sheng/"}[r.Name]
		if string(r.Address) != want {
			t.Errorf("%s: %s", r.Name, r.Address)
		}
	}
}

// One resolver answers for links to files and to addresses: published or not, under an
// old address, below a record's own, in another edition.
func TestFindLink(t *testing.T) {
	m, found := editions(t, map[string]string{
		"pages/a.md":            "---\n标题: 甲\n---\n",
		"pages/b.md":            "---\n标题: 乙\n草稿: true\n旧网址: [/old/b]\n---\n",
		"heroes/张三.md":          "---\n姓名: 张三\n地区: 某省\n授权: {公开: true}\n失效日期: 2020-05\n---\n",
		"heroes/李四.md":          "---\n姓名: 李四\n地区: 某省\n授权: {公开: false}\n草稿: true\n---\n",
		"honors/h.md":           "---\n名称: 荣誉\n发布日期: 2099-01-02\n届次: [{届: 1}]\n---\n",
		"anthology/书/_index.md": "---\n书名: 书\n草稿: true\n---\n",
		"anthology/书/章.md":      "---\n标题: 章\n---\n",
		"reports/x.md":          "---\n标题: 数\n年份: 2020\n草稿: true\n数据: [{名称: 人, 数值: 1}]\n---\n",
	})
	if len(found) > 0 {
		t.Fatal(found)
	}
	from := &m.Editions[0].Pages[0].Head
	for _, e := range m.Editions {
		for _, c := range []struct {
			dest, name, code string
			reason           Reason
			person           bool
		}{
			{"a.md", "甲", "", 0, false},
			{"a.md#x", "甲", "", 0, false},
			{"b.md#x", "乙", "draft-reference", Draft, false},
			{"/pages/b.md", "乙", "draft-reference", Draft, false},
			{"/b/", "乙", "draft-reference", Draft, false},
			{"/zh-hant/b", "乙", "draft-reference", Draft, false},
			{"/old/b/#x", "乙", "draft-reference", Draft, false},
			{"../heroes/张三.md", "", "expired-reference", Expired, true},
			{"/heroes/zhang-san/", "", "expired-reference", Expired, true},
			{"../heroes/李四.md#x", "", "withheld-reference", NoConsent, true},
			{"/honors/h/1/", "荣誉", "not-due-reference", NotDue, false},
			{"/anthology/shu/zhang/", "章", "draft-reference", Draft, false},
			{"../anthology/书/章.md", "章", "draft-reference", Draft, false},
			{"/anthology/shu/shu.epub", "书", "draft-reference", Draft, false},
			{"/reports/2020/", "数", "draft-reference", Draft, false},
		} {
			x, f, ok := e.FindLink(from, c.dest, diag.Pos{Line: 1, Col: 1})
			code := ""
			if f != nil {
				code = f.Code.ID
			}
			name := x.Plain
			if !ok || name != c.name || code != c.code || x.Absent.Reason != c.reason || x.Person != c.person || (x.Address == "") != (c.reason != 0) {
				t.Errorf("%s: %s: %t %+v %s", e.Tag, c.dest, ok, x, code)
			}
		}
		for _, dest := range []string{"/", "/a/", "/heroes/", "/nowhere/", "none.md", "form.pdf", "b.mdx", ""} {
			if x, _, ok := e.FindLink(from, dest, diag.Pos{}); ok {
				t.Errorf("%s: %q led to %+v", e.Tag, dest, x)
			}
		}
	}
}
