package amend

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/content"
)

// file is a text as its bytes lie on disk.
type file struct {
	raw  []byte
	text string // UTF-8 with plain line ends: what places count in
	gb   bool   // GB18030
	bom  int    // bytes of a byte-order mark
	eol  string // how most lines end
}

func newFile(raw []byte, text string) file {
	f := file{raw: raw, text: text, gb: !utf8.Valid(raw), eol: "\n"}
	if bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
		f.bom = 3
	}
	crlf := bytes.Count(raw, []byte("\r\n"))
	lf, cr := bytes.Count(raw, []byte("\n"))-crlf, bytes.Count(raw, []byte("\r"))-crlf
	if crlf > lf && crlf >= cr {
		f.eol = "\r\n"
	} else if cr > lf {
		f.eol = "\r"
	}
	return f
}

// edit puts text in place of what stands between two places.
type edit struct {
	from, to int
	text     string
}

var errOverlap = errors.New("two edits of one place")

// settle sorts edits and joins deletions that meet. What is put in within a deletion comes
// behind it.
func settle(list []edit) ([]edit, error) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b edit) int {
		if c := cmp.Compare(a.from, b.from); c != 0 {
			return c
		}
		return cmp.Compare(min(a.to-a.from, 1), min(b.to-b.from, 1)) // what puts in, first
	})
	var out []edit
	for _, e := range list {
		if len(out) == 0 || e.from >= out[len(out)-1].to {
			out = append(out, e)
			continue
		}
		last := &out[len(out)-1]
		switch {
		case e.text == "": // a deletion
			last.to = max(last.to, e.to)
		case last.text == "":
			*last = edit{last.from, max(last.to, e.to), e.text}
		case e.from == e.to:
			last.text += e.text
		default:
			return nil, errOverlap
		}
	}
	return out, nil
}

// top mends what edits leave at the top of a file whose first lines go: the line end that
// parted them from what comes next.
func (f *file) top(list []edit) []edit {
	list, err := settle(list)
	if err != nil {
		return list
	}
	at, last := 0, -1
	for i := range list {
		e := &list[i]
		if e.from != at || at == 0 && e.text != "" {
			break
		}
		if e.text != "" {
			e.text = strings.TrimPrefix(e.text, "\n")
			return list
		}
		at, last = e.to, i
	}
	if last >= 0 && at < len(f.text) && f.text[at] == '\n' {
		list[last].to++
	}
	return list
}

// with returns the text and the bytes of the file with its edits done.
func (f *file) with(list []edit) (text string, raw []byte, err error) {
	list, err = settle(list)
	if err != nil {
		return "", nil, err
	}
	text, raw, err = f.spliced(list, f.gb)
	if err == nil && !f.reads(raw, text) && f.gb {
		// What is left of GB18030 may happen to be UTF-8, and would be read as that.
		err = errOverlap
	}
	if err != nil && f.gb {
		text, raw, err = f.spliced(list, false)
	}
	if err == nil && !f.reads(raw, text) {
		err = errors.New("the bytes are not read as they were meant")
	}
	return text, raw, err
}

func (f *file) reads(raw []byte, text string) bool {
	got, _ := content.DecodeText(raw)
	return string(got) == text
}

func (f *file) spliced(list []edit, gb bool) (string, []byte, error) {
	var text strings.Builder
	raw := slices.Clone(f.raw[:f.bom])
	at, r := 0, f.bom
	keep := func(to int) error {
		start := r
		text.WriteString(f.text[at:to])
		at, r = f.walk(at, r, to)
		part := f.raw[start:r]
		if f.gb && !gb {
			plain, err := simplifiedchinese.GB18030.NewDecoder().Bytes(part)
			if err != nil {
				return err
			}
			part = plain
		}
		raw = append(raw, part...)
		return nil
	}
	for _, e := range list {
		if err := keep(e.from); err != nil {
			return "", nil, err
		}
		text.WriteString(e.text)
		put := []byte(strings.ReplaceAll(e.text, "\n", f.eol))
		if gb {
			coded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(put)
			if err != nil {
				return "", nil, err
			}
			put = coded
		}
		raw = append(raw, put...)
		at, r = f.walk(at, r, e.to)
	}
	err := keep(len(f.text))
	return text.String(), raw, err
}

// walk goes on in text and bytes side by side until the text is at to.
func (f *file) walk(at, r, to int) (int, int) {
	for at < to {
		c := f.raw[r]
		switch {
		case c == '\r':
			if r++; r < len(f.raw) && f.raw[r] == '\n' {
				r++
			}
			at++
		case c < 0x80 || !f.gb:
			at, r = at+1, r+1
		default:
			_, size := utf8.DecodeRuneInString(f.text[at:])
			at += size
			switch {
			case c == 0x80:
				r++
			case f.raw[r+1] >= '0' && f.raw[r+1] <= '9':
				r += 4
			default:
				r += 2
			}
		}
	}
	return at, r
}
