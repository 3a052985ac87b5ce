package markdown

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

// hostile are pieces which, repeated to a megabyte, have made one Markdown
// program or another take minutes.
var hostile = map[string]func(n int) string{
	"brackets":             repeat("["),
	"closed brackets":      func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) },
	"linked brackets":      func(n int) string { return strings.Repeat("[", n/5) + "a" + strings.Repeat("](b)", n/5) },
	"pictures in pictures": func(n int) string { return strings.Repeat("![", n/6) + "a" + strings.Repeat("](b)", n/6) },
	"quotes":               repeat(">"),
	"quotes in lines":      func(n int) string { return strings.Repeat(strings.Repeat("> ", 200)+"a\n", n/402) },
	"stars":                repeat("*"),
	"strong":               repeat("**a** "),
	"mixed emphasis":       repeat("*a_ "),
	"openers":              repeat("a**b"),
	"closers":              repeat("a** "),
	"nested emphasis":      func(n int) string { return strings.Repeat("*a **a ", n/14) + strings.Repeat("b** b* ", n/14) },
	"tildes":               repeat("~~a "),
	"dashes":               repeat("- "),
	"nested list":          repeat("- a "),
	"numbers":              repeat("1. "),
	"indented list": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(" ", i%1000) + "- a\n")
		}
		return b.String()
	},
	"unfinished links":  repeat("[a](b"),
	"unfinished angles": repeat("[a](<b"),
	"unfinished titles": repeat(`[a](b "`),
	"unfinished mixed":  repeat(`[a](b '[a](b "`),
	"links":             repeat("[a](b)"),
	"links with stars":  repeat("[a*](b)"),
	"shortcuts":         repeat("[a]\n"),
	"references":        repeat("[a][b"),
	"definitions":       repeat("[a]: b\n"),
	"a long address, often": func(n int) string {
		return "[a]: https://h.cn/" + strings.Repeat("x", n/2) + "\n\n" + strings.Repeat("[a]\n\n", n/100)
	},
	"a long title, often": func(n int) string {
		return "[a]: https://h.cn/ '" + strings.Repeat("x", n/2) + "'\n\n" + strings.Repeat("![a]\n\n", n/100)
	},
	"definition titles": repeat("[a]: b \"\n"),
	"ticks":             growing("`", "a"),
	"tags":              repeat("<a "),
	"tags with values":  repeat("<a b='"),
	"tags with both":    repeat(`<a b='"' c="'`),
	"declarations":      repeat("<!A"),
	"comments":          repeat("<!--"),
	"instructions":      repeat("<?"),
	"cdata":             repeat("<![CDATA["),
	"html lines":        repeat("<div>\n\n"),
	"addresses":         repeat("<a@b"),
	"schemes":           repeat("<ab:"),
	"entities":          repeat("&#1;&amp"),
	"escapes":           repeat(`\`),
	"wide table": func(n int) string {
		return "|" + strings.Repeat("a|", n/8) + "\n|" + strings.Repeat("-|", n/8) + "\n" + strings.Repeat("a\n", n/4)
	},
	"escaped cells": func(n int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|`\\|`|a|\n", n/9) },
	"table lines":   func(n int) string { return "a\n" + strings.Repeat("-|-\n", n/4) },
	"notes":         func(n int) string { return strings.Repeat("[^1]", n/12) + "\n\n" + strings.Repeat("[^1]: a\n", n/12) },
	"many notes": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString("a[^" + strings.Repeat("x", i%50) + string(rune('a'+i%26)) + "]\n\n[^" + strings.Repeat("x", i%50) + string(rune('a'+i%26)) + "]: b\n\n")
		}
		return b.String()
	},
	"note marks":      repeat("[^a"),
	"wiki":            repeat("[[a"),
	"wiki links":      repeat("[[a]]"),
	"ruby":            repeat("{堃|"),
	"ruby brackets":   repeat("[堃]{"),
	"headings":        repeat("# a\n"),
	"setext":          repeat("a\n-\n"),
	"fences":          repeat("```\n"),
	"soft breaks":     repeat("*\n"),
	"empty emphasis":  repeat("[](#)\n"),
	"blank lines":     repeat("\n"),
	"quote and list":  repeat("> - "),
	"lazy":            func(n int) string { return strings.Repeat("> ", 99) + "a\n" + strings.Repeat("b\n", n/2) },
	"list and blanks": func(n int) string { return strings.Repeat("- ", 99) + "a\n" + strings.Repeat("\n", n) },
	"destinations":    repeat("](a"),
	"definitions two": repeat("]:a"),
	"dest quotes":     func(n int) string { return "](\n" + strings.Repeat(">", n) },
	"missing":         repeat("[](a) "),
	"nul":             repeat("\x00"),
	"not utf8":        repeat("\xff*"),
}

func repeat(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)) }
}

func growing(s, between string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(s, i) + between)
		}
		return b.String()
	}
}

func TestHostile(t *testing.T) {
	// By hand with 1<<20: each within a second or so on a quiet machine. What is quadratic
	// takes minutes; the limit lies between, so that a busy machine fails nothing.
	const size, limit = 1 << 19, time.Minute
	if testing.Short() {
		t.Skip("megabytes")
	}
	r := New()
	for name, make := range hostile {
		body := []byte(make(size))
		var w bytes.Buffer
		start := time.Now()
		_, err := r.Render(&w, body, Options{})
		took := time.Since(start)
		if err != nil && !errors.Is(err, ErrTooComplex) {
			t.Errorf("%s: %v", name, err)
		}
		start = time.Now()
		Scan(body)
		scan := time.Since(start)
		t.Logf("%-22s %8s scan %8s %4d MB %v", name, took.Round(time.Millisecond), scan.Round(time.Millisecond), w.Len()>>20, err)
		if w.Len() > 64<<20 {
			t.Errorf("%s: %d MB of HTML", name, w.Len()>>20)
		}
		if took > limit || scan > limit {
			t.Errorf("%s: Render took %s, Scan %s", name, took, scan)
		}
	}
}

// TestLongBody: bodies are not refused for being long.
func TestLongBody(t *testing.T) {
	body := bytes.Repeat(article, 1<<20/len(article))
	body = append(body, strings.Repeat("[链](x)、**“重”**、`码`、[[人]]；[注](", 500)...)
	body = append(body, strings.Repeat("\n- 一\n  - 二\n    1. 三\n       > 四\n", 5000)...)
	var w bytes.Buffer
	if _, err := New().Render(&w, body, Options{Refs: articleRefs()}); err != nil {
		t.Error(err)
	}
}
