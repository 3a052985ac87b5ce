package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
)

const deed = "暴雨夜里，他三次返回被淹的地下通道，用一根缆绳，把七个素不相识的人一个一个带了出来。"

// samples are cards of every shape, with and without a photo.
func samples() map[string]Card {
	all := map[string]Card{
		"person":    {Name: "沈渡川", Line: deed, Foot: "明灯见义勇为资料馆", Badge: "示例人物"},
		"two":       {Name: "单青", Line: "跳下河，救起一人。", Foot: "某协会", Fallen: true},
		"alone":     {Name: "义"},
		"rare":      {Name: "任𬀩", Line: "自动扶梯上有人仰面倒下。", Foot: "某协会"},
		"dotted":    {Name: "买买提·吐尔逊", Line: deed, Foot: "某协会", Over: "长堤见义勇为文化长廊 · 第12号", Badge: "示例人物", Fallen: true},
		"nine":      {Name: "古城县中学人墙九字", Line: strings.Repeat(deed, 3), Foot: strings.Repeat("很长的协会名称", 5)},
		"long name": {Name: strings.Repeat("渡口摆渡班与上坝的人们", 4), Line: deed, Foot: "某协会", Fallen: true, Badge: "示例人物"},
		"title":     {Name: "五县区见义勇为文化进景区项目全部落成", Title: true, Over: "简报 第45期 · 2023年12月15日", Line: deed, Foot: "某协会"},
		"long":      {Name: strings.Repeat("五县区见义勇为文化进景区项目全部落成，", 6), Title: true, Over: strings.Repeat("很长的阵地名称", 9), Line: deed, Foot: "某协会"},
		"latin":     {Name: "Shen Duchuan", Line: "On a night of rain he went back into the flooded underpass three times.", Foot: "Mingdeng Archive", Badge: "Invented"},
		"one word":  {Name: strings.Repeat("Llanfairpwllgwyngyll", 4), Title: true, Line: "https://example.org/" + strings.Repeat("a", 200)},
		"hant":      {Name: "沈渡川", Line: "暴雨夜裡，他三次返回被淹的地下通道，帶出七個人。", Foot: "見義勇為資料館"},
	}
	for name, c := range all {
		c.Palette = dusk
		all[name] = c
	}
	return all
}

// dusk is lamplight's palette.
var dusk = Palette{
	Night: artwork.RGB{R: 0x14, G: 0x17, B: 0x1c}, Glow: artwork.RGB{R: 0x61, G: 0x43, B: 0x18},
	Moon: artwork.RGB{R: 0xe9, G: 0xe4, B: 0xd8}, Moon2: artwork.RGB{R: 0xaa, G: 0xa2, B: 0x93}, Flame: artwork.RGB{R: 0xe8, G: 0xb0, B: 0x4b},
}

func photo() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, PhotoWidth, Height))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{200, 150, 60, 255}), image.Point{}, draw.Src)
	return img
}

// What is written stands within the margins, off the photo and clear of all else; a name
// lies in the middle square.
func checkLayout(t interface{ Errorf(string, ...any) }, what string, l layout) {
	const slack = 6 // px: descenders, and marks at the end of a line, reach a little beyond the em square
	for i, p := range l.places {
		b := p.outline.Bounds()
		// A rule over a name may stand in the margin above.
		top := float64(Safe) - slack
		if p.text == "" && p.ink == dusk.Moon {
			top = 24
		}
		if b.X < Safe-slack || b.Y < top || b.X+b.W > Width-Safe+slack || b.Y+b.H > Height-Safe+slack {
			t.Errorf("%s: %q stands at %+v, outside the margin", what, p.text, b)
		}
		if l.split < Width && b.X+b.W > float64(l.split)-20 {
			t.Errorf("%s: %q stands at %+v, on the photo from %d on", what, p.text, b, l.split)
		}
		for _, q := range l.places[i+1:] {
			o := q.outline.Bounds()
			inFrame := p.text == "" && contains(b, o)
			if !inFrame && overlap(b, o) {
				t.Errorf("%s: %q at %+v and %q at %+v overlap", what, p.text, b, q.text, o)
			}
		}
	}
}

func overlap(a, b shape.Box) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func contains(a, b shape.Box) bool {
	return a.X <= b.X && a.Y <= b.Y && a.X+a.W >= b.X+b.W && a.Y+a.H >= b.Y+b.H
}

func TestLayout(t *testing.T) {
	for name, c := range samples() {
		for _, p := range []*image.RGBA{nil, photo()} {
			what := name
			if p != nil {
				what += " with a photo"
			}
			l, err := c.compose(p)
			if err != nil {
				t.Errorf("%s: %v", what, err)
				continue
			}
			checkLayout(t, what, l)
			said := ""
			for _, q := range l.places {
				said += q.text + "\n"
				if q.text == c.Name && c.upright() {
					b := q.outline.Bounds()
					if left, right := (Width-Height)/2.0, (Width+Height)/2.0; b.X < left || b.X+b.W > right {
						t.Errorf("%s: the name stands at %+v, outside the middle square", what, b)
					}
				}
			}
			if !strings.Contains(said, string([]rune(c.Name)[:min(4, len([]rune(c.Name)))])) || c.Badge != "" && !strings.Contains(said, c.Badge) {
				t.Errorf("%s: the name or the badge is missing from %q", what, said)
			}
			if len([]rune(c.Name)) < 12 && !strings.Contains(said, c.Name) {
				t.Errorf("%s: the name was cut: %q", what, said)
			}
		}
	}
}

func TestLayoutOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string, most int) string {
			return rapid.StringOfN(rapid.SampledFrom([]rune("沈渡川一个人，。“”（）——…… ·abcWM12·！")), 0, most, -1).Draw(t, name)
		}
		c := Card{
			Palette: dusk,
			Name:    "川" + text("name", 60), Over: text("over", 60), Line: text("line", 200), Foot: text("foot", 60), Badge: text("badge", 12),
			Title: rapid.Bool().Draw(t, "title"), Fallen: rapid.Bool().Draw(t, "fallen"),
		}
		var p *image.RGBA
		if rapid.Bool().Draw(t, "photo") {
			p = photo()
		}
		l, err := c.compose(p)
		if err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		checkLayout(t, c.Name, l)
	})
}

// The words keep a contrast of 7:1 (the small ones 4.5:1) wherever the lamp falls on them.
func TestContrast(t *testing.T) {
	for name, c := range samples() {
		for _, p := range []*image.RGBA{nil, photo()} {
			l, err := c.compose(p)
			if err != nil {
				t.Fatal(err)
			}
			ground := image.NewRGBA(image.Rect(0, 0, Width, Height))
			l.lamp.light(ground, l.split, dusk)
			for _, q := range l.places {
				least := 7.0
				if q.ink != dusk.Moon {
					least = 4.5
				}
				b := q.outline.Bounds()
				for y := int(b.Y); y < int(b.Y+b.H); y += 8 {
					for x := int(b.X); x < int(b.X+b.W); x += 8 {
						if k := contrast(q.ink, ground.RGBAAt(x, y)); k < least {
							t.Fatalf("%s: %q has a contrast of %.1f at %d, %d", name, q.text, k, x, y)
						}
					}
				}
			}
		}
	}
}

// contrast is WCAG 2's.
func contrast(a artwork.RGB, b color.RGBA) float64 {
	light := func(r, g, b uint8) float64 {
		f := func(v uint8) float64 {
			if c := float64(v) / 255; c <= 0.04045 {
				return c / 12.92
			} else {
				return math.Pow((c+0.055)/1.055, 2.4)
			}
		}
		return 0.2126*f(r) + 0.7152*f(g) + 0.0722*f(b)
	}
	x, y := light(a.R, a.G, a.B), light(b.R, b.G, b.B)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestDraw(t *testing.T) {
	for name, c := range samples() {
		var first, second bytes.Buffer
		if err := c.Draw(&first, photo()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.Draw(&second, photo()); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: drawn twice, the bytes differ (%v)", name, err)
		}
		if first.Len() > 90_000 {
			t.Errorf("%s: %d bytes", name, first.Len())
		}
		img, err := jpeg.Decode(&first)
		if err != nil || img.Bounds() != image.Rect(0, 0, Width, Height) {
			t.Fatalf("%s: %v, %v", name, img.Bounds(), err)
		}
		if r, _, b, _ := img.At(Width-20, 300).RGBA(); r < 0xb000 || b > 0x6000 {
			t.Errorf("%s: the photo is not there: %v", name, img.At(Width-20, 300))
		}
	}
	c := Card{Name: "沈渡川", Palette: dusk}
	var with, without bytes.Buffer
	if c.Draw(&with, nil) != nil || (Card{Name: "沈渡川", Fallen: true, Palette: dusk}).Draw(&without, nil) != nil || bytes.Equal(with.Bytes(), without.Bytes()) {
		t.Error("the rule over a fallen one's name is not drawn")
	}
}

// What cannot be drawn is known beforehand, and nothing else fails.
func TestLacks(t *testing.T) {
	for _, text := range []string{"", "沈渡川𬀩堃", "“她”——（示例）《渡》……", "Shen Duchuan, 3.5 km & “more” – it’s", "繁體裡麵館", "第45期 · 2023年12月15日"} {
		if l := Lacks(text); len(l) > 0 {
			t.Errorf("%q lacks %q", text, string(l))
		}
	}
	if got := string(Lacks("沈🚒渡🚒川𰻝")); got != "🚒𰻝" {
		t.Errorf("lacking are %q", got)
	}
	var w bytes.Buffer
	if err := (Card{Name: "沈🚒"}).Draw(&w, nil); err == nil || w.Len() > 0 {
		t.Errorf("a name with a character that cannot be drawn was drawn: %v", err)
	}
}
