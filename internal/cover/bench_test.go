package cover

import (
	"fmt"
	"testing"
)

// fronts are those of several books of one design.
func fronts(n int) []Front {
	all := make([]Front, n)
	for i := range all {
		all[i].Fields = map[string]string{
			"title": fmt.Sprintf("见义勇为英雄谱第%d卷", i+1), "subtitle": "二〇二六年增订", "editors": "甲、乙、丙",
			"publisher": "某某市见义勇为基金会印发", "seal": "明灯",
		}
	}
	return all
}

// BenchmarkDraw draws one book after another with one painter.
func BenchmarkDraw(b *testing.B) {
	painter, all := NewPainter(lamplight(b)["cover"]), fronts(8)
	if _, _, err := painter.Draw(all[0], nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, _, err := painter.Draw(all[i%len(all)], nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirst draws the first book of a painter, and so its ground.
func BenchmarkFirst(b *testing.B) {
	c, front := lamplight(b)["cover"], fronts(1)[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := NewPainter(c).Draw(front, nil); err != nil {
			b.Fatal(err)
		}
	}
}
