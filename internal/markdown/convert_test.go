package markdown

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// upper stands for a conversion: it keeps the number of characters and depends on its
// context, as 头发 and 发现 do.
func upper(v []byte) []byte {
	v = bytes.ReplaceAll(v, []byte("头发"), []byte("頭髮"))
	v = bytes.ReplaceAll(v, []byte("头"), []byte("頭"))
	return bytes.ReplaceAll(v, []byte("发"), []byte("發"))
}

func TestConvert(t *testing.T) {
	refs := Refs{
		Wiki: map[string]Link{
			"fa":   {Href: "/zh-hant/fa/", Text: "張髮", Plain: "张发"},
			"gone": {Text: "某人", Veiled: true},
		},
		Links:    map[string]Link{"发.md": {Href: "/发/"}},
		Pictures: map[string]Picture{"头.jpg": {Src: "/img/头.jpg"}},
	}
	for body, want := range map[string]string{
		"头发和发现":                "<p>頭髮和發现</p>",
		"头\n发":                 "<p>頭髮</p>",
		"**头**发":               "<p><strong>頭</strong>髮</p>",
		"头{发|fà}":              "<p>頭<ruby>髮<rp>（</rp><rt>fà</rt><rp>）</rp></ruby></p>",
		"`发`与发":                "<p><code>发</code>与發</p>",
		"头 `x` 发":              "<p>頭 <code>x</code> 發</p>",
		"    发":                "<pre><code>发\n</code></pre>",
		"```\n发\n```":          "<pre><code>发\n</code></pre>",
		"[发](发.md \"发\")":      `<p><a href="/发/" title="發">發</a></p>`,
		"[发](https://x.cn/发)":  `<p><a href="https://x.cn/%E5%8F%91" rel="noopener">發</a></p>`,
		"<https://x.cn/?q=发>":  `<p><a href="https://x.cn/?q=%E5%8F%91" rel="noopener">https://x.cn/?q=发</a></p>`,
		"[[fa]]":               `<p><a href="/zh-hant/fa/">張髮</a></p>`,
		"[[fa|老发]]":            `<p><a href="/zh-hant/fa/">老髮</a></p>`, // 张发 is 張髮
		"[[fa|他发现了它]]":         `<p><a href="/zh-hant/fa/">他發现了它</a></p>`,
		"[[fa|{发|fā}]]":        `<p><a href="/zh-hant/fa/"><ruby>髮<rp>（</rp><rt>fā</rt><rp>）</rp></ruby></a></p>`,
		"[[gone|老发]]":          `<p>某人</p>`,
		"![头发](头.jpg \"发\")":   `<figure><img src="/img/头.jpg" alt="頭髮" loading="lazy" decoding="async"><figcaption>發</figcaption></figure>`,
		"## 发\n\n[回](#发)":      `<h2 id="发">發</h2><p><a href="#%E5%8F%91">回</a></p>`,
		"## 记[[fa]]":           `<h2 id="记张发">记<a href="/zh-hant/fa/">張髮</a></h2>`,
		"| 发 |\n|---|\n| 头发 |": `<div class="table"><table><thead><tr><th scope="col">發</th></tr></thead><tbody><tr><td>頭髮</td></tr></tbody></table></div>`,
		"- [ ] 发":              `<ul><li class="task"><span class="box">☐</span> 發</li></ul>`,
		"头[^1]发\n\n[^1]: 发":    `<p>頭<sup class="footnote" id="fnref-1"><a href="#fn-1" role="doc-noteref">1</a></sup>髮</p><section class="footnotes" role="doc-endnotes"><ol><li id="fn-1"><p>發 <a href="#fnref-1" role="doc-backlink">↩` + "\uFE0E" + `</a></p></li></ol></section>`,
		"<div>发</div>":         `<p>&lt;div&gt;發&lt;/div&gt;</p>`,
		"~~头~~发 &amp; \\*发":    `<p><del>頭</del>髮 &amp; *發</p>`,
	} {
		var b bytes.Buffer
		info, err := New().Render(&b, []byte(body), Options{Refs: refs, Lang: "zh-Hant", Convert: upper})
		if err != nil || b.String() != want {
			t.Errorf("%q\n got %s\nwant %s (%v)", body, b.String(), want, err)
		}
		if strings.HasPrefix(body, "## 记") && (len(info.Headings) != 1 || info.Headings[0].Text != "记張髮") {
			t.Errorf("headings: %+v", info.Headings)
		}
	}
}

// A conversion that changes nothing changes no byte, whatever the body.
func TestConvertNothing(t *testing.T) {
	piece := rapid.SampledFrom([]string{"头", "发", "\n", "\n\n", "**", "~~", "`", "[[fa]]", "[[fa|发]]", "{发|fà}", "[发](发.md)", "![发](头.jpg)", "# ", "- ", "> ", "|", "[^1]", "[^1]: 注", "\\", "&amp;", "a", " ", "<b>", "    "})
	r := New()
	rapid.Check(t, func(t *rapid.T) {
		body := []byte(strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "body"), ""))
		var plain, same bytes.Buffer
		_, err1 := r.Render(&plain, body, Options{})
		_, err2 := r.Render(&same, body, Options{Convert: func(v []byte) []byte { return v }})
		if (err1 == nil) != (err2 == nil) || plain.String() != same.String() {
			t.Fatalf("%q\n%s\n%s", body, plain.String(), same.String())
		}
	})
}
