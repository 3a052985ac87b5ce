package card

import (
	"image"
	"image/draw"
	"sync"

	"mingdeng/internal/drawing/artwork"
)

type rgb = artwork.RGB

// What a rubbing is made of: ink on paper, and the paper where the ink does not reach.
var (
	rubbed = rgb{R: 0x1b, G: 0x19, B: 0x17}
	chalk  = rgb{R: 0xf4, G: 0xef, B: 0xe4}
)

// stone draws what is cut as it would come off a stone: light on ink, with the stone's grain
// over both, pale in the ink and dark in the strokes. All is whole numbers and tables of our
// own, so that every machine makes the same.
func stone(img *image.RGBA, area image.Rectangle, cut []place) {
	draw.Draw(img, area, image.NewUniform(opaque(rubbed)), image.Point{}, draw.Src)
	for _, p := range cut {
		artwork.Paint(img, p.outline, 1, p.ink)
	}
	fine := grain()
	bloom := make([]int, area.Dx()/4+1) // 0..255: where more ink took, and less; it changes slowly
	for y := area.Min.Y; y < area.Max.Y; y++ {
		if y%4 == 0 {
			for i := range bloom {
				bloom[i] = (3*noise(4*i, y, 7, 1) + noise(4*i, y, 5, 2)) >> 2
			}
		}
		row := img.Pix[y*img.Stride:]
		speck := fine[y%grainSide*grainSide:][:grainSide]
		for x := area.Min.X; x < area.Max.X; x++ {
			broad, n := bloom[(x-area.Min.X)/4], int(speck[x%grainSide])
			p := row[4*x : 4*x+3 : 4*x+3]
			if p[0] < 128 {
				// The ink: specks of paper, and in places a bloom where it lay thin.
				a := max(0, 5*(n+broad/3)-1150) + max(0, broad-150)*2/5
				mix(p, chalk, min(a, 190))
			} else {
				mix(p, rubbed, min(max(0, 6*(n-broad/5)-1130), 210))
			}
		}
	}
}

func opaque(c rgb) rgba { return rgba{c} }

// rgba makes a colour of package image of ours.
type rgba struct{ rgb }

func (c rgba) RGBA() (r, g, b, a uint32) {
	return uint32(c.R) * 0x101, uint32(c.G) * 0x101, uint32(c.B) * 0x101, 0xffff
}

// mix moves a pixel towards a colour by a of 256 parts.
func mix(p []uint8, c rgb, a int) {
	p[0] = uint8((int(p[0])*(256-a) + int(c.R)*a) >> 8)
	p[1] = uint8((int(p[1])*(256-a) + int(c.G)*a) >> 8)
	p[2] = uint8((int(p[2])*(256-a) + int(c.B)*a) >> 8)
}

// grainSide is the side of the table of fine grain, px; it is no part of a picture's side, so
// that its repeats do not line up with an edge.
const grainSide = 331

// grain is fine noise of 0 to 255, made once.
var grain = sync.OnceValue(func() []uint8 {
	t := make([]uint8, grainSide*grainSide)
	for y := range grainSide {
		for x := range grainSide {
			t[y*grainSide+x] = uint8((noise(x, y, 2, 3)*5 + noise(x, y, 1, 4)*3) >> 3)
		}
	}
	return t
})

// noise is value noise: 0..255 at the corners of squares 1<<shift px wide, and between them
// by their distance.
func noise(x, y int, shift uint, seed uint32) int {
	i, j := x>>shift, y>>shift
	side := 1 << shift
	fx, fy := x&(side-1), y&(side-1)
	top := lattice(i, j, seed)*(side-fx) + lattice(i+1, j, seed)*fx
	low := lattice(i, j+1, seed)*(side-fx) + lattice(i+1, j+1, seed)*fx
	return (top*(side-fy) + low*fy) >> (2 * shift)
}

// lattice is a number of 0 to 255 for a point of the plane, without a pattern.
func lattice(x, y int, seed uint32) int {
	h := uint32(x)*0x9e3779b1 ^ uint32(y)*0x85ebca77 ^ seed*0xc2b2ae3d
	h = (h ^ h>>15) * 0x2c1b3c6d
	h = (h ^ h>>12) * 0x297a2d39
	return int(h>>16) & 255
}
