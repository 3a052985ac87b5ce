package diag

// Findings about plaques: codes that are out in the world and the ledger that
// keeps them.
var (
	PlaqueForm = declare(Code{
		ID: "plaque-form", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"“{0}”不是铭牌编号", "\"{0}\" is not a plaque code"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩编号是 4 到 6 位大写字母和数字，不用 I、L、O、U", "⟨did you mean \"{1}\"? ⟩a code has 4 to 6 capitals and digits, without I, L, O and U"},
		Explain: Text{
			"铭牌编号由 `mingdeng plaque issue` 发放，例如 7K3X：只用数字和大写字母，不用容易看错的 I、L、O、U。content/plaques.yaml 里的编号和铭牌上印的一字不差，不要手写新的。",
			"Codes are given out by `mingdeng plaque issue`. They use digits and capitals without I, L, O and U, which are easily misread. The ledger holds them exactly as printed; do not make one up.",
		},
	})
	PlaqueCheck = declare(Code{
		ID: "plaque-check", Severity: Error,
		Message: Text{"编号“{0}”的校验不对：有一个字符写错了，或两个字符颠倒了", "the check character of \"{0}\" is wrong: a character was changed, or two were swapped"},
		Hint:    Text{"照铭牌上印的改回来，或用 git 找回原来的 {1}", "write it as the plaque has it, or fetch the earlier {1} from git"},
		Explain: Text{
			"编号的最后一位是校验字符，由前几位算出。任何一个字符写错、相邻或隔一位的两个字符颠倒，校验都会不对。铭牌已经在外面挂着，编号必须和它一样，所以不要改成别的编号，要改回原样。\n\ncontent/plaques.yaml 平时不用手改：`mingdeng plaque issue` 和 `mingdeng plaque retire` 会写。",
			"The last character of a code is computed from the others; any single wrong character and any swap of near characters breaks it. The plaque hangs outside already, so bring the entry back to what is printed there.",
		},
	})
	PlaqueTwice = declare(Code{
		ID: "plaque-twice", Severity: Error,
		Message: Text{"编号 {0} 登记了两次（第 {1} 行已经有了）", "the code {0} is listed twice (first on line {1})"},
		Hint:    Text{"留下和铭牌一致的那一条，删掉另一条；若两块铭牌真印了同一个编号，要换掉一块", "keep the entry that agrees with the plaque and delete the other; if two plaques bear one code, one of them must be replaced"},
		Explain: Text{
			"一个编号只能通向一处。两条登记写着同一个编号，多半是复制粘贴，或两个人的改动合并时重复了。",
			"A code leads to one place. Two entries with one code come from copying, or from merging two people's changes.",
		},
	})
	PlaqueOrphan = declare(Code{
		ID: "plaque-orphan", Severity: Error, Mend: [2]int{1, 2},
		Message: Text{"编号 {0} 还在用，可它的展品“{1}”不在了", "the code {0} is in force, but its exhibit \"{1}\" is gone"},
		Hint: Text{
			"⟨想写的是“{2}”吗？⟩展品改了名：在它的文件里写上 网址名: {3}\n展品撤了：运行 mingdeng plaque retire {0}（有接替的，加 --successor 新编号）",
			"⟨did you mean \"{2}\"? ⟩if the exhibit was renamed, write slug: {3} in its file\nif it was removed, run mingdeng plaque retire {0} (with --successor CODE if another took its place)",
		},
		Explain: Text{
			"铭牌铸好挂出去以后，扫它的人要一直看得到东西，所以在用的编号必须有展品。常见原因：\n\n- 展品的文件改了名或挪了地方：在文件里写 `网址名: 原来的名字`，网址就不变；\n- 展品还是草稿，或已过失效日期：去掉 `草稿`，或改 `失效日期`；\n- 展品真的撤了：`mingdeng plaque retire 编号`，那个网址会说明这里曾有展品，并引向接替的展品或所在的阵地。",
			"A plaque that hangs outside must lead somewhere for ever, so a code in force needs its exhibit. If the file was renamed, give it its old slug; if it is a draft or expired, publish it; if the exhibit is really gone, run `mingdeng plaque retire CODE`: its page then says that something stood there and leads on.",
		},
	})
	PlaqueSuccessor = declare(Code{
		ID: "plaque-successor", Severity: Error, Mend: [2]int{1, 4},
		Message: Text{"编号 {0} 的接替“{1}”不行：{2}", "the successor \"{1}\" of the code {0} cannot be: {3}"},
		Hint:    Text{"⟨想写的是“{4}”吗？⟩接替写一个登记过的别的编号；没有就不写，网页会引向所在的阵地", "⟨did you mean \"{4}\"? ⟩a successor is another code of the ledger; without one the page leads on to the venue"},
		Explain: Text{
			"停用的编号可以写“接替”：原处换上的新铭牌的编号。扫旧铭牌的人会被引到新的那里。接替必须登记过，不能是自己，几个编号也不能绕成一圈，否则读者永远走不到头。在用的编号不写接替。",
			"A retired code may name its successor, the code of the plaque that took its place. It must be in the ledger, not be the code itself, and not lead back in a circle. A code in force has no successor.",
		},
	})
	PlaqueLost = declare(Code{
		ID: "plaque-lost", Severity: Error,
		Message: Text{"编号 {0}（{1}，{2} 发放）不在登记簿里了", "the code {0} ({1}, issued {2}) is no longer listed"},
		Hint: Text{
			"⟨第 {4} 行的“{5}”多半就是它写错了：改回 {0}⟩⟨编号发出去就不能删。把这几行放回 codes 下面：\n{3}\n铭牌真撤了，放回后再运行 mingdeng plaque retire {0}⟩",
			"⟨\"{5}\" on line {4} is probably this code: write {0} again⟩⟨a code once issued cannot be deleted. Put these lines back below codes:\n{3}\nif the plaque is gone, then run mingdeng plaque retire {0}⟩",
		},
		Explain: Text{
			"上一次生成网站时登记簿里有这个编号，现在没有了：这一条被删掉，或编号被改了。挂在外面的铭牌还通向它，所以要放回去。不再用的编号也留着，标为停用：它的网页会说明这里曾有展品，编号也不会再发给别人。",
			"The last build knew this code and the ledger no longer lists it: the entry was deleted or its code changed. The plaque outside still leads to it. Codes no longer in use stay in the ledger as retired, so that their page leads on and they are never used again.",
		},
	})
	PlaqueMoved = declare(Code{
		ID: "plaque-moved", Severity: Error,
		Message: Text{"铭牌上印的网址是 {0}，site.yaml 里却成了 {1}", "plaques bear the address {0}, but site.yaml now says {1}"},
		Hint: Text{
			"在 content/site.yaml 的“铭牌”下写 网址: {0}（网站自己的 base_url 可以另改）\n真要换，先让旧网址的 /Q/ 长期转到新网址，再改 {2} 这一行",
			"in content/site.yaml, below plaque, write base_url: {0} (the site's own base_url may differ)\nif it must change, first make the old address lead to the new one for good, then change this line of {2}",
		},
		Explain: Text{
			"二维码里印着网址，铸好的铭牌改不了。登记簿的第一行记着所有铭牌用的网址；site.yaml 里的网址和它不同，新旧铭牌就会通向两个地方，旧的可能从此打不开。\n\n网站搬家时，`铭牌: {网址: …}` 保持原样，只改 `base_url`，并让旧域名下的 /Q/… 一直能打开。域名要一直续费。",
			"The address is printed in the codes and cast plaques cannot be changed. The ledger keeps it. When the site moves, keep `plaque: {base_url: …}` as it was, change `base_url` alone, and keep the old host's /Q/… working and its domain paid.",
		},
	})
	PlaqueUnknown = declare(Code{
		ID: "plaque-unknown", Severity: Error,
		Message: Text{"登记簿里没有编号“{0}”", "the ledger has no code \"{0}\""},
		Hint:    Text{"⟨想写的是 {1} 吗？⟩mingdeng plaque list 列出所有编号", "⟨did you mean {1}? ⟩mingdeng plaque list shows all codes"},
		Explain: Text{
			"content/plaques.yaml 里登记着发出去的每一个编号。找不到的，多半是看错了一个字符：8 和 B、5 和 S、2 和 Z、0 和 D 容易混。",
			"Every code ever issued is in content/plaques.yaml. One that is not was probably misread: 8 and B, 5 and S, 2 and Z, 0 and D look alike.",
		},
	})
	PlaqueNoExhibit = declare(Code{
		ID: "plaque-no-exhibit", Severity: Error,
		Message: Text{"没有找到展品或阵地“{0}”", "there is no exhibit or venue \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩写名称、文件、网址，或 阵地/展品 的网址名；草稿还没有公开，不发编号", "⟨did you mean \"{1}\"? ⟩name it, or give its file, its address or VENUE/EXHIBIT; drafts are not public and get no code"},
		Explain: Text{
			"`mingdeng plaque issue` 后面可以写要发编号的展品，或者整个阵地：名称、`content/` 里的文件、网页的网址、网址名都可以。找不到的，多半是写错了一个字，或者那一条还是草稿。",
			"`mingdeng plaque issue` takes exhibits, or whole venues: by name, by file below `content/`, by the address of the page, or by slug. What is not found is misspelt, or a draft.",
		},
	})
	PlaqueRetired = declare(Code{
		ID: "plaque-retired", Severity: Error,
		Message: Text{"编号 {0} 已经停用", "the code {0} is retired already"},
		Hint:    Text{"要改它的接替，加 --successor 编号", "to give it a successor, add --successor CODE"},
		Explain: Text{
			"停用的编号不会再启用，也不会再发给别的展品。可以再运行一次 `plaque retire`，只为写上或改掉接替的编号。",
			"A retired code stays retired and is never used again. `plaque retire` may be run on it once more to set or change its successor.",
		},
	})
	PlaqueShape = declare(Code{
		ID: "plaque-shape", Severity: Error,
		Message: Text{"程序改不了写成这样的登记簿：{0}", "the program cannot edit a ledger written like this: {1}"},
		Hint:    Text{"每条占几行，一行一个键：\n{2}", "write each entry on lines of its own, one key a line:\n{2}"},
		Explain: Text{
			"发放和停用编号时，程序只改登记簿里该改的几行，别的一个字都不动。写在方括号、花括号里的清单，或用了 YAML 别名的写法，没法这样改。改成每条几行、一行一个键就行。",
			"Issuing and retiring change only the lines concerned and leave every other byte alone. Lists in brackets, entries in braces and YAML aliases cannot be edited so; write one key a line.",
		},
	})
	PlaqueAddress = declare(Code{
		ID: "plaque-address", Severity: Error,
		Message: Text{"不能为“{0}”发铭牌编号：它{1}", "no codes for \"{0}\": it {2}"},
		Hint: Text{
			"在 content/site.yaml 里写上网站真正的网址（有备案、长期续费的域名），再发编号",
			"write the site's real address in content/site.yaml, a domain that will be paid for as long as plaques hang, and issue then",
		},
		Explain: Text{
			"网址印进二维码，刻在铭牌上，以后改不了。所以示例网址（example.cn、….test）、占位的字、localhost 和单位内部的名字、IP 地址都不发编号：铭牌挂出去以后，扫码的人打不开。\n\n域名还没有办下来就先不发：网站可以照常写、照常看，等 `content/site.yaml` 里写上真网址，再运行 `mingdeng plaque issue`。",
			"The address is printed in codes and cast in metal. Names for examples (example.cn, ….test), placeholders, localhost and names within a building, and IP addresses get no codes: nobody could open them. Until the domain is there, write and look at the site without codes; issue them when `content/site.yaml` has the real address.",
		},
	})
	PlaqueFrail = declare(Code{
		ID: "plaque-frail", Severity: Warning,
		Message: Text{"要印进铭牌的网址 {0} {1}", "the address {0} is to be printed on plaques, and {2}"},
		Hint: Text{
			"最好先办好 https 和不带端口的域名再发编号；印出去就改不了",
			"better have https and a host without a port before codes are issued: they cannot be changed",
		},
		Explain: Text{
			"铭牌上的网址要用几十年。端口（:8443）是这一台服务器的设置，换了就打不开；http 网址在微信和新手机上会被提醒“不安全”。办好证书、用默认端口，再发编号。",
			"A plaque's address is used for decades. A port belongs to one server's set-up, and phones warn of http. Have a certificate and the standard port first.",
		},
	})
	PlaqueExample = declare(Code{
		ID: "plaque-example", Severity: Warning,
		Message: Text{"登记簿里的编号印的是“{0}”：它{1}；照这样做出的铭牌扫不开", "the codes of the ledger bear \"{0}\": it {2}; plaques made from them lead nowhere"},
		Hint: Text{
			"在 content/site.yaml 里写上真正的网址，再运行 mingdeng plaque issue 确认；在那以前不要做铭牌",
			"write the real address in content/site.yaml and run mingdeng plaque issue to confirm it; make no plaques until then",
		},
		Explain: Text{
			"这些编号发给了一个打不开的网址（示例、占位的字、localhost、IP 地址）。演示网站就是这样。要真用：在 `content/site.yaml` 里写上真网址，运行 `mingdeng plaque issue`，照提示把网址打一遍；编号不变，登记簿里的网址换成真的。已经照旧网址做出来的铭牌要重做。",
			"These codes were issued for an address that nobody can open; the demonstration site is like that. For real use write the real address in `content/site.yaml` and run `mingdeng plaque issue`, which asks to type it once: the codes stay, the ledger's address becomes the real one. Plaques made with the old address must be made again.",
		},
	})
	PlaqueUnconfirmed = declare(Code{
		ID: "plaque-unconfirmed", Severity: Error,
		Message: Text{"编号是为 {0} 发的，它{1}；site.yaml 里现在是 {3}，还没有确认过", "the codes were issued for {0}, which {2}; site.yaml now says {3}, which nobody has confirmed"},
		Hint: Text{
			"运行 mingdeng plaque issue，照提示把新网址打一遍；编号不变，照旧网址做出来的铭牌要重做",
			"run mingdeng plaque issue, which asks to type the new address; codes stay, plaques made with the old one must be made again",
		},
		Explain: Text{
			"印在铭牌上的网址要由人打一遍才算数，因为以后改不了。登记簿里记着打过的网址；从前发给示例网址的编号可以改用真网址，但要确认一次：运行 `mingdeng plaque issue`。",
			"An address goes on plaques only after somebody has typed it, because it cannot be changed later. The ledger keeps what was typed. Codes once issued for an example address may get the real one, which is confirmed by `mingdeng plaque issue`.",
		},
	})
	PlaqueSample = declare(Code{
		ID: "plaque-sample", Severity: Error,
		Message: Text{"“{0}”是示例，不发铭牌编号（{1} 里写着 示例: true）", "\"{0}\" is a sample and gets no code ({1} says sample: true)"},
		Hint: Text{
			"若是真的，删掉那一行；示例用不着了，运行 mingdeng init --clear-samples",
			"if it is real, take that line out; samples that are no longer needed go with mingdeng init --clear-samples",
		},
		Explain: Text{
			"编号一旦发出就永远要能打开，所以不给示例发：写着 `示例: true` 的展品，示例阵地里的展品。把它们换成真实的，或者一次清掉：`mingdeng init --clear-samples`。",
			"A code must open for ever, so samples get none: exhibits that say `sample: true`, and those of a sample venue. Make them real, or clear all samples: `mingdeng init --clear-samples`.",
		},
	})
)
