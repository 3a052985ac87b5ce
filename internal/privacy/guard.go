// Package privacy proves that people who have not consented appear in nothing
// that is published: it looks for their names in the bytes of every file made, and in
// those of the files within archives (e-books, workbooks).
//
// A name counts as found wherever its characters stand one after another, also
// within other words: a build that stops once too often can be mended, a name
// that went out cannot be called back. Two things are not the withheld person:
// somebody published who bears the same name, and a published name that contains
// it (张三 within 张三丰). A name in pinyin must stand as words of its own, written with
// capitals as names are.
//
// Names are seen through disguises (package fold says which characters are the same to a
// reader; disguise.go what else comes between them and the bytes): another face of a
// character, characters that show nothing, dots or blanks between two, marks of the page,
// escapes of HTML, JSON, CSS and addresses, other encodings within files published as
// they came, and, in pinyin, names of files.
package privacy

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/fold"
	"mingdeng/internal/site"
)

// LeakError says that a file would have named a withheld person.
type LeakError struct {
	File   string // the output
	Record string // the withheld person's record
}

func (e *LeakError) Error() string {
	return fmt.Sprintf("%s names the withheld person of %s", e.File, e.Record)
}

// Guard looks for names. It is safe for concurrent use.
type Guard struct {
	names []name
	// lead tells what begins with a byte that begins no character of three bytes: nothing
	// of interest, a character that a name may begin with, or an escape.
	lead [256]leads
	// starts tells the characters of the Basic Multilingual Plane that a name begins
	// with, in any face; far those beyond.
	starts [1 << 16 / 64]uint64
	far    map[rune]bool
	pairs  map[[2]rune][]int // names by the first two characters
	slugs  map[string]string // record by slug
	called []called          // slugs as names of files
	rules  fingerprint.Fingerprint
}

type leads uint8

const (
	nothing leads = iota
	character
	escape
)

// spelling is a name as it is looked for: the base of its characters. Blanks and dots
// between ideographs are left out, since they may stand there or not.
type spelling struct {
	text  []rune
	blank []bool // before this character stands a blank or a dot
}

type name struct {
	spelling
	word   bool     // Latin: it must not stand within another word
	covers []cover  // published names that contain it
	coded  [][]byte // the text in other encodings
	record string
}

// cover is a published name that contains another from one of its characters on.
type cover struct {
	spelling
	at int
}

type called struct {
	slug   string
	covers []string // published slugs that contain it
	record string
}

func spell(s string) spelling {
	var out spelling
	parted := false
	for _, r := range fold.Base(s) {
		if fold.Blank(r) || fold.Dot(r) {
			parted = len(out.text) > 0
			continue
		}
		if n := len(out.text); n > 0 && fold.Han(r) && fold.Han(out.text[n-1]) {
			parted = false
		}
		out.text, out.blank = append(out.text, r), append(out.blank, parted)
		parted = false
	}
	return out
}

// String tells spellings apart.
func (s spelling) String() string {
	var b strings.Builder
	for i, r := range s.text {
		if s.blank[i] {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// New makes the guard of a model.
func New(m *site.Model) *Guard {
	g := &Guard{far: map[rune]bool{}, pairs: map[[2]rune][]int{}, slugs: map[string]string{}}
	if len(m.Withheld) == 0 {
		var h fingerprint.Hasher
		g.rules = h.Sum()
		return g
	}
	shown := shownIn(m)
	var h fingerprint.Hasher
	for _, w := range m.Withheld {
		g.addNames(&h, w, shown)
		g.addSlug(&h, w, shown)
	}
	g.rules = h.Sum()
	return g
}

// shown is what pages may say of people: names by their spelling, and slugs.
type shown struct {
	names map[string]spelling
	slugs map[string]bool
}

func shownIn(m *site.Model) shown {
	s := shown{map[string]spelling{}, map[string]bool{}}
	publish := func(names ...string) {
		for _, n := range names {
			if n != "" {
				p := spell(n)
				s.names[p.String()] = p
			}
		}
	}
	initials := map[string]bool{}
	for _, w := range m.Withheld {
		for _, n := range w.Names {
			initials[strings.ToUpper(n[:1])] = true // of Latin names; others do no harm
		}
	}
	for _, e := range m.Editions {
		for _, h := range e.Heroes {
			s.slugs[h.Slug] = true
			if initials[h.Initial] {
				publish(site.Romanised(h.Name)...)
			}
			publish(h.Name, h.NameHant)
			publish(h.Also...)
			for _, x := range h.Members {
				if x.Hero != nil {
					publish(x.Name)
				}
			}
		}
	}
	return s
}

// addNames has the guard look for the names of a person; what it looks for goes into h.
func (g *Guard) addNames(h *fingerprint.Hasher, w site.Withheld, shown shown) {
	seen := map[string]bool{}
	for _, text := range w.Names {
		n := name{spelling: spell(text), record: w.Path}
		key := n.String()
		if _, same := shown.names[key]; same || len(n.text) < 2 {
			continue
		}
		n.word = latin(n.text[0]) && latin(n.text[len(n.text)-1])
		if utf8.RuneCountInString(text) < len(text) {
			n.coded = coded(text)
		}
		if seen[key] { // in other characters that are the same: there is the encoding alone
			g.names = append(g.names, name{coded: n.coded, record: n.record})
			h.String(text)
			continue
		}
		seen[key] = true
		h.String(key)
		var covers []string
		for p := range shown.names {
			if !n.word && strings.Contains(p, key) {
				covers = append(covers, p)
			}
		}
		slices.Sort(covers)
		for _, p := range covers { // without one, what it covered is a leak
			h.String(p)
			c := shown.names[p]
			for at := 0; at+len(n.text) <= len(c.text); at++ {
				if slices.Equal(c.text[at:at+len(n.text)], n.text) {
					n.covers = append(n.covers, cover{c, at})
				}
			}
		}
		g.add(n)
	}
}

// addSlug has the guard look for the slug of a person's record.
func (g *Guard) addSlug(h *fingerprint.Hasher, w site.Withheld, shown shown) {
	if shown.slugs[w.Slug] || w.Slug == "" {
		return
	}
	g.slugs[w.Slug] = w.Path
	h.String(w.Slug)
	c := called{slug: w.Slug, record: w.Path}
	for p := range shown.slugs {
		if strings.Contains(p, w.Slug) {
			c.covers = append(c.covers, p)
		}
	}
	slices.Sort(c.covers)
	for _, p := range c.covers {
		h.String(p)
	}
	g.called = append(g.called, c)
}

func (g *Guard) add(n name) {
	i := len(g.names)
	g.names = append(g.names, n)
	pair := [2]rune{n.text[0], n.text[1]}
	g.pairs[pair] = append(g.pairs[pair], i)
	first := n.text[0]
	g.start(first)
	for _, r := range fold.Others(first) {
		g.start(r)
	}
	for _, r := range fold.Beginning(first) {
		g.start(r)
	}
	g.lead['&'], g.lead['\\'] = escape, escape
}

// start notes a character that a name may begin with.
func (g *Guard) start(r rune) {
	if r > 0xffff {
		g.far[r] = true
	} else {
		g.starts[r/64] |= 1 << (r % 64)
	}
	var b [utf8.UTFMax]byte
	utf8.EncodeRune(b[:], r)
	g.lead[b[0]] = character
}

func (g *Guard) begins(r rune) bool {
	if r > 0xffff {
		return g.far[r]
	}
	return g.starts[r/64]&(1<<(r%64)) != 0
}

// Rules is the fingerprint of what the guard looks for.
func (g *Guard) Rules() fingerprint.Fingerprint { return g.rules }

// Inspect returns a [*LeakError] where path or b names a withheld person.
func (g *Guard) Inspect(path string, b []byte) error {
	if len(g.names) == 0 && len(g.slugs) == 0 {
		return nil
	}
	record := g.find([]byte(path))
	if record == "" {
		record = g.look(b, 0)
	}
	if record == "" {
		record = g.findCoded(path, b)
	}
	if record == "" {
		record = g.findCalled(path)
	}
	if record != "" {
		return &LeakError{File: path, Record: record}
	}
	return nil
}

// look returns the record of a withheld person whom a file names, or "". depth counts
// the archives it lies in.
func (g *Guard) look(b []byte, depth int) string {
	record := g.find(b)
	if record == "" {
		record = g.findEscaped(b)
	}
	if record == "" && depth < mostDepth && bytes.HasPrefix(b, []byte(zipMark)) {
		record = g.inspectArchive(b, depth)
	}
	return record
}

// folder is where people's pages lie, in addresses and paths.
var folder = []byte("heroes/")

// find returns the record of a name that stands in b, or "".
func (g *Guard) find(b []byte) string {
	if record, _, _ := g.seek(b, ""); record != "" {
		return record
	}
	for len(g.slugs) > 0 {
		j := bytes.Index(b, folder)
		if j < 0 {
			break
		}
		b = b[j+len(folder):]
		n := 0
		for n < len(b) && slugByte(b[n]) {
			n++
		}
		if record := g.slugs[string(b[:n])]; record != "" {
			return record
		}
	}
	return ""
}

// Place tells where text names the withheld person of a record.
func (g *Guard) Place(text []byte, record string) (from, to int, ok bool) {
	found, from, to := g.seek(text, record)
	return from, to, found != ""
}

// seek looks for the first name in b, of the one record if that is given.
func (g *Guard) seek(b []byte, of string) (record string, from, to int) {
	for i := 0; i < len(b); i++ {
		c := b[i]
		var r rune
		n := 3
		if c >= 0xe0 && c < 0xf0 {
			// Nearly all characters of a page are of three bytes or of one.
			if i+2 >= len(b) || b[i+1]&0xc0 != 0x80 || b[i+2]&0xc0 != 0x80 {
				continue
			}
			r = rune(c&0x0f)<<12 | rune(b[i+1]&0x3f)<<6 | rune(b[i+2]&0x3f)
			if g.starts[r/64]&(1<<(r%64)) == 0 {
				i += 2
				continue
			}
		} else {
			switch g.lead[c] {
			case nothing:
				continue
			case escape:
				r, n = fold.Escaped(b[i:])
			default:
				r, n = utf8.DecodeRune(b[i:])
			}
			if n == 0 || !g.begins(r) {
				continue
			}
		}
		for _, k := range g.pairs[pairAt(b[i:], r, n)] {
			x := &g.names[k]
			if of != "" && x.record != of {
				continue
			}
			if end := x.at(b, i); end > 0 {
				return x.record, i, end
			}
		}
	}
	return "", 0, 0
}

// pairAt is the base of the first two characters of b, the first of which is r, n bytes
// long.
func pairAt(b []byte, r rune, n int) (pair [2]rune) {
	var buf [20]rune
	f := fold.AppendBase(buf[:0], r)
	if len(f) == 0 {
		return pair
	}
	pair[0] = f[0]
	if len(f) > 1 {
		pair[1] = f[1]
		return pair
	}
	n += skip(b[n:], f[0], true).n
	if n < len(b) {
		next, _ := decode(b[n:])
		if f = fold.AppendBase(buf[:0], next); len(f) > 0 {
			pair[1] = f[0]
		}
	}
	return pair
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func slugByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
}

// at returns where the name that stands at b[i] ends, or 0 where it does not, or within
// a published one.
func (n *name) at(b []byte, i int) int {
	end, _ := n.stands(b, i, 0)
	if end == 0 || n.word && (latin(before(b, i)) || latin(after(b, end))) {
		return 0
	}
	for _, c := range n.covers {
		if c.at == 0 {
			if over, _ := c.stands(b, i, 0); over > 0 {
				return 0
			}
			continue
		}
		for p := i - 1; p >= max(0, i-longest); p-- {
			if !utf8.RuneStart(b[p]) {
				continue
			}
			if over, at := c.stands(b, p, c.at); over > 0 && at == i {
				return 0
			}
		}
	}
	return end
}
