// Package rich is a text with headings, lists, tables, pictures and notes, as it
// comes out of a word processor or a web page, and its writing as Markdown.
//
// A reader (packages docx, saved) fills a [Document]; what it cannot express is
// gone by then and stands in the reader's report. [Document.Markdown] writes the
// dialect of package markdown, and reads every paragraph back: where marks would
// not mean what they should (emphasis that does not close beside a Latin letter),
// the words are written plain and counted. So for every document
//
//	markdown.Text(d.Markdown()) == the words of d
//
// whatever characters the words hold; a property test holds it to that.
package rich

// Document is a text in blocks.
type Document struct {
	Blocks   []Block
	Notes    [][]Block // footnotes; Span.Note counts them from 1
	Pictures []Picture // Span.Picture and Block.Picture count them from 1
}

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // Level 1 to 6
	Item           // of a list; Level is its depth from 0
	Table
	Figure // a picture alone
	Quote
	Code
	Rule
)

// Block is one paragraph, heading, table …
type Block struct {
	Kind    Kind
	Level   int
	Text    []Span
	Ordered bool       // an Item with a number
	Number  int        // of an ordered Item
	Cells   [][][]Span // rows of a Table, all equally long; the first is its head
	Origin  [][][2]int // row and column of the first cell of the merge that each cell of a Table lies in; nil unknown
	Blocks  []Block    // inside a Quote
	Picture int        // of a Figure
	Caption string     // of a Figure

	// What a reader saw and Markdown does not show: for guessing titles.
	Role   Role
	Centre bool
	Size   int // of its type, half points; 0 unknown
}

// Role is what a word processor calls a paragraph.
type Role uint8

// The roles that matter.
const (
	Plain Role = iota
	Title
	Subtitle
	Caption
)

// Span is a run of text with one look.
type Span struct {
	Text                       string
	Bold, Italic, Strike, Code bool
	Link                       string // http, https, mailto or tel
	Ruby                       string // reading above Text
	Note                       int    // a mark of a footnote, without Text
	Picture                    int    // a picture among words, without Text
	Break                      bool   // a line break, without Text
}

// Picture is a picture of the document.
type Picture struct {
	Data []byte // as in the file
	Ext  string // ".jpg", as its bytes say
	Alt  string
	From string // where it lay, for the report
	Name string // file name beside the record; given by the importer
	Crop Crop   // what the text does not show of it
	Lost bool   // it could not be taken; Data is empty
}

// Crop says how much of a picture is cut away at its edges, parts of its width or height
// from 0 to 1. What was cut away may be private: nothing of it may be written.
type Crop struct{ Left, Top, Right, Bottom float64 }

// Words is the plain text of spans: line breaks as \n, no note marks.
func Words(spans []Span) string {
	n := 0
	for _, s := range spans {
		n += len(s.Text) + 1
	}
	b := make([]byte, 0, n)
	for _, s := range spans {
		if s.Break {
			b = append(b, '\n')
		}
		b = append(b, s.Text...)
	}
	return string(b)
}

// Each calls f with every block, those inside others and the notes included.
func (d *Document) Each(f func(*Block)) {
	var walk func([]Block)
	walk = func(list []Block) {
		for i := range list {
			f(&list[i])
			walk(list[i].Blocks)
		}
	}
	walk(d.Blocks)
	for _, n := range d.Notes {
		walk(n)
	}
}

// EachText calls f with every list of spans and puts back what it returns.
func (d *Document) EachText(f func([]Span) []Span) {
	d.Each(func(b *Block) {
		b.Text = f(b.Text)
		for _, row := range b.Cells {
			for i := range row {
				row[i] = f(row[i])
			}
		}
	})
}
