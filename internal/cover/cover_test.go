package cover

import (
	"bytes"
	"image/jpeg"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/plaque/design"
	"mingdeng/themes"
)

func lamplight(t *testing.T) map[string]*design.Cover {
	sub, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	covers, found := design.LoadCovers(sub, "themes/lamplight")
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
		b, missing, err := NewPress(covers["cover"]).Draw(Front{Fields: fields}, nil)
		if err != nil {
			t.Fatalf("%q: %v", title, err)
		}
		if dir := os.Getenv("COVERS"); dir != "" {
			os.WriteFile(dir+"/"+string([]rune(title)[:1])+".jpg", b, 0o644)
		}
		img, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil || img.Bounds().Dx() != Width || img.Bounds().Dy() < 2200 {
			t.Fatalf("%q: %v, %v", title, img.Bounds(), err)
		}
		if r, _, _, _ := img.At(800, img.Bounds().Max.Y-1).RGBA(); r < 0xe000 {
			t.Errorf("%q: the lowest row is not paper", title)
		}
		dark := 0
		for y := 450; y < 1200; y += 2 {
			for x := 100; x < 1500; x += 2 {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x5000 {
					dark++
				}
			}
		}
		if dark < 2000 {
			t.Errorf("%q: only %d dark points where the title stands", title, dark)
		}
		if want := strings.Contains(title, "\U00031350"); slices.Contains(missing, '\U00031350') != want {
			t.Errorf("%q: missing %q", title, missing)
		}
	}
	front := Front{Fields: map[string]string{"title": "灯"}}
	one, _, err1 := NewPress(covers["cover"]).Draw(front, nil)
	two, _, err2 := NewPress(covers["cover"]).Draw(front, nil)
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Errorf("other bytes the second time (%v, %v)", err1, err2)
	}
}

func TestDrawPlate(t *testing.T) {
	art := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path fill="#00f" d="M0 0h200v100H0z"/></svg>`)
	b, _, err := NewPress(lamplight(t)["plate"]).Draw(Front{Fields: map[string]string{"title": "见义勇为", "seal": "明灯"}, Picture: art}, nil)
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
	if _, _, err := NewPress(lamplight(t)["plate"]).Draw(Front{Picture: []byte("no picture")}, nil); err == nil {
		t.Error("a broken picture was drawn")
	}
}
