package picture

import (
	"iter"
	"math"
	"regexp"
	"strings"
)

// What a browser is asked to do with a published drawing is bounded as well: phones draw
// it again whenever somebody scrolls. A part of a drawing counts as many elements as it
// costs to draw (refGraph); amounts that no eye could tell from smaller ones are cut down.
const (
	// maxCost is what a drawing may cost, with what <use> repeats: elements, and what follows.
	maxCost = 2 * maxDrawn
	// bytesPerElement of attributes cost as much as an element.
	bytesPerElement = 64
	// dashesPerElement are dashes that do.
	dashesPerElement = 16
	// costOfEffect is the cost of a step of a filter, which goes over all pixels.
	costOfEffect = 50
	// maxMatches is how many elements times rules that hold for any element there may be.
	maxMatches = 20_000_000
)

// mostOf is how large the numbers of an attribute may be: larger ones are made that large.
// Those that measure something are given in parts of the drawing's longer side.
var mostOf = map[string]struct {
	number float64
	side   float64
}{
	"numOctaves":   {number: 8}, // each is half as visible as the last
	"stdDeviation": {number: 50, side: 1. / 8},
	"radius":       {number: 50, side: 1. / 8},
}

// amount returns the value of an attribute with its numbers within bounds, or false where
// the attribute cannot be kept.
func (s *sanitizer) amount(element, name, value string) (string, bool) {
	switch name {
	case "numOctaves", "stdDeviation", "radius":
		most := max(mostOf[name].number, mostOf[name].side*s.root.side)
		words := strings.FieldsFunc(value, listSpace)
		for i, w := range words {
			n, ok := parseNumber(w)
			if !ok && !outOfRange(w) {
				return "", false
			}
			if !ok || n > most {
				words[i] = formatNumber(most)
			} else if len(words) == 1 {
				return value, true
			}
		}
		return strings.Join(words, " "), len(words) <= 2
	case "order": // a matrix of so many by so many numbers for each pixel
		for _, w := range strings.FieldsFunc(value, listSpace) {
			if n, ok := parseNumber(w); !ok || n > 16 {
				return "", false
			}
		}
	case "width", "height":
		// Tiles too small to be seen, a thousand million of them.
		if element != "pattern" {
			break
		}
		least := max(s.root.side/4096, 1e-6)
		digits := value
		if d, ok := strings.CutSuffix(value, "%"); ok {
			digits, least = d, 0.05
		} else if s.ofBox { // parts of the shape that is filled
			least = 1. / 2048
		}
		if n, ok := parseNumber(strings.TrimSuffix(digits, "px")); ok && n < least {
			return "", false
		}
	case "filter":
		return value, harmlessFilter(value) && !strings.Contains(value, "var")
	case "stroke-dasharray":
		return value, !strings.Contains(value, "var")
	}
	return value, true
}

func listSpace(r rune) bool { return r == ' ' || r == ',' }

// outOfRange tells whether a number is one, but too large or too small to be read.
func outOfRange(v string) bool {
	return v != "" && strings.Trim(v, "0123456789+-.eE") == "" && !strings.HasPrefix(v, "-")
}

// harmlessFilter holds the value of the property filter, functions of CSS, to a few steps
// of sizes that can be seen.
func harmlessFilter(value string) bool {
	if strings.Count(value, "(") > 8 {
		return false
	}
	for word := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune("() ,", r) }) {
		digits := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%")
		if n, ok := parseNumber(digits); ok && n > 1000 || !ok && outOfRange(digits) {
			return false
		}
	}
	return true
}

// dashPeriod is how long the dashes and gaps of a pattern are together, 0 where a line is
// drawn whole.
func dashPeriod(value string) float64 {
	sum := 0.0
	for word := range strings.FieldsFuncSeq(value, listSpace) {
		n, ok := parseNumber(strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz%"))
		if ok && n > 0 {
			sum += n
		}
	}
	return sum
}

// styled returns the value that style declarations give a property, the last of them.
func styled(css, property string) string {
	value := ""
	for d := range strings.SplitSeq(css, ";") {
		if k, v, ok := strings.Cut(d, ":"); ok && strings.TrimSpace(k) == property {
			value = v
		}
	}
	return value
}

// weigh is what an element costs, and the period of dashes that hold within it.
func (s *sanitizer) weigh(name string, attrs []attribute, period float64) (cost int64, within float64) {
	cost = 1
	if strings.HasPrefix(name, "fe") {
		cost = costOfEffect
	}
	bytes := 0
	for _, a := range attrs {
		bytes += len(a.value)
		switch a.name {
		case "stroke-dasharray":
			period = dashPeriod(a.value)
		case "filter":
			cost += costOfEffect * int64(strings.Count(a.value, "("))
		case "class", "id":
			if s.sheetFilter {
				cost += costOfEffect
			}
		case "style":
			cost += costOfEffect * int64(strings.Count(styled(a.value, "filter"), "("))
			if v := styled(a.value, "stroke-dasharray"); v != "" {
				period = dashPeriod(v)
			}
		}
	}
	cost += int64(bytes / bytesPerElement)
	if least := s.sheetPeriod; least > 0 && (period == 0 || least < period) {
		period = least
	}
	if period > 0 && visible[name] {
		dashes := min(outline(name, attrs)/period/dashesPerElement, maxCost)
		s.dashed = s.dashed || dashes >= 1
		cost += int64(dashes)
	}
	return cost, period
}

// readSheet notes what a cleaned style sheet may ask of any element.
func (s *sanitizer) readSheet(css string) {
	s.general += generalRules(css)
	for _, body := range flatRules(css) {
		if p := dashPeriod(styled(body, "stroke-dasharray")); p > 0 && (s.sheetPeriod == 0 || p < s.sheetPeriod) {
			s.sheetPeriod, s.lateSheet = p, s.lateSheet || s.seen > 0
		}
		s.sheetFilter = s.sheetFilter || styled(body, "filter") != ""
	}
}

// outline is about how long the outline of a shape is, and rather more than less.
func outline(name string, attrs []attribute) float64 {
	num := func(key string) float64 {
		n, _ := parseNumber(strings.TrimRight(value(attrs, key), "abcdefghijklmnopqrstuvwxyz%"))
		return math.Abs(n)
	}
	length := 0.0
	switch name {
	case "path":
		length = pathLength(value(attrs, "d"))
	case "polyline", "polygon":
		length = 2 * pathLength("M"+value(attrs, "points"))
	case "line":
		length = num("x1") + num("x2") + num("y1") + num("y2")
	case "rect":
		length = 2 * (num("width") + num("height"))
	case "circle", "ellipse":
		length = 7 * (num("r") + num("rx") + num("ry"))
	}
	return max(length, num("pathLength"))
}

// coordinates are how many numbers each command of a path takes.
var coordinates = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 's': 4, 'q': 4, 't': 2, 'a': 7}

// pathLength is how long a path is at most: curves are as long as the lines by way of their
// controls, arcs as the whole ellipse.
func pathLength(d string) float64 {
	var x, y, x0, y0, sum float64
	var nums [7]float64
	var command byte
	n := 0
	to := func(nx, ny float64) {
		sum += math.Abs(nx-x) + math.Abs(ny-y)
		x, y = nx, ny
	}
	for i := 0; i < len(d); {
		c := d[i]
		if low := c | 0x20; low >= 'a' && low <= 'z' && low != 'e' {
			if low == 'z' {
				to(x0, y0)
			}
			command, n = c, 0
			i++
			continue
		}
		end := numberEnd(d, i)
		if end == i {
			i++
			continue
		}
		v, ok := parseNumber(d[i:end])
		if !ok {
			v = 1e9
		}
		i = end
		need := coordinates[command|0x20]
		if need == 0 {
			continue
		}
		nums[n] = v
		if n++; n < need {
			continue
		}
		n = 0
		ox, oy := 0.0, 0.0
		if command >= 'a' {
			ox, oy = x, y
		}
		switch command | 0x20 {
		case 'h':
			to(ox+nums[0], y)
		case 'v':
			to(x, oy+nums[0])
		case 'a':
			sum += 7 * (math.Abs(nums[0]) + math.Abs(nums[1]))
			// Radii too small for the way are enlarged.
			sum += 7 * (math.Abs(ox+nums[5]-x) + math.Abs(oy+nums[6]-y))
			x, y = ox+nums[5], oy+nums[6]
		case 'm':
			x, y = ox+nums[0], oy+nums[1]
			x0, y0 = x, y
			command-- // pairs that follow are lines: l comes before m
		default:
			for k := 0; k+1 < need; k += 2 {
				to(ox+nums[k], oy+nums[k+1])
			}
		}
	}
	return sum
}

// numberEnd is where the number ends that begins at i, or i where none does.
func numberEnd(d string, i int) int {
	start, dot, exp := i, false, false
	for ; i < len(d); i++ {
		switch c := d[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && !dot && !exp:
			dot = true
		case (c == '+' || c == '-') && (i == start || d[i-1]|0x20 == 'e' && exp):
		case c|0x20 == 'e' && !exp && i > start:
			exp = true
		default:
			return i
		}
	}
	return i
}

// generalRules counts the selectors of a cleaned style sheet that are tried on every element,
// since they end in no class and no id.
func generalRules(css string) int {
	n := 0
	for selectors := range flatRules(css) {
		// What stands in brackets is looked at for each element.
		for sel := range strings.SplitSeq(bracketed.ReplaceAllString(selectors, ""), ",") {
			last := sel[strings.LastIndexAny(sel, " >+~")+1:]
			if last != "" && !strings.ContainsAny(last, ".#") {
				n++
			}
		}
	}
	return n
}

var bracketed = regexp.MustCompile(`\[[^]]*\]|\((?:[^()]|\[[^]]*\])*\)`)

// flatRules goes over the rules of a cleaned style sheet, selectors and declarations,
// those within media queries as well.
func flatRules(css string) iter.Seq2[string, string] {
	return func(yield func(selectors, body string) bool) {
		for rule := range strings.SplitSeq(css, "}") {
			at := strings.LastIndexByte(rule, '{')
			if at < 0 {
				continue
			}
			selectors := rule[:at]
			selectors = selectors[strings.LastIndexByte(selectors, '{')+1:]
			if !yield(strings.TrimSpace(selectors), rule[at+1:]) {
				return
			}
		}
	}
}
