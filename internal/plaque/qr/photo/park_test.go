package photo_test

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"

	"mingdeng/internal/plaque/qr"
)

// Photos of plaques in a park, as a phone takes them, made by seed: 12 MP, plaques on boards
// and posts, from the side, in dusk, wet. They are drawn in linear light, blurred, darkened, given noise,
// and encoded.

// width and height of a photo, and the focal length of its camera, pixels.
const (
	width, height = 4032, 3024
	focal         = 3100.0
)

// taken is a photo and what hangs in it.
type taken struct {
	kind  string
	photo *image.Gray
	texts []string
}

// kinds are the conditions, and how many photos are taken under each: 60 with 78 codes.
var kinds = []struct {
	name  string
	count int
	take  func(*rand.Rand) *scene
}{
	{"slant", 12, func(r *rand.Rand) *scene {
		s := one(r, between(r, 5, 9))
		s.plaques[0].yaw = sign(r) * between(r, 38, 66)
		s.plaques[0].pitch = between(r, -20, 20)
		return s
	}},
	{"defocus", 5, func(r *rand.Rand) *scene {
		px := between(r, 4, 14)
		s := one(r, px)
		s.defocus = px * between(r, 0.35, 0.75)
		return s
	}},
	{"motion", 5, func(r *rand.Rand) *scene {
		px := between(r, 5, 14)
		s := one(r, px)
		s.motion, s.along = px*between(r, 0.7, 1.7), r.Float64()*math.Pi
		return s
	}},
	{"dusk", 8, func(r *rand.Rand) *scene {
		px := between(r, 4, 12)
		s := one(r, px)
		s.light, s.noise = between(r, 0.008, 0.05), between(r, 3, 9)
		s.defocus = px * between(r, 0.1, 0.3)
		return s
	}},
	{"glare", 8, func(r *rand.Rand) *scene {
		s := one(r, between(r, 5, 14))
		s.plaques[0].glare = between(r, 0.6, 2)
		s.plaques[0].glareX, s.plaques[0].glareY, s.plaques[0].glareR = between(r, -0.3, 0.3), between(r, -0.3, 0.3), between(r, 0.1, 0.26)
		s.plaques[0].yaw = between(r, -35, 35)
		return s
	}},
	{"wet", 8, func(r *rand.Rand) *scene {
		s := one(r, between(r, 5, 14))
		s.plaques[0].drops = 30 + r.IntN(90)
		s.plaques[0].scratches = 2 + r.IntN(10)
		s.plaques[0].yaw = between(r, -30, 30)
		return s
	}},
	{"cylinder", 8, func(r *rand.Rand) *scene {
		s := one(r, between(r, 5, 11))
		s.plaques[0].radius = between(r, 0.62, 1.4)
		s.plaques[0].yaw = between(r, -18, 18)
		s.plaques[0].pitch = between(r, -25, 25)
		return s
	}},
	{"several", 6, func(r *rand.Rand) *scene {
		s := &scene{r: r, light: 0.8, noise: 1.5, exposure: 1}
		for i := range 4 {
			p := plaqueOf(r, between(r, 3.5, 12))
			p.x, p.y = width/4+float64(i%2)*width/2+between(r, -200, 200), height/4+float64(i/2)*height/2+between(r, -150, 150)
			p.yaw, p.pitch = between(r, -45, 45), between(r, -25, 25)
			s.plaques = append(s.plaques, p)
		}
		return s
	}},
}

// park takes the photos of a kind, or the first few.
func park(kind, few int, each func(i int, t taken)) {
	k := kinds[kind]
	for i := range min(k.count, few) {
		r := rand.New(rand.NewPCG(uint64(kind), uint64(i)))
		s := k.take(r)
		t := taken{kind: k.name, photo: s.shoot()}
		for _, p := range s.plaques {
			t.texts = append(t.texts, p.symbol.Text)
		}
		each(i, t)
	}
}

func between(r *rand.Rand, a, b float64) float64 { return a + (b-a)*r.Float64() }

func sign(r *rand.Rand) float64 { return float64(2*r.IntN(2) - 1) }

// plaque is one that hangs: angles in degrees, lengths in widths of its symbol.
type plaque struct {
	symbol           *qr.Symbol
	x, y, px         float64 // where its middle is in the photo, and how wide a module there
	yaw, pitch, roll float64
	radius           float64 // of the post it is bent around; 0: it is flat
	dark, light      float64 // reflectances
	glare            float64
	glareX, glareY   float64
	glareR           float64
	drops, scratches int
	wet              []drop
	lines            [][4]float64
}

type drop struct{ x, y, r float64 }

type scene struct {
	r               *rand.Rand
	plaques         []*plaque
	light, exposure float64
	noise           float64
	defocus         float64 // σ, pixels
	motion, along   float64 // pixels, direction
}

func plaqueOf(r *rand.Rand, px float64) *plaque {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	code := make([]byte, 4)
	for i := range code {
		code[i] = letters[r.IntN(len(letters))]
	}
	text := "https://YX.EXAMPLE.CN/Q/" + string(code) + "/"
	if r.IntN(4) == 0 {
		text = fmt.Sprintf("https://pay.example.com/?id=%d&from=sticker", r.IntN(1e6))
	}
	s, err := qr.Encode(text)
	if err != nil {
		panic(err)
	}
	return &plaque{symbol: s, px: px, roll: between(r, -8, 8), dark: between(r, 0.03, 0.12), light: between(r, 0.5, 0.85)}
}

func one(r *rand.Rand, px float64) *scene {
	p := plaqueOf(r, px)
	p.x, p.y = between(r, 0.35, 0.65)*width, between(r, 0.35, 0.65)*height
	return &scene{r: r, plaques: []*plaque{p}, light: 0.8, exposure: 1, noise: 1.5}
}

// shoot takes the photo.
func (s *scene) shoot() *image.Gray {
	lin := make([]float32, width*height)
	s.ground(lin)
	for _, p := range s.plaques {
		s.hang(p, lin)
	}
	out := image.NewGray(image.Rect(0, 0, width, height))
	var curve [4096]float64
	for i := range curve {
		curve[i] = encoded(float64(i) / 4095)
	}
	for i, v := range lin {
		// What a sensor does with little light: noise in proportion to its root, then a
		// camera's gain, which is not enough.
		v := float64(v) * s.light
		gain := math.Min(0.5/s.light, 6)
		n := s.noise / 255 * (0.4 + math.Sqrt(v*gain))
		x := curve[int(4095*math.Min(math.Max(v*gain, 0), 1))] + n*s.r.NormFloat64()
		out.Pix[i] = uint8(255*math.Min(math.Max(x, 0), 1) + 0.5)
	}
	return out
}

// ground is gravel, wall and leaves: noise in several sizes, and hard edges.
func (s *scene) ground(lin []float32) {
	type octave struct {
		size int
		grid []float32
		cols int
		amp  float32
	}
	var all []octave
	for _, size := range []int{6, 25, 110, 500} {
		o := octave{size: size, cols: width/size + 3, amp: 0.12}
		o.grid = make([]float32, o.cols*(height/size+3))
		for i := range o.grid {
			o.grid[i] = s.r.Float32() - 0.5
		}
		all = append(all, o)
	}
	for y := range height {
		for x := range width {
			v := float32(0.3)
			for _, o := range all {
				cx, cy := x/o.size, y/o.size
				fx := float32(x-cx*o.size) / float32(o.size)
				fy := float32(y-cy*o.size) / float32(o.size)
				g := o.grid[cy*o.cols+cx:]
				h := o.grid[(cy+1)*o.cols+cx:]
				top, bottom := g[0]+(g[1]-g[0])*fx, h[0]+(h[1]-h[0])*fx
				v += o.amp * 2 * (top + (bottom-top)*fy)
			}
			if (x/37+y/53)%11 == 0 { // joints and blades
				v *= 0.5
			}
			lin[y*width+x] = max(v, 0.02)
		}
	}
}

// hang draws a plaque, blurred by the camera, into linear light.
func (s *scene) hang(p *plaque, lin []float32) {
	n := float64(p.symbol.Size)
	for range p.drops {
		p.wet = append(p.wet, drop{between(s.r, -0.6, 0.6), between(s.r, -0.6, 0.6), between(s.r, 0.008, 0.045)})
	}
	for range p.scratches {
		x, y, a, l := between(s.r, -0.5, 0.5), between(s.r, -0.5, 0.5), s.r.Float64()*math.Pi, between(s.r, 0.1, 0.5)
		p.lines = append(p.lines, [4]float64{x, y, x + l*math.Cos(a), y + l*math.Sin(a)})
	}
	z := focal / (p.px * n) // distance in widths of the symbol
	rot := rotation(p.yaw, p.pitch, p.roll)
	mx, my := (p.x-width/2)/focal*z, (p.y-height/2)/focal*z
	reach := int(p.px*n*1.1) + 20
	x0, y0 := max(int(p.x)-reach, 0), max(int(p.y)-reach, 0)
	x1, y1 := min(int(p.x)+reach, width), min(int(p.y)+reach, height)
	w, h := x1-x0, y1-y0
	part := make([]float32, w*h)
	const sub = 3
	for y := range h {
		for x := range w {
			sum, hits := 0.0, 0
			for k := range sub * sub {
				px := float64(x0+x) + (float64(k%sub)+0.5)/sub - width/2
				py := float64(y0+y) + (float64(k/sub)+0.5)/sub - height/2
				// The ray, as the plaque sees it.
				o := rot.turn(-mx, -my, -z)
				d := rot.turn(px/focal, py/focal, 1)
				if u, v, ok := p.meet(o, d); ok {
					sum += p.look(u, v)
					hits++
				}
			}
			at := lin[(y0+y)*width+x0+x]
			part[y*w+x] = float32(sum)/(sub*sub) + at*float32(sub*sub-hits)/(sub*sub)
		}
	}
	if s.defocus > 0 {
		k := kernel(s.defocus)
		part = smear(part, w, h, k, 1, 0)
		part = smear(part, w, h, k, 0, 1)
	}
	if s.motion > 0 {
		k := make([]float32, 2*int(s.motion/2+0.5)+1)
		for i := range k {
			k[i] = 1 / float32(len(k))
		}
		part = smear(part, w, h, k, math.Cos(s.along), math.Sin(s.along))
	}
	for y := range h {
		copy(lin[(y0+y)*width+x0:][:w], part[y*w:][:w])
	}
}

// meet is where a ray meets the plaque: on its plane, or on its post.
func (p *plaque) meet(o, d [3]float64) (u, v float64, ok bool) {
	if p.radius == 0 {
		if d[2] <= 0 {
			return 0, 0, false
		}
		t := -o[2] / d[2]
		u, v = o[0]+t*d[0], o[1]+t*d[1]
		return u, v, math.Abs(u) < 0.75 && math.Abs(v) < 0.85
	}
	// A post whose axis runs along y, radius behind the plaque's middle.
	oz := o[2] - p.radius
	a, b, c := d[0]*d[0]+d[2]*d[2], o[0]*d[0]+oz*d[2], o[0]*o[0]+oz*oz-p.radius*p.radius
	disc := b*b - a*c
	if disc < 0 {
		return 0, 0, false
	}
	t := (-b - math.Sqrt(disc)) / a
	u, v = p.radius*math.Atan2(o[0]+t*d[0], -(oz+t*d[2])), o[1]+t*d[1]
	return u, v, math.Abs(v) < 0.9
}

// look is the light that comes from a place of the plaque.
func (p *plaque) look(u, v float64) float64 {
	shine := 0.0
	for _, d := range p.wet {
		dx, dy := u-d.x, v-d.y
		if q := (dx*dx + dy*dy) / (d.r * d.r); q < 1 { // a lens, with a light in it
			k := 1 - 0.55*math.Sqrt(1-q)
			u, v = d.x+dx*k, d.y+dy*k
			if hx, hy := dx+d.r*0.35, dy+d.r*0.35; hx*hx+hy*hy < d.r*d.r*0.09 {
				shine = 1.2
			}
			break
		}
	}
	n := float64(p.symbol.Size)
	x, y := (u+0.5)*n, (v+0.5)*n
	light := p.light
	switch {
	case p.symbol.At(int(math.Floor(x)), int(math.Floor(y))):
		light = p.dark
	case math.Abs(u) > 0.72 || math.Abs(v) > 0.8: // a rim
		light = 0.2
	case v > 0.67 && v < 0.73 && math.Mod(u+2, 0.07) < 0.045: // a line of type
		light = p.dark
	}
	for _, l := range p.lines {
		dx, dy := l[2]-l[0], l[3]-l[1]
		t := math.Min(math.Max(((u-l[0])*dx+(v-l[1])*dy)/(dx*dx+dy*dy), 0), 1)
		if math.Hypot(u-l[0]-t*dx, v-l[1]-t*dy) < 0.006 {
			light = (light + 0.8) / 2
		}
	}
	if p.glare > 0 {
		dx, dy := u-p.glareX, v-p.glareY
		light += p.glare * math.Exp(-(dx*dx+dy*dy)/(p.glareR*p.glareR))
	}
	return light + shine
}

type turning [9]float64

func rotation(yaw, pitch, roll float64) turning {
	sy, cy := math.Sincos(yaw * math.Pi / 180)
	sp, cp := math.Sincos(pitch * math.Pi / 180)
	sr, cr := math.Sincos(roll * math.Pi / 180)
	return turning{
		cy * cr, cr*sp*sy - cp*sr, cp*cr*sy + sp*sr,
		cy * sr, cp*cr + sp*sr*sy, cp*sr*sy - cr*sp,
		-sy, cy * sp, cp * cy,
	}
}

func (m turning) turn(x, y, z float64) [3]float64 {
	return [3]float64{m[0]*x + m[1]*y + m[2]*z, m[3]*x + m[4]*y + m[5]*z, m[6]*x + m[7]*y + m[8]*z}
}

func kernel(sigma float64) []float32 {
	radius := int(math.Ceil(2.5 * sigma))
	k := make([]float32, 2*radius+1)
	sum := float32(0)
	for i := range k {
		d := float64(i-radius) / sigma
		k[i] = float32(math.Exp(-d * d / 2))
		sum += k[i]
	}
	for i := range k {
		k[i] /= sum
	}
	return k
}

func smear(part []float32, w, h int, k []float32, dx, dy float64) []float32 {
	out := make([]float32, len(part))
	mid := len(k) / 2
	offsets := make([][2]int, len(k))
	for i := range k {
		offsets[i] = [2]int{int(math.Round(float64(i-mid) * dx)), int(math.Round(float64(i-mid) * dy))}
	}
	for y := range h {
		for x := range w {
			v := float32(0)
			for i, o := range offsets {
				v += k[i] * part[min(max(y+o[1], 0), h-1)*w+min(max(x+o[0], 0), w-1)]
			}
			out[y*w+x] = v
		}
	}
	return out
}

// encoded turns linear light, 0 to 1, into what a picture file holds (IEC 61966-2-1, sRGB).
func encoded(v float64) float64 {
	if v <= 0.0031308 {
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}
