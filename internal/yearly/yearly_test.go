package yearly

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/scans"
	"mingdeng/internal/site"
)

func resolved(t *testing.T, files map[string]string) *site.Edition {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("title: 试\nbase_url: https://example.cn/\norganisation: {name: 甲市协会}\n")}}
	for p, text := range files {
		fsys["content/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, found := content.Scan(fsys)
	c, more := content.Load(fsys, tree)
	m, last := site.Resolve(c, site.Options{Today: date.Date{Year: 2026, Month: 11, Day: 22}, StandIn: func(content.Language) string { return "某人" }})
	for _, f := range append(append(found, more...), last...) {
		if f.Code.Severity == diag.Error {
			t.Fatalf("%s: %v", f.Path, f.Code.ID)
		}
	}
	return m.Editions[0]
}

func hero(name, more string) string {
	return "---\n姓名: " + name + "\n地区: 河南省\n" + more + "授权: {公开: true}\n---\n"
}

var world = map[string]string{
	"briefs/2026/a.md":   "---\n标题: 甲\n日期: 2026-03-01\n栏目: 培训\n转载: [{媒体: 日报, 日期: 2026-03-02}, {媒体: 晚报}]\n活动: {开始: 2026-03-01}\n---\n",
	"briefs/2026/b.md":   "---\n标题: 乙\n日期: 2026-04-01\n栏目: 培训\n转载: [{媒体: 日报, 日期: 2026-05-02}]\n---\n",
	"briefs/2026/c.md":   "---\n标题: 丙\n日期: 2026-05-01\n---\n",
	"briefs/2026/d.md":   "---\n标题: 草稿一篇\n草稿: true\n日期: 2026-05-01\n栏目: 培训\n---\n",
	"briefs/2026/e.md":   "---\n标题: 未到\n发布日期: 2026-12-01\n日期: 2026-05-01\n---\n",
	"briefs/2025/f.md":   "---\n标题: 丁\n日期: 2025-05-01\n栏目: 募捐\n---\n",
	"heroes/a.md":        hero("甲一", "事迹: {日期: 2026-01}\n确认: {日期: 2026-02-03}\n荣誉: [{奖项: p, 届次: 第二届}, {称号: 好人, 年份: 2025, 级别: 市级}]\n"),
	"heroes/b.md":        hero("甲二", "类别: 群体\n确认: {日期: 2026-02-03}\n"),
	"heroes/c.md":        hero("甲三", "示例: true\n事迹: {日期: 2026-01}\n确认: {日期: 2026-02-03}\n"),
	"heroes/d.md":        "---\n姓名: 吴钟\n地区: 河南省\n确认: {日期: 2026-02-03}\n事迹: {日期: 2026}\n授权: {公开: false}\n---\n",
	"honors/p.md":        "---\n名称: 模范\n级别: 省级\n届次: [{届: 第二届, 年份: 2026}]\n---\n",
	"venues/v/_index.md": "---\n名称: 园\n类别: 游园\n地区: 河南省\n开放: 2026-06\n---\n",
	"venues/v/x.md":      "---\n名称: 板\n类别: 展板\n---\n",
}

// figures are "group|label: value unit (previous)".
func figures(r *Report) (out []string) {
	for _, g := range r.Groups {
		for _, f := range g.Figures {
			s := g.Name + "|" + f.Label + ": " + number(f.Value) + " " + f.Unit
			if f.Previous != nil {
				s += " (" + number(*f.Previous) + ")"
			}
			out = append(out, s)
			if f.Group != g.Name {
				out = append(out, "in the wrong group: "+f.Label)
			}
		}
	}
	return out
}

func TestDraft(t *testing.T) {
	r := Draft(Request{Year: 2026, Site: resolved(t, world), Lang: diag.Chinese})
	want := []string{
		"简报|简报: 3 篇 (1)", "简报|简报：培训: 2 篇 (0)", "简报|简报：募捐: 0 篇 (1)", "简报|简报：其他: 1 篇 (0)",
		"简报|被转载的简报: 2 篇 (0)", "简报|转载: 3 次 (0)", "简报|转载的媒体: 2 家 (0)",
		"英雄|当年确认的见义勇为人员: 1 人 (0)", "英雄|当年确认的见义勇为群体: 1 个 (0)", "英雄|发生在当年的事迹: 1 件 (0)", "英雄|省级荣誉: 1 人次 (0)", "英雄|市级荣誉: 0 人次 (1)",
		"活动|活动: 1 场", "活动|表彰届次: 1 届",
		"阵地|新开放的阵地: 1 处", "阵地|现有阵地: 1 处", "阵地|现有展品: 1 件",
	}
	if got := figures(r); !slices.Equal(got, want) {
		t.Errorf("%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r.Title != "甲市协会2026年工作数据" || !strings.HasPrefix(r.Summary, "简报3篇，当年确认的见义勇为人员1人，") {
		t.Errorf("%s %s", r.Title, r.Summary)
	}
	if strings.Contains(string(r.Markdown()), "吴钟") {
		t.Error("somebody withheld is named")
	}
	if Draft(Request{Year: 1999, Site: resolved(t, world)}) != nil {
		t.Error("a year of nothing has a report")
	}
}

func someScans() *scans.Report {
	return &scans.Report{
		From: "2025-01-03", To: "2026-03-09",
		Months: []scans.Month{{Month: "2025-01", Openings: 4}, {Month: "2025-02", Openings: 1}, {Month: "2025-07", Openings: 90}, {Month: "2026-01", Openings: 6}, {Month: "2026-03", Openings: 1}},
		Venues: []scans.Venue{{Name: "园: #1 [x]", Months: scans.Monthly{"2025-01": 4, "2025-07": 90, "2026-01": 7}}, {Name: "馆"}},
		Exhibits: []scans.Exhibit{
			{Name: "多年前的", VenueName: "园", Months: scans.Monthly{"2025-07": 90}},
			{Name: "板", VenueName: "园", Months: scans.Monthly{"2025-01": 4, "2026-01": 6}},
		},
	}
}

func TestDraftScans(t *testing.T) {
	r := Draft(Request{Year: 2026, Site: resolved(t, nil), Scans: someScans(), Lang: diag.Chinese})
	want := []string{
		"扫码|铭牌打开次数: 7 次 (5)", "每月打开次数|1月: 6 次 (4)", "每月打开次数|2月: 0 次 (1)", "每月打开次数|3月: 1 次 (0)",
		"各阵地打开次数|园: #1 [x]: 7 次 (4)", "打开最多的展品|板 · 园: 6 次 (4)",
	}
	if got := figures(r); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if !strings.Contains(r.Groups[0].About, "同样的月份") || !strings.Contains(r.Groups[0].About, "2026-01-01 到 2026-03-09") {
		t.Error(r.Groups[0].About)
	}
	short := someScans()
	short.From = "2025-07-01" // the year before is not whole
	for _, f := range figures(Draft(Request{Year: 2026, Site: resolved(t, nil), Scans: short, Lang: diag.English})) {
		if strings.HasPrefix(f, "Scans") && strings.Contains(f, "(") {
			t.Errorf("%s is compared with half a year", f)
		}
	}
	if Draft(Request{Year: 2024, Site: resolved(t, nil), Scans: someScans()}) != nil || Draft(Request{Year: 2026, Site: resolved(t, nil), Scans: &scans.Report{}}) != nil {
		t.Error("logs of other years make a report")
	}
}

// TestReadBack: what is written is read by the site as what was counted, in both languages.
func TestReadBack(t *testing.T) {
	for _, l := range []diag.Lang{diag.Chinese, diag.English} {
		e := resolved(t, world)
		r := Draft(Request{Year: 2026, Site: e, Scans: someScans(), Lang: l})
		text := string(r.Markdown())
		if l == diag.Chinese && !strings.Contains(text, "\n标题: ") || l == diag.English && !strings.Contains(text, "\ntitle: ") {
			t.Errorf("%s: keys of another language:\n%s", l, text)
		}
		if again := resolved(t, map[string]string{"reports/2026.md": text}); len(again.Reports) != 0 {
			t.Error("it is published at once")
		}
		lines := strings.Split(text, "\n")
		published := resolved(t, map[string]string{"reports/2026.md": strings.Join(slices.Delete(lines, 1, 2), "\n")})
		if len(published.Reports) != 1 {
			t.Fatalf("%s: not read:\n%s", l, text)
		}
		got := published.Reports[0]
		var want []content.Figure
		for _, g := range r.Groups {
			want = append(want, g.Figures...)
		}
		same := slices.EqualFunc(got.Figures, want, func(a, b content.Figure) bool {
			return a.Label == b.Label && a.Value == b.Value && a.Unit == b.Unit && a.Group == b.Group && (a.Previous == nil) == (b.Previous == nil) && (a.Previous == nil || *a.Previous == *b.Previous)
		})
		if !same || got.Title != r.Title || got.Year != 2026 || got.Report.Summary != r.Summary {
			t.Errorf("%s: read back as %+v", l, got.Report)
		}
	}
}

func TestScalar(t *testing.T) {
	for in, want := range map[string]string{"园": "园", "园2号，大": "园2号，大", "1月": `"1月"`, "": `""`, "a": `"a"`, "园: x": `"园: x"`, "园 # x": `"园 # x"`, `"园"`: `"\"园\""`, "<园>": `"<园>"`, "true": `"true"`, "园\n: x": `"园\n: x"`} {
		if got := scalar(in); got != want {
			t.Errorf("%q is written %s, not %s", in, got, want)
		}
	}
}

func TestWriteNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r := Draft(Request{Year: 2026, Site: resolved(t, world), Lang: diag.Chinese})
	if err := r.Write(root); err != nil {
		t.Fatal(err)
	}
	if err := root.WriteFile(Path(2026), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := r.Write(root); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if b, err := root.ReadFile(Path(2026)); string(b) != "mine" || err != nil {
		t.Error("overwritten", err)
	}
}
