package generate

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaques"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
)

// The person of the site of all kinds who must appear nowhere.
const hidden, hiddenSlug = "卜书铭", "bu-shu-ming"

// plants are places where an editor may write the hidden name, each with the outputs that
// would then carry it: files of every kind the program makes.
var plants = []struct {
	what  string
	file  string
	old   string // what is replaced; "" appends
	new   string
	leaks []string // regular expressions of paths
}{
	{"text of a person", "content/heroes/单青.md", "再没提过。", "再没提过" + hidden + "。", []string{`^heroes/shan-qing/index\.html$`}},
	{"line of a deed", "content/heroes/尉迟勇.md", "类型: 火中救人", "类型: 火中救人, 摘要: 与" + hidden + "一起。", []string{`^data/heroes\.json$`, `^zh-hant/data/heroes\.json$`, `^heroes/index\.html$`, `^heroes/yuchi-yong/`}},
	{"title of a brief", "content/briefs/2014/救人.md", "河边救人", hidden + "救人", []string{`^feed\.xml$`, `^feed\.json$`, `^briefs/feed\.xml$`, `^briefs/index\.html$`, `^zh-hant/feed\.xml$`}},
	{"text under ruby", "content/anthology/shu/01-一.md", "1234", "{卜|bǔ}书{铭|míng} 1234", []string{`^anthology/shu/yi/`, `^anthology/shu/shu\.epub$`, `^anthology/shu/print/`, `^zh-hant/anthology/shu/shu\.epub$`}},
	{"half bold", "content/anthology/shu/02-er.md", "", "卜**书**铭\n", []string{`^anthology/shu/02-er/|^anthology/shu/er/`}},
	{"address of a venue", "content/venues/yuan/_index.md", "类别: 游园", "类别: 游园\n地址: " + hidden + "路", []string{`^data/venues\.geojson$`, `^venues/yuan/`}},
	{"name of an exhibit", "content/venues/yuan/ban-1.md", "一号板", hidden + "板", []string{`^plaques/yuan/manifest\.csv$`, `^plaques/yuan/manifest\.xlsx$`, `^plaques/yuan/install\.html$`, `^Q/[0-9A-Z]{4}/index\.html$`, `^venues/yuan/ban-1/`}},
	{"note of a session", "content/honors/mo-fan.md", "备注: 一人", "备注: " + hidden, []string{`^honors/mo-fan/`}},
	{"contact of a unit", "content/units/zhan.md", "人数: 1200", "人数: 1200\n联系方式: 找" + hidden, []string{`^units/`}},
	{"label of a figure", "content/reports/2023.md", "名称: 捐款", "名称: " + hidden + "捐款", []string{`^reports/2023/`}},
	{"slogan", "content/screens/ting.md", "一句标语", hidden + "，好样的", []string{`^screens/ting/index\.html$`, `^screens/ting/ting\.html$`}},
	{"old address", "content/pages/about.md", "旧网址: [/gywm]", "旧网址: [/heroes/" + hiddenSlug + "]", []string{`^heroes/bu-shu-ming`}},
	{"escaped address", "content/pages/about.md", "照原样", "[他](https://example.org/%E5%8D%9C%E4%B9%A6%E9%93%AD)", []string{`^about/`}},
	{"words of a picture", "content/pages/b.md", "", "---\n标题: 乙\n---\n![" + hidden + "在河边](he.png)\n", []string{`^b/`}},
	{"name of a picture", "content/pages/c.md", "", "---\n标题: 丙\n---\n![一张](" + hidden + ".png)\n", []string{`^c/`, `^img/bu-shu-ming-`}},
	{"name of a page's file", "content/pages/" + hidden + ".md", "", "---\n标题: 丁\n---\n", []string{`^bu-shu-ming/`}},
	{"file in an old encoding", "content/pages/d.md", "", "---\n标题: 戊\n---\n[名单](dan.txt)\n", []string{`^files/dan-.*\.txt$`}},
	{"words within a drawing", "content/pages/e.md", "", "---\n标题: 己\n---\n![图](tu.svg)\n", []string{`^img/tu-.*\.svg$`}},
	{"Traditional characters", "content/pages/f.md", "", "---\n标题: 庚\n---\n卜書銘\n", []string{`^f/`, `^zh-hant/f/`}},
	{"Latin letters", "content/pages/g.md", "", "---\n标题: 辛\n---\nhelped by Bu Shuming.\n", []string{`^g/`}},
	{"radicals", "content/pages/h.md", "", "---\n标题: 壬\n---\n⼘书铭\n", []string{`^h/`, `^zh-hant/h/`}},
	{"what shows nothing, between", "content/pages/i.md", "", "---\n标题: 癸\n---\n卜\u200b书\u00ad\U000e0100铭\n", []string{`^i/`}},
	{"entities and marks, between", "content/pages/j.md", "", "---\n标题: 子\n---\n&#x535c;**&shy;书**\u2060&#38125;\n", []string{`^j/`}},
	{"dots between", "content/pages/k.md", "", "---\n标题: 丑\n---\n记卜·书・铭等\n", []string{`^k/`}},
	{"set as wide as others", "content/pages/l.md", "", "---\n标题: 寅\n摘要: 卜　书　铭\n---\n文\n", []string{`^l/`}},
	{"disguised in an old encoding", "content/pages/m.md", "", "---\n标题: 卯\n---\n[名单](dan2.txt)\n", []string{`^files/dan2-.*\.txt$`}},
	{"title of the site", "content/site.yaml", "名称: 小站", "名称: " + hidden + "小站", []string{`^manifest\.webmanifest$`, `^index\.html$`, `^404\.html$`}},
	{"word of the theme", "themes/lamplight/i18n/zh-Hans.yaml", "home: 首页", "home: 首页" + hidden, []string{`^Q/index\.html$`}},
	{"style of the theme", "themes/lamplight/styles/base.css", "", "\n.x::after{content:\"" + hidden + "\"}\n", []string{`^css/.*\.css$`}},
	{"script of the theme", "themes/lamplight/scripts/code.js", "", "\n;(function(){window.x=\"" + hidden + "\"})();\n", []string{`^js/.*\.js$`}},
	{"drawing of the theme", "themes/lamplight/images/icon.svg", "<svg ", "<svg aria-label=\"" + hidden + "\" ", []string{`icon.*\.svg$`}},
}

// plainSite is the site of all kinds with a plaque and what the plants need.
func plainSite(t *testing.T) (string, map[string]string) {
	t.Helper()
	a, err := txtar.ParseFile("testdata/golden/all-kinds.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := map[string]string{}
	for _, f := range a.Files {
		site[f.Name] = string(f.Data)
	}
	for p, b := range ownTheme() {
		site[strings.Replace(p, "themes/own/", "themes/lamplight/", 1)] = string(b)
	}
	site["content/site.yaml"] += "版本: [zh-Hans, zh-Hant, en]\n分享图: all\n铭牌: {网址: \"https://h.cn/\"}\n"
	site["content/pages/he.png"] = string(encodePicture(".png", 100, 30))
	site["content/pages/"+hidden+".png"] = site["content/pages/he.png"]
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("名单：" + hidden)
	if err != nil {
		t.Fatal(err)
	}
	site["content/pages/dan.txt"] = gb
	if gb, err = simplifiedchinese.GB18030.NewEncoder().String("名单：卜　书\u200b铭"); err != nil {
		t.Fatal(err)
	}
	site["content/pages/dan2.txt"] = gb
	site["content/pages/tu.svg"] = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>` + hidden + `</title><text x="1" y="5">` + hidden + `</text><path d="M0 0h9v9z"/></svg>`
	dir := t.TempDir()
	laySite(t, dir, site)
	o := optionsOf(dir)
	if r, err := plaques.Issue(t.Context(), o, []string{"yuan/ban-1"}, "h.cn", rand.NewChaCha8([32]byte{1})); err != nil {
		t.Fatal(err, r.Findings)
	}
	return dir, site
}

func optionsOf(dir string) project.Options {
	return project.Options{Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test"))}
}

func laySite(t *testing.T, dir string, site map[string]string) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(site)) {
		file := filepath.Join(dir, p)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(site[p]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A hidden name that reaches a file of any kind, on any way, is seen there, and the build
// stops with nothing changed.
func TestLeakInEveryKindOfFile(t *testing.T) {
	dir, site := plainSite(t)
	if r, err := Run(t.Context(), optionsOf(dir)); err != nil {
		t.Fatal(err, r.Findings)
	}
	before := madeIn(t, filepath.Join(dir, "public"))
	for p, b := range before {
		if strings.Contains(p+b, hidden) || strings.Contains(p, hiddenSlug) {
			t.Fatalf("%s has it before anything is planted", p)
		}
	}

	for _, p := range plants {
		text := site[p.file]
		if p.old != "" && !strings.Contains(text, p.old) {
			t.Fatalf("%s: %q is not in %s", p.what, p.old, p.file)
		}
		if p.old == "" {
			text += p.new
		} else {
			text = strings.Replace(text, p.old, p.new, 1)
		}
		site[p.file] = text
	}
	laySite(t, dir, site)

	leaks := leaksOf(t, optionsOf(dir))
	for _, p := range plants {
		for _, want := range p.leaks {
			if !slices.ContainsFunc(leaks, regexp.MustCompile(want).MatchString) {
				t.Errorf("%s: no leak was seen in %s", p.what, want)
			}
		}
	}
	if t.Failed() {
		t.Logf("leaks were seen in %s", strings.Join(leaks, ", "))
	}

	r, err := Run(t.Context(), optionsOf(dir))
	if !errors.Is(err, project.ErrFindings) || !slices.ContainsFunc(r.Findings, func(f diag.Finding) bool { return f.Code.ID == diag.Leak.ID }) {
		t.Errorf("the build: %v, %v", err, r.Findings)
	}
	for _, f := range r.Findings {
		if f.Code.ID == diag.Leak.ID && !strings.Contains(f.Message(diag.Chinese)+f.Hint(diag.Chinese), "content/heroes/bu-shu-ming.md") {
			t.Errorf("the record is not named: %s", f.Message(diag.Chinese)+f.Hint(diag.Chinese))
		}
	}
	if d := unlike(madeIn(t, filepath.Join(dir, "public")), before); d != "" {
		t.Errorf("the folder has changed:\n%s", d)
	}
}

// Consent that lapses between two builds takes the person out of every file of the
// second: pages, lists, feeds, data, cards, e-books, plaques, pictures, what phones keep.
func TestConsentLapses(t *testing.T) {
	const name, slug = "单青", "shan-qing"
	dir, site := plainSite(t)
	site["content/heroes/单青.md"] = strings.Replace(site["content/heroes/单青.md"], "授权: {公开: true}", "授权: {公开: true, 肖像: true, 至: 2026-11-22}\n肖像: {src: shan-qing.png, alt: 一张像}", 1)
	site["content/heroes/shan-qing.png"] = string(encodePicture(".png", 30, 340))
	site["content/anthology/shu/02-er.md"] += "\n[[heroes/shan-qing]]也在。\n"
	laySite(t, dir, site)
	o := optionsOf(dir)
	if r, err := Run(t.Context(), o); err != nil {
		t.Fatal(err, r.Findings)
	}
	first := namedIn(t, madeIn(t, filepath.Join(dir, "public")), name, slug)
	for _, want := range []string{
		`^index\.html$`, `^heroes/shan-qing/index\.html$`, `^heroes/shan-qing/card\.jpg$`, `^heroes/year/2014/`, `^briefs/2014/`, `^anthology/shu/shu\.epub$`, `^venues/yuan/ban-1/`,
		`^honors/mo-fan/`, `^screens/ting/ting\.html$`, `^data/heroes\.json$`, `^sitemap\.xml$`, `^Q/[0-9A-Z]{4}/index\.html$`,
		`^img/shan-qing-`, `^zh-hant/heroes/shan-qing/`, `/offline\.json$`,
	} {
		if !slices.ContainsFunc(first, regexp.MustCompile(want).MatchString) {
			t.Errorf("while there is consent, nothing like %s names the person", want)
		}
	}
	if t.Failed() {
		t.Logf("named in %s", strings.Join(first, ", "))
	}

	o.Today = later(o.Today, 1)
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err, r.Findings)
	}
	second := madeIn(t, filepath.Join(dir, "public"))
	if left := namedIn(t, second, name, slug); len(left) > 0 {
		t.Errorf("still named in %s", strings.Join(left, ", "))
	}
	state, err := os.ReadFile(filepath.Join(dir, "public", ".mingdeng", "state"))
	if err != nil || strings.Contains(string(state), name) || strings.Contains(string(state), slug) {
		t.Error("the program's own state names the person", err)
	}
	o.Out = "clean"
	if _, err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if d := unlike(second, madeIn(t, filepath.Join(dir, "clean"))); d != "" {
		t.Errorf("not as a clean build:\n%s", d)
	}
}

// namedIn lists the files that name somebody, in what they hold or are called; archives
// are opened.
func namedIn(t *testing.T, files map[string]string, words ...string) []string {
	t.Helper()
	var out []string
	for p, b := range files {
		all := p + "\n" + b
		if r, err := zip.NewReader(strings.NewReader(b), int64(len(b))); err == nil {
			for _, f := range r.File {
				rc, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				text, err := io.ReadAll(rc)
				if err != nil {
					t.Fatal(err)
				}
				all += f.Name + "\n" + string(text)
			}
		}
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(all, w) }) {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// leaksOf makes every file of a site and returns those in which a hidden name was seen.
func leaksOf(t *testing.T, o project.Options) []string {
	t.Helper()
	s, root, err := opened(o)
	if err != nil {
		t.Fatal("no site:", err)
	}
	defer root.Close()
	if s.found.Errors() > 0 {
		t.Fatal(s.found.Sorted())
	}
	guard := privacy.New(s.Model)
	var leaks []string
	for _, out := range s.outputs() {
		var b bytes.Buffer
		_, fill, err := out.Prepare()
		if err == nil {
			err = fill(&b)
		}
		if err != nil {
			t.Errorf("%s: %v", out.Path, err)
			continue
		}
		var leak *privacy.LeakError
		if err := guard.Inspect(out.Path, b.Bytes()); errors.As(err, &leak) {
			leaks = append(leaks, leak.File)
		}
	}
	return leaks
}

// opened is a project ready to be made.
func opened(o project.Options) (*session, *os.Root, error) {
	p, found, root, err := project.Open(o)
	return &session{Project: p, found: found}, root, err
}
