package diag

// Findings about front matter: its syntax, its keys and their values.
var (
	FullWidthColon = declare(Code{
		ID: "full-width-colon", Severity: Error,
		Message: Text{"这里用了全角冒号“：”，要用半角冒号加一个空格", "a full-width colon “：” stands here; a plain colon and a space are needed"},
		Hint:    Text{"改成：{0}", "write: {0}"},
		Explain: Text{
			"前置信息（两行 --- 之间）每行是“键: 值”，冒号必须是英文的半角冒号，后面空一格：\n\n    姓名: 张三\n\n中文输入法打出的“：”看着很像，程序却当成了名字的一部分。把输入法切到英文再打一次冒号即可。正文里的全角冒号不受影响。",
			"Each line of the front matter is `key: value` with a plain colon and a space. The full-width colon of a Chinese input method looks alike but is part of the word for the program. The text below the front matter is not concerned.",
		},
	})
	FullWidthMark = declare(Code{
		ID: "full-width-mark", Severity: Error,
		Message: Text{"这里用了全角的“{0}”，要用半角的“{1}”", "a full-width “{0}” stands here; a plain {1} is needed"},
		Hint:    Text{"把输入法切到英文，再打一次", "switch the input method to English and type it again"},
		Explain: Text{
			"前置信息里的逗号、方括号、花括号、短横和井号都要用英文的半角标点：\n\n    标签: [甲, 乙]\n    授权: {公开: true, 至: 2030}\n\n中文标点看着很像，程序却当成了文字。引号里的和正文里的标点不受影响。",
			"Commas, brackets, braces, dashes and hash signs of the front matter are plain ones. Those of a Chinese input method look alike but are words to the program. Marks within quotes and in the text are not concerned.",
		},
	})
	NoSpace = declare(Code{
		ID: "no-space", Severity: Error,
		Message: Text{"“{0}”后面少了一个空格", "a space is missing after \"{0}\""},
		Hint:    Text{"冒号和清单的短横后面都要空一格", "a colon and the dash of a list are followed by a space"},
		Explain: Text{
			"键和值之间是冒号加一个空格，清单的每一项是短横加一个空格：\n\n    姓名: 张三\n    标签:\n      - 水中救人\n\n少了空格，程序会把整行当成一段文字。",
			"Between key and value stand a colon and a space, before each item of a list a dash and a space. Without the space the line is one word to the program.",
		},
	})
	WideSpace = declare(Code{
		ID: "wide-space", Severity: Error,
		Message: Text{"这一行用全角空格（或别的特殊空格）缩进，要用普通空格", "this line is indented with full-width or other special spaces; plain ones are needed"},
		Hint:    Text{"把行首的空格删掉，在英文输入法下重打：每一级两个空格", "delete the spaces at the start of the line and type plain ones: two a level"},
		Explain: Text{
			"中文输入法的全角空格、从网页和微信里复制来的不间断空格，看着是空的，程序却当成文字，层级就错了。",
			"Full-width spaces of an input method and no-break spaces copied from a page look empty, but are characters to the program, and the levels come out wrong.",
		},
	})
	HeadMarks = declare(Code{
		ID: "front-matter-marks", Severity: Error,
		Message: Text{"前置信息的分隔行是“{0}”，要写成三个半角减号 ---", "the line that parts the front matter is \"{0}\"; it must be three plain hyphens ---"},
		Hint:    Text{"WPS 和 Word 会把 --- 自动改成长横线；请用记事本改回来", "word processors turn --- into a long dash of themselves; change it back in a plain editor"},
		Explain: Text{
			"前置信息的上下各有一行 ---（三个半角减号，不多不少）。WPS、Word 的“自动更正”会把它变成 — 或 ——；中文输入法打出的 — 也不行。",
			"The front matter stands between two lines of exactly three hyphens. Word processors turn them into dashes; a dash of an input method will not do either.",
		},
	})
	Tab = declare(Code{
		ID: "tab", Severity: Error,
		Message: Text{"这一行用制表符（Tab）缩进，要用空格", "this line is indented with a tab; spaces are needed"},
		Hint:    Text{"把行首的 Tab 换成两个空格", "replace the tab at the start of the line by two spaces"},
		Explain: Text{
			"YAML 不许用 Tab 缩进，因为不同编辑器里 Tab 的宽度不同，看到的层级可能和程序读到的不一样。每一级用两个空格。",
			"YAML forbids tabs for indentation, because their width differs between editors. Use two spaces a level.",
		},
	})
	Syntax = declare(Code{
		ID: "syntax", Severity: Error,
		Message: Text{"前置信息写法有误：{0}", "the front matter is malformed: {1}"},
		Hint:    Text{"看看这一行和上一行：引号、括号是否成对，冒号后有没有空格，缩进是否对齐；值里有冒号或 # 时，用引号括起来", "look at this line and the one above: are quotes and brackets paired, is there a space after the colon, is the indentation even? A value with a colon or # in it needs quotes"},
		Explain: Text{
			"前置信息是 YAML（--- 之间）、TOML（+++ 之间）或 JSON。常见的毛病：\n\n- 冒号后少了空格：`姓名:张三` 要写 `姓名: 张三`\n- 引号、方括号、花括号不成对\n- 同一级的键没有左对齐\n- 值里有“: ”或“ #”，要用引号括起来：`标题: \"第一届: 总结\"`",
			"Front matter is YAML between `---`, TOML between `+++`, or JSON. Common slips: no space after a colon, quotes or brackets that do not pair, keys of one level that are not aligned, a value with `: ` or ` #` in it that needs quotes.",
		},
	})
	NotClosed = declare(Code{
		ID: "front-matter-open", Severity: Error,
		Message: Text{"前置信息没有结束：少了收尾的一行“{0}”", "the front matter is not closed: a line \"{0}\" is missing"},
		Hint:    Text{"在前置信息的最后一行下面，单独写一行 {0}", "put {0} on a line of its own below the last key"},
		Explain: Text{
			"文件以一行 --- 开头，键写完后还要单独一行 ---，再往下才是正文。少了收尾，整篇正文都会被当成键来读。",
			"A file starts with a line `---`; after the keys stands another `---`, and below it the text.",
		},
	})
	NoFrontMatter = declare(Code{
		ID: "no-front-matter", Severity: Error,
		Message: Text{"文件开头没有前置信息", "the file does not start with front matter"},
		Hint:    Text{"第一行写 ---，接着写“{0}: …”等键，再写一行 ---，然后才是正文", "start with a line ---, then keys such as \"{1}: …\", then another line ---, then the text"},
		Explain: Text{
			"每个内容文件由两部分组成：开头两行 --- 之间的前置信息（姓名、日期、地区……），和下面的正文。`mingdeng new` 会写好一个带说明的文件。",
			"Every record has two parts: the front matter between two lines `---`, and the text below. `mingdeng new` writes a file with both.",
		},
	})
	TooDeep = declare(Code{
		ID: "too-deep", Severity: Error,
		Message: Text{"前置信息嵌套太深或引用太多（上限 {0}）", "the front matter is nested too deeply or expands too far (limit {0})"},
		Hint:    Text{"没有哪种内容需要这么多层；检查括号和缩进", "no record needs that many levels; check brackets and indentation"},
		Explain: Text{
			"内容最多用到四五层。几十层以上的嵌套，或用 YAML 别名（&、*）层层展开的写法，只会来自损坏或恶意的文件，所以直接拒绝。",
			"Records use four or five levels. Dozens of levels, or YAML aliases that expand into each other, come only from damaged or hostile files and are refused.",
		},
	})
	UnknownKey = declare(Code{
		ID: "unknown-key", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"不认识的键“{0}”", "unknown key \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩这里可用的键：{2}。自己的数据放在“附加”下面", "⟨did you mean \"{1}\"? ⟩keys known here: {3}. Data of your own goes under \"params\""},
		Explain: Text{
			"键名写错一个字，值就丢了，所以不认识的键一律报错，而不是悄悄忽略。每个键都有中文名和英文名，可以混用。自己要加的数据放在 `附加`（params）下面，里面的键随意。\n\n`mingdeng help keys` 列出全部的键。",
			"A misspelt key would lose its value in silence, so unknown keys are errors. Every key has a Chinese and an English name. Data of your own goes under `params`.\n\n`mingdeng help keys` lists them all.",
		},
	})
	DuplicateKey = declare(Code{
		ID: "duplicate-key", Severity: Error,
		Message: Text{"“{0}”写了两次（第 {1} 行已经有了）", "\"{0}\" is given twice (first on line {1})"},
		Hint:    Text{"只留一个；中文名和英文名是同一个键", "keep one; the Chinese and the English name are the same key"},
		Explain: Text{
			"同一个键出现两次时，程序无从知道该信哪一个。注意“姓名”和“name”是同一个键。",
			"Where a key stands twice nobody can tell which value is meant. Mind that the Chinese and the English name are one key.",
		},
	})
	MissingKey = declare(Code{
		ID: "missing-key", Severity: Error,
		Message: Text{"缺少必填的“{0}”", "\"{1}\" is missing and required"},
		Hint:    Text{"加一行：{0}: …（{2}）", "add a line: {1}: … ({3})"},
		Explain: Text{
			"有些键非有不可：没有姓名的人物、没有日期的简报、没有公开授权的人，都不能发布。`mingdeng help keys` 里带 * 的就是必填的键。",
			"Some keys are required: a person without a name, a brief without a date or a hero without consent cannot be published. `mingdeng help keys` marks them with *.",
		},
	})
	EmptyValue = declare(Code{
		ID: "empty-value", Severity: Error,
		Message: Text{"“{0}”后面是空的", "\"{0}\" has no value"},
		Hint:    Text{"写上{1}，或删掉这一行", "write {2}, or delete the line"},
		Explain: Text{
			"写了键却没有值，多半是还没写完。必填的键要写上；可填可不填的，删掉这一行就行。",
			"A key without a value is nearly always unfinished. Fill it in, or delete the line if it is optional.",
		},
	})
	WrongType = declare(Code{
		ID: "wrong-type", Severity: Error,
		Message: Text{"“{0}”要写成{1}，这里是{2}", "\"{0}\" must be {4}, not {5}"},
		Hint:    Text{"例如：{3}", "for example: {6}"},
		Explain: Text{
			"有的键要一个词，有的要一张清单，有的要一组小键。清单写成：\n\n    标签:\n      - 水中救人\n      - 志愿者\n\n一组小键写成：\n\n    授权:\n      公开: true",
			"Some keys take a word, some a list, some a group of keys. A list is written with a dash on each line, a group with its keys indented by two spaces.",
		},
	})
	BadDate = declare(Code{
		ID: "bad-date", Severity: Error,
		Message: Text{"“{0}”不是一个日期", "\"{0}\" is not a date"},
		Hint:    Text{"写成 2023-06-14、2023-06 或 2023；也可写 2023年6月14日⟨。{1}⟩", "write 2023-06-14, 2023-06 or 2023⟨; {2}⟩"},
		Explain: Text{
			"日期可以只到年或月，但写到日就必须真有这一天：2023-02-30 不存在。可用的写法：2023-06-14、2023/6/14、2023.6.14、2023年6月14日、2023-06、2023年6月、2023。带时区的时间（2026-11-30T16:30:00Z）算作中国的那一天。",
			"A date may stop at the month or the year, but a day must exist: there is no 2023-02-30. A moment with its zone (2026-11-30T16:30:00Z) is the day it falls on in China.",
		},
	})
	HoursNotKept = declare(Code{
		ID: "hours-not-kept", Severity: Warning,
		Message: Text{"“{0}”里的钟点不起作用，只算到日子：{1}", "the time of day in \"{0}\" has no effect, the day alone counts: {1}"},
		Hint:    Text{"去掉钟点。那一天从零点算起，整天都算；要晚些公开，就写后一天", "take the time away. The day counts whole, from midnight in China; to publish later, write the next day"},
		Explain: Text{
			"发布日期、失效日期和授权的“至”都只按日子算，按中国的时间，从零点到二十四点：`发布日期: 2026-12-01 20:00` 的文章，12月1日零点以后第一次生成网站时就会公开。带时区的时间（如 2026-11-30T16:30:00Z）先换成中国的日子。",
			"`publish_on`, `expires` and a consent's `until` are days in China, from midnight to midnight: a record with `publish_on: 2026-12-01 20:00` becomes public with the first build after the beginning of 1 December. A moment with a zone (2026-11-30T16:30:00Z) counts as the day it falls on in China.",
		},
	})
	ValueCut = declare(Code{
		ID: "value-cut", Severity: Warning,
		Message: Text{"“{0}”只读到“{1}”，后面的“{2}”算作备注", "\"{0}\" is read as \"{1}\"; \"{2}\" behind it counts as a remark"},
		Hint:    Text{"是值的一部分，就把整个值用引号括起来；是备注，就在 # 后面空一格", "if it is part of the value, put the whole value in quotation marks; if it is a remark, put a space behind the #"},
		Explain: Text{
			"文件头里，空格后面的 # 起是写给编辑自己看的备注，不会发布。`标题: 六月 #2 期` 的标题只有“六月”。要用 #，就写成 `标题: '六月 #2 期'`。",
			"In a head, what follows a space and a # is a remark for editors and is not published: `title: June #2` has the title June. Write `title: 'June #2'`.",
		},
	})
	BadValue = declare(Code{
		ID: "bad-value", Severity: Error, Mend: [2]int{1, 2},
		Message: Text{"“{0}”不能是“{1}”", "\"{0}\" cannot be \"{1}\""},
		Hint:    Text{"⟨想写的是“{2}”吗？⟩可用的值：{3}", "⟨did you mean \"{2}\"? ⟩values known here: {4}"},
		Explain: Text{
			"有些键只收固定的几个词，中文英文都行，例如 `类别: 主题公园` 或 `kind: park`。别的词程序不认识，页面上就分不了类。",
			"Some keys take one of a few fixed words, in Chinese or English. Other words cannot be sorted into the site's lists.",
		},
	})
	BadSwitch = declare(Code{
		ID: "bad-switch", Severity: Error,
		Message: Text{"“{0}”要写 true 或 false（也可写“是”或“否”），这里是“{1}”", "\"{0}\" must be true or false, not \"{1}\""},
		Hint:    Text{"写 true 或 false，拿不准就写 false；改好之前，这篇内容不会发布", "write true or false, and false when in doubt; until then the record is held back"},
		Explain: Text{
			"草稿、授权这类开关决定一个人会不会被公开。写错了，明灯宁可不发布，也不猜。可用：true / false、是 / 否。",
			"Switches such as draft and consent decide whether a person is published. A value that cannot be read never publishes.",
		},
	})
	BackwardEvent = declare(Code{
		ID: "backward-event", Severity: Error,
		Message: Text{"活动的结束（{0}）早于开始（{1}）", "the event ends ({0}) before it starts ({1})"},
		Hint:    Text{"看看年份和月份，是不是两个日期写反了", "check the year and the month; are the two dates the wrong way round?"},
		Explain: Text{
			"`活动` 里的 `结束` 要等于或晚于 `开始`。只有一天的活动，不写 `结束`。",
			"`end` of an event is the day of `start` or later. An event of one day needs no `end`.",
		},
	})
	LatLng = declare(Code{
		ID: "lat-lng", Severity: Error,
		Message: Text{"纬度和经度写反了：纬度 {0}，经度 {1}", "latitude and longitude are the wrong way round: latitude {0}, longitude {1}"},
		Hint:    Text{"对调：纬度 {1}，经度 {0}", "swap them: latitude {1}, longitude {0}"},
		Explain: Text{
			"纬度在 -90 到 90 之间（中国约 4 到 53），经度在中国约 73 到 135。高德、腾讯的坐标拾取器先给经度，后给纬度。",
			"Latitudes lie between -90 and 90 (4 to 53 in China), longitudes in China between 73 and 135. The pickers of Amap and Tencent give the longitude first.",
		},
	})
	OutOfRange = declare(Code{
		ID: "out-of-range", Severity: Error,
		Message: Text{"“{0}”是 {1}，应在 {2} 到 {3} 之间", "\"{0}\" is {1}; it must lie between {2} and {3}"},
		Hint:    Text{"看看小数点和单位", "check the decimal point and the unit"},
		Explain: Text{
			"数值超出了合理范围，多半是小数点错位、单位写错，或经度纬度写反了。",
			"The number is outside what makes sense: a slipped decimal point, a wrong unit, or latitude and longitude the wrong way round.",
		},
	})
	BadURL = declare(Code{
		ID: "bad-url", Severity: Error,
		Message: Text{"“{0}”不是可用的网址：{1}", "\"{0}\" is not a usable address: {2}"},
		Hint:    Text{"写全：https://…，末尾不带 ? 和 #", "write it in full: https://…, without ? and # at the end"},
		Explain: Text{
			"网址要以 http:// 或 https:// 开头，后面是域名。base_url 是整个网站的家，可以在一个子目录下，如 https://host/lamp/。",
			"An address starts with http:// or https:// and a host. base_url may name a path below the host.",
		},
	})
	BadSlug = declare(Code{
		ID: "bad-slug", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"“{0}”不能做网址名", "\"{0}\" cannot be a slug"},
		Hint:    Text{"只用小写字母、数字和连字符⟨，例如 {1}⟩", "use lower-case letters, digits and hyphens⟨, such as {1}⟩"},
		Explain: Text{
			"网址名出现在网页地址里，会被抄写、念出来、印在纸上，所以只用 a–z、0–9 和 -。不写 slug 时由文件名自动生成，中文变拼音。文件名里一个可用的字都没有时，网址名是空的，要用 `网址名: …` 指定。",
			"A slug stands in the page's address, so it uses a-z, 0-9 and hyphens only. Without a slug it is made from the file name; where that leaves nothing, give one with `slug: …`.",
		},
	})
	AmbiguousSurname = declare(Code{
		ID: "ambiguous-surname", Severity: Warning,
		Message: Text{"“{0}”的姓有两种读法，现按 {1} 排序和起网址", "the surname of \"{0}\" has two living readings; it is read {1} for now"},
		Hint:    Text{"请问问本人或家属，然后写上：拼音: {2}", "ask the person or the family, then write: pinyin: {2}"},
		Explain: Text{
			"翟、盖、覃、乐、折等姓，各地各家读法不同。明灯按常见读法排序，但名字是本人的，请问清楚后写上 `拼音`。",
			"Some surnames have two living readings. The commoner one is used until `pinyin` says otherwise.",
		},
	})
)
