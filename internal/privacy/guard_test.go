package privacy

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
	"mingdeng/internal/site"
)

func model(withheld []string, published ...string) *site.Model {
	m := &site.Model{Editions: []*site.Edition{{}}}
	for _, w := range withheld {
		m.Withheld = append(m.Withheld, site.Withheld{Path: "content/heroes/" + w + ".md", Slug: "ji-wu-sheng", Names: []string{w}})
	}
	for _, p := range published {
		m.Editions[0].Heroes = append(m.Editions[0].Heroes, &site.Hero{Hero: &content.Hero{Head: content.Head{Slug: "p"}, Name: p}, Initial: han.Initial(p, "")})
	}
	return m
}

func TestInspect(t *testing.T) {
	for _, c := range []struct {
		name      string
		withheld  []string
		published []string
		text      string
		leak      bool
	}{
		{"plain", []string{"张三"}, nil, "据悉，张三跳入水中", true},
		{"at the start", []string{"张三"}, nil, "张三", true},
		{"absent", []string{"张三"}, nil, "张 三，李四", false},
		{"within other words", []string{"高明"}, nil, "高明的办法", true},
		{"same name published", []string{"张三"}, []string{"张三"}, "张三", false},
		{"within a published name", []string{"张三"}, []string{"张三丰"}, "张三丰来了", false},
		{"both", []string{"张三"}, []string{"张三丰"}, "张三丰和张三", true},
		{"beyond the BMP", []string{"𬀩明"}, nil, "有𬀩明在", true},
		{"Latin", []string{"Ali Khan"}, nil, "by Ali Khan.", true},
		{"escaped", []string{"A&B"}, nil, "x A&amp;B y", true},
		{"pinyin", []string{"Wu Ming"}, nil, "a man called Wu Ming.", true},
		{"pinyin within words", []string{"He Can"}, nil, "She Can; He Cannot; he can; He can", false},
		{"pinyin of somebody published", []string{"Li An"}, []string{"黎安"}, "Li An came", false},
		{"slug in a link", []string{"季无声"}, nil, `<a href="/heroes/ji-wu-sheng/">`, true},
		{"longer slug", []string{"季无声"}, nil, `<a href="/heroes/ji-wu-sheng-2/">`, false},
		{"nobody", nil, []string{"张三"}, "张三", false},
	} {
		err := New(model(c.withheld, c.published...)).Inspect("a.html", []byte(c.text))
		var leak *LeakError
		if errors.As(err, &leak) != c.leak {
			t.Errorf("%s: got %v, want a leak: %v", c.name, err, c.leak)
		}
	}
}

func TestInspectPath(t *testing.T) {
	if New(model([]string{"张三"})).Inspect("img/张三.jpg", nil) == nil {
		t.Error("a name in a file name was not seen")
	}
}

// A name in a compressed file of an archive is found, and so is one in an archive within
// an archive, or in the name of a file.
func TestInspectArchive(t *testing.T) {
	pack := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(names); i += 2 {
			w, err := z.Create(names[i])
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, names[i+1])
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	filler := strings.Repeat("那天傍晚，雨已经下了六个小时。", 50)
	named := pack("mimetype", "application/epub+zip", "OEBPS/chapter-001.xhtml", filler+"季无声"+filler)
	if bytes.Contains(named, []byte("季无声")) {
		t.Fatal("the name is not compressed: the test shows nothing")
	}
	g := New(model([]string{"季无声"}))
	for _, c := range []struct {
		name string
		b    []byte
		leak bool
	}{
		{"nobody", pack("a.xhtml", filler), false},
		{"in a text", named, true},
		{"within another archive", pack("a.xhtml", filler, "in.docx", string(named)), true},
		{"as a file's name", pack("季无声.txt", ""), true},
		{"a slug", pack("a", filler+"heroes/ji-wu-sheng/"), true},
		{"cut off", named[:len(named)/2], false},
	} {
		if err := g.Inspect("anthology/x/x.epub", c.b); (err != nil) != c.leak {
			t.Errorf("%s: got %v, want a leak: %v", c.name, err, c.leak)
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	var names []string
	for i := range 200 {
		names = append(names, string([]rune{rune(0x4e00 + i*40), rune(0x5000 + i*30)}))
	}
	g := New(model(names))
	page := []byte(strings.Repeat("<p>那天傍晚，雨已经下了六个小时。沈渡川收了船，听见桥洞那边有人喊。</p>", 100))
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if g.Inspect("x", page) != nil {
			b.Fatal("found what is not there")
		}
	}
}
