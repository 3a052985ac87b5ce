// Package geo converts coordinates between the datums that Chinese maps use
// and links a place in the maps that people here have on their phones.
//
// WGS84 is what GPS receivers and GeoJSON (RFC 7946) use. GCJ02 is the datum
// that maps published in China must use: WGS 84 moved by 100 to 700 m nearly
// everywhere, and by 17.5 m at the least, in the desert of 海西; 高德 and 腾讯 use it. BD09 is 百度's, GCJ02 moved once more. An author has to say which
// one a coordinate is in: it cannot be told from the numbers.
//
// The formulas of GCJ02 and BD09 were never published; those in use here are
// the ones that all public converters share.
package geo

import "math"

// Datum names what a coordinate refers to. Any value but the three below
// counts as WGS84.
type Datum string

const (
	WGS84 Datum = "WGS84"
	GCJ02 Datum = "GCJ02"
	BD09  Datum = "BD09"
)

// Point is a place in degrees, north and east positive.
type Point struct{ Lat, Lng float64 }

// ToWGS84 converts p from d to WGS84. It undoes FromWGS84 to within 1e-9°,
// which is a tenth of a millimetre, for places in China. GCJ02 coordinates
// outside China's bounding box are unchanged.
func ToWGS84(p Point, d Datum) Point {
	switch d {
	case GCJ02:
		return undo(gcjFromWGS, p)
	case BD09:
		return undo(gcjFromWGS, undo(bdFromGCJ, p))
	}
	return p
}

// FromWGS84 converts p from WGS84 to d. Outside China's bounding box GCJ02 is
// WGS84, and BD09 is 百度's shift alone.
func FromWGS84(p Point, d Datum) Point {
	switch d {
	case GCJ02:
		return gcjFromWGS(p)
	case BD09:
		return bdFromGCJ(gcjFromWGS(p))
	}
	return p
}

// convert is a conversion from one datum to another.
func convert(p Point, from, to Datum) Point {
	if from == to {
		return p // not through WGS84 and back: keep the author's digits
	}
	return FromWGS84(ToWGS84(p, from), to)
}

// undo finds the point that shift moves to q, by taking off the error until
// none is left. Both shifts change slowly (less than 1 % over their own
// length), so each round gains two digits or more.
func undo(shift func(Point) Point, q Point) Point {
	p := q
	for range 12 {
		s := shift(p)
		dLat, dLng := s.Lat-q.Lat, s.Lng-q.Lng
		p.Lat -= dLat
		p.Lng -= dLng
		if math.Abs(dLat) < 1e-12 && math.Abs(dLng) < 1e-12 {
			break
		}
	}
	return p
}

// inChina is the box that the public converters share. It is no border.
func inChina(p Point) bool {
	return 72.004 <= p.Lng && p.Lng <= 137.8347 && 0.8293 <= p.Lat && p.Lat <= 55.8271
}

// gcjFromWGS moves p as GCJ02 does, on the Krasovsky 1940 ellipsoid.
func gcjFromWGS(p Point) Point {
	if !inChina(p) {
		return p
	}
	const (
		a  = 6378245.0              // semi-major axis in metres
		ee = 0.00669342162296594323 // first eccentricity squared
	)
	x, y := p.Lng-105, p.Lat-35
	lat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x))
	lat += wave(x, [2]float64{6, 20}, [2]float64{2, 20})
	lat += wave(y, [2]float64{1, 20}, [2]float64{1. / 3, 40})
	lat += wave(y, [2]float64{1. / 12, 160}, [2]float64{1. / 30, 320})
	lng := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x))
	lng += wave(x, [2]float64{6, 20}, [2]float64{2, 20})
	lng += wave(x, [2]float64{1, 20}, [2]float64{1. / 3, 40})
	lng += wave(x, [2]float64{1. / 12, 150}, [2]float64{1. / 30, 300})

	phi := p.Lat / 180 * math.Pi
	w := 1 - ee*math.Sin(phi)*math.Sin(phi)
	return Point{
		Lat: p.Lat + lat*180/(a*(1-ee)/(w*math.Sqrt(w))*math.Pi),
		Lng: p.Lng + lng*180/(a/math.Sqrt(w)*math.Cos(phi)*math.Pi),
	}
}

// wave is two thirds of the sum of sines; a term is {frequency, amplitude}.
func wave(v float64, terms ...[2]float64) float64 {
	sum := 0.0
	for _, t := range terms {
		sum += t[1] * math.Sin(t[0]*v*math.Pi)
	}
	return sum * 2 / 3
}

// bdFromGCJ moves p as 百度 does: a wobble in polar coordinates and an offset.
func bdFromGCJ(p Point) Point {
	const f = math.Pi * 3000 / 180
	r := math.Hypot(p.Lng, p.Lat) + 0.00002*math.Sin(p.Lat*f)
	theta := math.Atan2(p.Lat, p.Lng) + 0.000003*math.Cos(p.Lng*f)
	return Point{
		Lat: r*math.Sin(theta) + 0.006,
		Lng: r*math.Cos(theta) + 0.0065,
	}
}
