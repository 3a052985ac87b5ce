package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser puts the syntax together. A plain parser has the amendment of
// emphasis and the guards, but none of the extensions; CommonMark's examples
// are run through it.
//
// The order of inline parsers on one mark matters: a task's box, then footnotes,
// wiki links and ruby, each of which declines what is not exactly its own, and
// last CommonMark's links.
func newParser(plain bool) parser.Parser {
	p := func(v any, priority int) util.PrioritizedValue { return util.Prioritized(v, priority) }
	blocks := []util.PrioritizedValue{
		p(parser.NewSetextHeadingParser(), 100),
		p(parser.NewThematicBreakParser(), 200),
		p(shallow{parser.NewListParser()}, 300),
		p(parser.NewListItemParser(), 400),
		p(parser.NewCodeBlockParser(), 500),
		p(parser.NewATXHeadingParser(), 600),
		p(parser.NewFencedCodeBlockParser(), 700),
		p(shallow{parser.NewBlockquoteParser()}, 800),
		p(parser.NewHTMLBlockParser(), 900),
		p(parser.NewParagraphParser(), 1000),
	}
	inlines := []util.PrioritizedValue{
		p(codeSpans{parser.NewCodeSpanParser()}, 100),
		p(links{parser.NewLinkParser().(closingParser)}, 200),
		p(parser.NewAutoLinkParser(), 300),
		p(rawHTML{parser.NewRawHTMLParser()}, 400),
		p(emphasis{}, 500),
	}
	paragraphs := []util.PrioritizedValue{p(definitions{parser.LinkReferenceParagraphTransformer}, 100)}
	var documents []util.PrioritizedValue
	if !plain {
		blocks = append(blocks, p(footnoteBlocks{extension.NewFootnoteBlockParser()}, 999))
		inlines = append(inlines,
			p(extension.NewTaskCheckBoxParser(), 0),
			p(footnoteMarks{extension.NewFootnoteParser()}, 101),
			p(wikiLinks{}, 110),
			p(rubies{}, 120),
			p(strikethrough{}, 500),
		)
		paragraphs = append(paragraphs, p(tables{extension.NewTableParagraphTransformer()}, 200))
		documents = append(documents,
			p(extension.NewTableASTTransformer(), 0),
			p(extension.NewFootnoteASTTransformer(), 999))
	}
	return parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(paragraphs...),
		parser.WithASTTransformers(documents...))
}

// parse reads a body within its budget.
func parse(p parser.Parser, body []byte) (doc ast.Node, s *state, err error) {
	pc := parser.NewContext()
	s = &state{budget: budget}
	pc.Set(stateKey, s)
	defer func() {
		if r := recover(); r != nil {
			if r != any(ErrTooComplex) {
				panic(r)
			}
			err = ErrTooComplex
		}
	}()
	return p.Parse(text.NewReader(body), parser.WithContext(pc)), s, nil
}
