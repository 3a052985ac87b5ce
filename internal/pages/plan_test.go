package pages_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/pages"
	"mingdeng/internal/site"
)

// words stand in for a theme's: a word is its key and what is filled into it.
type words struct{}

func (words) T(key string, args ...any) string {
	for _, a := range args {
		key += fmt.Sprint(" ", a)
	}
	return key
}

// planned resolves a site written as path → text and plans its pages.
func planned(t *testing.T, files map[string]string) (map[string]pages.Page, pages.Planned) {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("名称: 小站\n网址: https://host.example/lamp/\n")}}
	for p, text := range files {
		fsys["content/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, found := content.Scan(fsys)
	c, more := content.Load(fsys, tree)
	m, faults := site.Resolve(c, site.Options{Today: date.Date{Year: 2026, Month: 11, Day: 22}, StandIn: func(content.Language) string { return "某人" }})
	for _, f := range slices.Concat(found, more, faults) {
		if f.Code.Severity == diag.Error {
			t.Fatal(f.Place(), f.Message(diag.English))
		}
	}
	plan := pages.Plan(pages.Inputs{
		Edition: m.Editions[0], Words: words{}, Media: media.New(fsys, c.Files, forgetful{}), Base: c.Site.BaseURL,
		Text: func(h *content.Head, _ markdown.Refs) (string, error) { return "", nil },
	})[0]
	all := map[string]pages.Page{}
	for _, p := range plan.Pages {
		if _, twice := all[string(p.Address)]; twice {
			t.Errorf("two pages are planned for %s", p.Address)
		}
		all[string(p.Address)] = p
	}
	return all, plan
}

// view is the view of a page at an address.
func view[V pages.View](t *testing.T, all map[string]pages.Page, address string) V {
	t.Helper()
	p, ok := all[address]
	if !ok {
		t.Fatalf("no page at %q; there are %q", address, slices.Sorted(maps.Keys(all)))
	}
	v, ok := p.View().(V)
	if !ok {
		t.Fatalf("%s has a view of %T", address, p.View())
	}
	return v
}

var smallSite = map[string]string{
	"heroes/单青.md":          "---\n姓名: 单青\n地区: 河东省/清河市\n事迹: {日期: 2014-05-20, 类型: 水中救人, 摘要: 跳下河，救起一人。}\n荣誉: [{奖项: mo-fan, 届次: 1}]\n授权: {公开: true}\n---\n正文。\n",
	"heroes/尉迟勇.md":         "---\n姓名: 尉迟勇\n地区: 河西省\n授权: {公开: true}\n---\n",
	"heroes/卜书铭.md":         "---\n姓名: 卜书铭\n地区: 河东省\n授权: {公开: false}\n---\n",
	"heroes/草稿.md":          "---\n姓名: 季无声\n地区: 河东省\n授权: {公开: true}\n草稿: true\n---\n",
	"briefs/2014/救人.md":     "---\n标题: 河边\n日期: 2014-05-21\n期号: 7\n英雄: [shan-qing, bu-shu-ming]\n阵地: [yuan]\n---\n[[shan-qing]]和[[bu-shu-ming|老卜]]。\n",
	"anthology/b/_index.md": "---\n书名: 书\n---\n",
	"anthology/b/1-yi.md":   "---\n标题: 一\n英雄: [shan-qing]\n---\n",
	"anthology/b/2-er.md":   "---\n标题: 二\n---\n",
	"venues/yuan/_index.md": "---\n名称: 园\n类别: 游园\n地区: 河东省\n参观路线: [er, yi]\n---\n",
	"venues/yuan/yi.md":     "---\n名称: 一号\n类别: 展板\n英雄: [shan-qing]\n---\n",
	"venues/yuan/er.md":     "---\n名称: 二号\n类别: 展板\n---\n",
	"honors/mo-fan.md":      "---\n名称: 模范\n届次: [{届: 1, 年份: 2014}]\n---\n",
	"pages/about.md":        "---\n标题: 关于\n旧网址: [/gywm]\n---\n",
}

func TestPlan(t *testing.T) {
	all, plan := planned(t, smallSite)
	for _, address := range []string{
		"", "heroes/", "heroes/shan-qing/", "heroes/yuchi-yong/", "heroes/year/2014/", "heroes/deed/water-rescue/", "heroes/region/he-dong-sheng/",
		"briefs/", "briefs/2014/jiu-ren/", "anthology/", "anthology/b/", "anthology/b/1-yi/", "anthology/b/2-er/", "venues/", "venues/yuan/", "venues/yuan/yi/",
		"honors/", "honors/mo-fan/", "about/",
	} {
		if p, ok := all[address]; !ok || !p.Listed || p.Template == "" {
			t.Errorf("%q: planned %t, %+v", address, ok, p)
		}
	}
	for address, p := range all {
		if strings.Contains(address, "bu-shu-ming") || strings.Contains(address, "cao-gao") || strings.Contains(address, "ji-wu-sheng") {
			t.Errorf("a page is planned for one who is not published: %s", address)
		}
		if v := p.View(); v == nil {
			t.Errorf("%s has no view", address)
		}
	}
	if p, ok := all["gywm/"]; !ok || p.Listed {
		t.Errorf("the old address is planned %t, and listed %t", ok, p.Listed)
	}
	if len(plan.Volumes) != 1 {
		t.Errorf("%d books to take away", len(plan.Volumes))
	}
}

func TestHeroView(t *testing.T) {
	all, _ := planned(t, smallSite)
	v := view[*pages.Hero](t, all, "heroes/shan-qing/")
	if v.Name != "单青" || v.Line != "跳下河，救起一人。" || v.Canonical != "https://host.example/lamp/heroes/shan-qing/" || v.Section != "heroes" || v.NoIndex {
		t.Errorf("%q, %q, %q, %q, %t", v.Name, v.Line, v.Canonical, v.Section, v.NoIndex)
	}
	if len(v.Honors) != 1 || !strings.Contains(v.Honors[0].Text, "模范") || v.Honors[0].Href != "/lamp/honors/mo-fan/1/" {
		t.Errorf("honours: %+v", v.Honors)
	}
	where := map[string]string{}
	for _, m := range v.Mentions {
		where[m.Href] = m.Text
	}
	if want := map[string]string{"/lamp/briefs/2014/jiu-ren/": "河边", "/lamp/anthology/b/1-yi/": "quoted 书 · 一", "/lamp/venues/yuan/yi/": "园 · 一号"}; !maps.Equal(where, want) {
		t.Errorf("mentions: %v", where)
	}
	if len(v.Related) != 0 {
		t.Errorf("related to somebody with whom nothing is shared: %+v", v.Related)
	}
	if texts := v.Texts(); len(texts) != 1 || texts[0].Empty() || texts[0].Head.Path != "content/heroes/单青.md" {
		t.Errorf("texts: %+v", texts)
	}
	for _, want := range []string{`"@type":"Person"`, `"name":"单青"`} {
		if !strings.Contains(string(v.JSONLD), want) {
			t.Errorf("for machines %s is missing: %s", want, v.JSONLD)
		}
	}
	if crumbs := v.Crumbs; len(crumbs) == 0 || crumbs[0].Href != "/lamp/" {
		t.Errorf("crumbs: %+v", crumbs)
	}
	if err := v.Finish(); err != nil || v.QR == nil || v.QR.Path == "" || v.QR.Side < 29 {
		t.Errorf("the symbol: %+v, %v", v.QR, err)
	}
}

// Whoever is withheld is in no view; where a text names them the words give way.
func TestViewsNameNobodyWithheld(t *testing.T) {
	all, plan := planned(t, smallSite)
	for address, p := range all {
		if s := fmt.Sprintf("%+v", p.View()); strings.Contains(s, "卜书铭") || strings.Contains(s, "老卜") {
			t.Errorf("%s: %s", address, s)
		}
	}
	v := view[*pages.Brief](t, all, "briefs/2014/jiu-ren/")
	if len(v.Heroes) != 1 || v.Heroes[0].Text != "单青" || v.Number != 7 || v.DateISO != "2014-05-21" || len(v.Venues) != 1 || v.Venues[0].Href != "/lamp/venues/yuan/" {
		t.Errorf("%+v %d %s %+v", v.Heroes, v.Number, v.DateISO, v.Venues)
	}
	refs := plan.Refs[v.Text.Head]
	withheld, linked := 0, 0
	for _, r := range refs.Wiki {
		if r.Href == "" {
			withheld++
		} else if r.Href == "/lamp/heroes/shan-qing/" {
			linked++
		}
	}
	if withheld != 1 || linked != 1 {
		t.Errorf("references: %+v", refs)
	}
}

func TestRouteViews(t *testing.T) {
	all, _ := planned(t, smallSite)
	v := view[*pages.Venue](t, all, "venues/yuan/")
	if len(v.Route) != 2 || v.Route[0].Href != "/lamp/venues/yuan/er/" || v.Route[1].Stop != 2 || v.Route[1].Heroes != "单青" || len(v.Others) != 0 {
		t.Errorf("route: %+v, others: %+v", v.Route, v.Others)
	}
	first, last := view[*pages.Exhibit](t, all, "venues/yuan/er/"), view[*pages.Exhibit](t, all, "venues/yuan/yi/")
	if first.Stop != 1 || first.Of != 2 || first.Left != 1 || first.Next == nil || first.Next.Name != "一号" || first.Prev != nil {
		t.Errorf("first: %d of %d, %d left, then %+v", first.Stop, first.Of, first.Left, first.Next)
	}
	if last.Left != 0 || last.Next != nil || last.Person == nil || last.Person.Name != "单青" || last.Walk != first.Walk {
		t.Errorf("last: %d left, then %+v, of %+v", last.Left, last.Next, last.Person)
	}
	c := view[*pages.Chapter](t, all, "anthology/b/2-er/")
	if c.Place != 2 || c.Of != 2 || c.Next != nil || c.Prev == nil || c.Prev.Text != "一" || c.Book.Href != "/lamp/anthology/b/" {
		t.Errorf("chapter: %d of %d, %+v, %+v, %+v", c.Place, c.Of, c.Prev, c.Next, c.Book)
	}
}

// people writes records of n people whose names begin with one character each time.
func people(files map[string]string, surname string, n int) {
	for i := range n {
		files[fmt.Sprintf("heroes/%s%03d.md", surname, i)] = fmt.Sprintf("---\n姓名: %s%c\n地区: 河东省\n授权: {公开: true}\n---\n", surname, '一'+i)
	}
}

// A list of people is whole up to 300, then split between letters, and a letter is never
// cut, however many it has; together the pages are all.
func TestPeopleAreSplitBetweenLetters(t *testing.T) {
	for name, c := range map[string]struct {
		surnames map[string]int
		pages    []string
	}{
		"whole":      {map[string]int{"丁": 299, "周": 1}, []string{"DZ"}},
		"even":       {map[string]int{"丁": 100, "周": 201}, []string{"D", "Z"}},
		"one letter": {map[string]int{"丁": 301}, []string{"D"}},
		"a long one": {map[string]int{"白": 2, "丁": 305, "周": 3, "郑": 1}, []string{"B", "D", "Z"}},
	} {
		files := map[string]string{}
		for surname, n := range c.surnames {
			people(files, surname, n)
		}
		all, _ := planned(t, files)
		seen := map[string]bool{}
		for i, want := range c.pages {
			address := "heroes/"
			if i > 0 {
				address = fmt.Sprintf("heroes/page/%d/", i+1)
			}
			v := view[*pages.Heroes](t, all, address)
			if v.Total != len(files) || v.Pager.Number != i+1 || v.Pager.Count != len(c.pages) {
				t.Errorf("%s, %s: %d people, page %d of %d", name, address, v.Total, v.Pager.Number, v.Pager.Count)
			}
			got := ""
			for _, g := range v.Groups {
				got += g.Initial
				for _, h := range g.Heroes {
					seen[h.Href] = true
				}
			}
			if got != want {
				t.Errorf("%s, %s: letters %s, want %s", name, address, got, want)
			}
		}
		if len(seen) != len(files) {
			t.Errorf("%s: %d of %d people stand in the list", name, len(seen), len(files))
		}
		if _, ok := all[fmt.Sprintf("heroes/page/%d/", len(c.pages)+1)]; ok {
			t.Errorf("%s: an empty page is planned", name)
		}
	}
}

// Another list is split after 48.
func TestPager(t *testing.T) {
	files := map[string]string{}
	for i := range pages.PerPage + 1 {
		files[fmt.Sprintf("briefs/2021/b%02d.md", i)] = fmt.Sprintf("---\n标题: 简报%d\n日期: 2021-03-01\n---\n", i)
	}
	all, _ := planned(t, files)
	total := 0
	for i, address := range []string{"briefs/", "briefs/page/2/"} {
		v := view[*pages.Briefs](t, all, address)
		if v.Total != len(files) || v.Pager.Number != i+1 || v.Pager.Count != 2 {
			t.Errorf("%s: %d briefs, page %d of %d", address, v.Total, v.Pager.Number, v.Pager.Count)
		}
		total += len(v.Items)
	}
	if total != len(files) {
		t.Errorf("%d of %d briefs stand in the list", total, len(files))
	}
	if _, ok := all["briefs/page/3/"]; ok {
		t.Error("an empty page is planned")
	}
}
