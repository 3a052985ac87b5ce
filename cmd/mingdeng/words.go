package main

import (
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
)

// say picks the wording of the user's language.
func (p *program) say(t diag.Text) string { return t.In(p.lang) }

var (
	wordAbout          = diag.Text{Zh: "明灯：把见义勇为英雄的文字变成网站", En: "Mingdeng turns Markdown about people honoured for brave deeds into a site"}
	wordUnknownCommand = diag.Text{Zh: "没有“%s”这个命令；mingdeng help 列出所有命令", En: "there is no command %q; mingdeng help lists them all"}
	wordBadLang        = diag.Text{Zh: "--lang 只能是 zh 或 en，不能是“%s”", En: "--lang must be zh or en, not %q"}
	wordBadFormat      = diag.Text{Zh: "--format 只能是 %s 之一，不能是“%s”", En: "--format must be one of %s, not %q"}
	wordBadNow         = diag.Text{Zh: "--now 要写成 2026-04-05 这样的日期，不能是“%s”", En: "--now must be a date such as 2026-04-05, not %q"}
	wordNoArgs         = diag.Text{Zh: "%s 后面不要再写“%s”", En: "%s takes no argument; %q is one too many"}

	wordFlagRoot    = diag.Text{Zh: "网站所在的`文件夹`", En: "the site's `DIR`"}
	wordFlagOutput  = diag.Text{Zh: "生成到哪个`文件夹`（相对于网站文件夹）", En: "output `DIR`, relative to the site's"}
	wordFlagBase    = diag.Text{Zh: "代替 site.yaml 里的`网址`", En: "`URL` in place of the one in site.yaml"}
	wordFlagDrafts  = diag.Text{Zh: "连草稿和未到发布日期的也生成（未授权的人除外）", En: "also drafts and what is not yet due (never people without consent)"}
	wordFlagNow     = diag.Text{Zh: "当作今天是这个`日期`", En: "build as if today were `DATE`"}
	wordFlagFormat  = diag.Text{Zh: "问题的`格式`：text、json 或 github", En: "`FORMAT` of findings: text, json or github"}
	wordFlagLang    = diag.Text{Zh: "提示用的`语言`：zh 或 en", En: "`LANG` of messages: zh or en"}
	wordFlagQuiet   = diag.Text{Zh: "只说错误", En: "errors only"}
	wordFlagVerbose = diag.Text{Zh: "多说一些，生成时还给出全站校验值", En: "say more; of a build, its digest too"}
	wordFlagHelp    = diag.Text{Zh: "显示用法", En: "show the usage"}

	wordFlagSince = diag.Text{Zh: "铭牌的拼版、清单只做这个`日期`以后发放的", En: "sheets and lists of plaques issued since `DATE` alone"}
	wordFlagStart = diag.Text{Zh: "拼版从第`几`格开始（前面的标签已用掉）", En: "first sheet starts at place `N`, where labels are partly used"}
	wordBadSince  = diag.Text{Zh: "--since 要写成 2026-04-05 这样的日期，不能是“%s”", En: "--since must be a date such as 2026-04-05, not %q"}
	wordBadStart  = diag.Text{Zh: "--start-at 要在 1 到 1000 之间，不能是 %d", En: "--start-at must lie between 1 and 1000, not %d"}

	wordBuild      = diag.Text{Zh: "生成网站", En: "build the site"}
	wordBuildMore  = diag.Text{Zh: "加 -v 会给出整个网站的 SHA-256 校验值：两处生成的网站，校验值相同就一字不差。它是所有文件按路径排序后 sha256sum 清单的 SHA-256：\n  cd public && find . -type f -not -path './.mingdeng/*' -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum", En: "-v gives the SHA-256 of the whole site: two builds with the same are the same to the byte. It is that of the list which sha256sum prints of all files in order of path:\n  cd public && find . -type f -not -path './.mingdeng/*' -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum"}
	wordSums       = diag.Text{Zh: "全站 SHA-256：%s", En: "SHA-256 of the site: %s"}
	wordCheck      = diag.Text{Zh: "只检查，不生成", En: "check without building"}
	wordNew        = diag.Text{Zh: "新建一篇内容", En: "make a new record"}
	wordInit       = diag.Text{Zh: "新建一个网站", En: "make a new site"}
	wordExplain    = diag.Text{Zh: "解释一种错误", En: "explain a kind of finding"}
	wordVersion    = diag.Text{Zh: "显示版本", En: "show the version"}
	wordHelp       = diag.Text{Zh: "命令的用法，或一个主题的说明", En: "help on a command or a topic"}
	wordTopics     = diag.Text{Zh: "主题：", En: "Topics:"}
	wordNoTopic    = diag.Text{Zh: "没有“%s”这个命令或主题；主题有：%s", En: "there is no command or topic %q; topics: %s"}
	wordExplainArg = diag.Text{Zh: "要解释哪一种？写上错误代码，例如 mingdeng explain unknown-key。所有代码：", En: "explain what? Name a code, such as mingdeng explain unknown-key. All codes:"}
	wordNoCode     = diag.Text{Zh: "没有“%s”这个错误代码%s", En: "there is no code %q%s"}
	wordDidYouMean = diag.Text{Zh: "；想写的是 %s 吗？", En: "; did you mean %s?"}
	wordErrorKind  = diag.Text{Zh: "错误：会停止生成", En: "error: it stops the build"}
	wordWarnKind   = diag.Text{Zh: "提醒：不影响生成", En: "warning: it does not stop the build"}

	wordNewArgs      = diag.Text{Zh: "用法：mingdeng new 种类 名称，例如 mingdeng new 英雄 张三。种类：%s", En: "usage: mingdeng new KIND NAME, such as mingdeng new hero zhang-san. Kinds: %s"}
	wordAskKind      = diag.Text{Zh: "新建什么（%s）", En: "what is it (%s)"}
	wordAskName      = diag.Text{Zh: "名称（文章写成 书/篇名，展品写成 阵地/名称）", En: "its name (a chapter is BOOK/NAME, an exhibit VENUE/NAME)"}
	wordAskLater     = diag.Text{Zh: "；回车跳过，以后再填", En: "; Enter to fill it in later"}
	wordAskStopped   = diag.Text{Zh: "没有问完，什么也没有新建", En: "the questions were not answered; nothing was made"}
	wordNewThemeArgs = diag.Text{Zh: "用法：mingdeng new theme 名称；名称只用小写字母、数字和连字符，例如 jade", En: "usage: mingdeng new theme NAME; a name has small letters, digits and hyphens alone, such as jade"}
	wordNewThemeMade = diag.Text{Zh: "已新建 %s\n在 content/site.yaml 里写 theme: %s 就用上了；没写的都是灯下（lamplight）的", En: "made %s\nwrite theme: %s in content/site.yaml to use it; what it does not say is lamplight's"}
	wordNewMade      = diag.Text{Zh: "已新建 %s", En: "made %s"}
	wordExists       = diag.Text{Zh: "%s 已经有了，没有改动它", En: "%s exists already and was left as it is"}
	wordInitArgs     = diag.Text{Zh: "用法：mingdeng init 文件夹", En: "usage: mingdeng init DIR"}
	wordInitMade     = diag.Text{Zh: "新网站在 %s。接下来照里面的 第一小时.md 做，或者：\n  mingdeng -C %s build", En: "the new site is in %s. Next, see FIRST-HOUR.md in it, or:\n  mingdeng -C %s build"}
	wordInitMore     = diag.Text{
		Zh: "在空文件夹里新建一个网站，带着示例：一位虚构的人物、一篇简报、一本书、一处公园、一块展板。\n\n示例用不着了，在网站文件夹里运行 mingdeng init --clear-samples：写着“示例: true”的都清掉，提到它们的地方一并改好。init 写的文件原样没动过的直接删除，改过的移到 " + scaffold.Removed + " 里。",
		En: "Make a new site in an empty folder, with samples: an invented person, a brief, a book, a park with a board.\n\nOnce they are no longer needed, run mingdeng init --clear-samples in the site: all that says sample: true goes, and what refers to it is changed. Files that are as init wrote them are deleted; others are moved to " + scaffold.Removed + ".",
	}
	wordClearFlag  = diag.Text{Zh: "清掉网站里的示例，不新建", En: "clear the samples of a site, and make none"}
	wordClearArgs  = diag.Text{Zh: "用法：mingdeng init --clear-samples，在网站文件夹里运行", En: "usage: mingdeng init --clear-samples, in the site's folder"}
	wordNoSamples  = diag.Text{Zh: "网站里没有示例", En: "the site has no samples"}
	wordCleared    = diag.Text{Zh: "删除 %s", En: "delete %s"}
	wordPutAside   = diag.Text{Zh: "移走 %s（改过，留在 " + scaffold.Removed + " 里）", En: "move %s (it was changed) to " + scaffold.Removed}
	wordDetached   = diag.Text{Zh: "改好 %s，第 %s 行提到示例", En: "change %s, which names samples on lines %s"}
	wordAskClear   = diag.Text{Zh: "清掉吗（是/否）", En: "Go ahead (yes/no)"}
	wordYesNo      = diag.Text{Zh: "写“是”或“否”", En: "yes or no"}
	wordNotCleared = diag.Text{Zh: "什么也没有动", En: "nothing was touched"}
	wordClearDone  = diag.Text{Zh: "清掉了 %d 条示例", En: "%d samples cleared"}
	wordNotEmpty   = diag.Text{Zh: "%s 里已经有文件，没有改动它；换一个空文件夹", En: "%s holds files already and was left as it is; choose an empty folder"}
	wordChecked    = diag.Text{Zh: "检查完毕：%d 页，%d 处错误，%d 处提醒", En: "checked: %d pages, %d errors, %d warnings"}
	wordStopped    = diag.Text{Zh: "有 %d 处错误、%d 处提醒。网站没有改动。", En: "%d errors, %d warnings. The site is as it was."}
	wordLeft       = diag.Text{Zh: "这些旧文件被人改过，没有删除：%s", En: "these old files were changed by somebody and were left: %s"}
	wordForeign    = diag.Text{Zh: "输出文件夹里有不是本程序生成的文件，原样保留：%s", En: "the output folder holds files this program did not make; they were left: %s"}
	wordInWay      = diag.Text{Zh: "输出文件夹里这些东西不是本程序生成的，挡住了要写的文件：%s。\n  请把它们移走，或用 -o 换一个空文件夹。网站没有改动。", En: "these were not made by this program and are in the way: %s.\n  Move them away or choose an empty folder with -o. The site is as it was."}
	wordBusy       = diag.Text{Zh: "另一个 mingdeng 正在生成同一个文件夹%s；等它结束再试", En: "another mingdeng is building into the same folder%s; try again when it is done"}
	wordProcess    = diag.Text{Zh: "（进程 %d）", En: " (process %d)"}
	wordMachine    = diag.Text{Zh: "机器出了问题：", En: "the machine failed: "}
	wordTrouble    = diag.Text{Zh: "%s %s。%s", En: "%s %s. %s"}
	wordMore       = diag.Text{Zh: " 等 %d 处", En: " and %d more"}
	wordReplaced   = diag.Text{Zh: "文件夹里 .mingdeng 在生成时被移走或换掉了。再运行一次。", En: "The folder .mingdeng in it was taken away or exchanged during the build. Run again."}
	wordOwnFile    = diag.Text{Zh: "%s 不是文件，挡住了程序自己的记录。把它移走，再运行一次。", En: "%s is no file and is in the way of the program's own. Move it away and run again."}
	wordCrashed    = diag.Text{Zh: "明灯自己出错了：%s\n  这不是您写错了。请把这一行、所用的版本（%s）和当时的文件发给维护的人；网站里每个文件都是完整的。", En: "the program itself failed: %s\n  This is not your mistake. Please report this line, the version (%s) and the files at hand to whoever maintains it; every file of the site is whole."}
	wordBegun      = diag.Text{Zh: "网站里每个文件都是完整的，没换上的还是旧的；上面的问题解决以后，再运行一次会接着写完。", En: "Every file of the site is whole; those not put in place are the old ones. Once this is mended, run again to finish."}
	wordBadOutput  = diag.Text{Zh: "不能生成到“%s”：那里放着网站的内容或主题，或是整个磁盘；用 -o 换一个文件夹", En: "cannot build into %q: the site's own content or themes lie there, or it is a whole disk; choose another folder with -o"}
	wordCancelled  = diag.Text{Zh: "已中止。网站没有改动。", En: "stopped. The site is as it was."}
	wordTooLate    = diag.Text{Zh: "收到中止时文件已在换上，所以做完了。网站是新的，每个文件都完整。", En: "stopped too late: the files were being moved in already, so it was finished. The site is the new one, and whole."}
	wordWorking    = diag.Text{Zh: "正在生成", En: "building"}

	wordUsage       = diag.Text{Zh: "用法：", En: "Usage:"}
	wordCommands    = diag.Text{Zh: "命令：", En: "Commands:"}
	wordFlags       = diag.Text{Zh: "选项：", En: "Flags:"}
	wordCommonFlags = diag.Text{Zh: "共用选项：", En: "Common flags:"}
	wordAnyFlags    = diag.Text{Zh: "[选项]", En: "[flags]"}
	wordDefault     = diag.Text{Zh: "（不写就是 %s）", En: " (default %s)"}
)

// cobraWords puts what the flag library says into the user's language.
func (p *program) cobraWords(err error) string {
	s := err.Error()
	if p.lang == diag.English {
		return s
	}
	for _, w := range []struct{ en, zh string }{
		{"unknown flag: ", "没有这个选项："},
		{"unknown shorthand flag: ", "没有这个选项："},
		{"flag needs an argument: ", "这个选项后面要写值："},
		{"invalid argument ", "选项的值不对："},
		{"unknown command ", "没有这个命令："},
	} {
		if rest, ok := strings.CutPrefix(s, w.en); ok {
			return w.zh + rest
		}
	}
	return s
}
