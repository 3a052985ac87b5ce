package artwork

import (
	"strconv"

	"mingdeng/internal/drawing/shape"
)

// flatness is how far the straight lines of DXF may stand off a curve, mm, so that with
// the rounding the whole stays within 0.01.
const flatness = 0.008

// DXF draws the scene's contours as closed polylines, in mm, y up, on one layer per
// plate. Holes are circles. The trim is on the layer of the Cut ink, or on “Trim” where
// nothing is cut. A printed panel, crop marks and pictures are left out.
//
// The form is AutoCAD R12 (AC1009): every CAD and cutting program of the last thirty
// years reads it, and it needs neither handles nor objects. $INSUNITS came later and is
// ignored by those that do not know it.
func (s *Scene) DXF() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	d := dxfWriter{height: s.H}
	cut := s.Cut.Plate
	if s.Cut.none() {
		cut = "Trim"
	}
	layers := []string{"0"}
	seen := map[string]bool{"0": true}
	for _, it := range s.Items {
		if it.Picture == nil {
			layers = add(layers, seen, layer(it.Ink))
		}
	}
	layers = add(layers, seen, cut)

	d.header(s.W, s.H)
	d.tables(layers)
	d.text(0, "SECTION", 2, "ENTITIES")
	for _, it := range s.Items {
		if it.Picture == nil {
			d.outline(it.Outline, layer(it.Ink))
		}
	}
	d.outline(shape.Rect(shape.Box{W: s.W, H: s.H}, s.Radius), cut)
	for _, b := range s.Seams {
		d.outline(shape.Rect(b, 0), cut)
	}
	for _, h := range s.Holes {
		d.text(0, "CIRCLE", 8, cut)
		d.length(10, micron(h.Centre.X))
		d.length(20, micron(s.H)-micron(h.Centre.Y))
		d.length(40, micron(h.Diameter/2))
	}
	d.text(0, "ENDSEC", 0, "EOF")
	return d.b, nil
}

func layer(k Ink) string {
	if k.Plate == "" {
		return "Print"
	}
	return k.Plate
}

func add(list []string, seen map[string]bool, name string) []string {
	if seen[name] {
		return list
	}
	seen[name] = true
	return append(list, name)
}

type dxfWriter struct {
	b      []byte
	height float64
	flat   []shape.Point
	at     [][2]int64
}

// text writes pairs of group code and value.
func (d *dxfWriter) text(pairs ...any) {
	for i := 0; i < len(pairs); i += 2 {
		d.code(pairs[i].(int))
		switch v := pairs[i+1].(type) {
		case string:
			d.b = append(d.b, v...)
		case int:
			d.b = strconv.AppendInt(d.b, int64(v), 10)
		}
		d.b = append(d.b, '\n')
	}
}

func (d *dxfWriter) code(c int) {
	d.b = append(strconv.AppendInt(d.b, int64(c), 10), '\n')
}

// length writes a coordinate. A full 0.5 rather than .5: not every reader takes that.
func (d *dxfWriter) length(code int, v int64) {
	d.code(code)
	if v < 0 {
		d.b = append(d.b, '-')
		v = -v
	}
	d.b = strconv.AppendInt(d.b, v/1000, 10)
	d.b = append(d.b, '.', byte('0'+v/100%10), byte('0'+v/10%10), byte('0'+v%10), '\n')
}

func (d *dxfWriter) header(w, h float64) {
	d.text(0, "SECTION", 2, "HEADER", 9, "$ACADVER", 1, "AC1009", 9, "$INSUNITS", 70, 4, 9, "$MEASUREMENT", 70, 1, 9, "$EXTMIN")
	d.length(10, 0)
	d.length(20, 0)
	d.text(9, "$EXTMAX")
	d.length(10, micron(w))
	d.length(20, micron(h))
	d.text(0, "ENDSEC")
}

// tables names the line type and the layers. Colours are AutoCAD's numbers, by which cutters
// choose their settings: by custom red is cut, blue engraved, black (7) filled. Yellow (2)
// cannot be seen on white and is not used.
func (d *dxfWriter) tables(layers []string) {
	d.text(0, "SECTION", 2, "TABLES",
		0, "TABLE", 2, "LTYPE", 70, 1,
		0, "LTYPE", 2, "CONTINUOUS", 70, 0, 3, "Solid line", 72, 65, 73, 0, 40, "0.0",
		0, "ENDTAB", 0, "TABLE", 2, "LAYER", 70, len(layers))
	others := []int{3, 6, 30, 4} // green, magenta, orange, cyan
	for _, name := range layers {
		colour := 7
		switch name {
		case "0", "Black":
		case "CutContour":
			colour = 1
		case "Engrave":
			colour = 5
		case "Trim":
			colour = 8
		default:
			colour = others[0]
			others = append(others[1:], colour)
		}
		d.text(0, "LAYER", 2, name, 70, 0, 62, colour, 6, "CONTINUOUS")
	}
	d.text(0, "ENDTAB", 0, "ENDSEC")
}

func (d *dxfWriter) outline(o shape.Outline, layer string) {
	base := micron(d.height)
	for _, c := range o {
		d.ring(c)
		if len(d.at) < 3 {
			continue
		}
		d.text(0, "POLYLINE", 8, layer, 66, 1, 70, 1)
		d.length(10, 0)
		d.length(20, 0)
		d.length(30, 0)
		for _, p := range d.at {
			d.b = append(d.b, "0\nVERTEX\n8\n"...)
			d.b = append(append(d.b, layer...), '\n')
			d.length(10, p[0])
			d.length(20, base-p[1])
		}
		d.text(0, "SEQEND", 8, layer)
	}
}

// ring flattens a contour into d.at, µm, without points that rounding has put together.
func (d *dxfWriter) ring(c shape.Contour) {
	d.flat = c.AppendFlat(d.flat[:0], flatness)
	d.at = d.at[:0]
	for _, p := range d.flat {
		q := [2]int64{micron(p.X), micron(p.Y)}
		if n := len(d.at); n == 0 || d.at[n-1] != q {
			d.at = append(d.at, q)
		}
	}
	if n := len(d.at); n > 1 && d.at[n-1] == d.at[0] {
		d.at = d.at[:n-1]
	}
}
