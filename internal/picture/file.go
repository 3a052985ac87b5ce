package picture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// file is a picture being inspected: reads at places, within its size.
type file struct {
	r    io.ReaderAt
	size int64
}

// read fills b from off; a file that ends before that is broken.
func (f file) read(off int64, b []byte) error {
	if off < 0 || off+int64(len(b)) > f.size {
		return ErrCutOff
	}
	n, err := f.r.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return ErrCutOff
	}
	return fmt.Errorf("read picture: %w", err)
}

// upTo returns n bytes from off, or as many as there are.
func (f file) upTo(off int64, n int) ([]byte, error) {
	b := make([]byte, max(0, min(int64(n), f.size-off)))
	return b, f.read(off, b)
}

// sniff tells a format read here by a file's first bytes; "" for any other.
func sniff(head []byte) Format {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(head, []byte(pngSignature)):
		return PNG
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return GIF
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return WebP
	}
	if bytes.HasPrefix(head, []byte(gzipMagic)) || bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) || bytes.HasPrefix(head, []byte("<\x00")) || bytes.HasPrefix(head, []byte("\x00<")) {
		text, err := svgText(head, false)
		if err != nil || !bytes.Contains(text, []byte("<")) {
			return ""
		}
		head = text[:min(len(text), 512)]
	}
	text := bytes.ToLower(trimBOM(head))
	text = bytes.TrimLeft(text, " \t\r\n")
	if bytes.HasPrefix(text, []byte("<")) && !isHTML(text) {
		return SVG
	}
	return ""
}

func isHTML(lower []byte) bool {
	return bytes.HasPrefix(lower, []byte("<html")) || bytes.HasPrefix(lower, []byte("<!doctype html"))
}

func trimBOM(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")) }

// seems names what a file is that is not read here, as far as its first bytes
// tell: what phones and office programs put where a picture was meant.
func seems(head []byte) string {
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		switch string(head[8:12]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			return "HEIC"
		case "avif", "avis":
			return "AVIF"
		}
		if b := string(head[8:12]); b == "M4A " || b == "M4B " {
			return "recording"
		}
		return "MP4 video"
	}
	if len(head) == 0 {
		return "empty file"
	}
	for _, k := range []struct{ magic, name string }{
		{"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"}, {"BM", "BMP"}, {"8BPS", "Photoshop file"},
		{"%PDF", "PDF"}, {"PK\x03\x04", "ZIP or office file"}, {"\xd0\xcf\x11\xe0", "old office file"},
		{"\x00\x00\x01\x00", "icon file"}, {"\xff\x0a", "JPEG XL"}, {"\x00\x00\x00\x0cJXL ", "JPEG XL"},
		{"ID3", "recording"}, {"\xff\xfb", "recording"}, {"\xff\xf1", "recording"}, {"OggS", "recording"}, {"fLaC", "recording"}, {"\x1aE\xdf\xa3", "MP4 video"},
		{"\xff\xfe", "UTF-16 text"}, {"\xfe\xff", "UTF-16 text"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.name
		}
	}
	if len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WAVE" {
		return "recording"
	}
	if isHTML(bytes.TrimLeft(bytes.ToLower(trimBOM(head)), " \t\r\n")) {
		return "HTML page"
	}
	return ""
}
