package pages

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/geo"
	"mingdeng/internal/site"
)

// venueRows lists the venues of one city together, those of the city with most of them
// first, and draws where they lie.
func (p *planner) venueRows(v *Venues) {
	city := func(x *site.Venue) string { return strings.Join(x.Region[:min(2, len(x.Region))], "/") }
	many := map[string]int{}
	for _, x := range p.e.Venues {
		many[city(x)]++
	}
	list := slices.Clone(p.e.Venues)
	slices.SortStableFunc(list, func(a, b *site.Venue) int {
		return cmp.Or(many[city(b)]-many[city(a)], strings.Compare(city(a), city(b)))
	})
	var at []geo.Point
	var rows []int
	var names []string
	for i, x := range list {
		row := VenueRow{VenueItem: p.venueItem(x)}
		if l := x.Location; l != nil {
			point := geo.Point{Lat: l.Lat, Lng: l.Lng}
			row.Maps = p.mapLinks(point, geo.Datum(l.Datum), x.Name)
			w := geo.ToWGS84(point, geo.Datum(l.Datum))
			at, rows, names = append(at, w), append(rows, i), append(names, x.Name)
			row.Number = len(at)
			row.At = strconv.FormatFloat(w.Lat, 'f', 5, 64) + "," + strconv.FormatFloat(w.Lng, 'f', 5, 64)
			v.Located++
		}
		v.Rows = append(v.Rows, row)
	}
	group := func(places []int) string {
		shared := list[rows[places[0]]].Region
		for _, i := range places {
			r := list[rows[i]].Region
			n := 0
			for n < min(len(shared), len(r)) && shared[n] == r[n] {
				n++
			}
			shared = shared[:n]
		}
		return placeName(shared)
	}
	for i, s := range geo.Sheets(at, names, group) {
		m := VenueMap{
			ID: "map-" + itoa(i+1), Width: tenth(s.W), Height: tenth(s.H), Bar: tenth(float64(s.Bar) / s.Scale), BarText: p.t("map.metres", s.Bar), Middle: int(math.Round(s.Middle)),
			Foot: tenth(s.H - 20), East: s.W - 24,
		}
		if s.Bar >= 1000 {
			m.BarText = p.t("map.kilometres", s.Bar/1000)
		}
		if i > 0 {
			m.Whole = "#map-" + itoa(s.Of+1)
		}
		for _, k := range s.Marks {
			x := MapMark{X: tenth(k.X), Y: tenth(k.Y), Href: "#v" + itoa(k.Places[0]+1), Name: names[k.Places[0]], Mark: itoa(k.Places[0] + 1), LabelX: tenth(k.Label[0]), LabelY: tenth(k.Label[1])}
			x.Label = x.Name
			if n := len(k.Places); n > 1 {
				x.Label = group(k.Places)
				x.Many, x.Mark, x.Name = true, itoa(n), p.t("map.several", x.Label, n)
				if k.Sheet > 0 {
					x.Href = "#map-" + itoa(k.Sheet+1)
				}
			}
			m.Marks = append(m.Marks, x)
		}
		v.Maps = append(v.Maps, m)
	}
	if len(v.Maps) > 1 {
		for i := range v.Maps[1:] {
			up := v.Maps[0]
			for _, k := range up.Marks {
				if k.Href == "#"+v.Maps[i+1].ID {
					v.Maps[i+1].Name = k.Label
				}
			}
		}
	}
}
