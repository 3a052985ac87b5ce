package diag

// Findings about plaques that a fabricator would send back.
var (
	PlaqueMaterial = declare(Code{
		ID: "plaque-material", Severity: Warning,
		Message: Text{"铭牌 {0} 没写材质", "no material is given for the plaque {0}"},
		Hint: Text{
			"在“铭牌”里写 材质：不锈钢、铝板、铜牌、亚克力、瓷、石、木、玻璃或纸；整处阵地都一样，就写在阵地的 _index.md 里",
			"give plaque a material: steel, aluminium, copper, acrylic, ceramic, stone, wood, glass or paper; where a whole venue has one, in the venue's _index.md",
		},
		Explain: Text{
			"制作方按材质定工艺：金属蚀刻要胶片，亚克力反打要白底，石头要雕刻。没写的按印刷做文件，清单上写“材质未定，先问”。\n\n" +
				"写的地方有三处，近的优先：展品的 `铭牌: {材质: 不锈钢}`；阵地 `_index.md` 的 `铭牌: {材质: …}`，那里没写的展品都用它；`site.yaml` 的 `铭牌: {材质: …}`，全站都用它。",
			"The material decides how a plaque is worked: metal is etched through a film, acrylic is printed on its back with white behind, stone is carved. Where none is given the files are those for print, and the list says that it is not settled.\n\n" +
				"It may stand in three places, the nearest first: in the exhibit (`plaque: {material: steel}`), in the venue's `_index.md` for all exhibits that do not say, in `site.yaml` for all.",
		},
	})
	PlaqueMaterials = declare(Code{
		ID: "plaque-materials", Severity: Warning,
		Message: Text{"这里有 {0} 块铭牌没写材质：{1}", "plaques here without a material: {0} ({2})"},
		Hint: Text{
			"都一样，就在这个文件里写一行 铭牌: {材质: 不锈钢}；不一样的写在各自的展品里",
			"if all have the same, write plaque: {material: steel} in this file; those that differ say so in their own",
		},
		Explain: Text{
			"制作方要知道每块铭牌用什么材质。展品自己没写“铭牌”的，用阵地 `_index.md` 里的；再没有，用 `site.yaml` 里的。见 `mingdeng explain plaque-material`。",
			"Fabricators must know what each plaque is made of. Exhibits that say nothing take what the venue's `_index.md` says, then what `site.yaml` says. See `mingdeng explain plaque-material`.",
		},
	})
	PlaqueLarge = declare(Code{
		ID: "plaque-large", Severity: Error,
		Message: Text{"铭牌 {0}（版式 {1}）有 {2} 毫米长，这种材质做不了这么大的一整块（最长 {3} 毫米）", "the plaque {0} (design {1}) is {2} mm long, more than can be made of this material in one piece ({3} mm)"},
		Hint: Text{
			"分成几块：名录多的，几件展品各立一面，各写各的届次；金属的可换成不用胶片的亚克力、瓷、石",
			"part it: several exhibits, each with its own sessions of names; instead of metal take what needs no film: acrylic, ceramic, stone",
		},
		Explain: Text{
			"金属要照着胶片蚀刻，胶片再大也有限度：长过 11 米，边缘就不准了。名录墙的长度随名字的多少变。",
			"Metal is etched through a film, and films end: beyond 11 m their edges are no longer true. A wall grows with the names on it.",
		},
	})
	PlaqueCoarse = declare(Code{
		ID: "plaque-coarse", Severity: Warning,
		Message: Text{"{0} 印在铭牌 {1} 上只有 {2} dpi，看得出马赛克", "{0} has only {2} dpi on the plaque {1}: single pixels will be seen"},
		Hint: Text{
			"换一张至少 {4}×{5} 像素的（现在 {6}×{7}），或把铭牌做小；至少要 {3} dpi",
			"use one of at least {4} × {5} px (this has {6} × {7}), or make the plaque smaller; {3} dpi is the least",
		},
		Explain: Text{
			"照片按成品的大小算，每英寸至少要有 150 个像素，少了印出来一格一格的。向提供照片的人要原图：微信里收到的常常缩小过，请对方勾“原图”再发。放大软件补不出原来没有的细节。",
			"A photograph needs at least 150 pixels an inch at its final size. Ask for the original: messengers send reduced copies unless told otherwise. Enlarging it adds nothing.",
		},
	})
)
