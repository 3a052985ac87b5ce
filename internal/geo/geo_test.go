package geo

import (
	"math"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b Point, tolerance float64) bool {
	return math.Abs(a.Lat-b.Lat) <= tolerance && math.Abs(a.Lng-b.Lng) <= tolerance
}

// metres between two near points.
func metres(a, b Point) float64 {
	const deg = 111195
	return math.Hypot((a.Lat-b.Lat)*deg, (a.Lng-b.Lng)*deg*math.Cos(a.Lat*math.Pi/180))
}

// TestKnown uses the values that the public converters give (eviltransform's
// tests, coordtransform's).
func TestKnown(t *testing.T) {
	for _, tt := range []struct {
		wgs, other Point
		d          Datum
	}{
		{Point{31.1774276, 121.5272106}, Point{31.17530398364597, 121.531541859215}, GCJ02},
		{Point{22.543847, 113.912316}, Point{22.540796131694766, 113.9171764808363}, GCJ02},
		{Point{39.911954, 116.377817}, Point{39.91334545536069, 116.38404722455657}, GCJ02},
		{Point{39.915, 116.404}, Point{39.91640428150164, 116.41024449916938}, GCJ02},
		{Point{48.8584, 2.2945}, Point{48.8584, 2.2945}, GCJ02},
		{Point{34.7, 111.2}, Point{34.7, 111.2}, WGS84},
		{Point{34.7, 111.2}, Point{34.7, 111.2}, "other"},
	} {
		if got := FromWGS84(tt.wgs, tt.d); !near(got, tt.other, 1e-9) {
			t.Errorf("FromWGS84(%v, %s) = %.12v, want %v", tt.wgs, tt.d, got, tt.other)
		}
		if got := ToWGS84(tt.other, tt.d); !near(got, tt.wgs, 1e-9) {
			t.Errorf("ToWGS84(%v, %s) = %.12v, want %v", tt.other, tt.d, got, tt.wgs)
		}
	}
	if got, want := bdFromGCJ(Point{39.915, 116.404}), (Point{39.92133699351021, 116.41036949371029}); !near(got, want, 1e-9) {
		t.Errorf("bdFromGCJ = %.12v, want %v", got, want)
	}
}

// thereAndBack holds a place in China against what the conversions promise.
//
// How far GCJ02 moves a place follows from its formula alone: over the places that
// TestRoundTrip draws from, looked at every 0.01°, it is 17.5 m at the least (37.1434,
// 96.6005, in 海西; maps of the shift show the same spot) and 716 m at the most, in the
// north-east corner. Between two such looks it changes by less than 10 m.
func thereAndBack(t interface{ Fatalf(string, ...any) }, p Point) {
	for _, d := range []Datum{WGS84, GCJ02, BD09} {
		q := FromWGS84(p, d)
		if back := ToWGS84(q, d); !near(back, p, 1e-9) {
			t.Fatalf("%s: %v there and back is %v", d, p, back)
		}
		if d == GCJ02 {
			if m := metres(p, q); m < 15 || m > 725 {
				t.Fatalf("GCJ02 moves %v by %.0f m", p, m)
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, p := range []Point{
		{37.25, 96.5859375},             // moved by 19 m
		{37.143378023167, 96.600509325}, // by 17.5 m, the least of all
		{53.88, 131.4},                  // by 716 m, the most
		{3.5, 73}, {3.5, 136}, {54, 73}, {54, 136}, {35, 105},
	} {
		thereAndBack(t, p)
	}
	rapid.Check(t, func(t *rapid.T) {
		// China with its seas; the bounding box itself has a jump at its edge.
		thereAndBack(t, Point{
			Lat: rapid.Float64Range(3.5, 54).Draw(t, "lat"),
			Lng: rapid.Float64Range(73, 136).Draw(t, "lng"),
		})
	})
}

func TestMapLinks(t *testing.T) {
	name := "虢国公园 A&B;C:1"
	p := Point{34.772, 111.2}
	for _, d := range []Datum{WGS84, GCJ02, BD09} {
		links := MapLinks(p, d, name)
		if len(links) != 3 {
			t.Fatalf("%d links", len(links))
		}
		q := make([]url.Values, 3)
		for i, l := range links {
			u, err := url.Parse(l.URL)
			if err != nil || u.Scheme != "https" || strings.ContainsAny(l.URL, " \"<>+") {
				t.Errorf("%s: %q: %v", l.Name, l.URL, err)
				continue
			}
			// Parsed by hand: Tencent's ; stands in a parameter, which url.Query refuses.
			q[i] = url.Values{}
			for pair := range strings.SplitSeq(u.RawQuery, "&") {
				k, v, _ := strings.Cut(pair, "=")
				v, err := url.QueryUnescape(v)
				if err != nil {
					t.Error(err)
				}
				q[i].Set(k, v)
			}
		}
		gcj, bd := convert(p, d, GCJ02), convert(p, d, BD09)
		for _, c := range []struct {
			i         int
			key, want string
		}{
			{0, "position", degrees(gcj.Lng) + "," + degrees(gcj.Lat)},
			{0, "coordinate", "gaode"},
			{0, "name", name},
			{1, "location", degrees(bd.Lat) + "," + degrees(bd.Lng)},
			{1, "coord_type", "bd09ll"},
			{1, "title", name},
			{2, "marker", "coord:" + degrees(gcj.Lat) + "," + degrees(gcj.Lng) + ";title:虢国公园 A&B；C：1;addr:虢国公园 A&B；C：1"},
		} {
			if got := q[c.i].Get(c.key); got != c.want {
				t.Errorf("%s: %s=%q, want %q", links[c.i].Name, c.key, got, c.want)
			}
		}
	}
	if got := MapLinks(p, GCJ02, "")[0].URL; !strings.Contains(got, "position=111.200000,34.772000") {
		t.Errorf("the author's digits are not kept: %s", got)
	}
}

func BenchmarkToWGS84(b *testing.B) {
	for b.Loop() {
		ToWGS84(Point{34.772, 111.2}, BD09)
	}
}
