package rich

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/markdown"
)

func TestInline(t *testing.T) {
	for _, c := range []struct {
		name  string
		spans []Span
		want  string
	}{
		{"plain", []Span{{Text: "　　他说：“走。”"}}, "他说：“走。”"},
		{"bold beside marks", []Span{{Text: "协会"}, {Text: "“送温暖”", Bold: true}, {Text: "小组"}}, "协会**“送温暖”**小组"},
		{"blanks stand outside", []Span{{Text: "重点 ", Bold: true}, {Text: "next"}}, "**重点** next"},
		{"both", []Span{{Text: "a", Bold: true}, {Text: "b", Bold: true, Italic: true}}, "**a*b***"},
		{"marks as text", []Span{{Text: "8~10点 *注* [1] <b> a_b _c_ `x` {x|y} 5|6 A&amp;B C\\D"}}, `8\~10点 \*注\* \[1\] \<b> a_b \_c\_ \` + "`x\\`" + ` \{x\|y} 5\|6 A\&amp;B C\\D`},
		{"line start", []Span{{Text: "- 一"}, {Break: true}, {Text: "1. 二"}, {Break: true}, {Text: "# 三"}}, "\\- 一\\\n1\\. 二\\\n\\# 三"},
		{"number without blank is text", []Span{{Text: "1.2万元"}}, "1.2万元"},
		{"link", []Span{{Text: "看!"}, {Text: "网站", Link: "https://a.cn/x(1)?b=1&c=2"}}, `看\![网站](<https://a.cn/x(1)?b=1&amp;c=2>)`},
		{"bare link", []Span{{Text: "https://a.cn/", Link: "https://a.cn/"}}, "<https://a.cn/>"},
		{"ruby", []Span{{Text: "堃", Ruby: "kūn"}}, "{堃|kūn}"},
		{"ruby that is none", []Span{{Text: "A", Ruby: "kūn"}}, "A"},
		{"emphasis that cannot close", []Span{{Text: "foo.", Bold: true}, {Text: "bar"}}, "foo.bar"},
		{"note", []Span{{Text: "话"}, {Note: 1}, {Text: "。"}}, "话[^1]。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &writer{doc: &Document{}}
			got, _ := w.inline(Tidy(c.spans), false)
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestBlocks(t *testing.T) {
	say := func(s string) []Span { return []Span{{Text: s}} }
	d := Document{
		Blocks: []Block{
			{Kind: Heading, Level: 1, Text: say("一")},
			{Kind: Heading, Level: 3, Text: say("三")},
			{Kind: Item, Ordered: true, Number: 9, Text: say("九")},
			{Kind: Item, Ordered: true, Number: 10, Text: say("十")},
			{Kind: Item, Level: 1, Text: say("内")},
			{Kind: Item, Level: 2, Ordered: true, Number: 1, Text: say("更内")},
			{Kind: Item, Ordered: true, Number: 1, Text: say("又一")},
			{Kind: Item, Text: say("点")},
			{Kind: Table, Cells: [][][]Span{{say("a|b"), nil}, {{{Text: "一"}, {Break: true}, {Text: "二"}}, say("c")}}},
			{Kind: Figure, Picture: 1, Caption: `图"一"`},
			{Kind: Quote, Blocks: []Block{{Text: say("引")}, {Kind: Item, Text: say("项")}}},
			{Text: []Span{{Text: "文"}, {Note: 1}}},
		},
		Notes:    [][]Block{{{Text: say("注一")}, {Text: say("注二")}}},
		Pictures: []Picture{{Alt: "合影 [左]", Name: "picture-1.jpg"}},
	}
	want := `## 一

#### 三

9. 九
10. 十
    - 内
      1. 更内
1) 又一
- 点

| a\|b |  |
| --- | --- |
| 一 二 | c |

![合影 \[左\]](picture-1.jpg "图\"一\"")

> 引
>
> - 项

文[^1]

[^1]: 注一

    注二
`
	if got, _ := d.Markdown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWordsSurvive: whatever characters a document holds, its Markdown reads as
// the same words.
func TestWordsSurvive(t *testing.T) {
	bits := []string{
		"义", "勇", "“", "”", "，", "。", "a", "Z", "1", "12", " ", "　", "*", "**", "_", "__", "`", "~", "~~", "[", "]", "(", ")", "<", ">",
		"{", "}", "|", "\\", "#", "##", "-", "---", "+", "=", "===", "!", "&", "&amp;", "&#60;", ";", ":", ":-", "^", "[^1]", "[^1]:", "$",
		"1. ", "- ", "> ", "http://a.cn", "<b>", "</p>", "<!--", "{堃|kūn}", "[[x]]", "\n", "\t", "é", "𬀩", "\u00a0", "\"", "'", "@", "a@b.cn", "[x]: y", "﹏", "…",
	}
	words := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(bits), 1, 8).Draw(t, "bits"), "")
	})
	span := rapid.Custom(func(t *rapid.T) Span {
		s := Span{Text: words.Draw(t, "words")}
		switch rapid.IntRange(0, 12).Draw(t, "look") {
		case 0, 1:
			s.Bold = true
		case 2:
			s.Italic = true
		case 3:
			s.Strike = true
		case 4:
			s.Link = "https://example.cn/" + rapid.SampledFrom([]string{"", "a(b", "x y", "?a=1&b=2", "<>", "[", "*", "\\"}).Draw(t, "link")
		case 5:
			s = Span{Break: true}
		case 6:
			s.Bold, s.Italic = true, true
		case 7:
			s.Code = true
		}
		return s
	})
	spans := rapid.Custom(func(t *rapid.T) []Span { return Tidy(rapid.SliceOfN(span, 1, 6).Draw(t, "spans")) })
	block := rapid.Custom(func(t *rapid.T) Block {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return Block{Kind: Heading, Level: rapid.IntRange(1, 6).Draw(t, "level"), Text: spans.Draw(t, "text")}
		case 1:
			return Block{Kind: Item, Level: rapid.IntRange(0, 3).Draw(t, "depth"), Ordered: rapid.Bool().Draw(t, "ordered"), Number: rapid.IntRange(0, 12).Draw(t, "number"), Text: spans.Draw(t, "text")}
		case 2:
			n := rapid.IntRange(1, 3).Draw(t, "columns")
			return Block{Kind: Table, Cells: rapid.SliceOfN(rapid.SliceOfN(spans, n, n), 1, 3).Draw(t, "cells")}
		}
		return Block{Text: spans.Draw(t, "text")}
	})
	squeeze := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "　", " ")), " ") }
	rapid.Check(t, func(t *rapid.T) {
		d := Document{Blocks: rapid.SliceOfN(block, 1, 5).Draw(t, "blocks")}
		var want []string
		for _, b := range d.Blocks {
			for _, row := range b.Cells {
				for _, c := range row {
					want = append(want, Words(c))
				}
			}
			want = append(want, Words(b.Text))
		}
		text, _ := d.Markdown()
		if got, want := squeeze(markdown.Text([]byte(text))), squeeze(strings.Join(want, " ")); got != want {
			t.Fatalf("markdown:\n%s\ngot  %q\nwant %q", text, got, want)
		}
	})
}
