package serving

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mingdeng/internal/diag"
)

// Nginx is a site's configuration for nginx 1.18 and later, to be included in its http
// block (sites-available and conf.d are).
func Nginx(p Place, l diag.Lang) string {
	p = p.filled()
	p.Root = cmp.Or(p.Root, "/srv/www")
	p.Certificate = cmp.Or(p.Certificate, "/etc/letsencrypt/live/"+p.Host+"/fullchain.pem")
	p.Key = cmp.Or(p.Key, "/etc/letsencrypt/live/"+p.Host+"/privkey.pem")
	b := &sheet{lang: l}
	line, note := b.line, b.note
	note("", "nginx 配置，由 mingdeng help deploy --server nginx 写出。\n"+
		"存成 /etc/nginx/conf.d/mingdeng.conf，改好域名、文件夹、证书这几行，再运行：nginx -t && systemctl reload nginx\n"+
		"网站的文件（public/ 里的全部）放在 "+p.Root+p.Base,
		"For nginx, written by mingdeng help deploy --server nginx.\n"+
			"Save it as /etc/nginx/conf.d/mingdeng.conf, set host, folder and certificate, then: nginx -t && systemctl reload nginx\n"+
			"The site's files (all of public/) go to "+p.Root+p.Base)
	line("")
	note("", "缓存：第一条对上的算数。", "Caching: the first that fits counts.")
	line("map $uri $mingdeng_cache {")
	for _, r := range table {
		if pattern := r.pattern(p.Base); pattern != "" {
			line("    %-28s %q;", `"~`+pattern+`"`, r.Cache)
		} else {
			line("    %-28s %q;", "default", r.Cache)
		}
	}
	line("}")
	line("")
	note("", "打的编号：小写变大写，O 变 0，I 和 L 变 1，一位一行。", "Codes as they are typed: small letters, O for 0, I and L for 1; a line for each place.")
	for n := 1; n <= mostLetters; n++ {
		fmt.Fprintf(b, "map $mingdeng_c%d $mingdeng_f%d { default $mingdeng_c%d;", n, n, n)
		for _, c := range typedLetters { // nginx looks plain words up without their case
			fmt.Fprintf(b, " %c %s;", c, folded(c))
		}
		line(" }")
	}
	plain, secure := cmp.Or(p.Plain, "80"), cmp.Or(p.Listen, "443")
	line("")
	for _, host := range p.hosts() {
		line("server {")
		line("    listen %s;", plain)
		if p.Plain == "" {
			line("    listen [::]:80;")
		}
		line("    server_name %s;", host)
		note("    ", "申请和续期证书用。", "For getting and renewing the certificate.")
		line("    location ^~ /.well-known/acme-challenge/ { root %s; }", p.Root)
		line("    location / { return 301 https://%s$request_uri; }", host)
		line("}")
		line("")
	}
	line("server {")
	line("    listen %s ssl http2;", secure)
	if p.Listen == "" {
		line("    listen [::]:443 ssl http2;")
	}
	line("    server_name %s;", strings.Join(p.hosts(), " "))
	if len(p.Also) > 0 {
		note("    ", "证书要包括这几个域名。", "The certificate must be for all of them.")
	}
	line("    ssl_certificate %s;", p.Certificate)
	line("    ssl_certificate_key %s;", p.Key)
	line("    ssl_protocols TLSv1.2 TLSv1.3;")
	line("    root %s;", p.Root)
	line("    server_tokens off;")
	line("")
	note("    ", "/ 结尾的网址给出 index.html；文件夹从不列出；没有的给出 404.html，状态码 404。",
		"An address that ends in / is served by index.html, no folder is listed, and what is not there by 404.html with status 404.")
	line("    index index.html;")
	line("    autoindex off;")
	line("    absolute_redirect off;")
	line("    error_page 403 404 =404 %s404.html;", p.Base)
	line("")
	note("    ", "每个回答都带的响应头。这里以下不要再写 add_header：写了，这几行在那里就不算了。",
		"Headers of every answer. Write no add_header further in: there these would no longer count.")
	line("    add_header Cache-Control $mingdeng_cache always;")
	for _, h := range Headers() {
		line("    add_header %s %q always;", h.Name, h.Value)
	}
	line("")
	types := typesByEnding()
	byType := map[string][]string{}
	texts := map[string]bool{}
	for e, t := range types {
		bare, text := charset(t)
		byType[bare] = append(byType[bare], e)
		if text && bare != "text/html" { // which nginx always counts
			texts[bare] = true
		}
	}
	line("    types {")
	for _, t := range slices.Sorted(maps.Keys(byType)) {
		slices.Sort(byType[t])
		line("        %s %s;", t, strings.Join(byType[t], " "))
	}
	line("    }")
	line("    default_type application/octet-stream;")
	line("    charset utf-8;")
	line("    charset_types %s;", strings.Join(slices.Sorted(maps.Keys(texts)), " "))
	line("")
	note("    ", "边传边压。不必先压好：省下的不到一个数据包，文件却多一倍。", "Packed on the way. Packing ahead saves less than a packet of what a scan opens, for twice the files.")
	line("    gzip on;")
	line("    gzip_comp_level 5;")
	line("    gzip_min_length 1024;")
	line("    gzip_vary on;")
	line("    gzip_proxied any;")
	line("    gzip_types %s;", strings.Join(slices.DeleteFunc(packable(types), func(t string) bool { return t == "text/html" }), " "))
	line("")
	note("    ", "程序和工具自己的文件不给出。", "Files of programs are not given out.")
	line(`    location ~ "/\.(?!well-known/)" { return 404; }`)
	note("    ", "铭牌的制作文件给制作的人，不给访客。要公开就删掉这一行。", "The artwork of plaques is for the workshop. Take this line out to publish it.")
	line("    location ^~ %splaques/ { return 404; }", p.Base)
	note("    ", "铭牌的网址：写对了的直接给出，别的写法转过去。", "Codes: those written right are served, other ways to write them lead there.")
	line(`    location ~ "^%sQ/%s/" { }`, regexpBase(p), codeShape)
	fmt.Fprintf(b, `    location ~ "^%s[Qq]/`, regexpBase(p))
	for n := 1; n <= mostLetters; n++ {
		fmt.Fprintf(b, "(?<mingdeng_c%d>[0-9A-TV-Za-tv-z]%s)", n, optional(n))
	}
	b.WriteString(`/?$" { return 301 ` + p.Base + "Q/")
	for n := 1; n <= mostLetters; n++ {
		fmt.Fprintf(b, "$mingdeng_f%d", n)
	}
	line("/$is_args$args; }")
	line("}")
	return b.String()
}

func optional(n int) string {
	if n > leastLetters {
		return "?"
	}
	return ""
}
