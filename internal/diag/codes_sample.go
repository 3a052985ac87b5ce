package diag

// Findings about samples, told when they are to be cleared.
var (
	SampleCode = declare(Code{
		ID: "sample-code", Severity: Error,
		Message: Text{"示例“{0}”已经发过编号 {1}，不能就这样清掉", "the sample \"{0}\" has the code {1} and cannot just go"},
		Hint:    Text{"先运行 mingdeng plaque retire {1}，再清示例；若它是真的，删掉“示例”那一行", "run mingdeng plaque retire {1} first; if it is real, take its sample line out"},
		Explain: Text{
			"编号发出去就要一直能打开。示例从前发过编号的，先撤下（`mingdeng plaque retire 编号`）：那个网址会打开一页，说明这里曾有铭牌。然后再运行 `mingdeng init --clear-samples`。",
			"A code must open for ever. Where a sample was given one, retire it first (`mingdeng plaque retire CODE`): its address then opens a page that says so. Then run `mingdeng init --clear-samples` again.",
		},
	})
	SampleHolds = declare(Code{
		ID: "sample-holds", Severity: Error,
		Message: Text{"“{0}”是示例，可里面有不是示例的 {1}", "\"{0}\" is a sample, but {1} in it is none"},
		Hint: Text{
			"把它移到自己的阵地（书）里再清；若“{0}”已经改成真的，删掉这里“示例”那一行",
			"move that to a venue (book) of your own first; if \"{0}\" has become real, take the sample line out here",
		},
		Explain: Text{
			"清示例时，示例阵地、示例书的整个文件夹都会拿走。里面若有您自己写的，程序不动它，先说一声：移到自己的阵地（书）里，或把这个阵地（书）认作真的（删掉 `示例: true`）。",
			"Clearing samples takes the whole folder of a sample venue or book. What you have put there yourself is not touched: move it, or make the venue or book real by taking `sample: true` out.",
		},
	})
	SampleInUse = declare(Code{
		ID: "sample-in-use", Severity: Error,
		Message: Text{"清掉示例以后，这里就会出错：{0}", "this would be wrong once the samples are gone: {1}"},
		Hint:    Text{"先改掉这一处，再清示例；现在什么也没有动", "change this first; nothing has been touched yet"},
		Explain: Text{
			"这里用到了示例，程序不知道该换成什么，例如示例文件夹里的照片、写成 `奖项: …` 的示例荣誉。换成自己的，或删掉，再运行 `mingdeng init --clear-samples`。",
			"This uses a sample in a way that the program cannot undo by itself, such as a picture in a sample's folder. Replace or delete it, then run `mingdeng init --clear-samples` again.",
		},
	})
)
