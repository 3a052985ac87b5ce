package manual

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"

	"mingdeng/internal/diag"
)

// example is one thing Markdown can do. shows is part of the HTML it becomes: a test
// renders every example.
type example struct {
	write string
	about diag.Text
	shows string
}

var examples = []example{
	{"## 小标题", diag.Text{Zh: "小标题，几级就几个 #", En: "a heading; as many # as its level"}, "<h2"},
	{"**“重点”**的话", diag.Text{Zh: "加粗；旁边是中文标点也行", En: "strong, beside full-width marks too"}, "<strong>“重点”</strong>的"},
	{"*强调*", diag.Text{Zh: "着重号", En: "emphasis"}, "<em>强调</em>"},
	{"~~删去~~", diag.Text{Zh: "删除线", En: "struck out"}, "<del>删去</del>"},
	{"- 一项", diag.Text{Zh: "清单；1. 开头是编号", En: "a list; 1. for numbers"}, "<li>"},
	{"- [x] 做好了", diag.Text{Zh: "任务清单", En: "a task list"}, "做好了"},
	{"> 引文", diag.Text{Zh: "引文", En: "a quotation"}, "<blockquote>"},
	{"[文字](https://example.cn/)", diag.Text{Zh: "链接", En: "a link"}, "href=\"https://example.cn/\""},
	{"[[heroes/zhang-san]]", diag.Text{Zh: "链接到一位英雄，显示姓名", En: "links a record and shows its name"}, "href=\"../zhang-san/\""},
	{"[[zhang-san|老张]]", diag.Text{Zh: "链接，自己写显示的文字", En: "the same with words of your own"}, "老张</a>"},
	{"![画面上有什么](a.jpg \"图注\")", diag.Text{Zh: "图片；单独一段时图注在下面", En: "a picture; alone in a paragraph, its caption stands below"}, "图注"},
	{"{堃|kūn}", diag.Text{Zh: "注音；也可写 [堃]{kūn}", En: "ruby; [堃]{kūn} does too"}, "<rt>kūn"},
	{"正文[^1]\n\n[^1]: 注文", diag.Text{Zh: "脚注", En: "a footnote"}, "注文"},
	{"| 年 | 人数 |\n| --- | --- |\n| 2023 | 12 |", diag.Text{Zh: "表格", En: "a table"}, "<table>"},
	{"上一行\n下一行", diag.Text{Zh: "中文换行不会多出空格；空一行是另起一段", En: "a line break between Han characters adds no space; an empty line begins a paragraph"}, "上一行下一行"},
	{"<b>原样</b>", diag.Text{Zh: "网页代码（HTML）按原文显示，不会执行", En: "HTML is shown as text and never runs"}, "&lt;b"},
}

func markdown(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{
		Zh: "正文是 Markdown（CommonMark，加表格、删除线、任务清单、脚注）：\n\n",
		En: "Texts are Markdown (CommonMark with tables, strikethrough, task lists and footnotes):\n\n",
	}.In(l))
	for _, x := range examples {
		lines := strings.Split(x.write, "\n")
		for i, line := range lines {
			if i == len(lines)-1 {
				fmt.Fprintf(&b, "    %s%s%s\n", line, strings.Repeat(" ", max(2, 34-uniseg.StringWidth(line))), x.about.In(l))
			} else {
				fmt.Fprintf(&b, "    %s\n", line)
			}
		}
	}
	return b.String()
}
