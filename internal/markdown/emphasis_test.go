package markdown

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// render is a body's HTML, with no targets known.
func render(t testing.TB, body string, o Options) (string, Info) {
	t.Helper()
	var w bytes.Buffer
	info, err := New().Render(&w, []byte(body), o)
	if err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	return w.String(), info
}

// marks are the marks of Chinese text that commonmark-spec issue 650 is about.
var marks = strings.Split("，。、；：？！“”‘’（）《》【】「」『』…—·", "")

func TestEmphasisBesideMarks(t *testing.T) {
	if len(marks) != 24 {
		t.Fatalf("%d marks", len(marks))
	}
	for _, m := range marks {
		for _, e := range []struct{ mark, tag string }{{"**", "strong"}, {"*", "em"}, {"~~", "del"}} {
			on, off := "<"+e.tag+">", "</"+e.tag+">"
			for body, want := range map[string]string{
				"前" + e.mark + "真" + m + e.mark + "她":     "前" + on + "真" + m + off + "她",
				"前" + e.mark + m + "真" + e.mark + "她":     "前" + on + m + "真" + off + "她",
				e.mark + "真" + m + e.mark + "她":           on + "真" + m + off + "她",
				"是" + e.mark + m + "真" + e.mark:           "是" + on + m + "真" + off,
				"前" + m + e.mark + "真" + e.mark + m + "她": "前" + m + on + "真" + off + m + "她",
				"前" + e.mark + m + e.mark + "她":           "前" + on + m + off + "她",
			} {
				if got, _ := render(t, body, Options{}); got != "<p>"+want+"</p>" {
					t.Errorf("%s: got %s, want %s", body, got, want)
				}
			}
		}
	}
}

func TestEmphasis(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"**真，**她", "<strong>真，</strong>她"},
		{"**“你好”**了", "<strong>“你好”</strong>了"},
		{"他是**“重点”**的人", "他是<strong>“重点”</strong>的人"},
		{"これは**私のやりたかったこと。**だから", "これは<strong>私のやりたかったこと。</strong>だから"},
		{"때 **마크다운(Markdown)**을 쓴다", "때 <strong>마크다운(Markdown)</strong>을 쓴다"},
		{"ﾃｽﾄ**ｱ｡**ｲ", "ﾃｽﾄ<strong>ｱ｡</strong>ｲ"},
		{"𠮷**（𠮷）**𠮷", "𠮷<strong>（𠮷）</strong>𠮷"},
		{"张**{堃|kūn}**的", "张<strong><ruby>堃<rp>（</rp><rt>kūn</rt><rp>）</rp></ruby></strong>的"},
		{"***“重”***的", "<em><strong>“重”</strong></em>的"},
		{"snake_case_name", "snake_case_name"},
		{"他_说_的", "他_说_的"},
		{"a**“b”**c", "a**“b”**c"}, // no East Asian character beside: as in CommonMark
		{"一** 二 **三", "一** 二 **三"},
		{"3~5人，10~20人", "3~5人，10~20人"},
		{"葛\U000E0100**（正字）**城", "葛\U000E0100<strong>（正字）</strong>城"},
		{"葛\U000E0100**(a)**", "葛\U000E0100<strong>(a)</strong>"},
		{"塚\uFE00**(a)** b", "塚\uFE00<strong>(a)</strong> b"},
		{"“\uFE01重”\uFE01__点__", "“\uFE01重”\uFE01<strong>点</strong>"},
		{"a”\uFE00**(b)**，c", "a”\uFE00<strong>(b)</strong>，c"}, // punctuation on both sides
		{"☺\uFE0F**(a)**b", "☺\uFE0F**(a)**b"},                  // an emoji
		{"a**🈂**a", "a<strong>🈂</strong>a"},
		{"a**🈁**a", "a**🈁**a"},
		{"~~~~", "~~~~"},
		{"~~一~~二~~三~~", "<del>一</del>二<del>三</del>"},
		{"a~~~b~~~c", "a~~~b~~~c"},
	} {
		want := "<p>" + c.want + "</p>"
		if c.body == "~~~~" {
			want = "<pre><code></code></pre>"
		}
		if got, _ := render(t, c.body, Options{}); got != want {
			t.Errorf("%s: got %s, want %s", c.body, got, want)
		}
	}
}

func TestBoldOfAReport(t *testing.T) {
	body, err := os.ReadFile("testdata/bold.md")
	if err != nil {
		t.Fatal(err)
	}
	runs := bytes.Count(body, []byte("**")) / 2
	if runs < 18 {
		t.Fatalf("only %d runs", runs)
	}
	got, _ := render(t, string(body), Options{})
	if n := strings.Count(got, "<strong>"); n != runs || strings.ContainsAny(got, "*~") {
		t.Errorf("%d of %d runs are bold:\n%s", n, runs, got)
	}
}
