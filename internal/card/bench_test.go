package card

import (
	"bytes"
	"os"
	"testing"

	"mingdeng/internal/picture"
)

func BenchmarkCover(b *testing.B) {
	src, err := os.ReadFile("../../content/heroes/shen-du-chuan/portrait.svg")
	if err != nil {
		b.Fatal(err)
	}
	m, err := picture.Inspect(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := picture.Cover(src, m, PhotoWidth, Height); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	c := Card{Name: "沈渡川", Line: "暴雨夜里，他三次返回被淹的地下通道，用一根缆绳，把七个素不相识的人一个一个带了出来。", Foot: "明灯见义勇为资料馆", Badge: "示例人物", Palette: dusk}
	for b.Loop() {
		var w bytes.Buffer
		if err := c.Draw(&w, nil); err != nil {
			b.Fatal(err)
		}
	}
}
