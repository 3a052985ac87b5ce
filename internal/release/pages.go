package main

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/scaffold"
)

// guidePage is a page that stands by itself: it is opened from a folder.
var guidePage = template.Must(template.New("guide").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}</title>
<style>
body{max-width:40em;margin:0 auto;padding:1.5em 1em 4em;font:1.0625em/1.8 system-ui,"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;color:#222;background:#faf7f0}
h1,h2{line-height:1.35}h2{margin-top:2em}
code{font-family:Consolas,Menlo,"Noto Sans Mono CJK SC",monospace;background:#efe9dc;padding:.1em .3em}
pre{background:#efe9dc;padding:.7em 1em;overflow-x:auto}pre code{padding:0}
table{border-collapse:collapse}th,td{border:1px solid #cbbfa5;padding:.3em .6em}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#14171c}code,pre{background:#262b33}a{color:#e8b04b}}
</style></head>
<body>
{{.Body}}</body>
</html>
`))

// guide is the guide of the first hour as a page.
func guide(l diag.Lang) ([]byte, error) {
	text := scaffold.Guide(l)
	first, _, _ := strings.Cut(text, "\n")
	title, ok := strings.CutPrefix(first, "# ")
	if !ok {
		return nil, fmt.Errorf("the guide begins with no title: %q", first)
	}
	tag := diag.Text{Zh: "zh-Hans", En: "en"}.In(l)
	var body bytes.Buffer
	// One level up: there is no title of the page but the text's own.
	if _, err := markdown.New().Render(&body, []byte(text), markdown.Options{Lang: tag, HeadingShift: -1}); err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err := guidePage.Execute(&page, struct {
		Lang, Title string
		Body        template.HTML
	}{tag, strings.TrimSpace(title), template.HTML(body.String())})
	return page.Bytes(), err
}

// releaseNotes are what people read where they fetch the program.
func releaseNotes(version string, signed, installer bool) []byte {
	var b bytes.Buffer
	say := func(zh, en string) { fmt.Fprintf(&b, "%s\n\n*%s*\n\n", zh, en) }
	fmt.Fprintf(&b, "# 明灯 Mingdeng %s\n\n", version)
	if installer {
		say("**Windows**：下载 `mingdeng-"+version+"-windows-amd64-setup.exe`，双击，一路“下一步”。不需要管理员；桌面和开始菜单里会有“明灯”。不想安装的，下载 `.zip`，解开就能用。处理器是 ARM 的（如骁龙笔记本）选 `arm64`。",
			"Windows: fetch the installer and double-click it; no administrator is needed. The .zip works without installing. arm64 is for ARM processors alone.")
	} else {
		say("**Windows**：下载 `mingdeng-"+version+"-windows-amd64.zip`，解开就能用。处理器是 ARM 的（如骁龙笔记本）选 `arm64`。",
			"Windows: fetch the .zip and unpack it. arm64 is for ARM processors alone.")
	}
	if signed {
		say("程序有数字签名：右键 → 属性 → 数字签名，能看到签名人。", "The programs are signed: see Properties, Digital Signatures.")
	} else {
		say("这些程序没有买数字签名，第一次运行时 Windows 会挡一下：蓝色窗口“Windows 已保护你的电脑”。先照下面核对校验值；一样，就点“更多信息”，再点“仍要运行”。不一样，就不要运行。浏览器如果说“不常下载”，选“保留”。360、火绒等若拦下，核对一样后选“允许”或“信任”。",
			"These programs bear no signature, so SmartScreen shows “Windows protected your PC” the first time. Compare the sum first (below); if it is the same, choose “More info”, then “Run anyway”. If it is not, do not run it. Where the browser says the file is not commonly downloaded, choose Keep.")
	}
	say("**苹果电脑**：M 系列选 `darwin-arm64`，英特尔选 `darwin-amd64`，双击解开。第一次运行会说“无法验证开发者”：核对校验值，一样就打开“系统设置 → 隐私与安全性”，点“仍要打开”。",
		"Mac: darwin-arm64 for Apple's own processors, darwin-amd64 for Intel's. The first time macOS says the developer cannot be verified: compare the sum, then System Settings, Privacy & Security, Open Anyway.")
	say("**Linux**：`tar xzf mingdeng-"+version+"-linux-amd64.tar.gz`，里面的 `mingdeng` 放到任何地方都行。", "Linux: unpack; the program runs from anywhere.")
	b.WriteString("## 核对校验值 · Is it the program?\n\n")
	say("把 `SHA256SUMS` 也下载到同一个文件夹，在那里打开命令行（地址栏输入 cmd，回车）：", "Fetch `SHA256SUMS` into the same folder and open a command line there:")
	fmt.Fprintf(&b, "```\ncertutil -hashfile mingdeng-%[1]s-windows-amd64.zip SHA256     Windows\nshasum -a 256 mingdeng-%[1]s-darwin-arm64.tar.gz               macOS\nsha256sum --check --ignore-missing SHA256SUMS                  Linux\n```\n\n", version)
	say("得出的 64 个数字和字母，要和 `SHA256SUMS` 里那一行的一样。已经有明灯的，用旧的核对新的：", "The 64 digits must be those in its line of `SHA256SUMS`. An older Mingdeng compares them by itself:")
	fmt.Fprintf(&b, "```\nmingdeng version --check mingdeng-%s-windows-amd64.zip\n```\n\n", version)
	say("解开后先看 `第一小时.html`。每个压缩包里有全部许可（`licences/`）和组成清单（`sbom.cdx.json`，CycloneDX）。程序自己不上网、不检查更新；要换新版，下载新的，换掉旧的就行，网站文件夹不用动。",
		"Begin with `FIRST-HOUR.html`. Each archive has all licences and a bill of materials. The program calls nobody and looks for no updates.")
	return bytes.TrimRight(b.Bytes(), "\n")
}
