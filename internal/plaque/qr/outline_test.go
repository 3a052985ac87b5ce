package qr

import (
	"math"
	"math/rand/v2"
	"testing"

	"mingdeng/internal/drawing/shape"
)

// points returns a contour's corners, and fails where it is not a simple ring of
// lines along x and y by turns.
func points(t *testing.T, c shape.Contour) []shape.Point {
	t.Helper()
	ps := []shape.Point{c.Start}
	for _, s := range c.Segments {
		if s.Curve {
			t.Fatal("a curve in a symbol")
		}
		ps = append(ps, s.To)
	}
	if len(ps) < 4 || len(ps)%2 != 0 {
		t.Fatalf("a ring of %d corners", len(ps))
	}
	seen := map[shape.Point]bool{}
	for i, p := range ps {
		q := ps[(i+1)%len(ps)]
		r := ps[(i+2)%len(ps)]
		if (p.X == q.X) == (p.Y == q.Y) || (q.X == r.X) == (p.X == q.X) {
			t.Fatalf("%v, %v, %v: not along x and y by turns", p, q, r)
		}
		if seen[p] {
			t.Fatalf("a ring passes %v twice", p)
		}
		seen[p] = true
	}
	return ps
}

// wind returns how often the rings go around a point: with the even-odd rule, it is
// inside where crossings is odd, with the nonzero rule where turns is not 0.
func wind(rings [][]shape.Point, x, y float64) (crossings, turns int) {
	for _, ring := range rings {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			if p.X == q.X && p.X > x && (p.Y > y) != (q.Y > y) {
				crossings++
				if q.Y > p.Y {
					turns++
				} else {
					turns--
				}
			}
		}
	}
	return crossings, turns
}

func area(rings [][]shape.Point) float64 {
	sum := 0.0
	for _, ring := range rings {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			sum += (p.X*q.Y - q.X*p.Y) / 2 // clockwise with y down counts as dark
		}
	}
	return sum
}

func rings(t *testing.T, o shape.Outline) (all [][]shape.Point) {
	t.Helper()
	for _, c := range o {
		all = append(all, points(t, c))
	}
	return all
}

// scratch is a symbol that is none: any pattern of modules.
func scratch(size int, dark func(x, y int) bool) *Symbol {
	s := &Symbol{Size: size, dark: make([]bool, size*size)}
	for i := range s.dark {
		s.dark[i] = dark(i%size, i/size)
	}
	return s
}

// sound holds the outline of s, without compensation, against its modules.
func sound(t *testing.T, s *Symbol) {
	t.Helper()
	const module = 0.7
	all := rings(t, s.Outline(module, 0))
	unit := func(v float64) int { return int(math.Round(v / module)) }
	// One scan: what upright lines leave to their right, by both rules.
	crossings, turns := make([]int, s.Size*(s.Size+1)), make([]int, s.Size*(s.Size+1))
	for _, ring := range all {
		for i, p := range ring {
			q, step := ring[(i+1)%len(ring)], -1
			if q.Y > p.Y {
				p, q, step = q, p, 1
			}
			if p.X == q.X {
				for y := unit(q.Y); y < unit(p.Y); y++ {
					crossings[y*(s.Size+1)+unit(p.X)]++
					turns[y*(s.Size+1)+unit(p.X)] -= step
				}
			}
		}
	}
	count := 0
	for y := range s.Size {
		c, n := 0, 0
		for x := range s.Size {
			c += crossings[y*(s.Size+1)+x]
			n += turns[y*(s.Size+1)+x]
			want := 0
			if s.At(x, y) {
				want = 1
				count++
			}
			if c%2 != want || n != want {
				t.Fatalf("%q: module %d, %d: %d crossings, %d turns", s.Text, x, y, c, n)
			}
		}
	}
	if a := area(all) / (module * module); math.Abs(a-float64(count)) > 1e-6 {
		t.Fatalf("%q: an area of %f modules, want %d", s.Text, a, count)
	}
	// No piece of an edge is walked twice, in whatever direction: nothing overlaps.
	walked := map[[3]int]bool{}
	for _, ring := range all {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			upright, from, to, across := 0, unit(min(p.X, q.X)), unit(max(p.X, q.X)), unit(p.Y)
			if p.X == q.X {
				upright, from, to, across = 1, unit(min(p.Y, q.Y)), unit(max(p.Y, q.Y)), unit(p.X)
			}
			for ; from < to; from++ {
				piece := [3]int{upright, across, from}
				if walked[piece] {
					t.Fatalf("%q: an edge is walked twice at %v", s.Text, piece)
				}
				walked[piece] = true
			}
		}
	}
}

func TestOutline(t *testing.T) {
	total, n := 0, 0
	addresses(2000, func(text string) {
		s := encode(t, text)
		sound(t, s)
		if s.Version == 3 {
			total += len(s.Outline(1, 0))
			n++
		}
	})
	if n == 0 {
		t.Fatal("no symbol of version 3")
	}
	t.Logf("%d contours in a 3-H on average", total/n)
}

// TestOutlineScratch tries patterns in which modules meet at corners far more often
// than in symbols: each pattern of 4 by 4, and checkers.
func TestOutlineScratch(t *testing.T) {
	for bits := range 1 << 16 {
		s := scratch(4, func(x, y int) bool { return bits>>(4*y+x)&1 == 1 })
		sound(t, s)
		if bits%31 == 0 {
			compensated(t, s, 0.2)
			compensated(t, s, -0.2)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		s := scratch(12, func(x, y int) bool { return r.IntN(2) == 0 })
		sound(t, s)
		compensated(t, s, 0.3)
		compensated(t, s, -0.3)
	}
	sound(t, scratch(9, func(x, y int) bool { return (x+y)%2 == 0 }))
}

// compensated holds the outline against what the compensation c, in modules, does to
// each point: it is dark if everything within c of it, along x and along y, was dark
// (or, for a negative one, anything was).
func compensated(t *testing.T, s *Symbol, c float64) {
	t.Helper()
	const module = 2
	all := rings(t, s.Outline(module, c*module))
	steps := []float64{0, 0.499, 1 - math.Abs(c) - 0.01, 1 - math.Abs(c) + 0.01, math.Abs(c) - 0.01, math.Abs(c) + 0.01}
	for y := -1; y <= s.Size; y++ {
		for x := -1; x <= s.Size; x++ {
			for _, dy := range steps {
				for _, dx := range steps {
					u, v := float64(x)+dx, float64(y)+dy
					want := 0
					if dilated(s, u, v, c) {
						want = 1
					}
					crossings, turns := wind(all, u*module, v*module)
					if crossings%2 != want || turns != want {
						t.Fatalf("compensation %g: at %.3f, %.3f %d crossings, %d turns, want %d", c, u, v, crossings, turns, want)
					}
				}
			}
		}
	}
}

func dilated(s *Symbol, u, v, c float64) bool {
	near, dark := 0, 0
	r := math.Abs(c)
	at := func(v float64) int { return int(math.Floor(v)) }
	for y := at(v - r); y <= at(v+r); y++ {
		for x := at(u - r); x <= at(u+r); x++ {
			near++
			if s.At(x, y) {
				dark++
			}
		}
	}
	if c > 0 {
		return dark == near
	}
	return dark > 0
}

func TestOutlineCompensation(t *testing.T) {
	addresses(4, func(text string) {
		s := encode(t, text)
		compensated(t, s, 0.1)
		compensated(t, s, -0.1)
		// A finder pattern by hand: its ring is 7 and 5 modules wide, its core 3.
		const c = 0.03
		o := rings(t, s.Outline(0.5, c))
		want := math.Pow(3.5-2*c, 2) - math.Pow(2.5+2*c, 2)
		var finder [][]shape.Point
		for _, ring := range o {
			lo, hi := ring[0], ring[0]
			for _, p := range ring {
				lo = shape.Point{X: min(lo.X, p.X), Y: min(lo.Y, p.Y)}
				hi = shape.Point{X: max(hi.X, p.X), Y: max(hi.Y, p.Y)}
			}
			if hi.X < 3.5 && hi.Y < 3.5 && lo.X < 1 && lo.Y < 1 {
				finder = append(finder, ring)
			}
		}
		if got := area(finder); len(finder) != 2 || math.Abs(got-want) > 1e-9 {
			t.Errorf("the finder's ring is %d rings of %f mm², want %f", len(finder), got, want)
		}
	})
	s := encode(t, "https://A.CN/Q/7K3F/")
	for _, c := range [][2]float64{{0, 0}, {-1, 0}, {1, 0.5}, {1, -0.5}, {1, 3}, {math.NaN(), 0}, {1, math.NaN()}} {
		if o := s.Outline(c[0], c[1]); o != nil {
			t.Errorf("Outline(%v, %v) is not empty", c[0], c[1])
		}
	}
}

func BenchmarkOutline(b *testing.B) {
	s := encode(b, "https://YX.EXAMPLE.CN/Q/7K3F/")
	b.ReportAllocs()
	for b.Loop() {
		s.Outline(0.5, 0.02)
	}
}
