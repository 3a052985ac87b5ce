package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"github.com/srwiley/oksvg"
	"golang.org/x/image/math/fixed"
)

// The drawing library reads <use>, <defs> and <symbol> in a way of its own: what a name stands
// for ends where the next named element begins, so that a harmless file may draw itself
// within itself, and a small one copy a large path a hundred thousand times. It never sees
// them: it gets a plain drawing, groups and shapes and gradients alone, in which every <use>
// has been replaced by what it names. How long that grows is known while it is written.
const (
	maxPlain = 16 << 20  // bytes of a plain drawing
	maxPaths = 128 << 20 // bytes of memory for its paths
)

// drawable are the elements the library draws; held are those whose shapes show only where
// something refers to them.
var (
	drawable = set(`g path rect circle ellipse line polyline polygon`)
	held     = set(`defs symbol clipPath mask marker pattern filter title desc text tspan textPath`)
	shading  = set(`linearGradient radialGradient stop`)

	// plainAttributes are those the library reads.
	plainAttributes = set(`
		style class transform fill fill-opacity opacity stroke stroke-dasharray stroke-dashoffset
		stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
		x y width height rx ry cx cy r x1 y1 x2 y2 d points
		id gradientUnits gradientTransform spreadMethod fx fy offset stop-color stop-opacity viewBox`)
)

// plainDrawing is what the library is given.
type plainDrawing struct {
	src     []byte              // cleaned
	spans   map[string][2]int64 // where the elements with an id stand, without what is round them
	classes map[string]int64    // bytes of the rules of a class, which are read for every element that has it
	out     bytes.Buffer
	css     bytes.Buffer
	paths   int64 // bytes of memory
	read    int64 // bytes read again for <use> and for classes
	stops   int   // of the gradient that has most
	inRow   int   // stops of the current gradient
}

// plain makes the plain drawing of a cleaned one.
func plain(src []byte) (*plainDrawing, error) {
	d := &plainDrawing{src: src, spans: map[string][2]int64{}, classes: map[string]int64{}}
	if err := d.index(); err != nil {
		return nil, err
	}
	if err := d.copy(0, int64(len(src)), 0, false); err != nil {
		return nil, err
	}
	return d, nil
}

// index notes where named elements stand, and what classes hold.
func (d *plainDrawing) index() error {
	type open struct {
		id string
		at int64
	}
	var stack []open
	style := false
	dec := xml.NewDecoder(bytes.NewReader(d.src))
	for {
		at := dec.InputOffset()
		tok, err := dec.RawToken()
		if err != nil {
			return end(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			stack = append(stack, open{attr(tok.Attr, "id"), at})
			style = tok.Name.Local == "style"
		case xml.EndElement:
			style = false
			if len(stack) == 0 {
				continue
			}
			e := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if span, taken := d.spans[e.id]; e.id != "" && (!taken || span[0] > e.at) { // the first one counts
				d.spans[e.id] = [2]int64{e.at, dec.InputOffset()}
			}
		case xml.CharData:
			if style {
				// The library knows no media queries, and takes what stands in one for its own.
				for selectors, body := range flatRules(topRules(string(tok))) {
					d.css.WriteString(selectors + "{" + body + "}")
					for name := range strings.SplitSeq(selectors, ",") {
						d.classes[strings.TrimPrefix(strings.TrimSpace(name), ".")] += int64(len(body))
					}
				}
			}
		}
	}
}

// topRules are the rules of a cleaned style sheet that stand in no media query.
func topRules(css string) string {
	var out strings.Builder
	for css != "" {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			break
		}
		depth, end := 0, len(css)
		for i, c := range css {
			if c == '{' {
				depth++
			} else if c == '}' {
				if depth--; depth == 0 {
					end = i + 1
					break
				}
			}
		}
		if !strings.HasPrefix(css, "@") {
			out.WriteString(css[:end])
		}
		css = css[end:]
	}
	return out.String()
}

func end(err error) error {
	if err.Error() == "EOF" {
		return nil
	}
	return err
}

func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// copy writes what of src[from:to] can be drawn. used tells that something refers to it, so
// that what is held back elsewhere is drawn.
func (d *plainDrawing) copy(from, to int64, depth int, used bool) error {
	if depth > maxDepth {
		return EffortError{}
	}
	dec := xml.NewDecoder(bytes.NewReader(d.src[from:to]))
	hidden, open := 0, 0 // open elements, and those of them that are held back or in one that is
	var ends []string    // what is written where they end
	var choices []choice // of those that are open
	for {
		tok, err := dec.RawToken()
		if err != nil {
			return end(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			name, closing := tok.Name.Local, ""
			open++
			passed := false
			if n := len(choices); n > 0 && choices[n-1] != all {
				passed = choices[n-1] == made || !speaksChinese(tok.Attr)
				if !passed {
					choices[n-1] = made
				}
			}
			choices = append(choices, all)
			if name == "switch" {
				choices[len(choices)-1] = choosing
			}
			switch {
			case name == "svg" && open == 1 && depth == 0:
				closing = "</svg>"
				d.tag("svg", tok.Attr, "")
				if d.css.Len() > 0 {
					d.out.WriteString("<style>")
					escape(&d.out, d.css.String(), false)
					d.out.WriteString("</style>")
				}
			case shading[name]:
				closing = "</" + name + ">"
				if name != "stop" {
					d.inRow = 0
				} else if d.inRow++; d.inRow > d.stops {
					d.stops = d.inRow
				}
				if depth > 0 { // it stands once already
					closing = ""
				} else {
					d.tag(name, tok.Attr, "")
				}
			case hidden > 0 || passed || held[name] && !(used && open == 1 && name == "symbol" && attr(tok.Attr, "viewBox") == ""):
				hidden++
				ends = append(ends, "\x00")
				continue
			case name == "svg" || name == "symbol": // one within the other is shown where it says
				closing = "</g>"
				d.tag("g", tok.Attr, shift(tok.Attr))
			case name == "switch":
				closing = "</g>"
				d.tag("g", tok.Attr, "")
			case name == "use":
				closing = "</g>"
				d.tag("g", tok.Attr, shift(tok.Attr))
				if span, ok := d.spans[strings.TrimPrefix(attr(tok.Attr, "href"), "#")]; ok {
					d.read += span[1] - span[0]
					if err := d.copy(span[0], span[1], depth+1, true); err != nil {
						return err
					}
				}
			case drawable[name]:
				closing = "</" + name + ">"
				d.tag(name, tok.Attr, "")
				d.paths += pathMemory(name, tok.Attr)
			}
			ends = append(ends, closing)
		case xml.EndElement:
			closing := ends[len(ends)-1]
			ends, choices = ends[:len(ends)-1], choices[:len(choices)-1]
			open--
			if closing == "\x00" {
				hidden--
			} else {
				d.out.WriteString(closing)
			}
		}
		if int64(d.out.Len())+d.read > maxPlain || d.paths > maxPaths {
			return EffortError{}
		}
	}
}

// choice is what of an element's children is drawn: all, or, of a <switch>, the first one
// that fits.
type choice int

const (
	all choice = iota
	choosing
	made
)

// speaksChinese tells a choice for all languages, or for this one.
func speaksChinese(attrs []xml.Attr) bool {
	v := strings.ToLower(attr(attrs, "systemLanguage"))
	return v == "" || strings.Contains(v, "zh")
}

// shift is the transform of an element that stands where its x and y say.
func shift(attrs []xml.Attr) string {
	x, okX := parseNumber(strings.TrimSuffix(attr(attrs, "x"), "px"))
	y, okY := parseNumber(strings.TrimSuffix(attr(attrs, "y"), "px"))
	if !okX && !okY {
		return ""
	}
	return fmt.Sprintf("translate(%s %s)", formatNumber(x), formatNumber(y))
}

// tag writes a start tag with what the library reads of its attributes. A group that stands
// for another element has a transform more.
func (d *plainDrawing) tag(name string, attrs []xml.Attr, transform string) {
	d.out.WriteString("<" + name)
	coloured := false
	write := func(name, value string) {
		d.out.WriteString(" " + name + `="`)
		escape(&d.out, value, true)
		d.out.WriteByte('"')
	}
	for _, a := range attrs {
		key := a.Name.Local
		switch {
		case a.Name.Space != "" || !plainAttributes[key]:
			continue
		case name == "g" && transform != "" && (key == "x" || key == "y" || key == "viewBox"):
			continue
		case key == "transform" && transform != "":
			a.Value, transform = a.Value+" "+transform, ""
		case key == "class":
			d.read += d.classes[a.Value]
		case name == "stop" && key == "style": // the library looks at attributes alone
			for rule := range strings.SplitSeq(a.Value, ";") {
				if k, v, _ := strings.Cut(rule, ":"); k == "stop-color" || k == "stop-opacity" {
					coloured = coloured || k == "stop-color"
					write(k, v)
				}
			}
			continue
		case key == "stop-color":
			if coloured || a.Value == "none" || a.Value == "" {
				continue
			}
			coloured = true
		case key == "stop-opacity" && strings.Contains(attr(attrs, "style"), key):
			continue
		}
		write(key, a.Value)
	}
	if transform != "" {
		write("transform", transform)
	}
	if name == "stop" && !coloured {
		// The library would give each shape a copy of all stops to put its own colour in.
		write("stop-color", "#000")
	}
	d.out.WriteByte('>')
}

// pathMemory is an upper estimate of what the library keeps for the outline of an element.
func pathMemory(name string, attrs []xml.Attr) int64 {
	const (
		style = 512     // what belongs to every shape
		arc   = 17 * 28 // seventeen curves of a command and three points
		least = 14      // bytes that an arc is written with
	)
	switch name {
	case "path":
		n, arcs := int64(0), false
		for _, c := range []byte(attr(attrs, "d")) {
			switch {
			case c == 'a' || c == 'A':
				arcs = true
			case c != 'e' && (c|0x20) >= 'a' && (c|0x20) <= 'z':
				arcs = false
			}
			if n += 6; arcs {
				n += arc / least
			}
		}
		return style + n
	case "polyline", "polygon":
		return style + 6*int64(len(attr(attrs, "points")))
	}
	return style + arc
}

// tame brings the amounts of a stroke into a range that the library can walk through: it
// takes the beginning of a dash pattern step by step, and counts in 64ths of a pixel with
// 32 bits. Dashes too fine to be told apart become a paler line.
func tame(p *oksvg.SvgPath) {
	const (
		widest = 1 << 14 // px
		finest = 0.5     // px, a dash and its gap together
	)
	p.LineWidth = bounded(p.LineWidth, 0, widest)
	p.MiterLimit = bounded(p.MiterLimit, 1, 100)
	if len(p.Dash) == 0 || len(p.Dash) > maxDashes {
		p.Dash = nil
		return
	}
	dash := make([]float64, len(p.Dash))
	var sum, shown float64
	for i, v := range p.Dash {
		dash[i] = bounded(v, 0, widest)
		if fixed.Int26_6(dash[i]*64) == 0 {
			dash[i] = 0
		}
		if sum += dash[i]; i%2 == 0 {
			shown += dash[i]
		}
	}
	if len(dash)%2 == 1 { // what is a dash is a gap the next time
		shown = sum / 2
	}
	switch {
	case sum == 0:
		p.Dash = nil
	case sum < finest:
		p.Dash = nil
		p.LineOpacity *= shown / sum
	default:
		p.Dash = dash
		p.DashOffset = math.Mod(p.DashOffset, 2*sum) // twice, as their number may be odd
		if !(p.DashOffset >= 0) {
			p.DashOffset = bounded(p.DashOffset+2*sum, 0, 2*sum)
		}
	}
}

// bounded returns v within limits; the lower one where v is no number.
func bounded(v, low, high float64) float64 {
	if !(v >= low) {
		return low
	}
	return min(v, high)
}
