package attachment

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"path"
	"regexp"
	"strings"

	"mingdeng/internal/picture"
)

// Archives are written anew, file by file: their own comments, extra fields, dates and
// owners are left behind with whatever stands between files. What lies in an Office file
// (ECMA-376) is known by its path, what lies in any other archive by its content; there it
// must be something that could be published by itself.

// zip copies a ZIP archive or an Office file.
func (c *Copy) zip(f file, b *budget) error {
	if b.depth++; b.depth > maxWithin {
		return &Error{Reason: Unclean}
	}
	defer func() { b.depth-- }()
	src, err := f.all()
	if err != nil {
		return err
	}
	r, err := zip.NewReader(bytes.NewReader(src), f.size)
	if err != nil {
		return broken("%w", err)
	}
	c.Kind = ZIP
	for _, e := range r.File {
		switch e.Name {
		case "word/document.xml":
			c.Kind = DOCX
		case "xl/workbook.xml":
			c.Kind = XLSX
		case "ppt/presentation.xml":
			c.Kind = PPTX
		}
	}
	office := c.Kind != ZIP
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range r.File {
		if left(e.Name, office) {
			continue
		}
		//lint:ignore SA1019 CreateRaw takes the day from here; this is 1980-01-01
		h := &zip.FileHeader{Name: e.Name, Method: e.Method, NonUTF8: e.NonUTF8, ModifiedDate: 1<<5 | 1}
		if strings.HasSuffix(e.Name, "/") {
			if _, err := w.CreateRaw(h); err != nil {
				return broken("%w", err)
			}
			continue
		}
		if e.Flags&1 != 0 {
			return &Error{Reason: Encrypted, Name: e.Name}
		}
		old, err := unpack(e, b)
		if err != nil {
			return err
		}
		now, err := within(e.Name, bytes.Clone(old), office, b)
		if err != nil {
			var fault *Error
			if errors.As(err, &fault) && fault.Name == "" {
				fault.Name = e.Name
			}
			return err
		}
		if err := pack(w, h, e, old, now); err != nil {
			return broken("%w", err)
		}
	}
	if err := w.Close(); err != nil {
		return broken("%w", err)
	}
	c.put(out.Bytes())
	return nil
}

// pack writes one file of an archive: as it was packed, where it has not changed.
func pack(w *zip.Writer, h *zip.FileHeader, e *zip.File, old, now []byte) error {
	h.Flags = e.Flags & 0x800 // whether its name is in UTF-8
	raw, err := e.OpenRaw()
	if err != nil {
		return err
	}
	if bytes.Equal(old, now) {
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = e.CRC32, e.CompressedSize64, e.UncompressedSize64
	} else {
		h.CRC32, h.UncompressedSize64 = crc32.ChecksumIEEE(now), uint64(len(now))
		if h.Method == zip.Deflate {
			var packed bytes.Buffer
			z, _ := flate.NewWriter(&packed, flate.DefaultCompression) // a level that there is
			_, _ = z.Write(now)                                        // a buffer takes everything
			_ = z.Close()
			now = packed.Bytes()
		}
		h.CompressedSize64 = uint64(len(now))
		raw = bytes.NewReader(now)
	}
	to, err := w.CreateRaw(h)
	if err == nil {
		_, err = io.Copy(to, raw)
	}
	return err
}

// unpack reads one file of an archive.
func unpack(e *zip.File, b *budget) ([]byte, error) {
	if e.UncompressedSize64 > uint64(max(0, b.left)) {
		return nil, &Error{Reason: TooLarge, Name: e.Name}
	}
	r, err := e.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, &Error{Reason: Foreign, Name: e.Name}
	}
	if err != nil {
		return nil, broken("%w", err)
	}
	defer r.Close()
	all, err := io.ReadAll(io.LimitReader(r, b.left+1))
	if err != nil {
		return nil, broken("%s: %w", e.Name, err)
	}
	return all, b.take(int64(len(all)))
}

// left tells what is left out: what systems put into archives of their own accord, the
// picture of an Office file's first page, and which printer it was set up for.
func left(name string, office bool) bool {
	base := path.Base(name)
	switch {
	case strings.HasPrefix(name, "__MACOSX/"), base == ".DS_Store", strings.EqualFold(base, "thumbs.db"), strings.EqualFold(base, "desktop.ini"):
		return true
	}
	return office && (strings.HasPrefix(name, "docProps/thumbnail.") || strings.Contains(name, "/printerSettings/"))
}

// within cleans what lies in an archive. b may be changed.
func within(name string, b []byte, office bool, left *budget) ([]byte, error) {
	if len(b) == 0 {
		return b, nil
	}
	ending := strings.ToLower(path.Ext(name))
	if office && (ending == ".xml" || ending == ".rels" || ending == ".vml") {
		return part(name, b), nil
	}
	if ending == ".svg" || isPicture(b) {
		out, err := picture.Strip(b)
		if err != nil {
			return nil, &Error{Reason: Broken, Name: name, Err: err}
		}
		return out, nil
	}
	c, err := open(bytes.NewReader(b), int64(len(b)), left)
	var fault *Error
	switch {
	case err == nil:
		return c.bytes()
	case !errors.As(err, &fault) || fault.Reason != Unknown:
		return nil, err
	case !office || fault.Seen == seenHEIC || bytes.HasPrefix(b, []byte("II*\x00")) || bytes.HasPrefix(b, []byte("MM\x00*")):
		return nil, &Error{Reason: Foreign, Seen: fault.Seen, Name: name}
	}
	blankWithin(b) // fonts, drawings of Windows, settings: they hold pictures at most
	return b, nil
}

// blankWithin blanks the metadata of pictures that lie somewhere in b, and of the films that
// telephones put behind moving photographs, where they stand.
func blankWithin(b []byte) (any bool) {
	any = picture.BlankWithin(b) > 0
	for at := 4; ; {
		i := bytes.Index(b[min(at, len(b)):], []byte("ftyp"))
		if i < 0 {
			return any
		}
		at += i
		from := b[at-4:]
		at += 4
		var film Copy
		if !isMP4(from[:min(len(from), 16)]) || film.mp4(file{bytes.NewReader(from), int64(len(from))}) != nil {
			continue
		}
		film.src = bytes.NewReader(from)
		if clean, err := film.bytes(); err == nil {
			copy(from, clean)
			any = true
		}
	}
}

// isPicture tells pictures that package picture knows but for SVG.
func isPicture(b []byte) bool {
	for _, mark := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF87a", "GIF89a"} {
		if bytes.HasPrefix(b, []byte(mark)) {
			return true
		}
	}
	return len(b) > 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

// Who and what an Office file was made by, wherever it says so.
var (
	officeProps = map[string]string{
		"docProps/core.xml":   `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
		"docProps/app.xml":    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
		"docProps/custom.xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
	}
	officeGone = regexp.MustCompile(`<Relationship\b[^>]*/(?:thumbnail|printerSettings)"[^>]*/>`)
	// Paths on somebody's machine.
	officePath = regexp.MustCompile(`\bTarget="(?:file:|[A-Za-z]:\\|\\\\)[^"]*"`)
	absPath    = regexp.MustCompile(`(<x15ac:absPath\b[^>]*\burl=")[^"]*"`)
	setup      = regexp.MustCompile(`(<pageSetup\b[^>]*?)\s+r:id="[^"]*"`)
	// Who commented and changed.
	author  = regexp.MustCompile(`\b(w:author|w:initials|w15:author|w15:userId)="[^"]*"`)
	person  = regexp.MustCompile(`\b(displayName|userId|name|initials)="[^"]*"`)
	authors = regexp.MustCompile(`<author>[^<]*</author>`)
)

// part cleans an XML part of an Office file.
func part(name string, b []byte) []byte {
	if empty, ok := officeProps[name]; ok {
		return []byte(empty)
	}
	switch {
	case strings.HasSuffix(name, ".rels"):
		b = officeGone.ReplaceAll(b, nil)
		b = officePath.ReplaceAll(b, []byte(`Target="file:///"`))
	case name == "xl/workbook.xml":
		b = absPath.ReplaceAll(b, []byte(`$1"`))
	case strings.HasPrefix(name, "xl/worksheets/"):
		b = setup.ReplaceAll(b, []byte(`$1`))
	case strings.HasPrefix(name, "xl/comments"):
		b = authors.ReplaceAll(b, []byte(`<author></author>`))
	case strings.HasPrefix(name, "xl/persons/"), strings.HasPrefix(name, "ppt/commentAuthors"), strings.HasPrefix(name, "ppt/authors"):
		b = person.ReplaceAll(b, []byte(`$1=""`))
	case strings.HasPrefix(name, "word/"):
		b = author.ReplaceAll(b, []byte(`$1=""`))
	}
	return b
}
