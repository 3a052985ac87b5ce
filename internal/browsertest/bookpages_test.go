package browsertest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/tools/txtar"

	"mingdeng/internal/testrun"
)

// longBook is a book of which everything that a text may hold is longer than a page.
func longBook() string {
	var b strings.Builder
	b.WriteString(`
-- content/site.yaml --
title: 小站
base_url: https://host.example/
editions: [zh-Hans]
-- content/anthology/水/_index.md --
---
书名: 长书
编者: [甲]
版次: [{版: 1, 日期: 2024-05, 印数: 3000}]
准印证号: 河东内资准字〔2024〕第7号
印刷: 河东印刷厂
发送对象: 本市各成员单位
各辑:
  - {辑: 第二辑, 题图: {文件: "灯 下.jpg", 替代文字: 灯}, 题记: 一句题记。}
---
前言一段。
`)
	chapter := func(n int, part, text string) {
		fmt.Fprintf(&b, "-- content/anthology/水/%02d-c.md --\n---\n标题: 篇目%02d号\n", n, n)
		if part != "" {
			fmt.Fprintf(&b, "辑: %s\n", part)
		}
		fmt.Fprintf(&b, "网址名: c%d\n---\n%s\n", n, text)
	}
	repeat := func(n int, line func(i int) string) string {
		var s strings.Builder
		for i := range n {
			s.WriteString(line(i + 1))
		}
		return s.String()
	}
	prose := func(i int) string {
		return fmt.Sprintf("第%d段：", i) + strings.Repeat("水从第三级台阶往第四级爬，abc 灯灭着，", 2+i%9) + "他站了起来[^1]。\n\n"
	}
	chapter(1, "", repeat(12, prose)+"\n[^1]: 注。\n")
	chapter(2, "第一辑", strings.Repeat("一个自然段里写完全部，"+"{堃|kūn}和{篙|gāo}，𠀀𠮷字也在。", 150))
	chapter(3, "第一辑", repeat(60, func(i int) string {
		return fmt.Sprintf("%d. 第%d条，%s\n", i, i, strings.Repeat("写了很长", 1+i%20))
	}))
	chapter(4, "第二辑", "| 年 | 事 |\n|:-:|--|\n"+repeat(70, func(i int) string { return fmt.Sprintf("| %d | %s |\n", 1950+i, strings.Repeat("一件事", 1+i%14)) }))
	chapter(5, "第二辑", "```\n"+repeat(90, func(i int) string { return fmt.Sprintf("line %d %s\n", i, strings.Repeat("x", i)) })+"```\n")
	chapter(6, "第二辑", repeat(9, func(i int) string {
		return fmt.Sprintf("## 节%d\n\n> 引%s\n\n- 甲\n  - 乙%s\n\n![灯](<灯 下.jpg>)\n\n", i, strings.Repeat("文很长，", i*9), strings.Repeat("丙", i*15))
	}))
	chapter(7, "第三辑", "短。")
	return b.String()
}

// layLongBook lays the site of the long book, and its picture, into a new folder.
func layLongBook(t *testing.T) (dir string) {
	t.Helper()
	site := map[string]string{}
	for _, f := range txtar.Parse([]byte(longBook())).Files {
		site[f.Name] = string(f.Data)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 1200, 800)), nil); err != nil {
		t.Fatal(err)
	}
	site["content/anthology/水/灯 下.jpg"] = b.String()
	dir = t.TempDir()
	lay(t, dir, site)
	return dir
}

// On paper the contents tell the pages that are so, parts begin on right-hand pages, opening
// pages have no running head, and no character is lost, doubled or moved where a page ends.
func TestBookPages(t *testing.T) {
	ctx := browser(t)
	testrun.Tool(t, "pdftotext", "poppler-utils")
	dir := layLongBook(t)
	build(t, dir, "public")
	site := serve(t, filepath.Join(dir, "public"))
	if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+"/anthology/shui/print/")); err != nil {
		t.Fatal(err)
	}
	type set struct {
		Before, After, Restored []string
		Over                    float64
		Lists                   string
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[set](`(() => {
		const plain = e => { // as it is read, blanks aside, without what paper alone has
			e = e.cloneNode(true);
			for (const x of e.querySelectorAll(".bp-folio, .bp-leader")) x.remove();
			return e.textContent.replace(/\s+/g, "");
		};
		const sections = () => [...document.querySelectorAll("#main > section, #main > nav, #main > article")].map(plain);
		const before = sections();
		window.dispatchEvent(new Event("beforeprint"));
		const after = [];
		let over = 0;
		for (const box of document.querySelectorAll(".bp-text")) {
			const page = box.firstElementChild;
			if (page.classList.contains("bp-cont")) after[after.length - 1] += plain(page); else after.push(plain(page));
		}
		// Laid out as on paper, no page is fuller than it can be.
		for (const s of document.styleSheets) for (const r of s.cssRules) if (r.media && r.media.mediaText === "print") r.media.mediaText = "all";
		for (const box of document.querySelectorAll(".bp-text")) over = Math.max(over, box.firstElementChild.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom);
		const lists = [...document.querySelectorAll("#main ol[start]")].map(o => o.start + ":" + (/第(\d+)条/.exec(o.querySelector("li:not(.bp-cont)").textContent) || [])[1] + (o.firstElementChild.classList.contains("bp-cont") ? "+" : "")).join(" ");
		for (const s of document.styleSheets) for (const r of s.cssRules) if (r.media && r.media.mediaText === "all") r.media.mediaText = "print";
		window.dispatchEvent(new Event("afterprint"));
		return {Before: before, After: after, Restored: sections(), Over: over, Lists: lists};
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(got.After, "\n") != strings.Join(got.Before, "\n") {
		for i := range got.Before {
			if i >= len(got.After) || got.Before[i] != got.After[i] {
				t.Errorf("section %d is not what it was:\n%s", i, testrun.Diff(got.Before[i], strings.Join(got.After[i:min(i+1, len(got.After))], "")))
			}
		}
	}
	if strings.Join(got.Restored, "\n") != strings.Join(got.Before, "\n") {
		t.Error("after printing the page is not what it was")
	}
	if got.Over > 4 { // px
		t.Errorf("a page is %.0f px too full", got.Over)
	}
	if len(strings.Fields(got.Lists)) < 3 {
		t.Errorf("the list does not go over pages: %q", got.Lists)
	}
	for _, l := range strings.Fields(got.Lists) { // "14:15+": begins with the rest of 14, then 15
		start, item, _ := strings.Cut(l, ":")
		item, rest := strings.CutSuffix(item, "+")
		a, _ := strconv.Atoi(start)
		b, _ := strconv.Atoi(item)
		if rest {
			b--
		}
		if a != b {
			t.Errorf("a list goes on as %s where its item is %s", start, item)
		}
	}

	pages := printed(t, ctx)
	for _, width := range []int64{390, 2400} { // the screen that it is printed from is nothing to it
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800)); err != nil {
			t.Fatal(err)
		}
		if from := printed(t, ctx); strings.Join(from, "\f") != strings.Join(pages, "\f") {
			t.Errorf("printed from a screen of %d px it is another book:\n%s", width, testrun.Diff(strings.Join(pages, "\n"), strings.Join(from, "\n")))
		}
	}
	if len(pages) < 30 {
		t.Fatalf("only %d pages", len(pages))
	}
	for _, want := range []string{"河东内资准字〔2024〕第7号", "内部资料，免费交流", "河东印刷厂", "本市各成员单位", "第1版，2024年5月，印3000册", "SIL开放字体许可证1.1"} {
		if !strings.Contains(squeeze(pages[3]), want) {
			t.Errorf("the page behind the title does not say %s:\n%s", want, pages[3])
		}
	}
	if !strings.Contains(strings.Join(pages, ""), "一句题记。") {
		t.Error("the words of a part are not printed")
	}
	book, err := zip.OpenReader(filepath.Join(dir, "public", "anthology/shui/shui.epub"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	within := func(name string) string {
		b, err := fs.ReadFile(book, name)
		if err != nil {
			t.Error(err)
		}
		return string(b)
	}
	if last := within("OEBPS/colophon.xhtml"); !strings.Contains(last, "<dd>河东内资准字〔2024〕第7号</dd>") || !strings.Contains(last, "内部资料，免费交流") {
		t.Errorf("the e-book's last page:\n%s", last)
	}
	if part := within("OEBPS/part-03.xhtml"); !regexp.MustCompile(`<figure><img src="images/[\w.-]+\.jpg" alt="灯"/></figure><p class="words">一句题记。</p>`).MatchString(part) {
		t.Errorf("the page of a part in the e-book:\n%s", part)
	}
	// The contents, as a reader goes by them.
	listed := 0
	for _, line := range strings.Split(pages[4], "\n") {
		m := regexp.MustCompile(`^\s*(\S.*?)\s+(\d+)\s*$`).FindStringSubmatch(line)
		if m == nil {
			continue
		}
		listed++
		n, _ := strconv.Atoi(m[2])
		if n > len(pages) || !strings.Contains(squeeze(pages[n-1]), squeeze(m[1])) {
			t.Errorf("the contents send to page %d for %s, which is not there", n, m[1])
			continue
		}
		lines := strings.Fields(pages[n-1])
		if first := squeeze(strings.SplitN(strings.TrimSpace(pages[n-1]), "\n", 2)[0]); first != squeeze(m[1]) {
			t.Errorf("page %d opens %s under a running head: %s", n, m[1], first)
		}
		if strings.HasSuffix(m[1], "辑") {
			if n%2 == 0 {
				t.Errorf("%s begins on page %d, a left-hand one", m[1], n)
			}
			if back := strings.TrimSpace(pages[n]); back != "" {
				t.Errorf("behind %s stands %q", m[1], back)
			}
		} else if lines[len(lines)-1] != m[2] {
			t.Errorf("page %d says it is %s", n, lines[len(lines)-1])
		}
	}
	if listed != 11 { // about the book, three parts, seven pieces
		t.Errorf("the contents list %d:\n%s", listed, pages[4])
	}
	for i, p := range pages {
		if lines := strings.Fields(p); len(lines) > 8 && strings.HasPrefix(lines[0], "《长书》") && i%2 == 0 {
			t.Errorf("the right-hand page %d has the head of a left one", i+1)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// printed is the text of each page of the page that stands open, printed.
func printed(t *testing.T, ctx context.Context) []string {
	t.Helper()
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "book.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// Chinese has both edges even; large type on a phone, where a line is nine characters, has
// not; nor has English.
func TestChapterEdges(t *testing.T) {
	ctx := browser(t)
	dir := layLongBook(t)
	build(t, dir, "public")
	site := serve(t, filepath.Join(dir, "public"))
	for _, c := range []struct {
		width       int64
		class, lang string
		want        string
	}{
		{320, "", "zh-Hans", "justify"}, {1440, "", "zh-Hant", "justify"}, {320, "elder", "zh-Hans", "start"},
		{1440, "elder", "zh-Hans", "justify"}, {390, "", "en", "start"},
	} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(c.width, 740), chromedp.Navigate(site.URL+"/anthology/shui/c1/")); err != nil {
			t.Fatal(err)
		}
		got, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`(() => {
			document.documentElement.className = %q;
			document.documentElement.lang = %q;
			return getComputedStyle(document.querySelector("#text p")).textAlign;
		})()`, c.class, c.lang)))
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s at %d px, %q: the edges are %s", c.lang, c.width, c.class, got)
		}
	}
}
