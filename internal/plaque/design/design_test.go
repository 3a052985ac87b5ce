package design

import (
	"fmt"
	"image/color"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

const sound = `width: 130
height: 160
panel: "#FFFFFF"
mark: "#000000"
boxes:
  - {code: true, x: 15, y: 15, width: 100}
  - {text: "{name}", x: 10, y: 131, width: 110, height: 20, size: 16, min: 8, lines: 1}
`

func load(text string) (*Design, []diag.Finding) {
	designs, found := Load(layered.Of(fstest.MapFS{"plaques/x.yaml": {Data: []byte(text)}}, "themes/t"), nil)
	return designs["x"], found
}

func TestLoad(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"sound", sound, ""},
		{"unknown key", strings.Replace(sound, "height: 160", "heigth: 160", 1), "2:1 1:1"},
		{"not a number", strings.Replace(sound, "width: 130", "width: wide", 1), "1:8 1:1"},
		{"colour", strings.Replace(sound, `"#000000"`, "black", 1), "4:7"},
		{"no code", strings.Replace(sound, "  - {code: true, x: 15, y: 15, width: 100}\n", "", 1), "1:1"},
		{"beyond the panel", strings.Replace(sound, "y: 131", "y: 151", 1), "7:5"},
		{"in a hole's ring", sound + "holes: [{x: 20, y: 20, diameter: 4, keep: 12}]\n", "6:5"},
		{"low contrast", strings.Replace(sound, "#000000", "#AAAAAA", 1), "7:5 1:1"},
		{"light on dark", strings.NewReplacer("#FFFFFF", "#000000", "#000000", "#FFFFFF").Replace(sound), "1:1"},
	} {
		d, found := load(c.text)
		var at []string
		for _, f := range found {
			at = append(at, fmt.Sprintf("%d:%d", f.Pos.Line, f.Pos.Col))
		}
		if got := strings.Join(at, " "); got != c.want || (d != nil) != (c.want == "") {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLamplightDesigns(t *testing.T) {
	sub, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	designs, found := Load(layered.Of(sub, "themes/lamplight"), nil)
	for _, f := range found {
		t.Errorf("%s: %s", f.Place(), f.Message(diag.English))
	}
	for _, name := range []string{"tag", "plaque", "panel", "honor"} {
		d := designs[name]
		if d == nil {
			t.Errorf("there is no design %s", name)
			continue
		}
		_, problems := Compose(d, plaque(t, ""))
		for _, p := range problems {
			t.Errorf("%s: %s", name, p.Code.At("", diag.Pos{}, p.Args...).Message(diag.English))
		}
		// A name is larger than the association's, where both stand.
		var person, association float64
		for _, b := range d.Boxes {
			if strings.Contains(b.Text, "{name}") {
				person = b.Size
			}
			if strings.Contains(b.Text, "{association}") {
				association = b.Size
			}
		}
		if person != 0 && person <= association {
			t.Errorf("%s: the association stands larger than the person", name)
		}
	}
}

func plaque(t *testing.T, material string) Plaque {
	symbol, err := qr.Encode("https://YX.EXAMPLE.CN/Q/7K3X/")
	if err != nil {
		t.Fatal(err)
	}
	return Plaque{
		Fields: map[string]string{
			"name": "沈渡川", "line": "暴雨夜里，他三次返回被淹的地下通道，用一根缆绳，把七个素不相识的人一个一个带了出来。", "story": "那天傍晚，雨已经下了六个小时。",
			"place": "长堤主题公园", "number": "第十二号展板", "code": "7K3X", "host": "yx.example.cn", "promise": "不收钱　不要手机号", "association": "某市见义勇为协会", "kind": "展板",
		},
		Symbol: symbol, Material: material,
		Faces: func(string) *typeset.Face { return fonts.Serif() },
	}
}

func TestProblems(t *testing.T) {
	d, _ := load(sound)
	for _, c := range []struct {
		name   string
		change func(*Plaque)
		want   *diag.Code
		says   string
	}{
		{"far", func(p *Plaque) { p.Distance = 2 }, diag.PlaqueFar, "260 毫米；这个大小最远能在 1 米"},
		{"fine module", func(p *Plaque) { p.Material, p.W = "metal", 50 }, diag.PlaqueModule, "53 毫米"},
		{"fine strokes", func(p *Plaque) { p.Material, p.W = "stone", 90 }, diag.PlaqueStroke, "117 毫米宽"},
		{"missing glyph", func(p *Plaque) { p.Fields["name"] = "沈\U00030000川" }, diag.PlaqueGlyph, ""},
		{"too long", func(p *Plaque) { p.Fields["name"] = strings.Repeat("沈渡川", 20) }, diag.PlaqueFit, ""},
	} {
		p := plaque(t, "paper")
		c.change(&p)
		_, problems := Compose(d, p)
		if len(problems) != 1 || problems[0].Code != c.want {
			t.Errorf("%s: got %v", c.name, problems)
			continue
		}
		if hint := problems[0].Code.At("", diag.Pos{}, problems[0].Args...).Hint(diag.Chinese); !strings.Contains(hint, c.says) {
			t.Errorf("%s: hint %q", c.name, hint)
		}
	}
}

// What a message says would work, works.
func TestNamedSizesWork(t *testing.T) {
	d, _ := load(sound)
	for _, metres := range []float64{0.5, 1, 1.37, 2, 4.2} {
		p := plaque(t, "metal")
		p.Distance = metres
		_, problems := Compose(d, p)
		for _, x := range problems {
			if x.Code == diag.PlaqueFar {
				if _, err := fmt.Sscan(x.Args[2].(string), &p.W); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, problems := Compose(d, p); len(problems) > 0 {
			t.Errorf("%g m: a width of %g mm was named and does not work: %v", metres, p.W, problems)
		}
	}
}

func TestScaleKeepsProportion(t *testing.T) {
	d, _ := load(sound)
	p := plaque(t, "")
	p.W, p.H = 260, 400
	l, problems := Compose(d, p)
	if len(problems) > 0 || l.Scale != 2 || l.CodeBox.W != 200 || l.CodeBox.X != 30 || l.CodeBox.Y != 70 {
		t.Errorf("%+v, %v", l.CodeBox, problems)
	}
	p.W, p.H = 260, 0
	if l, _ := Compose(d, p); l.H != 320 {
		t.Errorf("height %g", l.H)
	}
}

func TestContrast(t *testing.T) {
	if c := Contrast(color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}); c < 20.9 || c > 21.1 {
		t.Errorf("black on white: %g", c)
	}
}
