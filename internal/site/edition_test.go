package site

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// editions resolves a site in three languages.
func editions(t *testing.T, files map[string]string) (*Model, []string) {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("title: 试\nbase_url: https://example.cn/\neditions: [en, zh-Hant, zh-Hans, en]\n")}}
	for p, text := range files {
		fsys["content/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, found := content.Scan(fsys)
	c, more := content.Load(fsys, tree)
	m, resolved := Resolve(c, Options{Today: date.Date{Year: 2026, Month: 1, Day: 1}, StandIn: func(content.Language) string { return "某人" }})
	var codes []string
	for _, f := range append(append(found, more...), resolved...) {
		codes = append(codes, f.Code.ID+" "+f.Path)
	}
	if len(m.Editions) != 3 || m.Editions[0].Tag != content.ZhHans || m.Editions[1].Tag != content.En || m.Editions[2].Tag != content.ZhHant {
		t.Fatalf("editions: %v", m.Editions)
	}
	return m, codes
}

// What stands where and behind which pointer is the same in Traditional characters.
func TestTraditionalEdition(t *testing.T) {
	m, found := editions(t, map[string]string{
		"heroes/a.md":           hero("范伟", "事迹: {摘要: 头发}\n荣誉: [{奖项: 模范, 届次: 第二届}]\n"),
		"heroes/b.md":           hero("余华", "繁体姓名: 余驊\n"),
		"heroes/g.md":           hero("后里一组", "类别: 群体\n成员: [范伟, 干里]\n"),
		"honors/p.md":           "---\n名称: 模范\n授予单位: 县政府\n届次: [{届: 第二届, 备注: 后来}]\n---\n",
		"briefs/2020/x.md":      "---\n标题: 发现余华\n日期: 2020\n英雄: [余华]\n作者: [范干, 本刊编辑部]\n---\n见[[余华]]和[[范伟|老范]]，他们后来都来了。\n",
		"venues/v/_index.md":    "---\n名称: 后园\n类别: 游园\n地区: 余干县\n---\n",
		"venues/v/e.md":         "---\n名称: 板\n类别: 展板\n英雄: [范伟]\n---\n",
		"pages/p.md":            "---\n标题: 关于\n---\n正文\n",
		"pages/p.zh-hant.md":    "---\n标题: 關於我們\n旧网址: [/zh-hant/old/]\n---\n手寫\n",
		"heroes/hidden.md":      "---\n姓名: 吴钟\n地区: 河南省\n授权: {公开: false}\n---\n",
		"heroes/hidden.en.md":   "---\nname: Wu Chung\n---\n",
		"heroes/b.zh-hant.md":   "---\n别名: [阿驊]\n草稿: true\n---\n",
		"anthology/b/_index.md": "---\n书名: 书\n---\n",
		"anthology/b/c.md":      "---\n标题: 文\n作者: [余里]\n---\n后来。\n",
	})
	if len(found) != 0 {
		t.Errorf("findings: %q", found)
	}
	e := m.Editions[2]
	if got := names(e.Heroes); got != "范偉 后里一組 余驊" {
		t.Errorf("heroes: %s", got)
	}
	a, g, b := e.Heroes[0], e.Heroes[1], e.Heroes[2]
	if a.Address != "zh-hant/heroes/a/" || a.Key != m.Editions[0].Heroes[0].Key || a.Line != "頭髮" || len(b.Also) != 0 {
		t.Errorf("%+v, %v", a, b.Also)
	}
	if h := a.Held[0]; h.Title != "模範" || h.Session != "第二屆" || h.By != "縣政府" || h.Of.Address != "zh-hant/honors/p/2/" || h.Of.Note != "後來" {
		t.Errorf("honour: %+v", a.Held[0])
	}
	if g.Members[0].Name != "范偉" || g.Members[0].Hero != a || g.Members[1].Name != "干里" {
		t.Errorf("members: %+v", g.Members)
	}
	x := e.Briefs[0]
	if x.Title != "發現余驊" || x.Heroes[0] != b || b.Briefs[0] != x || !slices.Equal(x.Byline, []string{"范干", "本刊編輯部"}) {
		t.Errorf("brief: %s %q", x.Title, x.Byline)
	}
	if s := e.Summary(x); s != "見余驊和老範，他們後來都來了。" && s != "見余驊和老范，他們後來都來了。" {
		t.Errorf("summary: %s", s)
	}
	if v := e.Venues[0]; v.Name != "後園" || v.Region[0] != "餘干縣" || v.Place.Name != "餘干縣" || v.Place.Address != "zh-hant/heroes/region/yu-gan-xian/" {
		t.Errorf("venue: %+v %+v", v.Venue, v.Place)
	}
	if c := e.Books[0].Chapters[0]; c.Authors[0] != "余里" || e.Convert(&c.Head) == nil {
		t.Errorf("chapter: %q", c.Authors)
	}
	if p := e.Pages[0]; p.Title != "關於我們" || e.Convert(&p.Head) != nil || p.Path != "content/pages/p.zh-hant.md" || e.Record(&p.Head) != p {
		t.Errorf("page: %+v", p.Page)
	}
	if target, f := e.Find(&x.Head, "余华", diag.Pos{}); f != nil || target.Name != "余驊" || target.Plain != "余华" || target.Address != b.Address {
		t.Errorf("found %+v", target)
	}
	// The first edition is as it was.
	if first := m.Editions[0]; names(first.Heroes) != "范伟 后里一组 余华" || first.Convert(&first.Briefs[0].Head) != nil || first.Regions[len(first.Regions)-1].Name == "餘干縣" {
		t.Error("the first edition was changed")
	}
	for _, n := range []string{"吴钟", "吳鐘", "吳鍾", "Wu Zhong", "WU Zhong", "Zhong Wu", "Wu Chung"} {
		if !slices.Contains(m.Withheld[0].Names, n) {
			t.Errorf("%s is not looked for: %q", n, m.Withheld[0].Names)
		}
	}
}

// An edition in another language has what is written in it, and no more.
func TestForeignEdition(t *testing.T) {
	en := "---\nname: X\n---\n"
	m, found := editions(t, map[string]string{
		"heroes/a.md":            hero("甲乙", "职业: 教师\n籍贯: 某地\n事迹: {日期: 2001, 摘要: 救人}\n荣誉: [{奖项: p}, {称号: 好人}]\n"),
		"heroes/a.en.md":         "---\nname: Jia Yi\nregion: Henan\n---\nSee [[b]] and [[a]].\n",
		"heroes/b.md":            hero("丙丁", ""),
		"heroes/c.md":            hero("戊己", "草稿: true\n"),
		"heroes/c.en.md":         en,
		"heroes/d.md":            "---\n姓名: 吴名\n地区: 河南省\n授权: {公开: false}\n---\n",
		"heroes/d.en.md":         "---\nname: X\nconsent: {publish: true}\n---\n",
		"heroes/e.md":            hero("庚辛", ""),
		"heroes/e.en.md":         "---\nname: X\ndraft: true\n---\n",
		"heroes/f.md":            hero("壬癸", ""),
		"heroes/f.en.md":         "---\nname: X\nconsent: {publish: false}\n---\n",
		"heroes/g.md":            hero("一组", "类别: 群体\n成员: [a, b, d]\n"),
		"heroes/g.en.md":         en,
		"honors/p.md":            "---\n名称: 奖\n级别: 省级\n---\n",
		"briefs/2020/x.md":       "---\n标题: 事\n日期: 2020\n英雄: [a, b]\n---\n正文\n",
		"briefs/2020/x.en.md":    "---\ntitle: News\ndate: 2020\n---\n",
		"venues/v/_index.md":     "---\n名称: 园\n类别: 游园\n地区: 河南省\n---\n",
		"venues/v/e.md":          "---\n名称: 板\n类别: 展板\n英雄: [a]\n---\n",
		"venues/v/e.en.md":       en,
		"anthology/bb/_index.md": "---\n书名: 书\n---\n",
		"units/u.en.md":          en,
	})
	slices.Sort(found)
	if want := []string{"edition-alone content/units/u.en.md", "edition-parent content/venues/v/e.en.md", "withheld-reference content/heroes/g.md"}; !slices.Equal(found, want) {
		t.Errorf("findings:\n%s", strings.Join(found, "\n"))
	}
	e := m.Editions[1]
	if got := names(e.Heroes); got != "Jia Yi X" {
		t.Fatalf("heroes: %s", got)
	}
	a, g := e.Heroes[0], e.Heroes[1]
	if a.Address != "en/heroes/a/" || a.Occupation != "" || a.NativePlace != "某地" || a.Line != "See 丙丁 and Jia Yi." || a.Deed.Date.Year != 2001 {
		t.Errorf("%+v %q", a.Hero, a.Line)
	}
	if len(a.Held) != 2 || a.Held[0].Title != "奖" || a.Held[0].Level != "province" || a.Held[0].Honor != nil || a.Held[1].Title != "好人" {
		t.Errorf("honours: %+v", a.Held)
	}
	if len(g.Members) != 2 || g.Members[0].Hero != a || g.Members[1].Name != "丙丁" || g.Members[1].Hero != nil {
		t.Errorf("members: %+v", g.Members)
	}
	if len(e.Briefs) != 1 || len(e.Briefs[0].Heroes) != 1 || len(e.Venues)+len(e.Books)+len(e.Honors) != 0 {
		t.Errorf("lists: %+v", e)
	}
	if e.Regions[0].Name != "Henan" || e.Regions[0].Address != "en/heroes/region/he-nan-sheng/" || g.Region[0] != "Henan" {
		t.Errorf("region: %+v, %v", e.Regions[0], g.Region)
	}
	if target, f := e.Find(&a.Head, "b", diag.Pos{}); f != nil || target.Address != "heroes/b/" || target.Name != "丙丁" {
		t.Errorf("found %+v, %v", target, f)
	}
	if _, f := e.Find(&a.Head, "d", diag.Pos{}); f == nil || f.Code != diag.WithheldRef {
		t.Errorf("a withheld person was found: %v", f)
	}
}
