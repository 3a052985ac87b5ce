package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// This file keeps goldmark's parsers from quadratic time. They are right but
// trusting: an unfinished `[a](b` looks for its end up to the end of the line,
// and a megabyte of them looks a hundred thousand times. Each wrapper here
// charges what its parser may have looked at in vain to a budget; when that is
// spent, the parse ends with ErrTooComplex. Work that bears fruit is free, so
// long bodies are not refused for being long.

// budget is how many steps of a few nanoseconds a body may waste. Real texts
// waste some hundreds.
const budget = 100_000_000

// maxDepth is how deep lists, quotes and notes may nest.
const maxDepth = 100

// freeDepth is how deep blocks may nest at no charge.
const freeDepth = 6

// state is what the wrappers remember during one parse.
type state struct {
	budget     int
	brackets   int // open in this paragraph
	delimiters int // of emphasis, in this paragraph
	footnotes  int // defined so far

	// What becomes of words; see lost.go.
	losses      []loss
	notes       []note
	definitions []definition
	used        map[string]bool // definitions that links refer to
	masked      []byte          // the body with some bars hidden
}

var stateKey = parser.NewContextKey()

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

// spend panics with ErrTooComplex, which parse recovers: goldmark's parsers
// have no way to return an error.
func (s *state) spend(steps int) {
	s.budget -= steps
	if s.budget < 0 {
		panic(ErrTooComplex)
	}
}

// rest is how many bytes of the block lie at and after offset.
func rest(block ast.Node, offset int) int {
	lines := block.Lines()
	if lines.Len() == 0 {
		return 0
	}
	return max(0, lines.At(lines.Len()-1).Stop-offset)
}

// shallow declines to open a block inside too many others.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// Continue charges for lines inside many blocks: goldmark keeps a record of each
// line for each, be it blank.
func (s shallow) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	if len(pc.OpenedBlocks()) > freeDepth {
		stateOf(pc).spend(60)
	}
	return s.BlockParser.Continue(node, reader, pc)
}

// footnoteBlocks counts the notes: each is sorted in, and each mark looks
// through all.
type footnoteBlocks struct{ parser.BlockParser }

func (f footnoteBlocks) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	_, at := reader.PeekLine()
	start := at.Start + max(0, pc.BlockOffset())
	n, next := f.BlockParser.Open(parent, reader, pc)
	if n != nil {
		s := stateOf(pc)
		s.footnotes++
		s.spend(2 * s.footnotes)
		s.notes = append(s.notes, note{n.(*east.Footnote), start})
	}
	if next&parser.HasChildren != 0 {
		// As in cmark-gfm all spaces after the colon are skipped: five are no code.
		line, _ := reader.PeekLine()
		if rest := bytes.TrimLeft(line, " \t"); len(rest) > 0 && rest[0] != '\n' {
			reader.Advance(len(line) - len(rest))
		}
	}
	return n, next
}

type footnoteMarks struct{ parser.InlineParser }

func (f footnoteMarks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[^")) && !bytes.HasPrefix(line, []byte("![^")) {
		return nil
	}
	s := stateOf(pc)
	var n ast.Node
	if s.footnotes > 0 {
		s.spend(s.footnotes + parent.Lines().Len())
		n = f.InlineParser.Parse(parent, block, pc)
	}
	// A paragraph that begins with a mark and a colon was meant to be the note.
	first := parent.Lines().Len() > 0 && parent.FirstChild() == nil && parent.Kind() == ast.KindParagraph
	if n == nil {
		s.missingNote(line, at.Start, first)
	} else if label := noteLabel(line); first && label != nil && bytes.HasPrefix(line[len(label)+3:], []byte("：")) {
		s.noteColon(label, at.Start)
	}
	return n
}

// codeSpans: an opening run of backticks looks for its like to the end of the
// paragraph.
type codeSpans struct{ parser.InlineParser }

func (c codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, at := block.PeekLine()
	n := c.InlineParser.Parse(parent, block, pc)
	if _, ok := n.(*ast.CodeSpan); !ok {
		stateOf(pc).spend(rest(parent, at.Start))
	}
	return n
}

// rawHTML: a tag that does not end is tried as far as it looks like one.
type rawHTML struct{ parser.InlineParser }

func (h rawHTML) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	n := h.InlineParser.Parse(parent, block, pc)
	if n == nil && len(line) > 1 && line[1] != ' ' && line[1] < 0x80 {
		stateOf(pc).spend(min(len(line), 4096))
	}
	return n
}

// closingParser is an inline parser that is told when a paragraph ends.
type closingParser interface {
	parser.InlineParser
	parser.CloseBlocker
}

// perByteAgain is what a byte of an address or title costs each time that something refers
// to its definition: it is resolved, judged and written again.
const perByteAgain = 20

// links: every closing bracket searches back through the paragraph's nodes and
// lines, and an address or title that does not end is searched forward.
type links struct{ closingParser }

func (l links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	line, at := block.PeekLine()
	if line[0] != ']' {
		n := l.closingParser.Parse(parent, block, pc)
		if n != nil {
			s.brackets++
		}
		return n
	}
	if s.brackets == 0 {
		return nil
	}
	s.brackets--
	s.spend(parent.ChildCount() + parent.Lines().Len())
	n := l.closingParser.Parse(parent, block, pc)
	referred := false
	switch n := n.(type) {
	case *ast.Link:
		s.refer(n.Reference)
		if referred = n.Reference != nil; referred {
			s.spend(perByteAgain * (len(n.Destination) + len(n.Title)))
		}
	case *ast.Image:
		s.refer(n.Reference)
		if referred = n.Reference != nil; referred {
			s.spend(perByteAgain * (len(n.Destination) + len(n.Title)))
		}
	}
	if len(line) > 1 && (line[1] == '(' || line[1] == '[') && (n == nil || referred) {
		s.spend(rest(parent, at.Start))
	}
	return n
}

func (l links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	stateOf(pc).brackets = 0
	l.closingParser.CloseBlock(parent, block, pc)
}

// definitions: each definition of a link moves all later lines of its paragraph
// forward.
type definitions struct{ parser.ParagraphTransformer }

func (d definitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	count := 0
	for i := range lines.Len() {
		line := lines.At(i)
		if starts(reader.Source()[line.Start:line.Stop], '[') {
			count++
		} else if i == 0 {
			return // definitions stand at the start of a paragraph or nowhere
		}
	}
	s := stateOf(pc)
	s.spend(count * lines.Len() / 8)
	parent, before := node.Parent(), node.PreviousSibling()
	d.ParagraphTransformer.Transform(node, reader, pc)
	for n := after(parent, before); n != nil; n = n.NextSibling() {
		def, ok := n.(*ast.LinkReferenceDefinition)
		if !ok {
			return
		}
		s.definitions = append(s.definitions, definition{util.ToLinkReference(def.Label), def.Label, def.Pos()})
	}
}

// after is the child of parent behind another, the first where that is nil.
func after(parent, before ast.Node) ast.Node {
	if before == nil {
		return parent.FirstChild()
	}
	return before.NextSibling()
}

func starts(line []byte, c byte) bool {
	line = bytes.TrimLeft(line, " \t\r\n\v\f")
	return len(line) > 0 && line[0] == c
}

// tables: a row with fewer cells than the head is filled up, so that a wide head
// over many short rows grows to their product.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	if lines.Len() < 2 {
		return
	}
	columns, escapes := 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		v := reader.Source()[line.Start:line.Stop]
		escapes += bytes.Count(v, []byte(`\|`))
		if i > 0 && len(bytes.Trim(v, "|:- \t\r\n")) == 0 {
			columns = max(columns, bytes.Count(v, []byte("|"))+1)
		}
	}
	if columns == 0 {
		return
	}
	s := stateOf(pc)
	s.spend(100*max(0, columns*lines.Len()-rest(node, lines.At(0).Start)) + escapes*escapes)
	rows := segments(node)
	hidden := s.mask(reader, rows)
	parent, before := node.Parent(), node.PreviousSibling()
	t.ParagraphTransformer.Transform(node, hidden, pc)
	s.surplus(reader.Source(), hidden.Source(), after(parent, before), rows)
}
