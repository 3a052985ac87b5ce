package manual

import (
	"maps"
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/fonts"
)

// licences gives the licence of each font in the program: they ask to go wherever it goes.
func licences(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{Zh: "程序里带着两种字体，铭牌上的字用它们写成轮廓。许可原文如下。\n", En: "The program carries two fonts, in whose outlines plaques are written. Their licences:\n"}.In(l))
	texts := fonts.Licences()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b.WriteString("\n## " + name + "\n\n")
		for _, line := range strings.Split(strings.TrimSpace(texts[name]), "\n") {
			b.WriteString(strings.TrimRight("    "+line, " \r") + "\n")
		}
	}
	return b.String()
}
