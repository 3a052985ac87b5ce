package content

import (
	"bytes"
	"io/fs"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/diag"
)

// MaxFile is the largest text file read, bytes.
const MaxFile = 8 << 20

// ReadText reads a file as findings count its lines: UTF-8 with plain line ends. It is
// nil where the file cannot be read or is no text.
func ReadText(fsys fs.FS, path string) []byte {
	info, err := fs.Stat(fsys, path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > MaxFile {
		return nil
	}
	raw, err := fs.ReadFile(fsys, path)
	if err != nil {
		return nil
	}
	text, _ := decodeText(raw)
	return text
}

// decodeText turns the bytes of a file, as any editor's machine may have written
// them, into UTF-8 with plain line ends. Columns and lines of the result are those
// an editor shows for the original. The finding bears no path; an error among the
// codes means that the text cannot be used.
func decodeText(raw []byte) ([]byte, *diag.Finding) {
	fault := func(c *diag.Code, pos diag.Pos, args ...any) *diag.Finding {
		f := c.At("", pos, args...)
		return &f
	}
	if len(raw) > MaxFile {
		return nil, fault(diag.TooLarge, diag.Pos{}, strconv.Itoa(len(raw)>>20)+" MB", "8 MB")
	}
	for _, magic := range []string{"PK\x03\x04", "\xd0\xcf\x11\xe0", "%PDF-", "\x89PNG", "\xff\xd8\xff", "GIF8"} { // .docx, .doc, pictures
		if bytes.HasPrefix(raw, []byte(magic)) {
			return nil, fault(diag.NUL, diag.Pos{})
		}
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) || looksUTF16(raw) {
		return nil, fault(diag.UTF16, diag.Pos{})
	}
	if i := bytes.IndexByte(raw, 0); i >= 0 {
		return nil, fault(diag.NUL, place(raw, i))
	}
	var warning *diag.Finding
	if !utf8.Valid(raw) {
		// The decoder writes U+FFFD for what is not GB18030; no GB18030 text has it.
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, fault(diag.BadBytes, place(raw, firstInvalid(raw)))
		}
		raw, warning = text, fault(diag.GB18030, diag.Pos{})
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return raw, warning
}

// looksUTF16 spots UTF-16 without a byte-order mark: in front matter every other
// byte of the ASCII marks is zero.
func looksUTF16(b []byte) bool {
	n := min(len(b), 64)
	even, odd := 0, 0
	for i := 0; i+1 < n; i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	return n >= 8 && (even >= n/8 || odd >= n/8)
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return 0
}

func place(b []byte, offset int) diag.Pos {
	before := b[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{Line: 1 + bytes.Count(before, []byte{'\n'}), Col: 1 + utf8.RuneCount(before[start:])}
}
