package design

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/plaque/qr"
)

const board = `width: 1000
height: 1000
distance: 1.5
material: acrylic
panel: "#FFFFFF"
mark: "#000000"
boxes:
  - {fill: "#14171C", x: 0, y: 0, width: 1000, height: 200}
  - {text: "{name}", x: 40, y: 40, width: 500, height: 120, size: 120, min: 30, lines: 1, ink: "#FFFFFF"}
  - {code: true, x: 760, y: 260, width: 180}
  - {x: 40, y: 240, width: 640, height: 700, spread: 2, flow: [
      {text: "{line}", size: 60, min: 30},
      {rule: 1, gap: 20},
      {facts: 4, columns: 2, gutter: 20, size: 40, min: 26, label: 20, gap: 20},
      {text: "{story}", size: 60, min: 26, gap: 20, shorten: true},
      {text: "{none}", size: 60, min: 26, gap: 20}]}
`

// What an editor of designs can get wrong, and where she is told.
func TestMistakes(t *testing.T) {
	change := func(from, to string) string { return strings.Replace(board, from, to, 1) }
	for _, c := range []struct{ name, text, at, says string }{
		{"sound", board, "", ""},
		{"type too small for its distance", change("size: 60, min: 30", "size: 60, min: 20"), "12:7", "至少写 25"},
		{"of a sign more is asked", change("size: 60, min: 30", "size: 60, min: 26, role: sign"), "12:7", "至少写 30"},
		{"of small print less", change("size: 60, min: 30", "size: 60, min: 15, role: small"), "", ""},
		{"label too small", change("label: 20", "label: 9"), "14:7", "至少写 15"},
		{"light type on a light ground", change(`height: 200}`, `height: 60}`), "9:5", "明暗比只有 1.0:1"},
		{"code too small for its distance", change("width: 180", "width: 100"), "10:5", "至少宽 150"},
		{"code for a nearer scan", strings.Replace(change("width: 180", "width: 100"), "distance: 1.5", "distance: 1.5\nscan: 1", 1), "", ""},
		{"a tile that is no larger than its code", change("width: 180", "width: 180, tile: 150"), "10:5", "贴片"},
		{"names without bays", board + "  - {names: true, x: 0, y: 0, width: 500, height: 900, size: 60}\n", "17:5", "bay"},
		{"an item with a place", change("{rule: 1,", "{rule: 1, x: 4,"), "13:17", "没有“x”"},
		{"facts without a size", change("size: 40, min: 26, ", ""), "14:7", "size"},
	} {
		d, found := load(c.text)
		var at []string
		words := ""
		for _, f := range found {
			at = append(at, fmt.Sprintf("%d:%d", f.Pos.Line, f.Pos.Col))
			words += f.Message(diag.Chinese)
		}
		if got := strings.Join(at, " "); got != c.at || !strings.Contains(words, c.says) || (d != nil) != (c.at == "") {
			t.Errorf("%s: got %q, want %q: %s", c.name, got, c.at, words)
		}
	}
}

func boardPlaque(t *testing.T) Plaque {
	p := plaque(t, "")
	p.Facts = []Fact{{"时间", "2021年7月20日"}, {"地点", "渡口区桥洞地下通道"}, {"事迹", "抢险救灾"}}
	return p
}

// texts are where the type of a layout stands.
func texts(l Layout) shape.Box {
	var all shape.Outline
	for _, x := range l.Layers {
		all = append(all, x.Outline...)
	}
	return all.Bounds()
}

// A flow stays in its box whatever it says, and fills it as far as its largest type allows.
func TestFlowFillsItsBox(t *testing.T) {
	d, _ := load(board)
	rapid.Check(t, func(r *rapid.T) {
		p := boardPlaque(t)
		p.Fields["line"] = strings.Repeat("他三次返回被淹的通道，", rapid.IntRange(0, 6).Draw(r, "line"))
		n := rapid.IntRange(0, 120).Draw(r, "story")
		p.Fields["story"] = strings.Repeat("那天傍晚，雨已经下了六个小时。", n)
		p.Fields["more"] = "……"
		l, problems := Compose(d, p)
		if len(problems) > 0 {
			r.Fatalf("%v", problems)
		}
		b := texts(l)
		if b.Y+b.H > 946 || // a comma hangs out of its square
			b.X+b.W > 680.5 {
			r.Fatalf("type reaches to %.1f, %.1f", b.X+b.W, b.Y+b.H)
		}
		if n > 20 && b.Y+b.H < 860 {
			r.Fatalf("a long story ends at %.1f", b.Y+b.H)
		}
	})
}

// Type that is too small or too thin when the plaque is made: the width that is named works.
func TestNamedWidthsHold(t *testing.T) {
	d, _ := load(board)
	for _, c := range []struct {
		material string
		width    float64
		want     *diag.Code
	}{{"acrylic", 380, diag.PlaqueType}, {"stone", 200, diag.PlaqueStroke}} {
		p := boardPlaque(t)
		p.Material, p.W = c.material, c.width
		seen := false
		for range 4 { // one after the other
			_, problems := Compose(d, p)
			for _, x := range problems {
				seen = seen || x.Code == c.want
				w := 0.0
				if _, err := fmt.Sscan(x.Args[len(x.Args)-1].(string), &w); err != nil {
					t.Fatal(err)
				}
				p.W = max(p.W, w)
			}
		}
		if _, problems := Compose(d, p); !seen || len(problems) > 0 {
			t.Errorf("%s: told %v; at %g mm: %v", c.material, seen, p.W, problems)
		}
	}
}

// Whoever stands nearer than the design thinks may have smaller type.
func TestNearer(t *testing.T) {
	d, _ := load(board)
	p := boardPlaque(t)
	p.W, p.Distance = 380, 0.5
	if _, problems := Compose(d, p); len(problems) > 0 {
		t.Errorf("%v", problems)
	}
}

const wall = `width: 600
height: 1500
bay: 600
distance: 3
material: metal
stroke: 3
boxes:
  - {code: true, x: 150, y: 1070, width: 300}
  - {names: true, x: 40, y: 80, width: 520, height: 1340, size: 60, min: 50, leading: 1.6, columns: 2, gutter: 40, label: 40, font: kai}
`

// A wall has as many bays as its names take, a fifth of them free, and every name stands in
// one of them.
func TestWall(t *testing.T) {
	d, found := load(wall)
	if d == nil {
		t.Fatal(found)
	}
	for _, n := range []int{0, 1, 27, 28, 400, 2000} {
		p := plaque(t, "")
		p.Rolls = nil
		for i := 0; i < n; i += 40 {
			r := Roll{Head: "第2届　2022年"}
			for j := i; j < min(n, i+40); j++ {
				r.Names = append(r.Names, []string{"沈渡川", "王苗", "渡口摆渡班", "令狐谦"}[j%4])
			}
			p.Rolls = append(p.Rolls, r)
		}
		l, problems := Compose(d, p)
		if len(problems) > 0 {
			t.Fatalf("%d names: %v", n, problems)
		}
		bays := int(l.W/600) - 1
		lastUsed := 0.0
		for _, x := range l.Layers {
			for _, c := range x.Outline {
				b := shape.Outline{c}.Bounds()
				lastUsed = max(lastUsed, b.X)
				if at := int(b.X / 600); b.X+b.W > float64(at+1)*600-30 || b.Y+b.H > 1425 {
					t.Fatalf("%d names: type leaves its bay at %v", n, b)
				}
			}
		}
		if used := lastUsed/600 - 1; n > 0 && (used > 0.85*float64(bays)+0.5 || len(l.Seams) != bays+1) {
			t.Errorf("%d names: %.1f of %d bays are used, %d seams", n, used, bays, len(l.Seams))
		}
	}
}

// A code on a piece of its own is asked what that piece holds, not what the stone does.
func TestTile(t *testing.T) {
	d, found := load("width: 600\nheight: 500\nmaterial: stone\nstroke: 12\npanel: \"#CFCAC0\"\nboxes:\n" +
		"  - {text: \"{exhibit}\", x: 36, y: 60, width: 290, height: 390, size: 290, min: 150, vertical: true, grow: true, font: kai}\n" +
		"  - {code: true, x: 357, y: 237, width: 186, tile: 240}\n")
	if d == nil {
		t.Fatal(found)
	}
	p := plaque(t, "")
	p.Fields["exhibit"] = "敢"
	l, problems := Compose(d, p)
	if len(problems) > 0 || l.Tile == nil || l.Tile.W != 240 {
		t.Fatalf("%v, tile %v", problems, l.Tile)
	}
	p.Fields["exhibit"] = "见义勇为"
	if _, problems = Compose(d, p); len(problems) != 1 || problems[0].Code != diag.PlaqueFit {
		t.Errorf("four characters in one column of 390 mm: %v", problems)
	}
}

func BenchmarkBoard(b *testing.B) {
	d, _ := load(board)
	symbol, err := qr.Encode("https://YX.EXAMPLE.CN/Q/7K3X/")
	if err != nil {
		b.Fatal(err)
	}
	p := plaque(&testing.T{}, "")
	p.Symbol = symbol
	p.Fields["story"] = strings.Repeat("那天傍晚，雨已经下了六个小时。", 60)
	for b.Loop() {
		if _, problems := Compose(d, p); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
