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
		m.Editions[0].Heroes = append(m.Editions[0].Heroes, &site.Hero{Hero: &content.Hero{Head: content.Head{Slug: "p"}, Name: p}, Initial: han.KeyInitial(han.PinyinKey(p, ""))})
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
		{"absent", []string{"张三"}, nil, "张，三、李四", false},
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
		{"under ruby", []string{"季无声"}, nil, "<ruby>季<rp>(</rp><rt>jì</rt><rp>)</rp>无<rt>wú</rt>声<rt>shēng</rt></ruby>", true},
		{"half bold", []string{"季无声"}, nil, `季<strong class="x">无</strong>声`, true},
		{"half bold in a feed", []string{"季无声"}, nil, "季&lt;em&gt;无&lt;/em&gt;声", true},
		{"with a character that shows nothing", []string{"季无声"}, nil, "季\u200b无\u00ad声", true},
		{"beyond the BMP, under ruby", []string{"𬀩明"}, nil, "<ruby>𬀩<rt>wěi</rt>明<rt>míng</rt></ruby>", true},
		{"in two cells", []string{"季无声"}, nil, "<td>季</td><td>无声</td>", false},
		{"its last character apart", []string{"季无声"}, nil, "季<em>无</em> 声", true},
		{"published, under ruby", []string{"张三"}, []string{"张三丰"}, "<ruby>张<rt>zhāng</rt>三<rt>sān</rt>丰<rt>fēng</rt></ruby>", false},
		{"part of it under ruby", []string{"张三"}, []string{"张三丰"}, "<ruby>张<rt>zhāng</rt>三<rt>sān</rt></ruby>来了", true},
		{"in an address", []string{"季无声"}, nil, `<a href="https://example.org/%E5%AD%A3%E6%97%A0%E5%A3%B0">他</a>`, true},
		{"in a broken address", []string{"季无声"}, nil, `<a href="?a=%zz&amp;b=%e5%ad%a3%e6%97%a0%e5%a3%b0">他</a>`, true},
		{"other escapes", []string{"季无声"}, nil, `<a href="%E5%AD%A3%E6%97%A0">50% 100% 3%</a>`, false},
		{"nobody", nil, []string{"张三"}, "张三", false},

		{"radicals", []string{"黄龙"}, nil, "有⻩⻰在", true},
		{"compatibility ideographs", []string{"金六"}, nil, "有\uf90a\uf9d1在", true},
		{"circled", []string{"张三"}, nil, "有张㊂在", true},
		{"a circle around", []string{"张三"}, nil, "有张\u20dd三\u20dd在", true},
		{"Traditional, in a site that has no such edition", []string{"张龙"}, nil, "有張龍在", true},
		{"variation selectors", []string{"季无声"}, nil, "季\ufe00无\U000e0101声", true},
		{"marks of direction", []string{"季无声"}, nil, "季\u2067无\u202e声", true},
		{"tags", []string{"季无声"}, nil, "季\U000e0041无\u180e声", true},
		{"beyond the BMP, compatible", []string{"丽明"}, nil, "\U0002f800明", true},
		{"dots", []string{"季无声"}, nil, "记季·无・声等", true},
		{"without its dot", []string{"阿力·木江"}, nil, "记阿力木江等", true},
		{"with another dot", []string{"阿力·木江"}, nil, "记阿力•木江等", true},
		{"as wide as three", []string{"张三"}, nil, "模范：张　三、欧阳明", true},
		{"as wide as three, with a title", []string{"张明"}, nil, "英雄张&emsp;明。", true},
		{"in two lines of a cell", []string{"张三"}, nil, "<td>张<br>三</td>", true},
		{"letter by letter", []string{"季无声"}, nil, "季-无_声", true},
		{"at the end and the beginning of words", []string{"高明"}, nil, "王高 明亮", false},
		{"the end of a word, and a name", []string{"高明亮"}, nil, "王高 明亮", false},
		{"a word between blanks", []string{"范第"}, nil, "模范 第 7 届", false},
		{"a measure between blanks", []string{"支新"}, nil, "22 支 新密市", false},
		{"with who he is, in front", []string{"张明"}, nil, "英雄张 明。", true},
		{"with who he is, behind", []string{"张明"}, nil, "：张 明同志", true},
		{"a pair of the search's", []string{"丽龙", "丽丽", "龙东"}, nil, "麗,丽,龍,龙,東,东", false},
		{"a number of a list", []string{"张三"}, nil, "用了纸张 三、工作", false},
		{"the end of a sentence", []string{"张三"}, nil, "写满一张。三天后", false},
		{"blanks within a published name", []string{"张三"}, []string{"张三丰"}, "张·三·丰来了", false},
		{"a published name, cut by a blank", []string{"张三"}, []string{"张三丰"}, "张三 丰收", true},
		{"behind the beginning of a published name", []string{"张三"}, []string{"小张三"}, "小<b>张\u200b三</b>来了", false},
		{"over a paragraph", []string{"张三"}, nil, "张\n\n三", false},
		{"as entities", []string{"张三"}, nil, "&#x5f20;&#8203;&#19977;", true},
		{"as entities in a feed", []string{"张三"}, nil, "&amp;#x5F20;&amp;shy;&amp;#19977;", true},
		{"in JSON", []string{"张三"}, nil, `{"a":"\u5f20\u003cb\u003e\u4e09"}`, true},
		{"in a style sheet", []string{"张三"}, nil, `content:"\5f20 \4e09"`, true},
		{"around a comment", []string{"张三"}, nil, "张<!-- x -->三", true},
		{"full-width Latin", []string{"Wu Ming"}, nil, "by Ｗｕ　Ｍｉｎｇ.", true},
		{"mathematical Latin", []string{"Wu Ming"}, nil, "by 𝐖𝐮 𝑀𝑖𝑛𝑔.", true},
		{"Latin with tones", []string{"Wu Ming"}, nil, "by Wú Míng.", true},
		{"Latin over two lines, a soft hyphen in it", []string{"Wu Ming"}, nil, "by Wu\n  Mi\u00adng.", true},
		{"Latin after a line feed of JSON", []string{"Wu Ming"}, nil, `"by\nWu Ming"`, true},
		{"Latin within another word, a soft hyphen in it", []string{"Li An"}, nil, "Li An\u00adna", false},
		{"two sentences", []string{"Li An"}, nil, "by Li. An old man", false},
		{"ü is not u", []string{"Lü Bu"}, []string{"路布"}, "Lu Bu came", false},
		{"u is not ü", []string{"Lu Bu"}, nil, "Lü Bu came; Lu\u0308 Bu came", false},
		{"ü", []string{"Lü Bu"}, []string{"路布"}, "Lu\u0308 Bu came", true},
	} {
		err := New(model(c.withheld, c.published...)).Inspect("a.html", []byte(c.text))
		var leak *LeakError
		if errors.As(err, &leak) != c.leak {
			t.Errorf("%s: got %v, want a leak: %v", c.name, err, c.leak)
		}
	}
}

func TestInspectPath(t *testing.T) {
	for path, leak := range map[string]bool{
		"img/季无声.jpg": true, "img/ji-wu-sheng-0123456789-480.jpg": true, "files/tan-ji-wu-sheng-0123456789.pdf": true,
		"ji-wu-sheng/index.html": true, "en/heroes/ji-wu-sheng/index.html": true,
		"img/ji-wu-shengs-0123456789.jpg": false, "heroes/region/ji-wu-sheng/index.html": false, "img/ji-wu-0123456789.jpg": false,
	} {
		if err := New(model([]string{"季无声"})).Inspect(path, nil); (err != nil) != leak {
			t.Errorf("%s: got %v, want a leak: %v", path, err, leak)
		}
	}
	short := model([]string{"阿"})
	short.Withheld[0].Slug = "a"
	for path, leak := range map[string]bool{"search/f/a.txt": false, "en/search/f/a.txt": false, "heroes/a/index.html": true} {
		if err := New(short).Inspect(path, nil); (err != nil) != leak {
			t.Errorf("%s of somebody called a: got %v, want a leak: %v", path, err, leak)
		}
	}
	m := model([]string{"季无声"}, "季无声息")
	m.Editions[0].Heroes[0].Slug = "ji-wu-sheng-xi"
	if err := New(m).Inspect("heroes/ji-wu-sheng-xi/index.html", nil); err != nil {
		t.Error("somebody published:", err)
	}
}

// Files that are published as they came have names in the encodings of other programs.
func TestInspectOtherEncodings(t *testing.T) {
	gb := "\xbc\xbe\xce\xde\xc9\xf9"
	little := "\x63\x5b\xe0\x65\xf0\x58"
	big := "\x5b\x63\x65\xe0\x58\xf0"
	for file, text := range map[string]string{"files/a.txt": gb, "files/a.csv": "a," + gb, "files/a.mp3": "ID3\x01\xff\xfe" + little, "files/a.doc": "x" + little, "files/a.pdf": "/Author (\xfe\xff" + big} {
		g := New(model([]string{"季无声"}))
		if g.Inspect(file, []byte(text)) == nil {
			t.Errorf("%s: %q is not seen", file, text)
		}
		if err := g.Inspect(file, []byte(text[:len(text)-1])); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	far := strings.Repeat("x", 5000) + "\x20\x5f\x09\x4e" // 张三 by chance in the sound itself
	if err := New(model([]string{"张三"})).Inspect("files/a.mp3", []byte(far)); err != nil {
		t.Error(err)
	}
}

// What is looked for depends on who is published, too: somebody whose name held the
// withheld one is gone, and the texts that name him must be looked through again.
func TestRules(t *testing.T) {
	if New(model([]string{"张三"}, "张三丰")).Rules() == New(model([]string{"张三"})).Rules() {
		t.Error("the rules are the same without a published name that covers the withheld one")
	}
	for range 20 {
		if New(model([]string{"张三"}, "张三丰", "张三明", "小张三")).Rules() != New(model([]string{"张三"}, "小张三", "张三明", "张三丰")).Rules() {
			t.Fatal("the rules depend on order")
		}
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

// The pages of a site whose withheld people have all their names: also in Latin letters.
func BenchmarkInspectAllNames(b *testing.B) {
	m := &site.Model{Editions: []*site.Edition{{}}}
	for i := range 100 {
		name := string([]rune{[]rune("张王李赵陈刘杨黄周吴")[i%10], rune(0x4e00 + i*90), rune(0x5000 + i*70)})
		m.Withheld = append(m.Withheld, site.Withheld{Path: name, Names: append([]string{name}, site.Romanised(name)...)})
	}
	g := New(m)
	page := []byte(strings.Repeat("<p class=\"a\">那天傍晚，雨已经下了六个小时。<a href=\"/heroes/shen-du-chuan/\">沈渡川</a>收了船，听见张家桥洞那边有人喊。</p>\n", 100))
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if g.Inspect("x.html", page) != nil {
			b.Fatal("found what is not there")
		}
	}
}
