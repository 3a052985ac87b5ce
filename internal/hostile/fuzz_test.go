package hostile

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaques"
)

// kinds in a fixed order, for the fuzzer to choose from.
func kinds() []content.Kind {
	var list []content.Kind
	for k := range recordFiles {
		if k != content.KindSite {
			list = append(list, k)
		}
	}
	slices.Sort(list)
	return list
}

// bodies are texts that reach far into the Markdown of a record.
var bodies = []string{
	"[a](javascript:x \"b\\\" onclick=c\") ![d](//evil.example/e.png 'f') <script>g</script> [[heroes/shan|<b>]] {堃|<i>}\n",
	"```js onclick=\"x\" {style=\"a\"}\n</code><script>\n```\n\n# h {#i onclick=x}\n\n|a|b|\n|-|-|\n|`\\|`|[[c]]|\n\n[^1]\n\n[^1]: x\n",
	"[x]: <java&#10;script:y> \"z\"\n\n[x] <vbscript:z> <https://a.example/\"onclick=b> www.evil.example\n\n> - [ ] ![[c](d)](e)\n",
	"{{< figure >}} {{% x %}} {{.Site}} ${7*7} <!-- --> <![CDATA[ ]]> <?php ?>\n\n![](../../canary.svg) [](../../../canary.md) [[../../canary]]\n",
}

// FuzzRecord: whatever the bytes of a record, what is built is sound.
func FuzzRecord(f *testing.F) {
	corpus(f)
	list := kinds()
	for i, k := range list {
		for j, body := range bodies {
			f.Add(uint8(i), head(k, needed[k], body))
			v := variants(k, payloads["markup"])
			f.Add(uint8(i), head(k, v[j%len(v)], body))
		}
	}
	f.Add(uint8(0), "---\na: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nparams: {d: [*c, *c, *c]}\n---\n")
	f.Add(uint8(0), "+++\ntitle = \"a\"\ndate = 99999-99-99\n+++\n")
	f.Add(uint8(0), "{\"title\": \"a\", \"date\": 1e999}\n")
	f.Add(uint8(0), "---\ntitle: a\ndate: 2014-05-06\nevent: {start: 0000-00-00, end: 9999-12-31}\n---\n")
	f.Add(uint8(0), "---\ntitle: a\ndate: 2014-05-06\naliases: [/a/../b, /Q/0000/, /en/, /index.html, //x, /con/]\n---\n")
	l := newLab(f, nil)
	f.Fuzz(func(t *testing.T, kind uint8, text string) {
		l.try(t, recordFiles[list[int(kind)%len(list)]], []byte(text))
	})
}

// FuzzSite: whatever the bytes of site.yaml.
func FuzzSite(f *testing.F) {
	corpus(f)
	for _, v := range variants(content.KindSite, payloads["two"]) {
		f.Add(head(content.KindSite, v, ""))
	}
	f.Add("title: a\nbase_url: https://h.example/%0aDisallow:/<b>\"'/\neditions: [en, zh-Hant]\ntheme: ../../x\n")
	f.Add("title: a\nbase_url: https://h.example//evil.example/\n")
	f.Add("title: a\nbase_url: https://[::1%25a]:99999/\nmourning: [0001-01-01]\n")
	l := newLab(f, nil)
	f.Fuzz(func(t *testing.T, text string) {
		l.put(t, "content/site.yaml", []byte(text))
		l.followBase()
		l.look(t, len(text))
	})
}

// FuzzLedger: whatever the bytes of plaques.yaml.
func FuzzLedger(f *testing.F) {
	corpus(f)
	l := newLab(f, nil)
	if _, err := plaques.Issue(context.Background(), options(l.root), nil, "h.cn", rand.NewChaCha8([32]byte{1})); err != nil {
		f.Fatal(err)
	}
	ledger := filepath.Join(l.root, "content", "plaques.yaml")
	issued, err := os.ReadFile(ledger)
	if err != nil {
		f.Fatal(err)
	}
	text := string(issued)
	for _, s := range []string{
		text, strings.Replace(text, "active", "retired", 1), strings.Replace(text, "yuan/ban", "../../canary", 1),
		strings.Replace(text, "https://h.cn", "javascript://h.cn", 1), text + text, "- &a [*a]\n", "codes: {code: ../x}\n",
		strings.Replace(text, "active", "retired\n    successor: ../../x", 1),
		strings.Replace(text, "code: ", "ctde: ", 1), strings.Replace(text, "code: ", "code: ../", 1), strings.Replace(strings.Replace(text, "code: ", "code: '' # ", 1), "active", "retired", 1),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { l.try(t, "content/plaques.yaml", []byte(text)) })
}

// themeFiles are those of a theme that bytes are put in the place of. Templates, styles
// and scripts are their author's own, so only panics, files from outside and paths are
// looked for there; what is data (words, designs) must not become markup.
var themeFiles = []struct {
	name string
	data bool
}{
	{"i18n/zh-Hans.yaml", true}, {"plaques/tag.yaml", true}, {"theme.yaml", false}, {"templates/hero.html", false}, {"templates/base.html", false},
	{"styles/hero.css", false}, {"scripts/walk.js", false}, {"images/icon.svg", false},
}

// FuzzTheme: whatever the bytes of a theme's file.
func FuzzTheme(f *testing.F) {
	corpus(f)
	const own = "themes/lamplight/"
	for i, file := range themeFiles {
		b, err := os.ReadFile("../../" + own + file.name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), b)
	}
	words, err := os.ReadFile("../../" + own + "i18n/zh-Hans.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), []byte(strings.ReplaceAll(string(words), "英雄", `"><script>alert(1)</script>`)))
	f.Add(uint8(2), []byte("styles:\n  ../../x.css: [../../../../canary.css]\nscripts:\n  ../y.js: [/etc/passwd]\n"))
	f.Add(uint8(2), []byte("styles:\n  lamplight.css: [../../../../canary.css, ../templates/hero.html]\n"))
	f.Add(uint8(3), []byte(`{{define "x"}}{{end}}{{template "../../canary"}}{{.Nothing}}{{range}}`))
	f.Add(uint8(3), []byte(`{{template "hero" .}}`))
	f.Add(uint8(5), []byte(`a{background:url(../../../../canary.svg)}@import url(//evil.example);b{background:u\72l(//evil.example/)}`))
	f.Add(uint8(7), []byte("0"))
	f.Add(uint8(7), []byte(""))
	f.Add(uint8(7), []byte(svgHead+`<path d="M0 0a1"/><image href="../../canary.svg"/><use href="#a"/></svg>`))
	l := newLab(f, nil)
	if err := os.CopyFS(filepath.Join(l.root, "themes", "lamplight"), os.DirFS("../../themes/lamplight")); err != nil {
		f.Fatal(err)
	}
	l.look(f, 0)
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		file := themeFiles[int(which)%len(themeFiles)]
		l.trusted = !file.data
		l.try(t, own+file.name, data)
		if l.trusted {
			// A look that was good is kept while the next is broken: it must be the theme's own.
			l.live.Refresh(nil)
		}
	})
}

// FuzzPicture: whatever the bytes of a picture, under whatever ending.
func FuzzPicture(f *testing.F) {
	corpus(f)
	ends := []string{"svg", "png", "jpg", "gif", "webp"}
	for _, s := range []string{
		svgHead + `<script>alert(1)</script><path onload="x" d="M0 0" style="fill:url(//evil.example/a)"/></svg>`,
		svgHead + `<style>@import url(//evil.example/a.css);a{fill:u\72l(//evil.example)}</style><text>x</text></svg>`,
		svgHead + `<a href="javascript:x"><path/></a><use href="//evil.example/a.svg#b"/><image href="../../canary.svg"/></svg>`,
		`<!DOCTYPE svg [<!ENTITY a SYSTEM "../../canary.txt">]>` + svgHead + `<text>&a;</text></svg>`,
		svgHead + `<set attributeName="href" to="javascript:x"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x"/></foreignObject><path/></svg>`,
	} {
		f.Add(uint8(0), []byte(s))
	}
	pictures, err := filepath.Glob("../picture/testdata/*.*")
	if err != nil || len(pictures) == 0 {
		f.Fatal("no pictures to begin with")
	}
	for _, p := range pictures {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		if i := slices.Index(ends, strings.TrimPrefix(filepath.Ext(p), ".")); i >= 0 && len(b) < 8<<10 {
			f.Add(uint8(i), b)
		}
	}
	changes := map[string]string{}
	for _, e := range ends {
		changes["content/pages/tu-"+e+"/index.md"] = "---\ntitle: 图\ncover: p." + e + "\n---\n![图](p." + e + " \"题\")\n"
	}
	l := newLab(f, changes)
	f.Fuzz(func(t *testing.T, end uint8, data []byte) {
		e := ends[int(end)%len(ends)]
		l.try(t, "content/pages/tu-"+e+"/p."+e, data)
	})
}

// errorsIn are the errors about some files.
func errorsIn(found []diag.Finding, paths []string) []diag.Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool {
		return f.Code.Severity != diag.Error || !slices.Contains(paths, f.Path)
	})
}
