package kit

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaque/design"
)

// Every piece is placed once, where a printer prints and clear of its neighbours.
func TestPack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SampledFrom([]float64{42, 60, 90, 100, 130, 172, 200, 265, 400})
		var pieces []piece
		for range rapid.IntRange(1, 4).Draw(t, "sizes") {
			w, h := side.Draw(t, "w"), side.Draw(t, "h")
			for range rapid.IntRange(1, 30).Draw(t, "n") {
				pieces = append(pieces, piece{w, h, len(pieces)})
			}
		}
		skip := rapid.IntRange(0, 9).Draw(t, "skip")
		got := pack(pieces, skip)
		seen := make([]int, len(pieces))
		for i, pages := range got.pages {
			roomW, roomH := papers[i].room()
			for _, page := range pages {
				for j, x := range page {
					seen[x.at]++
					w, h := x.lies()
					if x.x < -1e-9 || x.y < -1e-9 || x.x+w > roomW+1e-9 || x.y+h > roomH+1e-9 {
						t.Fatalf("%v lies beyond %g × %g", x, roomW, roomH)
					}
					for _, y := range page[:j] {
						v, u := y.lies()
						if x.x < y.x+v+sheetGutter-1e-6 && y.x < x.x+w+sheetGutter-1e-6 && x.y < y.y+u+sheetGutter-1e-6 && y.y < x.y+h+sheetGutter-1e-6 {
							t.Fatalf("%v and %v are closer than the gutter", x, y)
						}
					}
				}
			}
		}
		for _, x := range got.large {
			seen[x.at]++
			w, h := papers[1].room()
			if len(pattern(x.w, x.h, w, h)) > 0 {
				t.Fatalf("%v fits and was left out", x)
			}
		}
		for i, n := range seen {
			if n != 1 {
				t.Fatalf("the piece %d is there %d times", i, n)
			}
		}
	})
}

func (p placed) lies() (w, h float64) {
	if p.turned {
		return p.h, p.w
	}
	return p.w, p.h
}

// How many pages pieces take, and of which paper.
func TestPages(t *testing.T) {
	for _, c := range []struct {
		w, h   float64
		n      int
		a4, a3 int
	}{
		{90, 130, 4, 1, 0}, // four tags an A4
		{90, 130, 950, 238, 0},
		{130, 172, 950, 475, 0}, // turned, two an A4
		{60, 80, 9, 1, 0},
		{210, 280, 1, 0, 1},
		{250, 130, 3, 0, 1}, // one above two turned ones
		{420, 300, 1, 0, 0},
	} {
		pieces := make([]piece, c.n)
		for i := range pieces {
			pieces[i] = piece{c.w, c.h, i}
		}
		got := pack(pieces, 0)
		if a4, a3 := len(got.pages[0]), len(got.pages[1]); a4 != c.a4 || a3 != c.a3 {
			t.Errorf("%d of %g × %g: %d A4 and %d A3, want %d and %d", c.n, c.w, c.h, a4, a3, c.a4, c.a3)
		}
	}
	skipped := pack([]piece{{90, 130, 0}}, 3)
	if x := skipped.pages[0][0][0]; x.x < 90 || x.y < 130 {
		t.Errorf("the fourth place is at %g, %g", x.x, x.y)
	}
}

// A changed name makes one file anew, whose pages are few.
func TestOneFileChanges(t *testing.T) {
	all := designs(t)
	v := Venue{Name: "公园"}
	for i := range 200 {
		p := venue().Plaques[0]
		p.Code = fmt.Sprintf("C%03d", i)
		v.Plaques = append(v.Plaques, p)
	}
	prints := func() (out []fingerprint.Fingerprint) {
		for _, f := range PlanSheets(v, all, 1) {
			out = append(out, fingerprint.Of(&f))
			if len(f.Pages) > pagesPerFile {
				t.Errorf("%s has %d pages", f.Name, len(f.Pages))
			}
		}
		return out
	}
	before := prints()
	v.Plaques[77].Exhibit = "别的名字"
	changed := 0
	for i, p := range prints() {
		if p != before[i] {
			changed++
		}
	}
	if len(before) < 3 || changed != 1 {
		t.Errorf("%d of %d files change", changed, len(before))
	}
}

func TestSheets(t *testing.T) {
	all := designs(t)
	v := venue()
	v.Plaques[0].W = 130
	files := PlanSheets(v, all, 1)
	pages := 0
	for i := range files {
		b, err := files[i].PDF(all, Draw)
		if err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Fatalf("%s: %v", files[i].Name, err)
		}
		pages += len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(b, -1))
	}
	if len(files) != 2 || files[0].Name != "sheet.pdf" || files[1].Name != "sheet-a3.pdf" || pages != 3 {
		t.Errorf("an A4, an A3 and a list of what is larger are three pages, not %d", pages)
	}
	if empty := PlanSheets(Venue{Plaques: venue().Plaques[1:2]}, all, 1); empty[0].Name != "sheet.pdf" || len(empty) != 2 {
		t.Error("there is always a sheet.pdf")
	}
}

func BenchmarkSheets(b *testing.B) {
	d := &design.Design{W: 130, H: 172}
	v := Venue{}
	for i := range 950 {
		v.Plaques = append(v.Plaques, Plaque{Code: fmt.Sprint(i), Design: "tag"})
	}
	for b.Loop() {
		PlanSheets(v, map[string]*design.Design{"tag": d}, 1)
	}
}
