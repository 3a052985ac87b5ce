package markdown

import "testing"

func TestSoftBreaks(t *testing.T) {
	refs := Refs{
		Wiki:  map[string]Link{"zhang": {Href: "/z/", Text: "张三"}, "smith": {Href: "/s/", Text: "Smith"}},
		Links: map[string]Link{"x": {Href: "/x/"}},
	}
	for _, c := range []struct{ body, want string }{
		{"中文\n中文", "中文中文"},
		{"中文，\n“引号”", "中文，“引号”"},
		{"“引号”\n中文", "“引号”中文"},
		{"他说……\n“好。”", "他说……“好。”"},
		{"he said…\n“hello”", "he said… “hello”"},
		{"一——\n二", "一——二"},
		{"中文，\n“OK”", "中文，“OK”"},
		{"第①\n②项", "第①②项"},
		{"ひら\nカタ", "ひらカタ"},
		{"ｶﾅ\nｶﾅ", "ｶﾅｶﾅ"},
		{"전각\n글자", "전각 글자"},
		{"중\n中", "중 中"},
		{"one\ntwo", "one two"},
		{"中文\nword", "中文 word"},
		{"word\n中文", "word 中文"},
		{"中文,\n中文", "中文, 中文"},
		{"2020年\n30人", "2020年 30人"},
		{"𠮷\n𡈽", "𠮷𡈽"},
		{"全角　\n空格", "全角　空格"},
		{"零宽\u200b\nab", "零宽\u200bab"},
		{"in\n`file`", "in <code>file</code>"}, // goldmark #582
		{"`file`\nin", "<code>file</code> in"},
		{"in\n[file](x)", `in <a href="/x/">file</a>`},
		{"[file](x)\nin", `<a href="/x/">file</a> in`},
		{"in\n**file**", "in <strong>file</strong>"},
		{"*in*\nfile", "<em>in</em> file"},
		{"中\n**文**", "中<strong>文</strong>"},
		{"**中**\n文", "<strong>中</strong>文"},
		{"**中\n文**", "<strong>中文</strong>"},
		{"**中，**\n[“文](x)", `<strong>中，</strong><a href="/x/">“文</a>`},
		{"中\n`文`", "中<code>文</code>"},
		{"中\n[[zhang]]", `中<a href="/z/">张三</a>`},
		{"中\n[[smith]]", `中 <a href="/s/">Smith</a>`},
		{"中\n{堃|kūn}", "中<ruby>堃<rp>（</rp><rt>kūn</rt><rp>）</rp></ruby>"},
		{"{堃|kūn}\na", "<ruby>堃<rp>（</rp><rt>kūn</rt><rp>）</rp></ruby> a"},
		{"中&mdash;\n文", "中—文"},
		{"a&amp;\nb", "a&amp; b"},
		{"中\n&ldquo;文&rdquo;", "中“文”"},
		{"中\\\n文", "中<br>文"},
		{"中  \n文", "中<br>文"},
		{"中\r\n文", "中文"},
		{"one\r\ntwo", "one two"},
		{"a<b>\n中", "a&lt;b&gt; 中"},
		{"　　缩进的\n段落", "缩进的段落"},
	} {
		if got, _ := render(t, c.body, Options{Refs: refs}); got != "<p>"+c.want+"</p>" {
			t.Errorf("%q: got %s, want %s", c.body, got, c.want)
		}
	}
	got, _ := render(t, "中[^1]\n文word[^1]\nnext\n\n[^1]: 注", Options{})
	const want = `<p>中<sup class="footnote" id="fnref-1"><a href="#fn-1" role="doc-noteref">1</a></sup>` +
		`文word<sup class="footnote" id="fnref-1-2"><a href="#fn-1" role="doc-noteref">1</a></sup> next</p>`
	if got[:len(want)] != want {
		t.Errorf("notes are looked past: got %s", got)
	}
}
