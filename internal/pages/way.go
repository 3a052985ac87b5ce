package pages

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/site"
	"mingdeng/internal/wayfinding"
)

// way is where a venue's exhibits stand on its plan. It knows all of the route, also where
// an edition has pages for a part of it only: who reads English walks the same path.
type way struct {
	spots  []spot   // exhibits that have a place on the plan: the route's, then the others
	whole  bool     // all stops of the route have one
	pic    *Picture // nil where there is no plan
	w, h   float64  // of the plan, units
	metres float64  // of a unit; 0 where nobody said

	order []int                // of the spots that have a page, as one passes them
	cuts  []wayfinding.Stretch // of order; nil where the whole plan is large enough for a finger
}

type spot struct {
	at    wayfinding.Point // as given
	shown wayfinding.Point // parted from what stands in the same place
	route bool
	s     *site.Exhibit // nil where this edition has no page of it
}

func (p *planner) way(x *site.Venue) *way {
	w := &way{}
	if x.Plan == nil {
		return w
	}
	if w.pic = p.pic(&x.Head, x.Plan.Src); w.pic == nil || w.pic.Width == 0 || w.pic.Height == 0 {
		w.pic = nil
		return w
	}
	w.w, w.h = float64(w.pic.Width), float64(w.pic.Height)
	w.metres = x.PlanWidth / w.w
	mine := map[string]*site.Exhibit{}
	for _, s := range x.Exhibits {
		mine[s.Slug] = s
	}
	w.whole = true
	for _, s := range p.first(x).Exhibits {
		if len(s.PlanAt) == 2 {
			w.spots = append(w.spots, spot{at: wayfinding.Point{X: s.PlanAt[0] * w.w, Y: s.PlanAt[1] * w.h}, route: s.Stop > 0, s: mine[s.Slug]})
		} else if s.Stop > 0 {
			w.whole = false
		}
	}
	var at []wayfinding.Point
	for _, x := range w.spots {
		at = append(at, x.at)
	}
	for i, point := range wayfinding.Spread(at, w.w, w.h) {
		w.spots[i].shown = point
	}
	w.arrange()
	at = at[:0]
	for _, i := range w.order {
		at = append(at, w.spots[i].shown)
	}
	if !wayfinding.Apart(at, w.w) {
		w.cuts = wayfinding.Cut(at, w.w, w.h)
	}
	return w
}

// first is the venue in the site's own language, which knows all its exhibits.
func (p *planner) first(x *site.Venue) *site.Venue {
	if len(p.editions) > 0 {
		for _, v := range p.editions[0].e.Venues {
			if v.Slug == x.Slug {
				return v
			}
		}
	}
	return x
}

// arrange puts what is to be tapped in order: along the route, with each of the others
// behind the stop next to it; without a route from one to the next.
func (w *way) arrange() {
	var rest []int
	for i, x := range w.spots {
		switch {
		case x.s == nil:
		case x.route:
			w.order = append(w.order, i)
		default:
			rest = append(rest, i)
		}
	}
	if len(w.order) == 0 && len(rest) > 0 {
		for w.order, rest = rest[:1:1], rest[1:]; len(rest) > 0; {
			n := w.nearest(rest, w.spots[w.order[len(w.order)-1]].at)
			w.order = append(w.order, rest[n])
			rest = slices.Delete(rest, n, n+1)
		}
		return
	}
	for _, i := range rest {
		w.order = slices.Insert(w.order, w.nearest(w.order, w.spots[i].at)+1, i)
	}
}

// nearest is which of some spots is nearest to a point.
func (w *way) nearest(some []int, to wayfinding.Point) int {
	best := 0
	for n, i := range some {
		if wayfinding.Length([]wayfinding.Point{w.spots[i].at, to}) < wayfinding.Length([]wayfinding.Point{w.spots[some[best]].at, to}) {
			best = n
		}
	}
	return best
}

// find is where an exhibit stands among the spots, or -1.
func (w *way) find(s *site.Exhibit) int {
	return slices.IndexFunc(w.spots, func(x spot) bool { return s != nil && x.s == s })
}

// path are the points of the route, as given.
func (w *way) path(from, to int) []wayfinding.Point {
	var out []wayfinding.Point
	for i := from; i <= to; i++ {
		if w.spots[i].route {
			out = append(out, w.spots[i].at)
		}
	}
	return out
}

// between is how many metres there are along the route from one stop to a later one, or
// -1 where that is not known.
func (w *way) between(a, b *site.Exhibit) float64 {
	from, to := w.find(a), w.find(b)
	if w.metres == 0 || from < 0 || to < 0 {
		return -1
	}
	return wayfinding.Length(w.path(from, to)) * w.metres
}

// length is how many metres the route is long, or -1 where that is not known.
func (w *way) length() float64 {
	if points := w.path(0, len(w.spots)-1); w.whole && w.metres > 0 && len(points) > 1 {
		return wayfinding.Length(points) * w.metres
	}
	return -1
}

// distance says a distance in metres, "" if it is not known (negative).
func (p *planner) distance(metres float64) string { return wayfinding.Distance(metres, p.t) }

// ahead is how far the next stop is: 向前约 40 米.
func (p *planner) ahead(metres float64) string {
	if metres < 0 {
		return ""
	}
	return p.t("way.ahead", p.distance(metres))
}

// line is the route as far as it passes a part of the plan.
func (w *way) line(box wayfinding.Box) string {
	var b strings.Builder
	var last *wayfinding.Point
	drawn := false
	for i := range w.spots {
		if !w.spots[i].route {
			continue
		}
		to := w.spots[i].shown
		if last != nil && box.Crossed(*last, to) {
			if !drawn {
				fmt.Fprintf(&b, "M%g %g", tenth(last.X), tenth(last.Y))
			}
			fmt.Fprintf(&b, "L%g %g", tenth(to.X), tenth(to.Y))
			drawn = true
		} else {
			drawn = false
		}
		last = &to
	}
	return b.String()
}

// part is a part of the plan with its picture and the route.
func (w *way) part(box wayfinding.Box) SitePlan {
	return SitePlan{Picture: *w.pic, Box: fmt.Sprintf("%g %g %g %g", tenth(box.X), tenth(box.Y), tenth(box.W), tenth(box.H)), Path: w.line(box)}
}

// marker is a spot in a part of the plan.
func (w *way) marker(box wayfinding.Box, x spot) Marker {
	m := Marker{X: percent(x.shown.X-box.X, box.W), Y: percent(x.shown.Y-box.Y, box.H)}
	if x.s != nil {
		m.Name, m.Slug, m.Stop = x.s.Name, x.s.Slug, x.s.Stop
	}
	return m
}

// sheet is a part of the plan to write on, with the spots as dots of that radius, px.
func (w *way) sheet(box wayfinding.Box, radius float64) *wayfinding.Sheet {
	var dots []wayfinding.Point
	for _, x := range w.spots {
		dots = append(dots, x.shown)
	}
	return wayfinding.NewSheet(box, dots, radius)
}

// links makes some spots into links with numbers, and writes their names beside them
// where there is room.
func (p *planner) links(w *way, box wayfinding.Box, some []int) SitePlan {
	part, sheet := w.part(box), w.sheet(box, 15)
	for _, i := range some {
		m := w.marker(box, w.spots[i])
		m.Href = p.href(w.spots[i].s.Address)
		if emWidth(m.Name) <= 8 {
			offset, ok := sheet.Place(w.spots[i].shown, emWidth(m.Name)*14+8, 18, 10)
			if m.Label = label(m.Name, 14, offset, ok); ok {
				m.Label.X = math.Round(2*m.Label.X) / 2 // coarse, since there is one for every stop
			}
		}
		part.Markers = append(part.Markers, m)
	}
	return part
}

// label is a text of that size (px) at a place that was found for it; nil where there is none.
func label(text string, size float64, offset wayfinding.Point, ok bool) *Label {
	if !ok {
		return nil
	}
	return &Label{text, tenth(offset.X / size), tenth(offset.Y / size)}
}

// wholePlan is the whole plan; nil where there is none. Its lamps are links where they
// stand far enough apart on a phone; else they are dots, and its stretches are links.
func (p *planner) wholePlan(w *way) *SitePlan {
	if w.pic == nil {
		return nil
	}
	box := wayfinding.Box{W: w.w, H: w.h}
	var plan SitePlan
	if w.cuts == nil {
		plan = p.links(w, box, w.order)
	} else {
		plan = w.part(box)
		plan.Dots = plan.Path
		for _, x := range w.spots {
			if !x.route {
				plan.Dots += fmt.Sprintf("M%g %gh0", tenth(x.shown.X), tenth(x.shown.Y))
			}
		}
	}
	plan.Ring = wayfinding.Ring(w.path(0, len(w.spots)-1))
	return &plan
}

// drawnWords tells in what language the words on a plan are, where it is not that of the
// edition; it may have a picture of its own.
func (p *planner) drawnWords(x *site.Venue) string {
	if first := p.first(x); p.language.Foreign && x.Plan != nil && first.Plan != nil && first.Plan.Src.Path == x.Plan.Src.Path {
		return p.t("plan.words")
	}
	return ""
}

// stretches are the parts of a walk whose lamps stand too close on the whole plan.
func (p *planner) stretches(w *way, route []Stop) []Stretch {
	if w.cuts == nil {
		return nil
	}
	var out []Stretch
	for n, c := range w.cuts {
		some := w.order[c.From:c.To]
		x := Stretch{ID: stretchID(n), Href: "#" + stretchID(n), Plan: p.links(w, c.Box, some), Name: itoa(n + 1), Title: p.t("venue.stretch", n+1)}
		first, last := -1, -1
		for _, i := range some {
			if w.spots[i].route {
				if last = i; first < 0 {
					first = i
				}
			}
		}
		if first >= 0 {
			// A stop that has no place on the plan goes with the one before it.
			from, to := w.spots[first].s.Stop, len(route)
			if n == 0 {
				from = 1
			}
			for _, i := range w.order[c.To:] {
				if w.spots[i].route {
					to = w.spots[i].s.Stop - 1
					break
				}
			}
			x.Stops = route[from-1 : to]
			if x.Range = p.t("venue.stop", from); from < to {
				x.Range = p.t("venue.stops", from, to)
				x.Length = p.distance(w.between(w.spots[first].s, w.spots[last].s))
			}
		}
		out = append(out, x)
	}
	w.mark(out)
	for i := range out {
		if i > 0 {
			out[i].Previous = link(out[i-1].Title, out[i-1].Href)
			out[i-1].Next = link(out[i].Title, out[i].Href)
		}
	}
	return out
}

// mark puts the numbers of the stretches on the whole plan, each beside a stop of its own.
// Places are taken as they come, so that one may be left without; then the order is turned,
// then less room is left around the stops, and of all that was tried the best is taken.
func (w *way) mark(stretches []Stretch) {
	best := 0
	for _, radius := range []float64{8, 6, 4} {
		for _, turned := range []bool{false, true} {
			sheet := w.sheet(wayfinding.Box{W: w.w, H: w.h}, radius)
			marked, n := slices.Clone(stretches), 0
			for k := range marked {
				if turned {
					k = len(marked) - 1 - k
				}
				x, c := &marked[k], w.cuts[k]
				x.Label = nil
				for _, i := range w.order[c.From:c.To] {
					at := w.spots[i].shown
					offset, ok := sheet.PlaceTarget(at, emWidth(x.Name)*14+14, 24, 40)
					if x.Label = label(x.Name, 14, offset, ok); ok {
						x.X, x.Y = percent(at.X, w.w), percent(at.Y, w.h)
						n++
						break
					}
				}
			}
			if n > best {
				best = n
				copy(stretches, marked)
			}
			if best == len(stretches) {
				return
			}
		}
	}
}

func stretchID(n int) string { return "part-" + itoa(n+1) }

// stretchOf is where on the venue's page an exhibit is shown enlarged: #part-2.
func (w *way) stretchOf(s *site.Exhibit) string {
	i := slices.Index(w.order, w.find(s))
	for n, c := range w.cuts {
		if c.From <= i && i < c.To {
			return "#" + stretchID(n)
		}
	}
	return "#plan"
}

// partPlan is the part of the plan around an exhibit, with the next one in it if that is
// not too far; nil where it has no place.
func (p *planner) partPlan(w *way, s *site.Exhibit) *SitePlan {
	here := w.find(s)
	if here < 0 {
		return nil
	}
	at := w.spots[here].shown
	bw := w.w * .45
	box := wayfinding.Box{W: bw, H: math.Min(w.h*.36, bw)}
	middle := at
	next := w.find(s.Next)
	if next >= 0 {
		to := w.spots[next].shown
		if math.Abs(to.X-at.X) < box.W*.8 && math.Abs(to.Y-at.Y) < box.H*.8 {
			middle = wayfinding.Point{X: (at.X + to.X) / 2, Y: (at.Y + to.Y) / 2}
		}
	}
	box.X = math.Min(math.Max(middle.X-box.W/2, 0), w.w-box.W)
	box.Y = math.Min(math.Max(middle.Y-box.H/2, 0), w.h-box.H)
	part := w.part(box)
	for i, x := range w.spots {
		if !box.Holds(x.shown) {
			continue
		}
		m := w.marker(box, x)
		switch i {
		case here:
			text := p.t("exhibit.here")
			offset, ok := w.sheet(box, 13).Place(at, emWidth(text)*15+8, 20, 38)
			m.Current, m.Label = true, label(text, 15, offset, ok)
			if !ok {
				part.Caption = text
			}
		case next:
			m.Next = true
		}
		part.Markers = append(part.Markers, m)
	}
	return &part
}

// emWidth is about how wide a text is, in em.
func emWidth(s string) float64 {
	wide := 0.0
	for _, r := range s {
		if r >= 0x2e80 || r == '—' {
			wide++
		} else {
			wide += .6
		}
	}
	return wide
}

// gated tells whether a venue of that kind is entered by a gate.
func gated(k content.VenueKind) bool {
	return k == "park" || k == "garden" || k == "scenic-spot" || k == "square"
}

func tenth(f float64) float64 { return math.Round(f*10) / 10 }

func percent(f, of float64) float64 { return tenth(f / of * 100) }
