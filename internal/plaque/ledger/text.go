package ledger

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// mark is the byte-order mark.
const mark = "\xef\xbb\xbf"

// largest is the size of the largest ledger read, bytes: some 80,000 codes.
const largest = content.MaxFile

// decode cuts the text into lines and returns it as YAML wants it: UTF-8 with plain
// line ends, and as many of them as before.
func (r *reading) decode(text []byte) (plain []byte, ok bool) {
	switch {
	case len(text) > largest:
		r.report(diag.TooLarge, diag.Pos{}, strconv.Itoa(len(text)>>20)+" MB", strconv.Itoa(largest>>20)+" MB")
		return nil, false
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		r.report(diag.UTF16, diag.Pos{})
		return nil, false
	case bytes.IndexByte(text, 0) >= 0:
		r.report(diag.NUL, diag.Pos{})
		return nil, false
	}
	text, r.bom = bytes.CutPrefix(text, []byte(mark))
	if !utf8.Valid(text) {
		utf, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
		if err != nil || bytes.ContainsRune(utf, utf8.RuneError) {
			r.report(diag.BadBytes, diag.Pos{})
			return nil, false
		}
		r.report(diag.GB18030, diag.Pos{})
		text = utf
	}
	r.lines = splitLines(string(text))
	plain = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(plain, []byte("\r"), []byte("\n")), true
}

// splitLines cuts a text where YAML 1.1, and so the library's count of lines, does:
// after \n, \r\n, \r, and the separators U+0085, U+2028 and U+2029.
func splitLines(text string) []string {
	var lines []string
	start := 0
	for i, c := range text {
		switch c {
		case '\r':
			if strings.HasPrefix(text[i:], "\r\n") {
				continue
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			end := i + utf8.RuneLen(c)
			lines = append(lines, text[start:end])
			start = end
		}
	}
	if start < len(text) {
		lines = append(lines, text[start:])
	}
	return lines
}

// syntax says what is wrong with a text that is no YAML, or not a list of keys.
// Package frontmatter knows the slips of Chinese keyboards; it bounds what it
// reads, and a ledger may be larger.
func (r *reading) syntax(plain []byte, err error) {
	before := len(r.findings)
	if len(plain) <= frontmatter.MaxBytes {
		_, findings := frontmatter.ParseYAML(plain, isKey)
		for _, f := range findings {
			f.Path = r.path
			r.findings = append(r.findings, f)
		}
	}
	if len(r.findings) > before {
		return
	}
	pos, words := diag.Pos{Line: 1, Col: 1}, "expected one \"key: value\" a line"
	var list *yaml.LoadErrors
	var one *yaml.LoadError
	if errors.As(err, &list) && len(list.Errors) > 0 {
		one = list.Errors[0]
	} else {
		errors.As(err, &one)
	}
	if one != nil {
		pos, words = diag.Pos{Line: max(one.Mark.Line, 1), Col: max(one.Mark.Column, 1)}, one.Message
	} else if err != nil {
		words = err.Error()
	}
	r.report(diag.Syntax, pos, words, words)
}
