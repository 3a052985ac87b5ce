package shape

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestTangled(t *testing.T) {
	ring := func(points ...float64) Contour {
		c := Contour{Start: Point{X: points[0], Y: points[1]}}
		for i := 2; i < len(points); i += 2 {
			c.Line(Point{X: points[i], Y: points[i+1]})
		}
		return c
	}
	square := ring(0, 0, 4, 0, 4, 4, 0, 4)
	for _, c := range []struct {
		name string
		o    Outline
		want bool
	}{
		{"one", Outline{square}, false},
		{"a hole", Outline{square, ring(1, 1, 1, 3, 3, 3, 3, 1)}, false},
		{"an island in a hole", Outline{square, ring(1, 1, 1, 3, 3, 3, 3, 1), ring(1.5, 1.5, 2, 1.5, 2, 2)}, false},
		{"within, turning the same way", Outline{square, ring(1, 1, 3, 1, 3, 3, 1, 3)}, true},
		{"crossing", Outline{square, ring(2, 2, 6, 2, 6, 6, 2, 6)}, true},
		{"a figure of eight", Outline{ring(0, 0, 4, 4, 4, 0, 0, 3)}, true},
		{"side by side", Outline{square, ring(5, 0, 9, 0, 9, 4)}, false},
		{"touching", Outline{square, ring(4, 0, 8, 0, 8, 4, 4, 4)}, false},
	} {
		if got := c.o.Tangled(0.001); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestUntangle(t *testing.T) {
	ring := func(points ...float64) Contour {
		c := Contour{Start: Point{X: points[0], Y: points[1]}}
		for i := 2; i < len(points); i += 2 {
			c.Line(Point{X: points[i], Y: points[i+1]})
		}
		return c
	}
	square := ring(0, 0, 4, 0, 4, 4, 0, 4)
	for _, c := range []struct {
		name  string
		o     Outline
		rings int
		area  float64
	}{
		{"crossing", Outline{square, ring(2, 2, 6, 2, 6, 6, 2, 6)}, 1, 28},
		{"a cross", Outline{ring(0, 2, 6, 2, 6, 4, 0, 4), ring(2, 0, 4, 0, 4, 6, 2, 6)}, 1, 20},
		{"a frame of bars", Outline{
			ring(0, 0, 6, 0, 6, 1, 0, 1), ring(0, 5, 6, 5, 6, 6, 0, 6), // shares corners with the next two
			ring(0, 0, 1, 0, 1, 6, 0, 6), ring(5, 0, 6, 0, 6, 6, 5, 6)}, 2, 20},
		{"within", Outline{square, ring(1, 1, 3, 1, 3, 3, 1, 3)}, 1, 16},
		{"other direction", Outline{ring(0, 4, 4, 4, 4, 0, 0, 0), ring(2, 6, 6, 6, 6, 2, 2, 2)}, 1, 28},
		{"discs", append(Circle(Point{0, 0}, 2), Circle(Point{2, 0}, 2)...), 1, 2*3.14159*4 - 4.9135},
	} {
		got, ok := c.o.Untangle(0.001)
		sum := 0.0
		for _, c := range got {
			sum += area(c.Flatten(0.0001))
		}
		if !ok || len(got) != c.rings || math.Abs(math.Abs(sum)-c.area) > 0.01 {
			t.Errorf("%s: %d rings of %.3f mm², want %d of %.3f", c.name, len(got), sum, c.rings, c.area)
		}
	}
}

// Random triangles: a point is inside the result by parity where it is inside the
// original by winding.
func TestUntangleFillsTheSame(t *testing.T) {
	// rapid loves cusps and points that coincide; a few of those are beyond it.
	tried, unresolved := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tried++
		var o Outline
		for range rapid.IntRange(1, 5).Draw(t, "n") {
			pt := func() Point {
				return Point{rapid.Float64Range(0, 10).Draw(t, "x"), rapid.Float64Range(0, 10).Draw(t, "y")}
			}
			c := Contour{Start: pt()}
			c.Line(pt())
			c.Cubic(pt(), pt(), pt())
			o = append(o, c)
		}
		got, ok := o.Untangle(0.001)
		if !ok {
			unresolved++
			return
		}
		var before, after [][]Point
		for _, c := range o {
			before = append(before, c.Flatten(0.001))
		}
		for _, c := range got {
			after = append(after, c.Flatten(0.001))
		}
		for i := range 100 {
			p := Point{float64(i%10) + 0.2511, float64(i/10) + 0.2733}
			wind, parity, close := 0, 0, false
			for _, flat := range before {
				wind += winding(p, flat)
				for i := range flat {
					close = close || toSegment(p, flat[i], flat[(i+1)%len(flat)]) < 0.01
				}
			}
			for _, flat := range after {
				parity += winding(p, flat)
			}
			if !close && (wind != 0) != (parity%2 != 0) {
				t.Fatalf("at %v: winding %d, parity %d", p, wind, parity)
			}
		}
	})
	if unresolved*5 > tried {
		t.Errorf("%d of %d outlines were not resolved", unresolved, tried)
	}
}
