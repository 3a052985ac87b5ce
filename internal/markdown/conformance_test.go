package markdown

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The cases of the CJK-friendly amendment's own suite, from a checkout of its repository
// (markdown-cjk-friendly) that MINGDENG_CJK_FRIENDLY names, against the answers it keeps.
// Compared is what is emphasised, struck out and what stays a mark: other tags are
// written differently here.
func TestConformanceCJKFriendly(t *testing.T) {
	dir := os.Getenv("MINGDENG_CJK_FRIENDLY")
	if dir == "" {
		t.Skip("MINGDENG_CJK_FRIENDLY names no checkout of markdown-cjk-friendly")
	}
	for _, suite := range []struct{ cases, answers, name string }{
		{"strong", "micromark-extension-cjk-friendly/test/__snapshots__/micromark", "around Kana/Han"},
		{"korean", "micromark-extension-cjk-friendly/test/__snapshots__/micromark", "around Korean"},
		{"pseudo-emoji", "micromark-extension-cjk-friendly/test/__snapshots__/micromark", "around pseudo-emoji"},
		{"non-bmp", "micromark-extension-cjk-friendly/test/__snapshots__/micromark", "non-BMP"},
		{"underscore-cjk-punct", "micromark-extension-cjk-friendly/test/__snapshots__/micromark", "underscore"},
		{"gfm-strikethrough", "micromark-extension-cjk-friendly-gfm-strikethrough/test/__snapshots__/micromarkStrikethrough", ""},
	} {
		cases, err := os.ReadFile(filepath.Join(dir, "testcases", suite.cases+".md"))
		if err != nil {
			t.Fatal(err)
		}
		answers, err := os.ReadFile(filepath.Join(dir, "packages", suite.answers+".spec.ts.snap"))
		if err != nil {
			t.Fatal(err)
		}
		inputs := strings.Split(strings.TrimSpace(string(cases)), "\n\n")
		wants := snapshot(t, string(answers), suite.name)
		if len(inputs) != len(wants) {
			t.Errorf("%s: %d cases, %d answers", suite.cases, len(inputs), len(wants))
			continue
		}
		same := 0
		for i, input := range inputs {
			got, _ := render(t, input, Options{})
			if got, want := onlyEmphasis(got), onlyEmphasis(wants[i]); got == want {
				same++
			} else {
				t.Errorf("%s: %s\n got %s\nwant %s", suite.cases, input, got, want)
			}
		}
		t.Logf("%-22s %3d of %3d", suite.cases, same, len(inputs))
	}
}

// snapshot is the paragraphs of the first answer whose name holds name.
func snapshot(t *testing.T, file, name string) []string {
	for part := range strings.SplitSeq(file, "\nexports[") {
		head, body, ok := strings.Cut(part, "] = `\n\"")
		if !ok || !strings.Contains(head, name) {
			continue
		}
		body, _, _ = strings.Cut(body, "\"\n`;")
		body = strings.NewReplacer("\\`", "`", `\\`, `\`, `\"`, `"`).Replace(body)
		return strings.Split(strings.TrimSuffix(body, "\n"), "</p>\n")
	}
	t.Fatalf("no answer is called %q", name)
	return nil
}

var otherTags = regexp.MustCompile(`</?(?:p|a|code|br|img|ruby|span)\b[^>]*>`)

func onlyEmphasis(s string) string { return html.UnescapeString(otherTags.ReplaceAllString(s, "")) }
