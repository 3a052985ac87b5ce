package typography

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Append appends a whole page of HTML to out with its words set. The page's tags must be well
// formed, as templates write them; every byte that is not named in the package comment stays.
func Append(out, page []byte) []byte {
	s := setter{in: page, out: slices.Grow(out, len(page)+256)}
	for s.at < len(s.in) {
		if s.in[s.at] == '<' {
			s.tag()
		} else {
			s.text()
		}
	}
	s.flush(len(s.in))
	return s.out
}

// setter walks a page once. What stays as it is is copied in long pieces, when something
// changes behind it.
type setter struct {
	in, out []byte
	at      int
	copied  int  // what of in stands in out
	plain   int  // how many elements are open whose words stay as they are
	before  rune // the last character shown, if nothing but ends of phrases came since
	title   int  // where in out the words of an open title begin, or 0
}

// flush copies what is before i.
func (s *setter) flush(i int) {
	s.out = append(s.out, s.in[s.copied:i]...)
	s.copied = i
}

// element is what matters of an element here.
type element uint8

const (
	other  element = iota
	raw            // its content is no markup
	plain          // its words are not set
	phrase         // a line of text runs on through it
	title
)

func elementOf(name []byte) element {
	switch string(name) {
	case "script", "style", "title", "textarea":
		return raw
	case "code", "pre", "kbd", "samp":
		return plain
	case "a", "b", "del", "em", "i", "strong":
		return phrase
	case "h1", "h2", "h3":
		return title
	}
	return other
}

// tagAt is the name of the tag that begins at i, whether it closes, and where it ends.
func (s *setter) tagAt(i int) (name []byte, closes bool, end int) {
	n := bytes.IndexByte(s.in[i:], '>')
	if n < 0 {
		return nil, false, len(s.in)
	}
	end = i + n + 1
	if i++; i < end && s.in[i] == '/' {
		closes = true
		i++
	}
	j := i
	for j < end && (s.in[j] >= 'a' && s.in[j] <= 'z' || s.in[j] >= '0' && s.in[j] <= '9') {
		j++
	}
	name = s.in[i:j]
	// A ">" in an attribute does not end a tag; comments and the doctype have no quotes.
	for j > i && end-j > 1 && bytes.Count(s.in[j:end], []byte{'"'})%2 == 1 {
		if n = bytes.IndexByte(s.in[end:], '>'); n < 0 {
			return name, closes, len(s.in)
		}
		end += n + 1
	}
	return name, closes, end
}

func (s *setter) tag() {
	name, closes, end := s.tagAt(s.at)
	is := elementOf(name)
	if is == title && closes && s.title > 0 {
		s.flush(s.at)
		s.keep()
	}
	s.at = end
	switch {
	case is == raw && !closes:
		s.at = s.behind(end, name)
	case is == plain && closes:
		s.plain--
	case is == plain:
		s.plain++
	case is == title && !closes:
		s.flush(end)
		s.title = len(s.out)
	}
	if is != phrase || !closes {
		s.before = 0
	}
}

// behind is where the element of a name ends whose content, from i on, is no markup.
func (s *setter) behind(i int, name []byte) int {
	for {
		n := bytes.Index(s.in[i:], []byte("</"))
		if n < 0 {
			return len(s.in)
		}
		if i += n; bytes.HasPrefix(s.in[i+2:], name) {
			return i
		}
		i += 2
	}
}

// text sets the words up to the next tag.
func (s *setter) text() {
	from := s.at
	n := bytes.IndexByte(s.in[from:], '<')
	if n < 0 {
		n = len(s.in) - from
	}
	words := s.in[from : from+n]
	s.at += n
	if s.plain > 0 || from == 0 {
		s.before = 0
		return
	}
	for i := 0; i < n; {
		if words[i] != ' ' {
			stop := bytes.IndexByte(words[i:], ' ')
			if stop < 0 {
				stop = n - i
			}
			i += stop
			if s.before, _ = utf8.DecodeLastRune(words[:i]); s.before == dot {
				i = s.drop(from, i, blanks(words[i:]))
			}
			continue
		}
		wide := blanks(words[i:])
		after := words[i+wide:]
		var next rune
		if len(after) > 0 {
			next, _ = utf8.DecodeRune(after)
		} else if s.before != 0 && wide < n {
			next = s.ahead() // a blank alone between two phrases parts them: they are words of a list
		}
		if next != dot && !gap(s.before, next) {
			i += wide
			s.before = ' '
			continue
		}
		i = s.drop(from, i, wide)
	}
}

// drop leaves out n bytes that stand at from+i, and is where in the words they end.
func (s *setter) drop(from, i, n int) int {
	s.flush(from + i)
	s.copied += n
	return i + n
}

// blanks is how many spaces words begin with.
func blanks(words []byte) int { return len(words) - len(bytes.TrimLeft(words, " ")) }

// ahead is the first character behind the tags that follow, if they only begin phrases.
func (s *setter) ahead() rune {
	for i := s.at; i < len(s.in); {
		if s.in[i] != '<' {
			r, _ := utf8.DecodeRune(s.in[i:])
			return r
		}
		name, closes, end := s.tagAt(i)
		if elementOf(name) != phrase || closes {
			return 0
		}
		i = end
	}
	return 0
}

const dot = '·'

// gap tells whether the style sheet makes a gap between two characters.
func gap(a, b rune) bool { return ideograph(a) && figure(b) || figure(a) && ideograph(b) }

func ideograph(r rune) bool {
	if r >= 0x4E00 && r < 0xA000 { // nearly all there are
		return true
	}
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// figure tells letters and digits that are no ideographs and not as wide as one.
func figure(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	return r < 0x2E80 && unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Nd)
}

// shortest is how many characters a title has that may need two lines on the narrowest
// phone, in large type.
const shortest = 6

// keep holds the end of a title together: its last character with the one before it, or
// with the whole figure before it, and the marks that close it.
func (s *setter) keep() {
	from, words := s.title, s.out[s.title:]
	s.title = 0
	last := bytes.LastIndexByte(words, '>') + 1 // of the last tag within the title
	count := 0
	for i, in := 0, false; i < len(words); {
		r, size := utf8.DecodeRune(words[i:])
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
		case !in && (ideograph(r) || figure(r)):
			count++
		}
		i += size
	}
	end := len(bytes.TrimRight(words, " \n"))
	if last == end && end > 0 { // <a>…</a> alone: its words
		open := bytes.LastIndexByte(words[:end], '<')
		if open < 0 {
			return
		}
		end = open
		last = bytes.LastIndexByte(words[:end], '>') + 1
	}
	tail := words[last:end]
	if count < shortest || len(tail) == 0 || bytes.IndexByte(tail, '&') >= 0 {
		return
	}
	// Back over the marks, then over two characters, or one and a figure.
	i := len(tail)
	back := func() (rune, int) { return utf8.DecodeLastRune(tail[:i]) }
	for i > 0 {
		r, size := back()
		if ideograph(r) || figure(r) {
			break
		}
		i -= size
	}
	for taken := 0; i > 0 && taken < 2; taken++ {
		r, size := back()
		if !ideograph(r) && !figure(r) {
			break
		}
		i -= size
		for figure(r) && i > 0 {
			if r, size = back(); !figure(r) {
				break
			}
			i -= size
		}
	}
	if len(tail)-i > longest || i == 0 && last == 0 {
		return
	}
	at := from + last + i
	rest := append([]byte(nil), s.out[at:]...)
	n := from + end - at
	s.out = append(s.out[:at], `<span class="keep">`...)
	s.out = append(s.out, rest[:n]...)
	s.out = append(s.out, "</span>"...)
	s.out = append(s.out, rest[n:]...)
}

// longest is how many bytes are held together at most: a word of Latin may be longer than
// a line.
const longest = 30
