package wechat

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"mingdeng/internal/chromium"
)

// onePixel is a PNG of one pixel.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"

func article(html string) Article {
	return Article{
		Title: "走访慰问", HTML: html, Accent: "#a8201a", Glow: "#d99a2b",
		Absolute: func(h string) string {
			if strings.HasPrefix(h, "/") {
				return "https://lamp.example.cn" + h
			}
			return h
		},
		Picture: func(src string) (Picture, error) {
			if strings.Contains(src, "missing") {
				return Picture{}, errors.New("missing")
			}
			return Picture{Name: filepath.Base(src), Type: "image/png", Bytes: []byte(onePixel), Width: 1, Height: 1}, nil
		},
		Words: Words{"文中网址", "注释", "注"},
	}
}

var styles = regexp.MustCompile(` style="[^"]*"`)

func TestConvert(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraph", "<p>他<strong>跳</strong>进<em>河</em>里 &lt;1&gt;。</p>", "<p>他<strong>跳</strong>进<em>河</em>里 &lt;1&gt;。</p>"},
		{"heading", `<h2 id="x">经过</h2><h3>之后</h3>`, "<section><p><strong>经过</strong></p></section><p><strong>之后</strong></p>"},
		{"link", `<p><a href="/heroes/shen/">沈渡川</a>与<a href="https://a.cn/?x=1&amp;y=2" rel="external">新闻</a>，又见<a href="/heroes/shen/">他</a></p>`,
			"<p>沈渡川<sup>[1]</sup>与新闻<sup>[2]</sup>，又见他<sup>[1]</sup></p><p><strong>文中网址</strong></p><p>[1]\u00a0https://lamp.example.cn/heroes/shen/</p><p>[2]\u00a0https://a.cn/?x=1&amp;y=2</p>"},
		{"address as words", `<p><a href="https://a.cn/">https://a.cn/</a></p>`, "<p>https://a.cn/</p>"},
		{"within the page", `<p><a href="#x">见上</a></p>`, "<p>见上</p>"},
		{"list", "<ul><li>一</li><li><p>二</p><ol start=\"3\"><li>甲</li><li>乙<ul><li>深</li></ul></li></ol></li></ul>",
			"<p>•\u00a0一</p><p>•\u00a0二</p><p>3.\u00a0甲</p><p>4.\u00a0乙</p><p>–\u00a0深</p>"},
		{"tasks", `<ul><li><input checked="" disabled="" type="checkbox"> 做了</li><li><input disabled="" type="checkbox"> 没做</li></ul>`, "<p>•\u00a0☑  做了</p><p>•\u00a0☐  没做</p>"},
		{"quote", "<blockquote><p>话</p></blockquote>", "<blockquote><p>话</p></blockquote>"},
		{"ruby", "<p><ruby>堃<rp>(</rp><rt>kūn</rt><rp>)</rp></ruby>。</p>", "<p>堃（kūn）。</p>"},
		{"note", `<p>句<sup class="footnote" id="fnref-1"><a href="#fn-1" role="doc-noteref">1</a></sup></p><section class="footnotes" role="doc-endnotes"><ol><li id="fn-1"><p>出处 <a href="#fnref-1" role="doc-backlink">↩</a></p></li></ol></section>`,
			"<p>句<sup>[注1]</sup></p><p><strong>注释</strong></p><p>注1\u00a0出处 </p>"},
		{"picture", `<figure><img src="/img/a.png" alt="江边" width="9" loading="lazy"><figcaption>江边</figcaption></figure>`, `<section><img src="picture:0" alt="江边"><p>江边</p></section>`},
		{"table", `<table><thead><tr><th>年</th></tr></thead><tbody><tr><td align="right">2025</td></tr></tbody></table>`,
			"<section><table><tr><td><strong>年</strong></td></tr><tr><td>2025</td></tr></table></section>"},
		{"code", "<pre><code>a  b\nc</code></pre>", "<section><p>a\u00a0\u00a0b</p><p>c</p></section>"},
		{"rule", "<hr>", "<p>＊　＊　＊</p>"},
		{"nothing that runs", `<script>x</script><style>y</style><p onclick="z" class="c">字</p>`, "<p>字</p>"},
	} {
		r, err := Convert(article(c.in))
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got := styles.ReplaceAllString(r.HTML, ""); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	if _, err := Convert(article(`<p><img src="/img/missing.png" alt=""></p>`)); err == nil {
		t.Error("a missing picture is no error")
	}
}

// Whatever the text, only what WeChat keeps comes out.
func FuzzConvert(f *testing.F) {
	f.Add(`<p><a href="javascript:x">a</a></p>`)
	f.Add(`<ul><li><ul><li><table><tr><td><figure><img src=x>`)
	f.Add(`<svg><a xlink:href="x">y</a></svg><math><mi></mi></math><template><p>x</template>`)
	kept := map[atom.Atom]bool{
		atom.Section: true, atom.P: true, atom.Span: true, atom.Strong: true, atom.Em: true, atom.Br: true, atom.Img: true,
		atom.Blockquote: true, atom.Table: true, atom.Tr: true, atom.Td: true, atom.Sup: true, atom.Sub: true, atom.Tbody: true,
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Convert(article(text))
		if err != nil {
			return
		}
		nodes, err := xhtml.ParseFragment(strings.NewReader(r.HTML), &xhtml.Node{Type: xhtml.ElementNode, Data: "div", DataAtom: atom.Div})
		if err != nil {
			t.Fatal(err)
		}
		var walk func(*xhtml.Node)
		walk = func(n *xhtml.Node) {
			if n.Type == xhtml.ElementNode {
				if !kept[n.DataAtom] {
					t.Fatalf("%s in %s", n.Data, r.HTML)
				}
				for _, a := range n.Attr {
					if a.Key != "style" && !(n.DataAtom == atom.Img && (a.Key == "src" || a.Key == "alt")) {
						t.Fatalf("%s on %s", a.Key, n.Data)
					}
					if a.Key == "style" && (strings.Contains(a.Val, "url(") || strings.Contains(";"+a.Val, ";position")) {
						t.Fatalf("style %s", a.Val)
					}
				}
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
		for _, n := range nodes {
			walk(n)
		}
	})
}

// What the button puts on the clipboard is, pasted back, the article.
func TestPasteBack(t *testing.T) {
	r, err := Convert(article(`<h2>经过</h2><p>他<strong>跳</strong>进河里，见<a href="https://a.cn/">新闻</a>。</p><ul><li>一</li></ul>` +
		`<figure><img src="/img/a.png" alt="江边"><figcaption>江边</figcaption></figure><table><tr><th>年</th></tr><tr><td>2025</td></tr></table>`))
	if err != nil {
		t.Fatal(err)
	}
	page, err := r.Preview(PreviewWords{Lang: "zh-Hans", Copy: "复制", Copied: "已复制", Failed: "没有"})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "index.html")
	if err := os.WriteFile(file, page, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx := chromium.Start(t, 5*time.Minute)
	eval := func(script string) string {
		t.Helper()
		v, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	err = chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(file)), chromedp.WaitReady("#copy"), chromium.Click("#copy"))
	if err != nil {
		t.Fatal(err)
	}
	if said := eval(`document.getElementById('said').textContent`); said != "已复制" {
		t.Fatalf("the page says %q", said)
	}
	eval(`document.body.innerHTML = '<div id="editor" contenteditable></div>'; document.getElementById('editor').focus(); ''`)
	press := chromedp.Func(func(ctx context.Context, at *chromedp.Target) error {
		_, err := cdp.Call(ctx, at, input.DispatchKeyEvent, input.DispatchKeyEventParams{
			Type: input.DispatchKeyEventTypeKeyDown, Modifiers: 2, Key: "v", Commands: []string{"paste"},
		})
		return err
	})
	if err := chromedp.Do(ctx, press); err != nil {
		t.Fatal(err)
	}
	// A browser cleans what is pasted, so texts, pictures and the styles that matter are
	// compared, not the letter of it.
	look := `(function (el) { return JSON.stringify([
		el.innerText.replace(/\s+/g, ' ').trim(),
		Array.from(el.querySelectorAll('img')).map(function (i) { return i.src; }),
		Array.from(el.querySelectorAll('strong,b')).map(function (i) { return i.textContent; }),
		Array.from(el.querySelectorAll('td')).map(function (i) { return i.textContent; }),
		Array.from(el.querySelectorAll('section > p')).slice(0, 1).map(function (i) { return getComputedStyle(i).color + getComputedStyle(i).fontSize; })
	]); })`
	got := eval(look + `(document.getElementById('editor'))`)
	err = chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.ToSlash(file)), chromedp.WaitReady("#article"))
	if err != nil {
		t.Fatal(err)
	}
	want := eval(look + `(document.getElementById('article'))`)
	if got != want || !strings.Contains(want, "rgb(168, 32, 26)") || !strings.Contains(want, "data:image/png") {
		t.Errorf("pasted:\n%s\nwant\n%s", got, want)
	}
}
