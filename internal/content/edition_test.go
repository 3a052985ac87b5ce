package content

import (
	"strings"
	"testing"

	"mingdeng/internal/diag"
)

// The record says what is so, the edition's file how it is worded.
func TestIn(t *testing.T) {
	c, found := loadAll(map[string]string{
		"content/heroes/a/index.md": "---\n姓名: 甲\n别名: [小甲]\n职业: 教师\n地区: 河南省/郑州市\n事迹: {日期: 2001, 地点: 河边, 类型: 水中救人, 摘要: 救人}\n" +
			"荣誉: [{称号: 好人, 年份: 2002}, {称号: 模范, 授予单位: 市}]\n肖像: {文件: a.jpg, 替代文字: 像, 图片来源: 乙}\n标签: [水]\n授权: {公开: true}\n网址名: jia\n---\n正文\n",
		"content/heroes/a/index.en.md": "---\nname: Jia\nregion: Henan\ndeed: {date: 2002, summary: Saved one.}\nhonors: [{title: Good, year: 1999}, {}]\nportrait: {alt: Picture}\naliases: [/en/old/]\nconsent: {publish: false}\n---\nText\n",
	})
	for _, f := range found {
		t.Errorf("%s: %s", f.Place(), f.Message(diag.English))
	}
	base := c.Heroes[0]
	own := c.Written(&base.Head, En)
	if own == nil || len(c.Heroes) != 1 {
		t.Fatalf("the English file was not found: %d heroes", len(c.Heroes))
	}
	r, found := In(base, own, Wording{Foreign: true})
	h := r.(*Hero)
	if h.Name != "Jia" || h.Slug != "jia" || h.Also[0] != "小甲" || h.Occupation != "" || h.Tags != nil || !h.Consent.Publish || h.Aliases[0].Text != "/en/old/" {
		t.Errorf("%+v", h)
	}
	if strings.Join(h.Region, "/") != "河南省/郑州市" { // one part for two does not fit
		t.Errorf("region %q", h.Region)
	}
	if d := h.Deed; d.Date.Year != 2001 || d.Place != "河边" || d.Type != "water-rescue" || d.Summary != "Saved one." {
		t.Errorf("deed %+v", d)
	}
	if x := h.Honors; x[0].Title != "Good" || x[0].Year != 2002 || x[1].Title != "模范" || x[1].By != "市" {
		t.Errorf("honours %+v", x)
	}
	if p := h.Portrait; p.Src.Path != "a.jpg" || p.Alt != "Picture" || p.Credit != "乙" {
		t.Errorf("portrait %+v", p)
	}
	if h.Edition != "en" || h.Body.Len != len("Text\n") || h.Path != "content/heroes/a/index.en.md" {
		t.Errorf("head %+v", h.Head)
	}
	if got := places(found, h.Path); got != "4:1 edition-fact, 5:1 edition-fact" && got != "4:1 edition-fact 5:1 edition-fact" {
		t.Errorf("findings %q", got)
	}

	mark := func(s string) string { return s + "*" }
	r, found = In(base, nil, Wording{Words: mark, Names: func(s string) string { return s + "+" }})
	h = r.(*Hero)
	if h.Name != "甲*" || h.Also[0] != "小甲+" || h.Occupation != "教师*" || h.Region[1] != "郑州市*" || h.Deed.Place != "河边*" || h.Honors[1].By != "市*" ||
		h.Portrait.Credit != "乙+" || h.Portrait.Src.Path != "a.jpg" || h.Slug != "jia" || h.Edition != "" || h.Body.Len != base.Body.Len || len(found) != 0 {
		t.Errorf("%+v %+v", h, h.Deed)
	}
	if base.Name != "甲" || base.Deed.Place != "河边" || base.Region[1] != "郑州市" {
		t.Error("the record itself was changed")
	}
}

func TestEditionFaults(t *testing.T) {
	_, found := loadAll(map[string]string{
		"content/heroes/a.md":        "---\n姓名: 甲\n地区: 河南省\n授权: {公开: true}\n---\n",
		"content/heroes/a.en.md":     "---\nnam: Jia\n---\n",
		"content/pages/p.zh-hant.md": "---\n标题: 頁\n---\n",
		"content/site.en.yaml":       "title: Site\ntitel: x\n",
		"content/site.zh-hant.yaml":  "description: 站\n",
	})
	if got := places(found, "content/heroes/a.en.md"); got != "2:1 unknown-key" {
		t.Errorf("hero: %s", got)
	}
	if got := places(found, "content/site.en.yaml"); got != "2:1 unknown-key" {
		t.Errorf("site: %s", got)
	}
	if got := places(found, "content/pages/p.zh-hant.md"); !strings.Contains(got, "edition-alone") {
		t.Errorf("page: %s", got)
	}
	if got := places(found, "content/site.zh-hant.yaml"); got != "" {
		t.Errorf("site: %s", got)
	}
}
