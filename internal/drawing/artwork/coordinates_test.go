package artwork_test

import (
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
)

// What SVG, PDF and DXF say, read back with readers that share nothing with the writers,
// is the same contours: SVG and PDF to a micrometre, DXF's polygons to 0.01 mm.
func TestCoordinatesAgree(t *testing.T) {
	for name, s := range scenes(t) {
		svg := readSVG(t, must(t)(s.SVG()))
		pdf := readPDF(t, must(t)(s.PDF(artwork.Info{})))
		dxf := readDXF(t, must(t)(s.DXF()))
		if len(svg) < 5 || len(dxf) < 3 {
			t.Fatalf("%s: %d contours in SVG, %d in DXF", name, len(svg), len(dxf))
		}
		// The panel and the picture's clip are in PDF alone or in another order.
		if len(svg) > len(pdf) {
			t.Fatalf("%s: %d contours in SVG, %d in PDF", name, len(svg), len(pdf))
		}
		for _, c := range svg {
			if !has(pdf, c) {
				t.Fatalf("%s: a contour of the SVG is not in the PDF: %v", name, c.Start)
			}
		}
		// DXF has the trim always, SVG where it is cut; holes are circles there, and a
		// printed panel is not in it.
		known := append(svg, shape.Rect(shape.Box{W: s.W, H: s.H}, s.Radius)...)
		for _, ring := range dxf {
			if !near(known, ring, s.H) {
				t.Fatalf("%s: a polygon of DXF is not in SVG: %v", name, ring[0])
			}
		}
		want := 1
		for _, it := range s.Items {
			want += len(it.Outline)
		}
		if len(dxf) != want {
			t.Errorf("%s: %d polygons in DXF, want %d", name, len(dxf), want)
		}
	}
}

func same(a, b shape.Contour) bool {
	if len(a.Segments) != len(b.Segments) {
		return false
	}
	eq := func(p, q shape.Point) bool { return math.Abs(p.X-q.X) < 0.0015 && math.Abs(p.Y-q.Y) < 0.0015 }
	if !eq(a.Start, b.Start) {
		return false
	}
	for i, g := range a.Segments {
		h := b.Segments[i]
		if g.Curve != h.Curve || !eq(g.To, h.To) || g.Curve && !(eq(g.C1, h.C1) && eq(g.C2, h.C2)) {
			return false
		}
	}
	return true
}

func has(all []shape.Contour, c shape.Contour) bool {
	for _, o := range all {
		if same(c, o) {
			return true
		}
	}
	return false
}

// near reports whether a polygon (y up, in a plaque h high) is one of the contours.
func near(all []shape.Contour, ring []shape.Point, h float64) bool {
	for _, c := range all {
		if math.Hypot(c.Start.X-ring[0].X, h-c.Start.Y-ring[0].Y) > 0.002 {
			continue
		}
		flat := c.Flatten(0.0005)
		ok := true
		for _, p := range flat {
			// Both ways: the curve's points lie on the polygon, whose corners are on it.
			ok = ok && toRing(shape.Point{X: p.X, Y: h - p.Y}, ring) <= 0.01
		}
		for _, p := range ring {
			ok = ok && toRing(shape.Point{X: p.X, Y: h - p.Y}, flat) <= 0.01
		}
		if ok {
			return true
		}
	}
	return false
}

func toRing(p shape.Point, ring []shape.Point) float64 {
	best := math.Inf(1)
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		dx, dy := b.X-a.X, b.Y-a.Y
		u := 0.0
		if l := dx*dx + dy*dy; l > 0 {
			u = max(0, min(1, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
		}
		best = min(best, math.Hypot(p.X-a.X-u*dx, p.Y-a.Y-u*dy))
	}
	return best
}

var svgToken = regexp.MustCompile(`[A-Za-z]|-?\d*\.?\d+`)

// readSVG reads the closed contours of all paths; every one must be closed.
func readSVG(t *testing.T, data []byte) (out []shape.Contour) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		el, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch el.Name.Local {
		case "svg", "g", "path", "image":
		default:
			t.Fatalf("<%s> in artwork", el.Name.Local)
		}
		for _, a := range el.Attr {
			if a.Name.Local == "id" && a.Value == "Marks" {
				if err := d.Skip(); err != nil {
					t.Fatal(err)
				}
			}
			if el.Name.Local == "path" && a.Name.Local == "d" {
				out = append(out, readPath(t, a.Value)...)
			}
		}
	}
}

func readPath(t *testing.T, s string) (out []shape.Contour) {
	t.Helper()
	tokens := svgToken.FindAllString(s, -1)
	var at shape.Point
	var c shape.Contour
	open := false
	command := byte(0)
	next := func() float64 {
		v, err := strconv.ParseFloat(tokens[0], 64)
		if err != nil {
			t.Fatalf("%q in a path", tokens[0])
		}
		tokens = tokens[1:]
		return v
	}
	step := func() shape.Point { x := next(); return shape.Point{X: at.X + x, Y: at.Y + next()} }
	for len(tokens) > 0 {
		if k := tokens[0][0]; k >= 'A' {
			command = k
			tokens = tokens[1:]
		}
		switch command {
		case 'M':
			if open {
				t.Fatal("a contour is not closed")
			}
			open = true
			x := next()
			at = shape.Point{X: x, Y: next()}
			c = shape.Contour{Start: at}
		case 'l':
			at = step()
			c.Line(at)
		case 'h':
			at.X += next()
			c.Line(at)
		case 'v':
			at.Y += next()
			c.Line(at)
		case 'c':
			c1, c2, to := step(), step(), step()
			c.Cubic(c1, c2, to)
			at = to
		case 'z':
			open = false
			at = c.Start
			out = append(out, c)
			c = shape.Contour{}
		default:
			t.Fatalf("%c in a path", command)
		}
	}
	if open {
		t.Fatal("a contour is not closed")
	}
	return out
}

// readPDF reads the contours of the first page's content, in mm from the trim's top left
// corner, by its own matrix.
func readPDF(t *testing.T, data []byte) (out []shape.Contour) {
	t.Helper()
	var body []byte
	for rest := data; body == nil; {
		k := bytes.Index(rest, []byte("/Filter /FlateDecode"))
		if k < 0 {
			t.Fatal("no content stream")
		}
		rest = rest[k:]
		rest = rest[bytes.Index(rest, []byte("stream\n"))+7:]
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
		if len(body) > 40 && string(body[36:40]) == "acsp" {
			body = nil // a colour profile
		}
	}
	var stack []float64
	var c shape.Contour
	first := true
	for _, f := range strings.Fields(string(body)) {
		if v, err := strconv.ParseFloat(f, 64); err == nil {
			stack = append(stack, v)
			continue
		}
		pt := func(i int) shape.Point { return shape.Point{X: stack[i], Y: stack[i+1]} }
		switch f {
		case "cm":
			if first && (math.Abs(stack[0]-72/25.4) > 1e-7 || stack[0] != -stack[3]) {
				t.Fatalf("the page's matrix is %v", stack)
			}
			first = false
		case "m":
			c = shape.Contour{Start: pt(0)}
		case "l":
			c.Line(pt(0))
		case "c":
			c.Cubic(pt(0), pt(2), pt(4))
		case "h":
			out = append(out, c)
		case "f", "F", "B", "b", "BT", "g", "G", "rg", "RG":
			t.Fatalf("%s in the content", f)
		}
		stack = stack[:0]
	}
	return out
}

func readDXF(t *testing.T, data []byte) (out [][]shape.Point) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines)%2 != 0 {
		t.Fatal("DXF is not in pairs")
	}
	var ring []shape.Point
	var kind string
	closed := false
	for i := 0; i < len(lines); i += 2 {
		v, _ := strconv.ParseFloat(lines[i+1], 64)
		switch lines[i] {
		case "0":
			kind = lines[i+1]
			switch kind {
			case "POLYLINE":
				ring, closed = nil, false
			case "VERTEX":
				ring = append(ring, shape.Point{})
			case "SEQEND":
				if !closed || len(ring) < 3 {
					t.Fatalf("a polyline of %d points, closed %v", len(ring), closed)
				}
				out = append(out, ring)
			}
		case "70":
			closed = closed || kind == "POLYLINE" && lines[i+1] == "1"
		case "10":
			if kind == "VERTEX" {
				ring[len(ring)-1].X = v
			}
		case "20":
			if kind == "VERTEX" {
				ring[len(ring)-1].Y = v
			}
		}
	}
	if kind != "EOF" {
		t.Fatal("DXF does not end")
	}
	return out
}

// Cutters follow every contour, so none may cross another.
func TestContoursDoNotOverlap(t *testing.T) {
	for name, s := range scenes(t) {
		for i, it := range s.Items {
			if it.Outline.Tangled(0.001) {
				t.Errorf("%s: contours of item %d overlap", name, i)
			}
		}
	}
}
