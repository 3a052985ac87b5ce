package wayfinding

import "math"

// Sheet is a part of a plan on which words are put.
type Sheet struct {
	box    Box
	scale  float64 // px of a unit
	dots   []Point // px, from the box's corner
	radius float64 // px of a dot
	words  []words
}

// words are placed already: their middle is at anchor plus offset.
type words struct {
	anchor, offset, size Point
	target               bool
}

// Type grows by that much in large type, and offsets and dots with it.
var typeSizes = []float64{1, 1.4}

// widest is how many times wider than Width a plan is shown at most.
const widest = 4

// NewSheet begins a sheet of a part of a plan, whose dots of that radius (px) nothing may
// cover. What lies outside the box is ignored.
func NewSheet(box Box, dots []Point, radius float64) *Sheet {
	s := &Sheet{box: box, scale: Width / box.W, radius: radius}
	for _, d := range dots {
		if box.Holds(d) {
			s.dots = append(s.dots, s.px(d))
		}
	}
	return s
}

func (s *Sheet) px(p Point) Point {
	return Point{(p.X - s.box.X) * s.scale, (p.Y - s.box.Y) * s.scale}
}

// The sides on which words are tried: below first, as under a picture.
var sides = []Point{
	{0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1},
	{.5, 1}, {-.5, 1}, {.5, -1}, {-.5, -1}, {1, .5}, {-1, .5}, {1, -.5}, {-1, -.5},
}

// Place finds a place beside a dot for words that are w by h px in type of 16 px, at most
// reach px away, reserves it, and returns its middle as an offset from the dot, in px of such
// type. The words cover no dot and no other words and lie within the box, however wide the
// plan is shown and in large type. It is false where there is no such place.
func (s *Sheet) Place(at Point, w, h, reach float64) (Point, bool) {
	return s.place(words{anchor: s.px(at), size: Point{w, h}}, reach)
}

// PlaceTarget is like Place for words that are tapped: their middle keeps [Target] px from
// that of other such words.
func (s *Sheet) PlaceTarget(at Point, w, h, reach float64) (Point, bool) {
	return s.place(words{anchor: s.px(at), size: Point{w, h}, target: true}, reach)
}

func (s *Sheet) place(x words, reach float64) (Point, bool) {
	for gap := 2.0; gap <= reach; gap += 7 {
		for _, side := range sides {
			x.offset = Point{side.X * (s.radius + gap + x.size.X/2), side.Y * (s.radius + gap + x.size.Y/2)}
			if s.free(x) {
				s.words = append(s.words, x)
				return x.offset, true
			}
		}
	}
	return Point{}, false
}

func (s *Sheet) free(x words) bool {
	for _, k := range typeSizes {
		if m := x.anchor.plus(x.offset, k); m.X-k*x.size.X/2 < 0 || m.X+k*x.size.X/2 > Width || m.Y-k*x.size.Y/2 < 0 || m.Y+k*x.size.Y/2 > s.box.H*s.scale {
			return false
		}
		for _, d := range s.dots {
			// Seen from the anchor a dot moves straight away as the plan grows.
			far := Point{d.X - x.anchor.X, d.Y - x.anchor.Y}
			half := Point{k * (x.size.X/2 + s.radius), k * (x.size.Y/2 + s.radius)}
			if crosses(far.plus(x.offset, -k), far, half) {
				return false
			}
		}
		for _, o := range s.words {
			far := Point{o.anchor.X - x.anchor.X, o.anchor.Y - x.anchor.Y}
			from := far.plus(o.offset, k).plus(x.offset, -k)
			if crosses(from, far, Point{k * (x.size.X + o.size.X) / 2, k * (x.size.Y + o.size.Y) / 2}) || x.target && o.target && nearLine(from, far) < apart {
				return false
			}
		}
	}
	return true
}

// crosses tells whether from, moving on by up to widest-1 times far, enters the rectangle
// of that half size around 0.
func crosses(from, far, half Point) bool {
	enter, leave := 0.0, widest-1.0
	for _, a := range [][3]float64{{from.X, far.X, half.X}, {from.Y, far.Y, half.Y}} {
		if a[1] == 0 {
			if math.Abs(a[0]) >= a[2] {
				return false
			}
			continue
		}
		t1, t2 := (-a[2]-a[0])/a[1], (a[2]-a[0])/a[1]
		enter, leave = math.Max(enter, math.Min(t1, t2)), math.Min(leave, math.Max(t1, t2))
	}
	return enter < leave
}

// nearLine is how near from comes to 0, moving on by up to widest-1 times far.
func nearLine(from, far Point) float64 {
	t := 0.0
	if l := far.X*far.X + far.Y*far.Y; l > 0 {
		t = math.Min(math.Max(-(from.X*far.X+from.Y*far.Y)/l, 0), widest-1)
	}
	p := from.plus(far, t)
	return math.Hypot(p.X, p.Y)
}
