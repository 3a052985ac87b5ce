package amend

import (
	"strings"

	"mingdeng/internal/frontmatter"
)

// node is a value with the place where it stands.
type node struct {
	kind     frontmatter.Kind
	text     string
	from, to int // in the file's text, without comments around it
	// quote is what opens a scalar: "" for none, ", ', | and > of YAML, """ and ''' of TOML.
	quote string
	word  bool // a scalar without quotes that its language takes for words
	flow  bool // a list or group within brackets
	lines int  // of a block scalar: where its first line begins, else 0
	held  bool // an anchor, an alias or a tag of YAML
	odd   bool // written in a way that is not understood here: not to be changed within

	pairs []*pair
	items []*node
	dash  int // of an item of a YAML list: where its dash stands

	table *table // of a TOML group that is not inline
	spans []span // of what TOML gives by lines: all of them
}

// span is a piece of the text, of whole lines where it is TOML's.
type span struct{ from, to int }

// table is where a TOML group has its keys.
type table struct {
	prefix string // of each key: "a." where the keys are dotted
	header int    // offset of the end of its header's line, or -1 where it has none
	closed bool   // no key can be added
}

// pair is a key of a group with its place.
type pair struct {
	key      string
	from, to int // of the key
	colon    int // behind the colon or the equals sign; -1 if there is none
	value    *node
}

func (n *node) value() Value {
	v := Value{Kind: n.kind, Text: n.text}
	for _, i := range n.items {
		v.Items = append(v.Items, i.value())
	}
	for _, p := range n.pairs {
		v.Pairs = append(v.Pairs, Pair{p.key, p.value.value()})
	}
	return v
}

// holds tells whether an anchor, an alias or a tag stands in n.
func (n *node) holds() bool {
	if n.held {
		return true
	}
	for _, i := range n.items {
		if i.holds() {
			return true
		}
	}
	for _, p := range n.pairs {
		if p.value.holds() {
			return true
		}
	}
	return false
}

// Places in a text.

func lineStart(s string, at int) int { return strings.LastIndexByte(s[:at], '\n') + 1 }

func lineEnd(s string, at int) int {
	if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(s)
}

// blank tells whether nothing but blanks stands in a piece of text.
func blank(s string) bool { return strings.Trim(s, " \t") == "" }

// trivia skips blanks, line ends and comments.
func trivia(s string, at int, comments bool) int {
	for at < len(s) {
		switch c := s[at]; {
		case c == ' ' || c == '\t' || c == '\n':
			at++
		case c == '#' && comments:
			at = lineEnd(s, at)
		default:
			return at
		}
	}
	return at
}

// bracket finds the bracket that closes a flow collection, after its last element.
func bracket(s string, at int, comments bool) int {
	for at = trivia(s, at, comments); at < len(s) && s[at] == ','; {
		at = trivia(s, at+1, comments)
	}
	return min(at+1, len(s))
}
