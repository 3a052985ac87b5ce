package markdown

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reach tells where an address leads.
type reach uint8

const (
	local     reach = iota // to a record or file of the site: the site resolves it
	fragment               // to a place in the same page
	external               // http, https, mailto or tel
	forbidden              // anywhere else
)

// maxDest is how many bytes an address within the site may have as written. It
// keeps Scan from looking for the end of each of many addresses through a whole
// body.
const maxDest = 1024

// destOf resolves an address as written.
func destOf(raw []byte) (string, reach) {
	dest := string(resolve(raw))
	where := reachOf(dest)
	switch {
	case where != local:
	case len(raw) > maxDest:
		where = forbidden
	default:
		dest = decoded(dest)
	}
	return dest, where
}

// decoded reads the percent signs of an address within the site, as programs write
// them (照片%201.png): names of files and records are looked for as they are. What would
// then read as another address stays as it is: a separator, a control character, what
// is no UTF-8, and what has or gets a scheme. The place in a page keeps its signs, for
// it goes out as an address.
func decoded(dest string) string {
	where, rest := dest, ""
	if i := strings.IndexAny(dest, "?#"); i >= 0 {
		where, rest = dest[:i], dest[i:]
	}
	if strings.IndexByte(where, '%') < 0 {
		return dest
	}
	name, err := url.PathUnescape(where)
	if err != nil || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return invisible(r) && r != ' ' }) {
		return dest
	}
	for _, mark := range `/\?#` {
		if strings.Count(name, string(mark)) != strings.Count(where, string(mark)) {
			return dest
		}
	}
	if reachOf(name) != local {
		return dest
	}
	return name + rest
}

// reachOf sorts an address. Browsers drop control characters and spaces inside a
// scheme (URL Standard, "URL parsing", steps 1 to 3), so `java\nscript:` is one;
// they take backslashes for slashes and //host for another site. Here whatever
// has a scheme that is not on the list, or would have one without its invisible
// characters, is forbidden; so are control characters in any absolute address.
func reachOf(dest string) reach {
	if strings.HasPrefix(dest, "#") {
		return fragment
	}
	bare := dest
	if strings.ContainsFunc(dest, invisible) {
		bare = strings.Map(func(r rune) rune {
			if invisible(r) {
				return -1
			}
			return r
		}, dest)
	}
	if len(bare) > 1 && (bare[0] == '/' || bare[0] == '\\') && (bare[1] == '/' || bare[1] == '\\') {
		return forbidden
	}
	scheme, rest, ok := strings.Cut(bare, ":")
	if !ok || !isScheme(scheme) {
		return local
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		// Of https:/host and https:host browsers make what they like.
		if len(rest) < 3 || rest[:2] != "//" || strings.IndexByte("/\\:?#@", rest[2]) >= 0 {
			return forbidden
		}
		fallthrough
	case "mailto", "tel":
		if strings.ContainsFunc(strings.TrimSpace(dest), unicode.IsControl) {
			return forbidden
		}
		return external
	}
	return forbidden
}

func invisible(r rune) bool {
	if r < 0x7F {
		return r <= ' '
	}
	return unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// isScheme follows RFC 3986 §3.1.
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if 'a' <= c && c <= 'z' || i > 0 && ('0' <= s[i] && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.') {
			continue
		}
		return false
	}
	return s != ""
}

// rawDest reads a link destination at the start of line (CommonMark 0.31 §6.3),
// as goldmark does: no newline, either <…> or up to a space or the closing
// bracket. size counts the angle brackets in.
func rawDest(line []byte) (dest []byte, size int, ok bool) {
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	if len(line) > 0 && line[0] == '<' {
		for i := 1; i < len(line); i++ {
			switch c := line[i]; {
			case c == '\\' && i+1 < len(line) && isPunct(line[i+1]):
				i++
			case c == '>':
				return line[1:i], i + 1, true
			}
		}
		return nil, 0, false
	}
	opened, i := 0, 0
	for ; i < len(line); i++ {
		c := line[i]
		if !turns[c] {
			continue
		}
		switch c {
		case '\\':
			if i+1 < len(line) && isPunct(line[i+1]) {
				i++
			}
			continue
		case '(':
			opened++
			continue
		case ')':
			if opened--; opened >= 0 {
				continue
			}
		}
		return line[:i], i, i > 0 // at a space, or at the bracket that closes the link
	}
	return line[:i], i, i > 0
}

// turns are the bytes that mean something to rawDest, which is asked about each
// of many thousands of unfinished links.
var turns = [256]bool{
	'\\': true, '(': true, ')': true,
	' ': true, '\t': true, '\n': true, '\r': true, // as isSpace
}
