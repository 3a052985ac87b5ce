package markdown

import (
	"slices"
	"strings"
	"testing"
)

func TestDangerousAddresses(t *testing.T) {
	// To a browser these have no scheme: they are odd names of files.
	odd := []string{"\\javascript:alert(1)", "java\\script:alert(1)", "java&#0;script:x"}
	for _, dest := range append(odd,
		"javascript:alert(1)", "JavaScript:alert(1)", "  javascript:alert(1)", "javascript&colon;alert(1)",
		"&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "java&#10;script:alert(1)", "java&NewLine;script:alert(1)",
		"java&Tab;script:alert(1)", "https:/a.cn", "https:a.cn", "https:/:a.cn/b", "http://", "https://?x", "https:\\\\a.cn", "&#1;javascript:alert(1)", "java\u200bscript:alert(1)",
		"vbscript:x", "data:text/html,x", "data:image/png;base64,AA", "DATA:image/svg+xml,x",
		"file:///c:/x", "C:\\图\\a.jpg", "ftp://a/", "blob:x", "about:blank", "view-source:x", "ht&#10;tps://a/",
		"//evil.example/", "/\\evil.example/", "\\\\\\\\evil.example/", "&#9;//evil.example/", "\u00ad//evil.example/",
		strings.Repeat("a", maxDest+1),
	) {
		for body, kind := range map[string]Kind{
			"[字](<" + dest + ">)":          KindLink,
			"![字](<" + dest + ">)":         KindPicture,
			"[字]\n\n[字]: <" + dest + ">":   KindLink,
			"[字][]\n\n[字]: <" + dest + ">": KindLink,
		} {
			refs := Refs{Links: map[string]Link{}, Pictures: map[string]Picture{}}
			for _, s := range Scan([]byte(body)) {
				refs.Links[s.Dest], refs.Pictures[s.Dest] = Link{Href: s.Dest}, Picture{Src: s.Dest}
			}
			got, info := render(t, body, Options{Refs: refs})
			if slices.Contains(odd, dest) {
				if got == "<p>字</p>" {
					t.Errorf("%s: got %s", body, got)
				}
				continue
			}
			if got != "<p>字</p>" {
				t.Errorf("%s: got %s", body, got)
			}
			if len(info.Dropped) != 1 || info.Dropped[0].Kind != kind || len(info.Missing) > 0 {
				t.Errorf("%s: dropped %v, missing %v", body, info.Dropped, info.Missing)
			}
		}
	}
	for _, body := range []string{"<javascript:alert(1)>", "<data:x,y>", "<file:///a>"} {
		got, info := render(t, body, Options{})
		if strings.Contains(got, "<a") || len(info.Dropped) != 1 {
			t.Errorf("%s: got %s, dropped %v", body, got, info.Dropped)
		}
	}
}

func TestLinks(t *testing.T) {
	refs := Refs{
		Links: map[string]Link{"../a b.md": {Href: "/a-b/"}, "x": {Href: "/x/?a=1&b=\""}, "图.md#节": {Href: "/tu/#节"}, "": {Href: ""}},
		Wiki:  map[string]Link{"zhang": {Href: "/z/", Text: "张三"}},
	}
	for _, c := range []struct{ body, want string }{
		{"[a](<../a b.md>)", `<a href="/a-b/">a</a>`},
		{"[a](<../a&#32;b.md> '题\"')", `<a href="/a-b/" title="题&#34;">a</a>`},
		{"[a](x)", `<a href="/x/?a=1&amp;b=&#34;">a</a>`},
		{"[a](图.md#节)", `<a href="/tu/#节">a</a>`},
		{"[**a** `b`](x)", `<a href="/x/?a=1&amp;b=&#34;"><strong>a</strong> <code>b</code></a>`},
		{"[a](https://例.cn/路?q=[1]&r=|#x#y)", `<a href="https://%E4%BE%8B.cn/%E8%B7%AF?q=%5B1%5D&amp;r=%7C#x%23y" rel="noopener">a</a>`},
		{"[a](http://[::1]/[)", `<a href="http://[::1]/%5B" rel="noopener">a</a>`},
		{"[a](HTTPS://a.cn/100%)", `<a href="HTTPS://a.cn/100%25" rel="noopener">a</a>`},
		{"[a](mailto:a@b.cn)", `<a href="mailto:a@b.cn">a</a>`},
		{"[a](tel:+86-371-1234)", `<a href="tel:+86-371-1234">a</a>`},
		{"<https://a.cn/>", `<a href="https://a.cn/" rel="noopener">https://a.cn/</a>`},
		{"<a@b.cn>", `<a href="mailto:a@b.cn">a@b.cn</a>`},
		{"[a](#一-二)", `<a href="#%E4%B8%80-%E4%BA%8C">a</a>`},
		{"[a](#%E4%B8%80)", `<a href="#%E4%B8%80">a</a>`},
		{"[a <https://a.cn/> [[zhang]]](x)", `<a href="/x/?a=1&amp;b=&#34;">a https://a.cn/ 张三</a>`},
		{"[a]()", "a"},
		{"https://a.cn/ www.a.cn", "https://a.cn/ www.a.cn"},
	} {
		if got, info := render(t, c.body, Options{Refs: refs}); got != "<p>"+c.want+"</p>" || info.Missing != nil {
			t.Errorf("%s:\ngot  %s\nwant %s\nmissing %v", c.body, got, c.want, info.Missing)
		}
	}
	_, info := render(t, "见[上](#%E4%B8%80)和[下](#二)", Options{})
	if want := []Target{{KindLink, "#一", 1, 6}, {KindLink, "#二", 1, 22}}; !slices.Equal(info.Fragments, want) {
		t.Errorf("fragments %v, want %v", info.Fragments, want)
	}
}

func TestMissing(t *testing.T) {
	body := "一\n二[甲](a.md)和[[li|李]]，\n> 引![丙](丙.jpg '题')\n>\n> [丁][d] [戊](\n> e.md)\n\n[d]: <d d.md>\n"
	got, info := render(t, body, Options{})
	if want := "<p>一二甲和李，</p><blockquote><p>引丙</p><p>丁 戊</p></blockquote>"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	want := []Target{
		{KindLink, "a.md", 2, 6}, {KindWiki, "li", 2, 14}, {KindPicture, "丙.jpg", 3, 9},
		{KindLink, "d d.md", 8, 7}, {KindLink, "e.md", 6, 3},
	}
	if !slices.Equal(info.Missing, want) {
		t.Errorf("missing %v\nwant    %v", info.Missing, want)
	}
	scanned := Scan([]byte(body))
	for _, m := range want {
		if !slices.Contains(scanned, m) {
			t.Errorf("Scan has not %v: %v", m, scanned)
		}
	}
}

// The text of a footnote is no address: an edit there must not look like a changed
// reference. What stands in it is still listed.
func TestScanNotes(t *testing.T) {
	for _, c := range []struct {
		body string
		want int
	}{
		{"字[^1]\n\n[^1]: 县志.md 第三卷", 0},
		{"字[^注]\n\n> [^注]: 见[甲](a.md)和[[li]]", 2},
		{"[1]: a.md", 1},
		{"[^]: a.md", 1},
		{"[^a\nb]: a.md", 1},
		{"[a[^1]: a.md", 0},
		{`[^\]]: a.md`, 1},
	} {
		if got := Scan([]byte(c.body)); len(got) != c.want {
			t.Errorf("%q: %v", c.body, got)
		}
	}
}

func TestRawHTML(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"a <b onclick=\"x\">b</b>", `<p>a &lt;b onclick="x"&gt;b&lt;/b&gt;</p>`},
		{"<script>\nalert(1)\n</script>", "<p>&lt;script&gt;<br>alert(1)<br>&lt;/script&gt;</p>"},
		{"<div>\n**中**\n\n**中**\n</div>", "<p>&lt;div&gt;<br>**中**</p><p><strong>中</strong></p><p>&lt;/div&gt;</p>"},
		{"<!-- 注 -->", "<p>&lt;!-- 注 --&gt;</p>"},
		{"中<br>文", "<p>中&lt;br&gt;文</p>"},
		{"&lt;script&gt;", "<p>&lt;script&gt;</p>"},
		{"`<i>`", "<p><code>&lt;i&gt;</code></p>"},
		{"```\"><script>\n<i>\n```", `<pre><code class="language-&#34;&gt;&lt;script&gt;">&lt;i&gt;` + "\n</code></pre>"},
		{"# <i>题</i>", `<h2 id="i题i">&lt;i&gt;题&lt;/i&gt;</h2>`},
		{"# 题 {#id onclick=x}", `<h2 id="题-id-onclickx">题 {#id onclick=x}</h2>`},
	} {
		if got, _ := render(t, c.body, Options{}); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.body, got, c.want)
		}
	}
}

// A link that leads nowhere keeps its words; of somebody who must not be named not even
// those are shown, nor a picture in their place.
func TestUnlinked(t *testing.T) {
	refs := Refs{
		Wiki:     map[string]Link{"v": {Text: "园", Why: "draft"}, "li": {Text: "某人", Veiled: true}},
		Links:    map[string]Link{"v.md": {Why: "draft"}, "li.md": {Text: "某人", Veiled: true}},
		Pictures: map[string]Picture{"a.png": {Src: "/a.png"}},
	}
	for _, c := range []struct {
		body, want, text string
		unlinked         int
	}{
		{"[[v]]", "<p>园</p>", "园", 1},
		{"[[v|{自|zì}己]]", "<p><ruby>自<rp>（</rp><rt>zì</rt><rp>）</rp></ruby>己</p>", "自己", 1},
		{"[**粗**](v.md \"题\")", "<p><strong>粗</strong></p>", "粗", 1},
		{"[词][r]\n\n[r]: v.md", "<p>词</p>", "词", 1},
		{"[![字](a.png)](v.md)", `<figure><img src="/a.png" alt="字" loading="lazy" decoding="async"></figure>`, "", 1},
		{"[[li]]、[[li|李四]]", "<p>某人、某人</p>", "某人、某人", 2},
		{"[**李四**](li.md)", "<p>某人</p>", "某人", 1},
		{"[李四][r]\n\n[r]: li.md \"李四\"", "<p>某人</p>", "某人", 1},
		{"[![李四](a.png)](li.md)", "<p>某人</p>", "某人", 1},
		{"见\n[李四](li.md)\n和", "<p>见某人和</p>", "见某人和", 1},
		{"`[[v]]` `[x](v.md)`", "<p><code>[[v]]</code> <code>[x](v.md)</code></p>", "[[v]] [x](v.md)", 0},
	} {
		got, info := render(t, c.body, Options{Refs: refs})
		if got != c.want || len(info.Unlinked) != c.unlinked || len(info.Missing) > 0 {
			t.Errorf("%s:\ngot  %s, %v, %v\nwant %s", c.body, got, info.Unlinked, info.Missing, c.want)
		}
		if text := refs.Text([]byte(c.body)); text != c.text {
			t.Errorf("%s: text %q", c.body, text)
		}
	}
	if got, info := render(t, "## [李四](li.md)和[[v]]", Options{Refs: refs}); !strings.Contains(got, `id="某人和园"`) || strings.Contains(got+info.Headings[0].Text, "李四") {
		t.Errorf("in a heading: %s, %v", got, info.Headings)
	}
}
