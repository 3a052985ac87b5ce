package artwork

import (
	"bytes"
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/tiff"

	"mingdeng/internal/drawing/shape"
)

// What a film says is what another decoder reads, whatever the rows are: x/image's reader of
// the same standard.
func TestGroupFour(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 6))
	for _, w := range []int{1, 8, 63, 64, 65, 1791, 2560, 2561, 9000} {
		const h = 60
		rows := make([][]int, h)
		for y := range rows {
			switch {
			case y > 0 && r.IntN(3) == 0: // near the row above
				for _, x := range rows[y-1] {
					rows[y] = append(rows[y], min(max(x+r.IntN(9)-4, 0), w))
				}
			case r.IntN(5) > 0:
				for range r.IntN(40) {
					rows[y] = append(rows[y], r.IntN(w+1))
				}
			}
			slices.Sort(rows[y])
			rows[y] = once(rows[y])
			if len(rows[y])%2 == 1 {
				rows[y] = append(rows[y], w)
				rows[y] = once(rows[y])
			}
		}
		b := groupFour(w, h, 1200, func(y int) []int { return rows[y] })
		img, err := tiff.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%d wide: %v", w, err)
		}
		for y, row := range rows {
			black, next := false, 0
			for x := range w {
				for next < len(row) && row[next] == x {
					black = !black
					next++
				}
				if dark(img, x, y) != black {
					t.Fatalf("%d wide: the pixel %d, %d is wrong", w, x, y)
				}
			}
		}
	}
}

// once takes out what stands twice: a run of nothing.
func once(row []int) []int {
	var out []int
	for _, x := range row {
		if n := len(out); n > 0 && out[n-1] == x {
			out = out[:n-1]
		} else {
			out = append(out, x)
		}
	}
	return out
}

func dark(img image.Image, x, y int) bool {
	r, _, _, _ := img.At(x, y).RGBA()
	return r < 0x8000
}

// A film holds the etched plates alone, in their places; mirrored it is the same turned over.
func TestFilm(t *testing.T) {
	s := &Scene{W: 50, H: 30, Panel: RGB{255, 255, 255}, Items: []Item{
		{Outline: shape.Rect(shape.Box{X: 5, Y: 5, W: 10, H: 10}, 0), Ink: Engrave(RGB{})},
		{Outline: shape.Rect(shape.Box{X: 30, Y: 5, W: 10, H: 10}, 0), Ink: Mixed(RGB{200, 0, 0})},
	}}
	var films [2]image.Image
	for i := range films {
		b, err := s.Film(Film{DPI: 254, Mirror: i == 1})
		if err != nil {
			t.Fatal(err)
		}
		if films[i], err = tiff.Decode(bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	}
	w, h := films[0].Bounds().Dx(), films[0].Bounds().Dy()
	if w != 740 || h != 540 {
		t.Fatalf("%d × %d px", w, h)
	}
	n := 0
	for y := range h {
		for x := range w {
			inside := x >= 170 && x < 270 && y >= 170 && y < 270
			trim := x >= 120 && x < 620 && y >= 120 && y < 420
			if trim && dark(films[0], x, y) != inside {
				t.Fatalf("%d, %d", x, y)
			}
			if dark(films[0], x, y) != dark(films[1], w-1-x, y) {
				t.Fatalf("mirrored: %d, %d", x, y)
			}
			if !trim && dark(films[0], x, y) {
				n++
			}
		}
	}
	if n == 0 {
		t.Error("no crop marks")
	}
}
