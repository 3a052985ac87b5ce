package han

import (
	"slices"
	"strings"
	"unicode"
)

// ellipsis marks text left out: two characters, as GB/T 15834-2011 has it.
const ellipsis = "……"

// Sentence is the beginning of text, for a summary: as many whole sentences
// as fit into max characters, or all of text where that fits. A sentence ends
// with 。！？…… or .!? and any closing quotes and brackets after it.
//
// Where not even the first fits, the text is cut before the last ，、；： that
// leaves room for ……. A cut goes inside quotes or brackets only where nothing
// outside lies in the second half of what fits, and then closes them. It
// never goes inside a Latin word or a number unless that alone is longer than
// max. White space is folded to one space, or none between Chinese characters.
func Sentence(text string, max int) string {
	// A body may be long; quotes that close later than this do not matter.
	rs := foldSpace(text, 4*max+256)
	if len(rs) <= max {
		return string(rs)
	}
	if max <= 0 {
		return ""
	}
	c := cutter{rs: rs, max: max, closer: closers(rs)}
	if e := c.last(c.sentenceEnd, 0, 1, false); e > 0 {
		return string(rs[:e])
	}
	if max <= len([]rune(ellipsis)) {
		return string(rs[:c.wordEdge(max)])
	}
	room, half := max-2, max/2
	if e := c.last(c.clauseEnd, 2, half, false); e > 0 {
		return c.cut(e)
	}
	if e := c.last(c.sentenceEnd, 0, half, true); e > 0 {
		return c.cut(e)
	}
	if e := c.last(c.clauseEnd, 2, half, true); e > 0 {
		return c.cut(e)
	}
	if e := c.last(c.clauseEnd, 2, 1, false); e > 0 {
		return c.cut(e)
	}
	// No mark at all: between any two characters, before a quote rather than
	// in it.
	e := c.wordEdge(room)
	for b := e; b >= half; b-- {
		if len(c.open(b)) == 0 && c.wordEdge(b) == b {
			return c.cut(b)
		}
	}
	for e > 1 && e+2+len(c.open(e)) > max {
		e = c.wordEdge(e - 1)
	}
	return c.cut(e)
}

// cutter looks for places to cut rs: a cut at e keeps rs[:e].
type cutter struct {
	rs     []rune
	max    int
	closer []int // for an opening mark with its mate: where that is; else 0
}

// last is the last place from max down to least where ok holds and extra
// characters and the closing marks still fit; 0 if there is none. inside
// allows places within quotes and brackets.
func (c *cutter) last(ok func(e int) bool, extra, least int, inside bool) int {
	for e := min(c.max-extra, len(c.rs)-1); e >= max(least, 1); e-- {
		if !ok(e) {
			continue
		}
		if n := len(c.open(e)); n == 0 || inside && e+extra+n <= c.max {
			return e
		}
	}
	return 0
}

// open are the closing marks that a cut at e leaves missing, innermost first.
func (c *cutter) open(e int) []rune {
	var out []rune
	for i := e - 1; i >= 0; i-- {
		if m := c.closer[i]; m >= e {
			out = append(out, c.rs[m])
		}
	}
	return out
}

// cut makes the text that ends at e: without marks that cannot stand last,
// with …… unless a sentence ends there, with quotes closed.
func (c *cutter) cut(e int) string {
	tail := string(c.open(e))
	n := e
	for n > 0 && strings.ContainsRune("，、；：,;:—·“‘「『（《〈【〔([{ ", c.rs[n-1]) {
		n--
	}
	if n < e {
		tail = string(c.open(n))
	}
	if n > 0 && isStop(c.rs[n-1]) {
		return string(c.rs[:n]) + tail
	}
	return string(c.rs[:n]) + ellipsis + tail
}

// sentenceEnd tells whether rs[:e] ends with a sentence mark and all the
// closing marks and stops that belong to it.
func (c *cutter) sentenceEnd(e int) bool {
	next := c.rs[e]
	if isStop(next) || isClosing(next) && c.closes(e) || strings.ContainsRune("，、；：,;:", next) {
		return false
	}
	i := e - 1
	for i > 0 && isClosing(c.rs[i]) && c.closes(i) {
		i--
	}
	switch c.rs[i] {
	case '。', '！', '？', '…', '｡':
		return true
	case '.', '!', '?':
		return i+1 < e || next == ' ' || Wide(next)
	}
	return false
}

// closes tells whether the mark at i closes a pair, or stands alone; a
// straight quote might also open one.
func (c *cutter) closes(i int) bool { return c.closer[i] == 0 }

// clauseEnd tells whether a clause mark stands at e.
func (c *cutter) clauseEnd(e int) bool {
	switch c.rs[e] {
	case '，', '、', '；', '：':
		return true
	case ',', ';', ':': // not 1,000 or 12:30
		return e+1 < len(c.rs) && (c.rs[e+1] == ' ' || Wide(c.rs[e+1]))
	case '—':
		return c.rs[e-1] != '—'
	}
	return false
}

// wordEdge is the last place at or before e that is not inside a Latin word,
// a number or a character with its marks; e itself if there is none.
func (c *cutter) wordEdge(e int) int {
	for b := e; b > 0; b-- {
		if !c.inWord(b) {
			return b
		}
	}
	return e
}

func (c *cutter) inWord(e int) bool {
	at := func(i int) bool {
		return 0 <= i && i < len(c.rs) && isWordRune(c.rs[i])
	}
	if e >= len(c.rs) || !at(e) && !at(e-1) {
		return false
	}
	if unicode.Is(unicode.M, c.rs[e]) || at(e-1) && at(e) {
		return true
	}
	const holds = ".,'’-/@:_" // inside 3.14, don't, a-b, an address
	return at(e-2) && at(e) && strings.ContainsRune(holds, c.rs[e-1]) ||
		at(e-1) && at(e+1) && strings.ContainsRune(holds, c.rs[e]) ||
		at(e-1) && c.rs[e] == '%'
}

func isWordRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.M) && (!Wide(r) || unicode.Is(unicode.M, r)) && !Is(r)
}

func isStop(r rune) bool { return strings.ContainsRune("。！？…｡.!?", r) }

func isClosing(r rune) bool { return strings.ContainsRune("”’」』）》】〉〕］｝)]}\"", r) }

// closers pairs quotes and brackets: for each opening mark with a mate, where
// that is. Marks without one count as plain text, so that a lost quote does
// not swallow the rest.
func closers(rs []rune) []int {
	const opens, closes = "“‘「『（《【〈〔［｛([{", "”’」』）》】〉〕］｝)]}"
	opening, closing := []rune(opens), []rune(closes)
	out := make([]int, len(rs))
	var stack []int
	for i, r := range rs {
		if 0x3400 <= r && r <= 0x9FFF { // nearly all
			continue
		}
		mate := slices.Index(closing, r)
		if mate >= 0 || r == '"' {
			open := '"'
			if mate >= 0 {
				open = opening[mate]
			}
			j := len(stack) - 1
			for j >= 0 && rs[stack[j]] != open {
				j--
			}
			if j >= 0 {
				out[stack[j]] = i
				stack = stack[:j]
				continue
			}
		}
		if r == '"' || slices.Contains(opening, r) {
			stack = append(stack, i)
		}
	}
	return out
}

// foldSpace trims text and makes each run of white space one space, or
// nothing where a Chinese character or mark stands on both sides. It stops
// after limit characters.
func foldSpace(text string, limit int) []rune {
	rs := make([]rune, 0, min(len(text), max(limit, 0)+2))
	space := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if n := len(rs); space && n > 0 && !(cjk(rs[n-1]) && cjk(r)) {
			rs = append(rs, ' ')
		}
		space = false
		rs = append(rs, r)
		if len(rs) >= limit {
			break
		}
	}
	return rs
}

func cjk(r rune) bool { return Wide(r) || strings.ContainsRune("“”‘’…—", r) }
