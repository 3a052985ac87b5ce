package scaffold

import (
	"strings"
	"testing"

	"mingdeng/internal/diag"
)

// TestDetach: what referred to somebody is taken out as an editor would, whatever way it
// is written; where that is not plain, nothing changes.
func TestDetach(t *testing.T) {
	for name, c := range map[string]struct {
		at             diag.Pos
		in, want, word string
	}{
		"the first of a list":    {diag.Pos{Line: 1, Col: 6}, "英雄: [a, b]\n", "英雄: [b]\n", "a"},
		"the middle":             {diag.Pos{Line: 1, Col: 9}, "英雄: [b, a, c] # 三\n", "英雄: [b, c] # 三\n", "a"},
		"the last, quoted":       {diag.Pos{Line: 1, Col: 8}, "英雄: [b, \"a\"]\r\n", "英雄: [b]\r\n", "a"},
		"all of it":              {diag.Pos{Line: 2, Col: 6}, "x: 1\n英雄: [a]\ny: 2\n", "x: 1\ny: 2\n", "a"},
		"within braces":          {diag.Pos{Line: 1, Col: 12}, "a: {英雄: [b, a], c: 1}\n", "a: {英雄: [b], c: 1}\n", "a"},
		"one that begins so":     {diag.Pos{Line: 1, Col: 11}, "英雄: [a-b, a]\n", "英雄: [a-b]\n", "a"},
		"JSON":                   {diag.Pos{Line: 1, Col: 12}, `{"heroes": ["a", "b"]}`, `{"heroes": ["b"]}`, "a"},
		"TOML":                   {diag.Pos{Line: 1, Col: 11}, "heroes = ['b', 'a']\n", "heroes = ['b']\n", "a"},
		"an item of a block":     {diag.Pos{Line: 2, Col: 5}, "英雄:\n  - a # 甲\n  - b\n", "英雄:\n  - b\n", "a"},
		"the last of a block":    {diag.Pos{Line: 3, Col: 5}, "英雄:\n  - b\n  - a\n---\n", "英雄:\n  - b\n---\n", "a"},
		"the only one":           {diag.Pos{Line: 3, Col: 3}, "x: 1\n英雄: # 谁\n- a\ny: 1\n", "x: 1\ny: 1\n", "a"},
		"a link":                 {diag.Pos{Line: 1, Col: 2}, "见[[a]]。\n", "见甲。\n", "a"},
		"words of its own":       {diag.Pos{Line: 1, Col: 2}, "见[[a|老甲]]与[[a]]。\n", "见老甲与[[a]]。\n", "a"},
		"the second":             {diag.Pos{Line: 1, Col: 9}, "[[a|老甲]]与[[a]]。\n", "[[a|老甲]]与甲。\n", "a"},
		"a link to a file":       {diag.Pos{Line: 1, Col: 2}, "见[他](../a.md \"甲\")。", "见他。", "../a.md"},
		"a link without words":   {diag.Pos{Line: 1, Col: 1}, "[](../a.md)", "甲", "../a.md"},
		"a picture":              {diag.Pos{Line: 1, Col: 1}, "![图](a.png)", "", "a.png"},
		"the value of a key":     {diag.Pos{Line: 1, Col: 7}, "  - 奖项: a\n", "", "a"},
		"a word in a sentence":   {diag.Pos{Line: 1, Col: 1}, "a b [c]", "", "a"},
		"another, in the braces": {diag.Pos{Line: 1, Col: 6}, "x: {奖项: a, 届次: 二}\n", "", "a"},
	} {
		lines := strings.SplitAfter(c.in, "\n")
		got, ok := Detach(lines, c.at, c.word, "甲")
		if text := strings.Join(got, ""); ok != (c.want != "") || ok && text != c.want || !ok && text != c.in {
			t.Errorf("%s: %q (%v), want %q", name, text, ok, c.want)
		}
		if strings.Join(lines, "") != c.in {
			t.Errorf("%s: the lines given were changed", name)
		}
	}
}
