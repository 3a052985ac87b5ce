package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
)

// textParser serves Text and Count, which have no Renderer. It never changes.
var textParser parser.Parser = newParser(false)

// Text is the plain text of a body for summaries, search and counts: no marks,
// ruby without readings, pictures and note marks left out, the notes at the end.
// Blocks and hard breaks are lines, the cells of a table parted by spaces. A
// wiki link without words of its own leaves nothing, for its record's name is
// not known; see [Refs.Text]. A body that Render refuses has no text.
func Text(body []byte) string { return Refs{}.Text(body) }

// Text is like the function [Text], with the names that wiki links show.
func (r Refs) Text(body []byte) string {
	doc, _, err := parse(textParser, body)
	if err != nil {
		return ""
	}
	return r.text(doc, body)
}

func (r *Refs) text(doc ast.Node, body []byte) string {
	p := plainText{reading: reading{body: body, refs: r}, out: make([]byte, 0, len(body))}
	p.blocks(doc)
	return string(bytes.TrimSpace(p.out))
}

// plainText collects the text of nodes.
type plainText struct {
	reading
	pictures bool // with their alternative text
	out      []byte
}

func (p *plainText) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			p.newline()
			lines := n.Lines()
			for i := range lines.Len() {
				line := lines.At(i)
				p.out = append(p.out, line.Value(p.body)...)
			}
			if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
				p.out = append(p.out, h.ClosureLine.Value(p.body)...)
			}
		case *ast.LinkReferenceDefinition, *east.FootnoteBacklink:
		case *east.TableCell:
			if n.PreviousSibling() != nil {
				p.out = append(p.out, ' ')
			}
			p.inlines(n)
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			p.newline()
			p.inlines(n)
		default:
			p.newline()
			p.blocks(n)
		}
	}
}

func (p *plainText) newline() {
	if n := len(p.out); n > 0 && p.out[n-1] != '\n' {
		p.out = append(p.out, '\n')
	}
}

func (p *plainText) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.inline(n)
	}
}

func (p *plainText) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		if n.IsRaw() {
			v := n.Segment.Value(p.body)
			p.out = append(p.out, v...)
			if i := len(p.out) - 1; len(v) > 0 && p.out[i] == '\n' {
				p.out[i] = ' '
			}
			return
		}
		p.out = append(p.out, p.textValue(n)...)
		switch {
		case n.HardLineBreak():
			p.out = append(p.out, '\n')
		case n.SoftLineBreak() && !p.joins(n):
			p.out = append(p.out, ' ')
		}
	case *ast.String:
		p.out = append(p.out, n.Value...)
	case *wikiLink:
		p.out = append(p.out, p.shown(n)...)
	case *ruby:
		for _, base := range p.bases(n) {
			p.out = append(p.out, base...)
		}
	case *ast.Link:
		if words, veiled := p.veil(n); veiled {
			p.out = append(p.out, words...)
			return
		}
		p.inlines(n)
	case *ast.AutoLink:
		p.out = append(p.out, n.Label(p.body)...)
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			p.out = append(p.out, s.Value(p.body)...)
		}
	case *ast.Image:
		if p.pictures {
			p.inlines(n)
		}
	case *east.FootnoteLink, *east.FootnoteBacklink, *east.TaskCheckBox:
	default:
		p.inlines(n)
	}
}

// textOf is the plain text inside a node.
func (r *reading) textOf(n ast.Node) string {
	p := plainText{reading: *r}
	p.inlines(n)
	return string(bytes.TrimSpace(p.out))
}
