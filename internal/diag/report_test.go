package diag

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rivo/uniseg"
)

func source(text string) *Source { return NewSource(func(string) []byte { return []byte(text) }) }

func TestReport(t *testing.T) {
	list := []Finding{FullWidthColon.At("a.md", Pos{2, 3}, `姓名: "张"`).Replace("：", ": ")}
	write := func(f func(Report, *strings.Builder) error, r Report) string {
		var b strings.Builder
		if err := f(r, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	text := func(r Report, b *strings.Builder) error { return r.Text(b, list) }
	json := func(r Report, b *strings.Builder) error { return r.JSON(b, list) }
	github := func(r Report, b *strings.Builder) error { return r.GitHub(b, list) }
	src := source("---\n姓名：\"张\"\n---\n")
	first := "a.md:2:3: error[full-width-colon]: 这里用了全角冒号“：”，要用半角冒号加一个空格\n  改法：改成：姓名: \"张\"\n"
	for _, c := range []struct{ name, got, want string }{
		{"text", write(text, Report{Lang: Chinese}), first},
		{"text with excerpt", write(text, Report{Lang: Chinese, Source: src}), first + `       2 | 姓名："张"
         |     ^^
    改成 | 姓名: "张"
`},
		{"colour", strings.SplitN(write(text, Report{Lang: English, Colour: true}), ":", 3)[0], "\x1b[1ma.md"},
		{"json", write(json, Report{Lang: English, Source: src}),
			`{"path":"a.md","line":2,"col":3,"severity":"error","code":"full-width-colon","message":"a full-width colon “：” stands here; a plain colon and a space are needed","hint":"write: 姓名: \"张\"","excerpt":"姓名：\"张\"\n    ^^","fix":{"line":2,"before":"姓名：\"张\"","after":"姓名: \"张\""}}` + "\n"},
		{"github", write(github, Report{Lang: English, Source: src}),
			"::error file=a.md,line=2,col=3,title=full-width-colon::a full-width colon “：” stands here; a plain colon and a space are needed%0Ahint: write: 姓名: \"张\"%0Awrite: 姓名: \"张\"\n"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, c.got, c.want)
		}
	}
	list = []Finding{UnusedFile.At("a,b:100%.jpg", Pos{})}
	if got, want := write(github, Report{Lang: English}), "::warning file=a%2Cb%3A100%25.jpg,title=unused-file::"; !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s…", got, want)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("长", 100)
	for _, c := range []struct {
		name, line string
		f          Finding
		want, mark string
	}{
		{"narrow", "kind: prak", BadValue.At("", Pos{1, 7}, "kind", "prak"), "kind: prak", "      ^^^^"},
		{"wide before", "类别: 公圆", BadValue.At("", Pos{1, 5}, "类别", "公圆"), "类别: 公圆", "      ^^^^"},
		{"combining and rare", "𬀩e\u0301: x", Syntax.At("", Pos{1, 4}), "𬀩e\u0301: x", "   ^"},
		{"tab", "\ta: 1", Tab.At("", Pos{1, 1}), "    a: 1", "^^^^"},
		{"end of line", "ab", Syntax.At("", Pos{1, 3}), "ab", "  ^"},
		{"past the end", "ab", Syntax.At("", Pos{1, 30}), "ab", "  ^"},
		{"escape", "a\x1b[31mb", Syntax.At("", Pos{1, 2}), "a<1B>[31mb", " ^^^^"},
		{"unseen", "姓\u200b名: x", Syntax.At("", Pos{1, 2}), "姓<U+200B>名: x", "  ^^^^^^^^"},
		{"bidi", "a\u202eb", Syntax.At("", Pos{1, 1}), "a<U+202E>b", "^"},
		{"clipped", long + "错" + long, Syntax.At("", Pos{1, 101}), "..." + strings.Repeat("长", 18) + "错" + strings.Repeat("长", 18) + "...", strings.Repeat(" ", 39) + "^^"},
		{"private", "电话13800138000。", PersonalData.At("", Pos{1, 3}, "138…00"), "电话***********。", "    ^"},
		{"fix tells how much", "a: 甲乙丙", Syntax.At("", Pos{1, 4}).Replace("甲乙", "x"), "a: 甲乙丙", "   ^^^^"},
	} {
		x, ok := source(c.line).Excerpt(c.f)
		if got := x.Before + x.Marked + x.After; !ok || got != c.want || x.Mark() != c.mark {
			t.Errorf("%s: got\n%s\n%s\nwant\n%s\n%s", c.name, got, x.Mark(), c.want, c.mark)
		}
	}
	if _, ok := source("").Excerpt(Tab.At("", Pos{1, 1})); ok {
		t.Error("a file that is not there has an excerpt")
	}
	if _, ok := source("x").Excerpt(Tab.At("", Pos{})); ok {
		t.Error("a finding about a whole file has an excerpt")
	}
}

// The mark stands under its place whatever the line holds, and nothing a terminal
// would act on gets through.
func TestMarkStandsUnderItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := strings.ReplaceAll(rapid.String().Draw(t, "line"), "\n", "")
		col := rapid.IntRange(1, 40).Draw(t, "col")
		x, ok := source(line + "\n").Excerpt(Syntax.At("", Pos{1, col}))
		if !ok {
			return
		}
		if spaces := strings.Count(x.Mark(), " "); spaces != uniseg.StringWidth(x.Before) {
			t.Fatalf("%q is %d wide, the mark begins at %d", x.Before, uniseg.StringWidth(x.Before), spaces)
		}
		for _, r := range x.Before + x.Marked + x.After {
			if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e {
				t.Fatalf("%U gets through", r)
			}
		}
	})
}

func TestMended(t *testing.T) {
	text := "---\n姓名: \"张三\"\n铭牌:\n  材质: 铜\n---\n"
	for _, c := range []struct {
		name string
		f    Finding
		want Mended
	}{
		{"replace", Syntax.At("", Pos{2, 1}).Replace("姓名", "名称"), Mended{2, "姓名: \"张三\"", "名称: \"张三\""}},
		{"behind a quote", Syntax.At("", Pos{2, 5}).Replace("张三", "李四"), Mended{2, "姓名: \"张三\"", "姓名: \"李四\""}},
		{"below", Syntax.At("", Pos{3, 1}).Replace("铜", "金属"), Mended{4, "  材质: 铜", "  材质: 金属"}},
		{"one line that becomes two", Syntax.At("", Pos{4, 1}).Replace("材质: ", "材质:\n    "), Mended{4, "  材质: 铜", "  材质:\n    铜"}},
		{"put in words", Syntax.At("", Pos{4, 8}).ReplaceAt(Pos{4, 8}, "", "!"), Mended{4, "  材质: 铜", "  材质: 铜!"}},
		{"put in a line", Syntax.At("", Pos{2, 1}).Put(5, "地区: …"), Mended{5, "", "地区: …"}},
		{"below the last line", Syntax.At("", Pos{2, 1}).Put(6, "x"), Mended{6, "", "x"}},
		{"not there", Syntax.At("", Pos{2, 1}).Replace("无", "有"), Mended{}},
		{"nothing to suggest", Syntax.At("", Pos{2, 1}).Replace("姓名", ""), Mended{}},
		{"no place", Syntax.At("", Pos{}).Replace("姓名", "名称"), Mended{}},
		{"far below the file", Syntax.At("", Pos{2, 1}).Put(60, "x"), Mended{}},
	} {
		if got, ok := source(text).Mended(c.f); got != c.want || ok != (c.want != Mended{}) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}
