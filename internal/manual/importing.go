package manual

import "mingdeng/internal/diag"

// importTopic tells how files become content.
func importTopic(l diag.Lang) string {
	return diag.Text{
		Zh: `导入只新建文件，从不改动已有的。文章是草稿，英雄都未授权：核对之前什么也不会上网。
先加 --dry-run 看看会怎样，它什么也不写。

## 例子

一篇 Word 文章变成简报；放进 2023 年：

    mingdeng import 走访.docx
    mingdeng import 走访.docx --into 2023

变成一本书里的一篇，书没有就新建；变成页面；变成一位英雄的事迹：

    mingdeng import 第一篇.docx --into 文集
    mingdeng import 关于我们.docx --kind 页面
    mingdeng import 张三事迹.docx --kind 英雄

名单（Excel、csv，或只有一张名单、一张登记表的 Word 文件），一行一位英雄：

    mingdeng import 名单.xlsx --region 某省/某市
    mingdeng import 申报审批表.docx --kind 英雄

存下来的网页。公众号文章：电脑上用浏览器打开，翻到底等图都出来，“另存为 → 网页，全部”：

    mingdeng import 文章.html

一次很多：

    mingdeng import *.docx
    mingdeng import 历年材料
    mingdeng import 材料.zip

同一个命令可以再运行：已经收过的说“一模一样”，改过的不动。

## 能收什么

- .docx .docm .dotx、.xlsx .xlsm、.csv .tsv、.txt、另存的 .html，文件夹和 .zip。
- .doc .wps .rtf .odt、.xls .et .ods：装了 LibreOffice 就由它转换，在终端里问一次；不问就转，加 --convert 是。
  原来的文件不动。没有装，一批文件可以这样转好再导入（在文件所在的文件夹里）：

    soffice --headless --convert-to docx *.doc *.wps *.rtf
    soffice --headless --convert-to xlsx *.xls *.et

  WPS 里是逐个打开，另存为 .docx（表格存成 .xlsx）。
- ~$ 开头的是打开着的文件留下的锁，跳过。PDF、图片里的字收不了：找原来的 Word 文件。

## 什么不会收

- 身份证号、残疾证号、手机号、银行卡号：换成“（…略）”，报告里说有几个。
- 名单里住址、电话、家属这些列：一个字也不收。
- 图片裁掉的部分、隐藏的文字和行列、批注：不收；批注的话只说给您听。
- 收不进来的图片，正文里留一句“〔此处原有图片〕”：补上图片，或删掉这一句。

## 报告

“收进来的”在文件里了；“猜的”要核对（标题、日期、小标题）；“没有收进来的”原文里有、这里没有；“还要您来做的”
是下一步。很长的只列开头，加 -v 全部列出；给程序读，加 --format json。
同一年有两篇同名的（公示），第二篇编成 公示-2。
`,
		En: `An import makes new files and never changes one. Texts come as drafts, heroes without consent: nothing shows
before it is checked. Try --dry-run first, which writes nothing.

## Examples

A Word file becomes a brief, of 2023:

    mingdeng import visit.docx
    mingdeng import visit.docx --into 2023

A chapter of a book, which is made if need be; a page; the story of a hero:

    mingdeng import one.docx --into BOOK
    mingdeng import about.docx --kind page
    mingdeng import story.docx --kind hero

A roll (a workbook, a .csv, a Word file that is one roll or form and nothing else), a hero a row:

    mingdeng import roll.xlsx --region PROVINCE/CITY
    mingdeng import form.docx --kind hero

A saved page. A WeChat article: open it in a browser, scroll to its end until all pictures have come, and save
it as a complete web page:

    mingdeng import article.html

Many at once:

    mingdeng import *.docx
    mingdeng import FOLDER
    mingdeng import ARCHIVE.zip

The same command may be run again: what is there is told to be the same, what was changed is left alone.

## What is taken

- .docx .docm .dotx, .xlsx .xlsm, .csv .tsv, .txt, saved .html, folders and .zip.
- .doc .wps .rtf .odt, .xls .et .ods through LibreOffice, where it is installed: asked once at a terminal,
  --convert yes does not ask. The files stay as they are. Without it, a batch can be converted first:

    soffice --headless --convert-to docx *.doc *.wps *.rtf
    soffice --headless --convert-to xlsx *.xls *.et

- Files that begin with ~$ are locks of open files and are passed over. PDFs and words in pictures cannot be
  read: use the Word file they were made from.

## What is not

- Numbers of identity cards, disability certificates, mobiles and bank cards: replaced, and counted.
- Private columns of a roll: addresses, telephones, family. Not one character.
- What was cropped off a picture, hidden words, rows and columns, comments. Comments are told to you alone.
- Where a picture cannot be taken stands [a picture stood here]: put it there, or take the words out.

## The report

What was taken stands in the files; what was guessed is to be checked; what was left out is in the original
alone; the last part is for you to do. Long lists show their beginning, -v shows all; --format json is for
programs. A second text of one title in a year gets a number.
`}.In(l)
}
