package markdown

import (
	"strings"
	"testing"
)

func TestLeftovers(t *testing.T) {
	for _, c := range []struct{ line, mended string }{
		{"＃标题", "# 标题"},
		{"##标题", "## 标题"},
		{"＃＃　标题", "## 标题"},
		{"[字]（https://a.cn/x）", "[字](https://a.cn/x)"},
		{"见［字］（https://a.cn/x）", "见[字](https://a.cn/x)"},
		{"[字] (https://a.cn/x)", "[字](https://a.cn/x)"},
		{"[表](附件 一.xlsx)", "[表](<附件 一.xlsx>)"},
		{"**“重点”**2020", "“**重点**”2020"},
		{"a**“重”**b", "a“**重**”b"},
		{"说** 重点 **，", "说**重点**，"},
		{"说＊＊重点＊＊，", "说**重点**，"},
		{"他__重点__了", "他**重点**了"},
		{"开头**没有收", ""},
		{"前<!-- x -->后", "前后"},
		{"<!-- x -->", ""},
		{"甲<br/>", "甲"},
		{"甲<br/>\n乙", "甲\\\n乙"},
		{"甲<br/>\n- 乙", "甲\n- 乙"},
		{"甲<br/>乙", "甲\\\n乙"},
		{"甲 <br> 乙<br />丙", "甲\\\n乙\\\n丙"},
		{"甲<br><br>乙", "甲\n\n乙"},
		{"<p>甲<br>乙</p>", "甲\\\n乙"},
		{"- 甲<br><br>乙", "- 甲\\\n乙"},
		{"> 甲<br>乙", "> 甲\\\n乙"},
		{"# 甲<br>乙", "# 甲 乙"},
		{"甲<br>- 乙", "甲 - 乙"},
		{"{堃|kūn}<br>乙", "{堃|kūn}\\\n乙"},
		{"| 甲 | 乙 |\n|---|---|\n| 一<br>二 | 三。<br>四 |", "| 甲 | 乙 |\n|---|---|\n| 一；二 | 三。四 |"},
		{"<b>重点</b>，<font color=red>红</font>", "**重点**，红"},
		{`<a href="https://a.cn/">字</a>`, "[字](https://a.cn/)"},
		{`图<img src="a.jpg" alt="桥">`, "图![桥](a.jpg)"},
		{`<iframe src="//player.bilibili.com/x"></iframe>`, "[看视频](https://player.bilibili.com/x)"},
		{"甲{% raw %}乙", "甲乙"},
		{"甲{% raw %}", "甲"},
		{"[字]（网址）", "[字](网址)"},
		{"甲 {{< figure src=a >}}", "甲 "},
		{"![图](b.png =300x200)", "![图](b.png)"},
		{"![图](照片 (1).jpg)", "![图](<照片 (1).jpg>)"},
		{"![图]（b.png）", "![图](b.png)"},
		{"![[a.jpg]]", "![](a.jpg)"},
		{"＞引用", "> 引用"},
		{`<audio src="a.mp3" controls></audio>`, "[听录音](a.mp3)"},
		{"甲==重点==乙", "甲**重点**乙"},
		{"[TOC]", ""},
		{"任{堃 | kūn}", "任{堃|kūn}"},
		{"任｛堃｜kūn｝", "任{堃|kūn}"},
		{"任{堃|}", ""},
		{"{CCTV|中央电视台}", ""},
		{":::tip", ""},
		{"> [!NOTE]", ""},
	} {
		_, info := render(t, "前文\n\n"+c.line, Options{})
		if len(info.Lost) != 1 || info.Lost[0].Line != 3 && !strings.Contains(c.line, "|-") || len(info.Missing) > 0 && !strings.Contains(c.mended, ".") {
			t.Errorf("%s: %+v, missing %v", c.line, info.Lost, info.Missing)
			continue
		}
		got := ""
		if l := info.Lost[0]; l.New != "" || l.Old != "" {
			if !strings.Contains(c.line, l.Old) {
				t.Errorf("%s: %q is not in the line", c.line, l.Old)
			}
			at := len(string([]rune(c.line)[:l.Col-1])) // as a fix is applied: at its place
			got = c.line[:at] + strings.Replace(c.line[at:], l.Old, l.New, 1)
		}
		if got != c.mended {
			t.Errorf("%s\n got %q\nwant %q", c.line, got, c.mended)
		}
		if got == "" {
			continue
		}
		if _, again := render(t, "前文\n\n"+got, Options{}); len(again.Lost) > 0 {
			t.Errorf("%s: mended, it still shows %+v", c.line, again.Lost)
		}
	}
}

// What stands there on purpose is not told.
func TestNoLeftovers(t *testing.T) {
	for _, line := range []string{
		"3*5=15，a_b_c，2~3天", "`**“重点”**2020`", `\*\*不是重点\*\*`, "#话题#", "编号#5", "（见[2020]3号文）", "[2020] (3)号", "[注](见下)",
		"a < b，<张三>", "{甲}", "1 ** 2", "______", "**重点**", "[字](https://a.cn/)", "![图](a.jpg)", "> 引用", "他说：＞", "    <br/>",
		"a == b == c", "{甲、乙}", `\{甲|乙}`, "{堃|kūn}", "========", "x[ ]y", "［TOC］", "a::: b", "[x]号", "- [ ] 待办", "``` \n<br/>\n```", "姓名：________　年龄：__", "第一行\n第二行",
	} {
		if _, info := render(t, line, Options{}); len(info.Lost) > 0 {
			t.Errorf("%s: %+v", line, info.Lost)
		}
	}
}

// HTML over several lines is one finding, which names what stands for it.
func TestSpreadTags(t *testing.T) {
	for _, c := range []struct{ text, form string }{
		{"<video controls width=\"100%\">\n  <source src=\"a.mp4\" type=\"video/mp4\">\n  您的浏览器不支持\n</video>", "[看视频](a.mp4)"},
		{"<iframe\n  src=\"//player.bilibili.com/x?a=1&b=2\"\n  width=\"600\"></iframe>", "[看视频](https://player.bilibili.com/x?a=1&b=2)"},
		{"<audio controls>\n<source src='a b.mp3'>\n</audio>", "[听录音](<a b.mp3>)"},
		{"<img\nsrc=\"a.jpg\"\nalt=\"桥\">", "![桥](a.jpg)"},
		{"<div\nclass=x>", ""},
	} {
		_, info := render(t, "前文\n\n"+c.text+"\n\n后文", Options{})
		if len(info.Lost) != 1 || info.Lost[0].Line != 3 || info.Lost[0].Form != c.form || info.Lost[0].New != "" {
			t.Errorf("%s:\n%+v", c.text, info.Lost)
		}
	}
}

func TestIndentedLine(t *testing.T) {
	_, info := render(t, "　　第一段。\n　　第二段。\n第三行", Options{})
	if len(info.Lost) != 1 || info.Lost[0].Loss != LeftoverIndent || info.Lost[0].Line != 2 || info.Lost[0].Col != 1 {
		t.Errorf("%+v", info.Lost)
	}
}
