package saved

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/importer/report"
)

// pixels is a picture as an address, w px wide.
func pixels(t *testing.T, w int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, w))); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

// TestInlined: what a page holds in itself wins over the address it came from, unless it is
// only there until a script brings the picture.
func TestInlined(t *testing.T) {
	real, point := pixels(t, 9), pixels(t, 1)
	for _, c := range []struct{ name, html, want string }{
		{"SingleFile", `<p>话</p><img data-src="https://x/0" src="` + real + `">`, "话\n\n![](picture-1)\n"},
		{"a point", `<p>话</p><img data-src="https://x/0" src="` + point + `">`, "话\nleft: 图片 1 张没有随网页存下来：https://x/0\n"},
		{"a drawing of the right size", `<p>话</p><img data-original="https://x/0" src="data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='9'%20height='9'/%3E">`, "话\nleft: 图片 1 张没有随网页存下来：https://x/0\n"},
		{"kept once in a style sheet", `<style>:root{--sf-img-3: url("` + real + `");--sf-img-4:url(` + pixels(t, 8) + `)}</style><p>话</p><img src="data:image/svg+xml,%3Csvg/%3E" data-src="https://x/0" style="background-image:var(--sf-img-3) !important"><img style="background-image:var(--sf-img-4)" src="data:,">`,
			"话\n\n![](picture-1)\n\n![](picture-2)\n"},
		{"many that are not there", `<p>话</p>` + strings.Repeat(`<img data-src="https://x/7">`, 9), "话\nleft: 图片 9 张没有随网页存下来：https://x/7 https://x/7 https://x/7 …\n"},
		{"beside the page under a late name", `<p>话</p><img data-src="f/1.png" src="">`, "话\n\n![](picture-1)\n"},
		{"an element without a picture", `<p>话</p><img alt="x">`, "话\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got, err := read([]byte(`<div id="js_content">`+c.html+`</div>`), fstest.MapFS{"f/1.png": {Data: []byte("x")}})
			if err != nil || got != c.want {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

// TestPosts: posts of pictures and of words, as their source and saved whole.
func TestPosts(t *testing.T) {
	script := `<script>window.cgiDataNew = { nick_name: JsDecode('某号'), create_time: '2024-03-06 10:20', content_noencode: JsDecode('第一行\x0a第二行 \x26lt;b\x26gt; \u7ea2 &lt;a class=&quot;wx_topic_link&quot;&gt;#话题&lt;/a&gt;'), picture_page_info_list: [ { cdn_url: JsDecode('https://x/a') }, { cdn_url: 'https://x/b', share_cover: 1 } ] };</script>`
	real := pixels(t, 9)
	for _, c := range []struct{ name, html, want string }{
		{"the source", script + `<p>确定</p>`, "第一行\n\n第二行 红 #话题\nleft: 图片 2 张没有随网页存下来：https://x/a https://x/b\n"},
		{"saved whole", script + `<div id="js_content"></div><div id="img_swiper"><img src="` + real + `"><img src="` + pixels(t, 8) + `"><img src="` + real + `"></div>`, "第一行\n\n第二行 红 #话题\n\n![](picture-1)\n\n![](picture-2)\n"},
		{"words alone", `<script>x = {"content_noencode": "只有\"字\"", "create_time":"2024-03-06"}</script>`, "只有\"字\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, got, err := read([]byte(`<html><head><meta property="og:title" content="题"></head><body>`+c.html+`</body></html>`), nil)
			if err != nil || strings.ReplaceAll(got, "\\<b> ", "") != c.want {
				t.Fatalf("%v\ngot\n%s\nwant\n%s", err, got, c.want)
			}
			if p.Title != "题" || p.Date.String() != "2024-03-06" || !p.WeChat {
				t.Errorf("%q %s", p.Title, p.Date)
			}
		})
	}
	if _, err := Read([]byte(`<script>picture_page_info_list: [ {cdn_url: "https://x/a"} ]</script>`), nil, &report.Log{}); err == nil || !strings.Contains(err.Error(), "1 pictures") {
		t.Errorf("a post that was not saved: %v", err)
	}
}

// TestArticleOfPage: the article of a page that does not mark one, its title and its day.
func TestArticleOfPage(t *testing.T) {
	body := "<p>" + strings.Repeat("见义勇为人员受到表彰。", 9) + "</p>"
	text := strings.Repeat("见义勇为人员受到表彰。", 9)
	for _, c := range []struct{ name, html, title, day, want string }{
		{"by the name its program gives it", `<title>标题在此_某某新闻网</title><div class="nav"><a href="/">首页</a></div><div class="x TRS_Editor">` + body + `<p>短</p></div><p>版权</p>`, "标题在此", "", text + "\n\n短\nleft: 文章以外的部分（导航、页脚等）4 字\n"},
		{"where most words stand", `<title>标题在此 | 首页 - 某市人民政府</title><ul><li><a href="/">栏目</a></li></ul><h2>标题在此</h2><span>发布日期：2024年03月06日 10:20</span><div>` + body + `</div><div>备案号</div>`, "标题在此", "2024-03-06", text + "\nleft: 文章以外的部分（导航、页脚等）30 字\n"},
		{"nothing plain: all but what lies around", `<title>见义勇为-人物</title><header>头</header><p>一段。</p><div class="share">分享</div>`, "见义勇为-人物", "", "一段。\nleft: 文章以外的部分（导航、页脚等）3 字\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, got, err := read([]byte(c.html), nil)
			if err != nil || got != c.want || p.Title != c.title || p.Date.String() != c.day {
				t.Errorf("%v %q %s\ngot\n%s\nwant\n%s", err, p.Title, p.Date, got, c.want)
			}
		})
	}
}
