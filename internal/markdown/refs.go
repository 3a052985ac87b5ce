package markdown

// Kind tells what a target is meant to be.
type Kind uint8

// The kinds of targets.
const (
	KindWiki    Kind = iota // [[target]]
	KindLink                // [text](target)
	KindPicture             // ![alt](target)
)

// Target is something a body refers to.
type Target struct {
	Kind Kind
	// Dest is the address as the author meant it: backslash escapes and
	// character references resolved, percent signs untouched.
	Dest string
	// Line and Col are the place of Dest in the body, both from 1; Col counts
	// characters.
	Line, Col int
}

// Link is the record that [[target]] stands for.
type Link struct {
	Href string
	// Text is the record's name, shown where the author wrote no text.
	//
	// A Link with Text and no Href is a record that must not be linked, such as
	// a person who is withheld. Text then stands in for whatever the author
	// wrote, which is likely the name that must not be shown.
	Text string
	// Plain is the record's name in the language the body is written in, where Text is
	// in another: ids of headings are made of it.
	Plain string
}

// Picture is a picture of the site. Width and Height are in CSS pixels, 0 if
// not known. Sizes is written only beside a Srcset.
type Picture struct {
	Src, Srcset, Sizes string
	Width, Height      int
}

// Refs are the answers to a body's targets, by their Dest.
type Refs struct {
	Wiki     map[string]Link
	Links    map[string]string // addresses, ready for href
	Pictures map[string]Picture
}
