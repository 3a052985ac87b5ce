package shape

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Points of the curve stay within the tolerance of the polygon.
func TestFlattenStaysWithinTolerance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pt := func(name string) Point {
			return Point{rapid.Float64Range(-50, 50).Draw(t, name+"x"), rapid.Float64Range(-50, 50).Draw(t, name+"y")}
		}
		c := Contour{Start: pt("a")}
		c.Cubic(pt("b"), pt("c"), pt("d"))
		tol := rapid.SampledFrom([]float64{0.005, 0.05, 0.5}).Draw(t, "tol")
		flat := c.Flatten(tol)
		for i := range 101 {
			p := c.Segments[0].at(c.Start, float64(i)/100)
			best := math.Inf(1)
			for j := 1; j < len(flat); j++ {
				best = math.Min(best, toSegment(p, flat[j-1], flat[j]))
			}
			if len(flat) > 1 && best > tol*1.0001 {
				t.Fatalf("%v is %g mm from the polygon, more than %g", p, best, tol)
			}
		}
	})
}

func TestFlattenDropsRepeats(t *testing.T) {
	got := Rect(Box{0, 0, 2, 1}, 0)[0]
	got.Line(Point{0, 1})
	got.Line(Point{0, 0})
	if flat := got.Flatten(0.01); len(flat) != 4 {
		t.Fatalf("a square closed twice has %d points: %v", len(flat), flat)
	}
}
