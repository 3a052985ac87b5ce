package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/diag"
)

// logs are the kinds of log that package scans reads, with where they are had from.
var logs = []struct{ name, where diag.Text }{
	{diag.Text{Zh: "nginx", En: "nginx"}, diag.Text{Zh: "/var/log/nginx/access.log*（combined、main、JSON）", En: "/var/log/nginx/access.log* (combined, main, JSON)"}},
	{diag.Text{Zh: "Apache", En: "Apache"}, diag.Text{Zh: "/var/log/apache2/access.log*（common、combined、带主机名）", En: "/var/log/apache2/access.log* (common, combined, with the host)"}},
	{diag.Text{Zh: "Caddy", En: "Caddy"}, diag.Text{Zh: "log 指令写的 JSON", En: "the JSON of the log directive"}},
	{diag.Text{Zh: "IIS", En: "IIS"}, diag.Text{Zh: `C:\inetpub\logs\LogFiles\W3SVC1\u_ex*.log（W3C；#Fields 那一行要在）`, En: `C:\inetpub\logs\LogFiles\W3SVC1\u_ex*.log (W3C, with its #Fields line)`}},
	{diag.Text{Zh: "阿里云 OSS", En: "Aliyun OSS"}, diag.Text{Zh: "控制台 → 日志管理 → 日志转储，下载目标 Bucket 里的文件", En: "console, logging: the files in the target bucket"}},
	{diag.Text{Zh: "阿里云 CDN", En: "Aliyun CDN"}, diag.Text{Zh: "控制台 → 日志 → 离线日志（.gz）", En: "console, offline logs (.gz)"}},
	{diag.Text{Zh: "腾讯云 COS", En: "Tencent COS"}, diag.Text{Zh: "存储桶 → 日志管理 → 日志存储", En: "bucket, logging"}},
	{diag.Text{Zh: "腾讯云 CDN", En: "Tencent CDN"}, diag.Text{Zh: "控制台 → 日志服务 → 日志下载（.gz）", En: "console, log service, downloads (.gz)"}},
	{diag.Text{Zh: "华为云", En: "Huawei Cloud"}, diag.Text{Zh: "OBS 桶的日志、CDN 的离线日志", En: "logs of OBS buckets, offline logs of CDN"}},
	{diag.Text{Zh: "CloudFront", En: "CloudFront"}, diag.Text{Zh: "标准日志（.gz）", En: "standard logs (.gz)"}},
}

func scansTopic(l diag.Lang) string {
	var b strings.Builder
	say := func(zh, en string) { b.WriteString(diag.Text{Zh: zh, En: en}.In(l)) }
	say("每块铭牌打开了多少次，服务器的日志里都有，不用装统计代码：\n\n"+
		"    mingdeng scans access.log                  看一个日志\n"+
		"    mingdeng scans 日志文件夹                  文件夹里的全部日志；.gz 直接读，多大都行\n"+
		"    mingdeng scans 日志文件夹 -v               列出每一块铭牌\n"+
		"    mingdeng scans 日志文件夹 --to 扫码.xlsx   写成表格，带图；给领导看的就是它\n"+
		"    mingdeng scans 日志文件夹 --to 扫码.csv    每月每块一行，自己再做透视表\n"+
		"    mingdeng scans 日志文件夹 --to 扫码.json   给 mingdeng report 用\n"+
		"    ssh 服务器 zcat -f /var/log/nginx/access.log* | mingdeng scans -\n\n"+
		"在网站的文件夹里运行，或用 -C 指明：编号、展品、阵地的名称来自网站。--format json 把同样的结果写到标准输出。\n\n"+
		"## 日志从哪里来\n\n",
		"How often each plaque was opened stands in the server's logs; no counting script is needed:\n\n"+
			"    mingdeng scans access.log                  one log\n"+
			"    mingdeng scans LOGS/                       every log in a folder; .gz is read as it is, of any size\n"+
			"    mingdeng scans LOGS/ -v                    lists every plaque\n"+
			"    mingdeng scans LOGS/ --to scans.xlsx       a workbook with charts, for those who decide\n"+
			"    mingdeng scans LOGS/ --to scans.csv        a line for each month and plaque, for tables of your own\n"+
			"    mingdeng scans LOGS/ --to scans.json       for mingdeng report\n"+
			"    ssh HOST zcat -f /var/log/nginx/access.log* | mingdeng scans -\n\n"+
			"Run it in the site's folder or name that with -C: codes, exhibits and venues have their names from the site. --format json writes the same to stdout.\n\n"+
			"## Where logs come from\n\n")
	for _, x := range logs {
		fmt.Fprintf(&b, "- %s: %s\n", x.name.In(l), x.where.In(l))
	}
	say("\n服务器常常只留几十天日志。每月下载一次，放进同一个文件夹，年底一起数。\n"+
		"网站在 CDN 后面时，只数 CDN 的日志：源站和存储桶的日志里是 CDN 在取文件，一起数会数重。\n\n"+
		"## 怎么数\n\n"+
		"- 一次打开：有人要 /Q/编号/ 这一页，服务器给了（200、206）或说“你已有最新的”（304）。同一个人打开两次算两次。\n"+
		"- 小写、O 和 0 混用的，按正确的编号算；转到正确网址的那一步（301、302，和 404.html 改正的）不另算。\n"+
		"- 月份按北京时间，日志用哪个时区写都一样。\n"+
		"- 停用的编号单列。没有发过的编号也单列，旁边是它像哪一个：多半是抄错的，常见就去现场看看。\n"+
		"- “没有打开的编号”是服务器出错的：铭牌好好的，网页打不开。\n"+
		"- 自报家门的机器人、社交软件的链接预览单列，按 github.com/monperrus/crawler-user-agents 的名单（MIT 许可）。\n"+
		"  微信的安全检查不自报家门，分不出来。日志里没有浏览器名称（common 格式）时，机器人也分不出来。\n"+
		"- 浏览器预取的，日志里写了 Sec-Purpose 才分得出来。nginx 在 log_format 的最后加上 \"$http_sec_purpose\"（带引号）就行。\n"+
		"- 手机留着的网页（离线打开）不经过服务器，日志里没有。\n"+
		"- 一个日志放了两份，只数一次。看不懂的行会说有几行、前三行在哪里，不会把内容显示出来。\n\n"+
		"## 访客的隐私\n\n"+
		"访客的地址、手机型号、来路，一样也不留、一样也不写：结果里只有编号、月份和次数。所以也没有“多少人”，只有“多少次”。\n"+
		"日志本身有访客的地址，数完不用了就删掉。\n",
		"\nServers often keep logs for some weeks only. Fetch them each month into one folder and count all of it at the end of the year.\n"+
			"Behind a CDN count the CDN's logs alone: in those of the origin or the bucket it is the CDN that fetches, and both together count twice.\n\n"+
			"## What counts\n\n"+
			"- One opening: somebody asked for /Q/CODE/ and was given the page (200, 206) or told to use the one kept (304). Who opens it twice counts twice.\n"+
			"- Lower case, and O for 0, count for the right code; what leads to the right address (301, 302, and what 404.html mends) does not count besides.\n"+
			"- Months are China's, in whatever zone a log is written.\n"+
			"- Retired codes stand apart. So do codes that were never issued, with the one they look like: mostly slips of typing; if there are many, go and look.\n"+
			"- Codes not served are the server's faults: the plaque is sound and its page does not open.\n"+
			"- Robots that say so, and link previews of messengers, stand apart, by the list of github.com/monperrus/crawler-user-agents (MIT license).\n"+
			"  WeChat's safety checks do not say so and cannot be told apart. Nor can any robot where a log has no agent (the common format).\n"+
			"- What browsers fetch ahead can be told only where the log has Sec-Purpose: put \"$http_sec_purpose\", in quotes, at the end of nginx's log_format.\n"+
			"- Pages that a phone has kept (opened without a network) do not pass the server and are in no log.\n"+
			"- A log that lies there twice is counted once. Of lines that cannot be read their number and the place of the first three are told, never what they hold.\n\n"+
			"## Visitors\n\n"+
			"Nothing of a visitor is kept or written, neither address nor phone nor where they came from: the result is codes, months and numbers. So there is no number of people, only of openings.\n"+
			"The logs themselves hold addresses: delete them when they are counted and no longer needed.\n")
	return b.String()
}

func yearTopic(l diag.Lang) string {
	return diag.Text{
		Zh: "年底要一份数据，三步：\n\n" +
			"    mingdeng scans 日志文件夹 --to 扫码.json   数扫码（没有日志就跳过这一步）\n" +
			"    mingdeng report 2026 --scans 扫码.json     写出 content/reports/2026.md\n" +
			"    mingdeng serve                             打开 /reports/2026/ 看图\n\n" +
			"写出来的是草稿，第一行是“草稿: true”。核对改正以后删掉这一行，再生成网站就有了。已有的报告从不改动；要重写，先把旧的移走。\n\n" +
			"## 数了什么\n\n" +
			"- 简报：各栏目多少篇，被转载多少次、多少家媒体。\n" +
			"- 英雄：当年确认的人和群体、发生在当年的事迹、各级荣誉。没有授权的、草稿、示例人物不算，所以可能比实际少，请按台账改。\n" +
			"- 活动：写了“活动”的简报；“荣誉”的届次。\n" +
			"- 阵地：新开放的、新发的铭牌；现有的阵地、展品、铭牌（写报告那天的数）。\n" +
			"- 扫码：全年、每月、各阵地、打开最多的展品。\n\n" +
			"旁边是上一年的数，网站上有上一年的内容才写。扫码要日志从上一年一月就有，才和上一年比。\n" +
			"每组数字上面有一行 # 开头的备注，说明数的是哪些记录。数字不对，多半是某篇记录少写了日期或栏目：改那篇，或直接改这里的数。\n" +
			"标题、名称、分组随便改；同一个“分组”里单位相同的数画在一张图里。\n",
		En: "The figures of a year, in three steps:\n\n" +
			"    mingdeng scans LOGS/ --to scans.json       counts openings (leave it out where there are no logs)\n" +
			"    mingdeng report 2026 --scans scans.json    writes content/reports/2026.md\n" +
			"    mingdeng serve                             open /reports/2026/ and see the charts\n\n" +
			"It is a draft and says so in its first line. When all is checked and mended take that line out. A report that exists is never changed; to draft it anew, move the old one away.\n\n" +
			"## What is counted\n\n" +
			"- Briefs: by category; how often reprinted, and by how many outlets.\n" +
			"- Heroes: people and groups confirmed in the year, deeds of the year, honours by level. Without consent, drafts and samples are not counted, so the true numbers may be higher: mend them from your records.\n" +
			"- Events: briefs with an event; sessions of honours.\n" +
			"- Venues: opened in the year, plaques issued; venues, exhibits and plaques there are on the day of the draft.\n" +
			"- Scans: the year, each month, each venue, the exhibits opened most.\n\n" +
			"The year before stands beside them where the site tells of it; openings are compared where the logs begin in January of the year before.\n" +
			"Over each group a remark (#) says which records were counted. A wrong number mostly means that a record lacks its date or category: mend that, or the number.\n" +
			"Titles, labels and groups may be changed; figures of one group with one unit share a chart.\n",
	}.In(l)
}
