package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const smallSite = `-- content/site.yaml --
# 说明：这一行要留着
名称: 灯
网址: https://lamp.example.org/   # 网址
language: zh-Hans

导航:
  - {文字: 英雄, 链接: /heroes/}   # 第一项
附加: {自己的: 42}
-- content/heroes/ren.md --
---
姓名: 沈丅川
状况: 健在
地区: 河东省/清河市
授权: {公开: true}
---

他跳进河里。
`

// filled is what a page's form would post: every input with what stands in it.
func filled(t *testing.T, page, action string) url.Values {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	values, found := url.Values{}, false
	attr := func(n *html.Node, key string) (string, bool) {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val, true
			}
		}
		return "", false
	}
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		if n.Type == html.ElementNode {
			name, _ := attr(n, "name")
			value, _ := attr(n, "value")
			switch n.Data {
			case "form":
				at, _ := attr(n, "action")
				inside = at == action
				found = found || inside
			case "input":
				kind, _ := attr(n, "type")
				_, checked := attr(n, "checked")
				if inside && name != "" && kind != "file" && (kind != "checkbox" || checked) {
					values.Add(name, value)
				}
			case "textarea":
				if inside && n.FirstChild != nil {
					values.Add(name, n.FirstChild.Data)
				}
			case "select":
				for o := range n.Descendants() {
					if _, chosen := attr(o, "selected"); inside && o.Data == "option" && chosen {
						v, _ := attr(o, "value")
						values.Set(name, v)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	walk(doc, false)
	if !found {
		t.Fatalf("no form for %s in\n%s", action, page)
	}
	return values
}

func TestSettings(t *testing.T) {
	r := start(t, smallSite)
	was := r.read(settingsFile)
	_, page := r.get("/_studio/settings/")
	for _, want := range []string{`<option value="lamplight"`, `value="灯"`, `value="/heroes/"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	form := filled(t, page, "/_studio/settings/")
	form.Set("do", "save")
	if status, _ := r.post("/_studio/settings/", form); status != http.StatusOK || r.read(settingsFile) != was {
		t.Fatalf("saved as it was opened, status %d:\n%s", status, r.read(settingsFile))
	}
	form.Set("title", "河灯")
	form.Set("nav.0.label", "人物")
	_, page = r.post("/_studio/settings/", form)
	want := strings.NewReplacer("名称: 灯", "名称: 河灯", "文字: 英雄", "文字: 人物").Replace(was)
	if now := r.read(settingsFile); now != want {
		t.Errorf("saved:\n%s\nwant:\n%s", now, want)
	}
	if !strings.Contains(page, `<a class="brand" href="/_studio/">河灯`) {
		t.Error("the site was not taken in anew")
	}

	// The form is of a file that has changed since: what somebody else wrote stays.
	theirs := strings.Replace(want, "language: zh-Hans", "language: zh-Hans\n简介: 一盏灯", 1)
	r.put(settingsFile, theirs)
	form.Set("theme", "lamplight")
	if status, _ := r.post("/_studio/settings/", form); status != http.StatusOK || r.read(settingsFile) != strings.Replace(theirs, "language: zh-Hans\n", "language: zh-Hans\n主题: lamplight\n", 1) {
		t.Errorf("merged:\n%s", r.read(settingsFile))
	}
	// What both changed is asked.
	form.Set("description", "我的")
	status, page := r.post("/_studio/settings/", form)
	if status != http.StatusConflict || !strings.Contains(page, `name="choose.description"`) {
		t.Errorf("status %d for what both changed", status)
	}

	// What is wrong stands at its field.
	_, page = r.get("/_studio/settings/")
	form = filled(t, page, "/_studio/settings/")
	form.Set("base_url", "lamp")
	form.Set("do", "save")
	_, page = r.post("/_studio/settings/", form)
	if !regexp.MustCompile(`(?s)data-name="base_url">.{0,900}class="finding error"`).MatchString(page) {
		t.Error("no finding at the field")
	}
	// A file that cannot be read as fields is shown as text.
	r.put(settingsFile, "名称: [\n")
	_, page = r.get("/_studio/settings/")
	form = filled(t, page, "/_studio/settings/")
	if form.Get("whole") == "" {
		t.Fatal("no text")
	}
	form.Set("whole", was)
	form.Set("do", "save")
	if r.post("/_studio/settings/", form); r.read(settingsFile) != was {
		t.Error("the text was not saved")
	}
}

// A list grows and shrinks without script.
func TestSettingsLists(t *testing.T) {
	r := start(t, smallSite)
	_, page := r.get("/_studio/settings/")
	form := filled(t, page, "/_studio/settings/")
	form.Set("nav.1.label", "简报")
	form.Set("nav.1.to", "/briefs/")
	form.Set("do", "add:nav")
	_, page = r.post("/_studio/settings/", form)
	form = filled(t, page, "/_studio/settings/")
	if !form.Has("nav.2.label") || form.Get("nav.1.label") != "简报" {
		t.Fatalf("%v", form)
	}
	form.Set("do", "drop:nav.0")
	_, page = r.post("/_studio/settings/", form)
	form = filled(t, page, "/_studio/settings/")
	form.Set("do", "save")
	r.post("/_studio/settings/", form)
	if now := r.read(settingsFile); strings.Contains(now, "/heroes/") || !strings.Contains(now, "/briefs/") {
		t.Errorf("%s", now)
	}
}

func TestSamples(t *testing.T) {
	r := start(t, smallSite+`-- content/heroes/sample.md --
---
姓名: 李示丅
状况: 健在
地区: 河东省/清河市
授权: {公开: true}
示例: true
---

示例。
-- content/heroes/b.md --
---
姓名: 陆丄山
状况: 健在
地区: 河东省/清河市
授权: {公开: true}
---

见 [[heroes/sample]]。
`)
	_, page := r.get("/_studio/settings/")
	if !strings.Contains(page, "李示丅") {
		t.Fatal("the samples are not listed")
	}
	_, page = r.get("/_studio/settings/samples/")
	if !strings.Contains(page, "李示丅") || !strings.Contains(page, "heroes/b.md") {
		t.Fatalf("the plan lacks what goes or what is changed: %s", page)
	}
	if !strings.Contains(r.read("content/heroes/sample.md"), "示例") {
		t.Fatal("looking took it away")
	}
	_, page = r.post("/_studio/settings/samples/", url.Values{})
	if strings.Contains(page, "李示丅") || !strings.Contains(page, "示例已移走") || strings.Contains(r.read("content/heroes/b.md"), "[[") {
		t.Errorf("not taken away: %s", r.read("content/heroes/b.md"))
	}
	if r.read("removed-samples/content/heroes/sample.md") == "" {
		t.Error("words of an editor are lost")
	}
}
