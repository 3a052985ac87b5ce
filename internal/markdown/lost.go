package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// This file finds what CommonMark and its extensions drop without a word: an author who
// wrote it expects to see it. Whatever the syntax takes off the page and is no address, mark
// or comment belongs here; TestNoWordIsLost looks for what is forgotten.

// Loss is what became of words that are not shown.
type Loss uint8

// The kinds of losses.
const (
	LostCells           Loss = iota // cells of a row beyond those of the head
	LostNote                        // a note that nothing refers to
	LostNoteAgain                   // a note whose label an earlier one has
	LostDefinition                  // [label]: address that no link refers to
	LostDefinitionAgain             // one whose label an earlier one has
	LostInfo                        // words behind ``` that name no language
	NoteMissing                     // [^label] without its note: shown as it stands
	NoteColon                       // [^label]： with a full-width colon: no note
)

// Lost is a place where words are not shown, or not as what they were meant to be.
type Lost struct {
	Loss
	Text string // the label, or the words
	// Old becomes New at the place, where one change of the line mends it.
	Old, New  string
	Form      string // of markup over several lines: what stands in its place
	Line, Col int    // in the body, both from 1
}

// loss is a Lost whose place is an offset.
type loss struct {
	Lost
	at int
}

// note is a note's definition.
type note struct {
	*east.Footnote
	at int
}

// definition is that of a link's address.
type definition struct {
	key   string
	label []byte
	at    int
}

func (s *state) lose(kind Loss, at int, text string) {
	s.losses = append(s.losses, loss{Lost: Lost{Loss: kind, Text: text}, at: at})
}

// lost are all losses, in the order of their places, once the body is parsed.
func (s *state) lost(doc ast.Node, body []byte) []Lost {
	seen := map[string]bool{}
	for _, n := range s.notes {
		label := string(n.Ref)
		if n.Index < 0 {
			kind := LostNote
			if seen[label] {
				kind = LostNoteAgain
			}
			s.lose(kind, n.at, label)
		}
		seen[label] = true
	}
	if len(s.losses) > 0 && len(s.used) > 0 { // what a note uses that is lost is not used
		s.used = nil
		_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *ast.Link:
				s.refer(n.Reference)
			case *ast.Image:
				s.refer(n.Reference)
			}
			return ast.WalkContinue, nil
		})
	}
	clear(seen)
	for _, d := range s.definitions {
		label := string(d.label)
		switch {
		case seen[d.key]:
			s.lose(LostDefinitionAgain, d.at, label)
		case !s.used[d.key] && label != "//" && label != "comment": // as people write comments
			s.lose(LostDefinition, d.at, label)
			l := &s.losses[len(s.losses)-1]
			l.Old, l.New = "["+label+"]:", `\[`+label+"]:"
		}
		seen[d.key] = true
	}
	if len(s.losses) == 0 {
		return nil
	}
	clear(seen) // notes that are there but for their colon
	for _, l := range s.losses {
		if l.Loss == NoteColon {
			seen[l.Text] = true
		}
	}
	p := places{body: body}
	out := make([]Lost, 0, len(s.losses))
	for _, l := range s.losses {
		if l.Loss == NoteMissing && seen[l.Text] {
			continue
		}
		l.Line, l.Col = p.at(l.at)
		out = append(out, l.Lost)
	}
	slices.SortStableFunc(out, func(a, b Lost) int { return cmp.Or(a.Line-b.Line, a.Col-b.Col) })
	return out
}

// missingNote looks at a mark that refers to no note.
func (s *state) missingNote(line []byte, at int, first bool) {
	label := noteLabel(line)
	if label == nil {
		return
	}
	after := line[len("[^")+len(label)+len("]"):]
	switch {
	case first && bytes.HasPrefix(after, []byte("：")):
		s.noteColon(label, at)
	case len(after) > 0 && (after[0] == '(' || after[0] == '['): // the text of a link
	default:
		s.lose(NoteMissing, at, string(label))
	}
}

func (s *state) noteColon(label []byte, at int) {
	s.lose(NoteColon, at, string(label))
	l := &s.losses[len(s.losses)-1]
	l.Old = "[^" + l.Text + "]："
	l.New = "[^" + l.Text + "]: "
}

// maxNoteLabel is how long a label of a note may be that is told, bytes.
const maxNoteLabel = 60

// noteLabel is the label of the mark of a note that line starts with: letters and digits,
// or it is a face.
func noteLabel(line []byte) []byte {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return nil
	}
	rest := line[2:min(len(line), 2+maxNoteLabel)]
	end := bytes.IndexByte(rest, ']')
	if end <= 0 || bytes.IndexFunc(rest[:end], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' }) >= 0 {
		return nil
	}
	if bytes.IndexFunc(rest[:end], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return nil
	}
	return rest[:end]
}

// masked is a reader in whose source the bars of wiki links and ruby are no bars, so that
// they do not part the cells of a table.
type masked struct {
	text.Reader
	source []byte
}

func (m masked) Source() []byte { return m.source }

// mask hides the bars of links and ruby in the lines of a table. The body is copied once.
func (s *state) mask(reader text.Reader, lines []text.Segment) text.Reader {
	source := reader.Source()
	for _, line := range lines {
		v := source[line.Start:line.Stop]
		for i := 0; i < len(v); i++ {
			if v[i] != '[' && v[i] != '{' {
				continue
			}
			size := 0
			if w, ok := wikiAt(v[i:]); ok {
				size = w.size
			} else if _, _, n := rubyAt(v[i:]); v[i] == '{' {
				size = n
			}
			if size == 0 || bytes.IndexByte(v[i:i+size], '|') < 0 {
				continue
			}
			if s.masked == nil {
				s.masked = bytes.Clone(source)
			}
			part := s.masked[line.Start+i : line.Start+i+size]
			for j := range part {
				if part[j] == '|' {
					part[j] = '.'
				}
			}
			i += size - 1
		}
	}
	if s.masked == nil {
		return reader
	}
	return masked{reader, s.masked}
}

// beyond finds the cells of a row that its table has no column for: where in the line
// they stand; 0, 0 where there are none.
func beyond(line []byte, columns int) (from, to int) {
	i, end := 0, len(line)
	for i < end && isSpace(line[i]) {
		i++
	}
	for end > i && isSpace(line[end-1]) {
		end--
	}
	if i < end && line[i] == '|' {
		i++
	}
	if end > i && line[end-1] == '|' {
		end--
	}
	for ; i < end; i++ {
		if columns == 0 {
			break
		}
		if line[i] == '|' && line[i-min(i, 1)] != '\\' {
			columns--
		}
	}
	if columns > 0 {
		return 0, 0
	}
	empty := func(c byte) bool { return c == '|' || isSpace(c) }
	for i < end && empty(line[i]) {
		i++
	}
	for end > i && empty(line[end-1]) && (end-i < 2 || line[end-2] != '\\') {
		end--
	}
	if i == end {
		return 0, 0
	}
	return i, end
}

// surplus looks for rows with more cells than the head, of the tables made from lines;
// source is the body with bars hidden.
func (s *state) surplus(body, source []byte, table ast.Node, lines []text.Segment) {
	for ; table != nil; table = table.NextSibling() {
		t, ok := table.(*east.Table)
		if !ok {
			continue
		}
		for row := t.FirstChild(); row != nil; row = row.NextSibling() {
			if _, head := row.(*east.TableHeader); head {
				continue
			}
			for len(lines) > 0 && lines[0].Start < row.Pos() {
				lines = lines[1:]
			}
			if len(lines) == 0 {
				return
			}
			line := lines[0]
			if from, to := beyond(source[line.Start:line.Stop], len(t.Alignments)); to > from {
				s.lose(LostCells, line.Start+from, string(body[line.Start+from:line.Start+to]))
			}
		}
	}
}

// segments are the lines of a block as they are now; later they are cut.
func segments(n ast.Node) []text.Segment {
	lines := n.Lines()
	out := make([]text.Segment, lines.Len())
	for i := range out {
		out[i] = lines.At(i)
	}
	return out
}

// refer notes that a link uses a definition.
func (s *state) refer(r *ast.ReferenceLink) {
	if r == nil {
		return
	}
	if s.used == nil {
		s.used = map[string]bool{}
	}
	s.used[util.ToLinkReference(r.Value)] = true
}

// hasWords tells whether a text holds anything but ASCII, so that it names no language of
// a program.
func hasWords(s []byte) bool {
	return bytes.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
