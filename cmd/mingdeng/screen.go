package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"mingdeng/internal/diag"
)

// screen is what the program says to people and to other programs: all of it comes
// through here. Names of files, texts and errors of the system may hold characters that a
// terminal acts on (ECMA-48) or that turn the reading direction around (Unicode, UAX #9);
// they come out spelt, so that nothing a file says moves a cursor, hides words or looks
// like words of the program. Line breaks are the program's own; see [oneLine].
type screen struct {
	w    io.Writer
	json func() bool // whether the text is JSON, where they are spelt as JSON does
	rest []byte      // the beginning of a character whose end has not been written yet
}

// Write writes p as it is safe to show.
func (s *screen) Write(p []byte) (int, error) {
	text := p
	if len(s.rest) > 0 {
		text = append(s.rest, p...)
		s.rest = nil
	}
	if n := unfinished(text); n > 0 {
		s.rest = bytes.Clone(text[len(text)-n:])
		text = text[:len(text)-n]
	}
	if _, err := s.w.Write(s.spell(text)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// spell returns text itself where nothing in it has to be spelt.
func (s *screen) spell(text []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		if r == '\n' || r == '\t' || ' ' <= r && r <= '~' || r != utf8.RuneError && unicode.IsGraphic(r) || r == utf8.RuneError && size == 3 {
			i += size
			continue
		}
		out = append(out, text[done:i]...)
		switch {
		case s.json != nil && s.json():
			if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
				out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
			} else {
				out = fmt.Appendf(out, `\u%04x`, r)
			}
		default:
			out = append(out, diag.Printable(string(text[i:i+size]))...)
		}
		i += size
		done = i
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}

// unfinished is how many bytes at the end of text begin a character.
func unfinished(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// stream is what lies behind a screen, to ask whether it is a terminal, and for colours.
func stream(w io.Writer) io.Writer {
	if s, ok := w.(*screen); ok {
		return s.w
	}
	return w
}

// oneLine keeps a message from going on in lines that are not its own: those are indented
// by two spaces, what a file's name holds need not be.
func oneLine(message string) string {
	lines := strings.Split(message, "\n")
	out := diag.Printable(lines[0])
	for _, l := range lines[1:] {
		if strings.HasPrefix(l, "  ") {
			out += "\n" + diag.Printable(l)
		} else {
			out += diag.Printable("\n" + l)
		}
	}
	return out
}
