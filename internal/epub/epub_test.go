package epub

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/markdown"
)

// jpg is the least JPEG there is: one grey pixel.
var jpg = []byte("\xff\xd8\xff\xdb\x00\x43\x00" + strings.Repeat("\x01", 64) +
	"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xc4\x00\x14\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03" +
	"\xff\xc4\x00\x14\x10\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x37\xff\xd9")

func words() Words {
	return Words{
		Cover: "封面", TitlePage: "书名页", Contents: "目录", Intro: "关于本书", Text: "正文", Editors: "编者", Publisher: "出版", Colophon: "版权页",
		Sources: "来源", Notes: "脚注", Comma: "、", Access: "图片都有文字说明。",
	}
}

func small() *Book {
	return &Book{
		ID: "urn:uuid:2f1b2c3d-0000-5000-8000-000000000000", Lang: "zh-Hans", Title: "灯下", Modified: "2023-12-01T00:00:00Z",
		Cover: Picture{Name: "cover.jpg", Data: jpg}, Words: words(),
		Parts: []Part{{Chapters: []Chapter{{Title: "一", HTML: "<p>话</p>"}}}},
	}
}

// nasty is a book of everything that has a sharp edge, written as editors write it.
func nasty(t testing.TB) *Book {
	texts := []string{
		// Notes, twice to one; ruby; a link within, to another chapter, to nowhere.
		"# 2023年的事\n\n{庚|gēng}是[^1]，又[^1]，再[^二]。[回去](#2023年的事)，[下一篇](b)，[没有的地方](c)，[到头](#top)，[网上](<https://例子.cn/路 径?a=1&b=[2]#片>)，[信](mailto:a@b.cn)。\n\n" +
			"[^1]: 注里有**重点**和[链接](https://a.cn/)。\n\n    第二段。\n\n[^二]:\n    - 一张单子\n",
		// Tables, code, tasks, quotes, raw HTML, rules.
		"| 甲 | 乙 |\n|:-:|--:|\n| 一 | `a < b && c` |\n\n```go\nif a < b { /* ]]> */ }\n```\n\n- [x] 做了\n- [ ] 没做\n\n> 引\n> > 再引\n\n<script>alert(1)</script>\n\n---\n\n3. 三\n4. 四\n\n~~删~~ *点* <b>不是</b> &nbsp; &copy; \u0001\ufffe 𬀩",
		// Pictures, alone and in a line, with and without words; headings skipped, doubled and odd.
		"###### 六\n\n# 一\n\n## 一\n\n# title\n\n# 。。。\n\n![灯](灯.jpg \"题 <注>\")\n\n字![](灯.jpg)字\n\n![画](画.svg)\n\n[![灯](灯.jpg)](https://a.cn/)\n",
		"", // nothing at all
	}
	refs := markdown.Refs{
		Links:    map[string]markdown.Link{"b": {Href: ChapterFile(2)}, "c": {Href: ChapterFile(3) + "#不在"}},
		Pictures: map[string]markdown.Picture{"灯.jpg": {Src: PictureFile("deng-1.jpg"), Srcset: "x 480w", Width: 1, Height: 1}, "画.svg": {Src: PictureFile("hua.svg"), Width: 64, Height: 64}},
	}
	b := &Book{
		ID: "https://例子.cn/a b/", Address: "https://xn--fsqu00a.cn/anthology/x/", Lang: "zh-Hans", Modified: "2023-01-01T00:00:00Z", Issued: "2023",
		Title: strings.Repeat("很长的书名 & <标记> ", 20), Subtitle: "“副题”", Summary: "一\n二", Authors: []string{"甲", "乙 & 丙"},
		Cover: Picture{Name: "cover.jpg", Data: jpg, Alt: "封面：“灯”"}, Words: words(),
		Pictures: []Picture{{Name: "deng-1.jpg", Data: jpg}, {Name: "hua.svg", Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="9"/></svg>`)}},
		Parts:    []Part{{}, {Name: "第一辑 · “水”", Picture: "hua.svg", Alt: "一条“河” & <岸>", Words: "一句 & 话"}},
		Colophon: []Fact{{Label: "版次", Lines: []string{"第1版", "第2版 & 增订"}}, {Label: "网上", Lines: []string{"例子.cn"}, Href: "https://xn--fsqu00a.cn/a b/?x=1&y=2"}},
		Internal: "内部资料，免费交流",
	}
	r := markdown.New()
	for i, text := range texts {
		var w bytes.Buffer
		_, err := r.Render(&w, []byte(text), markdown.Options{Refs: refs, Lang: "zh-Hans", ReservedIDs: []string{"top"}, Words: markdown.Words{Footnotes: "脚注", Footnote: "脚注", Back: "返回", Done: "已完成", Todo: "未完成"}})
		if err != nil {
			t.Fatal(err)
		}
		c := Chapter{Title: "第 " + strings.Repeat("长", 40*i) + " 篇 <" + itoa(i) + ">", HTML: w.String(), Sources: []Source{{"报", ""}, {"网", "https://a.cn/"}, {"坏", "http://["}}}
		b.Parts[i%2].Chapters = append(b.Parts[i%2].Chapters, c)
	}
	return b
}

func itoa(i int) string { return string(rune('0' + i)) }

func write(t testing.TB, b *Book) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := Write(&w, b); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func TestContainer(t *testing.T) {
	file := write(t, small())
	if got := string(file[30 : 38+len(mimetype)]); got != "mimetype"+mimetype {
		t.Errorf("the file begins with %q", got)
	}
	again := write(t, small())
	if !bytes.Equal(file, again) {
		t.Error("the same book has other bytes the second time")
	}
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if len(f.Extra) > 0 || f.Flags&8 != 0 || f.Modified.Year() != 1980 {
			t.Errorf("%s: extra %x, flags %x, time %v", f.Name, f.Extra, f.Flags, f.Modified)
		}
	}
	want := []string{"mimetype", "META-INF/container.xml", "OEBPS/package.opf", "OEBPS/cover.xhtml", "OEBPS/title.xhtml", "OEBPS/nav.xhtml", "OEBPS/chapter-001.xhtml", "OEBPS/style.css", "OEBPS/images/cover.jpg"}
	if !slices.Equal(names, want) {
		t.Errorf("files %v, want %v", names, want)
	}
}

func TestNeeds(t *testing.T) {
	for name, spoil := range map[string]func(*Book){
		"no id":             func(b *Book) { b.ID = "" },
		"no title":          func(b *Book) { b.Title = " " },
		"no language":       func(b *Book) { b.Lang = "" },
		"no date":           func(b *Book) { b.Modified = "" },
		"no cover":          func(b *Book) { b.Cover = Picture{} },
		"a strange picture": func(b *Book) { b.Pictures = []Picture{{Name: "x.webp"}} },
		"a part's picture":  func(b *Book) { b.Parts[0].Name, b.Parts[0].Picture = "辑", "x.jpg" },
		"a name with path":  func(b *Book) { b.Pictures = []Picture{{Name: "../x.jpg"}} },
	} {
		b := small()
		spoil(b)
		var w bytes.Buffer
		if Write(&w, b) == nil {
			t.Errorf("%s: was written", name)
		}
	}
}

// Every kind of markup and what becomes of it.
func TestTexts(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<p>a<br>b</p>`, `<p>a<br/>b</p>`},
		{`<p>a &amp; b &lt; c&nbsp;</p>`, "<p>a &amp; b &lt; c\u00a0</p>"},
		{`<p></p>`, `<p></p>`},
		{`<p>开<b>口`, `<p>开<b>口</b></p>`},
		{`<h2 id="一">一</h2><a href="#%E4%B8%80">x</a>`, `<h2 id="id-1">一</h2><a href="chapter-001.xhtml#id-1">x</a>`},
		{`<h2 id="id-1">a</h2><h2 id="一">b</h2>`, `<h2 id="id-1">a</h2><h2 id="id-2">b</h2>`},
		{`<h2 id="title">a</h2>`, `<h2 id="id-1">a</h2>`},
		{`<p id="a">1</p><p id="a">2</p>`, `<p id="a">1</p><p>2</p>`},
		{`<a href="chapter-002.xhtml">没有这一篇</a>`, `没有这一篇`},
		{`<a href="nav.xhtml#x">目录</a>`, `<a href="nav.xhtml">目录</a>`},
		{`<a href="/heroes/">外</a><a href="javascript:x">坏</a><a href="//a.cn/">旁</a>`, `外坏旁`},
		{`<a href="https://a.cn/?x=1&amp;y" rel="noopener">网</a>`, `<a href="https://a.cn/?x=1&amp;y">网</a>`},
		{`<img src="images/none.jpg" alt="没有的图">`, `没有的图`},
		{`<a id="x" href="/">无</a><img id="y" src="z" alt="图"><a href="#x">回</a>`, `<span id="x">无</span><span id="y">图</span><a href="chapter-001.xhtml#x">回</a>`},
		{`<img src="images/cover.jpg" alt="图" width="1" height="1" loading="lazy" srcset="a 1w">`, `<img src="images/cover.jpg" alt="图" width="1" height="1"/>`},
		{`<ul><li class="task"><span class="box" role="img" aria-label="已完成">☑</span> 做</li></ul>`, `<ul><li class="task"><span class="box" role="img" aria-label="已完成">☑</span> 做</li></ul>`},
		{`<script>x</script><p onclick="x" style="y">字<!-- 注 --></p>`, `<p>字</p>`},
		{"<p>\x01\ufffe字</p>", `<p>字</p>`},
		{
			`<sup class="footnote" id="fnref-1"><a href="#fn-1" role="doc-noteref">1</a></sup><section class="footnotes" role="doc-endnotes"><ol><li id="fn-1"><p>注<a href="#fnref-1" role="doc-backlink">↩</a></p></li></ol></section>`,
			`<sup class="footnote" id="fnref-1"><a href="chapter-001.xhtml#fn-1" role="doc-noteref" epub:type="noteref">1</a></sup><section class="notes" epub:type="footnotes" aria-label="脚注">` +
				`<aside epub:type="footnote" role="doc-footnote" id="fn-1"><p><span class="number">1 </span>注<a href="chapter-001.xhtml#fnref-1" role="doc-backlink">↩</a></p></aside></section>`,
		},
	} {
		b := small()
		b.Parts[0].Chapters[0].HTML = c.html
		page := string(read(t, write(t, b))["OEBPS/chapter-001.xhtml"])
		_, got, _ := strings.Cut(page, "</h1>")
		got = strings.TrimSuffix(got, "</section>\n</body>\n</html>\n")
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.html, got, c.want)
		}
	}
}

// read opens a book.
func read(t testing.TB, file []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name], err = io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// sound checks by another parser that every file is XML, that ids stand once, and that
// every link inside the book leads to a place that is there.
func sound(t testing.TB, files map[string][]byte) {
	t.Helper()
	ids := map[string]bool{}
	links := map[string]string{}
	for name, b := range files {
		if !strings.HasSuffix(name, "xhtml") && !strings.HasSuffix(name, ".opf") && !strings.HasSuffix(name, "xml") {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, b)
			}
			start, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				switch a.Name.Local {
				case "id":
					if ids[name+"#"+a.Value] {
						t.Errorf("%s: the id %q stands twice", name, a.Value)
					}
					ids[name+"#"+a.Value] = true
				case "href", "src":
					u, err := url.Parse(a.Value)
					if err != nil {
						t.Errorf("%s: %v", name, err)
					} else if u.Scheme == "" {
						links[path.Join(path.Dir(name), u.Path)+"#"+u.Fragment] = name
					}
				}
			}
		}
	}
	for to, from := range links {
		file, id, _ := strings.Cut(to, "#")
		if files[file] == nil || id != "" && !ids[to] {
			t.Errorf("%s leads to %s, which is not there", from, to)
		}
	}
}

func TestNastyBookIsSound(t *testing.T) {
	files := read(t, write(t, nasty(t)))
	sound(t, files)
	if nav := string(files["OEBPS/nav.xhtml"]); !strings.Contains(nav, `<li><a href="part-02.xhtml">第一辑 · “水”</a><ol><li><a href="chapter-003.xhtml">`) {
		t.Errorf("the contents do not go by part: %s", nav)
	}
	opf := string(files["OEBPS/package.opf"])
	for _, want := range []string{"rubyAnnotations", "accessibilitySummary", `<meta property="dcterms:modified">2023-01-01T00:00:00Z</meta>`, "<dc:date>2023</dc:date>"} {
		if !strings.Contains(opf, want) {
			t.Errorf("the package document lacks %s", want)
		}
	}
	if strings.Contains(opf, "alternativeText") || strings.Contains(opf, "accessModeSufficient") {
		t.Error("alternative texts are claimed though a picture has none")
	}
}

func FuzzTexts(f *testing.F) {
	for _, c := range nasty(f).Parts[0].Chapters {
		f.Add(c.HTML)
	}
	f.Add(`<table><p><select><option><svg><a id="x:y" href="#x:y">]]><!--`)
	f.Fuzz(func(t *testing.T, text string) {
		b := small()
		b.Parts[0].Chapters[0].HTML = text
		sound(t, read(t, write(t, b)))
	})
}
