package content

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// Control characters have no place in a text: word processors leave them (U+000B where a
// line was broken, U+000C where a page was), nobody sees them, and most of them make a feed
// or an e-book that is no XML (XML 1.0, 2.2) and a page that is no HTML (13.2.3.5). So do
// code points that Unicode keeps from interchange (chapter 23.7).

// mayControl tells quickly whether a text may hold any: most never do.
func mayControl(text []byte) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	rest := text
	for ; len(rest) >= 8; rest = rest[8:] {
		w := binary.LittleEndian.Uint64(rest)
		del := w ^ 0x7f*each
		if (w-0x20*each)&^w&high != 0 || (del-each)&^del&high != 0 { // a byte below 0x20, or 0x7f
			if slices.ContainsFunc(rest[:8], controlByte) {
				return true
			}
		}
	}
	// The others are C2 80 to C2 9F, EF B7 90 to EF B7 AF, and what ends in BF BE or BF BF.
	return slices.ContainsFunc(rest, controlByte) || bytes.Contains(text, []byte("\xbf\xbe")) || bytes.Contains(text, []byte("\xbf\xbf")) ||
		bytes.Contains(text, []byte("\xef\xb7")) || bytes.IndexByte(text, 0xc2) >= 0
}

func controlByte(c byte) bool { return c < ' ' && c != '\t' && c != '\n' || c == 0x7f }

// isControl tells what no text may hold.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r <= 0x9f || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

// maxControls is how many lines of one file are told.
const maxControls = 20

// controls finds control characters in a text, the first of each line.
func controls(path string, text []byte) (found []diag.Finding) {
	if !mayControl(text) {
		return nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] >= ' ' && text[i] < 0x7f || text[i] == '\n' {
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if !isControl(r) {
			i += size - 1
			continue
		}
		end := len(text)
		if n := bytes.IndexByte(text[i:], '\n'); n >= 0 {
			end = i + n
		}
		found = append(found, controlAt(path, text, i, end))
		if i = end; len(found) == maxControls {
			break
		}
	}
	return found
}

// controlAt tells the control character at i, whose line ends at end, and the line without
// any.
func controlAt(path string, text []byte, i, end int) diag.Finding {
	first, _ := utf8.DecodeRune(text[i:])
	f := diag.ControlCharacter.At(path, place(text, i), fmt.Sprintf("U+%04X", first))
	rest := string(text[i:end])
	plain := strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, rest)
	if before, size := utf8.DecodeLastRune(text[:i]); plain == "" && size > 0 && before != '\n' {
		// A fix cannot make nothing of something, so it takes the neighbour along.
		return f.ReplaceAt(place(text, i-size), string(before)+rest, string(before))
	}
	return f.Replace(rest, plain)
}

// escapedControls finds control characters that a head writes as escapes ("\u000b").
func (d *decoding) escapedControls(n frontmatter.Node) {
	tell := func(text string, at diag.Pos) {
		if i := strings.IndexFunc(text, isControl); i >= 0 {
			r, _ := utf8.DecodeRuneInString(text[i:])
			d.add(diag.ControlCharacter.At(d.path, at, fmt.Sprintf("U+%04X", r)))
		}
	}
	tell(n.Text, n.Pos)
	for _, item := range n.Items {
		d.escapedControls(item)
	}
	for _, p := range n.Pairs {
		tell(p.Key, p.Pos)
		d.escapedControls(p.Value)
	}
}
