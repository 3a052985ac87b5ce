package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"strings"
	"sync"
)

// archive writes the container (EPUB 3.3, "OCF ZIP container"): mimetype first, neither
// compressed nor with extra fields, so that its text stands at byte 38. Every entry tells
// its sizes beforehand: some reading devices do not know the form where they follow.
type archive struct {
	zip   *zip.Writer
	comp  *flate.Writer
	small bytes.Buffer // what comp made of an entry
	err   error
}

// compressors are for one book after another: each takes 0.8 MB.
var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil { // of levels that there are not
		panic(err)
	}
	return w
}}

const mimetype = "application/epub+zip"

func newArchive(w *bytes.Buffer) *archive {
	a := &archive{zip: zip.NewWriter(w), comp: compressors.Get().(*flate.Writer)}
	a.entry("mimetype", []byte(mimetype), zip.Store, []byte(mimetype))
	return a
}

// add writes a file, compressed unless it is a picture that already is.
func (a *archive) add(name string, b []byte) {
	if strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".png") {
		a.entry(name, b, zip.Store, b)
		return
	}
	if a.err != nil {
		return
	}
	a.small.Reset()
	a.comp.Reset(&a.small)
	if _, a.err = a.comp.Write(b); a.err == nil {
		a.err = a.comp.Close()
	}
	a.entry(name, b, zip.Deflate, a.small.Bytes())
}

func (a *archive) entry(name string, whole []byte, method uint16, stored []byte) {
	if a.err != nil {
		return
	}
	h := &zip.FileHeader{
		Name: name, Method: method, CRC32: crc32.ChecksumIEEE(whole),
		UncompressedSize64: uint64(len(whole)), CompressedSize64: uint64(len(stored)),
	}
	//lint:ignore SA1019 Modified would add an extra field; this is 1980-01-01
	h.ModifiedDate = 1<<5 | 1
	w, err := a.zip.CreateRaw(h)
	if err == nil {
		_, err = w.Write(stored)
	}
	a.err = err
}

func (a *archive) close() error {
	a.comp.Reset(nil) // or the pool would keep the last entry
	compressors.Put(a.comp)
	if a.err != nil {
		return a.err
	}
	return a.zip.Close()
}
