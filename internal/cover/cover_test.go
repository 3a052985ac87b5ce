package cover

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

func lamplight(t testing.TB) map[string]*design.Cover {
	sub, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	covers, found := design.LoadCovers(layered.Of(sub, "themes/lamplight"), lamplightColours)
	if len(found) > 0 || covers["cover"] == nil || covers["plate"] == nil {
		t.Fatalf("%v %v", covers, found)
	}
	return covers
}

// Every title comes out as a picture of the same size, dark where there is type: short
// and endless, Latin, in characters that no font has.
func TestDraw(t *testing.T) {
	covers := lamplight(t)
	for _, title := range []string{"见义勇为", "灯", "Lamplight: the people who went back in", strings.Repeat("很长的书名", 60), "生僻\U00031350字", "𬀩先生"} {
		fields := map[string]string{"title": title, "subtitle": "副题", "editors": "甲、乙", "publisher": "某某印发", "seal": "明灯"}
		b, missing, err := NewPainter(covers["cover"]).Draw(Front{Fields: fields}, nil)
		if err != nil {
			t.Fatalf("%q: %v", title, err)
		}
		if dir := os.Getenv("COVERS"); dir != "" {
			os.WriteFile(dir+"/"+string([]rune(title)[:1])+".jpg", b, 0o644)
		}
		img, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil || img.Bounds().Dx() != Width || img.Bounds().Dy() < 1650 {
			t.Fatalf("%q: %v, %v", title, img.Bounds(), err)
		}
		if r, _, _, _ := img.At(Width/2, img.Bounds().Max.Y-1).RGBA(); r < 0xe000 {
			t.Errorf("%q: the lowest row is not paper", title)
		}
		dark := 0
		for y := 338; y < 900; y += 2 {
			for x := 75; x < 1125; x += 2 {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x5000 {
					dark++
				}
			}
		}
		if dark < 1100 {
			t.Errorf("%q: only %d dark points where the title stands", title, dark)
		}
		if want := strings.Contains(title, "\U00031350"); slices.Contains(missing, '\U00031350') != want {
			t.Errorf("%q: missing %q", title, missing)
		}
	}
	front := Front{Fields: map[string]string{"title": "灯"}}
	one, _, err1 := NewPainter(covers["cover"]).Draw(front, nil)
	two, _, err2 := NewPainter(covers["cover"]).Draw(front, nil)
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Errorf("other bytes the second time (%v, %v)", err1, err2)
	}
}

func TestDrawPlate(t *testing.T) {
	art := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path fill="#00f" d="M0 0h200v100H0z"/></svg>`)
	b, _, err := NewPainter(lamplight(t)["plate"]).Draw(Front{Fields: map[string]string{"title": "见义勇为", "seal": "明灯"}, Picture: art}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("COVERS"); dir != "" {
		os.WriteFile(dir+"/plate.jpg", b, 0o644)
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	at := func(x, y float64) (uint32, uint32) {
		r, _, bl, _ := img.At(int(x*Width/148), int(y*Width/148)).RGBA()
		return r >> 8, bl >> 8
	}
	// The picture is twice as wide as high, so it fills the box's width and not its height.
	if r, bl := at(42, 66); r > 40 || bl < 200 {
		t.Errorf("the picture does not reach the side of its box: %d %d", r, bl)
	}
	if r, _ := at(74, 24); r < 200 {
		t.Errorf("the picture was cropped or stretched: red %d above it", r)
	}
	if _, _, err := NewPainter(lamplight(t)["plate"]).Draw(Front{Picture: []byte("no picture")}, nil); err == nil {
		t.Error("a broken picture was drawn")
	}
}

// A background of another shape than the cover is fitted to it, and boxes may overlap.
func TestDrawLooseDesigns(t *testing.T) {
	wave := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path fill="#fde" d="M0 0h30v20H0z"/><path fill="#070" d="M0 0Q15 40 30 0z"/></svg>`)
	box := func(kind design.Kind, x, y, w, h float64) design.Box {
		return design.Box{Kind: kind, X: x, Y: y, W: w, H: h, Text: "{title}", Size: 9, Min: 3, Leading: 1.3, Align: typeset.Center}
	}
	for _, ground := range [][]byte{nil, wave} {
		c := &design.Cover{Ground: ground, Design: design.Design{
			W: 100, H: 131, Panel: color.RGBA{R: 9, G: 99, B: 199, A: 255}, Mark: color.RGBA{R: 250, A: 255},
			Boxes: []design.Box{box(design.Text, 0, 0, 50, 20), box(design.Text, 60, 100, 40, 31), box(design.Picture, 20, 10, 30, 60), box(design.Text, 10, 60, 60, 30)},
		}}
		p := NewPainter(c)
		blank := drawn(t, p, Front{})
		if r, g, b, _ := blank.At(5, blank.Bounds().Dy()-5).RGBA(); ground == nil && (r>>8 > 30 || g>>8 < 80 || b>>8 < 180) {
			t.Errorf("the panel is %d %d %d", r>>8, g>>8, b>>8)
		}
		told := drawn(t, p, Front{Fields: map[string]string{"title": "见义勇为", "seal": "明灯"}, Picture: wave})
		if reflect.DeepEqual(blank, told) {
			t.Error("nothing stands on the cover")
		}
		if again := drawn(t, p, Front{}); !reflect.DeepEqual(blank, again) {
			t.Error("a cover shows what was drawn before it")
		}
	}
}

func drawn(t *testing.T, p *Painter, f Front) image.Image {
	b, _, err := p.Draw(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil || img.Bounds().Dx() != Width || img.Bounds().Dy() != int(Width*p.Design.H/p.Design.W) {
		t.Fatalf("%v: %v", img.Bounds(), err)
	}
	return img
}

// A design may be of any shape; what no JPEG can hold is refused.
func TestDrawShapes(t *testing.T) {
	for _, high := range []float64{0.01, 2000} {
		c := &design.Cover{Design: design.Design{W: 100, H: high}}
		if _, _, err := NewPainter(c).Draw(Front{}, nil); err == nil {
			t.Errorf("a cover 100 mm wide and %g mm high was drawn", high)
		}
	}
}

// lamplightColours are the colours that lamplight's covers name.
func lamplightColours(name string) string {
	return map[string]string{"paper": "#faf7f0", "ink": "#1c1a17", "ink-2": "#59534a"}[name]
}
