package serving

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"mingdeng/internal/diag"
)

// Place is where a site is served. The zero value of a field stands for what most have.
type Place struct {
	Host   string   // yx.gov.cn
	Also   []string // other hosts that show the same, such as the one printed in codes
	Base   string   // the path of its address: "/", "/lamp/"
	Root   string   // the folder on the server that the web server's paths begin at
	Listen string   // 443
	Plain  string   // 80
	// Certificate and Key are files. Caddy fetches its own where there are none.
	Certificate, Key string
}

// Header is one that goes with every answer.
type Header struct{ Name, Value string }

// Headers go with every answer: pages need them, and on other files they do no harm.
func Headers() []Header {
	return []Header{
		{"Content-Security-Policy", Policy},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
	}
}

// Server is a web server with a recipe.
type Server struct {
	Name   string
	Recipe func(Place, diag.Lang) string
}

// Servers are those that `help deploy --server` knows. Each recipe is a whole
// configuration file made from [Table], [Headers] and the rules of this package; tests start
// the servers with it and ask for every rule.
func Servers() []Server {
	return []Server{{"nginx", Nginx}, {"caddy", Caddy}, {"iis", IIS}}
}

// What all three do, besides the table: files of the program's own and of tools (a dot
// before the name) are never given out, but those of /.well-known/ are; the artwork of
// plaques is for the workshop; no folder is listed; what is not there is answered with
// 404.html and status 404; a code in small letters, with O for 0 or I and L for 1, or
// without its last slash leads to the page of the code.

// pattern is the rule's Match as a regular expression on the path of a request (as nginx,
// Go and .NET read it), under a base such as "/lamp/". "" for the rule that fits all.
func (r Rule) pattern(base string) string {
	at := regexp.QuoteMeta(strings.TrimSuffix(base, "/"))
	switch {
	case r.Match == "*":
		return ""
	case strings.HasPrefix(r.Match, "search/"): // in the folder of each edition
		return "/" + regexp.QuoteMeta(r.Match)
	case strings.HasSuffix(r.Match, "/"):
		return "^" + at + "/" + regexp.QuoteMeta(r.Match)
	}
	return "/" + strings.ReplaceAll(regexp.QuoteMeta(r.Match), `\*`, "[^/]*") + "$"
}

// typesByEnding are the types of all files, by ending without its dot. No rule gives a
// type that the ending does not give, so that servers, which know endings, can be told.
func typesByEnding() map[string]string {
	out := map[string]string{}
	for e, t := range byEnding {
		out[strings.TrimPrefix(e, ".")] = t
	}
	for _, r := range table {
		if e := strings.TrimPrefix(path.Ext(r.Match), "."); e != "" && r.Type != "" {
			out[e] = r.Type
		}
	}
	return out
}

// charset is what a type says of its characters.
func charset(t string) (bare string, utf8 bool) {
	bare, _, utf8 = strings.Cut(t, ";")
	return bare, utf8
}

// packable are the types that get smaller when they are packed on their way: texts and
// drawings. Files packed ahead do not pay: of the demo's pages (665, 8.3 MB) gzip at level
// 5 makes 2.57 MB in 0.5 ms a page, at level 9 2.56; brotli at its slowest makes 2.07 in
// 27 ms a page. What a scan opens is 4.4 KB with the one and 3.5 with the other, and comes
// with the first packets either way. That is twice as many files for nothing one sees.
func packable(types map[string]string) []string {
	set := map[string]bool{}
	for _, t := range types {
		if bare, text := charset(t); text || strings.HasSuffix(bare, "+json") || strings.HasSuffix(bare, "+xml") {
			set[bare] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func (p Place) filled() Place {
	p.Host = cmp.Or(p.Host, "yx.example.cn")
	p.Base = "/" + strings.Trim(p.Base, "/") + "/"
	if p.Base == "//" {
		p.Base = "/"
	}
	return p
}

func (p Place) hosts() []string { return append([]string{p.Host}, p.Also...) }

// letters that are typed, and what they stand for (package code: Fold); U is in no code.
const typedLetters = "abcdefghijklmnopqrstvwxyz"

func folded(c rune) string {
	switch c {
	case 'o':
		return "0"
	case 'i', 'l':
		return "1"
	}
	return strings.ToUpper(string(c))
}

// mostLetters is the length of the longest code, leastLetters of the shortest.
const leastLetters, mostLetters = 4, 6

// codeShape is a code as it is printed.
const codeShape = "[0-9A-HJKMNP-TV-Z]{4,6}"

// sheet is a configuration as it is written.
type sheet struct {
	strings.Builder
	lang diag.Lang
}

func (b *sheet) line(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }

// note writes a remark for whoever reads the file; it may have several lines.
func (b *sheet) note(indent, zh, en string) {
	for s := range strings.SplitSeq(diag.Text{Zh: zh, En: en}.In(b.lang), "\n") {
		b.line("%s# %s", indent, s)
	}
}
