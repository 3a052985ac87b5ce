package ledger

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// Unfit says why no code may bear an address; the zero value is none.
type Unfit string

// Addresses that nobody can open for ever.
const (
	Fit         Unfit = ""
	Example     Unfit = "example"     // reserved for examples and tests (RFC 2606, RFC 6761)
	Placeholder Unfit = "placeholder" // words that wait to be replaced
	Local       Unfit = "local"       // means something on one machine or in one building alone
	NumericHost Unfit = "ip"          // an IP address, in whatever way it is written
)

var unfitWords = map[Unfit]diag.Text{
	Example:     {Zh: "是留给示例和试验用的名字，谁也打不开", En: "is a name reserved for examples and tests, which nobody can open"},
	Placeholder: {Zh: "是占位的字，还没有换成真的网址", En: "is a placeholder that waits for the real address"},
	Local:       {Zh: "只在这台电脑或单位里面打得开，扫码的人打不开", En: "opens on this machine or within one building alone, not for those who scan"},
	NumericHost: {Zh: "是 IP 地址，换一台服务器就没有了", En: "is an IP address, which goes with the server"},
}

// Text says it in words that follow the host.
func (u Unfit) Text() diag.Text { return unfitWords[u] }

// reserved are endings of hosts that lead nowhere for the public: RFC 2606, RFC 6761,
// RFC 6762 (local), RFC 8375 (home.arpa), ICANN's internal, and what routers give out.
var reserved = map[string]Unfit{
	"example": Example, "test": Example, "invalid": Example, "测试": Example, "測試": Example, "alt": Example,
	"localhost": Local, "local": Local, "localdomain": Local, "internal": Local, "intranet": Local, "private": Local, "onion": Local,
	"lan": Local, "home": Local, "corp": Local, "workgroup": Local, "arpa": Local,
}

// waiting are labels that stand in guides and forms where the real one belongs.
var waiting = []string{
	"yourdomain", "your-domain", "yoursite", "your-site", "your-host", "yourhost", "mydomain", "my-domain", "domain", "hostname", "sitename",
	"你的网址", "你的域名", "您的网址", "您的域名", "你们的网址", "你们的域名", "我们的网址", "我们的域名", "网址", "域名", "示例", "示範", "某某", "某市", "某某市",
}

// addressHosts are services whose names hold an IP address.
var addressHosts = []string{"nip.io", "sslip.io", "xip.io", "traefik.me"}

// Judge tells whether codes may bear an address for ever. What is no address at all is
// package content's to tell.
func Judge(base string) Unfit {
	host := hostOf(base)
	if host == "" {
		return Fit
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return NumericHost
	}
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch {
	case numeric(last): // browsers read 3232235777, 0xC0A80101 and 192.168.257 as IPv4 (WHATWG URL, "ends in a number")
		return NumericHost
	case slices.ContainsFunc(addressHosts, func(s string) bool { return host == s || strings.HasSuffix(host, "."+s) }):
		return NumericHost
	case slices.Contains(labels, "example"): // example.com, .net, .org, and what countries have: example.cn, example.com.cn
		return Example
	}
	if why := reserved[last]; why != Fit {
		return why
	}
	for _, l := range labels {
		if slices.Contains(waiting, l) || len(l) >= 3 && strings.Trim(l, "x") == "" { // xxx.cn
			return Placeholder
		}
	}
	if len(labels) == 1 {
		return Local
	}
	return Fit
}

// hostOf is the host of an address as people read it: in small letters, a Chinese one in
// Chinese, without the dot at its end.
func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if name, err := idna.Lookup.ToUnicode(host); err == nil {
		return name
	}
	return host
}

// numeric tells a label that browsers take for a number.
func numeric(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return label != "" && strings.Trim(label, "0123456789") == ""
}

// Frail says what makes an address less lasting than it could be: a port of its own, no
// TLS. It returns "" where nothing does.
func Frail(base string) (zh, en string) {
	u, err := url.Parse(base)
	if err != nil {
		return "", ""
	}
	switch p := u.Port(); {
	case p != "" && (u.Scheme != "https" || p != "443") && (u.Scheme != "http" || p != "80"):
		return "带着端口 " + p + "，换服务器、换防火墙就打不开", "it has the port " + p + ", which another server or firewall will not have"
	case u.Scheme == "http":
		return "是 http 的，有的手机会拦", "it is http, which some phones refuse"
	}
	return "", ""
}

// Typed is what somebody types to confirm an address: host and path, without the scheme.
func Typed(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	host := hostOf(base)
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" {
		host += ":" + p
	}
	return host + strings.TrimSuffix(u.Path, "/")
}

// Confirms tells whether words that somebody typed are an address: with or without its
// scheme and the slash at its end, the host in either case.
func Confirms(typed, base string) bool {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return false
	}
	if !strings.Contains(typed, "://") {
		scheme, _, _ := strings.Cut(base, "://")
		typed = scheme + "://" + typed
	}
	if _, zh, _ := content.ParseBaseURL(typed); zh != "" {
		return false
	}
	return sameAddress(typed, base)
}
