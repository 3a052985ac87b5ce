package kit

import (
	"bytes"
	"encoding/csv"
	"image"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/image/tiff"

	"mingdeng/internal/date"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

func designs(t testing.TB) map[string]*design.Design {
	sub, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	d, found := design.Load(layered.Of(sub, "themes/lamplight"), nil)
	if len(found) > 0 || len(d) < 4 {
		t.Fatalf("%d designs, %v", len(d), found)
	}
	return d
}

func venue() Venue {
	plaque := func(code, design string) Plaque {
		return Plaque{
			Code: code, Address: "https://YX.EXAMPLE.CN/Q/" + code + "/", Design: design, Exhibit: "展板，“甲”", Number: "12", PlanAt: []float64{0.25, 0.5},
			Issued: date.Date{Year: 2026, Month: 11, Day: 3}, Distance: 0.7,
			Fields: map[string]string{"name": "沈渡川", "line": "一句话。", "code": code, "host": "yx.example.cn", "promise": "不收钱"},
		}
	}
	return Venue{Slug: "park", Name: "长堤主题公园", Plaques: []Plaque{plaque("7K3X", "tag"), plaque("9WX2", "plaque"), plaque("A1NH", "panel")}}
}

func factsOf(v Venue, all map[string]*design.Design) func(int) (Facts, error) {
	return func(i int) (Facts, error) { return NewFacts(v.Plaques[i], all[v.Plaques[i].Design]) }
}

func TestFilesAreTheSameTwice(t *testing.T) {
	all := designs(t)
	for _, p := range venue().Plaques {
		for _, f := range Formats() {
			var made [2][]byte
			for i := range made {
				x, err := Draw(p, all[p.Design])
				if err != nil {
					t.Fatal(err)
				}
				if made[i], err = x.Bytes(f); err != nil || len(made[i]) < 500 {
					t.Fatalf("%s.%s: %d bytes, %v", p.Code, f, len(made[i]), err)
				}
			}
			if !bytes.Equal(made[0], made[1]) {
				t.Errorf("%s.%s differs from one time to the next", p.Code, f)
			}
		}
	}
}

func TestManifest(t *testing.T) {
	all := designs(t)
	v := venue()
	m, err := NewManifest(v, all, factsOf(v, all))
	if err != nil {
		t.Fatal(err)
	}
	var text, book, again bytes.Buffer
	if m.CSV(&text) != nil || m.XLSX(&book) != nil || m.XLSX(&again) != nil {
		t.Fatal("the manifest cannot be written")
	}
	if !bytes.Equal(book.Bytes(), again.Bytes()) {
		t.Error("the workbook differs from one time to the next")
	}
	plain, ok := strings.CutPrefix(text.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if !ok || err != nil || len(rows) != 4 || len(rows[0]) != len(columns)+2*3 {
		t.Fatalf("CSV: %v, %d rows", err, len(rows))
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells, err := f.GetRows("铭牌")
	if err != nil || len(cells) != 4 {
		t.Fatalf("workbook: %v, %d rows", err, len(cells))
	}
	for i, p := range v.Plaques {
		x, err := Draw(p, all[p.Design])
		if err != nil {
			t.Fatal(err)
		}
		svg, err := x.Bytes(SVG)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range [][]string{rows[i+1], cells[i+1]} {
			if row[0] != p.Code || row[1] != p.Address || row[2] != p.Exhibit || row[len(columns)+1] != SHA256(svg) {
				t.Errorf("%s: %v", p.Code, row[:5])
			}
		}
	}
}

// What is made, and of which plates, follows from the material.
func TestMaterials(t *testing.T) {
	all := designs(t)
	for _, c := range []struct {
		material    string
		files       []Format
		has, hasNot []string // in the PDF
	}{
		{"", Formats(), []string{"FOGRA39"}, []string{"Engrave", "/White"}},
		{"paper", Formats(), []string{"FOGRA39"}, []string{"Engrave", "/White"}},
		{"acrylic", append(Formats(), MirrorPDF), []string{"FOGRA39", "/Separation /White"}, []string{"Engrave"}},
		{"glass", append(Formats(), MirrorPDF), []string{"/Separation /White"}, []string{"Engrave"}},
		{"steel", append(Formats(), Film, MirrorFilm), []string{"/Separation /Engrave"}, []string{"FOGRA39", "/White"}},
		{"stone", Formats(), []string{"/Separation /Engrave"}, []string{"FOGRA39"}},
		{"wood", Formats(), []string{"/Separation /Engrave"}, []string{"FOGRA39"}},
	} {
		p := venue().Plaques[1]
		p.Material = c.material
		if c.material == "stone" {
			p.W = 320 // or its strokes would be too thin
		}
		if !slices.Equal(p.Files(), c.files) {
			t.Errorf("%q: %v", c.material, p.Files())
		}
		x, err := Draw(p, all[p.Design])
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.files {
			b, err := x.Bytes(f)
			if err != nil || len(b) < 500 {
				t.Errorf("%q: %s: %d bytes, %v", c.material, f, len(b), err)
			}
			if f != PDF {
				continue
			}
			for _, want := range c.has {
				if !bytes.Contains(b, []byte(want)) {
					t.Errorf("%q: the PDF lacks %s", c.material, want)
				}
			}
			for _, none := range c.hasNot {
				if bytes.Contains(b, []byte(none)) {
					t.Errorf("%q: the PDF has %s", c.material, none)
				}
			}
		}
	}
	if ProcessOf("steel", true) != Printed || ProcessOf("glass", true) != Reversed {
		t.Error("a photograph is printed on anything, and behind glass")
	}
}

// The code of a film reads, and that of a mirrored one when it is turned over.
func TestFilmReads(t *testing.T) {
	p := venue().Plaques[0]
	p.Material, p.W, p.Distance = "copper", 90, 0
	x, err := Draw(p, designs(t)[p.Design])
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []Format{Film, MirrorFilm} {
		b, err := x.Bytes(f)
		if err != nil {
			t.Fatal(err)
		}
		img, err := tiff.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		const step = 24
		small := image.NewGray(image.Rect(0, 0, img.Bounds().Dx()/step, img.Bounds().Dy()/step))
		for y := range small.Rect.Dy() {
			for x := range small.Rect.Dx() {
				from := x * step
				if f == MirrorFilm {
					from = img.Bounds().Dx() - 1 - from
				}
				small.Set(x, y, img.At(from, y*step))
			}
		}
		if text, err := qr.Read(small); err != nil || text != p.Address {
			t.Errorf("%s reads %q, %v", f, text, err)
		}
	}
}

// The size that a message names for a photograph is one that works.
func TestResolution(t *testing.T) {
	all := designs(t)
	p := venue().Plaques[2]
	p.Photo = &Photo{Width: 600, Height: 800}
	dpi, w, h, ok := Resolution(p, all[p.Design])
	if !ok || dpi >= LeastDPI {
		t.Fatalf("600 px on a display board have %g dpi, %v", dpi, ok)
	}
	p.Photo.Width, p.Photo.Height = w, h
	if dpi, _, _, _ := Resolution(p, all[p.Design]); dpi < LeastDPI {
		t.Errorf("%d × %d px have %g dpi", w, h, dpi)
	}
	p.Photo.Drawing = true
	if _, _, _, ok := Resolution(p, all[p.Design]); ok {
		t.Error("a drawing is too coarse")
	}
}

// BenchmarkDraw draws one plaque of each of the old designs and makes all its files.
func BenchmarkDraw(b *testing.B) {
	all := designs(b)
	for _, name := range []string{"tag", "plaque", "panel", "honor"} {
		b.Run(name, func(b *testing.B) {
			p := venue().Plaques[0]
			p.Design = name
			p.Fields["story"] = strings.Repeat("那天傍晚，雨已经下了六个小时。", 20)
			for b.Loop() {
				x, err := Draw(p, all[name])
				if err != nil {
					b.Fatal(err)
				}
				for _, f := range Formats() {
					if _, err := x.Bytes(f); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
