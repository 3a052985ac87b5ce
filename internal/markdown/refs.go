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
	// Dest is the address as the author meant it: backslash escapes, character
	// references and, within the site, percent signs resolved.
	Dest string
	// Line and Col are the place of Dest in the body, both from 1; Col counts
	// characters.
	Line, Col int
}

// Link is what [[target]] or [text](target) leads to. One without Href leads nowhere: its
// words stay, as words.
type Link struct {
	Href string
	// Text is the record's name, shown for [[target]] where the author wrote no text.
	Text string
	// Veiled tells that the author's words must not be shown, because they are likely the
	// name of somebody who is not to be named. Text then stands in for them.
	Veiled bool
	// Why says why there is no Href. It is not shown; it is here because what an editor is
	// told depends on it.
	Why string
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
	Links    map[string]Link
	Pictures map[string]Picture
}
