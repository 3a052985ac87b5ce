package generate

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

// warned is a site whose texts and heads give every kind of warning that a build has about
// records, about published ones and others.
func warned() map[string][]byte {
	files := map[string]string{
		"content/site.yaml":             "名称: 小站\n网址: https://host.example/\n版本: [zh-Hans, zh-Hant]\n",
		"content/heroes/单青.md":          "---\n姓名: 单青\n地区: 河南省\n授权: {公开: true}\n---\n见[上文](#没有)，[点](javascript:x)。\n\n![](he.png)\n",
		"content/heroes/卜书铭.md":         "---\n姓名: 卜书铭\n别名: [老卜头]\n地区: 河南省\n授权: {公开: false}\n来源: [某报]\n---\n见[上文](#没有)。\n",
		"content/heroes/季无声.md":         "---\n姓名: 季无声\n地区: 河南省\n授权: {公开: true}\n草稿: true\n---\n",
		"content/heroes/翟明.md":          "---\n姓名: 翟明\n地区: 河南省\n授权: {公开: true}\n---\n",
		"content/heroes/he.png":         string(encodePicture(".png", 9, 20)),
		"content/briefs/2020/走.md":      "---\n标题: 走访\n日期: 2020-01-02\n英雄: [bu-shu-ming, ji-wu-sheng]\n---\n走访[[heroes/bu-shu-ming|老卜头]]和[[季无声]]、[老卜头](../../heroes/卜书铭.md)。\n",
		"content/anthology/b/_index.md": "---\n书名: 书😀\n---\n",
		"content/anthology/b/c.md":      "---\n标题: 章\n---\n## 一节\n\n[去](#二节)\n",
		"content/pages/about.md":        "---\n标题: 关于\n---\n一切如常。\n",
		"content/pages/long.md":         "---\n标题: 长\n---\n" + strings.Repeat("[点](javascript:alert) ![](tu.png) [去](#哪里)\n\n", 40),
		"content/pages/tu.png":          string(encodePicture(".png", 9, 20)),
	}
	out := map[string][]byte{}
	for p, text := range files {
		out[p] = []byte(text)
	}
	return out
}

// Every way to look at a site tells the same warnings, with the same places: a clean
// build, one that keeps some pages or all, one that finds nothing changed, a preview; and
// check tells them among others.
func TestWarningsStay(t *testing.T) {
	top := t.TempDir()
	k := disk{root: filepath.Join(top, "site"), now: map[string]string{}}
	o := project.Options{
		Root: k.root, Out: filepath.Join(top, "public"), Today: date.Date{Year: 2026, Month: 11, Day: 22},
		Themes: builtin, Program: fingerprint.Sum([]byte("test")),
	}
	files := warned()
	same := func(what string, quick bool) string {
		t.Helper()
		k.lay(t, files)
		clean := o
		clean.Out = filepath.Join(top, "clean")
		defer os.RemoveAll(clean.Out)
		want, err := Run(t.Context(), clean)
		if err != nil {
			t.Fatal(err, said(want))
		}
		got, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err, said(got))
		}
		if said(got) != said(want) {
			t.Errorf("%s: %s", what, difference(said(got), said(want)))
		}
		if got.Quick != quick {
			t.Errorf("%s: quick %t", what, got.Quick)
		}
		return said(want)
	}
	first := same("the first build", false)
	for _, code := range []*diag.Code{
		diag.BrokenFragment, diag.UnsafeLink, diag.MissingAlt, diag.WithheldRef, diag.DraftRef, diag.AmbiguousSurname, diag.CoverGlyph,
	} {
		if !strings.Contains(first, " "+code.ID+" ") {
			t.Errorf("the site has no %s", code.ID)
		}
	}
	same("nothing changed", true)
	same("still nothing", true)
	files["content/pages/about.md"] = append(files["content/pages/about.md"], "又一句。\n"...)
	same("another text", false)
	same("nothing changed since", true)
	// A head that grows moves the text, and the title of the book, and changes no page.
	for _, p := range []string{"content/heroes/单青.md", "content/anthology/b/_index.md", "content/anthology/b/c.md", "content/briefs/2020/走.md"} {
		files[p] = []byte(strings.Replace(string(files[p]), "---\n", "---\n# 一行\n", 1))
	}
	same("longer heads", false)
	files["content/pages/long.md"] = []byte(strings.Replace(string(files["content/pages/long.md"]), "[点](javascript:alert)", "点", 1))
	last := same("a warning less", false)
	if !strings.Contains(last, "content/pages/long.md:4:7 warning missing-alt") {
		t.Error("places have not moved")
	}

	state, err := os.ReadFile(filepath.Join(o.Out, ".mingdeng", "state"))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"卜书铭", "bu-shu-ming", "老卜头", "季无声", "ji-wu-sheng"} {
		if strings.Contains(string(state), word) {
			t.Errorf("the program's own state holds %s", word)
		}
	}

	check, err := Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(last), "\n") {
		if !strings.Contains(said(check), line) {
			t.Errorf("check does not tell %s", line)
		}
	}
	previewed, err := Preview(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := said(Result{Findings: previewed}); got != last {
		t.Errorf("the preview tells %s, as the build does", difference(got, last))
	}
}

// Preview is what a preview of a site finds in it. Package live, which makes one, imports
// this one; preview_test.go sets it.
var Preview func(ctx context.Context, o project.Options) ([]diag.Finding, error)

// Consent that is taken back takes the person's name out of what is kept of findings.
func TestStateForgetsWithConsent(t *testing.T) {
	top := t.TempDir()
	k := disk{root: filepath.Join(top, "site"), now: map[string]string{}}
	o := project.Options{
		Root: k.root, Out: filepath.Join(top, "public"), Today: date.Date{Year: 2026, Month: 11, Day: 22},
		Themes: builtin, Program: fingerprint.Sum([]byte("test")),
	}
	files := warned()
	// What a page was warned of, and does not show.
	files["content/pages/about.md"] = append(files["content/pages/about.md"], "[点](javascript:单青)\n"...)
	for _, consent := range []string{"true", "false"} {
		files["content/heroes/单青.md"] = []byte(strings.Replace(string(files["content/heroes/单青.md"]), "公开: true", "公开: "+consent, 1))
		k.lay(t, files)
		if r, err := Run(t.Context(), o); err != nil {
			t.Fatal(err, said(r))
		}
		if r, err := Run(t.Context(), o); err != nil || !strings.Contains(said(r), "javascript:单青") {
			t.Error("not told again", err)
		}
		state, err := os.ReadFile(filepath.Join(o.Out, ".mingdeng", "state"))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"单青", "shan-qing"} {
			if strings.Contains(string(state), word) != (consent == "true") {
				t.Errorf("consent %s: is %q in the state?", consent, word)
			}
		}
	}
}
