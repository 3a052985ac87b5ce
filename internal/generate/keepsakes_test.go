package generate

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const allKeepsakes = "留念: {长图: all, 壁纸: heroes, 海报: heroes, 注音版: true, 年报册: true}\n"

// keepsakeSite is the site of all kinds with everything there is to take away.
func keepsakeSite(t *testing.T) (string, map[string]string) {
	t.Helper()
	dir, site := plainSite(t)
	site["content/site.yaml"] += allKeepsakes
	site["content/heroes/单青.md"] = strings.NewReplacer(
		"授权: {公开: true}", "原话: 水不等人。\n授权: {公开: true, 肖像: true, 至: 2026-11-22}\n肖像: {src: shan-qing.png, alt: 一张像}",
		"年份: 2015", "年份: 2023",
	).Replace(site["content/heroes/单青.md"])
	site["content/heroes/shan-qing.png"] = string(encodePicture(".png", 30, 340))
	laySite(t, dir, site)
	return dir, site
}

// What can be taken away of a person is there while there is consent, linked from the page
// and the same on every way to it; when consent lapses no file of it is left. Who never
// consented has none.
func TestKeepsakes(t *testing.T) {
	const name, slug = "单青", "shan-qing"
	dir, _ := keepsakeSite(t)
	o := optionsOf(dir)
	if r, err := Run(t.Context(), o); err != nil {
		t.Fatal(err, r.Findings)
	}
	first := madeIn(t, filepath.Join(dir, "public"))
	of := []string{
		"heroes/shan-qing/long.jpg", "heroes/shan-qing/wallpaper.jpg", "heroes/shan-qing/poster.pdf", "heroes/shan-qing/pinyin/index.html",
		"zh-hant/heroes/shan-qing/long.jpg", "zh-hant/heroes/shan-qing/wallpaper.jpg",
	}
	for _, p := range append(of, "briefs/2014/jiu-ren/long.jpg", "venues/yuan/ban-1/long.jpg", "anthology/shu/yi/pinyin/index.html", "reports/2023/book/index.html") {
		if first[p] == "" {
			t.Errorf("there is no %s", p)
		}
	}
	for p := range first {
		if strings.Contains(p, hiddenSlug) {
			t.Errorf("%s is made of somebody who is withheld", p)
		}
	}
	page := first["heroes/shan-qing/index.html"]
	for _, file := range []string{"long.jpg", "wallpaper.jpg", "poster.pdf", "pinyin/"} {
		if !strings.Contains(page, `href="/lamp/heroes/shan-qing/`+file+`"`) {
			t.Errorf("the page does not lead to %s", file)
		}
	}
	if aloud := first["heroes/shan-qing/pinyin/index.html"]; !strings.Contains(aloud, "<ruby>单<rt>shàn</rt></ruby>") || !strings.Contains(aloud, `content="noindex"`) {
		t.Error("the page with pinyin has none, or stands in indexes")
	}
	if book := first["reports/2023/book/index.html"]; !strings.Contains(book, name) || !strings.Contains(book, "shan-qing-") {
		t.Error("the year's booklet does not show who was honoured")
	}
	for _, p := range []string{"sitemap.xml", "zh-hant/sitemap.xml"} {
		if strings.Contains(first[p], "pinyin/") {
			t.Errorf("%s lists a page with pinyin", p)
		}
	}

	o.Today = later(o.Today, 1)
	if r, err := Run(t.Context(), o); err != nil {
		t.Fatal(err, r.Findings)
	}
	second := madeIn(t, filepath.Join(dir, "public"))
	if left := namedIn(t, second, name, slug); len(left) > 0 {
		t.Errorf("still named in %s", strings.Join(left, ", "))
	}
	o.Out = "clean"
	if _, err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if d := unlike(second, madeIn(t, filepath.Join(dir, "clean"))); d != "" {
		t.Errorf("not as a clean build:\n%s", d)
	}
}

// A withheld name in what is taken away is seen: under pinyin, and in a year's booklet.
func TestKeepsakesLeak(t *testing.T) {
	dir, site := keepsakeSite(t)
	site["content/heroes/单青.md"] = strings.Replace(site["content/heroes/单青.md"], "再没提过。", "再没提过"+hidden+"。", 1)
	site["content/reports/2023.md"] = strings.Replace(site["content/reports/2023.md"], "名称: 捐款", "名称: "+hidden+"捐款", 1)
	laySite(t, dir, site)
	leaks := leaksOf(t, optionsOf(dir))
	for _, want := range []string{`^heroes/shan-qing/pinyin/`, `^reports/2023/book/`} {
		if !slices.ContainsFunc(leaks, regexp.MustCompile(want).MatchString) {
			t.Errorf("no leak was seen in %s, but in %s", want, strings.Join(leaks, ", "))
		}
	}
}

// A site that asks for nothing to be taken away has no byte of it.
func TestNoKeepsakes(t *testing.T) {
	dir, _ := plainSite(t)
	if r, err := Run(t.Context(), optionsOf(dir)); err != nil {
		t.Fatal(err, r.Findings)
	}
	for p, b := range madeIn(t, filepath.Join(dir, "public")) {
		if regexp.MustCompile(`/(long|wallpaper)\.jpg$|poster\.pdf$|/pinyin/|reports/.*/book/`).MatchString(p) || strings.Contains(b, "long.jpg") {
			t.Errorf("%s is of what nobody asked for", p)
		}
	}
}
