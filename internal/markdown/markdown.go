// Package markdown turns the body of a record into HTML.
//
// It is built on goldmark and reads CommonMark 0.31 with GFM tables,
// strikethrough, task lists and footnotes, amended where Chinese text needs it:
//
//	**真，**她          emphasis works beside full-width marks (emphasis.go)
//	中文，⏎“引号”        a line break between Han characters vanishes (linebreak.go)
//	[[zhang-san|老张]]   a link to a record (wiki.go)
//	{堃|kūn} [堃]{kūn}   ruby (ruby.go)
//	![alt](a.jpg "题")   alone in a paragraph: a figure with its caption
//	## 一、经过          gets the id 一经过 (heading.go)
//
// Raw HTML is shown as text and never passed through. An address that is not
// http, https, mailto, tel, a fragment or relative loses its link and keeps its
// text. No attribute syntax, no inline style, no script can come out.
//
// # Three steps
//
// A body is read cheaply when it is loaded and parsed only when its page has to
// be made again:
//
//	targets := markdown.Scan(body)        // what the body may refer to; no parse
//	refs := …                             // the site looks the targets up
//	info, err := r.Render(w, body, Options{Refs: refs})
//
// Render is a pure function of the body and the options. It reads no file and
// asks nobody: what is not in Refs is missing, and told in Info with its place.
// Scan lists at least every target that Render can ask for; it may list more,
// for it does not know code from text. So the hash of body and Refs is a
// fingerprint of the HTML. [Text] and [Count] do parse, at nearly the cost of
// Render.
//
// # Hostile bodies
//
// Nesting of blocks ends at a fixed depth, deeper marks are text. Inputs that
// would make the parser take quadratic time are refused with [ErrTooComplex]
// once they have used up a budget of steps, which depends on the body alone and
// not on the clock.
//
// # Non-goals
//
// Bare addresses do not become links, heading attributes and definition lists
// are off, code is not coloured, and nothing is hyphenated or "smartened".
package markdown

import (
	"bytes"
	"errors"
	"sync"

	"github.com/yuin/goldmark/parser"
)

// ErrTooComplex is what Render returns for a body whose marks are so many and
// so tangled that reading them would take minutes. No text that a person wrote
// comes near.
var ErrTooComplex = errors.New("markdown: too many unfinished or nested marks")

// Options are what a body's HTML depends on besides the body.
type Options struct {
	Refs Refs
	// Lang is the language of the page, as in <html lang>.
	Lang string
	// IDPrefix stands before every id, and after the "#" of links within the body, but
	// for those to ReservedIDs. It must differ between bodies that share a page.
	// Info.IDs have it, Info.Fragments have not.
	IDPrefix string
	// HeadingShift is added to the level of every heading, on top of the one
	// level that the page's own h1 takes: at 0 the body's highest headings are
	// h2. Levels that the author skipped are closed up. Nothing goes below h6 or
	// above h1.
	HeadingShift int
	// ReservedIDs are ids that the page uses around the body. No id in the body
	// will be one of them.
	ReservedIDs []string
	Words       Words
	// Enlarge makes the picture of a figure a link to its widest form, which a script may
	// then show over the page.
	Enlarge bool
	// Convert, if not nil, rewrites the words of the body character by character: its
	// result has as many characters as it was given. It is given whole paragraphs, so
	// that a word that an author's line break or emphasis cuts in two is seen whole.
	// Code, addresses, ids and what Refs say are never given to it; ids of headings are
	// those of the body as it is written.
	Convert func([]byte) []byte
	// Plain, if not nil, gets the body's plain text, as [Refs.Text] gives it: of one
	// reading of the body, which is most of what either costs.
	Plain *string
}

// Words are the words a reader meets that are not the body's own, in the
// language of the page. An empty word leaves its attribute out.
type Words struct {
	Footnotes string // names the list of notes: 脚注
	Footnote  string // names a reference; its number follows: 脚注
	Back      string // names the link back from a note; its number follows: 返回正文
	Done      string // a ticked task: 已完成
	Todo      string // one that is not: 未完成
}

// Heading is a heading of the body.
type Heading struct {
	Level int // as written out, 1 to 6
	ID    string
	Text  string // without marks, ruby and footnotes
}

// Info is what Render found out about a body.
type Info struct {
	Headings   []Heading
	Missing    []Target // asked for and not in Refs
	Unlinked   []Target // in Refs, and leading nowhere
	Dropped    []Target // addresses that must not be linked or shown: javascript:, data:, //host, pictures elsewhere
	AltMissing []Target // pictures without alternative text
	IDs        []string // every id written, in order
	Lost       []Lost   // words that are not shown
	Fragments  []Target // links to a place in this page; Dest is "#" and the id, percent signs decoded
}

// Renderer turns bodies into HTML. It may be used by many goroutines at once.
type Renderer struct {
	parser  parser.Parser
	writers sync.Pool
	plain   bool // bare CommonMark, to compare with its examples
}

// New returns a Renderer. One is enough for a program.
func New() *Renderer {
	return &Renderer{parser: newParser(false), writers: sync.Pool{New: func() any { return new(writer) }}}
}

// Render appends the HTML of a body to w. The HTML has no line breaks of its
// own between blocks. The only error is [ErrTooComplex]; w is then as it was.
func (r *Renderer) Render(w *bytes.Buffer, body []byte, o Options) (Info, error) {
	doc, state, err := parse(r.parser, body)
	if err != nil {
		return Info{}, err
	}
	out := r.writers.Get().(*writer)
	out.reset(w, body, &o, r.plain)
	out.state = state
	out.document(doc)
	out.info.Lost = state.lost(doc, body)
	if o.Plain != nil {
		*o.Plain = o.Refs.text(doc, body)
	}
	info := out.info
	out.reset(nil, nil, nil, false)
	r.writers.Put(out)
	return info, nil
}
