package importer

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/image/bmp"
	"pgregory.net/rapid"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/roll"
)

var today = date.Date{Year: 2026, Month: 11, Day: 22}

// empty is a site without records.
func empty() fstest.MapFS {
	return fstest.MapFS{"content/site.yaml": {Data: []byte("名称: 试验\n网址: https://example.cn/\n")}}
}

func newMaker(site fstest.MapFS, o Options) *maker {
	if o.Lang == "" {
		o.Lang = diag.Chinese
	}
	o.Today = today
	return &maker{Options: o, site: survey(site), same: map[string]int{}, planned: map[string][]byte{}, met: map[string]bool{}}
}

// load adds the new files to a site and reads it back.
func load(site fstest.MapFS, s *Source) (*content.Content, []diag.Finding) {
	all := maps.Clone(site)
	for _, f := range s.Files {
		if f.State == New {
			all[f.Path] = &fstest.MapFile{Data: f.Data}
		}
	}
	tree, found := content.Scan(all)
	c, more := content.Load(all, tree)
	return c, append(found, more...)
}

func wrong(found []diag.Finding) string {
	var b strings.Builder
	for _, f := range found {
		if f.Code.Severity == diag.Error {
			fmt.Fprintf(&b, "%s: %s\n", f.Place(), f.Message(diag.English))
		}
	}
	return b.String()
}

// nasty are texts that front matter, file names and Markdown could trip over.
var nasty = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"义", "张三", "渡口", "a", "B", "1", "2021", "true", "no", "null", "~", ":", ": ", "：", "#", " #", "-", "- ", "---", "\"", "'", "[", "]", "{", "}", "*", "&", "!",
		"|", ">", "%", "@", "`", "\\", "/", "?", "<", ",", "，", "。", "　", " ", "\t", "\n", "\u00a0", "\u2028", "\u0085", "\ufeff", "𬀩", "é", "con", ".", "..", ".en", "1e3", "0x1", "12:30",
	}), 1, 7).Draw(t, "bits"), "")
})

func TestScalar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := nasty.Draw(t, "text")
		h := newHead(content.KindPage, diag.Chinese)
		h.put("", "title", s, "说明 # : "+s)
		doc, found := frontmatter.Parse(h.bytes("正文"), func(string) bool { return true }, diag.Text{})
		if len(found) > 0 || len(doc.Head.Pairs) != 1 {
			t.Fatalf("%q: %v\n%s", s, found, h.b.String())
		}
		clean := strings.Map(func(r rune) rune {
			switch {
			case r == '\t':
				return ' '
			case r == '\u2028' || r == '\ufeff' || r == '\u0085':
				return -1
			}
			return r
		}, s)
		if got := doc.Head.Pairs[0].Value.Text; got != clean {
			t.Fatalf("got %q, want %q\n%s", got, clean, h.b.String())
		}
	})
}

// TestPeopleLoad: whatever a roll holds, its heroes load without an error, bear
// their names, and none of them is published.
func TestPeopleLoad(t *testing.T) {
	person := rapid.Custom(func(t *rapid.T) roll.Person {
		p := roll.Person{Name: rapid.SampledFrom([]string{"张三", "李明", "黎明", "单有田", "con", "A. B", "王\"五\"", "欧阳　修", "x/y", "？"}).Draw(t, "name"), Sheet: "表", Row: 3}
		text := func(label string) string {
			if rapid.Bool().Draw(t, label) {
				return nasty.Draw(t, label)
			}
			return ""
		}
		p.Group = rapid.Bool().Draw(t, "group")
		p.Gender = rapid.SampledFrom([]string{"", "male", "female"}).Draw(t, "gender")
		p.Status = rapid.SampledFrom([]string{"", "fallen"}).Draw(t, "status")
		p.Occupation, p.NativePlace, p.Place, p.Deed = text("occupation"), text("native"), text("place"), text("deed")
		if rapid.Bool().Draw(t, "dates") {
			p.Date, p.Born = date.Date{Year: 2020, Month: 2}, date.Date{Year: rapid.IntRange(1801, 2026).Draw(t, "born")}
		}
		if s := text("title"); s != "" {
			p.Honors = []roll.Honor{{Title: s, Session: text("session"), By: text("by"), Year: 2020}}
		}
		if s := text("extra"); s != "" {
			p.Extra = []roll.Extra{{Heading: s, Value: text("value")}, {Heading: s, Value: "又"}}
		}
		p.Confirmed.By = text("confirmed")
		if s := strings.TrimSpace(text("source")); s != "" {
			p.Sources = []string{s}
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfN(person, 1, 5).Draw(t, "people")
		lang := rapid.SampledFrom([]diag.Lang{diag.Chinese, diag.English}).Draw(t, "lang")
		s := &Source{Name: "x/花名册.xlsx"}
		m := newMaker(empty(), Options{Lang: lang})
		m.people(s, people)
		c, found := load(empty(), s)
		if w := wrong(found); w != "" {
			t.Fatalf("%s\n%s", w, s.Files[0].Data)
		}
		slugs := map[string]bool{}
		for _, h := range c.Heroes {
			if h.Consent == nil || h.Consent.Publish {
				t.Fatalf("%s would be published", h.Path)
			}
			if slugs[h.Slug] {
				t.Fatalf("the address %s is given twice", h.Slug)
			}
			slugs[h.Slug] = true
			if !slices.ContainsFunc(people, func(p roll.Person) bool { return plainText(p.Name) == h.Name }) {
				t.Fatalf("nobody is named %q", h.Name)
			}
		}
		// A second run finds everything in its place.
		again := &Source{Name: s.Name}
		site := empty()
		for _, f := range s.Files {
			site[f.Path] = &fstest.MapFile{Data: f.Data}
		}
		newMaker(site, Options{Lang: lang}).people(again, people)
		for _, f := range again.Files {
			if f.State != Same {
				t.Fatalf("the second run would make %s %s", f.Path, f.State)
			}
		}
	})
}

// TestFileName: whatever a title, its name is one that a file and a folder can have on
// Windows, and is a name for itself.
func TestFileName(t *testing.T) {
	look := func(t interface{ Fatalf(string, ...any) }, title string) string {
		name := fileName(title)
		for _, s := range []string{name, name + ".md"} {
			if _, why := content.BadFileName(s); name != "" && why != "" {
				t.Fatalf("%q becomes %q: %s", title, s, why)
			}
		}
		if again := fileName(name); again != name {
			t.Fatalf("%q becomes %q, and that %q", title, name, again)
		}
		return name
	}
	for title, want := range map[string]string{
		"con\u3000.en": "record-con.en-",
		"con . en":     "record-con. en",
		"con":          "record-con",
		"COM1 .x":      "record-COM1.x",
		"渡口 .概述":       "渡口.概述", // as a folder, where pictures stand beside the text
		"渡口 \x01 .概述":  "渡口.概述",
		"渡口.en":        "渡口.en-",
		" . ":          "",
	} {
		if got := look(t, title); got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) { look(t, nasty.Draw(t, "title")) })
}

// TestArticlesLoad: whatever a text's title and words, its record loads without an
// error, as a draft, and a second run changes nothing.
func TestArticlesLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]content.Kind{content.KindBrief, content.KindChapter, content.KindPage, content.KindHero}).Draw(t, "kind")
		title, words, by := nasty.Draw(t, "title"), nasty.Draw(t, "words"), nasty.Draw(t, "by")
		o := Options{Kind: kind}
		if kind == content.KindChapter {
			o.Into = rapid.SampledFrom([]string{"文集", "anthology/wen-ji", "content/anthology/渡口/"}).Draw(t, "into")
		}
		text := func() *article {
			return &article{
				title: strings.Join(strings.Fields(title), " "), byline: people(by), sources: []source{{title: "来源 " + title}}, above: []string{words},
				doc: &rich.Document{Blocks: []rich.Block{{Text: rich.Tidy([]rich.Span{{Text: "正文" + words}})}}},
			}
		}
		s := &Source{Name: `dir/` + fileName("a"+title) + ".docx"}
		m := newMaker(empty(), o)
		if err := m.target(); err != nil {
			t.Fatal(err)
		}
		if err := m.article(s, text()); err != nil {
			t.Fatal(err)
		}
		c, found := load(empty(), s)
		if w := wrong(found); w != "" {
			t.Fatalf("%s\n%s", w, s.Files[len(s.Files)-1].Data)
		}
		n := 0
		c.All(func(r content.Record) {
			n++
			if !r.Base().Draft {
				t.Fatalf("%s is no draft", r.Base().Path)
			}
		})
		if n != len(s.Files) {
			t.Fatalf("%d records of %d files", n, len(s.Files))
		}
		site := empty()
		for _, f := range s.Files {
			site[f.Path] = &fstest.MapFile{Data: f.Data}
		}
		again := &Source{Name: s.Name}
		m = newMaker(site, o)
		if err := m.target(); err != nil {
			t.Fatal(err)
		}
		if err := m.article(again, text()); err != nil {
			t.Fatal(err)
		}
		for _, f := range again.Files {
			if f.State != Same {
				t.Fatalf("the second run would make %s %s:\n%s", f.Path, f.State, f.Data)
			}
		}
	})
}

func TestSecrets(t *testing.T) {
	for in, want := range map[string]string{
		"电话13912345678。":                         "电话（手机号略）。",
		"139 1234 5678、139-1234-5679":            "（手机号略）、（手机号略）",
		"13912345678 13812345678":                "（手机号略） （手机号略）",
		"身份证11010519491231002X":                  "身份证（身份证号略）",
		"号码110105194912310020（错一位）":              "号码（身份证号略）（错一位）",
		"110105 19491231 002X":                   "（身份证号略）",
		"旧号110105491231002":                      "旧号（身份证号略）",
		"１３９１２３４５６７８":                            "（手机号略）",
		"卡6222 0202 0000 0000 006":               "卡（银行卡号略）",
		"卡6222020200000000005":                   "卡6222020200000000005",
		"电话0371-65881234，2023年6月14日，编号202306140": "电话0371-65881234，2023年6月14日，编号202306140",
		"捐款12345678901元":                         "捐款12345678901元",
		"139123456789012345678":                  "139123456789012345678",
	} {
		if got := newCensor(diag.Chinese).text(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	c := newCensor(diag.English)
	got := rich.Words(c.spans([]rich.Span{{Text: "tel 139"}, {Text: "1234", Bold: true}, {Text: "5678, "}, {Break: true}, {Text: "13812345678"}}))
	if got != "tel (mobile number left out), \n(mobile number left out)" && got != "tel (mobile number left out),\n(mobile number left out)" {
		t.Errorf("got %q", got)
	}
}

// TestNamed: people named in the site's texts are held back, for their withheld
// names would stop the build.
func TestNamed(t *testing.T) {
	site := empty()
	site["content/briefs/2023/a.md"] = &fstest.MapFile{Data: []byte("---\n标题: 走访\n日期: 2023-05-01\n---\n看望了贺\u200b兰⼭。\n")}
	list := []roll.Person{{Name: "贺兰山"}, {Name: "卜渡"}}
	s := &Source{Name: "x.csv"}
	newMaker(site, Options{Region: []string{"某省"}}).people(s, list)
	if len(s.Files) != 2 || s.Files[0].State != Held || s.Files[1].State != New {
		t.Errorf("%+v", s.Files)
	}
	s = &Source{Name: "x.csv"}
	newMaker(site, Options{Region: []string{"某省"}, Named: true}).people(s, list)
	if s.Files[0].State != New {
		t.Errorf("%+v", s.Files)
	}
}

func TestRegion(t *testing.T) {
	for _, c := range []struct {
		found, given []string
		want         string
	}{
		{nil, nil, "地区: 待补  # 省/市/县\n"},
		{nil, []string{"河南省", "郑州市"}, "地区: 河南省/郑州市\n"},
		{[]string{"郑州市", "金水区"}, []string{"河南省", "郑州市"}, "地区: 河南省/郑州市/金水区\n"},
		{[]string{"金水区"}, []string{"河南省", "郑州市"}, "地区: 河南省/郑州市/金水区\n"},
		{[]string{"安徽省"}, []string{"河南省", "郑州市"}, "地区: 安徽省\n"},
		{[]string{"郑州市"}, nil, "地区: 郑州市\n"},
	} {
		h := newHead(content.KindHero, diag.Chinese)
		newMaker(empty(), Options{Region: c.given}).region(h, c.found)
		if got := strings.TrimPrefix(h.b.String(), "---\n"); got != c.want {
			t.Errorf("%v in %v: got %s", c.found, c.given, got)
		}
	}
}

// TestPictures: pictures are named in order and once; what is none is told; BMP
// becomes PNG.
func TestPictures(t *testing.T) {
	var jpg, bm bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, 4, 4))
	if err := jpeg.Encode(&jpg, img, nil); err != nil {
		t.Fatal(err)
	}
	if err := bmp.Encode(&bm, img); err != nil {
		t.Fatal(err)
	}
	a := &article{doc: &rich.Document{
		Pictures: []rich.Picture{
			{Data: []byte("no picture"), From: "a.jpg"}, {Data: jpg.Bytes(), Alt: "合影"}, {Data: bm.Bytes(), Alt: "旗"}, {Data: jpg.Bytes(), Alt: "同一张"},
			{Data: []byte("%PDF-1.4"), From: "b.png"}, {Data: append([]byte("BM"), make([]byte, 60)...), From: "c.bmp"}, {Data: []byte("x"), From: "d.emf"},
		},
	}}
	for i := range a.doc.Pictures {
		a.doc.Blocks = append(a.doc.Blocks, rich.Block{Kind: rich.Figure, Picture: i + 1})
	}
	var log report.Log
	kept := a.pictures(diag.Chinese, &log)
	text, _ := a.doc.Markdown()
	mark := "〔此处原有图片〕\n\n"
	if want := mark + "![合影](picture-1.jpg)\n\n![旗](picture-2.png)\n\n![同一张](picture-1.jpg)\n\n" + mark + mark + strings.TrimSuffix(mark, "\n"); text != want {
		t.Errorf("got\n%s", text)
	}
	if len(kept) != 2 || !bytes.Equal(kept[0].Data, jpg.Bytes()) || !bytes.HasPrefix(kept[1].Data, []byte("\x89PNG")) {
		t.Errorf("%d pictures kept", len(kept))
	}
	var left []string
	for _, e := range log.Entries {
		if e.Sort == report.Left {
			left = append(left, e.Text.Zh)
		}
	}
	if len(left) != 4 || !strings.Contains(left[1], "PDF") || !strings.Contains(left[3], "EMF") {
		t.Errorf("%q", left)
	}
}

// TestUnderstand: title, date, authors where people write them.
func TestUnderstand(t *testing.T) {
	say := func(s string) rich.Block { return rich.Block{Text: []rich.Span{{Text: s}}, Size: 32} }
	big := func(s string) rich.Block { return rich.Block{Text: []rich.Span{{Text: s}}, Size: 44, Centre: true} }
	body := say("六月十四日，协会在市艺术中心举行颁奖典礼，三个群体、四名个人受到表彰。")
	for _, c := range []struct {
		name, file string
		blocks     []rich.Block
		want       string
	}{
		{"a letterhead", "x.docx", []rich.Block{big("青溪市见义勇为协会文件"), big("青见协﹝2024﹞5号　签发人：老陈"), big("关于表彰见义勇为"), big("先进个人的通报"), body, say("某协会"), say("二〇二四年三月五日"), say("抄送：市委政法委")}, "关于表彰见义勇为先进个人的通报|2024-03-05||0|4"},
		{"a title below a number, not centred", "x.docx", []rich.Block{say("某见协发[2023]12号"), say("关于做好有关工作的通知"), body}, "关于做好有关工作的通知|||0|1"},
		{"an annex", "x.docx", []rich.Block{say("附件1："), big("评选办法"), body}, "评选办法|||0|1"},
		{"a letterhead alone is a title", "x.docx", []rich.Block{big("关于印发有关文件"), body}, "关于印发有关文件|||0|1"},
		{"spread out", "x.docx", []rich.Block{big("通　　知"), body, say("某协会  ２０２４年３月５日")}, "通知|2024-03-05||0|2"},
		{"a day of long ago", "x.docx", []rich.Block{big("纪念"), say("1998年7月3日，洪水进了城。"), body}, "纪念|||0|2"},
		{"the last day told of", "x.docx", []rich.Block{big("走访"), say("他2023年5月1日救人，1949年10月1日出生，2024年2月30日没有这一天，2024年1月2日我们去看他。"), body}, "走访|2024-01-02||0|2"},
		{"a masthead", "x.docx", []rich.Block{big("某市见义勇为"), say("第12期"), say("某协会办公室　2023年6月20日"), big("颁奖典礼举行"), body}, "颁奖典礼举行|2023-06-20||12|1"},
		{"a title in two lines, author and source", "x.docx", []rich.Block{big("正气的诗"), big("壮丽的歌"), say("——综述"), say("作者：小林 老陈"), say("来源：某某日报"), say("（2023年6月14日）"), body}, "正气的诗壮丽的歌|2023-06-14|小林,老陈|0|1"},
		{"a date below", "x.docx", []rich.Block{big("通知"), body, say("某某协会"), say("2022年3月1日")}, "通知|2022-03-01||0|3"},
		{"the file's name", "20230614 颁奖.docx", []rich.Block{body, body}, "颁奖|2023-06-14||0|2"},
		{"a date in the text", "颁奖.docx", []rich.Block{body, say("会议定于2024年5月6日举行。")}, "颁奖|2024-05-06||0|2"},
		{"one heading on top", "x.docx", []rich.Block{{Kind: rich.Heading, Level: 1, Text: []rich.Span{{Text: "题"}}}, body, {Kind: rich.Heading, Level: 2, Text: []rich.Span{{Text: "节"}}}}, "题|||0|2"},
		{"headings alike are no title", "文.docx", []rich.Block{{Kind: rich.Heading, Level: 1, Text: []rich.Span{{Text: "节一"}}}, body, {Kind: rich.Heading, Level: 1, Text: []rich.Span{{Text: "节二"}}}}, "文|||0|3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &article{word: true, doc: &rich.Document{Blocks: c.blocks}}
			a.understand(c.file, today, &report.Log{})
			if got := fmt.Sprintf("%s|%s|%s|%d|%d", a.title, a.date, strings.Join(a.byline, ","), a.number, len(a.doc.Blocks)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestInto(t *testing.T) {
	for _, c := range []struct {
		kind content.Kind
		into string
		want string
	}{
		{"", "", " |"}, {"", "2023", "brief|2023"}, {"", "briefs/2023", "brief|2023"}, {"", `content/anthology/文集/`, "chapter|文集"}, {"", "文集", "chapter|文集"},
		{content.KindChapter, "文集", "chapter|文集"}, {content.KindPage, "", "page|"}, {"", "pages", "page|"},
		{content.KindChapter, "", "!"}, {content.KindPage, "文集", "!"}, {content.KindBrief, "文集", "!"}, {"", "../x", "!"}, {"", "anthology", "!"}, {"", "anthology/a/b", "!"},
		{content.KindVenue, "", "!"}, {"", "briefs/x", "!"}, {"", "anthology/..", "!"}, {"", "heroes/x", "!"},
	} {
		m := newMaker(empty(), Options{Kind: c.kind, Into: c.into})
		got := "!"
		if err := m.target(); err == nil {
			got = string(m.Kind) + "|" + m.parent
		}
		if got != strings.TrimSpace(c.want) && got != strings.Replace(c.want, " ", "", 1) {
			t.Errorf("--kind %q --into %q: got %s, want %s", c.kind, c.into, got, c.want)
		}
	}
}

// TestWrite: nothing is overwritten, and a write that fails leaves nothing.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := os.WriteFile(filepath.Join(dir, "b.md"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := &Plan{Sources: []*Source{{Files: []File{{Path: "b.md", State: New, Data: []byte("new")}, {Path: "content/x/a.md", State: New, Data: []byte("a")}, {Path: "c.md", State: Same}}}}}
	if err := p.Write(root); err == nil {
		t.Fatal("an existing file was overwritten")
	}
	if _, err := os.Stat(filepath.Join(dir, "content/x/a.md")); err == nil {
		t.Error("a file of a failed import was left")
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "b.md")); string(b) != "old" {
		t.Errorf("b.md is %q", b)
	}
	p.Sources[0].Files = p.Sources[0].Files[1:]
	if err := p.Write(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "c.md")); err == nil {
		t.Error("a file that is the same was written")
	}
}
