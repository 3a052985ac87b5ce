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
// Names are also seen where marks of the page part their characters, in escaped
// addresses, in other encodings within files published as they came, and, in pinyin, as
// names of files (disguise.go).
package privacy

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/fingerprint"
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
	// starts tells the characters of the Basic Multilingual Plane that a name
	// begins with; others are searched for one name at a time.
	starts [1 << 16 / 64]uint64
	first  map[rune][]int
	odd    []int             // names that do not begin with such a character
	slugs  map[string]string // record by slug
	called []name            // slugs as names of files
	rules  fingerprint.Fingerprint
}

type name struct {
	text   []byte
	word   bool     // Latin: it must not stand within another word
	covers [][]byte // published names that contain it
	coded  [][]byte // the text in other encodings
	record string
}

// New makes the guard of a model.
func New(m *site.Model) *Guard {
	g := &Guard{first: map[rune][]int{}, slugs: map[string]string{}}
	published := map[string]bool{}
	slugs := map[string]bool{}
	initials := map[string]bool{}
	for _, w := range m.Withheld {
		for _, n := range w.Names {
			initials[strings.ToUpper(n[:1])] = true // of Latin names; others do no harm
		}
	}
	for _, e := range m.Editions {
		for _, h := range e.Heroes {
			slugs[h.Slug] = true
			if initials[h.Initial] {
				for _, n := range site.Romanised(h.Name) {
					published[n] = true
				}
			}
			for _, n := range append([]string{h.Name, h.NameHant}, h.Also...) {
				published[n] = true
			}
			for _, x := range h.Members {
				published[x.Name] = x.Hero != nil
			}
		}
	}
	var h fingerprint.Hasher
	for _, w := range m.Withheld {
		for _, text := range w.Names {
			if published[text] || utf8.RuneCountInString(text) < 2 {
				continue
			}
			n := name{text: []byte(text), record: w.Path, word: isLatin(text[0]) && isLatin(text[len(text)-1])}
			if utf8.RuneCountInString(text) < len(text) {
				n.coded = coded(text)
			}
			for p, ok := range published {
				if ok && !n.word && strings.Contains(p, text) {
					n.covers = append(n.covers, []byte(p))
				}
			}
			slices.SortFunc(n.covers, bytes.Compare)
			g.add(n)
			if escaped := html.EscapeString(text); escaped != text {
				g.add(name{text: []byte(escaped), record: w.Path})
			}
			h.Bytes(n.text)
			for _, c := range n.covers { // without one, what it covered is a leak
				h.Bytes(c)
			}
		}
		if !slugs[w.Slug] && w.Slug != "" {
			g.slugs[w.Slug] = w.Path
			h.Bytes([]byte(w.Slug))
			called := name{text: []byte(w.Slug), record: w.Path}
			for p := range slugs {
				if strings.Contains(p, w.Slug) {
					called.covers = append(called.covers, []byte(p))
				}
			}
			slices.SortFunc(called.covers, bytes.Compare)
			for _, c := range called.covers {
				h.Bytes(c)
			}
			g.called = append(g.called, called)
		}
	}
	g.rules = h.Sum()
	return g
}

func (g *Guard) add(n name) {
	i := len(g.names)
	g.names = append(g.names, n)
	if r, size := utf8.DecodeRune(n.text); size == 3 {
		g.starts[r/64] |= 1 << (r % 64)
		g.first[r] = append(g.first[r], i)
	} else {
		g.odd = append(g.odd, i)
	}
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
	for i := 0; i+2 < len(b); i++ {
		if b[i]&0xf0 != 0xe0 { // the first of three bytes
			continue
		}
		r := rune(b[i]&0x0f)<<12 | rune(b[i+1]&0x3f)<<6 | rune(b[i+2]&0x3f)
		if g.starts[r/64]&(1<<(r%64)) == 0 {
			continue
		}
		for _, n := range g.first[r] {
			if g.names[n].at(b, i) || g.names[n].parted(b[i:]) {
				return g.names[n].record
			}
		}
	}
	for _, i := range g.odd {
		n := &g.names[i]
		key := n.text
		if _, size := utf8.DecodeRune(key); size == 4 {
			key = key[:size] // what follows may be parted
		}
		for at, from := 0, 0; ; from = at + 1 {
			j := bytes.Index(b[from:], key)
			if j < 0 {
				break
			}
			if at = from + j; n.at(b, at) || n.parted(b[at:]) {
				return n.record
			}
		}
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

func isLatin(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func slugByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
}

// at tells whether the name stands at b[i], and not within a published one.
func (n *name) at(b []byte, i int) bool {
	if !bytes.HasPrefix(b[i:], n.text) {
		return false
	}
	if end := i + len(n.text); n.word && (i > 0 && isLatin(b[i-1]) || end < len(b) && isLatin(b[end])) {
		return false
	}
	for _, c := range n.covers {
		for off := 0; ; {
			j := bytes.Index(c[off:], n.text)
			if j < 0 {
				break
			}
			if start := i - off - j; start >= 0 && bytes.HasPrefix(b[start:], c) {
				return false
			}
			off += j + 1
		}
	}
	return true
}
