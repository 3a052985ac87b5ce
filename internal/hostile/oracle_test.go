package hostile

import (
	"archive/zip"
	"bytes"
	"testing"
)

const (
	pageHead = "<!doctype html><html><head><title>x</title></head><body>"
	svgHead  = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">`
)

// TestOracle holds the oracle to what it must see and to what it must not.
func TestOracle(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		fine             bool
	}{
		{"plain", "a.html", pageHead + `<a href="/lamp/b/">b</a><a href="https://example.org/?a=1">c</a><a href="mailto:a@b.c">d</a><img src="/lamp/img/x.png" alt="">`, true},
		{"own script", "a.html", pageHead + `<script src="/lamp/js/a.js" defer></script><script type="application/ld+json">{"a":"<b>"}</script>`, true},
		{"alias", "a.html", pageHead + `<meta http-equiv="refresh" content="0; url=/lamp/b/"><link rel="canonical" href="https://host.example/lamp/b/">`, true},
		{"inline script", "a.html", pageHead + `<script>alert(1)</script>`, false},
		{"no such script", "a.html", pageHead + `<script src="/lamp/js/b.js"></script>`, false},
		{"foreign script", "a.html", pageHead + `<script src="https://evil.example/lamp/js/a.js"></script>`, false},
		{"script above", "a.html", pageHead + `<script src="/js/a.js"></script>`, false},
		{"broken JSON", "a.html", pageHead + `<script type="application/json">{"a":</script>`, false},
		{"module", "a.html", pageHead + `<script type="module">x</script>`, false},
		{"JSON that ends early", "a.html", pageHead + `<script type="application/json">{"a":"</script><b>"}</script>`, false},
		{"in noscript", "a.html", pageHead + `<noscript><img src=x onerror=y></noscript>`, false},
		{"handler", "a.html", pageHead + `<p oNcLick=x>`, false},
		{"handler in svg", "a.html", pageHead + `<svg><path onload=x></svg>`, false},
		{"style attribute", "a.html", pageHead + `<p style="a:b">`, false},
		{"frame", "a.html", pageHead + `<iframe src="/lamp/b/"></iframe>`, false},
		{"srcdoc", "a.html", pageHead + `<p srcdoc="x">`, false},
		{"base", "a.html", pageHead + `<base href="/lamp/">`, false},
		{"javascript", "a.html", pageHead + `<a href="java&#10;script:x">b</a>`, false},
		{"vbscript", "a.html", pageHead + `<a href=" VBScript:x">b</a>`, false},
		{"data", "a.html", pageHead + `<a href="data:text/html,x">b</a>`, false},
		{"two slashes", "a.html", pageHead + `<a href="//evil.example/">b</a>`, false},
		{"backslash", "a.html", pageHead + `<a href="/\evil.example/">b</a>`, false},
		{"above the site", "a.html", pageHead + `<a href="/other/">b</a>`, false},
		{"picture elsewhere", "a.html", pageHead + `<img src="https://evil.example/x.png">`, false},
		{"srcset elsewhere", "a.html", pageHead + `<img srcset="/lamp/a.png 1x, //evil.example/b.png 2x">`, false},
		{"icon elsewhere", "a.html", pageHead + `<link rel="icon" href="https://evil.example/x">`, false},
		{"canonical elsewhere", "a.html", pageHead + `<link rel="canonical" href="https://evil.example/x">`, false},
		{"refresh elsewhere", "a.html", pageHead + `<meta http-equiv="refresh" content="0; url=https://evil.example/">`, false},
		{"form", "a.html", pageHead + `<form action="https://evil.example/"></form>`, false},
		{"no doctype", "a.html", `<p>x`, false},

		{"drawing", "a.svg", svgHead + `<path id="a" fill="url(#b)"/><use href="#a"/></svg>`, true},
		{"drawing with pixels", "a.svg", svgHead + `<image href="data:image/png;base64,AA=="/></svg>`, true},
		{"script in a drawing", "a.svg", svgHead + `<script>x</script></svg>`, false},
		{"handler in a drawing", "a.svg", svgHead + `<path onclick="x"/></svg>`, false},
		{"use elsewhere", "a.svg", svgHead + `<use xlink:href="https://evil.example/a.svg#b"/></svg>`, false},
		{"link in a drawing", "a.svg", svgHead + `<a href="javascript:x"><path/></a></svg>`, false},
		{"svg in a picture", "a.svg", svgHead + `<image href="data:image/svg+xml;base64,AA=="/></svg>`, false},
		{"fill elsewhere", "a.svg", svgHead + `<path fill="url(//evil.example/a)"/></svg>`, false},
		{"sheet in a drawing", "a.svg", svgHead + `<style>@import "x"</style></svg>`, false},
		{"entity", "a.svg", `<!DOCTYPE svg [<!ENTITY a "b">]>` + svgHead + `</svg>`, false},

		{"style", "a.css", `a{background:url(../img/x.svg)}`, true},
		{"import", "a.css", `@import url(b.css);`, false},
		{"hidden import", "a.css", `@\69mport url(b.css);`, false},
		{"host", "a.css", `a{background:url( "https://evil.example/")}`, false},
		{"hidden host", "a.css", `a{background:u\72l(//evil.example/)}`, false},
		{"image set", "a.css", `a{background:image-set("//evil.example/a" 1x)}`, false},

		{"words shown", "a.css", `@page{@top-left{content:"javascript:x \" @import url(//evil.example/)"}}`, true},
		{"words that end", "a.css", `a{content:"x\\";background:url(//evil.example/)}`, false},
		{"words cut off", "a.css", "a{content:\"x\n\";background:url(//evil.example/)}", false},

		{"feed", "f.xml", `<feed><content type="html">&lt;p&gt;x&lt;/p&gt;</content></feed>`, true},
		{"script in a feed", "f.xml", `<feed><content type="html">&lt;script&gt;x&lt;/script&gt;</content></feed>`, false},
		{"handler in a feed", "f.xml", `<feed><content type="html">&lt;p onclick=x&gt;</content></feed>`, false},
		{"broken feed", "f.xml", `<feed><content></feed>`, false},
		{"link in a feed", "f.xml", `<feed><link href="javascript:x"/></feed>`, false},
		{"data", "d.json", `{"a":1}`, true},
		{"broken data", "d.json", `{"a":1`, false},
		{"table", "t.csv", "\ufeffa,b\r\n1,'=x\r\n", true},
		{"formula", "t.csv", "a,b\r\n1,=1+1\r\n", false},
	} {
		files := map[string][]byte{"js/a.js": []byte("x"), c.file: []byte(c.text)}
		if faults := Faults("https://host.example/lamp/", files); (len(faults) == 0) != c.fine {
			t.Errorf("%s: %v", c.name, faults)
		}
	}
}

func TestOracleLooksIntoPackages(t *testing.T) {
	book := func(name, text string) map[string][]byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		return map[string][]byte{"b.epub": b.Bytes()}
	}
	const base = "https://host.example/lamp/"
	if f := Faults(base, book("OEBPS/a.xhtml", "<html><body><p>x</p></body></html>")); f != nil {
		t.Error(f)
	}
	for name, text := range map[string]string{
		"OEBPS/a.xhtml": "<html><body onload='x'></body></html>", "OEBPS/b.xhtml": "<html><script>x</script></html>", "../a.xhtml": "",
		"OEBPS/a.svg": svgHead + "<script/></svg>",
	} {
		if f := Faults(base, book(name, text)); f == nil {
			t.Errorf("nothing seen in %s", name)
		}
	}
}

func TestPathFaults(t *testing.T) {
	if f := PathFaults([]string{"a/b.html", "a/c.html"}); f != nil {
		t.Error(f)
	}
	for _, names := range [][]string{{"../a"}, {"/a"}, {"a", "a"}, {"a", "A"}, {"con/a"}, {"a\\b"}, {".mingdeng/x"}} {
		if PathFaults(names) == nil {
			t.Errorf("%q pass", names)
		}
	}
}
