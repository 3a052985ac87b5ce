package content

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"mingdeng/internal/diag"
)

const siteYAML = "title: 试\nbase_url: https://example.cn/\n"

// loadOne loads a site of site.yaml and one more file.
func loadOne(t *testing.T, path, text string) (*Content, []diag.Finding) {
	t.Helper()
	return loadAll(map[string]string{path: text})
}

func loadAll(files map[string]string) (*Content, []diag.Finding) {
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte(siteYAML)}}
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, found := Scan(fsys)
	c, more := Load(fsys, tree)
	return c, append(found, more...)
}

// places writes findings as "line:col code", those of path alone.
func places(found []diag.Finding, path string) string {
	var out []string
	for _, f := range found {
		if f.Path == path {
			out = append(out, fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Col, f.Code.ID))
		}
	}
	return strings.Join(out, ", ")
}

func TestMourningIsADay(t *testing.T) {
	_, found := loadOne(t, "content/site.yaml", siteYAML+"公祭日: [2026-12-13, 2026-12]\n")
	if got := places(found, "content/site.yaml"); got != "3:1 wrong-type" {
		t.Errorf("found %q", got)
	}
}

// TestMomentsAreDaysInChina holds in every language a head can be written in.
func TestMomentsAreDaysInChina(t *testing.T) {
	for head, want := range map[string]string{
		"---\ntitle: a\ndate: 2026-11-30T16:30:00Z\n---\n":                 "2026-12-01",
		"---\ntitle: a\ndate: !!timestamp 2026-12-01 00:30:00.5 +9\n---\n": "2026-11-30",
		"---\ntitle: a\ndate: \"2026-12-01 00:30\"\n---\n":                 "2026-12-01",
		"---\ntitle: a\ndate: 2026-11-30t15:59:59Z\n---\n":                 "2026-11-30",
		"+++\ntitle = \"a\"\ndate = 2026-11-30T16:30:00Z\n+++\n":           "2026-12-01",
		"+++\ntitle = \"a\"\ndate = 2026-12-01 00:30:00.25+09:00\n+++\n":   "2026-11-30",
		"+++\ntitle = \"a\"\ndate = 2026-11-30T16:30:00\n+++\n":            "2026-11-30", // no zone: China's
		"+++\ntitle = \"a\"\ndate = 2026-11-30\n+++\n":                     "2026-11-30",
		"{\n\"title\": \"a\", \"date\": \"2026-11-30T16:30:00.000Z\"\n}\n": "2026-12-01",
		"---\ntitle: a\ndate: 2026.10\n---\n":                              "2026-10", // no number
		"+++\ntitle = \"a\"\ndate = 2026.10\n+++\n":                        "2026-10",
		"{\n\"title\": \"a\", \"date\": 2026.10\n}\n":                      "2026-10",
	} {
		c, found := loadOne(t, "content/briefs/2026/a.md", head)
		if len(c.Briefs) != 1 || len(found) > 0 || c.Briefs[0].Date.String() != want {
			t.Errorf("%q: %v, %v; want %s", head, c.Briefs[0].Date, found, want)
		}
	}
}

// TestHoursAreNotKept: where a day decides what is public, a time of day is told.
func TestHoursAreNotKept(t *testing.T) {
	for head, want := range map[string]string{
		"publish_on: 2026-12-01 20:00":                     "3:13 hours-not-kept",
		"expires: 2026-12-01T20:00:00+08:00":               "3:10 hours-not-kept",
		"publish_on: 2026-12-01 00:00":                     "",
		"publish_on: 2026-11-30T16:00:00Z":                 "", // midnight in China
		"date: 2026-12-01 20:00":                           "",
		"consent: {publish: true, until: 2026-12-01 8:30}": "3:33 hours-not-kept",
	} {
		path, rest := "content/briefs/2026/a.md", "title: a\n"+head+"\ndate: 2026\n"
		if strings.HasPrefix(head, "date") {
			rest = "title: a\n" + head + "\n"
		} else if strings.HasPrefix(head, "consent") {
			path, rest = "content/heroes/a.md", "name: a\n"+head+"\nregion: 河南省\n"
		}
		if _, found := loadOne(t, path, "---\n"+rest+"---\n"); places(found, path) != want {
			t.Errorf("%s: %s, want %s", head, places(found, path), want)
		}
	}
}

const hero = "---\n姓名: 张三\n地区: 河南省/郑州市\n授权: {公开: true}\n---\n正文。\n"

func TestLoadHero(t *testing.T) {
	c, found := loadOne(t, "content/heroes/张三.md", `---
姓名: 张三
kind: 个人
状况: fallen
地区: 河南省／郑州市 / 金水区
事迹:
  日期: 2021年7月20日
  type: 抢险救灾
  摘要: 三次返回地下通道。
荣誉:
  - 称号: 省模范
    级别: 省级
    年份: 2022
  - {honor: mo-fan, session: 第二届}
标签: 单独一个
来源: 某报
授权: {公开: 是, 至: 2030}
附加: {随意: [1, {甲: 乙}]}
---

看[[heroes/li-si]]与![图](a.jpg)。
`)
	if len(found) > 0 {
		t.Fatalf("findings: %s", places(found, found[0].Path))
	}
	h := c.Heroes[0]
	for _, x := range []struct{ got, want any }{
		{h.Slug, "zhang-san"}, {h.HeroKind, Person}, {h.Status, Fallen}, {[]string(h.Region), []string{"河南省", "郑州市", "金水区"}},
		{h.Deed.Date.String(), "2021-07-20"}, {string(h.Deed.Type), "disaster-relief"}, {h.Honors[0].Year, 2022},
		{h.Honors[1].Honor.Slug, "mo-fan"}, {h.Honors[1].Honor.Pos, diag.Pos{Line: 14, Col: 13}}, {h.Tags, []string{"单独一个"}},
		{h.Sources[0].Title, "某报"}, {h.Consent.Publish, true}, {h.Consent.Until.String(), "2030"},
		{h.Params, Params{"随意": []any{"1", map[string]any{"甲": "乙"}}}}, {h.Body.Line, 20}, {len(h.Body.Targets), 2},
		{h.At("honors"), diag.Pos{Line: 10, Col: 1}}, {h.Body.Lead, ""}, {h.Body.Count, 0},
	} {
		if !reflect.DeepEqual(x.got, x.want) {
			t.Errorf("got %#v, want %#v", x.got, x.want)
		}
	}
}

func TestLead(t *testing.T) {
	c, _ := loadOne(t, "content/anthology/b/c.md", "---\n标题: 一\n---\n## 小标题\n\n看[[heroes/li-si]]与[[x|老王]]、[老李](../li.md#a)、[站](https://a.cn/b.md)、![图](/t.png)。第二句。\n")
	body := c.Chapters[0].Body
	got := body.Summary(func(target, words string, address bool) string {
		return fmt.Sprintf("<%s|%s|%t>", target, words, address)
	})
	if want := "看<heroes/li-si||false>与<x|老王|false>、<../li.md#a|老李|true>、站、。第二句。"; got != want || body.Count != 13 {
		t.Errorf("got %q, %d words; want %q", got, body.Count, want)
	}
}

// Notes are not among the first sentences, and what stands behind the beginning of a long
// text still tells what its brackets are.
func TestLeadNotes(t *testing.T) {
	for _, between := range []string{"", strings.Repeat("后文很长。", 400)} {
		c, _ := loadOne(t, "content/anthology/b/c.md", "---\n标题: 一\n---\n[^2]起[^1]: 见[链接][a]和[另一个]。"+between+"\n\n[^1]: 注里的话。\n[^2]: 又一条\n    两段。\n\n[a]: https://example.org/\n[另一个]: <https://example.org/b> \"题\"\n")
		got := c.Chapters[0].Body.Summary(nil)
		if want := "起: 见链接和另一个。"; !strings.HasPrefix(got, want) || between == "" && got != want || strings.ContainsAny(got, "[注") {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	head := func(lines string) string {
		return "---\n姓名: 张三\n地区: 河南省\n授权: {公开: true}\n" + lines + "---\n"
	}
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", head("职叶: 教师\n"), "5:1 unknown-key"},
		{"unknown inner key", head("事迹:\n  日其: 2021\n"), "6:3 unknown-key"},
		{"duplicate in two languages", head("status: 健在\n状况: 牺牲\n"), "6:1 duplicate-key"},
		{"missing", "---\n姓名: 张三\n---\n", "2:1 missing-key, 2:1 missing-key"},
		{"empty required", "---\n姓名:\n地区: 河南省\n授权: {公开: true}\n---\n", "2:1 empty-value"},
		{"empty optional", head("职业:\n"), ""},
		{"bad date", head("事迹: {日期: 2023-02-30}\n"), "5:10 bad-date"},
		{"not a date", head("失效日期: 下个月\n"), "5:7 bad-date"},
		{"bad value", head("状况: 健全\n"), "5:5 bad-value"},
		{"bad switch", head("草稿: 也许\n"), "5:5 bad-switch"},
		{"bad consent", "---\n姓名: 张三\n地区: 河南省\n授权: {公开: ture}\n---\n", "4:10 bad-switch"},
		{"consent as a word", "---\n姓名: 张三\n地区: 河南省\n授权: true\n---\n", "4:5 wrong-type"},
		{"list for a word", head("职业: [甲, 乙]\n"), "5:5 wrong-type"},
		{"word for a group", head("事迹: 救人\n"), "5:5 wrong-type"},
		{"word for a number", head("出生年: 六八年\n"), "5:6 wrong-type"},
		{"fraction for a whole number", head("出生年: 1968.5\n"), "5:6 wrong-type"},
		{"out of range", head("出生年: 196\n"), "5:6 out-of-range"},
		{"bad address", head("来源: {标题: 甲, 网址: example.cn}\n"), "5:17 bad-url"},
		{"honour without a name", head("荣誉:\n  - 年份: 2020\n"), "5:1 missing-key"},
		{"bad slug", head("网址名: Zhang San\n"), "5:1 bad-slug"},
		{"all at once", head("职叶: 教师\n状况: 健全\n草稿: 也许\n"), "5:1 unknown-key, 6:5 bad-value, 7:5 bad-switch"},
		{"NUL", "---\n姓名: 张\x00三\n---\n", "2:6 nul-byte"},
		{"bad bytes", "---\n姓名: \xff\xff\xff\n---\n", "2:5 bad-bytes"},
		{"no head", "只有正文", "1:1 no-front-matter"},
		{"full-width colon in a group", head("事迹:\n  日期：2021\n"), "6:3 full-width-colon"},
	} {
		_, found := loadOne(t, "content/heroes/zhang-san.md", c.text)
		if got := places(found, "content/heroes/zhang-san.md"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		for _, f := range found {
			for _, l := range []diag.Lang{diag.Chinese, diag.English} {
				if m := f.Message(l) + f.Hint(l); strings.ContainsAny(m, "{⟨⟩") && !strings.Contains(m, "{…") && !strings.Contains(m, ": …") || strings.Contains(m, "{0}") {
					t.Errorf("%s: unfilled words: %s", c.name, m)
				}
			}
		}
	}
}

func TestHintsSuggest(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"职叶: 教师\n", "“职业”"}, {"ocupation: x\n", "“occupation”"}, {"状况: 键在\n", "“健在”"}, {"事迹: {类型: 水里救人}\n", "“水中救人”"},
	} {
		_, found := loadOne(t, "content/heroes/z.md", "---\n姓名: 张三\n地区: 河南省\n授权: {公开: true}\n"+c.lines+"---\n")
		if len(found) != 1 || !strings.Contains(found[0].Hint(diag.Chinese), c.want) {
			t.Errorf("%q: want a hint with %s, got %v", c.lines, c.want, found)
		}
	}
}

// Keys of other programs lead to what they are here, and to nothing where there is none; the
// fix, applied, takes the finding away.
func TestKeysOfOthers(t *testing.T) {
	for _, c := range []struct{ in, lines, fixed string }{
		{"brief", "unpublish_on: 2030-01-01", "expires: 2030-01-01"}, {"brief", "expire_on: 2030-01-01", "expires: 2030-01-01"}, {"brief", "expiry: 2030-01-01", "expires: 2030-01-01"},
		{"brief", "end_date: 2030-01-01", "expires: 2030-01-01"}, {"brief", "过期日期: 2030-01-01", "失效日期: 2030-01-01"}, {"brief", "截止日期: 2030-01-01", "失效日期: 2030-01-01"}, {"brief", "ExpiryDate: 2030-01-01", "expires: 2030-01-01"},
		{"brief", "publishDate: 2024-01-01", "publish_on: 2024-01-01"}, {"brief", "发布时间: 2024-01-01", "发布日期: 2024-01-01"}, {"brief", "活动: {end_date: 2024-01-02, start_date: 2024-01-01}", "活动: {end: 2024-01-02, start: 2024-01-01}"},
		{"brief", "published: false", "draft: true"}, {"brief", "published: true", "draft: false"}, {"brief", "published: 2024-01-01", "date: 2024-01-01"}, {"hero", "published: 2024-01-01", "publish_on: 2024-01-01"}, {"brief", "hidden: true", "draft: true"}, {"brief", "隐藏: 是", "草稿: true"},
		{"brief", "permalink: /a/b/", "aliases: /a/b/"}, {"brief", "permalink: a-b", "slug: a-b"}, {"brief", "url: /a/", "aliases: /a/"}, {"brief", "redirect_from: /a/", "aliases: /a/"},
		{"brief", "description: 一句话", "summary: 一句话"}, {"brief", "keywords: [水, 火]", "tags: [水, 火]"}, {"brief", "分类: 培训", "栏目: 培训"}, {"brief", "author: 张三", "byline: 张三"}, {"chapter", "author: 张三", "authors: 张三"}, {"chapter", "weight: 3", "order: 3"},
		{"brief", "lastmod: 2024-01-01", "params: {lastmod: 2024-01-01}"}, {"brief", "layout: post", "params: {layout: post}"}, {"brief", "updated: 2024-01-01", "params: {updated: 2024-01-01}"}, {"brief", "weight: 3", "params: {weight: 3}"}, {"brief", "置顶: true", "附加: {置顶: true}"},
		{"brief", "expirse: 2030-01-01", "expires: 2030-01-01"}, {"brief", "foobar: x", "params: {foobar: x}"},
	} {
		file := map[string]string{"brief": "content/briefs/2024/a.md", "hero": "content/heroes/a.md", "chapter": "content/anthology/b/a.md"}[c.in]
		head := "标题: 甲\n日期: 2024-01-01\n"
		switch {
		case c.in == "chapter":
			head = "标题: 甲\n"
		case c.in == "hero":
			head = "姓名: 张三\n地区: 河南省\n授权: {公开: true}\n"
		case strings.HasPrefix(c.fixed, "date"):
			head = "标题: 甲\n"
		}
		text := "---\n" + head + c.lines + "\n---\n"
		_, found := loadOne(t, file, text)
		for _, f := range found {
			if f.Code != diag.UnknownKey || f.Fix == nil {
				t.Errorf("%s: %s %s", c.lines, f.Message(diag.English), f.Hint(diag.English))
				continue
			}
			text = strings.Replace(text, f.Fix.Old, f.Fix.New, 1)
		}
		if !strings.Contains(text, "\n"+c.fixed+"\n") {
			t.Errorf("%s became\n%s", c.lines, text)
		}
		if _, again := loadOne(t, file, text); len(found) == 0 || len(again) > 0 {
			t.Errorf("%s: %d findings, and %v after the fix", c.lines, len(found), again)
		}
	}
}

// A malformed switch must never publish.
func TestMalformedSwitchesHoldBack(t *testing.T) {
	c, _ := loadOne(t, "content/heroes/z.md", "---\n姓名: 张三\n地区: 河南省\n草稿: 是的\n授权: {公开: Yes!, 未成年: 大概}\n---\n")
	h := c.Heroes[0]
	if !h.Draft || h.Consent.Publish || !h.Consent.Minor || !h.Faulty {
		t.Errorf("draft %v, publish %v, minor %v, faulty %v", h.Draft, h.Consent.Publish, h.Consent.Minor, h.Faulty)
	}
}

func TestEncodings(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(hero)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"BOM", "\xef\xbb\xbf" + hero, ""},
		{"CRLF", strings.ReplaceAll(hero, "\n", "\r\n"), ""},
		{"CR", strings.ReplaceAll(hero, "\n", "\r"), ""},
		{"GB18030", gb, "0:0 gb18030"},
		{"UTF-16 LE", "\xff\xfe-\x00-\x00", "0:0 utf-16"},
		{"UTF-16 BE", "\xfe\xff\x00-\x00-", "0:0 utf-16"},
		{"UTF-16 without mark", "-\x00-\x00-\x00\n\x00a\x00:\x00 \x001\x00", "0:0 utf-16"},
		{"too large", hero + strings.Repeat("字", MaxFile/3), "0:0 file-too-large"},
	} {
		c2, found := loadOne(t, "content/heroes/a.md", c.text)
		if got := places(found, "content/heroes/a.md"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			continue
		}
		if (c.want == "" || strings.Contains(c.want, "gb18030")) && c2.Heroes[0].Name != "张三" {
			t.Errorf("%s: name %q", c.name, c2.Heroes[0].Name)
		}
	}
}

func TestHostileHeadsAreRefusedFast(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'z'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for name, head := range map[string]string{
		"alias bomb": bomb, "flow": "a: " + strings.Repeat("{a: ", 10000), "list": strings.Repeat("- ", 10000) + "x",
		"long key": strings.Repeat("k", 200<<10) + ": 1", "many keys": strings.Repeat("k: 1\n", 40000),
	} {
		start := time.Now()
		_, found := loadOne(t, "content/heroes/a.md", "---\n"+head+"\n---\n")
		if len(found) == 0 {
			t.Errorf("%s: no finding", name)
		}
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%s: took %v", name, d)
		}
	}
}

func TestKindOfFile(t *testing.T) {
	for path, want := range map[string]fileKind{
		"content/heroes/张三.md":                      {KindHero, "content/heroes", "张三", "", "", ""},
		"content/heroes/a/index.md":                 {KindHero, "content/heroes/a", "a", "", "", ""},
		"content/heroes/a.en.md":                    {KindHero, "content/heroes", "a", "", "", "en"},
		"content/briefs/2023/b.md":                  {KindBrief, "content/briefs/2023", "b", "2023", "", ""},
		"content/briefs/2023/b/index.md":            {KindBrief, "content/briefs/2023/b", "b", "2023", "", ""},
		"content/briefs/b.md":                       {},
		"content/briefs/new/b.md":                   {},
		"content/anthology/book/_index.md":          {KindBook, "content/anthology/book", "book", "", "", ""},
		"content/anthology/book/c.md":               {KindChapter, "content/anthology/book", "c", "book", "", ""},
		"content/venues/v/_index.zh-hant.md":        {KindVenue, "content/venues/v", "v", "", "", "zh-hant"},
		"content/venues/v/e/index.md":               {KindExhibit, "content/venues/v/e", "e", "v", "", ""},
		"content/heroes/a/b/index.md":               {},
		"content/x.md":                              {},
		"content/heroes/a\u0301.md":                 {KindHero, "content/heroes", "á", "", "", ""},
		"content/members/qing-he/heroes/a/index.md": {KindHero, "content/members/qing-he/heroes/a", "a", "", "qing-he", ""},
		"content/members/qing-he/pages/a.md":        {},
		"content/members/a.b/heroes/a.md":           {},
	} {
		if got := kindOfFile(path); got.kind != want.kind || want.kind != "" && got != want {
			t.Errorf("%s: got %+v, want %+v", path, got, want)
		}
	}
}

func TestScanPassesOverDebris(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, p := range []string{"site.yaml", "heroes/a.md", "heroes/~$a.md", "heroes/.a.md.swp", "heroes/a.md~", "Thumbs.db", "heroes/.git/x.md", "__MACOSX/x.md"} {
		fsys["content/"+p] = &fstest.MapFile{Data: []byte("x")}
	}
	tree, found := Scan(fsys)
	var got []string
	for _, f := range tree.Files {
		got = append(got, f.Path)
	}
	if s := strings.Join(got, " "); s != "content/heroes/a.md content/site.yaml" || len(found) > 0 {
		t.Errorf("got %s, %v", s, found)
	}
}

func TestEveryKeyAndValueHasBothNames(t *testing.T) {
	ascii := func(s string) bool {
		return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
	}
	var walk func(kind Kind, keys []Key)
	walk = func(kind Kind, keys []Key) {
		for _, k := range keys {
			if !ascii(k.En) || ascii(k.Zh) {
				t.Errorf("%s: key %q %q lacks a name", kind, k.En, k.Zh)
			}
			if k.Doc.Zh == "" || k.Doc.En == "" {
				t.Errorf("%s: key %s is not explained in both languages", kind, k.En)
			}
			for _, v := range k.Values {
				if !ascii(v.En) || v.Zh == "" {
					t.Errorf("%s.%s: value %v lacks a name", kind, k.En, v)
				}
			}
			walk(kind, k.Keys)
		}
	}
	n := 0
	for _, k := range append(Kinds(), KindInfo{Kind: KindSite}) {
		keys := Schema(k.Kind)
		n += len(keys)
		walk(k.Kind, keys)
	}
	if n < 100 {
		t.Errorf("only %d keys were seen", n)
	}
}

func TestReadBodyNoticesChange(t *testing.T) {
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte(siteYAML)}, "content/heroes/a.md": {Data: []byte(hero)}}
	tree, _ := Scan(fsys)
	c, _ := Load(fsys, tree)
	body, fault := ReadBody(fsys, c.Heroes[0].Base())
	if string(body) != "正文。\n" || fault != nil {
		t.Fatalf("got %q, %v", body, fault)
	}
	fsys["content/heroes/a.md"] = &fstest.MapFile{Data: []byte(strings.Replace(hero, "正文", "改文", 1))}
	if _, fault = ReadBody(fsys, c.Heroes[0].Base()); fault == nil || fault.Code != diag.ChangedMeanwhile {
		t.Errorf("a changed text was not noticed: %v", fault)
	}
}

// seeds are the starting points of FuzzLoad: one for each way a head is written.
var seeds = []string{
	hero, strings.ReplaceAll(hero, "\n", "\r\n"), "+++\nname = \"张三\"\nregion = \"河南省\"\n[consent]\npublish = true\n+++\n",
	"{\n\"name\": \"张三\"\n}\n\n正文", "---\n事迹: [1]\n授权: 是\n---\n", "\xef\xbb\xbf---\nname: \xd5\xc5\n---\n",
}

func TestSeedsExist(t *testing.T) {
	if len(seeds) < 5 {
		t.Fatal("the fuzz target has lost its seeds")
	}
}

// FuzzLoad: whatever the bytes of a record, it is loaded or there is an error
// about it; nothing that is not plainly said to be public is.
func FuzzLoad(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, found := loadAll(map[string]string{"content/heroes/a.md": text})
		source := diag.NewSource(func(path string) []byte {
			return ReadText(fstest.MapFS{path: {Data: []byte(text)}}, path)
		})
		for _, f := range found {
			source.Excerpt(f)
			if m, ok := source.Mended(f); ok && m.Before == m.After {
				t.Fatalf("%s: a fix that changes nothing", f.Code.ID)
			}
		}
		if len(c.Heroes) == 0 {
			if len(found) == 0 {
				t.Fatal("the record vanished in silence")
			}
			return
		}
		h := c.Heroes[0]
		if !h.Faulty && (h.Name == "" || len(h.Region) == 0 || h.Consent == nil || !ValidSlug(h.Slug)) {
			t.Fatalf("an incomplete record passes: %+v", h)
		}
		if h.Consent != nil && h.Consent.Publish && !strings.ContainsAny(text, "tTyY是有同") {
			t.Fatal("published without a word of consent")
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte(siteYAML)}}
	for i := range 1000 {
		fsys[fmt.Sprintf("content/heroes/h%d.md", i)] = &fstest.MapFile{Data: []byte(hero + strings.Repeat("那天傍晚，雨已经下了六个小时。", 60))}
	}
	tree, _ := Scan(fsys)
	b.ReportAllocs()
	for b.Loop() {
		Load(fsys, tree)
	}
}

func TestControlCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"字\t字\n\n、。，　\u00a0\u200b\u202e\U0001F9D1":       "",
		"字\x0b字\x0c字\n\x0b":                              "1:2 control-character, 2:1 control-character",
		"\u0085":                                         "1:1 control-character",
		"好\ufffe\n好\uffff\n\ufdd0\n\ufdef\n\ufdf0\ufffd": "1:2 control-character, 2:2 control-character, 3:1 control-character, 4:1 control-character",
		"\U0001fffe\n\U0010ffff\n\U0010fffd":             "1:1 control-character, 2:1 control-character",
		"\x7f\n\x1b[31m":                                 "1:1 control-character, 2:1 control-character",
	} {
		if got := places(controls("x", []byte(text)), "x"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if n := len(controls("x", []byte(strings.Repeat("a\x0b\n", 1000)))); n != maxControls {
		t.Errorf("%d lines are told", n)
	}
}

// TestMayControl holds the quick look to the slow one.
func TestMayControl(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("字a·，\t\n")), rapid.Rune())).Draw(t, "text"))
		text = bytes.ReplaceAll(text, []byte{0}, nil)
		if got, want := len(controls("x", text)) > 0, bytes.ContainsFunc(text, isControl); got != want {
			t.Fatalf("%q: told %v, want %v", text, got, want)
		}
	})
}

func BenchmarkControls(b *testing.B) {
	text := []byte(strings.Repeat("他跳下河，救起一人。The quick brown fox.\n", 100))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		controls("x", text)
	}
}
