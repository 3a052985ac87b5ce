package photo

import (
	"cmp"
	"math"
	"slices"
)

// finder is a finder pattern: a dark square of 3 modules in a light one of 5 in a dark one
// of 7.
type finder struct {
	at Point
	// corners are those of the square in the middle of the dark ring, 6 modules wide: its
	// sides do not move when dark runs into light or light into dark. They go round
	// clockwise as one looks at the picture; with which one they begin means nothing.
	corners [4]Point
	u, v    Point   // one module along two sides; v lies clockwise of u
	fit     float64 // share of rays that met its squares as they should
	used    bool
}

// most is how many finder patterns of a scale are gone on with: a picture with 60 symbols has
// 180. mostMeasured is how many places are measured that may be some, in all and for so many
// pixels: photos of leaves and gravel have up to a few thousand. A wall of tiles, which has
// more than there is time for, is held to a second by these.
const (
	most          = 800
	mostMeasured  = 6000
	leastMeasured = 1000
	areaMeasured  = 1500 // pixels
)

// finders looks for finder patterns along the rows of a picture, but for those at places
// that are known.
func (p *plane) finders(known func(Point) bool) []finder {
	var found []finder
	step := 1
	if p.w*p.h > 4<<20 {
		step = 2
	}
	// What was looked at already, in cells: a pattern is met by many rows.
	cells := map[[2]int]bool{}
	var edges []int
	measured, limit := 0, min(mostMeasured, max(leastMeasured, p.w*p.h/areaMeasured))
	for _, y := range p.rows(step) {
		if measured >= limit || len(found) >= 2*most {
			break
		}
		edges = p.edges(y, edges[:0])
		// Runs begin with a light one, of no width perhaps, so every second edge begins a dark one.
		for i := 0; i+5 < len(edges); i += 2 {
			e := edges[i : i+6]
			if !(runs{e[1] - e[0], e[2] - e[1], e[3] - e[2], e[4] - e[3], e[5] - e[4]}).finder() {
				continue
			}
			m := float64(e[5]-e[0]) / 7
			c := Point{float64(e[2]+e[3]) / 2, float64(y) + 0.5}
			cell := [2]int{int(c.X / max(2, m)), int(c.Y / max(2, m))}
			if cells[cell] {
				continue
			}
			down, ok := p.across(c, 0, 1, 7*m)
			if !ok {
				continue
			}
			c.Y = down.middle
			if cell := [2]int{int(c.X / max(2, m)), int(c.Y / max(2, m))}; cells[cell] || known(c) {
				continue
			}
			measured++
			if f, ok := p.measure(c, m, down.module); ok {
				cells[cell] = true
				if !slices.ContainsFunc(found, func(o finder) bool {
					d, size := o.at.sub(f.at).length(), (o.u.length()+o.v.length())/2
					return d < 2*size
				}) {
					found = append(found, f)
				}
			}
			cells[cell] = true
		}
	}
	if len(found) > most {
		slices.SortStableFunc(found, func(a, b finder) int { return cmp.Compare(b.fit, a.fit) })
		found = found[:most]
	}
	return found
}

// rows lists the rows that are looked along: every eighth, then those between, so that what is
// left out when there is too much is left out evenly.
func (p *plane) rows(step int) []int {
	var all []int
	for _, first := range [8]int{4, 0, 2, 6, 1, 5, 3, 7} {
		for y := first * step; y < p.h; y += 8 * step {
			all = append(all, y)
		}
	}
	return all
}

// edges lists where a row turns dark and light again: at even places it turns dark. Each
// dark run is closed.
func (p *plane) edges(y int, to []int) []int {
	row := p.pix[y*p.stride:][:p.w]
	levels := p.level[y>>blockBits*p.cols:]
	dark := false
	for bx := 0; bx<<blockBits < p.w; bx++ {
		level := levels[bx]
		x0 := bx << blockBits
		for i, v := range row[x0:min(x0+block, p.w)] {
			if (v <= level) != dark {
				dark = !dark
				to = append(to, x0+i)
			}
		}
	}
	if dark {
		to = append(to, p.w)
	}
	return to
}

// runs are the widths of five runs, dark and light in turn.
type runs [5]int

// finder tells whether runs may be those of a line through a finder pattern, 1:1:3:1:1.
// From an edge to the next of its kind are 2, 4, 4 and 2 modules, however far dark has run
// into light.
func (r runs) finder() bool {
	total := r[0] + r[1] + r[2] + r[3] + r[4]
	if total < 7 {
		return false
	}
	m := float64(total) / 7
	slack := 0.5*m + 0.8
	near := func(n int, want float64) bool { return math.Abs(float64(n)-want*m) <= slack*math.Sqrt(want/2) }
	if !near(r[0]+r[1], 2) || !near(r[1]+r[2], 4) || !near(r[2]+r[3], 4) || !near(r[3]+r[4], 2) {
		return false
	}
	return r[2] > r[1] && r[2] > r[3] && float64(r[2]) > 1.4*m && float64(r[2]) < 4.6*m
}

type crossing struct{ middle, module float64 }

// across walks from the middle of what may be a finder pattern both ways, at most so far,
// and tells whether the runs are a finder pattern's.
func (p *plane) across(c Point, dx, dy int, most float64) (crossing, bool) {
	x, y := int(c.X), int(c.Y)
	if !p.dark(x, y) {
		return crossing{}, false
	}
	limit := int(2*most) + 4
	var r runs
	walk := func(sign int) (n [3]int, ok bool) {
		i, steps := 0, 0
		for ux, uy := x+sign*dx, y+sign*dy; ; ux, uy = ux+sign*dx, uy+sign*dy {
			if steps++; steps > limit {
				return n, false
			}
			if p.dark(ux, uy) == (i == 1) {
				if i++; i == 3 {
					return n, true
				}
			}
			if ux < 0 || uy < 0 || ux >= p.w || uy >= p.h {
				return n, i == 2 && n[2] > 0
			}
			n[i]++
		}
	}
	before, ok := walk(-1)
	if !ok {
		return crossing{}, false
	}
	after, ok := walk(1)
	if !ok {
		return crossing{}, false
	}
	r = runs{before[2], before[1], before[0] + 1 + after[0], after[1], after[2]}
	if !r.finder() {
		return crossing{}, false
	}
	start := float64(x*dx+y*dy) - float64(before[0])
	return crossing{start + float64(r[2])/2, float64(r[0]+r[1]+r[2]+r[3]+r[4]) / 7}, true
}

// rays is how many rays measure a finder pattern.
const rays = 32

// measure fits the sides of a finder pattern around c, whose modules are so wide along the
// row and the column through it.
func (p *plane) measure(c Point, across, down float64) (finder, bool) {
	level := p.between(c, across, down)
	far := 3 * max(across, down)
	// First the rays go out evenly; then evenly as the pattern would have it, were it
	// upright and square, since a tilted one would get few rays on its short sides.
	frame := matrix2{1, 0, 0, 1}
	var pts [rays]Point
	var good [rays]bool
	for pass := range 3 {
		n := 0
		for i := range rays {
			sin, cos := math.Sincos(2 * math.Pi * (float64(i) + 0.5) / rays)
			d := frame.times(Point{cos, sin})
			k := d.length()
			var r float64
			if r, good[i] = p.ray(c, d.mul(1/k), level, min(across, down)/6, 7*far/3); good[i] {
				pts[i] = c.add(d.mul(r / k))
				n++
			} else if i-n >= rays*3/8 { // most places fail here, at once
				return finder{}, false
			}
		}
		var ok bool
		if c, frame, ok = square(c, pts, good); !ok {
			return finder{}, false
		}
		if pass == 2 {
			return fitSides(c, frame, pts, good, float64(n)/rays)
		}
	}
	return finder{}, false
}

// between is a luminance between dark and light of a finder pattern.
func (p *plane) between(c Point, across, down float64) float64 {
	dark := 2 * p.at(c)
	light := 0.0
	for _, d := range []Point{{across, 0}, {-across, 0}, {0, down}, {0, -down}} {
		dark += (p.at(c.add(d)) + p.at(c.add(d.mul(3)))) / 2
		light += p.at(c.add(d.mul(2)))
	}
	return (dark/6 + light/4) / 2
}

// ray goes from the middle of a finder pattern in a direction of length 1 until it has met
// light, dark and light; it returns how far off the middle of the dark ring is, and whether
// the lengths are those of a finder pattern.
func (p *plane) ray(c, d Point, level, step, far float64) (float64, bool) {
	step = min(max(step, 0.35), 3)
	var met [3]float64
	n, before := 0, p.at(c)
	if before > level {
		return 0, false
	}
	for r := step; r < far; r += step {
		q := c.add(d.mul(r))
		v := 255.0 // a pattern may end where the picture does
		if p.inside(q, 0) {
			v = p.at(q)
		}
		if (v > level) == (n != 1) { // light is looked for first, then dark, then light
			met[n] = r - step*(v-level)/(v-before)
			if n++; n == 3 {
				break
			}
		}
		before = v
	}
	if n < 3 {
		return 0, false
	}
	inner, outer := met[0]+met[1], met[1]+met[2] // 4 and 6 modules, wherever dark ends
	return outer / 2, outer > 1.25*inner && outer < 1.8*inner && met[2]-met[0] > 0.22*inner && met[2]-met[0] < 0.85*inner
}

// matrix2 turns (x, y) into (a x + b y, c x + d y).
type matrix2 struct{ a, b, c, d float64 }

func (m matrix2) times(p Point) Point { return Point{m.a*p.X + m.b*p.Y, m.c*p.X + m.d*p.Y} }

func (m matrix2) inverse() (matrix2, bool) {
	det := m.a*m.d - m.b*m.c
	if math.Abs(det) < 1e-9 {
		return m, false
	}
	return matrix2{m.d / det, -m.b / det, -m.c / det, m.a / det}, true
}

// square finds the parallelogram that points around c lie on, as the frame that makes it of
// the square from -1 to 1, and its middle. Points that are missing are taken from across.
func square(c Point, pts [rays]Point, good [rays]bool) (Point, matrix2, bool) {
	var q []Point
	for i := range pts {
		switch j := (i + rays/2) % rays; {
		case good[i]:
			q = append(q, pts[i].sub(c))
		case good[j]:
			q = append(q, c.sub(pts[j]))
		}
	}
	// Moments of the polygon, by its triangles from c.
	var area, mx, my, xx, xy, yy float64
	for i, a := range q {
		b := q[(i+1)%len(q)]
		w := a.cross(b) / 2
		area += w
		mx += w * (a.X + b.X) / 3
		my += w * (a.Y + b.Y) / 3
		xx += w * (a.X*a.X + a.X*b.X + b.X*b.X) / 6
		xy += w * (2*a.X*a.Y + a.X*b.Y + b.X*a.Y + 2*b.X*b.Y) / 12
		yy += w * (a.Y*a.Y + a.Y*b.Y + b.Y*b.Y) / 6
	}
	if area < 4 {
		return c, matrix2{}, false
	}
	mean := Point{mx / area, my / area}
	xx, xy, yy = xx/area-mean.X*mean.X, xy/area-mean.X*mean.Y, yy/area-mean.Y*mean.Y
	// The square root of the covariance makes the parallelogram of a turned square; a square
	// from -1 to 1 has variance 1/3.
	det := xx*yy - xy*xy
	if det <= 0 {
		return c, matrix2{}, false
	}
	s := math.Sqrt(det)
	t := math.Sqrt(xx + yy + 2*s)
	k := math.Sqrt(3) / t
	root := matrix2{(xx + s) * k, xy * k, xy * k, (yy + s) * k}
	inv, ok := root.inverse()
	if !ok {
		return c, matrix2{}, false
	}
	// The turn is the phase of the fourth harmonic: corners are farthest off.
	var re, im float64
	for i, a := range q {
		a, b := inv.times(a.sub(mean)), inv.times(q[(i+1)%len(q)].sub(mean))
		w := a.cross(b) / 2
		m := a.add(b).mul(0.5)
		x2, y2 := m.X*m.X-m.Y*m.Y, 2*m.X*m.Y
		re += w * (x2*x2 - y2*y2)
		im += w * 2 * x2 * y2
	}
	sin, cos := math.Sincos((math.Atan2(im, re) - math.Pi) / 4)
	frame := matrix2{root.a*cos + root.b*sin, -root.a*sin + root.b*cos, root.c*cos + root.d*sin, -root.c*sin + root.d*cos}
	return c.add(mean), frame, true
}

// fitSides lays a line along the points of each side, and has them meet in corners.
func fitSides(c Point, frame matrix2, pts [rays]Point, good [rays]bool, share float64) (finder, bool) {
	inv, ok := frame.inverse()
	if !ok {
		return finder{}, false
	}
	// Of the sides x = 1, y = 1, x = -1, y = -1: how far out, as a line along the side.
	var out, lean [4]float64
	for side := range 4 {
		var n, st, sn, stt, stn float64
		for i := range pts {
			if !good[i] {
				continue
			}
			a := inv.times(pts[i].sub(c))
			for range side {
				a = Point{a.Y, -a.X}
			}
			if a.X <= 0 || math.Abs(a.Y) > 0.85*a.X || math.Abs(a.X-1) > 0.35 {
				continue
			}
			n, st, sn, stt, stn = n+1, st+a.Y, sn+a.X, stt+a.Y*a.Y, stn+a.Y*a.X
		}
		out[side] = 1
		if d := n*stt - st*st; n >= 4 && d > 0.3*n {
			lean[side] = min(max((n*stn-st*sn)/d, -0.4), 0.4)
			out[side] = (sn - lean[side]*st) / n
		} else if n >= 2 {
			out[side] = sn / n
		}
	}
	f := finder{fit: share}
	for side := range 4 {
		// This side: x = o1 + l1·y. The next, a quarter further: y = o2 - l2·x, as it turns.
		next := (side + 1) % 4
		x := (out[side] + lean[side]*out[next]) / (1 + lean[side]*lean[next])
		y := out[next] - lean[next]*x
		a := Point{x, y}
		for range side {
			a = Point{-a.Y, a.X}
		}
		f.corners[side] = c.add(frame.times(a))
	}
	d1, d2 := f.corners[2].sub(f.corners[0]), f.corners[3].sub(f.corners[1])
	k := d1.cross(d2)
	if k <= 0 {
		return finder{}, false
	}
	f.at = f.corners[0].add(d1.mul(f.corners[1].sub(f.corners[0]).cross(d2) / k))
	if f.at.sub(c).length() > frame.times(Point{0.5, 0.5}).length() {
		return finder{}, false
	}
	f.u = f.corners[1].sub(f.corners[0]).add(f.corners[2].sub(f.corners[3])).mul(1.0 / 12)
	f.v = f.corners[3].sub(f.corners[0]).add(f.corners[2].sub(f.corners[1])).mul(1.0 / 12)
	return f, f.u.cross(f.v) > 0.5 && f.u.length() < 5*f.v.length() && f.v.length() < 5*f.u.length()
}
