package geo

import (
	"math"
	"unicode"
)

// Sheet is places drawn to scale, north up: no ground, no borders, nothing but where they
// lie to each other. Lengths are units of the drawing, X to the right and Y down.
//
// It is an equirectangular projection whose true parallel is the middle of the places: a
// length along it and any length north and south is as on the ground. Over the 5° of a
// province a length east and west at the edge is off by 3 %. Places on both sides of 180° do
// not come together.
type Sheet struct {
	Of     int // the mark of which sheet this one enlarges: the index of the sheet; -1 for the first
	W, H   float64
	Marks  []Mark
	Scale  float64 // metres a unit
	Bar    int     // what the scale bar stands for: metres, 1, 2 or 5 and noughts
	Middle float64 // the true parallel: degrees north
}

// Mark is one place of a sheet, or several that lie too near each other to be told apart.
type Mark struct {
	X, Y   float64
	Places []int      // indices of the places, rising
	Sheet  int        // index of the sheet that enlarges it, or 0
	Label  [2]float64 // where its name begins, on the base line; zero where there is no room for it
}

// Bounds of a sheet, units. A sheet is shown as narrow as 320 px on a phone: marks
// [apart] units from each other can be touched one by one there.
const (
	sheetWidth  = 640
	sheetMargin = 48
	sheetFoot   = 40 // below the places: the scale bar and the arrow of north
	leastHeight = 200
	apart       = 56
	leastMetres = 200.0 // on the ground, between the margins
	labelSize   = 16    // units an em
)

// radius of the earth's meridian at 34° north, metres (WGS 84).
const radius = 6_355_000

// Metres is how far apart two places are, WGS 84: along the great circle of a sphere, within
// 0.6 %.
func Metres(a, b Point) float64 {
	rad := math.Pi / 180
	h := math.Pow(math.Sin((b.Lat-a.Lat)*rad/2), 2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin((b.Lng-a.Lng)*rad/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}

// Sheets draws places (WGS 84) named by names, which are written beside their marks where
// there is room: several that lie too near each other are one mark, under the name group
// gives it, and have a sheet of their own. There is none for fewer than two places, nor
// where all lie within some 20 m.
func Sheets(places []Point, names []string, group func([]int) string) []Sheet {
	all := make([]int, len(places))
	for i := range all {
		all[i] = i
	}
	var out []Sheet
	draw := func(which []int, of int) {
		if len(which) < 2 || same(places, which) {
			return
		}
		if s := sheet(places, which, of); len(s.Marks) > 1 {
			out = append(out, s)
		}
	}
	draw(all, -1)
	for i := 0; i < len(out); i++ {
		for m := range out[i].Marks {
			n := len(out)
			if draw(out[i].Marks[m].Places, i); len(out) > n {
				out[i].Marks[m].Sheet = n
			}
		}
		out[i].name(names, group)
	}
	return out
}

func same(places []Point, which []int) bool {
	for _, i := range which {
		if Metres(places[i], places[which[0]]) > 1 {
			return false
		}
	}
	return true
}

func sheet(places []Point, which []int, of int) Sheet {
	low, high := places[which[0]], places[which[0]]
	for _, i := range which {
		p := places[i]
		low = Point{min(low.Lat, p.Lat), min(low.Lng, p.Lng)}
		high = Point{max(high.Lat, p.Lat), max(high.Lng, p.Lng)}
	}
	s := Sheet{Of: of, W: sheetWidth, Middle: (low.Lat + high.Lat) / 2}
	degree := radius * math.Pi / 180
	across := degree * math.Cos(s.Middle*math.Pi/180)
	w, h := (high.Lng-low.Lng)*across, (high.Lat-low.Lat)*degree
	s.Scale = max(w, h, leastMetres) / (sheetWidth - 2*sheetMargin)
	ground := max(leastHeight, h/s.Scale+2*sheetMargin)
	s.H = ground + sheetFoot
	left, top := (s.W-w/s.Scale)/2, (ground-h/s.Scale)/2
	at := func(i int) (x, y float64) {
		return left + (places[i].Lng-low.Lng)*across/s.Scale, top + (high.Lat-places[i].Lat)*degree/s.Scale
	}
	for _, i := range which {
		x, y := at(i)
		s.Marks = append(s.Marks, Mark{X: x, Y: y, Places: []int{i}})
	}
	s.gather()
	for ten := 1; ; ten *= 10 {
		for _, v := range []int{ten, 2 * ten, 5 * ten} {
			if float64(v) > s.Scale*s.W/3 {
				return s
			}
			s.Bar = v
		}
	}
}

// gather makes one mark of those that stand too near each other, at their middle, until all
// stand apart.
func (s *Sheet) gather() {
	for {
		var out []Mark
		for _, m := range s.Marks {
			joined := false
			for k := range out {
				o := &out[k]
				if math.Hypot(m.X-o.X, m.Y-o.Y) >= apart {
					continue
				}
				a, b := float64(len(o.Places)), float64(len(m.Places))
				o.X, o.Y = (o.X*a+m.X*b)/(a+b), (o.Y*a+m.Y*b)/(a+b)
				o.Places = merge(o.Places, m.Places)
				joined = true
				break
			}
			if !joined {
				out = append(out, m)
			}
		}
		done := len(out) == len(s.Marks)
		if s.Marks = out; done {
			return
		}
	}
}

func merge(a, b []int) []int {
	out := make([]int, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// box is where something stands on a sheet.
type box struct{ x, y, w, h float64 }

func (a box) meets(b box) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// name finds room for the names: to the right of a mark, to its left, below it, above it.
// What finds none is named by the list beside the sheet alone.
func (s *Sheet) name(names []string, group func([]int) string) {
	const half, gap = 14, 4 // of a mark; between it and its name
	taken := []box{{0, s.H - sheetFoot, s.W, sheetFoot}}
	for _, m := range s.Marks {
		taken = append(taken, box{m.X - half, m.Y - half, 2 * half, 2 * half})
	}
	for i := range s.Marks {
		m := &s.Marks[i]
		text := names[m.Places[0]]
		if len(m.Places) > 1 {
			text = group(m.Places)
		}
		w := Width(text) * labelSize
		for _, b := range []box{
			{m.X + half + gap, m.Y - labelSize/2, w, labelSize}, {m.X - half - gap - w, m.Y - labelSize/2, w, labelSize},
			{m.X - w/2, m.Y + half, w, labelSize}, {m.X - w/2, m.Y - half - labelSize, w, labelSize},
		} {
			free := w > 0 && b.x >= 4 && b.y >= 4 && b.x+b.w <= s.W-4 && b.y+b.h <= s.H-4
			for _, t := range taken {
				free = free && !b.meets(t)
			}
			if free {
				taken = append(taken, b)
				m.Label = [2]float64{b.x, b.y + labelSize*.85}
				break
			}
		}
	}
}

// Width is how wide a text is set, in em, at the most: Han and full-width marks are 1, others
// .62.
func Width(text string) float64 {
	w := 0.0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef {
			w++
		} else {
			w += .62
		}
	}
	return w
}
