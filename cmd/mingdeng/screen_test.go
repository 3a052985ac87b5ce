package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"mingdeng/internal/testrun"
)

// planted stands in names of files, arguments and texts: a colour, a bell, a line that
// looks like one of the program's, a C1 control, an override of the reading direction.
const planted = "\x1b[31m\a\nmingdeng: FAKE\r\u009b2J\u202Egnp.\u200b\u2028\x7f"

// acts tells what a terminal would act on.
func acts(text string) string {
	for i, r := range text {
		if r != '\n' && r != '\t' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			return fmt.Sprintf("%U in %q", r, text[max(0, i-40):min(len(text), i+20)])
		}
	}
	if !utf8.ValidString(text) {
		return fmt.Sprintf("no UTF-8: %q", text)
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "mingdeng: FAKE") {
			return "a line of its own: " + text
		}
	}
	return ""
}

// TestNothingActsOnTheTerminal plants such characters wherever a command may repeat them.
func TestNothingActsOnTheTerminal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows allows no control characters in the names of files")
	}
	root := t.TempDir()
	put := func(name, text string) {
		p := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			testrun.Missing(t, fmt.Sprintf("a file system with names such as %q (%v)", name, err))
		}
	}
	quoted := `"\x1b[31m\a\nmingdeng: FAKE\r\u009b2J\u202Egnp.\u2028\x7f"`
	put("content/site.yaml", "title: 试\nbase_url: https://example.cn/\nnoskey"+planted[:5]+": 1\n")
	put("content/heroes/"+planted+".md", "---\n姓名: 张三\n无此键: 1\n---\n![]("+planted+".png) [[无"+planted+"此人]]\n")
	put("content/heroes/a.md", "---\n姓名: "+quoted+"\n地区: "+quoted+"\n授权: "+quoted+"\nhonors: ["+quoted+"]\n"+quoted+": 1\n---\n\x1b[31m\u202e![x](a\x1b.png) [[\x1b无]]\n")
	put("content/pages/b.md", "---\ntitle: "+quoted+"\naliases: ["+quoted+"]\nslug: "+quoted+"\ndate: "+quoted+"\n---\n")
	put("content/pages/"+planted+"/index.md", "+++\ntitle = 1\n")
	put("content/pages/\xff.md", "x")
	put("content/venues/"+planted+"/x.md", "---\nname: x\n---\n")
	put("content/plaques.yaml", "codes:\n  - code: "+quoted+"\n    exhibit: "+quoted+"\n")
	put(planted+".docx", "no such file")
	put(planted+".csv", "姓名,事迹\n张\x1b[31m三,\"跳\u202e水\"\n"+planted+",甲\n")
	put(planted+".html", "<html><title>\x1b[31m</title><body>\u202e</body></html>")
	put(planted+".jpg", "no picture")
	at := func(name string) string { return filepath.Join(root, name) }
	commands := [][]string{
		{"build"}, {"check"}, {"build", "-o", planted}, {"build", "-v", "--now", planted}, {"build", "--base-url", planted}, {"build", "--since", planted},
		{"plaque", "list"}, {"plaque", "issue"}, {"plaque", "issue", planted}, {"plaque", "issue", "--confirm-address", planted}, {"init", "--clear-samples"}, {"init", "--clear-samples", planted}, {"plaque", "retire", planted}, {"plaque", "proof", planted},
		{"plaque", "inspect", at(planted + ".jpg")}, {"plaque", "inspect", at(planted + ".none")}, {"plaque", planted}, {planted}, {"--" + planted}, {"-" + planted},
		{"import", "--dry-run", at(planted + ".docx")}, {"import", "--dry-run", at(planted + ".csv")}, {"import", "--dry-run", at(planted + ".html")},
		{"import", at(planted + ".none")}, {"import", "--kind", planted, "x"}, {"import", "--into", planted, at(planted + ".html")},
		{"new", "page", planted}, {"new", planted, "x"}, {"export", "wechat", planted}, {"export", "wechat", at("content/pages/b.md")}, {"export", planted},
		{"explain", planted}, {"help", planted}, {"init", "content"}, {"completion", planted}, {"build", planted}, {"build", "--start-at", planted},
		{"serve", "--addr", planted}, {"version", planted}, {"-C", planted, "build"}, {"-C", planted, "import", "x"}, {"-C", planted, "export", "wechat", "x"},
	}
	for _, as := range []struct{ lang, format string }{{"zh", "text"}, {"en", "json"}, {"en", "github"}} {
		for _, args := range commands {
			full := append(args, "--lang", as.lang, "--format", as.format)
			if args[0] != "-C" {
				full = append(full, "-C", root)
			}
			var out, errOut bytes.Buffer
			run(context.Background(), full, strings.NewReader(""), &out, &errOut)
			for name, text := range map[string]string{"stdout": out.String(), "stderr": errOut.String()} {
				if what := acts(text); what != "" {
					t.Errorf("%q writes to %s: %s", full, name, what)
				}
			}
			if as.format == "json" && (args[0] == "build" || args[0] == "check") && len(args) == 1 {
				findings(t, errOut.Bytes())
			}
		}
	}
}

// findings reads findings as programs do, and holds that they say the names as they are.
func findings(t *testing.T, text []byte) {
	t.Helper()
	met := false
	for line := range bytes.Lines(text) {
		var f struct{ Path, Code, Message string }
		if err := json.Unmarshal(line, &f); err != nil || f.Code == "" {
			t.Errorf("%v: %s", err, line)
		}
		met = met || strings.Contains(f.Path, planted)
	}
	if !met {
		t.Errorf("no finding bears the name as it is: %s", text)
	}
}

// TestScreen: whatever is written, in whatever pieces, nothing acts, and what is harmless
// comes out as it is.
func TestScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("a中\x1b\n\t\u202e\u0085 、"))), rapid.Custom(func(t *rapid.T) string {
			return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		})).Draw(t, "text")
		asJSON := rapid.Bool().Draw(t, "json")
		var got bytes.Buffer
		s := &screen{w: &got, json: func() bool { return asJSON }}
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			if m, err := io.WriteString(s, rest[:n]); err != nil || m != n {
				t.Fatal(m, err)
			}
			rest = rest[n:]
		}
		if what := acts(got.String()); what != "" {
			t.Fatal(what)
		}
		if acts(text) == "" && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) && r != '\n' && r != '\t' }) && got.String() != text {
			t.Fatalf("%q came out as %q", text, got.String())
		}
		if b, _ := json.Marshal(text); asJSON {
			var line bytes.Buffer
			_, _ = (&screen{w: &line, json: s.json}).Write(b)
			var back, want string
			_ = json.Unmarshal(b, &want)
			if err := json.Unmarshal(line.Bytes(), &back); err != nil || back != want {
				t.Fatalf("%s: %q, %v", line.Bytes(), back, err)
			}
		}
	})
}
