package geo

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func noGroup([]int) string { return "" }

// What is measured on a sheet is what lies between the places, at its latitude.
func TestSheetDistances(t *testing.T) {
	for _, c := range []struct {
		name   string
		places []Point
		within float64
	}{
		{"a city", []Point{{34.76, 113.60}, {34.70, 113.75}, {34.82, 113.70}}, .002},
		{"a province", []Point{{33.0, 111.0}, {36.0, 116.0}, {32.5, 114.0}}, .04},
		{"one parallel", []Point{{34, 110}, {34, 114}, {34, 116}}, .001},
	} {
		all := Sheets(c.places, []string{"a", "b", "c"}, noGroup)
		if len(all) != 1 || len(all[0].Marks) != 3 {
			t.Fatalf("%s: %d sheets, %+v", c.name, len(all), all)
		}
		s := all[0]
		for i, a := range s.Marks {
			for _, b := range s.Marks[:i] {
				drawn, real := math.Hypot(a.X-b.X, a.Y-b.Y)*s.Scale, Metres(c.places[a.Places[0]], c.places[b.Places[0]])
				if math.Abs(drawn/real-1) > c.within {
					t.Errorf("%s: %.0f m are drawn as %.0f", c.name, real, drawn)
				}
			}
		}
		if bar := float64(s.Bar) / s.Scale; bar < s.W/8 || bar > s.W/3 {
			t.Errorf("%s: the scale bar of %d m is %.0f units", c.name, s.Bar, bar)
		}
		if s.Marks[2].X < s.Marks[0].X || c.name == "a city" && s.Marks[1].Y < s.Marks[0].Y {
			t.Errorf("%s: east is not right or south not down: %+v", c.name, s.Marks)
		}
	}
	if got := Metres(Point{34, 113}, Point{35, 113}); math.Abs(got-110_900) > 100 {
		t.Errorf("a degree of latitude is %.0f m", got)
	}
}

// However places lie: each is on the first sheet once, marks can be touched one by one,
// nothing leaves the sheet, and a mark of several leads to a sheet of just those.
func TestSheets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		near := rapid.SampledFrom([]float64{0, 1e-6, .01, 1, 8}).Draw(t, "spread")
		places, names, all := make([]Point, n), make([]string, n), make([]int, n)
		for i := range places {
			if i > 0 && rapid.Bool().Draw(t, "beside") {
				places[i] = places[i-1]
				places[i].Lat += rapid.Float64Range(-near/50, near/50).Draw(t, "dlat")
			} else {
				places[i] = Point{34 + rapid.Float64Range(-near, near).Draw(t, "lat"), 113 + rapid.Float64Range(-near, near).Draw(t, "lng")}
			}
			names[i], all[i] = rapid.SampledFrom([]string{"园", "紫荆山公园", "Zijingshan"}).Draw(t, "name"), i
		}
		sheets := Sheets(places, names, noGroup)
		for k, s := range sheets {
			want := all
			if k > 0 {
				want = nil
				for _, m := range sheets[s.Of].Marks {
					if m.Sheet == k {
						want = m.Places
					}
				}
			}
			var got []int
			for i, m := range s.Marks {
				got = append(got, m.Places...)
				if m.X < 0 || m.Y < 0 || m.X > s.W || m.Y > s.H {
					t.Fatalf("a mark at %.1f, %.1f leaves the sheet", m.X, m.Y)
				}
				for _, o := range s.Marks[:i] {
					if math.Hypot(m.X-o.X, m.Y-o.Y) < apart {
						t.Fatalf("marks %.1f units apart", math.Hypot(m.X-o.X, m.Y-o.Y))
					}
				}
				if m.Sheet == 0 && len(m.Places) > 1 && widest(places, m.Places) > 50 {
					t.Fatalf("%v have no sheet", m.Places)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("sheet %d shows %v, not %v", k, got, want)
			}
		}
	})
}

// widest is how far apart some of the places are, metres.
func widest(places []Point, which []int) float64 {
	far := 0.0
	for _, a := range which {
		for _, b := range which {
			far = max(far, Metres(places[a], places[b]))
		}
	}
	return far
}
