package serving

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"mingdeng/internal/diag"
)

// regexpBase is the base as it stands in a regular expression.
func regexpBase(p Place) string { return regexp.QuoteMeta(p.Base) }

// Caddy is a Caddyfile for Caddy 2.6 and later, which fetches its certificate itself.
func Caddy(p Place, l diag.Lang) string {
	p = p.filled()
	p.Root = cmp.Or(p.Root, "/srv/www")
	b := &sheet{lang: l}
	line, note := b.line, b.note
	note("", "Caddy 配置，由 mingdeng help deploy --server caddy 写出。\n"+
		"存成 /etc/caddy/Caddyfile，改好域名和文件夹，再运行：caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy\n"+
		"网站的文件（public/ 里的全部）放在 "+p.Root+p.Base+"。HTTPS 证书由 Caddy 自己申请、续期，http 自动转到 https。",
		"For Caddy, written by mingdeng help deploy --server caddy.\n"+
			"Save it as /etc/caddy/Caddyfile, set host and folder, then: caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy\n"+
			"The site's files (all of public/) go to "+p.Root+p.Base+". Caddy gets and renews the certificate and leads http to https.")
	line("")
	note("", "打的编号：小写变大写，O 变 0，I 和 L 变 1。", "Codes as they are typed: small letters, O for 0, I and L for 1.")
	line("(mingdeng_fold) {")
	line("\tmap {re.code.{args.0}} {mingdeng_f{args.0}} {")
	for _, c := range typedLetters {
		line("\t\t%c `%s`", c, folded(c)) // quoted, or T and F become true and false
		if up := strings.ToUpper(string(c)); up != folded(c) {
			line("\t\t%s `%s`", up, folded(c))
		}
	}
	line("\t\tdefault {re.code.{args.0}}")
	line("\t}")
	line("}")
	line("")
	if p.Listen == "" {
		line("%s {", strings.Join(p.hosts(), ", "))
	} else {
		line("https://%s:%s {", p.Host, p.Listen)
	}
	if p.Certificate != "" {
		line("\ttls %s %s", p.Certificate, p.Key)
	}
	line("\troot * %s", p.Root)
	note("\t", "响应头；缓存和类型，第一条对上的算数。", "Headers; of caching and types the first that fits counts.")
	line("\tmap {path} {mingdeng_cache} {")
	for _, r := range table {
		pattern := r.pattern(p.Base)
		if r.Match == "*.html" { // an address that ends in / is a page too
			pattern = `(/|\.html)$`
		}
		if pattern != "" {
			line("\t\t`~%s` %q", pattern, r.Cache)
		} else {
			line("\t\tdefault %q", r.Cache)
		}
	}
	line("\t}")
	line("\tmap {path} {mingdeng_type} {")
	types := typesByEnding()
	byType := map[string][]string{}
	for e, t := range types {
		byType[t] = append(byType[t], e)
	}
	for _, t := range slices.Sorted(maps.Keys(byType)) {
		slices.Sort(byType[t])
		pattern := `\.(` + strings.Join(byType[t], "|") + `)$`
		if t == TypeOf("index.html") { // as above
			pattern = "/$|" + pattern
		}
		line("\t\t`~%s` %q", pattern, t)
	}
	line("\t\tdefault application/octet-stream")
	line("\t}")
	line("\theader {")
	line("\t\tCache-Control {mingdeng_cache}")
	line("\t\tContent-Type {mingdeng_type}")
	for _, h := range Headers() {
		line("\t\t%s %q", h.Name, h.Value)
	}
	line("\t}")
	line("\theader -Server") // by itself: what removes comes after all others, too late for packing by type
	note("\t", "边传边压。不必先压好：省下的不到一个数据包，文件却多一倍。", "Packed on the way. Packing ahead saves less than a packet of what a scan opens, for twice the files.")
	line("\tencode {")
	line("\t\tgzip 5")
	line("\t\tminimum_length 1024")
	line("\t\tmatch {")
	for _, t := range packable(types) {
		line("\t\t\theader Content-Type %s*", t)
	}
	line("\t\t}")
	line("\t}")
	line("")
	note("\t", "程序和工具自己的文件不给出；铭牌的制作文件给制作的人，不给访客（要公开就删掉 @artwork 两行）。",
		"Files of programs are not given out. The artwork of plaques is for the workshop (take both lines of @artwork out to publish it).")
	line("\t@hidden path_regexp `/\\.($|[^w]|w[^e])`") // .well-known is given out; Go's expressions cannot look ahead
	line("\terror @hidden 404")
	line("\t@artwork path %splaques/*", p.Base)
	line("\terror @artwork 404")
	line("")
	note("\t", "铭牌的网址：写对了的直接给出，别的写法转过去。", "Codes: those written right are served, other ways to write them lead there.")
	for n := 1; n <= mostLetters; n++ {
		line("\timport mingdeng_fold %d", n)
	}
	line("\t@typed {")
	line("\t\tnot path_regexp `^%sQ/%s/`", regexpBase(p), codeShape)
	fmt.Fprintf(b, "\t\tpath_regexp code `^%s[Qq]/+", regexpBase(p))
	for n := 1; n <= mostLetters; n++ {
		fmt.Fprintf(b, "([0-9A-TV-Za-tv-z]%s)", optional(n))
	}
	line("/*$`")
	line("\t}")
	fmt.Fprintf(b, "\tredir @typed %sQ/", p.Base)
	for n := 1; n <= mostLetters; n++ {
		fmt.Fprintf(b, "{mingdeng_f%d}", n)
	}
	line("/{mingdeng_query} permanent")
	line("\tmap {query} {mingdeng_query} {")
	line("\t\t`~^.+$` `?${0}`")
	line("\t\tdefault ``")
	line("\t}")
	line("")
	note("\t", "/ 结尾的网址给出 index.html；文件夹从不列出；没有的给出 404.html，状态码 404。",
		"An address that ends in / is served by index.html, no folder is listed, and what is not there by 404.html with status 404.")
	line("\tfile_server")
	line("\thandle_errors {")
	line("\t\troot * %s", p.Root)
	line("\t\t@missing expression `{http.error.status_code} in [403, 404]`")
	line("\t\trewrite @missing %s404.html", p.Base)
	line("\t\theader @missing {")
	line("\t\t\tCache-Control %q", Of("404.html").Cache)
	line("\t\t\tContent-Type %q", TypeOf("404.html"))
	for _, h := range Headers() {
		line("\t\t\t%s %q", h.Name, h.Value)
	}
	line("\t\t}")
	line("\t\theader -Server")
	line("\t\tfile_server")
	line("\t}")
	line("}")
	return b.String()
}
