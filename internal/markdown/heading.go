package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// outline holds the levels of the headings that a heading stands under.
type outline []int

// depth gives the depth, from 1, of the next heading in the outline. Authors skip
// levels, or begin with ## because the title is the page's own; whoever hears a
// page read by its headings should not have to wonder what was left out (WCAG
// technique G141), and the Nu checker calls a skipped level an error.
func (o *outline) depth(level int) int {
	s := *o
	for len(s) > 0 && s[len(s)-1] >= level {
		s = s[:len(s)-1]
	}
	*o = append(s, level)
	return len(*o)
}

// maxID is how many characters of a heading its id may have.
const maxID = 64

// slug makes an id that can be read in an address line: the heading's letters and
// digits in NFC and lower case, its spaces and dashes as one "-", its other marks
// dropped. A stop between digits is a dash too, so that 1.2 and 12 differ. A
// heading without letters is "section".
func slug(heading string) string {
	var b strings.Builder
	dash, count := false, 0
	runes := []rune(norm.NFC.String(heading))
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r) && count > 0:
			if dash && count > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(unicode.ToLower(r))
			count++
		case unicode.IsSpace(r), unicode.In(r, unicode.Pd, unicode.Pc),
			r == '.' && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
			dash = true
		}
		if count == maxID {
			break
		}
	}
	if count == 0 {
		return "section"
	}
	return norm.NFC.String(b.String())
}

// ids hands out ids that are unique on the page.
type ids struct {
	reserved []string
	prefix   string // of every id
	taken    map[string]int
	order    []string
}

// heading gives the id for a heading: its slug, or the slug with the first
// number from 2 that is free.
func (s *ids) heading(text string) string {
	id := slug(text)
	if s.footnote(id) {
		id = "section-" + id
	}
	if s.taken == nil {
		s.taken = map[string]int{}
	}
	base, n := id, s.taken[id]
	for s.taken[id] > 0 || slices.Contains(s.reserved, s.prefix+id) {
		n = max(n+1, 2)
		id = base + "-" + strconv.Itoa(n)
	}
	s.taken[base] = max(n, 1)
	s.taken[id] = max(s.taken[id], 1)
	s.order = append(s.order, s.prefix+id)
	return s.prefix + id
}

// footnote tells whether an id, without the prefix, looks like one that a note or its
// mark may get.
func (s *ids) footnote(id string) bool {
	rest, ok := strings.CutPrefix(id, "fn")
	rest = strings.TrimPrefix(rest, "ref")
	return ok && len(rest) > 1 && rest[0] == '-' && strings.Trim(rest, "-0123456789") == ""
}
