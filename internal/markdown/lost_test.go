package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

var lossNames = []string{"cells", "note", "note again", "definition", "definition again", "info", "no note", "colon"}

// lostIn writes what is lost of a body as "line:col kind text".
func lostIn(t testing.TB, body string) string {
	t.Helper()
	var w bytes.Buffer
	info, err := New().Render(&w, []byte(body), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range info.Lost {
		out = append(out, fmt.Sprintf("%d:%d %s %s", l.Line, l.Col, lossNames[l.Loss], l.Text))
	}
	return strings.Join(out, "; ")
}

func TestLost(t *testing.T) {
	for body, want := range map[string]string{
		"|甲|乙|\n|-|-|\n|一|二|三 | 四|\n":                 "3:6 cells 三 | 四",
		"|甲|乙|\n|-|-|\n|一|二||\n":                      "",
		"甲|乙\n-|-\n一|二|三\n":                           "3:5 cells 三",
		"  |甲|\n  |-|\n  | 一 | \\| |\n":               "3:9 cells \\|",
		"|甲|\n|-|\n|一\\|二|\n":                         "",
		"|甲|乙|\n|-|-|\n|[[a|老张]]|{堃|kūn}|\n":          "",
		"|甲|乙|\n|-|-|\n|[[a|老张]]|{堃|kūn}|[[b|老李]]|\n": "3:19 cells [[b|老李]]",
		"段落\n|甲|\n|-|\n|一|二|\n":                       "4:4 cells 二",
		"> |甲|\n> |-|\n> |一|二|\n":                     "3:6 cells 二",
		"字[^1]\n\n[^1]: 注\n":                          "",
		"字\n\n[^1]: 注\n":                              "3:1 note 1",
		"字[^1]\n\n[^1]: 注\n[^1]: 又注\n":                "4:1 note again 1",
		"字[^1]\n":                                     "1:2 no note 1",
		"字[^甲]\n\n[^乙]: 注\n":                          "1:2 no note 甲; 3:1 note 乙",
		"字[^1]\n\n[^1]：注\n":                           "3:1 colon 1",
		"字[^1]\n\n[^2]: 注\n\n[^1]：注\n":                "3:1 note 2; 5:1 colon 1",
		"字[^1]\n\n[^1]: 注\n\n[^1]：又\n":                "5:1 colon 1",
		"[^_^] 笑 [^链](a.md)\n":                        "",
		"[张三]: 他说\n":                                  "1:1 definition 张三",
		"[张三]：他说\n":                                   "",
		"[a]\n\n[A]: b.md\n":                          "",
		"[字][a]\n\n[a]: b.md\n[a]: c.md\n":            "4:1 definition again a",
		"![字][a]\n\n[a]: b.png\n":                     "",
		"[//]: # (说明)\n":                              "",
		"> [a]: b '题\n> 字'\n":                         "1:3 definition a",
		"```说明文字\n码\n```\n":                           "1:4 info 说明文字",
		"```go 说明\n码\n```\n":                          "1:4 info go 说明",
		"```go\n码\n```\n":                             "",
	} {
		if got := lostIn(t, body); got != want {
			t.Errorf("%q: %s; want %s", body, got, want)
		}
	}
}

// TestBarsInCells: the bars of links and ruby part no cells.
func TestBarsInCells(t *testing.T) {
	body := "|甲|乙|丙|\n|-|-|-|\n| [[zhang|老张]] | {堃\\|kūn}{堃|kūn} | `a\\|b` 末 |\n"
	var w bytes.Buffer
	if _, err := New().Render(&w, []byte(body), Options{Refs: Refs{Wiki: map[string]Link{"zhang": {Href: "/z/", Text: "张三"}}}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<td><a href="/z/">老张</a></td>`, `<ruby>堃<rp>`, `<code>a|b</code> 末</td>`} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("no %s in %s", want, w.String())
		}
	}
	if n := strings.Count(w.String(), "<td"); n != 3 {
		t.Errorf("%d cells: %s", n, w.String())
	}
}

// TestNoteAfterSpaces: as cmark-gfm has it, what follows the colon is a paragraph.
func TestNoteAfterSpaces(t *testing.T) {
	for _, gap := range []string{"", " ", "     ", "\t", " \t   "} {
		var w bytes.Buffer
		if _, err := New().Render(&w, []byte("字[^1]\n\n[^1]:"+gap+"注\n"), Options{}); err != nil {
			t.Fatal(err)
		}
		if s := w.String(); strings.Contains(s, "<pre>") || !strings.Contains(s, "<p>注 <a") {
			t.Errorf("%q: %s", gap, s)
		}
	}
}

// hanOf are the Han characters that a reader can meet in HTML: texts, and what stands in
// for pictures and is shown on a touch.
func hanOf(doc string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(doc))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			out.WriteString(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "alt" || a.Key == "title" || a.Key == "href" || a.Key == "src" {
					out.WriteString(a.Val)
				}
			}
		}
	}
}

// TestNoWordIsLost writes texts of marks and of Han characters that each stand once: those
// that a reader does not meet stand on a line that is told.
func TestNoWordIsLost(t *testing.T) {
	marks := []string{
		"|", "|", "|-|-|\n", "|-|\n", "\n", "\n", "\n\n", "\n\n", " ", "    ", "\t", "[", "]", "](", ")", "[[", "]]", "{", "}", "|", "![", "[^1]", "[^1]: ", "\n[^1]: ", "[^2]", "\n[^2]:",
		"[^1]：", "]: ", "]:\n", "\n[a]: ", "[a]", "[b]: ", "<", ">", "\n> ", "- ", "\n- ", "1. ", "\n2) ", "# ", "\n## ", "---\n", "\n---\n", "\n===\n", "*", "**", "_", "~~", "~", "`", "``", "```", "\n```\n", "\n~~~",
		"\"", "'", "(", "<!--", "-->", "<b>", "</b>", "<https://a.cn/", "\\", "\\|", "&amp;", "&#x4e00;", "- [ ] ", "- [x] ", "：", "｜", "   \n", "\\\n", ":", "<?", "<!X", "<![CDATA[",
	}
	rapid.Check(t, func(t *rapid.T) {
		var body strings.Builder
		next := rune(0x4e01)
		n := rapid.IntRange(1, 40).Draw(t, "pieces")
		for range n {
			if rapid.IntRange(0, 2).Draw(t, "kind") == 0 {
				for range rapid.IntRange(1, 2).Draw(t, "characters") {
					body.WriteRune(next)
					next++
				}
			} else {
				body.WriteString(rapid.SampledFrom(marks).Draw(t, "mark"))
			}
		}
		wordsLost(t, body.String())
	})
}

func wordsLost(t interface{ Fatalf(string, ...any) }, body string) {
	var w bytes.Buffer
	info, err := New().Render(&w, []byte(body), Options{})
	if err != nil {
		return
	}
	shown := hanOf(w.String())
	var told []int
	for _, list := range [][]Target{info.Missing, info.Dropped} { // addresses that are told
		for _, x := range list {
			told = append(told, x.Line)
			shown += x.Dest
		}
	}
	for _, l := range info.Lost {
		told = append(told, l.Line)
	}
	within := false // what is told: it reaches as far as nothing is shown
	for i, line := range strings.Split(body, "\n") {
		within = within || slices.Contains(told, i+1)
		for _, r := range line {
			if r <= 0x4e00 || !unicode.Is(unicode.Han, r) {
				continue
			}
			if strings.ContainsRune(shown, r) {
				within = slices.Contains(told, i+1)
			} else if !within {
				t.Fatalf("%c of line %d is shown nowhere, and nobody tells\n%q\n%s\n%+v", r, i+1, body, w.String(), info.Lost)
			}
		}
	}
}
