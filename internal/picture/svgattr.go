package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"strconv"
	"strings"
)

type attribute struct{ name, value string }

func value(attrs []attribute, name string) string {
	for _, a := range attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// attributes returns those of an element that are kept, in their order.
func (s *sanitizer) attributes(element string, in []xml.Attr) ([]attribute, error) {
	out := make([]attribute, 0, len(in))
	seen := make(map[xml.Name]bool, len(in))
	s.ofBox = element == "pattern"
	for _, a := range in {
		if a.Name.Local == "patternUnits" && a.Value == "userSpaceOnUse" {
			s.ofBox = false
		}
	}
	for _, a := range in {
		// encoding/xml does not look; a browser refuses such a file whole.
		if seen[a.Name] {
			return nil, s.fault(fmt.Sprintf("attribute %q stands twice", a.Name.Local))
		}
		seen[a.Name] = true
		name, ok := attributeName(a.Name)
		if !ok {
			continue
		}
		// Line ends in an attribute mean a space (XML 1.0, 3.3.3).
		val := strings.Join(strings.Fields(a.Value), " ")
		if paints[name] {
			val = deviceColour.ReplaceAllString(val, "")
		}
		switch {
		case name == "href" && element == "image":
			if val = s.within(a.Value); val == "" {
				continue
			}
			name = "xlink:href"
		case name == "href":
			if !isLocal(val) || !referring[element] {
				continue
			}
			name = "xlink:href"
		case name == "style":
			if val = cleanDeclarations(val, !s.plainLines); val == "" {
				continue
			}
		case name == "id" || name == "class" || prose[name]:
		case !safeValue(val) || name == "stroke-dasharray" && s.plainLines:
			continue
		default:
			if val, ok = s.amount(element, name, val); !ok {
				continue
			}
		}
		out = replace(out, attribute{name, val}, a.Name.Space == nsXLink)
	}
	return out, nil
}

// attributeName returns the name an attribute is known by here, if it is
// allowed: "href" for both spellings of a reference.
func attributeName(n xml.Name) (string, bool) {
	switch n.Space {
	case "":
		return n.Local, allowedAttributes[n.Local]
	case nsXLink, "xlink": // the prefix where it was not declared
		return n.Local, n.Local == "href"
	case nsXML:
		return "xml:" + n.Local, n.Local == "lang" || n.Local == "space"
	}
	return "", false
}

// replace adds a, or puts it in the place of one of its name unless that is to
// be kept: of two spellings of a reference the new one counts (SVG 2, 16.1.5).
func replace(attrs []attribute, a attribute, keep bool) []attribute {
	for i := range attrs {
		if attrs[i].name == a.name {
			if !keep {
				attrs[i] = a
			}
			return attrs
		}
	}
	return append(attrs, a)
}

// rootTag is what the root element told.
type rootTag struct {
	found bool
	bare  bool    // it names no namespace; SVG's is meant
	side  float64 // the longer one of the viewBox
}

func isRoot(t xml.StartElement) bool {
	return t.Name.Local == "svg" && (t.Name.Space == nsSVG || t.Name.Space == "")
}

// errNoBox says that a root names neither a viewBox nor a size; see extent.
var errNoBox = errors.New("neither a viewBox nor a width and a height")

// rootAttributes sees to it that a root has a viewBox.
func (s *sanitizer) rootAttributes(attrs []attribute) ([]attribute, error) {
	if w, h, ok := parseViewBox(value(attrs, "viewBox")); ok {
		s.root.side = max(w, h)
		return attrs, nil
	}
	w, okW := parseLength(value(attrs, "width"))
	h, okH := parseLength(value(attrs, "height"))
	if s.box == (image.Point{}) && (!okW || !okH) {
		return nil, errNoBox
	}
	if !okW {
		w = float64(s.box.X)
	}
	if !okH {
		h = float64(s.box.Y)
	}
	s.root.side = max(w, h)
	box := "0 0 " + formatNumber(w) + " " + formatNumber(h)
	return replace(attrs, attribute{"viewBox", box}, false), nil
}

// inspectSVG reads up to the root element.
func inspectSVG(f file) (Meta, error) {
	if f.size > maxSVGBytes {
		return Meta{}, ErrTooLarge{Bytes: f.size, Limit: maxSVGBytes}
	}
	// What stands before the root is a declaration and perhaps a licence.
	const reach = 64 << 10
	read := min(f.size, reach)
	head, err := f.upTo(0, reach)
	if err == nil && bytes.HasPrefix(head, []byte(gzipMagic)) {
		read = f.size
		head, err = f.upTo(0, maxSVGBytes)
	}
	if err == nil {
		head, err = svgText(head, read == f.size)
	}
	if err != nil {
		return Meta{}, err
	}
	s := newSanitizer(head)
	for {
		s.at = s.dec.InputOffset()
		tok, err := s.dec.Token()
		switch {
		case err == io.EOF && f.size > read, errors.Is(err, io.ErrUnexpectedEOF) && f.size > read:
			return Meta{}, s.fault("no <svg> element in the first 64 KB")
		case err == io.EOF:
			return Meta{}, s.fault("there is no <svg> element")
		case err != nil:
			return Meta{}, s.xmlFault(err)
		}
		if d, ok := tok.(xml.Directive); ok {
			if err := s.directive(d); err != nil {
				return Meta{}, err
			}
		}
		t, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if !isRoot(t) {
			return Meta{}, FormatError{fmt.Sprintf("XML of <%s>", clip(t.Name.Local, 40))}
		}
		m, err := s.svgMeta(t, f.size)
		if errors.Is(err, errNoBox) {
			// Only its shapes tell.
			var whole []byte
			if whole, err = f.upTo(0, int(f.size)); err == nil {
				whole, err = svgText(whole, true)
			}
			if err == nil {
				s.box = extent(whole)
				m, err = s.svgMeta(t, f.size)
			}
		}
		return m, err
	}
}

func clip(s string, n int) string { return s[:min(n, len(s))] }

func (s *sanitizer) svgMeta(t xml.StartElement, size int64) (Meta, error) {
	attrs, err := s.attributes("svg", t.Attr)
	if err == nil {
		attrs, err = s.rootAttributes(attrs)
	}
	if err != nil {
		return Meta{}, err
	}
	w, h, _ := parseViewBox(value(attrs, "viewBox"))
	// A drawing has no pixels: a huge one is only drawn in small units.
	if side := max(w, h); side > maxDrawing {
		w, h = w*maxDrawing/side, h*maxDrawing/side
	}
	return Meta{
		Format: SVG, Alpha: true, Orientation: 1,
		Width: max(1, int(math.Round(w))), Height: max(1, int(math.Round(h))),
		Memory: 6*size + 1<<20, // and what a picture within it takes
	}, nil
}

// parseViewBox reads "x y width height" (SVG 2, 8.6) and returns the size.
func parseViewBox(v string) (w, h float64, ok bool) {
	parts := strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' })
	if len(parts) != 4 {
		return 0, 0, false
	}
	var n [4]float64
	for i, p := range parts {
		if n[i], ok = parseNumber(p); !ok {
			return 0, 0, false
		}
	}
	return n[2], n[3], n[2] > 0 && n[3] > 0
}

// pxPer are units of CSS (Values and Units 3, 6), in px; those of type at its usual size.
var pxPer = []struct {
	unit string
	px   float64
}{{"rem", 16}, {"em", 16}, {"ex", 8}, {"px", 1}, {"pt", 96. / 72}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}}

// parseLength reads an absolute length above 0, in px.
func parseLength(v string) (float64, bool) {
	scale := 1.0
	for _, u := range pxPer {
		if n, ok := strings.CutSuffix(v, u.unit); ok {
			v, scale = n, u.px
			break
		}
	}
	n, ok := parseNumber(v)
	return n * scale, ok && n > 0
}

// parseNumber reads a decimal number of a size that drawings have; ParseFloat
// alone would take "Inf", "0x1p9" and "1_000" as well.
func parseNumber(v string) (float64, bool) {
	if v == "" || strings.Trim(v, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(v, 64)
	return n, err == nil && math.Abs(n) < 1e9
}

func formatNumber(n float64) string {
	return strconv.FormatFloat(math.Round(n*1e4)/1e4, 'f', -1, 64)
}
