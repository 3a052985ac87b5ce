package manual

import (
	"fmt"
	"path"
	"strings"

	"mingdeng/internal/diag"
)

// Policy is the Content-Security-Policy the site is made for: it asks nothing of any
// other host and holds no inline script or style (SPEC: pages run under it).
const Policy = "default-src 'self'"

// Serving is how files of one kind are to be served.
type Serving struct {
	Match string // path.Match pattern of a file's path, or a folder ending in "/"
	Type  string // Content-Type
	Cache string // Cache-Control
	About diag.Text
}

// Cache-Control for what never changes under its name, for what is looked up each time,
// and for what may be an hour old.
const (
	forEver  = "public, max-age=31536000, immutable"
	askAgain = "no-cache"
	anHour   = "public, max-age=3600"
)

// Servings lists how each file of a built site is to be served; the first that fits
// counts. Addresses end in "/" and are served by the index.html of their folder.
func Servings() []Serving {
	pages := diag.Text{Zh: "网页：每次都问一声有没有新的（微信缓存网页很顽固）", En: "pages: asked for anew each time (WeChat keeps pages stubbornly)"}
	named := diag.Text{Zh: "文件名带内容的指纹，可以一直缓存", En: "named by their content: to be kept for ever"}
	sought := diag.Text{Zh: "搜索的索引：请求里带着版本，可以一直缓存", En: "the index of the search: requests carry its version, so it may be kept for ever"}
	data := diag.Text{Zh: "数据和订阅", En: "data and feeds"}
	artwork := diag.Text{Zh: "铭牌的制作文件：不必上传到公开的服务器", En: "artwork of plaques: need not be uploaded at all"}
	return []Serving{
		{"plaques/", "", askAgain, artwork},
		{"css/", "text/css; charset=utf-8", forEver, named},
		{"js/", "text/javascript; charset=utf-8", forEver, named},
		{"img/", "", forEver, named},
		{"files/", "", forEver, named},
		{"search/d/", "text/plain; charset=utf-8", forEver, sought},
		{"search/f/", "text/plain; charset=utf-8", forEver, sought},
		{"search/p/", "text/plain; charset=utf-8", forEver, sought},
		{"search/g/", "application/octet-stream", forEver, sought},
		{"sw.js", "text/javascript; charset=utf-8", askAgain, diag.Text{Zh: "没有网络时也能看的那一部分：必须每次都问", En: "what makes pages work without a network: must be asked for anew"}},
		{"offline.json", "application/json; charset=utf-8", askAgain, diag.Text{Zh: "每处阵地离线时要留的文件：必须每次都问", En: "what phones keep of each venue: must be asked for anew"}},
		{"heads.*.css", "text/css; charset=utf-8", forEver, named},
		{"*.html", "text/html; charset=utf-8", askAgain, pages},
		{"*.epub", "application/epub+zip", askAgain, data},
		{"*.geojson", "application/geo+json", anHour, data},
		{"*.webmanifest", "application/manifest+json", anHour, data},
		{"*.jpg", "image/jpeg", anHour, diag.Text{Zh: "分享图和封面：网址不变", En: "share pictures and covers: their addresses stay"}},
		{"*.png", "image/png", anHour, diag.Text{Zh: "网站图标", En: "icons of the site"}},
		{"*.xml", "application/xml; charset=utf-8", anHour, data},
		{"*.json", "application/json; charset=utf-8", anHour, data},
		{"*.txt", "text/plain; charset=utf-8", anHour, data},
		{"*", "", anHour, diag.Text{Zh: "其余", En: "all others"}},
	}
}

// ServingOf is how one file is to be served; file is its path in the output folder.
func ServingOf(file string) Serving {
	for _, s := range Servings() {
		// The index of the search lies in the folder of each edition.
		if strings.HasSuffix(s.Match, "/") && (strings.HasPrefix(file, s.Match) || strings.HasPrefix(s.Match, "search/") && strings.Contains(file, "/"+s.Match)) {
			return s
		}
		if ok, _ := path.Match(s.Match, path.Base(file)); ok {
			return s
		}
	}
	return Serving{}
}

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
			"    Content-Security-Policy: " + Policy + "\n    X-Content-Type-Options: nosniff\n    Referrer-Policy: strict-origin-when-cross-origin\n\n## 缓存和类型\n\n",
		En: "mingdeng build makes the site in public/: plain files for any web server or object store.\n" +
			"Upload all of public/ (.mingdeng is the program's own record and need not go).\n\n## What the server does\n\n" +
			"1. An address that ends in / is served by the index.html of its folder.\n" +
			"2. What is not there is answered with /404.html and status 404; it mends mistyped plaque codes.\n" +
			"3. Upper and lower case differ: the Q of /Q/7K3X/ is a capital, as printed in the codes.\n" +
			"4. HTTPS; old hosts and http lead to the new one, /Q/… works for ever, and the domain stays paid.\n" +
			"5. Headers as in the table, and with each page:\n\n" +
			"    Content-Security-Policy: " + Policy + "\n    X-Content-Type-Options: nosniff\n    Referrer-Policy: strict-origin-when-cross-origin\n\n## Caching and types\n\n",
	}.In(l))
	for _, s := range Servings() {
		fmt.Fprintf(&b, "    %-14s Cache-Control: %s\n", s.Match, s.Cache)
		if s.Type != "" {
			fmt.Fprintf(&b, "    %-14s Content-Type: %s\n", "", s.Type)
		}
		fmt.Fprintf(&b, "    %-14s %s\n", "", s.About.In(l))
	}
	b.WriteString(diag.Text{Zh: "\n先传 css/、js/、img/、files/，再传网页，读者就不会看到没有样式的网页。\n", En: "\nUpload css/, js/, img/ and files/ before the pages, so that nobody meets a page without its styles.\n"}.In(l))
	return b.String()
}
