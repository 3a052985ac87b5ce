package proof

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"

	"mingdeng/internal/diag"
)

// kind is one row of the table: how its photos are taken.
type kind struct {
	trial     diag.Text
	parameter string
	need      float64
	count     int
	take      func(*studio, *rand.Rand) *image.Gray
}

var scales = []int{3, 4, 5, 6, 8, 10}

// The trials in order of the table; they are never changed.
var kinds = func() (all []kind) {
	row := func(zh, en, parameter string, need float64, count int, take func(*studio, *rand.Rand) *image.Gray) {
		all = append(all, kind{diag.Text{Zh: zh, En: en}, parameter, need, count, take})
	}
	for _, px := range scales {
		// Drawn on the pixel grid first, which is the promise; then as photos fall.
		row("每模块像素", "scale", fmt.Sprintf("%d px", px), 1, 1, func(s *studio, _ *rand.Rand) *image.Gray { return s.exact[px] })
		row("每模块像素，手持", "scale, by hand", fmt.Sprintf("%d px", px), 0, 12, func(s *studio, r *rand.Rand) *image.Gray { return s.shoot(casual(float64(px), r)) })
	}
	for _, sigma := range []float64{0.3, 0.5, 0.7} {
		row("模糊", "blur", fmt.Sprintf("σ %g", sigma), 0, 10, func(s *studio, r *rand.Rand) *image.Gray {
			return blur(s.shoot(casual(normal, r)), sigma*normal)
		})
	}
	const tilts = 24
	row("倾斜", "tilt", "25°", 0, tilts, func(s *studio, r *rand.Rand) *image.Gray {
		v := casual(normal, r)
		v.tilt, v.axis = 25*math.Pi/180, r.Float64()*2*math.Pi
		v.spin = (r.Float64() - 0.5) * 30 * math.Pi / 180
		return s.shoot(v)
	})
	for _, sigma := range []float64{10, 20, 30, 40} {
		row("噪点", "noise", fmt.Sprintf("σ %g", sigma), 0, 12, func(s *studio, r *rand.Rand) *image.Gray {
			return noise(s.shoot(casual(normal, r)), sigma, r)
		})
	}
	for _, percent := range []int{5, 7, 9, 10, 12} {
		need := 0.0
		if percent <= 9 {
			need = 0.99
		}
		row("遮挡", "patch", fmt.Sprintf("%d %%", percent), need, 100, func(s *studio, r *rand.Rand) *image.Gray {
			return s.patch(float64(percent)/100, r)
		})
	}
	for _, percent := range []int{50, 70, 90} {
		row("反光", "glare", fmt.Sprintf("%d %%", percent), 0, 12, func(s *studio, r *rand.Rand) *image.Gray {
			return glare(s.shoot(casual(normal, r)), float64(percent)/100, r)
		})
	}
	for _, ratio := range []float64{10, 7, 5, 4, 3} {
		row("对比度", "contrast", fmt.Sprintf("%g:1", ratio), 0, 12, func(s *studio, r *rand.Rand) *image.Gray {
			return s.fade(s.shoot(casual(normal, r)), ratio, r)
		})
	}
	return all
}()

func noise(g *image.Gray, sigma float64, r *rand.Rand) *image.Gray {
	return remap(g, func(_, _ int, v float64) float64 { return v + sigma*r.NormFloat64() })
}

// finder is a finder pattern's width with its separator, modules.
const finder = 8

// patch hides one rectangle of that share of the symbol's area, between half and
// twice as wide as high, anywhere in the symbol but on the finder patterns: light or
// dark as the artwork, grey, or speckled.
func (s *studio) patch(share float64, r *rand.Rand) *image.Gray {
	n := float64(s.Modules)
	var x, y, w, h float64
	for {
		aspect := math.Exp((2*r.Float64() - 1) * math.Ln2)
		w = n * math.Sqrt(share*aspect)
		h = n * math.Sqrt(share/aspect)
		x, y = r.Float64()*(n-w), r.Float64()*(n-h)
		left, right, top, bottom := x < finder, x+w > n-finder, y < finder, y+h > n-finder
		if !(top && left) && !(top && right) && !(bottom && left) {
			break
		}
	}
	fill := r.IntN(4)
	px := func(modules float64) int { return int(math.Round((modules + float64(s.Quiet)) * normal)) }
	hidden := image.Rect(px(x), px(y), px(x+w), px(y+h))
	out := image.NewGray(s.exact[normal].Rect)
	copy(out.Pix, s.exact[normal].Pix)
	return remap(out, func(x, y int, v float64) float64 {
		switch {
		case !image.Pt(x, y).In(hidden):
			return v
		case fill == 0:
			return float64(s.light)
		case fill == 1:
			return float64(s.dark)
		case fill == 2:
			return (float64(s.light) + float64(s.dark)) / 2
		default:
			return float64(r.IntN(256))
		}
	})
}

// glare lays a band of light across a photo, at any angle and through any point of
// its inner half: a fifth of the photo wide, soft at both sides, white by the peak.
func glare(g *image.Gray, peak float64, r *rand.Rand) *image.Gray {
	side := float64(g.Rect.Dx())
	sin, cos := math.Sincos(r.Float64() * math.Pi)
	x0, y0 := side*(0.25+r.Float64()/2), side*(0.25+r.Float64()/2)
	return remap(g, func(x, y int, v float64) float64 {
		d := ((float64(x)-x0)*cos + (float64(y)-y0)*sin) / (side / 10)
		return v + (255-v)*peak*math.Exp(-d*d)
	})
}

// fade gives the artwork's light and dark a ratio of reflectances, the light one 50 %,
// under light that falls off to two thirds from one side to the other, with the noise
// of a photo by day.
func (s *studio) fade(g *image.Gray, ratio float64, r *rand.Rand) *image.Gray {
	const reflectance = 0.5
	sin, cos := math.Sincos(r.Float64() * 2 * math.Pi)
	side := float64(g.Rect.Dx())
	span := max(float64(s.light)-float64(s.dark), 1)
	g = remap(g, func(x, y int, v float64) float64 {
		share := (v - float64(s.dark)) / span
		light := 1 - (1+((float64(x)/side-0.5)*cos+(float64(y)/side-0.5)*sin)*math.Sqrt2)/6
		return 255 * encoded(light*reflectance*(1/ratio+share*(1-1/ratio)))
	})
	return noise(g, 4, r)
}

// encoded turns linear light, 0 to 1, into what a picture file holds (IEC 61966-2-1,
// sRGB).
func encoded(v float64) float64 {
	if v <= 0.0031308 {
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}
