package docx

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// apart are files of pandoc's suite whose words are not meant to come, and why.
var apart = map[string]string{
	"0_level_headers":                 "contents",
	"nested_anchors_in_header":        "contents",
	"pageref":                         "contents: pages make their own",
	"comments":                        "comments",
	"track_changes_scrubbed_metadata": "comments: told to the editor alone",
	"verbatim_subsuper":               "m² comes as one word, not as m and 2",
	"diagram":                         "pandoc writes [DIAGRAM] for one",
}

// TestConformance reads the suite that pandoc tests its own reader with: every word that
// pandoc finds must be among those found here. MINGDENG_PANDOC names a checkout of
// jgm/pandoc; nothing of it is part of this project. Formulas are left aside: pandoc makes
// TeX of them.
func TestConformance(t *testing.T) {
	root := os.Getenv("MINGDENG_PANDOC")
	if root == "" {
		t.Skip("MINGDENG_PANDOC names no checkout of jgm/pandoc: not compared with its suite")
	}
	files, err := filepath.Glob(filepath.Join(root, "test", "docx", "*.docx"))
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files below %s: %v", len(files), root, err)
	}
	all, found, compared := 0, 0, 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".docx")
		native, err := os.ReadFile(strings.TrimSuffix(file, ".docx") + ".native")
		if os.IsNotExist(err) || apart[name] != "" {
			continue
		}
		b, err2 := os.ReadFile(file)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		var log report.Log
		f, err := Read(bytes.NewReader(b), int64(len(b)), &log)
		if err != nil {
			t.Errorf("%-44s %v", name, err)
			continue
		}
		have := map[string]int{}
		for _, w := range words(spoken(&f.Document)) {
			have[w]++
		}
		want := words(nativeText(string(native)))
		var missing []string
		for _, w := range want {
			if have[w]--; have[w] < 0 {
				missing = append(missing, w)
			}
		}
		compared++
		all, found = all+len(want), found+len(want)-len(missing)
		line := fmt.Sprintf("%-44s %5d of %5d words", name, len(want)-len(missing), len(want))
		if len(missing) > 0 {
			line += fmt.Sprintf(", without %q", missing[:min(len(missing), 8)])
		}
		t.Log(line)
	}
	t.Logf("%d files, %d of %d words: %.2f %%", compared, found, all, 100*float64(found)/float64(all))
	if compared < 50 || float64(found) < leastRecall*float64(all) {
		t.Errorf("less than %.1f %% of the words", 100*leastRecall)
	}
}

// leastRecall is the part of pandoc's words that must be found.
const leastRecall = 0.995

// words parts a text at all that is neither letter nor digit.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// spoken is all that a document says.
func spoken(d *rich.Document) string {
	var b strings.Builder
	d.Each(func(x *rich.Block) {
		b.WriteString(rich.Words(x.Text) + "\n" + x.Caption + "\n")
		for i, row := range x.Cells {
			for j, c := range row {
				if i < len(x.Origin) && x.Origin[i][j] != [2]int{i, j} {
					continue // a merged cell is said once
				}
				b.WriteString(rich.Words(c) + "\n")
			}
		}
	})
	for _, p := range d.Pictures {
		b.WriteString(p.Alt + "\n")
	}
	return b.String()
}

var nativeToken = regexp.MustCompile(`\b(?:Str|CodeBlock \([^)]*\)|Code \([^)]*\)|Code|CodeBlock) ?("(?:[^"\\]|\\(?s:.))*")|\b(Space|SoftBreak|LineBreak)\b|\b(Para|Plain|Header|Cell|Row|Note|BlockQuote|BulletList|OrderedList|Image|MetaInlines|Table)\b|"(?:[^"\\]|\\(?s:.))*"`)

// nativeText is the text of pandoc's own notation.
func nativeText(s string) string {
	var b strings.Builder
	for _, m := range nativeToken.FindAllStringSubmatch(s, -1) {
		switch {
		case m[1] != "":
			if strings.HasPrefix(m[0], "CodeBlock") {
				b.WriteByte('\n')
			}
			b.WriteString(haskell(m[1]))
		case m[2] != "":
			b.WriteByte(' ')
		case m[3] != "":
			b.WriteByte('\n')
		}
	}
	return b.String()
}

var haskellEscape = regexp.MustCompile(`\\(\d+|&|(?s:.))`)

// haskell reads a string as Haskell writes it: \8217 by number, \& nothing.
func haskell(s string) string {
	return haskellEscape.ReplaceAllStringFunc(strings.Trim(s, `"`), func(e string) string {
		e = e[1:]
		if n, err := strconv.Atoi(e); err == nil {
			return string(rune(n))
		}
		switch e {
		case "&":
			return ""
		case "n", "t":
			return " "
		}
		return e
	})
}

func TestNativeText(t *testing.T) {
	got := nativeText(`[Para [Str "It\8217s",Space,Emph [Str "un"],Str "usual",Math InlineMath "x"],CodeBlock ("",[],[]) "a \"b\"\nc",Header 1 ("id",["Str"],[]) [Str "4\&5"]]`)
	if want := "It’s unusual a \"b\" c 45"; strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("%s", fmt.Sprintf("%q", got))
	}
}
