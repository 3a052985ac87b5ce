package amend_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// BenchmarkApply saves one changed word: of a record as they are, and of one that is as
// large as heads may be.
func BenchmarkApply(b *testing.B) {
	usual, err := os.ReadFile("../../content/heroes/ren-qiang/index.md")
	if err != nil {
		b.Fatal(err)
	}
	var items []string
	for i := range 9000 {
		items = append(items, fmt.Sprintf("标签 %d", i))
	}
	for _, c := range []struct {
		name string
		raw  string
		want want
	}{
		{"usual", string(usual), want{"name": text("甲")}},
		{"one line", "---\n姓名: 甲\n标签: [" + strings.Join(items, ", ") + "]\n---\n", want{"tags": words(items[1:]...)}},
		{"lines", "---\n姓名: 甲\n标签:\n- " + strings.Join(items, "\n- ") + "\n---\n", want{"tags": words(items[1:]...)}},
		{"toml", "+++\nname = '甲'\nhonors = [{title = '" + strings.Join(items[:4000], "'}, {title = '") + "'}]\n+++\n", want{"name": text("乙")}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				r, found := amend.Open([]byte(c.raw), content.KindHero)
				if len(found) > 0 {
					b.Fatal(found)
				}
				if _, err := r.Apply(c.want, nil, diag.Chinese); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
