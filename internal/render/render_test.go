package render_test

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

// rendered are the outputs of a small site in the built-in theme, by path, and what is told
// while they are made, by file.
type rendered struct {
	outputs map[string]output.Output
	told    map[string][]string
	reads   map[string]int
}

func renderSite(t *testing.T, files map[string]string) rendered {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("名称: 小站\n网址: https://host.example/\n")}}
	for p, text := range files {
		fsys["content/"+p] = &fstest.MapFile{Data: []byte(text)}
	}
	sub, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	look, found := theme.Load(layered.Of(sub, "themes/lamplight"), pages.Views(), "zh-Hans")
	if look == nil {
		t.Fatal(found)
	}
	tree, _ := content.Scan(fsys)
	c, found := content.Load(fsys, tree)
	if len(found) > 0 {
		t.Fatal(found)
	}
	m, _ := site.Resolve(c, site.Options{Today: date.Date{Year: 2026, Month: 11, Day: 22}, StandIn: func(content.Language) string { return "某人" }})
	words, catalogue := look.Edition("zh-Hans"), media.New(fsys, c.Files, nil)
	out := rendered{map[string]output.Output{}, map[string][]string{}, map[string]int{}}
	r := &render.Renderer{
		Look: words, Markdown: markdown.New(), FS: fsys, Edition: m.Editions[0], Media: catalogue,
		Tell: func(file string, found []diag.Finding) {
			out.told[file] = []string{}
			for _, f := range found {
				out.told[file] = append(out.told[file], f.Place()+" "+f.Code.ID)
			}
		},
		Reads: func(file string, texts []*pages.Prose) { out.reads[file] += len(texts) },
	}
	plan := pages.Plan(pages.Inputs{
		Edition: m.Editions[0], Words: words, Media: catalogue, Base: c.Site.BaseURL,
		Text: func(*content.Head, markdown.Refs) (string, error) { return "", nil },
	})[0]
	for _, p := range plan.Pages {
		o := r.Output(p)
		out.outputs[o.Path] = o
	}
	return out
}

// make makes a file.
func (r rendered) make(t *testing.T, path string) (string, fingerprint.Fingerprint, error) {
	t.Helper()
	o, ok := r.outputs[path]
	if !ok {
		t.Fatalf("%s is not planned", path)
	}
	print, fill, err := o.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	err = fill(&b)
	return b.String(), print, err
}

const heroHead = "---\n姓名: 单青\n地区: 河东省\n授权: {公开: true}\n---\n"

func TestOutput(t *testing.T) {
	r := renderSite(t, map[string]string{"heroes/单青.md": heroHead + "## 一节\n\n那天<b>傍晚</b>，见[上文](#一节)。\n"})
	page, print, err := r.make(t, "heroes/shan-qing/index.html")
	if err != nil || print.IsZero() {
		t.Fatal(err, print)
	}
	for _, want := range []string{"<h1", "单青", `id="一节"`, "&lt;b&gt;傍晚", `href="#%E4%B8%80%E8%8A%82"`, "https://host.example/heroes/shan-qing/"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if told, ok := r.told["heroes/shan-qing/index.html"]; !ok || len(told) != 1 || told[0] != "content/heroes/单青.md:8:3 leftover-markup" {
		t.Errorf("told %t: %q", ok, told)
	}
	if r.reads["heroes/shan-qing/index.html"] != 1 {
		t.Errorf("the page shows %d texts", r.reads["heroes/shan-qing/index.html"])
	}
	again, same, _ := renderSite(t, map[string]string{"heroes/单青.md": heroHead + "## 一节\n\n那天<b>傍晚</b>，见[上文](#一节)。\n"}).make(t, "heroes/shan-qing/index.html")
	if again != page || same != print {
		t.Error("the same page differs from one time to the next")
	}
}

// The print of a page changes with its text and its head, not with those of others.
func TestPrints(t *testing.T) {
	of := func(text, other string) (hero, about fingerprint.Fingerprint) {
		r := renderSite(t, map[string]string{"heroes/单青.md": heroHead + text, "pages/about.md": "---\n标题: 关于\n---\n" + other})
		_, hero, _ = r.make(t, "heroes/shan-qing/index.html")
		_, about, _ = r.make(t, "about/index.html")
		return hero, about
	}
	hero, about := of("一句。\n", "甲。\n")
	if h, a := of("另一句。\n", "甲。\n"); h == hero || a != about {
		t.Errorf("another text: the page's print stays %t, the other's changes %t", h == hero, a != about)
	}
	if h, a := of("一句。\n", "乙。\n"); h != hero || a == about {
		t.Errorf("another page's text: the print changes %t, the other's stays %t", h != hero, a == about)
	}
}

// What is wrong with a text is told for its page, at its place; an error stops the page.
func TestFindingsOfATextBelongToItsPage(t *testing.T) {
	for text, want := range map[string]struct {
		told string
		stop bool
	}{
		"见[下文](#没有)。\n":                 {"content/heroes/单青.md:6:7 broken-fragment", false},
		"[点](javascript:alert)\n":       {"content/heroes/单青.md:6:5 unsafe-link", false},
		"[图](D:\\照片\\a.jpg)\n":          {"content/heroes/单青.md:6:5 leads-outside", true},
		"一句。\n":                         {"", false},
		strings.Repeat("**a** ", 1<<15): {"content/heroes/单青.md:6:1 text-too-deep", true},
	} {
		r := renderSite(t, map[string]string{"heroes/单青.md": heroHead + text, "pages/about.md": "---\n标题: 关于\n---\n"})
		_, _, err := r.make(t, "heroes/shan-qing/index.html")
		if errors.Is(err, render.ErrContent) != want.stop || (err != nil) != want.stop {
			t.Errorf("%.20q: %v", text, err)
		}
		if got := strings.Join(r.told["heroes/shan-qing/index.html"], "; "); got != want.told {
			t.Errorf("%.20q: told %q, want %q", text, got, want.told)
		}
		if _, _, err := r.make(t, "about/index.html"); err != nil || len(r.told["about/index.html"]) > 0 {
			t.Errorf("%.20q: told of another page: %v %q", text, err, r.told["about/index.html"])
		}
	}
}
