// Package serving is the one table of how the files of a built site are to be served:
// types, caching, and which of them carry a digest of their content in their names.
// `help deploy` prints it, the configurations for web servers come from it, and deploy
// gives it to every store that keeps headers.
package serving

import (
	"path"
	"strings"

	"mingdeng/internal/diag"
)

// Policy is the Content-Security-Policy the site is made for: it asks nothing of any
// other host and holds no inline script or style (SPEC: pages run under it).
const Policy = "default-src 'self'"

// Rule is how files of one kind are to be served.
type Rule struct {
	Match string // path.Match pattern of a file's path, or a folder ending in "/"
	Type  string // Content-Type; "" where files of several types lie: see [TypeOf]
	Cache string // Cache-Control
	About diag.Text
}

// Cache-Control for what never changes under its name, for what is looked up each time,
// and for what may be an hour old.
const (
	ForEver  = "public, max-age=31536000, immutable"
	AskAgain = "no-cache"
	AnHour   = "public, max-age=3600"
)

// Table lists how each file of a built site is to be served; the first that fits
// counts. Addresses end in "/" and are served by the index.html of their folder.
func Table() []Rule { return table }

var table = func() []Rule {
	pages := diag.Text{Zh: "网页：每次都问一声有没有新的（微信缓存网页很顽固）", En: "pages: asked for anew each time (WeChat keeps pages stubbornly)"}
	named := diag.Text{Zh: "文件名带内容的指纹，可以一直缓存", En: "named by their content: to be kept for ever"}
	sought := diag.Text{Zh: "搜索的索引：请求里带着版本，可以一直缓存", En: "the index of the search: requests carry its version, so it may be kept for ever"}
	data := diag.Text{Zh: "数据和订阅", En: "data and feeds"}
	artwork := diag.Text{Zh: "铭牌的制作文件：不必上传到公开的服务器", En: "artwork of plaques: need not be uploaded at all"}
	return []Rule{
		{"plaques/", "", AskAgain, artwork},
		{"css/", "text/css; charset=utf-8", ForEver, named},
		{"js/", "text/javascript; charset=utf-8", ForEver, named},
		{"img/", "", ForEver, named},
		{"files/", "", ForEver, named},
		{"search/d/", "text/plain; charset=utf-8", ForEver, sought},
		{"search/f/", "text/plain; charset=utf-8", ForEver, sought},
		{"search/p/", "text/plain; charset=utf-8", ForEver, sought},
		{"search/g/", "application/octet-stream", ForEver, sought},
		{"sw.js", "text/javascript; charset=utf-8", AskAgain, diag.Text{Zh: "没有网络时也能看的那一部分：必须每次都问", En: "what makes pages work without a network: must be asked for anew"}},
		{"offline.json", "application/json; charset=utf-8", AskAgain, diag.Text{Zh: "每处阵地离线时要留的文件：必须每次都问", En: "what phones keep of each venue: must be asked for anew"}},
		{"heads.*.css", "text/css; charset=utf-8", ForEver, named},
		{"*.html", "text/html; charset=utf-8", AskAgain, pages},
		{"*.epub", "application/epub+zip", AskAgain, data},
		{"*.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", AskAgain, diag.Text{Zh: "举荐表", En: "the nomination form"}},
		{"*.ics", "text/calendar; charset=utf-8", AskAgain, diag.Text{Zh: "日历：改了期，订阅的人要马上知道", En: "calendars: who subscribes must be told of a changed day at once"}},
		{"*.geojson", "application/geo+json", AnHour, data},
		{"*.webmanifest", "application/manifest+json", AnHour, data},
		{"*.jpg", "image/jpeg", AnHour, diag.Text{Zh: "分享图和封面：网址不变", En: "share pictures and covers: their addresses stay"}},
		{"*.png", "image/png", AnHour, diag.Text{Zh: "网站图标", En: "icons of the site"}},
		{"*.xml", "application/xml; charset=utf-8", AnHour, data},
		{"*.json", "application/json; charset=utf-8", AnHour, data},
		{"*.txt", "text/plain; charset=utf-8", AnHour, data},
		{"*", "", AnHour, diag.Text{Zh: "其余", En: "all others"}},
	}
}()

// Of is how one file is to be served; file is its path in the output folder.
func Of(file string) Rule {
	for _, s := range table {
		// The index of the search lies in the folder of each edition.
		if strings.HasSuffix(s.Match, "/") && (strings.HasPrefix(file, s.Match) || strings.HasPrefix(s.Match, "search/") && strings.Contains(file, "/"+s.Match)) {
			return s
		}
		if ok, _ := path.Match(s.Match, path.Base(file)); ok {
			return s
		}
	}
	return Rule{}
}

// Named tells whether a file carries a digest of its content in its name: it never
// changes, and pages that were made earlier may still ask for it.
func Named(file string) bool {
	r := Of(file)
	return r.Cache == ForEver && !strings.HasPrefix(r.Match, "search/")
}

// byEnding are the types of files whose rule names none: never those of the machine at
// hand, which differ from one to the next.
var byEnding = map[string]string{
	".avif": "image/avif", ".csv": "text/csv; charset=utf-8", ".dxf": "image/vnd.dxf", ".epub": "application/epub+zip",
	".gif": "image/gif", ".html": "text/html; charset=utf-8", ".ics": "text/calendar; charset=utf-8", ".jpeg": "image/jpeg",
	".jpg": "image/jpeg", ".json": "application/json; charset=utf-8", ".m4a": "audio/mp4", ".mp3": "audio/mpeg",
	".mp4": "video/mp4", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".pdf": "application/pdf",
	".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
	".wav": "audio/wav", ".webm": "video/webm", ".webp": "image/webp", ".woff2": "font/woff2", ".zip": "application/zip",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".aac":  "audio/aac", ".css": "text/css; charset=utf-8", ".doc": "application/msword", ".flac": "audio/flac",
	".m4b": "audio/mp4", ".weba": "audio/webm",
	".geojson": "application/geo+json", ".js": "text/javascript; charset=utf-8", ".ppt": "application/vnd.ms-powerpoint",
	".pptx":        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".webmanifest": "application/manifest+json", ".xls": "application/vnd.ms-excel", ".xml": "application/xml; charset=utf-8",
}

// TypeOf is the Content-Type of one file.
func TypeOf(file string) string {
	if t := Of(file).Type; t != "" {
		return t
	}
	if t := byEnding[strings.ToLower(path.Ext(file))]; t != "" {
		return t
	}
	return "application/octet-stream"
}
