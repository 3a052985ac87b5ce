package importer

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mingdeng/internal/importer/office"
	"mingdeng/internal/importer/report"
)

var errForeign = report.Errorf("里面不是这种文件的内容：没有传完整，或者改过文件名。从原来的地方再拷一次",
	"its content is not of such a file: it was not copied whole, or it was renamed. Copy it again from where it came")

// signatures begin the files of programs whose endings are office.Target's.
var signatures = []string{
	"\xd0\xcf\x11\xe0",                             // Word and Excel since 95, WPS, Works
	"PK\x03\x04",                                   // OpenDocument
	"\xdb\xa5", "\x31\xbe", "\xfe\x37", "\x9b\xa5", // Word 1 to 2, Write
	"\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00", // Excel 2 to 4
}

// contentOf tells whether an ending is one that [office.Target] knows while its content is of
// another kind: ext is the ending that the file should have, as its first bytes say, "" where
// it is what it is called. Programs that give out "Word files" and "Excel files" often write
// pages, texts and tables parted by tabs. It is not ok where the bytes are of nothing that
// LibreOffice could know: it takes them for a text.
func contentOf(name string) (ext string, ok bool) {
	to := office.Target(name)
	if to == "" {
		return "", true
	}
	f, err := os.Open(name)
	if err != nil {
		return "", true // told when it is opened
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, _ := io.ReadFull(f, head) // short is as good
	head = head[:n]
	for _, s := range signatures {
		if !bytes.HasPrefix(head, []byte(s)) {
			continue
		}
		if s[0] == 'P' && !strings.HasPrefix(strings.ToLower(filepath.Ext(name)), ".o") {
			return "." + to, true
		}
		return "", true
	}
	words := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	begins := func(s string) bool { return bytes.HasPrefix(words, []byte(s)) }
	switch {
	case begins(`{\rt`), begins("<?xml"):
		return "", true
	case begins("<html"), begins("<!doctype html"):
		if to == "docx" {
			return ".html", true
		}
		return "", true
	case begins("mime-version:"):
		return ".mht", true
	case !isText(head):
		return "", false
	case begins("<"):
		return "", true
	case to == "docx":
		return ".txt", true
	}
	return ".csv", true
}

// isText tells whether bytes may be a text in one of the encodings that are read here: one of
// two bytes a character says so at its beginning, and the others have no control characters.
func isText(b []byte) bool {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return true
	}
	return !bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' })
}
