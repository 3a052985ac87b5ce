package markdown

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/text/width"
)

// Authors break lines anywhere. CSS Text 3 §4.1.3 would have browsers drop a
// break between East Asian characters and turn any other into a space, but they
// do not, so it is done here. Beyond its rules, the marks that Chinese shares
// with Latin script (“ ” ‘ ’ — … ·), whose width is ambiguous, join the wide
// character on their other side: `中文，⏎“引号”` has no space.
//
//	left  \ right   wide   mark   other
//	wide            join   join   space
//	mark            join    *     space
//	other           space  space  space     * join if either leans on a wide one
//
// What counts are the characters a reader sees on either side, inside code,
// links and emphasis too; note marks and task boxes are looked past. Hangul has
// spaces between words and is "other".

type girth uint8

const (
	otherGirth girth = iota
	wideGirth
	markGirth
)

func girthOf(r rune) girth {
	if r < 0x80 {
		return otherGirth
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianHalfwidth:
		if unicode.Is(unicode.Hangul, r) {
			return otherGirth
		}
		return wideGirth
	case width.EastAsianAmbiguous:
		if !unicode.IsLetter(r) {
			return markGirth
		}
	}
	return otherGirth
}

// reading is a body with the names that its wiki links show.
type reading struct {
	body []byte
	refs *Refs
	// converted holds the words of nodes that [Options.Convert] has rewritten, and turn
	// rewrites others; nil where nothing is rewritten.
	converted map[ast.Node][]byte
	turn      func([]byte) []byte
}

// joins tells whether the soft break at the end of n vanishes.
func (r *reading) joins(n *ast.Text) bool {
	left, right := r.around(n, false), r.around(n, true)
	if len(left) == 0 || len(right) == 0 {
		return true // nothing to keep apart
	}
	a, _ := utf8.DecodeLastRune(left)
	b, _ := utf8.DecodeRune(right)
	const zeroWidthSpace = '\u200B'
	if a == zeroWidthSpace || b == zeroWidthSpace || unicode.IsSpace(a) || unicode.IsSpace(b) {
		return true
	}
	switch x, y := girthOf(a), girthOf(b); {
	case x == otherGirth || y == otherGirth:
		return false
	case x == markGirth && y == markGirth:
		return leans(left, utf8.DecodeLastRune, -1) || leans(right, utf8.DecodeRune, 1)
	}
	return true
}

// leans tells whether the first character of s, from one end, that is no mark is
// wide.
func leans(s []byte, decode func([]byte) (rune, int), step int) bool {
	for len(s) > 0 {
		c, n := decode(s)
		if g := girthOf(c); g != markGirth {
			return g == wideGirth
		}
		if step > 0 {
			s = s[n:]
		} else {
			s = s[:len(s)-n]
		}
	}
	return false
}

// around is the nearest text that a reader sees before or after the end of n, as
// far as one node gives it.
func (r *reading) around(n ast.Node, forward bool) []byte {
	if !forward {
		if s := r.edge(n, false); len(s) > 0 {
			return s
		}
	}
	for n.Type() == ast.TypeInline {
		next := n.PreviousSibling()
		if forward {
			next = n.NextSibling()
		}
		if next == nil {
			n = n.Parent()
			continue
		}
		n = next
		if s := r.edge(n, forward); len(s) > 0 {
			return s
		}
	}
	return nil
}

// object stands for what is no text (U+FFFC).
const object = "\uFFFC"

// maxEdge bounds what edge resolves of a long text.
const maxEdge = 64

// edge is the text that a node begins or ends with.
func (r *reading) edge(n ast.Node, forward bool) []byte {
	switch n := n.(type) {
	case *ast.Text:
		v := n.Segment.Value(r.body)
		switch {
		case len(v) <= maxEdge:
		case forward:
			v = v[:maxEdge]
		default:
			v = v[len(v)-maxEdge:]
		}
		if n.IsRaw() {
			if len(bytes.TrimSpace(v)) < len(v) {
				return []byte(object) // space in code is no space between words
			}
			return v
		}
		return resolve(v)
	case *wikiLink:
		return r.shown(n)
	case *ast.Link:
		if words, veiled := r.veil(n); veiled {
			return []byte(words)
		}
	case *ruby:
		if forward {
			return []byte(n.base[0])
		}
		return []byte(n.base[len(n.base)-1])
	case *ast.AutoLink:
		return n.Label(r.body)
	case *ast.RawHTML:
		return []byte("<>")
	case *ast.Image:
		return []byte(object)
	case *east.FootnoteLink, *east.FootnoteBacklink, *east.TaskCheckBox:
		return nil
	}
	c := n.LastChild()
	if forward {
		c = n.FirstChild()
	}
	for c != nil {
		if s := r.edge(c, forward); len(s) > 0 {
			return s
		}
		if forward {
			c = c.NextSibling()
		} else {
			c = c.PreviousSibling()
		}
	}
	return nil
}

// veil is what stands in for the words of a link that must not be shown.
func (r *reading) veil(n *ast.Link) (string, bool) {
	if len(r.refs.Links) == 0 {
		return "", false
	}
	dest, _ := destOf(n.Destination)
	link := r.refs.Links[dest]
	return link.Text, link.Veiled
}

// shown is the text of a wiki link: what stands in for somebody who must not be
// named, else the author's words, else the record's name. It is empty for a
// link without words to a record that Refs does not hold.
func (r *reading) shown(n *wikiLink) []byte {
	link := r.refs.Wiki[n.target]
	switch {
	case link.Veiled:
		return []byte(link.Text)
	case n.label != nil:
		return r.nickname(readingless(n.label), link)
	case r.turn == nil && link.Plain != "":
		return []byte(link.Plain)
	}
	return []byte(link.Text)
}

// words rewrites words that stand by themselves.
func (r *reading) words(v []byte) []byte {
	if r.turn == nil {
		return v
	}
	return r.turn(v)
}

// maxNickname is how many characters of a link's words may be a form of its name.
const maxNickname = 4

// nickname rewrites an author's words for a record. Short ones are mostly a form of its
// name, so they share its characters: 老余 for 余华, which is written 余華 and not 餘華.
func (r *reading) nickname(v []byte, link Link) []byte {
	if r.turn == nil {
		return v
	}
	out := r.turn(v)
	name, as := []rune(link.Plain), []rune(link.Text)
	words, to := []rune(string(v)), []rune(string(out))
	if len(words) > maxNickname || len(name) != len(as) || len(words) != len(to) {
		return out
	}
	for i, c := range words {
		if at := slices.Index(name, c); at >= 0 {
			to[i] = as[at]
		}
	}
	return []byte(string(to))
}

// plainly reads the same body as it is written.
func (r *reading) plainly() *reading { return &reading{body: r.body, refs: r.refs} }

// readingless is a label without its ruby.
func readingless(label []byte) []byte {
	if bytes.IndexByte(label, '{') < 0 {
		return resolve(label)
	}
	var out []byte
	eachRuby(label, func(plain []byte) { out = append(out, resolve(plain)...) }, func(base, _ []byte) { out = append(out, base...) })
	return out
}

// value is the source of a text node. Paragraphs pasted from office programs
// begin with two ideographic spaces as an indent; Markdown drops spaces there,
// and so are these dropped.
func (r *reading) value(n *ast.Text) []byte {
	v := n.Segment.Value(r.body)
	if len(v) > 0 && v[0] == 0xE3 && n.PreviousSibling() == nil && n.Parent().Type() == ast.TypeBlock {
		v = bytes.TrimLeft(v, "\u3000 ")
	}
	return v
}
