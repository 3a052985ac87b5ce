package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/verify"
)

func verifyTopic(l diag.Lang) string {
	var b strings.Builder
	say := func(zh, en string) { b.WriteString(diag.Text{Zh: zh, En: en}.In(l)) }
	say("铭牌挂在外面三十年，网站在这期间会换服务器、换域名商、换证书。到网上问一遍，每一块扫开的还是不是那一页：\n\n"+
		"    mingdeng plaque verify                               问铭牌上印的网址\n"+
		"    mingdeng plaque verify --url https://test.yx.gov.cn/ 问试验用的服务器\n"+
		"    mingdeng plaque verify --ca 单位证书.pem             也相信单位自己的证书机构\n"+
		"    mingdeng plaque verify -q                            只列有问题的；都好就什么也不说\n"+
		"    mingdeng plaque verify --format json                 一行一个编号，给别的程序读\n\n"+
		"发过的每一个编号都问，停用的也问。网页自己写着它是哪一页（canonical 和 og:url），对得上才算好：\n"+
		"换成了首页、“域名出售”、“没有这一页”，状态码是 200 也看得出来。停用的要引向接替它的或所在的阵地。\n"+
		"同时只问两个（--parallel），网络和服务器一时出错的再问一次，慢的（3 秒以上，--slow）、转走的、证书不到 30 天的（--warn-days）会提醒，\n"+
		"不到 7 天的（--fail-days）算坏。HTTPS 证书一定检查，没有“跳过”的办法。\n"+
		"请求的 User-Agent 里写着 mingdeng：防火墙拦了它（状态码 403 之类），就让防火墙放行。另外看一看：没有的网址是不是答 404，小写的编号打不打得开。\n\n"+
		"退出码：0 都好；1 有坏的；2 用法不对；3 一个也连不上：这台机器没有网，或整个网站没了。\n\n"+
		"## 每月自动问：Linux，systemd\n\n"+
		"/etc/systemd/system/mingdeng-verify.service：\n\n",
		"A plaque hangs for thirty years; servers, registrars and certificates change meanwhile. To ask whether each still opens its page:\n\n"+
			"    mingdeng plaque verify                               asks the address that is printed in codes\n"+
			"    mingdeng plaque verify --url https://test.yx.gov.cn/ asks a staging server\n"+
			"    mingdeng plaque verify --ca own-authority.pem        also trusts an authority of your own\n"+
			"    mingdeng plaque verify -q                            lists what is wrong alone; says nothing when all is well\n"+
			"    mingdeng plaque verify --format json                 an object a line for each code\n\n"+
			"Every code ever issued is asked for, retired ones too. A page says which one it is (canonical and og:url), and only the right one will do:\n"+
			"a home page, a domain for sale or a page for what does not exist are found out, also with status 200. A retired code must lead to its successor or venue.\n"+
			"Two are asked at a time (--parallel), and once more where the network or the server failed. What is slow (over 3 s, --slow), redirected, or has a certificate\n"+
			"for fewer than 30 days (--warn-days) is told; fewer than 7 days (--fail-days) is a fault. Certificates are always checked; nothing skips that.\n"+
			"Requests name mingdeng in their User-Agent: if a firewall turns them away (403 and the like), have it let them pass.\n"+
			"Besides: is what does not exist answered with 404, and does a code in small letters open?\n\n"+
			"Exit code: 0 all is well; 1 something is bad; 2 wrong usage; 3 nothing could be reached: no network here, or the whole site is gone.\n\n"+
			"## Each month: Linux, systemd\n\n"+
			"/etc/systemd/system/mingdeng-verify.service:\n\n")
	b.WriteString(asItStands(VerifyService))
	say("\n/etc/systemd/system/mingdeng-verify.timer：\n\n", "\n/etc/systemd/system/mingdeng-verify.timer:\n\n")
	b.WriteString(asItStands(VerifyTimer))
	say("\n运行：\n\n"+
		"    systemctl daemon-reload && systemctl enable --now mingdeng-verify.timer\n"+
		"    systemctl start mingdeng-verify.service; journalctl -u mingdeng-verify.service   马上试一次，看结果\n"+
		"    systemctl --failed                                                                 有坏的会列在这里\n\n"+
		"## Linux，cron\n\n"+
		"crontab -e，加这两行；有坏的 cron 会发邮件，都好就不发：\n\n"+
		"    MAILTO=someone@yx.gov.cn\n"+
		"    17 9 1 * * /usr/local/bin/mingdeng -C /srv/mingdeng plaque verify -q\n\n"+
		"## Windows，任务计划\n\n"+
		"把下面三行存成 D:\\mingdeng\\verify.cmd（文件夹换成自己的）；有坏的会打开记事本：\n\n",
		"\nThen:\n\n"+
			"    systemctl daemon-reload && systemctl enable --now mingdeng-verify.timer\n"+
			"    systemctl start mingdeng-verify.service; journalctl -u mingdeng-verify.service   tries it at once\n"+
			"    systemctl --failed                                                                 what is bad stands here\n\n"+
			"## Linux, cron\n\n"+
			"crontab -e, and these two lines; cron sends mail when something is bad, and none when all is well:\n\n"+
			"    MAILTO=someone@yx.gov.cn\n"+
			"    17 9 1 * * /usr/local/bin/mingdeng -C /srv/mingdeng plaque verify -q\n\n"+
			"## Windows, Task Scheduler\n\n"+
			"Save these three lines as D:\\mingdeng\\verify.cmd (with your own folders); it opens Notepad when something is bad:\n\n")
	b.WriteString("    @echo off\n" +
		"    \"C:\\mingdeng\\mingdeng.exe\" -C \"D:\\mingdeng\" plaque verify > \"D:\\mingdeng\\verify.txt\" 2>&1\n" +
		"    if errorlevel 1 start \"\" notepad \"D:\\mingdeng\\verify.txt\"\n")
	say("\n每月 1 日 9 点运行；第二条让错过的（那天没开机）开机后补上，在 PowerShell 里运行：\n\n",
		"\nAt nine on the first of each month; the second line, in PowerShell, has a day when the machine was off made up for:\n\n")
	b.WriteString("    schtasks /Create /TN mingdeng-verify /SC MONTHLY /D 1 /ST 09:00 /TR \"D:\\mingdeng\\verify.cmd\"\n" +
		"    $t = Get-ScheduledTask mingdeng-verify; $t.Settings.StartWhenAvailable = $true; Set-ScheduledTask -InputObject $t\n")
	say("\n## 问题的代码\n\n--format json 里，problem 是打不开的原因，warnings 是要留意的：\n\n",
		"\n## Problems\n\nIn --format json problem says why a code is bad, and warnings what to look at:\n\n")
	for _, p := range verify.Problems() {
		kind := diag.Text{Zh: "留意", En: "look"}
		if p.Fault() {
			kind = diag.Text{Zh: "坏", En: "bad"}
		}
		fmt.Fprintf(&b, "- %s (%s): %s\n", p, kind.In(l), p.Text(l))
	}
	return b.String()
}

// asItStands indents a file, by which readers and Markdown know it.
func asItStands(file string) string {
	return strings.ReplaceAll("    "+strings.TrimSuffix(strings.ReplaceAll(file, "\n", "\n    "), "    "), "    \n", "\n")
}

// VerifyService and VerifyTimer are units of systemd.
const (
	VerifyService = `[Unit]
Description=Ask whether every plaque still opens its page
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/bin/mingdeng -C /srv/mingdeng plaque verify -q
DynamicUser=yes
ProtectSystem=strict
ProtectHome=read-only
`
	VerifyTimer = `[Unit]
Description=Ask for every plaque each month

[Timer]
OnCalendar=*-*-01 09:00
RandomizedDelaySec=1h
Persistent=true

[Install]
WantedBy=timers.target
`
)
