package photo_test

import (
	"image"
	"strconv"
	"testing"

	"mingdeng/internal/plaque/qr/photo"
)

// tiled is a wall of 12 MP of what looks like finder patterns, some width px apart: the worst
// that there is to look through.
func tiled(width int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, 4000, 3000))
	for y := range 3000 {
		for x := range 4000 {
			// Rings of one module: dark, light, and a dark middle of three.
			dx, dy := x%width*9/width-4, y%width*9/width-4
			if ring := max(dx, -dx, dy, -dy); ring == 3 || ring < 2 {
				g.Pix[y*g.Stride+x] = 30
			} else {
				g.Pix[y*g.Stride+x] = 220
			}
		}
	}
	return g
}

// BenchmarkTiles reads walls of tiles, on which there is no symbol.
func BenchmarkTiles(b *testing.B) {
	for _, width := range []int{18, 27, 36, 54, 90, 180} {
		g := tiled(width)
		b.Run(strconv.Itoa(width), func(b *testing.B) {
			for b.Loop() {
				if s := photo.Read(g); len(s) > 0 {
					b.Fatal(s)
				}
			}
		})
	}
}
