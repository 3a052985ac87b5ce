package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// article is a text of about 3 KB such as a hero's page has.
var article = []byte(strings.Repeat(`## 一、纵身一跃

二〇二〇年五月二十日傍晚，[[heroes/li-si|李四]]下班路过河堤，听见有人喊“**救命！**”，他没有犹豫，
把电动车往路边一放，就跳进了两米多深的水里。水流很急，孩子已经漂出去十几米。

- 第一次下水，托起孩子的头；
- 第二次，和赶来的[群众](../../venues/park/)一起把孩子拉上岸。

![河堤](river.jpg "事发河段")

“当时什么也没想。”他说，“换了谁都会这样做。”这一年他三十四岁[^1]，在一家修理厂当工人，
家里有老人和两个上学的孩子。事后**“见义勇为”**的锦旗送到厂里，他把它收进了柜子。

[^1]: 据郑州市协会的简报。
`, 3))

func articleRefs() Refs {
	return Refs{
		Wiki:     map[string]Link{"heroes/li-si": {Href: "/heroes/li-si/", Text: "李四"}},
		Links:    map[string]Link{"../../venues/park/": {Href: "/venues/park/"}},
		Pictures: map[string]Picture{"river.jpg": {Src: "/a/river.jpg", Srcset: "/a/river.640.jpg 640w", Sizes: "100vw", Width: 1280, Height: 720}},
	}
}

func BenchmarkRender(b *testing.B) {
	r, o := New(), Options{Refs: articleRefs(), Lang: "zh-Hans"}
	var w bytes.Buffer
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if _, err := r.Render(&w, article, o); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGoldmark is what the same text costs without anything of ours.
func BenchmarkGoldmark(b *testing.B) {
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote))
	var w bytes.Buffer
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := md.Convert(article, &w); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		if len(Scan(article)) == 0 {
			b.Fatal("nothing found")
		}
	}
}

func BenchmarkCount(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		if Count(article) == 0 {
			b.Fatal("nothing counted")
		}
	}
}
