package generate

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/jpeg"
	_ "image/png" // pdftoppm's
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
)

// bookSite is a book with everything that has a sharp edge: no editors, no parts at first,
// endless titles, file names in Chinese, notes, ruby, tables, code, pictures, levels left
// out, links to everything; and a person who is withheld.
const bookSite = `
-- content/site.yaml --
title: 小站 & 大站
base_url: https://host.example/灯/
editions: [zh-Hans]
-- content/heroes/zhang-san.md --
---
姓名: 张三
地区: 河南省
授权: {公开: true}
---
-- content/heroes/ji-wu-sheng.md --
---
姓名: 季无声
地区: 河南省
授权: {公开: false}
---
-- content/anthology/水/_index.md --
---
书名: 一本“很长”<很长>很长很长很长很长很长很长很长很长的书 & 其他
摘要: 一
---
这是[第二篇](2.md#尾)，[自己](_index.md)。
-- content/anthology/水/1-开头.md --
---
标题: 开头
作者: [甲, "乙 & 丙"]
英雄: [ji-wu-sheng]
---
###### 六

[[zhang-san]]和[[ji-wu-sheng|老季]]，{庚|gēng}是[^1]，又是[^1]。[下一篇](2.md)，[它的尾](2.md#尾)，[没有的](2.md#没有)，[回](#六)，[名单](/heroes/)，[网](https://a.example/?x=1&y=[2])，[表](表.pdf)。

![灯下的人](<灯 下.jpg> "题 & 注")

![](<灯 下.jpg>) ![画](画.svg)

[^1]: 注一，[链接](2.md)。

    注的第二段。
-- content/anthology/水/2.md --
---
标题: 二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二二
辑: 第一辑
来源: [{title: 某报, url: "https://a.example/"}, 口述]
---
| 甲 | 乙 |
|:-:|--:|
| 一 | 二 |

` + "```go\nif a < b && c { }\n```" + `

- [x] 做了
- [ ] 没做

<b>不是标签</b>

## 尾
-- content/anthology/水/3-空.md --
---
标题: 空
辑: 第一辑
---
-- content/anthology/水/画.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><title>画</title><style>.a{fill:#a8201a}</style><circle class="a" cx="32" cy="32" r="9"/></svg>
-- content/anthology/水/表.pdf --
%PDF-1.4
1 0 obj
<< /Type /Catalog >>
endobj
`

func writeSite(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, b []byte) { writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), b) }
	for _, f := range txtar.Parse([]byte(archive)).Files {
		put(f.Name, f.Data)
	}
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, image.NewGray(image.Rect(0, 0, 1200, 800)), nil); err != nil {
		t.Fatal(err)
	}
	put("content/anthology/水/灯 下.jpg", jpg.Bytes())
	return dir
}

func writeFile(t *testing.T, p string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func buildSite(t *testing.T, dir, out string) Result {
	t.Helper()
	r, err := Run(context.Background(), project.Options{
		Root: dir, Out: out, Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test")),
	})
	if err != nil {
		var b bytes.Buffer
		diag.WriteText(&b, r.Findings, diag.English)
		t.Fatalf("%v\n%s", err, b.String())
	}
	return r
}

const bookPath = "anthology/shui/shui.epub"

func TestBookToTakeAway(t *testing.T) {
	dir := writeSite(t, bookSite)
	buildSite(t, dir, "public")
	book := readBook(t, filepath.Join(dir, "public", bookPath))
	testrun.Epubcheck(t, filepath.Join(dir, "public", bookPath))

	one := book["OEBPS/chapter-001.xhtml"]
	for _, want := range []string{
		`<a href="https://host.example/%E7%81%AF/heroes/zhang-san/">张三</a>`, // out of the book: a full address
		"一位不愿具名的英雄",
		`<ruby>庚<rp>（</rp><rt>gēng</rt>`,
		`<a href="chapter-002.xhtml">下一篇</a>`, `<a href="chapter-002.xhtml#id-1">它的尾</a>`, `<a href="chapter-002.xhtml">没有的</a>`,
		`epub:type="noteref"`, `epub:type="footnote" role="doc-footnote"`,
		`alt="灯下的人"`, `<figcaption>题 &amp; 注</figcaption>`,
		`>表</a>`,
	} {
		if !strings.Contains(one, want) {
			t.Errorf("the first chapter lacks %s:\n%s", want, one)
		}
	}
	pictures := 0
	for name, text := range book {
		if strings.HasPrefix(name, "OEBPS/images/") {
			pictures++
		}
		if strings.Contains(text, "季无声") || strings.Contains(text, "老季") || strings.Contains(text, "ji-wu-sheng") {
			t.Errorf("%s names a person who is withheld", name)
		}
	}
	if pictures != 3 { // the cover, the photo once, the drawing
		t.Errorf("%d pictures", pictures)
	}
	if nav := book["OEBPS/nav.xhtml"]; !strings.Contains(nav, `<a href="part-02.xhtml">第一辑</a><ol><li><a href="chapter-002.xhtml">`) {
		t.Errorf("the contents do not go by part:\n%s", nav)
	}

	print, err := os.ReadFile(filepath.Join(dir, "public/anthology/shui/print/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`href="#c2"`, `href="#c2-尾"`, `id="c2-尾"`, `id="c1-fn-1"`, `href="#c1-fn-1"`, `name="robots" content="noindex"`, `href="#contents"`} {
		if !strings.Contains(string(print), want) {
			t.Errorf("the page to print lacks %s", want)
		}
	}
	sitemap, _ := os.ReadFile(filepath.Join(dir, "public/sitemap.xml"))
	if strings.Contains(string(sitemap), "/print/") {
		t.Error("the page to print stands in the sitemap")
	}
}

// A book is made anew when one of its texts changes and not otherwise, and then it is the
// book a clean build makes.
func TestBookIsMadeWhenItChanges(t *testing.T) {
	dir := writeSite(t, bookSite)
	buildSite(t, dir, "public")
	before := slurp(t, filepath.Join(dir, "public", bookPath))
	info, err := os.Stat(filepath.Join(dir, "public", bookPath))
	if err != nil {
		t.Fatal(err)
	}

	edit := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		buildSite(t, dir, "public")
	}
	edit("content/heroes/li-si.md", "---\n姓名: 李四\n地区: 河南省\n授权: {公开: true}\n---\n")
	if again, _ := os.Stat(filepath.Join(dir, "public", bookPath)); !again.ModTime().Equal(info.ModTime()) {
		t.Error("a new hero, of whom the book does not tell, had the book written again")
	}
	edit("content/anthology/水/3-空.md", "---\n标题: 空\n辑: 第一辑\n---\n不再是空的。\n")
	after := slurp(t, filepath.Join(dir, "public", bookPath))
	if bytes.Equal(before, after) {
		t.Error("the book did not change with its chapter")
	}
	buildSite(t, dir, "clean")
	if !bytes.Equal(after, slurp(t, filepath.Join(dir, "clean", bookPath))) {
		t.Error("the book of an incremental build is not that of a clean one")
	}
}

// The page to print has the address that a chapter named print would have.
func TestChapterNamedPrint(t *testing.T) {
	dir := writeSite(t, bookSite+"-- content/anthology/水/print.md --\n---\n标题: 印\n---\n")
	r, err := Run(context.Background(), project.Options{Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin})
	if err == nil {
		t.Fatal("both were built")
	}
	for _, f := range r.Findings {
		if f.Code == diag.DuplicateAddress && strings.HasSuffix(f.Path, "print.md") {
			return
		}
	}
	t.Errorf("it was not told: %v", r.Findings)
}

func slurp(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readBook(t *testing.T, file string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}
