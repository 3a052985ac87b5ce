package desk

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// mendName asks for a finding to be mended. Lines move when a record is saved, so a finding
// is known by what it says.
func mendName(f diag.Finding) string {
	return "mend:" + f.Code.ID + ":" + digest([]byte(f.Message(diag.English)))
}

// mend writes the line that mends a finding of a file, which has just been saved as raw.
func (v *visit) mend(file string, raw []byte, name string) ([]byte, error) {
	found := v.site.private.Findings()
	i := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Path == file && mendName(f) == name })
	if i < 0 {
		return raw, nil // mended already
	}
	m, ok := diag.NewSource(v.site.private.Text).Mended(found[i])
	next, whole := withLine(raw, m)
	if !ok || !whole {
		return raw, errors.New(v.word("mend.cannot"))
	}
	if err := write(v.site.root, file, next); err != nil {
		return raw, errors.New(v.word("unwritten") + diag.TroubleOf(err).What.In(v.o.Lang))
	}
	v.site.pages.Refresh(file)
	return next, nil
}

// withLine is a file with one line mended; its line ends and its encoding stay. It is false
// where the file is not the one that was looked at.
func withLine(raw []byte, m diag.Mended) ([]byte, bool) {
	plain, _ := content.DecodeText(raw)
	lines := bytes.Split(plain, []byte("\n"))
	switch {
	case m.Line < 1 || m.Line > len(lines):
		return nil, false
	case m.Before == "":
		lines = slices.Insert(lines, m.Line-1, []byte(m.After))
	case string(lines[m.Line-1]) != m.Before:
		return nil, false
	default:
		lines[m.Line-1] = []byte(m.After)
	}
	end := "\n"
	if bytes.Contains(raw, []byte("\r\n")) {
		end = "\r\n"
	}
	lines[m.Line-1] = bytes.ReplaceAll(lines[m.Line-1], []byte("\n"), []byte(end)) // it may be several now
	out := bytes.Join(lines, []byte(end))
	mark := []byte("\xef\xbb\xbf")
	if bytes.HasPrefix(raw, mark) {
		out = append(mark, out...)
	}
	if !utf8.Valid(raw) {
		if gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(out); err == nil {
			out = gb
		}
	}
	return out, true
}
