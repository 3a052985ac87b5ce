package typography

import (
	"html"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestSet(t *testing.T) {
	for in, want := range map[string]string{
		"<p>在 2020 年，有 3 人</p>":                        "<p>在2020年，有3人</p>",
		"<p>用 Word 打开 A4 纸</p>":                        "<p>用Word打开A4纸</p>",
		"<p>在 <strong>2020</strong> 年</p>":             "<p>在<strong>2020</strong>年</p>",
		`<p>见 <a href="/x/"><em>12</em></a> 页</p>`:     `<p>见<a href="/x/"><em>12</em></a>页</p>`,
		"<li><a>全部</a> <small>45</small></li>":         "<li><a>全部</a> <small>45</small></li>",
		"<a>第3届</a> <a>2020</a>":                       "<a>第3届</a> <a>2020</a>",
		"<p>Two words, 3 cm</p>":                       "<p>Two words, 3 cm</p>",
		"<p>一 二，（ 3 ）+ 4</p>":                          "<p>一 二，（ 3 ）+ 4</p>",
		"<p>第 １ 号</p>":                                 "<p>第 １ 号</p>",
		"<p>运行 <code>第 1 号 a 字</code> 即可</p>":          "<p>运行 <code>第 1 号 a 字</code> 即可</p>",
		"<pre>第 1 号</pre><p>第 1 号</p>":                 "<pre>第 1 号</pre><p>第1号</p>",
		"<title>第 1 号 · 灯</title>":                     "<title>第 1 号 · 灯</title>",
		`<script>"第 1 号 · 灯 <b>"</script><p>第 1 号</p>`: `<script>"第 1 号 · 灯 <b>"</script><p>第1号</p>`,
		`<a title="第 1 > 号">第 1 号</a>`:                 `<a title="第 1 > 号">第1号</a>`,
		"<dd><a>河东省</a> · <a>清河市</a></dd>":             "<dd><a>河东省</a>·<a>清河市</a></dd>",
		"<p>明灯 · 英雄谱</p>":                              "<p>明灯·英雄谱</p>",
		"<p>明灯 ·</p><p>· 谱</p>":                        "<p>明灯·</p><p>·谱</p>",
		"<h1>沈渡川</h1>":                                 "<h1>沈渡川</h1>",
		"<h1>紫荆山主题公园</h1>":                             `<h1>紫荆山主题<span class="keep">公园</span></h1>`,
		"<h2><a href=\"/\">《见义勇为英雄谱》</a></h2>":         `<h2><a href="/">《见义勇为英<span class="keep">雄谱》</span></a></h2>`,
		"<h2>见义勇为年度数据 2023 年</h2>":                     `<h2>见义勇为年度数据<span class="keep">2023年</span></h2>`,
		"<h3>走访慰问英雄&amp;家属</h3>":                       "<h3>走访慰问英雄&amp;家属</h3>",
		"<h3>走访慰问<em>英雄</em>和家属。</h3>":                 `<h3>走访慰问<em>英雄</em>和<span class="keep">家属。</span></h3>`,
		"<p>紫荆山主题公园</p>":                               "<p>紫荆山主题公园</p>",
	} {
		if got := string(Append(nil, []byte("<html>"+in))); got != "<html>"+want {
			t.Errorf("%s\ngot  %s\nwant %s", in, got[6:], want)
		}
	}
}

// words is what a page shows, and its markup without what Set adds.
func words(page string) (shown, markup string) {
	var b, m strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(page))
	keeps := 0
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return b.String(), m.String()
		case nethtml.TextToken:
			b.Write(z.Text())
		case nethtml.StartTagToken:
			raw := string(z.Raw())
			if raw == `<span class="keep">` {
				keeps++
				continue
			}
			m.WriteString(raw)
		case nethtml.EndTagToken:
			if raw := string(z.Raw()); raw == "</span>" && keeps > 0 {
				keeps--
			} else {
				m.WriteString(raw)
			}
		}
	}
}

// Whatever the words and tags, nothing but blanks goes away, no tag changes, and a page
// that is set is not set further.
func TestSetLosesOnlyBlanks(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"见义勇为", "公园", "a", "2020", " ", "  ", " · ", "·", "。", "》", "é", "が", "\n", "&amp;", "&lt;", "<em>", "</em>", "<a href=\"/x>y\">", "</a>",
		"<code>", "</code>", "<h1>", "</h1>", "<h2>", "</h2>", "<title>第 1</title>", "<script>1 字 < 2</script>", "<br>", "<b>", "</b>", "\xff", "<!-- 1 字 -->",
	})
	squeeze := func(s string) string { return strings.ReplaceAll(html.UnescapeString(s), " ", "") }
	rapid.Check(t, func(r *rapid.T) {
		page := "<html>" + strings.Join(rapid.SliceOf(piece).Draw(r, "page"), "")
		set := string(Append(nil, []byte(page)))
		was, tags := words(page)
		is, left := words(set)
		if squeeze(was) != squeeze(is) {
			r.Fatalf("%q shows %q, was %q", set, is, was)
		}
		if tags != left {
			r.Fatalf("%q has tags %q, had %q", set, left, tags)
		}
	})
}

func BenchmarkSet(b *testing.B) {
	page := []byte("<html>" + strings.Repeat(`<li data-year="2021"><a class="who" href="/heroes/x/">沈渡川</a> <span class="meta">在 2021 年，三次返回地下通道，一根缆绳</span></li>`, 150) + "<h1>紫荆山主题公园</h1>")
	b.SetBytes(int64(len(page)))
	var out []byte
	for b.Loop() {
		out = Append(out[:0], page)
	}
}
