package picture

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// pixelWithin is the one pixel of a picture within a drawing, made anew.
const pixelWithin = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQMAAAAl21bKAAAAA1BMVEX/AAAZ4gk3AAAAAXRSTlN/gFy0ywAAAA5JREFUeNpiYAAEAAD//wACAAFW02fpAAAAAElFTkSuQmCC"

func wide(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func clean(src string) (string, error) {
	var b bytes.Buffer
	err := Encode(&b, []byte(src), Meta{Format: SVG}, Variant{Format: SVG})
	return b.String(), err
}

const svgHead = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">`

// TestClean wraps each source in a root; what is wanted is what stands within.
func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		// What drawings are made of.
		{"shapes", `<g  fill = "#fff">` + "\n\t" + `<path d="M0 0&#10;L1 1"></path></g>`, `<g fill="#fff"><path d="M0 0 L1 1"/></g>`},
		{"text", `<text x="1">见义 <tspan>勇为</tspan> &amp; &lt;</text>`, `<text x="1">见义 <tspan>勇为</tspan> &amp; &lt;</text>`},
		{"cdata", `<text><![CDATA[a<b]]></text>`, `<text>a&lt;b</text>`},
		{"title", `<title>园区 平面图</title><path/>`, `<title>园区 平面图</title><path/>`},
		{"comment", `<!-- made by Wang --><path/>`, `<path/>`},
		{"instruction", `<?xml-stylesheet href="http://x/y.css"?><path/>`, `<path/>`},
		{"quotes", `<path aria-label='a "b"'/>`, `<path aria-label="a &#34;b&#34;"/>`},
		{"transform", `<g transform="rotate (9) translate(1,2)"/>`, `<g transform="rotate (9) translate(1,2)"/>`},
		{"gradient", `<linearGradient id="a"><stop offset="1" stop-color="red"/></linearGradient><rect fill="url(#a)"/>`,
			`<linearGradient id="a"><stop offset="1" stop-color="red"/></linearGradient><rect fill="url(#a)"/>`},
		{"chinese id", `<g id="展板"/><path mask="url('#展板')"/>`, `<g id="展板"/><path mask="url('#展板')"/>`},
		{"switch", `<switch><foreignObject><p>x</p></foreignObject><g><path/></g></switch>`, `<switch><g><path/></g></switch>`},
		{"languages", `<switch><text systemLanguage="zh">灯</text><text systemLanguage="en">lamp</text><text>*</text></switch>`,
			`<switch><text systemLanguage="zh">灯</text><text systemLanguage="en">lamp</text><text>*</text></switch>`},
		{"other programs' choice", `<switch><g requiredExtensions="http://x/"><path/></g><g/></switch>`, `<switch><g/></switch>`},
		{"link", `<a href="https://evil/"><text>go</text></a><text><a href="x">on</a></text>`, `<g><text>go</text></g><text><tspan>on</tspan></text>`},
		{"moved link", `<a transform="scale(2)" href="x"><path/></a>`, `<g transform="scale(2)"><path/></g>`},
		{"inks", `<path fill="#C8102E icc-color(acme, 0.1, 0.9, 0.8, 0)" style="stroke:red device-cmyk(0,1,1,0)"/>`, `<path fill="#C8102E" style="stroke:red"/>`},
		{"pixels within", `<image width="6" xlink:href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="/>`,
			`<image width="6" xlink:href="data:image/png;base64,` + pixelWithin + `"/>`},
		{"pixels elsewhere", `<image href="http://x/a.png"/><image href="data:image/svg+xml;base64,PHN2Zy8+"/><image href="data:text/html,x"/><path/>`, `<path/>`},

		// What would run or ask a host.
		{"script", `<script>alert(1)</script><path/>`, `<path/>`},
		{"script by other name", `<s:script xmlns:s="http://www.w3.org/2000/svg">x</s:script><path/>`, `<path/>`},
		{"html script", `<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script><path/>`, `<path/>`},
		{"handler", `<path onclick="x()" ONLOAD="y()" d="M0 0"/>`, `<path d="M0 0"/>`},
		{"foreignObject", `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject><path/>`, `<path/>`},
		{"image", `<image href="data:image/jpeg;base64,AAAA"/><path/>`, `<path/>`},
		{"feImage", `<filter id="f"><feImage href="http://x/"/><feFlood/></filter><path/>`, `<filter id="f"><feFlood/></filter><path/>`},
		{"animation", `<path><set attributeName="href" to="javascript:x"/><animate attributeName="d"/></path>`, `<path></path>`},
		{"use elsewhere", `<use href="http://x/y.svg#a"/><use href="//x#a"/><use href="data:x"/><use href=" javascript:x"/>`, `<use/><use/><use/><use/>`},
		{"fill elsewhere", `<path fill="url(http://x/#a)" stroke="URL( '//x' )" mask="url(#a) url(b)"/>`, `<path/>`},
		{"escaped url", `<path fill="\75rl(http://x)" stroke="u\rl(x)"/>`, `<path/>`},
		{"image-set", `<path fill="image-set('http://x' 1x)" stroke="-webkit-image-set(x)"/>`, `<path/>`},
		{"url in a comment", `<path fill="u/**/rl(x)"/>`, `<path/>`},
		{"base", `<path xml:base="http://x/" xml:lang="zh"/>`, `<path xml:lang="zh"/>`},
		{"foreign attributes", `<path xmlns:i="http://ns.adobe.com/x" i:name="Wang" data-name="Wang" inkscape:label="C:\Users\Wang" d="M0 0"/>`, `<path d="M0 0"/>`},
		{"editor's notes", `<metadata><x/></metadata><n:namedview xmlns:n="http://sodipodi"/><path/>`, `<path/>`},

		// Style.
		{"style attribute", `<path style="fill : red ; background:url(http://x);stroke:url(#a);behavior:url(#b);--x:1"/>`, `<path style="fill:red;stroke:url(#a);--x:1"/>`},
		{"values by name", `<path style="--Red:#a00;--b:url(#x);--c:var(--Red);fill:var(--Red);stroke-dasharray:var(--d);filter:var(--f)"/>`, `<path style="--Red:#a00;fill:var(--Red)"/>`},
		{"sheet selectors", `<style>rect:nth-child(2){fill:#0a0} [id="b"]{fill:#00c} g:not(.x,[id=a]){stroke:#000} a:has(b){fill:red} [href^="{"]{fill:red}</style><path/>`,
			`<style>rect:nth-child(2){fill:#0a0}[id="b"]{fill:#00c}g:not(.x,[id=a]){stroke:#000}</style><path/>`},
		{"sheet media", `<style>@media (min-width:1px){.m{fill:#c00} @import "x"; .n{fill:url(x)}} @media (x:url(y)){.m{fill:red}} :root{--c:#c0c}</style><path/>`,
			`<style>@media (min-width:1px){.m{fill:#c00}}:root{--c:#c0c}</style><path/>`},
		{"style emptied", `<path style="cursor:url(x)"/>`, `<path/>`},
		{"font name", `<text style="font-family:'Noto Serif SC',&quot;KaiTi&quot;"/>`, `<text style="font-family:'Noto Serif SC',&#34;KaiTi&#34;"/>`},
		{"string with tricks", `<text style="font-family:'a;b';fill:red"/>`, `<text style="fill:red"/>`},
		{"sheet", `<style type="text/css"> /* x */ .a , g > path { fill : #fff ; } .b{fill:url(#g)}</style><path class="a"/>`,
			`<style>.a , g &gt; path{fill:#fff}.b{fill:url(#g)}</style><path class="a"/>`},
		{"sheet import", `<style>@import url(http://x);@import "y"; .a{fill:red} @font-face{src:url(z)} @media print{.b{fill:red}} .c{fill:red}</style><path/>`,
			`<style>.a{fill:red}@media print{.b{fill:red}}.c{fill:red}</style><path/>`},
		{"sheet tricks", `<style>.a{fill:red}.b{fill:\75 rl(x)}.c{src:url(x)}.d{fill:url(x)}[x="]{}"]{fill:red}.e{fill:red</style><path/>`, `<style>.a{fill:red}</style><path/>`},
		{"sheet end tag", `<style>.a{font-family:"&lt;/style>&lt;script>"}</style><path/>`, `<path/>`},
		{"sheet open comment", `<style>.a{fill:red}/* .b{fill:red}</style><path/>`, `<style>.a{fill:red}</style><path/>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := clean(svgHead + tt.src + "</svg>")
			if err != nil {
				t.Fatal(err)
			}
			got = strings.Replace(got, ` xmlns:xlink="http://www.w3.org/1999/xlink"`, "", 1)
			got = strings.TrimSuffix(strings.TrimPrefix(got, svgHead), "</svg>")
			if tt.name == "animation" {
				got = strings.Replace(got, "<path/>", "<path></path>", 1)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestCleanRoot looks at what the root element becomes.
func TestCleanRoot(t *testing.T) {
	for _, tt := range []struct {
		name, src, want string
		w, h            int
	}{
		{"viewBox", `<svg xmlns="http://www.w3.org/2000/svg" viewBox=" 0,0  30.4 20" version="1.1"/>`, `viewBox="0,0 30.4 20"/>`, 30, 20},
		{"from size", `<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="1in"/>`, `width="30mm" height="1in" viewBox="0 0 113.3858 96"/>`, 113, 96},
		{"bad viewBox", `<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2" viewBox="0 0 NaN Inf"/>`, `width="3" height="2" viewBox="0 0 3 2"/>`, 3, 2},
		{"no namespace", `<svg viewBox="0 0 1 1"><path/></svg>`, `viewBox="0 0 1 1"><path/></svg>`, 1, 1},
		{"prefix", `<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><s:path/></s:svg>`, `viewBox="0 0 1 1"><path/></svg>`, 1, 1},
		{"byte-order mark, doctype", "\ufeff<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\">\n<svg viewBox='0 0 1 1'/>", `viewBox="0 0 1 1"/>`, 1, 1},
		{"both references", `<svg viewBox="0 0 1 1" xmlns:xlink="http://www.w3.org/1999/xlink"><use href="#b" xlink:href="#a"/></svg>`,
			`xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1"><use xlink:href="#b"/></svg>`, 1, 1},
		{"huge", `<svg viewBox="0 0 100000 50000"/>`, `viewBox="0 0 100000 50000"/>`, 20000, 10000},
		{"of its shapes", `<svg width="100%" height="100%"><rect x="10" y="5" width="190" height="95"/></svg>`, `width="100%" height="100%" viewBox="0 0 200 100"><rect x="10" y="5" width="190" height="95"/></svg>`, 200, 100},
		{"type", `<svg width="60em" height="20rem"/>`, `width="60em" height="20rem" viewBox="0 0 960 320"/>`, 960, 320},
		{"no size", `<svg><text>灯</text></svg>`, `viewBox="0 0 300 150"><text>灯</text></svg>`, 300, 150},
		{"entities", `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY a 'aaaa'>]><svg xmlns="&ns;" viewBox='0 0 1 1'><text>&a;</text></svg>`, `viewBox="0 0 1 1"><text>aaaa</text></svg>`, 1, 1},
		{"GBK", "<?xml version='1.0' encoding='GB2312'?><svg viewBox='0 0 1 1'><text>\xc3\xf7\xb5\xc6</text></svg>", `viewBox="0 0 1 1"><text>明灯</text></svg>`, 1, 1},
		{"GBK without a word", "<svg viewBox='0 0 1 1'><text>\xc3\xf7\xb5\xc6</text></svg>", `viewBox="0 0 1 1"><text>明灯</text></svg>`, 1, 1},
		{"UTF-8 that says it is GBK", "<?xml version='1.0' encoding='gbk'?><svg viewBox='0 0 1 1'><text>明灯</text></svg>", `viewBox="0 0 1 1"><text>明灯</text></svg>`, 1, 1},
		{"UTF-16", "\xff\xfe" + wide("<?xml version='1.0' encoding='UTF-16'?><svg viewBox='0 0 1 1'/>"), `viewBox="0 0 1 1"/>`, 1, 1},
		{"svgz", zipped("<svg viewBox='0 0 1 1'/>"), `viewBox="0 0 1 1"/>`, 1, 1},
		{"handler", `<svg viewBox="0 0 1 1" onload="x()"/>`, `viewBox="0 0 1 1"/>`, 1, 1},
	} {
		got, err := clean(tt.src)
		if want := `<svg xmlns="http://www.w3.org/2000/svg" ` + tt.want; err != nil || got != want {
			t.Errorf("%s:\ngot  %s, %v\nwant %s", tt.name, got, err, want)
		}
		m, err := inspect([]byte(tt.src))
		if err != nil || m.Format != SVG || m.Width != tt.w || m.Height != tt.h {
			t.Errorf("%s: got %+v, %v", tt.name, m, err)
		}
		if v := Variants(m); len(v) != 1 || v[0].Format != SVG {
			t.Errorf("%s: variants %v", tt.name, v)
		}
	}
}

// hostileSVGs are refused, with the place and the reason.
func hostileSVGs() map[string]struct{ src, want string } {
	bomb := `<svg viewBox="0 0 1 1"><path id="a0"/>`
	for i := range 9 {
		bomb += fmt.Sprintf(`<g id="a%d">%s</g>`, i+1, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i), 10))
	}
	return map[string]struct{ src, want string }{
		"cut off":            {"<svg viewBox='0 0 1 1'>\n  <path", "2:8: unexpected EOF"},
		"wrong end":          {"<svg viewBox='0 0 1 1'>\n<g>\n</p></svg>", "3:5: element <g> closed by </p>"},
		"place":              {"<svg viewBox='0 0 1 1'>\n<text>英雄<b</text></svg>", "2:11: expected attribute name in element"},
		"entity":             {"<!DOCTYPE svg [<!ENTITY a SYSTEM 'aaaa'>]>\n<svg viewBox='0 0 1 1'><text>&a;</text></svg>", "invalid character entity &a;"},
		"many entities":      {"<!DOCTYPE svg [<!ENTITY a '" + strings.Repeat("a", 10_000) + "'>]><svg viewBox='0 0 1 1'><text>" + strings.Repeat("&a;", 10_000) + "</text></svg>", "too many or too long"},
		"entity of entities": {"<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg viewBox='0 0 1 1'><text>&b;</text></svg>", "invalid character entity &b;"},
		"two roots":          {"<svg viewBox='0 0 1 1'/><svg viewBox='0 0 1 1'/>", "a second root"},
		"text outside":       {"<svg viewBox='0 0 1 1'/>x", "text outside"},
		"same attribute":     {"<svg viewBox='0 0 1 1'><path d='M0 0' d='M1 1'/></svg>", `"d" stands twice`},
		"invalid UTF-8":      {"<svg viewBox='0 0 1 1'><text>\xff\xff</text></svg>", "invalid UTF-8"},
		"deep":               {"<svg viewBox='0 0 1 1'>" + strings.Repeat("<g>", 10_000), "deeper than 100"},
		"deep, dropped":      {"<svg viewBox='0 0 1 1'>" + strings.Repeat("<x>", 10_000), "deeper than 100"},
		"many":               {"<svg viewBox='0 0 1 1'>" + strings.Repeat("<g/>", maxDrawn+1), "more than 200000 elements"},
		"use bomb":           {bomb + "</svg>", "repeated by <use>"},
		"use itself":         {"<svg viewBox='0 0 1 1'><g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>", "contains itself"},
		"pattern itself":     {"<svg viewBox='0 0 1 1'><pattern id='a'><path fill='url(#a)'/></pattern></svg>", "contains itself"},
		"photo within":       {"<svg viewBox='0 0 1 1'><image href='data:image/png;base64,AA'/></svg>", "embedded picture"},
		"nothing":            {"<!-- -->", "there is no <svg>"},
	}
}

func TestHostileSVG(t *testing.T) {
	for name, tt := range hostileSVGs() {
		start := time.Now()
		got, err := clean(tt.src)
		var syntax SyntaxError
		if !errors.As(err, &syntax) || !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), tt.want) || syntax.Line < 1 || syntax.Col < 1 {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
		if got != "" {
			t.Errorf("%s: %d bytes written all the same", name, len(got))
		}
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%s: took %v", name, d)
		}
	}
	long := "<svg viewBox='0 0 1 1'>" + strings.Repeat(" ", maxSVGBytes)
	if _, err := clean(long); !errors.As(err, new(ErrTooLarge)) {
		t.Errorf("large file: got %v", err)
	}
	if _, err := inspect([]byte("<!--" + strings.Repeat(" ", 70_000) + "--><svg viewBox='0 0 1 1'/>")); !errors.Is(err, ErrBroken) {
		t.Errorf("root far away: got %v", err)
	}
}

// TestReuse: a part may be used often, and one in another, within reason.
func TestReuse(t *testing.T) {
	src := svgHead + `<clipPath id="c"><path/></clipPath><g id="tree" clip-path="url(#c)"><path/></g><g id="row">` +
		strings.Repeat(`<use href="#tree"/>`, 50) + `</g>` + strings.Repeat(`<use href="#row"/>`, 50) + `</svg>`
	if _, err := clean(src); err != nil {
		t.Error(err)
	}
}

// checkClean is what holds of every SVG that is written, told without the lists
// that made it. It is shared with FuzzSVG.
func checkClean(tb testing.TB, out string) {
	tb.Helper()
	dec := xml.NewDecoder(strings.NewReader(out))
	var stack []string
	for first := true; ; first = false {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			tb.Fatalf("output is not XML: %v\n%s", err, out)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			name := strings.ToLower(tok.Name.Local)
			if first != (len(stack) == 0) || first && name != "svg" || tok.Name.Space != "http://www.w3.org/2000/svg" {
				tb.Fatalf("element %v within %v\n%s", tok.Name, stack, out)
			}
			for _, bad := range []string{"script", "foreignobject", "feimage", "a", "set", "animate", "iframe", "metadata", "handler", "audio", "video"} {
				if name == bad {
					tb.Fatalf("output holds <%s>\n%s", name, out)
				}
			}
			stack = append(stack, name)
			seen := map[string]bool{}
			for _, a := range tok.Attr {
				local, val := strings.ToLower(a.Name.Local), strings.ToLower(a.Value)
				key := a.Name.Space + " " + local
				if seen[key] || strings.HasPrefix(local, "on") || local == "base" || local == "src" {
					tb.Fatalf("attribute %v\n%s", a.Name, out)
				}
				seen[key] = true
				if local == "href" && name == "image" && (strings.HasPrefix(val, "data:image/png;base64,") || strings.HasPrefix(val, "data:image/jpeg;base64,")) {
					continue
				}
				if local == "href" && !strings.HasPrefix(val, "#") {
					tb.Fatalf("reference to %q\n%s", a.Value, out)
				}
				if a.Name.Space != "xmlns" && local != "xmlns" && !strings.HasPrefix(local, "aria-") && local != "id" && local != "class" {
					checkStyle(tb, val, out)
				}
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if n := len(stack); n > 0 && stack[n-1] == "style" {
				checkStyle(tb, strings.ToLower(string(tok)), out)
			}
		default:
			tb.Fatalf("output holds a %T\n%s", tok, out)
		}
	}
}

func checkStyle(tb testing.TB, css, out string) {
	tb.Helper()
	css = strings.ReplaceAll(css, "@media ", "")
	for _, bad := range []string{"@", "\\", "javascript:", "expression(", "image-set(", "image(", "src(", "element(", "attr(", "env("} {
		if strings.Contains(css, bad) {
			tb.Fatalf("style %q holds %q\n%s", css, bad, out)
		}
	}
	for rest := css; ; {
		_, arg, found := strings.Cut(rest, "url(")
		if !found {
			return
		}
		if !strings.HasPrefix(strings.TrimLeft(arg, ` '"`), "#") {
			tb.Fatalf("style %q names another file\n%s", css, out)
		}
		rest = arg
	}
}
