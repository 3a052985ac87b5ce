package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/diag"
)

// windowsCodes are the findings that come of Windows, WPS and input methods.
var windowsCodes = []*diag.Code{
	diag.FullWidthColon, diag.FullWidthMark, diag.NoSpace, diag.HeadMarks, diag.WideSpace, diag.Tab,
	diag.UTF16, diag.GB18030, diag.NUL, diag.ReservedName, diag.CaseClash, diag.MissingPicture,
}

func windows(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{
		Zh: `## 打开命令行

在网站的文件夹里，点一下地址栏，输入 cmd，回车。PowerShell 和 Windows 终端也行。
中文显示不受代码页影响（GBK 的窗口也一样）。要把提示存成文件：

    mingdeng check 2> 问题.txt

存下的是 UTF-8，用记事本、WPS 都能打开。不想要颜色：先运行 set NO_COLOR=1。
停下来按 Ctrl-C：程序会说网站有没有改动；再按一次立刻结束。

## 写文件

- 用记事本写 .md 和 .yaml，保存时编码选 UTF-8。Windows 换行（CRLF）和文件开头的 BOM 都可以。
- 不要用 WPS 或 Word 直接写：它们会把 --- 变成长横线，把引号变成全角，存下的也不是文字文件。
  Word 文件用 mingdeng import 转换。
- 前置信息（两行 --- 之间）里，冒号、逗号、括号、短横用英文输入法打。正文不受限制。
- 微信里的文字先粘贴到记事本，再复制出来，就不会带进看不见的字符。

## 文件名

- 中文文件名可以，网址用拼音。不要用 \ / : * ? " < > |，末尾不要有空格或点，
  不要叫 con、prn、aux、nul、com1–9、lpt1–9。
- 大小写要和文章里写的一致：Windows 不分，网站服务器分。
- 苹果电脑存下的带音调的文件名（NFD）也认得。

## 常见的提示

`, En: `## A command line

In the folder of the site, click the address bar, type cmd and press Enter. PowerShell and Windows Terminal
do as well. Chinese is shown right in any code page, GBK too. To keep what is said in a file:

    mingdeng check 2> findings.txt

It is UTF-8. No colours: set NO_COLOR=1. Ctrl-C stops, and says whether the site has changed; a second one
ends at once.

## Files

- Write .md and .yaml in a plain editor, saved as UTF-8. CRLF and a byte-order mark are fine.
- Not in a word processor: it turns --- into dashes and straight quotes into others, and saves no plain text.
  mingdeng import converts Word documents.
- In the front matter, colons, commas, brackets and dashes are plain ones. The text below is free.

## File names

- Chinese names are fine; addresses use pinyin. Not \ / : * ? " < > |, no space or dot at the end,
  not con, prn, aux, nul, com1-9, lpt1-9.
- Case must agree with what texts say: Windows does not tell it apart, web servers do.
- Names saved by a Mac (NFD) are understood.

## What is often said

`,
	}.In(l))
	for _, c := range windowsCodes {
		first, _, _ := strings.Cut(c.Explain.In(l), "\n")
		fmt.Fprintf(&b, "%s\n    %s\n", c.ID, first)
	}
	return b.String()
}
