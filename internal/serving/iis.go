package serving

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mingdeng/internal/diag"
)

// editions are the folders that other languages of a site lie in.
var editions = []string{"", "zh-hant/", "en/"}

// IIS is a web.config for IIS 8 and later, without modules that do not come with it. IIS
// tells files apart by folder, not by name: what is not in a folder of its own is asked for
// anew each time, which is never wrong. It takes no note of small and large letters.
func IIS(_ Place, l diag.Lang) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	note := func(indent, zh, en string) { // no two hyphens may stand in it
		line("%s<!-- %s -->", indent, strings.ReplaceAll(diag.Text{Zh: zh, En: en}.In(l), "\n", "\n"+indent+"     "))
	}
	quote := func(s string) string {
		var q strings.Builder
		_ = xml.EscapeText(&q, []byte(s)) // a Builder cannot fail
		return `"` + q.String() + `"`
	}
	line(`<?xml version="1.0" encoding="utf-8"?>`)
	note("", "IIS 配置，由 mingdeng help deploy 写出。\n"+
		"存成 web.config，和 index.html 放在一起（UTF-8 编码）。只用 IIS 自带的功能，要装上“静态内容”“默认文档”“HTTP 错误”“静态内容压缩”。\n"+
		"http 转到 https：在 IIS 里另建一个只绑 80 端口的网站，在它的“HTTP 重定向”里填 https 的网址，选“永久 (301)”。\n"+
		"IIS 不分大小写：/q/81at/ 直接就打得开；O 和 0、I 和 1 打错的，由 404.html 改正。",
		"For IIS, written by mingdeng help deploy.\n"+
			"Save it as web.config beside index.html (UTF-8). It needs nothing that does not come with IIS: Static Content, Default Document, HTTP Errors, Static Content Compression.\n"+
			"From http to https: make a second site bound to port 80 alone, and in its HTTP Redirect give the https address, Permanent (301).\n"+
			"IIS takes no note of case, so /q/81at/ opens at once; O for 0 and I for 1 are mended by 404.html.")
	line("<configuration>")
	line("  <system.webServer>")
	line(`    <directoryBrowse enabled="false" />`)
	line(`    <defaultDocument enabled="true"><files><clear /><add value="index.html" /></files></defaultDocument>`)
	line(`    <httpErrors errorMode="Custom" existingResponse="Auto">`)
	line(`      <remove statusCode="404" />`)
	line(`      <error statusCode="404" path="404.html" responseMode="File" />`)
	line(`      <remove statusCode="403" subStatusCode="14" />`) // a folder without a page
	line(`      <error statusCode="403" subStatusCode="14" path="404.html" responseMode="File" />`)
	line(`    </httpErrors>`)
	line(`    <httpProtocol><customHeaders>`)
	line(`      <remove name="X-Powered-By" />`)
	for _, h := range Headers() {
		line(`      <remove name=%s /><add name=%s value=%s />`, quote(h.Name), quote(h.Name), quote(h.Value))
	}
	line(`    </customHeaders></httpProtocol>`)
	note("    ", "程序和工具自己的文件不给出。", "Files of programs are not given out.")
	line(`    <security><requestFiltering><hiddenSegments>`)
	for _, s := range []string{".mingdeng", ".git", ".svn"} {
		line(`      <remove segment=%s /><add segment=%s />`, quote(s), quote(s))
	}
	line(`    </hiddenSegments></requestFiltering></security>`)
	line(`    <urlCompression doStaticCompression="true" />`)
	line(`    <staticContent>`)
	types := typesByEnding()
	for _, e := range slices.Sorted(maps.Keys(types)) {
		line(`      <remove fileExtension=%s /><mimeMap fileExtension=%s mimeType=%s />`, quote("."+e), quote("."+e), quote(types[e]))
	}
	line(`      <remove fileExtension=".bin" /><mimeMap fileExtension=".bin" mimeType="application/octet-stream" />`)
	note("      ", "下面没有单列的文件夹：每次都问一声有没有新的", "what is in none of the folders below: asked for anew each time")
	for _, r := range table {
		if place, _ := r.folder(); place == "" {
			line("      <!-- %s : %s -->", r.Match, r.About.In(l))
		}
	}
	line(`      <clientCache cacheControlMode="DisableCache" />`)
	line(`    </staticContent>`)
	line("  </system.webServer>")
	for _, r := range table {
		place, each := r.folder()
		if place == "" || r.Cache != ForEver {
			continue
		}
		note("  ", r.Match+" ："+r.About.Zh, r.Match+" : "+r.About.En)
		for _, e := range editions[:each] {
			line(`  <location path=%s><system.webServer><staticContent>`, quote(e+place))
			line(`    <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="public, immutable" />`)
			line(`  </staticContent></system.webServer></location>`)
		}
	}
	note("  ", "plaques/ ：铭牌的制作文件给制作的人，不给访客。要公开就删掉这一段。", "plaques/ : the artwork is for the workshop. Take this out to publish it.")
	line(`  <location path="plaques"><system.webServer><security><requestFiltering>`)
	line(`    <verbs allowUnlisted="false" />`)
	line(`  </requestFiltering></security></system.webServer></location>`)
	note("  ", "申请 HTTPS 证书时，机构要读这里没有扩展名的文件。", "Authorities read files without an ending here before they give a certificate.")
	line(`  <location path=".well-known"><system.webServer><staticContent>`)
	line(`    <remove fileExtension="." /><mimeMap fileExtension="." mimeType="text/plain" />`)
	line(`  </staticContent></system.webServer></location>`)
	line("</configuration>")
	return b.String()
}

// folder is the folder that a rule is for, "" where it is for names, and in how many
// editions it lies.
func (r Rule) folder() (place string, each int) {
	place, ok := strings.CutSuffix(r.Match, "/")
	switch {
	case !ok:
		return "", 0
	case strings.HasPrefix(r.Match, "search/"):
		return place, len(editions)
	}
	return place, 1
}
