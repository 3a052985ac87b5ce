package epub

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// volume is a book of n chapters of some 900 characters each.
func volume(n int) *Book {
	b := small()
	b.Parts = []Part{{}}
	words := []rune("一年春天他从桥上走过听见水里有人喊救命没有想什么就跳了下去把孩子推到岸边自己却再也没有上来乡亲们说那天的风很大河水冷得像刀")
	seed := uint32(1)
	for i := range n {
		var text strings.Builder
		for range 9 {
			text.WriteString("<p>")
			for j := range 100 {
				seed = seed*1664525 + 1013904223
				text.WriteRune(words[int(seed>>16)%len(words)])
				if j%17 == 16 {
					text.WriteString("，")
				}
			}
			text.WriteString("。</p>\n")
		}
		b.Parts[0].Chapters = append(b.Parts[0].Chapters, Chapter{Title: fmt.Sprintf("第 %d 篇", i+1), HTML: text.String()})
	}
	return b
}

func BenchmarkWrite(b *testing.B) {
	book := volume(40)
	var w bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := Write(&w, book); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(w.Len()), "size")
}
