package diag

// Findings about a file as a whole: how it is encoded, how large it is.
var (
	UTF16 = declare(Code{
		ID: "utf-16", Severity: Error,
		Message: Text{"文件是 UTF-16 编码，读不了", "the file is encoded as UTF-16 and cannot be read"},
		Hint:    Text{"用记事本或 WPS 打开，“另存为”时编码选 UTF-8", "open it in your editor and save it as UTF-8"},
		Explain: Text{
			"记事本里的“Unicode”就是 UTF-16。明灯读 UTF-8，也读 GB18030（含 GBK、GB2312），但不猜 UTF-16：猜错一个字节，一个人的名字就错了。\n\n改法：用记事本打开文件，点“文件 → 另存为”，在“编码”里选“UTF-8”，保存。",
			"Notepad's \"Unicode\" is UTF-16. Mingdeng reads UTF-8 and GB18030 but does not guess at UTF-16.\n\nOpen the file, choose Save As, pick UTF-8 as the encoding and save.",
		},
	})
	GB18030 = declare(Code{
		ID: "gb18030", Severity: Warning,
		Message: Text{"文件是 GB18030（GBK）编码，已按它读入", "the file is encoded as GB18030 and was converted"},
		Hint:    Text{"请另存为 UTF-8，免得别的程序读成乱码", "save it as UTF-8, so that other programs read it right"},
		Explain: Text{
			"旧版记事本和一些导出工具会写 GBK 编码。明灯能读，但同一个文件夹里两种编码混用，迟早有程序会读错。另存为 UTF-8 后这条提醒就消失。",
			"Old editors write GBK. Mingdeng reads it, but a folder with two encodings will be misread by some other program one day. Save the file as UTF-8 and the warning goes away.",
		},
	})
	BadBytes = declare(Code{
		ID: "bad-bytes", Severity: Error,
		Message: Text{"这里的字节既不是 UTF-8，也不是 GB18030", "these bytes are neither UTF-8 nor GB18030"},
		Hint:    Text{"文件可能损坏，或根本不是文字；用编辑器打开，另存为 UTF-8", "the file may be damaged or not be text at all; open it in an editor and save it as UTF-8"},
		Explain: Text{
			"明灯先按 UTF-8 读，读不通再按 GB18030 读。两种都读不通，多半是文件损坏、被截断，或者把图片、Word 文件改名成了 .md。",
			"A text is read as UTF-8 first and as GB18030 second. Where both fail the file is damaged, cut off, or not a text: a picture or a Word file renamed to .md.",
		},
	})
	NUL = declare(Code{
		ID: "nul-byte", Severity: Error,
		Message: Text{"这不是文字文件（里面有空字符，或开头是 Word、PDF、图片的标记）", "this is not a text file: it holds NUL bytes, or begins as Word, PDF or picture files do"},
		Hint:    Text{"是不是把 Word、图片等文件改名成了 .md？", "was a Word document or a picture renamed to .md?"},
		Explain: Text{
			"文字文件里不会有空字符。改文件名的后缀并不会改变内容：Word 文件请用 `mingdeng import` 转换。",
			"A text never holds a NUL byte. Renaming a file does not convert it: use `mingdeng import` for Word documents.",
		},
	})
	TooLarge = declare(Code{
		ID: "file-too-large", Severity: Error,
		Message: Text{"文件有 {0}，超过上限 {1}", "the file has {0}, more than the limit of {1}"},
		Hint:    Text{"拆成几篇；图片单独放，不要嵌在文字里", "split it; keep pictures in files of their own"},
		Explain: Text{
			"一篇文字最多 8 MB（约 270 万字），前置信息（--- 之间的部分）最多 256 KB。超过多半是误把别的文件放了进来。",
			"A text may have 8 MB, its front matter 256 KB. More is nearly always some other file that strayed in.",
		},
	})
	Unreadable = declare(Code{
		ID: "unreadable", Severity: Error,
		Message: Text{"读不了这个文件：{0}", "cannot read this file: {0}"},
		Hint:    Text{"看看文件是否被别的程序占用、有没有权限", "check whether another program holds it, and its permissions"},
		Explain: Text{
			"文件存在，但系统不让读。常见原因：WPS 正开着它；同步盘还没下载完；没有权限。",
			"The file exists but the system does not let it be read: another program holds it, a cloud folder has not fetched it yet, or permission is missing.",
		},
	})
	LeadsOutside = declare(Code{
		ID: "leads-outside", Severity: Error,
		Message: Text{"“{0}”指向网站文件夹之外", "\"{0}\" leads out of the site's folder"},
		Hint:    Text{"把文件复制到 content/ 里，再用相对路径引用", "copy the file into content/ and refer to it by a relative path"},
		Explain: Text{
			"内容只能用网站文件夹里面的文件：不能用 ..，不能用绝对路径，也不能用指向外面的快捷方式（符号链接）。这样，任何人打开这个文件夹都能得到同样的网站，外面的文件也不会被误发布。",
			"Content may use only files inside the site: no `..`, no absolute path, no symbolic link that leads out. So the folder builds the same everywhere and nothing outside is published by accident.",
		},
	})
	Stray = declare(Code{
		ID: "stray-file", Severity: Warning,
		Message: Text{"这个文件不属于任何一种内容，没有用到", "this file belongs to no kind of record and is not used"},
		Hint:    Text{"⟨想放的是 {1} 吗？⟩内容放在这些文件夹里：{0}", "⟨did you mean {1}? ⟩records live in these folders: {0}"},
		Explain: Text{
			"content/ 下每个文件夹只放一种内容，例如 content/heroes/ 放人物。放错地方的 .md 文件不会变成网页，所以明灯提醒一声。",
			"Each folder below content/ holds one kind of record. A .md file elsewhere becomes no page, so this is said aloud.",
		},
	})
	CaseClash = declare(Code{
		ID: "case-clash", Severity: Error,
		Message: Text{"文件名和 {0} 只差大小写（或字的编码形式），Windows 和 macOS 上是同一个文件", "the name differs from {0} only in case or Unicode form: on Windows and macOS they are one file"},
		Hint:    Text{"给其中一个改名，或删掉多余的一个", "rename one of the two, or delete the one too many"},
		Explain: Text{
			"Windows 和 macOS 不分文件名的大小写：拿到这两个文件的同事只会留下一个，另一个悄悄不见了。同一个名字的两种写法（macOS 的 NFD 和别处的 NFC）也一样。",
			"Windows and macOS do not tell upper from lower case: a colleague who fetches both files keeps one, and the other is lost in silence. Two spellings of one accented name (NFD from macOS, NFC elsewhere) are the same.",
		},
	})
	ControlCharacter = declare(Code{
		ID: "control-character", Severity: Error,
		Message: Text{"文字里夹着一个看不见的控制字符（{0}）", "an invisible control character ({0}) stands in the text"},
		Hint:    Text{"把它删掉；多半是从 Word、WPS 或网页复制时带来的", "delete it; it most often comes along when text is copied from a word processor or a page"},
		Explain: Text{
			"控制字符没有样子，编辑器里看不见，但有它的订阅源和电子书打不开，网页也不合规。Word 的手动换行（U+000B）、分页（U+000C）复制出来就是这样的字符。在提示的那一列按退格键，或照“改成”那一行重抄。",
			"Control characters cannot be seen in an editor, but a feed or an e-book with one cannot be opened. A manual line break (U+000B) or page break (U+000C) of a word processor is copied as such. Delete it at the column that is named, or copy the mended line.",
		},
	})
	ReservedName = declare(Code{
		ID: "reserved-name", Severity: Error,
		Message: Text{"“{0}”不能做文件名或网址名：{1}", "\"{0}\" cannot be a file name or slug: {2}"},
		Hint:    Text{"改个名字，例如 {3}", "choose another name, such as {3}"},
		Explain: Text{
			"Windows 把 con、prn、aux、nul、com1–9、lpt1–9 留给设备，叫这些名字的文件夹在 Windows 上建不出来；page 等名字留给网站自己的列表。",
			"Windows reserves con, prn, aux, nul, com1-9 and lpt1-9 for devices; the site itself reserves names such as page for its lists.",
		},
	})
	Blank = declare(Code{
		ID: "placeholder", Severity: Warning,
		Message: Text{"“{0}”是新建时的占位，还没有换成真的，会照样发布", "\"{0}\" is what a new file says; it was not replaced and will be published"},
		Hint:    Text{"写上真的；用不着就删掉这一行。还没写完的，加上 草稿: true", "write what it should say, or delete the line; if it is not finished, add draft: true"},
		Explain: Text{
			"`mingdeng new` 和 `mingdeng init` 写的文件里有占位的字：某省/某市/某县、…、“正文从这里开始写。”等。它们要换成真的；留着发布出去，网站上就会出现一个叫“某省”的地方。用不着的键整行删掉，或在前面加 #。草稿里的占位不报。",
			"Files made by `mingdeng new` and `mingdeng init` hold blanks: province/city/county, …, \"The text starts here.\" and the like. Replace them, or the site will have a place called \"province\". Keys that are not needed are deleted, or get a # in front. Blanks of drafts are not reported.",
		},
	})
	CopiedFile = declare(Code{
		ID: "copied-file", Severity: Error,
		Message: Text{"这是 {0} 的副本，“{1}”会在网站上出现两次", "this is a copy of {0}: \"{1}\" would be on the site twice"},
		Hint: Text{
			"比一比两份，要留的合到一份里，另一份删掉。真是另一位同名的人：换个文件名（如 张三-巩义），写他自己的事",
			"compare the two, keep one, delete the other. If it is another person of that name, give the file another name and tell that person's story",
		},
		Explain: Text{
			"复制粘贴、重复下载、坚果云和百度网盘等同步软件遇到冲突，都会在旁边留下一份“副本”：`张三 - 副本.md`、`张三(1).md`、`张三 (冲突副本).md`、`张三-DESKTOP-1A2B.md`。放在 content/ 里，每一份都会变成网页，同一个人就出现两次，所以停下来问一声。\n\n用别人的文件做样子写新的：复制之后先改文件名，再改内容；或用 `mingdeng new`。",
			"Copying, downloading twice and net disks in conflict leave copies beside the original: `Zhang San - Copy.md`, `(1)`, `conflicted copy`, the name of a computer. Each would be a page, and one person would be there twice, so the build stops. To use a file as a model, rename the copy first, or use `mingdeng new`.",
		},
	})
	CopyName = declare(Code{
		ID: "copy-name", Severity: Warning,
		Message: Text{"文件名像是复制出来的⟨，{0} 就在旁边⟩；网址也会带着这几个字", "the name looks like a copy's⟨, and {0} lies beside it⟩; the address will have these words too"},
		Hint:    Text{"若是多余的就删掉；若是新的一篇，换个文件名", "delete it if it is one too many; if it is a record of its own, rename it"},
		Explain: Text{
			"`王五 - 副本.md` 的网址是 `/heroes/wang-wu-fu-ben/`。文件名就是网址，发布以后不好再改，趁早换成真的名字。",
			"The file name makes the address: `Wang Wu - Copy.md` becomes `/heroes/wang-wu-copy/`. Addresses are hard to change later, so rename it now.",
		},
	})
	Misnamed = declare(Code{
		ID: "misnamed-file", Severity: Warning,
		Message: Text{"文件名的后缀不对，应该是 {0}", "the name has a wrong ending; it should be {0}"},
		Hint:    Text{"改名为 {0}。Windows 上先在“查看”里勾上“文件扩展名”，才看得见真正的后缀", "rename it to {0}. On Windows let Explorer show file name extensions first"},
		Explain: Text{
			"只有后缀正好是 .md（小写）的文件会变成网页。Windows 默认不显示后缀：在记事本里存成“张三.md”，实际可能是 `张三.md.txt`，就不会发布；存成 `张三.md.md`，网址里会多出 md。",
			"Only files that end in .md, in small letters, become pages. Windows hides endings, so that `Zhang San.md` may really be `Zhang San.md.txt`, which is not published, or `Zhang San.md.md`, whose address has an md too many.",
		},
	})
)
