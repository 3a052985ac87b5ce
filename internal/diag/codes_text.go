package diag

// Findings about words of a text that readers do not see, or not as what was meant.
var (
	CellsLost = declare(Code{
		ID: "cells-lost", Severity: Warning,
		Message: Text{"这一行的格子比表头多，“{0}”不会显示", "this row has more cells than the head of its table; \"{0}\" is not shown"},
		Hint:    Text{"给表头和它下面的横线也加一格，或者把多出来的话并进前面的格子；格子里要写竖线，写成 \\|", "add a cell to the head and to the line below it, or put the words into a cell before; a bar within a cell is written \\|"},
		Explain: Text{
			"表格有几列，由第一行（表头）决定，多出来的格子按 GFM 的规矩不显示。格子里的 `[[zhang-san|老张]]` 和 `{堃|kūn}` 不用管，竖线不会把它们切开；别的竖线要写成 `\\|`。",
			"The head decides how many columns a table has; cells beyond them are not shown (GFM). The bars of `[[zhang-san|Zhang]]` and `{堃|kūn}` part no cells; any other bar within a cell is written `\\|`.",
		},
	})
	NoteUnused = declare(Code{
		ID: "note-unused", Severity: Warning,
		Message: Text{"脚注 [^{0}] 没有一处引用，不会显示", "nothing refers to the note [^{0}], so it is not shown"},
		Hint:    Text{"在正文要加注的地方写上 [^{0}]，或者删掉这条脚注", "write [^{0}] in the text where the note belongs, or remove the note"},
		Explain: Text{
			"脚注有两半：正文里的 `[^1]`，和单独一段的 `[^1]: 注文`。只有后一半的不会显示。",
			"A note has two halves: `[^1]` in the text, and `[^1]: the note` as a paragraph of its own. The second alone is not shown.",
		},
	})
	NoteTwice = declare(Code{
		ID: "note-twice", Severity: Warning,
		Message: Text{"脚注 [^{0}] 写了两次，这一条不会显示", "the note [^{0}] is written twice; this one is not shown"},
		Hint:    Text{"给这一条换个号，正文里引用它的地方也改过来", "give this one another label, here and where the text refers to it"},
		Explain: Text{
			"同一个号的脚注只显示第一条。",
			"Of notes with the same label the first alone is shown.",
		},
	})
	NoteMissing = declare(Code{
		ID: "note-missing", Severity: Warning,
		Message: Text{"这里引用了脚注 [^{0}]，可是没有写它的内容，读者会看到“[^{0}]”这几个字", "the note [^{0}] is referred to here and written nowhere; readers see \"[^{0}]\""},
		Hint:    Text{"另起一段写：[^{0}]: 注文（半角冒号加空格）", "write it as a paragraph of its own: [^{0}]: the note"},
		Explain: Text{
			"脚注有两半：正文里的 `[^1]`，和单独一段的 `[^1]: 注文`。少了后一半，前一半就照原样显示。两处的号要一样，冒号要用半角。",
			"A note has two halves: `[^1]` in the text, and `[^1]: the note` as a paragraph of its own. Without the second the first is shown as it stands.",
		},
	})
	NoteColon = declare(Code{
		ID: "note-colon", Severity: Warning,
		Message: Text{"脚注 [^{0}] 后面是全角冒号“：”，程序不当它是脚注", "a full-width colon stands after [^{0}], so this is no note"},
		Hint:    Text{"换成半角冒号加一个空格", "write a plain colon and a space"},
		Explain: Text{
			"脚注写成单独一段：`[^1]: 注文`，冒号是英文的半角冒号，后面空一格。",
			"A note is a paragraph of its own: `[^1]: the note`, with a plain colon and a space.",
		},
	})
	DefinitionUnused = declare(Code{
		ID: "definition-unused", Severity: Warning,
		Message: Text{"“[{0}]: …”被当成了链接的地址，不会显示", "\"[{0}]: …\" is read as the address of a link and is not shown"},
		Hint:    Text{"是要给人看的话，在方括号前加一个反斜杠，或用全角冒号；是链接的地址，就在正文里用 [{0}] 引用它，用不着就删掉", "if readers are to see it, put a backslash before the bracket; if it is the address of a link, refer to it as [{0}], or remove it"},
		Explain: Text{
			"行首的 `[名字]: 地址` 是 Markdown 的链接定义：正文里写 `[名字]`，就链到那个地址，这一行本身不显示。没有一处引用它，这些字就白写了。对话写成 `[张三]：他说`（全角冒号）或 `张三: 他说` 都可以。",
			"`[name]: address` at the beginning of a line defines a link: `[name]` in the text leads there, and the line itself is not shown. Nothing refers to this one, so its words are lost.",
		},
	})
	DefinitionTwice = declare(Code{
		ID: "definition-twice", Severity: Warning,
		Message: Text{"链接的地址 [{0}] 写了两次，这一个不起作用", "the address [{0}] is defined twice; this one has no effect"},
		Hint:    Text{"给这一个换个名字，或者删掉", "give this one another name, or remove it"},
		Explain: Text{
			"同一个名字的链接定义只有第一个算数。",
			"Of definitions with the same name the first alone counts.",
		},
	})
	CodeWords = declare(Code{
		ID: "code-words", Severity: Warning,
		Message: Text{"``` 后面的“{0}”不会显示", "\"{0}\" behind ``` is not shown"},
		Hint:    Text{"``` 后面只能写代码是什么语言；要给人看的话另起一行", "only the language of the code stands there; put words for readers on a line of their own"},
		Explain: Text{
			"三个反引号（或三个波浪号）开始一段代码，后面的字是给程序看的语言名，读者看不到。",
			"Three backquotes or tildes begin code; what stands behind them names its language for programs, and readers do not see it.",
		},
	})
	LeftoverMarkup = declare(Code{
		ID: "leftover-markup", Severity: Warning,
		Message: Text{"“{0}”会原样印在网页上：{1}", "\"{0}\" is shown to readers as it stands: {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"这里写的像是排版的记号，程序却当它是普通的字。常见的有：用了全角的 ＃ 和（），# 后面没有空格，加粗的 ** 里面贴着引号而外面贴着数字，从网页复制来的 <br>，图片的文件名带空格。真要给读者看这些记号，在前面加反斜杠（\\*\\*），或者用反引号括起来。",
			"This looks like markup and is read as words: a full-width ＃ or （）, a # without a space, ** beside a quotation mark and a figure, <br> copied from a page, a picture whose name has a blank. If readers are to see the marks, put a backslash before them (\\*\\*) or backquotes around.",
		},
	})
)
