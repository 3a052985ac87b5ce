package manual

import "mingdeng/internal/diag"

func membersTopic(l diag.Lang) string {
	return diag.Text{
		Zh: "县、区的协会各有自己的网站，市里、省里的网站把大家公开的内容汇在一起。\n\n" +
			"县、区：\n\n" +
			"    mingdeng export bundle                      写出一个 .zip，把它交上去\n\n" +
			"里面是已公开的英雄、简报、文集、阵地、单位和图片。草稿、没到期的、过期的、没有授权的都不在；正文里没有授权的人，写成网站上显示的样子。图片没有拍摄时间和地点。录音、文件、其他语言的版本、荣誉的页面、铭牌不在里面：荣誉写成称号，对应到汇总网站自己的那一项。\n\n" +
			"市、省：\n\n" +
			"    mingdeng collect 登封.zip 巩义.zip          收下，放进 content/members/名字/\n" +
			"    mingdeng collect --name deng-feng 登封.zip  第一次收时给文件夹起名，网址里也是它\n\n" +
			"每次都是整个替换：对方撤回的人，再收一次就没有了，也不留底。收到一半断电，不是旧的就是新的。里面有一处不对，整个不收，说明原因；收不收都碰不到 content/members/名字/ 以外的东西。比已有的更旧的不收：它会把撤回的人带回来。同一个网址换了单位名称的不收，问清楚以后加 --renamed。文件里的校验值只能说明没有传坏，不能说明是谁写的，所以只收对方协会亲手交来的。\n\n" +
			"## 收来的在哪里\n\n" +
			"英雄、简报、阵地和自己的排在同一张名单里，也搜得到，每一页写着是谁交来的。网址在 /members/名字/ 下面，例如 /members/deng-feng/heroes/zhang-san/：谁加入、谁退出、同名同姓，都不会改动任何网址。搜索引擎被告知原来的页面在对方网站。铭牌编号是对方的，这里不发编号，也不做铭牌。/members/ 列出每个协会交来了什么；/heroes/ 可以按协会筛选。\n\n" +
			"对方的正文先找对方自己的内容，找不到再找本站的；本站的正文要链接对方的人，写 [[members/deng-feng/heroes/zhang-san]]。授权到期与否，按本站生成那天算。不要手工改 content/members/ 里的文件。某个协会退出：删掉它的文件夹。\n",
		En: "The associations of counties and districts have sites of their own; the site of a city or a province shows what is public of all of them.\n\n" +
			"A county or district:\n\n" +
			"    mingdeng export bundle                    writes a .zip to hand in\n\n" +
			"It holds the heroes, briefs, anthologies, venues, units and pictures that are public: no drafts, nothing not yet due or expired, nobody without consent; where a text names such a person, it says what the site shows. Pictures tell no time or place. Not in it are recordings, files, other languages, pages of honours, and plaques: an honour comes as its title and meets the collecting site's own.\n\n" +
			"A city or province:\n\n" +
			"    mingdeng collect a.zip b.zip              into content/members/NAME/\n" +
			"    mingdeng collect --name deng-feng a.zip   names the folder the first time; addresses hold it too\n\n" +
			"Each takes the place of what was there, whole: who has withdrawn is gone with the next, and no copy is kept. A run that is killed leaves the old or the new. Where anything in it is wrong it is refused, in words, and nothing outside content/members/NAME/ is ever touched. One older than what is there is refused: it would bring back who has withdrawn. So is another association at a known address, until you have asked them and add --renamed. Digests tell damage, not who wrote it: take bundles from the association's own people alone.\n\n" +
			"## Where it stands\n\n" +
			"Heroes, briefs and venues stand in the same lists as your own and are found by the search; each page says whose it is. Addresses lie below /members/NAME/, such as /members/deng-feng/heroes/zhang-san/, so that none changes because somebody joins, leaves, or gives two people one name. Search engines are told that the page is at home on the member's site. Codes are the member's: none is given here and no plaque is made. /members/ lists what each gave; /heroes/ can be narrowed by association.\n\n" +
			"What a member's text refers to is looked for among its own records first, then among the site's; a text of the site names a member's as [[members/deng-feng/heroes/zhang-san]]. Whether consent has lapsed is told by the day of the build here. Edit nothing in content/members/ by hand. Where a member leaves, delete its folder.\n",
	}.In(l)
}
