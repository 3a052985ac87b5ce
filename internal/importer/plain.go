package importer

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/content"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/roll"
)

// mostPlain is the largest text read, bytes.
const mostPlain = 16 << 20

// plain reads a .txt: a roll if it has the columns of one, else a text whose lines are its
// paragraphs.
func (m *maker) plain(s *Source, name string, b []byte) error {
	if len(b) > mostPlain {
		return report.Errorf("文件太大（%d MB）", "the file is too large (%d MB)", len(b)>>20)
	}
	if m.Kind == "" || m.Kind == content.KindHero {
		var log report.Log
		if people, err := roll.Read(name, b, &log); err == nil {
			s.Log.Entries = append(s.Log.Entries, log.Entries...)
			m.discreet(s)
			m.people(s, people)
			return nil
		}
	}
	a := &article{doc: &rich.Document{}, plain: true}
	for _, line := range strings.FieldsFunc(decoded(b), func(r rune) bool { return strings.ContainsRune("\n\r\f\v\u2028\u2029", r) }) {
		if spans := rich.Tidy([]rich.Span{{Text: line}}); !rich.Blank(spans) {
			a.doc.Blocks = append(a.doc.Blocks, rich.Block{Text: spans})
		}
	}
	if len(a.doc.Blocks) == 0 {
		return report.Errorf("文件里没有正文", "the file holds no text")
	}
	return m.text(s, a)
}

// decoded is a text in whatever a Windows editor saves: UTF-8, UTF-16 with its mark, GBK.
func decoded(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		low, high := 0, 1
		if b[0] == 0xfe {
			low, high = 1, 0
		}
		var units []uint16
		for b = b[2:]; len(b) >= 2; b = b[2:] {
			units = append(units, uint16(b[low])|uint16(b[high])<<8)
		}
		return string(utf16.Decode(units))
	case utf8.Valid(b):
		return strings.TrimPrefix(string(b), "\ufeff")
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
		return string(s)
	}
	return strings.ToValidUTF8(string(b), "�")
}
