package attachment

import (
	"archive/zip"
	"bytes"
	"errors"
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
		h := &zip.FileHeader{Name: e.Name, Method: e.Method, NonUTF8: e.NonUTF8, ModifiedDate: 1<<5 | 1} // the first day there is
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
		if bytes.Equal(old, now) {
			h.Flags = e.Flags & 0x800 // whether its name is in UTF-8
			h.CRC32, h.CompressedSize64, h.UncompressedSize64 = e.CRC32, e.CompressedSize64, e.UncompressedSize64
			to, err := w.CreateRaw(h)
			if err != nil {
				return broken("%w", err)
			}
			raw, err := e.OpenRaw()
			if err != nil {
				return broken("%w", err)
			}
			if _, err := io.Copy(to, raw); err != nil {
				return broken("%w", err)
			}
			continue
		}
		to, err := w.CreateHeader(h)
		if err != nil {
			return broken("%w", err)
		}
		if _, err := to.Write(now); err != nil {
			return broken("%w", err)
		}
	}
	if err := w.Close(); err != nil {
		return broken("%w", err)
	}
	c.put(out.Bytes())
	return nil
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
	picture.BlankWithin(b) // fonts, drawings of Windows, settings: they hold pictures at most
	return b, nil
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
	author  = regexp.MustCompile(`\b(w:author|w:initials|w15:author|w15:userId|displayName|userId)="[^"]*"`)
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
		if bytes.Contains(b, []byte("<pageSetup")) {
			b = setup.ReplaceAll(b, []byte(`$1`))
		}
	case strings.HasPrefix(name, "xl/comments"), strings.HasPrefix(name, "xl/persons/"):
		b = authors.ReplaceAll(b, []byte(`<author></author>`))
		b = author.ReplaceAll(b, []byte(`$1=""`))
	case strings.HasPrefix(name, "word/"):
		b = author.ReplaceAll(b, []byte(`$1=""`))
	}
	return b
}
