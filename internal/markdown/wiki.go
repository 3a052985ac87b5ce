package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// wikiLink is [[target]] or [[target|label]].
type wikiLink struct {
	ast.BaseInline
	target string
	label  []byte // source text, may hold ruby; nil if there is none
	at     int    // offset of the target
}

var kindWikiLink = ast.NewNodeKind("WikiLink")

func (*wikiLink) Kind() ast.NodeKind              { return kindWikiLink }
func (n *wikiLink) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type wikiLinks struct{}

func (wikiLinks) Trigger() []byte { return []byte{'['} }

func (wikiLinks) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, at := block.PeekLine()
	w, ok := wikiAt(line)
	if !ok || at.Padding > 0 {
		return nil
	}
	block.Advance(w.size)
	return &wikiLink{target: string(w.target), label: w.label, at: at.Start + w.offset}
}

// wiki is the anatomy of a wiki link.
type wiki struct {
	target, label []byte
	offset        int // of the target, from the first bracket
	size          int
}

// maxWiki is how many bytes a wiki link may have on its line.
const maxWiki = 1024

// wikiAt reads the wiki link that line starts with. It must not hold brackets,
// a code mark or a tag, and must not be the text of an ordinary link, so that
// CommonMark keeps `[[a](b)]` and `[[a]](b)`. In a table the bar is written \|
// as in any table; the full-width bar of Chinese keyboards serves as well.
func wikiAt(line []byte) (w wiki, ok bool) {
	if len(line) < 5 || line[0] != '[' || line[1] != '[' {
		return w, false
	}
	body := line[2:min(len(line), maxWiki)]
	end := bytes.IndexAny(body, "[]\n`<*")
	if end <= 0 || !bytes.HasPrefix(body[end:], []byte("]]")) {
		return w, false
	}
	w.size = 2 + end + 2
	if w.size < len(line) && (line[w.size] == '(' || line[w.size] == '[') {
		return w, false
	}
	body = body[:end]
	target := body
	if i := bytes.IndexAny(body, "|｜"); i >= 0 {
		target = bytes.TrimSuffix(body[:i], []byte(`\`))
		w.label = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimPrefix(body[i:], []byte("|")), []byte("｜")))
	}
	w.target = bytes.TrimSpace(target)
	if len(w.target) == 0 {
		return w, false
	}
	w.offset = 2 + bytes.Index(target, w.target)
	if len(w.label) == 0 {
		w.label = nil
	}
	return w, true
}
