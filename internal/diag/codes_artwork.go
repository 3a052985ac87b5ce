package diag

// Findings about making plaques: designs, sizes, type.
var (
	PlaqueDesign = declare(Code{
		ID: "plaque-design", Severity: Error,
		Message: Text{"铭牌版式有误：{0}", "the plaque design is wrong: {1}"},
		Hint:    Text{"版式的写法见 themes/lamplight/plaques/ 里的文件", "see the files in themes/lamplight/plaques/ for how designs are written"},
		Explain: Text{
			"版式是主题里的 plaques/名称.yaml：一块板、若干以毫米计的框。每个版式有且只有一个二维码，四周留空，深色印在浅色上。",
			"A design is plaques/NAME.yaml in a theme: a panel and boxes in millimetres. Each has exactly one code with an empty rim, dark on light.",
		},
	})
	CoverDesign = declare(Code{
		ID: "cover-design", Severity: Error,
		Message: Text{"书封版式有误：{0}", "the cover design is wrong: {1}"},
		Hint:    Text{"版式的写法见 themes/lamplight/book/ 里的文件", "see the files in themes/lamplight/book/ for how covers are written"},
		Explain: Text{
			"电子书和打印版的封面由主题的 book/名称.yaml 画出：一幅底图、若干以毫米计的框。cover 用于没有封面图片的书，plate 用于有图片的书。",
			"The covers of e-books and printed books are drawn after book/NAME.yaml in a theme: a ground and boxes in millimetres. cover is for books without a cover picture, plate for those with one.",
		},
	})
	CoverGlyph = declare(Code{
		ID: "cover-glyph", Severity: Warning,
		Message: Text{"书封的字体里没有“{0}”，封面上画成□", "the cover's font has no \"{0}\"; it is drawn as □"},
		Hint:    Text{"换一个有这个字的字体（主题的 fonts/ 文件夹），或核对是不是打错了字", "bring a font that has it (the theme's fonts folder), or check the spelling"},
		Explain: Text{
			"封面上的字画成图形，字体里没有的字画不出来。内置字体有《通用规范汉字表》的 8105 个字、繁体和姓名用字。书里的正文不受影响。",
			"Type on covers is drawn, and what the font lacks cannot be. The fonts here have the 8,105 characters of the official table, traditional forms and those of names. The book's text is not concerned.",
		},
	})
	PlaqueNoDesign = declare(Code{
		ID: "plaque-no-design", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"没有“{0}”这种铭牌版式", "there is no plaque design \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩可用的版式：{2}", "⟨did you mean \"{1}\"? ⟩designs at hand: {2}"},
		Explain: Text{
			"版式来自主题的 plaques/ 文件夹：tag 只有码，plaque 有名字和码，panel 和 board 是带故事的展板，wall 是名录墙，honor 是光荣之家；都有哪些、多大、站多远看，见 `mingdeng help plaques`。",
			"Designs come from the theme's plaques/ folder: tag is the code alone, plaque has a name, panel and board have the story, wall a roll of names, honor is for the home of an honoured family; `mingdeng help plaques` lists all with their sizes and distances.",
		},
	})
	PlaqueGlyph = declare(Code{
		ID: "plaque-glyph", Severity: Error,
		Message: Text{"铭牌字体里没有“{0}”（{1}）这个字", "the plaque font has no \"{0}\" ({1})"},
		Hint:    Text{"名字里少不了的字，请换一个有它的字体；或核对是不是打错了字", "bring a font that has it, or check the spelling"},
		Explain: Text{
			"铭牌上的字都转成轮廓再交给工厂，字体里没有的字就刻不出来，更不能用方框代替。内置字体有《通用规范汉字表》的 8105 个字和姓名用字。",
			"Type goes to the fabricator as outlines; a character the font lacks cannot be cut. The fonts here have the 8,105 characters of the official table.",
		},
	})
	PlaqueFit = declare(Code{
		ID: "plaque-fit", Severity: Error,
		Message: Text{"“{0}”在版式 {1} 里放不下", "\"{0}\" does not fit the design {1}"},
		Hint:    Text{"用大一些的铭牌，或写短一些（摘要、名称）；放得下的版式：{3}", "make the plaque larger or the words shorter ({2}); designs that hold them: {3}"},
		Explain: Text{
			"名字先略缩小，再折行，还放不下才报错，绝不切掉字。可以在“铭牌”里加大宽高，或给展品写一个短的“摘要”。",
			"Text is first set a little smaller, then on more lines; it is never cut. Give the plaque more width and height, or the exhibit a shorter summary.",
		},
	})
	PlaqueFar = declare(Code{
		ID: "plaque-far", Severity: Error,
		Message: Text{"二维码宽 {0} 毫米，{1} 米外扫不出来", "the code is {0} mm wide and cannot be scanned from {1} m"},
		Hint:    Text{"铭牌至少要宽 {2} 毫米；这个大小最远能在 {3} 米处扫", "make the plaque at least {2} mm wide; at this size {3} m is the farthest"},
		Explain: Text{
			"二维码的宽度至少是扫描距离的十分之一：站在 2 米外扫，码要有 20 厘米宽。",
			"A code must be at least a tenth of the scanning distance wide.",
		},
	})
	PlaqueModule = declare(Code{
		ID: "plaque-module", Severity: Error,
		Message: Text{"二维码的小方格只有 {0} 毫米，这种材质至少要 {1} 毫米", "a module of the code has {0} mm; this material needs {1} mm"},
		Hint:    Text{"铭牌至少要宽 {2} 毫米", "make the plaque at least {2} mm wide"},
		Explain: Text{
			"小方格太小，刻不清、蚀不透，几年后就糊了。纸至少 0.5 毫米，户外的亚克力、金属、瓷 1.4 毫米，石 2 毫米。",
			"Modules that are too small do not survive cutting and weather: 0.5 mm in print, 1.4 mm outdoors, 2 mm in stone.",
		},
	})
	PlaqueType = declare(Code{
		ID: "plaque-type", Severity: Error,
		Message: Text{"“{0}”的字只有 {1} 毫米，站在 {2} 米外看不清（至少 {3} 毫米）", "the type of \"{0}\" is {1} mm and cannot be read from {2} m ({3} mm is the least)"},
		Hint:    Text{"铭牌至少做到 {4} 毫米宽；或在“铭牌”里写上读者站的距离", "make the plaque at least {4} mm wide; or say under its plaque from how far it is read"},
		Explain: Text{
			"每种版式写着站多远看。字的大小至少是这个距离的六十分之一，边走边找的导览牌五十分之一，走近了才看的小字一百分之一。把铭牌做得比版式小，字也跟着变小。在展品的“铭牌”里写 `扫描距离`，比版式的近，就按近的算。",
			"Each design says from how far it is read. Type has at least a sixtieth of that, on signs a fiftieth, small print a hundredth. A plaque made smaller than its design has smaller type. A `distance` under the exhibit's plaque that is nearer than the design's counts instead.",
		},
	})
	PlaqueStroke = declare(Code{
		ID: "plaque-stroke", Severity: Error,
		Message: Text{"“{0}”最细的笔画只有 {1} 毫米，这种材质做不出来（至少 {2} 毫米）", "the thinnest stroke of \"{0}\" is {1} mm, which this material cannot hold ({2} mm is the least)"},
		Hint:    Text{"字要 {3} 毫米大：铭牌至少做到 {4} 毫米宽，或换一种材质、写短一些", "the type needs {3} mm: make the plaque at least {4} mm wide, take another material, or say it in fewer words"},
		Explain: Text{
			"笔画太细，蚀刻填不上漆，石上一刻就崩。最细的笔画：纸 0.1 毫米，亚克力 0.15，瓷 0.25，金属 0.3，石 1 毫米；景石上深刻的大字 12 毫米。程序先把字加粗，加粗还不够才报错，并说出多大才行。",
			"Strokes that are too thin hold no paint when etched and break out of stone. The least: paper 0.1 mm, acrylic 0.15, ceramic 0.25, metal 0.3, stone 1 mm; large characters carved in rock 12 mm. Type is made bolder first; where that is not enough, the size that works is named.",
		},
	})
	PlaqueQuiet = declare(Code{
		ID: "plaque-quiet", Severity: Error,
		Message: Text{"版式 {0} 里，二维码四周要空出 {1} 毫米", "in the design {0} the code needs an empty rim of {1} mm"},
		Hint:    Text{"把字、孔和边缘移开，或把码缩小一些", "move text, holes and edges away, or make the code smaller"},
		Explain: Text{
			"二维码四周要有四个小方格宽的空白，手机靠它找到码的边。",
			"A code needs an empty rim of four modules; readers find its edge by it.",
		},
	})
	PlaqueUnread = declare(Code{
		ID: "plaque-unread", Severity: Error,
		Message: Text{"编号 {0} 的二维码读不出来，不能做成铭牌", "the QR code of {0} cannot be read and must not be made into a plaque"},
		Hint: Text{
			"先停用它：mingdeng plaque retire {0}，再运行 mingdeng plaque issue 给这件展品另发一个",
			"retire it: mingdeng plaque retire {0}; then mingdeng plaque issue gives the exhibit another one",
		},
		Explain: Text{
			"铭牌的文件交出去之前，程序把画好的二维码读一遍。每一千个编号里有几个，图案碰巧像别的记号，有的手机找不到它。`mingdeng plaque issue` 发编号时已经避开它们；登记簿是手写的，或者换过网址，就会碰上。停用这个编号，给展品另发一个。停用的编号，网址仍然打得开，挂出去的铭牌不会失效。",
			"Before a plaque's files are handed out the program reads the code that was drawn. Of a thousand codes a few happen to look like other marks, and some phones do not find them. `mingdeng plaque issue` gives out none of these; a ledger written by hand, or another address, may have one. Retire the code and issue another. The address of a retired code still opens, so that a plaque that hangs already goes on working.",
		},
	})
)
