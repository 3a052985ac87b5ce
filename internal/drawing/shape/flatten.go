package shape

import "math"

// Flatten returns the contour as a closed polygon (the last point is not the
// first again) that is nowhere more than tol mm from the curves. Points that
// repeat the one before them are left out.
//
// Every curve is cut into equal steps of its parameter, as many as the bound on its
// second derivative asks for, so the same curve always gives the same points.
func (c Contour) Flatten(tol float64) []Point {
	return c.AppendFlat(make([]Point, 0, 1+2*len(c.Segments)), tol)
}

// AppendFlat appends what Flatten returns to dst.
func (c Contour) AppendFlat(dst []Point, tol float64) []Point {
	first := len(dst)
	dst = append(dst, c.Start)
	at := c.Start
	for _, s := range c.Segments {
		if s.Curve {
			n := steps(at, s, tol)
			for i := 1; i < n; i++ {
				dst = appendNew(dst, s.at(at, float64(i)/float64(n)))
			}
		}
		dst = appendNew(dst, s.To)
		at = s.To
	}
	if n := len(dst); n > first+1 && dst[n-1] == dst[first] {
		dst = dst[:n-1]
	}
	return dst
}

func appendNew(dst []Point, p Point) []Point {
	if dst[len(dst)-1] == p {
		return dst
	}
	return append(dst, p)
}

// steps is the number of equal parameter steps after which chords are within tol
// of the curve: n² = d(d-1)/8 · max|second difference| / tol with degree d = 3
// (Wang 1984).
func steps(from Point, s Segment, tol float64) int {
	d := math.Max(
		math.Hypot(from.X-2*s.C1.X+s.C2.X, from.Y-2*s.C1.Y+s.C2.Y),
		math.Hypot(s.C1.X-2*s.C2.X+s.To.X, s.C1.Y-2*s.C2.Y+s.To.Y))
	n := math.Ceil(math.Sqrt(0.75 * d / tol))
	return int(math.Max(1, math.Min(n, 1000)))
}

// at is the place on a curve for the parameter t in 0..1.
func (s Segment) at(from Point, t float64) Point {
	k := 1 - t
	a, b, c, d := k*k*k, 3*k*k*t, 3*k*t*t, t*t*t
	return Point{
		a*from.X + b*s.C1.X + c*s.C2.X + d*s.To.X,
		a*from.Y + b*s.C1.Y + c*s.C2.Y + d*s.To.Y,
	}
}
