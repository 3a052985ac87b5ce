package artwork

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"mingdeng/internal/drawing/shape"
)

// Film says how a film is exposed.
type Film struct {
	DPI    float64
	Mirror bool
	// Label is written beyond the trim, above it, in the scene's coordinates: which film this
	// is, and which side it is read from.
	Label shape.Outline
}

// FilmRoom is how much of a film lies above the trim, mm, for its label.
const FilmRoom = 12.0

// maxFilm bounds a film's sides, px.
const maxFilm = 1 << 17

// MaxFilm is the longest side of a scene, mm, that a film of a resolution holds.
func MaxFilm(dpi float64) float64 { return maxFilm/dpi*25.4 - 2*filmEdge }

// filmEdge is more than any scene's margin, mm.
const filmEdge = 50.0

// Film draws what is taken away or darkened (the plates Engrave and Black) as pure black on
// clear, with crop marks: a positive of one bit a pixel, as TIFF with the compression of
// CCITT group 4, which film setters take. Pictures, panels and mixed colours are left out.
//
// A pixel is black where its centre is inside. Nothing is smoothed, so an edge lies within
// half a pixel of where it belongs.
func (s *Scene) Film(f Film) ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	k, m := f.DPI/25.4, max(s.margin(), FilmRoom)
	w, h := int(math.Ceil((s.W+2*m)*k)), int(math.Ceil((s.H+2*m)*k))
	if !(f.DPI > 0) || w > maxFilm || h > maxFilm {
		return nil, errors.New("artwork: a film of no pixels, or of too many")
	}
	black := slices.Clone(f.Label)
	for _, it := range s.Items {
		if it.Picture == nil && (it.Ink.Plate == "Engrave" || it.Ink.Plate == "Black") {
			black = append(black, it.Outline...)
		}
	}
	marks := *s
	marks.Marks = true
	fine := max(hairline, 2/k) // at least two pixels
	for _, l := range marks.marks() {
		black = append(black, bar(l[0], l[1], fine)...)
	}
	rows := newScan(black, k, m, w, f.Mirror)
	return groupFour(w, h, f.DPI, rows.row), nil
}

// scan finds where the rows of an outline turn from white to black and back.
type scan struct {
	edges  []slope
	next   int
	live   []slope
	width  int
	mirror bool
	cross  []float64
	turns  []int
}

// newScan is of an outline in mm: k pixels to the mm, m mm of margin.
func newScan(o shape.Outline, k, m float64, width int, mirror bool) *scan {
	s := &scan{width: width, mirror: mirror}
	var flat []shape.Point
	for _, c := range o {
		flat = c.AppendFlat(flat[:0], 0.1/k)
		for i, a := range flat {
			b := flat[(i+1)%len(flat)]
			x0, y0, x1, y1 := (a.X+m)*k, (a.Y+m)*k, (b.X+m)*k, (b.Y+m)*k
			if y0 > y1 {
				x0, y0, x1, y1 = x1, y1, x0, y0
			}
			if y0 != y1 {
				s.edges = append(s.edges, slope{y0: y0, y1: y1, x0: x0, dx: (x1 - x0) / (y1 - y0)})
			}
		}
	}
	slices.SortFunc(s.edges, func(a, b slope) int { return cmp.Compare(a.y0, b.y0) })
	return s
}

// row returns the pixels at which row y changes colour, beginning with white. Rows must be
// asked for in order; the slice is good until the next call.
func (s *scan) row(y int) []int {
	at := float64(y) + 0.5
	for s.next < len(s.edges) && s.edges[s.next].y0 <= at {
		s.live = append(s.live, s.edges[s.next])
		s.next++
	}
	s.live = slices.DeleteFunc(s.live, func(e slope) bool { return e.y1 <= at })
	s.cross = s.cross[:0]
	for _, e := range s.live {
		s.cross = append(s.cross, e.x0+float64((at-e.y0)*e.dx))
	}
	slices.Sort(s.cross)
	s.turns = s.turns[:0]
	for i := 0; i+1 < len(s.cross); i += 2 {
		// The first pixel whose centre lies beyond a crossing.
		from := min(max(int(math.Ceil(s.cross[i]-0.5)), 0), s.width)
		to := min(max(int(math.Ceil(s.cross[i+1]-0.5)), 0), s.width)
		if n := len(s.turns); from == to {
			continue
		} else if n > 0 && s.turns[n-1] == from {
			s.turns[n-1] = to
			continue
		}
		s.turns = append(s.turns, from, to)
	}
	if s.mirror {
		slices.Reverse(s.turns)
		for i, x := range s.turns {
			s.turns[i] = s.width - x
		}
	}
	return s.turns
}
