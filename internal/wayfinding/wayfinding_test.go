package wayfinding

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/testrun"
)

func TestSaid(t *testing.T) {
	for _, c := range []struct {
		metres float64
		want   int
	}{
		{0, 0}, {7.9, 0}, {8, 10}, {14, 10}, {38, 40}, {94, 90}, {96, 100}, {99, 100}, {120, 100}, {130, 150}, {960, 950}, {980, 1000}, {1040, 1000}, {1160, 1200},
	} {
		if got := Said(c.metres); got != c.want {
			t.Errorf("%g m: said %d, want %d", c.metres, got, c.want)
		}
	}
}

func TestRing(t *testing.T) {
	square := []Point{{0, 0}, {0, 9}, {9, 9}, {9, 0}}
	if !Ring(append(square, Point{1, 0})) || Ring(square) || Ring([]Point{{0, 0}, {5, 0}, {9, 0}, {12, 1}}) || Ring(nil) {
		t.Error("a ring is a walk that ends where it began")
	}
	if got := Length(square); got != 27 {
		t.Errorf("length %g", got)
	}
}

// A straight row is cut into as few stretches as fit, at its longest gaps.
func TestCutAtGaps(t *testing.T) {
	var row []Point
	x := 100.0
	for i := range 12 {
		if i == 4 || i == 8 {
			x += 60
		}
		row = append(row, Point{x, 400})
		x += 30
	}
	got := Cut(row, 1200, 800)
	if len(got) != 3 || got[0].To != 4 || got[1].To != 8 {
		t.Errorf("cut at %+v", got)
	}
}

func draw(t *rapid.T) (points []Point, w, h float64) {
	w, h = rapid.Float64Range(100, 4000).Draw(t, "w"), rapid.Float64Range(100, 4000).Draw(t, "h")
	n := rapid.IntRange(1, 60).Draw(t, "n")
	p := Point{w / 2, h / 2}
	for range n {
		if rapid.IntRange(0, 9).Draw(t, "jump") == 0 {
			p = Point{rapid.Float64Range(0, w).Draw(t, "x"), rapid.Float64Range(0, h).Draw(t, "y")}
		} else { // a walk: the next is not far, or in the same spot
			step := rapid.SampledFrom([]float64{0, .001, .02, .1}).Draw(t, "step")
			p = Point{math.Min(math.Max(p.X+step*w*rapid.Float64Range(-1, 1).Draw(t, "dx"), 0), w), math.Min(math.Max(p.Y+step*h*rapid.Float64Range(-1, 1).Draw(t, "dy"), 0), h)}
		}
		points = append(points, p)
	}
	return points, w, h
}

// Every stop stands in one stretch, in order, and a finger's breadth from the others there
// and from the edge.
func TestCut(t *testing.T) {
	testrun.Checks(t, 150, 3000)
	rapid.Check(t, func(t *rapid.T) {
		points, w, h := draw(t)
		points = Spread(points, w, h)
		next := 0
		for _, s := range Cut(points, w, h) {
			if s.From != next || s.To <= s.From {
				t.Fatalf("a stretch from %d to %d after %d", s.From, s.To, next)
			}
			next = s.To
			scale := Width / s.Box.W
			if s.Box.H*scale > tallest+1e-6 || math.IsNaN(scale) {
				t.Fatalf("%+v is %g px high", s.Box, s.Box.H*scale)
			}
			mine := points[s.From:s.To]
			if d := nearest(mine) * scale; d < Target-1e-6 {
				t.Fatalf("%d stops %g px apart", len(mine), d)
			}
			for _, p := range mine {
				edge := scale * min(p.X-s.Box.X, p.Y-s.Box.Y, s.Box.X+s.Box.W-p.X, s.Box.Y+s.Box.H-p.Y)
				if edge < Target/2 {
					t.Fatalf("a stop %g px from the edge of %+v", edge, s.Box)
				}
			}
		}
		if next != len(points) {
			t.Fatalf("%d of %d stops", next, len(points))
		}
	})
}

// Ten in one spot are ten lamps.
func TestSpread(t *testing.T) {
	points := make([]Point, 10)
	for i := range points {
		points[i] = Point{600, 400}
	}
	points = append(points, Point{100, 100})
	got := Spread(points, 1200, 800)
	if d := nearest(got); d < 29 {
		t.Errorf("%g apart", d)
	}
	if got[10] != points[10] {
		t.Error("one that stands alone was moved")
	}
}

// Words cover no dot at any width and in large type, and stay within the plan.
func TestSheet(t *testing.T) {
	testrun.Checks(t, 150, 3000)
	rapid.Check(t, func(t *rapid.T) {
		points, w, h := draw(t)
		box := Box{0, 0, w, h}
		const radius = 6
		s := NewSheet(box, points, radius)
		type label struct{ at, offset, size Point }
		var labels []label
		for _, p := range points {
			size := Point{rapid.Float64Range(16, 90).Draw(t, "words"), 20}
			if offset, ok := s.PlaceTarget(p, size.X, size.Y, 40); ok {
				labels = append(labels, label{p, offset, size})
			}
		}
		for _, grown := range []float64{1, 1.7, 3, widest} {
			for _, em := range []float64{16, 22.4} {
				scale := Width / w * grown
				middle := func(l label) Point {
					return Point{l.at.X*scale + l.offset.X*em/16, l.at.Y*scale + l.offset.Y*em/16}
				}
				for i, l := range labels {
					m, half := middle(l), Point{l.size.X * em / 32, l.size.Y * em / 32}
					if m.X < half.X-.01 || m.Y < half.Y-.01 || m.X+half.X > w*scale+.01 || m.Y+half.Y > h*scale+.01 {
						t.Fatalf("words at %v reach over the edge", m)
					}
					for _, p := range points {
						dx, dy := math.Abs(p.X*scale-m.X)-half.X, math.Abs(p.Y*scale-m.Y)-half.Y
						if max(dx, dy) < radius-.01 {
							t.Fatalf("words at %v cover the dot at %v", m, p)
						}
					}
					for _, o := range labels[:i] {
						if d := m.to(middle(o)); d < Target-.01 {
							t.Fatalf("two targets %g px apart", d)
						}
					}
				}
			}
		}
	})
}
