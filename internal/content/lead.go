package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/han"
	"mingdeng/internal/markdown"
)

// leadBytes is how much of a text is looked at for its summary, leadSpots how many of
// the addresses named behind that, leadLength how long the summary may be, characters.
const (
	leadBytes  = 1500
	leadSpots  = 20
	leadLength = 120
)

// A link to a record stays in a lead between private-use marks, because only the
// site knows the record's name, and whether it and the author's words may be shown:
// U+E000 target U+E001 own words U+E002, and U+E003 before the address of an ordinary link.
var (
	wikiLink = regexp.MustCompile(`\[\[([^\]|\n\x{e000}-\x{e003}]+)(?:\|([^\]\n\x{e000}-\x{e003}]*))?\]\]`)
	fileLink = regexp.MustCompile(`!?\[([^\[\]\n\x{e000}-\x{e003}]+)\]\(<?(/[^()\s<>\x{e000}-\x{e003}]*|[^()\s<>:\x{e000}-\x{e003}]+\.md(?:#[^()\s<>\x{e000}-\x{e003}]*)?)>?(?:\s+"[^"\n]*")?\)`)
	heading  = regexp.MustCompile(`(?m)^ {0,3}#{1,6}[ \t].*$`)
	noteMark = regexp.MustCompile(`(?m)(^ {0,3}\[\^[^\[\]\s\x{e000}-\x{e003}]+\]:)|\[\^[^\[\]\s\x{e000}-\x{e003}]+\]`) // $1: the note itself
	linkSpot = regexp.MustCompile(`(?m)^ {0,3}\[[^\[\]^\n\x{e000}-\x{e003}][^\[\]\n\x{e000}-\x{e003}]*\]:[ \t]*\S.*$`)
	leadMark = regexp.MustCompile("([\ue000\ue003])([^\ue001]*)\ue001([^\ue002]*)\ue002")
)

// leadOf is the plain text of the beginning of a body.
func leadOf(body []byte) string {
	start := body[:min(len(body), leadBytes)]
	for len(start) > 0 && !utf8.Valid(start) {
		start = start[:len(start)-1]
	}
	rest := body[len(start):]
	start = heading.ReplaceAll(start, nil) // a heading is no sentence
	marked := wikiLink.ReplaceAll(start, []byte("\ue000$1\ue001$2\ue002"))
	marked = fileLink.ReplaceAllFunc(marked, func(m []byte) []byte {
		if m[0] == '!' {
			return m
		}
		return fileLink.ReplaceAll(m, []byte("\ue003$2\ue001$1\ue002"))
	})
	// A note belongs to none of the first sentences, and without its marks has no place in
	// the text. What a link names may stand behind the beginning: without it the brackets
	// would be words.
	marked = noteMark.ReplaceAll(marked, []byte("$1"))
	if bytes.IndexByte(marked, '[') >= 0 && bytes.Contains(rest, []byte("]:")) {
		spots := bytes.Join(linkSpot.FindAll(rest, leadSpots), []byte("\n"))
		marked = slices.Concat(marked, []byte("\n\n"), spots)
	}
	return strings.TrimSpace(markdown.Text(marked))
}

// Summary is the summary of a text that has none of its own: its first sentences.
// name gives the words for a link to a record, from its target, or its address, and the
// author's own words.
func (b *Body) Summary(name func(target, words string, address bool) string) string {
	text := leadMark.ReplaceAllStringFunc(b.Lead, func(m string) string {
		part := leadMark.FindStringSubmatch(m)
		return name(part[2], part[3], part[1] == "\ue003")
	})
	return han.Sentence(text, leadLength)
}
