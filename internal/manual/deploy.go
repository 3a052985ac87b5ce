package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/serving"
)

func deploy(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{
		Zh: "mingdeng build 把网站做在 public/ 里：全是普通文件，任何网页服务器、对象存储都能放。\n" +
			"把 public/ 里的东西全部传上去（.mingdeng 是程序自己的记录，不用传）。\n\n## 服务器要做的\n\n" +
			"1. 网址以 / 结尾时，给出那个文件夹里的 index.html。\n" +
			"2. 找不到时，给出 /404.html，状态码 404；它会替人改正抄错的铭牌编号。\n" +
			"3. 区分大小写：/Q/7K3X/ 里的 Q 是大写的，二维码里就这样印着。\n" +
			"4. 用 HTTPS；旧域名、http 都转到新的，/Q/… 要一直打得开，域名要一直续费。\n" +
			"5. 按下面的表给出响应头，每个网页再加：\n\n" +
			"    Content-Security-Policy: " + serving.Policy + "\n    X-Content-Type-Options: nosniff\n    Referrer-Policy: strict-origin-when-cross-origin\n\n## 缓存和类型\n\n",
		En: "mingdeng build makes the site in public/: plain files for any web server or object store.\n" +
			"Upload all of public/ (.mingdeng is the program's own record and need not go).\n\n## What the server does\n\n" +
			"1. An address that ends in / is served by the index.html of its folder.\n" +
			"2. What is not there is answered with /404.html and status 404; it mends mistyped plaque codes.\n" +
			"3. Upper and lower case differ: the Q of /Q/7K3X/ is a capital, as printed in the codes.\n" +
			"4. HTTPS; old hosts and http lead to the new one, /Q/… works for ever, and the domain stays paid.\n" +
			"5. Headers as in the table, and with each page:\n\n" +
			"    Content-Security-Policy: " + serving.Policy + "\n    X-Content-Type-Options: nosniff\n    Referrer-Policy: strict-origin-when-cross-origin\n\n## Caching and types\n\n",
	}.In(l))
	for _, s := range serving.Table() {
		fmt.Fprintf(&b, "    %-14s Cache-Control: %s\n", s.Match, s.Cache)
		if s.Type != "" {
			fmt.Fprintf(&b, "    %-14s Content-Type: %s\n", "", s.Type)
		}
		fmt.Fprintf(&b, "    %-14s %s\n", "", s.About.In(l))
	}
	b.WriteString(diag.Text{Zh: "\n先传 css/、js/、img/、files/，再传网页，读者就不会看到没有样式的网页。\n", En: "\nUpload css/, js/, img/ and files/ before the pages, so that nobody meets a page without its styles.\n"}.In(l))
	return b.String()
}
