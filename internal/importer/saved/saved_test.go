package saved

import (
	"fmt"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/importer/report"
)

func read(b []byte, dir fstest.MapFS) (*Page, string, error) {
	var log report.Log
	p, err := Read(b, dir, &log)
	if err != nil {
		return nil, "", err
	}
	for i := range p.Document.Pictures {
		if !p.Document.Pictures[i].Lost {
			p.Document.Pictures[i].Name = fmt.Sprintf("picture-%d", i+1)
		}
	}
	text, _ := p.Document.Markdown()
	for _, e := range log.Entries {
		text += fmt.Sprintf("%s: %s\n", e.Sort, e.Text.Zh)
	}
	return p, text, nil
}

func TestRead(t *testing.T) {
	dir := fstest.MapFS{"wx_files/640.jpg": {Data: []byte("picture")}, "图 1.png": {Data: []byte("other")}}
	for _, c := range []struct{ name, html, want string }{
		{"looks by style", `<p><span style="font-weight: bold">粗</span><b><span style="font-weight:400">不粗</span></b><span style="font-weight:700 !important">也粗</span><em>斜</em><span style="text-decoration: line-through;">删</span></p>`,
			"**粗**不粗**也粗***斜*~~删~~\n"},
		{"sections are paragraphs", `<section><section>一</section><section><p>二<br>三</p></section></section>四<p>五</p>`, "一\n\n二\\\n三\n\n四\n\n五\n"},
		{"a line of the file ends between characters", "<p>红马甲\n    在码头 a\n b</p>", "红马甲在码头 a b\n"},
		{"lists", `<ul><li>一<ol start="3"><li>内</li><li><p>二</p><p>段</p></li></ol></li><li><p>后</p></li></ul><p>文</p>`, "- 一\n\n  3. 内\n  4. 二\\\n     段\n- 后\n\n文\n"},
		{"table", `<table><tr><th>甲</th><th>乙</th></tr><tr><td rowspan=2>丙</td><td>1</td></tr><tr><td>2</td></tr><tr><td colspan=2>丁</td></tr></table>`,
			"| 甲 | 乙 |\n| --- | --- |\n| 丙 | 1 |\n| 丙 | 2 |\n| 丁 |  |\nguessed: 合并过的单元格 2 个：竖着合并的每行都写上，横着合并的只写在第一格\n"},
		{"a table for layout", `<table><tr><td><p>一</p><p>二</p></td></tr></table>`, "一\n\n二\n"},
		{"pictures", `<p><img data-src="https://x/0" src="./wx_files/640.jpg" alt="图片">字<img src="%E5%9B%BE%201.png" alt="旗"></p><img data-src="https://x/1" src="data:image/gif;base64,AA=="><img src="../../etc/passwd"><img src="/etc/passwd">`,
			"![](picture-1)\n\n字\n\n![旗](picture-2)\nleft: 图片 3 张没有随网页存下来：https://x/1 ../../etc/passwd /etc/passwd\n"},
		{"a picture in the page", `<img src="data:image/png;base64,aGVsbG8=">`, "![](picture-1)\n"},
		{"what is not shown or no text", `<p style="display:none">藏</p><script>x</script><style>y</style><p>话<iframe data-src="https://v.qq.com/x"></iframe></p><mp-common-profile data-nickname="某号"></mp-common-profile><svg><path/></svg>`,
			"话\nleft: 视频、音频或卡片：https://v.qq.com/x\nleft: 视频、音频或卡片：某号\nleft: 不显示的文字 1 处\nleft: 没有文字的图形 1 个\n"},
		{"asking to be followed", `<p>点击上方蓝字关注我们</p><p>长按识别二维码关注</p><p>他点击屏幕，关注着水位的变化，一夜没有合眼，直到天亮才离开。</p>`,
			"他点击屏幕，关注着水位的变化，一夜没有合眼，直到天亮才离开。\nleft: 求关注的话：“点击上方蓝字关注我们”\nleft: 求关注的话：“长按识别二维码关注”\n"},
		{"links", `<p><a href="https://example.cn/">网站</a><a href="javascript:x()">不是</a><a href="#a">也不是</a></p>`, "[网站](https://example.cn/)不是也不是\n"},
		{"quotation and ruby", `<blockquote><p>引</p><ul><li>项</li></ul></blockquote><p><ruby>堃<rp>(</rp><rt>kūn</rt></ruby></p>`, "> 引\n>\n> - 项\n\n{堃|kūn}\n"},
		{"markup as words", `<p>&lt;b&gt; *x* [[y]] 8~10</p>`, "\\<b> \\*x\\* \\[\\[y\\]\\] 8\\~10\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got, err := read([]byte(`<div id="js_content" style="visibility:hidden">`+c.html+`</div><p>外面</p>`), dir)
			if err != nil || got != c.want {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

func TestMeta(t *testing.T) {
	page := `<html><head><meta charset="gbk"><meta property="og:title" content="另一个"><title>x</title></head><body>
<h1 id="activity-name"> 夜巡 </h1><span id="js_author_name">小林</span><a id="js_name"> 某协会 </a><em id="publish_time"></em>
<div id="js_content"><p>正文</p></div><script>var ct = "1721471400"; var msg_source_url = 'https://example.org/o';</script></body></html>`
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	p, text, err := read(gbk, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "夜巡" || p.Author != "小林" || p.Account != "某协会" || p.Date.String() != "2024-07-20" || p.Original != "https://example.org/o" || !p.WeChat || text != "正文\n" {
		t.Errorf("%+v %q", p, text)
	}

	p, text, err = read([]byte(`<title>标题</title><link rel="canonical" href="https://example.cn/a"><body><nav>导航</nav><article><h1>标题</h1><p>文</p></article>`), nil)
	if err != nil || p.Title != "标题" || p.URL != "https://example.cn/a" || p.WeChat || text != "文\n" {
		t.Errorf("%v %+v %q", err, p, text)
	}
	for _, bad := range []string{"", "<p></p>", "MIME-Version: 1.0\nContent-Type: multipart/related;\n"} {
		if _, _, err := read([]byte(bad), nil); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// FuzzRead: no page makes the reader panic, and what comes out can be written.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`<div id=js_content><table><tr><td rowspan=9 colspan=9><ul><li><img src="a.png">x</table>`))
	f.Add([]byte(`<body><ol><li><ul><li></ul><blockquote><ruby>a<rt>b</ruby><pre>x<br>y</pre><h2>z`))
	f.Add([]byte("\xff\xfe<\x00p\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := fstest.MapFS{"a.png": {Data: []byte("x")}}
		_, text, err := read(b, dir)
		if err == nil && !utf8.ValidString(text) {
			t.Errorf("%q is no text", text)
		}
		if _, again, _ := read(b, dir); again != text {
			t.Errorf("read as %q, then as %q", text, again)
		}
	})
}
