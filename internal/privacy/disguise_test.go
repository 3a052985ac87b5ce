package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"mingdeng/internal/fold"
	"mingdeng/internal/markdown"
)

// Hidings are what may stand between two characters of a name, by what it does to them.
var (
	unseen = []string{"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe00", "\ufe0f", "\U000e0100", "\u202e", "\u2066", "\u061c", "\u034f", "\u180e",
		"\U000e0041", "\u3164", "\u20dd", "\u0336", "\u0301", "\ufff9", "<b>", "</i>", `<span class="x">`, "<wbr>", "<!-- x -->", "<rt>jì</rt>", "&shy;", "&zwnj;", "&#8203;", "&#x200B;"}
	dotted = []string{"·", "・", "•", "‧", "∙", "⋅", "･", "․", "&middot;", "&#xB7;"}
	parted = []string{" ", "\u3000", "\u00a0", "\u2003", "  ", "\t", "&nbsp;", "&emsp;", "-", ".", "_", "*", "‐"}
	lines  = []string{"\n", "<br>"} // between the two of a name of two
)

// wear writes a name as one who hides it might: other faces, escapes, things between.
func wear(r *rapid.T, name string) string {
	var b strings.Builder
	list := []rune(name)
	between := [][]string{unseen, dotted, parted}[rapid.IntRange(0, 2).Draw(r, "between")]
	for i, c := range list {
		if faces := append(fold.Others(c), c); rapid.Bool().Draw(r, "face") {
			c = rapid.SampledFrom(faces).Draw(r, "which")
		}
		switch rapid.IntRange(0, 5).Draw(r, "escape") {
		case 0:
			fmt.Fprintf(&b, "&#%d;", c)
		case 1:
			fmt.Fprintf(&b, "&#x%X;", c)
		default:
			b.WriteRune(c)
		}
		if i == len(list)-1 {
			break
		}
		add := func(list []string, most int) {
			for range rapid.IntRange(0, most).Draw(r, "n") {
				b.WriteString(rapid.SampledFrom(list).Draw(r, "gap"))
			}
		}
		add(unseen, 2)
		if len(list) == 2 {
			add(append(lines, between...), 1)
		} else {
			add(between, 1)
		}
		add(unseen, 2)
	}
	return b.String()
}

// kinds are the ways in which a text comes into a file.
var kinds = map[string]func(string) (path string, b []byte){
	"page": func(s string) (string, []byte) { return "a/index.html", []byte("<p>" + s + "</p>") },
	"feed": func(s string) (string, []byte) {
		return "feed.xml", []byte("<content>" + html.EscapeString("<p>"+s+"</p>") + "</content>")
	},
	"JSON": func(s string) (string, []byte) {
		b, err := json.Marshal(map[string]string{"text": s})
		if err != nil {
			panic(err)
		}
		return "feed.json", b
	},
	"address": func(s string) (string, []byte) {
		return "a/index.html", []byte(`<a href="https://example.org/` + url.PathEscape(s) + `">x</a>`)
	},
	"archive": func(s string) (string, []byte) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("word/document.xml")
		if err == nil {
			_, err = w.Write([]byte(s))
		}
		if err != nil || z.Close() != nil {
			panic(err)
		}
		return "files/a.docx", b.Bytes()
	},
	"GB18030": func(s string) (string, []byte) {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			panic(err)
		}
		return "files/a.txt", b
	},
	"UTF-16": func(s string) (string, []byte) {
		b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
		if err != nil {
			panic(err)
		}
		return "files/a.csv", b
	},
}

// A name is found whatever it wears, wherever it stands.
func TestNamesAreSeenThroughDisguises(t *testing.T) {
	names := []string{"张三", "季无声", "黄龙", "𬀩明", "金六角", "丽一"}
	m := model(names, "欧阳明", "王高", "马龙飞")
	g := New(m)
	filler := rapid.StringOfN(rapid.SampledFrom([]rune("那天傍晚，雨已经下了六个小时。<b></b> 12ab&；\n王高欧阳明")), 0, 30, -1)
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom(names).Draw(r, "name")
		// Between two punctuation marks: blanks within words of others make no name.
		text := filler.Draw(r, "before") + "：" + wear(r, name) + "，" + filler.Draw(r, "after")
		kind := rapid.SampledFrom([]string{"page", "feed", "JSON", "address", "archive", "GB18030", "UTF-16"}).Draw(r, "kind")
		path, b := kinds[kind](text)
		if g.Inspect(path, b) == nil {
			r.Fatalf("%s: %s is not seen in %+q", kind, name, text)
		}
		if kind == "page" {
			from, to, ok := g.Place(b, "content/heroes/"+name+".md")
			if !ok || from < len("<p>") || to > len(b) {
				r.Fatalf("%s has no place in %+q", name, b)
			}
		}
	})
}

// Whatever Latin letters wear, they are words of their own.
func TestLatinNamesAreSeenThroughDisguises(t *testing.T) {
	g := New(model([]string{"Wu Ming"}))
	rapid.Check(t, func(r *rapid.T) {
		var b strings.Builder
		for _, c := range "Wu Ming" {
			if c == ' ' {
				b.WriteString(rapid.SampledFrom([]string{" ", "\n", "&nbsp;", "\u3000", "·", " <b>"}).Draw(r, "blank"))
				continue
			}
			b.WriteRune(rapid.SampledFrom(append(fold.Others(c), c)).Draw(r, "face"))
			if c != 'g' {
				b.WriteString(rapid.SampledFrom(append(unseen, "", "", "", "", "")).Draw(r, "gap"))
			}
		}
		if g.Inspect("a.html", []byte("<p>by "+b.String()+", who")) == nil {
			r.Fatalf("not seen in %+q", b.String())
		}
	})
}

// Characters of ordinary texts that stand on either side of a punctuation mark, a blank,
// the end of a paragraph, make no name: whatever withheld people are called.
func TestOrdinaryTextsNameNobody(t *testing.T) {
	content := os.DirFS("../../content")
	texts, n := 0, 0
	err := fs.WalkDir(content, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".md") {
			return err
		}
		b, err := fs.ReadFile(content, p)
		if err != nil {
			return err
		}
		texts++
		text := markdown.Text(b)
		base := string(fold.Base(text))
		seen := map[string]bool{}
		var names []string
		runes := []rune(text)
		for i := 1; i < len(runes)-1; i++ {
			pair := string([]rune{runes[i-1], runes[i+1]})
			if han := fold.Han(runes[i-1]) && fold.Han(runes[i+1]); !han || fold.Han(runes[i]) || fold.Dot(runes[i]) || seen[pair] || strings.Contains(base, string(fold.Base(pair))) {
				continue
			}
			seen[pair] = true
			names = append(names, pair)
		}
		n += len(names)
		g := New(model(names))
		g.slugs, g.called = nil, nil
		if err := g.Inspect("a.html", []byte(text)); err != nil {
			from, to, _ := g.Place([]byte(text), err.(*LeakError).Record)
			t.Errorf("%s: %v: %q in …%s…", p, err, text[from:to], text[max(0, from-30):min(len(text), to+30)])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if texts < 100 || n < 1000 {
		t.Errorf("only %d names were tried on %d texts", n, texts)
	}
}

// Whatever bytes a file holds, looking for names in it ends, without a panic, and what is
// found has a place.
func FuzzSeek(f *testing.F) {
	g := New(model([]string{"张三", "Wu Ming", "季无声"}, "张三丰", "小张三"))
	for _, s := range []string{"张三", "张&#x4e09;", `\u5f20\u4e09`, "张<b", "张&amp;amp;", "&#", `\`, "&#99999999999;三", "&#X80000000", `\u{FFFFFF}`, "Wu\u0301 Ming", "<rt>张</rt>三", "\xe5\xbc", "㍿三"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		record, from, to := g.seek(b, "")
		if (record != "") != (to > from) || to > len(b) {
			t.Errorf("%q: %q from %d to %d", b, record, from, to)
		}
	})
}
