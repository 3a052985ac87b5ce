package privacy

import (
	"archive/zip"
	"bytes"
	"io"
)

// Archives (e-books, workbooks, what editors publish as .docx or .zip) hold their texts
// compressed, where no name can be seen. They are opened and looked through file by file,
// archives within archives too.

const (
	zipMark   = "PK\x03\x04"
	mostDepth = 3         // of archives within archives
	mostOfOne = 256 << 20 // bytes of one file that are looked at: beyond it lies a trap
)

// inspectArchive returns the record of a withheld person whom an archive names, or "".
// What cannot be opened (an encrypted file, say) cannot be looked at.
func (g *Guard) inspectArchive(b []byte, depth int) string {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return ""
	}
	if record := g.find([]byte(r.Comment)); record != "" {
		return record
	}
	var text bytes.Buffer
	for _, f := range r.File {
		if record := g.find([]byte(f.Name + "\n" + f.Comment)); record != "" {
			return record
		}
		text.Reset()
		if rc, err := f.Open(); err == nil {
			_, _ = text.ReadFrom(io.LimitReader(rc, mostOfOne)) // as far as it can be read
			rc.Close()
		}
		if record := g.look(text.Bytes(), depth+1); record != "" {
			return record
		}
	}
	return ""
}
