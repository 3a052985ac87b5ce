package desk

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/testrun"
)

// demo is the site of this repository, as a copy that a test may change.
func demo(t *testing.T) *running {
	r := start(t, "-- content/site.yaml --\ntitle: 灯下\nbase_url: https://lamp.example.cn/\n")
	source := os.DirFS("../../content")
	err := fs.WalkDir(source, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(p, ".md") {
			return err
		}
		b, err := fs.ReadFile(source, p)
		r.put("content/"+p, string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Opening a form and pressing 保存 changes no byte, whatever the file looks like.
func TestUntouchedForm(t *testing.T) {
	r := demo(t)
	n := 0
	err := fs.WalkDir(os.DirFS(r.dir), "content", func(p string, e fs.DirEntry, err error) error {
		if n++; err != nil || !strings.HasSuffix(p, ".md") || content.OfMember(p) || !testrun.Long() && n%5 > 0 {
			return err
		}
		before := r.read(p)
		a := r.save("/_studio/edit/"+(&url.URL{Path: p}).EscapedPath(), r.form("/_studio/edit/"+(&url.URL{Path: p}).EscapedPath()))
		if a.Problem != "" || a.Clash || r.read(p) != before {
			t.Errorf("%s: %s\n%s", p, a.Problem, r.read(p))
		}
		return nil
	})
	if err != nil || n < 200 {
		t.Fatal(n, err)
	}
}

const small = `
-- content/site.yaml --
title: 灯下
base_url: https://lamp.example.cn/
-- content/heroes/lin.md --
---
# 这一行是编辑自己写的
姓名: 林照野
地区: "河东省/清河市"   # 引号留着
事迹: {日期: 2023-05, 类型: 水中救人}
荣誉:
  - 称号: 市级模范
    年份: 2024
  - 称号: 省级模范
授权:
  公开: true
自定的: 不认识的键也留着
---

他跳入水中。
-- content/honors/mo-fan.md --
---
title: 模范
level: city
---
-- content/venues/park/_index.md --
---
name: 清河公园
kind: park
region: 河东省/清河市
---
-- content/venues/park/one.md --
---
name: 一号展板
kind: panel
heroes: [lin]
---
-- content/briefs/2025/ji.md --
---
title: 表彰会
date: 2025-03-01
heroes: [lin]
---

会上讲了他的事。
`

func TestSaveChangesOneValue(t *testing.T) {
	r := start(t, small)
	const path = "/_studio/edit/content/heroes/lin.md"
	before := r.read("content/heroes/lin.md")
	values := r.form(path)
	values.Set("honors.1.year", "2025")
	values.Set("occupation", "教师")
	a := r.save(path, values)
	if a.Problem != "" || len(a.Found["honors"]) > 0 {
		t.Fatal(a)
	}
	want := strings.Replace(before, "  - 称号: 省级模范\n", "  - 称号: 省级模范\n    年份: 2025\n", 1)
	want = strings.Replace(want, "地区: ", "职业: 教师\n地区: ", 1)
	if got := r.read("content/heroes/lin.md"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, page := r.get("/_studio/list/hero/"); !strings.Contains(page, "林照野") {
		t.Error("the list does not know him")
	}
}

// Two people at once: what each changed alone is kept, what both changed is asked.
func TestTwoEditors(t *testing.T) {
	r := start(t, small)
	const path, file = "/_studio/edit/content/heroes/lin.md", "content/heroes/lin.md"
	mine, theirs := r.form(path), r.form(path)
	theirs.Set("status", "disabled")
	theirs.Set("occupation", "司机")
	if a := r.save(path, theirs); a.Problem != "" {
		t.Fatal(a)
	}
	mine.Set("gender", "male")
	mine.Set("occupation", "教师")
	if a := r.save(path, mine); !a.Clash {
		t.Fatal("nobody was asked", a)
	}
	if strings.Contains(r.read(file), "教师") {
		t.Fatal("written before it was asked")
	}
	status, page := r.post(path, mine)
	if status != http.StatusConflict || !strings.Contains(page, "司机") || !strings.Contains(page, "教师") {
		t.Fatal(status, page)
	}
	mine.Set("choose.occupation", "theirs")
	if a := r.save(path, mine); a.Problem != "" || a.Clash {
		t.Fatal(a)
	}
	got := r.read(file)
	for _, words := range []string{"司机", "伤残", "男", "# 这一行是编辑自己写的", "不认识的键也留着"} {
		if !strings.Contains(got, words) {
			t.Errorf("lost: %s\n%s", words, got)
		}
	}
	if strings.Contains(got, "教师") {
		t.Error("what was not chosen was written")
	}
}

// What is wrong with what somebody filled in is told at the field she filled in.
func TestMistakesAtTheirFields(t *testing.T) {
	mistakes := []struct{ file, field, value, at string }{
		{"heroes/lin.md", "name", "", "name"},
		{"heroes/lin.md", "region", "", "region"},
		{"heroes/lin.md", "kind", "人", "kind"},
		{"heroes/lin.md", "status", "活着", "status"},
		{"heroes/lin.md", "gender", "x", "gender"},
		{"heroes/lin.md", "birth_year", "很早", "birth_year"},
		{"heroes/lin.md", "birth_year", "1066", "birth_year"},
		{"heroes/lin.md", "birth_year", "1990.5", "birth_year"},
		{"heroes/lin.md", "deed.date", "去年夏天", "deed.date"},
		{"heroes/lin.md", "deed.date", "2023-13-01", "deed.date"},
		{"heroes/lin.md", "deed.date", "2023-02-30", "deed.date"},
		{"heroes/lin.md", "deed.type", "跑步", "deed.type"},
		{"heroes/lin.md", "honors.0.year", "二零二四", "honors.0.year"},
		{"heroes/lin.md", "honors.0.year", "1066", "honors.0.year"},
		{"heroes/lin.md", "honors.1.level", "宇宙级", "honors.1.level"},
		{"heroes/lin.md", "honors.1.honor", "mei-you", "honors.1.honor"},
		{"heroes/lin.md", "honors.0.title", "", "honors"},
		{"heroes/lin.md", "confirmed.date", "那天", "confirmed.date"},
		{"heroes/lin.md", "martyr.by", "省政府", "martyr.document"},
		{"heroes/lin.md", "martyr.document", "豫政〔2024〕1 号", "martyr.by"},
		{"heroes/lin.md", "portrait.src", "mei-you.jpg", "portrait.alt"},
		{"heroes/lin.md", "portrait.alt", "他的像", "portrait.src"},
		{"heroes/lin.md", "portrait.src", "../../../../etc/passwd", "portrait.alt"},
		{"heroes/lin.md", "consent.until", "永远", "consent.until"},
		{"heroes/lin.md", "slug", "林 照野", "slug"},
		{"heroes/lin.md", "slug", "LIN", "slug"},
		{"heroes/lin.md", "publish_on", "明天", "publish_on"},
		{"heroes/lin.md", "expires", "不过期", "expires"},
		{"heroes/lin.md", "cover.src", "x.png", "cover.src"},
		{"heroes/lin.md", "sources.0.url", "ftp://x", "sources.0.url"},
		{"heroes/lin.md", "sources.0.date", "x", "sources.0.date"},
		{"heroes/lin.md", "members.0", "", ""},
		{"honors/mo-fan.md", "title", "", "title"},
		{"honors/mo-fan.md", "level", "村级", "level"},
		{"honors/mo-fan.md", "order", "随便", "order"},
		{"honors/mo-fan.md", "sessions.0.year", "很早", "sessions.0.year"},
		{"honors/mo-fan.md", "sessions.0.date", "x", "sessions.0.date"},
		{"venues/park/_index.md", "name", "", "name"},
		{"venues/park/_index.md", "kind", "", "kind"},
		{"venues/park/_index.md", "kind", "动物园", "kind"},
		{"venues/park/_index.md", "opened", "去年", "opened"},
		{"venues/park/_index.md", "location.lat", "134", "location.lat"},
		{"venues/park/_index.md", "location.lng", "x", "location.lng"},
		{"venues/park/_index.md", "location.datum", "火星", "location.datum"},
		{"venues/park/_index.md", "route.0", "mei-you", "route.0"},
		{"venues/park/_index.md", "plan.src", "tu.png", "plan.alt"},
		{"venues/park/one.md", "heroes.0", "mei-you", "heroes.0"},
		{"venues/park/one.md", "kind", "画", "kind"},
		{"venues/park/one.md", "plan_at.0", "7", "plan_at.0"},
		{"venues/park/one.md", "plaque.width", "3", "plaque.width"},
		{"venues/park/one.md", "plaque.material", "豆腐", "plaque.material"},
		{"venues/park/one.md", "plaque.distance", "远", "plaque.distance"},
		{"venues/park/one.md", "audio.src", "x.mp3", "audio.src"},
		{"briefs/2025/ji.md", "title", "", "title"},
		{"briefs/2025/ji.md", "date", "", "date"},
		{"briefs/2025/ji.md", "date", "三月", "date"},
		{"briefs/2025/ji.md", "number", "第三期", "number"},
		{"briefs/2025/ji.md", "category", "八卦", "category"},
		{"briefs/2025/ji.md", "heroes.0", "mei-you", "heroes.0"},
		{"briefs/2025/ji.md", "event.start", "x", "event.start"},
		{"briefs/2025/ji.md", "reprinted_by.0.url", "不是网址", "reprinted_by.0.url"},
		{"briefs/2025/ji.md", "gallery.0.src", "x.jpg", "gallery.0.alt"},
	}
	r := start(t, strings.Replace(small, "自定的: 不认识的键也留着\n", "", 1))
	for _, m := range mistakes {
		file := "content/" + m.file
		before := r.read(file)
		path := "/_studio/edit/" + file
		values := r.form(path)
		values.Set(m.field, m.value)
		a := r.save(path, values)
		if a.Problem != "" {
			t.Errorf("%s %s=%q: not saved: %s", m.file, m.field, m.value, a.Problem)
		} else if len(a.Found[m.at]) == 0 && m.at != "" {
			t.Errorf("%s %s=%q: told at %v", m.file, m.field, m.value, a.Found)
		}
		r.put(file, before) // the next form is made from the file, whatever the desk knows of it
	}
}

// Every kind of record and of key can be filled in: what was filled in is what stands there.
func TestEveryKeyHasAField(t *testing.T) {
	r := start(t, small)
	for _, k := range content.Kinds() {
		values := url.Values{"name": {"新的一条"}, "region": {"河东省/清河市"}, "kind": {}, "parent": {"park"}, "date": {"2026-01-02"}, "year": {"2026"}, "publish": {"true"}}
		if k.Kind == content.KindChapter {
			values.Set("parent", "wen-ji")
		}
		for _, key := range content.Schema(k.Kind) {
			if key.En == "kind" && len(key.Values) > 0 {
				values.Set("kind", key.Values[0].En)
			}
		}
		if k.Kind == content.KindBook {
			values.Set("name", "wen-ji")
		}
		status, page := r.post("/_studio/new/"+string(k.Kind)+"/", values)
		if status != http.StatusOK || !strings.Contains(page, `id="record"`) {
			t.Errorf("%s: %d %s", k.Kind, status, page)
			continue
		}
		for _, key := range content.Schema(k.Kind) {
			if key.Type != content.TypeParams && key.En != "draft" && !strings.Contains(page, `id="f-`+key.En+`"`) {
				t.Errorf("%s has no field for %s", k.Kind, key.En)
			}
		}
	}
}

// What is wrong with a text is told by the line of the text, as she sees it.
func TestMistakeInTheText(t *testing.T) {
	r := start(t, small)
	const path = "/_studio/edit/content/briefs/2025/ji.md"
	values := r.form(path)
	values.Set("text", "第一行。\n\n第三行写到[[mei-you]]。")
	a := r.save(path, values)
	if len(a.Found[""]) == 0 || a.Found[""][0].Place != "3" {
		t.Errorf("%v", a.Found)
	}
	if _, page := r.get(path); !strings.Contains(page, `data-line="3"`) {
		t.Error("the form does not lead to the line")
	}
}
