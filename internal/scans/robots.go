package scans

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
)

//go:embed crawlers.txt
var crawlersText string

// who tells by whom a page was asked for: opened for a person.
func (q *request) who() kind {
	if q.purpose != nil {
		return preview
	}
	if !q.told {
		return opened
	}
	if len(q.agent) == 0 || len(q.agent) == 1 && q.agent[0] == '-' {
		return robot // every browser says what it is
	}
	agent := q.agent
	if q.coded {
		agent = plainAgent(agent)
	}
	return crawlers().match(agent)
}

// plainAgent undoes + and %20; CloudFront once wrote %2520.
func plainAgent(coded []byte) []byte {
	out := bytes.ReplaceAll(coded, []byte{'+'}, []byte{' '})
	for range 2 {
		if bytes.IndexByte(out, '%') < 0 {
			break
		}
		out = unescape(nil, out)
	}
	return out
}

// matcher finds which of many regular expressions, nearly all of them plain words, match a
// text. The first three bytes of the longest plain word in each expression lead to it, so
// that a text is gone through once; what else the expression asks is tried only there.
type matcher struct {
	present [1 << 16 / 64]uint64 // a bit for each hash of three bytes
	words   map[[gram]byte][]pattern
	loose   []pattern // without a plain word
}

const gram = 3

type pattern struct {
	word string
	re   *regexp.Regexp // nil where the word is all
	kind kind
}

var crawlers = sync.OnceValue(func() *matcher {
	m, err := newMatcher(crawlersText)
	if err != nil {
		panic(err) // embedded and tested
	}
	return m
})

func newMatcher(text string) (*matcher, error) {
	m := &matcher{words: map[[gram]byte][]pattern{}}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		name, expr, found := strings.Cut(line, "\t")
		p := pattern{kind: robot}
		if name == "preview" {
			p.kind = preview
		} else if !found || name != "robot" {
			return nil, fmt.Errorf("%q is no pattern", line)
		}
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			return nil, err
		}
		if err := m.add(p, tree.Simplify()); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// add enters a pattern, alternatives each by itself.
func (m *matcher) add(p pattern, tree *syntax.Regexp) error {
	for tree.Op == syntax.OpCapture {
		tree = tree.Sub[0]
	}
	if tree.Op == syntax.OpAlternate {
		for _, sub := range tree.Sub {
			if err := m.add(p, sub); err != nil {
				return err
			}
		}
		return nil
	}
	p.word = longestWord(tree)
	if tree.Op != syntax.OpLiteral || tree.Flags&syntax.FoldCase != 0 {
		re, err := regexp.Compile(tree.String())
		if err != nil {
			return err
		}
		p.re = re
	}
	if len(p.word) < gram {
		if p.re == nil {
			p.re = regexp.MustCompile(regexp.QuoteMeta(p.word))
		}
		m.loose = append(m.loose, p)
		return nil
	}
	key := [gram]byte([]byte(p.word[:gram]))
	h := gramHash(key[0], key[1], key[2])
	m.present[h/64] |= 1 << (h % 64)
	m.words[key] = append(m.words[key], p)
	return nil
}

// longestWord is the longest plain text that everything the expression matches holds.
func longestWord(tree *syntax.Regexp) string {
	switch tree.Op {
	case syntax.OpLiteral:
		if tree.Flags&syntax.FoldCase == 0 {
			return string(tree.Rune)
		}
	case syntax.OpCapture, syntax.OpPlus:
		return longestWord(tree.Sub[0])
	case syntax.OpConcat:
		longest := ""
		for _, sub := range tree.Sub {
			if w := longestWord(sub); len(w) > len(longest) {
				longest = w
			}
		}
		return longest
	}
	return ""
}

func gramHash(a, b, c byte) uint32 {
	return (uint32(a)<<16 | uint32(b)<<8 | uint32(c)) * 0x9E3779B1 >> 16
}

// match tells what an agent is. A preview that is a robot by another pattern is a preview.
func (m *matcher) match(agent []byte) kind {
	found := opened
	for i := 0; i+gram <= len(agent); i++ {
		h := gramHash(agent[i], agent[i+1], agent[i+2])
		if m.present[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		for _, p := range m.words[[gram]byte(agent[i:i+gram])] {
			if p.kind <= found || len(agent)-i < len(p.word) || string(agent[i:i+len(p.word)]) != p.word {
				continue
			}
			if p.re == nil || p.re.Match(agent) {
				if found = p.kind; found == preview {
					return found
				}
			}
		}
	}
	for _, p := range m.loose {
		if p.kind > found && p.re.Match(agent) {
			found = p.kind
		}
	}
	return found
}
