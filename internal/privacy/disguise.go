package privacy

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// A reader sees a name where its characters are parted by marks of the page: ruby over
// each, half of it bold, an invisible character. Browsers show a name that stands escaped
// in an address. Files that are published as they came have names in other encodings. And
// a file may be called by the name in pinyin. This file looks for these.

// inline are the elements that do not part the words on either side. Those in gone hide
// what they hold from the name: the readings of ruby.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "cite": true, "code": true, "del": true, "em": true, "i": true,
	"ins": true, "kbd": true, "mark": true, "q": true, "rb": true, "ruby": true, "s": true, "samp": true, "small": true, "span": true,
	"strong": true, "sub": true, "sup": true, "u": true, "wbr": true, "tspan": true,
}

var gone = map[string]bool{"rt": true, "rp": true, "rtc": true}

// unseen are characters that show nothing: soft hyphen, zero-width space, non-joiner and
// joiner, word joiner, byte-order mark.
var unseen = []string{"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "&shy;", "&zwj;", "&zwnj;", "&#8203;"}

// gap is how many bytes at the start of b part two characters for no reader.
func gap(b []byte) int {
	i := 0
next:
	for {
		if i == len(b) || !mayPart(b[i]) {
			return i
		}
		for _, u := range unseen {
			if bytes.HasPrefix(b[i:], []byte(u)) {
				i += len(u)
				continue next
			}
		}
		n := tag(b[i:])
		if n == 0 {
			return i
		}
		i += n
	}
}

// mayPart tells whether a gap may begin with c: a tag, an entity, or the first byte of an
// unseen character. Nearly every byte of a page is settled by this.
func mayPart(c byte) bool {
	return c == '<' || c == '&' || c == 0xc2 || c == 0xe2 || c == 0xef
}

// longest is how long a tag or a reading may be that is looked through.
const longest = 1 << 10

// tag is the length of an inline tag at the start of b, with the reading that it holds;
// also of one that is escaped, as feeds have them. 0 where there is none.
func tag(b []byte) int {
	b = b[:min(len(b), longest)]
	open, end := "<", ">"
	if !bytes.HasPrefix(b, []byte(open)) {
		if open, end = "&lt;", "&gt;"; !bytes.HasPrefix(b, []byte(open)) {
			return 0
		}
	}
	n := bytes.Index(b, []byte(end))
	if n < 0 {
		return 0
	}
	words := strings.TrimPrefix(string(b[len(open):n]), "/")
	name := strings.ToLower(words)
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	n += len(end)
	switch {
	case inline[name]:
		return n
	case gone[name] && b[len(open)] == '/':
		return n
	case gone[name]:
		if stop := bytes.Index(b, []byte(open+"/"+name+end)); stop >= 0 {
			return stop + len(open+"/"+name+end)
		}
		return n
	}
	return 0
}

// parted tells whether the name stands at the start of b with its characters parted by
// what no reader sees, and not within a published name.
func (n *name) parted(b []byte) bool {
	_, size := utf8.DecodeRune(n.text)
	if len(b) <= size || !mayPart(b[size]) && (len(n.text) <= size || b[size] != n.text[size]) {
		return false
	}
	end := spell(b, n.text)
	if end <= len(n.text) { // not there, or plainly so: that is at's to judge
		return false
	}
	for _, c := range n.covers {
		if bytes.HasPrefix(c, n.text) && spell(b, c) > 0 {
			return false
		}
	}
	return true
}

// spell is the length of what spells text at the start of b, or 0.
func spell(b, text []byte) int {
	i := 0
	for len(text) > 0 {
		_, size := utf8.DecodeRune(text)
		if i > 0 {
			i += gap(b[i:])
		}
		if !bytes.HasPrefix(b[i:], text[:size]) {
			return 0
		}
		i, text = i+size, text[size:]
	}
	return i
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
// What is compressed within such a file (a PDF's text) cannot be seen.
func (g *Guard) findCoded(file string, b []byte) string {
	text := false
	switch path.Ext(file) {
	case ".txt", ".csv", ".doc", ".xls", ".ppt":
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

// findCalled looks for slugs in the path of a file: a folder or a file that bears one, or
// a picture whose name holds one. The names of regions are of places.
func (g *Guard) findCalled(file string) string {
	if strings.Contains("/"+file, "/heroes/region/") {
		return ""
	}
	for _, s := range g.called {
		slug := string(s.text)
		if !strings.Contains(file, slug) {
			continue
		}
		for _, part := range strings.Split(file, "/") {
			part, _, _ = strings.Cut(part, ".")
			for from := 0; ; {
				i := strings.Index(part[from:], slug)
				if i < 0 {
					break
				}
				from += i
				end := from + len(slug)
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
func (n *name) covered(part string) bool {
	for _, c := range n.covers {
		if strings.Contains(part, string(c)) {
			return true
		}
	}
	return false
}
