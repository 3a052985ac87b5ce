package personal

import (
	"strings"
	"unicode/utf8"

	"mingdeng/internal/fold"
)

// between is what stands between two digits.
type between uint8

const (
	start  between = iota // nothing: the first of a run
	joined                // nothing that is seen
	dash
	blank
	stop   // a full stop or a dot
	listed // a comma, the end of a line
	cell   // the border of two cells
)

// digit is one digit of a run, or an X.
type digit struct {
	value    byte // 10 for X
	from, to int
	before   between
	turn     bool // written in another way than the one before
}

// run is digits in a row, as far as nothing stands between them but what people write
// within a number.
type run struct {
	text   string
	digits []digit
	known  map[int]bool // whether a number begins at a digit right behind another one
}

// mostSigns is how many signs may stand between two digits, and mostBlanks how many of
// them that are blanks.
const (
	mostSigns  = 3
	mostBlanks = 12
)

// read reads the run that begins with the digit at text[i].
func read(text string, i int) *run {
	r := &run{text: text}
	script := fold.NoDigit
	for i < len(text) {
		c, n := decode(text[i:])
		value, s := fold.Digit(c)
		if s == fold.NoDigit && isX(c) && len(r.digits) > 0 {
			value, s = 10, script
		}
		how := start
		if len(r.digits) > 0 {
			how = joined
		}
		if s == fold.NoDigit {
			how, n = gap(text[i:])
			if n == 0 || i+n >= len(text) {
				return r
			}
			i += n
			if c, n = decode(text[i:]); isX(c) {
				value, s = 10, script
			} else if value, s = fold.Digit(c); s == fold.NoDigit {
				return r
			}
		}
		r.digits = append(r.digits, digit{value, i, i + n, how, s != script && script != fold.NoDigit})
		script = s
		i += n
	}
	return r
}

func isX(r rune) bool { return strings.ContainsRune("XxＸｘ×ⅩⅹХхΧχ✕✖❌", r) }

func decode(s string) (rune, int) {
	if s[0] == '&' {
		if r, n := fold.Escaped([]byte(s[:min(len(s), 40)])); n > 0 {
			return r, n
		}
	}
	return utf8.DecodeRuneInString(s)
}

// gap reads what parts two digits of a number; 0 bytes where nothing of that kind stands
// at the beginning of s.
func gap(s string) (how between, n int) {
	how = joined
	signs, blanks, stars, lines := 0, 0, 0, 0
	most := func(b between) { how = max(how, b) }
	for n < len(s) {
		if s[n] == '<' {
			k, b := tag(s[n:])
			if k == 0 {
				return how, n
			}
			most(b)
			n += k
			continue
		}
		c, size := decode(s[n:])
		switch {
		case fold.Unseen(c), fold.Mark(c), c == '\\':
		case c == '*' || c == '`': // Markdown's
			if stars++; stars > 4 || strings.HasPrefix(s[n:], "***") {
				return how, n
			}
		case c == '\t' || c == '|' || c == '｜' || c == '│':
			most(cell)
		case c == '\n':
			if lines++; lines > 1 {
				return how, n
			}
			most(listed)
		case c == ',' || c == '，' || c == '、' || c == ';' || c == '；' || c == '"':
			most(listed)
		case fold.Blank(c):
			if blanks++; blanks > mostBlanks {
				return how, n
			}
			most(blank)
		case fold.Dash(c), c == '_', c == '~', c == '～':
			signs++
			most(dash)
		case fold.Dot(c), c == '.', c == '．', c == '。', c == '｡', c == '/', c == '／':
			signs++
			most(stop)
		default:
			return how, n
		}
		if signs > mostSigns {
			return how, n
		}
		n += size
	}
	return how, n
}

// tag is the length of a tag that may stand within a number, and what it does to it.
func tag(s string) (int, between) {
	n := strings.IndexByte(s[:min(len(s), 300)], '>')
	if n < 0 {
		return 0, joined
	}
	name := strings.TrimPrefix(s[1:n], "/")
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	name = strings.ToLower(name)
	switch {
	case fold.Inline(name):
		return n + 1, joined
	case name == "br":
		return n + 1, blank
	case name == "td" || name == "th":
		return n + 1, cell
	}
	return 0, joined
}

// bound tells whether a number may begin at digit p, or one end before it.
func (r *run) bound(p int) bool {
	return p == 0 || p >= len(r.digits) || r.digits[p].before != joined || r.digits[p].turn
}

// plain are the digits from p to end.
func (r *run) plain(p, end int) string {
	b := make([]byte, 0, 20)
	for _, d := range r.digits[p:end] {
		if d.value == 10 {
			b = append(b, 'X')
		} else {
			b = append(b, '0'+d.value)
		}
	}
	return string(b)
}

// groups are how many digits stand together, and what parts them: the weightiest of it,
// and whether it is the same everywhere.
func (r *run) groups(p, end int) (sizes []int, heaviest between, even bool) {
	size, first := 1, joined
	even = true
	for _, d := range r.digits[p+1 : end] {
		if d.before == joined {
			size++
			continue
		}
		sizes = append(sizes, size)
		size = 1
		if first == joined {
			first = d.before
		}
		even = even && d.before == first
		heaviest = max(heaviest, d.before)
	}
	return append(sizes, size), heaviest, even
}

func single(sizes []int) bool {
	for _, n := range sizes {
		if n != 1 {
			return false
		}
	}
	return true
}

// whole tells whether nothing else is in the run.
func (r *run) whole(p, end int) bool { return p == 0 && end == len(r.digits) }
