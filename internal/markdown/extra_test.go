package markdown

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestWiki(t *testing.T) {
	refs := Refs{Wiki: map[string]Link{
		"heroes/zhang-san": {Href: "/heroes/zhang-san/", Text: "张三"},
		"张三":               {Href: "/heroes/zhang-san/", Text: "张<三"},
		"withheld":         {Text: "一位见义勇为人员", Veiled: true},
		"nameless":         {},
	}}
	for _, c := range []struct{ body, want string }{
		{"[[heroes/zhang-san]]", `<a href="/heroes/zhang-san/">张三</a>`},
		{"[[ heroes/zhang-san | 老张 ]]", `<a href="/heroes/zhang-san/">老张</a>`},
		{"[[张三]]", `<a href="/heroes/zhang-san/">张&lt;三</a>`},
		{"[[张三｜老张]]", `<a href="/heroes/zhang-san/">老张</a>`},
		{"[[张三|{张|zhāng}&amp;]]", `<a href="/heroes/zhang-san/"><ruby>张<rp>（</rp><rt>zhāng</rt><rp>）</rp></ruby>&amp;</a>`},
		{"**[[张三|老张]]**他", `<strong><a href="/heroes/zhang-san/">老张</a></strong>他`},
		{"[[withheld]]", "一位见义勇为人员"},
		{"[[withheld|真名]]", "一位见义勇为人员"},
		{"[[nameless|字]]", "字"},
		{"[[unknown]]", "unknown"},
		{"[[unknown|字]]", "字"},
		{`\[[张三]]`, "[[张三]]"},
		{"`[[张三]]`", "<code>[[张三]]</code>"},
		{"[[]] [[ ]] [[|a]]", "[[]] [[ ]] [[|a]]"},
		{"[[a\nb]]", "[[a b]]"},
		{"[[[张三]]]", `[<a href="/heroes/zhang-san/">张&lt;三</a>]`},
	} {
		if got, _ := render(t, c.body, Options{Refs: refs}); got != "<p>"+c.want+"</p>" {
			t.Errorf("%s:\ngot  %s\nwant %s", c.body, got, c.want)
		}
	}
	got, _ := render(t, "|人|\n|-|\n|[[张三\\|老张]]|", Options{Refs: refs})
	if !strings.Contains(got, `<td><a href="/heroes/zhang-san/">老张</a></td>`) {
		t.Errorf("in a table: %s", got)
	}
	const body = "与[[withheld|真名]]、[[张三]]同行。"
	if got := refs.Text([]byte(body)); got != "与一位见义勇为人员、张<三同行。" {
		t.Errorf("text: %s", got)
	}
}

func TestRuby(t *testing.T) {
	on, off := "<rp>（</rp><rt>", "</rt><rp>）</rp>"
	for _, c := range []struct{ body, want string }{
		{"{堃|kūn}", "<ruby>堃" + on + "kūn" + off + "</ruby>"},
		{"[堃]{kūn}", "<ruby>堃" + on + "kūn" + off + "</ruby>"},
		{"{堃｜kūn}", "<ruby>堃" + on + "kūn" + off + "</ruby>"},
		{"{尉迟|yù chí}", "<ruby>尉" + on + "yù" + off + "迟" + on + "chí" + off + "</ruby>"},
		{"{尉迟|yùchí}", "<ruby>尉迟" + on + "yùchí" + off + "</ruby>"},
		{"{尉迟|yù  chí  x}", "<ruby>尉迟" + on + "yù chí x" + off + "</ruby>"},
		{"{堃|ㄎㄨㄣ}", "<ruby>堃" + on + "ㄎㄨㄣ" + off + "</ruby>"},
		{"{𡈽|tǔ}", "<ruby>𡈽" + on + "tǔ" + off + "</ruby>"},
		{"**{堃|kūn}**", "<strong><ruby>堃" + on + "kūn" + off + "</ruby></strong>"},
		{"[{堃|kūn}](https://a.cn)", `<a href="https://a.cn" rel="noopener"><ruby>堃` + on + "kūn" + off + "</ruby></a>"},
		{"{堃|}", "{堃|}"},
		{"{堃|昆}", "{堃|昆}"},
		{"{a|b}", "{a|b}"},
		{"{一二三四五六七八九|a}", "{一二三四五六七八九|a}"},
		{"[堃] {kūn}", "[堃] {kūn}"},
		{"{堃|<b>}", "{堃|&lt;b&gt;}"},
		{"`{堃|kūn}`", "<code>{堃|kūn}</code>"},
		{`\{堃|kūn}`, "{堃|kūn}"},
		{"{", "{"},
		{"[堃", "[堃"},
	} {
		if got, _ := render(t, c.body, Options{Lang: "zh-Hans"}); got != "<p>"+c.want+"</p>" {
			t.Errorf("%s:\ngot  %s\nwant %s", c.body, got, c.want)
		}
	}
	if got, _ := render(t, "{堃|kūn}", Options{Lang: "en"}); !strings.Contains(got, "<rp>(</rp>") {
		t.Errorf("in English: %s", got)
	}
	if got := Text([]byte("范{堃|kūn}和[尉迟]{yù chí}")); got != "范堃和尉迟" {
		t.Errorf("text: %s", got)
	}
}

func TestPictures(t *testing.T) {
	refs := Refs{
		Pictures: map[string]Picture{
			"a.jpg": {Src: "/a.jpg", Srcset: "/a.1.jpg 640w, /a.jpg 1280w", Sizes: "100vw", Width: 1280, Height: 720},
			"b.svg": {Src: "/b.svg"},
		},
		Links: map[string]Link{"x": {Href: "/x/"}},
	}
	const a = `<img src="/a.jpg" srcset="/a.1.jpg 640w, /a.jpg 1280w" sizes="100vw" width="1280" height="720" alt="`
	const lazy = `" loading="lazy" decoding="async">`
	for _, c := range []struct{ body, want string }{
		{`![河"堤](a.jpg)`, "<figure>" + a + `河&#34;堤` + lazy + "</figure>"},
		{`![河堤](a.jpg "事发<河段>")`, "<figure>" + a + "河堤" + lazy + "<figcaption>事发&lt;河段&gt;</figcaption></figure>"},
		{`[![河堤](a.jpg "题")](x)`, `<figure><a href="/x/">` + a + "河堤" + lazy + "</a><figcaption>题</figcaption></figure>"},
		{`看![河堤](a.jpg "题")`, "<p>看" + a + `河堤" title="题` + lazy + "</p>"},
		{"![一](a.jpg)\n![二](b.svg)", "<p>" + a + "一" + lazy + ` <img src="/b.svg" alt="二` + lazy + "</p>"},
		{"- ![一](b.svg)", `<ul><li><img src="/b.svg" alt="一` + lazy + "</li></ul>"},
		{"![范{堃|kūn}*像*](b.svg)", `<figure><img src="/b.svg" alt="范堃像` + lazy + "</figure>"},
		{"![](b.svg)", `<figure><img src="/b.svg" alt="` + lazy + "</figure>"},
		{"![河堤](none.jpg '题')", "<p>河堤</p>"},
		{"![](none.jpg)", ""},
		{"一\n\n![](none.jpg)\n\n二", "<p>一</p><p>二</p>"},
		{"![外](https://a.cn/a.jpg)", "<p>外</p>"},
	} {
		got, info := render(t, c.body, Options{Refs: refs})
		if got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.body, got, c.want)
		}
		if strings.HasPrefix(c.body, "![](b") != (len(info.AltMissing) == 1) {
			t.Errorf("%s: alt missing %v", c.body, info.AltMissing)
		}
	}
}

// A figure's picture leads to itself where that is asked for, but where the author leads
// elsewhere and where the link would have no name.
func TestEnlarge(t *testing.T) {
	refs := Refs{Pictures: map[string]Picture{"a.jpg": {Src: "/a-900.jpg"}}, Links: map[string]Link{"x": {Href: "/x/"}}}
	const img = `<img src="/a-900.jpg" alt="`
	for body, want := range map[string]string{
		`![河堤](a.jpg "题")`:  `<figure><a class="enlarge" href="/a-900.jpg">` + img + `河堤" loading="lazy" decoding="async"></a><figcaption>题</figcaption></figure>`,
		"[![河堤](a.jpg)](x)": `<figure><a href="/x/">` + img + `河堤" loading="lazy" decoding="async"></a></figure>`,
		"![](a.jpg)":        `<figure>` + img + `" loading="lazy" decoding="async"></figure>`,
		"看![河堤](a.jpg)":     `<p>看` + img + `河堤" loading="lazy" decoding="async"></p>`,
	} {
		if got, _ := render(t, body, Options{Refs: refs, Enlarge: true}); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", body, got, want)
		}
	}
}

func TestHeadings(t *testing.T) {
	body := "# 一、经 过\n\n## 一、经 过\n\n### **粗** `码` {堃|kūn}[^1]\n\n标题\n===\n\n# ！！\n\n# ？\n\n# Été 2020—2022_a\n\n# 1.2 节\n\n" +
		"# nav\n\n# fn-1\n\n# 一经-过-2\n\n###### 深\n\n[^1]: 注"
	got, info := render(t, body, Options{ReservedIDs: []string{"nav"}})
	want := []Heading{
		{2, "一经-过", "一、经 过"}, {3, "一经-过-2", "一、经 过"}, {4, "粗-码-堃", "粗 码 堃"}, {2, "标题", "标题"},
		{2, "section", "！！"}, {2, "section-2", "？"}, {2, "été-2020-2022-a", "Été 2020—2022_a"}, {2, "1-2-节", "1.2 节"},
		{2, "nav-2", "nav"}, {2, "section-fn-1", "fn-1"}, {2, "一经-过-2-2", "一经-过-2"}, {3, "深", "深"},
	}
	if !slices.Equal(info.Headings, want) {
		t.Errorf("got  %v\nwant %v", info.Headings, want)
	}
	if !strings.HasPrefix(got, `<h2 id="一经-过">一、经 过</h2><h3 id="一经-过-2">`) {
		t.Errorf("got %s", got)
	}
	for body, want := range map[string][]int{
		"## a\n## b\n### c\n# d\n## e":                {2, 2, 3, 2, 3},
		"### a\n# b\n### c\n## d\n#### e\n##### f":    {2, 2, 3, 3, 4, 5},
		"# a\n## b\n### c\n#### d\n##### e\n###### f": {2, 3, 4, 5, 6, 6},
	} {
		_, info := render(t, body, Options{})
		for i, h := range info.Headings {
			if h.Level != want[i] {
				t.Errorf("%q: heading %s is h%d, want h%d", body, h.Text, h.Level, want[i])
			}
		}
	}
	for shift, tag := range map[int]string{-1: "<h1", -5: "<h1", 0: "<h2", 2: "<h4", 9: "<h6"} {
		if got, _ := render(t, "# a", Options{HeadingShift: shift}); !strings.HasPrefix(got, tag) {
			t.Errorf("shift %d: %s", shift, got)
		}
	}
	seen := map[string]bool{}
	for _, id := range info.IDs {
		if seen[id] {
			t.Errorf("id %s twice", id)
		}
		seen[id] = true
	}
	long, _ := render(t, "# "+strings.Repeat("长", 500), Options{})
	if n := strings.Count(long, "长"); n != 500+maxID {
		t.Errorf("a long heading's id has %d characters", n-500)
	}
	// NFC: a decomposed é is the same id.
	if _, info := render(t, "# e\u0301", Options{}); info.Headings[0].ID != "é" {
		t.Errorf("id %q", info.Headings[0].ID)
	}
}

func TestNotes(t *testing.T) {
	words := Words{Footnotes: "脚注", Footnote: "脚注", Back: "返回正文", Done: "已完成", Todo: "未完成"}
	got, info := render(t, "甲[^b]乙[^a]丙[^b]。![图[^a]](x)\n\n[^a]: 注一\n[^b]: 注二\n\n    第二段\n\n[^c]: 没用到", Options{IDPrefix: "p1-", Words: words})
	want := `<p>甲<sup class="footnote" id="p1-fnref-1"><a href="#p1-fn-1" role="doc-noteref" aria-label="脚注 1">1</a></sup>` +
		`乙<sup class="footnote" id="p1-fnref-2"><a href="#p1-fn-2" role="doc-noteref" aria-label="脚注 2">2</a></sup>` +
		`丙<sup class="footnote" id="p1-fnref-1-2"><a href="#p1-fn-1" role="doc-noteref" aria-label="脚注 1">1</a></sup>。图</p>` +
		`<section class="footnotes" role="doc-endnotes" aria-label="脚注"><ol>` +
		`<li id="p1-fn-1"><p>注二</p><p>第二段 <a href="#p1-fnref-1" role="doc-backlink" aria-label="返回正文 1">↩︎</a>` +
		` <a href="#p1-fnref-1-2" role="doc-backlink" aria-label="返回正文 1">↩︎</a></p></li>` +
		`<li id="p1-fn-2"><p>注一 <a href="#p1-fnref-2" role="doc-backlink" aria-label="返回正文 2">↩︎</a></p></li></ol></section>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if want := []string{"p1-fnref-1", "p1-fnref-2", "p1-fnref-1-2", "p1-fn-1", "p1-fn-2"}; !slices.Equal(info.IDs, want) {
		t.Errorf("ids %v", info.IDs)
	}
	got, _ = render(t, "- [x] 已交\n- [ ] 未交\n- 其他", Options{Words: words})
	want = `<ul><li class="task"><span class="box" role="img" aria-label="已完成">☑︎</span> 已交</li>` +
		`<li class="task"><span class="box" role="img" aria-label="未完成">☐</span> 未交</li><li>其他</li></ul>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"|年|数|人|\n|:-|-:|:-:|\n|2020|1|<b>|", `<div class="table"><table><thead><tr><th scope="col" class="left">年</th><th scope="col" class="right">数</th><th scope="col" class="center">人</th></tr></thead>` +
			`<tbody><tr><td class="left">2020</td><td class="right">1</td><td class="center">&lt;b&gt;</td></tr></tbody></table></div>`},
		{"|年|\n|-|", `<div class="table"><table><thead><tr><th scope="col">年</th></tr></thead></table></div>`},
		{"3. 三\n4. 四", `<ol start="3"><li>三</li><li>四</li></ol>`},
		{"- 一\n\n  段\n- 二", "<ul><li><p>一</p><p>段</p></li><li><p>二</p></li></ul>"},
		{"- 一\n  - 二", "<ul><li>一<ul><li>二</li></ul></li></ul>"},
		{"> 引\n\n***", "<blockquote><p>引</p></blockquote><hr>"},
		{"```go\na\n\n  b\n```", "<pre><code class=\"language-go\">a\n\n  b\n</code></pre>"},
		{"　　一年来，\n\n　　又一年", "<p>一年来，</p><p>又一年</p>"},
		{"", ""},
	} {
		if got, _ := render(t, c.body, Options{}); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.body, got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		body, want string
		count      int
	}{
		{"# 题\n\n**粗**的[链](x)，\n`码` ~~删~~。\n\n- 一\n- two words\n\n![图](a.jpg '题')\n", "题\n粗的链，码 删。\n一\ntwo words", 9},
		{"甲[^1]乙\n\n[^1]: 注\n", "甲乙\n注", 3},
		{"|年|数|\n|-|-|\n|2020|一|", "年 数\n2020 一", 4},
		{"与[[li-si]]、[[li-si|老李]]", "与、老李", 3},
		{"a &amp; b\\*", "a & b*", 2},
		{"```\n码\n```\n<b>\n", "码\n<b>", 2},
		{"一\\\n二", "一\n二", 2},
		{"- [x] 已交", "已交", 2},
		{"", "", 0},
	} {
		if got := Text([]byte(c.body)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.body, got, c.want)
		}
		if got := Count([]byte(c.body)); got != c.count {
			t.Errorf("%q: %d words, want %d", c.body, got, c.count)
		}
	}
}

func TestRenderKeepsTheBuffer(t *testing.T) {
	w := bytes.NewBufferString("before")
	if _, err := New().Render(w, []byte(strings.Repeat("**a** ", 1<<15)), Options{}); err != ErrTooComplex || w.String() != "before" {
		t.Errorf("%v, %d bytes", err, w.Len())
	}
}

// Two texts on one page keep their headings and the links to them apart.
func TestIDPrefix(t *testing.T) {
	body := "# 一\n\n[见](#一)，[到头](#top)\n\n# 一"
	got, info := render(t, body, Options{IDPrefix: "c2-", ReservedIDs: []string{"top"}})
	want := `<h2 id="c2-一">一</h2><p><a href="#c2-%E4%B8%80">见</a>，<a href="#top">到头</a></p><h2 id="c2-一-2">一</h2>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if want := []string{"c2-一", "c2-一-2"}; !slices.Equal(info.IDs, want) {
		t.Errorf("ids %v, want %v", info.IDs, want)
	}
	if len(info.Fragments) != 2 || info.Fragments[0].Dest != "#一" {
		t.Errorf("fragments %v", info.Fragments)
	}
}
