package theme_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/pages"
	"mingdeng/internal/theme"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

func lamplight(t testing.TB) *theme.Theme {
	t.Helper()
	fsys, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	th, found := theme.Load(layered.Of(fsys, "themes/lamplight"), pages.Views())
	if len(found) > 0 {
		_ = diag.WriteText(os.Stderr, found, diag.English)
		t.Fatalf("lamplight has %d findings", len(found))
	}
	return th
}

func TestLamplightLoads(t *testing.T) {
	th := lamplight(t)
	for _, lang := range []string{"zh-Hans", "en"} {
		if th.Edition(lang) == nil {
			t.Errorf("no edition %s", lang)
		}
	}
	if themes.Version("lamplight") == "" || themes.Version("none") != "" {
		t.Error("versions are wrong")
	}
	css := th.Href("lamplight.css")
	if th.Href("icon.svg") == "" || css == "" {
		t.Fatal("icon or style sheet is missing")
	}
	shorthand := regexp.MustCompile(`text-decoration:[^;}]*[0-9]`) // with a thickness: Safari from 26.2
	flexGap := regexp.MustCompile(`[{;]gap:`)                      // in flex boxes: Safari from 14.1; grids have grid-gap
	for _, a := range th.Assets() {
		if path.Ext(a.Path) != ".css" {
			continue
		}
		if a.Path == css {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write(a.Bytes)
			_ = z.Close()
			if b.Len() > 9<<10 {
				t.Errorf("the style sheet has %d bytes gzipped", b.Len())
			}
		}
		for _, never := range []string{"!important", ":is(", ":where(", ":has(", "inset:", "aspect-ratio:"} {
			if bytes.Contains(a.Bytes, []byte(never)) {
				t.Errorf("%s has %s: old phones do not read it", a.Path, never)
			}
		}
		for _, never := range []*regexp.Regexp{shorthand, flexGap} {
			if found := never.Find(a.Bytes); found != nil {
				t.Errorf("%s has %s: old phones do not read it", a.Path, found)
			}
		}
	}
}

// speaking are the packages that ask for words of a theme.
var speaking = []string{"../pages", "../wayfinding", "../render", "../feeds", "../project", "../plaques"}

// Every word that Go code asks for by a constant key is there, and so is one for
// every fixed value of the content.
func TestWordsOfGoCode(t *testing.T) {
	e := lamplight(t).Edition("zh-Hans")
	call := regexp.MustCompile(`(?:\.T|\bt|\badd|\bfact|\.say)\("([a-z][a-z.-]*[a-z])"`)
	n := 0
	for _, dir := range speaking {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			b, err := os.ReadFile(path.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range call.FindAllStringSubmatch(string(b), -1) {
				if n++; !e.Has(m[1]) {
					t.Errorf("%s/%s: no word %q", dir, f.Name(), m[1])
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d words were found in Go code: the pattern no longer fits", n)
	}
	for prefix, values := range map[string][]content.Value{
		"deed.": content.DeedType("").Values(), "advice.": content.DeedType("").Values(), "status.": content.Status("").Values(), "category.": content.Category("").Values(),
		"venue.": content.VenueKind("").Values(), "exhibit.": content.ExhibitKind("").Values(), "unit.": content.UnitKind("").Values(),
		"level.": content.Level("").Values(), "order.": content.NameOrder("").Values(),
	} {
		for _, v := range values {
			if !e.Has(prefix + v.En) {
				t.Errorf("no word %q", prefix+v.En)
			}
		}
	}
	for _, s := range []string{"heroes", "briefs", "anthology", "venues", "honors", "units", "reports", "search"} {
		if !e.Has("section." + s) {
			t.Errorf("no word for section %s", s)
		}
	}
}

// Every word is used, by a template or by Go code.
func TestNoDeadWords(t *testing.T) {
	var all []byte
	for _, dir := range append(speaking, "../../themes/lamplight/templates", "../../themes/lamplight/plaques") {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.IsDir() {
				continue
			}
			b, err := os.ReadFile(path.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, b...)
		}
	}
	b, err := fs.ReadFile(themes.FS, "lamplight/i18n/zh-Hans.yaml")
	if err != nil {
		t.Fatal(err)
	}
	built := []string{"form", "list", "deed", "status", "category", "venue", "exhibit", "unit", "level", "order", "section", "advice", "number"} // "deed." + type
	for _, line := range strings.Split(string(b), "\n") {
		key, _, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		family, _, _ := strings.Cut(key, ".")
		if !bytes.Contains(all, []byte(`"`+key+`"`)) && !bytes.Contains(all, []byte("{t:"+key+"}")) && !slices.Contains(built, family) {
			t.Errorf("the word %q is used nowhere", key)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		lamplight(b)
	}
}

func BenchmarkHero(b *testing.B) {
	e := lamplight(b).Edition("zh-Hans")
	view := hero()
	var buf bytes.Buffer
	if err := e.Execute(&buf, "hero", view); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(buf.Len()), "bytes/page")
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := e.Execute(&buf, "hero", view); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHeroes(b *testing.B) {
	e := lamplight(b).Edition("zh-Hans")
	h := hero()
	v := &pages.Heroes{Frame: h.Frame, Total: 48}
	for _, l := range "BCDGHJKLMNPQ" {
		g := pages.Letter{Initial: string(l), ID: string(l)}
		for range 4 {
			g.Heroes = append(g.Heroes, pages.HeroItem{Name: "沈渡川", Href: "/heroes/shen-du-chuan/", Place: "渡口区", Year: "2021"})
		}
		v.Groups = append(v.Groups, g)
		v.Letters = append(v.Letters, pages.Link{Text: string(l), Href: "#" + string(l)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := e.Execute(io.Discard, "heroes", v); err != nil {
			b.Fatal(err)
		}
	}
}

// hero is a page as full as those of the demo.
func hero() *pages.Hero {
	link := func(text string) pages.Link { return pages.Link{Text: text, Href: "/heroes/region/he-dong/qing-he/"} }
	site := &pages.Chrome{
		Title: "明灯 · 见义勇为英雄谱", Lang: "zh-Hans", Home: "/", Base: "https://yx.example.cn/", Root: "/",
		Manifest: "/manifest.webmanifest", Feed: "/feed.xml",
		Organisation: content.Organisation{Name: "明灯见义勇为资料馆", Address: "长堤路 1 号", Phone: "000-00000000", Email: "guan@example.cn"},
		ICP:          link("河东ICP备00000000号"), Police: link("00000000000000"),
	}
	for _, s := range []string{"heroes", "briefs", "anthology", "venues", "honors", "nominate", "search"} {
		site.Nav = append(site.Nav, pages.NavLink{Text: "英雄", Href: "/" + s + "/", Section: s})
	}
	h := &pages.Hero{
		Frame: pages.Frame{
			Site: site, Title: "沈渡川", FullTitle: "沈渡川｜暴雨夜里，他三次返回被淹的地下通道", Description: "暴雨夜里，他三次返回被淹的地下通道。",
			Canonical: "https://yx.example.cn/heroes/shen-du-chuan/", OGType: "profile", Section: "heroes",
			Crumbs: []pages.Link{link("首页"), link("英雄")}, JSONLD: `{"@type":"Person"}`,
		},
		Name: "沈渡川", Sample: true, Portrait: &pages.Picture{Src: "/img/a.svg", Width: 800, Height: 1000, Alt: "剪影"},
		Line: "暴雨夜里，他三次返回被淹的地下通道，把七个素不相识的人带了出来。", Occupation: "渡口摆渡人", Born: 1968,
		Honors: []pages.HonorLink{{Text: "全国见义勇为模范 · 2022年", Href: "/honors/a/"}, {Text: "省见义勇为英雄 · 2022年", Href: "/honors/b/"}, {Text: "市模范 · 第2届", Href: "/honors/c/"}},
	}
	for range 6 {
		h.Related = append(h.Related, pages.Mention{Text: "徐知微", Href: "/heroes/xu-zhi-wei/", Kind: "同一天，也在渡口区"})
	}
	h.Story.Head = &content.Head{Body: &content.Body{Len: 1}}
	h.Story.HTML = "<p>那天傍晚，雨已经下了六个小时。</p>"
	for _, l := range []string{"年", "地", "事", "确认", "籍贯", "别名"} {
		h.Facts = append(h.Facts, pages.Fact{Label: l, Items: []pages.Link{link("河东省"), {Text: "清河市"}}})
	}
	for range 7 {
		h.Mentions = append(h.Mentions, pages.Mention{Text: "长堤主题公园 · 渡", Href: "/venues/chang-di/du/", Kind: "展品"})
	}
	return h
}
