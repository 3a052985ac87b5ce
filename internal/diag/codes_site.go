package diag

// Findings about records that do not fit together.
var (
	DanglingRef = declare(Code{
		ID: "dangling-reference", Severity: Error, Mend: [2]int{0, 3},
		Message: Text{"没有找到{1}“{0}”", "there is no {2} \"{0}\""},
		Hint:    Text{"⟨想写的是“{3}”吗？⟩引用用网址名（文件名的拼音），不带 .md", "⟨did you mean \"{3}\"? ⟩refer to a record by its slug, without .md"},
		Explain: Text{
			"这里引用了一条记录，但没有哪个文件的网址名是它。常见原因：写错一个字母；那个文件改过名；那条记录还是草稿的话不会报这个错。中文文件名的网址名是拼音：`张三.md` → `zhang-san`。",
			"A record is named here that does not exist: a slip of the pen, or the file was renamed. The slug of a Chinese file name is its pinyin.",
		},
	})
	AmbiguousRef = declare(Code{
		ID: "ambiguous-reference", Severity: Error,
		Message: Text{"“{0}”可以指好几条记录：{1}", "\"{0}\" could be any of several records: {1}"},
		Hint:    Text{"写全，例如 {2}", "write it in full, for example {2}"},
		Explain: Text{
			"两个文件夹里有同名的记录时，只写名字分不清指哪个。写上文件夹：`heroes/zhang-san`。",
			"Where two folders hold records of the same name, write the folder too.",
		},
	})
	PartAlone = declare(Code{
		ID: "part-without-pieces", Severity: Warning,
		Message: Text{"这本书里没有哪一篇属于“{0}”，写给它的图和话哪里也不会出现", "no piece of this book belongs to \"{0}\": what is said of it here is shown nowhere"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩“各辑”里的名称要和各篇的“辑”一字不差", "⟨did you mean \"{1}\"? ⟩write the name as the pieces write their part"},
		Explain: Text{
			"书的 `_index.md` 里，`各辑` 给每一辑的扉页配图和题记；一辑收哪几篇，由各篇自己的 `辑` 说。两边的名字对不上（多一个空格、少一个“·”），就找不到。",
			"In a book's `_index.md`, `parts` gives each part a picture and a few words; which pieces a part holds, they say themselves by `part`. A blank too many and the two do not find each other.",
		},
	})
	DuplicateAddress = declare(Code{
		ID: "duplicate-address", Severity: Error,
		Message: Text{"网址 {0} 已经是 {1} 的了", "the address {0} already belongs to {2}"},
		Hint:    Text{"给其中一个写上不同的“网址名”", "give one of the two another \"slug\""},
		Explain: Text{
			"两条记录要出现在同一个网址上，后一个会盖掉前一个，所以报错。同名同姓的人很常见：给其中一个写 `网址名: zhang-san-2`，或加上地名。只有大小写不同的网址也算相同，因为 Windows 分不清。",
			"Two records would share an address. Give one of them another slug. Addresses that differ only in case count as the same, because some systems cannot tell them apart.",
		},
	})
	WithheldRef = declare(Code{
		ID: "withheld-reference", Severity: Warning,
		Message: Text{"“{0}”没有公开授权，这里的名字不会出现在网站上", "\"{0}\" is withheld: the name will not appear on the site"},
		Hint:    Text{"取得本人书面同意后，在其文件里写 授权: {公开: true}", "once consent is given in writing, set consent: {publish: true} in that record"},
		Explain: Text{
			"未授权、授权到期、未成年人缺监护人同意的人，不会出现在网站的任何文件里。引用到他们的记录照常发布，但不写名字。",
			"A person without consent, whose consent has lapsed, or a minor without a guardian's consent appears in no file. Records that refer to them stay and lose the name.",
		},
	})
	DraftRef = declare(Code{
		ID: "draft-reference", Severity: Warning,
		Message: Text{"“{0}”⟨所在的“{1}”⟩还是草稿，这里先不{2}", "\"{0}\" ⟨lies in \"{1}\", which ⟩is a draft: for now it is not {3} here"},
		Hint:    Text{"写好了，就在那个文件里去掉“草稿: true”", "when it is ready, take draft: true out of that file"},
		Explain: Text{
			"引用了一条还没写完的记录。网站照常发布：链接处只留下文字，清单里没有它；是人的话，名字也不写，换成“一位不愿具名的英雄”。那条记录一发布，这里自动就有了。",
			"A record is referred to that is not finished. The site is published all the same: of a link the words stay, in lists the record is left out, and a person is not named either. Once the record is published all is as it was meant.",
		},
	})
	NotDueRef = declare(Code{
		ID: "not-due-reference", Severity: Warning,
		Message: Text{"“{0}”⟨所在的“{1}”⟩要到 {4} 才发布，这里先不{2}", "\"{0}\" ⟨lies in \"{1}\", which ⟩is published on {4}: until then it is not {3} here"},
		Hint:    Text{"到了那一天再生成一次网站，这里就有了；日子写错了，就改那个文件里的“发布日期”", "build the site again on that day, and it will be; if the day is wrong, mend publish_on in that file"},
		Explain: Text{
			"引用了一条写着 `发布日期`、日子还没到的记录。链接处只留下文字，清单里没有它；是人的话，名字也不写。到了那一天再生成一次网站，就都有了。",
			"A record is referred to whose `publish_on` is still to come. Of a link the words stay, in lists the record is left out, and a person is not named. Build the site again on that day.",
		},
	})
	ExpiredRef = declare(Code{
		ID: "expired-reference", Severity: Warning,
		Message: Text{"“{0}”⟨所在的“{1}”⟩已经失效（最后一天是 {4}），这里不再{2}", "\"{0}\" ⟨lies in \"{1}\", which ⟩has expired (its last day was {4}): it is no longer {3} here"},
		Hint:    Text{"不再提它，就删去这里的引用；还要用，就改那个文件里的“失效日期”", "take the reference out, or mend expires in that file if it is still wanted"},
		Explain: Text{
			"引用了一条过了 `失效日期` 的记录。链接处只留下文字，清单里没有它；是人的话，名字也不写。",
			"A record is referred to whose `expires` has passed. Of a link the words stay, in lists the record is left out, and a person is not named.",
		},
	})
	Leak = declare(Code{
		ID: "name-leak", Severity: Error,
		Message: Text{"这里写着未授权公开的人的名字，会发布到 {0}", "a withheld person is named here; it would be published in {0}"},
		Hint:    Text{"请删去名字，或取得授权⟨；正文里也可写成 [[{2}]]，名字会自动隐去⟩。涉及的记录：{1}", "remove the name, or obtain consent⟨; in a text write [[{2}]], and the name is hidden of itself⟩. Record: {1}"},
		Explain: Text{
			"发布前，明灯在所有要写出的文件里查找未授权者的姓名、别名和网址名。找到一处，整个网站就不发布：宁可晚一天，也不违背一个人的意愿。",
			"Before anything is published all files are searched for the names of withheld people. One hit stops the whole build.",
		},
	})
	LooseAlias = declare(Code{
		ID: "bad-alias", Severity: Error,
		Message: Text{"旧网址“{0}”用不了：{1}", "the old address \"{0}\" cannot be used: {2}"},
		Hint:    Text{"写成 /old/path/ 的样子，在本站之内", "write it like /old/path/, within this site"},
		Explain: Text{
			"`旧网址` 让改过名的网页仍能从旧地址打开。它必须以 / 开头、在本站之内，不能有 ..，也不能和现有网页相同。",
			"`aliases` keeps old addresses working. Each starts with /, stays within the site, has no `..`, and is not the address of a living page.",
		},
	})
	AliasTaken = declare(Code{
		ID: "alias-taken", Severity: Error,
		Message: Text{"旧网址“{0}”用不了：{1}", "the old address \"{0}\" cannot be used: {2}"},
		Hint:    Text{"那里已经有网页或文件，旧网址不能盖住它；删掉这一项，或改成从前真正用过的网址", "an old address cannot cover what stands there; remove it, or write the address that was really in use"},
		Explain: Text{
			"`旧网址` 是一个小网页，把打开旧地址的人带到新地址。网站的每个文件都有自己的网址，已经有文件的地方不能再放：首页、目录、`/feed.xml`、`/sw.js`、分页（`/heroes/page/2/`）、别的记录的网页，以及 `/Q/` 和 `/plaques/` 下面。只差大小写也不行，因为有的系统分不清；文件（如 `/feed.xml`）下面也不能再有网页。",
			"An alias is a small page that sends the browser on. It cannot stand where the site has a file already: lists and their pages (`/heroes/page/2/`), `/feed.xml`, `/sw.js`, pages of other records, anything below `/Q/` and `/plaques/`. Nor where the address differs from one of these by case alone, or lies below a file.",
		},
	})
	ChangedMeanwhile = declare(Code{
		ID: "changed-meanwhile", Severity: Error,
		Message: Text{"文件在生成网站的同时被改动了", "the file changed while the site was being built"},
		Hint:    Text{"再运行一次即可", "run the command again"},
		Explain: Text{
			"明灯先读一遍所有文件，再逐页生成。其间文件变了，页面和目录就可能对不上，所以这一次不发布。再运行一次就好。",
			"A file changed between being read and being rendered, so page and lists might not agree. Nothing was published; run the command again.",
		},
	})
	NoSite = declare(Code{
		ID: "no-site", Severity: Error,
		Message: Text{"这里没有网站：找不到 content/site.yaml", "there is no site here: content/site.yaml is missing"},
		Hint:    Text{"用 -C 指明网站文件夹，或用 mingdeng init 文件夹 新建一个", "name the site's folder with -C, or make one with mingdeng init DIR"},
		Explain: Text{
			"每个网站都有一个 content/site.yaml，写着名称和网址。命令要在网站文件夹里运行，或用 `-C 文件夹` 指明。",
			"Every site has a content/site.yaml with its title and address. Run the command in the site's folder or name it with `-C DIR`.",
		},
	})
	MemberUnknown = declare(Code{
		ID: "member-unknown", Severity: Error,
		Message: Text{"这是哪个协会交来的，没有写：缺 {0}", "nothing says which association gave this: {0} is missing"},
		Hint:    Text{"重新收一次它交来的文件：mingdeng collect 文件；不要了就删掉这个文件夹", "collect its bundle again with mingdeng collect FILE, or delete the folder"},
		Explain: Text{
			"content/members/ 下每个文件夹是一个协会交来的内容，由 `mingdeng collect` 整个写入、整个替换，里面的 member.yaml 写着是谁、哪一天。不要手工改它：下次收集就没有了。",
			"Each folder below content/members/ is what one association gave. `mingdeng collect` writes and replaces it whole; its member.yaml says whose it is and of which day. Do not edit it by hand: the next collect takes its place.",
		},
	})
	EditionAlone = declare(Code{
		ID: "edition-alone", Severity: Error,
		Message: Text{"这是另一种语言的版本，但没有 {0}", "this is an edition in another language, but there is no {0}"},
		Hint:    Text{"先写中文的那一份；文件名除了 .en、.zh-hant 要一样", "write the record itself first; the names must be the same but for .en or .zh-hant"},
		Explain: Text{
			"`张三.en.md` 只给 `张三.md` 换一种语言：日期、地区、授权都以 `张三.md` 为准。没有那一份，就不知道能不能公开，所以报错。改过文件名的话，两份要一起改。",
			"`NAME.en.md` only words `NAME.md` in another language: dates, places and consent come from the record itself. Without it nobody knows whether it may be published.",
		},
	})
	EditionFact = declare(Code{
		ID: "edition-fact", Severity: Warning,
		Message: Text{"“{0}”和中文那一份不一样；各种语言都以那一份为准", "\"{1}\" differs from the record's; the record's counts in every language"},
		Hint:    Text{"这里不用写“{0}”；真变了，就改中文那一份", "leave \"{1}\" out here; if it has changed, change it in the record"},
		Explain: Text{
			"日期、类别、引用、坐标、授权这些，不管读哪种语言都是同一件事，只在中文那一份里写。其他语言的文件只写文字：姓名、标题、摘要、正文……",
			"Dates, kinds, references, coordinates and consent are the same in every language and are written once, in the record. The files of other editions hold words alone.",
		},
	})
	EditionList = declare(Code{
		ID: "edition-list", Severity: Warning,
		Message: Text{"这张清单在中文那一份里有 {0} 项，这里有 {1} 项，对不上，没有用", "this list has {0} items in the record and {1} here, so it was not used"},
		Hint:    Text{"一项对一项地写，次序一样；或者整张不写", "write one item for each, in the same order, or leave the list out"},
		Explain: Text{
			"荣誉、来源、图集这些清单，两份按次序一项对一项。中文那一份添了一项，这里也要添。",
			"Lists such as honours, sources and pictures are matched item by item. Where the record gains one, so must its other editions.",
		},
	})
	EditionParent = declare(Code{
		ID: "edition-parent", Severity: Warning,
		Message: Text{"这一页不会生成：{0} 没有这种语言的版本", "this page is not made: {0} has no edition in this language"},
		Hint:    Text{"给它也写一份，文件名同样加 .en", "write one for it too, with .en in its name"},
		Explain: Text{
			"文章属于书，展品属于阵地。书或阵地没有英文版，它里面的英文页就没有地方放。",
			"A chapter belongs to a book, an exhibit to a venue. Without an English edition of those its own has no place.",
		},
	})
	NameHantUnsure = declare(Code{
		ID: "name-hant-unsure", Severity: Warning,
		Message: Text{"“{0}”的繁体写法拿不准（{1}），繁体版现在写作“{2}”", "the Traditional form of \"{0}\" is uncertain ({1}); the Traditional edition has \"{2}\""},
		Hint:    Text{"问过本人或家人，写上“繁体姓名: {2}”", "ask the person or the family, and write `name_hant: {2}`"},
		Explain: Text{
			"有些字在简化时合并了几个字：云可以是“云”也可以是“雲”，里可以是“里”也可以是“裡”。文章里看上下文就知道，姓名只有本人知道。写上 `繁体姓名` 就不再提示。",
			"Some characters stand for several Traditional ones. In a text the context decides; in a name only the person knows. Write `name_hant` to settle it.",
		},
	})
)

// Findings about texts and pictures.
var (
	BrokenLink = declare(Code{
		ID: "broken-link", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"链接“{0}”指向的东西不存在", "the link \"{0}\" leads nowhere"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩链接本站的记录最好写成 [[heroes/zhang-san]]", "⟨did you mean \"{1}\"? ⟩link a record of this site like [[heroes/zhang-san]]"},
		Explain: Text{
			"站内链接必须指向真有的网页、记录或文件。用 `[[heroes/zhang-san]]` 链接记录最稳妥：对方改名时会报错提醒，显示的名字也自动跟着变。",
			"A link within the site must lead to a page, record or file that exists. `[[heroes/zhang-san]]` is safest.",
		},
	})
	BrokenFragment = declare(Code{
		ID: "broken-fragment", Severity: Warning, Mend: [2]int{0, 1},
		Message: Text{"网页里没有“#{0}”这个位置", "the page has no place \"#{0}\""},
		Hint:    Text{"⟨想写的是“#{1}”吗？⟩标题的位置名就是标题文字", "⟨did you mean \"#{1}\"? ⟩a heading's id is its text"},
		Explain: Text{
			"`#…` 跳到网页里的某个标题。标题改了，链接也要跟着改。",
			"`#…` leads to a heading within a page. When the heading changes the link must follow.",
		},
	})
	UnsafeLink = declare(Code{
		ID: "unsafe-link", Severity: Warning,
		Message: Text{"链接“{0}”不安全，已去掉", "the link \"{0}\" is not safe and was dropped"},
		Hint:    Text{"只用 http、https、mailto、tel 和站内链接", "use http, https, mailto, tel and links within the site"},
		Explain: Text{
			"javascript: 一类的链接会在读者的手机上运行程序，所以去掉链接，只留文字。",
			"Links such as javascript: would run a program on the reader's phone. The link is dropped, its text stays.",
		},
	})
	MissingPicture = declare(Code{
		ID: "missing-picture", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"没有找到图片“{0}”", "the picture \"{0}\" is missing"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩图片和文章放在同一个文件夹里", "⟨did you mean \"{1}\"? ⟩keep pictures in the folder of their record"},
		Explain: Text{
			"图片的路径从文章所在的文件夹算起。带图片的文章用文件夹的形式：`heroes/zhang-san/index.md` 和 `heroes/zhang-san/portrait.jpg`。大小写也要一致：Windows 上不分大小写，网站服务器上分。",
			"The path of a picture starts at the record's own folder. Upper and lower case must agree too: Windows does not tell them apart, web servers do.",
		},
	})
	BadPicture = declare(Code{
		ID: "bad-picture", Severity: Error,
		Message: Text{"图片“{0}”用不了：{1}", "the picture \"{0}\" cannot be used: {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"能用的图片：JPEG、PNG、WebP、GIF、SVG。一个文件是什么，看内容，不看后缀。大小看解码要多少内存（最多 1 GB）：两亿像素的照片、很长的截图、全景照片都可以。手机的 HEIC、Photoshop 的 PSD 要先另存为 JPEG；iPhone 可以在“设置 › 相机 › 格式”里选“兼容性最佳”，以后拍的就是 JPEG。",
			"JPEG, PNG, WebP, GIF and SVG can be used; what a file is, its content decides and not its name. How large one may be is a matter of the memory that decoding takes (1 GB at most): photographs of 200 megapixels, long screenshots and panoramas are fine. Save HEIC or PSD files as JPEG first; on an iPhone, Settings › Camera › Formats › Most Compatible makes it take JPEGs.",
		},
	})
	PictureLoses = declare(Code{
		ID: "picture-loses", Severity: Warning,
		Message: Text{"图片“{0}”发布时少了一样：{1}⟨（图片文件第 {3} 行）⟩", "the picture \"{0}\" loses something when it is published: {2}⟨ (line {3} of its file)⟩"},
		Hint:    Text{"{4}", "{5}"},
		Explain: Text{
			"图片照样发布，但有一样东西没法带上：动图只留第一帧，图里引用的别处图片、嵌进去的网页文字、别的颜色空间。看看网页上的样子，要紧的话照改法另存一份。",
			"The picture is published, but something of it cannot be: the other frames of an animation, pictures that lie elsewhere, web pages within a drawing, colours of another kind. Look at the page; if it matters, save the picture as the hint says.",
		},
	})
	MissingRecording = declare(Code{
		ID: "missing-recording", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"没有找到录音“{0}”", "the recording \"{0}\" is missing"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩录音和文章放在同一个文件夹里", "⟨did you mean \"{1}\"? ⟩keep recordings in the folder of their record"},
		Explain: Text{
			"录音的路径从文章所在的文件夹算起，大小写也要一致：Windows 上不分大小写，网站服务器上分。",
			"The path of a recording starts at the record's own folder. Upper and lower case must agree too: Windows does not tell them apart, web servers do.",
		},
	})
	HeavyRecording = declare(Code{
		ID: "heavy-recording", Severity: Warning,
		Message: Text{"录音“{0}”有 {1} MB⟨，{2} 分钟⟩：在公园里用流量听，要等很久", "the recording \"{0}\" has {1} MB⟨ for {2} minutes⟩: on a phone in a park that is a long wait"},
		Hint:    Text{"用录音或剪辑软件另存为 MP3 或 M4A，单声道，64 kbps⟨，大约 {3} MB⟩", "save it anew as MP3 or M4A, mono, 64 kbps⟨, which makes some {3} MB⟩"},
		Explain: Text{
			"人的声音，单声道、64 kbps 就听不出差别，一分钟不到半兆。WAV、FLAC 和 256 kbps 以上的文件大好几倍，听起来一样。能发布，只是提醒。",
			"Mono at 64 kbps carries a voice without a loss that can be heard, in less than half a megabyte a minute. WAV, FLAC and files of 256 kbps are several times as large and sound the same. It is published nevertheless.",
		},
	})
	MissingTranscript = declare(Code{
		ID: "missing-transcript", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"没有找到文字稿“{0}”", "the transcript \"{0}\" is missing"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩文字稿和录音放在同一个文件夹里，后缀是 .vtt、.srt、.md 或 .txt", "⟨did you mean \"{1}\"? ⟩keep it in the folder of its record; its name ends in .vtt, .srt, .md or .txt"},
		Explain: Text{
			"文字稿是录音里说的话。带时间的（WebVTT、SRT），念到哪一段，哪一段就亮；不带时间的写成 Markdown，列在录音下面。",
			"A transcript says what is said in a recording. With times (WebVTT, SRT) the paragraph that is being heard is lit; without them it is Markdown and stands below the recording.",
		},
	})
	BadTranscript = declare(Code{
		ID: "bad-transcript", Severity: Error,
		Message: Text{"文字稿⟨里的“{0}”⟩不对：{1}", "the transcript is wrong⟨ at \"{0}\"⟩: {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"带时间的文字稿是 WebVTT：\n\n    WEBVTT\n\n    南门\n    00:00.000 --> 00:04.200\n    各位，这里是南门。\n\n时间上面可以写一个小标题，它就是一章。剪映等软件导出的 SRT 也能用。程序不猜：时间看不懂、顺序不对，都在原处指出来。",
			"A transcript with times is WebVTT:\n\n    WEBVTT\n\n    The south gate\n    00:00.000 --> 00:04.200\n    Welcome. This is the south gate.\n\nA title above the times begins a chapter. SRT, which film editors export, will do as well. Nothing is guessed: a time that cannot be read and an order that is none are told where they stand.",
		},
	})
	BadRecording = declare(Code{
		ID: "bad-recording", Severity: Error,
		Message: Text{"录音“{0}”用不了：{1}", "the recording \"{0}\" cannot be used: {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"一个文件是什么，看内容，不看后缀。能用的录音：MP3、M4A（AAC）、Ogg、Opus、FLAC、WAV，以及有声音的 MP4 和 WebM。发布时，手机和录音软件写进去的地点、设备、人名、封面图片都会去掉，声音一点不变。",
			"What a file is, its content decides and not its name. MP3, M4A (AAC), Ogg, Opus, FLAC, WAV, and MP4 and WebM with sound can be used. What telephones and programs have written into it (places, devices, people, pictures) is taken out; the sound stays as it is.",
		},
	})
	MissingFilm = declare(Code{
		ID: "missing-film", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"没有找到视频“{0}”", "the film \"{0}\" is missing"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩视频和文章放在同一个文件夹里；放在视频网站上的，写 https:// 开头的网址", "⟨did you mean \"{1}\"? ⟩keep films in the folder of their record; of one on a platform write the address, from https:// on"},
		Explain: Text{
			"视频的路径从文章所在的文件夹算起，大小写也要一致：Windows 上不分大小写，网站服务器上分。",
			"The path of a film starts at the record's own folder. Upper and lower case must agree too: Windows does not tell them apart, web servers do.",
		},
	})
	BadFilm = declare(Code{
		ID: "bad-film", Severity: Error,
		Message: Text{"视频“{0}”用不了：{1}", "the film \"{0}\" cannot be used: {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"一个文件是什么，看内容，不看后缀。能用的视频：有画面的 MP4 和 WebM；手机里都能放的是 MP4（H.264）。发布时，手机写进去的地点、机型、人名都会去掉，声音和画面一点不变。",
			"What a file is, its content decides and not its name. MP4 and WebM with moving pictures can be used; MP4 (H.264) plays on every phone. Places, devices and people that telephones have written into it are taken out; sound and pictures stay as they are.",
		},
	})
	BadFile = declare(Code{
		ID: "bad-file", Severity: Error,
		Message: Text{"文件“{0}”不能发布：{1}", "the file \"{0}\" cannot be published: {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"给人下载的文件（Word、Excel、PowerPoint、PDF、ZIP、文字、录音、视频）发布前都要看一遍内容：内容须和后缀相符；作者、软件、地点、设备，和里面照片的拍摄信息都会去掉，正文一字不动。看不到里面的（有密码的、认不出的）不发布。",
			"Files to take away (Word, Excel, PowerPoint, PDF, ZIP, texts, recordings, films) are looked into: their content must be what their name says, and authors, programs, places, devices and what cameras wrote into photographs within are taken out, while what they say stays as it is. What cannot be looked into, with a password or of a kind that is not known, is not published.",
		},
	})
	ForeignPicture = declare(Code{
		ID: "foreign-picture", Severity: Error,
		Message: Text{"图片“{0}”在别的网站上，不能这样用", "the picture \"{0}\" is on another site and cannot be used so"},
		Hint:    Text{"把图片存下来（记得问过版权），和文章放在同一个文件夹里，写它的文件名", "save the picture (ask whose it is), put it into the folder of its record and write its name"},
		Explain: Text{
			"网页不向别的网站要任何东西：那边删了图，这边就破了；读者看了哪一页，那边也知道了。公众号的图片在别处还打不开。",
			"Pages ask nothing of other sites: when the picture is gone there it is missing here, and the other site would learn who reads what.",
		},
	})
	MissingAlt = declare(Code{
		ID: "missing-alt", Severity: Warning,
		Message: Text{"图片“{0}”没有替代文字", "the picture \"{0}\" has no alternative text"},
		Hint:    Text{"写成 ![画面上有什么]({0})，给看不见的人听", "write ![what it shows]({0}), for those who cannot see it"},
		Explain: Text{
			"替代文字由读屏软件念给看不见的人听，图片加载不出时也显示它。写画面上有什么，不要写“图片1”。",
			"Alternative text is read aloud to those who cannot see the picture. Say what it shows.",
		},
	})
	TextTooDeep = declare(Code{
		ID: "text-too-deep", Severity: Error,
		Message: Text{"正文处理不了：{0}", "the text cannot be processed: {0}"},
		Hint:    Text{"看看是不是有一长串重复的符号", "look for a long run of the same marks"},
		Explain: Text{
			"正文里有成千上万层嵌套的引用、列表或括号。正常文章不会这样；多半是粘贴时带进来的。",
			"The text nests thousands of quotes, lists or brackets. No real article does; it was probably pasted in.",
		},
	})
)

// Findings about themes: for those who change templates, not for editors.
var (
	ThemeMissing = declare(Code{
		ID: "theme-missing", Severity: Error,
		Message: Text{"没有找到主题“{0}”", "there is no theme \"{0}\""},
		Hint:    Text{"可用的主题：{1}", "themes at hand: {1}"},
		Explain: Text{
			"主题放在 themes/名称/ 里；不写 theme 时用内置的 lamplight。",
			"Themes live in themes/NAME/; without `theme` the built-in lamplight is used.",
		},
	})
	TemplateFault = declare(Code{
		ID: "template", Severity: Error,
		Message: Text{"模板有误：{0}", "the template is wrong: {0}"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩模板能用的字段见 mingdeng help theme", "⟨did you mean \"{1}\"? ⟩mingdeng help theme lists the fields a template may use"},
		Explain: Text{
			"模板只能用视图里有的字段。所有模板在生成第一个网页之前就检查完，所以有错的模板不会留下半个网站。",
			"A template may use only the fields of its view. All templates are checked before the first page is made, so a wrong one never leaves half a site.",
		},
	})
	MissingWord = declare(Code{
		ID: "missing-word", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"语言文件里没有“{0}”这个词", "the language file has no word \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩在 {2} 里加上它", "⟨did you mean \"{1}\"? ⟩add it to {2}"},
		Explain: Text{
			"界面上的每个词都来自主题的 i18n/语言.yaml，模板里用 {{t \"词名\"}} 取。",
			"Every word of the interface comes from the theme's i18n/LANG.yaml and is fetched with {{t \"name\"}}.",
		},
	})
)

// Findings about folders that need a record of their own.
var MissingIndex = declare(Code{
	ID: "missing-index", Severity: Error,
	Message: Text{"这个文件夹少了 {0}", "the folder lacks {0}"},
	Hint:    Text{"运行 mingdeng new {1} {3}，再填上名称", "run mingdeng new {2} {3}, then fill in its title"},
	Explain: Text{
		"content/anthology/书/ 和 content/venues/阵地/ 里要有 _index.md，写这本书或这处阵地本身；没有它，里面的文章和展品就没有归处。",
		"content/anthology/BOOK/ and content/venues/VENUE/ need an _index.md for the book or the venue itself; without it what lies inside has no home.",
	},
})

// CardGlyph says that a share card cannot show a text.
var CardGlyph = declare(Code{
	ID: "card-glyph", Severity: Warning,
	Message: Text{"分享图的字体没有“{0}”，{1}", "the share cards' font lacks \"{0}\": {2}"},
	Hint:    Text{"网页不受影响；若是写错的字或表情符号，改过来就有了", "pages are not affected; if it is a slip or an emoji, mend it and the card will be drawn whole"},
	Explain: Text{
		"分享图上的字是画出来的，字体有通用规范汉字表的 8105 字、常见繁体字和人名用字。缺字时不画方框：姓名或标题缺字，这一页就没有分享图；别的话缺字，图上就不写那一句。",
		"The words of a share card are drawn, with a font that has the 8105 characters of 通用规范汉字表, Traditional forms and rare characters of names. A box is never drawn in place of a character: where a name or title lacks one, the page has no card; any other text that lacks one is left out of it.",
	},
})

// Internal is a fault of the program itself.
var Internal = declare(Code{
	ID: "internal", Severity: Error,
	Message: Text{"明灯自己出错了：{0}", "the program itself failed: {0}"},
	Hint:    Text{"请把这一行连同文件发给维护的人；网站没有任何改动", "please report this line with the file; nothing has been changed"},
	Explain: Text{
		"这不是您写错了，是程序的缺陷。网站保持原样。",
		"This is a defect of the program, not of your text. The site is as it was.",
	},
})

// UnusedFile is a picture or other file that nothing refers to.
var UnusedFile = declare(Code{
	ID: "unused-file", Severity: Warning,
	Message: Text{"没有哪篇内容用到这个文件", "no record uses this file"},
	Hint:    Text{"⟨{0}；⟩用不着就删掉，或移到 content/ 之外", "⟨{1}; ⟩delete it or move it out of content/"},
	Explain: Text{
		"没用到的图片不会发布，但会让文件夹越来越乱，也可能是文件名写错了的迹象。",
		"Files that nothing refers to are not published; they may be a sign of a misspelt name.",
	},
})

// What only `check` looks for.
var (
	PersonalData = declare(Code{
		ID: "personal-data", Severity: Warning, Private: true,
		Message: Text{"“{0}”像是{1}", "\"{0}\" looks like {2}"},
		Hint:    Text{"个人号码不要公开；请删去，或换成单位的电话", "private numbers do not belong on a public page: remove it, or give the organisation's phone"},
		Explain: Text{
			"身份证号（18 位，或老的 15 位）、残疾证号（20 位）、手机号（13 到 19 开头的 11 位）、银行卡号（校验相符的 16 到 19 位）一旦上网就收不回来。中间隔着空格、横线、看不见的字符，用全角、带圈、中文数字写，几个号码连在一起，表格里一格一位，也看得出来。检查时发现会提醒；若确是对外公布的工作电话，可以不理。",
			"Identity numbers, those of disability certificates, mobile numbers and bank cards cannot be called back once they are out. They are seen with blanks, hyphens or invisible characters between their digits, in full-width, circled or Chinese digits, run together, and one digit a cell. If it is a phone meant for the public, leave it.",
		},
	})
	AltRepeats = declare(Code{
		ID: "alt-repeats", Severity: Warning,
		Message: Text{"替代文字照抄了图注“{0}”", "the alternative text repeats the caption \"{0}\""},
		Hint:    Text{"替代文字写画面上有什么；图注已经念过一遍了", "say what the picture shows; the caption is read aloud already"},
		Explain: Text{
			"读屏软件把替代文字和图注都念出来，两句一样，看不见的人就听两遍同样的话，还是不知道画面上有什么。",
			"Both are read aloud. Where they are the same, whoever cannot see hears one sentence twice and still does not know what the picture shows.",
		},
	})
	TraditionalText = declare(Code{
		ID: "traditional-text", Severity: Warning,
		Message: Text{"这篇是用繁体字写的（“{0}”），简体版里也照样是繁体", "this text is in Traditional characters (\"{0}\"), and so is the Simplified edition"},
		Hint:    Text{"改成简体字，繁体版由程序转换；要自己写繁体，另存一份 {1}", "write it in Simplified characters, the program converts it; to word the Traditional edition yourself, write {1} beside it"},
		Explain: Text{
			"网站的文字用简体字写，繁体版由程序一字一字地转。想自己定繁体版的字句，在旁边放一个同名的文件，名字以 .zh-hant.md 结尾。",
			"Texts are written in Simplified characters; the Traditional edition is converted from them. To word it yourself put a file of the same name beside it that ends in .zh-hant.md.",
		},
	})
	SiteLanguage = declare(Code{
		ID: "site-language", Severity: Error,
		Message: Text{"本站的语言不能是 {0}：网站的文字总是用简体中文（zh-Hans）写", "the site's own language cannot be {0}: its texts are written in Simplified Chinese (zh-Hans)"},
		Hint:    Text{"删掉这一行，写 版本: [{0}]，网站就也有这个版本", "remove this line and write editions: [{0}], and the site has that edition too"},
		Explain: Text{
			"别的语言是版本：`版本: [zh-Hant, en]`。繁体版由程序转换，也可以自己写 NAME.zh-hant.md；英文版用 NAME.en.md。",
			"Other languages are editions: `editions: [zh-Hant, en]`. The Traditional one is converted, or worded in NAME.zh-hant.md; the English one is in NAME.en.md.",
		},
	})
	HonorYear = declare(Code{
		ID: "honor-year", Severity: Warning,
		Message: Text{"荣誉“{0}”没有年份", "the honour \"{0}\" has no year"},
		Hint:    Text{"加上 年份: …（或写明第几届）", "add year: … (or the session)"},
		Explain: Text{
			"同一种荣誉年年评选，没有年份，读者查不到，同名的人也分不清。授予文件或证书上有。",
			"Most honours are granted every year; without one a reader cannot look it up. It stands on the certificate.",
		},
	})
	NumberJump = declare(Code{
		ID: "number-jump", Severity: Warning,
		Message: Text{"期号从 {0} 跳到了 {1}", "the number jumps from {0} to {1}"},
		Hint:    Text{"是漏了第 {2} 期，还是写错了？", "is number {2} missing, or is this one wrong?"},
		Explain: Text{
			"同一年里的简报按期号排下来，中间缺了号：可能有一期没有录入，也可能期号写错了。",
			"Among the briefs of a year a number is missing: one was not entered, or a number is wrong.",
		},
	})
	NumberTwice = declare(Code{
		ID: "number-twice", Severity: Warning,
		Message: Text{"期号 {0} 用了两次，另一篇是 {1}", "number {0} is used twice, also by {1}"},
		Hint:    Text{"核对原件，改掉其中一个", "compare with the originals and change one of them"},
		Explain: Text{
			"同一年里两篇简报写着同一个期号。",
			"Two briefs of a year bear one number.",
		},
	})
	ConsentLapses = declare(Code{
		ID: "consent-lapses", Severity: Warning,
		Message: Text{"“{0}”的授权 {1} 到期，还有 {2} 天", "the consent of \"{0}\" lapses on {1}, in {2} days"},
		Hint:    Text{"请尽早联系本人或家属续签；到期后这个人会从网站上消失", "renew it in time: afterwards the person leaves the site"},
		Explain: Text{
			"授权写了截止日，过了这一天再生成网站，这个人就不再出现在任何网页里，铭牌上的二维码也会打不开他的故事。检查时提前 60 天提醒。",
			"A consent with a last day ends the person's presence on the site with it, their plaques' pages too. You are told 60 days ahead.",
		},
	})
	UnlinkedName = declare(Code{
		ID: "unlinked-name", Severity: Warning,
		Message: Text{"写到了“{0}”，但没有链接到这位英雄", "\"{0}\" is named without a link"},
		Hint:    Text{"写成 [[{1}]]，或在“英雄”里列上", "write [[{1}]], or list the hero under \"heroes\""},
		Explain: Text{
			"把名字写成 [[heroes/网址名]]，读者可以点开；这位英雄的页面上也会列出这篇内容。撤回授权时，这里的名字也会自动隐去。",
			"A name written as [[heroes/SLUG]] can be followed, the hero's page lists this record, and the name is hidden of itself when consent is withdrawn.",
		},
	})
)
