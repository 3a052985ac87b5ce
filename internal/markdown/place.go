package markdown

import (
	"bytes"
	"unicode/utf8"
)

// places turns offsets into lines and columns. It keeps a mark every stride
// bytes, made at the first question, so that many questions about one long line
// stay cheap.
type places struct {
	body  []byte
	marks []place
}

type place struct{ line, col int }

const stride = 1024

func (p *places) at(offset int) (line, col int) {
	offset = max(0, min(offset, len(p.body)))
	if p.marks == nil {
		p.marks = append(p.marks, place{1, 1})
		for i := stride; i <= len(p.body); i += stride {
			p.marks = append(p.marks, p.marks[len(p.marks)-1].over(p.body[i-stride:i]))
		}
	}
	q := p.marks[offset/stride].over(p.body[offset/stride*stride : offset])
	return q.line, q.col
}

// over is the place after reading s. A character belongs to the stretch that
// holds its first byte.
func (q place) over(s []byte) place {
	if i := bytes.LastIndexByte(s, '\n'); i >= 0 {
		q.line += bytes.Count(s, []byte("\n"))
		q.col = 1
		s = s[i+1:]
	}
	for _, c := range s {
		if utf8.RuneStart(c) {
			q.col++
		}
	}
	return q
}

// offsetIn tells where part lies in whole, if it is a piece of it and no copy.
// goldmark gives the destinations of links as such pieces and no offsets.
func offsetIn(whole, part []byte) (int, bool) {
	if len(part) == 0 {
		return 0, false
	}
	i := cap(whole) - cap(part)
	if i < 0 || i+len(part) > len(whole) || &whole[i] != &part[0] {
		return 0, false
	}
	return i, true
}

// TakesLink tells whether a link can be written behind the beginning of a line: not
// within another link, nor in code.
func TakesLink(before []byte) bool {
	return bytes.Count(before, []byte{'['}) <= bytes.Count(before, []byte{']'}) &&
		bytes.Count(before, []byte{'('}) <= bytes.Count(before, []byte{')'}) && bytes.Count(before, []byte{'`'})%2 == 0
}
