package feeds

import (
	"math"

	"mingdeng/internal/content"
	"mingdeng/internal/geo"
	"mingdeng/internal/output"
)

type heroData struct {
	Name    string   `json:"name"`
	URL     string   `json:"url"`
	Kind    string   `json:"kind"`
	Initial string   `json:"initial"` // under which the index files the name
	Region  []string `json:"region"`
	Date    string   `json:"date,omitempty"`
	Deed    string   `json:"deed,omitempty"`
	Summary string   `json:"summary,omitempty"`
	Honors  []string `json:"honors,omitempty"`
	Fallen  bool     `json:"fallen,omitempty"`
	Sample  bool     `json:"sample,omitempty"`
	Member  string   `json:"member,omitempty"` // the folder of the association that gave it
}

// heroes is /data/heroes.json, in the order of the index: what the heroes' pages show,
// as data. The index narrows by it too (scripts/filter.js).
func (f files) heroes() output.Output {
	list := make([]heroData, 0, len(f.e.Heroes))
	for _, h := range f.e.Heroes {
		d := heroData{Name: h.Name, URL: f.absolute(h.Address), Kind: string(h.HeroKind), Initial: h.Initial, Region: h.Region, Summary: h.Line, Fallen: h.Status == content.Fallen, Sample: h.Sample, Member: h.Member}
		if h.Deed != nil {
			d.Date, d.Deed = h.Deed.Date.String(), string(h.Deed.Type)
		}
		for _, x := range h.Held {
			d.Honors = append(d.Honors, x.Title)
		}
		list = append(list, d)
	}
	return made(f.e.Prefix+"data/heroes.json", struct {
		Heroes []heroData `json:"heroes"`
	}{list}, writeJSON)
}

type feature struct {
	Type     string     `json:"type"`
	Geometry *geometry  `json:"geometry"`
	Props    properties `json:"properties"`
}

type geometry struct {
	Type  string     `json:"type"`
	Point [2]float64 `json:"coordinates"` // longitude, latitude (RFC 7946 §3.1.1)
}

type properties struct {
	Name    string   `json:"name"`
	URL     string   `json:"url"`
	Kind    string   `json:"kind"`
	Region  []string `json:"region"`
	Address string   `json:"address,omitempty"`
}

// venues is /data/venues.geojson: WGS 84 as RFC 7946 §4 wants it, whatever datum
// the record gives. A venue without coordinates has no geometry.
func (f files) venues() output.Output {
	list := make([]feature, 0, len(f.e.Venues))
	for _, v := range f.e.Venues {
		x := feature{Type: "Feature", Props: properties{v.Name, f.absolute(v.Address), string(v.VenueKind), v.Region, v.Venue.Address}}
		if l := v.Location; l != nil {
			p := geo.ToWGS84(geo.Point{Lat: l.Lat, Lng: l.Lng}, geo.Datum(l.Datum))
			x.Geometry = &geometry{"Point", [2]float64{micro(p.Lng), micro(p.Lat)}}
		}
		list = append(list, x)
	}
	return made("data/venues.geojson", struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}{"FeatureCollection", list}, writeJSON)
}

// micro keeps six decimals of a degree, a tenth of a metre.
func micro(f float64) float64 { return math.Round(f*1e6) / 1e6 }
