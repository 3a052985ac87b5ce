package epub

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// A book's parts show their pictures, its last page is the colophon, and the landmarks lead
// to all that there is and to nothing else.
func TestPartsAndColophon(t *testing.T) {
	b := small()
	b.Parts = append(b.Parts, Part{Name: "第一辑", Picture: "shui.jpg", Alt: "一条河", Words: "水火无情。", Chapters: b.Parts[0].Chapters})
	b.Pictures = []Picture{{Name: "shui.jpg", Data: jpg}}
	b.Intro = &Chapter{Title: "关于本书", HTML: "<p>话</p>"}
	b.Colophon = []Fact{{Label: "版次", Lines: []string{"第1版", "第2版"}}, {Label: "网上读", Lines: []string{"a.example/b/"}, Href: "https://a.example/b/"}}
	b.Internal = "内部资料，免费交流"
	files := unpack(t, write(t, b))
	for name, wants := range map[string][]string{
		"part-02.xhtml": {`<section epub:type="part" role="doc-part" aria-labelledby="title"><h1 id="title">第一辑</h1><figure><img src="images/shui.jpg" alt="一条河"/></figure><p class="words">水火无情。</p>`},
		"colophon.xhtml": {`<section epub:type="colophon" role="doc-colophon" aria-labelledby="title"><h1 id="title">版权页</h1><p class="internal">内部资料，免费交流</p>`,
			`<dt>版次</dt><dd>第1版</dd><dd>第2版</dd>`, `<dd><a href="https://a.example/b/">a.example/b/</a></dd>`},
		"nav.xhtml": {`<a epub:type="introduction" href="intro.xhtml">关于本书</a>`, `<a epub:type="bodymatter" href="chapter-001.xhtml">正文</a>`,
			`<a epub:type="colophon" href="colophon.xhtml">版权页</a>`, `<li><a href="colophon.xhtml">版权页</a></li></ol></nav>`},
		"package.opf": {`<itemref idref="colophon"/>` + "\n</spine>", `<meta property="schema:accessibilityFeature">alternativeText</meta>`},
	} {
		for _, want := range wants {
			if !strings.Contains(files["OEBPS/"+name], want) {
				t.Errorf("%s lacks %s:\n%s", name, want, files["OEBPS/"+name])
			}
		}
	}
	b.Parts[1].Alt = ""
	if opf := unpack(t, write(t, b))["OEBPS/package.opf"]; strings.Contains(opf, "alternativeText") {
		t.Error("a picture of a part without words passes for one with")
	}
	plain := unpack(t, write(t, small()))
	if nav := plain["OEBPS/nav.xhtml"]; strings.Contains(nav, "colophon") || strings.Contains(nav, "introduction") {
		t.Errorf("the landmarks lead to pages that a small book has not:\n%s", nav)
	}
}

func unpack(t *testing.T, file []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}
