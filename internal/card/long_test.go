package card

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"mingdeng/internal/plaque/qr"
)

const address = "https://yx.example.cn/heroes/shen-du-chuan/"

// longs are long pictures of every shape, with whether there is a photo.
func longs() map[string]struct {
	Long
	photo bool
} {
	type of = struct {
		Long
		photo bool
	}
	all := map[string]of{
		"person": {Long{Name: "沈渡川", Over: "2021 年 · 河东省清河市 · 抢险救灾", Line: deed, Badge: "示例人物", Words: "“水不等人，我就去了。”"}, true},
		"stone":  {Long{Name: "单青", Over: "1998 年 · 水中救人", Line: "跳下河，救起一人。", Fallen: true}, false},
		"three":  {Long{Name: "沈渡川", Line: strings.Repeat(deed, 8)}, false},
		"alone":  {Long{Name: "义"}, false},
		"group":  {Long{Name: "古城县中学人墙", Line: deed}, false},
		"latin":  {Long{Name: "Shen Duchuan", Line: "On a night of rain he went back three times.", Words: "“Water does not wait.”"}, false},
		"lit":    {Long{Name: "Shen Duchuan", Line: "On a night of rain he went back three times."}, true},
		"title":  {Long{Name: strings.Repeat("五县区见义勇为文化进景区项目全部落成", 2), Title: true, Over: "简报 第 45 期 · 2023 年 12 月 15 日", Line: deed}, false},
		"shown":  {Long{Name: "项目全部落成", Title: true, Over: "简报", Line: deed}, true},
	}
	for name, x := range all {
		x.Palette, x.Address, x.Hint, x.Where, x.Foot = dusk, address, "长按识别二维码，看全部事迹", "yx.example.cn", "明灯见义勇为资料馆（演示）"
		all[name] = x
	}
	return all
}

// A long picture has its words within the margins and clear of each other, and a symbol that
// still reads from the JPEG at the width of a small phone.
func TestLong(t *testing.T) {
	for name, x := range longs() {
		var top *image.RGBA
		if x.photo {
			top = image.NewRGBA(image.Rect(0, 0, LongWidth, LongPhoto))
			if x.Title {
				top = image.NewRGBA(image.Rect(0, 0, LongWidth, TitlePhoto))
			}
			for i := 3; i < len(top.Pix); i += 4 {
				top.Pix[i-3], top.Pix[i] = 180, 255
			}
		}
		img, s, err := x.paint(top)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if b := img.Bounds(); b.Dx() != LongWidth || b.Dy() < 700 || b.Dy() > 6000 {
			t.Errorf("%s: %v", name, b)
		}
		for i, p := range s.places {
			b := p.outline.Bounds()
			if b.X < longSafe-6 || b.X+b.W > LongWidth-longSafe+6 || b.Y+b.H > float64(s.height)-longSafe+6 {
				t.Errorf("%s: %q stands at %+v", name, p.text, b)
			}
			for _, q := range s.places[i+1:] {
				if o := q.outline.Bounds(); p.text != "" && q.text != "" && overlap(b, o) {
					t.Errorf("%s: %q and %q overlap", name, p.text, q.text)
				}
			}
		}
		var first, again bytes.Buffer
		if err := jpeg.Encode(&first, img, &jpeg.Options{Quality: quality}); err != nil {
			t.Fatal(err)
		}
		if name == "stone" {
			if err := x.Draw(&again, top); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%s: other bytes the second time, %v", name, err)
			}
		}
		back, err := jpeg.Decode(&first)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := qr.Read(half(back)); text != address {
			t.Errorf("%s: the symbol reads %q, %v", name, text, err)
		}
	}
}

// half is a picture at half its size, as a messenger sends it on.
func half(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum uint32
			for _, d := range [4][2]int{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
				_, g, _, _ := img.At(2*x+d[0], 2*y+d[1]).RGBA()
				sum += g >> 8
			}
			out.Pix[y*out.Stride+x] = uint8(sum / 4)
		}
	}
	return out
}

func BenchmarkLong(b *testing.B) {
	for _, name := range []string{"person", "stone", "title"} {
		x := longs()[name]
		var top *image.RGBA
		if x.photo {
			top = image.NewRGBA(image.Rect(0, 0, LongWidth, LongPhoto))
		}
		b.Run(name, func(b *testing.B) {
			var w bytes.Buffer
			for b.Loop() {
				w.Reset()
				if err := x.Draw(&w, top); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(w.Len()), "bytes")
		})
	}
}

// A wallpaper leaves free what a phone covers.
func TestWallpaper(t *testing.T) {
	for name, x := range longs() {
		if x.Title {
			continue
		}
		p := Wallpaper{Name: x.Name, Line: x.Words, Fallen: x.Fallen, Palette: dusk}
		if p.Line == "" {
			p.Line = x.Line
		}
		_, l, err := p.paint()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, q := range l.places {
			if b := q.outline.Bounds(); b.X < 90 || b.X+b.W > WallWidth-90 || b.Y < wallTop-60 || b.Y+b.H > wallBottom {
				t.Errorf("%s: %q stands at %+v", name, q.text, b)
			}
		}
		var w bytes.Buffer
		if err := p.Draw(&w); err != nil || w.Len() > 300_000 {
			t.Errorf("%s: %d bytes, %v", name, w.Len(), err)
		}
	}
}
