package render

import (
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
)

// shownAs says why markup is read as words, and how it is written.
type shownAs struct{ why, mend diag.Text }

var leftovers = map[markdown.Loss]shownAs{
	markdown.LeftoverMark: {
		diag.Text{Zh: "两边的记号没有配成对，不成强调", En: "the marks do not pair off"},
		diag.Text{Zh: "记号里面贴着字，外面贴着字或标点；引号和标点移到记号外面", En: "put quotation marks and other punctuation outside the marks"},
	},
	markdown.LeftoverHeading: {
		diag.Text{Zh: "不成小标题", En: "it is no heading"},
		diag.Text{Zh: "小标题用半角的 #，后面空一格", En: "a heading begins with a plain # and a space"},
	},
	markdown.LeftoverQuote: {
		diag.Text{Zh: "不成引文", En: "it is no quotation"},
		diag.Text{Zh: "引文用半角的 >，后面空一格", En: "a quotation begins with a plain > and a space"},
	},
	markdown.LeftoverLink: {
		diag.Text{Zh: "不成链接", En: "it is no link"},
		diag.Text{Zh: "链接写成 [字](网址)：括号是半角的，紧挨着；网址里有空格，用 <> 括起来", En: "a link is [words](address) with plain brackets and nothing between them; an address with blanks stands in <>"},
	},
	markdown.LeftoverPicture: {
		diag.Text{Zh: "不成图片", En: "it is no picture"},
		diag.Text{Zh: "图片写成 ![画面上有什么](文件名)；文件名里有空格或括号，用 <> 括起来；大小不用写", En: "a picture is ![what it shows](file); a name with blanks or brackets stands in <>; sizes are not written"},
	},
	markdown.LeftoverTag: {
		diag.Text{Zh: "这里不能写 HTML", En: "HTML is not read here"},
		diag.Text{Zh: "加粗用 **，换行在行末写 \\，视频写成链接；备注写在文件头里的 # 后面", En: "bold is **, a line break is \\ at the end of a line, a film is a link; remarks go behind a # in the head"},
	},
	markdown.LeftoverTemplate: {
		diag.Text{Zh: "这里不能写模板", En: "templates are not read here"},
		diag.Text{Zh: "多半是从别的建站程序带来的，删掉", En: "it most likely comes from another program; remove it"},
	},
	markdown.LeftoverRuby: {
		diag.Text{Zh: "不成注音", En: "it is no reading over characters"},
		diag.Text{Zh: "注音写成 {字|读音}：前面是汉字，括号和竖线是半角，中间不空格", En: "a reading is {字|reading}: Han characters first, plain braces and bar, no blanks"},
	},
	markdown.LeftoverForeign: {
		diag.Text{Zh: "是别的程序的写法，这里不认", En: "it is markup of other programs"},
		diag.Text{Zh: "要突出的字写成 **字**；提示框写成引文 > ；目录不用写，删掉", En: "words that stand out are **bold**, a box is a quotation (>); contents are not written: remove it"},
	},
	markdown.LeftoverIndent: {
		diag.Text{Zh: "上一行后面没有空行，两段连成了一段", En: "no empty line stands before it, so it goes on with the paragraph above"},
		diag.Text{Zh: "段和段之间空一行，段首不用空格", En: "paragraphs are parted by an empty line and are not indented"},
	},
}

// leftover is the finding of markup that is read as words.
func leftover(path string, pos diag.Pos, l markdown.Lost, s shownAs) diag.Finding {
	if l.Form != "" {
		s.mend = diag.Text{Zh: "这几行整个换成 " + l.Form, En: "write these lines as " + l.Form}
	}
	f := diag.LeftoverMarkup.At(path, pos, l.Text, s.why.Zh, s.why.En, s.mend.Zh, s.mend.En)
	if l.Loss == markdown.LeftoverIndent {
		return f.Put(pos.Line, "")
	}
	return f.Replace(l.Old, l.New)
}
