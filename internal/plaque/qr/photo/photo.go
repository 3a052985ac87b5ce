// Package photo finds QR symbols in photos of what hangs outside: slanted, in dusk, wet,
// on a post, several in one picture.
//
// # How
//
// A picture is read at several scales, the coarsest first, each half as wide as the next; a
// small one at twice its size too. At each scale:
//
//   - light and dark are told apart by a threshold that varies from place to place
//     (plane.go);
//   - finder patterns are looked for along rows, and each is measured along rays from its
//     middle, which gives its four sides. No tilt changes that three squares share a
//     middle, and that rays cut them 3:5:7 (finder.go);
//   - all triples of finder patterns that look along each other's sides are candidates
//     (triple.go): none is preferred for being upright or square;
//   - the twelve corners of three finder patterns give a map from modules to the picture,
//     the timing patterns say of which version the symbol is, alignment patterns correct the
//     map (warp.go, grid.go, alignment.go);
//   - modules are sampled (modules.go), and gozxing's decoder corrects errors and reads the text. Which of
//     several maps is right is for error correction to say: it takes a wrong one for right
//     less than once in a million (with 7 check codewords, the fewest of any symbol, 2,600
//     patterns of three errors against 256⁴).
//
// # Bounds
//
// Time and memory follow from the number of pixels, whatever is in them: finder patterns
// and triples are counted, and so are the points looked at for them (mostWork). A picture takes a
// third more memory than its luminance.
//
// Not here: symbols printed light on dark, Micro QR, and other kinds of codes; decoding a
// file, and turning it upright (a symbol is read however it lies).
package photo

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// Symbol is a symbol that was read.
type Symbol struct {
	Text    string
	Version int // 1 to 40
	// Corners are where its outermost modules end, in pixels of the picture: top left, top
	// right, bottom right, bottom left as the symbol stands.
	Corners [4]Point
	// Finders are the middles of its finder patterns: bottom left, top left, top right.
	Finders [3]Point
	Module  float64 // mean width of a module, pixels
}

// Point is a place in a picture, in pixels; the middle of the first one is (0.5, 0.5).
type Point struct{ X, Y float64 }

func (p Point) add(q Point) Point     { return Point{p.X + q.X, p.Y + q.Y} }
func (p Point) sub(q Point) Point     { return Point{p.X - q.X, p.Y - q.Y} }
func (p Point) mul(k float64) Point   { return Point{p.X * k, p.Y * k} }
func (p Point) cross(q Point) float64 { return p.X*q.Y - p.Y*q.X }
func (p Point) length() float64       { return math.Hypot(p.X, p.Y) }

// smallest is the least width or height of a scale that is looked at, pixels.
const smallest = 60

// mostDoubled is up to how many pixels a picture is also read at twice its size, which brings
// out finder patterns whose modules are but a pixel or two wide.
const mostDoubled = 1 << 20

// Read returns the symbols of a picture, from top to bottom and left to right. None is no
// error: most photos hold none.
func Read(g *image.Gray) []Symbol {
	var scales []*plane
	for p := newPlane(g); p != nil; p = p.half() {
		scales = append(scales, p)
	}
	r := &reading{work: mostWork}
	for i, p := range slices.Backward(scales) {
		r.scan(p, float64(int(1)<<i), i == 0)
	}
	if len(scales) > 0 && scales[0].w*scales[0].h <= mostDoubled {
		r.scan(scales[0].doubled(), 0.5, true)
	}
	slices.SortFunc(r.found, func(a, b Symbol) int {
		return cmp.Or(cmp.Compare(math.Round(a.Finders[1].Y), math.Round(b.Finders[1].Y)), cmp.Compare(a.Finders[1].X, b.Finders[1].X))
	})
	return r.found
}

// reading is one picture being read.
type reading struct {
	found []Symbol
	work  int // points that may still be looked at
}

// fineModule is the width of a module, pixels, below which a symbol is left to the next scale.
const fineModule = 2

// scan reads one scale; k is how many pixels of the picture one of its pixels is wide.
func (r *reading) scan(p *plane, k float64, finest bool) {
	var known []Symbol
	for _, s := range r.found {
		known = append(known, s.scaled(1/k))
	}
	finders := p.finders(func(c Point) bool {
		return slices.ContainsFunc(known, func(s Symbol) bool { return s.holds(c) })
	})
	work := r.work
	if !finest {
		work /= 2
	}
	r.work -= work
	for _, t := range triples(finders) {
		if t.used() || !finest && t.module() < fineModule {
			continue
		}
		if work < 0 {
			break
		}
		if s, ok := p.read(t, &work); ok {
			r.found = append(r.found, s.scaled(k))
			for i := range finders {
				if s.holds(finders[i].at) {
					finders[i].used = true
				}
			}
		}
	}
	r.work += max(work, 0)
}

// mostWork is how many points of a picture are looked at to read what may be symbols, beside
// looking for finder patterns: it takes a third of a second. A scale gets half of what is left, the
// finest all. A picture with 60 symbols needs half of it.
const mostWork = 5e6

func (s Symbol) scaled(k float64) Symbol {
	for i := range s.Corners {
		s.Corners[i] = s.Corners[i].mul(k)
	}
	for i := range s.Finders {
		s.Finders[i] = s.Finders[i].mul(k)
	}
	s.Module *= k
	return s
}

// holds tells whether a point lies in a symbol.
func (s *Symbol) holds(p Point) bool {
	in := true
	for i, c := range s.Corners {
		next := s.Corners[(i+1)%4]
		in = in && (next.sub(c).cross(p.sub(c)) > 0) == (s.Corners[1].sub(s.Corners[0]).cross(s.Corners[2].sub(s.Corners[0])) > 0)
	}
	return in
}
