package markdown

import "bytes"

// Scan lists what a body may refer to, without parsing it: wiki links, and the
// destinations of links, pictures and reference definitions that are not
// absolute and not a place in the same page. They come in order, each as often
// as it occurs.
//
// The list holds everything that [Renderer.Render] can ask Refs for, and more:
// Scan does not know code from text, and where it cannot tell a link from a
// picture it lists both.
func Scan(body []byte) []Target {
	s := scanner{places: places{body: body}, body: body}
	for i := 0; ; i++ {
		next := bytes.IndexByte(body[i:], ']')
		if next < 0 || i+next+1 >= len(body) {
			return s.targets
		}
		i += next
		switch body[i+1] {
		case ']':
			s.wiki(i)
		case '(':
			link, picture := s.kinds(i)
			s.dests(i+2, link, picture)
		case ':':
			if !s.note(i) {
				s.dests(i+2, true, s.hasPictures())
			}
		}
	}
}

type scanner struct {
	places   places
	body     []byte
	targets  []Target
	pictures int8 // whether "![" occurs: 0 not yet known, 1 yes, -1 no
}

func (s *scanner) add(kind Kind, dest string, offset int) {
	line, col := s.places.at(offset)
	s.targets = append(s.targets, Target{kind, dest, line, col})
}

// wiki looks at a "]]". What stands inside holds no brackets, so the nearest one
// before must be the opening one.
func (s *scanner) wiki(closing int) {
	from := max(0, closing-maxWiki)
	open := from + bytes.LastIndexByte(s.body[from:closing], '[') - 1
	if open < from {
		return
	}
	if w, ok := wikiAt(s.body[open:]); ok {
		s.add(KindWiki, string(w.target), open+w.offset)
	}
}

// maxShortLabel is how far note looks back for the bracket, in bytes.
const maxShortLabel = 32

// note tells whether the "]:" ends the label of a footnote, whose text is no
// address: else a changed footnote would count as a changed reference, and the
// site be resolved anew. Labels that are long, escaped or in two lines are not
// looked at; their texts are listed without need.
func (s *scanner) note(closing int) bool {
	for i := closing - 1; i >= max(0, closing-maxShortLabel); i-- {
		switch s.body[i] {
		case '\\', '\n', '\r', ' ', '\t', ']', '`':
			return false
		case '[':
			return i+2 < closing && s.body[i+1] == '^'
		}
	}
	return false
}

// maxLookBack is how far kinds looks for an opening bracket before it gives up.
const maxLookBack = 300

// kinds tells what a "](" may end. Brackets pair off as in CommonMark, unless
// code, tags, escapes or other links' addresses stand between.
func (s *scanner) kinds(closing int) (link, picture bool) {
	depth := 0
	for i := closing - 1; i >= max(0, closing-maxLookBack); i-- {
		switch s.body[i] {
		case '`', '\\', '>', ')', '"', '\'':
			return true, s.hasPictures()
		case ']':
			depth++
		case '[':
			if depth--; depth >= 0 {
				continue
			}
			switch {
			case i > 0 && s.body[i-1] == '\\', i > 1 && s.body[i-1] == '!' && s.body[i-2] == '\\':
				return true, s.hasPictures()
			case i > 0 && s.body[i-1] == '!':
				return false, true
			}
			return true, false
		}
	}
	return true, s.hasPictures()
}

func (s *scanner) hasPictures() bool {
	if s.pictures == 0 {
		s.pictures = -1
		if bytes.Contains(s.body, []byte("![")) {
			s.pictures = 1
		}
	}
	return s.pictures > 0
}

// dests lists the destination after a "](" or "]:". It may stand on the next
// line; if the paragraph is in a block quote, behind the marks of the quote.
func (s *scanner) dests(i int, link, picture bool) {
	newline := false
	for ; i < len(s.body) && isSpace(s.body[i]); i++ {
		newline = newline || s.body[i] == '\n'
	}
	s.dest(i, link, picture)
	if !newline {
		return
	}
	for depth := 0; depth < maxDepth && i < len(s.body) && s.body[i] == '>'; depth++ {
		for i++; i < len(s.body) && isSpace(s.body[i]); i++ {
		}
		s.dest(i, link, picture)
	}
}

func (s *scanner) dest(i int, link, picture bool) {
	raw, size, ok := rawDest(s.body[i:min(len(s.body), i+maxDest+2)])
	if !ok {
		if i >= len(s.body) || s.body[i] != ')' {
			return
		}
		raw = nil // [text]() leads nowhere
	} else if size > len(raw) {
		i++ // the angle bracket
	}
	if len(raw) > maxDest {
		return
	}
	dest, reach := destOf(raw)
	if reach != local {
		return
	}
	if link {
		s.add(KindLink, dest, i)
	}
	if picture {
		s.add(KindPicture, dest, i)
	}
}
