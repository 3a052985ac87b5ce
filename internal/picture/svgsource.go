package picture

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A drawing is read as UTF-8 text, whatever it was saved as: compressed (.svgz), in
// UTF-16, in what its declaration names, or in GB 18030 without a word, as Chinese
// programs on Windows write. Entities that a DOCTYPE declares as plain words are read;
// Adobe's programs name all their namespaces so.

const gzipMagic = "\x1f\x8b"

// svgText returns the text of a drawing, or, of one that is cut to its beginning, that of
// as much as there is. A text longer than maxSVGBytes is [ErrTooLarge].
func svgText(src []byte, whole bool) ([]byte, error) {
	if bytes.HasPrefix(src, []byte(gzipMagic)) {
		z, err := gzip.NewReader(bytes.NewReader(src))
		if err == nil {
			z.Multistream(false)
			src, err = io.ReadAll(io.LimitReader(z, maxSVGBytes+1))
		}
		switch {
		case err != nil && (whole || len(src) == 0):
			return nil, broken("the compressed drawing: %w", err)
		case len(src) > maxSVGBytes:
			return nil, ErrTooLarge{Bytes: int64(len(src)), Limit: maxSVGBytes}
		}
	}
	var code encoding.Encoding
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("<\x00")):
		code = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		if src[0] == '<' {
			code = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
		}
		src = src[:len(src)&^1]
	case bytes.HasPrefix(src, []byte("\xfe\xff")), bytes.HasPrefix(src, []byte("\x00<")):
		code = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		src = src[:len(src)&^1]
	default:
		cut := src
		if !whole { // perhaps within a character
			for range min(utf8.UTFMax, len(cut)) {
				if r, n := utf8.DecodeLastRune(cut); r == utf8.RuneError && n == 1 {
					cut = cut[:len(cut)-1]
				}
			}
		}
		if utf8.Valid(cut) {
			break // also where it is declared to be something else
		}
		code = declared(src)
	}
	if code != nil {
		out, err := code.NewDecoder().Bytes(src)
		if err != nil || whole && bytes.ContainsRune(out, utf8.RuneError) {
			return trimBOM(src), nil // told where it stands
		}
		src = out
	}
	return trimBOM(src), nil
}

var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][-A-Za-z0-9._]*)["']`)

// declared is the encoding of a drawing that is not UTF-8.
func declared(src []byte) encoding.Encoding {
	if m := declaration.FindSubmatch(src[:min(len(src), 512)]); m != nil {
		if code, err := htmlindex.Get(string(m[1])); err == nil {
			if name, _ := htmlindex.Name(code); name == "gbk" || name != "utf-8" && !strings.HasPrefix(name, "utf-16") && name != "replacement" {
				return code
			}
		}
	}
	return simplifiedchinese.GB18030
}

// svgDecoder reads the text of a drawing as XML.
func svgDecoder(text []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	return d
}

var entity = regexp.MustCompile(`<!ENTITY\s+([A-Za-z_][-\w.]*)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// maxEntities is how many a drawing may declare: Adobe's programs write a dozen.
const maxEntities = 64

var errEntities = errors.New("its entities are too many or too long; export the drawing as plain SVG")

// entities are those that a DOCTYPE declares as plain words. Others stay unknown; a few
// bytes may not stand for many.
func entities(doctype, text []byte) (map[string]string, error) {
	list := entity.FindAllSubmatch(doctype, maxEntities+1)
	if len(list) > maxEntities {
		return nil, errEntities
	}
	known := map[string]string{}
	total := 0
	for _, m := range list {
		v := string(m[2]) + string(m[3])
		if _, taken := known[string(m[1])]; taken || strings.ContainsAny(v, "&<%") {
			continue
		}
		known[string(m[1])] = v
		total += len(v) * bytes.Count(text, []byte("&"+string(m[1])+";"))
	}
	if total > maxSVGBytes {
		return nil, errEntities
	}
	return known, nil
}
