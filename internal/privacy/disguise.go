package privacy

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"mingdeng/internal/fold"
)

// A reader sees a name where its characters are parted by marks of the page: ruby over
// each, half of it bold, an invisible character. Browsers show a name that stands escaped
// in an address, or as entities. Files that are published as they came have names in
// other encodings. And a file may be called by the name in pinyin. This file looks for
// these.

// gone are the elements that hide what they hold from the name: the readings of ruby.
var gone = map[string]bool{"rt": true, "rp": true, "rtc": true}

// gap is what stands between two characters.
type gap struct {
	n     int
	blank bool // blanks, a line's end
	line  bool // a line's end
	dot   bool // dots of middle height
	sign  bool // other signs that writers put between characters to part them
}

// signs are those others. A reader hears a name all the same, but they part words as well.
const signs = ".-_~*'"

// manyBlanks is how many blanks may stand in one gap: beyond that it is the layout's.
const manyBlanks = 16

// skip measures the gap at the start of b, behind a character. What shows nothing and
// marks of the page are always part of it; blanks, dots and signs where wide is true.
func skip(b []byte, behind rune, wide bool) gap {
	var g gap
	blanks, lines := 0, 0
	for g.n < len(b) {
		c := b[g.n]
		if c >= 0xe4 && c <= 0xe9 || c > ' ' && c < 0x80 && c != '<' && c != '&' && c != '\\' && !(wide && strings.IndexByte(signs, c) >= 0) {
			return g // nearly always: an ideograph, a letter, a digit, a punctuation mark
		}
		if c == '<' || c == '&' || c == '\\' {
			if n, breaks := tag(b[g.n:]); n > 0 {
				if breaks && !wide {
					return g
				}
				g.blank, g.line = g.blank || breaks, g.line || breaks
				g.n += n
				continue
			}
		}
		r, n := decode(b[g.n:])
		switch {
		case r == utf8.RuneError:
			return g
		case fold.Unseen(r), r < ' ' && !fold.Blank(r), fold.Mark(r) && (r != diaeresis || !latin(behind)):
		case !wide:
			return g
		case fold.Blank(r):
			if r == '\n' {
				lines++
			}
			if blanks++; blanks > manyBlanks || lines > 1 {
				return g
			}
			g.blank, g.line = true, lines > 0 || g.line
		case fold.Dot(r):
			g.dot = true
		case r < 0x80 && strings.IndexByte(signs, byte(r)) >= 0, fold.Dash(r):
			g.sign = true
		default:
			return g
		}
		g.n += n
	}
	return g
}

const diaeresis = 0x308 // the one mark that makes another letter of a name: lü is not lu

// decode returns the character at the start of b, and how many bytes write it: in UTF-8,
// or as an escape.
func decode(b []byte) (rune, int) {
	if b[0] == '&' || b[0] == '\\' {
		if r, n := fold.Escaped(b); n > 0 {
			return r, n
		}
	}
	if b[0] < utf8.RuneSelf {
		return rune(b[0]), 1
	}
	return utf8.DecodeRune(b)
}

// longest is how long a tag or a reading may be that is looked through.
const longest = 1 << 10

// brackets are the ways in which a tag is written: plainly, escaped as feeds have it, and
// in JSON.
var brackets = [][2]string{{"<", ">"}, {"&lt;", "&gt;"}, {`\u003c`, `\u003e`}}

// tag is the length of an inline tag at the start of b, with the reading that it holds, or
// of a comment; 0 where there is none. A line break breaks.
func tag(b []byte) (n int, breaks bool) {
	b = b[:min(len(b), longest)]
	for _, around := range brackets {
		if bytes.HasPrefix(b, []byte(around[0])) {
			return tagIn(b, around[0], around[1])
		}
	}
	return 0, false
}

func tagIn(b []byte, open, end string) (n int, breaks bool) {
	if rest, ok := bytes.CutPrefix(b[len(open):], []byte("!--")); ok {
		if n = bytes.Index(rest, []byte("--"+end)); n < 0 {
			return 0, false
		}
		return len(open) + len("!--") + n + len("--") + len(end), false
	}
	n = bytes.Index(b, []byte(end))
	if n < 0 {
		return 0, false
	}
	words := b[len(open):n]
	closes := len(words) > 0 && words[0] == '/'
	if closes {
		words = words[1:]
	}
	if i := bytes.IndexAny(words, " \t\r\n/"); i >= 0 {
		words = words[:i]
	}
	n += len(end)
	if len(words) > 8 { // longer than any of these
		return 0, false
	}
	name := strings.ToLower(string(words))
	switch {
	case fold.Inline(name):
		return n, false
	case name == "br":
		return n, true
	case gone[name]:
		if stop := bytes.Index(b, []byte(open+"/"+name+end)); stop >= 0 && !closes {
			return stop + len(open+"/"+name+end), false
		}
		return n, false
	}
	return 0, false
}

// stands returns where the name ends that stands at b[i], or 0, and where its character
// number via is. What shows nothing may part it anywhere; where one ideograph follows
// another, dots may, and blanks and signs where that sets its characters apart.
func (s *spelling) stands(b []byte, i, via int) (end, at int) {
	start := i
	var buf [20]rune
	// How many characters each piece has that blanks or signs make of it.
	first, piece, alone, lines := 0, 0, false, false
	for k := 0; k < len(s.text); {
		if i >= len(b) {
			return 0, 0
		}
		if k > 0 && s.text[k] != diaeresis {
			gap := skip(b[i:], s.text[k-1], true)
			if s.blank[k] {
				if !gap.blank && !gap.dot || gap.sign {
					return 0, 0
				}
			} else if gap.blank || gap.dot || gap.sign {
				if !fold.Han(s.text[k-1]) || !fold.Han(s.text[k]) {
					return 0, 0
				}
				if gap.blank || gap.sign {
					if first == 0 {
						first = piece
					} else {
						alone = alone || piece == 1
					}
					piece = 0
					lines = lines || gap.line
				}
			}
			if i += gap.n; i >= len(b) {
				return 0, 0
			}
		}
		if k == via {
			at = i
		}
		r, n := decode(b[i:])
		f := fold.AppendBase(buf[:0], r)
		if len(f) == 0 {
			return 0, 0
		}
		if over := len(f) - (len(s.text) - k); over > 0 { // the name ends within it
			f = f[:len(f)-over]
		}
		for _, c := range f {
			if c != s.text[k] {
				return 0, 0
			}
			k++
			piece++
		}
		i += n
	}
	switch {
	case first == 0: // in one piece
	case lines:
		// A line may well begin with a word of one character, and one end so.
		if first != 1 || piece != 1 || fold.Han(before(b, start)) || fold.Han(after(b, i)) {
			return 0, 0
		}
	case !alone && !setApart(b, start, i, first, piece):
		return 0, 0
	}
	return i, at
}

// setApart tells whether a name from b[i] to b[end] that blanks part is one all the same,
// by its first and last piece: 张 三, set as wide as 欧阳三, has a character alone with
// nothing before or behind it. 王高 明亮 has not, nor have the words of one character of
// a text that has blanks around its figures (模范 第 7 届), nor 一张 三、.
func setApart(b []byte, i, end, first, last int) bool {
	open, closed := !fold.Han(before(b, i)), !fold.Han(after(b, end))
	if open && closed {
		return first == 1 || last == 1
	}
	if open {
		return first == 1 && !blankBefore(b, i)
	}
	// A number that begins the next point of a list stands alone as well.
	numeral := false
	for k := i; k < end; {
		c, n := decode(b[k:])
		if k += n; fold.Unseen(c) || fold.Mark(c) {
			continue
		}
		_, script := fold.Digit(c)
		numeral = script != fold.NoDigit || c == '十' || numeral && c < utf8.RuneSelf
	}
	return closed && last == 1 && !numeral && !skip(b[end:], 0, true).blank
}

func blankBefore(b []byte, i int) bool {
	r, _ := utf8.DecodeLastRune(b[:i])
	return fold.Blank(r) || bytes.HasSuffix(b[:i], []byte("&nbsp;"))
}

// after is the base of the character that a reader sees behind b[:i], or 0.
func after(b []byte, i int) rune {
	var buf [20]rune
	if i += skip(b[i:], 0, false).n; i < len(b) {
		r, _ := decode(b[i:])
		if f := fold.AppendBase(buf[:0], r); len(f) > 0 {
			return f[0]
		}
	}
	return 0
}

// before is the base of the character that a reader sees before b[i:], or 0.
func before(b []byte, i int) rune {
	var buf [20]rune
	for from := max(0, i-longest); i > from; {
		r, n := utf8.DecodeLastRune(b[:i])
		switch {
		case r == '>':
			open := bytes.LastIndexByte(b[from:i], '<')
			if open < 0 {
				return 0
			}
			if n, breaks := tag(b[from+open:]); n != i-from-open || breaks {
				return 0
			}
			i = from + open
			continue
		case r == utf8.RuneError:
			return 0
		case fold.Unseen(r), fold.Mark(r):
			i -= n
			continue
		}
		// A letter may be that of an escape: a line feed of JSON before a name.
		if r < utf8.RuneSelf {
			for k := 2; k <= 6 && k <= i; k++ {
				if b[i-k] == '\\' && (k == 2 || b[i-k+1] == 'u') {
					return 0
				}
			}
		}
		if f := fold.AppendBase(buf[:0], r); len(f) > 0 {
			return f[len(f)-1]
		}
		return 0
	}
	return 0
}

// findEscaped looks into what stands percent-encoded in addresses.
func (g *Guard) findEscaped(b []byte) string {
	for {
		i := bytes.IndexByte(b, '%')
		if i < 0 {
			return ""
		}
		b = b[i:]
		n := 0
		for n < len(b) && !bytes.ContainsRune([]byte("\"'<> \t\r\n"), rune(b[n])) {
			n++
		}
		if bytes.Count(b[:n], []byte{'%'}) >= 3 {
			// Piece by piece: one bad escape must not hide the others.
			if plain := unescape(b[:n]); !bytes.Equal(plain, b[:n]) {
				if record := g.find(plain); record != "" {
					return record
				}
			}
		}
		b = b[max(n, 1):]
	}
}

// unescape is url.PathUnescape that leaves what is no escape as it is.
func unescape(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '%' && i+2 < len(b) {
			if s, err := url.PathUnescape(string(b[i : i+3])); err == nil {
				out = append(out, s...)
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

// coded are the forms of a name in encodings of old and of Windows' programs.
func coded(text string) [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	out := [][]byte{little, big}
	if gb, err := simplifiedchinese.GB18030.NewEncoder().String(text); err == nil {
		out = append(out, []byte(gb))
	}
	return out
}

// leastCoded is the least length of a name in another encoding that is looked for in the
// middle of a recording: four bytes occur there by chance once in 4 GB for each name.
const (
	leastCoded = 6
	headCoded  = 4 << 10 // where titles and performers of recordings stand
)

// findCoded looks for names in other encodings in a file that is published as it came.
// A text is read as its encoding says, so that disguises are seen in it too. What is
// compressed within such a file (a PDF's text) cannot be seen.
func (g *Guard) findCoded(file string, b []byte) string {
	text := false
	switch path.Ext(file) {
	case ".txt", ".csv":
		if record := g.find(decoded(b)); record != "" {
			return record
		}
		text = true
	case ".doc", ".xls", ".ppt":
		text = true
	case ".pdf", ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm":
	default:
		return ""
	}
	for _, n := range g.names {
		for _, c := range n.coded {
			where := b
			if !text && len(c) < leastCoded {
				where = b[:min(len(b), headCoded)]
			}
			if bytes.Contains(where, c) {
				return n.record
			}
		}
	}
	return ""
}

// decoded is a text of another encoding in UTF-8; nothing where it is in UTF-8.
func decoded(b []byte) []byte {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		out, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		return out
	}
	if utf8.Valid(b) {
		return nil
	}
	out, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	return out
}

// findCalled looks for slugs in the path of a file: a folder or a file that bears one, or
// a picture whose name holds one. The names of regions are of places, those of the files of
// the search are single letters and figures that follow from what is looked up there.
func (g *Guard) findCalled(file string) string {
	if in := "/" + file; strings.Contains(in, "/heroes/region/") || strings.Contains(in, "/search/") && strings.HasSuffix(in, ".txt") {
		return ""
	}
	for _, s := range g.called {
		if !strings.Contains(file, s.slug) {
			continue
		}
		for _, part := range strings.Split(file, "/") {
			part, _, _ = strings.Cut(part, ".")
			for from := 0; ; {
				i := strings.Index(part[from:], s.slug)
				if i < 0 {
					break
				}
				from += i
				end := from + len(s.slug)
				if (from == 0 || part[from-1] == '-') && (end == len(part) || part[end] == '-') && !s.covered(part) {
					return s.record
				}
				from = end
			}
		}
	}
	return ""
}

// covered tells whether a published slug that holds this one stands in part.
func (s *called) covered(part string) bool {
	return slices.ContainsFunc(s.covers, func(c string) bool { return strings.Contains(part, c) })
}
