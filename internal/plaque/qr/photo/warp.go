package photo

import "math"

// pair is a place in a symbol, in modules from its top left corner, and where it is in the
// picture.
type pair struct {
	x, y float64
	at   Point
	w    float64 // how much it counts
}

// warp maps modules to the picture: in perspective, and then bent, since posts are round
// and lenses are.
type warp struct {
	size float64 // modules a side
	h    [9]float64
	bend [2][]float64
}

// point is where a place of the symbol is in the picture.
func (w *warp) point(x, y float64) Point {
	x, y = w.unit(x), w.unit(y)
	d := w.h[6]*x + w.h[7]*y + w.h[8]
	p := Point{(w.h[0]*x + w.h[1]*y + w.h[2]) / d, (w.h[3]*x + w.h[4]*y + w.h[5]) / d}
	if w.bend[0] != nil {
		var t [10]float64
		n := terms(x, y, t[:len(w.bend[0])])
		for i := range n {
			p.X += w.bend[0][i] * t[i]
			p.Y += w.bend[1][i] * t[i]
		}
	}
	return p
}

// unit brings modules to -1 … 1, so that equations are well scaled.
func (w *warp) unit(v float64) float64 { return 2*v/w.size - 1 }

// terms are those of a polynomial in two variables: 6 of order 2, 10 of order 3.
func terms(x, y float64, t []float64) int {
	t[0], t[1], t[2], t[3], t[4], t[5] = 1, x, y, x*y, x*x, y*y
	if len(t) > 6 {
		t[6], t[7], t[8], t[9] = x*x*x, x*x*y, x*y*y, y*y*y
	}
	return len(t)
}

// perspective fits a map without bend to pairs.
func perspective(size int, pairs []pair) (*warp, bool) {
	w := &warp{size: float64(size)}
	// Places in the picture are scaled too.
	var mean Point
	for _, p := range pairs {
		mean = mean.add(p.at.mul(1 / float64(len(pairs))))
	}
	scale := 0.0
	for _, p := range pairs {
		scale += p.at.sub(mean).length() / float64(len(pairs))
	}
	if scale < 1 {
		return nil, false
	}
	var a [8][9]float64
	row := func(r [8]float64, v, weight float64) {
		for i := range r {
			for j := range r {
				a[i][j] += weight * r[i] * r[j]
			}
			a[i][8] += weight * r[i] * v
		}
	}
	for _, p := range pairs {
		x, y := w.unit(p.x), w.unit(p.y)
		q := p.at.sub(mean).mul(1 / scale)
		row([8]float64{x, y, 1, 0, 0, 0, -q.X * x, -q.X * y}, q.X, p.w)
		row([8]float64{0, 0, 0, x, y, 1, -q.Y * x, -q.Y * y}, q.Y, p.w)
	}
	rows := make([][]float64, 8)
	for i := range rows {
		rows[i] = a[i][:]
	}
	h, ok := solve(rows)
	if !ok {
		return nil, false
	}
	for i := range 3 {
		g := 1.0
		if i < 2 {
			g = h[6+i]
		}
		w.h[i] = h[i]*scale + mean.X*g
		w.h[3+i] = h[3+i]*scale + mean.Y*g
		w.h[6+i] = g
	}
	// Nothing of the symbol may lie behind the camera.
	for _, c := range [4][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		if w.h[6]*c[0]+w.h[7]*c[1]+1 < 0.15 {
			return nil, false
		}
	}
	return w, true
}

// bent fits a map with a bend of an order to pairs: what perspective leaves over.
func bent(size int, pairs []pair, order int) (*warp, bool) {
	w, ok := perspective(size, pairs)
	if !ok {
		return nil, false
	}
	n := 6
	if order == 3 {
		n = 10
	}
	var bend [2][]float64
	for side := range 2 {
		a := make([][]float64, n)
		for i := range a {
			a[i] = make([]float64, n+1)
			a[i][i] = 1e-3
		}
		t := make([]float64, n)
		for _, p := range pairs {
			rest := p.at.sub(w.point(p.x, p.y))
			v := rest.X
			if side == 1 {
				v = rest.Y
			}
			terms(w.unit(p.x), w.unit(p.y), t)
			for i := range t {
				for j := range t {
					a[i][j] += p.w * t[i] * t[j]
				}
				a[i][n] += p.w * t[i] * v
			}
		}
		if bend[side], ok = solve(a); !ok {
			return nil, false
		}
	}
	w.bend = bend
	return w, true
}

// solve solves linear equations, given with the right side as a last column.
func solve(a [][]float64) ([]float64, bool) {
	n := len(a)
	for c := range n {
		best := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[best][c]) {
				best = r
			}
		}
		a[c], a[best] = a[best], a[c]
		if math.Abs(a[c][c]) < 1e-12 {
			return nil, false
		}
		for r := range n {
			if r == c {
				continue
			}
			k := a[r][c] / a[c][c]
			if k == 0 {
				continue
			}
			for j := c; j <= n; j++ {
				a[r][j] -= k * a[c][j]
			}
		}
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = a[i][n] / a[i][i]
	}
	return x, true
}
