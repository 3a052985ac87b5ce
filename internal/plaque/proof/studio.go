package proof

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"math/rand/v2"
)

// fine is how many pixels a module the picture has that is photographed, normal how
// many a photo has where nothing else is tried.
const (
	fine   = 12
	normal = 5
)

// studio is where photos of one code are taken. It is not changed once made.
type studio struct {
	Subject
	sharp       *image.Gray         // fine pixels a module
	exact       map[int]*image.Gray // by pixels a module, for the trials of scale
	dark, light uint8               // of the artwork
}

func newStudio(s Subject) (*studio, error) {
	st := &studio{Subject: s, exact: map[int]*image.Gray{}}
	for _, px := range append([]int{fine, normal}, scales...) {
		img, err := s.Draw(px)
		if err != nil {
			return nil, err
		}
		if side := (s.Modules + 2*s.Quiet) * px; img.Bounds().Dx() != side || img.Bounds().Dy() != side {
			return nil, fmt.Errorf("drawn at %d px a module it is %v, not %d pixels a side", px, img.Bounds().Size(), side)
		}
		st.exact[px] = grey(img)
	}
	st.sharp = st.exact[fine]
	st.dark, st.light = 255, 0
	for _, v := range st.sharp.Pix {
		st.dark, st.light = min(st.dark, v), max(st.light, v)
	}
	return st, nil
}

// grey copies a picture as luminance, on white where it is transparent.
func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	rgba := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(rgba, rgba.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(rgba, rgba.Rect, img, b.Min, draw.Over)
	g := image.NewGray(rgba.Rect)
	draw.Draw(g, g.Rect, rgba, image.Point{}, draw.Src)
	return g
}

// view is where a camera stands.
type view struct {
	px     float64 // of a module at the centre of the photo
	dx, dy float64 // by how much the code is off it, pixels
	spin   float64 // turn of the camera, radians
	tilt   float64 // angle between the camera and the plaque's normal, radians
	axis   float64 // direction of the line about which it is tilted, radians
}

// away is the camera's distance in widths of the picture: near, so that perspective
// shows.
const away = 3

// shoot takes a photo. Each pixel is the mean of several points, as a sensor's pixel
// gathers light from an area: 3 by 3, or 2 by 2 where pixels are small.
func (s *studio) shoot(v view) *image.Gray {
	modules := float64(s.Modules + 2*s.Quiet)
	side := int(math.Ceil(modules*v.px*(1+0.25*math.Abs(math.Sin(v.tilt))+0.5*math.Abs(math.Sin(v.spin))))) + 2
	out := image.NewGray(image.Rect(0, 0, side, side))
	points := 2
	if v.px < normal {
		points = 3
	}
	distance := away * modules * v.px
	sinTilt, cosTilt := math.Sincos(v.tilt)
	sinAxis, cosAxis := math.Sincos(v.axis)
	sinTurn, cosTurn := math.Sincos(v.axis + v.spin)
	scale := fine / v.px
	middle := float64(s.sharp.Rect.Dx()) / 2
	for y := range side {
		for x := range side {
			sum := 0
			for sub := range points * points {
				px := float64(x) + (float64(sub%points)+0.5)/float64(points) - float64(side)/2 - v.dx
				py := float64(y) + (float64(sub/points)+0.5)/float64(points) - float64(side)/2 - v.dy
				// Along the axis of the tilt nothing recedes; across it, what the photo shows
				// at "across" lies at "deep" on the plaque.
				along, across := px*cosTurn+py*sinTurn, py*cosTurn-px*sinTurn
				deep := across
				if v.tilt != 0 {
					deep = across * distance / (distance*cosTilt - across*sinTilt)
					along *= (distance + deep*sinTilt) / distance
				}
				sum += int(s.at(middle+(along*cosAxis-deep*sinAxis)*scale, middle+(along*sinAxis+deep*cosAxis)*scale))
			}
			out.Pix[y*out.Stride+x] = uint8((sum + points*points/2) / (points * points))
		}
	}
	return out
}

// at is the sharp picture's luminance at a point; beyond its edge the panel goes on.
func (s *studio) at(x, y float64) uint8 {
	side := s.sharp.Rect.Dx()
	if x < 0 || y < 0 || x >= float64(side) || y >= float64(side) {
		return s.light
	}
	return s.sharp.Pix[int(y)*s.sharp.Stride+int(x)]
}

// casual is a view as a hand holds a phone: nearly straight, at any phase of the
// pixel grid.
func casual(px float64, r *rand.Rand) view {
	return view{px: px, dx: r.Float64(), dy: r.Float64(), spin: (r.Float64() - 0.5) * 4 * math.Pi / 180}
}

// each pixel of a picture is replaced by what f makes of it.
func remap(g *image.Gray, f func(x, y int, v float64) float64) *image.Gray {
	for y := range g.Rect.Dy() {
		row := g.Pix[y*g.Stride:][:g.Rect.Dx()]
		for x, v := range row {
			row[x] = uint8(math.Round(min(max(f(x, y, float64(v)), 0), 255)))
		}
	}
	return g
}

// blur smooths a picture by a Gaussian of σ pixels, along rows and then along
// columns; beyond its edge the picture goes on as it ends.
func blur(g *image.Gray, sigma float64) *image.Gray {
	radius := int(math.Ceil(3 * sigma))
	kernel := make([]float64, 2*radius+1)
	sum := 0.0
	for i := range kernel {
		d := float64(i-radius) / sigma
		kernel[i] = math.Exp(-d * d / 2)
		sum += kernel[i]
	}
	w, h := g.Rect.Dx(), g.Rect.Dy()
	half := make([]float64, w*h)
	for y := range h {
		for x := range w {
			v := 0.0
			for i, k := range kernel {
				v += k * float64(g.Pix[y*g.Stride+min(max(x+i-radius, 0), w-1)])
			}
			half[y*w+x] = v / sum
		}
	}
	return remap(g, func(x, y int, _ float64) float64 {
		v := 0.0
		for i, k := range kernel {
			v += k * half[min(max(y+i-radius, 0), h-1)*w+x]
		}
		return v / sum
	})
}
